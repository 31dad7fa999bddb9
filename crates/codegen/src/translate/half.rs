//! Half-precision conversions in integer and single-precision arithmetic; the back end has none.
//!
//! A half is its 16 bits. To single: shift exponent and mantissa into place, rebias, renormalise subnormals by a float
//! subtraction. To half: rebias and round to nearest even in integers; subnormal results are rounded by the float adder
//! through a magic addend. From double, the value is first rounded to an odd single, which keeps the final rounding exact.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, types};
use tintype_ir::types::Type;

use super::Translator;

impl Translator<'_> {
    pub(super) fn half_to_single(&mut self, half: ir::Value) -> ir::Value {
        let wide = self.pos.ins().uextend(types::I32, half);
        let sign = self.pos.ins().band_imm_s(wide, 0x8000);
        let sign = self.pos.ins().ishl_imm_u(sign, 16);
        let magnitude = self.pos.ins().band_imm_s(wide, 0x7fff);
        let shifted = self.pos.ins().ishl_imm_u(magnitude, 13);

        // 112 is the difference of the exponent biases; infinities and NaNs need it twice.
        let normal = self.pos.ins().iadd_imm_s(shifted, 112 << 23);
        let special = self.pos.ins().iadd_imm_s(shifted, 224 << 23);
        let is_special = self.pos.ins().icmp_imm_u(IntCC::UnsignedGreaterThanOrEqual, magnitude, 0x7c00);
        let bits = self.pos.ins().select(is_special, special, normal);

        // A subnormal is read as 2^-14 * (1 + fraction); subtracting 2^-14 leaves its value.
        let offset = self.pos.ins().iadd_imm_s(shifted, 113 << 23);
        let offset = self.bits_as(Type::F32, offset);
        let one = self.pos.ins().f32const(f32::from_bits(113 << 23));
        let subnormal = self.pos.ins().fsub(offset, one);
        let subnormal = self.bits_as(Type::I32, subnormal);
        let is_subnormal = self.pos.ins().icmp_imm_u(IntCC::UnsignedLessThan, magnitude, 0x0400);
        let bits = self.pos.ins().select(is_subnormal, subnormal, bits);

        let bits = self.pos.ins().bor(bits, sign);
        self.bits_as(Type::F32, bits)
    }

    pub(super) fn single_to_half(&mut self, single: ir::Value) -> ir::Value {
        let bits = self.bits_as(Type::I32, single);
        let magnitude = self.pos.ins().band_imm_s(bits, 0x7fff_ffff);
        let sign = self.pos.ins().bxor(bits, magnitude);
        let sign = self.pos.ins().ushr_imm_u(sign, 16);

        // Rounding up may carry into the exponent, and from the largest exponent into infinity: both are right.
        let odd = self.pos.ins().ushr_imm_u(magnitude, 13);
        let odd = self.pos.ins().band_imm_s(odd, 1);
        let rebiased = self.pos.ins().iadd_imm_s(magnitude, 0xfff - (112 << 23));
        let rounded = self.pos.ins().iadd(rebiased, odd);
        let normal = self.pos.ins().ushr_imm_u(rounded, 13);

        // Adding 0.5 aligns the result's last place with the single's, so that the adder rounds it.
        let half = self.pos.ins().f32const(0.5f32);
        let absolute = self.bits_as(Type::F32, magnitude);
        let sum = self.pos.ins().fadd(absolute, half);
        let sum = self.bits_as(Type::I32, sum);
        let subnormal = self.pos.ins().iadd_imm_s(sum, -0x3f00_0000);

        let fraction = self.pos.ins().ushr_imm_u(magnitude, 13);
        let fraction = self.pos.ins().band_imm_s(fraction, 0x3ff);
        let nan = self.pos.ins().bor_imm_s(fraction, 0x7e00);
        let infinity = self.pos.ins().iconst(types::I32, 0x7c00);
        let is_nan = self.pos.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, magnitude, 0x7f80_0000);
        let special = self.pos.ins().select(is_nan, nan, infinity);

        let is_subnormal = self.pos.ins().icmp_imm_u(IntCC::UnsignedLessThan, magnitude, 0x3880_0000);
        let result = self.pos.ins().select(is_subnormal, subnormal, normal);
        let is_special = self.pos.ins().icmp_imm_u(IntCC::UnsignedGreaterThanOrEqual, magnitude, 0x4780_0000);
        let result = self.pos.ins().select(is_special, special, result);
        let result = self.pos.ins().bor(result, sign);
        self.pos.ins().ireduce(types::I16, result)
    }

    /// The single that is nearest to the double if that is exact, else the one of its two neighbours with an odd last
    /// bit. Rounding that again to at most 22 bits gives what rounding the double once would have given.
    pub(super) fn demote_to_odd(&mut self, double: ir::Value) -> ir::Value {
        let nearest = self.pos.ins().fdemote(types::F32, double);
        let back = self.pos.ins().fpromote(types::F64, nearest);
        let bits = self.bits_as(Type::I32, nearest);
        let odd = self.pos.ins().band_imm_s(bits, 1);
        let even = self.pos.ins().bxor_imm_s(odd, 1);

        let (size, back_size) = (self.pos.ins().fabs(double), self.pos.ins().fabs(back));
        let too_small = self.pos.ins().fcmp(FloatCC::LessThan, back_size, size);
        let too_large = self.pos.ins().fcmp(FloatCC::GreaterThan, back_size, size);
        let up = self.pos.ins().uextend(types::I32, too_small);
        let down = self.pos.ins().uextend(types::I32, too_large);
        let step = self.pos.ins().isub(up, down);
        let step = self.pos.ins().imul(step, even);
        let bits = self.pos.ins().iadd(bits, step);
        self.bits_as(Type::F32, bits)
    }
}
