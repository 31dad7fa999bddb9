//! Points at which a running program can be stopped: entries of functions and backward jumps.

use crate::context::Context;
use crate::errors::Outcome;

impl Context {
    /// Asks the program to stop with `InterruptException` at its next entry or backward jump. May be called from a signal
    /// handler of the context's own thread: it only stores numbers.
    pub fn request_interrupt(&self) {
        self.task().poll.set(1);
        self.task().stack_limit.set(usize::MAX);
    }

    /// A backward jump: throws if an interruption was asked for.
    #[inline(always)]
    pub fn poll(&self) -> Outcome<()> {
        if self.task().poll.get() == 0 { Ok(()) } else { self.interrupted() }
    }

    /// A function entry of compiled code found `stack_limit` above its stack pointer: an interruption, or the stack is used
    /// up.
    pub fn entry_poll(&self) -> Outcome<()> {
        self.poll()?;
        Err(self.throw_stack_overflow())
    }

    #[cold]
    fn interrupted(&self) -> Outcome<()> {
        self.task().poll.set(0);
        super::interrupts::answered();
        self.task().stack_limit.set(self.task().true_stack_limit.get());
        Err(self.throw(self.well_known().interrupt_instance()))
    }
}
