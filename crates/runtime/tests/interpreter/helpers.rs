//! Every helper, called through its address as compiled code calls it, with a real task.

use std::cell::Cell;

use crate::support::{context, evaluate, show, show_exception};
use tintype_heap::Field;
use tintype_runtime::helpers::{self, HELPERS};
use tintype_runtime::objects::*;
use tintype_runtime::task::Task;
use tintype_runtime::values::boxes;
use tintype_runtime::{Context, builtins, dispatch, intrinsics, modules};

/// The context's task, as compiled code holds it.
fn task(cx: &Context) -> *mut Task {
    (&raw const *cx.task()).cast_mut()
}

/// Calls a helper by number: `helper!(cx, NUMBER(argument: Type, ...) -> Result)`.
macro_rules! helper {
    ($cx:expr, $number:ident($($argument:expr => $ty:ty),* $(,)?) $(-> $result:ty)?) => {{
        type Function = unsafe extern "C" fn(*mut Task, $($ty),*) $(-> $result)?;
        let spec = &HELPERS[helpers::$number];
        let n_params = <[&str]>::len(&[$(stringify!($ty)),*]);
        assert_eq!(spec.params.len(), n_params, "{} takes as many arguments", spec.name);
        assert_eq!(spec.result.is_some(), helper!(@has_result $($result)?), "{} has a result", spec.name);
        let address = (spec.address)();
        assert_ne!(address, 0, "{} has an address", spec.name);
        CALLED.with(|called| called.set(called.get() | 1 << helpers::$number));
        // SAFETY: the table holds the address of a function with this number's signature, which the test states.
        let function = unsafe { std::mem::transmute::<usize, Function>(address) };
        // SAFETY: the task is that of a live context which set its own address there; arguments are live.
        unsafe { function(task(&$cx), $($argument),*) }
    }};
    (@has_result $result:ty) => { true };
    (@has_result) => { false };
}

thread_local! {
    /// Helpers called on this thread, by number.
    static CALLED: Cell<u128> = const { Cell::new(0) };
}

/// The exception a helper left behind, as text.
fn thrown(cx: &Context) -> String {
    let exception = cx.task().pending_exception.take().expect("an exception is on its way");
    show_exception(cx, exception)
}

fn int(cx: &Context, number: i64) -> Value {
    cx.box_int64(number)
}

fn globals(cx: &Context) -> Gc<Module> {
    cx.world().main.get().expect("Main")
}

fn global(cx: &Context, name: &str) -> Value {
    modules::global(cx, globals(cx), cx.symbol(name)).expect("it is defined")
}

#[test]
fn every_helper_does_what_its_name_says() {
    let cx = context(false);
    memory(&cx);
    calls(&cx);
    values(&cx);
    arrays(&cx);
    globals_by_binding(&cx);
    exceptions(&cx);
    throwing(&cx);
    numbers(&cx);
    let called = CALLED.with(Cell::get);
    let missed: Vec<&str> = (0..HELPERS.len())
        .filter(|&number| called >> number & 1 == 0 && number != helpers::FIND_HANDLER)
        .map(|number| HELPERS[number].name)
        .filter(|&name| name != HELPERS[helpers::SPECIALIZED_ENTRY].name)
        .collect();
    assert!(missed.is_empty(), "not called: {missed:?}");
    assert_eq!((HELPERS[helpers::FIND_HANDLER].address)(), 0, "the engine supplies it");
    assert!(cx.task().pending_exception.get().is_none());
}

