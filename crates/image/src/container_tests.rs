//! Tests of the container as a whole: what a reader says to every kind of damage, and that writing is atomic.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use crate::test_elf::{HEAP_BYTES, elf_file, image_with, sample_header, sample_image, unsealed_image};
use crate::{
    BuildLock, FORMAT_VERSION, HEADER_SECTION, HEAP_SECTION, Header, ImageError, Reader, Verification, VerifiedRecords,
    VerifyMode, seal, verify, write_atomic,
};

fn directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(directory: &TempDir, bytes: &[u8]) -> PathBuf {
    let path = directory.path().join("image.so");
    fs::write(&path, bytes).unwrap();
    path
}

/// Opens and verifies bytes as an image.
fn load(path: &Path, bytes: &[u8]) -> Result<(), ImageError> {
    fs::write(path, bytes).unwrap();
    let reader = Reader::open(path)?;
    verify(&reader, VerifyMode::Always, None)?;
    Ok(())
}

fn message(bytes: &[u8]) -> String {
    let directory = directory();
    load(&directory.path().join("image.so"), bytes).unwrap_err().to_string()
}

#[test]
fn an_image_reads_back() {
    let directory = directory();
    let bytes = sample_image();
    let reader = Reader::open(&file(&directory, &bytes)).unwrap();
    let sealed = reader.header().clone();
    let expected = Header {
        build_id: sealed.build_id,
        file_checksum: sealed.file_checksum,
        file_length: bytes.len() as u64,
        ..sample_header()
    };
    assert_eq!(sealed, expected);
    assert_ne!(sealed.build_id, 0);
    let heap = reader.heap_section().unwrap().unwrap();
    assert_eq!((heap.offset % 4096, heap.size), (0, HEAP_BYTES as u64));
    assert_eq!(reader.read(heap).unwrap(), [0x5a; HEAP_BYTES]);
    assert_eq!(reader.relocations().unwrap().own().ones().collect::<Vec<_>>(), [3]);
    assert_eq!(reader.metadata("notes").unwrap().as_deref(), Some(&b"hello"[..]));
    assert_eq!(reader.metadata("none").unwrap(), None);
    assert_eq!(reader.metadata_sections().map(|(name, _)| name).collect::<Vec<_>>(), ["notes"]);
    assert_eq!(verify(&reader, VerifyMode::Always, None).unwrap(), Verification::Checked);
    assert_eq!(sealed.as_parent().length, HEAP_BYTES as u64);
}

#[test]
fn sealing_is_deterministic_and_idempotent() {
    let mut bytes = sample_image();
    let before = bytes.clone();
    let again = seal(&mut bytes).unwrap();
    assert_eq!(bytes, before);
    assert_eq!(bytes, sample_image());
    let mut other = sample_header();
    other.function_count += 1;
    let mut other = image_with(&other);
    assert_ne!(seal(&mut other).unwrap().build_id, again.build_id);
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let unsealed = unsealed_image(&sample_header());
    let mut other_machine = sample_image();
    other_machine[18] = 183;
    let mut class = sample_image();
    class[4] = 1;
    let mut version = sample_image();
    let header = version.windows(8).position(|bytes| bytes == b"TINTYPE\0").unwrap();
    version[header + 8] = 99;
    let heap: &[u8] = &[0x5a; HEAP_BYTES];
    let header_bytes = || {
        let mut header = sample_header();
        header.build_id = 1;
        header
    };
    let no_heap = image_with_sections(header_bytes(), &[]);
    let short_heap = image_with_sections(header_bytes(), &[(HEAP_SECTION, &heap[8..], 4096)]);
    let misaligned = image_with_sections(header_bytes(), &[(HEAP_SECTION, heap, 8)]);
    for (bytes, expected) in [
        (&b""[..], "the file is empty"),
        (b"println(1)\n", "not an image: expected an ELF file, found one that begins with [70, 72"),
        (b"\x7fEL", "expected an ELF file"),
        (b"\x7fELF\x02\x01\x01", "the ELF header needs bytes 0x0..0x40, the file has 0x7"),
        (&class, "class of the ELF header: expected 2 (64-bit), found 1"),
        (&other_machine, "machine of the image file: expected that of `x86_64-unknown-linux-gnu`, found aarch64"),
        (&elf_file(&[]), "not an image: the ELF file has no section `.tintype.header`"),
        (&elf_file(&[(HEADER_SECTION, b"something", 1)]), "not an image: the header begins with [73"),
        (&elf_file(&[(HEADER_SECTION, b"", 1)]), "not an image: the header begins with []"),
        (&version, &format!("image format version: expected {FORMAT_VERSION}, found 99")),
        (&unsealed, "the image was not finished: its header is not sealed"),
        (&no_heap, "the ELF file has no section `.tintype.heap`"),
        (&short_heap, "heap section of the image file: expected 512 bytes, found 504"),
        (&misaligned, "heap section of the image file: expected an offset aligned to 4096"),
        (&[&sample_image()[..], b"x"].concat(), "length of the image: expected"),
    ] {
        let found = message(bytes);
        assert!(found.contains(expected), "expected {expected:?}, found {found:?}");
    }
    assert!(Reader::open(Path::new("/no/such/image")).unwrap_err().to_string().starts_with("cannot open the file"));
    assert!(Reader::open(Path::new("/")).unwrap_err().to_string().contains("not a regular file"));
}

