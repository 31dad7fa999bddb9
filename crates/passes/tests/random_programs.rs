//! Random programs give the same results before and after every pass, and the verifier is content with them all.
//!
//! The programs are structured: a few variables of several types, stack slots and objects, in nested conditionals,
//! bounded loops, switches and calls, some of which throw. Tags and truth values kept in variables give jump threading
//! something to do. Every program is a function of its seed; a failure prints the seed, the pass and the program.
//! `TINTYPE_SEEDS=n` runs more of them.

use std::sync::Arc;

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::arbitrary::{self, Config, arbitrary_args, arbitrary_module};
use tintype_ir::builder::{FunctionBuilder, Variable, block_call};
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::constant::Constant;
use tintype_ir::dominators::DominatorTree;
use tintype_ir::entity::PrimaryMap;
use tintype_ir::evaluate::Bits;
use tintype_ir::function::{Function, StackSlot, StackSlotData, Value, ValueDef};
use tintype_ir::instruction::{
    BinaryOp, Callee, ConvertOp, FloatCond, InstData, IntCond, MemFlags, OverflowOp, TrapCode, UnaryOp,
};
use tintype_ir::interpret::{BareHost, ErrorKind, Interpreter, Outcome};
use tintype_ir::module::{AliasRegion, FuncId, FunctionDecl, Linkage, Module, SlotDecl, SlotId, SlotKind};
use tintype_ir::text::print_function;
use tintype_ir::types::{Signature, Type};
use tintype_ir::verify::verify_function;
use tintype_passes as passes;

const N_FUNCTIONS: u32 = 3;
const TYPES: [Type; 9] =
    [Type::I64, Type::I64, Type::I64, Type::I32, Type::I8, Type::I8, Type::F64, Type::F32, Type::Ref];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }
}

/// Writes one function.
struct Generator<'a, 'f> {
    random: &'a mut Random,
    builder: FunctionBuilder<'f>,
    module: &'a Module,
    /// Functions that may be called: those before this one.
    n_callees: u32,
    variables: Vec<(Variable, Type)>,
    slots: Vec<StackSlot>,
    /// Statements left.
    budget: u32,
}

impl Generator<'_, '_> {
    fn value(&mut self, ty: Type) -> Value {
        if self.random.one_in(4) {
            return self.constant(ty);
        }
        let candidates: Vec<Variable> =
            self.variables.iter().filter(|(_, other)| *other == ty).map(|(variable, _)| *variable).collect();
        let variable = self.random.pick(&candidates);
        self.builder.use_var(variable)
    }

    fn constant(&mut self, ty: Type) -> Value {
        match ty {
            Type::F64 => {
                let value = self.random.pick(&[0.0, -0.0, 1.0, -2.5, 4.0, 1e300, f64::INFINITY]);
                self.builder.f64const(value)
            }
            Type::F32 => {
                let value = self.random.pick(&[0.0, -0.0, 0.5, 3.0, 1e30]);
                self.builder.f32const(value)
            }
            Type::Ref => self.builder.null(),
            _ => {
                let bits = ty.bits();
                let value = self.random.pick(&[0, 0, 1, 1, -1, 2, 3, 8, i64::MAX, i64::MIN, 0x55, 31, 64]);
                self.builder.iconst(ty, (value << (64 - bits)) >> (64 - bits))
            }
        }
    }

    fn condition(&mut self) -> Value {
        match self.random.below(4) {
            0 => self.value(Type::I8),
            1 => {
                let (a, b) = (self.value(Type::F64), self.value(Type::F64));
                let cond = self.random.pick(FloatCond::ALL);
                self.builder.fcmp(cond, a, b)
            }
            _ => {
                let ty = self.random.pick(&[Type::I64, Type::I64, Type::I32, Type::I8]);
                let (a, b) = (self.value(ty), self.value(ty));
                let cond = self.random.pick(IntCond::ALL);
                self.builder.icmp(cond, a, b)
            }
        }
    }

