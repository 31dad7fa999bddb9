//! Block parameters that always have the same value, or the same constant, on every edge.
//!
//! This is the abstract interpretation of Cranelift's `remove_constant_phis`, with constants compared by value, so that
//! a loop variable that never changes is found although it is passed around the loop. A parameter only ever goes from
//! "no edge seen" to "one value" to "many", so the iteration is short.

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

/// Replaces redundant block parameters by what they stand for. Returns whether anything changed.
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
    changed
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
