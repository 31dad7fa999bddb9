//! What each pure operation computes: the one definition that the interpreter runs and constant folding uses.
//!
//! A value of any type is its bits in a `u128`, those above the type's width zero; vectors have lane 0 lowest.
//! Operands must be of types the operation is defined on ([`typing`](crate::typing)).

mod float;
mod half;

use crate::instruction::{BinaryOp, ConvertOp, FloatCond, IntCond, OverflowOp, TrapCode, UnaryOp};
use crate::types::Type;

/// The bits of a value.
pub type Bits = u128;

/// An all-ones mask of `width` bits, 1 to 128.
pub const fn mask(width: u32) -> Bits {
    u128::MAX >> (128 - width)
}

/// The signed value of the low `width` bits.
pub const fn sign_extend(bits: Bits, width: u32) -> i128 {
    ((bits << (128 - width)) as i128) >> (128 - width)
}

/// The low bits of a signed value.
pub const fn truncate(value: i128, width: u32) -> Bits {
    value as u128 & mask(width)
}

/// The bits of an integer constant of the type.
pub const fn iconst(ty: Type, value: i64) -> Bits {
    truncate(value as i128, ty.bits())
}

/// The lanes of a value, lane 0 first; a scalar is one lane.
pub fn lanes(ty: Type, bits: Bits) -> impl DoubleEndedIterator<Item = Bits> + ExactSizeIterator {
    let width = ty.lane().bits();
    let count = ty.lanes().map_or(1, |(_, count)| count);
    (0..count).map(move |lane| (bits >> (lane * width)) & mask(width))
}

/// A value from its lanes.
pub fn from_lanes(ty: Type, lanes: impl IntoIterator<Item = Bits>) -> Bits {
    let width = ty.lane().bits();
    lanes.into_iter().enumerate().fold(0, |bits, (lane, value)| bits | value << (lane as u32 * width))
}

/// An operation with one operand.
pub fn unary(op: UnaryOp, ty: Type, arg: Bits) -> Bits {
    from_lanes(ty, lanes(ty, arg).map(|arg| unary_lane(op, ty.lane(), arg)))
}

fn unary_lane(op: UnaryOp, ty: Type, arg: Bits) -> Bits {
    let width = ty.bits();
    let unused = 128 - width;
    match op {
        UnaryOp::Ineg => arg.wrapping_neg() & mask(width),
        UnaryOp::Bnot => !arg & mask(width),
        UnaryOp::Clz => Bits::from(arg.leading_zeros() - unused),
        UnaryOp::Ctz => Bits::from(arg.trailing_zeros().min(width)),
        UnaryOp::Popcnt => Bits::from(arg.count_ones()),
        UnaryOp::Bswap => arg.swap_bytes() >> unused,
        UnaryOp::Bitrev => arg.reverse_bits() >> unused,
        UnaryOp::Fneg => arg ^ sign_bit(width),
        UnaryOp::Fabs => arg & !sign_bit(width),
        UnaryOp::Sqrt | UnaryOp::Ceil | UnaryOp::Floor | UnaryOp::Trunc | UnaryOp::Nearest => float::unary(op, ty, arg),
    }
}

const fn sign_bit(width: u32) -> Bits {
    1 << (width - 1)
}

/// An operation with two operands.
///
/// # Errors
/// The trap of a division without result.
pub fn binary(op: BinaryOp, ty: Type, a: Bits, b: Bits) -> Result<Bits, TrapCode> {
    let lane = ty.lane();
    let mut results = [0; 16];
    let mut count = 0;
    for (a, b) in lanes(ty, a).zip(lanes(ty, b)) {
        results[count] = binary_lane(op, lane, a, b)?;
        count += 1;
    }
    Ok(from_lanes(ty, results[..count].iter().copied()))
}

