//! What one statement's result is, given what is known of its operands.

use tintype_hir::{Op, Operand};
use tintype_runtime::Outcome;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::{boot, modules, types};

use crate::analyse::{Analysis, Condition};
use crate::builtins;
use crate::calls;
use crate::lattice::Lattice;
use crate::return_type;
use crate::unit::is_shareable;

/// The result of a statement that is neither control flow nor about variables.
pub(crate) fn result(analysis: &mut Analysis<'_, '_>, index: usize, op: &Op) -> Outcome<Lattice> {
    let cx = analysis.cx;
    let nothing = Lattice::Const(cx.nothing());
    Ok(match op {
        Op::Copy(operand) => analysis.operand(*operand),
        Op::GetGlobal(literal) => global(analysis, *literal),
        Op::SetGlobal(_, operand) => analysis.operand(*operand),
        Op::GlobalDefined(_) => Lattice::bool(cx),
        Op::Call(operands) => call(analysis, index, operands)?,
        Op::New(operands) => new(analysis, operands),
        Op::SplatNew(ty, _) => match analysis.operand(*ty).constant() {
            Some(ty) => Lattice::of_type(cx, ty),
            None => Lattice::any(cx),
        },
        Op::CurrentException => Lattice::any(cx),
        Op::BoundsCheck => Lattice::bool(cx),
        Op::PopException | Op::DeclareConst(..) | Op::DeclareGlobal(_) => nothing,
        Op::DefineFunction(_) => Lattice::any(cx),
        Op::DefineMethod(..) => Lattice::any(cx),
        Op::Invoke(literal, operands) => {
            let target = analysis.unit.literals[*literal as usize].expect::<MethodInstance>();
            let args: Vec<Lattice> = operands.iter().map(|&operand| analysis.operand(operand)).collect();
            calls::result_of_instance(analysis.cx, analysis.session, target, &args)?
        }
        Op::Intrinsic(number, operands) => {
            let args: Vec<Lattice> = operands.iter().map(|&operand| analysis.operand(operand)).collect();
            builtins::intrinsic_result(cx, *number, &args)
        }
        Op::Builtin(number, operands) => builtin(analysis, index, *number, operands),
        Op::GetSlot(_) | Op::SetSlot(..) | Op::SlotDefined(_) | Op::ClearSlot(_) | Op::Goto(_) | Op::GotoIfNot(..) => {
            panic!("{op:?} is control flow or about a variable")
        }
        Op::Return(_) | Op::EnterTry(_) | Op::LeaveTry(_) => panic!("{op:?} is control flow"),
    })
}

/// A constant global is its value; the read becomes an edge.
fn global(analysis: &mut Analysis<'_, '_>, literal: u32) -> Lattice {
    let cx = analysis.cx;
    let own = analysis.unit.literals[literal as usize].expect::<Binding>();
    let binding = modules::resolve_binding(cx, own);
    if let Some(value) = binding.constant() {
        analysis.session.edges().binding(own, Some(value));
        return Lattice::Const(value);
    }
    analysis.session.edges().binding(own, None);
    match binding.declared_type.get() {
        Some(ty) => Lattice::of_type(cx, ty),
        None => Lattice::any(cx),
    }
}

fn call(analysis: &mut Analysis<'_, '_>, index: usize, operands: &[Operand]) -> Outcome<Lattice> {
    let args: Vec<Lattice> = operands.iter().map(|&operand| analysis.operand(operand)).collect();
    if args.iter().any(Lattice::is_bottom) {
        return Ok(Lattice::Bottom);
    }
    if let Some(function) = args[0].constant() {
        if let Some(number) = boot::builtin_number(function) {
            return builtin_call(analysis, index, number as u16, &operands[1..], &args[1..]);
        }
        if let Some(number) = boot::intrinsic_number(analysis.cx, function) {
            return Ok(builtins::intrinsic_result(analysis.cx, number as u16, &args[1..]));
        }
    }
    calls::generic_result(analysis.cx, analysis.session, &args)
}

