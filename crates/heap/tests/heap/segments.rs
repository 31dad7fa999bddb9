//! Segments: round trips, moves, parents, order, determinism, damage.

use crate::world::{
    ARRAY, Array, BYTES, Bytes, HANDLE, PAIR, Pair, Random, TABLE, TYPE, Type, VECTOR, Vector, WEAK_BOX, World, config,
};
use std::collections::HashMap;
use tintype_heap::{
    BitmapRef, BuildError, Gc, IMAGE, ParentBytes, ParentRange, Segment, SegmentBuilder, SegmentError, UNLOGGED, Value,
    relocate, verify_segment,
};

/// Memory that a segment is put into, at an address that the system chose.
struct Place {
    words: Vec<u128>,
}

impl Place {
    fn new(len: usize) -> Place {
        Place { words: vec![0; len / 16] }
    }

    fn base(&self) -> u64 {
        self.words.as_ptr().expose_provenance() as u64
    }

    fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: the words are that many initialised bytes.
        unsafe { std::slice::from_raw_parts_mut(self.words.as_mut_ptr().cast(), self.words.len() * 16) }
    }

    fn range(&self) -> ParentRange {
        ParentRange { base: self.base(), len: self.words.len() as u64 * 16 }
    }
}

/// The segment moved to memory of this process.
fn map(segment: &Segment) -> Place {
    let mut place = Place::new(segment.bytes.len());
    place.bytes().copy_from_slice(&segment.bytes);
    let delta = place.base().wrapping_sub(segment.base) as i64;
    relocate(place.bytes(), &segment.own_pointers.as_ref(), delta);
    place
}

/// Root number `index` of a segment that was mapped to `place`.
fn root(segment: &Segment, place: &Place, index: usize) -> Value {
    let address = segment.roots[index] - segment.base + place.base();
    // SAFETY: a root's address is that of an object in the segment, which was moved with it.
    unsafe { Gc::from_addr(address as usize) }
}

/// The id of an object's type, which is the same wherever the type lies.
fn id(object: Value) -> usize {
    // SAFETY: all types of the tests are `Type`s.
    unsafe { object.type_head().erase().cast::<Type>().id as usize }
}

/// Walks two graphs together, which must have the same shape and contents; the number of objects.
fn assert_same(a: Value, b: Value) -> usize {
    let mut pairs = HashMap::new();
    let mut work = vec![(a.addr(), b.addr())];
    while let Some((a, b)) = work.pop() {
        if a == 0 || b == 0 {
            assert_eq!(a, b, "null in one and not in the other");
            continue;
        }
        if let Some(&other) = pairs.get(&a) {
            assert_eq!(other, b, "sharing differs");
            continue;
        }
        pairs.insert(a, b);
        // SAFETY: both are live objects of the type that their header names.
        unsafe {
            let (a, b): (Value, Value) = (Gc::from_addr(a), Gc::from_addr(b));
            assert_eq!(id(a), id(b));
            work.push((a.type_addr(), b.type_addr()));
            assert_same_object(a, b, &mut work);
        }
    }
    pairs.len()
}

/// # Safety
/// Both objects are of the same test type.
unsafe fn assert_same_object(a: Value, b: Value, work: &mut Vec<(usize, usize)>) {
    let mut both = |a: Option<Value>, b: Option<Value>| work.push((a.map_or(0, Gc::addr), b.map_or(0, Gc::addr)));
    // SAFETY: each cast is to what the type id says.
    unsafe {
        match id(a) {
            PAIR => {
                let (a, b) = (a.cast::<Pair>(), b.cast::<Pair>());
                assert_eq!(a.tag, b.tag);
                both(a.first.get(), b.first.get());
                both(a.second.get(), b.second.get());
            }
            VECTOR => {
                let (a, b) = (a.cast::<Vector>(), b.cast::<Vector>());
                assert_eq!(a.length, b.length);
                a.tail().iter().zip(b.tail()).for_each(|(a, b)| both(a.get(), b.get()));
            }
            BYTES => {
                let (a, b) = (a.cast::<Bytes>(), b.cast::<Bytes>());
                assert_eq!((a.hash, a.tail()), (b.hash, b.tail()));
            }
            ARRAY => {
                let (a, b) = (a.cast::<Array>(), b.cast::<Array>());
                both(a.memory.get(), b.memory.get());
                let distance = |array: Gc<Array>| array.pointer.get() as usize - array.memory.unwrap().addr();
                assert_eq!(distance(a), distance(b));
            }
            TYPE => {
                let (a, b) = (a.cast::<Type>(), b.cast::<Type>());
                both(a.layout.offsets.map(Gc::erase), b.layout.offsets.map(Gc::erase));
                assert_eq!((a.layout.size, a.layout.tail_element_size), (b.layout.size, b.layout.tail_element_size));
            }
            TABLE => assert_eq!(a.payload_bytes(), b.payload_bytes()),
            WEAK_BOX => {}
            other => panic!("type {other} is not expected"),
        }
    }
}