fn binary_lane(op: BinaryOp, ty: Type, a: Bits, b: Bits) -> Result<Bits, TrapCode> {
    let width = ty.bits();
    let signed = (sign_extend(a, width), sign_extend(b, width));
    let amount = (b % Bits::from(width)) as u32;
    let wrapped = match op {
        BinaryOp::Iadd => a.wrapping_add(b),
        BinaryOp::Isub => a.wrapping_sub(b),
        BinaryOp::Imul => a.wrapping_mul(b),
        BinaryOp::Sdiv | BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem if b == 0 => {
            return Err(TrapCode::DivisionByZero);
        }
        BinaryOp::Sdiv if a == sign_bit(width) && signed.1 == -1 => return Err(TrapCode::DivisionOverflow),
        BinaryOp::Sdiv => signed.0.wrapping_div(signed.1) as Bits,
        BinaryOp::Srem => signed.0.wrapping_rem(signed.1) as Bits,
        BinaryOp::Udiv => a / b,
        BinaryOp::Urem => a % b,
        BinaryOp::Smulhi => (signed.0.wrapping_mul(signed.1) >> width) as Bits,
        BinaryOp::Umulhi => a.wrapping_mul(b) >> width,
        BinaryOp::Band => a & b,
        BinaryOp::Bor => a | b,
        BinaryOp::Bxor => a ^ b,
        BinaryOp::Ishl => a << amount,
        BinaryOp::Ushr => a >> amount,
        BinaryOp::Sshr => (signed.0 >> amount) as Bits,
        BinaryOp::Smin => signed.0.min(signed.1) as Bits,
        BinaryOp::Smax => signed.0.max(signed.1) as Bits,
        BinaryOp::Umin => a.min(b),
        BinaryOp::Umax => a.max(b),
        BinaryOp::Fcopysign => (a & !sign_bit(width)) | (b & sign_bit(width)),
        BinaryOp::Fadd
        | BinaryOp::Fsub
        | BinaryOp::Fmul
        | BinaryOp::Fdiv
        | BinaryOp::Frem
        | BinaryOp::Fmin
        | BinaryOp::Fmax => float::binary(op, ty, a, b),
    };
    Ok(wrapped & mask(width))
}

/// An operation with an overflow flag: the wrapped value, and whether it is not the true one.
pub fn overflow(op: OverflowOp, ty: Type, a: Bits, b: Bits) -> (Bits, bool) {
    let width = ty.bits();
    let (sa, sb) = (sign_extend(a, width), sign_extend(b, width));
    let signed = |(value, over): (i128, bool)| {
        let wrapped = truncate(value, width);
        (wrapped, over || sign_extend(wrapped, width) != value)
    };
    let unsigned = |(value, over): (u128, bool)| (value & mask(width), over || value & mask(width) != value);
    match op {
        OverflowOp::Sadd => signed(sa.overflowing_add(sb)),
        OverflowOp::Ssub => signed(sa.overflowing_sub(sb)),
        OverflowOp::Smul => signed(sa.overflowing_mul(sb)),
        OverflowOp::Uadd => unsigned(a.overflowing_add(b)),
        OverflowOp::Usub => unsigned(a.overflowing_sub(b)),
        OverflowOp::Umul => unsigned(a.overflowing_mul(b)),
    }
}

/// `a * b + c` with one rounding.
pub fn fma(ty: Type, a: Bits, b: Bits, c: Bits) -> Bits {
    let operands = lanes(ty, a).zip(lanes(ty, b)).zip(lanes(ty, c));
    from_lanes(ty, operands.map(|((a, b), c)| float::fma(ty.lane(), a, b, c)))
}

/// A conversion.
pub fn convert(op: ConvertOp, from: Type, to: Type, arg: Bits) -> Bits {
    match op {
        ConvertOp::Sextend => truncate(sign_extend(arg, from.bits()), to.bits()),
        ConvertOp::Uextend | ConvertOp::Bitcast => arg,
        ConvertOp::Ireduce => arg & mask(to.bits()),
        ConvertOp::FcvtFromSint => float::from_int(to, sign_extend(arg, from.bits())),
        ConvertOp::FcvtFromUint => float::from_int(to, arg as i128),
        ConvertOp::FcvtToSintSat => {
            let limit = sign_extend(sign_bit(to.bits()), to.bits());
            truncate(float::to_int(from, arg).clamp(limit, !limit), to.bits())
        }
        ConvertOp::FcvtToUintSat => truncate(float::to_int(from, arg).clamp(0, mask(to.bits()) as i128), to.bits()),
        ConvertOp::Fpromote | ConvertOp::Fdemote => float::convert(from, to, arg),
        ConvertOp::Splat => from_lanes(to, lanes(to, 0).map(|_| arg)),
    }
}

/// An integer comparison: 0 or 1, or a lane mask.
pub fn int_compare(cond: IntCond, ty: Type, a: Bits, b: Bits) -> Bits {
    let width = ty.lane().bits();
    compare_lanes(ty, a, b, |a, b| {
        let (sa, sb) = (sign_extend(a, width), sign_extend(b, width));
        match cond {
            IntCond::Eq => a == b,
            IntCond::Ne => a != b,
            IntCond::Slt => sa < sb,
            IntCond::Sle => sa <= sb,
            IntCond::Sgt => sa > sb,
            IntCond::Sge => sa >= sb,
            IntCond::Ult => a < b,
            IntCond::Ule => a <= b,
            IntCond::Ugt => a > b,
            IntCond::Uge => a >= b,
        }
    })
}

/// A float comparison: 0 or 1, or a lane mask.
pub fn float_compare(cond: FloatCond, ty: Type, a: Bits, b: Bits) -> Bits {
    compare_lanes(ty, a, b, |a, b| float::compare(cond, ty.lane(), a, b))
}

