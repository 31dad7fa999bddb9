//! Sequences of values: `SimpleVector`, and `Array` with the `Memory` that holds its elements.
//!
//! The types of `Memory` and `Array` objects differ with their element type, so their layouts are computed per type
//! (`crate::types::layout`); the structs here name the parts all of them share. Reading and writing elements is in
//! `crate::values::arrays`.

use std::cell::Cell;
use tintype_heap::{Field, Gc, Value, heap_object};

heap_object! {
    /// `Core.SimpleVector`: a fixed number of values. Slots may be null only in the run-time system's own tables.
    pub struct SimpleVector {
        /// Number of elements.
        pub length: u64,
    }
    tail length: [Field]
}

heap_object! {
    /// What every `Memory{T}` begins with; the elements follow at [`MEMORY_ELEMENTS`].
    pub struct Memory {
        /// Number of elements.
        pub length: u64,
        /// Makes the elements 16-byte aligned.
        pub padding: u64,
    }
}

/// Bytes from a memory's payload to its first element.
pub const MEMORY_ELEMENTS: usize = 16;

heap_object! {
    /// What every `Array{T, N}` begins with; `N` lengths (`i64`) follow at [`ARRAY_DIMS`].
    pub struct Array {
        /// Where the elements are.
        pub memory: Field<Memory>,
        /// Address of the first element: inside the memory, or one past its end.
        pub data: Cell<usize>,
    }
}

/// Bytes from an array's payload to its lengths, one `i64` per dimension.
pub const ARRAY_DIMS: usize = 16;

/// Reading simple vectors.
pub trait SimpleVectorExt {
    /// Element `i` (from 0), which must exist and not be null.
    fn at(&self, i: usize) -> Value;
    /// Number of elements.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The elements in order; none may be null.
    fn values(&self) -> impl DoubleEndedIterator<Item = Value> + ExactSizeIterator;
}

impl SimpleVectorExt for Gc<SimpleVector> {
    #[inline(always)]
    #[track_caller]
    fn at(&self, i: usize) -> Value {
        self.tail()[i].unwrap()
    }

    #[inline(always)]
    fn len(&self) -> usize {
        self.length as usize
    }

    fn values(&self) -> impl DoubleEndedIterator<Item = Value> + ExactSizeIterator {
        super::tail_of(self).iter().map(|field| field.unwrap())
    }
}
