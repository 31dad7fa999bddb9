//! Damaged files, files of other kinds, and builds that were killed: a clear error each, and never a crash.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::objects::Lists;
use common::{ImageFile, PROGRAM, Process, THREE_TARGETS, build, host, load};
use tintype_emit::emit_image;
use tintype_image::{ImageError, ImageKind, VerifiedRecords, preferred_base};
use tintype_ir::abi::RuntimeAbi;
use tintype_loader::{LoadError, OpenOptions, open};
use tintype_target::{Arch, Host, Spec};

fn image_with_everything() -> ImageFile {
    let lists = Lists::new();
    let list = lists.list(&[1, 2, 3], None);
    build(PROGRAM, THREE_TARGETS, |request| {
        request.kind = ImageKind::System;
        request.heap = Some(tintype_emit::HeapPart {
            slot_addresses: Vec::new(),
            ..lists.part(preferred_base("damage", 1), list, &[], 0)
        });
    })
}

/// Numbers that look random and are the same every time.
fn scattered(count: usize, below: usize) -> impl Iterator<Item = usize> {
    (1..=count).map(move |n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % below)
}

#[test]
fn any_damage_is_found() {
    let file = image_with_everything();
    let bytes = fs::read(&file.path).unwrap();
    let path = file.directory.path().join("damaged.so");
    let check = |damaged: &[u8], what: String| {
        fs::write(&path, damaged).unwrap();
        let error = load(&path, &host("")).expect_err(&what).to_string();
        assert!(!error.is_empty() && !error.contains('\n'), "{what}: {error}");
    };
    // Every byte of the ELF header, then all over the file: sections, code, tables, header, heap, section names.
    let flips = (0..64).chain(scattered(400, bytes.len()));
    for at in flips {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        check(&damaged, format!("a bit of byte {at:#x}"));
    }
    for at in scattered(60, bytes.len()) {
        let mut damaged = bytes.clone();
        damaged[at] = !damaged[at];
        let end = (at + 4096).min(damaged.len());
        damaged[at + 1..end].fill(0);
        check(&damaged, format!("a page from {at:#x}"));
    }
    for length in (0..80).chain(scattered(100, bytes.len())) {
        check(&bytes[..length], format!("{length} bytes"));
    }
    let mut longer = bytes.clone();
    longer.push(0);
    check(&longer, "a byte more".to_owned());
    fs::write(&path, &bytes).unwrap();
    assert!(load(&path, &host("")).is_ok(), "undamaged it loads");
}

#[test]
fn a_remembered_file_that_changed_is_verified_again() {
    let file = image_with_everything();
    let records = VerifiedRecords::new(file.directory.path().join("records"));
    let host = host("");
    let options = OpenOptions { records: Some(&records), ..OpenOptions::new(&host, RuntimeAbi::bare().hash()) };
    // A mapped file must not change under the process that maps it.
    // SAFETY: nothing refers to the image.
    let load_and_unload = || open(&file.path, &options).map(|image| unsafe { image.unload() });
    load_and_unload().unwrap();
    let times = fs::metadata(&file.path).unwrap();
    let bytes = fs::read(&file.path).unwrap();
    // In place, with size and modification time as they were.
    for at in scattered(25, bytes.len()) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let opened = fs::OpenOptions::new().write(true).open(&file.path).unwrap();
        std::os::unix::fs::FileExt::write_all_at(&opened, &damaged, 0).unwrap();
        opened.set_modified(times.modified().unwrap()).unwrap();
        drop(opened);
        assert!(load_and_unload().is_err(), "byte {at:#x}");
    }
    fs::write(&file.path, &bytes).unwrap();
    load_and_unload().unwrap();
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("other");
    let error_of = |content: &[u8]| {
        fs::write(&path, content).unwrap();
        load(&path, &host("")).unwrap_err()
    };
    assert!(matches!(error_of(b""), LoadError::Image(ImageError::Empty)));
    assert!(matches!(error_of(b"println(\"hello\")\n"), LoadError::Image(ImageError::NotElf { .. })));
    let library = fs::read(std::env::current_exe().unwrap()).unwrap();
    let error = error_of(&library).to_string();
    assert!(error.starts_with("not an image"), "{error}");
    assert!(matches!(load(&directory.path().join("absent"), &host("")), Err(LoadError::Image(ImageError::Io { .. }))));
    assert!(matches!(load(directory.path(), &host("")), Err(LoadError::Image(ImageError::Io { .. }))));
}

#[test]
fn an_image_of_another_architecture_is_refused() {
    let file = build(PROGRAM, "generic", |request| {
        request.targets = Spec::parse("generic;cortex-a57", &Host::baseline(Arch::Aarch64)).unwrap();
        request.kind = ImageKind::System;
        request.options.shards = Some(3);
    });
    let error = load(&file.path, &host("")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "platform of the image: expected x86_64-unknown-linux-gnu, found aarch64-unknown-linux-gnu"
    );
}

#[test]
fn versions_are_compared() {
    let file = build(PROGRAM, "generic", |_| ());
    let host = host("");
    let abi = RuntimeAbi::bare().hash();
    let error = open(&file.path, &OpenOptions::new(&host, abi + 1)).unwrap_err();
    assert!(error.to_string().starts_with("run-time description of the image: expected "), "{error}");
    let error = open(&file.path, &OpenOptions { layout_hash: 7, ..OpenOptions::new(&host, abi) }).unwrap_err();
    assert!(error.to_string().starts_with("object layouts of the image: expected 0000000000000007"), "{error}");
    let wanted = tintype_image::CompileOptions { optimization_level: 3, ..Default::default() };
    let error = open(&file.path, &OpenOptions { options: Some(wanted), ..OpenOptions::new(&host, abi) }).unwrap_err();
    assert!(error.to_string().starts_with("options of the image: expected "), "{error}");
}

/// Names the file that the process started by the next test writes over and over.
const KILLED_BUILD: &str = "TINTYPE_TEST_KILLED_BUILD";

#[test]
fn a_killed_build_leaves_nothing_that_loads() {
    if let Some(path) = std::env::var_os(KILLED_BUILD) {
        loop {
            emit_image(common::request(PROGRAM, THREE_TARGETS, Path::new(&path))).unwrap();
        }
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("program.so");
    let (mut whole, mut loaded) = (0, Vec::new());
    for attempt in 0..16 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_killed_build_leaves_nothing_that_loads"])
            .env(KILLED_BUILD, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + attempt * 13));
        child.kill().unwrap();
        child.wait().unwrap();
        for entry in fs::read_dir(&directory).unwrap().map(Result::unwrap) {
            let is_image = entry.path() == path;
            match load(&entry.path(), &host("")) {
                // Between its last byte and its new name, a file is whole under a name that nobody asks for.
                Ok(_) => loaded.push(fs::read(entry.path()).unwrap()),
                Err(error) => assert!(!is_image, "a file that is there is whole: {error}"),
            }
            whole += u32::from(is_image);
        }
        if attempt % 2 == 0 {
            let _ = fs::remove_file(&path);
        }
    }
    // What they left behind does not hinder the next.
    let request = common::request(PROGRAM, THREE_TARGETS, &path);
    let module = request.module.clone();
    emit_image(request).unwrap();
    let finished = fs::read(&path).unwrap();
    assert!(loaded.iter().all(|file| *file == finished), "what loads is a finished image");
    let image = load(&path, &host("")).unwrap();
    assert_eq!(Process::new(&image).call(&image, &module, "sum", &[10]), Ok(45));
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "temporary files and locks are gone");
    assert!(whole > 0, "no build came far enough");
}