fn memory(cx: &Context) {
    let ty = cx.well_known().float64();
    let object = helper!(cx, ALLOCATE(ty.erase() => Value, 8 => usize) -> Option<Value>).expect("there is memory");
    assert_eq!(object.type_of(), ty);
    assert_eq!(boxes::unbox::<u64>(object), 0, "the payload is zero");
    helper!(cx, LOG_OBJECT(object => Value));
    helper!(cx, POLL());
    assert!(cx.task().pending_exception.get().is_none(), "nobody asked for an interruption");
    let limit = cx.task().stack_limit.get();
    cx.request_interrupt();
    assert_eq!(cx.task().stack_limit.get(), usize::MAX);
    helper!(cx, POLL());
    assert_eq!(thrown(cx), "InterruptException()");
    assert_eq!(cx.task().stack_limit.get(), limit);
    helper!(cx, STACK_OVERFLOW());
    assert_eq!(thrown(cx), "StackOverflowError()");
    cx.request_interrupt();
    helper!(cx, STACK_OVERFLOW());
    assert_eq!(thrown(cx), "InterruptException()");
}

fn calls(cx: &Context) {
    evaluate(cx, "twice(x::Int) = x + x; fails(x) = throw(x); none() = :none").expect("defined");
    cx.enter_newest_world();
    let (twice, fails) = (global(cx, "twice"), global(cx, "fails"));
    let call = [twice, int(cx, 2000)];
    let result = helper!(cx, APPLY_GENERIC(call.as_ptr() => *const Value, 2 => usize) -> Option<Value>);
    assert_eq!(show(cx, result.expect("a number")), "4000");
    let result = helper!(cx, APPLY_MANY(call.as_ptr() => *const Value, 2 => usize) -> Option<Value>);
    assert_eq!(show(cx, result.expect("a number")), "4000");
    let call = [fails, int(cx, 5)];
    assert!(helper!(cx, APPLY_GENERIC(call.as_ptr() => *const Value, 2 => usize) -> Option<Value>).is_none());
    assert_eq!(cx.task().pending_exception.take(), Some(int(cx, 5)));
    let call = [twice, cx.nothing()];
    assert!(helper!(cx, APPLY_GENERIC(call.as_ptr() => *const Value, 2 => usize) -> Option<Value>).is_none());
    assert_eq!(thrown(cx), "MethodError(<typeof(twice)>, (nothing,), <UInt64>)");

    let call = [twice, int(cx, 21)];
    let instance = dispatch::dispatch(cx, &call).expect("it has a method");
    let result = helper!(
        cx,
        INVOKE_INSTANCE(instance.erase() => Value, call.as_ptr() => *const Value, 2 => usize) -> Option<Value>
    );
    assert_eq!(show(cx, result.expect("a number")), "42");
    let code_instance = code_instance(cx, instance).erase();
    let result = helper!(
        cx,
        INTERPRET(twice => Value, call[1..].as_ptr() => *const Value, 1 => usize, code_instance => Value) -> Option<Value>
    );
    assert_eq!(show(cx, result.expect("a number")), "42");

    let number = u64::from(builtins::Builtin::Tuple.number());
    let args = [int(cx, 1), int(cx, 2)];
    let result = helper!(cx, CALL_BUILTIN(number => u64, args.as_ptr() => *const Value, 2 => usize) -> Option<Value>);
    assert_eq!(show(cx, result.expect("a tuple")), "(1, 2)");
    let result =
        helper!(cx, CALL_BUILTIN(number => u64, std::ptr::null() => *const Value, 0 => usize) -> Option<Value>);
    assert_eq!(result, Some(cx.well_known().empty_tuple()));
    let number = u64::from(intrinsics::Intrinsic::SdivInt.number());
    let args = [int(cx, 1), int(cx, 0)];
    assert!(
        helper!(cx, CALL_INTRINSIC(number => u64, args.as_ptr() => *const Value, 2 => usize) -> Option<Value>)
            .is_none()
    );
    assert_eq!(thrown(cx), "DivideError()");
}

