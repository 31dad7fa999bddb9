//! Putting the body of a callee in place of a call.

use tintype_hir::{LineInfo, Op, Operand, TypedBody};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, dispatch};

use super::rebuild::{Label, Rebuild};

/// A callee ready to be inlined.
pub(super) struct Callee {
    pub typed: TypedBody,
    pub literals: Vec<Value>,
    pub static_params: Gc<SimpleVector>,
}

/// The callee of a code object, if its body was kept and can be inlined.
pub(super) fn callee_of(cx: &Context, code: Gc<Code>, static_params: Gc<SimpleVector>) -> Option<Callee> {
    if !code.has(code_flags::INLINEABLE) {
        return None;
    }
    let bytes = code.inferred.get()?;
    let literals: Option<Vec<Value>> = code.literals.get()?.values().map(|literal| localize(cx, literal)).collect();
    let literals = literals?;
    let typed = tintype_hir::decode_typed(bytes.tail());
    let typed = typed.unwrap_or_else(|error| panic!("a stored body does not decode: {error}"));
    let determined = static_params.values().all(|value| !value.is::<TypeVar>());
    let uses_params = typed.body.statements.iter().any(|statement| {
        let mut found = false;
        statement.op.for_each_operand(|operand| found |= matches!(operand, Operand::StaticParam(_)));
        found
    });
    (determined || !uses_params).then_some(Callee { typed, literals, static_params })
}

/// A literal of code that another context may have made, as this context has it: bindings and method instances belong to
/// contexts and are found again by number and by site.
fn localize(cx: &Context, literal: Value) -> Option<Value> {
    if let Some(binding) = literal.get::<Binding>() {
        return cx.slot(binding.number).map(Gc::erase);
    }
    let Some(instance) = literal.get::<MethodInstance>() else { return Some(literal) };
    let method = instance.method?;
    let own = dispatch::method_at_site(cx, method.site)?;
    if own == method {
        return Some(literal);
    }
    Some(dispatch::method_instance(cx, own, instance.spec_types, instance.static_params).erase())
}

/// Writes the callee's body with these arguments; its result.
pub(super) fn inline(cx: &Context, out: &mut Rebuild, callee: &Callee, args: &[Operand]) -> Operand {
    let body = &callee.typed.body;
    let slots = out.unit.body.slots.len() as u32;
    out.unit.body.slots.extend(body.slots.iter().cloned());
    let lines = copy_lines(out, body);
    let check_bounds = checks_bounds(cx, out).map(|check| out.unit.constant(cx.box_bool(check)));
    pass_arguments(out, callee, args, slots);
    let end = out.label();
    let single = single_return(callee);
    let result_slot = out.unit.body.slots.len() as u32;
    if single.is_none() {
        let name = format!("#result of {}", body.name).into();
        out.unit.body.slots.push(tintype_hir::SlotInfo { name, assigned: true, ..Default::default() });
    }
    let copied = copy_statements(out, callee, slots, lines, result_slot, end, single.is_some(), check_bounds);
    out.place(end);
    match single {
        Some(operand) => map_operand(out, callee, &copied, operand),
        None => out.push(Op::GetSlot(result_slot)),
    }
}

/// Whether a callee inlined where the cursor is checks bounds: not in code marked `@inbounds`, unless they are always
/// checked. `None`: as the function it is inlined into, which passes on what its own callers say.
fn checks_bounds(cx: &Context, out: &Rebuild) -> Option<bool> {
    let body = &out.unit.body;
    match cx.check_bounds.get() {
        Some(always) => Some(always),
        None if body.lines[out.line() as usize].inbounds => Some(false),
        None if body.propagate_inbounds => None,
        None => Some(true),
    }
}

/// The callee's lines, each inlined at the call's; the number of the first.
fn copy_lines(out: &mut Rebuild, body: &tintype_hir::Body) -> u32 {
    let first = out.unit.body.lines.len() as u32;
    let call_line = out.line();
    for line in &body.lines {
        let inlined_at = Some(line.inlined_at.map_or(call_line, |at| at + first));
        out.add_line(LineInfo { inlined_at, ..line.clone() });
    }
    first
}

