//! Translation of one body: its state, its entry, the order of its blocks, and what lies off the common path.
//!
//! Variables of the body become variables of the IR builder, one per register of their representation, which makes SSA
//! of them. Results of statements are SSA values already. Checks that fail go to cold blocks, which are filled last so
//! that they lie behind the rest. What statements do is in the other files.

use smallvec::SmallVec;
use tintype_hir::{Operand, TypeRef, TypedBody};
use tintype_ir::builder::{FunctionBuilder, Variable};
use tintype_ir::function::{Block, Function, Scope, ScopeData, StackSlot, Value as Reg};
use tintype_ir::instruction::{MemFlags, TrapCode};
use tintype_ir::types::Type;
use tintype_runtime::objects::*;
use tintype_runtime::{Context, helpers};

use crate::flow::{BlockRange, Flow, successors};
use crate::module::{Job, ModuleBuilder};
use crate::representation::Repr;

/// A value during translation: how it is represented, and in which registers it is.
#[derive(Clone)]
pub(crate) struct Val {
    pub repr: Repr,
    pub regs: SmallVec<[Reg; 4]>,
}

impl Val {
    pub fn new(repr: Repr, regs: SmallVec<[Reg; 4]>) -> Val {
        Val { repr, regs }
    }

    pub fn never() -> Val {
        Val { repr: Repr::Never, regs: SmallVec::new() }
    }

    pub fn constant(value: Value) -> Val {
        Val { repr: Repr::Const(value), regs: SmallVec::new() }
    }

    pub fn object(ty: Value, reg: Reg) -> Val {
        Val { repr: Repr::Object(ty), regs: SmallVec::from_slice(&[reg]) }
    }

    /// The value, if it is known.
    pub fn known(&self) -> Option<Value> {
        match self.repr {
            Repr::Const(value) => Some(value),
            _ => None,
        }
    }
}

/// A variable of the body.
pub(crate) struct SlotState {
    pub repr: Repr,
    pub variables: SmallVec<[Variable; 4]>,
    /// An `i8` that says whether it is defined, where that is not certain.
    pub defined: Option<Variable>,
}

/// A try region of the body.
pub(crate) struct RegionState {
    /// Where exceptions arrive; made with the first call that may throw.
    pub landing: Option<Block>,
    /// How many exceptions were being handled when it was entered (`i64`).
    pub n_exceptions: Variable,
}

/// A check that failed.
pub(crate) struct Cold {
    block: Block,
    scope: Option<Scope>,
    region: Option<usize>,
    action: ColdAction,
}

/// What a failed check does. It never comes back.
pub(crate) enum ColdAction {
    /// A helper that throws.
    Throw(usize, SmallVec<[Reg; 4]>),
    /// The built-in function that throws for these arguments.
    Builtin(u16, Vec<Val>),
}

/// See the module's text.
pub(crate) struct Translator<'t, 'm, 'f> {
    pub cx: &'m Context,
    pub m: &'t mut ModuleBuilder<'m>,
    pub b: FunctionBuilder<'f>,
    pub typed: &'t TypedBody,
    pub literals: Option<Gc<SimpleVector>>,
    pub static_params: Gc<SimpleVector>,
    pub flow: Flow,
    pub results: Vec<Option<Val>>,
    pub slots: Vec<SlotState>,
    pub regions: Vec<RegionState>,
    /// The innermost open region.
    pub region: Option<usize>,
    /// How the function returns its result.
    pub result: Repr,
    blocks: Vec<Option<Block>>,
    unseen_predecessors: Vec<u32>,
    outgoing: Option<StackSlot>,
    cold: Vec<Cold>,
    scopes: Vec<Option<Scope>>,
    /// How frames of the function are named in backtraces.
    label: String,
}

/// Fills the specialised function of a code.
pub(crate) fn specialized(m: &mut ModuleBuilder<'_>, func: &mut Function, job: &Job) {
    let signature = job.signature.clone().expect("a specialised function has a signature");
    let mut translator = Translator::new(m, func, job, signature.result.clone());
    let entry = translator.b.create_entry_block();
    let mut regs: SmallVec<[Reg; 8]> = SmallVec::from_slice(translator.b.block_params(entry));
    let mut arguments = Vec::with_capacity(signature.params.len());
    for repr in &signature.params {
        let n = repr.ir_types().len();
        let index = signature.ir.params.len() - regs.len();
        if let Some(bytes) = object_bytes(repr) {
            translator.b.func.readable.push((index as u16, bytes));
        }
        arguments.push(Val::new(repr.clone(), regs.drain(..n).collect()));
    }
    translator.enter(arguments);
    translator.run();
}