/// A graph with sharing, cycles, interior pointers and every kind of object but unstorable ones.
fn graph(world: &World, seed: u64, n: usize) -> Value {
    let mut random = Random(seed);
    let all = tintype_heap::GcVec::new(&world.heap);
    all.push(world.pair(None, 0, None).erase());
    for index in 0..n {
        let pick = |random: &mut Random| Some(all.get(random.below(all.len() as u64) as usize));
        let new = match random.below(6) {
            0 | 1 => world.pair(pick(&mut random), index as u64, pick(&mut random)).erase(),
            2 => {
                let vector = world.vector(random.below(12));
                for field in vector.tail() {
                    world.mutator.write(vector, field, pick(&mut random));
                }
                vector.erase()
            }
            3 => world.bytes(&vec![index as u8; random.below(90) as usize]).erase(),
            4 => {
                let memory = world.vector(5).erase();
                world.array(memory, [0, 8, 24, 48][random.below(4) as usize]).erase()
            }
            _ => world.weak_box(all.get(0), index as u64).erase(),
        };
        all.push(new);
    }
    let vector = world.vector(all.len() as u64);
    for (field, value) in vector.tail().iter().zip(all.iter()) {
        world.mutator.write(vector, field, Some(value));
    }
    // A cycle through the oldest object.
    // SAFETY: the first object is a pair.
    let first = unsafe { all.get(0).cast::<Pair>() };
    world.mutator.write(first, &first.second, Some(vector.erase()));
    vector.erase()
}

const N: usize = if cfg!(miri) { 30 } else { 2000 };

fn build(roots: &[Value], base: u64, parents: &[ParentRange]) -> Segment {
    let mut builder = SegmentBuilder::new(base, parents);
    builder.add_roots(roots);
    builder.build().expect("a storable graph")
}

#[test]
fn a_graph_survives_storing_and_moving() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    for seed in 0..4 {
        let value = graph(&world, seed, N);
        let segment = build(&[value], 0x7000_0000_0000, &[]);
        let stats = verify_segment(&segment.bytes, segment.base, segment.object_starts.as_ref(), &[]).expect("sound");
        assert_eq!(stats.n_objects, segment.n_objects);
        assert_eq!(stats.n_pointers, segment.own_pointers.ones().count());
        assert_eq!(segment.object_starts.ones().count(), segment.n_objects);

        let mut place = map(&segment);
        let copy = root(&segment, &place, 0);
        assert_eq!(assert_same(value, copy), segment.n_objects);
        assert_eq!(copy.flags(), IMAGE | UNLOGGED);
        let base = place.base();
        let stats =
            verify_segment(place.bytes(), base, segment.object_starts.as_ref(), &[]).expect("sound after the move");
        assert_eq!(stats.n_objects, segment.n_objects);

        // Storing the copy at the first address gives the same bytes.
        let again = build(&[copy], segment.base, &[]);
        assert_eq!(again, segment);
    }
}

#[test]
fn segments_do_not_depend_on_where_objects_lie() {
    let segments = [1, 2].map(|n_before| {
        let world = World::new(config(false));
        let _guard = world.heap.no_collect();
        (0..n_before * 100).for_each(|tag| _ = world.pair(None, tag, None));
        build(&[graph(&world, 9, N)], 0x1000, &[])
    });
    assert_eq!(segments[0], segments[1]);
}

