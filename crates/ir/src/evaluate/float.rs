//! Floats: `f32` and `f64` by the host's arithmetic, which is IEEE 754 with the default rounding. The sign and payload
//! of a NaN result are the host's too; nothing may depend on them.

use super::{Bits, half};
use crate::instruction::{BinaryOp, FloatCond, UnaryOp};
use crate::types::Type;

/// Runs an expression on operands as `f32` or `f64`, by the type.
macro_rules! by_type {
    ($ty:expr, ($($operand:ident),+) => $result:expr) => {
        match $ty {
            Type::F32 => {
                $(let $operand = f32::from_bits($operand as u32);)+
                $result.into_bits()
            }
            Type::F64 => {
                $(let $operand = f64::from_bits($operand as u64);)+
                $result.into_bits()
            }
            other => unreachable!("{other} has no float arithmetic"),
        }
    };
}

trait IntoBits {
    fn into_bits(self) -> Bits;
}

impl IntoBits for f32 {
    fn into_bits(self) -> Bits {
        Bits::from(self.to_bits())
    }
}

impl IntoBits for f64 {
    fn into_bits(self) -> Bits {
        Bits::from(self.to_bits())
    }
}

impl IntoBits for bool {
    fn into_bits(self) -> Bits {
        Bits::from(self)
    }
}

pub(super) fn unary(op: UnaryOp, ty: Type, arg: Bits) -> Bits {
    match op {
        UnaryOp::Sqrt => by_type!(ty, (arg) => arg.sqrt()),
        UnaryOp::Ceil => by_type!(ty, (arg) => arg.ceil()),
        UnaryOp::Floor => by_type!(ty, (arg) => arg.floor()),
        UnaryOp::Trunc => by_type!(ty, (arg) => arg.trunc()),
        UnaryOp::Nearest => by_type!(ty, (arg) => arg.round_ties_even()),
        _ => unreachable!("{op:?} is not a rounding"),
    }
}

pub(super) fn binary(op: BinaryOp, ty: Type, a: Bits, b: Bits) -> Bits {
    match op {
        BinaryOp::Fadd => by_type!(ty, (a, b) => (a + b)),
        BinaryOp::Fsub => by_type!(ty, (a, b) => (a - b)),
        BinaryOp::Fmul => by_type!(ty, (a, b) => (a * b)),
        BinaryOp::Fdiv => by_type!(ty, (a, b) => (a / b)),
        BinaryOp::Frem => by_type!(ty, (a, b) => (a % b)),
        BinaryOp::Fmin | BinaryOp::Fmax => extreme(op == BinaryOp::Fmin, ty, a, b),
        _ => unreachable!("{op:?} is not float arithmetic"),
    }
}

/// Minimum or maximum: NaN if either is, and -0 below +0.
fn extreme(minimum: bool, ty: Type, a: Bits, b: Bits) -> Bits {
    if is_nan(ty, a) || is_nan(ty, b) {
        return by_type!(ty, (a, b) => (a + b));
    }
    let equal = compare(FloatCond::Eq, ty, a, b);
    let first = match equal {
        // Equal floats of different bits are zeros: the negative one has the larger bits.
        true => (a >= b) == minimum,
        false => compare(FloatCond::Lt, ty, a, b) == minimum,
    };
    if first { a } else { b }
}

pub(super) fn fma(ty: Type, a: Bits, b: Bits, c: Bits) -> Bits {
    by_type!(ty, (a, b, c) => a.mul_add(b, c))
}

pub(super) fn compare(cond: FloatCond, ty: Type, a: Bits, b: Bits) -> bool {
    let unordered = is_nan(ty, a) || is_nan(ty, b);
    let result = match cond {
        FloatCond::Eq => by_type!(ty, (a, b) => (a == b)),
        FloatCond::Ne => by_type!(ty, (a, b) => (a != b)),
        FloatCond::Lt => by_type!(ty, (a, b) => (a < b)),
        FloatCond::Le => by_type!(ty, (a, b) => (a <= b)),
        FloatCond::Gt => by_type!(ty, (a, b) => (a > b)),
        FloatCond::Ge => by_type!(ty, (a, b) => (a >= b)),
        FloatCond::Ordered => Bits::from(!unordered),
        FloatCond::Unordered => Bits::from(unordered),
    };
    result != 0
}

pub(super) fn is_nan(ty: Type, bits: Bits) -> bool {
    match ty {
        Type::F16 => half::is_nan(bits as u16),
        Type::F32 => f32::from_bits(bits as u32).is_nan(),
        Type::F64 => f64::from_bits(bits as u64).is_nan(),
        _ => false,
    }
}

pub(super) fn from_int(to: Type, value: i128) -> Bits {
    match to {
        Type::F32 => (value as f32).into_bits(),
        _ => (value as f64).into_bits(),
    }
}

/// Towards zero, saturating far outside of every integer type there is; NaN to 0.
pub(super) fn to_int(from: Type, bits: Bits) -> i128 {
    match from {
        Type::F32 => f32::from_bits(bits as u32) as i128,
        _ => f64::from_bits(bits as u64) as i128,
    }
}

/// Between float types, to the nearest, ties to even.
pub(super) fn convert(from: Type, to: Type, bits: Bits) -> Bits {
    // Every f16 and f32 is an f64.
    let wide = match from {
        Type::F16 => half::to_f64(bits as u16),
        Type::F32 => f64::from(f32::from_bits(bits as u32)),
        _ => f64::from_bits(bits as u64),
    };
    match to {
        Type::F16 => Bits::from(half::from_f64(wide)),
        Type::F32 => (wide as f32).into_bits(),
        _ => wide.into_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_order_zeros_and_propagate_nan() {
        let (zero, minus_zero, one) = (0, Bits::from((-0.0f64).to_bits()), Bits::from(1f64.to_bits()));
        let nan = Bits::from(f64::NAN.to_bits());
        for (a, b) in [(zero, minus_zero), (minus_zero, zero)] {
            assert_eq!(binary(BinaryOp::Fmin, Type::F64, a, b), minus_zero);
            assert_eq!(binary(BinaryOp::Fmax, Type::F64, a, b), zero);
        }
        assert_eq!(binary(BinaryOp::Fmin, Type::F64, one, zero), zero);
        assert_eq!(binary(BinaryOp::Fmax, Type::F64, one, zero), one);
        assert!(is_nan(Type::F64, binary(BinaryOp::Fmin, Type::F64, one, nan)));
        assert!(is_nan(Type::F64, binary(BinaryOp::Fmax, Type::F64, nan, one)));
    }
}
