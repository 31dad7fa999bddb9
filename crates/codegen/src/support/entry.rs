//! Builds the entry trampoline.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    self, BlockArg, ExceptionTableData, ExceptionTableItem, InstBuilder, MemFlagsData, StackSlotKind, types,
};
use tintype_ir::abi::TaskLayout;
use tintype_ir::types::{Signature, Type};

use super::entry_record;
use super::stub::append_block_with_params;
use crate::generator::{CodeGenerator, Scratch};
use crate::signature::clif_signature;

/// Fields of the task that an entry saves in its record and its exit restores.
fn saved_fields(task: &TaskLayout) -> [(u32, u32); 3] {
    [
        (task.entry_record, entry_record::PREVIOUS),
        (task.exit_fp, entry_record::EXIT_FP),
        (task.exit_pc, entry_record::EXIT_PC),
    ]
}

/// Builds the trampoline in the scratch memory.
///
/// Its call is a `try_call`, whose catching path has lost every register: so the back end saves all callee-saved ones in
/// the prologue and both paths restore them. The pinned register is not among those; it is saved here by hand.
pub(super) fn build(generator: &CodeGenerator, scratch: &mut Scratch) {
    use Type::{I64, Ref};
    let layout = &generator.abi().task;
    let signature = Signature::system([I64, I64, Ref, I64, I64, Ref], [Ref]);
    let func = &mut scratch.context.func;
    func.signature = clif_signature(&signature).expect("words have a place in every convention");
    let mut pos = FuncCursor::new(func);
    let entry = append_block_with_params(&mut pos);
    let [task, code, args @ ..] =
        *<&[ir::Value; 6]>::try_from(pos.func.dfg.block_params(entry)).expect("six parameters");
    let record =
        pos.func.create_sized_stack_slot(ir::StackSlotData::new(StackSlotKind::ExplicitSlot, entry_record::SIZE, 3));
    let flags = MemFlagsData::trusted();

    pos.goto_bottom(entry);
    let outer_task = pos.ins().get_pinned_reg(types::I64);
    let record_address = pos.ins().stack_addr(types::I64, record, 0);
    for (field, saved) in saved_fields(layout) {
        let value = pos.ins().load(types::I64, flags, task, field as i32);
        pos.ins().store(flags, value, record_address, saved as i32);
    }
    pos.ins().store(flags, record_address, task, layout.entry_record as i32);
    pos.ins().set_pinned_reg(task);

    let returned = append_exit(&mut pos);
    let caught = append_exit(&mut pos);
    let invoke = clif_signature(&Signature::new([Ref, I64, I64, Ref], [Ref])).expect("words have a place");
    let invoke = pos.func.import_signature(invoke);
    let normal = pos.func.dfg.block_call(returned.0, &[BlockArg::TryCallRet(0)]);
    let catch = pos.func.dfg.block_call(caught.0, &[BlockArg::TryCallExn(0)]);
    let table = ExceptionTableData::new(invoke, normal, [ExceptionTableItem::Default(catch)]);
    let table = pos.func.dfg.exception_tables.push(table);
    pos.ins().try_call_indirect(code, &args, table);

    let leave = |pos: &mut FuncCursor<'_>, block, pending: Option<ir::Value>, result: Option<ir::Value>| {
        pos.goto_bottom(block);
        // The task's address is read back from the pinned register: compiled code keeps it there on both paths.
        let task = pos.ins().get_pinned_reg(types::I64);
        let record_address = pos.ins().stack_addr(types::I64, record, 0);
        for (field, saved) in saved_fields(layout) {
            let value = pos.ins().load(types::I64, flags, record_address, saved as i32);
            pos.ins().store(flags, value, task, field as i32);
        }
        if let Some(exception) = pending {
            pos.ins().store(flags, exception, task, layout.pending_exception as i32);
        }
        pos.ins().set_pinned_reg(outer_task);
        let result = result.unwrap_or_else(|| pos.ins().iconst(types::I64, 0));
        pos.ins().return_(&[result]);
    };
    leave(&mut pos, returned.0, None, Some(returned.1));
    leave(&mut pos, caught.0, Some(caught.1), None);
}

/// A block with one word as parameter.
fn append_exit(pos: &mut FuncCursor<'_>) -> (ir::Block, ir::Value) {
    let block = pos.func.dfg.make_block();
    pos.func.layout.append_block(block);
    let value = pos.func.dfg.append_block_param(block, types::I64);
    (block, value)
}
