//! Control-flow simplification: decided branches, unreachable blocks, redundant block parameters, empty blocks on the
//! way to others, and straight lines of blocks.
//!
//! Each round applies every rewrite once to the whole function in linear time, chains included; rounds repeat while they
//! find something, a bounded number of times. It does not duplicate code: that is `thread_jumps` and `rotate_loops`.

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::{ControlFlowGraph, Edge};
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value, ValueDef, Values};
use tintype_ir::instruction::{BlockCall, InstData, IntCond, TrapCode};
use tintype_ir::types::Type;

use crate::constant::Const;
use crate::effects::callee_effects;
use crate::redundant_params::remove_redundant_params;
use crate::resolve::resolve_aliases;
use crate::targets::{target, target_mut};

/// Rounds after which the rest is left to the next call; nests of this depth have not been seen.
const MAX_ROUNDS: usize = 8;
/// How many values a two-way branch to one block may choose between before it stays a branch.
const MAX_SELECTS: usize = 2;

/// Simplifies the control flow of `func`. Returns whether anything changed. Afterwards every block is reachable.
pub fn simplify_cfg(func: &mut Function, abi: &RuntimeAbi) -> bool {
    let mut ever = false;
    for _ in 0..MAX_ROUNDS {
        let mut changed = simplify_terminators(func, abi);
        let (mut cfg, removed) = reachable_graph(func);
        changed |= removed | remove_redundant_params(func, &cfg);
        if forward_empty_blocks(func, &cfg) {
            changed = true;
            (cfg, _) = reachable_graph(func);
        }
        changed |= merge_blocks(func, &cfg);
        ever |= changed;
        if !changed {
            break;
        }
    }
    ever
}

/// Removes the blocks that control cannot reach. Returns whether there were any.
pub fn remove_unreachable_blocks(func: &mut Function) -> bool {
    reachable_graph(func).1
}

/// Removes the blocks that control cannot reach. Returns the graph of the others, and whether there were any.
fn reachable_graph(func: &mut Function) -> (ControlFlowGraph, bool) {
    let cfg = ControlFlowGraph::compute(func);
    if cfg.reverse_postorder().len() == func.layout.blocks.len() {
        return (cfg, false);
    }
    let mut reachable: SecondaryMap<Block, bool> = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        reachable[block] = true;
    }
    remove_blocks(func, |block| !reachable[block]);
    (ControlFlowGraph::compute(func), true)
}

fn remove_blocks(func: &mut Function, is_dead: impl Fn(Block) -> bool) {
    let insts = &mut func.layout.insts;
    func.layout.blocks.retain(|&block| {
        let dead = is_dead(block);
        if dead {
            insts[block].clear();
        }
        !dead
    });
}

// Terminators.

/// Ends blocks at calls that never return, and makes terminators that are decided, or nearly so, simpler.
fn simplify_terminators(func: &mut Function, abi: &RuntimeAbi) -> bool {
    let mut changed = false;
    for index in 0..func.layout.blocks.len() {
        let block = func.layout.blocks[index];
        changed |= truncate_after_divergence(func, block, abi);
        while simplify_terminator(func, block, abi) {
            changed = true;
        }
    }
    changed
}

/// What follows a call that never returns is not reached.
fn truncate_after_divergence(func: &mut Function, block: Block, abi: &RuntimeAbi) -> bool {
    let diverges = |inst: &Inst| match &func.dfg.insts[*inst] {
        InstData::Call { callee, .. } => callee_effects(*callee, abi).diverges,
        _ => false,
    };
    let insts = &func.layout.insts[block];
    let Some(position) = insts.iter().position(diverges) else { return false };
    let rest = &insts[position + 1..];
    if let [only] = rest
        && matches!(func.dfg.insts[*only], InstData::Trap(_))
    {
        return false;
    }
    let scope = func.dfg.scopes[insts[position]];
    let trap = func.dfg.make_inst(InstData::Trap(TrapCode::Unreachable), &[]);
    func.dfg.scopes[trap] = scope;
    let insts = &mut func.layout.insts[block];
    insts.truncate(position + 1);
    insts.push(trap);
    true
}

