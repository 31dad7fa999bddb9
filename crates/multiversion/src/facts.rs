//! What a function does that may make a version for a newer CPU worth having.
//!
//! Facts are read off the function as it stands, before optimisation. Code that optimisation will remove can make a
//! function look worthier than it is; that costs a clone, never correctness.

use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function};
use tintype_ir::instruction::{BinaryOp, InstData};
use tintype_ir::types::Type;
use tintype_target::{Arch, constant_answer};

/// The facts of one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct FunctionFacts {
    /// It has a loop.
    pub has_loop: bool,
    /// A parameter, a result, or a value inside is a vector.
    pub uses_vectors: bool,
    /// It computes a fused multiply-add, or has a float operation that may be contracted to one.
    pub uses_muladd: bool,
    /// It asks for a CPU feature that some CPUs of the architecture have and others lack.
    pub queries_cpu: bool,
    /// A parameter, a result, or a value inside is of half precision.
    pub uses_float16: bool,
}

impl FunctionFacts {
    /// The facts of a function compiled for an architecture.
    #[must_use]
    pub fn of(func: &Function, arch: Arch) -> Self {
        let mut facts = Self { has_loop: has_loop(func), ..Self::default() };
        func.signature.params.iter().chain(&func.signature.results).for_each(|ty| facts.note_type(*ty));
        for &block in &func.layout.blocks {
            func.dfg.params[block].iter().for_each(|param| facts.note_type(func.dfg.value_type(*param)));
            for &inst in &func.layout.insts[block] {
                facts.note_inst(&func.dfg.insts[inst], arch);
                func.dfg.results[inst].iter().for_each(|result| facts.note_type(func.dfg.value_type(*result)));
            }
        }
        facts
    }

    fn note_type(&mut self, ty: Type) {
        self.uses_vectors |= ty.is_vector();
        self.uses_float16 |= ty.lane() == Type::F16;
    }

    fn note_inst(&mut self, data: &InstData, arch: Arch) {
        match data {
            InstData::Fma(_) => self.uses_muladd = true,
            InstData::Binary { op, contract: true, .. } if is_contractible(*op) => self.uses_muladd = true,
            InstData::CpuHas(feature) => self.queries_cpu |= constant_answer(arch, feature).is_none(),
            _ => {}
        }
    }
}

/// Whether the operation can be part of a fused multiply-add.
fn is_contractible(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Fadd | BinaryOp::Fsub | BinaryOp::Fmul)
}

/// Whether control can come back to a block: an edge leads from a block to one that is not after it in the reverse
/// postorder exactly when there is a cycle, reducible or not.
fn has_loop(func: &Function) -> bool {
    if func.layout.blocks.len() < 2 {
        return func.layout.blocks.iter().any(|block| jumps_to(func, *block, *block));
    }
    let cfg = ControlFlowGraph::compute(func);
    let mut order: SecondaryMap<Block, u32> = SecondaryMap::new();
    for (index, &block) in cfg.reverse_postorder().iter().enumerate() {
        order[block] = index as u32;
    }
    let is_retreating = |block: &Block| cfg.successors(*block).iter().any(|target| order[*target] <= order[*block]);
    cfg.reverse_postorder().iter().any(is_retreating)
}

fn jumps_to(func: &Function, from: Block, to: Block) -> bool {
    let Some(inst) = func.terminator(from) else { return false };
    func.dfg.insts[inst].targets().iter().any(|target| target.block == to)
}