    fn expression(&mut self, ty: Type) -> Value {
        match ty {
            Type::F64 | Type::F32 => self.float_expression(ty),
            Type::Ref => self.object(),
            Type::I8 if self.random.one_in(2) => self.condition(),
            _ => self.int_expression(ty),
        }
    }

    fn float_expression(&mut self, ty: Type) -> Value {
        let (a, b) = (self.value(ty), self.value(ty));
        match self.random.below(5) {
            0 => {
                let op =
                    self.random.pick(&[UnaryOp::Fneg, UnaryOp::Fabs, UnaryOp::Floor, UnaryOp::Sqrt, UnaryOp::Nearest]);
                self.builder.unary(op, a)
            }
            1 => {
                let x = self.value(Type::I64);
                self.builder.convert(ConvertOp::FcvtFromSint, ty, x)
            }
            2 => {
                let cond = self.condition();
                self.builder.select(cond, a, b)
            }
            _ => {
                let ops =
                    [BinaryOp::Fadd, BinaryOp::Fsub, BinaryOp::Fmul, BinaryOp::Fdiv, BinaryOp::Fmin, BinaryOp::Frem];
                let op = self.random.pick(&ops);
                self.builder.binary(op, a, b)
            }
        }
    }

    fn int_expression(&mut self, ty: Type) -> Value {
        let (a, b) = (self.value(ty), self.value(ty));
        match self.random.below(10) {
            0 => {
                let op =
                    self.random.pick(&[UnaryOp::Ineg, UnaryOp::Bnot, UnaryOp::Clz, UnaryOp::Popcnt, UnaryOp::Bitrev]);
                self.builder.unary(op, a)
            }
            1 => {
                let op = self.random.pick(OverflowOp::ALL);
                let (value, flag) = self.builder.overflow(op, a, b);
                match ty {
                    Type::I8 => self.builder.select(flag, value, flag),
                    _ => {
                        let flag = self.builder.convert(ConvertOp::Uextend, ty, flag);
                        self.builder.binary(BinaryOp::Bxor, value, flag)
                    }
                }
            }
            2 => {
                let cond = self.condition();
                self.builder.select(cond, a, b)
            }
            3 => self.conversion(ty),
            4 => self.load(ty),
            5 if self.random.one_in(6) => {
                let op = self.random.pick(&[BinaryOp::Sdiv, BinaryOp::Udiv, BinaryOp::Srem, BinaryOp::Urem]);
                self.builder.binary(op, a, b)
            }
            _ => {
                let ops = [
                    BinaryOp::Iadd,
                    BinaryOp::Isub,
                    BinaryOp::Imul,
                    BinaryOp::Band,
                    BinaryOp::Bor,
                    BinaryOp::Bxor,
                    BinaryOp::Ishl,
                    BinaryOp::Ushr,
                    BinaryOp::Sshr,
                    BinaryOp::Smin,
                    BinaryOp::Umax,
                    BinaryOp::Smulhi,
                ];
                let op = self.random.pick(&ops);
                self.builder.binary(op, a, b)
            }
        }
    }

    fn conversion(&mut self, ty: Type) -> Value {
        match ty {
            Type::I64 => match self.random.below(4) {
                0 => {
                    let x = self.value(Type::F64);
                    self.builder.convert(ConvertOp::Bitcast, ty, x)
                }
                1 => {
                    let x = self.value(Type::F64);
                    self.builder.convert(ConvertOp::FcvtToSintSat, ty, x)
                }
                2 => {
                    let x = self.value(Type::I8);
                    self.builder.convert(ConvertOp::Uextend, ty, x)
                }
                _ => {
                    let x = self.value(Type::I32);
                    self.builder.convert(ConvertOp::Sextend, ty, x)
                }
            },
            _ => {
                let x = self.value(Type::I64);
                self.builder.convert(ConvertOp::Ireduce, ty, x)
            }
        }
    }

    /// A new object of 24 bytes, sometimes given to somebody.
    fn object(&mut self) -> Value {
        if self.random.one_in(3) {
            return self.value(Type::Ref);
        }
        let type_object = self.builder.slot_value(SlotId::from_u32(0));
        let object = self.builder.alloc(type_object, 24);
        let null = self.builder.null();
        self.builder.store(flags(2), null, object, 16);
        let x = self.value(Type::I64);
        self.builder.store(flags(1), x, object, 0);
        object
    }

