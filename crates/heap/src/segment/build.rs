//! Building a segment: which objects go in, and in which order.
//!
//! The graph is walked from the roots, depth first in the order of the fields, an object's type after its fields, so that the
//! result depends on the graph alone and not on where objects lie. Weak pointers lead nowhere by themselves.
//! Objects that the caller names as hot come first, the others in the order of the first visit. `copy` then writes them.

use super::bitmap::Bitmap;
use super::copy::Copier;
use super::error::{BuildError, PathStep};
use crate::gc::{Gc, Value};
use crate::layout::{Slot, UNSTORABLE, visit_slots};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Addresses of a parent segment, whose objects are referred to and not copied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParentRange {
    /// First address, where the parent is mapped in this process.
    pub base: u64,
    /// Bytes.
    pub len: u64,
}

impl ParentRange {
    fn contains(self, address: usize) -> bool {
        (address as u64).wrapping_sub(self.base) < self.len
    }
}

/// A built segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// The address it is made for.
    pub base: u64,
    /// Its contents; the length is a multiple of 16.
    pub bytes: Vec<u8>,
    /// The addresses of the roots, in the order in which they were added.
    pub roots: Vec<u64>,
    /// Number of objects.
    pub n_objects: usize,
    /// A bit for each word that holds an address in this segment, headers included.
    pub own_pointers: Bitmap,
    /// For each parent, a bit for each word that holds an address in it, headers included.
    pub parent_pointers: Vec<Bitmap>,
    /// A bit for each word that is an object's header.
    pub object_starts: Bitmap,
}

/// Collects roots and builds the segment.
///
/// The builder holds object addresses outside of scanned memory: keep a `Heap::no_collect` guard from the first call to
/// the last.
pub struct SegmentBuilder {
    base: u64,
    parents: Vec<ParentRange>,
    /// Where each parent will be for the segment's loader.
    parent_targets: Vec<u64>,
    roots: Vec<Value>,
    first: Vec<Value>,
    /// By object address its number in the order of the first visit, filled by `build`.
    numbers: FxHashMap<usize, u32>,
    /// New address of each object by that number.
    addresses: Vec<u64>,
}

impl SegmentBuilder {
    /// A builder for a segment at `base`, a multiple of 16, on top of `parents`.
    pub fn new(base: u64, parents: &[ParentRange]) -> SegmentBuilder {
        assert_eq!(base % 16, 0, "a segment's base is a multiple of 16, not {base:#x}");
        SegmentBuilder {
            base,
            parents: parents.to_vec(),
            parent_targets: parents.iter().map(|parent| parent.base).collect(),
            roots: Vec::new(),
            first: Vec::new(),
            numbers: FxHashMap::default(),
            addresses: Vec::new(),
        }
    }

    /// Has references to parent number `parent` written as if it were at `base`, its preferred address, when this
    /// process had to map it elsewhere.
    pub fn set_parent_target(&mut self, parent: usize, base: u64) {
        let delta = base.wrapping_sub(self.parents[parent].base);
        assert_eq!(delta % 16, 0, "a parent moves by multiples of 16 bytes");
        self.parent_targets[parent] = base;
    }

    /// Adds roots: everything they reach goes in.
    pub fn add_roots(&mut self, roots: &[Value]) {
        self.roots.extend_from_slice(roots);
    }

    /// Has these objects lie first, in this order, as far as the roots reach them.
    pub fn prefer_first(&mut self, objects: &[Value]) {
        self.first.extend_from_slice(objects);
    }

    /// Walks the graph and writes the segment.
    pub fn build(&mut self) -> Result<Segment, BuildError> {
        let mut walk = Walk::new(self);
        walk.run()?;
        let Walk { numbers, objects, .. } = walk;
        self.numbers = numbers;
        let order = self.order(&objects);
        let copier = Copier::new(self.base, order.iter().map(|&number| objects[number as usize]));
        self.addresses = vec![0; objects.len()];
        for (&number, &address) in order.iter().zip(&copier.payloads) {
            self.addresses[number as usize] = address;
        }
        copier.copy(order.iter().map(|&number| objects[number as usize]), self)
    }

    /// The address that `object` has for the segment's loader; `None` if it is neither in the segment nor in a parent.
    pub fn address_of(&self, object: Value) -> Option<u64> {
        self.target(object.addr()).map(|(address, _)| address)
    }

