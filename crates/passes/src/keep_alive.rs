//! Keeps objects alive for the addresses computed from them.
//!
//! The collector finds an object by any address inside it, but an address computed from a reference may lie outside, and
//! redundancy elimination and code motion may carry it past a safepoint beyond the last use of the reference. This pass
//! finds the addresses that are live at a safepoint where their reference is not, and keeps the reference alive until
//! after their uses. A keep-alive costs a store, so nothing is done where the program already sees to it.
//! Addresses that went through block parameters are not followed.

use rustc_hash::FxHashMap;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::{EntityRef, PrimaryMap, SecondaryMap};
use tintype_ir::function::{Block, Function, Inst, Value, Values};
use tintype_ir::instruction::{BinaryOp, ConvertOp, InstData};
use tintype_ir::types::Type;

use crate::constant::Const;
use crate::effects::may_collect;

tintype_ir::entity! {
    /// A value whose liveness matters: an address that may lie outside its object, or a reference such an address is from.
    Tracked, "tracked"
}

/// Adds keep-alives where addresses outlive their references. Every block must be reachable.
pub fn keep_bases_alive(func: &mut Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) {
    let addresses = Addresses::find(func, cfg);
    if addresses.values.is_empty() {
        return;
    }
    let live_out = live_out_sets(func, cfg, &addresses);
    let orphans = find_orphans(func, cfg, abi, &addresses, &live_out);
    if orphans.iter().any(|&orphan| orphan) {
        for &block in cfg.reverse_postorder() {
            keep_in_block(func, block, &addresses, &orphans);
        }
    }
}

/// The addresses that may lie outside their objects.
#[derive(Default)]
struct Addresses {
    values: PrimaryMap<Tracked, Value>,
    tracked: FxHashMap<Value, Tracked>,
    /// For an address: the reference it comes from.
    bases: SecondaryMap<Tracked, Option<Tracked>>,
}

impl Addresses {
    /// Walks definitions before uses.
    fn find(func: &Function, cfg: &ControlFlowGraph) -> Self {
        let mut addresses = Self::default();
        // The reference an address is from, and its distance if that is known.
        let mut derived: FxHashMap<Value, (Value, Option<i128>)> = FxHashMap::default();
        for &block in cfg.reverse_postorder() {
            for &inst in &func.layout.insts[block] {
                let Some((base, distance)) = derivation(func, &func.dfg.insts[inst], &derived) else { continue };
                let value = func.dfg.first_result(inst);
                derived.insert(value, (base, distance));
                if distance.is_none_or(|distance| distance < 0) {
                    let base = addresses.track(base);
                    let address = addresses.track(value);
                    addresses.bases[address] = Some(base);
                }
            }
        }
        addresses
    }

    fn track(&mut self, value: Value) -> Tracked {
        *self.tracked.entry(value).or_insert_with(|| self.values.push(value))
    }

    fn new_set(&self) -> LiveSet {
        vec![false; self.values.len()]
    }
}

/// Which tracked values are live; few values are tracked, if any.
type LiveSet = Vec<bool>;

/// Reference and distance of an address that this instruction makes.
fn derivation(
    func: &Function,
    data: &InstData,
    derived: &FxHashMap<Value, (Value, Option<i128>)>,
) -> Option<(Value, Option<i128>)> {
    match *data {
        InstData::Convert { op: ConvertOp::Bitcast, ty: Type::I64, arg } if func.dfg.value_type(arg) == Type::Ref => {
            Some((arg, Some(0)))
        }
        InstData::Binary { op: op @ (BinaryOp::Iadd | BinaryOp::Isub), args: [a, b], .. } => {
            let (&(base, distance), step) = match (derived.get(&a), derived.get(&b)) {
                (Some(from), None) => (from, b),
                (None, Some(from)) if op == BinaryOp::Iadd => (from, a),
                // The distance between two addresses is a number.
                _ => return None,
            };
            let step = Const::of(&func.dfg, step).map(Const::signed);
            let step = if op == BinaryOp::Isub { step.map(|step| -step) } else { step };
            Some((base, distance.zip(step).map(|(distance, step)| distance + step)))
        }
        _ => None,
    }
}

