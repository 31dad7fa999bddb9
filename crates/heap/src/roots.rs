//! Containers that the collector scans, for `Gc`s that outlive a stack frame outside of heap objects.
//!
//! Malloc memory is not scanned, so a `Vec<Gc<T>>` of one's own loses its objects at the next collection. These
//! containers register with their heap when made and hold its memory alive. They hand out copies, never references,
//! so that a collection in the middle of an update finds them whole.
//!
//! The scanned stack of interpreter frames is in `value_stack`.

use crate::gc::Gc;
use crate::heap::{Heap, HeapInner};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::hash::Hash;
use std::ptr::NonNull;
use std::sync::Arc;

/// Data that the collector can look through.
///
/// # Safety
/// `trace` calls `visit` with the address of every `Gc` in the value, and neither allocates from the heap nor changes
/// any container.
pub unsafe trait Trace {
    /// Reports every heap pointer in the value.
    fn trace(&self, visit: &mut dyn FnMut(usize));
}

// SAFETY: a `Gc` is one pointer.
unsafe impl<T> Trace for Gc<T> {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        visit(self.addr());
    }
}

// SAFETY: nothing but the payload can hold a pointer.
unsafe impl<T: Trace> Trace for Option<T> {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        self.iter().for_each(|value| value.trace(visit));
    }
}

// SAFETY: every element is visited.
unsafe impl<T: Trace> Trace for Vec<T> {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        self.iter().for_each(|value| value.trace(visit));
    }
}

// SAFETY: every element is visited.
unsafe impl<T: Trace> Trace for Box<[T]> {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        self.iter().for_each(|value| value.trace(visit));
    }
}

// SAFETY: every element is visited.
unsafe impl<T: Trace, const N: usize> Trace for [T; N] {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        self.iter().for_each(|value| value.trace(visit));
    }
}

// SAFETY: the content is visited; reading a cell of a `Copy` value is always possible.
unsafe impl<T: Trace + Copy> Trace for Cell<T> {
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        self.get().trace(visit);
    }
}

// SAFETY: every key and value is visited.
unsafe impl<K: Trace, V: Trace> Trace for FxHashMap<K, V> {
    #[expect(clippy::iter_over_hash_type, reason = "marking gives the same result in any order")]
    fn trace(&self, visit: &mut dyn FnMut(usize)) {
        for (key, value) in self {
            key.trace(visit);
            value.trace(visit);
        }
    }
}

macro_rules! trace_nothing {
    ($($ty:ty)*) => { $(
        // SAFETY: the type holds no heap pointer.
        unsafe impl Trace for $ty {
            fn trace(&self, _visit: &mut dyn FnMut(usize)) {}
        }
    )* };
}
trace_nothing! { () u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char String Box<str> &'static str }

macro_rules! trace_tuple {
    ($($name:ident)*) => {
        // SAFETY: every component is visited.
        unsafe impl<$($name: Trace),*> Trace for ($($name,)*) {
            #[expect(non_snake_case, reason = "the type parameters' names serve for the components")]
            fn trace(&self, visit: &mut dyn FnMut(usize)) {
                let ($($name,)*) = self;
                $($name.trace(visit);)*
            }
        }
    };
}
trace_tuple! { A }
trace_tuple! { A B }
trace_tuple! { A B C }
trace_tuple! { A B C D }

/// A registered container, as the collector sees it.
pub(crate) trait Scan {
    fn scan(&self, visit: &mut dyn FnMut(usize));
}

impl<T: Trace> Scan for RefCell<T> {
    fn scan(&self, visit: &mut dyn FnMut(usize)) {
        let Ok(value) = self.try_borrow() else {
            panic!("collection while a traced {} is being changed", std::any::type_name::<T>());
        };
        value.trace(visit);
    }
}

/// All containers and memory ranges that a heap scans.
#[derive(Default)]
pub(crate) struct RootRegistry {
    containers: Vec<Option<NonNull<dyn Scan>>>,
    free: Vec<usize>,
    /// Conservatively scanned ranges of words.
    pub(crate) ranges: Vec<(usize, usize)>,
}

// SAFETY: the pointers are followed only by a collection, which runs while all mutators, and with them all users of
// the containers, are stopped or on the collecting thread.
unsafe impl Send for RootRegistry {}

impl RootRegistry {
    pub(crate) fn add(&mut self, container: NonNull<dyn Scan>) -> usize {
        if let Some(id) = self.free.pop() {
            self.containers[id] = Some(container);
            return id;
        }
        self.containers.push(Some(container));
        self.containers.len() - 1
    }

    pub(crate) fn remove(&mut self, id: usize) {
        assert!(self.containers[id].take().is_some(), "root container {id} is registered");
        self.free.push(id);
    }

    pub(crate) fn scan(&self, visit: &mut dyn FnMut(usize)) {
        for container in self.containers.iter().flatten() {
            // SAFETY: a container unregisters before its memory is freed.
            unsafe { container.as_ref() }.scan(visit);
        }
    }
}

/// Any traceable Rust value, kept visible to the collector.
pub struct Traced<T: Trace + 'static> {
    heap: Arc<HeapInner>,
    id: usize,
    /// Owned; registered with the heap, so it must not move, and is freed only after it was unregistered.
    value: NonNull<RefCell<T>>,
}

