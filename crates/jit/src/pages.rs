//! The memory of one batch, in two states: writable, then published. Code is never both writable and executable.
//!
//! A batch's pages lie together: code, then constant data, then written data (the object slots among it). Where a kind
//! leaves room in its last page, it begins at one of the cache lines of its first page, a different one for each batch:
//! caches choose where a line goes by its place in the page, and batches are often one small function.

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use cranelift_jit::{BranchProtection, JITMemoryKind, JITMemoryProvider};
use cranelift_module::ModuleResult;

use crate::space::{Arena, page_size};

/// Bytes of a cache line.
const LINE: usize = 64;

/// Bytes a batch needs of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sizes {
    pub(crate) code: usize,
    pub(crate) constant: usize,
    pub(crate) written: usize,
    /// The greatest alignment asked for.
    pub(crate) align: usize,
}

/// Pages that are being written; nothing in them can be executed.
pub(crate) struct WritablePages {
    pages: Pages,
    /// Address of the first byte of code.
    code: usize,
    cursors: Arc<Mutex<[Range<usize>; 3]>>,
}

/// Pages whose code can be called.
pub(crate) struct PublishedPages {
    pages: Pages,
}

struct Pages {
    arena: Arc<Arena>,
    address: usize,
    /// Whole pages of each kind.
    sizes: Sizes,
}

impl WritablePages {
    /// Takes pages for a batch.
    pub(crate) fn take(arena: &Arc<Arena>, sizes: Sizes) -> io::Result<Self> {
        let whole = |bytes: usize| bytes.next_multiple_of(page_size());
        let needed = [sizes.code.max(1), sizes.constant, sizes.written];
        let [code, constant, written] = needed.map(whole);
        let line = sizes.align.max(LINE);
        let sizes = Sizes { code, constant, written, ..sizes };
        let address = arena.take(sizes.total())?;
        let pages = Pages { arena: arena.clone(), address, sizes };
        let mut end = address;
        let cursors = needed.map(|bytes| {
            let start = end;
            end += whole(bytes);
            start + first_line(address, whole(bytes) - bytes, line)..end
        });
        let writable = Self { pages, code: cursors[0].start, cursors: Arc::new(Mutex::new(cursors)) };
        match protect(address, sizes.total(), libc::PROT_READ | libc::PROT_WRITE) {
            Ok(()) => Ok(writable),
            Err(error) => {
                writable.pages.release();
                Err(error)
            }
        }
    }

    /// What the linker allocates from.
    pub(crate) fn provider(&self) -> Box<dyn JITMemoryProvider + Send> {
        Box::new(Provider { cursors: self.cursors.clone() })
    }

    /// Address of the first byte of code.
    pub(crate) fn address(&self) -> usize {
        self.code
    }

    /// Makes the code executable and the constant data read-only; from here on only written data can be written.
    pub(crate) fn publish(self) -> io::Result<PublishedPages> {
        let Pages { address, sizes, .. } = self.pages;
        let protected = protect(address, sizes.code, libc::PROT_READ | libc::PROT_EXEC)
            .and_then(|()| protect(address + sizes.code, sizes.constant, libc::PROT_READ));
        match protected {
            Ok(()) => Ok(PublishedPages { pages: self.pages }),
            Err(error) => {
                self.pages.release();
                Err(error)
            }
        }
    }

    /// Gives the pages back.
    pub(crate) fn release(self) {
        self.pages.release();
    }
}

impl PublishedPages {
    /// Gives the pages back.
    ///
    /// # Safety
    /// No code of the batch may run or be called any more, and nothing may refer to its data.
    pub(crate) unsafe fn release(self) {
        self.pages.release();
    }
}

impl Sizes {
    fn total(self) -> usize {
        self.code + self.constant + self.written
    }
}

/// How many bytes of `room` a kind leaves before it begins: whole lines, which spread over batches by the pages they are
/// in (the multiplier is 2^64 over the golden ratio).
fn first_line(address: usize, room: usize, line: usize) -> usize {
    let spread = (address / page_size()).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    spread % (room / line + 1) * line
}

impl Pages {
    fn release(self) {
        let bytes = self.sizes.total();
        // Pages that cannot be made inaccessible are not handed out again.
        if protect(self.address, bytes, libc::PROT_NONE).is_ok() {
            // SAFETY: the range is this batch's own part of the arena's anonymous mapping; its content is not needed.
            unsafe { libc::madvise(self.address as *mut libc::c_void, bytes, libc::MADV_DONTNEED) };
            self.arena.give_back(self.address, bytes);
        }
    }
}

fn protect(address: usize, bytes: usize, protection: libc::c_int) -> io::Result<()> {
    if bytes == 0 {
        return Ok(());
    }
    // SAFETY: callers pass whole pages of the arena that one batch owns, so no other memory changes its protection.
    match unsafe { libc::mprotect(address as *mut libc::c_void, bytes, protection) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Hands out the pages of one batch to its linker. Protection is changed by [`WritablePages::publish`] alone.
struct Provider {
    cursors: Arc<Mutex<[Range<usize>; 3]>>,
}

impl JITMemoryProvider for Provider {
    fn allocate(&mut self, size: usize, align: u64, kind: JITMemoryKind) -> io::Result<*mut u8> {
        let mut cursors = self.cursors.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let cursor = match kind {
            JITMemoryKind::Executable => &mut cursors[0],
            JITMemoryKind::ReadOnly => &mut cursors[1],
            JITMemoryKind::Writable => &mut cursors[2],
        };
        let start = cursor.start.next_multiple_of(align as usize);
        if start + size > cursor.end {
            return Err(io::Error::new(io::ErrorKind::OutOfMemory, "a batch outgrew the size computed for it"));
        }
        cursor.start = start + size;
        Ok(start as *mut u8)
    }

    unsafe fn free_memory(&mut self) {}

    fn finalize(&mut self, _branch_protection: BranchProtection) -> ModuleResult<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_batches_begin_at_different_lines_of_their_pages() {
        let room = page_size() - 200;
        let mut begun = std::collections::BTreeMap::new();
        for page in 0..40 {
            let offset = first_line(0x7f00_0000_0000 + 2 * page * page_size(), room, LINE);
            assert!(offset.is_multiple_of(LINE) && offset <= room);
            *begun.entry(offset).or_insert(0) += 1;
        }
        // A cache keeps eight lines or more that have one place in their pages.
        assert!(begun.values().all(|&batches| batches <= 4), "{begun:?}");
        assert_eq!(first_line(0x7f00_0000_0000, LINE - 1, LINE), 0);
        assert_eq!(first_line(0x7f00_0000_0000, room, page_size()), 0);
    }
}
