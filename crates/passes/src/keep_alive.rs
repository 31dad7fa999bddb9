//! Keeps objects alive for the addresses computed from them.
//!
//! The collector finds an object by any address inside it, but an address computed from a reference may lie outside, and
//! redundancy elimination and code motion may carry it past a safepoint beyond the last use of the reference. Where an
//! address is used in another block than the cast that made it, or after a safepoint in its own, the reference is kept
//! alive until after the use. It costs no instruction. Addresses that went through block parameters are not followed.

use rustc_hash::FxHashMap;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::function::{Function, Inst, Value, Values};
use tintype_ir::instruction::{BinaryOp, ConvertOp, InstData};
use tintype_ir::types::Type;

use crate::effects::may_collect;

/// Where an address comes from.
#[derive(Clone, Copy)]
struct Derived {
    /// The reference it was cast from.
    base: Value,
    /// How many safepoints and block starts the walk had met at the cast.
    epoch: u32,
}

/// Adds keep-alives where addresses outlive what is known of their references.
pub fn keep_bases_alive(func: &mut Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) {
    let mut derived: FxHashMap<Value, Derived> = FxHashMap::default();
    let mut epoch = 0;
    for &block in cfg.reverse_postorder() {
        epoch += 1;
        let mut output: Vec<Inst> = Vec::with_capacity(func.layout.insts[block].len());
        // The references to keep, each once, after the last use of an address of theirs.
        let mut last_uses: Vec<(usize, Value)> = Vec::new();
        for inst in std::mem::take(&mut func.layout.insts[block]) {
            let data = &func.dfg.insts[inst];
            if let Some(origin) = derivation(func, data, &derived, epoch) {
                derived.insert(func.dfg.results[inst][0], origin);
            } else {
                data.visit_operands(|operand| {
                    if let Some(origin) = derived.get(&operand).filter(|origin| origin.epoch != epoch) {
                        last_uses.retain(|(_, base)| *base != origin.base);
                        last_uses.push((output.len(), origin.base));
                    }
                });
            }
            if may_collect(data, abi) {
                epoch += 1;
            }
            output.push(inst);
        }
        insert_keep_alives(func, &mut output, &last_uses);
        func.layout.insts[block] = output;
    }
}

/// The origin of an address made by this instruction.
fn derivation(func: &Function, data: &InstData, derived: &FxHashMap<Value, Derived>, epoch: u32) -> Option<Derived> {
    match *data {
        InstData::Convert { op: ConvertOp::Bitcast, ty: Type::I64, arg } if func.dfg.value_type(arg) == Type::Ref => {
            Some(Derived { base: arg, epoch })
        }
        InstData::Binary { op: BinaryOp::Iadd | BinaryOp::Isub, args: [a, b], .. } => {
            derived.get(&a).or_else(|| derived.get(&b)).copied()
        }
        _ => None,
    }
}

/// Inserts one keep-alive after each position, or before the terminator when that is the use. Positions ascend.
fn insert_keep_alives(func: &mut Function, output: &mut Vec<Inst>, last_uses: &[(usize, Value)]) {
    for &(position, base) in last_uses.iter().rev() {
        let at = (position + 1).min(output.len() - 1);
        let keep = func.dfg.make_inst(InstData::KeepAlive(Values::from_slice(&[base])), &[]);
        func.dfg.scopes[keep] = func.dfg.scopes[output[position]];
        output.insert(at, keep);
    }
}
