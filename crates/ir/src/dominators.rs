//! The dominator tree, by Cooper, Harvey and Kennedy's iteration over the reverse postorder ("A Simple, Fast Dominance
//! Algorithm"), with interval numbers so that a query is two comparisons.
//!
//! Unreachable blocks are not in the tree: they dominate nothing and nothing dominates them but themselves.
//! There are no incremental updates: compute it again after a change of edges.

use smallvec::SmallVec;

use crate::cfg::ControlFlowGraph;
use crate::entity::SecondaryMap;
use crate::function::{Block, Function};

/// What the tree knows of one reachable block.
#[derive(Clone, Debug, Default)]
struct Node {
    /// Position in the reverse postorder, from 1; 0 means unreachable.
    order: u32,
    idom: Option<Block>,
    children: SmallVec<[Block; 2]>,
    /// The block's interval of tree-walk times: it contains those of the blocks it dominates.
    enter: u32,
    leave: u32,
}

/// Which block dominates which.
#[derive(Clone, Debug, Default)]
pub struct DominatorTree {
    nodes: SecondaryMap<Block, Node>,
    root: Option<Block>,
}

impl DominatorTree {
    /// The tree of `func`, whose graph is `cfg`. An empty function has an empty tree.
    pub fn compute(func: &Function, cfg: &ControlFlowGraph) -> Self {
        let mut tree = Self { nodes: SecondaryMap::new(), root: func.layout.blocks.first().copied() };
        let Some(root) = tree.root else { return tree };
        let order = cfg.reverse_postorder();
        for (index, &block) in order.iter().enumerate() {
            tree.nodes[block].order = index as u32 + 1;
        }
        while tree.improve(root, order, cfg) {}
        for &block in order {
            if let Some(idom) = tree.nodes[block].idom {
                tree.nodes[idom].children.push(block);
            }
        }
        tree.number(root);
        tree
    }

    /// One round over all blocks; whether anything changed.
    fn improve(&mut self, root: Block, order: &[Block], cfg: &ControlFlowGraph) -> bool {
        let mut changed = false;
        for &block in order.iter().filter(|&&block| block != root) {
            let mut idom = None;
            for edge in cfg.predecessors(block) {
                let known = edge.block == root || self.nodes[edge.block].idom.is_some();
                if known {
                    idom = Some(idom.map_or(edge.block, |other| self.common(edge.block, other)));
                }
            }
            if self.nodes[block].idom != idom {
                self.nodes[block].idom = idom;
                changed = true;
            }
        }
        changed
    }

    /// The nearest block that dominates both, by what is known so far.
    fn common(&self, mut a: Block, mut b: Block) -> Block {
        while a != b {
            if self.nodes[a].order > self.nodes[b].order {
                a = self.nodes[a].idom.expect("only the root has no dominator, and it comes first");
            } else {
                b = self.nodes[b].idom.expect("only the root has no dominator, and it comes first");
            }
        }
        a
    }

    /// Gives every block its interval, by a walk of the tree.
    fn number(&mut self, root: Block) {
        let mut time = 0;
        let mut stack = vec![(root, 0)];
        while let Some((block, next)) = stack.last_mut() {
            let (block, child) = (*block, *next);
            *next += 1;
            if child == 0 {
                time += 1;
                self.nodes[block].enter = time;
            }
            match self.nodes[block].children.get(child) {
                Some(&child) => stack.push((child, 0)),
                None => {
                    self.nodes[block].leave = time;
                    stack.pop();
                }
            }
        }
    }

