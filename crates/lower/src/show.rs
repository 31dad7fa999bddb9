//! Expressions as text, the way Julia prints an `Expr`: for the messages of `@assert` and the labels of `@show`.
//!
//! Common forms are printed as source; rarer ones in functional notation. This is not a pretty-printer of programs.

use tintype_syntax::{Node, NodeKind};

/// The expression as one line of source.
pub fn show_expression(node: &Node) -> String {
    let mut out = String::new();
    show(node, &mut out, 0);
    out
}

fn show(node: &Node, out: &mut String, outer: u8) {
    match &node.kind {
        NodeKind::Symbol(name) => out.push_str(name),
        NodeKind::Integer(i) => out.push_str(&i.to_string()),
        NodeKind::Integer128(i) => out.push_str(&i.to_string()),
        NodeKind::Unsigned(u, bits) => out.push_str(&format!("0x{u:0width$x}", width = usize::from(*bits) / 4)),
        NodeKind::Float64(x) => out.push_str(&format!("{x:?}")),
        NodeKind::Float32(x) => out.push_str(&format!("{x:?}f0")),
        NodeKind::Char(c) => out.push_str(&format!("'{}'", char::from_u32(*c).unwrap_or('\u{fffd}').escape_debug())),
        NodeKind::String(bytes) => out.push_str(&format!("{:?}", String::from_utf8_lossy(bytes))),
        NodeKind::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        NodeKind::Nothing => out.push_str("nothing"),
        NodeKind::Line(line) => out.push_str(&format!("#= line {line} =#")),
        NodeKind::Quote(inner) => {
            out.push(':');
            let plain = inner.as_symbol().is_some();
            parenthesised(inner, out, !plain);
        }
        NodeKind::Expr(head, args) => compound(head, args, out, outer),
    }
}

fn parenthesised(node: &Node, out: &mut String, wrap: bool) {
    if wrap {
        out.push('(');
    }
    show(node, out, 0);
    if wrap {
        out.push(')');
    }
}

fn list(args: &[Node], separator: &str, out: &mut String) {
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        show(arg, out, 0);
    }
}

fn compound(head: &str, args: &[Node], out: &mut String, outer: u8) {
    match (head, args) {
        ("call", [f, operands @ ..]) => call(f, operands, out, outer),
        ("comparison", parts) => {
            let wrap = outer > 6;
            open(wrap, out);
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                show(part, out, 7);
            }
            close(wrap, out);
        }
        ("&&" | "||" | "=" | "::" | "<:" | ">:" | "->", [a, b]) => {
            let level = match head {
                "=" => 1,
                "||" => 3,
                "&&" => 4,
                "<:" | ">:" => 6,
                "::" => 14,
                _ => 2,
            };
            let wrap = outer > level;
            open(wrap, out);
            show(a, out, level + 1);
            match head {
                "::" => out.push_str("::"),
                "->" => out.push_str("->"),
                _ => out.push_str(&format!(" {head} ")),
            }
            show(b, out, level);
            close(wrap, out);
        }
        (".", [a, b]) if b.is_expr("tuple") => {
            show(a, out, 15);
            out.push('.');
            show(b, out, 0);
        }
        (".", [a, b]) => {
            show(a, out, 15);
            out.push('.');
            match &b.kind {
                NodeKind::Quote(inner) => show(inner, out, 0),
                _ => show(b, out, 0),
            }
        }
        ("ref", [array, indices @ ..]) => {
            show(array, out, 15);
            out.push('[');
            list(indices, ", ", out);
            out.push(']');
        }
        ("curly", [ty, params @ ..]) => {
            show(ty, out, 15);
            out.push('{');
            list(params, ", ", out);
            out.push('}');
        }
        ("tuple", [one]) => {
            out.push('(');
            show(one, out, 0);
            out.push_str(",)");
        }
        ("tuple", items) => {
            out.push('(');
            list(items, ", ", out);
            out.push(')');
        }
        ("vect", items) => {
            out.push('[');
            list(items, ", ", out);
            out.push(']');
        }
        ("...", [inner]) => {
            show(inner, out, 15);
            out.push_str("...");
        }
        ("kw", [name, value]) => {
            show(name, out, 0);
            out.push_str(" = ");
            show(value, out, 0);
        }
        ("if", [a, b, c]) => {
            show(a, out, 3);
            out.push_str(" ? ");
            show(b, out, 0);
            out.push_str(" : ");
            show(c, out, 0);
        }
        ("'", [inner]) => {
            show(inner, out, 15);
            out.push('\'');
        }
        ("string", parts) => {
            out.push('"');
            for part in parts {
                match &part.kind {
                    NodeKind::String(bytes) => out.push_str(&String::from_utf8_lossy(bytes).escape_debug().to_string()),
                    _ => {
                        out.push_str("$(");
                        show(part, out, 0);
                        out.push(')');
                    }
                }
            }
            out.push('"');
        }
        ("generator", [value, specs @ ..]) => {
            out.push('(');
            generator(value, specs, out);
            out.push(')');
        }
        ("comprehension", [inner]) => {
            out.push('[');
            match inner.as_expr() {
                Some(("generator", [value, specs @ ..])) => generator(value, specs, out),
                _ => show(inner, out, 0),
            }
            out.push(']');
        }
        _ => {
            out.push_str(&format!("$(Expr(:{head}"));
            for arg in args {
                out.push_str(", ");
                show(arg, out, 0);
            }
            out.push_str("))");
        }
    }
}

