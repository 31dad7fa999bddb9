//! A loaded image: what a process asks of it.

use std::ops::Range;

use tintype_image::{Header, Reader, Verification};
use tintype_target::{Host, Selection, Verdict, explain, group_of};

use crate::LoadError;
use crate::heap_segment::unmap;
use crate::library::Library;
use crate::open::mv_function;
use crate::tables::{CELL_BYTES, Root};

/// A loaded image. Dropping it leaves everything mapped: compiled code and objects may be referred to from anywhere.
#[derive(Debug)]
pub struct LoadedImage {
    reader: Reader,
    library: Library,
    root: Root,
    selection: Selection,
    verification: Verification,
    heap: Option<HeapSegment>,
    /// The memory that holds the heap segment.
    heap_mapping: Range<usize>,
}

// SAFETY: the image is read-only but for slots, relocation slots and cells, which are handed out as raw pointers, whose users
// answer for their accesses; the handle of the dynamic loader may be used by any thread.
unsafe impl Send for LoadedImage {}
// SAFETY: as above.
unsafe impl Sync for LoadedImage {}

/// Where the heap segment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeapSegment {
    /// Its address.
    pub base: u64,
    /// Bytes.
    pub length: u64,
    /// Whether it lies elsewhere than preferred, and was relocated.
    pub is_displaced: bool,
}

/// Machine code of the image that can run in this process, with its position table.
#[derive(Clone, Debug)]
pub struct CodeRange {
    /// Addresses.
    pub addresses: Range<u64>,
    /// The table in the format of `codegen::pc_table`, in place; offsets count from the start of the range.
    pub pc_table: &'static [u8],
    /// The target the code was compiled for.
    pub target: usize,
}

/// The support functions of a system image.
#[derive(Clone, Debug)]
pub struct Support {
    /// The stub table that tasks point to: the address of each stub, by the number of its helper.
    pub stubs: &'static [u64],
    /// Address of the entry trampoline.
    pub entry_trampoline: u64,
    /// Their code.
    pub code: CodeRange,
}

impl LoadedImage {
    pub(crate) fn new(
        reader: Reader,
        library: Library,
        root: Root,
        selection: Selection,
        verification: Verification,
        heap: Option<(usize, usize, Range<usize>)>,
    ) -> Self {
        let preferred = reader.header().heap.as_ref().map(|heap| heap.preferred_base);
        let heap_mapping = heap.as_ref().map_or(0..0, |(.., mapping)| mapping.clone());
        let heap = heap.map(|(base, length, _)| HeapSegment {
            base: base as u64,
            length: length as u64,
            is_displaced: preferred != Some(base as u64),
        });
        Self { reader, library, root, selection, verification, heap, heap_mapping }
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        self.reader.header()
    }

    /// The open file, with its sections.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The target that was selected, and why.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// What became of each target on `host`, in order: for people.
    #[must_use]
    pub fn explain_selection(&self, host: &Host) -> Vec<Verdict> {
        explain(&self.header().targets, host)
    }

    /// How the file was found good.
    #[must_use]
    pub fn verification(&self) -> Verification {
        self.verification
    }

    /// The heap segment.
    #[must_use]
    pub fn heap(&self) -> Option<HeapSegment> {
        self.heap
    }

    /// The addresses of the heap segment's roots, in the order its builder gave them.
    pub fn roots(&self) -> impl ExactSizeIterator<Item = u64> {
        let roots = self.header().heap.as_ref().map_or(&[][..], |heap| &heap.roots);
        let base = self.heap.map_or(0, |heap| heap.base);
        roots.iter().map(move |offset| base + offset)
    }

    /// The address of a root by its position.
    #[must_use]
    pub fn root(&self, index: usize) -> Option<u64> {
        let offset = self.header().heap.as_ref()?.roots.get(index)?;
        Some(self.heap?.base + offset)
    }

    /// The address of a function by its number: of the version that runs under the selected target. `None` for one
    /// without a body, and beyond the last.
    #[must_use]
    pub fn function_address(&self, function: u32) -> Option<usize> {
        let selected = self.selection.index;
        let group = group_of(&self.header().targets, selected);
        self.version_address(function, selected).or_else(|| self.version_address(function, group))
    }

    /// The address of a function's version for a target, if it has one of its own.
    #[must_use]
    pub fn version_address(&self, function: u32, target: usize) -> Option<usize> {
        let n_targets = self.header().targets.len();
        let (first, table) = self.root.shard_of(&self.library, function, n_targets)?;
        table.target(&self.library, target)?.address(function - first)
    }

    /// Addresses of all functions by number, of the versions that run.
    #[must_use]
    pub fn merged_functions(&self) -> Vec<Option<usize>> {
        (0..self.header().function_count).map(|function| self.function_address(function)).collect()
    }

