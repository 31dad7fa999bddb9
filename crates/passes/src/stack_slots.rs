//! Removes stack slots nothing refers to any more, so that frames do not pay for what scalar replacement replaced.

use tintype_ir::entity::{PrimaryMap, SecondaryMap};
use tintype_ir::function::{Function, StackSlot};
use tintype_ir::instruction::InstData;

/// Renumbers the stack slots in use. Returns whether any was not.
pub fn remove_unused_stack_slots(func: &mut Function) -> bool {
    let mut new_slots: SecondaryMap<StackSlot, Option<StackSlot>> = SecondaryMap::new();
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            if let InstData::StackAddr(slot, _) = func.dfg.insts[inst] {
                new_slots[slot] = Some(slot);
            }
        }
    }
    let mut kept = PrimaryMap::new();
    for (slot, &data) in func.stack_slots.iter() {
        if new_slots[slot].is_some() {
            new_slots[slot] = Some(kept.push(data));
        }
    }
    if kept.len() == func.stack_slots.len() {
        return false;
    }
    func.stack_slots = kept;
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            if let InstData::StackAddr(slot, _) = &mut func.dfg.insts[inst] {
                *slot = new_slots[*slot].expect("the slot was seen in use");
            }
        }
    }
    true
}
