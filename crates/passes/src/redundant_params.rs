//! Block parameters that always have the same value, or the same constant, on every edge.
//!
//! This is the abstract interpretation of Cranelift's `remove_constant_phis`, with constants compared by value, so that
//! a loop variable that never changes is found although it is passed around the loop. A parameter only ever goes from
//! "no edge seen" to "one value" to "many", so the iteration is short.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value, ValueDef};

use crate::constant::Const;
use crate::dce::remove_params;
use crate::resolve::resolve_aliases;
use crate::targets::target;

/// What the edges seen so far pass for a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Passed {
    #[default]
    Nothing,
    One(Value),
    Constant(Const),
    Many,
}

/// Replaces redundant block parameters by what they stand for, and those that are always the same as another one of their
/// block by that one. Returns whether anything changed.
/// Every block must be reachable.
pub fn remove_redundant_params(func: &mut Function, cfg: &ControlFlowGraph) -> bool {
    let mut passed = solve(func, cfg);
    find_trivial(func, cfg, &mut passed);
    let mut changed = false;
    for &block in cfg.reverse_postorder().iter().skip(1) {
        changed |= replace_params(func, cfg, block, &passed);
    }
    if changed {
        resolve_aliases(func);
    }
    changed |= merge_params(func, cfg);
    if changed {
        resolve_aliases(func);
    }
    changed
}

/// Parameters of one block that every edge gives the same value become one: the item and the state of an iteration are
/// often the same number, and would be counted in two registers.
///
/// All parameters of a block are taken for equal until an edge tells them apart. Values are compared as they are;
/// parameters by whether they are still taken for equal.
fn merge_params(func: &mut Function, cfg: &ControlFlowGraph) -> bool {
    let blocks: Vec<Block> =
        cfg.reverse_postorder()[1..].iter().copied().filter(|&block| func.dfg.params[block].len() > 1).collect();
    let mut same: FxHashMap<Value, Value> = FxHashMap::default();
    for &block in &blocks {
        let params = &func.dfg.params[block];
        let n_explicit = cfg.predecessors(block).iter().map(|edge| target(func, edge).args.len()).min().unwrap_or(0);
        for &param in &params[params.len() - n_explicit..] {
            let ty = func.dfg.value_type(param);
            let first = params[params.len() - n_explicit..].iter().find(|&&other| func.dfg.value_type(other) == ty);
            same.insert(param, *first.expect("the parameter itself has the type"));
        }
    }
    while blocks.iter().fold(false, |split, &block| split | split_classes(func, cfg, block, &mut same)) {}
    let mut changed = false;
    for &block in &blocks {
        let params = func.dfg.params[block].clone();
        let others: Vec<usize> = (0..params.len())
            .filter(|&index| same.get(&params[index]).is_some_and(|&one| one != params[index]))
            .collect();
        if others.is_empty() {
            continue;
        }
        for &index in &others {
            func.dfg.replace_with_alias(params[index], same[&params[index]]);
        }
        remove_params(func, cfg, block, &others);
        changed = true;
    }
    changed
}

/// Tells apart what some edge into the block passes differently. Returns whether there was anything.
fn split_classes(func: &Function, cfg: &ControlFlowGraph, block: Block, same: &mut FxHashMap<Value, Value>) -> bool {
    let params = &func.dfg.params[block];
    // For each parameter of `same`: its class and what the edges pass.
    let mut kinds: Vec<(Value, SmallVec<[Value; 4]>, Value)> = Vec::new();
    let mut split = false;
    let mut decided: SmallVec<[(Value, Value); 8]> = SmallVec::new();
    for (index, &param) in params.iter().enumerate() {
        let Some(&class) = same.get(&param) else { continue };
        let args: SmallVec<[Value; 4]> = (cfg.predecessors(block).iter())
            .map(|edge| {
                let args = &target(func, edge).args;
                let arg = func.dfg.resolve(args[index - (params.len() - args.len())]);
                same.get(&arg).copied().unwrap_or(arg)
            })
            .collect();
        let first = match kinds.iter().find(|kind| kind.0 == class && kind.1 == args) {
            Some(kind) => kind.2,
            None => {
                kinds.push((class, args, param));
                param
            }
        };
        split |= first != class;
        decided.push((param, first));
    }
    same.extend(decided);
    split
}

