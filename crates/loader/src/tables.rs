//! The tables that are mapped with the code, read in place. `emit`'s module `tables` says what they look like.
//!
//! The file was trusted before it was mapped, so these checks are against disagreement of versions and defects; still
//! every number is compared with the bounds of the mapping before it is used, at the time it is used.

use std::ops::Range;

use tintype_image::Header;

use crate::LoadError;
use crate::library::{Access, Library};

/// Bytes of an entry cell.
pub const CELL_BYTES: usize = 24;

const ROOT_MAGIC: [u8; 8] = *b"TTROOT\0\x01";
const TABLE_VERSION: u32 = 1;
const ROOT_BYTES: usize = 88;
const CODE_RECORD_BYTES: usize = 24;
const SHARD_RECORD_BYTES: usize = 16;
const TABLE_HEAD_BYTES: usize = 8;
const TABLE_TARGET_BYTES: usize = 32;
const ABSENT: u32 = u32::MAX;
const FULL: u32 = 1;
const PARTIAL: u32 = 2;

/// The root record, checked: everything it refers to lies in the mapping.
#[derive(Debug)]
pub(crate) struct Root {
    /// Shard records.
    shards: &'static [u8],
    /// Code records.
    code: &'static [u8],
    /// Functions of the relocation slots.
    pub(crate) mv_functions: &'static [u8],
    /// Address of the object slots.
    pub(crate) slots: usize,
    /// Address of the state.
    pub(crate) state: usize,
    pub(crate) n_functions: u32,
    pub(crate) n_mv_slots: u32,
    /// Stubs and trampoline; 0 if there is no support table.
    pub(crate) n_support: u32,
    pub(crate) support: Option<Table>,
}

impl Root {
    /// Reads the root record and compares it with the header.
    pub(crate) fn read(library: &Library, header: &Header) -> Result<Self, LoadError> {
        let address = library.root();
        let bytes = library.read_only(address).filter(|bytes| bytes.len() >= ROOT_BYTES);
        let bytes = bytes.ok_or_else(|| invalid("root record", "it lies outside read-only memory"))?;
        if bytes[..8] != ROOT_MAGIC || u32_at(bytes, 8) != Some(TABLE_VERSION) {
            return Err(invalid("root record", format!("it begins with {:02x?}", &bytes[..12])));
        }
        let count = |index: usize| u32_at(bytes, 12 + 4 * index).unwrap_or(0);
        let counts = [
            ("shards", count(0), header.shard_count),
            ("functions", count(1), header.function_count),
            ("slots", count(2), header.slot_count),
            ("targets", count(4), header.targets.len() as u32),
        ];
        if let Some((what, found, expected)) = counts.into_iter().find(|(_, found, expected)| found != expected) {
            return Err(invalid("root record", format!("expected {expected} {what}, found {found}")));
        }
        let (n_shards, n_functions, n_slots, n_mv_slots, n_support) =
            (count(0), count(1), count(2), count(3), count(5));
        let target = |field: usize| address.wrapping_add(field).wrapping_add(i64_at(bytes, field) as usize);
        let array = |field: usize, name: &'static str, length: usize| {
            let memory = library.read_only(target(field)).and_then(|memory| memory.get(..length));
            // An empty array may lie at the end of a section.
            memory.or((length == 0).then_some(&[][..])).ok_or_else(|| invalid(name, "it lies outside read-only memory"))
        };
        let writable = |field: usize, name: &'static str, length: usize| {
            let start = target(field);
            let is_inside = start.is_multiple_of(8) && library.contains(start, length, Access::Write);
            is_inside.then_some(start).ok_or_else(|| invalid(name, "it lies outside writable memory"))
        };
        let state_bytes = state_layout(n_mv_slots, n_support, n_functions).total;
        let support = (n_support != 0).then(|| Table::at(library, target(72), 1, n_support)).transpose()?;
        Ok(Self {
            code: array(80, "code list", CODE_RECORD_BYTES * (header.targets.len() + usize::from(n_support != 0)))?,
            shards: array(40, "shard list", SHARD_RECORD_BYTES * n_shards as usize)?,
            mv_functions: array(64, "relocation slot list", 4 * n_mv_slots as usize)?,
            slots: writable(48, "slot array", 8 * n_slots as usize)?,
            state: writable(56, "state", state_bytes)?,
            n_functions,
            n_mv_slots,
            n_support,
            support,
        })
    }

    /// Where the parts of the state lie.
    pub(crate) fn layout(&self) -> StateLayout {
        state_layout(self.n_mv_slots, self.n_support, self.n_functions)
    }

    /// All code of a target, or of the support functions, which come behind the targets: its addresses and its position
    /// table. `None` where there is no code.
    pub(crate) fn code_range(&self, library: &Library, index: usize) -> Option<(Range<usize>, &'static [u8])> {
        let at = CODE_RECORD_BYTES * index;
        let record = self.code.get(at..at + CODE_RECORD_BYTES)?;
        let address = record.as_ptr() as usize;
        let start = address.wrapping_add(i64_at(record, 0) as usize);
        let table = address.wrapping_add(8).wrapping_add(i64_at(record, 8) as usize);
        let (length, table_length) = (u32_at(record, 16)? as usize, u32_at(record, 20)? as usize);
        let is_code = length != 0 && library.contains(start, length, Access::Execute);
        let table = library.read_only(table)?.get(..table_length)?;
        is_code.then(|| (start..start + length, table))
    }

    /// The shard with this function: its first function, and its table.
    pub(crate) fn shard_of(&self, library: &Library, function: u32, n_targets: usize) -> Option<(u32, Table)> {
        let (mut low, mut high) = (0, self.n_shards());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.shard_range(middle).start <= function { low = middle + 1 } else { high = middle }
        }
        let index = low.checked_sub(1)?;
        let functions = self.shard_range(index);
        if !functions.contains(&function) {
            return None;
        }
        Some((functions.start, self.shard_table(library, index, n_targets)?))
    }

    fn n_shards(&self) -> usize {
        self.shards.len() / SHARD_RECORD_BYTES
    }

    /// The numbers of a shard's functions.
    fn shard_range(&self, index: usize) -> Range<u32> {
        let word = |at: usize| u32_at(self.shards, SHARD_RECORD_BYTES * index + at).unwrap_or(0);
        word(0)..word(0).saturating_add(word(4))
    }

    /// The table of a shard.
    fn shard_table(&self, library: &Library, index: usize, n_targets: usize) -> Option<Table> {
        let field = SHARD_RECORD_BYTES * index + 8;
        let distance = i64_at(self.shards.get(..field + 8)?, field);
        let address = (self.shards.as_ptr() as usize).wrapping_add(field).wrapping_add(distance as usize);
        Table::at(library, address, n_targets, self.shard_range(index).len() as u32).ok()
    }
}

