//! The code space: one reserved range of addresses that every batch's memory is carved from.
//!
//! The range is smaller than the reach of a pc-relative reference, so that calls between batches are direct. Pages are
//! handed out first fit and taken back whole; nothing is written here.

use std::collections::BTreeMap;
use std::io;
use std::ptr;
use std::sync::{Arc, Mutex};

/// Sizes of a code space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeSpaceConfig {
    /// Bytes of address space to reserve, at most 2 GiB less a page; memory is used only as batches are defined.
    pub reserve_bytes: usize,
}

impl Default for CodeSpaceConfig {
    fn default() -> Self {
        Self { reserve_bytes: 1 << 30 }
    }
}

/// A reserved range of addresses for code. Cloning it makes another handle of the same space.
#[derive(Clone)]
pub struct CodeSpace {
    arena: Arc<Arena>,
}

impl CodeSpace {
    /// Reserves a range.
    ///
    /// # Errors
    /// When the size is out of bounds or the system has no such range left.
    pub fn new(config: CodeSpaceConfig) -> io::Result<Self> {
        let page = page_size();
        let size = config.reserve_bytes.next_multiple_of(page);
        if size == 0 || size >= 1 << 31 {
            let message = format!("code space of {} bytes: expected 1 byte to 2 GiB", config.reserve_bytes);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: an anonymous mapping at an address of the system's choice replaces nothing.
        let base = unsafe { libc::mmap(ptr::null_mut(), size, libc::PROT_NONE, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let free = Mutex::new(BTreeMap::from([(0, size)]));
        Ok(Self { arena: Arc::new(Arena { base: base as usize, size, free }) })
    }

    /// The reserved range.
    pub fn range(&self) -> std::ops::Range<u64> {
        self.arena.base as u64..(self.arena.base + self.arena.size) as u64
    }

    pub(crate) fn arena(&self) -> &Arc<Arena> {
        &self.arena
    }
}

/// The reserved range and which of its pages are free.
pub(crate) struct Arena {
    base: usize,
    size: usize,
    /// Length of each free piece by its offset; no two touch.
    free: Mutex<BTreeMap<usize, usize>>,
}

impl Arena {
    /// Takes whole pages; returns their address. They are inaccessible.
    pub(crate) fn take(&self, bytes: usize) -> io::Result<usize> {
        let mut free = self.free.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let Some((&offset, &length)) = free.iter().find(|(_, length)| **length >= bytes) else {
            let message = format!("the code space has no {bytes} bytes left");
            return Err(io::Error::new(io::ErrorKind::OutOfMemory, message));
        };
        free.remove(&offset);
        if length > bytes {
            free.insert(offset + bytes, length - bytes);
        }
        Ok(self.base + offset)
    }

    /// Gives pages back that [`take`](Self::take) returned; they are inaccessible again.
    pub(crate) fn give_back(&self, address: usize, bytes: usize) {
        let mut free = self.free.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut start = address - self.base;
        let mut length = bytes;
        if let Some(after) = free.remove(&(start + length)) {
            length += after;
        }
        let before = free.range(..start).next_back().map(|(&offset, &length)| (offset, length));
        if let Some((offset, before)) = before.filter(|(offset, before)| offset + before == start) {
            start = offset;
            length += before;
        }
        free.insert(start, length);
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: the range was mapped in `CodeSpace::new` and belongs to this arena alone. Every batch holds the arena
        // alive until it is released, and a batch that is dropped without that leaks its handle.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.size) };
    }
}

/// Bytes per page.
pub(crate) fn page_size() -> usize {
    // SAFETY: `sysconf` reads a constant of the system.
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).expect("the page size is positive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_return_to_one_piece() {
        let space = CodeSpace::new(CodeSpaceConfig { reserve_bytes: 16 * page_size() }).unwrap();
        let page = page_size();
        let a = space.arena().take(page).unwrap();
        let b = space.arena().take(2 * page).unwrap();
        let c = space.arena().take(13 * page).unwrap();
        assert!(space.arena().take(page).is_err());
        space.arena().give_back(a, page);
        space.arena().give_back(c, 13 * page);
        space.arena().give_back(b, 2 * page);
        assert_eq!(space.arena().take(16 * page).unwrap(), a);
    }

    #[test]
    fn sizes_out_of_reach_are_refused() {
        assert!(CodeSpace::new(CodeSpaceConfig { reserve_bytes: 1 << 31 }).is_err());
        assert!(CodeSpace::new(CodeSpaceConfig { reserve_bytes: 0 }).is_err());
    }
}
