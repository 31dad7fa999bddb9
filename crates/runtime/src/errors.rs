//! Throwing from Rust: the exception waits in the task, a `Thrown` travels as the error value.

use crate::context::Context;
use crate::objects::*;

/// An exception is in `task.pending_exception`. Whoever receives one either returns it, or takes the exception out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Thrown(());

/// What code that may throw returns.
pub type Outcome<T = Value> = Result<T, Thrown>;

impl Context {
    /// Throws `exception`.
    #[cold]
    pub fn throw(&self, exception: Value) -> Thrown {
        let trace = crate::exceptions::backtrace::capture(self);
        self.throw_again(exception, trace)
    }

    /// Throws `exception` as if where `trace` says.
    #[cold]
    pub fn throw_again(&self, exception: Value, trace: Value) -> Thrown {
        self.task().pending_exception.set(Some(exception));
        self.task().pending_trace.set(Some(trace));
        Thrown(())
    }

    /// Marks that compiled code left an exception pending.
    pub fn thrown_by_compiled_code(&self) -> Thrown {
        debug_assert!(self.task().pending_exception.get().is_some(), "an exception is pending");
        Thrown(())
    }

    /// Catches: the exception is no longer on its way.
    pub fn take_exception(&self, thrown: Thrown) -> Value {
        self.take_exception_and_trace(thrown).0
    }

    /// Catches; the second value says where the exception was thrown.
    pub fn take_exception_and_trace(&self, _thrown: Thrown) -> (Value, Value) {
        let exception = self.task().pending_exception.take().expect("a thrown exception is pending");
        (exception, self.take_trace())
    }

    /// Where the exception was thrown that compiled code just caught; `nothing`, which has no frames, if whoever raised it
    /// did not say.
    pub fn take_trace(&self) -> Value {
        self.task().pending_trace.take().unwrap_or(self.nothing())
    }

    /// Throws `ErrorException(message)`.
    #[cold]
    pub fn error(&self, message: &str) -> Thrown {
        self.throw_with_message(self.well_known().error_exception(), message)
    }

    /// Throws `ArgumentError(message)`.
    #[cold]
    pub fn argument_error(&self, message: &str) -> Thrown {
        self.throw_with_message(self.well_known().argument_error(), message)
    }

    /// Throws an exception of a type with one field, a string.
    #[cold]
    pub fn throw_with_message(&self, ty: Gc<DataType>, message: &str) -> Thrown {
        let message = self.new_string(message.as_bytes()).erase();
        self.throw_new(ty, &[Some(message)])
    }

    /// Throws a new exception with these field values.
    #[cold]
    pub fn throw_new(&self, ty: Gc<DataType>, fields: &[Option<Value>]) -> Thrown {
        let exception = crate::values::structs::new_exception(self, ty, fields);
        self.throw(exception)
    }

    /// Throws `UndefVarError(name)`.
    #[cold]
    pub fn throw_undef_var(&self, name: Gc<Symbol>) -> Thrown {
        self.throw_new(self.well_known().undef_var_error(), &[Some(name.erase())])
    }

    /// Throws `UndefRefError()`.
    #[cold]
    pub fn throw_undef_ref(&self) -> Thrown {
        self.throw(self.well_known().undef_ref_exception())
    }

    /// Throws `DivideError()`.
    #[cold]
    pub fn throw_divide(&self) -> Thrown {
        self.throw(self.well_known().divide_exception())
    }

    /// Throws `TypeError(function, context, expected, got)`.
    #[cold]
    pub fn throw_type_error(&self, function: &str, context: &str, expected: Value, got: Value) -> Thrown {
        let function = self.symbol(function).erase();
        let context = self.new_string(context.as_bytes()).erase();
        let fields = [Some(function), Some(context), Some(expected), Some(got)];
        self.throw_new(self.well_known().type_error(), &fields)
    }

    /// Throws `BoundsError(collection, index)`; the index is an integer box or a tuple.
    #[cold]
    pub fn throw_bounds(&self, collection: Value, index: Option<Value>) -> Thrown {
        self.throw_new(self.well_known().bounds_error(), &[Some(collection), index])
    }

    /// Throws `InexactError(function, type, value)`.
    #[cold]
    pub fn throw_inexact(&self, function: &str, ty: Value, value: Value) -> Thrown {
        let function = self.symbol(function).erase();
        self.throw_new(self.well_known().inexact_error(), &[Some(function), Some(ty), Some(value)])
    }

    /// Throws `DomainError(value, message)`.
    #[cold]
    pub fn throw_domain(&self, value: Value, message: &str) -> Thrown {
        let message = self.new_string(message.as_bytes()).erase();
        self.throw_new(self.well_known().domain_error(), &[Some(value), Some(message)])
    }

    /// Throws `MethodError(f, args, world)` for a call no method matches (or several match equally well, which printing
    /// finds out again).
    #[cold]
    pub fn throw_method_error(&self, function: Value, arguments: &[Value]) -> Thrown {
        let tuple = crate::values::structs::new_tuple(self, arguments);
        let world = self.box_uint64(self.world_age());
        self.throw_new(self.well_known().method_error(), &[Some(function), Some(tuple), Some(world)])
    }

    /// Throws `OutOfMemoryError()`.
    #[cold]
    pub fn throw_out_of_memory(&self) -> Thrown {
        self.throw(self.well_known().out_of_memory_exception())
    }
}
