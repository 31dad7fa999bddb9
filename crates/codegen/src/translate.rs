//! IR to the back end's IR, one function at a time.
//!
//! Both are SSA with block parameters, so blocks and parameters map one to one and no SSA construction is needed. Blocks
//! are filled in reverse postorder, so that every value is translated before its uses. What the target lacks is
//! legalised on the way ([`round`], [`half`], [`arith`]); conventions of the run-time system are in [`call`] and
//! [`memory`]. Nothing is optimised here.

mod arith;
mod call;
mod cold;
mod convert;
mod half;
mod memory;
mod round;

pub(crate) use call::{stub_address, stub_signature};

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    self, BlockArg, InstBuilder, JumpTableData, MemFlagsData, SourceLoc, StackSlotKind, TrapCode as ClifTrapCode,
    UserFuncName, condcodes::IntCC, types,
};
use rustc_hash::FxHashMap;
use tintype_ir::abi::HelperId;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Scope, SigRef, StackSlot, Value};
use tintype_ir::instruction::{BlockCall, InstData, TrapCode};
use tintype_ir::module::{FuncId, Module};
use tintype_ir::types::{CallConv, Type};

use crate::error::CodegenError;
use crate::generator::{CallPolicy, CodeGenerator, Scratch};
use crate::record::RelocTarget;
use crate::signature::{clif_signature, clif_type};
use crate::slots;

/// The back end's trap code for [`TrapCode::Unreachable`].
pub(crate) const UNREACHABLE: ClifTrapCode = ClifTrapCode::unwrap_user(1);

/// The IR's source position behind the back end's.
pub(crate) fn scope_of(loc: SourceLoc) -> Option<Scope> {
    (!loc.is_default()).then(|| Scope::from_u32(loc.bits()))
}

/// Translates `func` into the scratch memory's function.
pub(crate) fn function(
    generator: &CodeGenerator,
    module: &Module,
    func: &Function,
    calls: &dyn CallPolicy,
    scratch: &mut Scratch,
) -> Result<(), CodegenError> {
    let Scratch { context, values, .. } = scratch;
    context.func.name = UserFuncName::user(0, 0);
    context.func.signature =
        clif_signature(&func.signature).map_err(|reason| unsupported(func, "signature", reason))?;
    // Positions are kept relative to the first one set, and an absent one would make all of them absent.
    context.func.params.ensure_base_srcloc(SourceLoc::new(0));
    let mut translator = Translator {
        generator,
        module,
        func,
        calls,
        pos: FuncCursor::new(&mut context.func),
        values,
        blocks: SecondaryMap::new(),
        stack_slots: SecondaryMap::new(),
        signatures: SecondaryMap::new(),
        functions: FxHashMap::default(),
        helpers: FxHashMap::default(),
        keep_alive: FxHashMap::default(),
        loads_from_anywhere: Translator::has_load_from_anywhere(func),
    };
    translator.run()
}

fn unsupported(func: &Function, entity: impl ToString, reason: impl ToString) -> CodegenError {
    CodegenError::Unsupported { function: func.name.clone(), entity: entity.to_string(), reason: reason.to_string() }
}

/// The state of one function's translation.
struct Translator<'a> {
    generator: &'a CodeGenerator,
    module: &'a Module,
    func: &'a Function,
    calls: &'a dyn CallPolicy,
    pos: FuncCursor<'a>,
    values: &'a mut SecondaryMap<Value, Option<ir::Value>>,
    blocks: SecondaryMap<Block, Option<ir::Block>>,
    stack_slots: SecondaryMap<StackSlot, Option<ir::StackSlot>>,
    signatures: SecondaryMap<SigRef, Option<ir::SigRef>>,
    functions: FxHashMap<FuncId, ir::FuncRef>,
    helpers: FxHashMap<HelperId, ir::SigRef>,
    /// Where each value that is kept alive is stored.
    keep_alive: FxHashMap<Value, ir::StackSlot>,
    loads_from_anywhere: bool,
}

