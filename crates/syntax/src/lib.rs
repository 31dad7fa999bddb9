//! Lexer and parser of Julia source; diagnostics with spans.
//!
//! The parser is written by hand, follows Julia 1.10, and gives the tree that `Meta.parse` gives ([`ast`]).
//! A syntax error is recorded and the rest of the text is parsed all the same; no text makes the parser panic.
//! Nothing here knows a value, a scope or a macro.

#![forbid(unsafe_code)]

pub mod ast;
mod chars;
mod diagnostic;
mod lexer;
mod lines;
mod number;
mod operators;
mod parser;
mod sexpr;
mod text;
mod token;

pub use ast::{Head, Name, Node, NodeKind, Span};
pub use diagnostic::{Diagnostic, Severity, render, render_coloured};
pub use lines::LineIndex;
pub use number::large_integer;
pub use sexpr::{SexprOptions, show_sexpr, show_sexpr_with};

use parser::Parser;
use token::Tok;

/// A whole text, parsed.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// `Expr(:toplevel, line, statement, line, statement, ...)`; an `Expr(:error)` stands where a statement is wrong.
    pub node: Node,
    /// What is wrong with the text, in the order found. Empty if nothing is.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a whole text, as `Meta.parseall` does. Texts of 4 GiB and more are refused with a diagnostic.
pub fn parse_all(source: &str) -> Parsed {
    if let Err(diagnostic) = check_size(source) {
        let node = Node::expr("toplevel", Vec::new(), Span::default());
        return Parsed { node, diagnostics: vec![diagnostic] };
    }
    let mut parser = Parser::new(source, 0);
    let node = parser.parse_top_level();
    Parsed { node, diagnostics: parser.diagnostics }
}

/// Parses the first statement at or after the byte `offset` of `source`, as `Meta.parse(source, offset)` does.
///
/// Gives the statement, the offset after it and after the line break that ends it, and what is wrong with it.
/// There is no statement if nothing is left or if it is wrong; a diagnostic with
/// [`incomplete`](Diagnostic::incomplete) first in the list then says that more text may complete it. Each call
/// indexes the lines of the whole text: for a file, [`parse_all`] is the faster way.
pub fn parse_one(source: &str, offset: usize) -> (Option<Node>, usize, Vec<Diagnostic>) {
    if let Err(diagnostic) = check_size(source) {
        return (None, source.len(), vec![diagnostic]);
    }
    let offset =
        (offset.min(source.len())..=source.len()).find(|&i| source.is_char_boundary(i)).unwrap_or(source.len());
    let mut parser = Parser::new(source, offset);
    while matches!(parser.peek(), Tok::Newline | Tok::Semicolon) {
        parser.take();
    }
    if parser.peek() == Tok::Eof {
        return (None, source.len(), parser.diagnostics);
    }
    let node = parser.parse_top_statement().ok().filter(|_| parser.diagnostics.is_empty());
    let rest = &source[parser.prev_end as usize..];
    let next = rest.find('\n').map_or(source.len(), |i| parser.prev_end as usize + i + 1);
    (node, next, parser.diagnostics)
}

/// Parses the first atom at or after the byte `offset` of `source`, as `Meta.parse(source, offset; greedy=false)` does:
/// a name, a literal, something in brackets. Gives the same as [`parse_one`]; the offset is the one after the atom.
pub fn parse_atom(source: &str, offset: usize) -> (Option<Node>, usize, Vec<Diagnostic>) {
    if let Err(diagnostic) = check_size(source) {
        return (None, source.len(), vec![diagnostic]);
    }
    let offset =
        (offset.min(source.len())..=source.len()).find(|&i| source.is_char_boundary(i)).unwrap_or(source.len());
    let mut parser = Parser::new(source, offset);
    if parser.peek() == Tok::Eof {
        return (None, source.len(), parser.diagnostics);
    }
    let node = parser.parse_atom().ok().filter(|_| parser.diagnostics.is_empty());
    (node, parser.prev_end as usize, parser.diagnostics)
}

fn check_size(source: &str) -> Result<(), Diagnostic> {
    if u32::try_from(source.len()).is_ok_and(|len| len < u32::MAX) {
        return Ok(());
    }
    Err(Diagnostic::error("source text is larger than 4 GiB", Span::default()))
}
