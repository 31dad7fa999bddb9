//! One round of rewriting: every call whose target is known becomes that target, or its body.

use tintype_hir::{Op, Operand};
use tintype_runtime::builtins::{Builtin, Purity};
use tintype_runtime::dispatch::Match;
use tintype_runtime::intrinsics::Intrinsic;
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome, boot, types};

use super::inline;
use super::rebuild::Rebuild;
use super::{MAX_STATEMENTS, cost};
use crate::builtins;
use crate::calls;
use crate::lattice::Lattice;
use crate::session::{Session, exact_static_params};
use crate::unit::{Facts, Unit, is_shareable};

/// Rewrites a body; whether anything changed that makes another round worth while.
pub(super) fn rewrite(cx: &Context, session: &mut Session<'_>, unit: &Unit, facts: &Facts) -> Outcome<(Unit, bool)> {
    let mut rewriter = Rewriter { cx, session, unit, facts, out: Rebuild::new(unit), changed: false };
    for index in 0..unit.body.statements.len() {
        rewriter.statement(index)?;
    }
    let changed = rewriter.changed;
    Ok((rewriter.out.finish(), changed))
}

struct Rewriter<'a, 'b> {
    cx: &'a Context,
    session: &'a mut Session<'b>,
    unit: &'a Unit,
    facts: &'a Facts,
    out: Rebuild,
    changed: bool,
}

/// What a call turns out to be.
enum Target {
    Builtin(u16),
    Intrinsic(u16),
    /// One method instance for all calls.
    Instance(Gc<MethodInstance>),
    /// Several, told apart by the type of one argument (by position, the function's being 0).
    Split(usize, Vec<Value>),
    Dynamic,
}

impl Rewriter<'_, '_> {
    fn statement(&mut self, index: usize) -> Outcome<()> {
        let statement = &self.unit.body.statements[index];
        self.out.begin(statement.line);
        if !self.facts.reached[index] {
            return Ok(());
        }
        if let Some(value) = self.folded(index) {
            let constant = self.out.unit.constant(value);
            self.out.result(constant);
            if !matches!(statement.op, Op::Copy(_)) {
                self.changed = true;
            }
            return Ok(());
        }
        let result = match &statement.op {
            Op::Copy(operand)
                if self.facts.operand(self.unit, *operand).is_below(self.cx, &self.facts.results[index]) =>
            {
                self.out.result(*operand);
                return Ok(());
            }
            Op::GotoIfNot(condition, target) => return self.branch(*condition, *target),
            Op::Call(operands) => self.call(index, operands)?,
            Op::Invoke(literal, operands) => self.invoke(index, *literal, operands)?,
            Op::Builtin(number, operands) => self.builtin(index, *number, operands)?,
            op => self.out.push(op.clone()),
        };
        self.out.result(result);
        // Whatever follows a statement that never returns is not reached; say so where control would fall through.
        Ok(())
    }

    /// The constant a statement without effects computes.
    fn folded(&self, index: usize) -> Option<Value> {
        let value = self.facts.results[index].constant().filter(|&value| is_shareable(self.cx, value))?;
        let is_pure = match &self.unit.body.statements[index].op {
            Op::Copy(_) | Op::GetGlobal(_) => true,
            Op::GetSlot(_) => !self.facts.maybe_undefined[index],
            op => cost::is_effect_free(self.cx, self.unit, self.facts, index, op),
        };
        is_pure.then_some(value)
    }

    fn branch(&mut self, condition: Operand, target: u32) -> Outcome<()> {
        let known = self.facts.operand(self.unit, condition).constant();
        let w = self.cx.well_known();
        if known == Some(w.true_value()) {
            self.changed = true;
        } else if known == Some(w.false_value()) {
            self.out.push(Op::Goto(target));
            self.changed = true;
        } else {
            self.out.push(Op::GotoIfNot(condition, target));
        }
        Ok(())
    }

    fn lattices(&self, operands: &[Operand]) -> Vec<Lattice> {
        operands.iter().map(|&operand| self.facts.operand(self.unit, operand)).collect()
    }

    fn call(&mut self, index: usize, operands: &[Operand]) -> Outcome<Operand> {
        let args = self.lattices(operands);
        self.call_with(operands, &args, self.facts.results[index].is_bottom())
    }

