//! The space: hands out cells and runs of blocks, sweeps lazily, and decides when a collection is due.
//!
//! A class's free cells are handed out in lists of about a page, so that sweeping, zeroing and first touching of
//! memory happen just before it is used. Each class sweeps its own blocks first and takes a new block when they are
//! exhausted; only new blocks make the heap larger, so only they can make a collection due.
//!
//! Marking is in `mark`, the order of a collection in `collect`.

use crate::arena::{Arena, BLOCK_BYTES, BlockKind, FIRST_PAYLOAD};
use crate::gc::FREE;
use crate::mark::{MarkStack, prefetch};
use crate::size_class::N_SIZE_CLASSES;
use std::ptr;

/// Without a size hint the heap takes this many bytes before it doubles with what is alive.
const DEFAULT_LIMIT: usize = 64 << 20;
/// Bytes in use at which the first collection finds out what is alive.
const FIRST_LIMIT: usize = 16 << 20;
/// Bytes of cells handed out at once.
const CHUNK_BYTES: usize = 1024;
/// A collection leaves at least this much room, in bytes, before the next one.
const MIN_HEADROOM: usize = 1 << 20;

/// A program with little alive collects each time it went through this much memory, which stays in the cache: 5
/// against 8.5 ns per 32-byte object of garbage on a machine with 2 MiB of second-level cache.
const CACHE_BYTES: usize = 8 << 20;

/// Why the space gave nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// The limit is reached: collect and ask again.
    CollectionDue,
    /// The reserved memory is used up.
    Exhausted,
}

/// A run of free blocks.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    len: u32,
}

#[derive(Clone, Copy, Default)]
struct ClassState {
    /// Block being handed out, plus one; zero if none.
    current: u32,
    /// First block to sweep next, plus one; linked through `BlockMeta::next`.
    unswept: u32,
}

/// All memory of a heap.
pub(crate) struct Space {
    pub(crate) arena: Arena,
    classes: [ClassState; N_SIZE_CLASSES],
    /// Free runs, ascending, never adjacent after a collection.
    free_runs: Vec<Run>,
    /// Blocks in use.
    used_blocks: usize,
    /// What the user asked the heap to stay within, in bytes.
    hint: Option<usize>,
    /// Blocks in use above which a collection is due.
    limit_blocks: usize,
    /// Payload and header bytes handed out since the heap was made.
    pub(crate) bytes_allocated: u64,
    /// Bytes of the objects that the last collection found alive.
    pub(crate) live_bytes: u64,
    /// Kept between collections to spare its allocation.
    pub(crate) mark_stack: MarkStack,
}

impl Space {
    pub(crate) fn new(arena: Arena, hint: Option<usize>) -> Space {
        Space {
            arena,
            classes: [ClassState::default(); N_SIZE_CLASSES],
            free_runs: Vec::new(),
            used_blocks: 0,
            hint,
            limit_blocks: hint.unwrap_or(DEFAULT_LIMIT).min(FIRST_LIMIT).div_ceil(BLOCK_BYTES),
            bytes_allocated: 0,
            live_bytes: 0,
            mark_stack: MarkStack::default(),
        }
    }

    /// A list of free zeroed cells of `class`, at most `max_cells` or about a page of them: the payload address of the
    /// first. With `may_collect` false the limit is ignored.
    pub(crate) fn refill(&mut self, class: usize, max_cells: usize, may_collect: bool) -> Result<*mut u8, Refusal> {
        loop {
            if self.classes[class].current == 0 {
                self.next_block(class, may_collect)?;
            }
            let block = self.classes[class].current - 1;
            if let Some(list) = self.take_cells(block, max_cells) {
                return Ok(list);
            }
            self.classes[class].current = 0;
        }
    }