/// A file with the header, its stated length made to fit, and the given further sections.
fn image_with_sections(mut header: Header, sections: &[(&str, &[u8], u64)]) -> Vec<u8> {
    let build = |header: &Header| {
        let bytes = header.encode();
        let all: Vec<_> = [(HEADER_SECTION, &bytes[..], 8)].into_iter().chain(sections.iter().copied()).collect();
        elf_file(&all)
    };
    header.file_length = build(&header).len() as u64;
    build(&header)
}

#[test]
fn fields_are_checked_against_each_other() {
    let header = |change: fn(&mut Header)| {
        let mut header = sample_header();
        change(&mut header);
        Header::decode(&header.encode()).map(|_| ()).unwrap_err().to_string()
    };
    for (found, expected) in [
        (header(|header| header.triple = "aarch64-unknown-linux-gnu".to_owned()), "triple of the image header"),
        (header(|header| header.heap.as_mut().unwrap().roots[1] = 512), "heap root of the image header: 0x200"),
        (header(|header| header.heap.as_mut().unwrap().roots[1] = 8), "heap root of the image header: 0x8"),
        (header(|header| header.heap.as_mut().unwrap().preferred_base += 8), "heap of the image header"),
        (header(|header| header.heap.as_mut().unwrap().preferred_base = u64::MAX - 4095), "heap of the image header"),
        (header(|header| header.heap.as_mut().unwrap().length = 1 << 40), "heap of the image header"),
        (header(|header| header.parents[0].preferred_base = 0), "parent's heap of the image header"),
    ] {
        assert!(found.contains(expected), "expected {expected:?}, found {found:?}");
    }
}

#[test]
fn every_truncation_is_an_error() {
    let directory = directory();
    let path = directory.path().join("image.so");
    let bytes = sample_image();
    // All of the short lengths, and a sample of the long ones.
    for length in (0..1200).chain((1200..bytes.len()).step_by(7)) {
        assert!(load(&path, &bytes[..length.min(bytes.len() - 1)]).is_err(), "{length}");
    }
}

#[test]
fn every_flipped_byte_is_an_error() {
    let directory = directory();
    let path = directory.path().join("image.so");
    let mut bytes = sample_image();
    load(&path, &bytes).unwrap();
    for at in (0..1600).chain((1600..bytes.len()).step_by(11)) {
        bytes[at] ^= 0x41;
        assert!(load(&path, &bytes).is_err(), "{at}");
        bytes[at] ^= 0x41;
    }
}

#[test]
fn every_flipped_bit_of_a_header_is_an_error() {
    let mut bytes = sample_header().encode();
    // The file checksum is covered by nothing but itself.
    for at in (0..bytes.len()).filter(|at| !(16..24).contains(at)) {
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            assert!(Header::decode(&bytes).is_err(), "{at}");
            bytes[at] ^= 1 << bit;
        }
    }
    for length in 0..bytes.len() {
        assert!(Header::decode(&bytes[..length]).is_err(), "{length}");
    }
}

