//! Dead code: instructions whose results nobody needs, and block parameters likewise.
//!
//! Liveness starts at what the program can observe and follows operands, so that cycles through loop parameters die
//! too. Edges and blocks stay; unreachable blocks are `simplify_cfg`'s.

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::{ControlFlowGraph, Edge};
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value, ValueDef, Values};
use tintype_ir::instruction::{BinaryOp, InstData, OverflowOp};

use crate::effects::is_removable;
use crate::targets::{target, target_mut};

/// Removes dead instructions and block parameters. Returns whether anything changed. Every block must be reachable.
pub fn eliminate_dead_code(func: &mut Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) -> bool {
    let live = Liveness::compute(func, cfg, abi);
    let mut changed = false;
    for &block in cfg.reverse_postorder() {
        changed |= remove_dead_insts(func, block, &live, abi);
        changed |= remove_dead_params(func, cfg, block, &live);
    }
    changed
}

/// Which values contribute to what the program can observe.
struct Liveness {
    live: SecondaryMap<Value, bool>,
    worklist: Vec<Value>,
}

impl Liveness {
    fn compute(func: &Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) -> Self {
        let mut liveness = Self { live: SecondaryMap::new(), worklist: Vec::new() };
        for &block in cfg.reverse_postorder() {
            // A parameter that a call passes itself stays, so what other edges pass for it must stay too.
            for &param in &func.dfg.params[block][..implicit_params(func, cfg, block)] {
                liveness.mark(param);
            }
            for &inst in &func.layout.insts[block] {
                if !is_removable(&func.dfg.insts[inst], &func.dfg, abi) {
                    liveness.mark_own_operands(func, inst);
                }
            }
        }
        while let Some(value) = liveness.worklist.pop() {
            match func.dfg.values[value].def {
                ValueDef::Result(inst, _) => liveness.mark_own_operands(func, inst),
                ValueDef::Param(block, index) => liveness.mark_arguments(func, cfg, block, usize::from(index)),
                ValueDef::Alias(original) => liveness.mark(func.dfg.resolve(original)),
            }
        }
        liveness
    }

    fn mark(&mut self, value: Value) {
        if !std::mem::replace(&mut self.live[value], true) {
            self.worklist.push(value);
        }
    }

    /// The operands of an instruction, but not the arguments of its branch targets.
    fn mark_own_operands(&mut self, func: &Function, inst: Inst) {
        let data = &func.dfg.insts[inst];
        let n_arguments: usize = data.targets().iter().map(|target| target.args.len()).sum();
        let mut operands = Values::new();
        data.visit_operands(|operand| operands.push(func.dfg.resolve(operand)));
        operands.truncate(operands.len() - n_arguments);
        operands.into_iter().for_each(|operand| self.mark(operand));
    }

    /// What every edge passes for a live parameter. What a call passes itself has no argument.
    fn mark_arguments(&mut self, func: &Function, cfg: &ControlFlowGraph, block: Block, index: usize) {
        for edge in cfg.predecessors(block) {
            let target = target(func, edge);
            let n_implicit = func.dfg.params[block].len() - target.args.len();
            if let Some(index) = index.checked_sub(n_implicit) {
                self.mark(func.dfg.resolve(target.args[index]));
            }
        }
    }
}

fn remove_dead_insts(func: &mut Function, block: Block, live: &Liveness, abi: &RuntimeAbi) -> bool {
    let mut insts = std::mem::take(&mut func.layout.insts[block]);
    let before = insts.len();
    let mut changed = false;
    insts.retain(|&inst| {
        let used = func.dfg.results[inst].iter().any(|&result| live.live[result]);
        used || !is_removable(&func.dfg.insts[inst], &func.dfg, abi)
    });
    for &inst in &insts {
        changed |= drop_dead_flag(func, inst, live);
    }
    changed |= insts.len() != before;
    func.layout.insts[block] = insts;
    changed
}

/// An operation whose overflow flag is dead is the plain operation.
fn drop_dead_flag(func: &mut Function, inst: Inst, live: &Liveness) -> bool {
    let InstData::Overflow(op, args) = func.dfg.insts[inst] else { return false };
    if live.live[func.dfg.results[inst][1]] {
        return false;
    }
    let op = match op {
        OverflowOp::Sadd | OverflowOp::Uadd => BinaryOp::Iadd,
        OverflowOp::Ssub | OverflowOp::Usub => BinaryOp::Isub,
        OverflowOp::Smul | OverflowOp::Umul => BinaryOp::Imul,
    };
    func.dfg.insts[inst] = InstData::Binary { op, contract: false, args };
    func.dfg.results[inst].truncate(1);
    true
}

/// Removes dead parameters and their arguments. Those a call passes itself, and the function's own, stay.
fn remove_dead_params(func: &mut Function, cfg: &ControlFlowGraph, block: Block, live: &Liveness) -> bool {
    if block == func.entry() {
        return false;
    }
    let params = &func.dfg.params[block];
    let n_implicit = implicit_params(func, cfg, block);
    let dead: Vec<usize> = (n_implicit..params.len()).filter(|&index| !live.live[params[index]]).collect();
    if dead.is_empty() {
        return false;
    }
    remove_params(func, cfg, block, &dead);
    true
}

/// How many parameters of a block some call passes itself.
fn implicit_params(func: &Function, cfg: &ControlFlowGraph, block: Block) -> usize {
    let n_params = func.dfg.params[block].len();
    let n_implicit = |edge: &Edge| n_params - target(func, edge).args.len();
    cfg.predecessors(block).iter().map(n_implicit).max().unwrap_or(0)
}

/// Removes the parameters of `block` at the given ascending indices, none of them passed by a call itself, and their
/// arguments on all edges.
pub(crate) fn remove_params(func: &mut Function, cfg: &ControlFlowGraph, block: Block, dead: &[usize]) {
    let n_params = func.dfg.params[block].len();
    for edge in cfg.predecessors(block) {
        let args = &mut target_mut(func, edge).args;
        let n_implicit = n_params - args.len();
        remove_indices(args, dead, n_implicit);
    }
    let mut params = std::mem::take(&mut func.dfg.params[block]);
    remove_indices(&mut params, dead, 0);
    for (index, &param) in params.iter().enumerate() {
        func.dfg.values[param].def = ValueDef::Param(block, index as u16);
    }
    func.dfg.params[block] = params;
}

/// Removes the items at `indices - shift`; `indices` ascend.
fn remove_indices(list: &mut Values, indices: &[usize], shift: usize) {
    let mut position = 0;
    let mut next = indices.iter().map(|index| index - shift).peekable();
    list.retain(|_| {
        let remove = next.peek() == Some(&position);
        if remove {
            next.next();
        }
        position += 1;
        !remove
    });
}
