//! Object layout, allocation, garbage collection and relocatable segments.
//!
//! The heap knows objects only by the layout at the start of their type object. It allocates from size classes in a
//! reserved arena, collects without moving (conservative stacks, precise objects, lazy sweep), and writes object graphs
//! into segments that can be mapped at a fixed address or relocated.
//!
//! It knows no type of any language, and it runs no code of its embedder: finalizers are handed back, not called.

mod arena;
mod check;
mod collect;
mod describe;
mod finalize;
mod gc;
mod heap;
mod layout;
mod mapping;
mod mark;
mod mutator;
mod roots;
mod segment;
mod size_class;
mod space;
mod stack;
mod value_stack;

pub use check::{CheckedHeap, HeapDefect};
pub use describe::{
    Bits, Description, FieldDescription, FieldKind, HeapObject, Show, TailDescription, TailObject, count_pointers,
    list_pointers,
};
pub use gc::{FLAGS, FREE, Field, Gc, HAS_HASH, HEADER_BYTES, IMAGE, Object, UNLOGGED, Value};
pub use heap::{GcStats, Heap, HeapConfig, ImageRange, NoCollect};
pub use layout::{LAYOUT_OFFSETS_AT, Layout, OffsetTable, TypeHead, UNSTORABLE, WEAK};
pub use mutator::{AllocBuffers, Mutator, OutOfMemory};
pub use roots::{GcMap, GcVec, Roots, ScannedRange, Trace, Traced};
pub use segment::{
    Bitmap, BitmapRef, BuildError, ParentBytes, ParentRange, PathStep, Segment, SegmentBuilder, SegmentError,
    SegmentStats, relocate, verify_segment,
};
pub use size_class::{CELL_BYTES, MAX_SMALL_PAYLOAD, N_SIZE_CLASSES, SizeClass, size_class};
pub use stack::native_stack_base;
pub use value_stack::{ValueStack, ValueStackOverflow};
