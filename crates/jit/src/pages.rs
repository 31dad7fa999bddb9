//! The memory of one batch, in two states: writable, then published. Code is never both writable and executable.
//!
//! A batch's pages lie together: code, then constant data, then written data (the object slots among it).

use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use cranelift_jit::{BranchProtection, JITMemoryKind, JITMemoryProvider};
use cranelift_module::ModuleResult;

use crate::space::{Arena, page_size};

/// Bytes a batch needs of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sizes {
    pub(crate) code: usize,
    pub(crate) constant: usize,
    pub(crate) written: usize,
}

/// Pages that are being written; nothing in them can be executed.
pub(crate) struct WritablePages {
    pages: Pages,
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
        let sizes =
            Sizes { code: whole(sizes.code.max(1)), constant: whole(sizes.constant), written: whole(sizes.written) };
        let address = arena.take(sizes.total())?;
        let pages = Pages { arena: arena.clone(), address, sizes };
        let (constant, written) = (address + sizes.code, address + sizes.code + sizes.constant);
        let cursors = [address..constant, constant..written, written..address + sizes.total()];
        let writable = Self { pages, cursors: Arc::new(Mutex::new(cursors)) };
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
        self.pages.address
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
