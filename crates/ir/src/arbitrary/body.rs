//! Random function bodies: statements, nested in structured control flow, and one irreducible kind.
//!
//! Values flow through a pool of those that dominate the current point, through variables (which exercise the builder's
//! SSA construction), through block parameters and through memory.

use rustc_hash::FxHashMap;

use super::random::Random;
use super::{Config, operations};
use crate::builder::{FunctionBuilder, Variable, block_call};
use crate::entity::EntityRef;
use crate::function::{Block, Function, StackSlot, StackSlotData, Value};
use crate::instruction::{Callee, IntCond, MemFlags, TrapCode};
use crate::module::{FuncId, Module, SlotId};
use crate::types::{Signature, Type};

/// Steps a function may take, about.
const COST_LIMIT: u64 = 40_000;
/// Variables of a function.
const VARIABLES: u32 = 6;

/// Where `break` and `continue` go.
#[derive(Clone, Copy)]
struct Loop {
    go_on: Block,
    exit: Block,
}

/// Generates one function.
pub(super) struct BodyGenerator<'a, 'f> {
    pub(super) random: &'a mut Random,
    pub(super) config: &'a Config,
    pub(super) module: &'a Module,
    /// Steps of the functions so far.
    costs: &'a [u64],
    pub(super) builder: FunctionBuilder<'f>,
    pub(super) variables: Vec<(Variable, Type)>,
    /// The variables that are in memory.
    homes: FxHashMap<Variable, (StackSlot, Type)>,
    /// An `i64` into which other values are mixed and which is returned first, so that little is computed in vain.
    pub(super) checksum: Variable,
    /// Values that dominate the current point.
    pub(super) pool: Vec<(Type, Value)>,
    /// Allocated objects among them.
    pub(super) objects: Vec<Value>,
    /// A stack slot of 16-byte cells, each of one type.
    pub(super) cells: (StackSlot, Vec<Type>),
    /// A stack slot that is read and written as integers at any offset.
    pub(super) bytes: StackSlot,
    loops: Vec<Loop>,
    depth: u32,
    /// How often the current point is reached, at most.
    multiplier: u64,
    cost: u64,
}

