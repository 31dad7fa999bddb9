//! Raising from compiled code, and the stack of exceptions being handled.
//!
//! A helper that throws only leaves the exception in the task; its stub finds the handler.

use super::TaskRef;
use crate::errors::Thrown;
use crate::exceptions::stack;
use crate::objects::*;

pub(super) extern "C" fn throw(task: TaskRef, exception: Value) {
    let _thrown: Thrown = task.context().throw(exception);
}

/// A function found less stack than it may use: too deep a recursion, or an interruption was asked for.
pub(super) extern "C" fn stack_overflow(task: TaskRef) {
    let _raised = task.context().entry_poll();
}

pub(super) extern "C" fn poll(task: TaskRef) {
    let _raised = task.context().poll();
}

/// A handler received `exception`; `n` exceptions were being handled when its region was entered.
pub(super) extern "C" fn enter_handler(task: TaskRef, exception: Value, n: u64) {
    let cx = task.context();
    stack::truncate_exceptions(cx, n);
    stack::push_exception(cx, exception, cx.take_trace());
}

pub(super) extern "C" fn pop_exception(task: TaskRef) {
    stack::pop_exception(task.context());
}

/// The exception being handled, `nothing` outside any handler.
pub(super) extern "C" fn current_exception(task: TaskRef) -> Value {
    let cx = task.context();
    stack::current_exception(cx).unwrap_or(cx.nothing())
}

pub(super) extern "C" fn exception_count(task: TaskRef) -> u64 {
    stack::n_exceptions(task.context())
}

pub(super) extern "C" fn throw_bounds_int(task: TaskRef, collection: Value, index: i64) {
    let cx = task.context();
    let index = cx.box_int64(index);
    let _thrown = cx.throw_bounds(collection, Some(index));
}

pub(super) extern "C" fn throw_bounds(task: TaskRef, collection: Value, index: Value) {
    let _thrown = task.context().throw_bounds(collection, Some(index));
}

pub(super) extern "C" fn throw_divide(task: TaskRef) {
    let _thrown = task.context().throw_divide();
}

pub(super) extern "C" fn throw_undef_var(task: TaskRef, name: Value) {
    let _thrown = task.context().throw_undef_var(name.expect());
}

pub(super) extern "C" fn throw_undef_ref(task: TaskRef) {
    let _thrown = task.context().throw_undef_ref();
}

pub(super) extern "C" fn throw_type_error(task: TaskRef, function: Value, expected: Value, got: Value) {
    let cx = task.context();
    let function = function.expect::<Symbol>();
    let _thrown = cx.throw_type_error(function.as_str(), "", expected, got);
}
