//! Programs run by the interpreter, with `Core` alone: a small prelude stands in for the base library.

mod builtins;
mod helpers;
mod programs;
mod support;
