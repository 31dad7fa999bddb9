//! Abstract interpretation of one body: a forward data flow over its basic blocks.
//!
//! Statement results are single assignments and are joined in place; variables have a state per block entry. A block is
//! run again whenever the state at its entry rises. Exceptions: everything a variable holds inside a try region may be
//! what the handler sees. The algorithm is Kildall's, with the narrowing of variables by conditions that Julia's own
//! inference does.

use std::collections::BTreeSet;

use tintype_hir::{Op, Operand, SlotId};
use tintype_runtime::{Context, Outcome};

use crate::flow::Flow;
use crate::lattice::Lattice;
use crate::session::Session;
use crate::transfer;
use crate::unit::{Facts, Unit, operand_lattice};

/// What is known of a variable at a point.
#[derive(Clone)]
pub(crate) struct SlotState {
    pub known: Lattice,
    pub maybe_undefined: bool,
}

/// What a truth value says about a variable.
#[derive(Clone)]
pub(crate) struct Condition {
    pub slot: SlotId,
    /// Known of the variable where the condition holds.
    pub then_known: Lattice,
    /// Known of the variable where it does not.
    pub else_known: Lattice,
}

/// The state of an analysis.
pub(crate) struct Analysis<'a, 'b> {
    pub cx: &'a Context,
    pub session: &'a mut Session<'b>,
    pub unit: &'a Unit,
    pub results: Vec<Lattice>,
    /// For each statement that is a condition on a variable, what it says.
    pub conditions: Vec<Option<Condition>>,
    flow: Flow,
    entry: Vec<Option<Entry>>,
    slots: Vec<Lattice>,
    maybe_undefined: Vec<bool>,
    reached: Vec<bool>,
    returned: Lattice,
    /// Blocks to run. The first in the body goes first: bodies are written in about the order they run in, so most blocks
    /// are run when all that leads to them has been, and once.
    work: BTreeSet<usize>,
}

/// State at the entry of a block.
#[derive(Clone)]
struct Entry {
    slots: Vec<SlotState>,
    /// Handlers of the open try regions, outermost first.
    regions: Vec<u32>,
}

/// Runs the analysis.
///
/// # Errors
/// Only what aborts the whole inference (the stack is used up).
pub(crate) fn analyse(cx: &Context, session: &mut Session<'_>, unit: &Unit) -> Outcome<Facts> {
    cx.check_stack()?;
    let n = unit.body.statements.len();
    let flow = Flow::compute(&unit.body);
    let n_blocks = flow.blocks.len();
    let mut analysis = Analysis {
        cx,
        session,
        unit,
        results: vec![Lattice::Bottom; n],
        conditions: vec![None; n],
        flow,
        entry: vec![None; n_blocks],
        slots: vec![Lattice::Bottom; unit.body.slots.len()],
        maybe_undefined: vec![false; n],
        reached: vec![false; n],
        returned: Lattice::Bottom,
        work: BTreeSet::from([0]),
    };
    analysis.start();
    while let Some(block) = analysis.work.pop_first() {
        analysis.run_block(block)?;
    }
    Ok(Facts {
        results: analysis.results,
        reached: analysis.reached,
        slots: analysis.slots,
        maybe_undefined: analysis.maybe_undefined,
        returned: analysis.returned,
    })
}

impl Analysis<'_, '_> {
    fn start(&mut self) {
        let n_params = self.unit.body.n_params as usize;
        let states = (0..self.unit.body.slots.len()).map(|slot| match self.unit.params.get(slot) {
            Some(known) if slot < n_params => SlotState { known: known.clone(), maybe_undefined: false },
            _ => SlotState { known: Lattice::Bottom, maybe_undefined: true },
        });
        let slots: Vec<SlotState> = states.collect();
        for (all, state) in self.slots.iter_mut().zip(&slots) {
            *all = state.known.clone();
        }
        self.entry[0] = Some(Entry { slots, regions: Vec::new() });
    }

