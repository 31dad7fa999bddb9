//! Natural loops and their nesting.
//!
//! A loop is found by an edge to a block that dominates its source. Loops with one header are one loop. Cycles with several
//! entries are not loops here and are left alone by every loop pass.

use smallvec::SmallVec;
use tintype_ir::cfg::{ControlFlowGraph, Edge};
use tintype_ir::dominators::DominatorTree;
use tintype_ir::entity::{EntityRef, PrimaryMap, SecondaryMap};
use tintype_ir::function::Block;

tintype_ir::entity! {
    /// A natural loop.
    Loop, "loop"
}

/// One loop.
#[derive(Clone, Debug)]
pub(crate) struct LoopData {
    /// The only block of the loop that is entered from outside.
    pub header: Block,
    /// The loop around this one.
    pub parent: Option<Loop>,
    /// The blocks whose innermost loop this is, the header first.
    pub own_blocks: Vec<Block>,
}

/// The loops of a function; an inner loop comes before the loop around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct LoopForest {
    pub loops: PrimaryMap<Loop, LoopData>,
    innermost: SecondaryMap<Block, Option<Loop>>,
}

impl LoopForest {
    /// The loops, by a walk backwards from every header's latches, inner headers first. A walk steps over the loops
    /// already found, so that the whole is linear in practice.
    pub fn compute(cfg: &ControlFlowGraph, dominators: &DominatorTree) -> Self {
        let mut forest = Self::default();
        for &header in cfg.reverse_postorder().iter().rev() {
            let latches: SmallVec<[Block; 2]> = back_edges(cfg, dominators, header).map(|edge| edge.block).collect();
            if !latches.is_empty() {
                forest.discover(cfg, dominators, header, &latches);
            }
        }
        for &block in cfg.reverse_postorder() {
            if let Some(inner) = forest.innermost[block] {
                forest.loops[inner].own_blocks.push(block);
            }
        }
        forest
    }

    fn discover(&mut self, cfg: &ControlFlowGraph, dominators: &DominatorTree, header: Block, latches: &[Block]) {
        let this = self.loops.push(LoopData { header, parent: None, own_blocks: Vec::new() });
        let mut worklist: Vec<Block> = latches.to_vec();
        while let Some(block) = worklist.pop() {
            let from = match self.innermost[block] {
                None if dominators.is_reachable(block) => {
                    self.innermost[block] = Some(this);
                    block
                }
                None => continue,
                Some(inner) => {
                    let outermost = self.outermost(inner);
                    if outermost == this {
                        continue;
                    }
                    self.loops[outermost].parent = Some(this);
                    self.loops[outermost].header
                }
            };
            if from != header {
                worklist.extend(cfg.predecessors(from).iter().map(|edge| edge.block));
            }
        }
        // The header belongs to this loop even if an inner walk met it first, which natural loops exclude.
        debug_assert!(self.innermost[header].is_some());
    }

    fn outermost(&self, mut inner: Loop) -> Loop {
        while let Some(parent) = self.loops[inner].parent {
            inner = parent;
        }
        inner
    }

    /// Whether the block is in the loop or a loop inside it.
    pub fn contains(&self, outer: Loop, block: Block) -> bool {
        let mut current = self.innermost[block];
        while let Some(inner) = current {
            if inner == outer {
                return true;
            }
            // Inner loops are found, and numbered, first.
            if inner.index() > outer.index() {
                return false;
            }
            current = self.loops[inner].parent;
        }
        false
    }
}

/// The edges into `header` from blocks it dominates.
pub(crate) fn back_edges<'a>(
    cfg: &'a ControlFlowGraph,
    dominators: &'a DominatorTree,
    header: Block,
) -> impl Iterator<Item = &'a Edge> {
    cfg.predecessors(header)
        .iter()
        .filter(move |edge| dominators.is_reachable(edge.block) && dominators.dominates(header, edge.block))
}
