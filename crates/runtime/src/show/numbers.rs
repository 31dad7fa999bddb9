//! Floating-point numbers in the language's form: the shortest digits that read back as the same number.
//!
//! Of halves, at most three digits stand before the point. Otherwise:
//! Between 1e-5 and 1e6 the point is written in place, otherwise an exponent: `100000.0`, `1.0e6`, `0.0001`, `1.0e-5`.

use crate::intrinsics::evaluate::single_to_half;

/// A `Float64` as it prints.
pub fn float64_text(number: f64) -> String {
    if let Some(text) = special(number.is_nan(), number.is_infinite(), number == 0.0, number.is_sign_negative()) {
        return text.to_owned();
    }
    layout(ryu::Buffer::new().format_finite(number), 'e', 6)
}

/// A `Float32` as `print` writes it; `show` adds `f0` where there is no exponent.
pub fn float32_text(number: f32) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if let Some(text) = special(false, number.is_infinite(), number == 0.0, number.is_sign_negative()) {
        return text.to_owned();
    }
    layout(ryu::Buffer::new().format_finite(number), 'f', 6)
}

/// A `Float16`, given as the single it equals, as `print` writes it: the fewest digits that round to it.
pub fn float16_text(number: f32) -> String {
    let is_negative = number.is_sign_negative();
    if let Some(text) = special(number.is_nan(), number.is_infinite(), number == 0.0, is_negative) {
        return text.to_owned();
    }
    let half = single_to_half(number);
    let forms = (0..8).map(|digits| format!("{number:.digits$e}"));
    let mut shortest = forms.filter(|form| form.parse().is_ok_and(|read: f32| single_to_half(read) == half));
    layout(&shortest.next().expect("eight digits tell halves apart"), 'e', 3)
}

fn special(is_nan: bool, is_infinite: bool, is_zero: bool, is_negative: bool) -> Option<&'static str> {
    match (is_nan, is_infinite, is_zero, is_negative) {
        (true, ..) => Some("NaN"),
        (_, true, _, false) => Some("Inf"),
        (_, true, _, true) => Some("-Inf"),
        (_, _, true, false) => Some("0.0"),
        (_, _, true, true) => Some("-0.0"),
        _ => None,
    }
}

/// Lays out digits and exponent, taken from any decimal form.
fn layout(decimal: &str, exponent_mark: char, most_places: i32) -> String {
    let (sign, unsigned) = decimal.strip_prefix('-').map_or(("", decimal), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().expect("the decimal form has a whole exponent");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let leading_zeros = all.len() - all.trim_start_matches('0').len();
    let digits = all.trim_matches('0');
    // The number is 0.d1d2d3... times ten to the `point`.
    let point = whole.len() as i32 + exponent - leading_zeros as i32;
    if -5 < point - 1 && point <= most_places {
        return format!("{sign}{}", plain(digits, point));
    }
    let (first, rest) = digits.split_at(1);
    let rest = if rest.is_empty() { "0" } else { rest };
    format!("{sign}{first}.{rest}{exponent_mark}{}", point - 1)
}

fn plain(digits: &str, point: i32) -> String {
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(-point as usize));
    }
    let point = point as usize;
    if digits.len() <= point {
        return format!("{digits}{}.0", "0".repeat(point - digits.len()));
    }
    format!("{}.{}", &digits[..point], &digits[point..])
}

/// Reads a `Float64` as the language writes it: decimal, exponent or hexadecimal form, `Inf`, `NaN`, signs.
pub fn parse_float64(text: &str) -> Option<f64> {
    if let Some(number) = parse_hexadecimal(text) {
        return Some(number);
    }
    let number: f64 = is_decimal(text).then(|| text.parse().ok()).flatten()?;
    is_in_range(text, number).then_some(number)
}

/// Reads a `Float32`, rounded once.
pub fn parse_float32(text: &str) -> Option<f32> {
    if let Some(number) = parse_hexadecimal(text) {
        return Some(number as f32);
    }
    // An exponent may be marked by an `f`, which words have too.
    let is_word = !text.bytes().any(|byte| byte.is_ascii_digit());
    let text = if is_word { text.to_owned() } else { text.replace('f', "e") };
    let number: f32 = is_decimal(&text).then(|| text.parse().ok()).flatten()?;
    is_in_range(&text, f64::from(number)).then_some(number)
}

