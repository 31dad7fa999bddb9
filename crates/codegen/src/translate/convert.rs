//! Conversions between types.

use cranelift_codegen::ir::{self, InstBuilder, types};
use tintype_ir::function::Value;
use tintype_ir::instruction::ConvertOp;
use tintype_ir::types::Type;

use super::Translator;
use crate::signature::clif_type;

impl Translator<'_> {
    pub(super) fn convert(&mut self, op: ConvertOp, to: Type, arg: Value) -> ir::Value {
        let from = self.ty(arg);
        let arg = self.value(arg);
        let ty = clif_type(to);
        match op {
            ConvertOp::Sextend => self.pos.ins().sextend(ty, arg),
            ConvertOp::Uextend => self.pos.ins().uextend(ty, arg),
            ConvertOp::Ireduce => self.pos.ins().ireduce(ty, arg),
            ConvertOp::FcvtFromSint => {
                let arg = if from.bits() < 32 { self.pos.ins().sextend(types::I32, arg) } else { arg };
                self.pos.ins().fcvt_from_sint(ty, arg)
            }
            // Zero-extended to a wider signed integer, which the machine converts, except for the widest.
            ConvertOp::FcvtFromUint => match from {
                Type::I64 => self.pos.ins().fcvt_from_uint(ty, arg),
                _ => {
                    let arg = self.pos.ins().uextend(types::I64, arg);
                    self.pos.ins().fcvt_from_sint(ty, arg)
                }
            },
            ConvertOp::FcvtToSintSat => self.float_to_sint(to, arg),
            ConvertOp::FcvtToUintSat => self.float_to_uint(to, arg),
            ConvertOp::Fpromote => self.promote(from, to, arg),
            ConvertOp::Fdemote => self.demote(from, to, arg),
            ConvertOp::Bitcast => self.bits_as(to, arg),
            ConvertOp::Splat => self.pos.ins().splat(ty, arg),
        }
    }

    /// The back end converts to 32 and 64 bits only; narrower results are clamped after a conversion to 32.
    fn float_to_sint(&mut self, to: Type, arg: ir::Value) -> ir::Value {
        if matches!(to, Type::I32 | Type::I64) {
            return self.pos.ins().fcvt_to_sint_sat(clif_type(to), arg);
        }
        let max = (1i64 << (to.bits() - 1)) - 1;
        let wide = self.pos.ins().fcvt_to_sint_sat(types::I32, arg);
        let (low, high) =
            (self.pos.ins().iconst(types::I32, (-max - 1) & 0xffff_ffff), self.pos.ins().iconst(types::I32, max));
        let clamped = self.pos.ins().smax(wide, low);
        let clamped = self.pos.ins().smin(clamped, high);
        self.pos.ins().ireduce(clif_type(to), clamped)
    }

    fn float_to_uint(&mut self, to: Type, arg: ir::Value) -> ir::Value {
        if matches!(to, Type::I32 | Type::I64) {
            return self.pos.ins().fcvt_to_uint_sat(clif_type(to), arg);
        }
        let wide = self.pos.ins().fcvt_to_uint_sat(types::I32, arg);
        let high = self.pos.ins().iconst(types::I32, (1i64 << to.bits()) - 1);
        let clamped = self.pos.ins().umin(wide, high);
        self.pos.ins().ireduce(clif_type(to), clamped)
    }

    fn promote(&mut self, from: Type, to: Type, arg: ir::Value) -> ir::Value {
        let single = if from == Type::F16 { self.half_to_single(arg) } else { arg };
        if to == Type::F64 { self.pos.ins().fpromote(types::F64, single) } else { single }
    }

    fn demote(&mut self, from: Type, to: Type, arg: ir::Value) -> ir::Value {
        match (from, to) {
            (Type::F64, Type::F16) => {
                let single = self.demote_to_odd(arg);
                self.single_to_half(single)
            }
            (_, Type::F16) => self.single_to_half(arg),
            _ => self.pos.ins().fdemote(types::F32, arg),
        }
    }
}
