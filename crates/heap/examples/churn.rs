//! Measures the heap: creation, allocation of short-lived objects, binary trees, pauses, memory.
//!
//! `cargo run --release -p tintype-heap --example churn [DEPTH]` prints a table; each line is compared with malloc and
//! free by way of `Box` where that makes sense. Nothing here is a test.

use std::time::Instant;
use tintype_heap::{Gc, Heap, HeapConfig, HeapObject, Layout, Mutator, TypeHead, heap_object};

heap_object! {
    /// A binary tree without contents.
    struct Tree {
        left: Option<Gc<Tree>>,
        right: Option<Gc<Tree>>,
    }
}

/// The type objects the measurements need: a type is an object that begins with a layout.
struct Types {
    tree: Gc<TypeHead>,
    bits: Gc<TypeHead>,
}

fn types(mutator: &Mutator) -> Types {
    let new_type = |layout: Layout| {
        let ty = mutator.alloc_untyped(size_of::<Layout>());
        // SAFETY: the object has room for a layout, and nothing refers to it yet.
        unsafe {
            let ty = ty.cast::<TypeHead>();
            ty.set_layout(layout);
            ty
        }
    };
    // The types of types and tables stay untyped: they are roots on this program's stack, one by one.
    let table_type = new_type(tintype_heap::OffsetTable::describe().layout(None));
    let offsets = mutator.alloc_offset_table(table_type, &Tree::describe().offset_entries());
    let type_layout = Layout { n_pointers: 1, offsets: None, ..Layout::bits(size_of::<Layout>() as u32, 8) };
    let own_offsets = mutator.alloc_offset_table(table_type, &[tintype_heap::LAYOUT_OFFSETS_AT]);
    let type_type = new_type(Layout { offsets: Some(own_offsets), ..type_layout });
    let tree = new_type(Tree::describe().layout(Some(offsets)));
    // SAFETY: each of the objects is a bare layout, which the type's type describes.
    unsafe {
        type_type.set_type(type_type);
        tree.set_type(type_type);
        table_type.set_type(type_type);
    }
    Types { tree, bits: new_type(Layout::bits(24, 8)) }
}

#[inline(never)]
fn grow(mutator: &Mutator, ty: Gc<TypeHead>, depth: u32) -> Gc<Tree> {
    let (left, right) = match depth {
        0 => (None, None),
        _ => (Some(grow(mutator, ty, depth - 1)), Some(grow(mutator, ty, depth - 1))),
    };
    // SAFETY: `ty` has the layout of `Tree`.
    unsafe { mutator.alloc_init(ty, Tree { left, right }) }
}

fn count(tree: Gc<Tree>) -> u64 {
    1 + tree.left.map_or(0, count) + tree.right.map_or(0, count)
}

/// The binary-trees program: one long-lived tree, and many short-lived ones of growing depth.
fn binary_trees(mutator: &Mutator, ty: Gc<TypeHead>, max_depth: u32) -> u64 {
    let mut nodes = count(grow(mutator, ty, max_depth + 1));
    let long_lived = grow(mutator, ty, max_depth);
    for depth in (4..=max_depth).step_by(2) {
        for _ in 0..1_u64 << (max_depth - depth + 4) {
            nodes += count(grow(mutator, ty, depth));
        }
    }
    nodes + count(long_lived)
}

struct BoxTree {
    left: Option<Box<BoxTree>>,
    right: Option<Box<BoxTree>>,
}

fn grow_box(depth: u32) -> Box<BoxTree> {
    match depth {
        0 => Box::new(BoxTree { left: None, right: None }),
        _ => Box::new(BoxTree { left: Some(grow_box(depth - 1)), right: Some(grow_box(depth - 1)) }),
    }
}

fn count_box(tree: &BoxTree) -> u64 {
    1 + tree.left.as_deref().map_or(0, count_box) + tree.right.as_deref().map_or(0, count_box)
}

fn binary_trees_box(max_depth: u32) -> u64 {
    let mut nodes = count_box(&grow_box(max_depth + 1));
    let long_lived = grow_box(max_depth);
    for depth in (4..=max_depth).step_by(2) {
        for _ in 0..1_u64 << (max_depth - depth + 4) {
            nodes += count_box(&grow_box(depth));
        }
    }
    nodes + count_box(&long_lived)
}

/// Most resident memory of this process so far, in MiB.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let depth = std::env::args().nth(1).map_or(18, |arg| arg.parse().expect("a depth"));
    let hint = std::env::args().nth(2).map(|arg| arg.parse::<u64>().expect("a hint in MiB") << 20);
    let begin = Instant::now();
    let heap = Heap::new(HeapConfig { size_hint: hint.or(Some(64 << 20)), ..HeapConfig::default() }).expect("a heap");
    let mutator = heap.mutator();
    let created = begin.elapsed();
    let types = types(&mutator);
    println!("create a heap          {:8.1} us, with first types {:.1} us", us(created), us(begin.elapsed()));

    let n = 100_000_000;
    let begin = Instant::now();
    for _ in 0..n {
        std::hint::black_box(mutator.alloc(types.bits));
    }
    println!("32-byte garbage        {:8.2} ns/object", begin.elapsed().as_secs_f64() * 1e9 / f64::from(n));

    let before = heap.stats();
    let begin = Instant::now();
    let nodes = binary_trees(&mutator, types.tree, depth);
    let ours = begin.elapsed();
    let after = heap.stats();
    let allocated = (after.bytes_allocated - before.bytes_allocated) >> 20;
    println!("binary trees, depth {depth} {:8.1} ms, {nodes} nodes, {allocated} MiB", us(ours) / 1e3);
    println!(
        "  collections {}, pauses {:.1} ms in all, longest {:.2} ms; peak memory {} MiB",
        after.collections - before.collections,
        (after.total_pause_ns - before.total_pause_ns) as f64 / 1e6,
        after.max_pause_ns as f64 / 1e6,
        peak_mib(),
    );
    let begin = Instant::now();
    assert_eq!(binary_trees_box(depth), nodes);
    println!("  the same with malloc {:8.1} ms", us(begin.elapsed()) / 1e3);
}

fn us(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
