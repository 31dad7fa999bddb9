//! Typed method bodies to SSA IR: representation, boxing, calls, exceptions.
//!
//! [`generate`] takes inferred code and makes one IR module of it: a specialised function per method instance, with
//! arguments and results in registers wherever their types allow, and a boxed entry for everybody else. What a value
//! looks like in registers is decided by its type alone (`representation`), so that caller and callee agree without
//! talking. The crate infers nothing, optimises nothing that the passes can do, and generates no machine code.

#![forbid(unsafe_code)]

pub mod abi;
mod arrays;
mod builtins;
mod calls;
mod constants;
mod convert;
mod fields;
mod flow;
mod function;
mod generate;
mod identity;
mod intrinsics;
mod module;
mod representation;
mod signature;
mod slots;
mod statements;
mod tuples;
mod wrapper;

pub use generate::{
    CodeSource, GenerateError, GenerateMode, GenerateRequest, Generated, GeneratedFunction, Import, Root, generate,
};