    /// An address where a number of this type is, its offset, and its region.
    fn place(&mut self) -> (Value, i32, MemFlags) {
        let slot = self.random.pick(&self.slots.clone());
        let offset = self.random.pick(&[0, 8, 8, 24]);
        let mut base = self.builder.stack_addr(slot, 0);
        if self.random.one_in(12) {
            let x = self.value(Type::I64);
            let eight = self.builder.iconst(Type::I64, 8);
            let step = self.builder.binary(BinaryOp::Band, x, eight);
            base = self.builder.binary(BinaryOp::Iadd, base, step);
        } else if self.random.one_in(4) {
            let eight = self.builder.iconst(Type::I64, -8);
            let moved = self.builder.binary(BinaryOp::Iadd, base, eight);
            return (moved, offset + 8, MemFlags::default());
        }
        (base, offset, MemFlags::default())
    }

    fn load(&mut self, ty: Type) -> Value {
        let (base, offset, flags) = self.place();
        self.builder.load(ty, flags, base, offset)
    }

    fn statements(&mut self, depth: u32) {
        for _ in 0..1 + self.random.below(5) {
            if self.budget == 0 || self.builder.is_terminated() {
                return;
            }
            self.budget -= 1;
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: u32) {
        match self.random.below(16) {
            0..=2 if depth > 0 => self.conditional(depth),
            3..=4 if depth > 0 => self.bounded_loop(depth),
            5 if depth > 0 => self.switch(depth),
            6 => {
                let ty = self.random.pick(&[Type::I64, Type::I64, Type::I64, Type::I32, Type::F64]);
                let value = self.value(ty);
                let (base, offset, flags) = self.place();
                self.builder.store(flags, value, base, offset);
            }
            7 => self.object_access(depth),
            8 if self.n_callees > 0 => self.call(depth),
            9 => drop(self.builder.safepoint()),
            10 if depth < 2 && self.random.one_in(3) => self.leave(),
            _ => {
                let (variable, ty) = self.random.pick(&self.variables.clone());
                let value = self.expression(ty);
                self.builder.def_var(variable, value);
            }
        }
    }

    fn leave(&mut self) {
        match self.random.below(4) {
            0 => {
                let exception = self.builder.null();
                self.builder.throw(exception);
            }
            1 => drop(self.builder.trap(TrapCode::Unreachable)),
            _ => self.finish(),
        }
    }

    /// Reads or writes an object if it is there.
    fn object_access(&mut self, depth: u32) {
        let object = self.value(Type::Ref);
        let null = self.builder.null();
        let there = self.builder.icmp(IntCond::Ne, object, null);
        let [access, join] = std::array::from_fn(|_| self.builder.create_block());
        self.builder.branch(there, access, &[], join, &[]);
        self.builder.switch_to_block(access);
        self.builder.seal_block(access);
        match self.random.below(4) {
            0 => {
                let value = self.value(Type::I64);
                self.builder.store(flags(1), value, object, 0);
            }
            1 => {
                let other = self.value(Type::Ref);
                self.builder.barrier(object);
                self.builder.store(flags(2), other, object, 16);
            }
            2 => {
                let variable = self.variable(Type::Ref);
                let other = self.builder.load(Type::Ref, flags(2), object, 16);
                self.builder.def_var(variable, other);
            }
            _ => {
                let variable = self.variable(Type::I64);
                let value = self.builder.load(Type::I64, flags(1), object, 0);
                self.builder.def_var(variable, value);
            }
        }
        self.builder.keep_alive(&[object]);
        if depth > 0 {
            self.statements(depth - 1);
        }
        self.go(join);
    }

    fn variable(&mut self, ty: Type) -> Variable {
        let candidates: Vec<Variable> =
            self.variables.iter().filter(|(_, other)| *other == ty).map(|(variable, _)| *variable).collect();
        self.random.pick(&candidates)
    }

    /// Ends a part: jumps on unless it ended otherwise, and goes on there.
    fn go(&mut self, join: tintype_ir::function::Block) {
        if !self.builder.is_terminated() {
            self.builder.jump(join, &[]);
        }
        self.builder.switch_to_block(join);
        self.builder.seal_block(join);
    }

    fn conditional(&mut self, depth: u32) {
        let cond = self.condition();
        let [then_block, else_block, join] = std::array::from_fn(|_| self.builder.create_block());
        self.builder.branch(cond, then_block, &[], else_block, &[]);
        self.builder.switch_to_block(then_block);
        self.builder.seal_block(then_block);
        self.statements(depth - 1);
        if !self.builder.is_terminated() {
            self.builder.jump(join, &[]);
        }
        self.builder.switch_to_block(else_block);
        self.builder.seal_block(else_block);
        if self.random.one_in(2) {
            self.statements(depth - 1);
        }
        self.go(join);
    }

    fn bounded_loop(&mut self, depth: u32) {
        let counter = self.builder.declare_var(Type::I64);
        let start = self.builder.iconst(Type::I64, self.random.below(4) as i64);
        self.builder.def_var(counter, start);
        let [header, body, exit] = std::array::from_fn(|_| self.builder.create_block());
        self.builder.jump(header, &[]);
        self.builder.switch_to_block(header);
        let count = self.builder.use_var(counter);
        let more = self.builder.icmp_imm(IntCond::Slt, count, 5);
        let cond = if self.random.one_in(2) {
            let other = self.condition();
            let zero = self.builder.iconst(Type::I8, 0);
            self.builder.select(more, other, zero)
        } else {
            more
        };
        self.builder.branch(cond, body, &[], exit, &[]);
        self.builder.switch_to_block(body);
        self.builder.seal_block(body);
        let count = self.builder.use_var(counter);
        let next = self.builder.iadd_imm(count, 1);
        self.builder.def_var(counter, next);
        self.statements(depth - 1);
        if !self.builder.is_terminated() {
            self.builder.jump(header, &[]);
        }
        self.builder.seal_block(header);
        self.builder.switch_to_block(exit);
        self.builder.seal_block(exit);
    }

    fn switch(&mut self, depth: u32) {
        let index = self.value(Type::I32);
        let cases: Vec<_> = (0..1 + self.random.below(3)).map(|_| self.builder.create_block()).collect();
        let join = self.builder.create_block();
        let targets = cases.iter().map(|&case| block_call(case, &[])).collect();
        self.builder.switch(index, block_call(join, &[]), targets);
        for case in cases {
            self.builder.switch_to_block(case);
            self.builder.seal_block(case);
            self.statements(depth - 1);
            if !self.builder.is_terminated() {
                self.builder.jump(join, &[]);
            }
        }
        self.builder.switch_to_block(join);
        self.builder.seal_block(join);
    }

    fn call(&mut self, depth: u32) {
        let callee = FuncId::from_u32(self.random.below(u64::from(self.n_callees)) as u32);
        let args = [self.value(Type::I64), self.value(Type::I64), self.value(Type::F64)];
        let integer = self.variable(Type::I64);
        let float = self.variable(Type::F64);
        if self.random.one_in(2) {
            let inst = self.builder.call_direct(self.module, callee, &args);
            let results = self.builder.inst_results(inst).to_vec();
            self.builder.def_var(integer, results[0]);
            self.builder.def_var(float, results[1]);
            return;
        }
        let [normal, catch, join] = std::array::from_fn(|_| self.builder.create_block());
        let results = [Type::I64, Type::F64].map(|ty| self.builder.append_block_param(normal, ty));
        let exception = self.builder.append_block_param(catch, Type::Ref);
        self.builder.try_call(Callee::Direct(callee), &args, block_call(normal, &[]), block_call(catch, &[]));
        self.builder.switch_to_block(normal);
        self.builder.seal_block(normal);
        self.builder.def_var(integer, results[0]);
        self.builder.def_var(float, results[1]);
        self.builder.jump(join, &[]);
        self.builder.switch_to_block(catch);
        self.builder.seal_block(catch);
        let object = self.variable(Type::Ref);
        self.builder.def_var(object, exception);
        if depth > 0 {
            self.statements(depth - 1);
        }
        self.go(join);
    }

    /// Returns numbers that depend on much.
    fn finish(&mut self) {
        let mut sum = self.value(Type::I64);
        for index in 0..self.variables.len() {
            let (variable, ty) = self.variables[index];
            let value = self.builder.use_var(variable);
            let part = match ty {
                Type::I64 => value,
                Type::I32 | Type::I8 => self.builder.convert(ConvertOp::Sextend, Type::I64, value),
                Type::Ref => {
                    let null = self.builder.null();
                    let there = self.builder.icmp(IntCond::Ne, value, null);
                    self.builder.convert(ConvertOp::Uextend, Type::I64, there)
                }
                _ => continue,
            };
            let three = self.builder.iconst(Type::I64, 3);
            sum = self.builder.binary(BinaryOp::Imul, sum, three);
            sum = self.builder.binary(BinaryOp::Bxor, sum, part);
        }
        let float = self.value(Type::F64);
        self.builder.ret(&[sum, float]);
    }
}

fn flags(region: u32) -> MemFlags {
    MemFlags { invariant: false, region: Some(AliasRegion::from_u32(region)) }
}

fn generate(seed: u64) -> Module {
    let mut random = Random(seed);
    let mut module = Module::new("random", Arc::new(RuntimeAbi::bare()));
    module.slots.push(SlotDecl { name: "Type".to_owned(), kind: SlotKind::Single });
    module.regions.push("numbers".to_owned());
    module.regions.push("objects".to_owned());
    let signature = Signature::new([Type::I64, Type::I64, Type::F64], [Type::I64, Type::F64]);
    for index in 0..N_FUNCTIONS {
        let name = format!("f{index}");
        let mut func = Function::new(&name, signature.clone());
        write_body(&mut random, &module, &mut func, index);
        let linkage = Linkage::Local;
        module.functions.push(FunctionDecl { name, signature: signature.clone(), linkage, body: Some(func) });
    }
    module
}

fn write_body(random: &mut Random, module: &Module, func: &mut Function, n_callees: u32) {
    let slots = (0..2).map(|_| func.stack_slots.push(StackSlotData { size: 40, align: 8 })).collect();
    let mut builder = FunctionBuilder::new(func);
    let entry = builder.create_entry_block();
    let params = builder.block_params(entry).to_vec();
    let variables: Vec<(Variable, Type)> = TYPES.iter().map(|&ty| (builder.declare_var(ty), ty)).collect();
    for (variable, param) in [(variables[0].0, params[0]), (variables[1].0, params[1]), (variables[6].0, params[2])] {
        builder.def_var(variable, param);
    }
    let budget = 12 + random.below(50) as u32;
    let mut generator = Generator { random, builder, module, n_callees, variables, slots, budget };
    while generator.budget > 0 && !generator.builder.is_terminated() {
        generator.statements(3);
    }
    if !generator.builder.is_terminated() {
        generator.finish();
    }
    generator.builder.finalize();
}

/// What a run showed, in a form that can be compared: NaNs are one, exceptions are one.
#[derive(Debug, PartialEq)]
enum Shown {
    Returned(Vec<String>),
    Threw,
    Trapped(TrapCode),
    TooLong,
}

/// Runs the last function.
fn run(module: &Module, args: &[Bits]) -> Shown {
    let mut interpreter = Interpreter::new(module, BareHost::default());
    interpreter.steps_left = 200_000;
    let (id, decl) = module.functions.iter().last().expect("a function");
    match interpreter.call(id, args) {
        Ok(Outcome::Returned(results)) => {
            let constants = decl.signature.results.iter().zip(results).map(|(&ty, bits)| Constant { ty, bits });
            Shown::Returned(constants.map(|constant| constant.to_string()).collect())
        }
        Ok(Outcome::Threw(_)) => Shown::Threw,
        Ok(Outcome::Trapped(code)) => Shown::Trapped(code),
        Err(error) if error.kind == ErrorKind::StepLimit => Shown::TooLong,
        Err(error) => panic!("the program is wrong: {error}"),
    }
}

type Transformation = (&'static str, fn(&mut Function, &Module));

fn pipeline(func: &mut Function, module: &Module, level: u8) {
    let options = passes::PipelineOptions { level, verify: true, observer: None };
    passes::optimize(func, module, &mut passes::PassContext::default(), &options, &|_| false);
}

/// A function's graph after what most passes ask for.
fn reachable_graph(func: &mut Function) -> ControlFlowGraph {
    passes::remove_unreachable_blocks(func);
    ControlFlowGraph::compute(func)
}

const TRANSFORMATIONS: [Transformation; 15] = [
    ("simplify_cfg", |func, module| {
        passes::simplify_cfg(func, &module.abi);
    }),
    ("simplify_instructions", |func, _| {
        let cfg = ControlFlowGraph::compute(func);
        passes::simplify_instructions(func, &cfg);
    }),
    ("eliminate_dead_code", |func, module| {
        let cfg = reachable_graph(func);
        passes::eliminate_dead_code(func, &cfg, &module.abi);
    }),
    ("remove_redundant_params", |func, _| {
        let cfg = reachable_graph(func);
        passes::remove_redundant_params(func, &cfg);
    }),
    ("replace_aggregates", |func, module| {
        let cfg = reachable_graph(func);
        passes::replace_aggregates(func, &cfg, &module.abi);
    }),
    ("eliminate_common_subexpressions", |func, module| {
        let cfg = reachable_graph(func);
        let dominators = DominatorTree::compute(func, &cfg);
        passes::eliminate_common_subexpressions(func, &cfg, &dominators, &module.abi);
    }),
    ("thread_jumps", |func, module| {
        passes::remove_unreachable_blocks(func);
        passes::thread_jumps(func, &module.abi);
    }),
    ("rotate_loops", |func, _| {
        passes::remove_unreachable_blocks(func);
        passes::rotate_loops(func);
    }),
    ("hoist_loop_invariants", |func, module| {
        passes::remove_unreachable_blocks(func);
        passes::hoist_loop_invariants(func, &module.abi);
    }),
    ("rotate and hoist", |func, module| {
        passes::remove_unreachable_blocks(func);
        passes::rotate_loops(func);
        passes::simplify_cfg(func, &module.abi);
        passes::hoist_loop_invariants(func, &module.abi);
    }),
    ("lower_intrinsics", |func, module| {
        passes::lower_intrinsics(func, module, &|_| false);
        passes::verify_lowered(func).expect("everything is lowered");
    }),
    ("pipeline at level 0", |func, module| pipeline(func, module, 0)),
    ("pipeline at level 1", |func, module| pipeline(func, module, 1)),
    ("pipeline at level 2", |func, module| pipeline(func, module, 2)),
    ("pipeline twice", |func, module| {
        let options = passes::PipelineOptions { level: 2, verify: true, observer: None };
        let mut context = passes::PassContext::default();
        passes::optimize_neutral(func, module, &mut context, &options);
        passes::optimize(func, module, &mut context, &options, &|_| false);
    }),
];

fn transformed(module: &Module, (name, transformation): Transformation) -> Module {
    let mut result = module.clone();
    let ids: Vec<FuncId> = result.functions.keys().collect();
    for id in ids {
        let mut func = result.functions[id].body.take().expect("every function has a body");
        transformation(&mut func, &result);
        if let Err(errors) = verify_function(&result, &func) {
            panic!("{}\nafter {name}: {}\n{}", print_function(&result, &func), errors[0], func.name);
        }
        check_definitions(name, &func);
        result.functions[id].body = Some(func);
    }
    result
}

/// Every operand is a parameter its block still has, or a result its instruction still has.
fn check_definitions(name: &str, func: &Function) {
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            func.dfg.insts[inst].visit_operands(|operand| {
                let found = match func.dfg.values[operand].def {
                    ValueDef::Param(block, index) => func.dfg.params[block].get(usize::from(index)),
                    ValueDef::Result(inst, index) => func.dfg.results[inst].get(usize::from(index)),
                    ValueDef::Alias(_) => panic!("after {name}: {operand} in {inst} is an alias"),
                };
                assert_eq!(found, Some(&operand), "after {name}: the definition of an operand of {inst}");
            });
        }
    }
}

