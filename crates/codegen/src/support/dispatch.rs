//! The fast path of dynamic calls: part of the stubs of the helpers that make them.
//!
//! The task keeps a table of the calls it made: what was called for these argument types in this world. The stub looks
//! there first and goes on to the remembered code without a frame of its own, so that what compiled code calls is, but for
//! a few loads, the callee. What is not in the table is the helper's, which also fills it. See [`CallTable`].

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use tintype_ir::abi::{CallTable, HelperId, RuntimeAbi};
use tintype_ir::types::{Signature, Type};

use crate::signature::clif_signature;
use crate::translate::{stub_address, stub_signature};

/// Numbers of arguments that the first stub looks up: a callee and one argument. The values it keeps fit in the registers
/// that are free in every call, so that nothing is saved.
const FEW: &[u32] = &[2];
/// Those that the second stub looks up, in the order in which it asks for them: the most common first.
const MANY: &[u32] = &[3, 1, 4, 5];

/// Which numbers of arguments the stub of this helper looks up.
pub(super) fn looked_up(layout: &CallTable, helper: HelperId) -> Option<&'static [u32]> {
    match helper {
        helper if helper == layout.helper => Some(FEW),
        helper if helper == layout.many => Some(MANY),
        _ => None,
    }
}

/// What every lookup uses.
struct Probe<'a> {
    abi: &'a RuntimeAbi,
    layout: &'a CallTable,
    args: ir::Value,
    table: ir::Value,
    /// The world's part of the tag.
    world: ir::Value,
    /// Where calls go that are not found; it takes their number of arguments.
    slow: ir::Block,
}

/// Appends the lookup at the cursor. Afterwards the cursor is where the call was not found, with the same arguments.
pub(super) fn look_up(
    abi: &RuntimeAbi,
    layout: &CallTable,
    counts: &[u32],
    pos: &mut FuncCursor<'_>,
    [args, n]: [ir::Value; 2],
) -> [ir::Value; 2] {
    let flags = MemFlagsData::trusted();
    let (slow, first) = (pos.func.dfg.make_block(), append_block(pos));
    let n_unknown = pos.func.dfg.append_block_param(slow, types::I64);
    let task = pos.ins().get_pinned_reg(types::I64);
    let table = pos.ins().load(types::I64, flags, task, layout.task_table as i32);
    let world = pos.ins().load(types::I64, flags, task, abi.task.world_age as i32);
    pos.ins().brif(table, first, &[], slow, &[n.into()]);
    pos.goto_bottom(first);
    let world = pos.ins().ishl_imm_u(world, i64::from(CallTable::TAG_SHIFT));
    let probe = Probe { abi, layout, args, table, world, slow };
    for &count in counts {
        let (here, next) = (append_block(pos), append_block(pos));
        let is_it = pos.ins().icmp_imm_u(IntCC::Equal, n, i64::from(count));
        pos.ins().brif(is_it, here, &[], next, &[]);
        pos.goto_bottom(here);
        probe.arguments(pos, count);
        pos.goto_bottom(next);
    }
    pos.ins().jump(slow, &[n.into()]);
    pos.func.layout.append_block(slow);
    pos.goto_bottom(slow);
    [args, n_unknown]
}

/// Goes on to the stub for calls with many arguments, and for those that are not remembered.
pub(super) fn go_on(abi: &RuntimeAbi, layout: &CallTable, pos: &mut FuncCursor<'_>, args: [ir::Value; 2]) {
    let address = stub_address(pos, abi, layout.many);
    let signature = pos.func.import_signature(stub_signature(abi, layout.many));
    pos.ins().return_call_indirect(signature, address, &args);
}

fn append_block(pos: &mut FuncCursor<'_>) -> ir::Block {
    let block = pos.func.dfg.make_block();
    pos.func.layout.append_block(block);
    block
}

