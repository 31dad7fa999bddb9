//! Arithmetic, comparisons and overflow checks.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, types};
use tintype_ir::function::{Inst, Value};
use tintype_ir::instruction::{BinaryOp, FloatCond, IntCond, OverflowOp, UnaryOp};
use tintype_ir::types::Type;

use super::Translator;
use crate::error::CodegenError;
use crate::signature::clif_type;

impl Translator<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, arg: Value) -> ir::Value {
        let ty = self.ty(arg);
        let arg = self.value(arg);
        match op {
            UnaryOp::Ineg => self.pos.ins().ineg(arg),
            UnaryOp::Bnot => self.pos.ins().bnot(arg),
            UnaryOp::Clz => self.pos.ins().clz(arg),
            UnaryOp::Ctz => self.pos.ins().ctz(arg),
            UnaryOp::Popcnt => self.pos.ins().popcnt(arg),
            UnaryOp::Bswap => self.pos.ins().bswap(arg),
            UnaryOp::Bitrev => self.pos.ins().bitrev(arg),
            UnaryOp::Fneg => self.pos.ins().fneg(arg),
            UnaryOp::Fabs => self.pos.ins().fabs(arg),
            UnaryOp::Sqrt => self.pos.ins().sqrt(arg),
            UnaryOp::Ceil | UnaryOp::Floor | UnaryOp::Trunc | UnaryOp::Nearest => self.round(op, ty, arg),
        }
    }

    pub(super) fn binary(&mut self, inst: Inst, op: BinaryOp, [a, b]: [Value; 2]) -> Result<ir::Value, CodegenError> {
        let ty = self.ty(a);
        let divides = matches!(op, BinaryOp::Sdiv | BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem);
        if divides && ty == Type::I128 {
            return Err(self.unsupported(inst, "128-bit division is not supported yet"));
        }
        let (a, b) = (self.value(a), self.value(b));
        Ok(match op {
            BinaryOp::Iadd => self.pos.ins().iadd(a, b),
            BinaryOp::Isub => self.pos.ins().isub(a, b),
            BinaryOp::Imul => self.pos.ins().imul(a, b),
            BinaryOp::Sdiv => self.pos.ins().sdiv(a, b),
            BinaryOp::Udiv => self.pos.ins().udiv(a, b),
            BinaryOp::Srem => self.pos.ins().srem(a, b),
            BinaryOp::Urem => self.pos.ins().urem(a, b),
            BinaryOp::Smulhi => self.multiply_high(ty, true, a, b),
            BinaryOp::Umulhi => self.multiply_high(ty, false, a, b),
            BinaryOp::Band => self.pos.ins().band(a, b),
            BinaryOp::Bor => self.pos.ins().bor(a, b),
            BinaryOp::Bxor => self.pos.ins().bxor(a, b),
            BinaryOp::Ishl => self.pos.ins().ishl(a, b),
            BinaryOp::Ushr => self.pos.ins().ushr(a, b),
            BinaryOp::Sshr => self.pos.ins().sshr(a, b),
            BinaryOp::Smin => self.min_or_max(ty, IntCC::SignedLessThan, a, b),
            BinaryOp::Smax => self.min_or_max(ty, IntCC::SignedGreaterThan, a, b),
            BinaryOp::Umin => self.min_or_max(ty, IntCC::UnsignedLessThan, a, b),
            BinaryOp::Umax => self.min_or_max(ty, IntCC::UnsignedGreaterThan, a, b),
            BinaryOp::Fadd => self.pos.ins().fadd(a, b),
            BinaryOp::Fsub => self.pos.ins().fsub(a, b),
            BinaryOp::Fmul => self.pos.ins().fmul(a, b),
            BinaryOp::Fdiv => self.pos.ins().fdiv(a, b),
            BinaryOp::Frem => self.float_remainder(ty, a, b),
            BinaryOp::Fmin => self.pos.ins().fmin(a, b),
            BinaryOp::Fmax => self.pos.ins().fmax(a, b),
            BinaryOp::Fcopysign => self.pos.ins().fcopysign(a, b),
        })
    }

    /// The upper half of a product. Narrow products are computed at twice the width.
    fn multiply_high(&mut self, ty: Type, signed: bool, a: ir::Value, b: ir::Value) -> ir::Value {
        let (narrow, wide) = match ty {
            Type::I8 => (types::I8, types::I16),
            Type::I16 => (types::I16, types::I32),
            Type::I32 => (types::I32, types::I64),
            _ if signed => return self.pos.ins().smulhi(a, b),
            _ => return self.pos.ins().umulhi(a, b),
        };
        let (a, b) = if signed {
            (self.pos.ins().sextend(wide, a), self.pos.ins().sextend(wide, b))
        } else {
            (self.pos.ins().uextend(wide, a), self.pos.ins().uextend(wide, b))
        };
        let product = self.pos.ins().imul(a, b);
        let high = self.pos.ins().ushr_imm_u(product, i64::from(ty.bits()));
        self.pos.ins().ireduce(narrow, high)
    }

    fn min_or_max(&mut self, ty: Type, cond: IntCC, a: ir::Value, b: ir::Value) -> ir::Value {
        if ty.is_vector() {
            return match cond {
                IntCC::SignedLessThan => self.pos.ins().smin(a, b),
                IntCC::SignedGreaterThan => self.pos.ins().smax(a, b),
                IntCC::UnsignedLessThan => self.pos.ins().umin(a, b),
                _ => self.pos.ins().umax(a, b),
            };
        }
        let first = self.pos.ins().icmp(cond, a, b);
        self.select(first, a, b)
    }

    /// Selects 128-bit integers by halves: the back end's mid-end turns a whole select of what was compared into a minimum
    /// or maximum, which it has no 128-bit instruction for.
    pub(super) fn select(&mut self, cond: ir::Value, then: ir::Value, other: ir::Value) -> ir::Value {
        if self.pos.func.dfg.value_type(then) != types::I128 {
            return self.pos.ins().select(cond, then, other);
        }
        let (then, other) = (self.pos.ins().isplit(then), self.pos.ins().isplit(other));
        let low = self.pos.ins().select(cond, then.0, other.0);
        let high = self.pos.ins().select(cond, then.1, other.1);
        self.pos.ins().iconcat(low, high)
    }

    /// `fmod` in the run-time system. Exact for `f32` through `f64`: the remainder of two `f32` is an `f32`.
    fn float_remainder(&mut self, ty: Type, a: ir::Value, b: ir::Value) -> ir::Value {
        let helper = self.generator.abi().well_known.frem;
        if ty == Type::F64 {
            return self.call_helper(helper, &[a, b])[0];
        }
        let (a, b) = (self.pos.ins().fpromote(types::F64, a), self.pos.ins().fpromote(types::F64, b));
        let remainder = self.call_helper(helper, &[a, b])[0];
        self.pos.ins().fdemote(types::F32, remainder)
    }

    pub(super) fn overflow(
        &mut self,
        inst: Inst,
        op: OverflowOp,
        [a, b]: [Value; 2],
    ) -> Result<[ir::Value; 2], CodegenError> {
        let ty = self.ty(a);
        let (a, b) = (self.value(a), self.value(b));
        if ty == Type::I128 {
            return self.wide_overflow(inst, op, a, b);
        }
        let (value, flag) = match op {
            OverflowOp::Sadd => self.pos.ins().sadd_overflow(a, b),
            OverflowOp::Uadd => self.pos.ins().uadd_overflow(a, b),
            OverflowOp::Ssub => self.pos.ins().ssub_overflow(a, b),
            OverflowOp::Usub => self.pos.ins().usub_overflow(a, b),
            OverflowOp::Smul => self.pos.ins().smul_overflow(a, b),
            OverflowOp::Umul => self.pos.ins().umul_overflow(a, b),
        };
        Ok([value, flag])
    }

    fn wide_overflow(
        &mut self,
        inst: Inst,
        op: OverflowOp,
        a: ir::Value,
        b: ir::Value,
    ) -> Result<[ir::Value; 2], CodegenError> {
        let value = match op {
            OverflowOp::Sadd | OverflowOp::Uadd => self.pos.ins().iadd(a, b),
            OverflowOp::Ssub | OverflowOp::Usub => self.pos.ins().isub(a, b),
            OverflowOp::Smul | OverflowOp::Umul => {
                return Err(self.unsupported(inst, "128-bit multiplication with overflow check is not supported yet"));
            }
        };
        let flag = match op {
            OverflowOp::Uadd => self.pos.ins().icmp(IntCC::UnsignedLessThan, value, a),
            OverflowOp::Usub => self.pos.ins().icmp(IntCC::UnsignedLessThan, a, b),
            // The sum overflows when both operands differ in sign from it, the difference when the first does and the
            // operands differ in sign.
            _ => {
                let from_a = self.pos.ins().bxor(a, value);
                let other = if op == OverflowOp::Sadd { value } else { a };
                let from_b = self.pos.ins().bxor(b, other);
                let both = self.pos.ins().band(from_a, from_b);
                let (_, high) = self.pos.ins().isplit(both);
                self.pos.ins().icmp_imm_s(IntCC::SignedLessThan, high, 0)
            }
        };
        Ok([value, flag])
    }

    pub(super) fn int_compare(&mut self, cond: IntCond, [a, b]: [Value; 2]) -> ir::Value {
        let cond = match cond {
            IntCond::Eq => IntCC::Equal,
            IntCond::Ne => IntCC::NotEqual,
            IntCond::Slt => IntCC::SignedLessThan,
            IntCond::Sle => IntCC::SignedLessThanOrEqual,
            IntCond::Sgt => IntCC::SignedGreaterThan,
            IntCond::Sge => IntCC::SignedGreaterThanOrEqual,
            IntCond::Ult => IntCC::UnsignedLessThan,
            IntCond::Ule => IntCC::UnsignedLessThanOrEqual,
            IntCond::Ugt => IntCC::UnsignedGreaterThan,
            IntCond::Uge => IntCC::UnsignedGreaterThanOrEqual,
        };
        let (a, b) = (self.value(a), self.value(b));
        self.pos.ins().icmp(cond, a, b)
    }

    pub(super) fn float_compare(&mut self, cond: FloatCond, [a, b]: [Value; 2]) -> ir::Value {
        let cond = match cond {
            FloatCond::Eq => FloatCC::Equal,
            FloatCond::Ne => FloatCC::NotEqual,
            FloatCond::Lt => FloatCC::LessThan,
            FloatCond::Le => FloatCC::LessThanOrEqual,
            FloatCond::Gt => FloatCC::GreaterThan,
            FloatCond::Ge => FloatCC::GreaterThanOrEqual,
            FloatCond::Ordered => FloatCC::Ordered,
            FloatCond::Unordered => FloatCC::Unordered,
        };
        let (a, b) = (self.value(a), self.value(b));
        self.pos.ins().fcmp(cond, a, b)
    }

    /// The same bits as another type of the same size.
    pub(super) fn bits_as(&mut self, ty: Type, value: ir::Value) -> ir::Value {
        let ty = clif_type(ty);
        if self.pos.func.dfg.value_type(value) == ty {
            return value;
        }
        let flags = ir::MemFlagsData::new().with_endianness(ir::Endianness::Little);
        self.pos.ins().bitcast(ty, flags, value)
    }
}
