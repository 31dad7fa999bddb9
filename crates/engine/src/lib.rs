//! The embedding API: engines, contexts, evaluation, adoption, compilation policy, save and restore.
//!
//! An [`Engine`] is what contexts share; a [`Program`] is one context, in which source is evaluated. What is generated,
//! linked or mapped is the business of the crates below.

mod base_library;
mod engine;
mod failure;
mod generated;
mod host;
mod image;
mod imports;
mod initializers;
mod native;
mod options;
mod program;
mod prompt;
mod session;
mod source;
mod toplevel;
mod trees;
mod uncaught;

pub use base_library::source_hash;
pub use engine::Engine;
pub use failure::{Failure, StartError};
pub use image::{BuildError, BuildOptions, BuildReport, build_image};
pub use options::{CompileMode, ImageAddress, Options, TraceTarget, VerifyMode};
pub use program::Program;
pub use prompt::is_incomplete;
pub use tintype_runtime::exceptions::interrupts::INTERRUPTED_STATUS;
