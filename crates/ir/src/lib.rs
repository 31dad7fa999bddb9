//! The SSA IR: entities, builder, text format, verifier, interpreter, and the description of an embedder's run-time
//! system. It does no input or output, and has never heard of Cranelift or of Julia.
//!
//! ```
//! use std::sync::Arc;
//! use tintype_ir::abi::RuntimeAbi;
//! use tintype_ir::interpret::{BareHost, Interpreter, Outcome};
//! use tintype_ir::{text::parse_module, verify::verify_module};
//!
//! let text = "function %twice(i64) -> i64 {
//!             block0(v0: i64):
//!                 v1 = iadd v0, v0
//!                 return v1
//!             }";
//! let module = parse_module(text, Arc::new(RuntimeAbi::bare())).expect("parses");
//! verify_module(&module).expect("is valid");
//! let twice = module.function_named("twice").expect("is declared");
//! let mut interpreter = Interpreter::new(&module, BareHost::default());
//! assert_eq!(interpreter.call(twice, &[21]), Ok(Outcome::Returned(vec![42])));
//! ```

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
