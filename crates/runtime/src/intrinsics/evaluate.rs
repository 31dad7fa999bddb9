//! The primitive operations on plain bits: what the interpreter computes and inference folds. No heap, no types; the
//! caller says how wide the operands and the result are.

use super::table::Intrinsic;

/// Bits of an operand: the value in the low bits, the rest zero, and the width (1 for `Bool`, 8 to 128).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits {
    /// The value.
    pub value: u128,
    /// Width in bits.
    pub width: u32,
}

/// A result, of the width the operation's rule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluated {
    /// One value.
    Value(u128),
    /// A comparison.
    Bool(bool),
    /// A wrapped value and whether it overflowed.
    Checked(u128, bool),
}

/// Division by zero, or a quotient that does not fit: `DivideError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivisionError;

impl Bits {
    /// Bits of this width; what lies above is dropped.
    pub fn new(value: u128, width: u32) -> Bits {
        Bits { value: value & mask(width), width }
    }

    fn signed(self) -> i128 {
        sign_extend(self.value, self.width)
    }

    fn float(self) -> f64 {
        match self.width {
            16 => f64::from(half_to_single(self.value as u16)),
            32 => f64::from(f32::from_bits(self.value as u32)),
            _ => f64::from_bits(self.value as u64),
        }
    }
}

/// All ones in the low `width` bits.
pub fn mask(width: u32) -> u128 {
    if width >= 128 { u128::MAX } else { (1 << width) - 1 }
}

fn sign_extend(value: u128, width: u32) -> i128 {
    let unused = 128 - width;
    ((value << unused) as i128) >> unused
}

/// Evaluates `op`. `args` are the operands but a leading type; `to` is the width of that type where there is one.
pub fn evaluate(op: Intrinsic, args: &[Bits], to: Option<u32>) -> Result<Evaluated, DivisionError> {
    use Intrinsic as I;
    let a = args.first().copied().unwrap_or(Bits::new(0, 64));
    let b = args.get(1).copied().unwrap_or(a);
    let width = a.width;
    let wrap = |value: u128| Ok(Evaluated::Value(value & mask(width)));
    let truth = |value: bool| Ok(Evaluated::Bool(value));
    match op {
        I::NegInt => wrap(a.value.wrapping_neg()),
        I::AddInt => wrap(a.value.wrapping_add(b.value)),
        I::SubInt => wrap(a.value.wrapping_sub(b.value)),
        I::MulInt => wrap(a.value.wrapping_mul(b.value)),
        I::SdivInt | I::CheckedSdivInt => {
            let overflows = b.signed() == -1 && a.value == 1 << (width - 1);
            if b.value == 0 || overflows { Err(DivisionError) } else { wrap((a.signed() / b.signed()) as u128) }
        }
        I::UdivInt | I::CheckedUdivInt => a.value.checked_div(b.value).ok_or(DivisionError).and_then(wrap),
        I::SremInt | I::CheckedSremInt => {
            if b.value == 0 {
                Err(DivisionError)
            } else {
                wrap(a.signed().wrapping_rem(b.signed()) as u128)
            }
        }
        I::UremInt | I::CheckedUremInt => a.value.checked_rem(b.value).ok_or(DivisionError).and_then(wrap),
        I::CheckedSaddInt => Ok(checked_signed(width, a.signed().overflowing_add(b.signed()))),
        I::CheckedSsubInt => Ok(checked_signed(width, a.signed().overflowing_sub(b.signed()))),
        I::CheckedSmulInt => Ok(checked_signed(width, a.signed().overflowing_mul(b.signed()))),
        I::CheckedUaddInt => Ok(checked_unsigned(width, a.value.overflowing_add(b.value))),
        I::CheckedUsubInt => Ok(checked_unsigned(width, a.value.overflowing_sub(b.value))),
        I::CheckedUmulInt => Ok(checked_unsigned(width, a.value.overflowing_mul(b.value))),
        I::AndInt => wrap(a.value & b.value),
        I::OrInt => wrap(a.value | b.value),
        I::XorInt => wrap(a.value ^ b.value),
        I::NotInt => wrap(!a.value),
        I::ShlInt => wrap(if b.value >= u128::from(width) { 0 } else { a.value << b.value }),
        I::LshrInt => wrap(if b.value >= u128::from(width) { 0 } else { a.value >> b.value }),
        I::AshrInt => wrap((a.signed() >> b.value.min(u128::from(width - 1))) as u128),
        I::BswapInt => wrap(a.value.swap_bytes() >> (128 - width)),
        I::BitreverseInt => wrap(a.value.reverse_bits() >> (128 - width)),
        I::CtpopInt => wrap(u128::from(a.value.count_ones())),
        I::CtlzInt => wrap(u128::from(a.value.leading_zeros() - (128 - width))),
        I::CttzInt => wrap(u128::from(a.value.trailing_zeros().min(width))),
        I::EqInt => truth(a.value == b.value),
        I::NeInt => truth(a.value != b.value),
        I::SltInt => truth(a.signed() < b.signed()),
        I::SleInt => truth(a.signed() <= b.signed()),
        I::UltInt => truth(a.value < b.value),
        I::UleInt => truth(a.value <= b.value),
        I::FlipsignInt => wrap(if b.signed() < 0 { a.value.wrapping_neg() } else { a.value }),
        I::SextInt => Ok(Evaluated::Value(a.signed() as u128 & mask(to.unwrap_or(width)))),
        I::ZextInt | I::TruncInt | I::Bitcast => Ok(Evaluated::Value(a.value & mask(to.unwrap_or(width)))),
        _ => Ok(evaluate_float(op, args, to.unwrap_or(width))),
    }
}

