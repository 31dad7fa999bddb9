//! The context's small cache of dispatch answers: direct-mapped, by the addresses of the argument types.
//!
//! It is only a cache: entries are those of the method tables' own caches, which invalidation caps, so a stale one shows
//! by its worlds.

use crate::context::Context;
use crate::objects::*;
use tintype_heap::{GcVec, Heap};

const SLOTS: usize = 4096;

/// The cache.
pub struct CallCache {
    entries: GcVec<Option<Gc<DispatchEntry>>>,
}

impl CallCache {
    pub(crate) fn new(heap: &Heap) -> CallCache {
        CallCache { entries: GcVec::new(heap) }
    }

    /// The remembered answer for a call with these arguments, the function first.
    #[inline]
    pub(crate) fn find(&self, arguments: &[Value], world: u64) -> Option<Gc<MethodInstance>> {
        self.find_entry(arguments, world).map(|entry| entry.method_instance)
    }

    /// The remembered answer with the types it is for.
    #[inline]
    pub(crate) fn find_entry(&self, arguments: &[Value], world: u64) -> Option<Gc<DispatchEntry>> {
        let slot = slot_of(arguments);
        let entry = self.entries.with(|entries| entries.get(slot).copied().flatten())?;
        let valid = entry.min_world <= world && world <= entry.max_world.get();
        (valid && is_for(entry.types, arguments)).then_some(entry)
    }

    pub(crate) fn insert(&self, arguments: &[Value], entry: Gc<DispatchEntry>) {
        while self.entries.len() < SLOTS {
            self.entries.push(None);
        }
        self.entries.set(slot_of(arguments), Some(entry));
    }
}

fn slot_of(arguments: &[Value]) -> usize {
    let mut hash = arguments.len() as u64;
    for &argument in arguments {
        let kind = argument.type_of();
        let identity = if argument.is_type() { argument.addr() } else { kind.addr() };
        hash = (hash.rotate_left(5) ^ (identity as u64 >> 4)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 40) as usize % SLOTS
}

/// Whether the types are those of the arguments.
fn is_for(types: Gc<DataType>, arguments: &[Value]) -> bool {
    types.n_params() == arguments.len()
        && types.params().iter().zip(arguments).all(|(ty, &argument)| {
            let ty = ty.unwrap();
            if argument.is_type() {
                ty.get::<DataType>().is_some_and(|ty| ty.is_type_type() && ty.param(0) == argument)
            } else {
                ty == argument.type_of().erase()
            }
        })
}

/// Remembers an answer in the table of the call's first argument and in the context's cache.
pub(crate) fn remember(cx: &Context, arguments: &[Value], types: Gc<DataType>, instance: Gc<MethodInstance>) {
    let table = super::tables::cache_table(cx, types.param(0));
    let cache = match table.cache.get() {
        Some(cache) => cache,
        None => {
            let cache = cx.new_table();
            cx.write(table, &table.cache, Some(cache));
            cache
        }
    };
    let entry = DispatchEntry {
        types,
        method_instance: instance,
        min_world: cx.world_age(),
        max_world: std::cell::Cell::new(if cx.world_age() == cx.world_counter() { WORLD_MAX } else { cx.world_age() }),
    };
    let entry = cx.allocate(cx.well_known().dispatch_entry(), entry);
    table_insert(cx, cache, types.hash.get(), entry.erase());
    cx.call_cache.insert(arguments, entry);
}

/// The answer the table of the call's first argument remembers.
pub(crate) fn recall(cx: &Context, arguments: &[Value], types: Gc<DataType>) -> Option<Gc<MethodInstance>> {
    let table = super::tables::cache_table(cx, types.param(0));
    let world = cx.world_age();
    let found = table.cache.get()?.find(types.hash.get(), |entry| {
        let entry = entry.expect::<DispatchEntry>();
        entry.types == types && entry.min_world <= world && world <= entry.max_world.get()
    })?;
    let entry = found.expect::<DispatchEntry>();
    cx.call_cache.insert(arguments, entry);
    Some(entry.method_instance)
}