/// Applies one rule to the terminator of a block. Each makes it smaller.
fn simplify_terminator(func: &mut Function, block: Block, abi: &RuntimeAbi) -> bool {
    let Some(inst) = func.terminator(block) else { return false };
    let new = match &func.dfg.insts[inst] {
        InstData::Branch { cond, then_dest, else_dest } => match Const::of(&func.dfg, *cond) {
            Some(cond) => InstData::Jump(if cond.is_zero() { else_dest } else { then_dest }.clone()),
            None if then_dest.block == else_dest.block => {
                let (cond, then_dest, else_dest) = (*cond, then_dest.clone(), else_dest.clone());
                return select_arguments(func, block, cond, then_dest, else_dest);
            }
            None => return false,
        },
        InstData::Switch { index, default, targets } => match Const::of(&func.dfg, *index) {
            Some(index) => InstData::Jump(targets.get(index.unsigned() as usize).unwrap_or(default).clone()),
            None if targets.iter().all(|target| target == default) => InstData::Jump(default.clone()),
            None if targets.last() == Some(default) => {
                let targets = targets[..targets.len() - 1].to_vec();
                InstData::Switch { index: *index, default: default.clone(), targets }
            }
            None if targets.len() == 1 => {
                let (index, default, target) = (*index, default.clone(), targets[0].clone());
                return branch_on_zero(func, block, index, target, default);
            }
            None => return false,
        },
        InstData::TryCall { callee, .. } if !callee_effects(*callee, abi).throws => {
            return call_without_catch(func, block, inst);
        }
        _ => return false,
    };
    func.dfg.insts[inst] = new;
    true
}

/// A branch to one block on both sides chooses the arguments, unless they are many.
fn select_arguments(func: &mut Function, block: Block, cond: Value, a: BlockCall, b: BlockCall) -> bool {
    let resolved = |func: &Function, value: Value| func.dfg.resolve(value);
    let differ = |func: &Function, x: Value, y: Value| resolved(func, x) != resolved(func, y);
    let selectable = |ty: Type| (ty.is_int() && ty != Type::I128) || matches!(ty, Type::Ref | Type::F32 | Type::F64);
    let pairs = || a.args.iter().copied().zip(b.args.iter().copied());
    let n_selects = pairs().filter(|&(x, y)| differ(func, x, y)).count();
    if n_selects > MAX_SELECTS || pairs().any(|(x, y)| differ(func, x, y) && !selectable(func.dfg.value_type(x))) {
        return false;
    }
    let mut args = Values::new();
    for (x, y) in pairs().collect::<Vec<_>>() {
        if differ(func, x, y) {
            let ty = func.dfg.value_type(x);
            args.push(insert_before_terminator(func, block, InstData::Select([cond, x, y]), ty));
        } else {
            args.push(x);
        }
    }
    let inst = func.terminator(block).expect("the block ends in the branch");
    func.dfg.insts[inst] = InstData::Jump(BlockCall { block: a.block, args });
    true
}

/// A switch with one target is a branch.
fn branch_on_zero(func: &mut Function, block: Block, index: Value, target: BlockCall, default: BlockCall) -> bool {
    let zero = insert_before_terminator(func, block, InstData::Iconst { ty: Type::I32, value: 0 }, Type::I32);
    let cond = insert_before_terminator(func, block, InstData::IntCompare(IntCond::Eq, [index, zero]), Type::I8);
    let inst = func.terminator(block).expect("the block ends in the switch");
    func.dfg.insts[inst] = InstData::Branch { cond, then_dest: target, else_dest: default };
    true
}

/// A call of what cannot throw needs no handler.
fn call_without_catch(func: &mut Function, block: Block, inst: Inst) -> bool {
    let InstData::TryCall { callee, args, normal, .. } = func.dfg.insts[inst].clone() else {
        unreachable!("{inst} is a try_call")
    };
    let params = &func.dfg.params[normal.block];
    let n_results = params.len() - normal.args.len();
    let types: Vec<Type> = params[..n_results].iter().map(|&param| func.dfg.value_type(param)).collect();
    let call = func.dfg.make_inst(InstData::Call { callee, args }, &types);
    func.dfg.scopes[call] = func.dfg.scopes[inst];
    let args = func.dfg.results[call].iter().chain(&normal.args).copied().collect();
    let insts = &mut func.layout.insts[block];
    insts.insert(insts.len() - 1, call);
    func.dfg.insts[inst] = InstData::Jump(BlockCall { block: normal.block, args });
    true
}

