//! The stack of exceptions being handled, innermost last: what `catch e` and `rethrow()` read.
//!
//! It belongs to the task. A handler pushes the exception it received; leaving the `catch` block pops it, and an
//! exception thrown from inside one drops everything above the handler that takes it.

use crate::context::Context;
use crate::objects::*;
use crate::values::arrays;
use smallvec::SmallVec;

/// Room for this many before the vector grows.
const FIRST_CAPACITY: usize = 8;

/// How many exceptions are being handled.
pub fn n_exceptions(cx: &Context) -> u64 {
    cx.task().n_exceptions.get()
}

/// A handler received this exception, thrown where `trace` says.
pub fn push_exception(cx: &Context, exception: Value, trace: Value) {
    let n = n_exceptions(cx) as usize;
    let stack = room_for(cx, n + 1);
    cx.svec_set(stack, 2 * n, Some(exception));
    cx.svec_set(stack, 2 * n + 1, Some(trace));
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
    for index in 2 * n..2 * n_exceptions(cx) {
        cx.svec_set(stack, index as usize, None);
    }
    cx.task().n_exceptions.set(n.min(n_exceptions(cx)));
}

/// The exception being handled, if there is one.
pub fn current_exception(cx: &Context) -> Option<Value> {
    current(cx).map(|(exception, _)| exception)
}

/// The exception being handled, and where it was thrown.
pub fn current(cx: &Context) -> Option<(Value, Value)> {
    n_exceptions(cx).checked_sub(1).map(|index| exception_at(cx, index))
}

/// An exception being handled (0: the outermost), and where it was thrown.
pub fn exception_at(cx: &Context, index: u64) -> (Value, Value) {
    let stack = cx.task().exception_stack.get().expect("exceptions are being handled");
    (stack.at(2 * index as usize), stack.at(2 * index as usize + 1))
}

/// A `Vector{Any}` of the exceptions being handled, outermost first, and then of one that is not, each followed by where
/// it was thrown.
pub fn vector(cx: &Context, last: Option<(Value, Value)>) -> Gc<Array> {
    let handled = (0..n_exceptions(cx)).map(|index| exception_at(cx, index));
    let mut values: SmallVec<[Value; 16]> = SmallVec::new();
    for (exception, trace) in handled.chain(last) {
        // One that is rethrown while it is handled has the trace it had: it is the same throw.
        if values.last() == Some(&trace) {
            values.truncate(values.len() - 2);
        }
        values.extend([exception, trace]);
    }
    arrays::new_vector_any(cx, &values)
}

/// The vector, with room for `n` exceptions.
fn room_for(cx: &Context, n: usize) -> Gc<SimpleVector> {
    let old = cx.task().exception_stack.get();
    if let Some(stack) = old
        && stack.len() >= 2 * n
    {
        return stack;
    }
    let new = cx.new_empty_svec((4 * n).max(2 * FIRST_CAPACITY));
    if let Some(old) = old {
        for (index, slot) in old.tail().iter().enumerate() {
            cx.svec_set(new, index, slot.get());
        }
    }
    // The task is scanned as a root: the store needs no barrier.
    cx.task().exception_stack.set(Some(new));
    new
}