#[test]
fn parents_are_referred_to_in_place() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let parent = build(&[graph(&world, 5, N)], 0x4000_0000, &[]);
    let mut parent_place = map(&parent);
    let parent_root = root(&parent, &parent_place, 0);

    // The child's pairs have the parent's pair type.
    // SAFETY: the graph's root is a vector whose first element is a pair.
    let pair_type = unsafe { parent_root.cast::<Vector>().tail()[0].unwrap() }.type_head();
    // SAFETY: the parent's pair type is the stored description of `Pair`.
    let child_root = unsafe {
        let pair = |first| Pair { first: tintype_heap::Field::new(first), tag: 3, second: tintype_heap::Field::null() };
        let inner = world.mutator.alloc_init(pair_type, pair(Some(parent_root)));
        world.mutator.alloc_init(pair_type, pair(Some(inner.erase()))).erase()
    };
    let child = build(&[child_root], 0x8000_0000, &[parent_place.range()]);
    assert_eq!(child.n_objects, 2);
    assert_eq!(child.parent_pointers[0].ones().count(), 3, "two headers and a field");
    assert_eq!(child.own_pointers.ones().count(), 1);

    let parent_base = parent_place.base();
    let view = |bytes| ParentBytes { base: parent_base, bytes, object_starts: parent.object_starts.as_ref() };
    let verify = |bytes: &[u8], parents: &[ParentBytes<'_>]| {
        verify_segment(bytes, child.base, child.object_starts.as_ref(), parents)
    };
    assert_eq!(verify(&child.bytes, &[view(parent_place.bytes())]).unwrap().n_objects, 2);
    assert!(matches!(verify(&child.bytes, &[]), Err(SegmentError::BadPointer { .. })));

    let child_place = map(&child);
    assert_eq!(assert_same(child_root, root(&child, &child_place, 0)), 2 + parent.n_objects);

    // A child for the parent's preferred address, and a displaced parent.
    let mut builder = SegmentBuilder::new(child.base, &[parent_place.range()]);
    builder.add_roots(&[child_root]);
    builder.set_parent_target(0, parent.base);
    let mut stored = builder.build().unwrap();
    assert_eq!(builder.address_of(parent_root), Some(parent.roots[0]));
    assert_eq!(builder.address_of(child_root), Some(stored.roots[0]));
    let delta = parent_place.base().wrapping_sub(parent.base) as i64;
    relocate(&mut stored.bytes, &stored.parent_pointers[0].as_ref(), delta);
    assert_eq!(stored.bytes, child.bytes);
}

#[test]
fn hot_objects_lie_first_in_the_order_given() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let pairs: Vec<Value> = (0..10).map(|tag| world.pair(None, tag, None).erase()).collect();
    let vector = world.vector(10);
    vector.tail().iter().zip(&pairs).for_each(|(field, &pair)| world.mutator.write(vector, field, Some(pair)));
    let unreached = world.pair(None, 99, None).erase();
    let mut builder = SegmentBuilder::new(0x10_0000, &[]);
    builder.add_roots(&[vector.erase()]);
    builder.prefer_first(&[pairs[7], unreached, pairs[2], pairs[7]]);
    let segment = builder.build().unwrap();
    assert_eq!(builder.address_of(pairs[7]), Some(0x10_0010));
    assert_eq!(builder.address_of(pairs[2]), Some(0x10_0030));
    assert_eq!(builder.address_of(vector.erase()), Some(0x10_0050));
    assert_eq!(builder.address_of(unreached), None);
    assert_eq!(segment.roots, [0x10_0050]);
    assert_same(vector.erase(), root(&segment, &map(&segment), 0));
}