/// A code instance without native code.
fn code_instance(cx: &Context, instance: Gc<MethodInstance>) -> Gc<CodeInstance> {
    let code = Code {
        site: 0,
        spec_hash: 0,
        spec_types: instance.spec_types,
        edges: Field::null(),
        inferred: Field::null(),
        literals: Field::null(),
        return_type: Field::null(),
        const_result: Field::null(),
        inline_cost: Cell::new(0),
        flags: Cell::new(0),
        image: Cell::new(IMAGE_NONE),
        invoke_function: Cell::new(u32::MAX),
        specialized_function: Cell::new(u32::MAX),
        entry_cell: Cell::new(0),
        kept: Field::null(),
    };
    let code = cx.allocate(cx.well_known().code(), code);
    tintype_runtime::worlds::link(cx, code, instance)
}

fn values(cx: &Context) {
    let w = cx.well_known();
    let number = helper!(cx, BOX_INT64(70_000 => i64) -> Value);
    assert_eq!(show(cx, number), "70000");
    let float = helper!(cx, BOX_FLOAT64(2.5 => f64) -> Value);
    assert_eq!(boxes::unbox::<f64>(float), 2.5);
    let byte = helper!(cx, BOX_BITS(w.uint8().erase() => Value, 0x1ff => u64) -> Value);
    assert_eq!(byte, cx.box_uint8(0xff));
    assert_eq!(helper!(cx, BOX_BITS(w.bool().erase() => Value, 1 => u64) -> Value), w.true_value());
    let pair = evaluate(cx, "(7, 8)").expect("a tuple");
    let bytes = [7_i64, 9];
    let made = helper!(
        cx,
        BOX_BYTES(pair.type_of().erase() => Value, bytes.as_ptr().cast() => *const u8) -> Value
    );
    assert_eq!(show(cx, made), "(7, 9)");

    evaluate(cx, "struct P; x::Int; y; end; mutable struct Big; a; b; c; d; e; f; g; h; i; j; end").expect("declared");
    let ty = global(cx, "P");
    let fields = [int(cx, 1), cx.nothing()];
    let made = helper!(cx, NEW_STRUCT(ty => Value, fields.as_ptr() => *const Value, 2 => usize) -> Option<Value>);
    assert_eq!(made.expect("a P").type_of().erase(), ty);
    let wrong = [cx.nothing(), cx.nothing()];
    assert!(
        helper!(cx, NEW_STRUCT(ty => Value, wrong.as_ptr() => *const Value, 2 => usize) -> Option<Value>).is_none()
    );
    assert_eq!(thrown(cx), "TypeError(:new, \"\", Int64, nothing)");
    let tuple = evaluate(cx, "(1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000)").expect("a tuple");
    let made = helper!(cx, SPLAT_NEW(global(cx, "Big") => Value, tuple => Value) -> Option<Value>).expect("a Big");
    let args = [made, int(cx, 10)];
    let last = builtins::apply(cx, builtins::Builtin::GetField.number(), &args).expect("the field");
    assert_eq!(show(cx, last), "10000");
    assert!(helper!(cx, SPLAT_NEW(ty => Value, int(cx, 5) => Value) -> Option<Value>).is_none());
    assert_eq!(thrown(cx), "TypeError(:new, \"\", Tuple, 5)");

    assert_eq!(helper!(cx, ISA(int(cx, 5) => Value, w.integer().erase() => Value) -> u8), 1);
    assert_eq!(helper!(cx, ISA(cx.nothing() => Value, w.integer().erase() => Value) -> u8), 0);
    assert_eq!(helper!(cx, EGAL(int(cx, 70_000) => Value, int(cx, 70_000) => Value) -> u8), 1);
    assert_eq!(helper!(cx, EGAL(int(cx, 1) => Value, int(cx, 2) => Value) -> u8), 0);
    helper!(cx, TYPE_ASSERT(int(cx, 1) => Value, w.int64().erase() => Value));
    assert!(cx.task().pending_exception.get().is_none());
    helper!(cx, TYPE_ASSERT(int(cx, 1) => Value, w.string().erase() => Value));
    assert_eq!(thrown(cx), "TypeError(:typeassert, \"\", String, 1)");
    let (a, b) = (cx.new_string("grö".as_bytes()).erase(), cx.new_string("ße".as_bytes()).erase());
    let joined = helper!(cx, STRING_CONCAT(a => Value, b => Value) -> Option<Value>);
    assert_eq!(show(cx, joined.expect("a string")), "\"größe\"");
    assert_eq!(helper!(cx, STRING_COMPARE(a => Value, b => Value) -> i64), -1);
    assert_eq!(helper!(cx, STRING_COMPARE(a => Value, a => Value) -> i64), 0);
}

