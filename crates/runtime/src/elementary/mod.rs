//! Exponentials, logarithms, powers and lengths, correct to the last digit but for about one result in a thousand.
//!
//! All of them are computed as unevaluated sums of two floats ([`Double`]), of which the larger is the result. An
//! exponential takes the power of two apart that is nearest among 64 per octave; a logarithm near one is a series, and
//! elsewhere one step of Newton's iteration from the library's. The library alone (`libm`) is off by one in the last
//! digit often enough to be seen: `exp(1.0)` would print as `2.7182818284590455`. Only additions and multiplications
//! are used, so that every machine gives the same digits.
//!
//! Trigonometric and other functions are `libm`'s.

mod powers;

use powers::POWERS;

/// A number as the sum of a float and a much smaller one.
#[derive(Clone, Copy, Debug)]
struct Double {
    hi: f64,
    lo: f64,
}

const LN_2: Double = Double { hi: std::f64::consts::LN_2, lo: 2.319_046_813_846_299_6e-17 };
const INVERSE_LN_2: Double = Double { hi: std::f64::consts::LOG2_E, lo: 2.035_527_374_093_103_3e-17 };
const LN_10: Double = Double { hi: std::f64::consts::LN_10, lo: -2.170_756_223_382_249_4e-16 };
const INVERSE_LN_10: Double = Double { hi: std::f64::consts::LOG10_E, lo: 1.098_319_650_216_765e-17 };
const TWO_THIRDS: Double = Double { hi: 0.666_666_666_666_666_6, lo: 3.700_743_415_417_188e-17 };

/// `e^x`.
pub fn exp(x: f64) -> f64 {
    exponential(x, Double { hi: x, lo: 0.0 })
}

/// `2^x`.
pub fn exp2(x: f64) -> f64 {
    exponential(x, scaled(LN_2, x.clamp(-2000.0, 2000.0)))
}

/// `10^x`.
pub fn exp10(x: f64) -> f64 {
    exponential(x, scaled(LN_10, x.clamp(-1000.0, 1000.0)))
}

/// The natural logarithm.
pub fn log(x: f64) -> f64 {
    if is_ordinary(x) { logarithm(x).hi } else { libm::log(x) }
}

/// The logarithm to base two.
pub fn log2(x: f64) -> f64 {
    if is_ordinary(x) { multiply(logarithm(x), INVERSE_LN_2).hi } else { libm::log2(x) }
}

/// The logarithm to base ten.
pub fn log10(x: f64) -> f64 {
    if is_ordinary(x) { multiply(logarithm(x), INVERSE_LN_10).hi } else { libm::log10(x) }
}

/// `x^y`, with C's results where an argument is zero, infinite or no number.
pub fn pow(x: f64, y: f64) -> f64 {
    let size = x.abs();
    if !is_ordinary(size) || !(1e-300..=1e18).contains(&y.abs()) || x < 0.0 && y.floor() != y {
        return libm::pow(x, y);
    }
    let result = exponential(1.0, scaled(logarithm(size), y));
    // An odd whole number is below 2^53.
    let is_odd = y.abs() < 9.1e15 && y as i64 & 1 != 0;
    if x < 0.0 && is_odd { -result } else { result }
}

/// `e^x - 1`.
pub fn expm1(x: f64) -> f64 {
    if !(0.25..700.0).contains(&x.abs()) {
        return if x > 700.0 { exp(x) } else { libm::expm1(x) };
    }
    let power = whole(x);
    let less = sum(power.hi, -1.0);
    less.hi + (less.lo + power.lo)
}

/// The hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    if !(0.3..40.0).contains(&x.abs()) {
        return libm::sinh(x);
    }
    let (grown, shrunk) = (whole(x.abs()), whole(-x.abs()));
    let total = sum(grown.hi, -shrunk.hi);
    (0.5 * (total.hi + (total.lo + grown.lo - shrunk.lo))).copysign(x)
}

/// The hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    if x.abs() > 40.0 || x.is_nan() {
        return libm::cosh(x);
    }
    let (grown, shrunk) = (whole(x.abs()), whole(-x.abs()));
    let total = sum(grown.hi, shrunk.hi);
    0.5 * (total.hi + (total.lo + grown.lo + shrunk.lo))
}

/// `e^x` for `x` whose exponential is an ordinary number.
fn whole(x: f64) -> Double {
    let (power, exponent) = exponential_parts(Double { hi: x, lo: 0.0 });
    Double { hi: libm::scalbn(power.hi, exponent), lo: libm::scalbn(power.lo, exponent) }
}

