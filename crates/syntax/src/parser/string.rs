//! String, command and `var""` literals: finding their end, interpolation, and what they stand for.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind, Span};
use crate::chars;
use crate::text;

/// A piece of a string literal.
enum Part<'s> {
    /// Source text, not unescaped yet, and its offset.
    Text(&'s str, u32),
    Interpolated(Node),
}

impl<'s> Parser<'s> {
    /// A string literal: one `String`, or a `string` expression if something is interpolated.
    pub fn parse_string(&mut self) -> Parse {
        let start = self.start();
        let (parts, triple) = self.scan_string()?;
        let interpolates = parts.iter().any(|part| matches!(part, Part::Interpolated(_)));
        let parts = self.finish_parts(parts, triple)?;
        if interpolates {
            return Ok(self.expr("string", parts, start));
        }
        match parts.into_iter().next() {
            Some(text) => Ok(Node { kind: text.kind, span: self.span(start) }),
            None => Ok(self.node(NodeKind::String([].into()), start)),
        }
    }

    /// Reads a string with escapes and interpolations up to its end.
    fn scan_string(&mut self) -> Parse<(Vec<Part<'s>>, bool)> {
        let open = self.take();
        let triple = open.end - open.start == 3;
        let bytes = self.lexer.source.as_bytes();
        let mut parts = Vec::new();
        let mut piece = open.end as usize;
        let mut i = piece;
        loop {
            match bytes.get(i) {
                None => return self.fail_incomplete("unterminated string literal", open.start),
                Some(b'\\') => i += 2,
                Some(b'"') if !triple || bytes[i..].starts_with(b"\"\"\"") => break,
                Some(b'$') => {
                    self.push_text(&mut parts, piece, i);
                    let node = self.parse_interpolation(i + 1)?;
                    parts.push(Part::Interpolated(node));
                    i = self.prev_end as usize;
                    piece = i;
                }
                Some(_) => i += 1,
            }
        }
        self.push_text(&mut parts, piece, i);
        self.seek(i + if triple { 3 } else { 1 });
        Ok((parts, triple))
    }

    fn push_text(&self, parts: &mut Vec<Part<'s>>, start: usize, end: usize) {
        if start < end {
            parts.push(Part::Text(&self.lexer.source[start..end], start as u32));
        }
    }

    /// What stands after `$`, at `at`: a name or an expression in parentheses.
    fn parse_interpolation(&mut self, at: usize) -> Parse {
        self.seek(at);
        let next = self.lexer.char();
        if next == Some('(') {
            let parens = self.with(Mode::STATEMENT, |p| p.deeper(|p| p.parse_parens()))?;
            if !parens.is_group() {
                let message = "invalid interpolation syntax: one expression is expected in `$( )`";
                return self.fail(message, at as u32 - 1, self.prev_end);
            }
            let node = self.finish_parens(parens, at as u32);
            let node = match node.kind {
                // Tells `"$("a")"` from `"a"`.
                NodeKind::String(_) => self.expr("string", vec![node], at as u32),
                _ => node,
            };
            return Ok(node);
        }
        if !next.is_some_and(chars::starts_name) {
            let end = (at + next.map_or(0, char::len_utf8)) as u32;
            let message = "invalid interpolation syntax: `$` is followed by a name or `(`; write `\\$` for itself";
            return self.fail(message, at as u32 - 1, end);
        }
        self.lexer.skip_name();
        let end = self.lexer.pos;
        self.seek(end);
        let name = &self.lexer.source[at..end];
        Ok(match name {
            "true" | "false" => self.node(NodeKind::Bool(name == "true"), at as u32),
            _ => self.symbol(name, at as u32),
        })
    }

