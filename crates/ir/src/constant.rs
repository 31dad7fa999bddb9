//! Typed constants in text: arguments and results in tests, dumps and command lines.
//!
//! Integers are decimal (printed signed) or hexadecimal, floats decimal, `inf`, `nan` or their bits after `0x`,
//! references `null` or an address, vectors their lanes between brackets.

use std::fmt;

use crate::evaluate::{self, Bits, mask, sign_extend};
use crate::types::Type;

/// A value and its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The type.
    pub ty: Type,
    /// The bits; those above the type's width are zero.
    pub bits: Bits,
}

impl Constant {
    /// Reads a constant of the type.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(ty: Type, text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wrong = || format!("`{text}` is no constant of type {ty}");
        let bits = if let Some((lane, count)) = ty.lanes() {
            let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).ok_or_else(wrong)?;
            let lanes: Vec<Bits> =
                inner.split(',').map(|text| Ok(Self::parse(lane, text)?.bits)).collect::<Result<_, String>>()?;
            if lanes.len() != count as usize {
                return Err(wrong());
            }
            evaluate::from_lanes(ty, lanes)
        } else if let Some(digits) = text.strip_prefix("0x") {
            Bits::from_str_radix(digits, 16).ok().filter(|&bits| bits <= mask(ty.bits())).ok_or_else(wrong)?
        } else {
            parse_decimal(ty, text).ok_or_else(wrong)?
        };
        Ok(Self { ty, bits })
    }

    /// Whether both are the same to a program: all NaNs of a type are.
    pub fn same(self, other: Constant) -> bool {
        let lane = self.ty.lane();
        let lanes = evaluate::lanes(self.ty, self.bits).zip(evaluate::lanes(other.ty, other.bits));
        self.ty == other.ty && { lanes }.all(|(a, b)| a == b || evaluate::is_nan(lane, a) && evaluate::is_nan(lane, b))
    }
}

fn parse_decimal(ty: Type, text: &str) -> Option<Bits> {
    match ty {
        Type::F32 => text.parse().ok().map(|value: f32| Bits::from(value.to_bits())),
        Type::F64 => text.parse().ok().map(|value: f64| Bits::from(value.to_bits())),
        Type::F16 => {
            let wide = parse_decimal(Type::F64, text)?;
            Some(evaluate::convert(crate::instruction::ConvertOp::Fdemote, Type::F64, ty, wide))
        }
        Type::Ref => (text == "null").then_some(0),
        _ if text.starts_with('-') => {
            let value: i128 = text.parse().ok()?;
            let bits = evaluate::truncate(value, ty.bits());
            (sign_extend(bits, ty.bits()) == value).then_some(bits)
        }
        _ => text.parse().ok().filter(|&bits| bits <= mask(ty.bits())),
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ty.is_vector() {
            f.write_str("[")?;
            for (index, bits) in evaluate::lanes(self.ty, self.bits).enumerate() {
                f.write_str(if index == 0 { "" } else { ", " })?;
                Constant { ty: self.ty.lane(), bits }.fmt(f)?;
            }
            return f.write_str("]");
        }
        match self.ty {
            _ if evaluate::is_nan(self.ty, self.bits) => f.write_str("nan"),
            Type::F32 => write!(f, "{:?}", f32::from_bits(self.bits as u32)),
            Type::F64 => write!(f, "{:?}", f64::from_bits(self.bits as u64)),
            Type::F16 | Type::Ref if self.ty == Type::F16 || self.bits != 0 => write!(f, "{:#x}", self.bits),
            Type::Ref => f.write_str("null"),
            _ => write!(f, "{}", sign_extend(self.bits, self.ty.bits())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms() {
        let cases = [
            (Type::I8, "255", "-1"),
            (Type::I8, "-128", "-128"),
            (Type::I64, "0xffffffffffffffff", "-1"),
            (Type::F64, "1e3", "1000.0"),
            (Type::F64, "-0.0", "-0.0"),
            (Type::F32, "nan", "nan"),
            (Type::F16, "1.5", "0x3e00"),
            (Type::Ref, "null", "null"),
            (Type::Ref, "0x10", "0x10"),
            (Type::I32X4, "[1, 2, -3, 4]", "[1, 2, -3, 4]"),
            (Type::F64X2, "[1, inf]", "[1.0, inf]"),
        ];
        for (ty, text, printed) in cases {
            let constant = Constant::parse(ty, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(constant.to_string(), printed);
            assert!(Constant::parse(ty, printed).is_ok_and(|again| again.same(constant)), "{printed}");
        }
        for (ty, text) in [(Type::I8, "256"), (Type::I8, "-129"), (Type::I64, "1.0"), (Type::I64X2, "[1]")] {
            assert!(Constant::parse(ty, text).is_err(), "{text}");
        }
    }
}