    /// The object slots: one word for each slot of the module, holding the object's address.
    #[must_use]
    pub fn slots(&self) -> *mut u64 {
        self.root.slots as *mut u64
    }

    /// The entry cells, of [`CELL_BYTES`] each, by function; zero until someone fills them.
    #[must_use]
    pub fn cells(&self) -> *mut u8 {
        (self.root.state + self.root.layout().cells) as *mut u8
    }

    /// Bytes of all entry cells.
    #[must_use]
    pub fn cells_length(&self) -> usize {
        CELL_BYTES * self.root.n_functions as usize
    }

    /// The relocation slots of multiversioned functions: the number of each one's function, and the word that holds the
    /// address of its version.
    pub fn mv_slots(&self) -> impl ExactSizeIterator<Item = (u32, *const u64)> {
        let words = self.root.state + self.root.layout().mv_slots;
        let count = self.root.n_mv_slots as usize;
        (0..count).map(move |slot| (mv_function(&self.root, slot), (words + 8 * slot) as *const u64))
    }

    /// The code that can run under the selected target, without the support functions: one range for the full target of
    /// its group, and one for the target itself if it is partial. This touches no page of code or position tables.
    pub fn code_ranges(&self) -> impl Iterator<Item = CodeRange> {
        let selected = self.selection.index;
        let group = group_of(&self.header().targets, selected);
        let runnable = std::iter::once(group).chain((selected != group).then_some(selected));
        runnable.filter_map(|target| self.code_range(target))
    }

    /// All code of a target, whether it can run here or not.
    #[must_use]
    pub fn code_range(&self, target: usize) -> Option<CodeRange> {
        if target >= self.header().targets.len() {
            return None;
        }
        self.range(target, target)
    }

    fn range(&self, index: usize, target: usize) -> Option<CodeRange> {
        let (addresses, pc_table) = self.root.code_range(&self.library, index)?;
        Some(CodeRange { addresses: addresses.start as u64..addresses.end as u64, pc_table, target })
    }

    /// The support functions, if the image carries them.
    #[must_use]
    pub fn support(&self) -> Option<Support> {
        let table = self.root.support?;
        let trampoline = table.target(&self.library, 0)?.address(self.n_stubs())?;
        let stubs = (self.root.state + self.root.layout().stubs) as *const u64;
        // SAFETY: `Root::read` has checked that the state lies in writable memory and is aligned; the stub table was filled
        // before the image was given to anyone, and is not written again.
        let stubs = unsafe { std::slice::from_raw_parts(stubs, self.n_stubs() as usize) };
        Some(Support { stubs, entry_trampoline: trampoline as u64, code: self.range(self.header().targets.len(), 0)? })
    }

    /// Reads a named blob from the file; `None` if there is none of this name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meta(&self, name: &str) -> Result<Option<Vec<u8>>, LoadError> {
        Ok(self.reader.metadata(name)?)
    }

    /// Unmaps the image.
    ///
    /// # Safety
    /// Nothing may refer to its code, tables, slots, cells or objects any more, and no thread may be in its code.
    pub unsafe fn unload(self) {
        self.library.close();
        // SAFETY: the mapping was made for this image, and the caller promises that nothing refers to it.
        unsafe { unmap(self.heap_mapping) };
    }

    fn n_stubs(&self) -> u32 {
        self.root.n_support.saturating_sub(1)
    }

    /// Fills the relocation slots with the versions that run.
    pub(crate) fn fill_mv_slots(&self) -> Result<(), LoadError> {
        for (function, word) in self.mv_slots() {
            let address = self.function_address(function).ok_or_else(|| LoadError::Tables {
                table: "relocation slot list",
                problem: format!("function {function} has no code"),
            })?;
            // SAFETY: `Root::read` has checked that the state lies in writable memory and is aligned; the image was not
            // given to anyone yet.
            unsafe { word.cast_mut().write(address as u64) };
        }
        Ok(())
    }

    /// Fills the stub table.
    pub(crate) fn fill_stub_table(&self) -> Result<(), LoadError> {
        let Some(table) = self.root.support else { return Ok(()) };
        let damaged = || LoadError::Tables { table: "support table", problem: "a function has no code".to_owned() };
        let code = table.target(&self.library, 0).ok_or_else(damaged)?;
        let stubs = (self.root.state + self.root.layout().stubs) as *mut u64;
        for index in 0..self.n_stubs() {
            let address = code.address(index).ok_or_else(damaged)?;
            // SAFETY: as in `fill_mv_slots`; the table has a word for each stub.
            unsafe { stubs.add(index as usize).write(address as u64) };
        }
        code.address(self.n_stubs()).map(|_| ()).ok_or_else(damaged)
    }
}
