//! Invariants 5 and 12: what a function names exists. Everything else indexes by it.

use super::{Errors, Location};
use crate::entity::{EntityRef, PrimaryMap};
use crate::function::{Inst, SigRef};
use crate::instruction::{Callee, InstData, MemFlags};
use crate::module::FuncId;

pub(super) fn check(errors: &mut Errors<'_>) {
    let func = errors.func;
    for (slot, data) in func.stack_slots.iter() {
        if !data.align.is_power_of_two() || data.align > 16 {
            errors.report(Location::Function, format!("{slot}: alignment {} is not 1, 2, 4, 8 or 16", data.align));
        }
    }
    for (sig, signature) in func.dfg.signatures.iter() {
        if let Some(message) = super::signature_error(signature) {
            errors.report(Location::Function, format!("{sig}: {message}"));
        }
    }
    for (scope, data) in func.scopes.iter() {
        // Outer positions come first, so that chains end.
        if data.inlined_at.is_some_and(|outer| outer >= scope) {
            errors.report(Location::Function, format!("{scope} is inlined at a later scope or itself"));
        }
    }
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            check_inst(errors, inst);
        }
    }
}

fn check_inst(errors: &mut Errors<'_>, inst: Inst) {
    let (func, module) = (errors.func, errors.module);
    let Some(data) = func.dfg.insts.get(inst) else { return };
    let problem = match data {
        InstData::SlotValue(slot) => missing(&module.slots, *slot),
        InstData::FuncAddr(id) => missing_function(errors, *id),
        InstData::DataAddr(data, offset) => {
            missing(&module.data, *data).or_else(|| outside(*offset, module.data[*data].size))
        }
        InstData::StackAddr(slot, offset) => {
            missing(&func.stack_slots, *slot).or_else(|| outside(*offset, u64::from(func.stack_slots[*slot].size)))
        }
        InstData::Load { flags, .. } | InstData::Store { flags, .. } => missing_region(errors, *flags),
        InstData::Call { callee, .. } | InstData::TryCall { callee, .. } => match *callee {
            Callee::Direct(id) => missing_function(errors, id),
            Callee::Indirect(sig, _) => missing::<SigRef, _>(&func.dfg.signatures, sig),
            Callee::Helper(id) => {
                (id.as_u32() as usize >= module.abi.helpers.len()).then(|| format!("{id} does not exist"))
            }
        },
        _ => None,
    };
    if let Some(message) = problem {
        errors.report(Location::Inst(inst), message);
    }
    if func.dfg.scopes[inst].is_some_and(|scope| func.scopes.get(scope).is_none()) {
        errors.report(Location::Inst(inst), "its scope does not exist");
    }
}

fn missing<K: EntityRef + std::fmt::Display, V>(map: &PrimaryMap<K, V>, key: K) -> Option<String> {
    map.get(key).is_none().then(|| format!("{key} does not exist"))
}

fn missing_function(errors: &Errors<'_>, id: FuncId) -> Option<String> {
    missing(&errors.module.functions, id)
}

fn missing_region(errors: &Errors<'_>, flags: MemFlags) -> Option<String> {
    flags.region.and_then(|region| missing(&errors.module.regions, region))
}

fn outside(offset: i32, size: u64) -> Option<String> {
    let inside = u64::try_from(offset).is_ok_and(|offset| offset <= size);
    (!inside).then(|| format!("offset {offset} is outside of {size} bytes"))
}