    /// A large object's memory: `payload_bytes` zero bytes with a header of zero before them; the payload's address.
    pub(crate) fn alloc_large(&mut self, payload_bytes: usize, may_collect: bool) -> Result<*mut u8, Refusal> {
        // One byte more than the object, so that its end is an address within the run.
        let n = (FIRST_PAYLOAD + payload_bytes) / BLOCK_BYTES + 1;
        let n = u32::try_from(n).map_err(|_| Refusal::Exhausted)?;
        let head = self.take_run(n, may_collect)?;
        for distance in 0..n {
            if self.arena.meta(head + distance).dirty {
                let start = self.arena.block_addr(head + distance);
                let used = (FIRST_PAYLOAD + payload_bytes - distance as usize * BLOCK_BYTES).min(BLOCK_BYTES);
                // SAFETY: the block is free, so nothing refers to its memory.
                unsafe { ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(0, used) };
            }
            let meta = self.arena.meta_mut(head + distance);
            meta.dirty = true;
            meta.kind = if distance == 0 { BlockKind::LargeHead } else { BlockKind::LargeTail };
            meta.run = if distance == 0 { n } else { distance };
        }
        self.bytes_allocated += payload_bytes as u64 + 8;
        Ok(ptr::with_exposed_provenance_mut(self.arena.block_addr(head) + FIRST_PAYLOAD))
    }

    /// Makes a block of `class` current: one to sweep, else a new one.
    fn next_block(&mut self, class: usize, may_collect: bool) -> Result<(), Refusal> {
        let unswept = self.classes[class].unswept;
        if unswept != 0 {
            self.classes[class] = ClassState { current: unswept, unswept: self.arena.meta(unswept - 1).next };
            return Ok(());
        }
        let block = self.take_run(1, may_collect)?;
        self.arena.make_small(block, class);
        self.classes[class].current = block + 1;
        Ok(())
    }

    /// Takes `n` adjacent free blocks: single ones from the low end, runs from the high end, so that they do not cut
    /// each other up.
    fn take_run(&mut self, n: u32, may_collect: bool) -> Result<u32, Refusal> {
        if may_collect && self.used_blocks + n as usize > self.limit_blocks {
            return Err(Refusal::CollectionDue);
        }
        let found = if n == 1 {
            (!self.free_runs.is_empty()).then_some(0)
        } else {
            self.free_runs.iter().rposition(|run| run.len >= n)
        };
        let start = match found {
            Some(index) => self.cut_run(index, n),
            None => self.arena.take_untouched(n).ok_or(Refusal::Exhausted)?,
        };
        self.used_blocks += n as usize;
        Ok(start)
    }

    fn cut_run(&mut self, index: usize, n: u32) -> u32 {
        let run = &mut self.free_runs[index];
        run.len -= n;
        let start = if n == 1 { run.start } else { run.start + run.len };
        if n == 1 {
            run.start += 1;
        }
        if run.len == 0 {
            self.free_runs.remove(index);
        }
        start
    }

    /// Sweeps on in `block` until about a page of cells is free, at most `max_cells`; `None` at the block's end.
    fn take_cells(&mut self, block: u32, max_cells: usize) -> Option<*mut u8> {
        let meta = self.arena.meta(block);
        let (cell, n_cells, carved, dirty) = (meta.cell as usize, meta.n_cells, meta.carved, meta.dirty);
        let first = self.arena.block_addr(block) + FIRST_PAYLOAD;
        let marks = self.arena.block_marks(block);
        let granules = cell / 16;
        // The mark of a payload at 16 * (1 + n) bytes into the block is bit 1 + n.
        let is_marked = |cell: u16| {
            let bit = 1 + cell as usize * granules;
            marks[bit / 64] & (1 << (bit % 64)) != 0
        };
        let mut wanted = (CHUNK_BYTES / cell).clamp(1, max_cells);
        let mut list = CellList::default();
        let mut at = meta.sweep_cell;
        while at < n_cells && wanted > 0 {
            if at < carved && is_marked(at) {
                at += 1;
                continue;
            }
            let start = at;
            let end = (at as usize + wanted).min(n_cells as usize) as u16;
            while at < end.min(carved) && !is_marked(at) {
                at += 1;
            }
            if at >= carved {
                at = end;
            }
            let zero_until = if dirty { at } else { at.min(carved) };
            // SAFETY: the cells start..at lie in this block; none holds a live object: they are beyond the carved part,
            // or not marked by the last collection and not handed out since (they are at or above the sweep position).
            unsafe { list.add_cells(first, cell, start, at, zero_until) };
            wanted -= (at - start) as usize;
        }
        prefetch_range(first + at as usize * cell, CHUNK_BYTES);
        let meta = self.arena.meta_mut(block);
        meta.sweep_cell = at;
        meta.carved = meta.carved.max(at);
        self.bytes_allocated += (list.n * cell) as u64;
        (list.n > 0).then_some(list.head)
    }

