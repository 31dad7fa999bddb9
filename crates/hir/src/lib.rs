//! Method bodies as lowered and as inferred, and their compact encoding. Values appear only by literal-pool number.

#![forbid(unsafe_code)]

pub mod body;
pub mod literal;
pub mod typed;

pub use body::{Body, LineInfo, LiteralId, Op, Operand, SlotId, SlotInfo, Statement, StatementId};
pub use literal::{Literal, Lowered, ModuleRef};
pub use typed::{TypeRef, TypedBody};