fn pass_arguments(out: &mut Rebuild, callee: &Callee, args: &[Operand], slots: u32) {
    let body = &callee.typed.body;
    let n_params = body.n_params as usize;
    let n_plain = if body.is_vararg { n_params - 1 } else { n_params };
    for (i, &arg) in args.iter().take(n_plain).enumerate() {
        out.push(Op::SetSlot(slots + i as u32, arg));
    }
    if body.is_vararg {
        let rest: Box<[Operand]> = args[n_plain..].into();
        let number = tintype_runtime::builtins::Builtin::Tuple.number();
        let tuple = out.push(Op::Builtin(number, rest));
        out.push(Op::SetSlot(slots + n_plain as u32, tuple));
    }
    // In a loop, a variable of the last turn must not be seen by the next.
    for (i, slot) in body.slots.iter().enumerate().skip(n_params) {
        if slot.maybe_undefined {
            out.push(Op::ClearSlot(slots + i as u32));
        }
    }
}

/// The returned operand of a body that is one straight line.
fn single_return(callee: &Callee) -> Option<Operand> {
    let statements = &callee.typed.body.statements;
    let (last, rest) = statements.split_last()?;
    let Op::Return(operand) = last.op else { return None };
    let is_straight = rest.iter().all(|statement| statement.op.target().is_none() && statement.op.falls_through());
    is_straight.then_some(operand)
}

fn copy_statements(
    out: &mut Rebuild,
    callee: &Callee,
    slots: u32,
    lines: u32,
    result_slot: u32,
    end: Label,
    is_single: bool,
    check_bounds: Option<Operand>,
) -> Vec<Operand> {
    let body = &callee.typed.body;
    let labels: Vec<Label> = body.statements.iter().map(|_| out.label()).collect();
    let mut copied: Vec<Operand> = Vec::with_capacity(body.statements.len());
    for (index, statement) in body.statements.iter().enumerate() {
        out.place(labels[index]);
        let line = statement.line + lines;
        let mut op = statement.op.clone();
        op.map_operands(|operand| map_operand(out, callee, &copied, operand));
        if let Some(target) = op.target_mut() {
            *target = out.target(labels[*target as usize]);
        }
        let new = match op {
            Op::Return(operand) if is_single => operand,
            Op::Return(operand) => {
                out.push_at(Op::SetSlot(result_slot, operand), line);
                out.push_at(Op::Goto(out.target(end)), line)
            }
            Op::GetSlot(slot) => out.push_at(Op::GetSlot(slot + slots), line),
            Op::SetSlot(slot, operand) => out.push_at(Op::SetSlot(slot + slots, operand), line),
            Op::SlotDefined(slot) => out.push_at(Op::SlotDefined(slot + slots), line),
            Op::ClearSlot(slot) => out.push_at(Op::ClearSlot(slot + slots), line),
            Op::GetGlobal(literal) => {
                let literal = map_literal(out, callee, literal);
                out.push_at(Op::GetGlobal(literal), line)
            }
            Op::SetGlobal(literal, operand) => {
                let literal = map_literal(out, callee, literal);
                out.push_at(Op::SetGlobal(literal, operand), line)
            }
            Op::GlobalDefined(literal) => {
                let literal = map_literal(out, callee, literal);
                out.push_at(Op::GlobalDefined(literal), line)
            }
            Op::Invoke(literal, operands) => {
                let literal = map_literal(out, callee, literal);
                out.push_at(Op::Invoke(literal, operands), line)
            }
            Op::BoundsCheck if check_bounds.is_some() => check_bounds.expect("just asked"),
            other => out.push_at(other, line),
        };
        copied.push(new);
    }
    copied
}

fn map_literal(out: &mut Rebuild, callee: &Callee, literal: u32) -> u32 {
    out.unit.literal(callee.literals[literal as usize])
}

fn map_operand(out: &mut Rebuild, callee: &Callee, copied: &[Operand], operand: Operand) -> Operand {
    match operand {
        Operand::Result(statement) => copied[statement as usize],
        Operand::Literal(literal) => Operand::Literal(map_literal(out, callee, literal)),
        Operand::StaticParam(index) => out.unit.constant(callee.static_params.at(index as usize)),
    }
}
