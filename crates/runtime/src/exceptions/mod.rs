//! The exceptions being handled. Throwing is in `crate::errors`; how an uncaught exception prints is Base's.

mod poll;
pub mod stack;