proptest! {
    #[test]
    fn a_header_with_a_right_checksum_and_wrong_bytes_never_panics(
        edits in proptest::collection::vec((32usize..700, any::<u8>()), 1..6),
    ) {
        let mut bytes = sample_header().encode();
        for (at, byte) in edits {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        crate::codec::set_header_checksum(&mut bytes);
        if let Ok(header) = Header::decode(&bytes) {
            prop_assert_eq!(Header::decode(&header.encode()).unwrap(), header);
        }
    }

    #[test]
    fn damaged_elf_headers_and_tables_never_panic(
        edits in proptest::collection::vec((0usize..1000, any::<u8>()), 1..6),
    ) {
        let original = sample_image();
        let mut bytes = original.clone();
        for (at, byte) in edits {
            // The ELF header, or the section table at the end.
            let at = if at < 64 { at } else { bytes.len() - 1 - (at - 64) % 500 };
            bytes[at] = byte;
        }
        if let Ok(sections) = crate::ElfSections::read(&bytes[..]) {
            for (name, section) in sections.iter() {
                prop_assert!(section.offset + section.size <= bytes.len() as u64, "{}", name);
            }
        }
        let _ = seal(&mut bytes);
    }
}

#[test]
fn verified_files_are_remembered_until_they_change() {
    let directory = directory();
    let path = file(&directory, &sample_image());
    let records = VerifiedRecords::new(directory.path().join("cache/verified"));
    let check = |mode| verify(&Reader::open(&path).unwrap(), mode, Some(&records));
    assert_eq!(check(VerifyMode::Never).unwrap(), Verification::Skipped);
    assert_eq!(check(VerifyMode::Auto).unwrap(), Verification::Checked);
    assert_eq!(check(VerifyMode::Auto).unwrap(), Verification::Remembered);
    assert_eq!(check(VerifyMode::Always).unwrap(), Verification::Checked);

    // The heap is damaged in place: the size stays, the change time does not. Times have the kernel's tick.
    std::thread::sleep(std::time::Duration::from_millis(20));
    let mut bytes = sample_image();
    bytes[4100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(check(VerifyMode::Auto), Err(ImageError::Checksum { .. })));

    // Writing the same file again leaves one record, that of the new content.
    fs::write(&path, sample_image()).unwrap();
    assert_eq!(check(VerifyMode::Auto).unwrap(), Verification::Checked);
    assert_eq!(fs::read_dir(directory.path().join("cache/verified")).unwrap().count(), 1);
}

#[test]
fn records_lie_in_the_cache_folder() {
    let path = |xdg: Option<&str>, home: Option<&str>| {
        VerifiedRecords::in_cache_of(xdg.map(Path::new), home.map(Path::new)).map(|records| format!("{records:?}"))
    };
    assert!(path(Some("/x"), Some("/h")).unwrap().contains("\"/x/tintype/verified\""));
    assert!(path(Some("relative"), Some("/h")).unwrap().contains("\"/h/.cache/tintype/verified\""));
    assert_eq!(path(None, None), None);
}

#[test]
fn writing_replaces_the_file_and_leaves_no_other() {
    let directory = directory();
    let path = directory.path().join("image.so");
    write_atomic(&path, &sample_image()).unwrap();
    write_atomic(&path, b"short").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"short");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    assert!(write_atomic(&directory.path().join("none/image.so"), b"").is_err());
    // A directory of that name cannot be replaced; the temporary file is gone all the same.
    fs::create_dir_all(directory.path().join("taken/inside")).unwrap();
    assert!(write_atomic(&directory.path().join("taken"), b"x").is_err());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2);
}

/// The writer is this test program, started again to write images over and over until it is killed.
#[test]
fn a_killed_writer_leaves_nothing_that_loads_but_the_image() {
    const DIRECTORY: &str = "TINTYPE_TEST_WRITE_TO";
    const NAME: &str = "container_tests::a_killed_writer_leaves_nothing_that_loads_but_the_image";
    if let Some(directory) = std::env::var_os(DIRECTORY) {
        let bytes = sample_image();
        for number in 0_u32.. {
            write_atomic(&Path::new(&directory).join(format!("image{}.so", number % 3)), &bytes).unwrap();
        }
    }
    let directory = directory();
    for round in 0..12 {
        let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(DIRECTORY, directory.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30 + round * 7));
        writer.kill().unwrap();
        writer.wait().unwrap();
        for entry in fs::read_dir(directory.path()).unwrap() {
            let path = entry.unwrap().path();
            let loads = Reader::open(&path).and_then(|reader| verify(&reader, VerifyMode::Always, None)).is_ok();
            let name = path.file_name().unwrap().to_str().unwrap();
            // A file that is complete but not yet renamed is a whole image; no other may load, and images always do.
            assert!(loads || name.ends_with(".partial"), "{name}");
            assert!(!loads || fs::read(&path).unwrap() == sample_image(), "{name}");
        }
    }
    // The next writer of an image removes what was left of it.
    for number in 0..3 {
        write_atomic(&directory.path().join(format!("image{number}.so")), &sample_image()).unwrap();
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 3);
}

#[test]
fn one_builder_at_a_time() {
    let directory = directory();
    let path = directory.path().join("image.so");
    let lock = BuildLock::try_acquire(&path).unwrap();
    assert!(matches!(BuildLock::try_acquire(&path), Err(ImageError::Locked { .. })));
    let other = BuildLock::try_acquire(&directory.path().join("other.so")).unwrap();
    drop((lock, other));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);

    let inside = std::sync::atomic::AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let _lock = BuildLock::acquire(&path).unwrap();
                    assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                    std::thread::yield_now();
                    inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}
