//! A body with what inference found: a type beside every statement and slot, as literal-pool numbers.

use crate::body::{Body, LiteralId};

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// It does not exist: control never gets past its definition.
    Bottom,
    /// It is an instance of the type in the literal pool.
    Type(LiteralId),
    /// It is this value of the literal pool.
    Const(LiteralId),
}

/// An inferred and optimised body. Its literals are values of the run-time system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBody {
    /// The code, with known calls resolved and small callees inlined.
    pub body: Body,
    /// For each statement, its result.
    pub statement_types: Vec<TypeRef>,
    /// For each slot, the join of everything assigned to it.
    pub slot_types: Vec<TypeRef>,
    /// What is returned.
    pub return_type: TypeRef,
    /// Whether the whole call can be dropped when its result is not used: no effects, never throws, terminates.
    pub removable: bool,
}
