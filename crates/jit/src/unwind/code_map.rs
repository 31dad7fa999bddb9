//! Which ranges of addresses are compiled code, and the position table of each: JIT batches and image code alike.

use std::ops::Range;
use std::sync::{Arc, RwLock, RwLockReadGuard};

use tintype_codegen::pc_table::{PcTable, PcTableError};

/// The bytes of a position table.
#[derive(Clone)]
pub enum TableBytes {
    /// Owned by the map's users together.
    Shared(Arc<[u8]>),
    /// Mapped as long as the process lives.
    Mapped(&'static [u8]),
}

impl AsRef<[u8]> for TableBytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            TableBytes::Shared(bytes) => bytes,
            TableBytes::Mapped(bytes) => bytes,
        }
    }
}

/// All compiled code of an engine. A walk takes the read lock once; registration is rare.
#[derive(Default)]
pub struct CodeMap {
    /// By ascending start; no two overlap.
    ranges: RwLock<Vec<CodeRange>>,
}

struct CodeRange {
    addresses: Range<u64>,
    table: TableBytes,
}

/// A position in a registered range.
#[derive(Clone, Copy)]
pub struct CodePosition<'a> {
    /// The address the table's offsets count from.
    pub base: u64,
    /// The position's offset.
    pub offset: u32,
    /// The table.
    pub table: PcTable<'a>,
}

impl CodeMap {
    /// A map of no code.
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a range of code.
    ///
    /// # Errors
    /// When the bytes are not a table.
    ///
    /// # Panics
    /// When the range overlaps a registered one.
    pub fn register(&self, addresses: Range<u64>, table: TableBytes) -> Result<(), PcTableError> {
        PcTable::new(table.as_ref())?;
        let mut ranges = self.ranges.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let index = ranges.partition_point(|range| range.addresses.start < addresses.start);
        let free_before = index == 0 || ranges[index - 1].addresses.end <= addresses.start;
        let free_after = ranges.get(index).is_none_or(|range| addresses.end <= range.addresses.start);
        assert!(free_before && free_after, "code at {addresses:x?} overlaps registered code");
        ranges.insert(index, CodeRange { addresses, table });
        Ok(())
    }

    /// Removes the range that starts at `start`; returns whether there was one.
    pub fn unregister(&self, start: u64) -> bool {
        let mut ranges = self.ranges.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let found = ranges.iter().position(|range| range.addresses.start == start);
        found.map(|index| ranges.remove(index)).is_some()
    }

    /// Whether the address is in registered code.
    pub fn contains(&self, address: u64) -> bool {
        // The instruction at an address ends behind it, where a return address would be looked for.
        address.checked_add(1).is_some_and(|next| self.read().position(next).is_some())
    }

    pub(super) fn read(&self) -> CodeMapReader<'_> {
        CodeMapReader { ranges: self.ranges.read().unwrap_or_else(|poisoned| poisoned.into_inner()) }
    }
}

/// The map under its read lock.
pub(super) struct CodeMapReader<'a> {
    ranges: RwLockReadGuard<'a, Vec<CodeRange>>,
}

impl CodeMapReader<'_> {
    /// The position of a return address: the code is before it, so it may be the end of a range but not its start.
    pub(super) fn position(&self, address: u64) -> Option<CodePosition<'_>> {
        let index = self.ranges.partition_point(|range| range.addresses.start < address).checked_sub(1)?;
        let range = &self.ranges[index];
        if address > range.addresses.end {
            return None;
        }
        let base = range.addresses.start;
        let table = PcTable::new(range.table.as_ref()).ok()?;
        Some(CodePosition { base, offset: u32::try_from(address - base).ok()?, table })
    }
}

#[cfg(test)]
mod tests {
    use tintype_codegen::pc_table::PcTableBuilder;

    use super::*;

    #[test]
    fn ranges_are_found_until_they_are_removed() {
        let map = CodeMap::new();
        let table = TableBytes::Shared(PcTableBuilder::new().finish().into());
        for start in [0x3000, 0x1000, 0x2000] {
            map.register(start..start + 0x800, table.clone()).unwrap();
        }
        let found = [0xfff, 0x1000, 0x17ff, 0x1800, 0x2001, 0x37ff, 0x3800].map(|address| map.contains(address));
        assert_eq!(found, [false, true, true, false, true, true, false]);
        assert_eq!(map.read().position(0x1800).unwrap().offset, 0x800, "a call may be the last instruction");
        assert!(map.read().position(0x1000).is_none(), "nothing returns to the start");
        assert!(map.unregister(0x2000) && !map.unregister(0x2000));
        assert!(!map.contains(0x2001));
        assert!(map.register(0..1, TableBytes::Mapped(b"not a table")).is_err());
    }

    #[test]
    #[should_panic(expected = "overlaps")]
    fn overlapping_code_is_a_defect() {
        let map = CodeMap::new();
        let table = TableBytes::Shared(PcTableBuilder::new().finish().into());
        map.register(0x1000..0x2000, table.clone()).unwrap();
        let _ = map.register(0x1fff..0x3000, table);
    }
}
