//! The helpers: functions that compiled code calls by a frozen number, through a stub.
//!
//! Every helper takes the task first, uses the C convention, and never unwinds: an exception stays in
//! `task.pending_exception` and the stub raises it. A Rust panic in one aborts the process. The order of [`HELPERS`] is
//! part of the image format; add at the end only. This crate describes types with [`HelperType`]; the engine turns the
//! table into the back end's description.

mod calls;
mod exceptions;
mod globals;
mod math;
mod memory;
mod values;

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::Value;
use crate::task::Task;

/// The type of a parameter or result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelperType {
    /// A truth value or small number.
    I8,
    /// A 64-bit number or an address.
    I64,
    /// A double.
    F64,
    /// An object; null only where the helper says so, or when an exception is pending.
    Ref,
}

/// What a helper may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelperEffects {
    /// Computes its result from its arguments.
    Pure,
    /// Changes only the run-time system's own state: allocation excluded.
    Quiet,
    /// Allocates, nothing else a program can see.
    Allocates,
    /// Reads memory a program can write; does not throw.
    Reads,
    /// Never returns: throws.
    Throws,
    /// Anything.
    Any,
}

/// One helper.
#[derive(Clone, Copy, Debug)]
pub struct HelperSpec {
    /// Name in dumps and stubs.
    pub name: &'static str,
    /// Parameters after the task.
    pub params: &'static [HelperType],
    /// The result, if any.
    pub result: Option<HelperType>,
    /// What it may do.
    pub effects: HelperEffects,
    /// Address of the function; 0: the engine supplies it (see [`FIND_HANDLER`]).
    pub address: fn() -> usize,
}

macro_rules! helpers {
    (@result) => { None };
    (@result $result:ident) => { Some(HelperType::$result) };
    ($($constant:ident $name:literal ($($param:ident),*) $(-> $result:ident)? $effects:ident $function:expr;)*) => {
        helpers!(@numbers 0usize; $($constant)*);

        /// Every helper, by number.
        pub const HELPERS: &[HelperSpec] = &[$(HelperSpec {
            name: $name,
            params: &[$(HelperType::$param),*],
            result: helpers!(@result $($result)?),
            effects: HelperEffects::$effects,
            address: || $function as *const () as usize,
        }),*];
    };
    (@numbers $number:expr; $constant:ident $($rest:ident)*) => {
        #[doc = concat!("The number of the helper `", stringify!($constant), "`.")]
        pub const $constant: usize = $number;
        helpers!(@numbers $number + 1; $($rest)*);
    };
    (@numbers $number:expr;) => {};
}

