//! The surface tree: Julia's `Expr` form, with a span on every node.
//!
//! The shape of the tree is an interface: macros receive it, and `--dump-expr` prints it, so a node is what
//! `Meta.parse` gives for the same text (1.10's forms). What the tree adds is the span. It holds no values of
//! the language's heap and no scopes; `lower` finds those.

use std::rc::Rc;

/// A half-open range of bytes in one source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// An identifier or an operator name. Cloning is cheap.
pub type Name = Rc<str>;

/// One node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the node is.
    pub kind: NodeKind,
    /// Where it was written.
    pub span: Span,
}

/// The kinds of node. Everything that is not an atom is an [`NodeKind::Expr`].
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// An identifier, an operator used as a name, or a keyword quoted as a symbol.
    Symbol(Name),
    /// A decimal literal that fits `Int64`.
    Integer(i64),
    /// An `Int128`. The parser gives the call of `@int128_str` that Julia gives; [`crate::large_integer`] reads it.
    Integer128(i128),
    /// A hexadecimal, octal or binary literal: the value and its width in bits (8 to 128; the parser gives 128 bits
    /// as a call of `@uint128_str`).
    Unsigned(u128, u8),
    /// A `Float64` literal.
    Float64(f64),
    /// A `Float32` literal (`1f0`).
    Float32(f32),
    /// A character literal. Julia's `Char` may hold a code point that is not a Unicode scalar value, or bytes that
    /// encode none: those are the bytes from the top of the word down, as `'\\xff'` is `0xff00_0000`.
    Char(u32),
    /// A string literal without interpolation; bytes, since escapes can make any.
    String(Rc<[u8]>),
    /// `true` or `false`.
    Bool(bool),
    /// The value `nothing` where the parser inserts it.
    Nothing,
    /// A `QuoteNode`: `:x` in `a.x`, or `:sym`.
    Quote(Box<Node>),
    /// A `LineNumberNode`: 1-based line; the file is the tree's own.
    Line(u32),
    /// A compound expression.
    Expr(Head, Vec<Node>),
}

/// The head of a compound expression: `call`, `block`, `=`, `+=` and so on, spelt as Julia spells it.
pub type Head = Rc<str>;

impl Node {
    /// A compound node.
    pub fn expr(head: &str, args: Vec<Node>, span: Span) -> Node {
        Node { kind: NodeKind::Expr(head.into(), args), span }
    }

    /// A symbol node.
    pub fn symbol(name: &str, span: Span) -> Node {
        Node { kind: NodeKind::Symbol(name.into()), span }
    }

    /// The head and arguments, if the node is compound.
    pub fn as_expr(&self) -> Option<(&str, &[Node])> {
        match &self.kind {
            NodeKind::Expr(head, args) => Some((head, args)),
            _ => None,
        }
    }

    /// The name, if the node is a symbol.
    pub fn as_symbol(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Symbol(name) => Some(name),
            _ => None,
        }
    }

    /// The name, if the node is a reference into `Core` that the parser put in: Julia has a `GlobalRef` there.
    ///
    /// A program that writes `Core.name` has the same nodes, at two places; the parser's are at one.
    pub fn as_core_reference(&self) -> Option<&str> {
        let Some((".", [module, Node { kind: NodeKind::Quote(name), .. }])) = self.as_expr() else { return None };
        let is_put_in = module.as_symbol() == Some("Core") && module.span == name.span;
        name.as_symbol().filter(|_| is_put_in)
    }

    /// Whether the node is compound with this head.
    pub fn is_expr(&self, head: &str) -> bool {
        self.as_expr().is_some_and(|(h, _)| h == head)
    }
}