/// Whether a number that is infinite or zero was written as such: others have no value.
fn is_in_range(text: &str, number: f64) -> bool {
    let mantissa = text.split(['e', 'E', 'f']).next().unwrap_or(text);
    match number {
        0.0 => mantissa.bytes().all(|byte| !matches!(byte, b'1'..=b'9')),
        _ => number.is_finite() || number.is_nan() || mantissa.bytes().all(|byte| !byte.is_ascii_digit()),
    }
}

/// Whether what Rust reads as a number is one in the language too.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_word = matches!(unsigned.to_ascii_lowercase().as_str(), "inf" | "infinity" | "nan");
    is_word || unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'f' | b'+' | b'-'))
}

/// `0x1.8p3`: digits, which may have a point, and a power of two, which may be missing.
fn parse_hexadecimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let digits = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X"))?;
    let (mantissa, exponent) = digits.split_once(['p', 'P']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let all = all.trim_start_matches('0');
    let is_digits = mantissa.len() > usize::from(mantissa.contains('.'))
        && mantissa.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'.');
    if !is_digits || mantissa.matches('.').count() > 1 {
        return None;
    }
    let exponent: i64 = exponent.parse().ok()?;
    // The digits that fit are kept; of the others, only whether there is one that is not zero matters.
    let (kept, rest) = all.split_at(all.len().min(15));
    let mut bits = if kept.is_empty() { 0 } else { u64::from_str_radix(kept, 16).ok()? };
    bits = bits << 1 | u64::from(rest.bytes().any(|byte| byte != b'0'));
    let scale = 4 * (rest.len() as i64 - fraction.len() as i64) + exponent.clamp(-100_000, 100_000) - 1;
    Some(sign * libm::scalbn(bits as f64, scale.clamp(-100_000, 100_000) as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_print_as_julia_prints_them() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (100000.0, "100000.0"),
            (123456.7, "123456.7"),
            (999999.0, "999999.0"),
            (1.0e6, "1.0e6"),
            (1234567.0, "1.234567e6"),
            (0.0001, "0.0001"),
            (0.00012345, "0.00012345"),
            (1.0e-5, "1.0e-5"),
            (1.0e10, "1.0e10"),
            (-2.5e-7, "-2.5e-7"),
            (5.0e-324, "5.0e-324"),
            (f64::MAX, "1.7976931348623157e308"),
            (0.30000000000000004, "0.30000000000000004"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
        ];
        for (number, text) in cases {
            assert_eq!(float64_text(number), text);
        }
        assert_eq!(float32_text(0.1), "0.1");
        assert_eq!(float32_text(1.0e10), "1.0f10");
    }

    #[test]
    fn every_printed_double_reads_back() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..100_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(bits);
            if number.is_finite() {
                assert_eq!(parse_float64(&float64_text(number)).map(f64::to_bits), Some(bits));
            }
        }
    }

    #[test]
    fn hexadecimal_numbers_are_read() {
        for (text, number) in
            [("0x10", 16.0), ("0x1.8p3", 12.0), ("-0x.8p0", -0.5), ("0X1P-1074", 5e-324), ("0x1p2000", f64::INFINITY)]
        {
            assert_eq!(parse_float64(text), Some(number), "{text:?}");
        }
    }

    #[test]
    fn halves_print_with_the_fewest_digits() {
        for (number, text) in
            [(1.5, "1.5"), (0.099_975_586, "0.1"), (1000.0, "1.0e3"), (65504.0, "6.55e4"), (5.960_464_5e-8, "6.0e-8")]
        {
            assert_eq!(float16_text(number), text);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "x", "1e400", "-1e400", "1e-400", "1.0.0", "0x", "0x.", "0x1p", "1_000", "--1", "e5"] {
            assert_eq!(parse_float64(text), None, "{text:?}");
        }
    }
}