    /// After marking: frees blocks and runs without a marked object, queues the others for sweeping, recomputes live
    /// bytes and limit. Weak references and side tables have been cleared by now.
    pub(crate) fn reclaim(&mut self) {
        self.classes = [ClassState::default(); N_SIZE_CLASSES];
        self.free_runs.clear();
        self.used_blocks = 0;
        let mut live_bytes = 0;
        let mut last_of_class = [0_u32; N_SIZE_CLASSES];
        let mut block = 0;
        while block < self.arena.n_touched {
            block += match self.arena.meta(block).kind {
                BlockKind::Free => {
                    self.add_free(block, 1);
                    1
                }
                BlockKind::Small => {
                    live_bytes += self.reclaim_small(block, &mut last_of_class);
                    1
                }
                BlockKind::LargeHead => self.reclaim_large(block, &mut live_bytes),
                BlockKind::LargeTail => unreachable!("block {block} is in a large run whose head is missing"),
            };
        }
        self.live_bytes = live_bytes as u64;
        self.set_limit(live_bytes);
        self.give_back();
    }

    /// Says how many blocks may be in use before the next collection, given what this one found alive.
    fn set_limit(&mut self, live_bytes: usize) {
        let blocks = |bytes: usize| self.used_blocks + bytes.div_ceil(BLOCK_BYTES);
        let growth = if self.hint.is_some() { live_bytes / 2 } else { live_bytes };
        let least = blocks(growth + MIN_HEADROOM);
        let most = blocks((8 * live_bytes).max(CACHE_BYTES));
        let bound = self.hint.unwrap_or(DEFAULT_LIMIT).div_ceil(BLOCK_BYTES);
        self.limit_blocks = bound.min(most).max(least);
    }

    /// Frees a small block without marks, else queues it; its live bytes.
    fn reclaim_small(&mut self, block: u32, last_of_class: &mut [u32; N_SIZE_CLASSES]) -> usize {
        let n_live: u32 = self.arena.block_marks(block).iter().map(|word| word.count_ones()).sum();
        let meta = self.arena.meta_mut(block);
        if n_live == 0 {
            meta.kind = BlockKind::Free;
            meta.dirty |= meta.carved > 0;
            self.add_free(block, 1);
            return 0;
        }
        let class = meta.class as usize;
        meta.sweep_cell = 0;
        meta.next = 0;
        let bytes = n_live as usize * meta.cell as usize;
        match std::mem::replace(&mut last_of_class[class], block + 1) {
            0 => self.classes[class].unswept = block + 1,
            last => self.arena.meta_mut(last - 1).next = block + 1,
        }
        self.used_blocks += 1;
        bytes
    }

    /// Frees a large run without a mark; the number of its blocks.
    fn reclaim_large(&mut self, head: u32, live_bytes: &mut usize) -> u32 {
        let n = self.arena.meta(head).run;
        if self.arena.is_marked(self.arena.block_addr(head) + FIRST_PAYLOAD) {
            self.used_blocks += n as usize;
            *live_bytes += n as usize * BLOCK_BYTES;
        } else {
            for block in head..head + n {
                self.arena.meta_mut(block).kind = BlockKind::Free;
            }
            self.add_free(head, n);
        }
        n
    }

    fn add_free(&mut self, start: u32, len: u32) {
        match self.free_runs.last_mut() {
            Some(last) if last.start + last.len == start => last.len += len,
            _ => self.free_runs.push(Run { start, len }),
        }
    }

