//! The hash table behind symbols, types, specialisations, bindings and method tables.
//!
//! One open-addressed table of heap objects serves what a process adds and what an image froze: entries are placed by
//! a structural hash that the caller gives, never by address, so that a table in an image is probed in place, without
//! being rebuilt. Hashes lie beside the entries, so that a probe that misses touches no entry. Entries are never
//! removed. Equality of entries is the caller's matter.

use super::{SimpleVector, Words};
use crate::context::Context;
use std::cell::Cell;
use tintype_heap::{Field, Gc, Value, heap_object};

heap_object! {
    /// An open-addressed table, see the module's text.
    pub struct StructuralTable {
        /// The entries; null: free. The length is a power of two, or 0.
        pub slots: Field<SimpleVector>,
        /// The hash of each entry.
        pub hashes: Field<Words>,
        /// Number of entries.
        pub count: Cell<u64>,
    }
}

impl StructuralTable {
    /// The first entry with this hash for which `matches` holds.
    #[inline]
    pub fn find(&self, hash: u64, mut matches: impl FnMut(Value) -> bool) -> Option<Value> {
        let (slots, hashes) = (self.slots.get()?, self.hashes.get()?);
        let (slots, hashes) = (slots.tail(), hashes.tail());
        let mask = slots.len().wrapping_sub(1);
        let mut at = spread(hash) & mask;
        loop {
            let entry = slots.get(at)?.get()?;
            if hashes[at].get() == hash && matches(entry) {
                return Some(entry);
            }
            at = (at + 1) & mask;
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.count.get() as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, in table order, which depends only on hashes and on the order of insertion.
    pub fn entries(&self) -> Vec<Value> {
        let Some(slots) = self.slots.get() else { return Vec::new() };
        slots.tail().iter().filter_map(Field::get).collect()
    }

    /// Calls `visit` on each entry, in table order.
    pub fn for_each(&self, mut visit: impl FnMut(u64, Value)) {
        let (Some(slots), Some(hashes)) = (self.slots.get(), self.hashes.get()) else { return };
        for (slot, hash) in slots.tail().iter().zip(hashes.tail()) {
            if let Some(entry) = slot.get() {
                visit(hash.get(), entry);
            }
        }
    }
}

/// Adds an entry. The caller knows that no equal one is there.
pub fn table_insert(cx: &Context, table: Gc<StructuralTable>, hash: u64, entry: Value) {
    let capacity = table.slots.get().map_or(0, |slots| slots.length as usize);
    if (table.len() + 1) * 4 > capacity * 3 {
        grow(cx, table, (capacity * 2).max(8));
    }
    place(cx, table, hash, entry);
    table.count.set(table.count.get() + 1);
}

/// Removes all entries.
pub fn table_clear(cx: &Context, table: Gc<StructuralTable>) {
    cx.write(table, &table.slots, None);
    cx.write(table, &table.hashes, None);
    table.count.set(0);
}

fn grow(cx: &Context, table: Gc<StructuralTable>, capacity: usize) {
    let (old_slots, old_hashes) = (table.slots.get(), table.hashes.get());
    let slots = cx.new_empty_svec(capacity);
    let hashes = cx.new_words(capacity);
    cx.write(table, &table.slots, Some(slots));
    cx.write(table, &table.hashes, Some(hashes));
    let (Some(old_slots), Some(old_hashes)) = (old_slots, old_hashes) else { return };
    for (slot, hash) in old_slots.tail().iter().zip(old_hashes.tail()) {
        if let Some(entry) = slot.get() {
            place(cx, table, hash.get(), entry);
        }
    }
}

fn place(cx: &Context, table: Gc<StructuralTable>, hash: u64, entry: Value) {
    let (slots, hashes) = (table.slots.unwrap(), table.hashes.unwrap());
    let mask = slots.tail().len() - 1;
    let mut at = spread(hash) & mask;
    while slots.tail()[at].get().is_some() {
        at = (at + 1) & mask;
    }
    cx.write(slots, &slots.tail()[at], Some(entry));
    hashes.tail()[at].set(hash);
}

/// Structural hashes may differ only in high bits; tables index by low ones.
fn spread(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize
}
