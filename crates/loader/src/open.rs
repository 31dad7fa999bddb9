//! Opening an image, from beginning to end.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use tintype_image::{CompileOptions, Header, ParentInfo, Reader, VerifiedRecords, VerifyMode, host_triple, verify};
use tintype_target::{Host, select};

use crate::heap_segment::{Displacement, Mapping};
use crate::library::Library;
use crate::tables::{Root, u32_at};
use crate::{LoadError, LoadedImage};

/// Where to put the heap segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressMode {
    /// At its preferred address, or elsewhere if that is taken.
    #[default]
    Preferred,
    /// Elsewhere, as if the preferred address were taken: for tests.
    Other,
}

/// What an image must suit, and how to load it.
#[derive(Clone, Copy, Debug)]
pub struct OpenOptions<'a> {
    /// The machine, which a target is selected for.
    pub host: &'a Host,
    /// The hash of this program's run-time description.
    pub abi_hash: u64,
    /// The hash of this program's object layouts.
    pub layout_hash: u64,
    /// Loaded images, among which its parents must be.
    pub parents: &'a [&'a LoadedImage],
    /// The options its code must serve; `None` if any will do.
    pub options: Option<CompileOptions>,
    /// When to read the whole file.
    pub verify: VerifyMode,
    /// Which files were found good before.
    pub records: Option<&'a VerifiedRecords>,
    /// Where to put the heap segment.
    pub address: AddressMode,
}

impl<'a> OpenOptions<'a> {
    /// For this machine and run-time description, with no parents, no layouts and no records.
    #[must_use]
    pub fn new(host: &'a Host, abi_hash: u64) -> Self {
        Self {
            host,
            abi_hash,
            layout_hash: 0,
            parents: &[],
            options: None,
            verify: VerifyMode::Auto,
            records: None,
            address: AddressMode::Preferred,
        }
    }
}

/// Loads an image.
///
/// # Errors
/// See [`LoadError`]: what can be wrong with the file is found before anything of it is mapped.
pub fn open(path: &Path, options: &OpenOptions<'_>) -> Result<LoadedImage, LoadError> {
    let reader = Reader::open(path)?;
    let header = reader.header();
    check_header(header, options)?;
    let parents = find_parents(header, options.parents)?;
    let verification = verify(&reader, options.verify, options.records)?;
    let selection = select(&header.targets, options.host)?;

    let (library, root) = claim_library(path, &reader)?;
    let heap = match map_heap(&reader, options.address, &parents) {
        Ok(heap) => heap,
        Err(error) => {
            give_back(library, &root);
            return Err(error);
        }
    };
    move_slots(&reader, &root, heap.as_ref(), &parents);
    let heap = heap.map(|heap| (heap.base, heap.length, heap.keep()));
    let image = LoadedImage::new(reader, library, root, selection, verification, heap);
    if let Err(error) = image.fill_mv_slots().and_then(|()| image.fill_stub_table()) {
        // SAFETY: nobody was told of the image.
        unsafe { image.unload() };
        return Err(error);
    }
    Ok(image)
}

fn check_header(header: &Header, options: &OpenOptions<'_>) -> Result<(), LoadError> {
    let expected = host_triple().unwrap_or_else(|| "a platform that images are made for".to_owned());
    if header.triple != expected {
        return Err(LoadError::Triple { expected, found: header.triple.clone() });
    }
    let (expected, found) = (options.abi_hash, header.abi_hash);
    if found != expected {
        return Err(LoadError::Abi { expected, found });
    }
    let (expected, found) = (options.layout_hash, header.layout_hash);
    if found != expected {
        return Err(LoadError::Layout { expected, found });
    }
    match options.options {
        Some(wanted) if !header.options.serves(&wanted) => {
            Err(LoadError::Options { expected: wanted, found: header.options })
        }
        _ => Ok(()),
    }
}

