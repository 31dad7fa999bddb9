//! A little world of objects for the tests: types described by types, pairs, vectors, bytes, arrays, weak boxes.
//!
//! No test is here.

use std::pin::Pin;
use tintype_heap::{
    Description, Field, Gc, Heap, HeapConfig, HeapObject, Layout, Mutator, OffsetTable, TypeHead, UNSTORABLE, Value,
    WEAK, heap_object,
};

heap_object! {
    /// A type.
    pub struct Type {
        pub layout: Layout,
        pub id: u64,
    }
}

heap_object! {
    /// Two pointers around a number.
    pub struct Pair {
        pub first: Field,
        pub tag: u64,
        pub second: Field,
    }
}

heap_object! {
    /// Pointers.
    pub struct Vector {
        pub length: u64,
    }
    tail length: [Field]
}

heap_object! {
    /// Bytes with a zero after them.
    pub struct Bytes {
        pub hash: u64,
        pub length: u64,
    }
    tail length: [u8], padding 1
}

heap_object! {
    /// A pointer into the middle of a memory; the interior pointer is declared by hand below.
    pub struct Array {
        pub memory: Field,
        pub pointer: std::cell::Cell<u64>,
        pub length: u64,
    }
}

heap_object! {
    /// A weak pointer; the layout flag is set below.
    pub struct WeakBox {
        pub target: Field,
        pub tag: u64,
    }
}

/// A heap with a mutator and the types above, which the world roots.
pub struct World {
    pub heap: Heap,
    pub mutator: Pin<Box<Mutator>>,
    pub types: tintype_heap::Traced<Vec<Gc<TypeHead>>>,
}

pub const TYPE: usize = 0;
pub const TABLE: usize = 1;
pub const PAIR: usize = 2;
pub const VECTOR: usize = 3;
pub const BYTES: usize = 4;
pub const ARRAY: usize = 5;
pub const WEAK_BOX: usize = 6;
pub const HANDLE: usize = 7;

/// A configuration for tests.
pub fn config(stress: bool) -> HeapConfig {
    let reserve_bytes = if cfg!(miri) { 4 << 20 } else { 1 << 30 };
    HeapConfig { reserve_bytes, size_hint: Some(2 << 20), stress: u32::from(stress), address: None }
}

impl World {
    pub fn new(config: HeapConfig) -> World {
        let heap = Heap::new(config).expect("a small reservation");
        let mutator = heap.mutator();
        let guard = heap.no_collect();
        let head = |value: Value| {
            // SAFETY: the object below has room for a type, which begins with a layout; zero is a valid layout.
            unsafe { value.cast::<TypeHead>() }
        };
        let types: Vec<Gc<TypeHead>> = (0..8).map(|_| head(mutator.alloc_untyped(size_of::<Type>()))).collect();
        let set = |index: usize, layout: Layout| {
            // SAFETY: no instance exists yet, and the objects are bare types.
            unsafe {
                types[index].set_layout(layout);
                types[index].erase().set_type(types[TYPE]);
                types[index].as_ptr().cast::<Type>().cast::<u8>().add(40).cast::<u64>().write(index as u64);
            }
        };
        set(TABLE, OffsetTable::describe().layout(None));
        let describe = |description: Description, interior: &[u32]| {
            let mut entries = description.offset_entries();
            entries.splice(description.pointers.len()..description.pointers.len(), interior.iter().copied());
            let offsets = (!entries.is_empty()).then(|| mutator.alloc_offset_table(types[TABLE], &entries));
            Layout { n_interior: interior.len() as u32 / 2, ..description.layout(offsets) }
        };
        set(TYPE, describe(Type::describe(), &[]));
        set(PAIR, describe(Pair::describe(), &[]));
        set(VECTOR, describe(Vector::describe(), &[]));
        set(BYTES, describe(Bytes::describe(), &[]));
        set(ARRAY, describe(Array::describe(), &[8, 0]));
        set(WEAK_BOX, Layout { flags: WEAK, ..describe(WeakBox::describe(), &[]) });
        set(HANDLE, Layout { flags: UNSTORABLE, ..Layout::bits(8, 8) });
        drop(guard);
        let types = tintype_heap::Traced::new(&heap, types);
        World { heap, mutator, types }
    }

    pub fn ty(&self, index: usize) -> Gc<TypeHead> {
        self.types.with(|types| types[index])
    }

    pub fn pair(&self, first: Option<Value>, tag: u64, second: Option<Value>) -> Gc<Pair> {
        let pair = Pair { first: Field::new(first), tag, second: Field::new(second) };
        // SAFETY: the type is made from the description.
        unsafe { self.mutator.alloc_init(self.ty(PAIR), pair) }
    }

    pub fn vector(&self, length: u64) -> Gc<Vector> {
        // SAFETY: the type is made from the description.
        unsafe { self.mutator.alloc_tail(self.ty(VECTOR), length).cast() }
    }

    pub fn bytes(&self, content: &[u8]) -> Gc<Bytes> {
        // SAFETY: the type is made from the description; the tail has as many bytes as the content.
        unsafe {
            let object = Bytes { hash: 7, length: 0 };
            let bytes = self.mutator.alloc_tail_init(self.ty(BYTES), object, content.len() as u64);
            bytes.tail_ptr().copy_from_nonoverlapping(content.as_ptr(), content.len());
            bytes
        }
    }

    /// An array whose interior pointer leads `distance` bytes into `memory`.
    pub fn array(&self, memory: Value, distance: usize) -> Gc<Array> {
        let pointer = std::cell::Cell::new((memory.addr() + distance) as u64);
        let array = Array { memory: Field::new(Some(memory)), pointer, length: distance as u64 };
        // SAFETY: the type is made from the description.
        unsafe { self.mutator.alloc_init(self.ty(ARRAY), array) }
    }

    pub fn weak_box(&self, target: Value, tag: u64) -> Gc<WeakBox> {
        // SAFETY: the type is made from the description.
        unsafe { self.mutator.alloc_init(self.ty(WEAK_BOX), WeakBox { target: Field::new(Some(target)), tag }) }
    }
}

/// Numbers that are the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

/// Overwrites the part of the stack that calls made before have used, so that no dead pointer is left in it.
#[inline(never)]
pub fn scrub_stack() {
    let words = [0_u64; 2048];
    std::hint::black_box(&words);
}
