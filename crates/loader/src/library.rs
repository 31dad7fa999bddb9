//! An image as the dynamic loader maps it.
//!
//! The dynamic loader knows a file by its inode and maps it once, however often it is opened. Each engine needs slots
//! and cells of its own, so a mapping is claimed by a word in it; who comes second gets a copy of the file in memory.

use std::ffi::{CStr, CString, c_int, c_void};
use std::fs::File;
use std::io::Seek;
use std::mem::ManuallyDrop;
use std::ops::Range;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::LoadError;

/// The exported symbol.
const ROOT_SYMBOL: &CStr = c"tintype_image";

/// What may be done with a mapped range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    Execute,
}

/// A mapped shared object.
#[derive(Debug)]
pub(crate) struct Library {
    handle: *mut c_void,
    root: usize,
    segments: Vec<(Range<usize>, Access)>,
    /// The copy that is mapped, if it is one. Kept open because the dynamic loader knows mappings by name, too, and the
    /// name of a copy is its descriptor's number, which must not be given to another while this is mapped: longer than
    /// this value lives.
    copy: Option<ManuallyDrop<File>>,
}

impl Library {
    /// Maps the file at `path`.
    pub(crate) fn open(path: &Path) -> Result<Self, LoadError> {
        // A name without a slash would be searched for in the system's directories.
        let with_slash = if path.components().count() == 1 { Path::new(".").join(path) } else { path.to_owned() };
        let name = CString::new(with_slash.as_os_str().as_bytes())
            .map_err(|_| LoadError::Library("the path contains a zero byte".to_owned()))?;
        // SAFETY: the name is a C string. Images have no initialisers and import nothing, so mapping one runs nothing;
        // the caller has checked that the file is an image, which is trusted as an executable is.
        let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
        if handle.is_null() {
            return Err(LoadError::Library(last_message()));
        }
        // SAFETY: the handle was just opened and the symbol is a C string.
        let root = unsafe { libc::dlsym(handle, ROOT_SYMBOL.as_ptr()) } as usize;
        let library = Self { handle, root, segments: segments_around(root), copy: None };
        if root == 0 || library.segments.is_empty() {
            library.close();
            return Err(LoadError::Library("it exports no `tintype_image`".to_owned()));
        }
        Ok(library)
    }

    /// Maps a copy of an open file.
    pub(crate) fn open_copy(file: &File) -> Result<Self, LoadError> {
        // SAFETY: the name is a C string.
        let fd = unsafe { libc::memfd_create(c"tintype-image".as_ptr(), libc::MFD_CLOEXEC) };
        if fd < 0 {
            return Err(LoadError::memory("make a copy of the image"));
        }
        // SAFETY: the descriptor was just opened and belongs to nothing else.
        let mut copy = unsafe { File::from_raw_fd(fd) };
        // The position is shared by whoever uses this open file; the reader reads at offsets only.
        let mut source = file;
        source
            .rewind()
            .and_then(|()| std::io::copy(&mut source, &mut copy))
            .map_err(|error| LoadError::Memory { action: "make a copy of the image", error })?;
        let library = Self::open(Path::new(&format!("/proc/self/fd/{}", copy.as_raw_fd())))?;
        Ok(Self { copy: Some(ManuallyDrop::new(copy)), ..library })
    }

    /// Address of the root record.
    pub(crate) fn root(&self) -> usize {
        self.root
    }

    /// Whether `address..address + length` lies in one range with this access.
    pub(crate) fn contains(&self, address: usize, length: usize, access: Access) -> bool {
        self.segment(address, access).is_some_and(|segment| length <= segment.end - address)
    }

    /// The read-only memory from `address` to the end of its range.
    pub(crate) fn read_only(&self, address: usize) -> Option<&'static [u8]> {
        let segment = self.segment(address, Access::Read)?;
        // SAFETY: the dynamic loader mapped the range readable and not writable. It stays mapped: libraries are closed
        // only where loading failed, before anyone was given such a slice, or by `LoadedImage::unload`, whose caller
        // promises that none is left.
        Some(unsafe { std::slice::from_raw_parts(address as *const u8, segment.end - address) })
    }

    fn segment(&self, address: usize, access: Access) -> Option<&Range<usize>> {
        let found = self.segments.iter().find(|(range, found)| range.contains(&address) && *found == access);
        found.map(|(range, _)| range)
    }

    /// Gives the mapping back.
    pub(crate) fn close(self) {
        // SAFETY: the handle was opened by this value, which is consumed. See `read_only` for who may still refer to it.
        unsafe { libc::dlclose(self.handle) };
        drop(self.copy.map(ManuallyDrop::into_inner));
    }
}

/// What the dynamic loader says of its last failure.
fn last_message() -> String {
    // SAFETY: the function may be called at any time; its result is null or a C string that lasts until the next call.
    unsafe {
        let message = libc::dlerror();
        if message.is_null() {
            "no reason given".to_owned()
        } else {
            CStr::from_ptr(message).to_string_lossy().into_owned()
        }
    }
}

/// The mapped ranges of the object that contains `address`.
fn segments_around(address: usize) -> Vec<(Range<usize>, Access)> {
    struct Search {
        address: usize,
        found: Vec<(Range<usize>, Access)>,
    }

    unsafe extern "C" fn visit(info: *mut libc::dl_phdr_info, _size: usize, search: *mut c_void) -> c_int {
        // SAFETY: `dl_iterate_phdr` passes a valid description, whose headers are an array of the length it says, and
        // the pointer it was given, which is that of the `Search` below.
        let (info, search) = unsafe { (&*info, &mut *search.cast::<Search>()) };
        // SAFETY: as above.
        let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)) };
        let loaded = headers.iter().filter(|header| header.p_type == libc::PT_LOAD);
        let ranges = loaded.map(|header| {
            let start = (info.dlpi_addr as usize).wrapping_add(header.p_vaddr as usize);
            let access = match header.p_flags {
                flags if flags & libc::PF_X != 0 => Access::Execute,
                flags if flags & libc::PF_W != 0 => Access::Write,
                _ => Access::Read,
            };
            (start..start.saturating_add(header.p_memsz as usize), access)
        });
        if ranges.clone().any(|(range, _)| range.contains(&search.address)) {
            search.found = ranges.collect();
            return 1;
        }
        0
    }

    let mut search = Search { address, found: Vec::new() };
    // SAFETY: the callback is given the pointer to `search`, which outlives the call, and does not unwind.
    unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut search).cast()) };
    search.found
}