/// How far each parent's segment is from where the image expects it.
fn find_parents(header: &Header, loaded: &[&LoadedImage]) -> Result<Vec<Displacement>, LoadError> {
    let find = |parent: &ParentInfo| {
        let (name, expected) = (&parent.name, parent.build_id);
        if let Some(found) = loaded.iter().find(|image| image.header().build_id == expected) {
            return Ok(Displacement::of_parent(parent, found.heap().map(|heap| heap.base)));
        }
        let namesake = loaded.iter().map(|image| image.header()).find(|header| header.name == *name);
        Err(match namesake {
            Some(other) => LoadError::OtherParent { name: name.clone(), expected, found: other.build_id },
            None => LoadError::MissingParent { name: name.clone(), expected },
        })
    };
    header.parents.iter().map(find).collect()
}

/// Maps the file, or a copy of it if its mapping belongs to someone already.
fn claim_library(path: &Path, reader: &Reader) -> Result<(Library, Root), LoadError> {
    let library = Library::open(path)?;
    let identity = reader.identity();
    let is_same = fs::metadata(path).is_ok_and(|found| (found.dev(), found.ino()) == (identity.device, identity.inode));
    if !is_same {
        library.close();
        return Err(LoadError::Replaced);
    }
    match read_root(library, reader.header())? {
        (library, root) if claim_word(&root).compare_exchange(0, 1, Ordering::AcqRel, Ordering::Relaxed).is_ok() => {
            return Ok((library, root));
        }
        (library, _) => library.close(),
    }
    let (library, root) = read_root(Library::open_copy(reader.file())?, reader.header())?;
    claim_word(&root).store(1, Ordering::Release);
    Ok((library, root))
}

fn read_root(library: Library, header: &Header) -> Result<(Library, Root), LoadError> {
    match Root::read(&library, header) {
        Ok(root) => Ok((library, root)),
        Err(error) => {
            library.close();
            Err(error)
        }
    }
}

fn give_back(library: Library, root: &Root) {
    claim_word(root).store(0, Ordering::Release);
    library.close();
}

/// The word that says whether a mapping belongs to someone.
fn claim_word(root: &Root) -> &AtomicU64 {
    // SAFETY: `Root::read` has checked that the state lies in writable memory and is aligned to words; the library it was
    // read from is mapped as long as the root is used. The word is accessed as an atomic only.
    unsafe { AtomicU64::from_ptr(root.state as *mut u64) }
}

fn map_heap(reader: &Reader, mode: AddressMode, parents: &[Displacement]) -> Result<Option<Mapping>, LoadError> {
    let (Some(info), Some(section)) = (&reader.header().heap, reader.heap_section()?) else { return Ok(None) };
    Mapping::new(reader, info, section, mode, parents).map(Some)
}

/// Makes the slots point to where their objects are. Where nothing has moved, nothing is touched.
fn move_slots(reader: &Reader, root: &Root, heap: Option<&Mapping>, parents: &[Displacement]) {
    let own = heap.zip(reader.header().heap.as_ref()).map(|(mapping, info)| mapping.displacement(info));
    let moved: Vec<Displacement> = own.iter().chain(parents).filter(|range| range.delta != 0).copied().collect();
    if moved.is_empty() {
        return;
    }
    for slot in 0..reader.header().slot_count as usize {
        let word = (root.slots + 8 * slot) as *mut u64;
        // SAFETY: `Root::read` has checked that the slots lie in writable memory and are aligned. The mapping is claimed,
        // so nobody else knows of them yet.
        unsafe {
            if let Some(address) = moved.iter().find_map(|range| range.moved(*word)) {
                word.write(address);
            }
        }
    }
}

/// The numbers in the list of functions with a relocation slot.
pub(crate) fn mv_function(root: &Root, slot: usize) -> u32 {
    u32_at(root.mv_functions, 4 * slot).expect("`Root::read` has checked the length of the list")
}