    /// Returns the pages of free blocks to the system as far as blocks ever touched exceed the limit by a quarter,
    /// the highest ones first.
    fn give_back(&mut self) {
        let keep = self.limit_blocks + self.limit_blocks / 4;
        let mut excess = (self.arena.n_touched as usize).saturating_sub(keep);
        for run in self.free_runs.iter().rev() {
            if excess == 0 {
                break;
            }
            let n = run.len.min(excess as u32);
            excess -= n as usize;
            let start = run.start + run.len - n;
            if (start..start + n).any(|block| self.arena.meta(block).dirty) {
                self.arena.decommit(start, n);
            }
        }
    }

    /// Sweeps everything at once, so that every dead object is zeroed and its header says free. For stress mode.
    pub(crate) fn sweep_all(&mut self) {
        for block in 0..self.arena.n_touched {
            if self.arena.meta(block).kind != BlockKind::Small {
                continue;
            }
            let bytes_allocated = self.bytes_allocated;
            let carved = self.arena.meta(block).carved;
            while self.arena.meta(block).sweep_cell < carved && self.take_cells(block, usize::MAX).is_some() {}
            self.bytes_allocated = bytes_allocated;
            // The cells are free but in no list: sweeping the block again will find them.
            let meta = self.arena.meta_mut(block);
            meta.sweep_cell = 0;
        }
    }

    /// Calls `visit` with the payload address of every live object, in address order.
    pub(crate) fn for_each_object(&self, mut visit: impl FnMut(usize)) {
        for block in 0..self.arena.n_touched {
            let meta = self.arena.meta(block);
            let first = self.arena.block_addr(block) + FIRST_PAYLOAD;
            match meta.kind {
                BlockKind::Small => {
                    for cell in 0..meta.carved {
                        let address = first + cell as usize * meta.cell as usize;
                        if self.arena.cell_is_live(meta, cell, address) {
                            visit(address);
                        }
                    }
                }
                BlockKind::LargeHead => visit(first),
                BlockKind::Free | BlockKind::LargeTail => {}
            }
        }
    }
}

/// A list of free cells under construction, linked through the first payload word in address order.
struct CellList {
    head: *mut u8,
    last: *mut u8,
    n: usize,
}

impl Default for CellList {
    fn default() -> CellList {
        CellList { head: ptr::null_mut(), last: ptr::null_mut(), n: 0 }
    }
}

impl CellList {
    /// Appends the adjacent cells `start..end` of a block whose first payload is at `first`, zeroing those below
    /// `zero_until`.
    ///
    /// # Safety
    /// The cells lie in one block of the arena and hold no live object; those from `zero_until` on are zero already.
    unsafe fn add_cells(&mut self, first: usize, cell: usize, start: u16, end: u16, zero_until: u16) {
        let payload = |index: u16| ptr::with_exposed_provenance_mut::<u8>(first + index as usize * cell);
        if zero_until > start {
            // SAFETY: the bytes are those of cells that the caller vouches for; a cell begins 8 bytes before its payload.
            unsafe { payload(start).sub(8).write_bytes(0, (zero_until - start) as usize * cell) };
        }
        debug_assert!(start < end);
        let mut at = payload(start);
        let last = payload(end - 1);
        // SAFETY: headers and first payload words of cells that the caller vouches for; `self.last` was such a cell, too.
        unsafe {
            if self.last.is_null() {
                self.head = at;
            } else {
                self.last.cast::<*mut u8>().write(at);
            }
            while at != last {
                let next = at.add(cell);
                at.sub(8).cast::<u64>().write(FREE);
                at.cast::<*mut u8>().write(next);
                at = next;
            }
            last.sub(8).cast::<u64>().write(FREE);
        }
        self.last = last;
        self.n += (end - start) as usize;
    }
}

/// Starts fetching `len` bytes from `start` on into the cache: what will be swept next, while the program uses what was
/// swept last. Going on into memory beyond the block is harmless.
fn prefetch_range(start: usize, len: usize) {
    for at in (start..start + len).step_by(64) {
        prefetch(at);
    }
}
