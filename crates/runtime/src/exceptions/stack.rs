//! The stack of exceptions being handled, innermost last: what `catch e` and `rethrow()` read.
//!
//! It belongs to the task. A handler pushes the exception it received; leaving the `catch` block pops it, and an
//! exception thrown from inside one drops everything above the handler that takes it.

use crate::context::Context;
use crate::objects::*;

/// Room for this many before the vector grows.
const FIRST_CAPACITY: usize = 8;

/// How many exceptions are being handled.
pub fn n_exceptions(cx: &Context) -> u64 {
    cx.task().n_exceptions.get()
}

/// A handler received this exception.
pub fn push_exception(cx: &Context, exception: Value) {
    let n = n_exceptions(cx) as usize;
    let stack = room_for(cx, n + 1);
    cx.svec_set(stack, n, Some(exception));
    cx.task().n_exceptions.set(n as u64 + 1);
}

/// The innermost exception has been handled. Does nothing if there is none.
pub fn pop_exception(cx: &Context) {
    let n = n_exceptions(cx);
    if n > 0 {
        truncate_exceptions(cx, n - 1);
    }
}

/// Forgets all but the outermost `n`.
pub fn truncate_exceptions(cx: &Context, n: u64) {
    let Some(stack) = cx.task().exception_stack.get() else { return };
    for index in n..n_exceptions(cx) {
        cx.svec_set(stack, index as usize, None);
    }
    cx.task().n_exceptions.set(n.min(n_exceptions(cx)));
}

/// The exception being handled, if there is one.
pub fn current_exception(cx: &Context) -> Option<Value> {
    let n = n_exceptions(cx) as usize;
    if n == 0 { None } else { cx.task().exception_stack.get().map(|stack| stack.at(n - 1)) }
}

/// The vector, with at least this many places.
fn room_for(cx: &Context, n: usize) -> Gc<SimpleVector> {
    let old = cx.task().exception_stack.get();
    if let Some(stack) = old
        && stack.len() >= n
    {
        return stack;
    }
    let new = cx.new_empty_svec((2 * n).max(FIRST_CAPACITY));
    if let Some(old) = old {
        for (index, slot) in old.tail().iter().enumerate() {
            cx.svec_set(new, index, slot.get());
        }
    }
    // The task is scanned as a root: the store needs no barrier.
    cx.task().exception_stack.set(Some(new));
    new
}
