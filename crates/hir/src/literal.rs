//! Literals as lowering writes them: what the run-time system turns into values of its heap, once.

use crate::body::Body;

/// The module a global is looked up in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ModuleRef {
    /// The module the code is evaluated in.
    Current,
    /// `Core`.
    Core,
    /// `Base`.
    Base,
    /// A module by its number in the macro host's table of values.
    Pool(u32),
}

/// One literal. Floats are kept by their bits, so that literals compare and hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `nothing`.
    Nothing,
    /// A boolean.
    Bool(bool),
    /// An `Int64`.
    Int64(i64),
    /// An `Int128`.
    Int128(i128),
    /// An unsigned integer of 8 to 128 bits.
    Unsigned(u128, u8),
    /// A `Float64`.
    Float64(u64),
    /// A `Float32`.
    Float32(u32),
    /// A character, by its code point.
    Char(u32),
    /// A string.
    String(Box<[u8]>),
    /// A symbol.
    Symbol(Box<str>),
    /// A global variable. What the operations on globals name; as an operand, a `GlobalRef`.
    Global(ModuleRef, Box<str>),
    /// A module.
    Module(ModuleRef),
    /// A quoted expression: an `Expr` with this head and arguments.
    Expr(Box<str>, Box<[Literal]>),
    /// A `QuoteNode`.
    Quote(Box<Literal>),
    /// A `LineNumberNode`: line and file.
    LineNumber(u32, Box<str>),
    /// A nested method body.
    Method(Box<Lowered>),
    /// A value the macro host put there: an index in its own table.
    Host(u32),
}

/// A body with the literals it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lowered {
    /// The code.
    pub body: Body,
    /// What its operands' literal numbers mean.
    pub literals: Vec<Literal>,
}

impl Lowered {
    /// The number of this literal, added if it is not there yet.
    pub fn literal(&mut self, literal: Literal) -> u32 {
        let found = self.literals.iter().position(|known| *known == literal);
        found.unwrap_or_else(|| {
            self.literals.push(literal);
            self.literals.len() - 1
        }) as u32
    }
}
