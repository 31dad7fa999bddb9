//! The marker: a depth-first walk over the object graph with an explicit stack.
//!
//! An object is marked when it is discovered, so the stack holds each at most once. Popped objects wait in a short
//! ring while their header is being fetched into the cache. Long tails are traced piecemeal, so the stack does not
//! hold all elements of a large array at once. Pointers outside the arena (images, null) are leaves.
//!
//! What the roots are is decided in `collect`.

use crate::arena::Arena;
use crate::gc::{FLAGS, FREE};
use crate::layout::{Layout, WEAK, measure};
use std::ptr;

/// Objects in flight between prefetch and trace.
const RING: usize = 16;
/// Tail elements traced in one go.
const PIECE: usize = 512;

/// The marker's memory, kept between collections.
#[derive(Default)]
pub(crate) struct MarkStack {
    objects: Vec<usize>,
    /// Tails only begun: object and next element.
    tails: Vec<(usize, usize)>,
    /// Objects with a weak pointer met in this collection.
    pub(crate) weak: Vec<usize>,
}

/// One marking run.
pub(crate) struct Marker<'space> {
    base: usize,
    len: usize,
    marks: *mut u64,
    stack: &'space mut MarkStack,
}

impl<'space> Marker<'space> {
    /// A marker over `arena`, whose marks are clear or hold what an earlier run of this collection marked.
    pub(crate) fn new(arena: &'space mut Arena, stack: &'space mut MarkStack) -> Marker<'space> {
        let len = arena.n_touched as usize * crate::arena::BLOCK_BYTES;
        Marker { base: arena.base(), len, marks: arena.marks(), stack }
    }

    /// Marks the object at `address` if it is in the arena, and queues it; anything else is ignored.
    #[inline(always)]
    pub(crate) fn mark(&mut self, address: usize) {
        let offset = address.wrapping_sub(self.base);
        if offset >= self.len {
            return;
        }
        debug_assert!(address.is_multiple_of(16), "{address:#x} is no object, but a pointer field holds it");
        // SAFETY: the bitmap has a bit for every 16 bytes of the arena, which `offset` is inside of; the marker has
        // the arena to itself.
        let word = unsafe { &mut *self.marks.add(offset >> 10) };
        let bit = 1 << ((offset >> 4) & 63);
        if *word & bit == 0 {
            *word |= bit;
            self.stack.objects.push(address);
        }
    }

    /// Whether the object at `address` survives: it is marked, or outside of the arena.
    pub(crate) fn survives(&self, address: usize) -> bool {
        let offset = address.wrapping_sub(self.base);
        // SAFETY: as in `mark`.
        offset >= self.len || unsafe { *self.marks.add(offset >> 10) } & (1 << ((offset >> 4) & 63)) != 0
    }

    /// Traces until nothing is queued.
    ///
    /// # Safety
    /// Every address queued is that of a live object or a free cell, and so is every pointer reachable from there.
    pub(crate) unsafe fn drain(&mut self) {
        let mut ring = [0; RING];
        let mut waiting = 0;
        let mut at = 0;
        loop {
            let next = match self.stack.objects.pop() {
                Some(address) => {
                    prefetch(address);
                    address
                }
                None if waiting > 0 => 0,
                None => {
                    let Some((object, element)) = self.stack.tails.pop() else { return };
                    // SAFETY: a queued tail belongs to a live object.
                    unsafe { self.trace_tail_of(object, element) };
                    continue;
                }
            };
            let address = std::mem::replace(&mut ring[at], next);
            at = (at + 1) % RING;
            waiting += usize::from(next != 0);
            if address != 0 {
                waiting -= 1;
                // SAFETY: the address was queued.
                unsafe { self.trace(address) };
            }
        }
    }

    /// Marks what the object at `address` points to, and its type.
    ///
    /// # Safety
    /// As for `drain`. The object may also be outside of the arena.
    #[inline]
    pub(crate) unsafe fn trace(&mut self, address: usize) {
        let payload = ptr::with_exposed_provenance::<u8>(address);
        // SAFETY: an object or free cell has its header in the word before its payload.
        let header = unsafe { payload.sub(8).cast::<u64>().read() };
        if header & FREE != 0 {
            // The object that led here was allocated but not written yet, and its first word still links free cells.
            self.unmark(address);
            return;
        }
        let ty = (header & !FLAGS) as usize;
        if ty == 0 {
            return;
        }
        self.mark(ty);
        // SAFETY: the type of a live object begins with its layout.
        let layout = unsafe { &*ptr::with_exposed_provenance::<Layout>(ty) };
        let Some(table) = layout.offsets else { return };
        let entries = table.entries();
        let mut fixed = &entries[..layout.n_pointers as usize];
        if layout.flags & WEAK != 0 {
            self.stack.weak.push(address);
            if let [0, strong @ ..] = fixed {
                fixed = strong;
            }
        }
        for &offset in fixed {
            // SAFETY: the layout says that a nullable pointer is there.
            let pointer = unsafe { payload.add(offset as usize).cast::<usize>().read() };
            self.mark(pointer);
        }
        if layout.tail_n_pointers != 0 {
            // SAFETY: the caller vouches for the object.
            unsafe { self.trace_tail(address, layout, entries, 0) };
        }
    }

    /// # Safety
    /// `object` is a live object with pointers in its tail.
    unsafe fn trace_tail_of(&mut self, object: usize, first: usize) {
        // SAFETY: a live object has its header before its payload, and its type begins with its layout.
        let layout = unsafe {
            let header = ptr::with_exposed_provenance::<u64>(object - 8).read();
            &*ptr::with_exposed_provenance::<Layout>((header & !FLAGS) as usize)
        };
        let table = layout.offsets.expect("a layout with tail pointers has an offset table");
        // SAFETY: the caller vouches for the object.
        unsafe { self.trace_tail(object, layout, table.entries(), first) };
    }

    /// Marks what up to a piece of the tail from element `first` on points to, and queues the rest.
    ///
    /// # Safety
    /// The object at `address` is live and has this layout, whose offset table is `entries`.
    unsafe fn trace_tail(&mut self, address: usize, layout: &Layout, entries: &[u32], first: usize) {
        let payload = ptr::with_exposed_provenance::<u8>(address);
        // SAFETY: the caller vouches for the object.
        let (length, _) = unsafe { measure(payload, layout) };
        let length = length as usize;
        let end = length.min(first + PIECE);
        if end < length {
            self.stack.tails.push((address, end));
        }
        let size = layout.tail_element_size as usize;
        let tail = &entries[layout.n_offsets() - layout.tail_n_pointers as usize..];
        for element in first..end {
            for &offset in tail {
                // SAFETY: the layout says that each of the `length` elements has a nullable pointer there.
                let pointer = unsafe {
                    payload.add(layout.size as usize + element * size + offset as usize).cast::<usize>().read()
                };
                self.mark(pointer);
            }
        }
    }

    fn unmark(&mut self, address: usize) {
        let offset = address.wrapping_sub(self.base);
        if offset < self.len {
            // SAFETY: as in `mark`.
            unsafe { *self.marks.add(offset >> 10) &= !(1 << ((offset >> 4) & 63)) };
        }
    }

    /// Objects with a weak pointer met so far in this collection; the list is emptied.
    pub(crate) fn take_weak(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.stack.weak)
    }
}

/// Starts fetching the header and first payload bytes of the object at `address` into the cache.
#[inline(always)]
pub(crate) fn prefetch(address: usize) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a prefetch has no effect on memory and cannot fault.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(ptr::without_provenance((address - 8) & !63));
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}
