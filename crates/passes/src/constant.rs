//! Constant values and the folding of every pure operation on them, by the definitions of `ir::evaluate`.
//!
//! It folds scalars only. It does not fold what would trap, nor results that are NaN: the bits of a computed NaN are
//! the machine's business, and folding must not change what the program prints.

use tintype_ir::evaluate;
use tintype_ir::function::{DataFlowGraph, Value, ValueDef};
use tintype_ir::instruction::{BinaryOp, ConvertOp, FloatCond, InstData, IntCond, OverflowOp, UnaryOp};
use tintype_ir::types::Type;

/// A scalar constant: its type and its bits, zero-extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Const {
    pub ty: Type,
    bits: u128,
}

impl Const {
    /// The integer constant with the low bits of `value`.
    pub fn int(ty: Type, value: i128) -> Self {
        Self { ty, bits: evaluate::truncate(value, ty.bits()) }
    }

    /// 1 or 0 as an `i8`.
    pub fn truth(value: bool) -> Self {
        Self { ty: Type::I8, bits: u128::from(value) }
    }

    /// The constant, unless it is a NaN.
    fn unless_nan(self) -> Option<Self> {
        let is_nan = match self.ty {
            Type::F32 => f32::from_bits(self.bits as u32).is_nan(),
            Type::F64 => f64::from_bits(self.bits as u64).is_nan(),
            _ => false,
        };
        (!is_nan).then_some(self)
    }

    /// The constant a value is defined as, if it is.
    pub fn of(dfg: &DataFlowGraph, value: Value) -> Option<Self> {
        let ValueDef::Result(inst, _) = dfg.values[dfg.resolve(value)].def else { return None };
        Self::of_data(&dfg.insts[inst])
    }

    /// The constant an instruction makes, if that is all it does.
    pub fn of_data(data: &InstData) -> Option<Self> {
        match *data {
            InstData::Iconst { ty, value } => Some(Self::int(ty, i128::from(value))),
            InstData::F32const(bits) => Some(Self { ty: Type::F32, bits: u128::from(bits) }),
            InstData::F64const(bits) => Some(Self { ty: Type::F64, bits: u128::from(bits) }),
            InstData::Null => Some(Self { ty: Type::Ref, bits: 0 }),
            _ => None,
        }
    }

    /// The instruction that makes this constant; `None` for an `i128` beyond 64 bits and a reference that is not null.
    pub fn to_data(self) -> Option<InstData> {
        match self.ty {
            Type::F32 => Some(InstData::F32const(self.bits as u32)),
            Type::F64 => Some(InstData::F64const(self.bits as u64)),
            Type::Ref => (self.bits == 0).then_some(InstData::Null),
            ty if ty.is_int() => i64::try_from(self.signed()).ok().map(|value| InstData::Iconst { ty, value }),
            _ => None,
        }
    }

    /// The bits as a signed integer.
    pub fn signed(self) -> i128 {
        evaluate::sign_extend(self.bits, self.ty.bits())
    }

    /// The bits as an unsigned integer.
    pub fn unsigned(self) -> u128 {
        self.bits
    }

    /// Whether this is an integer, null or float with all bits zero.
    pub fn is_zero(self) -> bool {
        self.bits == 0
    }

    /// Whether all bits are one, as in the integer -1.
    pub fn is_all_ones(self) -> bool {
        self.ty.is_int() && self.bits == evaluate::mask(self.ty.bits())
    }
}

/// Folds a one-operand operation.
fn fold_unary(op: UnaryOp, a: Const) -> Option<Const> {
    // Sign operations work on the bits, so NaN is no obstacle.
    let result = Const { ty: a.ty, bits: evaluate::unary(op, a.ty, a.bits) };
    if matches!(op, UnaryOp::Fneg | UnaryOp::Fabs) { Some(result) } else { result.unless_nan() }
}

/// Folds a two-operand operation; `None` where it would trap.
pub(crate) fn fold_binary(op: BinaryOp, a: Const, b: Const) -> Option<Const> {
    // Which zero wins is left to the machine.
    if matches!(op, BinaryOp::Fmin | BinaryOp::Fmax)
        && evaluate::float_compare(FloatCond::Eq, a.ty, a.bits, b.bits) != 0
    {
        return None;
    }
    let result = Const { ty: a.ty, bits: evaluate::binary(op, a.ty, a.bits, b.bits).ok()? };
    if op == BinaryOp::Fcopysign { Some(result) } else { result.unless_nan() }
}

