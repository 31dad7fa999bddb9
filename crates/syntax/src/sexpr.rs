//! Printing a tree as Julia's `Meta.show_sexpr` prints it.
//!
//! Numbers, strings and symbols are shown as `show` shows them.

use std::fmt::{self, Write};

use crate::ast::{Node, NodeKind};
use crate::chars;
use crate::operators;

/// What to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SexprOptions {
    /// Print line number nodes. Without them, those of macro calls are left out as well.
    pub lines: bool,
    /// Break lines and indent inside `block` and quotes, as `Meta.show_sexpr` does; else one line.
    pub indent: bool,
}

impl Default for SexprOptions {
    fn default() -> SexprOptions {
        SexprOptions { lines: true, indent: true }
    }
}

/// Writes `node` as `Meta.show_sexpr` does. Fails only if `out` does.
pub fn show_sexpr(node: &Node, out: &mut impl Write) -> fmt::Result {
    show_sexpr_with(node, SexprOptions::default(), out)
}

/// Writes `node` as `Meta.show_sexpr` does, with options. Fails only if `out` does.
pub fn show_sexpr_with(node: &Node, options: SexprOptions, out: &mut impl Write) -> fmt::Result {
    Printer { out, options }.show(node, 0)
}

struct Printer<'w, W> {
    out: &'w mut W,
    options: SexprOptions,
}

impl<W: Write> Printer<'_, W> {
    fn show(&mut self, node: &Node, indent: usize) -> fmt::Result {
        match &node.kind {
            NodeKind::Expr(head, args) => match node.as_core_reference() {
                Some(name) => write!(self.out, ":(Core.var\"{name}\")"),
                None => self.show_expr(head, args, indent),
            },
            NodeKind::Quote(value) => self.show_quote(value, indent),
            NodeKind::Symbol(name) => show_symbol(name, self.out),
            NodeKind::Integer(value) => write!(self.out, "{value}"),
            NodeKind::Integer128(value) => self.show_large("@int128_str", &value.to_string()),
            NodeKind::Unsigned(value, 128) => self.show_large("@uint128_str", &format!("{value:#x}")),
            NodeKind::Unsigned(value, bits) => write!(self.out, "0x{value:0width$x}", width = usize::from(*bits) / 4),
            NodeKind::Float64(value) => {
                let digits = format!("{value:e}");
                show_float(*value, tie_to_even(digits, *value, |text| text.parse() == Ok(*value)), "", 6, self.out)
            }
            NodeKind::Float32(value) => {
                let wide = f64::from(*value);
                let digits = format!("{value:e}");
                show_float(wide, tie_to_even(digits, wide, |text| text.parse() == Ok(*value)), "f", 6, self.out)
            }
            NodeKind::Char(value) => show_char(*value, self.out),
            NodeKind::String(bytes) => show_string(bytes, self.out),
            NodeKind::Bool(value) => write!(self.out, "{value}"),
            NodeKind::Nothing => self.out.write_str("nothing"),
            NodeKind::Line(line) => write!(self.out, ":(#= none:{line} =#)"),
        }
    }

    fn show_expr(&mut self, head: &str, args: &[Node], indent: usize) -> fmt::Result {
        let inner = indent + 2;
        let block = head == "block" && self.options.indent;
        self.out.write_char('(')?;
        show_symbol(head, self.out)?;
        let mut empty = true;
        for arg in args {
            let is_line = matches!(arg.kind, NodeKind::Line(_)) || arg.kind == NodeKind::Nothing && head == "macrocall";
            if is_line && !self.options.lines {
                continue;
            }
            empty = false;
            if block {
                self.out.write_char(',')?;
                self.new_line(inner)?;
            } else {
                self.out.write_str(", ")?;
            }
            self.show(arg, inner)?;
        }
        if empty {
            return self.out.write_str(",)");
        }
        if block {
            self.new_line(indent)?;
        }
        self.out.write_char(')')
    }

    fn show_quote(&mut self, value: &Node, indent: usize) -> fmt::Result {
        if !self.options.indent {
            self.out.write_str("(:quote, #QuoteNode ")?;
            self.show(value, indent + 2)?;
            return self.out.write_char(')');
        }
        self.out.write_str("(:quote, #QuoteNode")?;
        self.new_line(indent + 2)?;
        self.show(value, indent + 2)?;
        self.new_line(indent)?;
        self.out.write_char(')')
    }

    /// An integer literal that `Meta.parse` gives as a macro call.
    fn show_large(&mut self, name: &str, digits: &str) -> fmt::Result {
        let nothing = if self.options.lines { "nothing, " } else { "" };
        write!(self.out, "(:macrocall, :(Core.var\"{name}\"), {nothing}\"{digits}\")")
    }

    fn new_line(&mut self, indent: usize) -> fmt::Result {
        write!(self.out, "\n{:indent$}", "")
    }
}