fn arrays(cx: &Context) {
    use tintype_runtime::values::arrays;
    let ty = arrays::array_type(cx, cx.well_known().any().erase(), 1).expect("a type").erase();
    let vector = helper!(cx, NEW_VECTOR(ty => Value, 2 => i64) -> Option<Value>).expect("a vector");
    let array = vector.expect::<Array>();
    assert_eq!(arrays::length(array), 2);
    assert!(helper!(cx, NEW_VECTOR(ty => Value, -1 => i64) -> Option<Value>).is_none());
    assert_eq!(thrown(cx), "ArgumentError(\"invalid Array dimensions\")");
    helper!(cx, ARRAY_GROW_END(vector => Value, 3 => i64));
    assert_eq!(arrays::length(array), 5);
    helper!(cx, ARRAY_DELETE_END(vector => Value, 4 => i64));
    assert_eq!(arrays::length(array), 1);
    helper!(cx, ARRAY_DELETE_END(vector => Value, 4 => i64));
    assert!(thrown(cx).starts_with("BoundsError("));
    for n in [-1, i64::MIN, i64::MAX] {
        helper!(cx, ARRAY_GROW_END(vector => Value, n => i64));
        let _error = thrown(cx);
    }
    let ty = arrays::array_type(cx, cx.well_known().int64().erase(), 2).expect("a type").erase();
    let dims = [2_i64, 3];
    let matrix = helper!(cx, NEW_ARRAY(ty => Value, dims.as_ptr() => *const i64, 2 => usize) -> Option<Value>);
    let matrix = matrix.expect("a matrix");
    assert_eq!(arrays::length(matrix.expect()), 6);
    helper!(cx, ARRAY_GROW_END(matrix => Value, 1 => i64));
    assert!(thrown(cx).starts_with("ArgumentError("));
}

fn globals_by_binding(cx: &Context) {
    let binding = modules::binding(cx, globals(cx), cx.symbol("some_global")).erase();
    assert_eq!(helper!(cx, GLOBAL_DEFINED(binding => Value) -> u8), 0);
    assert!(helper!(cx, GET_GLOBAL(binding => Value) -> Option<Value>).is_none());
    assert_eq!(thrown(cx), "UndefVarError(:some_global)");
    helper!(cx, SET_GLOBAL(binding => Value, int(cx, 9) => Value));
    assert_eq!(helper!(cx, GLOBAL_DEFINED(binding => Value) -> u8), 1);
    assert_eq!(helper!(cx, GET_GLOBAL(binding => Value) -> Option<Value>), Some(int(cx, 9)));
}

fn exceptions(cx: &Context) {
    assert_eq!(helper!(cx, EXCEPTION_COUNT() -> u64), 0);
    assert_eq!(helper!(cx, CURRENT_EXCEPTION() -> Value), cx.nothing());
    for n in 0..20 {
        helper!(cx, ENTER_HANDLER(int(cx, n) => Value, n as u64 => u64));
        assert_eq!(helper!(cx, CURRENT_EXCEPTION() -> Value), int(cx, n));
    }
    assert_eq!(helper!(cx, EXCEPTION_COUNT() -> u64), 20);
    helper!(cx, POP_EXCEPTION());
    assert_eq!(helper!(cx, CURRENT_EXCEPTION() -> Value), int(cx, 18));
    helper!(cx, ENTER_HANDLER(int(cx, 99) => Value, 3 => u64));
    assert_eq!(helper!(cx, EXCEPTION_COUNT() -> u64), 4);
    assert_eq!(helper!(cx, CURRENT_EXCEPTION() -> Value), int(cx, 99));
    for _ in 0..5 {
        helper!(cx, POP_EXCEPTION());
    }
    assert_eq!(helper!(cx, EXCEPTION_COUNT() -> u64), 0);
}

