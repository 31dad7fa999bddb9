//! Heap segments of images: mapped where they want to be, or moved.

mod common;

use common::objects::{Lists, object, values};
use common::{ImageFile, Process, build, host};
use tintype_image::{VerifyMode, preferred_base};
use tintype_ir::abi::RuntimeAbi;
use tintype_loader::{AddressMode, LoadError, LoadedImage, OpenOptions, open};

/// Sums a list, in a loop, so that it is cloned; `%own` and `%other` sum the lists in the slots.
const SUMS: &str = r#"
slot slot0 "own" single
slot slot1 "other" single

function %sum(ref) -> i64 {
block0(v0: ref):
    v1 = iconst.i64 0
    jump block1(v0, v1)
block1(v2: ref, v3: i64):
    v4 = bitcast.i64 v2
    v5 = icmp ne v4, v1
    branch v5, block2, block3
block2:
    v6 = load.i64 v2+8
    v7 = iadd v3, v6
    v8 = load.ref v2
    jump block1(v8, v7)
block3:
    return v3
}
function %own() -> i64 {
block0:
    v0 = slot_value slot0
    v1 = call %sum(v0)
    return v1
}
function %other() -> i64 {
block0:
    v0 = slot_value slot1
    v1 = call %sum(v0)
    return v1
}
"#;

fn parent() -> (ImageFile, u64) {
    let base = preferred_base("lists", u128::from(std::process::id()));
    let lists = Lists::new();
    let list = lists.list(&[1, 2, 3], None);
    let file = build(SUMS, common::THREE_TARGETS, |request| {
        request.name = "lists".to_owned();
        request.heap = Some(lists.part(base, list, &[], 0));
    });
    (file, base)
}

fn load_at(file: &ImageFile, parents: &[&LoadedImage], address: AddressMode) -> Result<LoadedImage, LoadError> {
    let host = host("");
    let options = OpenOptions {
        verify: VerifyMode::Always,
        parents,
        address,
        ..OpenOptions::new(&host, RuntimeAbi::bare().hash())
    };
    open(&file.path, &options)
}

/// Kilobytes of the mapping at `base` that are in memory, and that were written.
fn resident_and_dirty(base: u64) -> (u64, u64) {
    let maps = format!("\n{}", std::fs::read_to_string("/proc/self/smaps").unwrap());
    let from = maps.find(&format!("\n{base:x}-")).unwrap();
    let field = |name: &str| -> u64 {
        let line = maps[from + 1..].lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (field("Rss:"), field("Private_Dirty:"))
}

// One test, because its images share addresses.
#[test]
fn segments_lie_at_their_address_or_are_moved() {
    let (file, base) = parent();
    let image = load_at(&file, &[], AddressMode::Preferred).unwrap();
    let heap = image.heap().unwrap();
    assert_eq!((heap.base, heap.is_displaced), (base, false));
    assert_eq!(resident_and_dirty(base), (0, 0), "nothing was touched");
    assert_eq!(values(object(image.root(0).unwrap())), [1, 2, 3]);
    assert_eq!(image.roots().len(), 1);
    assert_eq!(Process::new(&image).call(&image, &file.module, "own", &[]), Ok(6));
    assert_eq!(resident_and_dirty(base).1, 0, "reading writes nothing");

    // The address is taken now; or it is asked not to be used. Either way all is moved, slots and cloned code too.
    for address in [AddressMode::Preferred, AddressMode::Other] {
        let moved = load_at(&file, &[], address).unwrap();
        let heap = moved.heap().unwrap();
        assert!(heap.is_displaced && heap.base != base);
        assert_eq!(values(object(moved.root(0).unwrap())), [1, 2, 3]);
        assert_eq!(Process::new(&moved).call(&moved, &file.module, "own", &[]), Ok(6));
        // SAFETY: slots are words of the image, which stays mapped.
        assert_eq!(unsafe { moved.slots().read() }, moved.root(0).unwrap());
        children_follow(&image, &moved);
    }
}

/// A child of `parent` finds its objects, and those of the parent where that is `moved`.
fn children_follow(parent: &LoadedImage, moved: &LoadedImage) {
    let lists = Lists::on(parent);
    let tail = object(parent.root(0).unwrap());
    let list = lists.list(&[10, 20], Some(tail));
    let base = preferred_base("child", u128::from(std::process::id()) + u128::from(moved.heap().unwrap().base));
    let file = build(SUMS, "generic", |request| {
        request.name = "child".to_owned();
        request.parents = vec![parent.header().as_parent()];
        request.heap = Some(lists.part(base, list, &[parent], tail.addr() as u64));
    });
    for (parent, address) in [
        (parent, AddressMode::Preferred),
        (parent, AddressMode::Other),
        (moved, AddressMode::Other),
        (moved, AddressMode::Preferred),
    ] {
        let child = load_at(&file, &[parent], address).unwrap();
        let own = object(child.root(0).unwrap());
        assert_eq!(values(own), [10, 20, 1, 2, 3]);
        assert_eq!(own.type_addr(), object(parent.root(0).unwrap()).type_addr(), "the type is the loaded parent's");
        let mut process = Process::new(&child);
        assert_eq!(process.call(&child, &file.module, "own", &[]), Ok(36));
        assert_eq!(process.call(&child, &file.module, "other", &[]), Ok(6), "a slot leads to the parent");
        // SAFETY: the process is not used any more.
        unsafe { child.unload() };
    }
}

#[test]
fn parents_must_be_the_very_ones() {
    let (file, _) = parent();
    let parent = load_at(&file, &[], AddressMode::Other).unwrap();
    let child = build(SUMS, "generic", |request| {
        let mut other = parent.header().as_parent();
        other.build_id += 1;
        request.parents = vec![other];
    });
    let error = load_at(&child, &[], AddressMode::Other).unwrap_err();
    assert!(matches!(error, LoadError::MissingParent { .. }), "{error}");
    let error = load_at(&child, &[&parent], AddressMode::Other).unwrap_err();
    assert!(matches!(error, LoadError::OtherParent { .. }), "{error}");
    assert!(error.to_string().starts_with("build id of `lists`, which the image needs: expected "), "{error}");
}
