//! The control-flow graph: who jumps where, as derived data.
//!
//! It is computed from a function's layout and terminators and never stored in it; whoever changes terminators
//! computes it again. Only blocks in the layout have edges. It says nothing of loops or dominance.

use smallvec::SmallVec;

use crate::entity::SecondaryMap;
use crate::function::{Block, Function, Inst};

/// One edge into a block. A terminator that names a block twice makes two edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The block the edge leaves.
    pub block: Block,
    /// Its terminator.
    pub inst: Inst,
    /// Which of the terminator's [`targets`](crate::instruction::InstData::targets).
    pub index: u32,
}

/// Predecessors, successors and a reverse postorder of a function's blocks.
#[derive(Clone, Debug, Default)]
pub struct ControlFlowGraph {
    predecessors: SecondaryMap<Block, SmallVec<[Edge; 4]>>,
    successors: SecondaryMap<Block, SmallVec<[Block; 2]>>,
    reverse_postorder: Vec<Block>,
}

impl ControlFlowGraph {
    /// The graph of `func`. A block without a terminator has no successors; a function without blocks an empty graph.
    pub fn compute(func: &Function) -> Self {
        let mut graph = Self::default();
        for &block in &func.layout.blocks {
            let Some(inst) = func.terminator(block) else { continue };
            for (index, target) in func.dfg.insts[inst].targets().into_iter().enumerate() {
                graph.predecessors[target.block].push(Edge { block, inst, index: index as u32 });
                graph.successors[block].push(target.block);
            }
        }
        if let Some(&entry) = func.layout.blocks.first() {
            graph.reverse_postorder = reverse_postorder(entry, &graph.successors);
        }
        graph
    }

    /// The edges into a block, in layout order of their sources; those from unreachable blocks too.
    pub fn predecessors(&self, block: Block) -> &[Edge] {
        &self.predecessors[block]
    }

    /// The targets of a block's terminator, in operand order, with repetitions.
    pub fn successors(&self, block: Block) -> &[Block] {
        &self.successors[block]
    }

    /// The blocks reachable from the entry; each block before its successors except along back edges.
    pub fn reverse_postorder(&self) -> &[Block] {
        &self.reverse_postorder
    }
}

/// Depth-first from `entry` with an explicit stack: functions of many thousand blocks must not overflow ours.
fn reverse_postorder(entry: Block, successors: &SecondaryMap<Block, SmallVec<[Block; 2]>>) -> Vec<Block> {
    let mut seen: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut order = Vec::new();
    let mut stack = vec![(entry, 0)];
    seen[entry] = true;
    while let Some((block, next)) = stack.last_mut() {
        // Last successor first, so that in the reversed order the first one follows its predecessor.
        let list = &successors[*block];
        let Some(&successor) = list.len().checked_sub(*next + 1).map(|index| &list[index]) else {
            order.push(*block);
            stack.pop();
            continue;
        };
        *next += 1;
        if !seen[successor] {
            seen[successor] = true;
            stack.push((successor, 0));
        }
    }
    order.reverse();
    order
}