fn print_all(functions: &PrimaryMap<FuncId, FunctionDecl>, module: &Module) -> String {
    functions.values().filter_map(|decl| Some(print_function(module, decl.body.as_ref()?))).collect()
}

/// Puts a module through every transformation.
fn check(name: &str, module: &Module, inputs: &[Vec<Bits>]) {
    for body in module.functions.values().filter_map(|decl| decl.body.as_ref()) {
        if let Err(errors) = verify_function(module, body) {
            panic!("{name}: the generated program is wrong: {}\n{}", errors[0], print_function(module, body));
        }
    }
    let before: Vec<Shown> = inputs.iter().map(|args| run(module, args)).collect();
    for transformation in TRANSFORMATIONS {
        let after_module = std::panic::catch_unwind(|| transformed(module, transformation)).unwrap_or_else(|cause| {
            eprintln!("{}\n{name}: {} failed", print_all(&module.functions, module), transformation.0);
            std::panic::resume_unwind(cause)
        });
        for (args, before) in inputs.iter().zip(&before) {
            let after = run(&after_module, args);
            assert!(
                *before == after || *before == Shown::TooLong,
                "{name}, {args:?}, {}: {before:?} became {after:?}\nbefore:\n{}after:\n{}",
                transformation.0,
                print_all(&module.functions, module),
                print_all(&after_module.functions, &after_module),
            );
        }
    }
}

