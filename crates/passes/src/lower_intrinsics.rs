//! Lowering of what the optimiser keeps whole: allocation, write barriers, safepoints, throws, CPU tests, and remainders.
//!
//! Allocation pops the free list of its size class in the task and calls the run-time system when it is empty; a barrier
//! tests the object's header; a safepoint tests the task's poll word. The calls are in blocks of their own at the end of
//! the function. All offsets and helpers are `RuntimeAbi`'s. Calls made here are not caught in this function: a
//! front end that wants the exceptions of a throw or a poll caught calls the helper with `try_call`.
//! What is loaded from the task and from headers is in the alias region called [`TASK_REGION`] if the module has it:
//! loads without a region would make a code generator assume that every store may matter to them.
//! Keep-alives stay: they end lifetimes in the code generator.

use rustc_hash::FxHashSet;
use tintype_ir::abi::{HelperId, RuntimeAbi};
use tintype_ir::function::{Block, Function, Inst, Scope, Value, Values};
use tintype_ir::instruction::{BinaryOp, BlockCall, Callee, ConvertOp, InstData, IntCond, MemFlags, TrapCode};
use tintype_ir::module::Module;
use tintype_ir::types::Type;
use tintype_ir::typing;

use crate::effects::may_collect;
use crate::resolve::resolve_aliases;

/// The name of the alias region a module may set aside for the task and the headers of objects. Nothing else may be in it.
pub const TASK_REGION: &str = "task";

/// Lowers every intrinsic. `cpu_has` tells the features of the CPU the code is for. Returns whether anything changed.
pub fn lower_intrinsics(func: &mut Function, module: &Module, cpu_has: &dyn Fn(&str) -> bool) -> bool {
    let blocks = std::mem::take(&mut func.layout.blocks);
    let region = module.regions.iter().find(|(_, name)| *name == TASK_REGION).map(|(region, _)| region);
    let mut lowering = Lowering {
        func,
        abi: &module.abi,
        cpu_has,
        flags: MemFlags { invariant: false, region },
        block: blocks[0],
        cold: Vec::new(),
        scope: None,
        changed: false,
    };
    for block in blocks {
        lowering.visit_block(block);
    }
    let Lowering { cold, changed, .. } = lowering;
    func.layout.blocks.extend(cold);
    if changed {
        resolve_aliases(func);
    }
    changed
}

/// Checks that [`lower_intrinsics`] left none of what it lowers.
///
/// # Errors
/// The first instruction that is still there, with its block.
pub fn verify_lowered(func: &Function) -> Result<(), String> {
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            let name = match &func.dfg.insts[inst] {
                InstData::Alloc { .. } => "alloc",
                InstData::Barrier(_) => "barrier",
                InstData::Safepoint => "safepoint",
                InstData::Throw(_) => "throw",
                InstData::CpuHas(_) => "cpu_has",
                InstData::Binary { op: BinaryOp::Frem, .. } => "frem",
                _ => continue,
            };
            return Err(format!("%{}: {block}: {inst} is a {name} after lowering", func.name));
        }
    }
    Ok(())
}

struct Lowering<'a> {
    func: &'a mut Function,
    abi: &'a RuntimeAbi,
    cpu_has: &'a dyn Fn(&str) -> bool,
    /// Of accesses to the task and to headers.
    flags: MemFlags,
    /// Where instructions go.
    block: Block,
    /// Blocks that are rarely executed, for the end of the function.
    cold: Vec<Block>,
    scope: Option<Scope>,
    changed: bool,
}