/// `sqrt(x^2 + y^2)`, as if neither square were rounded.
pub fn hypot(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return libm::hypot(x, y);
    }
    let (x, y) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    if !is_ordinary(x) || !is_ordinary(y) || x * 1e-17 > y {
        return libm::hypot(x, y);
    }
    // Of a size whose square is neither too large nor too small.
    let (_, exponent) = libm::frexp(x);
    let (a, b) = (libm::scalbn(x, -exponent), libm::scalbn(y, -exponent));
    let (first, second) = (product(a, a), product(b, b));
    let total = sum(first.hi, second.hi);
    let root = total.hi.sqrt();
    let square = product(root, root);
    let left = (total.hi - square.hi) - square.lo + total.lo + first.lo + second.lo;
    libm::scalbn(root + left / (2.0 * root), exponent)
}

/// The angle of the direction `(x, y)`.
pub fn atan2(y: f64, x: f64) -> f64 {
    const STEEP: f64 = 1_152_921_504_606_846_976.0;
    if y.is_finite() && x != 0.0 && y.abs() / STEEP > x.abs() {
        return std::f64::consts::FRAC_PI_2.copysign(y);
    }
    libm::atan2(y, x)
}

/// Positive and finite.
fn is_ordinary(x: f64) -> bool {
    x > 0.0 && x < f64::INFINITY
}

/// `e^power` as a float; `x` is what the caller was given, which may be no number.
fn exponential(x: f64, power: Double) -> f64 {
    if x.is_nan() {
        return x;
    }
    if power.hi > 710.0 {
        return f64::INFINITY;
    }
    if power.hi < -746.0 {
        return 0.0;
    }
    let (significand, exponent) = exponential_parts(power);
    libm::scalbn(significand.hi, exponent)
}

/// `e^x` as a number between one and two (or hardly beyond) and a power of two, for `x` below 1000.
fn exponential_parts(x: Double) -> (Double, i32) {
    // ln(2)/64 in three parts, the first two short enough that their products with `n` are exact.
    const STEP: [f64; 3] = [0.010_830_417_275_428_772, 7.420_819_514_436_516e-9, 8.590_504_716_731_83e-16];
    let n = (x.hi * 92.332_482_616_893_66).round_ties_even();
    let rest = sum(x.hi - n * STEP[0], -(n * STEP[1]));
    let rest = ordered_sum(rest.hi, rest.lo + (x.lo - n * STEP[2]));
    let (place, exponent) = ((n as i32).rem_euclid(64), (n as i32).div_euclid(64));
    let r = rest.hi;
    let square = product(r, r);
    let series = 1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r / 5040.0)));
    let start = ordered_sum(r, square.hi / 2.0);
    let tail = square.hi * r * series + r * rest.lo;
    let less_one = ordered_sum(start.hi, start.lo + (square.lo / 2.0 + rest.lo + tail));
    let (hi, lo) = POWERS[place as usize];
    let grown = product(hi, less_one.hi);
    let total = ordered_sum(hi, grown.hi);
    let low = total.lo + (grown.lo + hi * less_one.lo + lo * less_one.hi + lo);
    (ordered_sum(total.hi, low), exponent)
}

/// The natural logarithm of a positive finite number.
fn logarithm(x: f64) -> Double {
    let (mut significand, mut exponent) = libm::frexp(x);
    if significand < std::f64::consts::FRAC_1_SQRT_2 {
        significand *= 2.0;
        exponent -= 1;
    }
    let of_significand =
        if (significand - 1.0).abs() < 0.031_25 { logarithm_near_one(significand) } else { newton_step(significand) };
    if exponent == 0 {
        return of_significand;
    }
    let scale = scaled(LN_2, f64::from(exponent));
    let total = sum(scale.hi, of_significand.hi);
    ordered_sum(total.hi, total.lo + scale.lo + of_significand.lo)
}

/// From a logarithm that is right but for the last digits: what its exponential is off by is the correction.
fn newton_step(x: f64) -> Double {
    let near = libm::log(x);
    let (inverse, exponent) = exponential_parts(Double { hi: -near, lo: 0.0 });
    let x = libm::scalbn(x, exponent);
    let one = product(x, inverse.hi);
    ordered_sum(near, (one.hi - 1.0) + one.lo + x * inverse.lo)
}

/// `2s + 2s^3/3 + ...` with `s = (x - 1)/(x + 1)`.
fn logarithm_near_one(x: f64) -> Double {
    let f = x - 1.0;
    let divisor = sum(2.0, f);
    let hi = f / divisor.hi;
    let back = product(hi, divisor.hi);
    let lo = ((f - back.hi) - back.lo - hi * divisor.lo) / divisor.hi;
    let s = ordered_sum(hi, lo);
    let z = multiply(s, s);
    let t = z.hi;
    let rest = t * t * (2.0 / 5.0 + t * (2.0 / 7.0 + t * (2.0 / 9.0 + t * (2.0 / 11.0 + t * (2.0 / 13.0)))));
    let factor = multiply(z, TWO_THIRDS);
    let factor = ordered_sum(factor.hi, factor.lo + rest);
    let beyond = multiply(s, factor);
    let total = ordered_sum(2.0 * s.hi, beyond.hi);
    ordered_sum(total.hi, total.lo + 2.0 * s.lo + beyond.lo)
}

