//! Objects of quoted code, and the box of a captured variable.

use super::{Array, Module, Symbol};
use tintype_heap::{Field, Gc, Value, heap_object};

heap_object! {
    /// `Expr(head, args)`.
    pub struct Expr {
        /// A symbol.
        pub head: Field<Symbol>,
        /// A `Vector{Any}`.
        pub args: Field<Array>,
    }
}

heap_object! {
    /// `QuoteNode(value)`.
    pub struct QuoteNode {
        /// What is quoted.
        pub value: Value,
    }
}

heap_object! {
    /// `LineNumberNode(line, file)`.
    pub struct LineNumberNode {
        /// 1-based.
        pub line: i64,
        /// A symbol or `nothing`.
        pub file: Value,
    }
}

heap_object! {
    /// `GlobalRef(module, name)`.
    pub struct GlobalRef {
        /// The module.
        pub module: Gc<Module>,
        /// The name.
        pub name: Gc<Symbol>,
    }
}

heap_object! {
    /// `Core.Box`: a variable assigned after a closure captured it.
    pub struct CoreBox {
        /// Its value; null: not assigned yet.
        pub contents: Field,
    }
}