/// How many bytes an object of the representation has at least, where its type says so.
fn object_bytes(repr: &Repr) -> Option<u32> {
    let Repr::Object(ty) = repr else { return None };
    let ty = ty.get::<DataType>()?;
    (ty.is_concrete() && ty.has(flags::HAS_LAYOUT) && !ty.is_type_type()).then_some(ty.layout.size)
}

/// Fills the boxed function of a code with a small body: a copy of the specialised one.
pub(crate) fn boxed_small(m: &mut ModuleBuilder<'_>, func: &mut Function, job: &Job) {
    let signature = job.signature.clone().expect("a specialised function has a signature");
    let any = m.cx.well_known().any().erase();
    let mut translator = Translator::new(m, func, job, Repr::Object(any));
    let entry = translator.b.create_entry_block();
    let (callee, memory) = (translator.b.block_params(entry)[0], translator.b.block_params(entry)[1]);
    let arguments = signature.params.iter().enumerate().map(|(index, repr)| {
        if repr.ir_types().is_empty() {
            return Val::new(repr.clone(), SmallVec::new());
        }
        let object = match index {
            0 => callee,
            _ => translator.b.load(Type::Ref, MemFlags::default(), memory, 8 * (index as i32 - 1)),
        };
        translator.convert_to(&Val::object(repr.ty(translator.cx), object), repr)
    });
    let arguments = arguments.collect();
    translator.enter(arguments);
    translator.run();
}

/// Fills the boxed function of a code whose argument list has no fixed length.
pub(crate) fn boxed(m: &mut ModuleBuilder<'_>, func: &mut Function, job: &Job) {
    let any = m.cx.well_known().any().erase();
    let mut translator = Translator::new(m, func, job, Repr::Object(any));
    let entry = translator.b.create_entry_block();
    let [callee, args, n_args, _] = <[Reg; 4]>::try_from(translator.b.block_params(entry)).expect("four parameters");
    let body = &job.typed.body;
    let n_plain = body.n_params as usize - usize::from(body.is_vararg);
    let mut arguments = Vec::new();
    for index in 0..n_plain {
        let object = match index {
            0 => callee,
            _ => translator.b.load(Type::Ref, MemFlags::default(), args, 8 * (index as i32 - 1)),
        };
        arguments.push(Val::object(any, object));
    }
    if body.is_vararg {
        let skipped = n_plain as i64 - 1;
        let rest = translator.b.iadd_imm(args, 8 * skipped);
        let n_rest = translator.b.iadd_imm(n_args, -skipped);
        let tuple = builtin_number(tintype_runtime::builtins::Builtin::Tuple);
        let number = translator.b.iconst(Type::I64, tuple);
        let tuple = translator.helper(helpers::CALL_BUILTIN, &[number, rest, n_rest])[0];
        arguments.push(Val::object(any, tuple));
    }
    translator.set_parameters(arguments);
    translator.run();
}

pub(crate) fn builtin_number(builtin: tintype_runtime::builtins::Builtin) -> i64 {
    i64::from(builtin.number())
}

impl<'t, 'm, 'f> Translator<'t, 'm, 'f> {
    fn new(m: &'t mut ModuleBuilder<'m>, func: &'f mut Function, job: &'t Job, result: Repr) -> Self {
        let body = &job.typed.body;
        let flow = Flow::compute(body);
        let mut translator = Self {
            cx: m.cx,
            b: FunctionBuilder::new(func),
            typed: &job.typed,
            literals: job.code.literals.get(),
            static_params: job.method_instance.static_params,
            results: vec![None; body.statements.len()],
            slots: Vec::new(),
            regions: Vec::new(),
            region: None,
            result,
            blocks: vec![None; body.statements.len()],
            unseen_predecessors: flow.n_predecessors.clone(),
            outgoing: None,
            cold: Vec::new(),
            scopes: vec![None; body.lines.len()],
            label: tintype_runtime::exceptions::frames::label(m.cx, job.method_instance),
            flow,
            m,
        };
        translator.declare_slots();
        translator.regions = (0..translator.flow.regions.len())
            .map(|_| RegionState { landing: None, n_exceptions: translator.b.declare_var(Type::I64) })
            .collect();
        translator
    }

    /// For a function around the specialised one, which has no statements of its own.
    pub fn for_wrapper(m: &'t mut ModuleBuilder<'m>, func: &'f mut Function, job: &'t Job) -> Self {
        Self::new(m, func, job, Repr::Never)
    }

