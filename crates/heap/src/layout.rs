//! Layouts: what the heap knows of a type.
//!
//! Every type object begins with a `Layout`, which says how many bytes its instances have and where their pointers
//! are. One description serves all kinds of object: a fixed part, then optionally a tail of equal elements whose
//! count is a word of the fixed part, then padding. Tracing, serialisation, relocation and verification read only this.
//!
//! Which types there are, and how their layouts are computed, is not here.

use crate::gc::{Gc, Object};
use std::ptr;

/// Layout flag: the pointer at offset 0, which comes first in the offset table, is weak; it is set to null when nothing else reaches its target.
pub const WEAK: u16 = 1;
/// Layout flag: instances cannot be stored in a segment (they hold a file, a thread, machine memory).
pub const UNSTORABLE: u16 = 2;

/// How an instance of a type lies in memory. All sizes and offsets are in bytes and count from the payload.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Layout {
    /// Bytes of the fixed part, without the header. The tail begins here.
    pub size: u32,
    /// Alignment of the payload, a power of two of at most 16.
    pub align: u16,
    /// `WEAK`, `UNSTORABLE`.
    pub flags: u16,
    /// Number of pointers in the fixed part.
    pub n_pointers: u32,
    /// Number of interior pointers in the fixed part.
    pub n_interior: u32,
    /// Bytes of one tail element; zero if there is no tail.
    pub tail_element_size: u32,
    /// Where in the fixed part the number of tail elements is, a `u64`.
    pub tail_length_offset: u32,
    /// Number of pointers in one tail element.
    pub tail_n_pointers: u32,
    /// Zero bytes after the tail.
    pub tail_padding: u32,
    /// Where the pointers are; null if there are none.
    pub offsets: Option<Gc<OffsetTable>>,
}

/// Bytes from the start of a type object to `Layout::offsets`, the one pointer in a layout.
pub const LAYOUT_OFFSETS_AT: u32 = std::mem::offset_of!(Layout, offsets) as u32;

impl Layout {
    /// A fixed part of `size` bytes without pointers or tail.
    pub const fn bits(size: u32, align: u16) -> Layout {
        Layout {
            size,
            align,
            flags: 0,
            n_pointers: 0,
            n_interior: 0,
            tail_element_size: 0,
            tail_length_offset: 0,
            tail_n_pointers: 0,
            tail_padding: 0,
            offsets: None,
        }
    }

    /// Number of `u32` entries the offset table of this layout has.
    pub const fn n_offsets(&self) -> usize {
        self.n_pointers as usize + 2 * self.n_interior as usize + self.tail_n_pointers as usize
    }

    /// Payload bytes of an instance with `length` tail elements; `None` if that overflows.
    #[inline]
    pub fn payload_bytes(&self, length: u64) -> Option<u64> {
        if self.tail_element_size == 0 {
            return Some(u64::from(self.size));
        }
        length
            .checked_mul(u64::from(self.tail_element_size))?
            .checked_add(u64::from(self.size) + u64::from(self.tail_padding))
    }
}

/// Where the pointers of a layout are: a heap object of a length and that many `u32`.
///
/// The entries are the pointer offsets of the fixed part, then (offset, base offset) for each interior pointer, which
/// points into (or one past the end of) the object that the pointer at the base offset holds, then the pointer offsets
/// within one tail element.
#[repr(C)]
pub struct OffsetTable {
    /// Number of entries.
    pub length: u64,
}

impl Gc<OffsetTable> {
    /// The entries.
    #[inline]
    pub fn entries(&self) -> &[u32] {
        // SAFETY: an offset table is allocated with `length` u32 elements directly behind its length, and neither
        // changes while a type uses it.
        unsafe { std::slice::from_raw_parts(self.as_ptr().add(1).cast::<u32>(), self.length as usize) }
    }
}

/// The beginning of every type object, which is all the heap sees of a type.
#[repr(C)]
pub struct TypeHead {
    /// How instances of this type lie in memory.
    pub layout: Layout,
}

impl Gc<TypeHead> {
    /// Replaces the layout. For types whose layout is known only after they were allocated.
    ///
    /// # Safety
    /// No instance of the type exists, or every one agrees with the new layout; the type is not in an image; no
    /// reference to the old layout is in use.
    pub unsafe fn set_layout(self, layout: Layout) {
        // SAFETY: the payload begins with a `Layout`, and the caller promises that nobody is looking at it.
        unsafe { self.as_ptr().cast::<Layout>().write(layout) }
    }
}

/// Tail elements and payload bytes of the object at `payload`, whose layout is `layout`.
///
/// # Safety
/// `payload` is the payload of a live object of that layout.
#[inline]
pub(crate) unsafe fn measure(payload: *const u8, layout: &Layout) -> (u64, usize) {
    if layout.tail_element_size == 0 {
        return (0, layout.size as usize);
    }
    // SAFETY: the layout says that a u64 length is there, inside the fixed part.
    let length = unsafe { payload.add(layout.tail_length_offset as usize).cast::<u64>().read() };
    let bytes = length as usize * layout.tail_element_size as usize;
    (length, layout.size as usize + bytes + layout.tail_padding as usize)
}

impl<T> Gc<T> {
    /// Payload bytes of this object, read from its type's layout. Panics if it has no type yet.
    pub fn payload_bytes(self) -> usize {
        // SAFETY: a live object agrees with the layout of its type.
        unsafe { measure(self.as_ptr().cast(), &self.type_head().layout).1 }
    }
}

/// What is at one place of an object, as `visit_slots` reports it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Slot {
    /// A pointer to an object, or null.
    Pointer,
    /// A pointer that does not keep its target.
    Weak,
    /// A pointer into the object that the pointer at this offset holds.
    Interior { base_offset: usize },
}

/// Calls `visit(offset, slot)` for each pointer-holding word of the object at `payload`, in the order of the offset
/// table, tail last.
///
/// # Safety
/// `payload` is the payload of a live object whose layout is `layout`.
pub(crate) unsafe fn visit_slots(payload: *const u8, layout: &Layout, mut visit: impl FnMut(usize, Slot)) {
    let Some(table) = layout.offsets else { return };
    let entries = table.entries();
    let (fixed, rest) = entries.split_at(layout.n_pointers as usize);
    let (interior, tail) = rest.split_at(2 * layout.n_interior as usize);
    for &offset in fixed {
        let weak = offset == 0 && layout.flags & WEAK != 0;
        visit(offset as usize, if weak { Slot::Weak } else { Slot::Pointer });
    }
    for pair in interior.chunks_exact(2) {
        visit(pair[0] as usize, Slot::Interior { base_offset: pair[1] as usize });
    }
    if layout.tail_n_pointers == 0 {
        return;
    }
    // SAFETY: the caller promises that the object agrees with the layout.
    let (length, _) = unsafe { measure(payload, layout) };
    let tail = &tail[..layout.tail_n_pointers as usize];
    for index in 0..length as usize {
        let element = layout.size as usize + index * layout.tail_element_size as usize;
        for &offset in tail {
            visit(element + offset as usize, Slot::Pointer);
        }
    }
}

impl Gc<Object> {
    /// Reads the word at `offset` bytes into the payload as a nullable pointer.
    ///
    /// # Safety
    /// The object's layout has a pointer at `offset`.
    pub unsafe fn pointer_at(self, offset: usize) -> Option<Gc<Object>> {
        // SAFETY: the caller names a pointer word of this live object.
        unsafe { ptr::read(self.as_ptr().cast::<u8>().add(offset).cast::<Option<Gc<Object>>>()) }
    }
}
