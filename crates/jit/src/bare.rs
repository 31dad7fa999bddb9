//! The smallest run-time system: a task, the well-known helpers, and calls from Rust into compiled code.
//!
//! It is for embedders without a language or a heap, for examples and for tests; it implements
//! [`RuntimeAbi::bare`](tintype_ir::abi::RuntimeAbi::bare). Objects are allocated by the host allocator and freed with
//! their task; exceptions are words with a meaning of the embedder's. There is no collector, so safepoints do nothing
//! unless the embedder sets the task's poll word.

mod helpers;
mod runtime;
mod task;
mod wrapper;

pub use runtime::{BareError, BareRuntime, HelperAddress};
pub use task::{BareTask, StackBounds};
pub use wrapper::add_call_wrapper;
