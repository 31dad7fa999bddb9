//! What to make an image of.

use std::path::PathBuf;

use tintype_heap::{Bitmap, Segment};
use tintype_image::{CheckBounds, CompileOptions, ImageKind};
use tintype_ir::module::Module;
use tintype_target::TargetSpec;

/// An image that the new one refers to: what [`Header::as_parent`](tintype_image::Header::as_parent) of it says.
pub type ParentRef = tintype_image::ParentInfo;

/// Everything that goes into an image.
#[derive(Debug)]
pub struct EmitRequest {
    /// The code. It is trusted to be verified; [`EmitOptions::verify`] checks it all the same.
    pub module: Module,
    /// The CPU targets, the first being the default; all of one architecture.
    pub targets: Vec<TargetSpec>,
    /// The targets as the user wrote them; recorded for children that say `sysimage`.
    pub spec: String,
    /// What the image is. A system image carries the support functions.
    pub kind: ImageKind,
    /// Name of the package or program.
    pub name: String,
    /// The heap segment.
    pub heap: Option<HeapPart>,
    /// The images it refers to, in the order in which the heap segment's bitmaps number them.
    pub parents: Vec<ParentRef>,
    /// Named blobs. Each becomes a section of the file that is read on request.
    pub meta: Vec<(String, Vec<u8>)>,
    /// Hash of the layouts of metadata objects; loaders compare it.
    pub layout_hash: u64,
    /// How to go about it.
    pub options: EmitOptions,
}

/// A heap segment and what the code's slots hold of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeapPart {
    /// The address the segment was made for: its preferred address.
    pub base: u64,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// Addresses of its roots, in an order the loader's user knows.
    pub roots: Vec<u64>,
    /// Number of objects.
    pub n_objects: usize,
    /// A bit for each word that holds an address of this segment.
    pub own_pointers: Bitmap,
    /// For each parent, a bit for each word that holds an address in it.
    pub parent_pointers: Vec<Bitmap>,
    /// A bit for each word that is an object's header.
    pub object_starts: Bitmap,
    /// By number of the slot, the address of its object in this segment or a parent's; zero where it has none. Slots
    /// beyond the end have none.
    pub slot_addresses: Vec<u64>,
}

impl HeapPart {
    /// The part made of a built segment.
    #[must_use]
    pub fn new(segment: Segment, slot_addresses: Vec<u64>) -> Self {
        let Segment { base, bytes, roots, n_objects, own_pointers, parent_pointers, object_starts } = segment;
        Self { base, bytes, roots, n_objects, own_pointers, parent_pointers, object_starts, slot_addresses }
    }
}

/// How to emit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmitOptions {
    /// Number of threads, at least 1. The file does not depend on it.
    pub threads: usize,
    /// Number of shards; `None` lets the module decide.
    pub shards: Option<u32>,
    /// Optimisation level, 0 to 3.
    pub opt_level: u8,
    /// How the code was told to check bounds; recorded in the header.
    pub check_bounds: CheckBounds,
    /// How complete line tables are, 0 to 2; recorded in the header.
    pub debug_level: u8,
    /// Whether to verify the IR between passes, and the back end's IR; slow.
    pub verify: bool,
    /// The linker.
    pub linker: Linker,
    /// The image file.
    pub output: PathBuf,
    /// An archive of the object files the image is linked from.
    pub output_o: Option<PathBuf>,
}

/// Which linker to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Linker {
    /// Wild, in this process: needs nothing installed.
    #[default]
    Wild,
}

impl EmitOptions {
    /// Level 2 with half of the machine's threads.
    #[must_use]
    pub fn new(output: impl Into<PathBuf>) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, |n| (n.get() / 2).max(1));
        let CompileOptions { optimization_level, check_bounds, debug_level } = CompileOptions::default();
        Self {
            threads,
            shards: None,
            opt_level: optimization_level,
            check_bounds,
            debug_level,
            verify: cfg!(debug_assertions),
            linker: Linker::Wild,
            output: output.into(),
            output_o: None,
        }
    }

    pub(crate) fn compile_options(&self) -> CompileOptions {
        let Self { opt_level, check_bounds, debug_level, .. } = *self;
        CompileOptions { optimization_level: opt_level, check_bounds, debug_level }
    }
}
