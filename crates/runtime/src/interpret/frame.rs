//! One activation of a body: its window on the value stack, its try regions, its program counter.

use smallvec::SmallVec;

use super::State;
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use tintype_hir::{Body, Operand};

/// A try region that is open.
#[derive(Clone, Copy)]
pub(super) struct TryRegion {
    /// The statement its exceptions continue at.
    pub handler: u32,
    /// How many exceptions were being handled when it was entered.
    pub n_exceptions: u64,
}

/// An activation. Dropping it frees its window.
pub(super) struct Frame<'a> {
    state: &'a State,
    /// Index of the first variable on the value stack; results follow the variables.
    base: usize,
    n_slots: usize,
    pub literals: Gc<SimpleVector>,
    pub static_params: Gc<SimpleVector>,
    pub module: Gc<Module>,
    pub regions: SmallVec<[TryRegion; 4]>,
}

impl<'a> Frame<'a> {
    /// Pushes a window for `body`.
    pub fn new(
        cx: &'a Context,
        body: &Body,
        literals: Gc<SimpleVector>,
        static_params: Gc<SimpleVector>,
        module: Gc<Module>,
    ) -> Outcome<Frame<'a>> {
        let state = &cx.interpreter;
        let n_slots = body.slots.len();
        let base = state.values.push_frame(n_slots + body.statements.len());
        let base = base.map_err(|_| cx.throw_stack_overflow())?;
        Ok(Frame { state, base, n_slots, literals, static_params, module, regions: SmallVec::new() })
    }

    pub fn slot(&self, slot: u32) -> Option<Value> {
        self.state.values.get(self.base + slot as usize)
    }

    pub fn set_slot(&self, slot: u32, value: Option<Value>) {
        self.state.values.set(self.base + slot as usize, value);
    }

    pub fn set_result(&self, statement: usize, value: Value) {
        self.state.values.set(self.base + self.n_slots + statement, Some(value));
    }

    /// The value of an operand.
    pub fn operand(&self, operand: Operand) -> Value {
        match operand {
            Operand::Result(statement) => {
                let value = self.state.values.get(self.base + self.n_slots + statement as usize);
                value.unwrap_or_else(|| panic!("statement {statement} is used before it ran"))
            }
            Operand::Literal(literal) => self.literal(literal),
            Operand::StaticParam(index) => self.static_params.at(index as usize),
        }
    }

    /// An entry of the literal pool.
    pub fn literal(&self, literal: u32) -> Value {
        self.literals.at(literal as usize)
    }

    /// The values of several operands.
    pub fn operands(&self, operands: &[Operand]) -> SmallVec<[Value; 8]> {
        operands.iter().map(|&operand| self.operand(operand)).collect()
    }
}

impl Drop for Frame<'_> {
    fn drop(&mut self) {
        self.state.values.pop_frame(self.base);
    }
}