fn checked_signed(width: u32, (value, overflowed): (i128, bool)) -> Evaluated {
    let wrapped = value as u128 & mask(width);
    Evaluated::Checked(wrapped, overflowed || sign_extend(wrapped, width) != value)
}

fn checked_unsigned(width: u32, (value, overflowed): (u128, bool)) -> Evaluated {
    Evaluated::Checked(value & mask(width), overflowed || value & mask(width) != value)
}

fn evaluate_float(op: Intrinsic, args: &[Bits], to: u32) -> Evaluated {
    use Intrinsic as I;
    let a = args.first().copied().unwrap_or(Bits::new(0, 64));
    let b = args.get(1).copied().unwrap_or(a);
    let c = args.get(2).copied().unwrap_or(a);
    let width = a.width;
    let (x, y, z) = (a.float(), b.float(), c.float());
    // Sums, products and quotients of singles rounded twice, through double, are those rounded once.
    let float = |value: f64| Evaluated::Value(float_bits(value, width));
    match op {
        I::NegFloat => Evaluated::Value(a.value ^ 1 << (width - 1)),
        I::AbsFloat => Evaluated::Value(a.value & !(1 << (width - 1))),
        I::CopysignFloat => Evaluated::Value(a.value & mask(width - 1) | b.value & 1 << (width - 1)),
        I::AddFloat => float(x + y),
        I::SubFloat => float(x - y),
        I::MulFloat => float(x * y),
        I::DivFloat => float(x / y),
        I::RemFloat => float(x % y),
        I::FmaFloat if width == 32 => Evaluated::Value(u128::from((x as f32).mul_add(y as f32, z as f32).to_bits())),
        I::FmaFloat => float(x.mul_add(y, z)),
        // Contraction is allowed, not required; every mode leaves it out.
        I::MuladdFloat if width == 32 => Evaluated::Value(u128::from(((x * y) as f32 + z as f32).to_bits())),
        I::MuladdFloat => float(x * y + z),
        I::EqFloat => Evaluated::Bool(x == y),
        I::NeFloat => Evaluated::Bool(x != y),
        I::LtFloat => Evaluated::Bool(x < y),
        I::LeFloat => Evaluated::Bool(x <= y),
        I::FpiseqFloat => Evaluated::Bool(a.value == b.value || x.is_nan() && y.is_nan()),
        I::CeilLlvm => float(x.ceil()),
        I::FloorLlvm => float(x.floor()),
        I::TruncLlvm => float(x.trunc()),
        I::RintLlvm => float(x.round_ties_even()),
        I::SqrtLlvm => float(x.sqrt()),
        I::Fptosi => Evaluated::Value(saturated_signed(x, to)),
        I::Fptoui => Evaluated::Value((x as u128).min(mask(to))),
        I::Sitofp => Evaluated::Value(signed_to_float(a.signed(), to)),
        I::Uitofp => Evaluated::Value(unsigned_to_float(a.value, to)),
        I::Fptrunc | I::Fpext => Evaluated::Value(float_bits(x, to)),
        I::HaveFma => Evaluated::Bool(false),
        _ => panic!("{op:?} is an operation on integers"),
    }
}

