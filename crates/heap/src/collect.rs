//! One collection, read from top to bottom.
//!
//! Everything is stopped. Possible pointers on stacks are resolved while the old marks still tell live cells from dead
//! ones; then the marks are cleared and set anew from all roots; weak references, finalizers and side tables follow;
//! last, whole dead blocks are freed, and the others wait to be swept.
//!
//! Under Miri, which cannot read raw stacks, only containers are roots.

use crate::heap::HeapInner;
use crate::mark::Marker;
use crate::mutator::Mutator;
use crate::space::Space;
use crate::stack::{thread_token, with_registers_on_stack};
use std::ptr;
use std::time::Instant;

/// Collects on behalf of `mutator`, which runs on this thread.
pub(crate) fn collect(mutator: &Mutator) {
    with_registers_on_stack(|lowest| run(mutator, lowest));
}

#[inline(never)]
fn run(mutator: &Mutator, lowest: usize) {
    let begin = Instant::now();
    let heap = mutator.heap_inner();
    let stacks = stop_mutators(heap, mutator, lowest);

    let mut candidates = Vec::new();
    {
        let roots = heap.roots();
        let space = heap.space();
        for &(start, end) in stacks.iter().chain(&roots.ranges) {
            // SAFETY: stacks are readable from the stack pointer to their base, as the creators of mutators promised;
            // registered ranges are readable, as their creators promised.
            unsafe { find_candidates(&space, start, end, &mut candidates) };
        }
    }

    let live_bytes = mark_and_reclaim(heap, &candidates);
    heap.stats().record(begin.elapsed(), live_bytes);
}

/// Asserts that no other thread is in the heap, empties all buffers, and lists the stack parts to scan.
fn stop_mutators(heap: &HeapInner, current: &Mutator, lowest: usize) -> Vec<(usize, usize)> {
    let mut stacks = Vec::new();
    let mut base = current.stack_base();
    for other in heap.mutators().mutators.iter().flatten() {
        if other.is_null() {
            continue;
        }
        // SAFETY: a mutator is registered at its address from first use to drop and does not move in between, as its
        // creator promised; the assertion below keeps other threads out.
        let other = unsafe { &**other };
        stacks.extend(other.left_stacks());
        other.drop_buffers();
        if other.thread() != 0 {
            assert_eq!(other.thread(), thread_token(), "a collection needs every other thread's mutator to be stopped");
            // Mutators on one thread share its stack, and the frames of the others are further up; one on another
            // stack has left this one.
            let same_stack = other.stack_base() >= lowest && current.left_stacks().is_empty();
            if same_stack && other.left_stacks().is_empty() {
                base = base.max(other.stack_base());
            }
        }
    }
    assert!(lowest <= base, "the stack pointer {lowest:#x} is outside of the mutator's stack, which ends at {base:#x}");
    stacks.push((lowest, base));
    stacks
}

/// Adds the live objects that words of `[start, end)` point into.
///
/// # Safety
/// The range is readable.
#[cfg(not(miri))]
unsafe fn find_candidates(space: &Space, start: usize, end: usize, candidates: &mut Vec<usize>) {
    let mut at = start.next_multiple_of(8);
    while at + 8 <= end {
        // SAFETY: the word lies in the range, which the caller says is readable. Volatile, because the words belong to
        // other frames, whose contents the compiler may believe to know.
        let word = unsafe { ptr::with_exposed_provenance::<usize>(at).read_volatile() };
        candidates.extend(space.arena.find(word));
        at += 8;
    }
}

#[cfg(miri)]
unsafe fn find_candidates(_space: &Space, _start: usize, _end: usize, _candidates: &mut Vec<usize>) {
    let _ = ptr::null::<u8>();
}

/// Marks from all roots and frees the rest; the bytes alive.
fn mark_and_reclaim(heap: &HeapInner, candidates: &[usize]) -> u64 {
    let roots = heap.roots();
    let mut finalizers = heap.finalizers();
    let mut object_ids = heap.object_ids();
    let log = heap.log();
    let mut space = heap.space();
    let space = &mut *space;

    space.arena.clear_marks();
    let mut marker = Marker::new(&mut space.arena, &mut space.mark_stack);
    candidates.iter().for_each(|&address| marker.mark(address));
    roots.scan(&mut |address| marker.mark(address));
    finalizers.mark_roots(&mut marker);
    for &address in log.iter() {
        // SAFETY: logged objects are image objects, which are immortal.
        unsafe { marker.trace(address) };
    }
    // SAFETY: all roots are live objects, and pointers in objects lead to objects, which every writer of a field promises.
    unsafe { marker.drain() };

    // A weak reference to an object that only its finalizer sees is cleared before the finalizer is due.
    // SAFETY: the list holds live objects with a weak pointer at offset 0.
    unsafe { clear_weak(&mut marker) };
    while finalizers.find_due(&mut marker) {
        // SAFETY: as above; the due objects were live at the last collection, so nothing they reach was freed.
        unsafe { marker.drain() };
    }
    // SAFETY: as above, for weak references that only due objects reach.
    unsafe { clear_weak(&mut marker) };
    object_ids.retain(|&address, _| marker.survives(address));

    space.reclaim();
    if heap.stress != 0 {
        space.sweep_all();
    }
    space.live_bytes
}

/// Sets the weak pointers met so far to null where their target is not marked.
///
/// # Safety
/// Every object on the marker's weak list is live, with a nullable pointer at offset 0.
unsafe fn clear_weak(marker: &mut Marker<'_>) {
    for object in marker.take_weak() {
        let field = ptr::with_exposed_provenance_mut::<usize>(object);
        // SAFETY: the caller vouches for the field.
        unsafe {
            if !marker.survives(field.read()) {
                field.write(0);
            }
        }
    }
}
