//! Loads and stores, and the inline halves of allocation, write barrier and safepoint.

use cranelift_codegen::cursor::Cursor;
use cranelift_codegen::ir::{self, AliasRegionData, InstBuilder, MemFlagsData, StackSlotKind, types};
use tintype_ir::function::{Function, Inst, Value};
use tintype_ir::instruction::{InstData, MemFlags};
use tintype_ir::module::AliasRegion;
use tintype_ir::types::Type;

use super::Translator;
use crate::error::CodegenError;
use crate::signature::clif_type;

impl Translator<'_> {
    pub(super) fn load(&mut self, ty: Type, flags: MemFlags, base: Value, offset: i32) -> ir::Value {
        let (data, base) = (self.region_flags(named_region(flags)), self.value(base));
        self.pos.ins().load(clif_type(ty), data, base, offset)
    }

    /// To the back end, a load without a region does not see the stores to regions, while a store without one is seen by
    /// all loads. So a function that loads from anywhere has its stores go anywhere.
    pub(super) fn store(&mut self, flags: MemFlags, value: Value, base: Value, offset: i32) {
        let region = named_region(flags).filter(|_| !self.loads_from_anywhere);
        let data = self.region_flags(region);
        let (value, base) = (self.value(value), self.value(base));
        self.pos.ins().store(data, value, base, offset);
    }

    /// Whether a load of the function may see the memory of every region. One of memory that does not change any more sees
    /// no store that it could miss.
    pub(super) fn has_load_from_anywhere(func: &Function) -> bool {
        let insts = func.layout.blocks.iter().flat_map(|&block| &func.layout.insts[block]);
        insts.into_iter().any(|&inst| match func.dfg.insts[inst] {
            InstData::Load { flags, .. } => named_region(flags).is_none() && !flags.invariant,
            _ => false,
        })
    }

    /// Flags of a program's access. Alignment is not promised. An invariant load is not marked as one of constant memory:
    /// the function may itself have written it before, and the load may depend on a check before it, so that it may not
    /// move; without moving, the back end makes nothing of the mark.
    fn region_flags(&mut self, region: Option<AliasRegion>) -> MemFlagsData {
        let data = MemFlagsData::new().with_notrap();
        let Some(region) = region else { return data };
        let region = AliasRegionData { user_id: region.as_u32(), description: "".into() };
        data.with_alias_region(Some(self.pos.func.dfg.alias_regions.insert(region)))
    }

    /// Takes the head of the size class's free list, or calls the run-time system when it is empty.
    pub(super) fn alloc(&mut self, inst: Inst, type_object: Value, size: u32) -> Result<ir::Value, CodegenError> {
        let abi = self.generator.abi();
        let type_object = self.value(type_object);
        let bytes = self.pos.ins().iconst(types::I64, i64::from(size));
        let Some(class) = abi.size_class(size) else {
            return Ok(self.call_helper(abi.well_known.allocate, &[type_object, bytes])[0]);
        };
        let head_offset = i32::try_from(u64::from(abi.task.alloc_buffers) + 8 * class as u64)
            .map_err(|_| self.unsupported(inst, "the allocation buffers lie too far from the task"))?;
        let (slow, fast, done) = (self.append_cold_block(), self.append_block(), self.append_block());
        let object = self.pos.func.dfg.append_block_param(done, types::I64);
        let flags = MemFlagsData::trusted();

        let task = self.task();
        let cell = self.pos.ins().load(types::I64, flags, task, head_offset);
        self.pos.ins().brif(cell, fast, &[], slow, &[]);

        self.pos.goto_bottom(fast);
        let next = self.pos.ins().load(types::I64, flags, cell, 0);
        self.pos.ins().store(flags, next, task, head_offset);
        self.pos.ins().store(flags, type_object, cell, abi.object.header_offset);
        self.pos.ins().jump(done, &[cell.into()]);

        self.pos.goto_bottom(slow);
        let allocated = self.call_helper(abi.well_known.allocate, &[type_object, bytes])[0];
        self.pos.ins().jump(done, &[allocated.into()]);

        self.pos.goto_bottom(done);
        Ok(object)
    }

    /// Logs the object when its header says it is not in the log yet.
    pub(super) fn barrier(&mut self, object: Value) {
        let abi = self.generator.abi();
        let object = self.value(object);
        let header = self.pos.ins().load(types::I64, MemFlagsData::trusted(), object, abi.object.header_offset);
        let bit = self.pos.ins().iconst(types::I64, abi.object.unlogged_bit as i64);
        let unlogged = self.pos.ins().band(header, bit);
        self.call_helper_if(unlogged, abi.well_known.log_object, &[object]);
    }

    /// Calls the run-time system when the task's poll word is set. The load is an ordinary one: the call on the other
    /// path makes the memory state after each safepoint unknown, so no two polls are merged.
    pub(super) fn safepoint(&mut self) {
        let abi = self.generator.abi();
        let requested = self.task_field(abi.task.poll);
        self.call_helper_if(requested, abi.well_known.poll, &[]);
    }

    fn call_helper_if(&mut self, cond: ir::Value, helper: tintype_ir::abi::HelperId, args: &[ir::Value]) {
        let (cold, rest) = (self.append_cold_block(), self.append_block());
        self.pos.ins().brif(cond, cold, &[], rest, &[]);
        self.pos.goto_bottom(cold);
        self.call_helper(helper, args);
        self.pos.ins().jump(rest, &[]);
        self.pos.goto_bottom(rest);
    }

    /// Stacks are scanned conservatively, so a value is alive while the frame or a register holds it. The back end has
    /// no use without code; a store into the frame is the cheapest one. Each value has a word of its own: a store that
    /// another one overwrites would be removed.
    pub(super) fn keep_alive(&mut self, values: &[Value]) {
        for &value in values {
            let name = self.func.dfg.resolve(value);
            let slot = match self.keep_alive.get(&name) {
                Some(&slot) => slot,
                None => {
                    let size = self.ty(name).bytes().max(8);
                    let data = ir::StackSlotData::new(StackSlotKind::ExplicitSlot, size, 3);
                    let slot = self.pos.func.create_sized_stack_slot(data);
                    self.keep_alive.insert(name, slot);
                    slot
                }
            };
            let value = self.value(name);
            let address = self.pos.ins().stack_addr(types::I64, slot, 0);
            self.pos.ins().store(MemFlagsData::new().with_notrap(), value, address, 0);
        }
    }
}

/// The region of an access, unless it may be anything.
fn named_region(flags: MemFlags) -> Option<AliasRegion> {
    flags.region.filter(|region| region.as_u32() != 0)
}
