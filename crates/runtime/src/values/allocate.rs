//! Allocation of the run-time system's own objects: symbols, strings, vectors, tables.
//!
//! The one place that turns a Rust struct and its type into a heap object: the type's kind is compared first.

use crate::context::Context;
use crate::objects::*;
use tintype_heap::{HeapObject, TailObject, TypeHead};

/// A type as the heap sees it.
#[inline(always)]
pub fn type_head(ty: Gc<DataType>) -> Gc<TypeHead> {
    // SAFETY: `DataType` is `repr(C)` and begins with its layout, which is all a `TypeHead` is.
    unsafe { ty.cast() }
}

impl Context {
    /// A new object of a Rust struct without a tail. Panics if `ty` is not the type of such structs.
    #[inline]
    pub fn allocate<T: HeapObject + Kinded>(&self, ty: Gc<DataType>, object: T) -> Gc<T> {
        assert_eq!(ty.kind, T::KIND as u32, "the type is not that of {:?}", T::KIND);
        // SAFETY: types of this kind have the layout of the struct's description.
        unsafe { self.mutator().alloc_init(type_head(ty), object) }
    }

    /// A new object with a tail of `length` zero elements.
    #[inline]
    pub fn allocate_tail<T: TailObject + Kinded>(&self, ty: Gc<DataType>, object: T, length: usize) -> Gc<T> {
        assert_eq!(ty.kind, T::KIND as u32, "the type is not that of {:?}", T::KIND);
        // SAFETY: types of this kind have the layout of the struct's description.
        unsafe { self.mutator().alloc_tail_init(type_head(ty), object, length as u64) }
    }

    /// A new object with a tail copied from `bytes`.
    fn allocate_bytes<T: TailObject<Element = u8> + Kinded>(&self, ty: Gc<DataType>, object: T, bytes: &[u8]) -> Gc<T> {
        let new = self.allocate_tail(ty, object, bytes.len());
        // SAFETY: the tail has as many bytes, and nobody else has seen the object yet.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), new.tail_ptr(), bytes.len()) };
        new
    }

    /// The symbol with this name.
    pub fn symbol(&self, name: &str) -> Gc<Symbol> {
        self.symbol_from_bytes(name.as_bytes())
    }

    /// The symbol with this name.
    pub fn symbol_from_bytes(&self, name: &[u8]) -> Gc<Symbol> {
        let hash = hash_bytes(name);
        let matches = |value: Value| value.expect::<Symbol>().tail() == name;
        for table in self.engine_tables() {
            if let Some(found) = table.symbols.find(hash, matches) {
                return found.expect();
            }
        }
        let well_known = self.well_known();
        let object = Symbol { hash, length: 0 };
        let symbol = self.allocate_bytes(well_known.symbol(), object, name);
        table_insert(self, well_known.tables().symbols, hash, symbol.erase());
        symbol
    }

    /// The engine's own tables, then those of attached images.
    pub(crate) fn engine_tables(&self) -> impl Iterator<Item = Gc<EngineTables>> + '_ {
        let own = self.shared().well_known().and_then(|well_known| well_known.tables.get());
        own.into_iter().chain(self.shared().images.iter())
    }

    /// A new `String`.
    pub fn new_string(&self, bytes: &[u8]) -> Gc<JlString> {
        self.allocate_bytes(self.well_known().string(), JlString { length: 0 }, bytes)
    }

    /// A new `String` of `length` zero bytes, which the caller may fill through `tail_ptr` before anybody else sees it.
    pub fn new_string_of_length(&self, length: usize) -> Gc<JlString> {
        self.allocate_tail(self.well_known().string(), JlString { length: 0 }, length)
    }

    /// New raw bytes.
    pub fn new_bytes(&self, bytes: &[u8]) -> Gc<Bytes> {
        self.allocate_bytes(self.well_known().bytes(), Bytes { length: 0 }, bytes)
    }

    /// A new simple vector.
    pub fn svec(&self, values: &[Value]) -> Gc<SimpleVector> {
        if values.is_empty()
            && let Some(empty) = self.well_known().empty_svec.get()
        {
            return empty;
        }
        let vector = self.new_empty_svec(values.len());
        for (slot, &value) in vector.tail().iter().zip(values) {
            self.write(vector, slot, Some(value));
        }
        vector
    }

    /// A new simple vector of objects of one Rust type.
    pub fn svec_of<T>(&self, objects: &[Gc<T>]) -> Gc<SimpleVector> {
        let vector = self.new_empty_svec(objects.len());
        for (slot, object) in vector.tail().iter().zip(objects) {
            self.write(vector, slot, Some(object.erase()));
        }
        vector
    }

    /// A new simple vector of null slots.
    pub fn new_empty_svec(&self, length: usize) -> Gc<SimpleVector> {
        self.allocate_tail(self.well_known().simple_vector(), SimpleVector { length: 0 }, length)
    }

    /// Stores into a simple vector of the run-time system's own.
    pub fn svec_set(&self, vector: Gc<SimpleVector>, index: usize, value: Option<Value>) {
        self.write(vector, &vector.tail()[index], value);
    }

    /// New zero numbers.
    pub fn new_words(&self, length: usize) -> Gc<Words> {
        self.allocate_tail(self.well_known().words(), Words { length: 0 }, length)
    }

    /// New numbers.
    pub fn words(&self, numbers: &[u64]) -> Gc<Words> {
        let words = self.new_words(numbers.len());
        for (slot, &number) in words.tail().iter().zip(numbers) {
            slot.set(number);
        }
        words
    }

    /// A new empty table.
    pub fn new_table(&self) -> Gc<StructuralTable> {
        let object = StructuralTable { slots: Field::null(), hashes: Field::null(), count: std::cell::Cell::new(0) };
        self.allocate(self.well_known().structural_table(), object)
    }

    /// Appends to a list kept as a vector with room and its used length; the vector is replaced when it is full.
    pub(crate) fn push_to<O>(
        &self,
        owner: Gc<O>,
        list: &Field<SimpleVector>,
        used: &std::cell::Cell<u64>,
        value: Value,
    ) {
        let n = used.get() as usize;
        let room = list.get().map_or(0, |vector| vector.len());
        if n == room {
            let grown = self.new_empty_svec((room * 2).max(4));
            if let Some(old) = list.get() {
                for (i, slot) in old.tail().iter().enumerate() {
                    self.svec_set(grown, i, slot.get());
                }
            }
            self.write(owner, list, Some(grown));
        }
        self.svec_set(list.unwrap(), n, Some(value));
        used.set(used.get() + 1);
    }

    /// A new type variable.
    pub fn new_type_var(&self, name: Gc<Symbol>, lower: Value, upper: Value) -> Gc<TypeVar> {
        self.allocate(self.well_known().type_var(), TypeVar { name, lower, upper })
    }

    /// A new, not normalised `UnionAll`.
    pub fn new_union_all(&self, variable: Gc<TypeVar>, body: Value) -> Gc<UnionAll> {
        self.allocate(self.well_known().union_all(), UnionAll { variable, body })
    }

    /// `Vararg{element, count}`.
    pub fn new_vararg(&self, element: Option<Value>, count: Option<Value>) -> Gc<Vararg> {
        self.allocate(self.well_known().vararg_type(), Vararg { element, count })
    }
}

/// The engine's hash of bytes: the same in every process.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

/// Mixes a number into a hash: the same in every process, and sensitive to order.
#[inline]
pub fn hash_mix(hash: u64, number: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}
