//! Entry cells of code compiled by the JIT: dense arrays outside the heap, at addresses that never change.

use tintype_runtime::publication::EntryCell;

/// Cells per array.
const CHUNK: usize = 1024;

/// All cells.
#[derive(Default)]
pub(super) struct Cells {
    chunks: Vec<Box<[EntryCell]>>,
    used: usize,
}

impl Cells {
    /// A fresh cell: its number and its address, which is valid as long as the process.
    pub fn allocate(&mut self) -> (u32, *const EntryCell) {
        let index = self.used;
        if index == self.chunks.len() * CHUNK {
            self.chunks.push((0..CHUNK).map(|_| EntryCell::new()).collect());
        }
        self.used += 1;
        (index as u32, self.address(index as u32))
    }

    /// The address of a cell.
    pub fn address(&self, index: u32) -> *const EntryCell {
        let index = index as usize;
        &raw const self.chunks[index / CHUNK][index % CHUNK]
    }
}
