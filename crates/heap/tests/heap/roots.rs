//! What keeps an object alive, and what does not: stacks, containers, weak references, finalizers, guards, limits.

use crate::world::{PAIR, Pair, World, config, scrub_stack};
use tintype_heap::{
    AllocBuffers, FREE, Gc, GcMap, GcVec, Heap, HeapConfig, HeapObject, Roots, ScannedRange, Value, ValueStack,
    ValueStackOverflow, size_class,
};

/// Runs `make` in a frame of its own, so that its pointers are not in the test's frame.
#[inline(never)]
fn apart<R>(make: impl FnOnce() -> R) -> R {
    let result = make();
    scrub_stack();
    result
}

/// Churns through several cycles, so that dead cells are reused.
fn churn(world: &World) {
    let n = if cfg!(miri) { 300 } else { 200_000 };
    for tag in 0..n {
        std::hint::black_box(world.pair(None, tag, None));
    }
    world.mutator.collect();
}

#[test]
#[cfg(not(miri))]
fn interior_pointers_on_the_stack_keep_objects() {
    let world = World::new(config(false));
    for (distance, length) in [(0, 4), (1, 100), (17, 100), (800, 99), (300_000, 50_000), (400_008, 50_000)] {
        let pointer = apart(|| {
            let vector = world.vector(length);
            let element = world.pair(None, length, None);
            world.mutator.write(vector, &vector.tail()[length as usize - 1], Some(element.erase()));
            // The last distance of each size is one past the end.
            std::hint::black_box(vector.addr() + distance)
        });
        churn(&world);
        let vector = world.heap.find_object(std::hint::black_box(pointer)).expect("still an object");
        // SAFETY: it is the vector made above.
        let vector = unsafe { vector.cast::<crate::world::Vector>() };
        assert_eq!(vector.length, length, "at distance {distance}");
        // SAFETY: it is the pair stored above.
        let element = unsafe { vector.tail()[length as usize - 1].unwrap().cast::<crate::world::Pair>() };
        assert_eq!(element.tag, length);
    }
}

#[test]
fn dead_objects_are_freed_and_large_ones_too() {
    let world = World::new(config(false));
    world.mutator.collect();
    let before = world.heap.stats().live_bytes;
    let root: Roots = Roots::new(&world.heap, None);
    let length = if cfg!(miri) { 10_000 } else { 100_000 };
    apart(|| root.set(Some(world.vector(length).erase())));
    world.mutator.collect();
    assert!(world.heap.stats().live_bytes >= before + length * 8, "{:?}", world.heap.stats());
    root.set(None);
    scrub_stack();
    world.mutator.collect();
    assert!(world.heap.stats().live_bytes < before + length * 8, "{:?}", world.heap.stats());
}

#[test]
fn containers_keep_what_they_hold() {
    let world = World::new(config(false));
    let vec = GcVec::new(&world.heap);
    let map = GcMap::new(&world.heap);
    let stack = ValueStack::new(&world.heap, 1000).unwrap();
    let outer = stack.push_frame(3).unwrap();
    let inner = stack.push_frame(5).unwrap();
    apart(|| {
        for tag in 0..100 {
            vec.push((world.pair(None, tag, None), tag));
            map.insert(format!("key {tag:02}"), world.pair(None, tag, None));
        }
        stack.set(outer, Some(world.pair(None, 1, None).erase()));
        stack.set(inner + 4, Some(world.pair(None, 2, None).erase()));
    });
    churn(&world);
    world.heap.check().expect("a sound heap");
    assert!(vec.iter().all(|(pair, tag)| pair.tag == tag) && vec.len() == 100);
    let sorted: Vec<u64> = map.sorted().into_iter().map(|(_, pair)| pair.tag).collect();
    assert_eq!(sorted, (0..100).collect::<Vec<_>>());
    assert_eq!(map.get("key 42").unwrap().tag, 42);
    let tag = |value: Option<Value>| {
        // SAFETY: the stack holds pairs.
        unsafe { value.unwrap().cast::<crate::world::Pair>() }.tag
    };
    assert_eq!((tag(stack.get(outer)), tag(stack.get(inner + 4))), (1, 2));
    stack.pop_frame(inner);
    assert_eq!(stack.top(), 3);
    let again = stack.push_frame(5).unwrap();
    assert!((again..again + 5).all(|slot| stack.get(slot).is_none()), "a new frame is null");
    assert_eq!(stack.push_frame(1000), Err(ValueStackOverflow));
}

