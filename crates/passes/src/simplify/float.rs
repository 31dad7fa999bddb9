//! Rules on floating-point arithmetic: few, because results must keep their bits, signed zeros and quieted NaNs too.

use tintype_ir::function::Value;
use tintype_ir::instruction::{BinaryOp, InstData};

use super::{Rewrite, Simplifier};
use crate::constant::{Const, fold_binary};

impl Simplifier<'_> {
    /// Scalar `f32` and `f64` operations.
    pub(super) fn float_binary(&mut self, op: BinaryOp, a: Value, b: Value, contract: bool) -> Option<Rewrite> {
        match op {
            // a / 2^k = a * 2^-k, exactly, and ten times as fast.
            BinaryOp::Fdiv => {
                let divisor = self.constant(b)?;
                let reciprocal = exact_reciprocal(divisor)?;
                let reciprocal = self.make_constant(reciprocal);
                Some(Rewrite::Data(InstData::Binary { op: BinaryOp::Fmul, contract, args: [a, reciprocal] }))
            }
            _ => None,
        }
    }
}

/// The reciprocal of a power of two, unless either is subnormal.
fn exact_reciprocal(divisor: Const) -> Option<Const> {
    let InstData::F64const(bits) = divisor.to_data()? else { return None };
    let value = f64::from_bits(bits);
    let is_power = value.is_normal() && bits & ((1 << 52) - 1) == 0 && (1.0 / value).is_normal();
    if !is_power {
        return None;
    }
    let one = Const::of_data(&InstData::F64const(1f64.to_bits()))?;
    fold_binary(BinaryOp::Fdiv, one, divisor)
}
