//! Modules and the bindings of their names. Both belong to one context.

use super::{SimpleVector, StructuralTable, Symbol};
use std::cell::Cell;
use tintype_heap::{Field, Gc, Value, heap_object};

/// Bits of [`Binding::flags`].
pub mod binding_flags {
    /// Declared `const`.
    pub const CONST: u32 = 1;
    /// Listed in `export`.
    pub const EXPORTED: u32 = 2;
    /// Brought in by name (`import M: x`, `using M: x`).
    pub const IMPORTED: u32 = 4;
    /// Resolved through `using M` to another module's export.
    pub const IMPLICIT: u32 = 8;
    /// Declared `global` or assigned: it belongs to this module even while it has no value.
    pub const DECLARED: u32 = 16;
    /// `import`ed (rather than `using`): methods may be added without a module prefix.
    pub const EXTENDABLE: u32 = 32;
    /// An export of this module that two used modules disagree on was asked for, and a warning printed.
    pub const AMBIGUOUS: u32 = 64;
}

heap_object! {
    /// A name in a module.
    pub struct Binding {
        /// The current value; null: not defined. First, so that compiled code reads it at offset 0.
        pub value: Field,
        /// The name.
        pub name: Gc<Symbol>,
        /// The module it is written in.
        pub module: Gc<Module>,
        /// Imported: the binding that holds the value. Null: this one does.
        pub owner: Field<Binding>,
        /// Declared type (`global x::T`); null: `Any`.
        pub declared_type: Field<tintype_heap::Object>,
        /// See [`binding_flags`].
        pub flags: Cell<u32>,
        /// Number of (module path, name) in the engine: the index of this binding among a context's slots.
        pub number: u32,
        /// Raised each time something compiled code may rely on changes: a constant's value, constness, the owner.
        pub stamp: Cell<u64>,
        /// Code instances that rely on it.
        pub backedges: Field<SimpleVector>,
        /// How many of `backedges` are used.
        pub n_backedges: Cell<u64>,
    }
}

heap_object! {
    /// A module.
    pub struct Module {
        /// Its name.
        pub name: Gc<Symbol>,
        /// The module it was declared in; null for the outermost ones.
        pub parent: Field<Module>,
        /// The bindings by name: those written here, and those resolved through `using`.
        pub bindings: Gc<StructuralTable>,
        /// Modules whose exports are visible, in the order of `using`.
        pub usings: Field<SimpleVector>,
        /// Hash of the path of names: the same in every context.
        pub site: u64,
        /// Bits: 1 = bare (`baremodule`).
        pub flags: Cell<u32>,
        /// Counts names made by `gensym` in this module.
        pub counter: Cell<u32>,
        /// Documentation and other data the language keeps per module; null until used.
        pub extra: Field<tintype_heap::Object>,
    }
}

impl Binding {
    /// Whether all bits of `mask` are set.
    #[inline]
    pub fn has(&self, mask: u32) -> bool {
        self.flags.get() & mask == mask
    }

    /// Sets bits.
    pub fn set_flags(&self, mask: u32) {
        self.flags.set(self.flags.get() | mask);
    }

    /// The value if this is a defined constant.
    pub fn constant(&self) -> Option<Value> {
        if self.has(binding_flags::CONST) { self.value.get() } else { None }
    }
}