fn scaled(x: Double, by: f64) -> Double {
    let main = product(x.hi, by);
    ordered_sum(main.hi, main.lo + x.lo * by)
}

fn multiply(x: Double, y: Double) -> Double {
    let main = product(x.hi, y.hi);
    ordered_sum(main.hi, main.lo + (x.hi * y.lo + x.lo * y.hi))
}

/// The exact sum.
fn sum(a: f64, b: f64) -> Double {
    let hi = a + b;
    let of_b = hi - a;
    Double { hi, lo: (a - (hi - of_b)) + (b - of_b) }
}

/// The exact sum, where the first is not the smaller one.
fn ordered_sum(a: f64, b: f64) -> Double {
    let hi = a + b;
    Double { hi, lo: b - (hi - a) }
}

/// The exact product, by halves of the factors' digits.
fn product(a: f64, b: f64) -> Double {
    let hi = a * b;
    let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
    Double { hi, lo: ((a1 * b1 - hi) + a1 * b2 + a2 * b1) + a2 * b2 }
}

fn halves(x: f64) -> (f64, f64) {
    let shifted = x * 134_217_729.0;
    let upper = shifted - (shifted - x);
    (upper, x - upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_values_are_exact() {
        for (found, expected) in [
            (exp(0.0), 1.0),
            (exp(1.0), std::f64::consts::E),
            (exp(-0.0), 1.0),
            (exp(f64::NEG_INFINITY), 0.0),
            (exp(f64::INFINITY), f64::INFINITY),
            (exp(710.0), f64::INFINITY),
            (exp(-745.0), 5e-324),
            (exp(-800.0), 0.0),
            (expm1(1.0), 1.718_281_828_459_045_3),
            (expm1(800.0), f64::INFINITY),
            (expm1(-800.0), -1.0),
            (cosh(1.0), 1.543_080_634_815_243_7),
            (cosh(-800.0), f64::INFINITY),
            (sinh(-1.0), -1.175_201_193_643_801_4),
            (sinh(0.0), 0.0),
            (exp2(10.0), 1024.0),
            (exp2(-1074.0), 5e-324),
            (exp2(1e300), f64::INFINITY),
            (exp10(3.0), 1000.0),
            (exp10(22.0), 1e22),
            (exp10(-400.0), 0.0),
            (log(1.0), 0.0),
            (log(std::f64::consts::E), 1.0),
            (log(0.0), f64::NEG_INFINITY),
            (log(10.0), std::f64::consts::LN_10),
            (log(5e-324), -744.440_071_921_381_2),
            (log2(8.0), 3.0),
            (log2(5e-324), -1074.0),
            (log10(1000.0), 3.0),
            (log10(1e-5), -5.0),
            (hypot(3.0, -4.0), 5.0),
            (hypot(-1.5, 0.1), 1.503_329_637_837_291),
            (hypot(1e300, 1e300), 1.414_213_562_373_095_1e300),
            (hypot(0.0, -2.0), 2.0),
            (hypot(f64::NAN, f64::INFINITY), f64::INFINITY),
            (f64::from(u8::from(hypot(f64::NAN, 1.0).is_nan())), 1.0),
            (atan2(-9.3e18, -1.5), -std::f64::consts::FRAC_PI_2),
            (atan2(1.0, 1.0), std::f64::consts::FRAC_PI_4),
            (pow(2.0, 10.0), 1024.0),
            (pow(10.0, 15.0), 1e15),
            (pow(-2.0, 3.0), -8.0),
            (pow(-2.0, -2.0), 0.25),
            (pow(2.0, 0.5), std::f64::consts::SQRT_2),
            (pow(1.0, 1e300), 1.0),
            (pow(0.0, -1.0), f64::INFINITY),
            (pow(1.1, 7000.0), 5.607_846_372_419_733e289),
            (pow(2.0, 5000.0), f64::INFINITY),
            (pow(2.0, -5000.0), 0.0),
        ] {
            assert!(found == expected, "{found:?} for {expected:?}");
        }
        for nan in [exp(f64::NAN), exp2(f64::NAN), log(-1.0), log2(f64::NAN), pow(-2.0, 0.5), pow(f64::NAN, 2.0)] {
            assert!(nan.is_nan());
        }
    }

    #[test]
    fn logarithms_undo_exponentials() {
        let mut x = -700.0;
        while x < 700.0 {
            let back = log(exp(x));
            assert!((back - x).abs() <= 2e-16 * x.abs().max(1.0), "{x}: {back}");
            assert!((exp(x) - libm::exp(x)).abs() <= exp(x) * 2.3e-16, "{x}");
            x += 0.377;
        }
    }
}
