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
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// New address of each object, filled by `build`.
    addresses: FxHashMap<usize, u64>,
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
            addresses: FxHashMap::default(),
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
        let visited = Walk::new(self).run()?;
        let order = self.order(visited);
        let copier = Copier::new(self.base, &order);
        self.addresses = order.iter().zip(&copier.payloads).map(|(object, &at)| (object.addr(), at)).collect();
        copier.copy(&order, self)
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
            None => self.addresses.get(&address).map(|&address| (address, None)),
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

    /// Preferred objects first, then the others in the order of the visit.
    fn order(&self, visited: Vec<Value>) -> Vec<Value> {
        if self.first.is_empty() {
            return visited;
        }
        let reached: FxHashSet<Value> = visited.iter().copied().collect();
        let mut placed = FxHashSet::default();
        let mut order = Vec::with_capacity(visited.len());
        let hot = self.first.iter().copied().filter(|object| reached.contains(object));
        for object in hot.chain(visited.iter().copied()) {
            if placed.insert(object) {
                order.push(object);
            }
        }
        order
    }
}

/// The walk over the graph.
struct Walk<'a> {
    builder: &'a SegmentBuilder,
    /// By object address: how it was reached first (object index in `order` and offset), `None` for a root.
    reached: FxHashMap<usize, Option<(u32, isize)>>,
    order: Vec<Value>,
    stack: Vec<Pending>,
}

/// A pointer still to be followed.
struct Pending {
    target: usize,
    from: Option<(u32, isize)>,
}

impl<'a> Walk<'a> {
    fn new(builder: &'a SegmentBuilder) -> Walk<'a> {
        Walk { builder, reached: FxHashMap::default(), order: Vec::new(), stack: Vec::new() }
    }

    /// The objects to copy in the order of their first visit.
    fn run(mut self) -> Result<Vec<Value>, BuildError> {
        for &root in &self.builder.roots {
            self.stack.push(Pending { target: root.addr(), from: None });
            while let Some(pending) = self.stack.pop() {
                self.visit(pending)?;
            }
        }
        Ok(self.order)
    }

    fn visit(&mut self, Pending { target, from }: Pending) -> Result<(), BuildError> {
        if self.builder.parent_of(target).is_some() || self.reached.contains_key(&target) {
            return Ok(());
        }
        self.reached.insert(target, from);
        let index = u32::try_from(self.order.len()).expect("a segment has fewer than 2^32 objects");
        // SAFETY: roots are `Value`s, and pointer fields and headers of live objects lead to live objects.
        let object: Value = unsafe { Gc::from_addr(target) };
        if object.type_addr() == 0 {
            return Err(BuildError::Untyped { object: target, path: self.path(from) });
        }
        let layout = &object.type_head().layout;
        if layout.flags & UNSTORABLE != 0 {
            return Err(BuildError::Unstorable { object: target, ty: object.type_addr(), path: self.path(from) });
        }
        self.order.push(object);
        let first = self.stack.len();
        let stack = &mut self.stack;
        // SAFETY: the object is live and agrees with the layout of its type.
        unsafe {
            visit_slots(object.as_ptr().cast(), layout, |offset, slot| {
                if slot == Slot::Pointer
                    && let Some(target) = object.pointer_at(offset)
                {
                    stack.push(Pending { target: target.addr(), from: Some((index, offset as isize)) });
                }
            });
        }
        stack.push(Pending { target: object.type_addr(), from: Some((index, -8)) });
        // The stack gives the last first.
        stack[first..].reverse();
        Ok(())
    }

    /// The steps from a root to the object reached by `from`.
    fn path(&self, mut from: Option<(u32, isize)>) -> Vec<PathStep> {
        let mut path = Vec::new();
        while let Some((index, offset)) = from {
            let object = self.order[index as usize];
            path.push(PathStep { object: object.addr(), ty: object.type_addr(), offset });
            from = self.reached[&object.addr()];
        }
        path.reverse();
        path
    }
}
