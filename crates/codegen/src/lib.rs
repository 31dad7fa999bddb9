//! IR to machine code records for one CPU target: [`CodeGenerator`] turns a function into a [`CompiledFunction`].
//!
//! It writes no file, maps no memory and holds no global state. Conventions (registers, calls, crossing into the
//! run-time system) are those of the image format; the support functions that implement them are generated here too.

#![forbid(unsafe_code)]

mod epilogue;
mod error;
mod generator;
mod isa;
pub mod pc_table;
mod record;
mod signature;
mod slots;
mod support;
mod symbol;
mod translate;

pub use error::CodegenError;
pub use generator::{AllDirect, CallPolicy, CodeGenerator, OptLevel, Route, Scratch, Settings};
pub use record::{CallSite, CompiledFunction, Frame, Reloc, RelocKind, RelocTarget, TrapSite};
pub use support::{ENTRY_TRAMPOLINE_NAME, SupportFunction, entry_record};