/// Offsets in the state.
pub(crate) struct StateLayout {
    pub(crate) mv_slots: usize,
    pub(crate) stubs: usize,
    pub(crate) cells: usize,
    total: usize,
}

fn state_layout(n_mv_slots: u32, n_support: u32, n_functions: u32) -> StateLayout {
    let stubs = 8 * (1 + n_mv_slots as usize);
    let cells = stubs + 8 * n_support.saturating_sub(1) as usize;
    StateLayout { mv_slots: 8, stubs, cells, total: cells + CELL_BYTES * n_functions as usize }
}

/// The table of a shard, or of the support functions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// From the table's start to the end of the mapped range.
    bytes: &'static [u8],
    n_functions: u32,
}

impl Table {
    fn at(library: &Library, address: usize, n_targets: usize, n_functions: u32) -> Result<Self, LoadError> {
        let head = TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * n_targets;
        let bytes = library.read_only(address).filter(|bytes| bytes.len() >= head);
        let bytes = bytes.ok_or_else(|| invalid("function table", "it lies outside read-only memory"))?;
        let found = (u32_at(bytes, 0), u32_at(bytes, 4));
        if found != (Some(n_targets as u32), Some(n_functions)) {
            let problem = format!("expected {n_targets} targets and {n_functions} functions, found {found:?}");
            return Err(invalid("function table", problem));
        }
        Ok(Self { bytes, n_functions })
    }

    /// The code of a target, if the table has as many.
    pub(crate) fn target(&self, library: &Library, target: usize) -> Option<TargetCode> {
        let entry = TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * target;
        let fields = self.bytes.get(entry..entry + TABLE_TARGET_BYTES)?;
        let word = |at: usize| u32_at(fields, at).unwrap_or(0);
        let start = (fields.as_ptr() as usize).wrapping_add(i64_at(fields, 0) as usize);
        let length = word(8) as usize;
        if length != 0 && !library.contains(start, length, Access::Execute) {
            return None;
        }
        let count = word(16) as usize;
        let array = |at: usize| self.bytes.get(word(at) as usize..)?.get(..4 * count);
        let numbers = match word(12) {
            FULL if count == self.n_functions as usize => None,
            PARTIAL => Some(array(20)?),
            _ => return None,
        };
        Some(TargetCode { start, length, numbers, positions: array(24)? })
    }
}

/// The code of one target in one shard.
pub(crate) struct TargetCode {
    start: usize,
    length: usize,
    /// Numbers of the versions, less the shard's first; `None` where every function has a position.
    numbers: Option<&'static [u8]>,
    positions: &'static [u8],
}

impl TargetCode {
    /// The address of a function by its number less the shard's first.
    pub(crate) fn address(&self, number: u32) -> Option<usize> {
        let index = match self.numbers {
            None => number as usize,
            Some(numbers) => bisect(numbers, number)?,
        };
        let position = u32_at(self.positions, index.checked_mul(4)?)?;
        (position != ABSENT && (position as usize) < self.length).then(|| self.start + position as usize)
    }
}

/// The index of `wanted` in an ascending array.
fn bisect(numbers: &[u8], wanted: u32) -> Option<usize> {
    let (mut low, mut high) = (0, numbers.len() / 4);
    while low < high {
        let middle = low + (high - low) / 2;
        if u32_at(numbers, 4 * middle)? < wanted { low = middle + 1 } else { high = middle }
    }
    (u32_at(numbers, 4 * low)? == wanted).then_some(low)
}

fn invalid(table: &'static str, problem: impl Into<String>) -> LoadError {
    LoadError::Tables { table, problem: problem.into() }
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The callers have checked the bounds; what lies outside reads as zero.
fn i64_at(bytes: &[u8], at: usize) -> i64 {
    bytes.get(at..at + 8).and_then(|field| field.try_into().ok()).map_or(0, i64::from_le_bytes)
}