/// The float of this width nearest to `value`, as bits.
fn float_bits(value: f64, width: u32) -> u128 {
    match width {
        16 => u128::from(single_to_half(round_to_odd(value))),
        32 => u128::from((value as f32).to_bits()),
        _ => u128::from(value.to_bits()),
    }
}

fn saturated_signed(value: f64, width: u32) -> u128 {
    let limit = mask(width - 1) as i128;
    (value as i128).clamp(-limit - 1, limit) as u128 & mask(width)
}

fn signed_to_float(value: i128, width: u32) -> u128 {
    match width {
        16 => float_bits(value as f64, 16),
        32 => u128::from((value as f32).to_bits()),
        _ => u128::from((value as f64).to_bits()),
    }
}

fn unsigned_to_float(value: u128, width: u32) -> u128 {
    match width {
        16 => float_bits(value as f64, 16),
        32 => u128::from((value as f32).to_bits()),
        _ => u128::from((value as f64).to_bits()),
    }
}

/// A single from which rounding to half precision gives what rounding `value` itself would: of the two singles beside an
/// inexact value the one with an odd last digit, so that it never looks like a tie.
fn round_to_odd(value: f64) -> f32 {
    let nearest = value as f32;
    if f64::from(nearest) == value || !nearest.is_finite() || nearest.to_bits() & 1 == 1 {
        return nearest;
    }
    let towards_zero = f64::from(nearest).abs() > value.abs();
    f32::from_bits(if towards_zero { nearest.to_bits() - 1 } else { nearest.to_bits() + 1 })
}

