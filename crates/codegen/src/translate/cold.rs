//! Which blocks are off the common path: those that end in an error, receive an exception, or take the rare side of what
//! the optimiser lowers. The back end places them behind the others, and its register allocator then sees that they are
//! in no loop. No profile, no guess about the program's own branches.

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::function::{Block, Function, Inst};
use tintype_ir::instruction::{Callee, InstData};

/// Whether a block, not the entry, is rarely executed.
pub(super) fn is_cold(func: &Function, cfg: &ControlFlowGraph, block: Block, abi: &RuntimeAbi) -> bool {
    let insts = &func.layout.insts[block];
    let fails =
        insts.last().is_some_and(|&last| matches!(func.dfg.insts[last], InstData::Trap(_) | InstData::Throw(_)));
    fails || is_rare_side(func, insts, abi) || catches(func, cfg, block)
}

/// Whether the block is nothing but a call that allocation, barriers and safepoints are lowered to.
fn is_rare_side(func: &Function, insts: &[Inst], abi: &RuntimeAbi) -> bool {
    let known = &abi.well_known;
    let rare = [known.allocate, known.log_object, known.poll];
    let mut has_call = false;
    let only_that = insts.iter().all(|&inst| match &func.dfg.insts[inst] {
        InstData::Call { callee: Callee::Helper(helper), .. } if rare.contains(helper) => {
            has_call = true;
            true
        }
        InstData::Iconst { .. } | InstData::SlotValue(_) | InstData::Task | InstData::Jump(_) => true,
        _ => false,
    });
    has_call && only_that
}

fn catches(func: &Function, cfg: &ControlFlowGraph, block: Block) -> bool {
    let mut edges = cfg.predecessors(block).iter();
    edges.any(|edge| match &func.dfg.insts[edge.inst] {
        InstData::TryCall { catch, .. } => catch.block == block,
        _ => false,
    })
}