    fn declare_slots(&mut self) {
        for (slot, info) in self.typed.body.slots.iter().enumerate() {
            let repr = self.repr_of(self.typed.slot_types[slot]);
            let variables = repr.ir_types().iter().map(|&ty| self.b.declare_var(ty)).collect();
            let defined = info.maybe_undefined.then(|| self.b.declare_var(Type::I8));
            self.slots.push(SlotState { repr, variables, defined });
        }
    }

    /// Takes the arguments of the call: those of a vararg parameter become its tuple.
    fn enter(&mut self, mut arguments: Vec<Val>) {
        let body = &self.typed.body;
        if body.is_vararg {
            let rest = arguments.split_off(body.n_params as usize - 1);
            let tuple = self.make_tuple(&rest);
            arguments.push(tuple);
        }
        self.set_parameters(arguments);
    }

    fn set_parameters(&mut self, arguments: Vec<Val>) {
        for (slot, argument) in arguments.into_iter().enumerate() {
            self.set_slot(slot as u32, &argument);
        }
    }

    /// Translates the body from the end of the entry block on.
    fn run(mut self) {
        let first = self.block_at(0);
        self.b.jump(first, &[]);
        let order = std::mem::take(&mut self.flow.order);
        for range in &order {
            self.translate_block(*range);
        }
        for cold in std::mem::take(&mut self.cold) {
            self.fill_cold(cold);
        }
        self.b.finalize();
    }

    fn translate_block(&mut self, range: BlockRange) {
        let start = range.start;
        self.fill_landings(start);
        let block = self.block_at(start);
        // A block that nothing jumps to, or will, is not placed: all that leads to it ends before.
        if self.b.has_edges(block) || self.unseen_predecessors[start] != 0 {
            self.b.switch_to_block(block);
            if self.unseen_predecessors[start] == 0 && !self.flow.is_handler[start] {
                self.b.seal_block(block);
            }
            self.region = self.flow.region[start];
            for at in range.start..range.end {
                self.set_line(at);
                self.statement(at);
            }
            if !self.b.is_terminated() {
                let next = self.block_at(range.end);
                self.b.jump(next, &[]);
            }
        }
        for next in successors(&self.typed.body, range.end - 1) {
            self.unseen_predecessors[next] -= 1;
            if self.unseen_predecessors[next] == 0
                && !self.flow.is_handler[next]
                && let Some(block) = self.blocks[next]
            {
                self.b.seal_block(block);
            }
        }
    }

    /// Fills the blocks where exceptions of the regions of this handler arrive: the run-time system notes the exception
    /// as the one being handled.
    fn fill_landings(&mut self, handler: usize) {
        if !self.flow.is_handler[handler] {
            return;
        }
        for region in 0..self.regions.len() {
            if self.flow.regions[region].handler != handler {
                continue;
            }
            let Some(landing) = self.regions[region].landing else { continue };
            let exception = self.b.block_params(landing)[0];
            self.b.switch_to_block(landing);
            self.region = self.flow.regions[region].parent;
            let n_exceptions = self.b.use_var(self.regions[region].n_exceptions);
            self.helper(helpers::ENTER_HANDLER, &[exception, n_exceptions]);
            let block = self.block_at(handler);
            self.b.jump(block, &[]);
        }
    }

    /// The block that starts at a statement.
    pub fn block_at(&mut self, statement: usize) -> Block {
        *self.blocks[statement].get_or_insert_with(|| self.b.create_block())
    }

    /// Where exceptions thrown here arrive in this function, if they do.
    pub fn landing(&mut self) -> Option<Block> {
        let region = self.region?;
        if let Some(landing) = self.regions[region].landing {
            return Some(landing);
        }
        let landing = self.b.create_block();
        self.b.append_block_param(landing, Type::Ref);
        self.regions[region].landing = Some(landing);
        Some(landing)
    }

    /// A new block that only the next terminators of the current block will lead to.
    pub fn new_block(&mut self) -> Block {
        self.b.create_block()
    }

    /// Continues in a block all of whose predecessors are there.
    pub fn continue_in(&mut self, block: Block) {
        self.b.switch_to_block(block);
        self.b.seal_block(block);
    }

    /// Ends the block: control never gets here. What is translated after it goes to a block of its own that nothing
    /// reaches.
    pub fn never_here(&mut self) {
        self.b.trap(TrapCode::Unreachable);
        let dead = self.new_block();
        self.continue_in(dead);
    }

