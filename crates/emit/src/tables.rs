//! The tables of an image that are mapped with its code: written here, read by the loader.
//!
//! All numbers are little-endian. An address is stored as the distance from the field that holds it (`i64`, written
//! `→`), so that nothing needs to be relocated at load. The exported symbol `tintype_image` is the **root record**:
//!
//! ```text
//!  0 magic "TTROOT\0\1"       20 slots u32                  40 → shard records
//!  8 version u32              24 relocation slots u32       48 → object slots: u64 each, absolute addresses
//! 12 shards u32               28 targets u32                56 → state
//! 16 functions u32            32 support functions u32      64 → functions of the relocation slots: u32 each
//!                             36 zero                       72 → support table, or 0
//! ```
//!
//! A **shard record** (16 bytes) is the number of the shard's first function (u32), how many follow from it on (u32),
//! and → the shard's table. Records are sorted, and cover all functions.
//!
//! A **table** describes machine code, one contiguous range for each target:
//!
//! ```text
//!  0 targets u32
//!  4 functions u32
//!  8 for each target (40 bytes):
//!      0 → start of its code             16 count u32: of functions, or of versions listed
//!      8 length of its code u32          20 numbers: offset in the table, of u32 each, ascending, less the shard's
//!     12 kind u32: 1 full, 2 partial        first; 0 where the kind is full
//!                                        24 positions: offset in the table, of u32 each, from the start of the code
//!                                        28 code position table: offset in the table; 32 its length u32; 36 zero
//! ```
//!
//! A full target has a position for each function of the shard, [`ABSENT`] for one without a body; a partial target
//! lists the versions it has. The **support table** has the same form, with one full target, whose entries are the
//! stubs in the order of the helpers' numbers and then the entry trampoline.
//!
//! The **state** is zero in the file. At 0 is a word that the loader claims, so that one mapping serves one engine;
//! from 8 on the relocation slots (u64 each), then the stub table (u64 for each stub, none if there is no support
//! table), then the entry cells, [`CELL_BYTES`] for each function.

use tintype_codegen::CompiledFunction;
use tintype_codegen::pc_table::PcTableBuilder;

use crate::object_file::{ObjectFile, SectionRole};

/// First bytes of the root record.
pub const ROOT_MAGIC: [u8; 8] = *b"TTROOT\0\x01";
/// Version of these tables.
pub const TABLE_VERSION: u32 = 1;
/// Bytes of the root record.
pub const ROOT_BYTES: usize = 80;
/// Bytes of a shard record.
pub const SHARD_RECORD_BYTES: usize = 16;
/// Bytes before the targets of a table, and of each target.
pub const TABLE_HEAD_BYTES: usize = 8;
/// See [`TABLE_HEAD_BYTES`].
pub const TABLE_TARGET_BYTES: usize = 40;
/// Position of a function without a body.
pub const ABSENT: u32 = u32::MAX;
/// Bytes of an entry cell.
pub const CELL_BYTES: usize = 24;

/// The code of one target in one object file.
pub(crate) struct TargetCode<'a> {
    /// Whether every function of the range is listed, absent ones too.
    pub(crate) is_full: bool,
    /// Number of each function, less the first of the range, and its code; ascending.
    pub(crate) versions: Vec<(u32, &'a CompiledFunction)>,
}

/// Where the functions of a target ended up in the text.
pub(crate) struct Placed {
    /// Start of the target's code in the section.
    pub(crate) start: u64,
    /// For each version, its offset from there.
    pub(crate) offsets: Vec<u32>,
}

/// Appends the code of each target to `text`, each a range that starts aligned.
pub(crate) fn place_code(text: &mut Vec<u8>, targets: &[TargetCode<'_>]) -> Vec<Placed> {
    let place_target = |target: &TargetCode<'_>| {
        align(text, 64);
        let start = text.len();
        let offsets = target.versions.iter().map(|(_, code)| {
            align(text, code.align as usize);
            let offset = (text.len() - start) as u32;
            text.extend_from_slice(&code.bytes);
            offset
        });
        Placed { start: start as u64, offsets: offsets.collect() }
    };
    targets.iter().map(place_target).collect()
}

/// Writes the table of `n_functions` functions, whose code `placed` says where it lies, as the hidden symbol `name`.
pub(crate) fn write_table(
    object: &mut ObjectFile,
    name: &str,
    n_functions: u32,
    targets: &[TargetCode<'_>],
    placed: &[Placed],
) {
    let mut table = vec![0; TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * targets.len()];
    set_u32(&mut table, 0, targets.len() as u32);
    set_u32(&mut table, 4, n_functions);
    for (index, (target, placed)) in targets.iter().zip(placed).enumerate() {
        let entry = TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * index;
        write_target(&mut table, entry, n_functions, target, placed);
    }
    let section = object.section(SectionRole::ReadOnly);
    let offset = object.append(section, &table, 8);
    object.define(name, section, offset, table.len() as u64, false);
    let text = object.section(SectionRole::Text);
    for (index, placed) in placed.iter().enumerate() {
        let field = offset + (TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * index) as u64;
        object.relative_to_section(section, field, text, placed.start);
    }
}

fn write_target(table: &mut Vec<u8>, entry: usize, n_functions: u32, target: &TargetCode<'_>, placed: &Placed) {
    let mut pc_table = PcTableBuilder::new();
    for ((_, code), offset) in target.versions.iter().zip(&placed.offsets) {
        pc_table.add(*offset, code);
    }
    let code_bytes = target.versions.last().map_or(0, |(_, code)| code.bytes.len() as u32)
        + placed.offsets.last().copied().unwrap_or(0);
    let (kind, count, numbers) = if target.is_full {
        (1, n_functions, 0)
    } else {
        let numbers = table.len() as u32;
        target.versions.iter().for_each(|(number, _)| table.extend(number.to_le_bytes()));
        (2, target.versions.len() as u32, numbers)
    };
    let positions = table.len() as u32;
    if target.is_full {
        let mut all = vec![ABSENT; n_functions as usize];
        for ((number, _), offset) in target.versions.iter().zip(&placed.offsets) {
            all[*number as usize] = *offset;
        }
        all.iter().for_each(|position| table.extend(position.to_le_bytes()));
    } else {
        placed.offsets.iter().for_each(|position| table.extend(position.to_le_bytes()));
    }
    align(table, 8);
    let pc_table_at = table.len() as u32;
    table.extend(pc_table.finish());
    let pc_table_bytes = table.len() as u32 - pc_table_at;
    align(table, 8);
    let fields = [code_bytes, kind, count, numbers, positions, pc_table_at, pc_table_bytes];
    fields.into_iter().enumerate().for_each(|(index, field)| set_u32(table, entry + 8 + 4 * index, field));
}

fn align(bytes: &mut Vec<u8>, alignment: usize) {
    bytes.resize(bytes.len().next_multiple_of(alignment), 0);
}

fn set_u32(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}