fn insert_before_terminator(func: &mut Function, block: Block, data: InstData, ty: Type) -> Value {
    let terminator = func.terminator(block).expect("a terminator to insert before");
    let inst = func.dfg.make_inst(data, &[ty]);
    func.dfg.scopes[inst] = func.dfg.scopes[terminator];
    let insts = &mut func.layout.insts[block];
    insts.insert(insts.len() - 1, inst);
    func.dfg.first_result(inst)
}

// Empty blocks.

/// Lets edges into blocks that only jump on go there at once. Loop headers stay, and so do the blocks before them:
/// without those, the header of a loop would become that of the loop around it, and two loops one.
fn forward_empty_blocks(func: &mut Function, cfg: &ControlFlowGraph) -> bool {
    let used_elsewhere = params_used_elsewhere(func, cfg);
    let is_header = loop_headers(cfg);
    let mut changed = false;
    // In postorder, so that a chain of empty blocks is short when its first is reached.
    for &block in cfg.reverse_postorder()[1..].iter().rev() {
        let [inst] = func.layout.insts[block][..] else { continue };
        let InstData::Jump(dest) = &func.dfg.insts[inst] else { continue };
        if is_header[block]
            || is_header[dest.block]
            || func.dfg.params[block].iter().any(|&param| used_elsewhere[param])
        {
            continue;
        }
        let dest = dest.clone();
        for edge in cfg.predecessors(block) {
            changed |= forward_edge(func, block, &dest, edge);
        }
    }
    changed
}

/// The blocks that an edge against the reverse postorder leads to.
fn loop_headers(cfg: &ControlFlowGraph) -> SecondaryMap<Block, bool> {
    let mut is_header: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut seen: SecondaryMap<Block, bool> = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        seen[block] = true;
        for &successor in cfg.successors(block) {
            is_header[successor] |= seen[successor];
        }
    }
    is_header
}

/// Block parameters with uses outside their own block.
fn params_used_elsewhere(func: &Function, cfg: &ControlFlowGraph) -> SecondaryMap<Value, bool> {
    let mut used_elsewhere: SecondaryMap<Value, bool> = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        for &inst in &func.layout.insts[block] {
            func.dfg.insts[inst].visit_operands(|operand| {
                let operand = func.dfg.resolve(operand);
                if let ValueDef::Param(owner, _) = func.dfg.values[operand].def
                    && owner != block
                {
                    used_elsewhere[operand] = true;
                }
            });
        }
    }
    used_elsewhere
}

/// Redirects one edge into `block`, which only jumps to `dest`.
fn forward_edge(func: &mut Function, block: Block, dest: &BlockCall, edge: &Edge) -> bool {
    let params = func.dfg.params[block].clone();
    let BlockCall { block: current, args } = target(func, edge).clone();
    if current != block {
        return false;
    }
    // What a call passes itself must be passed on, in order and first, and nowhere else.
    let (implicit, explicit) = params.split_at(params.len() - args.len());
    let Some((first, rest)) = dest.args.split_at_checked(implicit.len()) else { return false };
    if first != implicit || rest.iter().any(|arg| implicit.contains(arg)) {
        return false;
    }
    let substituted = |arg: &Value| match explicit.iter().position(|param| param == arg) {
        Some(position) => args[position],
        None => *arg,
    };
    let args = rest.iter().map(substituted).collect();
    *target_mut(func, edge) = BlockCall { block: dest.block, args };
    true
}

// Straight lines.

/// Joins every block with the one that only it jumps to.
fn merge_blocks(func: &mut Function, cfg: &ControlFlowGraph) -> bool {
    let entry = func.entry();
    let mut merged: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut changed = false;
    for &block in cfg.reverse_postorder() {
        if merged[block] {
            continue;
        }
        while let Some(inst) = func.terminator(block)
            && let InstData::Jump(dest) = &func.dfg.insts[inst]
            && dest.block != entry
            && dest.block != block
            && cfg.predecessors(dest.block).len() == 1
        {
            let dest = dest.clone();
            for (param, arg) in func.dfg.params[dest.block].clone().into_iter().zip(dest.args) {
                func.dfg.replace_with_alias(param, arg);
            }
            let tail = std::mem::take(&mut func.layout.insts[dest.block]);
            let insts = &mut func.layout.insts[block];
            insts.pop();
            insts.extend(tail);
            merged[dest.block] = true;
            changed = true;
        }
    }
    if changed {
        remove_blocks(func, |block| merged[block]);
        resolve_aliases(func);
    }
    changed
}
