//! Numeric literals: where one ends, and what it is worth.
//!
//! The sign is the parser's: `-1` is a literal there, and `-2^x` is not. Integers that need more than 64 bits
//! are not nodes of their own: as in Julia, they are calls of a macro on their digits, and [`large_integer`]
//! reads such a call back.

use crate::ast::{Node, NodeKind};

/// The forms of numeric literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `12`.
    Decimal,
    /// `1.5`, `1e3`.
    Float,
    /// `1f0`.
    Float32,
    /// `0x1f`, `0o17`, `0b11`.
    Based,
    /// `0x1.8p3`.
    HexFloat,
}

type Scanned = Result<(usize, NumberKind), (usize, &'static str)>;

const INVALID: &str = "invalid numeric constant";

/// Finds the end and the form of the literal at `start`, which begins with a digit or with `.` and a digit.
pub(crate) fn scan(bytes: &[u8], start: usize) -> Scanned {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    if at(start) == b'0' {
        match at(start + 1) {
            b'x' => return scan_hex(bytes, start),
            b'o' => return scan_based(bytes, start, |b| matches!(b, b'0'..=b'7')),
            b'b' => return scan_based(bytes, start, |b| matches!(b, b'0' | b'1')),
            _ => {}
        }
    }
    let digit = |b: u8| b.is_ascii_digit();
    if is_ambiguous_dot(bytes, skip_digits(bytes, start, digit)) {
        let end = skip_digits(bytes, start, digit) + 2;
        return Err((end, "ambiguous `.` after a number; add a space in"));
    }
    let mut kind = NumberKind::Decimal;
    let mut end = skip_digits(bytes, start, digit);
    if at(end) == b'.' && !is_dotted_operator(bytes, end) {
        kind = NumberKind::Float;
        end = skip_digits(bytes, end + 1, digit);
        if at(end) == b'.' && !is_dotted_operator(bytes, end) {
            return Err((end + 1, INVALID));
        }
    }
    if matches!(at(end), b'e' | b'E' | b'f') {
        let signed = matches!(at(end + 1), b'+' | b'-');
        let digits = end + 1 + usize::from(signed);
        if digit(at(digits)) {
            kind = if at(end) == b'f' { NumberKind::Float32 } else { NumberKind::Float };
            end = digits + bytes[digits..].iter().take_while(|&&b| digit(b)).count();
            if at(end) == b'.' && !is_dotted_operator(bytes, end) {
                return Err((end + 1, INVALID));
            }
        }
    }
    Ok((end, kind))
}

/// Whether the `.` at `dot`, after digits, could end the number or start an operator: `1.+2`.
fn is_ambiguous_dot(bytes: &[u8], dot: usize) -> bool {
    bytes.get(dot) == Some(&b'.')
        && !matches!(bytes.get(dot + 1), Some(b'.' | b'\'' | 0x80..))
        && is_dotted_operator(bytes, dot)
}

/// Whether the `.` at `dot`, after digits, starts an operator (`1..2`, `1.+x`) rather than a fraction.
fn is_dotted_operator(bytes: &[u8], dot: usize) -> bool {
    match bytes.get(dot + 1) {
        Some(
            b'.' | b'*' | b'^' | b'/' | b'\\' | b'+' | b'-' | b'\'' | b'<' | b'>' | b'!' | b'=' | b'%' | b'&' | b'|'
            | b'~',
        ) => true,
        // A wide operator: ≥, ÷, ≈ and so on. Names beyond ASCII do not follow `1.` in sound programs.
        Some(0x80..) => true,
        _ => false,
    }
}

fn skip_digits(bytes: &[u8], mut i: usize, digit: impl Fn(u8) -> bool) -> usize {
    let is = |i: usize| bytes.get(i).is_some_and(|&b| digit(b));
    while is(i) || (bytes.get(i) == Some(&b'_') && is(i + 1)) {
        i += 1;
    }
    i
}

fn scan_based(bytes: &[u8], start: usize, digit: impl Fn(u8) -> bool) -> Scanned {
    let end = skip_digits(bytes, start + 2, digit);
    if end == start + 2 || bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return Err((end, INVALID));
    }
    Ok((end, NumberKind::Based))
}

fn scan_hex(bytes: &[u8], start: usize) -> Scanned {
    let hex = |b: u8| b.is_ascii_hexdigit();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mut end = skip_digits(bytes, start + 2, hex);
    let mut fraction = false;
    if at(end) == b'.' && (hex(at(end + 1)) || matches!(at(end + 1), b'p' | b'P')) {
        fraction = true;
        end = skip_digits(bytes, end + 1, hex);
    }
    if end == start + 2 {
        return Err((end, INVALID));
    }
    if matches!(at(end), b'p' | b'P') {
        let signed = matches!(at(end + 1), b'+' | b'-');
        let digits = end + 1 + usize::from(signed);
        if at(digits).is_ascii_digit() {
            return Ok((skip_digits(bytes, digits, |b| b.is_ascii_digit()), NumberKind::HexFloat));
        }
    }
    if fraction {
        return Err((end, "a hexadecimal float must have an exponent `p`"));
    }
    if at(end).is_ascii_alphanumeric() {
        return Err((end + 1, INVALID));
    }
    Ok((end, NumberKind::Based))
}

