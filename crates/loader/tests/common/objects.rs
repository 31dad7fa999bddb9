//! A heap of linked lists, to make segments of.

use std::pin::Pin;

use tintype_emit::HeapPart;
use tintype_heap::{
    Field, Gc, Heap, HeapConfig, HeapObject, ImageRange, Layout, Mutator, NoCollect, OffsetTable, ParentRange, Segment,
    SegmentBuilder, TypeHead, Value, heap_object,
};
use tintype_loader::LoadedImage;

heap_object! {
    /// A link of a list.
    pub struct Node {
        pub next: Field,
        pub value: u64,
    }
}

/// A heap in which lists are made; nothing is ever collected.
pub struct Lists {
    pub heap: Heap,
    mutator: Pin<Box<Mutator>>,
    _guard: NoCollect,
    node: Gc<TypeHead>,
}

impl Lists {
    pub fn new() -> Self {
        let config = HeapConfig { reserve_bytes: 64 << 20, size_hint: None, stress: 0, address: None };
        let heap = Heap::new(config).unwrap();
        let guard = heap.no_collect();
        let mutator = heap.mutator();
        // SAFETY: each object has room for a type; zero is a valid layout, and layouts are set before there are instances.
        let node = unsafe {
            let new_type = || mutator.alloc_untyped(size_of::<TypeHead>()).cast::<TypeHead>();
            let (meta, table, node) = (new_type(), new_type(), new_type());
            table.set_layout(OffsetTable::describe().layout(None));
            let type_offsets = [std::mem::offset_of!(Layout, offsets) as u32];
            let offsets = mutator.alloc_offset_table(table, &type_offsets);
            let size = size_of::<TypeHead>() as u32;
            meta.set_layout(Layout { n_pointers: 1, offsets: Some(offsets), ..Layout::bits(size, 8) });
            let description = Node::describe();
            let offsets = mutator.alloc_offset_table(table, &description.offset_entries());
            node.set_layout(description.layout(Some(offsets)));
            [meta, table, node].into_iter().for_each(|ty| ty.erase().set_type(meta));
            node
        };
        Self { heap, mutator, _guard: guard, node }
    }

    /// Lists on top of an image's, whose type of links they share.
    pub fn on(image: &LoadedImage) -> Self {
        let segment = image.heap().unwrap();
        let lists = Self::new();
        lists.heap.register_image(ImageRange { base: segment.base as usize, len: segment.length as usize });
        let root = object(image.root(0).unwrap());
        Self { node: root.type_head(), ..lists }
    }

    /// A list of these values that ends in `rest`.
    pub fn list(&self, values: &[u64], rest: Option<Value>) -> Value {
        values
            .iter()
            .rev()
            .fold(rest, |next, &value| {
                let node = Node { next: Field::new(next), value };
                // SAFETY: the type is made from the description.
                Some(unsafe { self.mutator.alloc_init(self.node, node) }.erase())
            })
            .unwrap()
    }

    /// The heap part of an image whose only root is `root`, which slot 0 holds; slot 1 holds `other`.
    pub fn part(&self, base: u64, root: Value, parents: &[&LoadedImage], other: u64) -> HeapPart {
        let ranges: Vec<ParentRange> = parents
            .iter()
            .map(|parent| parent.heap().unwrap())
            .map(|heap| ParentRange { base: heap.base, len: heap.length })
            .collect();
        let mut builder = SegmentBuilder::new(base, &ranges);
        builder.add_roots(&[root]);
        let segment: Segment = builder.build().unwrap();
        let slots = vec![segment.roots[0], other];
        HeapPart::new(segment, slots)
    }
}

/// The object at an address.
pub fn object(address: u64) -> Value {
    // SAFETY: the tests pass addresses of objects in segments that stay mapped.
    unsafe { Gc::from_addr(address as usize) }
}

/// The values of a list.
pub fn values(list: Value) -> Vec<u64> {
    // SAFETY: the tests' objects are links of lists, all of one type.
    let links = std::iter::successors(Some(unsafe { list.cast::<Node>() }), |node| {
        // SAFETY: as above.
        node.next.get().map(|next| unsafe { next.cast::<Node>() })
    });
    links.map(|node| node.value).collect()
}
