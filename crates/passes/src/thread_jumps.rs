//! Jump threading: an edge whose arguments decide the branch of the block it leads to goes to the decided target at once,
//! through its own copy of the block.
//!
//! This is what makes a loop over an iteration protocol a loop over its state: the "is there a next item" tag that one
//! branch makes and the loop header tests disappears. Only short blocks are copied. At a loop header either all entries
//! are threaded or none, so that a loop that stays keeps a single entry.

use rustc_hash::FxHashMap;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::{ControlFlowGraph, Edge};
use tintype_ir::dominators::DominatorTree;
use tintype_ir::function::{Block, Function, Value};
use tintype_ir::instruction::InstData;

use crate::constant::{Const, fold};
use crate::duplicate::{Duplication, duplicate_blocks};
use crate::effects::is_pure;
use crate::simplify_cfg::simplify_cfg;
use crate::targets::target;

/// The longest block that is copied, in instructions apart from the terminator.
const MAX_INSTS: usize = 8;
/// Threading one block can decide the next; a state machine would go on for ever.
const MAX_ROUNDS: usize = 4;

/// Threads jumps until none is left, or a bounded number of rounds. Returns whether anything changed.
pub fn thread_jumps(func: &mut Function, abi: &RuntimeAbi) -> bool {
    let mut changed = false;
    for _ in 0..MAX_ROUNDS {
        let cfg = ControlFlowGraph::compute(func);
        let dominators = DominatorTree::compute(func, &cfg);
        let mut plan = Vec::new();
        for &block in &cfg.reverse_postorder()[1..] {
            plan_block(func, &cfg, &dominators, block, &mut plan);
        }
        if plan.is_empty() {
            break;
        }
        duplicate_blocks(func, &plan);
        simplify_cfg(func, abi);
        changed = true;
    }
    changed
}

/// Adds a duplication of `block` for every target that some edges decide.
fn plan_block(
    func: &Function,
    cfg: &ControlFlowGraph,
    dominators: &DominatorTree,
    block: Block,
    plan: &mut Vec<Duplication>,
) {
    if !is_candidate(func, block) {
        return;
    }
    let mut decided: Vec<(usize, Edge)> =
        (cfg.predecessors(block).iter()).filter_map(|edge| Some((decided_target(func, block, edge)?, *edge))).collect();
    if !may_thread_entries(cfg, dominators, block, &decided) {
        decided.retain(|(_, edge)| dominators.dominates(block, edge.block));
    }
    decided.sort_by_key(|(index, _)| *index);
    for group in decided.chunk_by(|a, b| a.0 == b.0) {
        let edges = group.iter().map(|(_, edge)| *edge).collect();
        plan.push(Duplication { block, edges, decided: Some(group[0].0) });
    }
}

/// Whether the decided edges that enter a loop by its header may skip it: all of them, to one place. When the header goes
/// altogether, to several places, one of which is usually the exit. In a block that heads no loop, always.
fn may_thread_entries(
    cfg: &ControlFlowGraph,
    dominators: &DominatorTree,
    block: Block,
    decided: &[(usize, Edge)],
) -> bool {
    let is_entry = |edge: &Edge| !dominators.dominates(block, edge.block);
    let edges = cfg.predecessors(block);
    let n_entries = edges.iter().filter(|edge| is_entry(edge)).count();
    let targets: Vec<usize> = decided.iter().filter(|(_, edge)| is_entry(edge)).map(|(target, _)| *target).collect();
    let one_target = targets.windows(2).all(|pair| pair[0] == pair[1]);
    let header_goes = decided.len() == edges.len();
    n_entries == edges.len() || (targets.len() == n_entries && (one_target || header_goes))
}

/// A short block without effects that are worth keeping single, with parameters and a choice at its end.
fn is_candidate(func: &Function, block: Block) -> bool {
    let insts = &func.layout.insts[block];
    let Some((terminator, body)) = insts.split_last() else { return false };
    let chooses = matches!(func.dfg.insts[*terminator], InstData::Branch { .. } | InstData::Switch { .. });
    let is_cheap = |data: &InstData| {
        is_pure(data)
            || matches!(
                data,
                InstData::Load { .. }
                    | InstData::Store { .. }
                    | InstData::Barrier(_)
                    | InstData::Safepoint
                    | InstData::KeepAlive(_)
            )
    };
    chooses
        && !func.dfg.params[block].is_empty()
        && body.len() <= MAX_INSTS
        && body.iter().all(|&inst| is_cheap(&func.dfg.insts[inst]))
}

/// Which target the block goes to when entered by this edge, if its arguments say.
fn decided_target(func: &Function, block: Block, edge: &Edge) -> Option<usize> {
    let params = &func.dfg.params[block];
    let args = &target(func, edge).args;
    let explicit = &params[params.len() - args.len()..];
    let mut known: FxHashMap<Value, Const> = FxHashMap::default();
    for (&param, &arg) in explicit.iter().zip(args) {
        if let Some(constant) = Const::of(&func.dfg, arg) {
            known.insert(param, constant);
        }
    }
    if known.is_empty() {
        return None;
    }
    let (terminator, body) = func.layout.insts[block].split_last()?;
    for &inst in body {
        let lookup = |value: Value| known.get(&value).copied().or_else(|| Const::of(&func.dfg, value));
        let Some(constant) = fold(&func.dfg.insts[inst], lookup) else { continue };
        if let [result] = func.dfg.results[inst][..] {
            known.insert(result, constant);
        }
    }
    match &func.dfg.insts[*terminator] {
        InstData::Branch { cond, .. } => Some(usize::from(known.get(cond)?.is_zero())),
        // The default is target 0, the listed ones follow.
        InstData::Switch { index, targets, .. } => {
            let index = known.get(index)?.unsigned() as usize;
            Some(if index < targets.len() { index + 1 } else { 0 })
        }
        _ => None,
    }
}