impl Probe<'_> {
    /// The lookup for `n` arguments, and the call if it succeeds.
    fn arguments(&self, pos: &mut FuncCursor<'_>, n: u32) {
        let flags = MemFlagsData::trusted();
        let type_of_types = pos.ins().load(types::I64, flags, self.table, self.layout.table_first);
        let mut keys = Vec::new();
        for index in 0..n {
            let argument = pos.ins().load(types::I64, flags, self.args, 8 * index as i32);
            keys.push(self.key(pos, argument, type_of_types));
        }
        let tag = pos.ins().iadd_imm_s(self.world, i64::from(n));
        let mut sum = keys[0];
        for (index, &key) in keys.iter().enumerate().skip(1) {
            let turned = pos.ins().rotl_imm_u(key, i64::from(CallTable::TURN) * index as i64);
            sum = pos.ins().bxor(sum, turned);
        }
        let hash = pos.ins().imul_imm_s(sum, CallTable::MULTIPLIER as i64);
        let hash = pos.ins().ushr_imm_u(hash, i64::from(CallTable::SHIFT));
        let length = pos.ins().load(types::I64, flags, self.table, self.layout.table_length);
        let mask = pos.ins().iadd_imm_s(length, -4);
        let slot = pos.ins().band(hash, mask);
        let offset = pos.ins().ishl_imm_u(slot, 3);
        let place = pos.ins().iadd(self.table, offset);
        for way in 0..2 {
            let entry = pos.ins().load(types::I64, flags, place, self.layout.table_first + 8 * (2 + way));
            let next = append_block(pos);
            self.try_entry(pos, entry, tag, &keys, next);
            pos.goto_bottom(next);
        }
        // Known here, the number need not be kept.
        let n = pos.ins().iconst(types::I64, i64::from(n));
        pos.ins().jump(self.slow, &[n.into()]);
    }

    /// What stands for an argument: its type, or for a type itself, marked by a bit that no address has.
    fn key(&self, pos: &mut FuncCursor<'_>, argument: ir::Value, type_of_types: ir::Value) -> ir::Value {
        let object = &self.abi.object;
        let header = pos.ins().load(types::I64, MemFlagsData::trusted(), argument, object.header_offset);
        let ty = pos.ins().band_imm_s(header, !(object.flag_mask as i64));
        let is_type = pos.ins().icmp(IntCC::Equal, ty, type_of_types);
        let marked = pos.ins().bor_imm_s(argument, 1);
        pos.ins().select(is_type, marked, ty)
    }

    /// Goes to the entry's code if it is for these keys, else to `next`. Comparing one after the other and reading the
    /// callee again keep few values at a time: registers that a callee saves would cost the stub a frame.
    fn try_entry(
        &self,
        pos: &mut FuncCursor<'_>,
        entry: ir::Value,
        tag: ir::Value,
        keys: &[ir::Value],
        next: ir::Block,
    ) {
        let flags = MemFlagsData::trusted();
        let layout = self.layout;
        let place = |index: usize| layout.entry_keys + 8 * index as i32;
        let compared = std::iter::once((layout.entry_tag, tag)).chain((0..).map(place).zip(keys.iter().copied()));
        for (offset, value) in compared {
            let same = append_block(pos);
            let known = pos.ins().load(types::I64, flags, entry, offset);
            let is_same = pos.ins().icmp(IntCC::Equal, known, value);
            pos.ins().brif(is_same, same, &[], next, &[]);
            pos.goto_bottom(same);
        }
        let code = pos.ins().load(types::I64, flags, entry, layout.entry_invoke);
        let code_instance = pos.ins().load(types::I64, flags, entry, layout.entry_code_instance);
        let rest = pos.ins().iadd_imm_s(self.args, 8);
        // By another address than before, so that it is read again.
        let callee = pos.ins().load(types::I64, flags, rest, -8);
        let n_rest = pos.ins().iconst(types::I64, keys.len() as i64 - 1);
        let signature = Signature::new([Type::Ref, Type::I64, Type::I64, Type::Ref], [Type::Ref]);
        let signature = clif_signature(&signature).expect("words have a place in every convention");
        let signature = pos.func.import_signature(signature);
        pos.ins().return_call_indirect(signature, code, &[callee, rest, n_rest, code_instance]);
    }
}
