//! Methods, their tables and their specialisations. All belong to one context, except that a method's body and literal
//! pool are the same wherever its definition is evaluated.

use super::{Bytes, CodeInstance, Module, SimpleVector, StructuralTable, Symbol};
use std::cell::Cell;
use tintype_heap::{Field, Gc, Value, heap_object};

/// Bits of [`Method::flags`].
pub mod method_flags {
    /// The last parameter takes the remaining arguments.
    pub const VARARG: u32 = 1;
    /// Declared `@generated`: the body makes the code from the argument types.
    pub const GENERATED: u32 = 2;
    /// `@inline`.
    pub const INLINE: u32 = 4;
    /// `@noinline`.
    pub const NO_INLINE: u32 = 8;
    /// `@propagate_inbounds`.
    pub const PROPAGATE_INBOUNDS: u32 = 16;
    /// The method is only compiled for its declared types (`@nospecialize` on all arguments).
    pub const NO_SPECIALIZE: u32 = 32;
}

/// `max_world` of what is valid until further notice.
pub const WORLD_MAX: u64 = u64::MAX;

heap_object! {
    /// One definition of a function for some argument types.
    pub struct Method {
        /// The function's name.
        pub name: Gc<Symbol>,
        /// Where it was defined.
        pub module: Gc<Module>,
        /// The file of its definition.
        pub file: Gc<Symbol>,
        /// The line of its definition; 0: none.
        pub line: u32,
        /// Number of parameters, the function itself included; a vararg counts as one.
        pub n_params: u32,
        /// See [`method_flags`].
        pub flags: Cell<u32>,
        /// Bit `i`: parameter `i` is `@nospecialize`.
        pub no_specialize: u32,
        /// The tuple type of the arguments, the function's type first, possibly inside `UnionAll`s.
        pub signature: Value,
        /// Hash of the definition (module path, name, file, source text, signature): the same wherever it is evaluated.
        pub site: u64,
        /// The encoded body (`tintype_hir::encode`); null for built-in functions.
        pub source: Option<Gc<Bytes>>,
        /// The values the body's operands name, bindings for globals.
        pub literals: Field<SimpleVector>,
        /// Names of the parameters and static parameters, symbols; for messages.
        pub param_names: Option<Gc<SimpleVector>>,
        /// Method instances by specialised signature.
        pub specializations: Gc<StructuralTable>,
        /// The instance for the declared signature, made when first needed.
        pub unspecialized: Field<MethodInstance>,
        /// First world in which it can be called.
        pub primary_world: Cell<u64>,
        /// Last world in which it can be called.
        pub deleted_world: Cell<u64>,
    }
}

heap_object! {
    /// The methods whose first argument has one type name (or is a type of one name: constructors).
    pub struct MethodTable {
        /// The type's name, for messages.
        pub name: Gc<Symbol>,
        /// The type name's site, mixed with whether this is the constructors' table: the key in the context.
        pub key: u64,
        /// The methods, in the order of definition; the first `n_methods` slots are used.
        pub methods: Field<SimpleVector>,
        /// See `methods`.
        pub n_methods: Cell<u64>,
        /// Raised with each added or deleted method.
        pub stamp: Cell<u64>,
        /// Most arguments any method takes without its vararg (what a splatted call must consider).
        pub max_params: Cell<u64>,
        /// Dispatch cache: [`DispatchEntry`] by the argument types' hash.
        pub cache: Field<StructuralTable>,
        /// Code instances that rely on what a query of this table answered: pairs (signature, code instance).
        pub backedges: Field<SimpleVector>,
        /// How many slots of `backedges` are used.
        pub n_backedges: Cell<u64>,
    }
}

heap_object! {
    /// One remembered answer of dispatch.
    pub struct DispatchEntry {
        /// The tuple type of the arguments: concrete types, `Type{T}` for arguments that are types.
        pub types: Gc<super::DataType>,
        /// What is called.
        pub method_instance: Gc<MethodInstance>,
        /// First world it holds in.
        pub min_world: u64,
        /// Last world it holds in.
        pub max_world: Cell<u64>,
    }
}

heap_object! {
    /// What a dynamic call went to, in a form that compiled code compares and calls; never stored in an image. The tail
    /// are the keys of the arguments, and zeros. See `crate::dispatch::targets`.
    pub struct CallTarget {
        /// The world it holds in, shifted, and the number of arguments.
        pub tag: u64,
        /// Address of the boxed entry of the code.
        pub invoke: u64,
        /// The code that is called.
        pub code_instance: Gc<CodeInstance>,
        /// Keeps alive what the keys are addresses of.
        pub types: Gc<super::DataType>,
        /// Words of the tail.
        pub length: u64,
    }
    tail length: [Cell<u64>]
}

heap_object! {
    /// A method for given argument types.
    pub struct MethodInstance {
        /// The method; for top-level code null.
        pub method: Option<Gc<Method>>,
        /// The tuple type it is specialised for.
        pub spec_types: Value,
        /// Values of the static parameters; a type variable where one is not determined.
        pub static_params: Gc<SimpleVector>,
        /// Structural hash of `spec_types`; with the method's site it names code for ever.
        pub hash: u64,
        /// Its code instances, newest first, linked by `next`.
        pub cache: Field<CodeInstance>,
        /// Code instances that call it: invoked directly or through a dispatch query.
        pub backedges: Field<SimpleVector>,
        /// How many slots of `backedges` are used.
        pub n_backedges: Cell<u64>,
        /// Bits: 1 = asked for by `precompile`.
        pub flags: Cell<u32>,
        /// How often it was interpreted, for the compilation policy.
        pub n_calls: Cell<u32>,
        /// Of an `@generated` method: what its generator gave for these types, `svec(encoded body, literal pool)`.
        pub generated: Field<SimpleVector>,
    }
}

impl Method {
    /// Whether all bits of `mask` are set.
    #[inline]
    pub fn has(&self, mask: u32) -> bool {
        self.flags.get() & mask == mask
    }

    /// Whether the last parameter takes the remaining arguments.
    #[inline]
    pub fn is_vararg(&self) -> bool {
        self.has(method_flags::VARARG)
    }

    /// Whether it can be called in `world`.
    #[inline]
    pub fn visible_in(&self, world: u64) -> bool {
        self.primary_world.get() <= world && world <= self.deleted_world.get()
    }
}