impl<T: Trace + 'static> Traced<T> {
    /// Keeps `value` visible to the collector of `heap`.
    pub fn new(heap: &Heap, value: T) -> Traced<T> {
        let heap = heap.inner.clone();
        let value = NonNull::from(Box::leak(Box::new(RefCell::new(value))));
        let id = heap.roots().add(value);
        Traced { heap, id, value }
    }

    fn cell(&self) -> &RefCell<T> {
        // SAFETY: allocated in `new`, freed in `drop`.
        unsafe { self.value.as_ref() }
    }

    /// Looks at the value. Allocation is allowed meanwhile.
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.cell().borrow())
    }

    /// Changes the value. `change` must not allocate from the heap; a collection meanwhile panics.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.cell().borrow_mut())
    }
}

impl<T: Trace + 'static> Drop for Traced<T> {
    fn drop(&mut self) {
        self.heap.roots().remove(self.id);
        // SAFETY: leaked in `new`, no longer registered, and nobody else has the pointer.
        drop(unsafe { Box::from_raw(self.value.as_ptr()) });
    }
}

/// One rooted mutable cell.
pub struct Roots<T = crate::gc::Object>(Traced<Cell<Option<Gc<T>>>>)
where
    T: 'static;

impl<T: 'static> Roots<T> {
    /// A cell holding `value`, rooted in `heap`.
    pub fn new(heap: &Heap, value: Option<Gc<T>>) -> Roots<T> {
        Roots(Traced::new(heap, Cell::new(value)))
    }

    /// What the cell holds.
    pub fn get(&self) -> Option<Gc<T>> {
        self.0.with(Cell::get)
    }

    /// Stores `value`. No barrier is needed: roots are always scanned.
    pub fn set(&self, value: Option<Gc<T>>) {
        self.0.with(|cell| cell.set(value));
    }
}

/// A growable scanned vector.
pub struct GcVec<T: Trace + 'static>(Traced<Vec<T>>);

impl<T: Trace + Clone + 'static> GcVec<T> {
    /// An empty vector scanned by `heap`.
    pub fn new(heap: &Heap) -> GcVec<T> {
        GcVec(Traced::new(heap, Vec::new()))
    }

    /// Appends `value`.
    pub fn push(&self, value: T) {
        self.0.with_mut(|vec| vec.push(value));
    }

    /// Removes and returns the last element.
    pub fn pop(&self) -> Option<T> {
        self.0.with_mut(Vec::pop)
    }

    /// Element `index`. Panics if there is none.
    #[track_caller]
    pub fn get(&self, index: usize) -> T {
        self.0.with(|vec| vec[index].clone())
    }

    /// Replaces element `index`. Panics if there is none.
    #[track_caller]
    pub fn set(&self, index: usize, value: T) {
        self.0.with_mut(|vec| vec[index] = value);
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.0.with(Vec::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops the elements from `len` on.
    pub fn truncate(&self, len: usize) {
        self.0.with_mut(|vec| vec.truncate(len));
    }

    /// Iterates over copies; elements pushed meanwhile are seen, and allocation is allowed.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        let mut index = 0;
        std::iter::from_fn(move || {
            let item = self.0.with(|vec| vec.get(index).cloned());
            index += 1;
            item
        })
    }

    /// Looks at the elements as a slice. Allocation is allowed meanwhile, changing the vector is not.
    pub fn with<R>(&self, look: impl FnOnce(&[T]) -> R) -> R {
        self.0.with(|vec| look(vec))
    }
}

/// A scanned hash map. Keys may hold `Gc`s too: objects do not move, so their address is a stable key.
pub struct GcMap<K: Trace + 'static, V: Trace + 'static>(Traced<FxHashMap<K, V>>);

impl<K: Trace + Eq + Hash + 'static, V: Trace + Clone + 'static> GcMap<K, V> {
    /// An empty map scanned by `heap`.
    pub fn new(heap: &Heap) -> GcMap<K, V> {
        GcMap(Traced::new(heap, FxHashMap::default()))
    }

    /// The value of `key`.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.with(|map| map.get(key).cloned())
    }

    /// Sets the value of `key`; the value it had before.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.0.with_mut(|map| map.insert(key, value))
    }

    /// Removes `key`; the value it had.
    pub fn remove<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.with_mut(|map| map.remove(key))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.with(FxHashMap::len)
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Removes all entries.
    pub fn clear(&self) {
        self.0.with_mut(FxHashMap::clear);
    }

    /// The entries in the order of their keys.
    pub fn sorted(&self) -> Vec<(K, V)>
    where
        K: Ord + Clone,
    {
        let mut entries: Vec<(K, V)> = self.0.with(|map| map.iter().map(|(k, v)| (k.clone(), v.clone())).collect());
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries
    }
}

/// A range of words that is scanned conservatively while this lives: slots of compiled code, for example.
pub struct ScannedRange {
    heap: Arc<HeapInner>,
    range: (usize, usize),
}

impl ScannedRange {
    /// Has the words of `[start, start + len)` scanned as possible pointers.
    ///
    /// # Safety
    /// The range is readable as long as the result lives.
    pub unsafe fn new(heap: &Heap, start: usize, len: usize) -> ScannedRange {
        let range = (start.next_multiple_of(8), (start + len) & !7);
        heap.inner.roots().ranges.push(range);
        ScannedRange { heap: heap.inner.clone(), range }
    }
}

impl Drop for ScannedRange {
    fn drop(&mut self) {
        let mut roots = self.heap.roots();
        let index = roots.ranges.iter().position(|&range| range == self.range).expect("a scanned range is registered");
        roots.ranges.swap_remove(index);
    }
}