impl<'a> BodyGenerator<'a, '_> {
    /// A body, and about how many steps it takes at most.
    pub(super) fn generate(
        random: &'a mut Random,
        config: &'a Config,
        module: &'a Module,
        costs: &'a [u64],
        name: &str,
        signature: &Signature,
    ) -> (Function, u64) {
        let mut func = Function::new(name, signature.clone());
        let cell_types: Vec<Type> = (0..4).map(|_| random.pick(&config.types)).collect();
        let cells = func.stack_slots.push(StackSlotData { size: 16 * cell_types.len() as u32, align: 16 });
        let bytes = func.stack_slots.push(StackSlotData { size: operations::BYTES, align: 8 });
        let mut builder = FunctionBuilder::new(&mut func);
        // Replaced once there is an entry block.
        let checksum = builder.declare_var(Type::I64);
        let mut generator = BodyGenerator {
            random,
            config,
            module,
            costs,
            builder,
            variables: Vec::new(),
            homes: FxHashMap::default(),
            checksum,
            pool: Vec::new(),
            objects: Vec::new(),
            cells: (cells, cell_types),
            bytes,
            loops: Vec::new(),
            depth: 0,
            multiplier: 1,
            cost: 0,
        };
        generator.prologue();
        if generator.statements(config.statements) {
            generator.return_values();
        }
        let cost = generator.cost;
        generator.builder.finalize();
        (func, cost)
    }

    /// The entry block: parameters, variables, and memory that is written before anything reads it.
    fn prologue(&mut self) {
        let entry = self.builder.create_entry_block();
        self.checksum = self.declare_variable(Type::I64);
        let params = self.builder.block_params(entry).to_vec();
        self.pool.extend(params.iter().map(|&param| (self.builder.value_type(param), param)));
        for _ in 0..VARIABLES {
            let ty = self.random.pick(&self.config.types);
            let variable = self.declare_variable(ty);
            // A variable without an assignment is zero.
            if !self.random.one_in(4) {
                let value = self.value(ty);
                self.define_variable(variable, value);
            }
            self.variables.push((variable, ty));
        }
        self.initialize_slots();
    }

    /// A variable that holds zero.
    fn declare_variable(&mut self, ty: Type) -> Variable {
        let variable = self.builder.declare_var(ty);
        if self.config.variables_in_memory {
            let slot = self.builder.func.stack_slots.push(StackSlotData { size: ty.bytes(), align: 16 });
            self.homes.insert(variable, (slot, ty));
            let zero = self.builder.use_var(variable);
            self.define_variable(variable, zero);
        }
        variable
    }

    pub(super) fn define_variable(&mut self, variable: Variable, value: Value) {
        let Some(&(slot, _)) = self.homes.get(&variable) else { return self.builder.def_var(variable, value) };
        let address = self.builder.stack_addr(slot, 0);
        self.builder.store(MemFlags::default(), value, address, 0);
    }

    pub(super) fn use_variable(&mut self, variable: Variable) -> Value {
        let Some(&(slot, ty)) = self.homes.get(&variable) else { return self.builder.use_var(variable) };
        let address = self.builder.stack_addr(slot, 0);
        self.builder.load(ty, MemFlags::default(), address, 0)
    }

    /// Some statements; whether the current block is still open after them.
    fn statements(&mut self, count: u32) -> bool {
        (0..1 + self.random.below(count)).all(|_| self.statement())
    }

    fn statement(&mut self) -> bool {
        self.cost += 3 * self.multiplier;
        let nested = self.depth < self.config.depth;
        match self.random.below(32) {
            0..=2 if nested => self.if_else(),
            3 if nested => self.switch(),
            4..=5 if nested && self.multiplier < 200 => self.counted_loop(),
            6 if nested && self.multiplier < 200 => self.irreducible_loop(),
            7 if nested => self.guarded_end(),
            8..=9 => self.call(),
            10 if nested && self.config.exceptions => self.try_call(),
            11..=13 => {
                self.assign();
                true
            }
            14..=17 => {
                self.memory_operation();
                true
            }
            18 if self.depth > 0 => self.break_or_continue(),
            _ => {
                self.operation();
                true
            }
        }
    }

    fn assign(&mut self) {
        let (variable, ty) = self.random.pick(&self.variables);
        let value = self.value(ty);
        self.define_variable(variable, value);
        self.mix(value);
    }

    /// Runs `body` in a block of its own, whose values are forgotten afterwards. Whether it is still open.
    fn scoped(&mut self, block: Block, body: impl FnOnce(&mut Self) -> bool) -> bool {
        let (pool, objects) = (self.pool.len(), self.objects.len());
        self.depth += 1;
        self.builder.switch_to_block(block);
        let open = body(self);
        self.depth -= 1;
        self.pool.truncate(pool);
        self.objects.truncate(objects);
        open
    }

    /// Goes on at `block`, if any arm came out; its parameters are new values.
    fn resume(&mut self, block: Block, any_open: bool) -> bool {
        if any_open {
            self.builder.switch_to_block(block);
            self.builder.seal_block(block);
            let params = self.builder.block_params(block).to_vec();
            self.pool.extend(params.into_iter().map(|param| (self.builder.value_type(param), param)));
        }
        any_open
    }

    /// An arm that ends in a jump to `join` with an argument.
    fn arm(&mut self, block: Block, join: Block, ty: Type) -> bool {
        self.builder.seal_block(block);
        self.scoped(block, |generator| {
            let open = generator.statements(4);
            if open {
                let arg = generator.value(ty);
                generator.builder.jump(join, &[arg]);
            }
            open
        })
    }

    fn if_else(&mut self) -> bool {
        let cond = self.value(Type::I8);
        let [left, right, join] = std::array::from_fn(|_| self.builder.create_block());
        let ty = self.random.pick(&self.config.types);
        self.builder.append_block_param(join, ty);
        let one_armed = self.random.one_in(3);
        if one_armed {
            let arg = self.value(ty);
            self.builder.branch(cond, left, &[], join, &[arg]);
        } else {
            self.builder.branch(cond, left, &[], right, &[]);
        }
        let left_open = self.arm(left, join, ty);
        let right_open = one_armed || self.arm(right, join, ty);
        self.resume(join, left_open || right_open)
    }

    fn switch(&mut self) -> bool {
        let (index, ty) = (self.value(Type::I32), self.random.pick(&self.config.types));
        let three = self.builder.iconst(Type::I32, 3);
        let index = if self.random.one_in(2) { self.builder.band(index, three) } else { index };
        let join = self.builder.create_block();
        self.builder.append_block_param(join, ty);
        let arms: Vec<Block> = (0..1 + self.random.below(3)).map(|_| self.builder.create_block()).collect();
        let direct = self.value(ty);
        let default = block_call(join, &[direct]);
        let count = arms.len() as u32 + 1;
        let targets = (0..count)
            .map(|_| match arms.get(self.random.below(count) as usize) {
                Some(&arm) => block_call(arm, &[]),
                None => default.clone(),
            })
            .collect();
        self.builder.switch(index, default, targets);
        for arm in arms {
            // An arm may have no edge at all: then it is unreachable code.
            self.arm(arm, join, ty);
        }
        self.resume(join, true)
    }

    /// A loop that counts up to a small number, tested at its top or at its bottom.
    fn counted_loop(&mut self) -> bool {
        let trips = 1 + self.random.below(5);
        let [header, body, exit] = std::array::from_fn(|_| self.builder.create_block());
        let counter = self.counter(0);
        let bottom_tested = self.random.one_in(2);
        self.builder.jump(header, &[]);
        self.multiplier *= u64::from(trips);
        // The bottom is the only test of such a loop: going on without it would never end.
        self.loops.push(Loop { go_on: if bottom_tested { exit } else { header }, exit });
        self.scoped(header, |generator| {
            let count = generator.use_variable(counter);
            generator.pool.push((Type::I64, count));
            // Counting comes first, so that `continue` gets on.
            let next = generator.builder.iadd_imm(count, 1);
            generator.define_variable(counter, next);
            let more = generator.builder.icmp_imm(IntCond::Slt, count, i64::from(trips));
            if !bottom_tested {
                generator.builder.branch(more, body, &[], exit, &[]);
                generator.builder.seal_block(body);
                generator.builder.switch_to_block(body);
            }
            if generator.statements(6) {
                match bottom_tested {
                    true => generator.builder.branch(more, header, &[], exit, &[]),
                    false => generator.builder.jump(header, &[]),
                };
            }
            true
        });
        self.loops.pop();
        self.multiplier /= u64::from(trips);
        self.builder.seal_block(header);
        let reached = !bottom_tested || self.builder.has_edges(exit);
        self.resume(exit, reached)
    }

    /// Two blocks that go round between each other and are entered at either, counting down.
    fn irreducible_loop(&mut self) -> bool {
        let trips = 2 + self.random.below(4);
        let [a, b, exit] = std::array::from_fn(|_| self.builder.create_block());
        let counter = self.counter(i64::from(trips));
        let cond = self.value(Type::I8);
        self.builder.branch(cond, a, &[], b, &[]);
        self.multiplier *= u64::from(trips);
        for (block, other) in [(a, b), (b, a)] {
            self.scoped(block, |generator| {
                let count = generator.use_variable(counter);
                let next = generator.builder.iadd_imm(count, -1);
                generator.define_variable(counter, next);
                for _ in 0..3 {
                    generator.operation();
                    generator.assign();
                }
                let more = generator.builder.icmp_imm(IntCond::Sgt, next, 0);
                generator.builder.branch(more, other, &[], exit, &[]);
                true
            });
        }
        self.multiplier /= u64::from(trips);
        self.builder.seal_block(a);
        self.builder.seal_block(b);
        self.resume(exit, true)
    }

    /// A variable nothing else assigns.
    fn counter(&mut self, start: i64) -> Variable {
        let counter = self.declare_variable(Type::I64);
        let start = self.builder.iconst(Type::I64, start);
        self.define_variable(counter, start);
        counter
    }

    fn break_or_continue(&mut self) -> bool {
        let Some(&Loop { go_on, exit }) = self.loops.last() else { return true };
        let target = if self.random.one_in(2) { go_on } else { exit };
        let next = self.builder.create_block();
        let cond = self.value(Type::I8);
        self.builder.branch(cond, target, &[], next, &[]);
        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
        true
    }

    /// A branch to an early end: a return, a throw, or a trap that is never reached.
    fn guarded_end(&mut self) -> bool {
        let [end, go_on] = std::array::from_fn(|_| self.builder.create_block());
        let kind = self.random.below(3);
        let cond = match kind {
            // Nothing is below zero without a sign.
            0 => {
                let value = self.value(Type::I64);
                self.builder.icmp_imm(IntCond::Ult, value, 0)
            }
            _ => self.value(Type::I8),
        };
        self.builder.branch(cond, end, &[], go_on, &[]);
        self.builder.seal_block(end);
        self.scoped(end, |generator| {
            match kind {
                0 => drop(generator.builder.trap(TrapCode::Unreachable)),
                1 if generator.config.exceptions => {
                    let exception = generator.exception();
                    generator.builder.throw(exception);
                }
                _ => generator.return_values(),
            }
            false
        });
        self.resume(go_on, true)
    }

    fn return_values(&mut self) {
        let types = self.builder.func.signature.results.clone();
        let checksum = self.use_variable(self.checksum);
        let mut values = vec![checksum];
        values.extend(types.into_iter().skip(1).map(|ty| self.value(ty)));
        self.builder.ret(&values);
    }

    /// An object to throw: one of the slots'.
    fn exception(&mut self) -> Value {
        let slot = self.random.below(self.module.slots.len() as u32);
        self.builder.slot_value(SlotId::from_u32(slot))
    }

    /// A function that may be called here, with its arguments.
    fn callee(&mut self) -> Option<(FuncId, Vec<Value>)> {
        let affordable = |&id: &FuncId| self.cost + self.costs[id.index()] * self.multiplier < COST_LIMIT;
        let ids: Vec<FuncId> = self.module.functions.keys().filter(affordable).collect();
        if ids.is_empty() {
            return None;
        }
        let id = self.random.pick(&ids);
        self.cost += self.costs[id.index()] * self.multiplier;
        let params = self.module.functions[id].signature.params.clone();
        Some((id, params.into_iter().map(|ty| self.value(ty)).collect()))
    }

    /// The callee as it is, or by its address.
    fn direct_or_indirect(&mut self, id: FuncId) -> Callee {
        if !self.random.one_in(3) {
            return Callee::Direct(id);
        }
        let signature = self.builder.func.dfg.signatures.push(self.module.functions[id].signature.clone());
        Callee::Indirect(signature, self.builder.func_addr(id))
    }

    fn call(&mut self) -> bool {
        let Some((id, args)) = self.callee() else { return true };
        let callee = self.direct_or_indirect(id);
        let inst = self.builder.call(callee, &args, &self.module.functions[id].signature.results);
        self.push_results(inst);
        self.mix_newest();
        true
    }

    /// A call with a handler; or a throw through the helper, which never comes back.
    fn try_call(&mut self) -> bool {
        let callee = if self.random.one_in(4) { None } else { self.callee() };
        let [normal, catch, join] = std::array::from_fn(|_| self.builder.create_block());
        let ty = self.random.pick(&self.config.types);
        self.builder.append_block_param(join, ty);
        let (callee, args, results) = match callee {
            Some((id, args)) => {
                (self.direct_or_indirect(id), args, self.module.functions[id].signature.results.clone())
            }
            None => (Callee::Helper(self.module.abi.well_known.throw), vec![self.exception()], Vec::new()),
        };
        let returns = !matches!(callee, Callee::Helper(_));
        for result in results {
            self.builder.append_block_param(normal, result);
        }
        self.builder.append_block_param(catch, Type::Ref);
        self.builder.append_block_param(catch, ty);
        let extra = self.value(ty);
        self.builder.try_call(callee, &args, block_call(normal, &[]), block_call(catch, &[extra]));
        let normal_open = match returns {
            true => self.handled(normal, join, ty),
            false => {
                self.builder.seal_block(normal);
                self.scoped(normal, |generator| {
                    generator.builder.trap(TrapCode::Unreachable);
                    false
                })
            }
        };
        let catch_open = self.handled(catch, join, ty);
        self.resume(join, normal_open || catch_open)
    }

    /// An arm whose parameters are values to work with.
    fn handled(&mut self, block: Block, join: Block, ty: Type) -> bool {
        self.builder.seal_block(block);
        self.scoped(block, |generator| {
            let params = generator.builder.block_params(block).to_vec();
            generator.pool.extend(params.iter().map(|&param| (generator.builder.value_type(param), param)));
            let open = generator.statements(3);
            if open {
                let arg = generator.value(ty);
                generator.builder.jump(join, &[arg]);
            }
            open
        })
    }
}
