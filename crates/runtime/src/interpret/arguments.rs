//! Argument lists of unknown length, on the scanned value stack.
//!
//! A list that is gathered while objects are made must be seen by the collector, however long it gets: what spills to
//! memory of the process is not scanned.

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::Value;

/// A list that grows. Everything pushed on the value stack after it is dropped before it grows again; dropping it frees
/// its place.
pub(crate) struct Arguments<'a> {
    cx: &'a Context,
    /// Index of the first value on the value stack.
    base: usize,
    n: usize,
}

impl<'a> Arguments<'a> {
    /// An empty list.
    pub fn new(cx: &'a Context) -> Arguments<'a> {
        Arguments { cx, base: cx.interpreter.values.top(), n: 0 }
    }

    /// Adds a value. Throws `StackOverflowError` when the value stack is full.
    pub fn push(&mut self, value: Value) -> Outcome<()> {
        let values = &self.cx.interpreter.values;
        let index = values.push_frame(1).map_err(|_| self.cx.throw_stack_overflow())?;
        assert_eq!(index, self.base + self.n, "nothing else lies above the list");
        values.set(index, Some(value));
        self.n += 1;
        Ok(())
    }

    /// The values.
    pub fn as_slice(&self) -> &[Value] {
        if self.n == 0 {
            return &[];
        }
        let first = self.cx.interpreter.values.slot(self.base).cast_const().cast::<Value>();
        // SAFETY: `push` filled the `n` slots from `base` on, which lie side by side, stay where they are, and are not
        // written while the list is borrowed; a slot that is filled is a value.
        unsafe { std::slice::from_raw_parts(first, self.n) }
    }
}

impl Drop for Arguments<'_> {
    fn drop(&mut self) {
        self.cx.interpreter.values.pop_frame(self.base);
    }
}