    /// Removes indentation from triple-quoted text, replaces escapes, and drops empty pieces.
    fn finish_parts(&mut self, parts: Vec<Part<'s>>, triple: bool) -> Parse<Vec<Node>> {
        let indent = if triple {
            let texts: Vec<Option<&str>> = parts
                .iter()
                .map(|part| match part {
                    Part::Text(text, _) => Some(*text),
                    Part::Interpolated(_) => None,
                })
                .collect();
            text::common_indent(&texts)
        } else {
            ""
        };
        let mut nodes = Vec::new();
        for (i, part) in parts.into_iter().enumerate() {
            let (piece, offset) = match part {
                Part::Interpolated(node) => {
                    nodes.push(node);
                    continue;
                }
                Part::Text(piece, offset) => (piece, offset),
            };
            let stripped =
                if triple && i == 0 { without_first_break(piece, indent) } else { text::dedent(piece, indent) };
            let mut value = Vec::new();
            let end = offset + piece.len() as u32;
            if let Err((_, message)) = text::unescape(&stripped, &mut value) {
                // The offset in the stripped text is not one in the source; the source tells where it is.
                let at = text::unescape(piece, &mut Vec::new()).err().map_or(0, |(at, _)| at as u32);
                return self.fail(message, offset + at, (offset + at + 2).min(end));
            }
            if !value.is_empty() {
                nodes.push(Node { kind: NodeKind::String(value.into()), span: Span { start: offset, end } });
            }
        }
        Ok(nodes)
    }

    /// The text between delimiters where a backslash escapes the delimiter only; the delimiter is next.
    pub fn parse_raw_string(&mut self) -> Parse {
        let open = self.take();
        let bytes = self.lexer.source.as_bytes();
        let triple = open.end - open.start == 3;
        let quote = bytes[open.start as usize];
        let delimiter = [quote; 3];
        let mut end = open.end as usize;
        loop {
            match bytes.get(end) {
                None => return self.fail_incomplete("unterminated string literal", open.start),
                Some(b'\\') => end += 2,
                Some(&b) if b == quote && (!triple || bytes[end..].starts_with(&delimiter)) => break,
                Some(_) => end += 1,
            }
        }
        let raw = &self.lexer.source[open.end as usize..end];
        self.seek(end + if triple { 3 } else { 1 });
        let value = if triple {
            let indent = text::common_indent(&[Some(raw)]);
            text::unescape_raw(&without_first_break(raw, indent), quote)
        } else {
            text::unescape_raw(raw, quote)
        };
        Ok(self.node(NodeKind::String(value.into()), open.start))
    }

    /// `` `command` ``: a call of `Core.@cmd` on the raw text, which does its own interpolation.
    pub fn parse_command(&mut self) -> Parse {
        let start = self.start();
        let text = self.parse_raw_string()?;
        let name = self.core("@cmd", start);
        let line = self.line_node(start);
        Ok(self.expr("macrocall", vec![name, line, text], start))
    }

    /// `var"name"`, after `var`: a name spelt with any characters.
    pub fn parse_var(&mut self, start: u32) -> Parse {
        let text = self.parse_raw_string()?;
        let NodeKind::String(bytes) = &text.kind else { unreachable!("a raw string is a string") };
        let name = String::from_utf8_lossy(bytes).into_owned();
        Ok(self.node(NodeKind::Symbol(name.into()), start))
    }

    /// Skips a string after an error, so that what it holds is not taken for code.
    pub fn skip_string(&mut self) {
        let open = self.take();
        let bytes = self.lexer.source.as_bytes();
        let delimiter = &bytes[open.start as usize..open.end as usize];
        let mut i = open.end as usize;
        while i < bytes.len() {
            if bytes[i] == b'\\' {
                i += 2;
            } else if bytes[i..].starts_with(delimiter) {
                i += delimiter.len();
                break;
            } else if bytes[i] == b'\n' && delimiter.len() == 1 {
                break;
            } else {
                i += 1;
            }
        }
        let mut end = i.min(bytes.len());
        while !self.lexer.source.is_char_boundary(end) {
            end += 1;
        }
        self.seek(end);
    }
}

/// The first piece of a triple-quoted text: a line break right after the quotes is not part of it.
fn without_first_break(piece: &str, indent: &str) -> String {
    let stripped = text::dedent(piece, indent);
    match stripped.strip_prefix("\r\n").or_else(|| stripped.strip_prefix('\n')) {
        Some(rest) => rest.to_string(),
        None => stripped,
    }
}