fn generator(value: &Node, specs: &[Node], out: &mut String) {
    show(value, out, 0);
    out.push_str(" for ");
    list(specs, ", ", out);
}

fn call(f: &Node, operands: &[Node], out: &mut String, outer: u8) {
    if let Some(name) = f.as_symbol() {
        if let (Some(level), [_, _, ..]) = (precedence(name), operands) {
            let wrap = outer > level;
            open(wrap, out);
            for (i, operand) in operands.iter().enumerate() {
                if i > 0 && matches!(name, ":" | "^") {
                    out.push_str(name);
                } else if i > 0 {
                    out.push_str(&format!(" {name} "));
                }
                show(operand, out, level + 1);
            }
            return close(wrap, out);
        }
        if let ("-" | "+" | "!" | "~" | "√", [operand]) = (name, operands) {
            out.push_str(name);
            return show(operand, out, 14);
        }
    }
    show(f, out, 15);
    out.push('(');
    let (keywords, positional): (Vec<&Node>, Vec<&Node>) = operands.iter().partition(|a| a.is_expr("parameters"));
    for (i, arg) in positional.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        show(arg, out, 0);
    }
    for keyword in keywords {
        out.push_str("; ");
        list(keyword.as_expr().map_or(&[][..], |(_, items)| items), ", ", out);
    }
    out.push(')');
}

/// Binding strength of an infix operator.
fn precedence(name: &str) -> Option<u8> {
    let name = name.strip_prefix('.').filter(|rest| !rest.is_empty() && *rest != ".").unwrap_or(name);
    Some(match name {
        "=>" => 2,
        "<" | ">" | "<=" | ">=" | "==" | "===" | "!=" | "!==" | "≤" | "≥" | "≠" | "≈" | "∈" | "∉" | "in" | "isa"
        | "<:" | ">:" => 6,
        "|>" | "<|" => 7,
        ":" | ".." => 8,
        "+" | "-" | "|" | "∪" | "⊻" => 9,
        "*" | "/" | "÷" | "%" | "&" | "⋅" | "×" | "\\" | "∘" | "∩" => 10,
        "//" => 11,
        "<<" | ">>" | ">>>" => 12,
        "^" => 13,
        _ => return None,
    })
}

fn open(wrap: bool, out: &mut String) {
    if wrap {
        out.push('(');
    }
}

fn close(wrap: bool, out: &mut String) {
    if wrap {
        out.push(')');
    }
}