/// Folds `a * b + c` with one rounding.
fn fold_fma(a: Const, b: Const, c: Const) -> Option<Const> {
    Const { ty: a.ty, bits: evaluate::fma(a.ty, a.bits, b.bits, c.bits) }.unless_nan()
}

/// Folds an operation with an overflow flag: the wrapped value and the flag.
pub(crate) fn fold_overflow(op: OverflowOp, a: Const, b: Const) -> (Const, bool) {
    let (bits, flag) = evaluate::overflow(op, a.ty, a.bits, b.bits);
    (Const { ty: a.ty, bits }, flag)
}

/// Folds a conversion to `to`, a scalar type constants can have.
pub(crate) fn fold_convert(op: ConvertOp, to: Type, a: Const) -> Option<Const> {
    if to.is_vector() || to == Type::F16 {
        return None;
    }
    let result = Const { ty: to, bits: evaluate::convert(op, a.ty, to, a.bits) };
    if op == ConvertOp::Bitcast { Some(result) } else { result.unless_nan() }
}

/// Decides an integer comparison.
pub(crate) fn fold_int_compare(cond: IntCond, a: Const, b: Const) -> bool {
    evaluate::int_compare(cond, a.ty, a.bits, b.bits) != 0
}

/// Decides a float comparison of `f32` or `f64` constants.
fn fold_float_compare(cond: FloatCond, a: Const, b: Const) -> bool {
    evaluate::float_compare(cond, a.ty, a.bits, b.bits) != 0
}

/// Folds any scalar operation whose operands `constant` knows, with one result.
pub(crate) fn fold(data: &InstData, mut constant: impl FnMut(Value) -> Option<Const>) -> Option<Const> {
    match data {
        InstData::Unary(op, a) => fold_unary(*op, constant(*a)?),
        InstData::Binary { op, args: [a, b], .. } => fold_binary(*op, constant(*a)?, constant(*b)?),
        InstData::Fma([a, b, c]) => fold_fma(constant(*a)?, constant(*b)?, constant(*c)?),
        InstData::Convert { op, ty, arg } => fold_convert(*op, *ty, constant(*arg)?),
        InstData::IntCompare(cond, [a, b]) => Some(Const::truth(fold_int_compare(*cond, constant(*a)?, constant(*b)?))),
        InstData::FloatCompare(cond, [a, b]) => {
            Some(Const::truth(fold_float_compare(*cond, constant(*a)?, constant(*b)?)))
        }
        InstData::Select([cond, a, b]) => {
            let cond = constant(*cond)?;
            constant(if cond.is_zero() { *b } else { *a })
        }
        data => Const::of_data(data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(value: f64) -> Const {
        Const { ty: Type::F64, bits: u128::from(value.to_bits()) }
    }

    #[test]
    fn integers_keep_their_width() {
        let max = Const::int(Type::I8, 127);
        assert_eq!(fold_binary(BinaryOp::Iadd, max, Const::int(Type::I8, 1)), Some(Const::int(Type::I8, -128)));
        assert_eq!(Const::int(Type::I8, 255).to_data(), Some(InstData::Iconst { ty: Type::I8, value: -1 }));
        assert!(Const::int(Type::I8, -1).is_all_ones());
    }

    #[test]
    fn what_would_trap_is_not_folded() {
        let [min, minus_one, zero] = [i128::from(i64::MIN), -1, 0].map(|value| Const::int(Type::I64, value));
        assert_eq!(fold_binary(BinaryOp::Sdiv, min, minus_one), None);
        assert_eq!(fold_binary(BinaryOp::Urem, min, zero), None);
        assert_eq!(fold_binary(BinaryOp::Srem, min, minus_one), Some(zero));
    }

    #[test]
    fn a_nan_is_left_to_the_machine() {
        assert_eq!(fold_binary(BinaryOp::Fdiv, float(0.0), float(0.0)), None);
        assert_eq!(fold_binary(BinaryOp::Fmin, float(0.0), float(-0.0)), None);
        assert_eq!(fold_binary(BinaryOp::Fmin, float(1.0), float(-0.0)), Some(float(-0.0)));
        assert!(fold_unary(UnaryOp::Fneg, float(f64::NAN)).is_some());
    }

    #[test]
    fn an_i128_beyond_64_bits_has_no_instruction() {
        assert_eq!(Const::int(Type::I128, 1 << 64).to_data(), None);
        assert!(Const::int(Type::I128, -1).to_data().is_some());
    }
}
