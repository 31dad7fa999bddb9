//! Invariants 15 to 17: addresses computed from objects, and write barriers.
//!
//! The collector finds objects by addresses on the stack that lie inside them. An address that was moved out of its
//! object keeps nothing alive, so the object itself must be used later. Where an address is moved by a variable, only
//! the front end knows whether it stays inside; it has to say so by using the object, until optimisation starts.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Errors, Location};
use crate::cfg::ControlFlowGraph;
use crate::entity::SecondaryMap;
use crate::function::{Block, Function, Inst, Value, ValueDef};
use crate::instruction::{BinaryOp, Callee, ConvertOp, InstData};
use crate::module::Module;
use crate::types::Type;

/// How far an address lies from the object it was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Distance {
    Constant(i64),
    Variable,
}

/// An address computed from an object.
#[derive(Clone, Copy, Debug)]
struct Derived {
    base: Value,
    distance: Distance,
}

/// Whether a collection may happen at the instruction.
pub(super) fn collects(module: &Module, data: &InstData) -> bool {
    match data {
        InstData::Alloc { .. } | InstData::Safepoint => true,
        InstData::Call { callee, .. } | InstData::TryCall { callee, .. } => match *callee {
            Callee::Direct(_) | Callee::Indirect(..) => true,
            Callee::Helper(id) => module.abi.helper(id).effects.collects,
        },
        _ => false,
    }
}

/// Invariant 15, and with `input` 16.
pub(super) fn check_derived_addresses(errors: &mut Errors<'_>, input: bool) {
    let (func, module) = (errors.func, errors.module);
    let cfg = ControlFlowGraph::compute(func);
    let derived = derived_addresses(func, &cfg);
    let mut watched: FxHashMap<Value, Value> = FxHashMap::default();
    let mut of_interest: FxHashSet<Value> = FxHashSet::default();
    for &block in cfg.reverse_postorder() {
        for &inst in &func.layout.insts[block] {
            for &value in &func.dfg.results[inst] {
                let Some(address) = derived.get(&value) else { continue };
                let outside = match address.distance {
                    Distance::Constant(offset) => offset < 0,
                    Distance::Variable => input,
                };
                if outside {
                    watched.insert(value, address.base);
                    of_interest.extend([value, address.base]);
                }
            }
        }
    }
    if watched.is_empty() {
        return;
    }
    let live_in = live_in_blocks(func, &cfg, &of_interest);
    for &block in cfg.reverse_postorder() {
        let mut live: BTreeSet<Value> = BTreeSet::new();
        for &successor in cfg.successors(block) {
            live.extend(&live_in[successor]);
        }
        for &inst in func.layout.insts[block].iter().rev() {
            let data = &func.dfg.insts[inst];
            // What a terminator passes on is used after it.
            for target in data.targets() {
                live.extend(
                    target.args.iter().map(|&arg| func.dfg.resolve(arg)).filter(|arg| of_interest.contains(arg)),
                );
            }
            for result in &func.dfg.results[inst] {
                live.remove(result);
            }
            if collects(module, data) {
                for value in &live {
                    let Some(base) = watched.get(value).filter(|base| !live.contains(base)) else { continue };
                    let message =
                        format!("{value} lives across this, but {base}, which it was computed from, does not");
                    errors.report(Location::Inst(inst), message);
                }
            }
            data.visit_operands(|operand| {
                let operand = func.dfg.resolve(operand);
                if of_interest.contains(&operand) {
                    live.insert(operand);
                }
            });
        }
    }
}

/// Every integer computed from a `ref` by additions and subtractions. Block parameters end the tracking.
fn derived_addresses(func: &Function, cfg: &ControlFlowGraph) -> FxHashMap<Value, Derived> {
    let mut derived: FxHashMap<Value, Derived> = FxHashMap::default();
    for &block in cfg.reverse_postorder() {
        for &inst in &func.layout.insts[block] {
            let known = |value: Value| derived.get(&func.dfg.resolve(value)).copied();
            let address = match func.dfg.insts[inst] {
                InstData::Convert { op: ConvertOp::Bitcast, ty: Type::I64, arg }
                    if func.dfg.value_type(arg) == Type::Ref =>
                {
                    Some(Derived { base: func.dfg.resolve(arg), distance: Distance::Constant(0) })
                }
                InstData::Binary { op: op @ (BinaryOp::Iadd | BinaryOp::Isub), args: [a, b], .. } => {
                    match (known(a), known(b)) {
                        (Some(address), None) => Some(moved(func, address, b, op)),
                        (None, Some(address)) if op == BinaryOp::Iadd => Some(moved(func, address, a, op)),
                        // A distance between two addresses is a number.
                        _ => None,
                    }
                }
                _ => None,
            };
            if let Some(address) = address {
                derived.insert(func.dfg.first_result(inst), address);
            }
        }
    }
    derived
}