fn n_seeds(quick: u64) -> u64 {
    std::env::var("TINTYPE_SEEDS").map_or(quick, |count| count.parse().expect("a number of seeds"))
}

#[test]
fn same_results() {
    let inputs: [(i64, i64, f64); 4] = [(0, 0, 0.0), (1, -1, 1.5), (i64::MAX, 2, -0.0), (7, i64::MIN, f64::NAN)];
    let inputs = inputs.map(|(a, b, c)| vec![Bits::from(a as u64), Bits::from(b as u64), Bits::from(c.to_bits())]);
    for seed in 0..n_seeds(300) {
        check(&format!("seed {seed}"), &generate(seed), &inputs);
    }
}

/// The modules back ends are tested with: every type and operation, and variables in registers or in memory.
#[test]
fn same_results_of_arbitrary_modules() {
    let abi = Arc::new(RuntimeAbi::bare());
    for seed in 0..n_seeds(150) {
        let config = Config { variables_in_memory: seed % 3 == 2, ..Config::default() };
        let module = arbitrary_module(seed, &config, abi.clone());
        let signature = &module.functions.values().last().expect("a function").signature;
        let mut random = arbitrary::Random::new(seed);
        let inputs: Vec<_> = (0..3).map(|_| arbitrary_args(&mut random, signature)).collect();
        check(&format!("arbitrary module {seed}"), &module, &inputs);
    }
}

/// The programs must do what they are for: most return, and loops, objects and exceptions occur.
#[test]
fn programs_are_not_trivial() {
    let modules: Vec<Module> = (0..60).map(generate).collect();
    let outcomes: Vec<Shown> = modules.iter().map(|module| run(module, &[3, 5, 0])).collect();
    let n_returned = outcomes.iter().filter(|outcome| matches!(outcome, Shown::Returned(_))).count();
    assert!(n_returned > 30, "only {n_returned} of 60 return");
    let has = |wanted: fn(&InstData) -> bool| {
        modules.iter().any(|module| {
            module
                .functions
                .values()
                .any(|decl| decl.body.as_ref().is_some_and(|body| body.dfg.insts.values().any(wanted)))
        })
    };
    assert!(has(|data| matches!(data, InstData::Alloc { .. })));
    assert!(has(|data| matches!(data, InstData::TryCall { .. })));
    assert!(has(|data| matches!(data, InstData::Switch { .. })));
}
