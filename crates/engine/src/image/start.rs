//! Starting from an image: the image and its parents, mapped and attached.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use tintype_heap::{Gc, Heap, ImageRange, Value};
use tintype_image::{Reader, VerifiedRecords};
use tintype_loader::{AddressMode, LoadedImage, OpenOptions, open};
use tintype_target::Host;

use super::{PATCHES_META, PROGRAM_META, abi_hash, layout_hash, patches};
use crate::failure::StartError;
use crate::options::{ImageAddress, Options, VerifyMode};

/// Images that were mapped, parents first.
pub(crate) struct Loaded {
    pub images: Vec<Rc<LoadedImage>>,
    /// Whether the last one is of a program that declared `(@main)`.
    pub declared_main: bool,
}

impl Loaded {
    /// The first root object of an image.
    pub fn root(&self, image: usize) -> Value {
        let address = self.images[image].root(0).expect("images of this program have a root");
        // SAFETY: the address is that of the first root its builder stored, in a segment that is mapped for the life of
        // the process; the whole file was verified when it was first seen.
        unsafe { Gc::from_addr(address as usize) }
    }
}

/// Opens an image and what it is a child of.
///
/// # Errors
/// Why one of them cannot be used, as the user is told.
pub(crate) fn open_chain(path: &Path, options: &Options, host: &Host, heap: &Heap) -> Result<Loaded, StartError> {
    let mut images: Vec<Rc<LoadedImage>> = Vec::new();
    let interfaces = (abi_hash(), layout_hash());
    for path in chain_of(path)? {
        let image = open_one(&path, options, host, interfaces, &images)?;
        register(&image, heap);
        images.push(Rc::new(image));
    }
    let last = images.last().expect("a chain has an image");
    let program = last.meta(PROGRAM_META).map_err(|error| wrong(path, error))?;
    let declared_main = program.is_some_and(|bytes| bytes.first() == Some(&1));
    if let [parent, child] = &images[..] {
        apply_patches(path, parent, child)?;
    }
    Ok(Loaded { images, declared_main })
}

fn wrong(path: &Path, error: impl std::fmt::Display) -> StartError {
    StartError::Image(format!("{}: {error}", path.display()))
}

/// The image's file and its parents', parents first.
fn chain_of(path: &Path) -> Result<Vec<PathBuf>, StartError> {
    let reader = Reader::open(path).map_err(|error| wrong(path, error))?;
    let mut chain = Vec::new();
    for parent in &reader.header().parents {
        let found = find_parent(path, &parent.name, parent.build_id);
        chain.push(found.ok_or_else(|| {
            wrong(path, format!("its parent image `{}` (build {:032x}) is not found", parent.name, parent.build_id))
        })?);
    }
    chain.push(path.to_owned());
    Ok(chain)
}

/// A parent lies beside its child or in the folder above, beside the program, or is what `TINTYPE_SYSIMAGE` names.
fn find_parent(child: &Path, name: &str, build_id: u128) -> Option<PathBuf> {
    let file = format!("{name}.so");
    let beside_child = child.parent().map(|folder| folder.join(&file));
    let above_child = child.parent().and_then(Path::parent).map(|folder| folder.join(&file));
    let beside_program =
        std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(format!("tintype-{file}"))));
    let named = std::env::var_os("TINTYPE_SYSIMAGE").map(PathBuf::from);
    let candidates = [beside_child, above_child, beside_program, named];
    candidates
        .into_iter()
        .flatten()
        .find(|candidate| Reader::open(candidate).is_ok_and(|reader| reader.header().build_id == build_id))
}

/// `interfaces` are the hashes of the run-time description and of the object layouts.
fn open_one(
    path: &Path,
    options: &Options,
    host: &Host,
    interfaces: (u64, u64),
    parents: &[Rc<LoadedImage>],
) -> Result<LoadedImage, StartError> {
    let records = VerifiedRecords::in_cache_of(
        std::env::var_os("XDG_CACHE_HOME").as_deref().map(Path::new),
        std::env::var_os("HOME").as_deref().map(Path::new),
    );
    let parents: Vec<&LoadedImage> = parents.iter().map(Rc::as_ref).collect();
    let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
    let address = match &options.image_address {
        ImageAddress::Other(names) if names.is_empty() || names.iter().any(|other| other == name) => AddressMode::Other,
        _ => AddressMode::Preferred,
    };
    let mut open_options = OpenOptions::new(host, interfaces.0);
    open_options.layout_hash = interfaces.1;
    open_options.parents = &parents;
    open_options.records = records.as_ref();
    open_options.address = address;
    open_options.verify = match options.verify {
        VerifyMode::Auto => tintype_image::VerifyMode::Auto,
        VerifyMode::Always => tintype_image::VerifyMode::Always,
        VerifyMode::Never => tintype_image::VerifyMode::Never,
    };
    let image = open(path, &open_options).map_err(|error| wrong(path, error))?;
    if options.verbose {
        report_selection(path, &image, host);
    }
    Ok(image)
}

fn report_selection(path: &Path, image: &LoadedImage, host: &Host) {
    let selection = image.selection();
    let targets = &image.header().targets;
    eprintln!(
        "{}: target {} ({}) of {}: {}",
        path.display(),
        selection.index,
        targets[selection.index],
        targets.len(),
        selection.reason
    );
    for verdict in image.explain_selection(host) {
        eprintln!("  {verdict}");
    }
}

fn register(image: &LoadedImage, heap: &Heap) {
    if let Some(segment) = image.heap() {
        heap.register_image(ImageRange { base: segment.base as usize, len: segment.length as usize });
    }
}

fn apply_patches(path: &Path, parent: &LoadedImage, child: &LoadedImage) -> Result<(), StartError> {
    let Some(bytes) = child.meta(PATCHES_META).map_err(|error| wrong(path, error))? else { return Ok(()) };
    let (Some(below), Some(own)) = (parent.heap(), child.heap()) else { return Ok(()) };
    let patches = patches::decode(&bytes, below.length, own.length);
    let patches =
        patches.ok_or_else(|| wrong(path, "section `patches`: expected words of the parent's heap, found others"))?;
    // SAFETY: both segments are mapped for the life of the process, `decode` has checked every place against their
    // lengths, and no context runs on them yet.
    unsafe { patches::apply(&patches, below.base, own.base) };
    Ok(())
}