fn throwing(cx: &Context) {
    let w = cx.well_known();
    helper!(cx, THROW(int(cx, 3) => Value));
    assert_eq!(cx.task().pending_exception.take(), Some(int(cx, 3)));
    let tuple = evaluate(cx, "(1, 2)").expect("a tuple");
    helper!(cx, THROW_BOUNDS_INT(tuple => Value, 70_000 => i64));
    assert_eq!(thrown(cx), "BoundsError((1, 2), 70000)");
    helper!(cx, THROW_BOUNDS(tuple => Value, tuple => Value));
    assert_eq!(thrown(cx), "BoundsError((1, 2), (1, 2))");
    helper!(cx, THROW_DIVIDE());
    assert_eq!(thrown(cx), "DivideError()");
    helper!(cx, THROW_UNDEF_VAR(cx.symbol("x").erase() => Value));
    assert_eq!(thrown(cx), "UndefVarError(:x)");
    helper!(cx, THROW_UNDEF_REF());
    assert_eq!(thrown(cx), "UndefRefError()");
    let function = cx.symbol("if").erase();
    helper!(cx, THROW_TYPE_ERROR(function => Value, w.bool().erase() => Value, tuple => Value));
    assert_eq!(thrown(cx), "TypeError(:if, \"\", Bool, (1, 2))");
}

fn numbers(cx: &Context) {
    macro_rules! one { ($($number:ident $x:expr => $expected:expr;)*) => { $(
        assert_eq!(helper!(cx, $number($x => f64) -> f64), $expected, stringify!($number));
    )* } }
    one! {
        FLOOR -1.5 => -2.0; CEIL -1.5 => -1.0; TRUNC -1.5 => -1.0; NEAREST 2.5 => 2.0; SIN 0.0 => 0.0; COS 0.0 => 1.0;
        TAN 0.0 => 0.0; ASIN 0.0 => 0.0; ACOS 1.0 => 0.0; ATAN 0.0 => 0.0; SINH 0.0 => 0.0; COSH 0.0 => 1.0;
        TANH 0.0 => 0.0; EXP 0.0 => 1.0; EXP2 3.0 => 8.0; LOG 1.0 => 0.0; LOG2 8.0 => 3.0; LOG10 1000.0 => 3.0;
        CBRT 27.0 => 3.0; ASINH 0.0 => 0.0; ACOSH 1.0 => 0.0; ATANH 0.0 => 0.0; EXP10 2.0 => 100.0; EXPM1 0.0 => 0.0;
        LOG1P 0.0 => 0.0;
    }
    macro_rules! two { ($($number:ident $x:expr, $y:expr => $expected:expr;)*) => { $(
        assert_eq!(helper!(cx, $number($x => f64, $y => f64) -> f64), $expected, stringify!($number));
    )* } }
    two! { FREM -7.0, 3.0 => -1.0; POW 2.0, 10.0 => 1024.0; HYPOT 3.0, 4.0 => 5.0; ATAN2 0.0, 1.0 => 0.0; }
    assert_eq!(helper!(cx, FMA(2.0 => f64, 3.0 => f64, 4.0 => f64) -> f64), 10.0);
    let (x, y) = (f64::from(1.1_f32), f64::from(2.3_f32));
    let expected = 1.1_f32.mul_add(2.3, -2.53);
    assert_eq!(helper!(cx, FMA32(x => f64, y => f64, f64::from(-2.53_f32) => f64) -> f64), f64::from(expected));
}