fn show_symbol(name: &str, out: &mut impl Write) -> fmt::Result {
    // `:` before these would read as another operator.
    if matches!(name, ":" | "::" | ":=" | "=" | "==" | "===" | "=>") {
        return write!(out, ":({name})");
    }
    let is_name = name.chars().next().is_some_and(chars::starts_name) && name.chars().all(chars::continues_name);
    if is_name || is_operator(name) {
        return write!(out, ":{name}");
    }
    out.write_str("Symbol(")?;
    show_string(name.as_bytes(), out)?;
    out.write_char(')')
}

fn is_operator(name: &str) -> bool {
    let whole = |text: &str| {
        operators::match_operator(text).is_some_and(|(op, len)| {
            len == text.len()
                || len < text.len() && operators::takes_suffix(op) && text[len..].chars().all(chars::is_operator_suffix)
        })
    };
    whole(name) || name.strip_prefix('.').is_some_and(whole)
}

/// The shortest digits that stand for `value`; where two such forms are equally near, Julia takes the even one.
fn tie_to_even(digits: String, value: f64, same: impl Fn(&str) -> bool) -> String {
    let fraction =
        digits.split_once('e').and_then(|(mantissa, _)| mantissa.split_once('.')).map_or(0, |(_, f)| f.len());
    let rounded = format!("{value:.fraction$e}");
    if same(&rounded) { rounded } else { digits }
}

