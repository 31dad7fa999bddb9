//! The value stack: scanned frames for an interpreter.
//!
//! One reservation per task holds frames of nullable object pointers. The part in use is scanned precisely; popping
//! clears what it drops, so the pages above are always zero. Frames of machine code are on the machine stack instead.

use crate::gc::Value;
use crate::heap::{Heap, HeapInner};
use crate::mapping::Mapping;
use crate::roots::Scan;
use std::cell::Cell;
use std::io;
use std::ptr::{self, NonNull};
use std::sync::Arc;

/// A stack of frames of object pointers, scanned by its heap.
pub struct ValueStack {
    heap: Arc<HeapInner>,
    id: usize,
    /// Owned; registered with the heap, so it must not move.
    slots: NonNull<Slots>,
}

struct Slots {
    memory: Mapping,
    capacity: usize,
    /// Slots in use; all slots from here on are null.
    top: Cell<usize>,
}

impl Slots {
    fn base(&self) -> *mut Option<Value> {
        ptr::with_exposed_provenance_mut(self.memory.base())
    }
}

impl Scan for Slots {
    fn scan(&self, visit: &mut dyn FnMut(usize)) {
        for index in 0..self.top.get() {
            // SAFETY: `top` is at most the capacity that was mapped, and a slot is always a valid nullable pointer.
            if let Some(value) = unsafe { self.base().add(index).read() } {
                visit(value.addr());
            }
        }
    }
}

/// The value stack is full: the program recursed too deeply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueStackOverflow;

impl ValueStack {
    /// A stack of at most `capacity` slots scanned by `heap`. Memory is used as frames touch it.
    pub fn new(heap: &Heap, capacity: usize) -> io::Result<ValueStack> {
        let memory = Mapping::reserve((capacity * 8).max(8), None)?;
        let slots = NonNull::from(Box::leak(Box::new(Slots { memory, capacity, top: Cell::new(0) })));
        let heap = heap.inner.clone();
        let id = heap.roots().add(slots);
        Ok(ValueStack { heap, id, slots })
    }

    fn slots(&self) -> &Slots {
        // SAFETY: allocated in `new`, freed in `drop`.
        unsafe { self.slots.as_ref() }
    }

    /// Pushes a frame of `n` null slots; the index of its first slot.
    #[inline]
    pub fn push_frame(&self, n: usize) -> Result<usize, ValueStackOverflow> {
        let slots = self.slots();
        let base = slots.top.get();
        if n > slots.capacity - base {
            return Err(ValueStackOverflow);
        }
        slots.top.set(base + n);
        Ok(base)
    }

    /// Drops all slots from index `base` on.
    #[inline]
    pub fn pop_frame(&self, base: usize) {
        let slots = self.slots();
        let top = slots.top.get();
        assert!(base <= top, "frame {base} is above the stack's top {top}");
        // SAFETY: the slots base..top are mapped and in use; null is a valid slot.
        unsafe { slots.base().add(base).cast::<u64>().write_bytes(0, top - base) };
        slots.top.set(base);
    }

    /// The slot at `index`, which is in use.
    #[inline]
    #[track_caller]
    pub fn get(&self, index: usize) -> Option<Value> {
        // SAFETY: `slot` checks that the slot is in use, and every slot is a valid nullable pointer.
        unsafe { self.slot(index).read() }
    }

    /// Stores into the slot at `index`, which is in use.
    #[inline]
    #[track_caller]
    pub fn set(&self, index: usize, value: Option<Value>) {
        // SAFETY: `slot` checks that the slot is in use.
        unsafe { self.slot(index).write(value) }
    }

    /// The address of the slot at `index`, which is in use; valid until its frame is popped.
    #[inline]
    #[track_caller]
    pub fn slot(&self, index: usize) -> *mut Option<Value> {
        let slots = self.slots();
        assert!(index < slots.top.get(), "slot {index} is not in use");
        // SAFETY: the slot is below `top`, so it is mapped.
        unsafe { slots.base().add(index) }
    }

    /// Number of slots in use.
    pub fn top(&self) -> usize {
        self.slots().top.get()
    }
}

impl Drop for ValueStack {
    fn drop(&mut self) {
        self.heap.roots().remove(self.id);
        // SAFETY: leaked in `new`, no longer registered, and nobody else has the pointer.
        drop(unsafe { Box::from_raw(self.slots.as_ptr()) });
    }
}