#[test]
fn weak_references_are_cleared_and_only_then() {
    let world = World::new(config(false));
    let kept: Roots = Roots::new(&world.heap, None);
    let boxes = GcVec::new(&world.heap);
    apart(|| {
        kept.set(Some(world.pair(None, 1, None).erase()));
        boxes.push(world.weak_box(kept.get().unwrap(), 10));
        for tag in 0..20 {
            boxes.push(world.weak_box(world.pair(None, tag, None).erase(), 11));
        }
    });
    world.mutator.collect();
    assert_eq!(boxes.get(0).target.get(), kept.get());
    // The conservative scan may keep one or two of them.
    let cleared = boxes.iter().filter(|weak| weak.target.get().is_none()).count();
    assert!(cleared >= 15, "{cleared} of 20 weak references to garbage are cleared");
    assert!(boxes.iter().all(|weak| weak.tag >= 10));
    world.heap.check().expect("a sound heap");
}

#[test]
fn finalizers_become_due_once_with_their_object_whole() {
    let world = World::new(config(false));
    let callbacks = GcVec::new(&world.heap);
    apart(|| {
        let callback = world.pair(None, 77, None).erase();
        callbacks.push(callback);
        for tag in 0..20 {
            let held = world.pair(None, tag + 100, None).erase();
            world.heap.add_finalizer(world.pair(Some(held), tag, None).erase(), callback);
        }
    });
    assert_eq!(world.heap.take_due_finalizer(), None);
    churn(&world);
    let mut n_due = 0;
    while let Some((object, callback)) = world.heap.take_due_finalizer() {
        // SAFETY: pairs were registered, and their first field holds a pair.
        let (pair, held) = unsafe {
            let pair = object.cast::<crate::world::Pair>();
            (pair, pair.first.unwrap().cast::<crate::world::Pair>())
        };
        assert_eq!(held.tag, pair.tag + 100);
        assert_eq!(callback, callbacks.get(0));
        n_due += 1;
    }
    assert!(n_due >= 15, "{n_due} of 20 are due");
}

#[test]
fn object_ids_live_as_long_as_their_object() {
    let world = World::new(config(false));
    let kept = Roots::new(&world.heap, Some(world.pair(None, 1, None).erase()));
    world.heap.set_object_id(kept.get().unwrap(), 5);
    churn(&world);
    let object = kept.get().unwrap();
    assert_eq!(world.heap.object_id(object), Some(5));
    assert_ne!(object.header() & tintype_heap::HAS_HASH, 0);
    assert_eq!(object.type_head(), world.ty(crate::world::PAIR), "flags are no part of the type");
}

#[test]
fn a_guard_defers_collections() {
    let world = World::new(config(true));
    let before = world.heap.stats().collections;
    {
        let _guard = world.heap.no_collect();
        (0..1000).for_each(|tag| _ = std::hint::black_box(world.pair(None, tag, None)));
        world.mutator.collect();
        assert_eq!(world.heap.stats().collections, before);
    }
    world.pair(None, 0, None);
    assert!(world.heap.stats().collections > before);
}

#[test]
#[cfg(not(miri))]
fn scanned_ranges_keep_what_their_words_point_to() {
    let world = World::new(config(false));
    let mut words = vec![0_usize; 4].into_boxed_slice();
    // SAFETY: the words are dropped after the range.
    let range = unsafe { ScannedRange::new(&world.heap, words.as_ptr().addr(), 32) };
    apart(|| words[2] = world.pair(None, 9, None).addr() + 8);
    churn(&world);
    let pair = world.heap.find_object(std::hint::black_box(words[2])).expect("kept");
    // SAFETY: the words point to a pair.
    assert_eq!(unsafe { pair.cast::<crate::world::Pair>() }.tag, 9);
    drop(range);
}

#[test]
fn exhausted_reservations_are_errors_and_collection_recovers() {
    let heap_bytes = if cfg!(miri) { 1 << 20 } else { 4 << 20 };
    let world = World::new(HeapConfig { reserve_bytes: heap_bytes, size_hint: Some(64 << 20), ..config(false) });
    let vectors = world.ty(crate::world::VECTOR);
    let error = world.mutator.try_alloc_tail(vectors, heap_bytes as u64 / 8).unwrap_err();
    assert_eq!(error.payload_bytes, heap_bytes as u64 + 8);
    assert!(world.mutator.try_alloc_tail(vectors, u64::MAX / 2).is_err());
    // Far more than the reservation in all, but never much at once.
    for _ in 0..40 {
        apart(|| world.mutator.try_alloc_tail(vectors, heap_bytes as u64 / 8 / 5).map(drop))
            .expect("room after a collection");
    }
}

#[test]
#[cfg(not(miri))]
fn garbage_stays_within_the_hint() {
    let config = HeapConfig { size_hint: Some(16 << 20), reserve_bytes: 1 << 30, ..config(false) };
    let world = World::new(config);
    let (base, _) = world.heap.reservation();
    let mut highest = 0;
    for tag in 0..4_000_000 {
        highest = highest.max(world.pair(None, tag, None).addr() - base);
    }
    assert!(world.heap.stats().bytes_allocated > 100 << 20);
    assert!(highest < 17 << 20, "objects up to {highest:#x}");
}