    pub fn operand(&self, operand: Operand) -> Lattice {
        operand_lattice(&self.results, self.unit, operand)
    }

    fn run_block(&mut self, block: usize) -> Outcome<()> {
        let Entry { mut slots, mut regions } = self.entry[block].clone().expect("a block on the list has a state");
        let range = self.flow.blocks[block].clone();
        for index in range.start..range.end {
            self.reached[index] = true;
            let op = self.unit.body.statements[index].op.clone();
            match op {
                Op::GetSlot(slot) => {
                    let state = &slots[slot as usize];
                    self.maybe_undefined[index] |= state.maybe_undefined;
                    let known = state.known.clone();
                    if known.is_bottom() {
                        return Ok(());
                    }
                    self.raise(index, known);
                }
                Op::SetSlot(slot, operand) => {
                    let known = self.operand(operand);
                    self.slots[slot as usize] = self.slots[slot as usize].join(self.cx, &known);
                    slots[slot as usize] = SlotState { known: known.clone(), maybe_undefined: false };
                    self.flow_to_handlers(&regions, slot, &known);
                    self.raise(index, known);
                }
                Op::ClearSlot(slot) => {
                    slots[slot as usize] = SlotState { known: Lattice::Bottom, maybe_undefined: true };
                    self.raise(index, Lattice::Const(self.cx.nothing()));
                }
                Op::SlotDefined(slot) => {
                    let state = &slots[slot as usize];
                    let known = if !state.maybe_undefined {
                        Lattice::Const(self.cx.box_bool(true))
                    } else if state.known.is_bottom() {
                        Lattice::Const(self.cx.box_bool(false))
                    } else {
                        Lattice::bool(self.cx)
                    };
                    self.raise(index, known);
                }
                Op::Goto(target) => {
                    self.flow_to(target as usize, &slots, &regions);
                    return Ok(());
                }
                Op::GotoIfNot(condition, target) => {
                    self.branch(index, condition, target, &slots, &regions);
                    return Ok(());
                }
                Op::Return(operand) => {
                    let known = self.operand(operand);
                    self.returned = self.returned.join(self.cx, &known);
                    return Ok(());
                }
                Op::EnterTry(handler) => {
                    // The handler may see any state from here on.
                    self.flow_to(handler as usize, &slots, &regions);
                    regions.push(handler);
                    self.raise(index, Lattice::Const(self.cx.nothing()));
                }
                Op::LeaveTry(n) => {
                    regions.truncate(regions.len() - n as usize);
                    self.raise(index, Lattice::Const(self.cx.nothing()));
                }
                other => {
                    let known = transfer::result(self, index, &other)?;
                    let diverges = known.is_bottom();
                    self.raise(index, known);
                    if diverges && self.results[index].is_bottom() {
                        return Ok(());
                    }
                }
            }
        }
        self.flow_to(range.end, &slots, &regions);
        Ok(())
    }

    /// Joins a result.
    fn raise(&mut self, index: usize, known: Lattice) {
        if !known.is_below(self.cx, &self.results[index]) {
            self.results[index] = self.results[index].join(self.cx, &known);
        }
    }

    fn branch(&mut self, index: usize, condition: Operand, target: u32, slots: &[SlotState], regions: &[u32]) {
        let known = self.operand(condition);
        let (cx, truth) = (self.cx, known.constant());
        let is_true = truth == Some(cx.well_known().true_value());
        let is_false = truth == Some(cx.well_known().false_value());
        self.raise(index, Lattice::Const(cx.nothing()));
        let says = self.condition_at(index, condition);
        if !is_true {
            let narrowed = says.as_ref().map(|says| (says.slot, &says.else_known));
            self.flow_narrowed(target as usize, slots, narrowed, regions);
        }
        if !is_false {
            let narrowed = says.as_ref().map(|says| (says.slot, &says.then_known));
            self.flow_narrowed(index + 1, slots, narrowed, regions);
        }
    }

