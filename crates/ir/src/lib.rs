//! The SSA IR: entities, builder, text format, verifier, interpreter, and the description of an embedder's run-time
//! system. It does no input or output, and has never heard of Cranelift or of Julia.

#![forbid(unsafe_code)]

pub mod abi;
pub mod entity;
pub mod function;
pub mod instruction;
pub mod module;
pub mod types;
