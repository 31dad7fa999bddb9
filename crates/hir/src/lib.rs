//! Method bodies as lowered and as inferred, and their compact encoding. Values appear only by literal-pool number.

#![forbid(unsafe_code)]

pub mod body;
mod display;
pub mod encode;
pub mod literal;
mod operands;
pub mod typed;
pub mod verify;

pub use body::{Body, LineInfo, LiteralId, Op, Operand, SlotId, SlotInfo, Statement, StatementId};
pub use encode::{DecodeError, decode, decode_typed, encode, encode_typed};
pub use literal::{Literal, Lowered, ModuleRef};
pub use typed::{TypeRef, TypedBody};
pub use verify::{VerifyError, verify};
