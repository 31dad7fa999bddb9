//! Checking a whole heap: that every pointer of every live object leads to a live object or an image.
//!
//! For tests and for finding out who wrote a wrong pointer. It changes nothing and is slow.

use crate::gc::{Gc, Value};
use crate::heap::Heap;
use crate::layout::{Slot, visit_slots};
use std::fmt;

/// What a sound heap holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct CheckedHeap {
    /// Number of objects not known to be dead.
    pub n_objects: usize,
    /// Their payload bytes.
    pub payload_bytes: usize,
}

/// A pointer that leads nowhere: a bug of whoever wrote it, or a root that the collector did not see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeapDefect {
    /// The object that holds the pointer.
    pub object: usize,
    /// Its type.
    pub ty: usize,
    /// Byte offset of the pointer; -8 if it is the header.
    pub offset: isize,
    /// The pointer.
    pub pointer: usize,
}

impl fmt::Display for HeapDefect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let HeapDefect { object, ty, offset, pointer } = self;
        write!(f, "object {object:#x} of type {ty:#x} holds {pointer:#x} at offset {offset}, where no object is")
    }
}

impl std::error::Error for HeapDefect {}

impl Heap {
    /// Checks all objects in the heap's own memory, unreachable ones that were not found dead yet included.
    pub fn check(&self) -> Result<CheckedHeap, HeapDefect> {
        let mut objects = Vec::new();
        self.inner.space().for_each_object(|address| objects.push(address));
        let mut checked = CheckedHeap::default();
        for address in objects {
            // SAFETY: `for_each_object` lists live objects.
            let object: Value = unsafe { Gc::from_addr(address) };
            checked.n_objects += 1;
            if object.type_addr() != 0 {
                checked.payload_bytes += self.check_object(object)?;
            }
        }
        Ok(checked)
    }

    /// Checks one object; its payload bytes.
    fn check_object(&self, object: Value) -> Result<usize, HeapDefect> {
        let defect = |offset, pointer| HeapDefect { object: object.addr(), ty: object.type_addr(), offset, pointer };
        if !self.is_object(object.type_addr()) {
            return Err(defect(-8, object.type_addr()));
        }
        let mut result = Ok(());
        // SAFETY: the object is live, and its type is an object.
        unsafe {
            visit_slots(object.as_ptr().cast(), &object.type_head().layout, |offset, slot| {
                let pointer = object.pointer_at(offset).map_or(0, Gc::addr);
                let sound = match slot {
                    Slot::Pointer | Slot::Weak => pointer == 0 || self.is_object(pointer),
                    Slot::Interior { base_offset } => {
                        pointer == 0
                            || object
                                .pointer_at(base_offset)
                                .is_some_and(|base| pointer.wrapping_sub(base.addr()) <= base.payload_bytes())
                    }
                };
                if !sound && result.is_ok() {
                    result = Err(defect(offset as isize, pointer));
                }
            });
        }
        result.map(|()| object.payload_bytes())
    }

    /// Whether `address` is the payload address of a live object of this heap, or in an image.
    pub fn is_object(&self, address: usize) -> bool {
        self.inner.space().arena.find(address) == Some(address) || self.contains_image(address)
    }

    /// The live object of this heap that `pointer` points into or one past the end of, as the conservative scan finds it.
    pub fn find_object(&self, pointer: usize) -> Option<Value> {
        let address = self.inner.space().arena.find(pointer)?;
        // SAFETY: `find` returns payload addresses of live objects.
        Some(unsafe { Gc::from_addr(address) })
    }
}
