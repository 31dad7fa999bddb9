//! Copying ordered objects into a segment, with every pointer rewritten to where its target will be.
//!
//! Objects lie as in the heap: an 8-byte header, then the payload at a multiple of 16. The first word of a segment and
//! the gaps between objects are zero.

use super::bitmap::Bitmap;
use super::build::{Segment, SegmentBuilder};
use super::error::BuildError;
use crate::gc::{HAS_HASH, HEADER_BYTES, IMAGE, UNLOGGED, Value};
use crate::layout::{Slot, visit_slots};

/// The places of the objects, and the words written so far.
pub(super) struct Copier {
    base: u64,
    /// New payload address of each object, in order.
    pub(super) payloads: Vec<u64>,
    bytes: Vec<u8>,
    own_pointers: Bitmap,
    parent_pointers: Vec<Bitmap>,
    object_starts: Bitmap,
}

impl Copier {
    /// Lays the objects of `order` out from `base` on.
    pub(super) fn new(base: u64, order: impl Iterator<Item = Value>) -> Copier {
        let mut end = HEADER_BYTES;
        let mut payloads = Vec::with_capacity(order.size_hint().0);
        for object in order {
            payloads.push(base + (end + HEADER_BYTES) as u64);
            end += (HEADER_BYTES + object.payload_bytes()).next_multiple_of(16);
        }
        let len = end.next_multiple_of(16);
        Copier {
            base,
            payloads,
            bytes: vec![0; len],
            own_pointers: Bitmap::new(len / 8),
            parent_pointers: Vec::new(),
            object_starts: Bitmap::new(len / 8),
        }
    }

    /// Copies the objects of `order`; `builder` knows every object's new address.
    pub(super) fn copy(
        mut self,
        order: impl Iterator<Item = Value>,
        builder: &SegmentBuilder,
    ) -> Result<Segment, BuildError> {
        self.parent_pointers = vec![Bitmap::new(self.bytes.len() / 8); builder.n_parents()];
        for (index, object) in order.enumerate() {
            self.copy_object(object, (self.payloads[index] - self.base) as usize, builder)?;
        }
        let address = |root: &Value| builder.address_of(*root).expect("a root was copied or is in a parent");
        Ok(Segment {
            base: self.base,
            bytes: self.bytes,
            roots: builder.roots().iter().map(address).collect(),
            n_objects: self.payloads.len(),
            own_pointers: self.own_pointers,
            parent_pointers: self.parent_pointers,
            object_starts: self.object_starts,
        })
    }

    fn copy_object(&mut self, object: Value, at: usize, builder: &SegmentBuilder) -> Result<(), BuildError> {
        let n_bytes = object.payload_bytes();
        // SAFETY: a live object has as many payload bytes as its layout says.
        let payload = unsafe { std::slice::from_raw_parts(object.as_ptr().cast::<u8>(), n_bytes) };
        self.bytes[at..at + n_bytes].copy_from_slice(payload);

        let header = at - HEADER_BYTES;
        self.object_starts.set(header / 8);
        let (ty, parent) = builder.target(object.type_addr()).expect("the type of an object was visited with it");
        let flags = IMAGE | UNLOGGED | (object.flags() & HAS_HASH);
        self.put(header, ty | flags, parent);

        let mut stray = None;
        // SAFETY: the object is live and agrees with the layout of its type; so do the offsets reported.
        unsafe {
            visit_slots(object.as_ptr().cast(), &object.type_head().layout, |offset, slot| match slot {
                Slot::Pointer | Slot::Weak => {
                    let target = object.pointer_at(offset).and_then(|target| builder.target(target.addr()));
                    match target {
                        Some((address, parent)) => self.put(at + offset, address, parent),
                        // Null, or weak and not otherwise reached.
                        None => self.bytes[at + offset..at + offset + 8].fill(0),
                    }
                }
                Slot::Interior { base_offset } => {
                    if self.copy_interior(object, at, offset, base_offset, builder).is_none() {
                        stray = Some(offset);
                    }
                }
            });
        }
        match stray {
            Some(offset) => Err(BuildError::StrayInterior { object: object.addr(), offset }),
            None => Ok(()),
        }
    }

    /// Rewrites an interior pointer; `None` if it does not point into its base object.
    ///
    /// # Safety
    /// The layout of `object` has an interior pointer at `offset` into the object that the pointer at `base_offset` holds.
    unsafe fn copy_interior(
        &mut self,
        object: Value,
        at: usize,
        offset: usize,
        base_offset: usize,
        builder: &SegmentBuilder,
    ) -> Option<()> {
        // SAFETY: the caller vouches for both words.
        let (pointer, base) = unsafe {
            (object.as_ptr().cast::<u8>().add(offset).cast::<usize>().read(), object.pointer_at(base_offset))
        };
        if pointer == 0 {
            return Some(());
        }
        let base = base?;
        let distance = pointer.checked_sub(base.addr()).filter(|&distance| distance <= base.payload_bytes())?;
        let (address, parent) = builder.target(base.addr())?;
        self.put(at + offset, address + distance as u64, parent);
        Some(())
    }

    /// Writes an address and marks its word in the bitmap it belongs to.
    fn put(&mut self, at: usize, word: u64, parent: Option<usize>) {
        self.bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
        match parent {
            Some(parent) => self.parent_pointers[parent].set(at / 8),
            None => self.own_pointers.set(at / 8),
        }
    }
}
