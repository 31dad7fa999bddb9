//! Lexer and parser of Julia source; diagnostics with spans.

#![forbid(unsafe_code)]

pub mod ast;

pub use ast::{Head, Name, Node, NodeKind, Span};
