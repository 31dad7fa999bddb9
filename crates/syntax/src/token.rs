//! Tokens: what the lexer hands to the parser.
//!
//! A token carries its span and what stood before it, because white space and line breaks mean something in
//! Julia and what they mean depends on where the parser is.

use crate::number::NumberKind;
use crate::operators::Op;

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub kind: Tok,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// White space or a comment stands before it, on its line or an earlier one.
    pub space: bool,
    /// How many line breaks stand before it.
    pub newlines: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tok {
    /// The end of the text.
    Eof,
    /// A line break; made by the parser from [`Token::newlines`].
    Newline,
    /// A numeric literal.
    Number(NumberKind),
    /// A name.
    Name,
    /// A reserved word.
    Keyword(Keyword),
    /// An operator.
    Op(Op),
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Semicolon,
    At,
    /// `"` or `"""`; the string's text is read by the parser.
    Quote,
    /// `` ` `` or three of them.
    Backtick,
    /// `'`: a character or an adjoint, as the parser finds.
    Apostrophe,
    /// Something no token starts with, or a malformed one; the text says what.
    Bad(&'static str),
}

/// The reserved words, and the names that act as such in some places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    Baremodule,
    Begin,
    Break,
    Catch,
    Const,
    Continue,
    Do,
    Else,
    Elseif,
    End,
    Export,
    False,
    Finally,
    For,
    Function,
    Global,
    If,
    Import,
    Let,
    Local,
    Macro,
    Module,
    Quote,
    Return,
    Struct,
    True,
    Try,
    Using,
    Where,
    While,
}

impl Keyword {
    /// The keyword that `name` is.
    pub fn from_name(name: &[u8]) -> Option<Keyword> {
        use Keyword::*;
        Some(match name {
            b"baremodule" => Baremodule,
            b"begin" => Begin,
            b"break" => Break,
            b"catch" => Catch,
            b"const" => Const,
            b"continue" => Continue,
            b"do" => Do,
            b"else" => Else,
            b"elseif" => Elseif,
            b"end" => End,
            b"export" => Export,
            b"false" => False,
            b"finally" => Finally,
            b"for" => For,
            b"function" => Function,
            b"global" => Global,
            b"if" => If,
            b"import" => Import,
            b"let" => Let,
            b"local" => Local,
            b"macro" => Macro,
            b"module" => Module,
            b"quote" => Quote,
            b"return" => Return,
            b"struct" => Struct,
            b"true" => True,
            b"try" => Try,
            b"using" => Using,
            b"where" => Where,
            b"while" => While,
            _ => return None,
        })
    }

    /// Whether the word ends the block before it.
    pub fn closes_block(self) -> bool {
        use Keyword::*;
        matches!(self, Else | Elseif | Catch | Finally | End)
    }
}