fn builtin_call(
    analysis: &mut Analysis<'_, '_>,
    index: usize,
    number: u16,
    operands: &[Operand],
    args: &[Lattice],
) -> Outcome<Lattice> {
    if let Some(spread) = builtins::spread_arguments(analysis.cx, number, args) {
        return calls::generic_or_builtin(analysis.cx, analysis.session, &spread);
    }
    if number == Builtin::ReturnType.number() {
        return return_type::folded(analysis.cx, analysis.session, args);
    }
    Ok(builtin(analysis, index, number, operands))
}

/// A built-in function; comparisons with types and singletons also say something about the variable compared.
fn builtin(analysis: &mut Analysis<'_, '_>, index: usize, number: u16, operands: &[Operand]) -> Lattice {
    let args: Vec<Lattice> = operands.iter().map(|&operand| analysis.operand(operand)).collect();
    if args.iter().any(Lattice::is_bottom) {
        return Lattice::Bottom;
    }
    let known = builtins::builtin_result(analysis.cx, number, &args);
    analysis.conditions[index] = condition(analysis, index, number, operands, &args);
    known
}

fn condition(
    analysis: &Analysis<'_, '_>,
    index: usize,
    number: u16,
    operands: &[Operand],
    args: &[Lattice],
) -> Option<Condition> {
    let cx = analysis.cx;
    if number == Builtin::Isa.number() {
        let slot = analysis.slot_behind(operands[0], index)?;
        let ty = args[1].constant()?;
        if !ty.is_type() {
            return None;
        }
        let (then_known, else_known) = (args[0].narrow(cx, ty), args[0].narrow_not(cx, ty));
        return Some(Condition { slot, then_known, else_known });
    }
    if number == Builtin::Egal.number() {
        let (subject, other) = if args[1].constant().is_some() { (0, 1) } else { (1, 0) };
        let value = args[other].constant()?;
        let slot = analysis.slot_behind(operands[subject], index)?;
        let is_singleton = value.type_of().instance.get() == Some(value);
        let then_known = args[subject].narrow(cx, value.type_of().erase());
        let else_known =
            if is_singleton { args[subject].narrow_not(cx, value.type_of().erase()) } else { args[subject].clone() };
        return Some(Condition { slot, then_known, else_known });
    }
    None
}

/// `new(T, fields...)`.
fn new(analysis: &mut Analysis<'_, '_>, operands: &[Operand]) -> Lattice {
    let cx = analysis.cx;
    let args: Vec<Lattice> = operands.iter().map(|&operand| analysis.operand(operand)).collect();
    if args.iter().any(Lattice::is_bottom) {
        return Lattice::Bottom;
    }
    let Some(ty) = args[0].constant() else {
        return builtins::instance_of_unknown(cx, &args[0]);
    };
    let Some(data) = ty.get::<DataType>().filter(|data| data.is_concrete()) else {
        return if ty.is_type() { Lattice::of_type(cx, ty) } else { Lattice::Bottom };
    };
    let fields = &args[1..];
    if data.is_mutable() || fields.len() != data.n_fields() {
        return Lattice::of_type(cx, ty);
    }
    let narrowed: Vec<Lattice> =
        fields.iter().enumerate().map(|(i, field)| field.narrow(cx, data.field_type(i))).collect();
    if let Some(value) = constant_struct(analysis, data, &narrowed) {
        return Lattice::Const(value);
    }
    Lattice::partial(cx, data, narrowed)
}

/// An immutable object all of whose fields are shareable constants is a constant itself.
fn constant_struct(analysis: &Analysis<'_, '_>, ty: Gc<DataType>, fields: &[Lattice]) -> Option<Value> {
    let cx = analysis.cx;
    if !ty.is_bits() {
        return None;
    }
    let values: Option<Vec<Value>> =
        fields.iter().map(|field| field.constant().filter(|&value| is_shareable(cx, value))).collect();
    let values = values?;
    let fits = values.iter().enumerate().all(|(i, &value)| types::isa(cx, value, ty.field_type(i)));
    fits.then(|| tintype_runtime::values::structs::new_struct(cx, ty, &values))
}