    /// Writes a call with operands of which this is known.
    fn call_with(&mut self, operands: &[Operand], args: &[Lattice], diverges: bool) -> Outcome<Operand> {
        if args.iter().any(Lattice::is_bottom) {
            return Ok(self.out.push(Op::Call(operands.into())));
        }
        match self.target(args)? {
            Target::Builtin(number) => {
                if let Some(spread) = self.spread(number, &operands[1..], &args[1..])? {
                    return Ok(spread);
                }
                self.changed = true;
                Ok(self.out.push(Op::Builtin(number, operands[1..].into())))
            }
            Target::Intrinsic(number) => {
                self.changed = true;
                Ok(self.out.push(Op::Intrinsic(number, operands[1..].into())))
            }
            Target::Instance(instance) => self.call_instance(instance, operands),
            Target::Split(at, members) => self.split(operands, args, at, &members, diverges),
            Target::Dynamic => Ok(self.out.push(Op::Call(operands.into()))),
        }
    }

    fn target(&mut self, args: &[Lattice]) -> Outcome<Target> {
        let cx = self.cx;
        if let Some(function) = args[0].constant() {
            if let Some(number) = boot::builtin_number(function) {
                return Ok(Target::Builtin(number as u16));
            }
            if let Some(number) = boot::intrinsic_number(cx, function) {
                let number = number as u16;
                let arity = Intrinsic::from_number(number).map_or(0, |intrinsic| intrinsic.info().arity);
                let is_well_formed = args.len() == usize::from(arity) + 1;
                return Ok(if is_well_formed { Target::Intrinsic(number) } else { Target::Dynamic });
            }
        }
        if calls::may_be_builtin(cx, &args[0]) {
            return Ok(Target::Dynamic);
        }
        let types: Vec<Value> = args.iter().map(|arg| arg.signature_type(cx)).collect();
        let signature = types::tuple_type(cx, &types);
        if let Some(matches) = calls::matching(cx, self.session, signature)? {
            if let [found] = &matches.list[..]
                && found.fully_covers
                && !matches.ambiguous
                && is_determined(found)
            {
                return Ok(self.instance_of(found));
            }
            if matches.list.is_empty() {
                return Ok(Target::Dynamic);
            }
        }
        self.split_target(args)
    }

    fn instance_of(&self, found: &Match) -> Target {
        if !crate::session::can_be_inferred(found) {
            return Target::Dynamic;
        }
        Target::Instance(calls::instance_of_match(self.cx, found))
    }

    /// A small union in one argument, each member of which decides the method.
    fn split_target(&mut self, args: &[Lattice]) -> Outcome<Target> {
        let cx = self.cx;
        for (at, arg) in args.iter().enumerate() {
            let Lattice::Type(ty) = arg else { continue };
            let members = types::union_components(*ty);
            if !(2..=4).contains(&members.len()) || !members.iter().all(|member| is_concrete(*member)) {
                continue;
            }
            let mut decided = 0;
            for &member in &members {
                let types: Vec<Value> = args
                    .iter()
                    .enumerate()
                    .map(|(i, arg)| if i == at { member } else { arg.signature_type(cx) })
                    .collect();
                let matches = calls::matching(cx, self.session, types::tuple_type(cx, &types))?;
                decided += usize::from(matches.is_some_and(|matches| {
                    matches.list.len() == 1
                        && matches.list[0].fully_covers
                        && is_determined(&matches.list[0])
                        && !matches.ambiguous
                }));
            }
            if decided == members.len() || decided > 0 && members.len() == 2 {
                return Ok(Target::Split(at, members.to_vec()));
            }
        }
        Ok(Target::Dynamic)
    }

    /// `isa` tests for all members but the last, a call for each.
    fn split(
        &mut self,
        operands: &[Operand],
        args: &[Lattice],
        at: usize,
        members: &[Value],
        diverges: bool,
    ) -> Outcome<Operand> {
        self.changed = true;
        let result_slot = self.out.unit.body.slots.len() as u32;
        self.out.unit.body.slots.push(tintype_hir::SlotInfo {
            name: "#split".into(),
            assigned: true,
            ..Default::default()
        });
        let subject_slot = self.out.unit.body.slots.len() as u32;
        self.out.unit.body.slots.push(tintype_hir::SlotInfo {
            name: "#subject".into(),
            assigned: true,
            ..Default::default()
        });
        self.out.push(Op::SetSlot(subject_slot, operands[at]));
        let end = self.out.label();
        for (i, &member) in members.iter().enumerate() {
            let next = self.out.label();
            let subject = self.out.push(Op::GetSlot(subject_slot));
            let is_last = i + 1 == members.len();
            if !is_last {
                let ty = self.out.unit.constant(member);
                let test = self.out.push(Op::Builtin(Builtin::Isa.number(), Box::new([subject, ty])));
                let target = self.out.target(next);
                self.out.push(Op::GotoIfNot(test, target));
            }
            let mut operands = operands.to_vec();
            operands[at] = self.out.push(Op::GetSlot(subject_slot));
            let mut args = args.to_vec();
            args[at] = Lattice::of_type(self.cx, member);
            let value = self.call_with(&operands, &args, diverges)?;
            self.out.push(Op::SetSlot(result_slot, value));
            self.out.push(Op::Goto(self.out.target(end)));
            self.out.place(next);
        }
        self.out.place(end);
        Ok(self.out.push(Op::GetSlot(result_slot)))
    }

