//! Raising from compiled code, and the stack of exceptions being handled.
//!
//! A helper that throws only leaves the exception in the task; its stub finds the handler.

use super::context;
use crate::errors::Thrown;
use crate::exceptions::stack;
use crate::objects::*;
use crate::task::Task;

// SAFETY (every function of this file): compiled code passes its own task, which runs in a live context, and live
// objects.

pub(super) unsafe extern "C" fn throw(task: *mut Task, exception: Value) {
    let _thrown: Thrown = unsafe { context(task) }.throw(exception);
}

/// A function found less stack than it may use: too deep a recursion, or an interruption was asked for.
pub(super) unsafe extern "C" fn stack_overflow(task: *mut Task) {
    let _raised = unsafe { context(task) }.entry_poll();
}

pub(super) unsafe extern "C" fn poll(task: *mut Task) {
    let _raised = unsafe { context(task) }.poll();
}

/// A handler received `exception`; `n` exceptions were being handled when its region was entered.
pub(super) unsafe extern "C" fn enter_handler(task: *mut Task, exception: Value, n: u64) {
    let cx = unsafe { context(task) };
    stack::truncate_exceptions(cx, n);
    stack::push_exception(cx, exception);
}

pub(super) unsafe extern "C" fn pop_exception(task: *mut Task) {
    stack::pop_exception(unsafe { context(task) });
}

/// The exception being handled, `nothing` outside any handler.
pub(super) unsafe extern "C" fn current_exception(task: *mut Task) -> Value {
    let cx = unsafe { context(task) };
    stack::current_exception(cx).unwrap_or(cx.nothing())
}

pub(super) unsafe extern "C" fn exception_count(task: *mut Task) -> u64 {
    stack::n_exceptions(unsafe { context(task) })
}

pub(super) unsafe extern "C" fn throw_bounds_int(task: *mut Task, collection: Value, index: i64) {
    let cx = unsafe { context(task) };
    let index = cx.box_int64(index);
    let _thrown = cx.throw_bounds(collection, Some(index));
}

pub(super) unsafe extern "C" fn throw_bounds(task: *mut Task, collection: Value, index: Value) {
    let _thrown = unsafe { context(task) }.throw_bounds(collection, Some(index));
}

pub(super) unsafe extern "C" fn throw_divide(task: *mut Task) {
    let _thrown = unsafe { context(task) }.throw_divide();
}

pub(super) unsafe extern "C" fn throw_undef_var(task: *mut Task, name: Value) {
    let _thrown = unsafe { context(task) }.throw_undef_var(name.expect());
}

pub(super) unsafe extern "C" fn throw_undef_ref(task: *mut Task) {
    let _thrown = unsafe { context(task) }.throw_undef_ref();
}

pub(super) unsafe extern "C" fn throw_type_error(task: *mut Task, function: Value, expected: Value, got: Value) {
    let cx = unsafe { context(task) };
    let function = function.expect::<Symbol>();
    let _thrown = cx.throw_type_error(function.as_str(), "", expected, got);
}
