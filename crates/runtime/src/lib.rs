//! Types and subtyping, modules, method tables, worlds, code instances, builtins, interpreter, publication protocol.
//!
//! Everything the language knows at run time is a heap object (`objects`); a `Context` is one world of them, the first
//! argument of nearly every function. This crate compiles nothing: native code comes in through `context::Compiler`.

pub mod boot;
pub mod builtins;
pub mod context;
pub mod dispatch;
mod elementary;
pub mod errors;
pub mod evaluation;
pub mod exceptions;
pub mod helpers;
pub mod interpret;
pub mod intrinsics;
pub mod layout_consts;
pub mod modules;
pub mod objects;
pub mod persist;
pub mod publication;
pub mod show;
mod stack_bounds;
pub mod task;
pub mod types;
pub mod values;
pub mod worlds;

pub use context::{Compiler, Context, Execution, Shared, World};
pub use errors::{Outcome, Thrown};
pub use objects::{Gc, Value, ValueExt};
pub use task::Task;