    fn invoke(&mut self, _index: usize, literal: u32, operands: &[Operand]) -> Outcome<Operand> {
        let instance = self.unit.literals[literal as usize].expect::<MethodInstance>();
        let was = self.changed;
        let result = self.call_instance(instance, operands)?;
        // An invoke that stays one is no change.
        self.changed = was || self.changed && !matches!(self.last_op(), Some(Op::Invoke(..)));
        Ok(result)
    }

    fn last_op(&self) -> Option<&Op> {
        self.out.last_op()
    }

    /// A call of a known instance: its body if that is small, else an invoke.
    fn call_instance(&mut self, instance: Gc<MethodInstance>, operands: &[Operand]) -> Outcome<Operand> {
        self.changed = true;
        if self.out.len() < MAX_STATEMENTS
            && let Some(code) = self.session.code_of(self.cx, instance)?
            && let Some(callee) = inline::callee_of(self.cx, code, instance.static_params)
        {
            self.session.edges().code(code);
            return Ok(inline::inline(self.cx, &mut self.out, &callee, operands));
        }
        let literal = self.out.unit.literal(instance.erase());
        Ok(self.out.push(Op::Invoke(literal, operands.into())))
    }

    fn builtin(&mut self, index: usize, number: u16, operands: &[Operand]) -> Outcome<Operand> {
        let args = self.lattices(operands);
        if let Some(spread) = self.spread(number, operands, &args)? {
            return Ok(spread);
        }
        let is_known = self.facts.results[index].is_below(self.cx, &args.first().cloned().unwrap_or(Lattice::Bottom));
        // An assertion that cannot fail is its operand.
        if number == Builtin::TypeAssert.number()
            && let Some(ty) = args[1].constant()
            && is_known
            && args[0].is_below(self.cx, &Lattice::Type(ty))
        {
            self.changed = true;
            return Ok(operands[0]);
        }
        Ok(self.out.push(Op::Builtin(number, operands.into())))
    }

    /// `_apply_iterate` on tuples of known length: a plain call.
    fn spread(&mut self, number: u16, operands: &[Operand], args: &[Lattice]) -> Outcome<Option<Operand>> {
        if builtins::spread_arguments(self.cx, number, args).is_none() {
            return Ok(None);
        }
        self.changed = true;
        let first = usize::from(number == Builtin::ApplyIterate.number());
        let mut call_operands = vec![operands[first]];
        let mut call_args = vec![args[first].clone()];
        for (&operand, known) in operands[first + 1..].iter().zip(&args[first + 1..]) {
            let n = builtins::spread_length(self.cx, known).expect("the length was found above");
            for i in 0..n {
                let (element, element_known) = self.element(operand, known, i);
                call_operands.push(element);
                call_args.push(element_known);
            }
        }
        Ok(Some(self.call_with(&call_operands, &call_args, false)?))
    }

    fn element(&mut self, operand: Operand, known: &Lattice, i: usize) -> (Operand, Lattice) {
        if let Some(vector) = known.constant().and_then(|value| value.get::<SimpleVector>()) {
            let value = vector.at(i);
            return (self.out.unit.constant(value), Lattice::Const(value));
        }
        let number = self.out.unit.constant(self.cx.box_int64(i as i64 + 1));
        let element = self.out.push(Op::Builtin(Builtin::GetField.number(), Box::new([operand, number])));
        let element_known = match known {
            Lattice::Type(ty) => match ty.get::<DataType>() {
                Some(data) => Lattice::of_type(self.cx, data.param(i)),
                None => Lattice::any(self.cx),
            },
            other => other.field(self.cx, i),
        };
        (element, element_known)
    }
}

/// Whether a match determines its static parameters. Where it does not, each call has its own: the call is dispatched.
fn is_determined(found: &Match) -> bool {
    let exact = exact_static_params(found.method, found.spec_types, found.static_params);
    exact.iter().all(|value| !value.is::<TypeVar>())
}

fn is_concrete(ty: Value) -> bool {
    ty.get::<DataType>().is_some_and(|data| data.is_concrete())
}

/// Whether a built-in function has no effect but throwing.
pub(super) fn has_no_effect(number: u16) -> bool {
    Builtin::from_number(number).is_some_and(|builtin| builtin.info().purity != Purity::Effects)
}