    /// Leaves the common path if the condition (`i8`) holds.
    pub fn fail_if(&mut self, condition: Reg, action: ColdAction) {
        let (bad, good) = (self.new_block(), self.new_block());
        self.b.branch(condition, bad, &[], good, &[]);
        self.b.seal_block(bad);
        self.cold.push(Cold { block: bad, scope: self.b.scope(), region: self.region, action });
        // The region's landing must be there when its handler is translated.
        self.landing();
        self.continue_in(good);
    }

    fn fill_cold(&mut self, cold: Cold) {
        self.b.switch_to_block(cold.block);
        self.b.set_scope(cold.scope);
        self.region = cold.region;
        match cold.action {
            ColdAction::Throw(helper, args) => {
                self.helper(helper, &args);
            }
            ColdAction::Builtin(number, arguments) => {
                self.call_builtin(number, &arguments);
            }
        }
        self.b.trap(TrapCode::Unreachable);
    }

    /// The place of outgoing boxed arguments, made as large as the largest call needs.
    pub fn outgoing(&mut self, n: usize) -> Reg {
        let slot = match self.outgoing {
            Some(slot) => slot,
            None => {
                let data = tintype_ir::function::StackSlotData { size: 8, align: 8 };
                let slot = self.b.func.stack_slots.push(data);
                self.outgoing = Some(slot);
                slot
            }
        };
        let size = &mut self.b.func.stack_slots[slot].size;
        *size = (*size).max(8 * n as u32);
        self.b.stack_addr(slot, 0)
    }

    fn set_line(&mut self, statement: usize) {
        let line = self.typed.body.statements[statement].line as usize;
        let scope = self.scope_of(line);
        self.b.set_scope(Some(scope));
    }

    /// The scope of a line. A call a line was inlined through comes before the line, as the IR wants it.
    fn scope_of(&mut self, line: usize) -> Scope {
        let mut pending = vec![line];
        while let Some(&at) = pending.last() {
            let info = &self.typed.body.lines[at];
            let outer = info.inlined_at.map(|outer| outer as usize);
            if let Some(outer) = outer
                && self.scopes[outer].is_none()
                && !pending.contains(&outer)
            {
                pending.push(outer);
                continue;
            }
            pending.pop();
            if self.scopes[at].is_none() {
                let scope = ScopeData {
                    function: if outer.is_none() { self.label.clone() } else { info.function.to_string() },
                    file: info.file.to_string(),
                    line: info.line,
                    inlined_at: outer.and_then(|outer| self.scopes[outer]),
                };
                self.scopes[at] = Some(self.b.func.scopes.push(scope));
            }
        }
        self.scopes[line].expect("the line was just entered")
    }

    /// The value of a literal.
    pub fn literal(&self, literal: u32) -> Value {
        self.literals.expect("a body that names literals has some").at(literal as usize)
    }

    /// How a variable of this inferred type is represented.
    pub fn repr_of(&self, ty: TypeRef) -> Repr {
        match ty {
            TypeRef::Bottom => Repr::Never,
            TypeRef::Const(literal) => Repr::Const(self.literal(literal)),
            TypeRef::Type(literal) => self.m.reprs.of_type(self.cx, self.literal(literal)),
        }
    }

    /// The value of an operand.
    pub fn operand(&mut self, operand: Operand) -> Val {
        match operand {
            Operand::Result(statement) => self.results[statement as usize].clone().unwrap_or_else(Val::never),
            Operand::Literal(literal) => Val::constant(self.literal(literal)),
            Operand::StaticParam(index) => self.static_param(index as usize),
        }
    }

    fn static_param(&mut self, index: usize) -> Val {
        let value = self.static_params.at(index);
        let Some(variable) = value.get::<TypeVar>() else { return Val::constant(value) };
        // The call did not determine it.
        let name = self.slot_reg(variable.name.erase());
        self.helper(helpers::THROW_UNDEF_VAR, &[name]);
        self.never_here();
        Val::never()
    }

    /// The values of several operands.
    pub fn operands(&mut self, operands: &[Operand]) -> Vec<Val> {
        operands.iter().map(|&operand| self.operand(operand)).collect()
    }

    /// The type of all a value may be.
    pub fn type_of(&self, val: &Val) -> Value {
        val.repr.ty(self.cx)
    }

    /// An object of a slot.
    pub fn slot_reg(&mut self, object: Value) -> Reg {
        let slot = self.m.slot(object);
        self.b.slot_value(slot)
    }
}
