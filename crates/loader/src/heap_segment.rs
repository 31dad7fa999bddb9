//! Mapping the heap segment: at its preferred address, private to the process, with nothing read or written; or, where
//! that is taken, anywhere, read whole and relocated by the bitmaps.

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;

use tintype_heap::relocate;
use tintype_image::{HeapInfo, ParentInfo, Reader, Relocations, Section};

use crate::{AddressMode, LoadError};

/// A segment is moved to huge pages where it is relocated: then every page of it is written.
const HUGE_PAGE: usize = 2 << 20;

/// A mapped segment, unmapped when dropped unless it is kept.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// Address of the segment.
    pub(crate) base: usize,
    /// Bytes of the segment.
    pub(crate) length: usize,
    mapped: std::ops::Range<usize>,
}

/// Addresses that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Displacement {
    pub(crate) preferred: u64,
    pub(crate) length: u64,
    pub(crate) delta: i64,
}

impl Displacement {
    /// How far a parent's segment is from where the image expects it.
    pub(crate) fn of_parent(parent: &ParentInfo, actual: Option<u64>) -> Self {
        let delta = actual.map_or(0, |actual| actual.wrapping_sub(parent.preferred_base) as i64);
        Self { preferred: parent.preferred_base, length: parent.length, delta }
    }

    /// The address where `address` is now, if it is one of these.
    pub(crate) fn moved(&self, address: u64) -> Option<u64> {
        let is_inside = address.wrapping_sub(self.preferred) < self.length;
        is_inside.then(|| address.wrapping_add_signed(self.delta))
    }
}

impl Mapping {
    /// Maps a segment and makes all addresses in it right.
    pub(crate) fn new(
        reader: &Reader,
        info: &HeapInfo,
        section: Section,
        mode: AddressMode,
        parents: &[Displacement],
    ) -> Result<Self, LoadError> {
        let at_preferred = match mode {
            AddressMode::Preferred => Self::map_at_preferred(reader, info, section)?,
            AddressMode::Other => None,
        };
        let mut mapping = match at_preferred {
            Some(mapping) => mapping,
            None => Self::read_elsewhere(reader, info, section)?,
        };
        mapping.relocate(reader, info, parents)?;
        Ok(mapping)
    }

    /// Maps the file's pages at the preferred address; `None` if something else is there.
    fn map_at_preferred(reader: &Reader, info: &HeapInfo, section: Section) -> Result<Option<Self>, LoadError> {
        let (base, length) = (info.preferred_base as usize, info.length as usize);
        if length == 0 {
            return Ok(Some(Self { base, length, mapped: base..base }));
        }
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_FIXED_NOREPLACE | libc::MAP_NORESERVE;
        let (file, offset) = (reader.file().as_raw_fd(), section.offset as libc::off_t);
        // SAFETY: the flags forbid replacing an existing mapping, so no memory in use changes.
        let address = unsafe { libc::mmap(base as *mut _, length, protection, flags, file, offset) };
        if address == libc::MAP_FAILED {
            return match io::Error::last_os_error() {
                error if error.raw_os_error() == Some(libc::EEXIST) => Ok(None),
                error => Err(LoadError::Memory { action: "map the heap segment", error }),
            };
        }
        let mapping = Self { base: address as usize, length, mapped: address as usize..address as usize + length };
        // A kernel that does not know the flag takes the address as a wish.
        Ok((mapping.base == base).then_some(mapping))
    }

    /// Reads the segment to an address of the system's choice.
    fn read_elsewhere(reader: &Reader, info: &HeapInfo, section: Section) -> Result<Self, LoadError> {
        let length = info.length as usize;
        let reserved = length.max(1).next_multiple_of(HUGE_PAGE) + HUGE_PAGE;
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: an anonymous mapping at an address of the system's choice replaces nothing.
        let address = unsafe { libc::mmap(std::ptr::null_mut(), reserved, protection, flags, -1, 0) };
        if address == libc::MAP_FAILED {
            return Err(LoadError::memory("reserve memory for the heap segment"));
        }
        let mapped = address as usize..address as usize + reserved;
        let mut mapping = Self { base: mapped.start.next_multiple_of(HUGE_PAGE), length, mapped };
        // SAFETY: the range was just mapped for this. That the advice is refused is no error.
        unsafe { libc::madvise(mapping.base as *mut _, length, libc::MADV_HUGEPAGE) };
        let read = reader.file().read_exact_at(mapping.bytes(), section.offset);
        read.map_err(|error| LoadError::Memory { action: "read the heap segment", error })?;
        Ok(mapping)
    }

    /// Adds to every address in the segment how far what it points to has moved. Where nothing has, nothing is touched.
    fn relocate(&mut self, reader: &Reader, info: &HeapInfo, parents: &[Displacement]) -> Result<(), LoadError> {
        let own = self.displacement(info);
        if own.delta == 0 && parents.iter().all(|parent| parent.delta == 0) {
            return Ok(());
        }
        let relocations: Relocations = reader.relocations()?;
        let bitmaps = std::iter::once(relocations.own()).chain(relocations.parents());
        let deltas = std::iter::once(&own).chain(parents);
        for (bitmap, displacement) in bitmaps.zip(deltas).filter(|(_, displacement)| displacement.delta != 0) {
            relocate(self.bytes(), &bitmap, displacement.delta);
        }
        Ok(())
    }

    /// How far the segment itself has moved.
    pub(crate) fn displacement(&self, info: &HeapInfo) -> Displacement {
        let delta = (self.base as u64).wrapping_sub(info.preferred_base) as i64;
        Displacement { preferred: info.preferred_base, length: info.length, delta }
    }

    fn bytes(&mut self) -> &mut [u8] {
        if self.length == 0 {
            return &mut [];
        }
        // SAFETY: the range is mapped readable and writable for this value, and nobody else knows of it before loading
        // is done.
        unsafe { std::slice::from_raw_parts_mut(self.base as *mut u8, self.length) }
    }

    /// Leaves the memory mapped; returns the mapped range.
    pub(crate) fn keep(self) -> std::ops::Range<usize> {
        let mapped = self.mapped.clone();
        std::mem::forget(self);
        mapped
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the range was mapped by this value and was given to nobody.
        unsafe { unmap(self.mapped.clone()) };
    }
}

/// Unmaps a range.
///
/// # Safety
/// It must have been mapped here, and nothing may refer to it any more.
pub(crate) unsafe fn unmap(mapped: std::ops::Range<usize>) {
    if !mapped.is_empty() {
        // SAFETY: the caller's promise.
        unsafe { libc::munmap(mapped.start as *mut _, mapped.len()) };
    }
}
