//! The SSA IR: entities, builder, text format, verifier, interpreter, and the description of an embedder's run-time
//! system. It does no input or output, and has never heard of Cranelift or of Julia.

#![forbid(unsafe_code)]

pub mod abi;
mod abi_bare;
#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
pub mod builder;
pub mod cfg;
pub mod constant;
pub mod dominators;
pub mod entity;
pub mod evaluate;
pub mod filetest;
pub mod function;
pub mod instruction;
pub mod interpret;
pub mod module;
mod opcode_names;
pub mod text;
pub mod types;
pub mod typing;
pub mod verify;
