//! Reserved address space from the operating system.
//!
//! A mapping is reserved without committing memory: pages come into being, zeroed, when first touched, and can be
//! given back. What lies where in it is the business of `arena` and `value_stack`.

use std::io;

/// A private anonymous mapping, unmapped on drop. Its memory is readable and writable and reads as zero until written.
pub(crate) struct Mapping {
    base: usize,
    len: usize,
    #[cfg(miri)]
    layout: std::alloc::Layout,
}

#[cfg(not(miri))]
impl Mapping {
    /// Reserves `len` bytes (rounded up to whole pages), at `address` exactly if given.
    pub(crate) fn reserve(len: usize, address: Option<usize>) -> io::Result<Mapping> {
        let len = len.next_multiple_of(4096);
        let fixed = if address.is_some() { libc::MAP_FIXED_NOREPLACE } else { 0 };
        // SAFETY: a new anonymous mapping touches no existing memory; MAP_FIXED_NOREPLACE fails where something is.
        let base = unsafe {
            libc::mmap(
                std::ptr::without_provenance_mut(address.unwrap_or(0)),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | fixed,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let mapping = Mapping { base: base.expose_provenance(), len };
        if address.is_some_and(|address| address != mapping.base) {
            // A kernel older than MAP_FIXED_NOREPLACE takes the address as a hint.
            return Err(io::Error::from_raw_os_error(libc::EEXIST));
        }
        Ok(mapping)
    }

    /// Gives the pages of `[start, start + len)`, addresses in this mapping, back; they read as zero afterwards.
    pub(crate) fn decommit(&self, start: usize, len: usize) {
        assert!(start >= self.base && start + len <= self.base + self.len);
        // SAFETY: the range lies in this mapping, and the caller says that its contents are no longer needed.
        let status = unsafe { libc::madvise(std::ptr::with_exposed_provenance_mut(start), len, libc::MADV_DONTNEED) };
        assert_eq!(status, 0, "MADV_DONTNEED on our own mapping {start:#x}+{len:#x}");
    }

    /// Asks for huge pages in the range, which lies in this mapping; the system may not have any.
    pub(crate) fn prefer_huge_pages(&self, start: usize, len: usize) {
        if len > 0 {
            assert!(start >= self.base && start + len <= self.base + self.len);
            // SAFETY: advice on our own mapping, without effect on contents. A refusal changes nothing, so it is ignored.
            unsafe { libc::madvise(std::ptr::with_exposed_provenance_mut(start), len, libc::MADV_HUGEPAGE) };
        }
    }
}

#[cfg(not(miri))]
impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and its owner, who is being dropped, is the only one to use it.
        unsafe { libc::munmap(std::ptr::with_exposed_provenance_mut(self.base), self.len) };
    }
}

#[cfg(miri)]
impl Mapping {
    /// Allocates `len` zero bytes; a given address cannot be honoured here.
    pub(crate) fn reserve(len: usize, address: Option<usize>) -> io::Result<Mapping> {
        if address.is_some() {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        let layout = std::alloc::Layout::from_size_align(len.next_multiple_of(65536), 65536).expect("a sane size");
        // SAFETY: the layout is not empty.
        let base = unsafe { std::alloc::alloc_zeroed(layout) };
        Ok(Mapping { base: base.expose_provenance(), len: layout.size(), layout })
    }

    /// Zeroes the range.
    pub(crate) fn decommit(&self, start: usize, len: usize) {
        assert!(start >= self.base && start + len <= self.base + self.len);
        // SAFETY: the range lies in this allocation.
        unsafe { std::ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(0, len) };
    }

    /// There are no pages here.
    pub(crate) fn prefer_huge_pages(&self, _start: usize, _len: usize) {}
}

#[cfg(miri)]
impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: allocated in `reserve` with this layout.
        unsafe { std::alloc::dealloc(std::ptr::with_exposed_provenance_mut(self.base), self.layout) };
    }
}

impl Mapping {
    /// The first address.
    pub(crate) fn base(&self) -> usize {
        self.base
    }
}
