//! Objects that are types, or parts of types: `DataType`, its `TypeName`, `Union`, `UnionAll`, `TypeVar`, `Vararg`.
//!
//! A `DataType` is also the type object of the heap: its layout comes first. What types mean (subtyping,
//! instantiation) is in `crate::types`; nothing here computes.

use super::{Bytes, Module, SimpleVector, SimpleVectorExt, Symbol};
use std::cell::Cell;
use tintype_heap::{Field, Gc, Layout, Value, heap_object};

/// Bits of [`DataType::flags`].
pub mod flags {
    /// Instances have identity and can change.
    pub const MUTABLE: u32 = 1;
    /// It has no direct instances.
    pub const ABSTRACT: u32 = 1 << 1;
    /// Declared with `primitive type`: instances are bits without fields.
    pub const PRIMITIVE: u32 = 1 << 2;
    /// It can be the type of a value.
    pub const CONCRETE: u32 = 1 << 3;
    /// Instances are immutable and hold no pointer: they are stored inline.
    pub const ISBITS: u32 = 1 << 4;
    /// Some type variable occurs free.
    pub const HAS_FREE_VARIABLES: u32 = 1 << 5;
    /// A tuple type whose elements are all concrete (or `Type{T}` with a given `T`): what a call site passes.
    pub const DISPATCH_TUPLE: u32 = 1 << 6;
    /// The layout (size, field offsets) has been computed.
    pub const HAS_LAYOUT: u32 = 1 << 7;
    /// `Tuple{...}`.
    pub const TUPLE: u32 = 1 << 8;
    /// `NamedTuple{...}`.
    pub const NAMED_TUPLE: u32 = 1 << 9;
    /// `Type{...}`.
    pub const TYPE_TYPE: u32 = 1 << 10;
    /// A function's own type: a singleton below `Function`, made by a function definition.
    pub const FUNCTION: u32 = 1 << 11;
    /// Some instance of this tuple type may be described by a type that is equal but written differently (a parameter
    /// is a `UnionAll`, `Union` or `Type`).
    pub const MAYBE_EQUAL: u32 = 1 << 12;
    /// Integer arithmetic is signed (primitive types below `Signed`).
    pub const SIGNED: u32 = 1 << 13;
    /// A primitive type of floating-point numbers.
    pub const FLOAT: u32 = 1 << 14;
    /// All its field types are known to be free of pointers and of padding: equal instances have equal bytes.
    pub const PLAIN_BITS: u32 = 1 << 15;
}

heap_object! {
    /// A type with a name and parameters; also the heap's type object.
    pub struct DataType {
        /// How instances lie in memory. Valid if `flags::HAS_LAYOUT`.
        pub layout: Layout,
        /// What Rust struct instances are, a [`crate::objects::Kind`].
        pub kind: u32,
        /// See [`flags`].
        pub flags: Cell<u32>,
        /// Structural hash, the same in every process; 0 while a type variable occurs free.
        pub hash: Cell<u64>,
        /// What all instantiations share.
        pub name: Gc<TypeName>,
        /// The declared supertype, with this type's parameters substituted.
        pub super_type: Field<DataType>,
        /// The parameters; for a tuple the element types, the last possibly a `Vararg`.
        pub parameters: Gc<SimpleVector>,
        /// Types of the fields, in order. Null: not computed yet, or (with `ABSTRACT`) there are none.
        pub field_types: Field<SimpleVector>,
        /// Where the fields are.
        pub field_places: Field<FieldTable>,
        /// The only instance, of an immutable type without fields.
        pub instance: Field,
        /// `Type{this}`, made when first asked for.
        pub type_of_type: Field<DataType>,
        /// For `Array{T, N}`: `Memory{T}`, the type of what holds the elements.
        pub element_memory: Field<DataType>,
        /// How many fields a constructor must set.
        pub n_initialized: Cell<u32>,
        /// For primitive types the number of bits.
        pub n_bits: Cell<u32>,
        /// The number of the built-in function whose type this is, plus one; 0: none.
        pub builtin: Cell<u32>,
        /// Zero; fills the word.
        pub reserved: u32,
    }
}

heap_object! {
    /// The places of the fields of a type: one word each, read by [`FieldPlace`].
    pub struct FieldTable {
        /// Number of fields.
        pub length: u64,
    }
    tail length: [u64]
}

/// Where a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldPlace {
    /// Bytes from the payload's start.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// A pointer to an object (null: undefined), rather than the bits of an instance.
    pub is_pointer: bool,
}

impl FieldPlace {
    /// As the word a [`FieldTable`] keeps.
    pub fn encode(self) -> u64 {
        u64::from(self.offset) | u64::from(self.size) << 32 | u64::from(self.is_pointer) << 63
    }

    /// From the word.
    pub fn decode(word: u64) -> FieldPlace {
        FieldPlace { offset: word as u32, size: (word >> 32) as u32 & 0x7fff_ffff, is_pointer: word >> 63 != 0 }
    }
}