/// Widens a half-precision number; exact.
pub(crate) fn half_to_single(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10 & 0x1f);
    let fraction = u32::from(half & 0x3ff);
    match exponent {
        0 => f32::from_bits(sign | (fraction as f32 * (1.0 / 16_777_216.0)).to_bits()),
        0x1f => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

/// Narrows to half precision, to nearest, ties to even.
pub(crate) fn single_to_half(single: f32) -> u16 {
    let bits = single.to_bits();
    let sign = (bits >> 16 & 0x8000) as u16;
    let magnitude = f32::from_bits(bits & 0x7fff_ffff);
    if single.is_nan() {
        return sign | 0x7e00;
    }
    if magnitude >= 65520.0 {
        return sign | 0x7c00;
    }
    if magnitude < 6.103_515_6e-5 {
        // Subnormal: a whole number of 2^-24, rounded as the processor rounds.
        return sign | (magnitude * 16_777_216.0).round_ties_even() as u16;
    }
    let kept = (magnitude.to_bits() - (112 << 23)) >> 13;
    let dropped = magnitude.to_bits() & 0x1fff;
    let round_up = dropped > 0x1000 || dropped == 0x1000 && kept & 1 == 1;
    sign | (kept + u32::from(round_up)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(op: Intrinsic, a: i128, b: i128, width: u32) -> Result<Evaluated, DivisionError> {
        evaluate(op, &[Bits::new(a as u128, width), Bits::new(b as u128, width)], None)
    }

    #[test]
    fn integers_wrap_at_every_width() {
        for width in [8, 16, 32, 64, 128] {
            let max = mask(width - 1) as i128;
            let min = (1_u128 << (width - 1)) & mask(width);
            assert_eq!(value(Intrinsic::AddInt, max, 1, width), Ok(Evaluated::Value(min)));
            assert_eq!(value(Intrinsic::CheckedSaddInt, max, 1, width), Ok(Evaluated::Checked(min, true)));
            assert_eq!(value(Intrinsic::CheckedSaddInt, max - 1, 1, width), Ok(Evaluated::Checked(max as u128, false)));
            assert_eq!(value(Intrinsic::CheckedSmulInt, max, 2, width), Ok(Evaluated::Checked(mask(width) - 1, true)));
            assert_eq!(value(Intrinsic::CheckedUsubInt, 0, 1, width), Ok(Evaluated::Checked(mask(width), true)));
            assert_eq!(value(Intrinsic::SdivInt, min as i128, -1, width), Err(DivisionError));
            assert_eq!(value(Intrinsic::SremInt, min as i128, -1, width), Ok(Evaluated::Value(0)));
            assert_eq!(value(Intrinsic::SdivInt, -7, 2, width), Ok(Evaluated::Value(-3_i128 as u128 & mask(width))));
            assert_eq!(value(Intrinsic::SltInt, -1, 0, width), Ok(Evaluated::Bool(true)));
            assert_eq!(value(Intrinsic::UltInt, -1, 0, width), Ok(Evaluated::Bool(false)));
            assert_eq!(value(Intrinsic::ShlInt, 1, i128::from(width), width), Ok(Evaluated::Value(0)));
            assert_eq!(value(Intrinsic::AshrInt, -1, 200, width), Ok(Evaluated::Value(mask(width))));
            assert_eq!(value(Intrinsic::CtlzInt, 1, 0, width), Ok(Evaluated::Value(u128::from(width - 1))));
            assert_eq!(value(Intrinsic::CttzInt, 0, 0, width), Ok(Evaluated::Value(u128::from(width))));
        }
    }

    #[test]
    fn negating_a_bool_stays_a_bool() {
        assert_eq!(evaluate(Intrinsic::NotInt, &[Bits::new(1, 1)], None), Ok(Evaluated::Value(0)));
        assert_eq!(evaluate(Intrinsic::NotInt, &[Bits::new(0, 1)], None), Ok(Evaluated::Value(1)));
    }

    #[test]
    fn every_half_survives_a_round_trip() {
        for half in 0..=u16::MAX {
            let single = half_to_single(half);
            let back = single_to_half(single);
            assert!(back == half || single.is_nan() && back & 0x7fff > 0x7c00, "{half:#x} -> {single} -> {back:#x}");
        }
    }

    #[test]
    fn halves_are_rounded_once() {
        let tie = 1.0 + 1.0 / 2048.0;
        for (value, bits) in [(tie, 0x3c00), (tie + 1e-12, 0x3c01), (tie - 1e-12, 0x3c00), (-tie - 1e-12, 0xbc01)] {
            assert_eq!(float_bits(value, 16), bits, "{value}");
        }
        let convert = |value: u128| evaluate(Intrinsic::Sitofp, &[Bits::new(value, 64)], Some(16));
        assert_eq!(convert(3), Ok(Evaluated::Value(0x4200)));
        assert_eq!(convert(65520), Ok(Evaluated::Value(0x7c00)));
        assert_eq!(convert(-2_i128 as u128), Ok(Evaluated::Value(0xc000)));
    }

    #[test]
    fn conversions_saturate() {
        let convert = |op, x: f64, to| evaluate(op, &[Bits::new(u128::from(x.to_bits()), 64)], Some(to));
        assert_eq!(convert(Intrinsic::Fptosi, 1e30, 64), Ok(Evaluated::Value(i64::MAX as u128)));
        assert_eq!(convert(Intrinsic::Fptosi, f64::NAN, 32), Ok(Evaluated::Value(0)));
        assert_eq!(convert(Intrinsic::Fptosi, -129.0, 8), Ok(Evaluated::Value(0x80)));
        assert_eq!(convert(Intrinsic::Fptoui, -1.0, 8), Ok(Evaluated::Value(0)));
        assert_eq!(convert(Intrinsic::Fptrunc, 0.1, 32), Ok(Evaluated::Value(u128::from(0.1_f32.to_bits()))));
    }
}
