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
//!                                                           80 → code records
//! ```
//!
//! A **code record** (24 bytes) describes all code of one target, which is one contiguous range, whatever the shards:
//! → its start, → its position table (`codegen::pc_table`), its length u32, the position table's length u32. There is
//! one for each target, and one more for the support functions if there are any. So a process that can unwind through
//! an image has touched a page or two of it.
//!
//! A **shard record** (16 bytes) is the number of the shard's first function (u32), how many follow from it on (u32),
//! and → the shard's table. Records are sorted, and cover all functions.
//!
//! A **table** says where the functions of a shard are, in one contiguous range for each target:
//!
//! ```text
//!  0 targets u32
//!  4 functions u32
//!  8 for each target (32 bytes):
//!      0 → start of its code             16 count u32: of functions, or of versions listed
//!      8 length of its code u32          20 numbers: offset in the table, of u32 each, ascending, less the shard's
//!     12 kind u32: 1 full, 2 partial        first; 0 where the kind is full
//!                                        24 positions: offset in the table, of u32 each, from the start of the code
//!                                        28 zero
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

use crate::object_file::{ObjectFile, SectionRole};

/// First bytes of the root record.
pub const ROOT_MAGIC: [u8; 8] = *b"TTROOT\0\x01";
/// Version of these tables.
pub const TABLE_VERSION: u32 = 1;
/// Bytes of the root record.
pub const ROOT_BYTES: usize = 88;
/// Bytes of a code record.
pub const CODE_RECORD_BYTES: usize = 24;
/// Bytes of a shard record.
pub const SHARD_RECORD_BYTES: usize = 16;
/// Bytes before the targets of a table, and of each target.
pub const TABLE_HEAD_BYTES: usize = 8;
/// See [`TABLE_HEAD_BYTES`].
pub const TABLE_TARGET_BYTES: usize = 32;
/// Position of a function without a body.
pub const ABSENT: u32 = u32::MAX;
/// Bytes of an entry cell.
pub const CELL_BYTES: usize = 24;
/// Alignment of the code of a target in a shard.
pub(crate) const PIECE_ALIGN: u64 = 64;

/// The code of one target in one object file: a piece of the target's code in the image.
pub(crate) struct Piece {
    /// Which of the image's code ranges it belongs to: the target, or the one behind them for the support functions.
    pub(crate) range: usize,
    /// Whether every function of the shard is listed, absent ones too.
    pub(crate) is_full: bool,
    /// Its functions, ascending.
    pub(crate) functions: Vec<PlacedFunction>,
    /// Bytes.
    pub(crate) length: u32,
}

/// A function in a piece.
pub(crate) struct PlacedFunction {
    /// Its number, less the shard's first.
    pub(crate) number: u32,
    pub(crate) code: CompiledFunction,
    /// Where it starts in the piece.
    pub(crate) offset: u32,
}

impl Piece {
    /// Lays out functions one behind the other.
    pub(crate) fn new(range: usize, is_full: bool, codes: impl IntoIterator<Item = (u32, CompiledFunction)>) -> Self {
        let mut length = 0;
        let place = |(number, code): (u32, CompiledFunction)| {
            let offset = length_aligned(length, code.align);
            length = offset + code.bytes.len() as u32;
            PlacedFunction { number, code, offset }
        };
        let functions = codes.into_iter().map(place).collect();
        Self { range, is_full, functions, length }
    }

    /// Adds the code and its symbols to an object file; references are still to be filled in.
    pub(crate) fn define(&self, object: &mut ObjectFile) {
        if self.length == 0 {
            return;
        }
        let mut text = Vec::with_capacity(self.length as usize);
        for function in &self.functions {
            text.resize(function.offset as usize, 0);
            text.extend_from_slice(&function.code.bytes);
        }
        let section = object.section(SectionRole::Code(self.range));
        object.set(section, text, PIECE_ALIGN);
        for PlacedFunction { code, offset, .. } in &self.functions {
            object.define(&code.name, section, u64::from(*offset), code.bytes.len() as u64, false);
        }
    }
}

fn length_aligned(length: u32, align: u32) -> u32 {
    length.next_multiple_of(align.max(1))
}

/// Writes the table of `n_functions` functions, whose code is in `pieces`, as the hidden symbol `name`.
pub(crate) fn write_table(object: &mut ObjectFile, name: &str, n_functions: u32, pieces: &[Piece]) {
    let mut table = vec![0; TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * pieces.len()];
    set_u32(&mut table, 0, pieces.len() as u32);
    set_u32(&mut table, 4, n_functions);
    for (index, piece) in pieces.iter().enumerate() {
        write_piece(&mut table, TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * index, n_functions, piece);
    }
    let section = object.section(SectionRole::ReadOnly);
    let offset = object.append(section, &table, 8);
    object.define(name, section, offset, table.len() as u64, false);
    for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.length != 0) {
        let field = offset + (TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * index) as u64;
        let code = object.section(SectionRole::Code(piece.range));
        object.relative_to_section(section, field, code, 0);
    }
}

fn write_piece(table: &mut Vec<u8>, entry: usize, n_functions: u32, piece: &Piece) {
    let (kind, count, numbers) = if piece.is_full {
        (1, n_functions, 0)
    } else {
        let numbers = table.len() as u32;
        piece.functions.iter().for_each(|function| table.extend(function.number.to_le_bytes()));
        (2, piece.functions.len() as u32, numbers)
    };
    let positions_at = table.len() as u32;
    let positions: Vec<u32> = if piece.is_full {
        let mut all = vec![ABSENT; n_functions as usize];
        piece.functions.iter().for_each(|function| all[function.number as usize] = function.offset);
        all
    } else {
        piece.functions.iter().map(|function| function.offset).collect()
    };
    positions.iter().for_each(|position| table.extend(position.to_le_bytes()));
    let fields = [piece.length, kind, count, numbers, positions_at];
    fields.into_iter().enumerate().for_each(|(index, field)| set_u32(table, entry + 8 + 4 * index, field));
}

fn set_u32(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}
