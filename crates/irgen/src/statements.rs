//! What each statement of a body becomes.

use smallvec::SmallVec;
use tintype_hir::{Op, Operand, TypeRef};
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::helpers;
use tintype_runtime::objects::*;

use crate::function::{Translator, Val};
use crate::representation::Repr;

impl Translator<'_, '_, '_> {
    /// Translates one statement and keeps its result.
    pub fn statement(&mut self, at: usize) {
        let typed = self.typed;
        let ty = typed.statement_types[at];
        let result = match &typed.body.statements[at].op {
            Op::Copy(operand) => self.operand(*operand),
            Op::GetSlot(slot) => self.get_slot(*slot),
            Op::SetSlot(slot, operand) => {
                let value = self.operand(*operand);
                self.set_slot(*slot, &value);
                value
            }
            Op::SlotDefined(slot) => self.slot_defined(*slot),
            Op::ClearSlot(slot) => {
                self.clear_slot(*slot);
                self.nothing()
            }
            Op::GetGlobal(literal) => self.get_global(*literal, ty),
            Op::SetGlobal(literal, operand) => {
                let value = self.operand(*operand);
                self.set_global(*literal, &value);
                value
            }
            Op::GlobalDefined(literal) => self.global_defined(*literal),
            Op::Call(operands) => {
                let arguments = self.operands(operands);
                self.call_generic(&arguments)
            }
            Op::New(operands) => {
                let arguments = self.operands(operands);
                self.new_struct(&arguments[0], &arguments[1..])
            }
            Op::SplatNew(of, tuple) => {
                let (of, tuple) = (self.operand(*of), self.operand(*tuple));
                let (of, tuple) = (self.object(&of), self.object(&tuple));
                let made = self.helper(helpers::SPLAT_NEW, &[of, tuple])[0];
                self.any(made)
            }
            Op::Goto(to) => return self.go_to(at, *to as usize),
            Op::GotoIfNot(condition, to) => return self.go_to_if_not(at, *condition, *to as usize),
            Op::Return(operand) => return self.return_value(*operand),
            Op::EnterTry(_) => {
                self.enter_try(at);
                self.nothing()
            }
            Op::LeaveTry(_) => self.nothing(),
            Op::CurrentException => {
                let exception = self.helper(helpers::CURRENT_EXCEPTION, &[])[0];
                self.any(exception)
            }
            Op::BoundsCheck => self.known_bool(self.cx.check_bounds.get() != Some(false)),
            Op::PopException => {
                self.helper(helpers::POP_EXCEPTION, &[]);
                self.nothing()
            }
            Op::Invoke(literal, operands) => {
                let arguments = self.operands(operands);
                self.invoke(self.literal(*literal), &arguments)
            }
            Op::Intrinsic(number, operands) => {
                let arguments = self.operands(operands);
                self.intrinsic(*number, &arguments)
            }
            Op::Builtin(number, operands) => {
                let arguments = self.operands(operands);
                self.builtin(*number, &arguments, ty)
            }
            Op::DeclareConst(..) | Op::DeclareGlobal(_) | Op::DefineFunction(_) | Op::DefineMethod(..) => {
                unreachable!("bodies with declarations are not translated")
            }
        };
        if matches!(ty, TypeRef::Bottom) || matches!(result.repr, Repr::Never) {
            self.never_here();
        }
        let result = self.narrow(result, ty);
        self.results[at] = Some(result);
    }

    /// `nothing`.
    pub fn nothing(&self) -> Val {
        Val::constant(self.cx.nothing())
    }

    /// An object of which nothing is known.
    pub fn any(&self, object: Reg) -> Val {
        Val::object(self.cx.well_known().any().erase(), object)
    }

    /// A `Bool` in a register.
    pub fn bool(&mut self, truth: Reg) -> Val {
        let ty = self.cx.well_known().bool().erase();
        Val::new(self.m.reprs.of_type(self.cx, ty), SmallVec::from_slice(&[truth]))
    }

    /// A known `Bool`.
    pub fn known_bool(&self, truth: bool) -> Val {
        Val::constant(self.cx.box_bool(truth))
    }

    fn go_to(&mut self, at: usize, to: usize) {
        self.poll_on_back_edge(at, to);
        let block = self.block_at(to);
        self.b.jump(block, &[]);
    }

    fn go_to_if_not(&mut self, at: usize, condition: Operand, to: usize) {
        let condition = self.operand(condition);
        if let Some(known) = condition.known() {
            let well_known = self.cx.well_known();
            if known == well_known.true_value() {
                return self.go_to(at, at + 1);
            }
            if known == well_known.false_value() {
                return self.go_to(at, to);
            }
        }
        if matches!(condition.repr, Repr::Never) {
            return self.never_here();
        }
        let truth = self.truth(&condition);
        self.poll_on_back_edge(at, to);
        let (next, target) = (self.block_at(at + 1), self.block_at(to));
        self.b.branch(truth, next, &[], target, &[]);
    }

    /// A condition as an `i8`; what is no `Bool` throws.
    fn truth(&mut self, condition: &Val) -> Reg {
        let known = self.cx.well_known();
        let bool_type = known.bool();
        if let Repr::Bits(bits) = &condition.repr
            && bits.ty == bool_type
        {
            return condition.regs[0];
        }
        let object = self.object(condition);
        let truth = self.is_object(object, known.true_value());
        if self.type_of(condition) != bool_type.erase() {
            let lie = self.is_object(object, known.false_value());
            let either = self.b.bor(truth, lie);
            let neither = self.b.icmp_imm(IntCond::Eq, either, 0);
            let name = self.cx.symbol("if").erase();
            self.fail_with_type_error(neither, name, bool_type.erase(), object);
        }
        truth
    }

    /// Loops can be interrupted: at each jump backwards.
    fn poll_on_back_edge(&mut self, from: usize, to: usize) {
        if to > from {
            return;
        }
        if self.region.is_none() {
            self.b.safepoint();
            return;
        }
        // An interruption is caught like any exception, which the plain instruction cannot do.
        let task = self.b.task();
        let offset = self.m.module.abi.task.poll as i32;
        let requested = self.b.load(Type::I64, MemFlags::default(), task, offset);
        let requested = self.b.icmp_imm(IntCond::Ne, requested, 0);
        let (poll, rest) = (self.new_block(), self.new_block());
        self.b.branch(requested, poll, &[], rest, &[]);
        self.continue_in(poll);
        self.helper(helpers::POLL, &[]);
        self.b.jump(rest, &[]);
        self.continue_in(rest);
    }

    fn return_value(&mut self, operand: Operand) {
        let value = self.operand(operand);
        let repr = self.result.clone();
        if matches!(repr, Repr::Never) {
            return self.never_here();
        }
        let regs = self.convert(&value, &repr);
        self.b.ret(&regs);
    }

    fn enter_try(&mut self, at: usize) {
        let region = self.flow.opened[at].expect("the statement opens a region");
        let n = self.helper(helpers::EXCEPTION_COUNT, &[])[0];
        self.b.def_var(self.regions[region].n_exceptions, n);
    }

    /// Throws a `TypeError` if the condition holds.
    pub fn fail_with_type_error(&mut self, condition: Reg, function: Value, expected: Value, got: Reg) {
        let (function, expected) = (self.slot_reg(function), self.slot_reg(expected));
        let args = SmallVec::from_slice(&[function, expected, got]);
        self.fail_if(condition, crate::function::ColdAction::Throw(helpers::THROW_TYPE_ERROR, args));
    }
}
