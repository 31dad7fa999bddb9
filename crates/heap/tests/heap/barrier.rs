//! Image objects: leaves until they are written, roots from then on.

use crate::world::{PAIR, World, config};
use tintype_heap::{Gc, IMAGE, ImageRange, UNLOGGED, Value};

/// Memory that stands for an image with one pair in it.
#[repr(C, align(16))]
struct Image {
    words: [u64; 6],
}

impl Image {
    fn with_pair(world: &World) -> Box<Image> {
        let header = world.ty(PAIR).addr() as u64 | IMAGE | UNLOGGED;
        Box::new(Image { words: [0, header, 0, 5, 0, 0] })
    }

    fn pair(&mut self) -> Gc<crate::world::Pair> {
        // SAFETY: the words hold a header and a pair.
        unsafe { Gc::from_addr(self.words.as_mut_ptr().expose_provenance() + 16) }
    }
}

#[test]
fn a_written_image_object_is_logged_once_and_keeps_what_it_holds() {
    let world = World::new(config(false));
    let mut image = Image::with_pair(&world);
    let pair = image.pair();
    let base = std::ptr::from_ref(&*image).addr();
    world.heap.register_image(ImageRange { base, len: size_of::<Image>() });
    assert!(world.heap.contains_image(pair.addr()) && !world.heap.contains_image(base + size_of::<Image>()));
    assert!(pair.in_image());

    let fill = |tag| world.mutator.write(pair, &pair.first, Some(world.pair(None, tag, None).erase()));
    fill(1);
    fill(2);
    assert_eq!(world.heap.logged_objects(), [pair.erase()]);
    assert_eq!(pair.header() & UNLOGGED, 0);
    assert!(pair.in_image());
    crate::world::scrub_stack();
    for tag in 0..if cfg!(miri) { 300 } else { 300_000 } {
        std::hint::black_box(world.pair(None, tag + 1000, None));
    }
    world.mutator.collect();
    world.mutator.collect();
    let held: Value = pair.first.unwrap();
    // SAFETY: a pair was stored.
    assert_eq!(unsafe { held.cast::<crate::world::Pair>() }.tag, 2);
    world.heap.check().expect("a sound heap");
}

#[test]
fn objects_of_the_heap_are_never_logged() {
    let world = World::new(config(false));
    let pair = world.pair(None, 1, None);
    world.mutator.write(pair, &pair.second, Some(pair.erase()));
    assert_eq!(world.heap.n_logged(), 0);
    assert_eq!(pair.flags(), 0);
    assert_eq!(pair.second.get(), Some(pair.erase()));
}
