//! Half precision in software: conversions only, as the IR defines no arithmetic on it.

/// Explicit bits of the significand.
const FRACTION_BITS: u32 = 10;
const INFINITY: u16 = 0x7c00;
const QUIET_NAN: u16 = 0x7e00;

pub(super) fn is_nan(bits: u16) -> bool {
    bits & 0x7fff > INFINITY
}

/// Exact.
pub(super) fn to_f64(bits: u16) -> f64 {
    let negative = bits >> 15 != 0;
    let exponent = i32::from(bits >> FRACTION_BITS & 31);
    let fraction = f64::from(bits & 0x3ff);
    let magnitude = match exponent {
        31 if is_nan(bits) => {
            // The payload moves to the top, as the machine's conversion does.
            let payload = u64::from(bits & 0x3ff) << 42;
            return f64::from_bits(u64::from(negative) << 63 | 0x7ff8 << 48 | payload);
        }
        31 => f64::INFINITY,
        0 => fraction * 2f64.powi(-24),
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if negative { -magnitude } else { magnitude }
}

/// To the nearest, ties to even.
pub(super) fn from_f64(value: f64) -> u16 {
    let sign = u16::from(value.is_sign_negative()) << 15;
    let magnitude = value.abs();
    if value.is_nan() {
        return sign | QUIET_NAN | (value.to_bits() >> 42 & 0x3ff) as u16;
    }
    // 65520 is half way between the largest finite value and the next power of two.
    if magnitude >= 65520.0 {
        return sign | INFINITY;
    }
    // The spacing of half-precision values around this one; the division by a power of two is exact (or far below
    // half of the smallest value), so only the rounding to an integer rounds.
    let exponent = ((magnitude.to_bits() >> 52) as i32 - 1023).max(-14);
    let units = (magnitude / 2f64.powi(exponent - FRACTION_BITS as i32)).round_ties_even() as u16;
    // A significand that rounds up to the next power of two carries into the exponent, as it must.
    let biased = (exponent + 15) as u16;
    sign | if units < 1024 { units } else { ((biased - 1) << FRACTION_BITS) + units }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives_the_round_trip() {
        for bits in 0..=u16::MAX {
            let back = from_f64(to_f64(bits));
            assert!(back == bits || (is_nan(back) && is_nan(bits)), "{bits:#x} became {back:#x}");
        }
    }

    #[test]
    fn rounding() {
        assert_eq!(from_f64(1.0), 0x3c00);
        assert_eq!(from_f64(65519.9), 0x7bff);
        assert_eq!(from_f64(65520.0), INFINITY);
        assert_eq!(from_f64(1.0 + 2f64.powi(-11)), 0x3c00, "a tie goes to even");
        assert_eq!(from_f64(1.0 + 3.0 * 2f64.powi(-11)), 0x3c02, "a tie goes to even");
        assert_eq!(from_f64(2.0 - 2f64.powi(-12)), 0x4000, "up to the next power of two");
        assert_eq!(from_f64(2f64.powi(-25)), 0, "a tie goes to even");
        assert_eq!(from_f64(2f64.powi(-25) * 1.01), 1);
        assert_eq!(from_f64(-2f64.powi(-15)), 0x8200);
    }
}