/// Bits of [`TypeName::flags`].
pub mod name_flags {
    /// Declared `abstract type`.
    pub const ABSTRACT: u32 = 1;
    /// Declared `mutable struct`.
    pub const MUTABLE: u32 = 2;
    /// Declared `primitive type`.
    pub const PRIMITIVE: u32 = 4;
    /// The name of a function's own type, or of a closure type.
    pub const FUNCTION: u32 = 8;
}

heap_object! {
    /// What all instantiations of a declared type share. It holds no method table: those belong to contexts.
    pub struct TypeName {
        /// The declared name.
        pub name: Gc<Symbol>,
        /// Where it was declared.
        pub module: Field<Module>,
        /// Symbols, in order.
        pub field_names: Field<SimpleVector>,
        /// The declared type: a `DataType`, or `UnionAll`s around one.
        pub wrapper: Field,
        /// Hash of the definition site: the same in every context and process that evaluates the same declaration.
        pub site: u64,
        /// See [`name_flags`].
        pub flags: Cell<u32>,
        /// For primitive types the number of bits.
        pub n_bits: u32,
        /// Field `i` cannot be assigned although the type is mutable: bit `i % 8` of byte `i / 8`. Null: none.
        pub constant_fields: Field<Bytes>,
    }
}

heap_object! {
    /// `Union{a, b}`; longer unions nest in `b`. Always normalised, see `crate::types::union`.
    pub struct UnionType {
        /// One alternative; not a union.
        pub a: Value,
        /// The others.
        pub b: Value,
    }
}

heap_object! {
    /// `body where variable`.
    pub struct UnionAll {
        /// The variable it binds.
        pub variable: Gc<TypeVar>,
        /// A type in which the variable occurs.
        pub body: Value,
    }
}

heap_object! {
    /// A type variable; its identity is its address.
    pub struct TypeVar {
        /// For printing.
        pub name: Gc<Symbol>,
        /// Lower bound.
        pub lower: Value,
        /// Upper bound.
        pub upper: Value,
    }
}

heap_object! {
    /// `Vararg{element, count}`; stands only as the last parameter of a tuple type.
    pub struct Vararg {
        /// Null: `Any`.
        pub element: Option<Value>,
        /// Null: any number.
        pub count: Option<Value>,
    }
}

impl DataType {
    /// Whether all bits of `mask` are set.
    #[inline(always)]
    pub fn has(&self, mask: u32) -> bool {
        self.flags.get() & mask == mask
    }

    /// Sets bits.
    pub fn set_flags(&self, mask: u32) {
        self.flags.set(self.flags.get() | mask);
    }

    /// Whether it can be the type of a value.
    #[inline(always)]
    pub fn is_concrete(&self) -> bool {
        self.has(flags::CONCRETE)
    }

    /// Whether instances are immutable bits without pointers.
    #[inline(always)]
    pub fn is_bits(&self) -> bool {
        self.has(flags::ISBITS)
    }

    /// Whether instances have identity.
    #[inline(always)]
    pub fn is_mutable(&self) -> bool {
        self.has(flags::MUTABLE)
    }

    /// Whether it was declared abstract.
    #[inline(always)]
    pub fn is_abstract(&self) -> bool {
        self.has(flags::ABSTRACT)
    }

    /// Whether it is `Tuple{...}`.
    #[inline(always)]
    pub fn is_tuple(&self) -> bool {
        self.has(flags::TUPLE)
    }

    /// Whether it is `NamedTuple{...}`.
    #[inline(always)]
    pub fn is_named_tuple(&self) -> bool {
        self.has(flags::NAMED_TUPLE)
    }

    /// Whether it is `Type{...}`.
    #[inline(always)]
    pub fn is_type_type(&self) -> bool {
        self.has(flags::TYPE_TYPE)
    }

    /// Whether some type variable occurs free in it.
    #[inline(always)]
    pub fn has_free_variables(&self) -> bool {
        self.has(flags::HAS_FREE_VARIABLES)
    }

    /// The parameters, in order.
    #[inline(always)]
    pub fn params(&self) -> &[Field] {
        super::tail_of(&self.parameters)
    }

    /// Parameter `i`, which must be there.
    #[inline(always)]
    #[track_caller]
    pub fn param(&self, i: usize) -> Value {
        self.params()[i].unwrap()
    }

    /// Number of parameters.
    #[inline(always)]
    pub fn n_params(&self) -> usize {
        self.parameters.length as usize
    }

    /// Number of fields; 0 where it is not known (abstract types, tuples of unknown length).
    pub fn n_fields(&self) -> usize {
        self.field_types.get().map_or(0, |types| types.length as usize)
    }

    /// Where field `i` (from 0) is. Panics if there is no such field or no layout.
    #[inline]
    pub fn field_place(&self, i: usize) -> FieldPlace {
        let table = self.field_places.unwrap();
        FieldPlace::decode(table.tail()[i])
    }

    /// The declared type of field `i`.
    pub fn field_type(&self, i: usize) -> Value {
        self.field_types.unwrap().at(i)
    }

    /// The names of the fields. Tuples have none.
    pub fn field_names(&self) -> Option<Gc<SimpleVector>> {
        self.name.field_names.get()
    }
}
