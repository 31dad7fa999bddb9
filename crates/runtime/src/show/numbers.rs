//! Floating-point numbers in the language's form: the shortest digits that read back as the same number.
//!
//! Between 1e-5 and 1e6 the point is written in place, otherwise an exponent: `100000.0`, `1.0e6`, `0.0001`, `1.0e-5`.

/// A `Float64` as it prints.
pub fn float64_text(number: f64) -> String {
    if let Some(text) = special(number.is_nan(), number.is_infinite(), number == 0.0, number.is_sign_negative()) {
        return text.to_owned();
    }
    layout(ryu::Buffer::new().format_finite(number), 'e')
}

/// A `Float32` as `print` writes it; `show` adds `f0` where there is no exponent.
pub fn float32_text(number: f32) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if let Some(text) = special(false, number.is_infinite(), number == 0.0, number.is_sign_negative()) {
        return text.to_owned();
    }
    layout(ryu::Buffer::new().format_finite(number), 'f')
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
fn layout(decimal: &str, exponent_mark: char) -> String {
    let (sign, unsigned) = decimal.strip_prefix('-').map_or(("", decimal), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().expect("the decimal form has a whole exponent");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let leading_zeros = all.len() - all.trim_start_matches('0').len();
    let digits = all.trim_matches('0');
    // The number is 0.d1d2d3... times ten to the `point`.
    let point = whole.len() as i32 + exponent - leading_zeros as i32;
    if -5 < point - 1 && point <= 6 {
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

/// Reads a `Float64` as the language writes it: decimal or exponent form, `Inf`, `NaN`, signs.
pub fn parse_float64(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_word = matches!(unsigned.to_ascii_lowercase().as_str(), "inf" | "infinity" | "nan");
    if !is_word && unsigned.bytes().any(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'f' | b'+' | b'-')) {
        return None;
    }
    if is_word { text.parse().ok() } else { text.replace('f', "e").parse().ok() }
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
    fn what_is_no_number_is_refused() {
        for text in ["", "x", "1.0.0", "0x10", "1_000", "--1", "e5"] {
            assert_eq!(parse_float64(text), None, "{text:?}");
        }
    }
}
