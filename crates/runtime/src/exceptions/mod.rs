//! The exceptions being handled, and where exceptions come from. Throwing is in `crate::errors`; how an uncaught exception
//! prints is Base's.

pub mod backtrace;
pub mod frames;
pub mod interrupts;
mod poll;
pub mod stack;
