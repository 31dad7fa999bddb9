//! Addressing of things outside the function: the one place that knows how code reaches an object, data, or code.

use cranelift_codegen::cursor::FuncCursor;
use cranelift_codegen::ir::{
    ExternalName, GlobalValueData, InstBuilder, MemFlagsData, Value, immediates::Imm64, types::I64,
};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::{SlotDecl, SlotId, SlotKind};

use crate::record::RelocTarget;
use crate::symbol;

/// Flags of loads from words that never change while code that reads them exists.
pub(crate) fn constant_word() -> MemFlagsData {
    MemFlagsData::trusted().with_readonly().with_can_move()
}

/// The object of a slot: the word is loaded pc-relatively for `single` slots, from the context's table otherwise.
pub(crate) fn slot_value(pos: &mut FuncCursor<'_>, abi: &RuntimeAbi, slot: SlotId, decl: &SlotDecl) -> Value {
    match decl.kind {
        SlotKind::Single => {
            let word = symbol_address(pos, RelocTarget::Slot(slot), 0);
            pos.ins().load(I64, constant_word(), word, 0)
        }
        SlotKind::Context { index } => {
            // Not marked as constant: a helper may leave the task in another context than it found it in.
            let task = pos.ins().get_pinned_reg(I64);
            let table = pos.ins().load(I64, MemFlagsData::trusted(), task, abi.task.context_slots as i32);
            let offset = i32::try_from(u64::from(index) * 8).expect("fewer than 2^28 context slots");
            pos.ins().load(I64, MemFlagsData::trusted(), table, offset)
        }
    }
}

/// The pc-relative address of something outside the function.
pub(crate) fn symbol_address(pos: &mut FuncCursor<'_>, target: RelocTarget, offset: i32) -> Value {
    let name = pos.func.declare_imported_user_function(symbol::name(target));
    let global = pos.func.create_global_value(GlobalValueData::Symbol {
        name: ExternalName::User(name),
        offset: Imm64::new(i64::from(offset)),
        colocated: true,
        tls: false,
    });
    pos.ins().symbol_value(I64, global)
}
