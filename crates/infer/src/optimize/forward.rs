//! Variables that are only another name for a value: reads of them become the value, and assignments nobody reads go.
//!
//! Inlining passes every argument through a variable of its own. A variable assigned in one place only, whose reads all
//! come after the assignment, is its value: a constant always, a statement's result where nothing reads the variable
//! between the statement and the assignment, which are in one basic block.

use tintype_hir::{Op, Operand};
use tintype_runtime::Context;

use super::rebuild::Rebuild;
use crate::flow::Flow;
use crate::unit::{Facts, Unit};

/// Rewrites reads and drops assignments. The facts are those of the old body and do not hold for the new one.
pub(super) fn forward(cx: &Context, unit: &Unit, facts: &Facts) -> Unit {
    let mut values = forwarded_values(unit, facts);
    keep_narrowed(cx, unit, facts, &mut values);
    let is_read = slots_read(unit, facts, &values);
    let mut out = Rebuild::new(unit);
    for (index, statement) in unit.body.statements.iter().enumerate() {
        out.begin(statement.line);
        if !facts.reached[index] {
            continue;
        }
        match &statement.op {
            Op::GetSlot(slot) if values[*slot as usize].is_some() => {
                out.result(values[*slot as usize].expect("just checked"));
            }
            Op::SetSlot(slot, operand) if !is_read[*slot as usize] => out.result(*operand),
            Op::ClearSlot(slot) if !is_read[*slot as usize] => {}
            op => {
                let result = out.push(op.clone());
                out.result(result);
            }
        }
    }
    out.finish()
}

/// A variable some read of which is known better than its value, because a condition narrowed it, stays a variable: what
/// the condition said would be lost, and statements that were dropped because of it would be missing.
fn keep_narrowed(cx: &Context, unit: &Unit, facts: &Facts, values: &mut [Option<Operand>]) {
    for (index, statement) in unit.body.statements.iter().enumerate().filter(|(index, _)| facts.reached[*index]) {
        if let Op::GetSlot(slot) = statement.op
            && let Some(operand) = values[slot as usize]
            && !facts.operand(unit, operand).is_below(cx, &facts.results[index])
        {
            values[slot as usize] = None;
        }
    }
}

/// For each slot, the operand every read of it can be replaced by.
fn forwarded_values(unit: &Unit, facts: &Facts) -> Vec<Option<Operand>> {
    let n_slots = unit.body.slots.len();
    let flow = Flow::compute(&unit.body);
    let mut assigned: Vec<Option<(usize, Operand)>> = vec![None; n_slots];
    let mut is_candidate: Vec<bool> = (0..n_slots).map(|slot| slot >= unit.body.n_params as usize).collect();
    for (index, statement) in unit.body.statements.iter().enumerate().filter(|(index, _)| facts.reached[*index]) {
        match statement.op {
            Op::SetSlot(slot, operand) => {
                let slot = slot as usize;
                is_candidate[slot] &= assigned[slot].is_none();
                assigned[slot] = Some((index, operand));
            }
            Op::GetSlot(slot) => is_candidate[slot as usize] &= !facts.maybe_undefined[index],
            Op::SlotDefined(slot) => is_candidate[slot as usize] = false,
            // Handlers see assignments from inside their region: keep what may be read there as it is.
            Op::EnterTry(_) => return vec![None; n_slots],
            _ => {}
        }
    }
    let value = |slot: usize| {
        let (at, operand) = assigned[slot]?;
        (is_candidate[slot] && is_stable(unit, &flow, slot as u32, at, operand)).then_some(operand)
    };
    (0..n_slots).map(value).collect()
}

/// Whether an operand, assigned to a slot at a statement, is the slot's value wherever the slot is read.
fn is_stable(unit: &Unit, flow: &Flow, slot: u32, at: usize, operand: Operand) -> bool {
    let Operand::Result(defined) = operand else { return true };
    let defined = defined as usize;
    let same_block = flow.blocks.iter().any(|block| block.start <= defined && at < block.end && defined < at);
    let between = unit.body.statements.get(defined + 1..at);
    same_block && between.is_some_and(|between| !between.iter().any(|statement| statement.op == Op::GetSlot(slot)))
}

fn slots_read(unit: &Unit, facts: &Facts, values: &[Option<Operand>]) -> Vec<bool> {
    let mut is_read = vec![false; unit.body.slots.len()];
    for (_, statement) in unit.body.statements.iter().enumerate().filter(|(index, _)| facts.reached[*index]) {
        match statement.op {
            Op::GetSlot(slot) if values[slot as usize].is_none() => is_read[slot as usize] = true,
            Op::SlotDefined(slot) => is_read[slot as usize] = true,
            _ => {}
        }
    }
    is_read
}