fn moved(func: &Function, from: Derived, by: Value, op: BinaryOp) -> Derived {
    let by = func.dfg.defining_inst(by).map(|inst| &func.dfg.insts[inst]);
    let distance = match (from.distance, by) {
        (Distance::Constant(start), Some(&InstData::Iconst { value, .. })) => match op {
            BinaryOp::Iadd => Distance::Constant(start.wrapping_add(value)),
            _ => Distance::Constant(start.wrapping_sub(value)),
        },
        _ => Distance::Variable,
    };
    Derived { distance, ..from }
}

/// At the start of which blocks each of the values is live: from every use backwards to the definition.
fn live_in_blocks(
    func: &Function,
    cfg: &ControlFlowGraph,
    of_interest: &FxHashSet<Value>,
) -> SecondaryMap<Block, BTreeSet<Value>> {
    let mut home: FxHashMap<Value, Block> = FxHashMap::default();
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            home.extend(func.dfg.results[inst].iter().map(|&result| (result, block)));
        }
    }
    let mut live_in: SecondaryMap<Block, BTreeSet<Value>> = SecondaryMap::new();
    let mut work: Vec<(Value, Block)> = Vec::new();
    for &block in cfg.reverse_postorder() {
        for &inst in &func.layout.insts[block] {
            func.dfg.insts[inst].visit_operands(|operand| {
                let operand = func.dfg.resolve(operand);
                if of_interest.contains(&operand) {
                    work.push((operand, block));
                }
            });
        }
    }
    while let Some((value, block)) = work.pop() {
        let defined_here = match func.dfg.values[value].def {
            ValueDef::Param(home, _) => home == block,
            _ => home.get(&value) == Some(&block),
        };
        if !defined_here && live_in[block].insert(value) {
            work.extend(cfg.predecessors(block).iter().map(|edge| (value, edge.block)));
        }
    }
    live_in
}

/// Invariant 17.
pub(super) fn check_barriers(errors: &mut Errors<'_>) {
    let func = errors.func;
    let cfg = ControlFlowGraph::compute(func);
    let derived = derived_addresses(func, &cfg);
    for &block in &func.layout.blocks {
        check_block_barriers(errors, block, &derived);
    }
}

fn check_block_barriers(errors: &mut Errors<'_>, block: Block, derived: &FxHashMap<Value, Derived>) {
    let (func, module) = (errors.func, errors.module);
    // Objects with a barrier since the last collection, and stores that still wait for theirs.
    let mut covered: FxHashSet<Value> = FxHashSet::default();
    let mut waiting: Vec<(Inst, Value)> = Vec::new();
    let mut missing: Vec<(Inst, Value)> = Vec::new();
    for &inst in &func.layout.insts[block] {
        let data = &func.dfg.insts[inst];
        if collects(module, data) {
            covered.clear();
            missing.append(&mut waiting);
        }
        match *data {
            InstData::Alloc { .. } => {
                covered.insert(func.dfg.first_result(inst));
            }
            InstData::Barrier(object) => {
                let object = func.dfg.resolve(object);
                covered.insert(object);
                waiting.retain(|&(_, waits)| waits != object);
            }
            InstData::Store { args: [value, base], .. } if stores_object(func, value) => {
                let base = func.dfg.resolve(base);
                let object = match func.dfg.value_type(base) {
                    Type::Ref => Some(base),
                    _ => derived.get(&base).map(|address| address.base),
                };
                waiting.extend(object.filter(|object| !covered.contains(object)).map(|object| (inst, object)));
            }
            _ => {}
        }
    }
    missing.append(&mut waiting);
    for (inst, object) in missing {
        errors.report(Location::Inst(inst), format!("a reference is stored into {object} without a barrier"));
    }
}

fn stores_object(func: &Function, value: Value) -> bool {
    let null = func.dfg.defining_inst(value).is_some_and(|inst| func.dfg.insts[inst] == InstData::Null);
    func.dfg.value_type(value) == Type::Ref && !null
}