helpers! {
    ALLOCATE "allocate" (Ref, I64) -> Ref Allocates memory::allocate;
    LOG_OBJECT "log_object" (Ref) Quiet memory::log_object;
    THROW "throw" (Ref) Throws exceptions::throw;
    STACK_OVERFLOW "stack_overflow" () Any exceptions::stack_overflow;
    POLL "poll" () Any exceptions::poll;
    FIND_HANDLER "find_handler" () -> Ref Quiet std::ptr::null::<()>();
    FLOOR "floor" (F64) -> F64 Pure math::floor;
    CEIL "ceil" (F64) -> F64 Pure math::ceil;
    TRUNC "trunc" (F64) -> F64 Pure math::trunc;
    NEAREST "nearest" (F64) -> F64 Pure math::nearest;
    FMA "fma" (F64, F64, F64) -> F64 Pure math::fma;
    FREM "frem" (F64, F64) -> F64 Pure math::frem;
    APPLY_GENERIC "apply_generic" (I64, I64) -> Ref Any calls::apply_generic;
    INTERPRET "interpret" (Ref, I64, I64, Ref) -> Ref Any calls::interpret;
    INVOKE_INSTANCE "invoke_instance" (Ref, I64, I64) -> Ref Any calls::invoke_instance;
    CALL_BUILTIN "call_builtin" (I64, I64, I64) -> Ref Any calls::call_builtin;
    CALL_INTRINSIC "call_intrinsic" (I64, I64, I64) -> Ref Any calls::call_intrinsic;
    SPECIALIZED_ENTRY "specialized_entry" (Ref) -> I64 Any calls::specialized_entry;
    BOX_INT64 "box_int64" (I64) -> Ref Allocates values::box_int64;
    BOX_FLOAT64 "box_float64" (F64) -> Ref Allocates values::box_float64;
    BOX_BITS "box_bits" (Ref, I64) -> Ref Allocates values::box_bits;
    BOX_BYTES "box_bytes" (Ref, I64) -> Ref Allocates values::box_bytes;
    NEW_STRUCT "new_struct" (Ref, I64, I64) -> Ref Any values::new_struct;
    SPLAT_NEW "splat_new" (Ref, Ref) -> Ref Any values::splat_new;
    NEW_VECTOR "new_vector" (Ref, I64) -> Ref Any values::new_vector;
    NEW_ARRAY "new_array" (Ref, I64, I64) -> Ref Any values::new_array;
    ARRAY_GROW_END "array_grow_end" (Ref, I64) Any values::array_grow_end;
    ARRAY_DELETE_END "array_delete_end" (Ref, I64) Any values::array_delete_end;
    ISA "isa" (Ref, Ref) -> I8 Reads values::isa;
    EGAL "egal" (Ref, Ref) -> I8 Reads values::egal;
    TYPE_ASSERT "type_assert" (Ref, Ref) Any values::type_assert;
    STRING_CONCAT "string_concat" (Ref, Ref) -> Ref Any values::string_concat;
    STRING_COMPARE "string_compare" (Ref, Ref) -> I64 Reads values::string_compare;
    GET_GLOBAL "get_global" (Ref) -> Ref Any globals::get_global;
    SET_GLOBAL "set_global" (Ref, Ref) Any globals::set_global;
    GLOBAL_DEFINED "global_defined" (Ref) -> I8 Reads globals::global_defined;
    ENTER_HANDLER "enter_handler" (Ref, I64) Allocates exceptions::enter_handler;
    POP_EXCEPTION "pop_exception" () Quiet exceptions::pop_exception;
    CURRENT_EXCEPTION "current_exception" () -> Ref Reads exceptions::current_exception;
    EXCEPTION_COUNT "exception_count" () -> I64 Reads exceptions::exception_count;
    THROW_BOUNDS_INT "throw_bounds_int" (Ref, I64) Throws exceptions::throw_bounds_int;
    THROW_BOUNDS "throw_bounds" (Ref, Ref) Throws exceptions::throw_bounds;
    THROW_DIVIDE "throw_divide" () Throws exceptions::throw_divide;
    THROW_UNDEF_VAR "throw_undef_var" (Ref) Throws exceptions::throw_undef_var;
    THROW_UNDEF_REF "throw_undef_ref" () Throws exceptions::throw_undef_ref;
    THROW_TYPE_ERROR "throw_type_error" (Ref, Ref, Ref) Throws exceptions::throw_type_error;
    SIN "sin" (F64) -> F64 Pure math::sin;
    COS "cos" (F64) -> F64 Pure math::cos;
    TAN "tan" (F64) -> F64 Pure math::tan;
    ASIN "asin" (F64) -> F64 Pure math::asin;
    ACOS "acos" (F64) -> F64 Pure math::acos;
    ATAN "atan" (F64) -> F64 Pure math::atan;
    SINH "sinh" (F64) -> F64 Pure math::sinh;
    COSH "cosh" (F64) -> F64 Pure math::cosh;
    TANH "tanh" (F64) -> F64 Pure math::tanh;
    EXP "exp" (F64) -> F64 Pure math::exp;
    EXP2 "exp2" (F64) -> F64 Pure math::exp2;
    LOG "log" (F64) -> F64 Pure math::log;
    LOG2 "log2" (F64) -> F64 Pure math::log2;
    LOG10 "log10" (F64) -> F64 Pure math::log10;
    CBRT "cbrt" (F64) -> F64 Pure math::cbrt;
    POW "pow" (F64, F64) -> F64 Pure math::pow;
    HYPOT "hypot" (F64, F64) -> F64 Pure math::hypot;
    ATAN2 "atan2" (F64, F64) -> F64 Pure math::atan2;
    FMA32 "fma32" (F64, F64, F64) -> F64 Pure math::fma32;
    ASINH "asinh" (F64) -> F64 Pure math::asinh;
    ACOSH "acosh" (F64) -> F64 Pure math::acosh;
    ATANH "atanh" (F64) -> F64 Pure math::atanh;
    EXP10 "exp10" (F64) -> F64 Pure math::exp10;
    EXPM1 "expm1" (F64) -> F64 Pure math::expm1;
    LOG1P "log1p" (F64) -> F64 Pure math::log1p;
    APPLY_MANY "apply_many" (I64, I64) -> Ref Any calls::apply_generic;
}

/// The task as compiled code passes it.
///
/// Invariant: the live task of a context that set its own address there and has not moved since. Only compiled code, and
/// who acts as such, makes one: by calling a helper.
#[repr(transparent)]
#[derive(Clone, Copy)]
struct TaskRef(*const Task);

impl TaskRef {
    /// The context the task runs in.
    fn context<'a>(self) -> &'a Context {
        // SAFETY: the type's invariant; the context outlives every call into code that runs under its task.
        unsafe { &*(*self.0).context.get().cast::<Context>() }
    }
}

/// Arguments in a frame of compiled code.
///
/// # Safety
/// `arguments` points to `n` objects that stay there for the call.
unsafe fn arguments<'a>(arguments: *const Value, n: usize) -> &'a [Value] {
    if n == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(arguments, n) }
}

/// A result for compiled code: null when the exception is pending.
fn finish(outcome: Outcome) -> Option<Value> {
    outcome.ok()
}
