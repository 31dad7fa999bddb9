//! Invariant 4: definitions dominate uses.

use super::{Errors, Location};
use crate::cfg::ControlFlowGraph;
use crate::dominators::DominatorTree;
use crate::entity::SecondaryMap;
use crate::function::{Block, Inst, Value, ValueDef};

pub(super) fn check_dominance(errors: &mut Errors<'_>) {
    let func = errors.func;
    let cfg = ControlFlowGraph::compute(func);
    let tree = DominatorTree::compute(func, &cfg);
    let mut places: SecondaryMap<Inst, Option<(Block, u32)>> = SecondaryMap::new();
    for &block in &func.layout.blocks {
        for (index, &inst) in func.layout.insts[block].iter().enumerate() {
            places[inst] = Some((block, index as u32));
        }
    }
    let placed: SecondaryMap<Block, bool> = func.layout.blocks.iter().fold(SecondaryMap::new(), |mut map, &block| {
        map[block] = true;
        map
    });
    for &block in &func.layout.blocks {
        for (index, &inst) in func.layout.insts[block].iter().enumerate() {
            let mut problems: Vec<(Value, &str)> = Vec::new();
            func.dfg.insts[inst].visit_operands(|operand| {
                let value = func.dfg.resolve(operand);
                let place = match func.dfg.values[value].def {
                    // Parameters stand before every instruction, hence the shift by one below.
                    ValueDef::Param(block, _) => placed[block].then_some((block, 0)),
                    ValueDef::Result(inst, _) => places[inst].map(|(block, index)| (block, index + 1)),
                    ValueDef::Alias(_) => unreachable!("resolved values are no aliases"),
                };
                match place {
                    None => problems.push((value, "is defined by nothing in the layout")),
                    Some(_) if !tree.is_reachable(block) => {}
                    Some((home, order)) if home == block && order <= index as u32 => {}
                    Some((home, _)) if home != block && tree.dominates(home, block) => {}
                    Some(_) => problems.push((value, "is used where its definition does not dominate")),
                }
            });
            for (value, problem) in problems {
                errors.report(Location::Inst(inst), format!("{value} {problem}"));
            }
        }
    }
}