    /// The new address of the object at `address`, and its parent's number if it is in one.
    pub(super) fn target(&self, address: usize) -> Option<(u64, Option<usize>)> {
        match self.parent_of(address) {
            Some(parent) => {
                let offset = address as u64 - self.parents[parent].base;
                Some((self.parent_targets[parent] + offset, Some(parent)))
            }
            None => self.numbers.get(&address).map(|&number| (self.addresses[number as usize], None)),
        }
    }

    pub(super) fn roots(&self) -> &[Value] {
        &self.roots
    }

    pub(super) fn n_parents(&self) -> usize {
        self.parents.len()
    }

    fn parent_of(&self, address: usize) -> Option<usize> {
        self.parents.iter().position(|parent| parent.contains(address))
    }

    /// The numbers of the objects in the order in which they lie: preferred ones first, then the order of the visit.
    fn order(&self, objects: &[Value]) -> Vec<u32> {
        let mut placed = vec![false; objects.len()];
        let mut order = Vec::with_capacity(objects.len());
        let hot = self.first.iter().filter_map(|object| self.numbers.get(&object.addr()).copied());
        for number in hot.chain(0..objects.len() as u32) {
            if !std::mem::replace(&mut placed[number as usize], true) {
                order.push(number);
            }
        }
        order
    }
}

/// The walk over the graph. Objects are numbered in the order of their first visit.
struct Walk<'a> {
    builder: &'a SegmentBuilder,
    /// By object address its number.
    numbers: FxHashMap<usize, u32>,
    objects: Vec<Value>,
    /// By number how an object was reached first: number of the object that led to it and offset there, `None` for a root.
    reached: Vec<Option<(u32, isize)>>,
    stack: Vec<Pending>,
}

/// A pointer still to be followed.
struct Pending {
    target: usize,
    from: Option<(u32, isize)>,
}

impl<'a> Walk<'a> {
    fn new(builder: &'a SegmentBuilder) -> Walk<'a> {
        Walk { builder, numbers: FxHashMap::default(), objects: Vec::new(), reached: Vec::new(), stack: Vec::new() }
    }

    fn run(&mut self) -> Result<(), BuildError> {
        for &root in &self.builder.roots {
            self.stack.push(Pending { target: root.addr(), from: None });
            while let Some(pending) = self.stack.pop() {
                self.visit(pending)?;
            }
        }
        Ok(())
    }

    fn visit(&mut self, Pending { target, from }: Pending) -> Result<(), BuildError> {
        if self.builder.parent_of(target).is_some() {
            return Ok(());
        }
        let number = u32::try_from(self.objects.len()).expect("a segment has fewer than 2^32 objects");
        let Entry::Vacant(entry) = self.numbers.entry(target) else { return Ok(()) };
        entry.insert(number);
        // SAFETY: roots are `Value`s, and pointer fields and headers of live objects lead to live objects.
        let object: Value = unsafe { Gc::from_addr(target) };
        if object.type_addr() == 0 {
            return Err(BuildError::Untyped { object: target, path: self.path(from) });
        }
        let layout = &object.type_head().layout;
        if layout.flags & UNSTORABLE != 0 {
            return Err(BuildError::Unstorable { object: target, ty: object.type_addr(), path: self.path(from) });
        }
        self.objects.push(object);
        self.reached.push(from);
        let first = self.stack.len();
        let stack = &mut self.stack;
        // SAFETY: the object is live and agrees with the layout of its type.
        unsafe {
            visit_slots(object.as_ptr().cast(), layout, |offset, slot| {
                if slot == Slot::Pointer
                    && let Some(target) = object.pointer_at(offset)
                {
                    stack.push(Pending { target: target.addr(), from: Some((number, offset as isize)) });
                }
            });
        }
        stack.push(Pending { target: object.type_addr(), from: Some((number, -8)) });
        // The stack gives the last first.
        stack[first..].reverse();
        Ok(())
    }

    /// The steps from a root to the object reached by `from`.
    fn path(&self, mut from: Option<(u32, isize)>) -> Vec<PathStep> {
        let mut path = Vec::new();
        while let Some((number, offset)) = from {
            let object = self.objects[number as usize];
            path.push(PathStep { object: object.addr(), ty: object.type_addr(), offset });
            from = self.reached[number as usize];
        }
        path.reverse();
        path
    }
}