#[test]
#[cfg(not(miri))]
fn a_heap_can_be_put_at_an_address_or_refuses() {
    let address = 0x5123_4560_0000;
    let heap = Heap::new(HeapConfig { address: Some(address), ..config(false) }).expect("free addresses");
    assert_eq!(heap.reservation().0, address);
    assert!(Heap::new(HeapConfig { address: Some(address), ..config(false) }).is_err(), "taken");
    assert!(Heap::new(HeapConfig { address: Some(address + 4096), ..config(false) }).is_err(), "misaligned");
}

#[test]
#[cfg(not(miri))]
fn stacks_left_behind_and_stopped_mutators_are_scanned() {
    let world = World::new(config(false));
    let second = world.heap.mutator();
    let pair = world.pair(None, 31, None);
    second.collect();
    second.stop();
    churn(&world);
    let other = world.heap.clone();
    // The world's own mutator stops, and another thread collects.
    world.mutator.stop();
    std::thread::spawn(move || other.mutator().collect()).join().unwrap();
    world.mutator.start();
    second.start();
    let pair = std::hint::black_box(pair);
    assert_eq!(world.heap.find_object(pair.addr()), Some(pair.erase()), "found by the scan of this stopped stack");
    churn(&world);
    assert_eq!(pair.tag, 31);
    world.heap.check().expect("a sound heap");
}

#[test]
#[cfg(not(miri))]
fn a_running_mutator_of_another_thread_is_refused() {
    let world = World::new(config(false));
    world.mutator.collect();
    let other = world.heap.clone();
    let panicked = std::thread::spawn(move || other.mutator().collect()).join().unwrap_err();
    let message = panicked.downcast_ref::<String>().expect("a message");
    assert!(message.contains("every other thread's mutator to be stopped"), "{message}");
}

/// Takes a cell as compiled code does: the header is written, the payload is not.
fn alloc_inline(world: &World, index: usize) -> Option<usize> {
    let ty = world.ty(index);
    let class = size_class(ty.layout.size as usize).unwrap();
    let list = &world.mutator.buffers().free[class.index as usize];
    let at_offset = std::ptr::from_ref(&*world.mutator).addr() + AllocBuffers::offset_of_class(class.index);
    assert_eq!(std::ptr::from_ref(list).addr(), at_offset);
    let cell = list.get();
    if cell.is_null() {
        return None;
    }
    // SAFETY: list heads are free cells; the next one's address is in the first payload word.
    unsafe {
        assert_eq!(cell.sub(8).cast::<u64>().read(), FREE, "a free cell says so");
        list.set(cell.cast::<*mut u8>().read());
        cell.sub(8).cast::<usize>().write(ty.addr());
    }
    Some(cell.expose_provenance())
}

#[test]
fn objects_allocated_inline_may_be_met_before_they_are_written() {
    let world = World::new(config(false));
    let objects = GcVec::new(&world.heap);
    for round in 0..200 {
        world.pair(None, round, None);
        while let Some(address) = alloc_inline(&world, PAIR) {
            // SAFETY: a pair was allocated there.
            let pair = unsafe { Gc::from_addr(address) };
            let pair: Gc<Pair> = pair;
            assert_eq!((pair.tag, pair.second.get()), (0, None), "zero but for the link");
            objects.push(pair);
            if objects.len() % 50 == 7 {
                break;
            }
        }
        if round % 20 == 0 {
            world.mutator.collect();
            objects.iter().for_each(|pair| world.mutator.write(pair, &pair.first, None));
        }
    }
    objects.iter().for_each(|pair| world.mutator.write(pair, &pair.first, None));
    world.mutator.collect();
    world.heap.check().expect("a sound heap");
    assert!(objects.len() > 1000);
}

#[test]
fn lists_stay_empty_under_stress() {
    let world = World::new(config(true));
    for tag in 0..20 {
        world.pair(None, tag, None);
        world.bytes(&[1; 100]);
        assert!(world.mutator.buffers().free.iter().all(|list| list.get().is_null()));
    }
}

#[test]
fn descriptions_print_and_fingerprint() {
    let world = World::new(config(false));
    let shown = format!("{:?}", world.pair(None, 0x42, None).show());
    assert!(shown.starts_with("Pair at 0x") && shown.ends_with("{ first: 0x0, tag: 0x42, second: 0x0 }"), "{shown}");
    let pair = Pair::describe();
    assert_eq!(pair.fingerprint(), Pair::describe().fingerprint());
    assert_ne!(pair.fingerprint(), crate::world::WeakBox::describe().fingerprint());
    assert_eq!((pair.size, pair.pointers), (24, &[0, 16][..]));
    assert_eq!(crate::world::Bytes::describe().layout(None).payload_bytes(10), Some(27));
    assert_eq!(crate::world::Type::describe().pointers, [tintype_heap::LAYOUT_OFFSETS_AT]);
}

#[test]
fn a_heap_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&World::new(config(false)).heap);
}
