//! Compiles into the running process: code memory, linking, unwinding tables.
//!
//! [`CodeSpace`] turns batches of compiled functions into code that can be called, [`unwind`] finds exception handlers
//! and backtraces in it and in the code of images, and [`bare`] is the smallest run-time system, for embedders without a
//! language. Method tables, publication and compilation policy are not here.

pub mod bare;
mod batch;
mod link;
mod pages;
mod space;
pub mod unwind;

pub use batch::{Batch, JitError, LoadedBatch, SupportCode};
pub use space::{CodeSpace, CodeSpaceConfig};