fn solve(func: &Function, cfg: &ControlFlowGraph) -> SecondaryMap<Value, Passed> {
    let mut passed: SecondaryMap<Value, Passed> = SecondaryMap::new();
    for &param in &func.dfg.params[func.entry()] {
        passed[param] = Passed::Many;
    }
    loop {
        let mut changed = false;
        for &block in cfg.reverse_postorder() {
            let Some(terminator) = func.terminator(block) else { continue };
            for target in func.dfg.insts[terminator].targets() {
                let params = &func.dfg.params[target.block];
                let (implicit, explicit) = params.split_at(params.len() - target.args.len());
                for &param in implicit {
                    changed |= passed[param] != Passed::Many;
                    passed[param] = Passed::Many;
                }
                for (&param, &arg) in explicit.iter().zip(&target.args) {
                    let joined = join(passed[param], meaning(func, &passed, arg), param);
                    changed |= joined != passed[param];
                    passed[param] = joined;
                }
            }
        }
        if !changed {
            return passed;
        }
    }
}

/// Finds parameters that get one value and themselves, among those that seemed to get many.
///
/// The iteration takes a parameter for a constant until a second edge says otherwise; one that only hands it on has then
/// seen both and is lost. This second look is not optimistic and needs one walk.
fn find_trivial(func: &Function, cfg: &ControlFlowGraph, passed: &mut SecondaryMap<Value, Passed>) {
    for &block in cfg.reverse_postorder().iter().skip(1) {
        let params = &func.dfg.params[block];
        for (index, &param) in params.iter().enumerate() {
            if passed[param] != Passed::Many {
                continue;
            }
            let only = cfg.predecessors(block).iter().try_fold(Passed::Nothing, |only, edge| {
                let args = &target(func, edge).args;
                let index = index.checked_sub(params.len() - args.len())?;
                let joined = join(only, meaning(func, passed, args[index]), param);
                (joined != Passed::Many).then_some(joined)
            });
            passed[param] = only.filter(|&only| only != Passed::Nothing).unwrap_or(Passed::Many);
        }
    }
}

/// What an argument is, as far as known.
fn meaning(func: &Function, passed: &SecondaryMap<Value, Passed>, arg: Value) -> Passed {
    let arg = func.dfg.resolve(arg);
    if let ValueDef::Param(..) = func.dfg.values[arg].def {
        return match passed[arg] {
            Passed::Many => Passed::One(arg),
            known => known,
        };
    }
    // A constant no instruction can hold is a value like any other.
    match Const::of(&func.dfg, arg) {
        Some(constant) => Passed::Constant(constant),
        None => Passed::One(arg),
    }
}

fn join(old: Passed, new: Passed, param: Value) -> Passed {
    match (old, new) {
        // Passing the parameter itself around a loop says nothing new.
        (old, Passed::One(value)) if value == param => old,
        (Passed::Nothing, new) => new,
        (old, Passed::Nothing) => old,
        (old, new) if old == new => old,
        _ => Passed::Many,
    }
}

fn replace_params(
    func: &mut Function,
    cfg: &ControlFlowGraph,
    block: Block,
    passed: &SecondaryMap<Value, Passed>,
) -> bool {
    let mut redundant = Vec::new();
    let mut constants: Vec<Inst> = Vec::new();
    for (index, param) in func.dfg.params[block].clone().into_iter().enumerate() {
        let value = match passed[param] {
            Passed::Nothing | Passed::Many => continue,
            Passed::One(value) => value,
            Passed::Constant(constant) => {
                let data = constant.to_data().expect("the constant came from an instruction");
                let inst = func.dfg.make_inst(data, &[constant.ty]);
                constants.push(inst);
                func.dfg.first_result(inst)
            }
        };
        func.dfg.replace_with_alias(param, value);
        redundant.push(index);
    }
    if redundant.is_empty() {
        return false;
    }
    func.layout.insts[block].splice(0..0, constants);
    remove_params(func, cfg, block, &redundant);
    true
}
