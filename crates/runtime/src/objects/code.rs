//! Compiled or inferred code and its use in a world.
//!
//! [`Code`] belongs to the engine: what was inferred and compiled for a method site and argument types, and the
//! edges, the exact facts it relied on. [`CodeInstance`] belongs to a context: that code, and the worlds of the context
//! in which the facts were checked to hold.

use super::{Bytes, MethodInstance, SimpleVector};
use std::cell::Cell;
use tintype_heap::{Field, Gc, Value, heap_object};

/// Bits of [`Code::flags`].
pub mod code_flags {
    /// The result can be computed at compile time from constant arguments: no effects, terminates.
    pub const FOLDABLE: u32 = 1;
    /// A call can be dropped if its result is not used.
    pub const REMOVABLE: u32 = 2;
    /// Never throws.
    pub const NO_THROW: u32 = 4;
    /// Small enough to inline.
    pub const INLINEABLE: u32 = 8;
    /// Always returns `const_result`.
    pub const CONSTANT: u32 = 16;
    /// Native code exists: `image` and the function numbers are valid.
    pub const COMPILED: u32 = 32;
}

/// `Code::image` of code compiled into this process.
pub const IMAGE_JIT: u32 = u32::MAX;
/// `Code::image` of code that is not compiled.
pub const IMAGE_NONE: u32 = u32::MAX - 1;

heap_object! {
    /// Inferred, perhaps compiled code. Fixed once published, but for the fields named as filled later.
    pub struct Code {
        /// Site of the method; 0 for top-level code.
        pub site: u64,
        /// Structural hash of `spec_types`.
        pub spec_hash: u64,
        /// The argument types it is for.
        pub spec_types: Value,
        /// What it relied on: [`Edge`] objects.
        pub edges: Field<SimpleVector>,
        /// The encoded inferred body (`tintype_hir::TypedBody`). Null: dropped or never kept.
        pub inferred: Field<Bytes>,
        /// The values `inferred` names.
        pub literals: Field<SimpleVector>,
        /// What it returns, a type.
        pub return_type: Field,
        /// The constant it returns, with `CONSTANT`.
        pub const_result: Field,
        /// Cost estimate for inlining.
        pub inline_cost: Cell<u32>,
        /// See [`code_flags`].
        pub flags: Cell<u32>,
        /// Which image holds the native code: [`IMAGE_JIT`], [`IMAGE_NONE`], or an attached image's number.
        pub image: Cell<u32>,
        /// Function number of the boxed entry; `u32::MAX`: none.
        pub invoke_function: Cell<u32>,
        /// Function number of the specialised entry; `u32::MAX`: none.
        pub specialized_function: Cell<u32>,
        /// Index of its entry cell among the image's (or the JIT's).
        pub entry_cell: Cell<u32>,
        /// Objects compiled code holds (JIT slots), kept alive with it.
        pub kept: Field<SimpleVector>,
    }
}

heap_object! {
    /// Code linked into a context.
    pub struct CodeInstance {
        /// What it implements.
        pub method_instance: Gc<MethodInstance>,
        /// The code.
        pub code: Gc<Code>,
        /// First world in which its facts hold.
        pub min_world: Cell<u64>,
        /// Last world in which its facts hold; [`super::WORLD_MAX`] until something changes.
        pub max_world: Cell<u64>,
        /// The next older instance of the same method instance.
        pub next: Field<CodeInstance>,
        /// Address of its entry cell, outside the heap; 0 until linked. Not stored in images.
        pub cell: Cell<u64>,
    }
}

/// What an [`Edge`] states; the values are stored in images.
pub mod edge_kinds {
    /// A dispatch query for `signature` finds exactly the methods of `sites`, in this order.
    pub const DISPATCH: u32 = 1;
    /// `signature` (an `invoke`) resolves to the method `sites[0]`.
    pub const INVOKE: u32 = 2;
    /// A global: `site` is the module's, `name` the symbol; `value` its constant value, or null: only that it is not constant.
    pub const BINDING: u32 = 3;
    /// Code whose return type or body was used: `codes`, without a query.
    pub const CODE: u32 = 4;
    /// A global, as for `BINDING`: a constant whose value, read at run time, has exactly the type `value`. For objects
    /// with identity, which each context has its own of.
    pub const BINDING_TYPE: u32 = 5;
}

heap_object! {
    /// One fact about the world that code relied on.
    pub struct Edge {
        /// One of [`edge_kinds`].
        pub kind: u32,
        /// For a binding: its number.
        pub number: u32,
        /// For a binding the module's site.
        pub site: u64,
        /// For queries the tuple type asked for.
        pub signature: Option<Value>,
        /// For queries the sites of the methods found.
        pub sites: Option<Gc<Words>>,
        /// The codes whose return type or body was used.
        pub codes: Option<Gc<SimpleVector>>,
        /// For a binding its name.
        pub name: Option<Gc<super::Symbol>>,
        /// For a binding the constant.
        pub value: Option<Value>,
    }
}

heap_object! {
    /// Numbers.
    pub struct Words {
        /// How many.
        pub length: u64,
    }
    tail length: [Cell<u64>]
}

impl Code {
    /// Whether all bits of `mask` are set.
    #[inline]
    pub fn has(&self, mask: u32) -> bool {
        self.flags.get() & mask == mask
    }
}

impl CodeInstance {
    /// Whether its facts hold in `world`.
    #[inline]
    pub fn valid_in(&self, world: u64) -> bool {
        self.min_world.get() <= world && world <= self.max_world.get()
    }
}
