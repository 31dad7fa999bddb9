//! The lexer: from a position in the text to the next token.
//!
//! It works on bytes, on demand, and keeps no state but its position, so that the parser can read strings
//! itself and come back. It does not decide what depends on context: whether a line break separates, whether
//! `'` starts a character, whether `end` is a name.

use crate::chars;
use crate::number;
use crate::operators::{self, Op, OpKind, Prec};
use crate::token::{Keyword, Tok, Token};

/// A position in a source text.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'s> {
    pub source: &'s str,
    pub pos: usize,
}

impl<'s> Lexer<'s> {
    /// Reads the next token.
    pub fn next(&mut self) -> Token {
        let before = self.pos;
        let mut newlines = 0;
        let unfinished = self.skip_space(&mut newlines);
        let start = self.pos;
        let kind = match unfinished {
            Some(message) => Tok::Bad(message),
            None => self.scan(),
        };
        Token { kind, start: start as u32, end: self.pos as u32, space: start > before, newlines }
    }

    /// The byte `ahead` bytes after the position; 0 past the end.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.source.as_bytes().get(self.pos + ahead).copied().unwrap_or(0)
    }

    /// The character at the position.
    pub fn char(&self) -> Option<char> {
        self.source[self.pos..].chars().next()
    }

    /// Skips white space and comments; a message if a comment does not end.
    fn skip_space(&mut self, newlines: &mut u32) -> Option<&'static str> {
        loop {
            match self.byte(0) {
                b' ' | b'\t' | b'\r' | 0x0B | 0x0C => self.pos += 1,
                b'\n' => {
                    *newlines += 1;
                    self.pos += 1;
                }
                b'#' if self.byte(1) == b'=' => {
                    if !self.skip_block_comment() {
                        return Some("unterminated multi-line comment `#= ... =#`");
                    }
                }
                b'#' => {
                    let rest = &self.source.as_bytes()[self.pos..];
                    self.pos += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                }
                0x80.. => match self.char() {
                    Some(c) if chars::is_wide_space(c) => self.pos += c.len_utf8(),
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    /// Skips a comment that may hold comments; false at the end of the text.
    fn skip_block_comment(&mut self) -> bool {
        let bytes = self.source.as_bytes();
        let mut depth = 0;
        while self.pos < bytes.len() {
            match (bytes[self.pos], self.byte(1)) {
                (b'#', b'=') => {
                    depth += 1;
                    self.pos += 2;
                }
                (b'=', b'#') => {
                    depth -= 1;
                    self.pos += 2;
                    if depth == 0 {
                        return true;
                    }
                }
                _ => self.pos += 1,
            }
        }
        false
    }

    fn scan(&mut self) -> Tok {
        let Some(&first) = self.source.as_bytes().get(self.pos) else { return Tok::Eof };
        let punctuation = match first {
            b'(' => Tok::LeftParen,
            b')' => Tok::RightParen,
            b'[' => Tok::LeftBracket,
            b']' => Tok::RightBracket,
            b'{' => Tok::LeftBrace,
            b'}' => Tok::RightBrace,
            b',' => Tok::Comma,
            b';' => Tok::Semicolon,
            b'@' => Tok::At,
            b'"' => return self.delimiter(b'"', Tok::Quote),
            b'`' => return self.delimiter(b'`', Tok::Backtick),
            b'\'' => Tok::Apostrophe,
            b'0'..=b'9' => return self.number(),
            b'.' if self.byte(1).is_ascii_digit() => return self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.name(),
            0x80.. => return self.wide(),
            _ => return self.operator(),
        };
        self.pos += 1;
        punctuation
    }

    fn delimiter(&mut self, quote: u8, kind: Tok) -> Tok {
        let triple = self.byte(1) == quote && self.byte(2) == quote;
        self.pos += if triple { 3 } else { 1 };
        kind
    }

    fn number(&mut self) -> Tok {
        match number::scan(self.source.as_bytes(), self.pos) {
            Ok((end, kind)) => {
                self.pos = end;
                Tok::Number(kind)
            }
            Err((end, message)) => {
                self.pos = end;
                Tok::Bad(message)
            }
        }
    }

    fn name(&mut self) -> Tok {
        let start = self.pos;
        self.skip_name();
        match &self.source.as_bytes()[start..self.pos] {
            b"in" | b"isa" => {
                Tok::Op(Op { kind: OpKind::Word, prec: Prec::Comparison, dotted: false, suffixed: false })
            }
            name => Keyword::from_name(name).map_or(Tok::Name, Tok::Keyword),
        }
    }

    /// Moves past the name that starts here.
    pub fn skip_name(&mut self) {
        let bytes = self.source.as_bytes();
        while let Some(&b) = bytes.get(self.pos) {
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => self.pos += 1,
                // `x!=y` compares; the name is `x`.
                b'!' if self.byte(1) != b'=' => self.pos += 1,
                0x80.. => match self.char() {
                    Some(c) if chars::continues_name(c) => self.pos += c.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    fn wide(&mut self) -> Tok {
        let Some(c) = self.char() else { return Tok::Eof };
        if chars::starts_name(c) {
            return self.name();
        }
        if let Some((op, len)) = operators::match_operator(&self.source[self.pos..]) {
            return self.finish_operator(op, len);
        }
        self.pos += c.len_utf8();
        match c {
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{2061}' | '\u{AD}' | '\u{115F}' => {
                Tok::Bad("invisible character")
            }
            _ => Tok::Bad("invalid character"),
        }
    }

    fn operator(&mut self) -> Tok {
        let rest = &self.source[self.pos..];
        if rest.starts_with("**") {
            self.pos += 2;
            return Tok::Bad("use `x^y` for powers and `x...` for splatting instead of `**`");
        }
        if rest.starts_with("--") && !rest.starts_with("-->") {
            self.pos += 2;
            return Tok::Bad("invalid operator");
        }
        if let Some(after) = rest.strip_prefix('.')
            && !after.starts_with('.')
            && let Some((op, len)) = operators::match_operator(after)
            && operators::may_be_dotted(op, &after[..len])
        {
            return self.finish_operator(Op { dotted: true, ..op }, len + 1);
        }
        match operators::match_operator(rest) {
            Some((op, len)) => self.finish_operator(op, len),
            None => {
                self.pos += 1;
                Tok::Bad("invalid character")
            }
        }
    }

    fn finish_operator(&mut self, mut op: Op, len: usize) -> Tok {
        self.pos += len;
        if operators::takes_suffix(op) {
            while let Some(c) = self.char().filter(|&c| chars::is_operator_suffix(c)) {
                self.pos += c.len_utf8();
                op.suffixed = true;
            }
        }
        if op.suffixed {
            // `+₁` neither chains nor stands before an operand.
            op.kind = OpKind::Other;
        }
        Tok::Op(op)
    }
}
