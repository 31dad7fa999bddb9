//! Gives chosen edges their own copies of the block they lead to, and repairs SSA form.
//!
//! Jump threading and loop rotation are this mechanism with different policies.

use rustc_hash::FxHashMap;
use tintype_ir::cfg::{ControlFlowGraph, Edge};
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value};
use tintype_ir::instruction::InstData;

use crate::ssa_repair::{SsaRepair, Variable};
use crate::targets::{nth_target, target_mut};

/// One copy to make.
pub(crate) struct Duplication {
    /// The block to copy.
    pub block: Block,
    /// The edges that shall lead to the copy, all of them into `block`.
    pub edges: Vec<Edge>,
    /// When the caller knows where the copy goes: which of the terminator's targets.
    pub decided: Option<usize>,
}

/// The values of duplicated blocks, each with its block and its value there and in every copy, the original first.
type Definitions = FxHashMap<Value, Vec<(Block, Value)>>;

/// Makes all the copies, then repairs the uses of values that now have several definitions. Every block must be
/// reachable before; blocks whose last edge was redirected are unreachable afterwards.
pub(crate) fn duplicate_blocks(func: &mut Function, plan: &[Duplication]) {
    let mut copies: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
    let mut definitions = Definitions::default();
    for duplication in plan {
        let copy = copy_block(func, duplication, &mut definitions);
        copies[duplication.block].push(copy);
    }
    // Edges are redirected last, so that copies of predecessors keep the edges of their originals.
    for duplication in plan {
        let copy = copies[duplication.block].remove(0);
        for edge in &duplication.edges {
            target_mut(func, edge).block = copy;
        }
        copies[duplication.block].push(copy);
    }
    place_copies(func, &copies);
    crate::simplify_cfg::remove_unreachable_blocks(func);
    repair_uses(func, &definitions);
}

/// Copies one block, recording the new definitions of its values.
fn copy_block(func: &mut Function, duplication: &Duplication, definitions: &mut Definitions) -> Block {
    let block = duplication.block;
    let copy = func.dfg.make_block();
    let mut renamed: FxHashMap<Value, Value> = FxHashMap::default();
    for param in func.dfg.params[block].clone() {
        let ty = func.dfg.value_type(param);
        let new = func.dfg.append_param(copy, ty);
        renamed.insert(param, new);
        definitions.entry(param).or_insert_with(|| vec![(block, param)]).push((copy, new));
    }
    let terminator = func.terminator(block).expect("a block to copy has a terminator");
    for inst in func.layout.insts[block].clone() {
        let mut data = match duplication.decided.filter(|_| inst == terminator) {
            Some(index) => InstData::Jump(nth_target(&func.dfg.insts[inst], index).clone()),
            None => func.dfg.insts[inst].clone(),
        };
        data.visit_operands_mut(|operand| {
            if let Some(&new) = renamed.get(operand) {
                *operand = new;
            }
        });
        let results = func.dfg.results[inst].clone();
        let types: Vec<_> = results.iter().map(|&result| func.dfg.value_type(result)).collect();
        let new_inst = func.dfg.make_inst(data, &types);
        func.dfg.scopes[new_inst] = func.dfg.scopes[inst];
        func.layout.insts[copy].push(new_inst);
        for (index, result) in results.into_iter().enumerate() {
            let new = func.dfg.results[new_inst][index];
            renamed.insert(result, new);
            definitions.entry(result).or_insert_with(|| vec![(block, result)]).push((copy, new));
        }
    }
    copy
}

/// Puts every copy after its original.
fn place_copies(func: &mut Function, copies: &SecondaryMap<Block, Vec<Block>>) {
    let blocks = std::mem::take(&mut func.layout.blocks);
    for block in blocks {
        func.layout.blocks.push(block);
        func.layout.blocks.extend_from_slice(&copies[block]);
    }
}

/// Lets every use outside the defining blocks see the definition that reaches it.
fn repair_uses(func: &mut Function, definitions: &Definitions) {
    let cfg = ControlFlowGraph::compute(func);
    let mut repair = SsaRepair::new(func, &cfg);
    let mut variables: FxHashMap<Value, Variable> = FxHashMap::default();
    for &block in cfg.reverse_postorder() {
        for index in 0..repair.func.layout.insts[block].len() {
            let inst = repair.func.layout.insts[block][index];
            repair_operands(&mut repair, block, inst, definitions, &mut variables);
        }
    }
    repair.finish();
}

fn repair_operands(
    repair: &mut SsaRepair,
    block: Block,
    inst: Inst,
    definitions: &Definitions,
    variables: &mut FxHashMap<Value, Variable>,
) {
    let mut needs_repair = false;
    repair.func.dfg.insts[inst].visit_operands(|operand| needs_repair |= definitions.contains_key(&operand));
    if !needs_repair {
        return;
    }
    let mut data = std::mem::replace(&mut repair.func.dfg.insts[inst], InstData::Safepoint);
    data.visit_operands_mut(|operand| {
        let Some(places) = definitions.get(operand) else { return };
        if places[0].0 == block {
            return;
        }
        let variable = *variables.entry(*operand).or_insert_with(|| {
            let variable = repair.declare(repair.func.dfg.value_type(*operand));
            for &(place, value) in places {
                repair.define(variable, place, value);
            }
            variable
        });
        *operand = repair.value_at_start(variable, block);
    });
    repair.func.dfg.insts[inst] = data;
}