/// What is live at the end of every block: the usual backward iteration.
fn live_out_sets(func: &Function, cfg: &ControlFlowGraph, addresses: &Addresses) -> SecondaryMap<Block, LiveSet> {
    let mut live_out: SecondaryMap<Block, LiveSet> = SecondaryMap::with_default(addresses.new_set());
    let mut worklist: Vec<Block> = cfg.reverse_postorder().to_vec();
    let mut queued: SecondaryMap<Block, bool> = SecondaryMap::with_default(true);
    while let Some(block) = worklist.pop() {
        queued[block] = false;
        let mut live = live_out[block].clone();
        for &inst in func.layout.insts[block].iter().rev() {
            step_back(func, inst, addresses, &mut live);
        }
        for edge in cfg.predecessors(block) {
            let before = &mut live_out[edge.block];
            let mut grew = false;
            for (old, &new) in before.iter_mut().zip(&live) {
                grew |= new && !*old;
                *old |= new;
            }
            if grew && !std::mem::replace(&mut queued[edge.block], true) {
                worklist.push(edge.block);
            }
        }
    }
    live_out
}

/// From what is live after an instruction to what is live before it.
fn step_back(func: &Function, inst: Inst, addresses: &Addresses, live: &mut LiveSet) {
    for result in &func.dfg.results[inst] {
        if let Some(tracked) = addresses.tracked.get(result) {
            live[tracked.index()] = false;
        }
    }
    func.dfg.insts[inst].visit_operands(|operand| {
        if let Some(tracked) = addresses.tracked.get(&operand) {
            live[tracked.index()] = true;
        }
    });
}

/// The addresses that are live at some safepoint where their reference is not.
fn find_orphans(
    func: &Function,
    cfg: &ControlFlowGraph,
    abi: &RuntimeAbi,
    addresses: &Addresses,
    live_out: &SecondaryMap<Block, LiveSet>,
) -> LiveSet {
    let mut orphans = addresses.new_set();
    for &block in cfg.reverse_postorder() {
        let mut live = live_out[block].clone();
        for &inst in func.layout.insts[block].iter().rev() {
            let data = &func.dfg.insts[inst];
            if may_collect(data, abi) {
                // What a call that ends the block hands on is used after it.
                let mut during = live.clone();
                data.targets().iter().flat_map(|target| &target.args).for_each(|arg| {
                    if let Some(tracked) = addresses.tracked.get(arg) {
                        during[tracked.index()] = true;
                    }
                });
                for address in addresses.values.keys().filter(|address| during[address.index()]) {
                    let orphaned = addresses.bases[address].is_some_and(|base| !during[base.index()]);
                    orphans[address.index()] |= orphaned;
                }
            }
            step_back(func, inst, addresses, &mut live);
        }
    }
    orphans
}

/// Keeps the references of orphans alive until after the last use of an orphan in the block, or until the terminator
/// when that is the use.
fn keep_in_block(func: &mut Function, block: Block, addresses: &Addresses, orphans: &LiveSet) {
    let mut last_uses: Vec<(usize, Value)> = Vec::new();
    for (position, &inst) in func.layout.insts[block].iter().enumerate() {
        func.dfg.insts[inst].visit_operands(|operand| {
            let orphan = addresses.tracked.get(&operand).filter(|tracked| orphans[tracked.index()]);
            if let Some(base) = orphan.and_then(|&orphan| addresses.bases[orphan]) {
                let base = addresses.values[base];
                last_uses.retain(|(_, other)| *other != base);
                last_uses.push((position, base));
            }
        });
    }
    for &(position, base) in last_uses.iter().rev() {
        let insts = &mut func.layout.insts[block];
        let at = (position + 1).min(insts.len() - 1);
        let keep = func.dfg.make_inst(InstData::KeepAlive(Values::from_slice(&[base])), &[]);
        func.dfg.scopes[keep] = func.dfg.scopes[insts[position]];
        insts.insert(at, keep);
    }
}