#[test]
fn unstorable_objects_are_named_with_the_way_to_them() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let handle = world.mutator.alloc(world.ty(HANDLE));
    let pair = world.pair(None, 1, Some(handle));
    let vector = world.vector(3);
    world.mutator.write(vector, &vector.tail()[2], Some(pair.erase()));
    let mut builder = SegmentBuilder::new(0, &[]);
    builder.add_roots(&[vector.erase()]);
    let error = builder.build().unwrap_err();
    let BuildError::Unstorable { object, ty, path } = &error else { panic!("{error}") };
    assert_eq!((*object, *ty), (handle.addr(), world.ty(HANDLE).addr()));
    let steps: Vec<(usize, isize)> = path.iter().map(|step| (step.object, step.offset)).collect();
    assert_eq!(steps, [(vector.addr(), 24), (pair.addr(), 16)]);
    assert!(error.to_string().contains("cannot be stored, reached by"), "{error}");

    let untyped = world.pair(Some(world.mutator.alloc_untyped(8)), 1, None);
    let mut builder = SegmentBuilder::new(0, &[]);
    builder.add_roots(&[untyped.erase()]);
    assert!(matches!(builder.build(), Err(BuildError::Untyped { .. })));

    let stray = world.array(world.vector(2).erase(), 25);
    let mut builder = SegmentBuilder::new(0, &[]);
    builder.add_roots(&[stray.erase()]);
    assert_eq!(builder.build(), Err(BuildError::StrayInterior { object: stray.addr(), offset: 8 }));
}

#[test]
fn weak_pointers_store_nothing_by_themselves() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let (kept, lost) = (world.pair(None, 1, None).erase(), world.pair(None, 2, None).erase());
    let boxes = [kept, lost].map(|target| world.weak_box(target, 0).erase());
    let segment = build(&[boxes[0], boxes[1], kept], 0x2000, &[]);
    let place = map(&segment);
    let target = |index| {
        // SAFETY: the first two roots are weak boxes.
        unsafe { root(&segment, &place, index).cast::<crate::world::WeakBox>() }.target.get()
    };
    assert_eq!(target(0), Some(root(&segment, &place, 2)));
    assert_eq!(target(1), None);
}

#[test]
fn an_identity_hash_handed_out_stays_known() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let pair = world.pair(None, 1, None).erase();
    world.heap.set_object_id(pair, 3);
    let segment = build(&[pair], 0, &[]);
    assert_eq!(root(&segment, &map(&segment), 0).flags(), IMAGE | UNLOGGED | tintype_heap::HAS_HASH);
}

#[test]
fn damage_is_an_error_or_harmless_and_never_a_panic() {
    let world = World::new(config(false));
    let _guard = world.heap.no_collect();
    let mut segment = build(&[graph(&world, 2, if cfg!(miri) { 10 } else { 60 })], 0x7000_0000_0000, &[]);
    let starts = segment.object_starts.clone();
    let mut n_found = 0;
    let mut n = 0;
    let step = if cfg!(miri) { 37 } else { 1 };
    for at in (0..segment.bytes.len()).step_by(step) {
        for flip in [0x01, 0x10, 0x80, 0xff] {
            segment.bytes[at] ^= flip;
            n += 1;
            n_found += usize::from(verify_segment(&segment.bytes, segment.base, starts.as_ref(), &[]).is_err());
            segment.bytes[at] ^= flip;
        }
    }
    assert!(n_found * 3 > n, "{n_found} of {n} damages are found by structure alone");
    for at in 0..starts.as_bytes().len() {
        let mut damaged = starts.as_bytes().to_vec();
        damaged[at] ^= 0x11;
        assert!(verify_segment(&segment.bytes, segment.base, BitmapRef::from_bytes(&damaged), &[]).is_err());
    }
    for len in (0..segment.bytes.len()).step_by(step) {
        assert!(verify_segment(&segment.bytes[..len], segment.base, starts.as_ref(), &[]).is_err(), "cut at {len}");
    }
    let mut random = Random(1);
    for _ in 0..if cfg!(miri) { 3 } else { 2000 } {
        let mut bytes = segment.bytes.clone();
        for _ in 0..20 {
            let at = random.below(bytes.len() as u64 / 8) as usize * 8;
            let word = [random.next(), u64::MAX, segment.base + random.below(4096) * 8, 1 << random.below(64)];
            bytes[at..at + 8].copy_from_slice(&word[random.below(4) as usize].to_le_bytes());
        }
        let _ = verify_segment(&bytes, segment.base, starts.as_ref(), &[]);
    }
    assert!(verify_segment(&segment.bytes, u64::MAX - 15, starts.as_ref(), &[]).is_err());
}
