//! What a statement may do, and what inlining a body would cost.

use tintype_hir::{Op, Operand};
use tintype_runtime::Context;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::intrinsics::Intrinsic;
use tintype_runtime::objects::*;

use crate::lattice::Lattice;
use crate::unit::{Facts, Unit};

/// Bodies that cost more than this are called, not copied.
const INLINE_LIMIT: u32 = 100;
/// ... unless `@inline` was asked for; then up to this much.
const ASKED_LIMIT: u32 = 2000;

/// Whether a statement does nothing but compute its result, which exists.
pub(super) fn is_effect_free(cx: &Context, unit: &Unit, facts: &Facts, index: usize, op: &Op) -> bool {
    if facts.results[index].is_bottom() {
        return false;
    }
    match op {
        Op::Copy(_) | Op::SlotDefined(_) | Op::BoundsCheck => true,
        Op::GetSlot(_) => !facts.maybe_undefined[index],
        Op::Intrinsic(number, _) => intrinsic_never_throws(*number) || is_constant(facts, index),
        Op::Builtin(number, operands) => builtin_never_throws(cx, unit, facts, index, *number, operands),
        Op::New(operands) => new_is_effect_free(cx, unit, facts, operands),
        Op::Invoke(literal, _) => {
            let instance = unit.literals[*literal as usize].expect::<MethodInstance>();
            tintype_runtime::dispatch::valid_code(instance, cx.world_counter())
                .is_some_and(|code_instance| code_instance.code.has(code_flags::REMOVABLE))
        }
        _ => false,
    }
}

fn is_constant(facts: &Facts, index: usize) -> bool {
    facts.results[index].constant().is_some()
}

fn intrinsic_never_throws(number: u16) -> bool {
    Intrinsic::from_number(number).is_some_and(|intrinsic| !intrinsic.info().throws)
}

fn builtin_never_throws(
    cx: &Context,
    unit: &Unit,
    facts: &Facts,
    index: usize,
    number: u16,
    operands: &[Operand],
) -> bool {
    let known = |i: usize| facts.operand(unit, operands[i]);
    let Some(builtin) = Builtin::from_number(number) else { return false };
    match builtin {
        Builtin::Egal | Builtin::TypeOf | Builtin::TypeofSignature | Builtin::Svec | Builtin::Tuple => true,
        Builtin::NFields | Builtin::ArrayLength | Builtin::StringLength => true,
        Builtin::Isa => known(1).constant().is_some_and(|ty| ty.is_type()),
        Builtin::IfElse => known(0).is_below(cx, &Lattice::bool(cx)),
        Builtin::TypeAssert => {
            known(1).constant().is_some_and(|ty| ty.is_type() && known(0).is_below(cx, &Lattice::Type(ty)))
        }
        Builtin::GetField => field_exists(cx, &known(0), &known(1)),
        Builtin::Frem | Builtin::Pow | Builtin::Hypot | Builtin::Atan2 | Builtin::Sin | Builtin::Cos | Builtin::Tan => {
            (0..operands.len()).all(|i| known(i).widen(cx) == cx.well_known().float64().erase())
        }
        // A fold that gave a value shows that nothing is thrown.
        _ => super::resolve::has_no_effect(number) && is_constant(facts, index),
    }
}

/// Whether reading this field of an object always gives a value.
fn field_exists(cx: &Context, object: &Lattice, field: &Lattice) -> bool {
    let Some(data) = object.widen(cx).get::<DataType>() else { return false };
    let Some(field) = field.constant() else { return false };
    if !data.is_concrete() {
        let number = tintype_runtime::values::boxes::as_int64(cx, field).and_then(|i| usize::try_from(i - 1).ok());
        return number.is_some_and(|index| crate::builtins::element_type(data, index).is_some());
    }
    let index = match field.get::<Symbol>() {
        Some(name) => tintype_runtime::values::structs::field_index(data, name),
        None => {
            let number = tintype_runtime::values::boxes::as_int64(cx, field);
            number.and_then(|number| usize::try_from(number - 1).ok()).filter(|&i| i < data.n_fields())
        }
    };
    let Some(index) = index else { return false };
    // Mutable fields change, so reading them is not free to move, but it does not throw either.
    !data.is_mutable() && (index < data.n_initialized.get() as usize || data.is_tuple() || data.is_named_tuple())
}

