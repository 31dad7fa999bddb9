//! The arena: blocks of 64 KiB, a side table that describes them, and a side bitmap of marks.
//!
//! One reservation holds blocks, marks (a bit per 16 bytes) and block table, so making a heap touches no page. A small
//! block is cut into cells of one size class; a large object takes a run of blocks. In both the first header is 8
//! bytes into the block and the first payload 16, so payloads are 16-byte aligned, and the address one past the end of
//! an object still belongs to its block.
//!
//! Whether a cell holds a live object is told apart without a bitmap of its own: cells below the block's sweep
//! position say it by their header, cells at or above it by the mark of the last collection.
//!
//! Choosing blocks and cells is `space`'s work.

use crate::gc::FREE;
use crate::mapping::Mapping;
use crate::size_class::CELL_BYTES;
use std::io;
use std::ptr;

/// Bytes of a block; blocks are aligned to it.
pub(crate) const BLOCK_BYTES: usize = 1 << BLOCK_SHIFT;
const BLOCK_SHIFT: usize = 16;
/// Bytes from a block's start to its first payload.
pub(crate) const FIRST_PAYLOAD: usize = 16;
/// Blocks at the arena's beginning that stay in small pages, so that a small program touches no more than it needs.
/// Beyond, huge pages save a tenth to a fifth of the time of programs that allocate much.
const SMALL_PAGED_BLOCKS: u32 = 64;
const MARK_WORDS: usize = BLOCK_BYTES / 16 / 64;

/// What a block is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum BlockKind {
    /// Not in use. Zero, so that a fresh block table says it.
    Free = 0,
    Small = 1,
    LargeHead = 2,
    LargeTail = 3,
}

/// The side-table entry of a block.
#[repr(C)]
pub(crate) struct BlockMeta {
    pub(crate) kind: BlockKind,
    /// Size class of a small block.
    pub(crate) class: u8,
    /// The block's memory may hold something else than zero where no cell was carved yet.
    pub(crate) dirty: bool,
    /// Number of cells of a small block.
    pub(crate) n_cells: u16,
    /// Cells below this one are swept: their header says whether they are free.
    pub(crate) sweep_cell: u16,
    /// Cells below this one were carved at some time.
    pub(crate) carved: u16,
    /// Bytes of a cell.
    pub(crate) cell: u32,
    /// `ceil(2^32 / cell)`.
    pub(crate) reciprocal: u32,
    /// Next block in the class's list of blocks to sweep, plus one; zero ends the list.
    pub(crate) next: u32,
    /// `LargeHead`: number of blocks of the run. `LargeTail`: distance to the head.
    pub(crate) run: u32,
}

/// The reserved memory and its side tables.
pub(crate) struct Arena {
    mapping: Mapping,
    base: usize,
    n_blocks: u32,
    /// Blocks below this one were used at some time.
    pub(crate) n_touched: u32,
    marks: *mut u64,
    metas: *mut BlockMeta,
}

// SAFETY: the pointers lead into the arena's own mapping, and all access goes through `&self`/`&mut self` of the one
// owner, `Space`, which is behind the heap's lock.
unsafe impl Send for Arena {}