fn compare_lanes(ty: Type, a: Bits, b: Bits, holds: impl Fn(Bits, Bits) -> bool) -> Bits {
    if !ty.is_vector() {
        return Bits::from(holds(a, b));
    }
    let all = mask(ty.lane().bits());
    from_lanes(ty, lanes(ty, a).zip(lanes(ty, b)).map(|(a, b)| if holds(a, b) { all } else { 0 }))
}

/// Whether a float of the type is a NaN, of any payload.
pub fn is_nan(ty: Type, bits: Bits) -> bool {
    float::is_nan(ty, bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_edges() {
        let check = |op, ty: Type, a: i64, b: i64, expected: i64| {
            let result = binary(op, ty, iconst(ty, a), iconst(ty, b));
            assert_eq!(result, Ok(iconst(ty, expected)), "{op:?} {ty} {a} {b}");
        };
        check(BinaryOp::Srem, Type::I8, -128, -1, 0);
        check(BinaryOp::Srem, Type::I64, -7, 2, -1);
        check(BinaryOp::Sdiv, Type::I64, -7, 2, -3);
        check(BinaryOp::Ishl, Type::I8, 1, 9, 2);
        check(BinaryOp::Ishl, Type::I8, 1, -1, -128);
        check(BinaryOp::Sshr, Type::I16, -4, 17, -2);
        check(BinaryOp::Smulhi, Type::I64, i64::MIN, i64::MIN, 1 << 62);
        check(BinaryOp::Umulhi, Type::I8, -1, -1, -2);
        check(BinaryOp::Smin, Type::I32, -1, 1, -1);
        check(BinaryOp::Umin, Type::I32, -1, 1, 1);
        let divide = |a: i64, b: i64| binary(BinaryOp::Sdiv, Type::I32, iconst(Type::I32, a), iconst(Type::I32, b));
        assert_eq!(divide(1, 0), Err(TrapCode::DivisionByZero));
        assert_eq!(divide(i64::from(i32::MIN), -1), Err(TrapCode::DivisionOverflow));
        assert_eq!(overflow(OverflowOp::Smul, Type::I64, 1 << 62, 2), (1 << 63, true));
        assert_eq!(overflow(OverflowOp::Usub, Type::I8, 0, 1), (255, true));
        assert_eq!(overflow(OverflowOp::Smul, Type::I128, 1 << 126, 2), (1 << 127, true));
        assert_eq!(unary(UnaryOp::Clz, Type::I8, 1), 7);
        assert_eq!(unary(UnaryOp::Ctz, Type::I16, 0), 16);
        assert_eq!(unary(UnaryOp::Bswap, Type::I16, 0x0102), 0x0201);
        assert_eq!(unary(UnaryOp::Bitrev, Type::I8, 1), 0x80);
    }

    #[test]
    fn conversions_saturate() {
        let f64_bits = |value: f64| Bits::from(value.to_bits());
        let to = |op, ty, value| convert(op, Type::F64, ty, f64_bits(value));
        assert_eq!(to(ConvertOp::FcvtToSintSat, Type::I8, 1e9), 127);
        assert_eq!(to(ConvertOp::FcvtToSintSat, Type::I8, -1e9), 128);
        assert_eq!(to(ConvertOp::FcvtToSintSat, Type::I64, f64::INFINITY), i64::MAX as Bits);
        assert_eq!(to(ConvertOp::FcvtToUintSat, Type::I64, f64::INFINITY), Bits::from(u64::MAX));
        assert_eq!(to(ConvertOp::FcvtToUintSat, Type::I64, -1.5), 0);
        assert_eq!(to(ConvertOp::FcvtToSintSat, Type::I32, f64::NAN), 0);
        assert_eq!(to(ConvertOp::FcvtToSintSat, Type::I32, -1.9), truncate(-1, 32));
        assert_eq!(convert(ConvertOp::FcvtFromUint, Type::I8, Type::F64, 255), f64_bits(255.0));
        assert_eq!(convert(ConvertOp::FcvtFromSint, Type::I8, Type::F64, 255), f64_bits(-1.0));
    }

    #[test]
    fn vectors_work_lane_by_lane() {
        let a = from_lanes(Type::I32X4, [1, 2, 3, 0xffff_ffff]);
        let b = from_lanes(Type::I32X4, [1, 1, 5, 1]);
        assert_eq!(binary(BinaryOp::Iadd, Type::I32X4, a, b), Ok(from_lanes(Type::I32X4, [2, 3, 8, 0])));
        let mask = int_compare(IntCond::Slt, Type::I32X4, a, b);
        assert_eq!(mask, from_lanes(Type::I32X4, [0, 0, 0xffff_ffff, 0xffff_ffff]));
        assert_eq!(convert(ConvertOp::Splat, Type::I16, Type::I16X8, 7), from_lanes(Type::I16X8, [7; 8]));
    }
}
