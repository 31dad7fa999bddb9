//! Primitive operations on boxed values. Compiled code does the same on registers; [`evaluate`] says what is computed.

pub mod evaluate;
mod table;

pub use table::{Intrinsic, IntrinsicInfo, OperandKind, ResultRule, TABLE};

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;
use crate::values::structs;
use evaluate::{Bits, Evaluated};

/// Applies the operation with this number.
///
/// # Errors
/// `DivideError`; an `ErrorException` for operands of the wrong kind or number, which the base library never passes.
pub fn apply(cx: &Context, number: u16, arguments: &[Value]) -> Outcome {
    let Some(intrinsic) = Intrinsic::from_number(number) else {
        panic!("there is no primitive operation {number}");
    };
    let info = intrinsic.info();
    if arguments.len() != usize::from(info.arity) {
        return Err(cx.error(&format!("{}: wrong number of arguments", info.name)));
    }
    if intrinsic == Intrinsic::HaveFma {
        return Ok(cx.box_bool(false));
    }
    let (to, operands) = match info.result {
        ResultRule::TypeArgument => (Some(primitive_type(cx, info, arguments[0])?), &arguments[1..]),
        _ => (None, arguments),
    };
    let mut bits = [Bits::new(0, 64); 3];
    for (place, &operand) in bits.iter_mut().zip(operands) {
        *place = operand_bits(cx, info, operand)?;
    }
    check_widths(cx, info, to, operands)?;
    let evaluated = evaluate::evaluate(intrinsic, &bits[..operands.len()], to.map(|ty| width_of(cx, ty)));
    match evaluated.map_err(|_| cx.throw_divide())? {
        Evaluated::Bool(truth) => Ok(cx.box_bool(truth)),
        Evaluated::Value(value) => Ok(box_value(cx, to.unwrap_or(operands[0].type_of()), value)),
        Evaluated::Checked(value, overflowed) => {
            let value = box_value(cx, operands[0].type_of(), value);
            Ok(structs::new_tuple(cx, &[value, cx.box_bool(overflowed)]))
        }
    }
}

/// Throws where operands should have one type and have not, or where a conversion goes the wrong way.
fn check_widths(cx: &Context, info: &IntrinsicInfo, to: Option<Gc<DataType>>, operands: &[Value]) -> Outcome<()> {
    use Intrinsic as I;
    let first = operands[0].type_of();
    let Some(to) = to else {
        let is_shift = matches!(info.intrinsic, I::ShlInt | I::LshrInt | I::AshrInt);
        let differ = operands.iter().any(|operand| operand.type_of() != first);
        return if differ && !is_shift {
            Err(cx.error(&format!("{}: types of a and b must match", info.name)))
        } else {
            Ok(())
        };
    };
    let (from, to) = (first.layout.size, to.layout.size);
    let problem = match info.intrinsic {
        I::Bitcast if from != to => "argument size does not match size of target type",
        I::SextInt | I::ZextInt | I::Fpext if from >= to && width_of(cx, first) > 1 => {
            "output bitsize must be > input bitsize"
        }
        I::TruncInt | I::Fptrunc if from < to => "output bitsize must be < input bitsize",
        _ => return Ok(()),
    };
    Err(cx.error(&format!("{}: {problem}", info.name)))
}

/// Width of a primitive type's values, `Bool` being one bit.
pub fn width_of(cx: &Context, ty: Gc<DataType>) -> u32 {
    if ty == cx.well_known().bool() { 1 } else { ty.layout.size * 8 }
}

fn primitive_type(cx: &Context, info: &IntrinsicInfo, value: Value) -> Outcome<Gc<DataType>> {
    match value.get::<DataType>() {
        Some(ty) if ty.has(flags::PRIMITIVE) && ty.is_bits() => Ok(ty),
        _ => Err(cx.error(&format!("{}: expected a primitive type as first argument", info.name))),
    }
}

fn operand_bits(cx: &Context, info: &IntrinsicInfo, value: Value) -> Outcome<Bits> {
    let ty = value.type_of();
    let is_float =
        ty == cx.well_known().float64() || ty == cx.well_known().float32() || ty == cx.well_known().float16();
    if !ty.has(flags::PRIMITIVE) || info.operands == OperandKind::Float && !is_float {
        return Err(cx.error(&format!("{}: value is not a primitive type of the right kind", info.name)));
    }
    Ok(Bits::new(read_bits(value), width_of(cx, ty)))
}

/// The bits of a primitive value.
pub fn read_bits(value: Value) -> u128 {
    use crate::values::boxes::unbox;
    match value.type_of().layout.size {
        1 => u128::from(unbox::<u8>(value)),
        2 => u128::from(unbox::<u16>(value)),
        4 => u128::from(unbox::<u32>(value)),
        8 => u128::from(unbox::<u64>(value)),
        _ => unbox::<u128>(value),
    }
}

/// A box of the primitive type `ty` with these bits.
pub fn box_value(cx: &Context, ty: Gc<DataType>, bits: u128) -> Value {
    let bytes = bits.to_le_bytes();
    // SAFETY: `bytes` holds sixteen bytes, at least as many as any primitive type has, and any bits are a value of it
    // (`Bool` is one bit, and results are masked to the operand's width).
    unsafe { cx.box_from(ty, bytes.as_ptr()) }
}

/// Whether the result of folding the operation at compile time is the one it has at run time on every target.
pub fn is_foldable(intrinsic: Intrinsic) -> bool {
    intrinsic != Intrinsic::HaveFma
}

/// The result type of an operation on operands of these types, if its rule gives one.
pub fn result_type(cx: &Context, intrinsic: Intrinsic, operand_types: &[Value]) -> Option<Value> {
    match intrinsic.info().result {
        ResultRule::Bool => Some(cx.well_known().bool().erase()),
        ResultRule::SameAsFirst => operand_types.first().copied(),
        ResultRule::CheckedPair => {
            let pair = [*operand_types.first()?, cx.well_known().bool().erase()];
            Some(types::tuple_type(cx, &pair))
        }
        ResultRule::TypeArgument => None,
    }
}