impl Translator<'_> {
    fn run(&mut self) -> Result<(), CodegenError> {
        let cfg = ControlFlowGraph::compute(self.func);
        self.declare_stack_slots();
        self.declare_blocks(&cfg)?;
        for &block in cfg.reverse_postorder() {
            let target = self.block(block);
            self.pos.goto_bottom(target);
            for &inst in &self.func.layout.insts[block] {
                let loc = match self.func.dfg.scopes[inst] {
                    Some(scope) => SourceLoc::new(scope.as_u32()),
                    None => SourceLoc::default(),
                };
                self.pos.set_srcloc(loc);
                self.inst(inst)?;
            }
        }
        Ok(())
    }

    fn declare_stack_slots(&mut self) {
        for (slot, data) in self.func.stack_slots.iter() {
            let align_shift = data.align.trailing_zeros() as u8;
            let data = ir::StackSlotData::new(StackSlotKind::ExplicitSlot, data.size, align_shift);
            self.stack_slots[slot] = Some(self.pos.func.create_sized_stack_slot(data));
        }
    }

    /// Makes the reachable blocks, in layout order, with their parameters; and before them the prologue, when the entry
    /// block cannot begin the function itself.
    fn declare_blocks(&mut self, cfg: &ControlFlowGraph) -> Result<(), CodegenError> {
        let entry = self.func.entry();
        let check = self.checks_stack()?;
        let prologue = (check || !cfg.predecessors(entry).is_empty()).then(|| self.append_block());
        for &block in cfg.reverse_postorder() {
            self.blocks[block] = Some(self.pos.func.dfg.make_block());
        }
        for &block in &self.func.layout.blocks {
            if let Some(target) = self.blocks[block] {
                self.pos.func.layout.append_block(target);
                if block != entry && cold::is_cold(self.func, cfg, block, self.generator.abi()) {
                    self.pos.func.layout.set_cold(target);
                }
                for &param in &self.func.dfg.params[block] {
                    let ty = clif_type(self.func.dfg.value_type(param));
                    self.values[param] = Some(self.pos.func.dfg.append_block_param(target, ty));
                }
            }
        }
        if let Some(prologue) = prologue {
            let types: Vec<_> = self.pos.func.signature.params.iter().map(|param| param.value_type).collect();
            let args: Vec<BlockArg> =
                types.into_iter().map(|ty| self.pos.func.dfg.append_block_param(prologue, ty).into()).collect();
            self.pos.goto_bottom(prologue);
            if check {
                self.check_stack();
            }
            let entry = self.block(entry);
            self.pos.ins().jump(entry, &args);
        }
        Ok(())
    }

    /// Whether the function checks the stack limit: when it calls anything, helpers included.
    fn checks_stack(&self) -> Result<bool, CodegenError> {
        for &block in &self.func.layout.blocks {
            for &inst in &self.func.layout.insts[block] {
                let data = &self.func.dfg.insts[inst];
                if self.may_call(data) {
                    if self.func.signature.conv == CallConv::System {
                        return Err(self.unsupported(inst, "calls from functions of the C convention"));
                    }
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn append_block(&mut self) -> ir::Block {
        let block = self.pos.func.dfg.make_block();
        self.pos.func.layout.append_block(block);
        block
    }

    /// A block off the common path; the back end places it behind the others.
    fn append_cold_block(&mut self) -> ir::Block {
        let block = self.append_block();
        self.pos.func.layout.set_cold(block);
        block
    }

    fn block(&self, block: Block) -> ir::Block {
        self.blocks[block].unwrap_or_else(|| panic!("{block} of {} is not in the layout", self.func.name))
    }

    fn value(&self, value: Value) -> ir::Value {
        let value = self.func.dfg.resolve(value);
        self.values[value].unwrap_or_else(|| panic!("{value} of {} is used before its definition", self.func.name))
    }

    fn value_list(&self, values: &[Value]) -> Vec<ir::Value> {
        values.iter().map(|&value| self.value(value)).collect()
    }

    fn ty(&self, value: Value) -> Type {
        self.func.dfg.value_type(value)
    }

    fn block_args(&self, args: &[Value]) -> Vec<BlockArg> {
        args.iter().map(|&value| BlockArg::Value(self.value(value))).collect()
    }

    fn define(&mut self, inst: Inst, results: &[ir::Value]) {
        let names = &self.func.dfg.results[inst];
        assert_eq!(names.len(), results.len(), "{inst} of {} has another number of results", self.func.name);
        for (&name, &value) in names.iter().zip(results) {
            self.values[name] = Some(value);
        }
    }

    fn unsupported(&self, inst: Inst, reason: impl ToString) -> CodegenError {
        let entity = format!("{inst} {:?}", self.func.dfg.insts[inst]);
        unsupported(self.func, entity, reason)
    }

    fn inst(&mut self, inst: Inst) -> Result<(), CodegenError> {
        let func = self.func;
        let result = match &func.dfg.insts[inst] {
            InstData::Iconst { ty, value } => self.iconst(*ty, *value),
            InstData::F32const(bits) => self.pos.ins().f32const(ir::immediates::Ieee32::with_bits(*bits)),
            InstData::F64const(bits) => self.pos.ins().f64const(ir::immediates::Ieee64::with_bits(*bits)),
            InstData::Null => self.pos.ins().iconst(types::I64, 0),
            InstData::SlotValue(slot) => {
                slots::slot_value(&mut self.pos, self.generator.abi(), *slot, &self.module.slots[*slot])
            }
            InstData::FuncAddr(callee) => self.function_address(*callee),
            InstData::DataAddr(data, offset) => slots::symbol_address(&mut self.pos, RelocTarget::Data(*data), *offset),
            InstData::StackAddr(slot, offset) => {
                let slot = self.stack_slots[*slot].unwrap_or_else(|| panic!("{slot} of {} is undeclared", func.name));
                self.pos.ins().stack_addr(types::I64, slot, *offset)
            }
            InstData::Task => self.task(),
            InstData::CpuHas(feature) => {
                let has = self.generator.has_feature(feature);
                self.pos.ins().iconst(types::I8, i64::from(has))
            }
            InstData::Unary(op, arg) => self.unary(*op, *arg),
            InstData::Binary { op, contract: true, args } if let Some(fused) = self.contracted(*op, *args) => fused,
            InstData::Binary { op, args, .. } => self.binary(inst, *op, *args)?,
            InstData::Overflow(op, args) => {
                let results = self.overflow(inst, *op, *args)?;
                self.define(inst, &results);
                return Ok(());
            }
            InstData::Fma(args) => self.fma(*args),
            InstData::Convert { op, ty, arg } => self.convert(*op, *ty, *arg),
            InstData::IntCompare(cond, args) => self.int_compare(*cond, *args),
            InstData::FloatCompare(cond, args) => self.float_compare(*cond, *args),
            InstData::Select([cond, then, other]) => {
                let (cond, then, other) = (self.value(*cond), self.value(*then), self.value(*other));
                self.select(cond, then, other)
            }
            InstData::ExtractLane(vector, lane) => {
                let vector = self.value(*vector);
                self.pos.ins().extractlane(vector, *lane)
            }
            InstData::InsertLane([vector, scalar], lane) => {
                let (vector, scalar) = (self.value(*vector), self.value(*scalar));
                self.pos.ins().insertlane(vector, scalar, *lane)
            }
            InstData::Load { ty, flags, base, offset } => self.load(*ty, *flags, *base, *offset),
            InstData::Alloc { type_object, size } => self.alloc(inst, *type_object, *size)?,
            InstData::Call { callee, args } => {
                let results = self.call(inst, callee, args)?;
                self.define(inst, &results);
                return Ok(());
            }
            effect => return self.effect(inst, effect),
        };
        self.define(inst, &[result]);
        Ok(())
    }

    /// Instructions without results: effects and terminators.
    fn effect(&mut self, inst: Inst, data: &InstData) -> Result<(), CodegenError> {
        match data {
            InstData::Store { flags, args: [value, base], offset } => self.store(*flags, *value, *base, *offset),
            InstData::Barrier(object) => self.barrier(*object),
            InstData::Safepoint => self.safepoint(),
            InstData::KeepAlive(values) => self.keep_alive(values),
            InstData::Jump(dest) => {
                let (block, args) = self.destination(dest);
                self.pos.ins().jump(block, &args);
            }
            InstData::Branch { cond, then_dest, else_dest } => {
                let cond = self.value(*cond);
                let (then_block, then_args) = self.destination(then_dest);
                let (else_block, else_args) = self.destination(else_dest);
                self.pos.ins().brif(cond, then_block, &then_args, else_block, &else_args);
            }
            InstData::Switch { index, default, targets } => self.switch(*index, default, targets),
            InstData::Return(values) => {
                let values = self.value_list(values);
                self.pos.ins().return_(&values);
            }
            InstData::TryCall { callee, args, normal, catch } => self.try_call(inst, callee, args, normal, catch)?,
            InstData::Throw(exception) => self.throw(*exception),
            InstData::Trap(code) => {
                self.pos.ins().trap(clif_trap(*code));
            }
            other => unreachable!("{inst} {other:?} has a result"),
        }
        Ok(())
    }

    fn destination(&self, dest: &BlockCall) -> (ir::Block, Vec<BlockArg>) {
        (self.block(dest.block), self.block_args(&dest.args))
    }

    fn switch(&mut self, index: Value, default: &BlockCall, targets: &[BlockCall]) {
        let index = self.value(index);
        let mut block_call = |dest: &BlockCall| {
            let (block, args) = self.destination(dest);
            self.pos.func.dfg.block_call(block, &args)
        };
        let default = block_call(default);
        let targets: Vec<_> = targets.iter().map(block_call).collect();
        let table = self.pos.func.create_jump_table(JumpTableData::new(default, &targets));
        self.pos.ins().br_table(index, table);
    }

    fn iconst(&mut self, ty: Type, value: i64) -> ir::Value {
        if ty == Type::I128 {
            let low = self.pos.ins().iconst(types::I64, value);
            return self.pos.ins().sextend(types::I128, low);
        }
        // The back end wants the bits of the narrow type, not its sign extension.
        let mask = u64::MAX >> (64 - ty.bits());
        self.pos.ins().iconst(clif_type(ty), (value as u64 & mask) as i64)
    }

    fn task(&mut self) -> ir::Value {
        self.pos.ins().get_pinned_reg(types::I64)
    }

    /// A field of the task.
    fn task_field(&mut self, offset: u32) -> ir::Value {
        let task = self.task();
        self.pos.ins().load(types::I64, MemFlagsData::trusted(), task, offset as i32)
    }

    /// The prologue's check: the stack pointer must not be below the task's limit.
    fn check_stack(&mut self) {
        let (cold, rest) = (self.append_cold_block(), self.append_block());
        let limit = self.task_field(self.generator.abi().task.stack_limit);
        let stack_pointer = self.pos.ins().get_stack_pointer(types::I64);
        let short = self.pos.ins().icmp(IntCC::UnsignedLessThan, stack_pointer, limit);
        self.pos.ins().brif(short, cold, &[], rest, &[]);
        self.pos.goto_bottom(cold);
        self.call_helper(self.generator.abi().well_known.stack_overflow, &[]);
        self.pos.ins().jump(rest, &[]);
        self.pos.goto_bottom(rest);
    }
}

fn clif_trap(code: TrapCode) -> ClifTrapCode {
    match code {
        TrapCode::Unreachable => UNREACHABLE,
        TrapCode::DivisionByZero => ClifTrapCode::INTEGER_DIVISION_BY_ZERO,
        TrapCode::DivisionOverflow => ClifTrapCode::INTEGER_OVERFLOW,
    }
}
