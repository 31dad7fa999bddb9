//! The heap segment of an image: what its bitmaps count, and walking every object of it.

use std::path::{Path, PathBuf};

use tintype_heap::{ParentBytes, verify_segment};
use tintype_image::{ImageError, Reader};

use crate::failure::Failure;

/// What the bitmaps of a heap segment count.
pub struct Contents {
    /// Objects.
    pub objects: usize,
    /// Words that hold an address inside the segment.
    pub own_references: usize,
    /// Words that hold an address inside each parent's.
    pub parent_references: Vec<usize>,
}

/// What a verification looked at.
pub struct Verified {
    /// Bytes compared with the checksum.
    pub file_bytes: u64,
    /// Objects walked; `None` for an image without a heap segment.
    pub objects: Option<usize>,
    /// References followed.
    pub references: usize,
}

/// Counts what the bitmaps say.
pub fn contents(reader: &Reader) -> Result<Option<Contents>, ImageError> {
    if reader.header().heap.is_none() {
        return Ok(None);
    }
    let relocations = reader.relocations()?;
    Ok(Some(Contents {
        objects: relocations.object_starts().count_ones(),
        own_references: relocations.own().count_ones(),
        parent_references: relocations.parents().map(|bitmap| bitmap.count_ones()).collect(),
    }))
}

/// Walks every object of the heap segment through its type's layout. `parents` are the images its header names, in
/// that order.
pub fn verify(path: &Path, reader: &Reader, parents: &[(PathBuf, Reader)]) -> Result<Verified, Failure> {
    let mut verified = Verified { file_bytes: reader.header().file_length, objects: None, references: 0 };
    let Some(own) = Segment::read(reader).map_err(|error| Failure::at(path, error))? else { return Ok(verified) };
    let mut segments = Vec::new();
    for (path, parent) in parents {
        segments.extend(Segment::read(parent).map_err(|error| Failure::at(path, error))?);
    }
    let parents: Vec<ParentBytes<'_>> = segments.iter().map(Segment::as_parent).collect();
    let stats = verify_segment(&own.bytes, own.base, own.relocations.object_starts(), &parents)
        .map_err(|error| Failure::at(path, format_args!("heap segment: {error}")))?;
    let expected = reader.header().heap.as_ref().map_or(0, |heap| heap.n_objects);
    if stats.n_objects as u64 != expected {
        let problem = format_args!("heap segment: expected {expected} objects, found {}", stats.n_objects);
        return Err(Failure::at(path, problem));
    }
    verified.objects = Some(stats.n_objects);
    verified.references = stats.n_pointers;
    Ok(verified)
}

/// A heap segment in memory.
struct Segment {
    base: u64,
    bytes: Vec<u8>,
    relocations: tintype_image::Relocations,
}

impl Segment {
    fn read(reader: &Reader) -> Result<Option<Self>, ImageError> {
        let (Some(heap), Some(section)) = (&reader.header().heap, reader.heap_section()?) else { return Ok(None) };
        let (bytes, relocations) = (reader.read(section)?, reader.relocations()?);
        Ok(Some(Self { base: heap.preferred_base, bytes, relocations }))
    }

    fn as_parent(&self) -> ParentBytes<'_> {
        ParentBytes { base: self.base, bytes: &self.bytes, object_starts: self.relocations.object_starts() }
    }
}