/// A float as Julia shows it; `scientific` is the shortest form `d.ddde±x`.
fn show_float(value: f64, scientific: String, mark: &str, fixed_digits: i32, out: &mut impl Write) -> fmt::Result {
    let suffix = if mark.is_empty() { "" } else { "f0" };
    if value.is_nan() {
        return write!(out, "NaN{}", if mark.is_empty() { "" } else { "32" });
    }
    if value.is_infinite() {
        return write!(out, "{}Inf{}", if value < 0.0 { "-" } else { "" }, if mark.is_empty() { "" } else { "32" });
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let point = if value == 0.0 { 1 } else { exponent + 1 };
    if point <= -4 || point > fixed_digits {
        let fraction = if digits.len() > 1 { &digits[1..] } else { "0" };
        let mark = if mark.is_empty() { "e" } else { mark };
        return write!(out, "{sign}{}.{fraction}{mark}{exponent}", &digits[..1]);
    }
    if point <= 0 {
        return write!(out, "{sign}0.{:0>width$}{suffix}", digits, width = digits.len() + (-point) as usize);
    }
    let point = point as usize;
    if digits.len() <= point {
        return write!(out, "{sign}{digits:0<point$}.0{suffix}");
    }
    write!(out, "{sign}{}.{}{suffix}", &digits[..point], &digits[point..])
}

fn show_char(value: u32, out: &mut impl Write) -> fmt::Result {
    match char::from_u32(value) {
        Some('\'') => out.write_str("'\\''"),
        Some('"') => out.write_str("'\"'"),
        Some('$') => out.write_str("'$'"),
        Some('\0') => out.write_str("'\\0'"),
        Some(c) => {
            out.write_char('\'')?;
            show_string_char(c, false, out)?;
            out.write_char('\'')
        }
        None if value < 0x11_0000 => write!(out, "'\\u{value:x}'"),
        None => {
            out.write_char('\'')?;
            let bytes = value.to_be_bytes();
            let len = bytes.iter().rposition(|&b| b != 0).map_or(1, |i| i + 1);
            for b in &bytes[..len] {
                write!(out, "\\x{b:02x}")?;
            }
            out.write_char('\'')
        }
    }
}

/// A string as Julia shows it. Bytes that are not UTF-8 are escaped.
fn show_string(bytes: &[u8], out: &mut impl Write) -> fmt::Result {
    out.write_char('"')?;
    let mut rest = bytes;
    while let Some((unit, len)) = next_unit(rest) {
        rest = &rest[len..];
        let digit_follows = rest.first().is_some_and(u8::is_ascii_hexdigit);
        match unit {
            Ok('"') => out.write_str("\\\"")?,
            Ok('$') => out.write_str("\\$")?,
            Ok('\0') if rest.first().is_some_and(|b| (b'0'..=b'7').contains(b)) => out.write_str("\\x00")?,
            Ok('\0') => out.write_str("\\0")?,
            Ok(c) => show_string_char(c, digit_follows, out)?,
            Err(code) => match (len, digit_follows) {
                (1, _) => write!(out, "\\x{code:02x}")?,
                (3, true) => write!(out, "\\u{code:04x}")?,
                (3, false) => write!(out, "\\u{code:x}")?,
                (_, true) => write!(out, "\\U{code:08x}")?,
                (_, false) => write!(out, "\\U{code:x}")?,
            },
        }
    }
    out.write_char('"')
}

/// The first character of `bytes` and its length; or the code of what has the form of one but is none, or a byte.
fn next_unit(bytes: &[u8]) -> Option<(Result<char, u32>, usize)> {
    let &lead = bytes.first()?;
    let len = match lead {
        0..=0x7F => return Some((Ok(char::from(lead)), 1)),
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => return Some((Err(u32::from(lead)), 1)),
    };
    let tail = bytes.get(1..len).filter(|tail| tail.iter().all(|b| b & 0xC0 == 0x80));
    let Some(tail) = tail else { return Some((Err(u32::from(lead)), 1)) };
    let lead = u32::from(lead) & (0x7F >> len);
    let code = tail.iter().fold(lead, |code, b| code << 6 | u32::from(b & 0x3F));
    let overlong = code < [0, 0, 0x80, 0x800, 0x1_0000][len];
    if overlong {
        return Some((Err(u32::from(bytes[0])), 1));
    }
    Some((char::from_u32(code).ok_or(code), len))
}

/// One character, escaped if it cannot be shown; in full width if a hexadecimal digit follows.
fn show_string_char(c: char, digit_follows: bool, out: &mut impl Write) -> fmt::Result {
    let code = u32::from(c);
    match c {
        '\\' => out.write_str("\\\\"),
        '\x07' => out.write_str("\\a"),
        '\x08' => out.write_str("\\b"),
        '\t' => out.write_str("\\t"),
        '\n' => out.write_str("\\n"),
        '\x0B' => out.write_str("\\v"),
        '\x0C' => out.write_str("\\f"),
        '\r' => out.write_str("\\r"),
        '\x1B' => out.write_str("\\e"),
        c if chars::is_printable(c) => out.write_char(c),
        c if c.is_ascii() => write!(out, "\\x{code:02x}"),
        _ if code > 0xFFFF => {
            if digit_follows {
                write!(out, "\\U{code:08x}")
            } else {
                write!(out, "\\U{code:x}")
            }
        }
        _ => {
            if digit_follows {
                write!(out, "\\u{code:04x}")
            } else {
                write!(out, "\\u{code:x}")
            }
        }
    }
}