    /// Whether a block can be reached from the entry.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.nodes[block].order != 0
    }

    /// The immediate dominator: none for the entry and for unreachable blocks.
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.nodes[block].idom
    }

    /// The blocks whose immediate dominator is `block`, in reverse postorder.
    pub fn children(&self, block: Block) -> &[Block] {
        &self.nodes[block].children
    }

    /// Whether every path to `b` goes through `a`. A block dominates itself.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let (outer, inner) = (&self.nodes[a], &self.nodes[b]);
        a == b || (outer.order != 0 && inner.order != 0 && outer.enter <= inner.enter && inner.leave <= outer.leave)
    }

    /// The blocks in tree preorder: every block after its dominator, subtrees contiguous.
    pub fn preorder(&self) -> Vec<Block> {
        let mut order = Vec::new();
        let mut stack: Vec<Block> = self.root.into_iter().collect();
        while let Some(block) = stack.pop() {
            order.push(block);
            stack.extend(self.children(block).iter().rev());
        }
        order
    }

    /// The dominance frontier of every block: where its dominance ends, the places for block parameters.
    pub fn frontiers(&self, cfg: &ControlFlowGraph) -> SecondaryMap<Block, SmallVec<[Block; 4]>> {
        let mut frontiers: SecondaryMap<Block, SmallVec<[Block; 4]>> = SecondaryMap::new();
        for &block in cfg.reverse_postorder() {
            for edge in cfg.predecessors(block) {
                if !self.is_reachable(edge.block) {
                    continue;
                }
                let mut runner = Some(edge.block);
                while let Some(current) = runner.filter(|&current| Some(current) != self.idom(block)) {
                    // Edges are visited block by block, so a repetition is always the last entry.
                    if frontiers[current].last() != Some(&block) {
                        frontiers[current].push(block);
                    }
                    runner = self.idom(current);
                }
            }
        }
        frontiers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::FunctionBuilder;
    use crate::types::{Signature, Type};

    /// entry -> (a | b); a -> join; b -> (join | a); join -> entry's twin loop.
    #[test]
    fn diamond_with_cross_edge_and_loop() {
        let mut func = Function::new("f", Signature::new([Type::I8], []));
        let mut builder = FunctionBuilder::new(&mut func);
        let entry = builder.create_entry_block();
        let cond = builder.block_params(entry)[0];
        let [a, b, join, exit, dead] = std::array::from_fn(|_| builder.create_block());
        builder.branch(cond, a, &[], b, &[]);
        builder.switch_to_block(a);
        builder.jump(join, &[]);
        builder.switch_to_block(b);
        builder.branch(cond, join, &[], a, &[]);
        builder.switch_to_block(join);
        builder.branch(cond, join, &[], exit, &[]);
        builder.switch_to_block(exit);
        builder.ret(&[]);
        builder.switch_to_block(dead);
        builder.jump(exit, &[]);
        builder.seal_all_blocks();
        builder.finalize();

        let cfg = ControlFlowGraph::compute(&func);
        let tree = DominatorTree::compute(&func, &cfg);
        assert_eq!(cfg.reverse_postorder(), [entry, b, a, join, exit]);
        assert_eq!(
            [a, b, join, exit, dead].map(|block| tree.idom(block)),
            [Some(entry), Some(entry), Some(entry), Some(join), None]
        );
        assert!(tree.dominates(entry, exit) && tree.dominates(join, exit) && tree.dominates(a, a));
        assert!(!tree.dominates(a, join) && !tree.dominates(dead, exit) && !tree.is_reachable(dead));
        assert_eq!(cfg.predecessors(exit).len(), 2);
        let frontiers = tree.frontiers(&cfg);
        assert_eq!(frontiers[join].as_slice(), [join]);
        assert_eq!(frontiers[b].as_slice(), [a, join]);
        assert_eq!(frontiers[a].as_slice(), [join]);
        assert_eq!(tree.preorder().first(), Some(&entry));
    }

    /// Against the definition: without `a`, nothing `a` dominates can be reached.
    #[test]
    fn agrees_with_the_definition() {
        let abi = std::sync::Arc::new(crate::abi::RuntimeAbi::bare());
        for seed in 0..60 {
            let config = crate::arbitrary::Config { functions: 1, ..Default::default() };
            let module = crate::arbitrary::arbitrary_module(seed, &config, std::sync::Arc::clone(&abi));
            let func = module.functions.values().next().and_then(|decl| decl.body.as_ref()).expect("has a body");
            let cfg = ControlFlowGraph::compute(func);
            let tree = DominatorTree::compute(func, &cfg);
            let frontiers = tree.frontiers(&cfg);
            for &a in cfg.reverse_postorder() {
                let reached = reachable_without(func, &cfg, a);
                for &b in cfg.reverse_postorder() {
                    assert_eq!(tree.dominates(a, b), !reached[b], "seed {seed}: {a} {b}");
                    let dominates_predecessor = cfg.predecessors(b).iter().any(|edge| tree.dominates(a, edge.block));
                    let strictly = a != b && tree.dominates(a, b);
                    let in_frontier = frontiers[a].contains(&b);
                    assert_eq!(in_frontier, dominates_predecessor && !strictly, "seed {seed}: frontier of {a}: {b}");
                }
            }
            assert_eq!(tree.preorder().len(), cfg.reverse_postorder().len());
        }
    }

    fn reachable_without(func: &Function, cfg: &ControlFlowGraph, removed: Block) -> SecondaryMap<Block, bool> {
        let mut reached: SecondaryMap<Block, bool> = SecondaryMap::new();
        let mut work = vec![func.entry()];
        while let Some(block) = work.pop() {
            if block != removed && !std::mem::replace(&mut reached[block], true) {
                work.extend(cfg.successors(block));
            }
        }
        reached
    }
}