impl Arena {
    /// Reserves room for at least `bytes` of blocks, the first of them at `address` if given (a multiple of 64 KiB).
    pub(crate) fn reserve(bytes: usize, address: Option<usize>) -> io::Result<Arena> {
        if address.is_some_and(|address| !address.is_multiple_of(BLOCK_BYTES)) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the heap's address is not a multiple of 64 KiB"));
        }
        let n_blocks = u32::try_from(bytes.div_ceil(BLOCK_BYTES).max(1))
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "the heap's reservation is too large"))?;
        let blocks = n_blocks as usize * BLOCK_BYTES;
        let marks = n_blocks as usize * MARK_WORDS * 8;
        let metas = n_blocks as usize * size_of::<BlockMeta>();
        let slack = if address.is_some() { 0 } else { BLOCK_BYTES };
        let mapping = Mapping::reserve(slack + blocks + marks + metas, address)?;
        let base = mapping.base().next_multiple_of(BLOCK_BYTES);
        Ok(Arena {
            base,
            n_blocks,
            n_touched: 0,
            marks: ptr::with_exposed_provenance_mut(base + blocks),
            metas: ptr::with_exposed_provenance_mut(base + blocks + marks),
            mapping,
        })
    }

    pub(crate) fn base(&self) -> usize {
        self.base
    }

    /// Bytes of blocks reserved.
    pub(crate) fn reserved_bytes(&self) -> usize {
        self.n_blocks as usize * BLOCK_BYTES
    }

    /// The marks, a bit per 16 bytes from the arena's base on.
    pub(crate) fn marks(&self) -> *mut u64 {
        self.marks
    }

    pub(crate) fn block_addr(&self, block: u32) -> usize {
        debug_assert!(block < self.n_blocks);
        self.base + ((block as usize) << BLOCK_SHIFT)
    }

    #[inline]
    pub(crate) fn meta(&self, block: u32) -> &BlockMeta {
        assert!(block < self.n_blocks);
        // SAFETY: the table has an entry for each reserved block, and zeroed memory is a valid `BlockMeta`.
        unsafe { &*self.metas.add(block as usize) }
    }

    #[inline]
    pub(crate) fn meta_mut(&mut self, block: u32) -> &mut BlockMeta {
        assert!(block < self.n_blocks);
        // SAFETY: as in `meta`; `&mut self` makes the reference unique.
        unsafe { &mut *self.metas.add(block as usize) }
    }

    /// The mark words of one block.
    pub(crate) fn block_marks(&self, block: u32) -> &[u64] {
        assert!(block < self.n_blocks);
        // SAFETY: the bitmap has MARK_WORDS words for each reserved block; only `&mut self` methods and the marker,
        // which runs while `Space` is mutably borrowed, write them.
        unsafe { std::slice::from_raw_parts(self.marks.add(block as usize * MARK_WORDS), MARK_WORDS) }
    }

    /// Clears all marks of the blocks used so far.
    pub(crate) fn clear_marks(&mut self) {
        // SAFETY: the bitmap covers all reserved blocks, and `n_touched` is at most their number.
        unsafe { self.marks.write_bytes(0, self.n_touched as usize * MARK_WORDS) };
    }

    /// Whether the object whose payload is at `address`, in the arena, was marked by the last collection.
    #[inline]
    pub(crate) fn is_marked(&self, address: usize) -> bool {
        let bit = (address - self.base) >> 4;
        debug_assert!(bit < self.n_blocks as usize * MARK_WORDS * 64);
        // SAFETY: the bitmap has a bit for every 16 bytes of the arena, and the address is in it.
        unsafe { *self.marks.add(bit / 64) & (1 << (bit % 64)) != 0 }
    }

    /// Whether `address` is in the arena's blocks.
    #[inline]
    pub(crate) fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.n_touched as usize * BLOCK_BYTES
    }

    /// Takes `n` blocks that were never used before; the first, or `None` if the reservation has no more.
    pub(crate) fn take_untouched(&mut self, n: u32) -> Option<u32> {
        let start = self.n_touched;
        if n > self.n_blocks - start {
            return None;
        }
        self.n_touched += n;
        if start <= SMALL_PAGED_BLOCKS && self.n_touched > SMALL_PAGED_BLOCKS {
            let len = (self.n_blocks - SMALL_PAGED_BLOCKS) as usize * BLOCK_BYTES;
            self.mapping.prefer_huge_pages(self.block_addr(SMALL_PAGED_BLOCKS), len);
        }
        Some(start)
    }

    /// Makes `block` a block of cells of `class`, all still to be carved.
    pub(crate) fn make_small(&mut self, block: u32, class: usize) {
        let cell = CELL_BYTES[class];
        let meta = self.meta_mut(block);
        debug_assert_eq!(meta.kind, BlockKind::Free);
        meta.kind = BlockKind::Small;
        meta.class = class as u8;
        meta.cell = cell;
        meta.reciprocal = ((1_u64 << 32).div_ceil(u64::from(cell))) as u32;
        meta.n_cells = ((BLOCK_BYTES - 8) / cell as usize) as u16;
        meta.sweep_cell = 0;
        meta.carved = 0;
        meta.next = 0;
    }

    /// Gives the pages of `n` blocks from `block` on back to the system.
    pub(crate) fn decommit(&mut self, block: u32, n: u32) {
        self.mapping.decommit(self.block_addr(block), n as usize * BLOCK_BYTES);
        for block in block..block + n {
            self.meta_mut(block).dirty = false;
        }
    }

    /// The payload address of the live object that `pointer` points into or one past the end of; `None` if `pointer`
    /// is anything else. Right between collections and until a collection clears the marks.
    pub(crate) fn find(&self, pointer: usize) -> Option<usize> {
        let offset = pointer.wrapping_sub(self.base);
        let block = offset >> BLOCK_SHIFT;
        if block >= self.n_touched as usize {
            return None;
        }
        let meta = self.meta(block as u32);
        match meta.kind {
            BlockKind::Free => None,
            BlockKind::Small => {
                let within = (offset & (BLOCK_BYTES - 1)).checked_sub(FIRST_PAYLOAD)?;
                // Exact: `within` is below 2^16, so the reciprocal's rounding adds less than 2^-16.
                let cell = (within as u64 * u64::from(meta.reciprocal)) >> 32;
                if cell >= u64::from(meta.n_cells) {
                    return None;
                }
                let address = self.block_addr(block as u32) + FIRST_PAYLOAD + cell as usize * meta.cell as usize;
                self.cell_is_live(meta, cell as u16, address).then_some(address)
            }
            BlockKind::LargeHead => self.large_payload(block as u32, pointer),
            BlockKind::LargeTail => self.large_payload(block as u32 - meta.run, pointer),
        }
    }

    /// Whether cell number `cell` of a small block, with its payload at `address`, holds a live object.
    pub(crate) fn cell_is_live(&self, meta: &BlockMeta, cell: u16, address: usize) -> bool {
        // SAFETY: the cell lies in a block of this arena, whose memory is readable; its header is 8 bytes before.
        let header = || unsafe { ptr::with_exposed_provenance::<u64>(address - 8).read() };
        (cell < meta.sweep_cell || self.is_marked(address)) && header() & FREE == 0
    }

    fn large_payload(&self, head: u32, pointer: usize) -> Option<usize> {
        let payload = self.block_addr(head) + FIRST_PAYLOAD;
        (pointer >= payload).then_some(payload)
    }
}
