//! The image file: its container format, writing it whole or not at all, reading and verifying it.
//!
//! An image is an ELF shared object. Besides code and tables, which a dynamic loader maps, it has sections that are
//! not mapped by it: the [`Header`], the heap segment, the [`Relocations`] of that segment, and named blobs of
//! metadata. A builder encodes a header, links, and [`seals`](seal) the file, which computes its length, build id and
//! checksums; [`write_atomic`] puts it in place. A [`Reader`] opens it by reading the section table and the header,
//! never the whole; [`verify`] compares the whole with its checksum.
//!
//! This crate never compiles and never runs code, and everything it reads may be damaged: no bytes make it panic.

#![forbid(unsafe_code)]

mod address;
mod codec;
mod elf;
mod error;
mod header;
mod lock;
mod read_at;
mod reader;
mod record;
mod relocations;
mod seal;
mod verify;
mod write;

#[cfg(test)]
mod container_tests;
#[cfg(test)]
mod test_elf;

pub use address::{ADDRESS_RANGE, SLOT_BYTES, preferred_base, preferred_base_avoiding};
pub use elf::{ElfSections, Machine, Section};
pub use error::ImageError;
pub use header::{
    CheckBounds, CompileOptions, FORMAT_VERSION, Header, HeapInfo, ImageKind, MAGIC, ParentInfo, SlotAddressing,
    heap_alignment, host_triple, triple_of,
};
pub use lock::BuildLock;
pub use read_at::ReadAt;
pub use reader::{FileIdentity, HEADER_SECTION, HEAP_SECTION, META_SECTION_PREFIX, RELOC_SECTION, Reader};
pub use record::VerifiedRecords;
pub use relocations::Relocations;
pub use seal::{Seal, seal};
pub use verify::{Verification, VerifyMode, checksum, verify};
pub use write::write_atomic;
