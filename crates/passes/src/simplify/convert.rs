//! Rules on conversions: chains of them are one, or none.

use tintype_ir::function::Value;
use tintype_ir::instruction::{BinaryOp, ConvertOp, InstData};
use tintype_ir::types::Type;
use tintype_ir::typing;

use super::{Rewrite, Simplifier, binary};
use crate::constant::Const;

impl Simplifier<'_> {
    /// A conversion of a conversion.
    pub(super) fn convert(&mut self, op: ConvertOp, to: Type, arg: Value) -> Option<Rewrite> {
        let (inner_op, x) = self.as_convert(arg)?;
        let from = self.ty(x);
        match (op, inner_op) {
            (ConvertOp::Uextend, ConvertOp::Uextend)
            | (ConvertOp::Sextend, ConvertOp::Sextend)
            | (ConvertOp::Ireduce, ConvertOp::Ireduce) => Some(direct(op, to, x)),
            // The sign of a zero-extended number is zero.
            (ConvertOp::Sextend, ConvertOp::Uextend) => Some(direct(ConvertOp::Uextend, to, x)),
            (ConvertOp::Ireduce, ConvertOp::Uextend | ConvertOp::Sextend) => match to.bits().cmp(&from.bits()) {
                std::cmp::Ordering::Equal => Some(Rewrite::Value(x)),
                std::cmp::Ordering::Less => Some(direct(ConvertOp::Ireduce, to, x)),
                std::cmp::Ordering::Greater => Some(direct(inner_op, to, x)),
            },
            // Cutting off and filling with zeros is a mask.
            (ConvertOp::Uextend, ConvertOp::Ireduce) if from == to => {
                let low_bits = Const::int(to, (1 << self.ty(arg).bits()) - 1);
                low_bits.to_data()?;
                let low_bits = self.make_constant(low_bits);
                Some(Rewrite::Data(binary(BinaryOp::Band, x, low_bits)))
            }
            (ConvertOp::Bitcast, ConvertOp::Bitcast) if from == to => Some(Rewrite::Value(x)),
            (ConvertOp::Bitcast, ConvertOp::Bitcast) if typing::converts(op, from, to) => Some(direct(op, to, x)),
            _ => None,
        }
    }
}

fn direct(op: ConvertOp, ty: Type, arg: Value) -> Rewrite {
    Rewrite::Data(InstData::Convert { op, ty, arg })
}