fn new_is_effect_free(cx: &Context, unit: &Unit, facts: &Facts, operands: &[Operand]) -> bool {
    let Some(ty) = facts.operand(unit, operands[0]).constant().and_then(|ty| ty.get::<DataType>()) else {
        return false;
    };
    let n = operands.len() - 1;
    ty.is_concrete()
        && !ty.has(flags::PRIMITIVE)
        && n <= ty.n_fields()
        && n >= ty.n_initialized.get() as usize
        && (0..n).all(|i| facts.operand(unit, operands[i + 1]).is_below(cx, &Lattice::Type(ty.field_type(i))))
}

/// Whether a whole call can be dropped: no statement has an effect or may throw, and there is no loop.
pub(super) fn is_removable(unit: &Unit, facts: &Facts) -> bool {
    unit.body.statements.iter().enumerate().filter(|(index, _)| facts.reached[*index]).all(|(index, statement)| {
        match &statement.op {
            Op::Return(_) | Op::SetSlot(..) | Op::ClearSlot(_) | Op::SlotDefined(_) | Op::Copy(_) | Op::BoundsCheck => {
                true
            }
            Op::GetSlot(_) => !facts.maybe_undefined[index],
            Op::Goto(target) | Op::GotoIfNot(_, target) => *target as usize > index,
            Op::Intrinsic(number, _) => intrinsic_never_throws(*number),
            Op::Builtin(number, _) => matches!(
                Builtin::from_number(*number),
                Some(Builtin::Egal | Builtin::TypeOf | Builtin::Tuple | Builtin::NFields | Builtin::StringLength)
            ),
            _ => false,
        }
    })
}

/// What inlining costs, in units of about an instruction; `None` if the body is too large or cannot be inlined.
pub(super) fn inline_cost(unit: &Unit, facts: &Facts) -> Option<u32> {
    if unit.body.inline == Some(false) {
        return None;
    }
    let limit = if unit.body.inline == Some(true) { ASKED_LIMIT } else { INLINE_LIMIT };
    let mut total = 0;
    for (index, statement) in unit.body.statements.iter().enumerate() {
        if !facts.reached[index] {
            continue;
        }
        // A loop takes longer than its call; in a frame of its own it has all registers to itself.
        let is_loop = statement.op.target().is_some_and(|target| target as usize <= index);
        if is_loop && unit.body.inline != Some(true) {
            return None;
        }
        // A statement that never returns is on the way to an exception: not what the caller waits for.
        let diverges = facts.results[index].is_bottom();
        total += statement_cost(&statement.op, diverges)?;
        if total > limit {
            return None;
        }
    }
    Some(total)
}

fn statement_cost(op: &Op, diverges: bool) -> Option<u32> {
    Some(match op {
        Op::Copy(_) | Op::GetSlot(_) | Op::SetSlot(..) | Op::ClearSlot(_) | Op::SlotDefined(_) | Op::Goto(_) => 0,
        Op::BoundsCheck => 0,
        Op::Return(_) | Op::GotoIfNot(..) => 1,
        Op::GetGlobal(_) | Op::GlobalDefined(_) => 2,
        Op::SetGlobal(..) => 20,
        Op::Intrinsic(number, _) => match Intrinsic::from_number(*number)? {
            Intrinsic::CheckedSdivInt
            | Intrinsic::CheckedSremInt
            | Intrinsic::CheckedUdivInt
            | Intrinsic::CheckedUremInt => 20,
            Intrinsic::DivFloat | Intrinsic::SqrtLlvm => 20,
            _ => 1,
        },
        Op::Builtin(number, operands) => match Builtin::from_number(*number)? {
            Builtin::Throw if diverges => 2,
            Builtin::ArrayRef | Builtin::ArraySet => 6,
            Builtin::Tuple => 1 + operands.len() as u32,
            Builtin::ArrayGrowEnd | Builtin::NewArray => 20,
            builtin if builtin.info().purity == tintype_runtime::builtins::Purity::Effects => 25,
            _ => 3,
        },
        Op::New(operands) => 2 + operands.len() as u32,
        Op::SplatNew(..) => 50,
        Op::Invoke(_, operands) => {
            if diverges {
                5
            } else {
                20 + operands.len() as u32
            }
        }
        Op::Call(operands) => {
            if diverges {
                5
            } else {
                60 + operands.len() as u32
            }
        }
        // A body with handlers stays a function: its frame is what the handlers return to.
        Op::EnterTry(_) | Op::LeaveTry(_) | Op::CurrentException | Op::PopException => return None,
        Op::DeclareConst(..) | Op::DeclareGlobal(_) | Op::DefineFunction(_) | Op::DefineMethod(..) => return None,
    })
}