/// What a literal is worth.
#[derive(Debug)]
pub(crate) enum Value {
    /// A node.
    Atom(NodeKind),
    /// An integer that needs more than 64 bits: the macro that makes it, and its digits.
    Large(&'static str, String),
}

/// The value of the literal `text`, of the form that [`scan`] found, negated if `negative`.
pub(crate) fn value(text: &str, kind: NumberKind, negative: bool) -> Result<Value, &'static str> {
    let digits: String = text.chars().filter(|&c| c != '_').collect();
    let overflow = "overflow in numeric constant";
    let sign = if negative { -1.0 } else { 1.0 };
    Ok(Value::Atom(match kind {
        NumberKind::Decimal => return Ok(decimal(digits, negative)),
        NumberKind::Based => return based(&digits),
        NumberKind::HexFloat => NodeKind::Float64(sign * hex_float(&digits)),
        NumberKind::Float => {
            let value: f64 = digits.parse().map_err(|_| INVALID)?;
            if value.is_infinite() {
                return Err(overflow);
            }
            NodeKind::Float64(sign * value)
        }
        NumberKind::Float32 => {
            let value: f32 = digits.replace('f', "e").parse().map_err(|_| INVALID)?;
            if value.is_infinite() {
                return Err(overflow);
            }
            NodeKind::Float32(sign as f32 * value)
        }
    }))
}

fn decimal(digits: String, negative: bool) -> Value {
    let magnitude = digits.parse::<u128>().ok();
    let value = match magnitude {
        Some(magnitude) if magnitude <= i128::MAX as u128 => {
            let value = magnitude as i128;
            Some(if negative { -value } else { value })
        }
        Some(magnitude) if negative && magnitude == i128::MIN.unsigned_abs() => Some(i128::MIN),
        _ => None,
    };
    if let Some(small) = value.and_then(|value| i64::try_from(value).ok()) {
        return Value::Atom(NodeKind::Integer(small));
    }
    let name = if value.is_some() { "@int128_str" } else { "@big_str" };
    Value::Large(name, if negative { format!("-{digits}") } else { digits })
}

fn based(digits: &str) -> Result<Value, &'static str> {
    let too_large = "hexadecimal, octal or binary literal too large for UInt128";
    let (radix, body) = match digits.as_bytes()[1] {
        b'x' => (16, &digits[2..]),
        b'o' => (8, &digits[2..]),
        _ => (2, &digits[2..]),
    };
    let value = u128::from_str_radix(body, radix).map_err(|_| too_large)?;
    // The width follows from the digits written. An octal literal with leading zeros is as wide as one of its
    // length that starts with 1.
    let bits = match radix {
        16 => body.len() * 4,
        2 => body.len(),
        _ if body.starts_with('0') => body.len() * 3 - 2,
        _ => 128 - value.leading_zeros() as usize,
    };
    let width = [8u8, 16, 32, 64, 128].into_iter().find(|&w| bits <= usize::from(w));
    // 43 octal digits may hold 128 bits when the first is small.
    let width = width.or((radix == 8).then_some(128)).ok_or(too_large)?;
    Ok(match width {
        128 => Value::Large("@uint128_str", digits.to_string()),
        _ => Value::Atom(NodeKind::Unsigned(value, width)),
    })
}

fn hex_float(text: &str) -> f64 {
    let (mantissa, exponent) = text[2..].split_once(['p', 'P']).unwrap_or((&text[2..], "0"));
    let mut bits: u128 = 0;
    let mut scale: i64 = 0;
    let mut after_point = false;
    for b in mantissa.bytes() {
        if b == b'.' {
            after_point = true;
            continue;
        }
        let digit = u128::from((b as char).to_digit(16).unwrap_or(0));
        if bits >> 120 == 0 {
            bits = bits << 4 | digit;
            scale -= if after_point { 4 } else { 0 };
        } else {
            // Digits beyond the precision only break ties.
            bits |= u128::from(digit != 0);
            scale += if after_point { 0 } else { 4 };
        }
    }
    let exponent: i64 = exponent.parse().unwrap_or(if exponent.starts_with('-') { -5000 } else { 5000 });
    let mut value = bits as f64;
    let mut left = (exponent.clamp(-5000, 5000) + scale).clamp(-20000, 20000);
    // Steps keep each factor finite and the product exact until the last one.
    while left != 0 && value != 0.0 && value.is_finite() {
        let step = left.clamp(-512, 512);
        value *= 2f64.powi(step as i32);
        left -= step;
    }
    value
}

/// The value of a call of `@int128_str` or `@uint128_str` as the parser makes it for a large integer literal:
/// [`NodeKind::Integer128`], or [`NodeKind::Unsigned`] of 128 bits. None for any other node.
pub fn large_integer(node: &Node) -> Option<NodeKind> {
    let Some(("macrocall", [name, nothing, digits])) = node.as_expr() else { return None };
    let (Some((".", [_, name])), NodeKind::Nothing, NodeKind::String(digits)) =
        (name.as_expr(), &nothing.kind, &digits.kind)
    else {
        return None;
    };
    let NodeKind::Quote(name) = &name.kind else { return None };
    let digits = std::str::from_utf8(digits).ok()?;
    match name.as_symbol()? {
        "@int128_str" => digits.parse().ok().map(NodeKind::Integer128),
        "@uint128_str" => {
            let radix = match digits.as_bytes().get(1)? {
                b'x' => 16,
                b'o' => 8,
                _ => 2,
            };
            u128::from_str_radix(digits.get(2..)?, radix).ok().map(|value| NodeKind::Unsigned(value, 128))
        }
        _ => None,
    }
}