impl Lowering<'_> {
    fn visit_block(&mut self, block: Block) {
        self.block = block;
        self.func.layout.blocks.push(block);
        // Objects that need no barrier until the collector may have run: new ones, and those that had theirs.
        let mut writable: FxHashSet<Value> = FxHashSet::default();
        for inst in std::mem::take(&mut self.func.layout.insts[block]) {
            self.scope = self.func.dfg.scopes[inst];
            if may_collect(&self.func.dfg.insts[inst], self.abi) {
                writable.clear();
            }
            self.visit(inst, &mut writable);
        }
    }

    fn visit(&mut self, inst: Inst, writable: &mut FxHashSet<Value>) {
        match self.func.dfg.insts[inst] {
            InstData::Alloc { type_object, size } => {
                let result = self.func.dfg.first_result(inst);
                let object = self.allocate(type_object, size);
                self.func.dfg.replace_with_alias(result, object);
                writable.insert(object);
            }
            InstData::Barrier(object) => {
                if writable.insert(self.func.dfg.resolve(object)) {
                    self.barrier(object);
                }
            }
            InstData::Safepoint => self.safepoint(),
            InstData::Throw(exception) => {
                self.call(self.abi.well_known.throw, &[exception]);
                self.emit_terminator(InstData::Trap(TrapCode::Unreachable));
            }
            InstData::CpuHas(ref feature) => {
                let value = i64::from((self.cpu_has)(feature));
                self.func.dfg.insts[inst] = InstData::Iconst { ty: Type::I8, value };
                self.func.layout.insts[self.block].push(inst);
            }
            InstData::Binary { op: BinaryOp::Frem, args, .. } => {
                let result = self.func.dfg.first_result(inst);
                let remainder = self.remainder(args);
                self.func.dfg.replace_with_alias(result, remainder);
            }
            _ => {
                self.func.layout.insts[self.block].push(inst);
                return;
            }
        }
        self.changed = true;
    }

    // What intrinsics become.

    fn allocate(&mut self, type_object: Value, size: u32) -> Value {
        let allocate = self.abi.well_known.allocate;
        let Some(class) = self.abi.size_class(size) else {
            let size = self.iconst(Type::I64, i64::from(size));
            return self.call(allocate, &[type_object, size]).expect("allocate returns the object");
        };
        let list = (self.abi.task.alloc_buffers + 8 * class as u32) as i32;
        let [slow, fast, done] = std::array::from_fn(|_| self.func.dfg.make_block());
        let object = self.func.dfg.append_param(done, Type::Ref);
        let task = self.emit(InstData::Task);
        let cell = self.load(Type::Ref, task, list);
        let null = self.emit(InstData::Null);
        let is_empty = self.emit(InstData::IntCompare(IntCond::Eq, [cell, null]));
        self.branch(is_empty, slow, fast);

        self.place(fast);
        let next = self.load(Type::I64, cell, 0);
        self.store(self.flags, next, task, list);
        // Without a region: the program may read types in one of its own.
        self.store(MemFlags::default(), type_object, cell, self.abi.object.header_offset);
        self.jump(done, &[cell]);

        self.place_cold(slow);
        let size = self.iconst(Type::I64, i64::from(size));
        let slow_object = self.call(allocate, &[type_object, size]).expect("allocate returns the object");
        self.jump(done, &[slow_object]);

        self.place(done);
        object
    }

    fn barrier(&mut self, object: Value) {
        let header = self.load(Type::I64, object, self.abi.object.header_offset);
        let bit = self.iconst(Type::I64, self.abi.object.unlogged_bit as i64);
        let unlogged = self.emit(InstData::Binary { op: BinaryOp::Band, contract: false, args: [header, bit] });
        self.call_if_nonzero(unlogged, self.abi.well_known.log_object, &[object]);
    }

    fn safepoint(&mut self) {
        let task = self.emit(InstData::Task);
        let poll = self.load(Type::I64, task, self.abi.task.poll as i32);
        self.call_if_nonzero(poll, self.abi.well_known.poll, &[]);
    }

    /// Calls a helper in a cold block if a word is not zero, and goes on in a new block.
    fn call_if_nonzero(&mut self, word: Value, helper: HelperId, args: &[Value]) {
        let [slow, done] = std::array::from_fn(|_| self.func.dfg.make_block());
        let zero = self.iconst(Type::I64, 0);
        let is_set = self.emit(InstData::IntCompare(IntCond::Ne, [word, zero]));
        self.branch(is_set, slow, done);
        self.place_cold(slow);
        self.call(helper, args);
        self.jump(done, &[]);
        self.place(done);
    }

    /// The remainder of two singles is a single, so computing it in double and rounding is exact.
    fn remainder(&mut self, [a, b]: [Value; 2]) -> Value {
        let frem = self.abi.well_known.frem;
        let is_double = self.func.dfg.value_type(a) == Type::F64;
        let convert = |op, ty, arg| InstData::Convert { op, ty, arg };
        if is_double {
            return self.call(frem, &[a, b]).expect("frem returns the remainder");
        }
        let [a, b] = [a, b].map(|operand| self.emit(convert(ConvertOp::Fpromote, Type::F64, operand)));
        let remainder = self.call(frem, &[a, b]).expect("frem returns the remainder");
        self.emit(convert(ConvertOp::Fdemote, Type::F32, remainder))
    }

    // Emitting at the end of the current block.

    fn place(&mut self, block: Block) {
        self.func.layout.blocks.push(block);
        self.block = block;
    }

    fn place_cold(&mut self, block: Block) {
        self.cold.push(block);
        self.block = block;
    }

    fn emit(&mut self, data: InstData) -> Value {
        let types = typing::result_types(&data, &self.func.dfg)
            .unwrap_or_else(|error| panic!("lowering made {data:?}: {error}"));
        let inst = self.push(data, &types);
        self.func.dfg.first_result(inst)
    }

    fn emit_terminator(&mut self, data: InstData) {
        self.push(data, &[]);
    }

    fn push(&mut self, data: InstData, types: &[Type]) -> Inst {
        let inst = self.func.dfg.make_inst(data, types);
        self.func.dfg.scopes[inst] = self.scope;
        self.func.layout.insts[self.block].push(inst);
        inst
    }

    fn iconst(&mut self, ty: Type, value: i64) -> Value {
        self.emit(InstData::Iconst { ty, value })
    }

    fn load(&mut self, ty: Type, base: Value, offset: i32) -> Value {
        self.emit(InstData::Load { ty, flags: self.flags, base, offset })
    }

    fn store(&mut self, flags: MemFlags, value: Value, base: Value, offset: i32) {
        self.push(InstData::Store { flags, args: [value, base], offset }, &[]);
    }

    fn call(&mut self, helper: HelperId, args: &[Value]) -> Option<Value> {
        let types = self.abi.helper(helper).signature.results.clone();
        let data = InstData::Call { callee: Callee::Helper(helper), args: Values::from_slice(args) };
        let inst = self.push(data, &types);
        self.func.dfg.results[inst].first().copied()
    }

    fn jump(&mut self, block: Block, args: &[Value]) {
        self.emit_terminator(InstData::Jump(BlockCall { block, args: Values::from_slice(args) }));
    }

    fn branch(&mut self, cond: Value, then_block: Block, else_block: Block) {
        let [then_dest, else_dest] = [then_block, else_block].map(|block| BlockCall { block, args: Values::new() });
        self.emit_terminator(InstData::Branch { cond, then_dest, else_dest });
    }
}
