//! The image header: what a loader must know before it maps anything.

use std::fmt;

use tintype_target::{Arch, TargetSpec};

/// The first bytes of the header section.
pub const MAGIC: [u8; 8] = *b"TINTYPE\0";

/// Version of everything in the file: container, tables, object layout, calling convention. Raised when any changes.
pub const FORMAT_VERSION: u32 = 1;

/// The header of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// What the image is.
    pub kind: ImageKind,
    /// Name of the package or program.
    pub name: String,
    /// The platform, as `x86_64-unknown-linux-gnu`.
    pub triple: String,
    /// The CPU targets its code was compiled for; never empty, all of one architecture.
    pub targets: Vec<TargetSpec>,
    /// The target spec as its user wrote it; what `sysimage` stands for in a child's.
    pub spec: String,
    /// Options that changed its code.
    pub options: CompileOptions,
    /// How its code finds objects.
    pub slot_addressing: SlotAddressing,
    /// Number of separately emitted pieces of code.
    pub shard_count: u32,
    /// Number of functions; function ids are below it.
    pub function_count: u32,
    /// Number of object slots.
    pub slot_count: u32,
    /// The heap segment, if the image has one.
    pub heap: Option<HeapInfo>,
    /// The images it refers to, in the order its relocations number them.
    pub parents: Vec<ParentInfo>,
    /// Hash of the run-time description its code was compiled against; must match exactly.
    pub abi_hash: u64,
    /// Hash of the layouts of metadata objects; must match exactly.
    pub layout_hash: u64,
    /// Identifies the content: a hash of the file. Zero until sealed.
    pub build_id: u128,
    /// Checksum of the file. Zero until sealed.
    pub file_checksum: u64,
    /// Length of the file in bytes. Zero until sealed.
    pub file_length: u64,
}

/// What an image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ImageKind {
    /// A base image: the whole world is inside.
    System = 1,
    /// A package or program: what it adds to its parents, with edges.
    Program = 2,
    /// An engine's cache: code only.
    Cache = 3,
    /// A context's values.
    Snapshot = 4,
}

/// How `--check-bounds` stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum CheckBounds {
    /// As each function says.
    #[default]
    Auto = 0,
    /// Always.
    Yes = 1,
    /// Never.
    No = 2,
}

/// Options that change generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CompileOptions {
    /// 0 to 3.
    pub optimization_level: u8,
    /// Bounds checks.
    pub check_bounds: CheckBounds,
    /// Whether line tables are complete, 0 to 2.
    pub debug_level: u8,
}

impl Default for CompileOptions {
    fn default() -> Self {
        Self { optimization_level: 2, check_bounds: CheckBounds::Auto, debug_level: 1 }
    }
}

impl CompileOptions {
    /// Whether code compiled with these options may serve a process that asks for `wanted`: bounds checks must be
    /// equal, the levels may be higher than asked for.
    #[must_use]
    pub fn serves(&self, wanted: &Self) -> bool {
        self.check_bounds == wanted.check_bounds
            && self.optimization_level >= wanted.optimization_level
            && self.debug_level >= wanted.debug_level
    }
}

/// How code finds the objects it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum SlotAddressing {
    /// Through words of the image's own data.
    #[default]
    Single = 0,
    /// Through the context.
    PerContext = 1,
}

/// The heap segment of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeapInfo {
    /// Address at which nothing needs to be relocated.
    pub preferred_base: u64,
    /// Bytes.
    pub length: u64,
    /// Number of objects.
    pub n_objects: u64,
    /// Offsets of root objects from the base, in the order the builder gave them.
    pub roots: Vec<u64>,
}

/// An image that another refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentInfo {
    /// Its name.
    pub name: String,
    /// Its content; must match exactly.
    pub build_id: u128,
    /// Preferred address of its heap segment, from which references into it were computed.
    pub preferred_base: u64,
    /// Bytes of its heap segment.
    pub length: u64,
}

impl Header {
    /// The architecture of the code: that of every target.
    #[must_use]
    pub fn arch(&self) -> Arch {
        self.targets[0].arch
    }

    /// What a child of this image records about it. An image without a heap segment has base and length 0.
    #[must_use]
    pub fn as_parent(&self) -> ParentInfo {
        let (preferred_base, length) = self.heap.as_ref().map_or((0, 0), |heap| (heap.preferred_base, heap.length));
        ParentInfo { name: self.name.clone(), build_id: self.build_id, preferred_base, length }
    }
}

/// The platform of an architecture, as a target triple.
#[must_use]
pub fn triple_of(arch: Arch) -> String {
    format!("{arch}-unknown-linux-gnu")
}

/// The platform this program runs on, or `None` where images are not made for it.
#[must_use]
pub fn host_triple() -> Option<String> {
    Arch::current().map(triple_of)
}

/// Alignment of a heap segment in the file: the largest page size of the architecture, so that it can be mapped.
#[must_use]
pub const fn heap_alignment(arch: Arch) -> u64 {
    match arch {
        Arch::X86_64 => 4096,
        Arch::Aarch64 => 65536,
    }
}

impl ImageKind {
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        [Self::System, Self::Program, Self::Cache, Self::Snapshot].into_iter().find(|kind| *kind as u8 == number)
    }
}

impl fmt::Display for ImageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "system image",
            Self::Program => "program image",
            Self::Cache => "engine cache",
            Self::Snapshot => "snapshot",
        })
    }
}