    /// What the condition says about a variable, if the variable was not assigned since.
    fn condition_at(&self, index: usize, condition: Operand) -> Option<Condition> {
        let Operand::Result(at) = condition else { return None };
        let says = self.conditions[at as usize].clone()?;
        let unchanged = self.unit.body.statements[at as usize..index].iter().all(|statement| match statement.op {
            Op::SetSlot(slot, _) | Op::ClearSlot(slot) => slot != says.slot,
            _ => true,
        });
        let straight = (at as usize + 1..=index).all(|statement| !self.begins_block(statement));
        (unchanged && straight).then_some(says)
    }

    fn begins_block(&self, statement: usize) -> bool {
        self.flow.blocks.binary_search_by_key(&statement, |block| block.start).is_ok()
    }

    /// The variable whose value an operand is, if it was read in this block and not assigned since, up to `index`.
    pub fn slot_behind(&self, operand: Operand, index: usize) -> Option<SlotId> {
        let Operand::Result(at) = operand else { return None };
        let slot = match self.unit.body.statements[at as usize].op {
            Op::GetSlot(slot) | Op::SetSlot(slot, _) => slot,
            _ => {
                // A result that was stored in a variable right away counts as that variable.
                let next = self.unit.body.statements.get(at as usize + 1)?;
                match next.op {
                    Op::SetSlot(slot, stored) if stored == operand => slot,
                    _ => return None,
                }
            }
        };
        let first = at as usize + 1;
        let unchanged = self.unit.body.statements[first..index].iter().all(|statement| match statement.op {
            Op::SetSlot(other, stored) => other != slot || stored == operand,
            Op::ClearSlot(other) => other != slot,
            _ => true,
        });
        let straight = (first..=index).all(|statement| !self.begins_block(statement));
        (unchanged && straight).then_some(slot)
    }

    /// A variable assigned inside try regions: every handler may see the new value.
    fn flow_to_handlers(&mut self, regions: &[u32], slot: SlotId, known: &Lattice) {
        for &handler in regions {
            let block = self.flow.block_at(handler as usize);
            let Some(entry) = &mut self.entry[block] else { continue };
            let state = &mut entry.slots[slot as usize];
            if !known.is_below(self.cx, &state.known) {
                state.known = state.known.join(self.cx, known);
                self.work.insert(block);
            }
        }
    }

    /// Joins a state into the block that begins at `statement`.
    fn flow_to(&mut self, statement: usize, slots: &[SlotState], regions: &[u32]) {
        self.flow_narrowed(statement, slots, None, regions);
    }

    /// As [`Self::flow_to`], with something better known of one variable. Bodies have thousands of variables when much
    /// was inlined, so the state is not copied to change one.
    fn flow_narrowed(
        &mut self,
        statement: usize,
        slots: &[SlotState],
        narrowed: Option<(SlotId, &Lattice)>,
        regions: &[u32],
    ) {
        if statement >= self.reached.len() {
            return;
        }
        let block = self.flow.block_at(statement);
        let mut changed = false;
        match &mut self.entry[block] {
            None => {
                let mut slots = slots.to_vec();
                if let Some((slot, known)) = narrowed {
                    slots[slot as usize].known = known.clone();
                }
                self.entry[block] = Some(Entry { slots, regions: regions.to_vec() });
                changed = true;
            }
            Some(entry) => {
                for (slot, (old, new)) in entry.slots.iter_mut().zip(slots).enumerate() {
                    if new.maybe_undefined && !old.maybe_undefined {
                        old.maybe_undefined = true;
                        changed = true;
                    }
                    let known = match narrowed {
                        Some((narrowed, known)) if narrowed as usize == slot => known,
                        _ => &new.known,
                    };
                    if !known.is_below(self.cx, &old.known) {
                        old.known = old.known.join(self.cx, known);
                        changed = true;
                    }
                }
            }
        }
        if changed {
            self.work.insert(block);
        }
    }
}
