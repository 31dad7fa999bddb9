//! All code of one target: where its pieces end up, and one position table for them all.
//!
//! Each target's code has an output section of its own. Its pieces, one from each shard, follow each other in it in the
//! order of the shards, each aligned; so where they lie is known before they are linked, and one table can describe them.
//! What the linker made of it is compared in the end.

use cranelift_object::object::{Object, ObjectSection};
use tintype_codegen::pc_table::PcTableBuilder;

use crate::EmitError;
use crate::tables::{PIECE_ALIGN, Piece};

/// The code of one target in the image.
pub(crate) struct CodeRange {
    /// The section it is in.
    pub(crate) section: String,
    /// A symbol at its start; `None` if there is no code.
    pub(crate) start: Option<String>,
    /// Bytes from its start to the end of its last function.
    pub(crate) length: u64,
    /// The position table.
    pub(crate) pc_table: Vec<u8>,
}

/// The name of the output section of a range.
pub(crate) fn section_name(range: usize) -> String {
    format!(".tintype.text.{range}")
}

impl CodeRange {
    /// The range made of these pieces, in the order in which they are linked.
    /// `symbol` makes a function's symbol of its name.
    pub(crate) fn of<'a>(
        range: usize,
        pieces: impl Iterator<Item = &'a Piece>,
        symbol: impl Fn(&str) -> String,
    ) -> Self {
        let mut table = PcTableBuilder::new();
        let (mut start, mut length) = (None, 0_u64);
        for piece in pieces.filter(|piece| piece.length != 0) {
            let base = length.next_multiple_of(PIECE_ALIGN);
            for function in &piece.functions {
                let offset = u32::try_from(base).expect("code has less than 4 GiB") + function.offset;
                table.add(offset, &function.code);
            }
            // The first function of the first piece begins the range.
            start = start.or_else(|| piece.functions.first().map(|function| symbol(&function.code.name)));
            length = base + u64::from(piece.length);
        }
        Self { section: section_name(range), start, length, pc_table: table.finish() }
    }
}

/// Compares the linked file with where the ranges were expected.
pub(crate) fn check_linked(file: &[u8], ranges: &[CodeRange]) -> Result<(), EmitError> {
    let elf = cranelift_object::object::File::parse(file)
        .map_err(|error| EmitError::Link(format!("the linker wrote no valid file: {error}")))?;
    for range in ranges.iter().filter(|range| range.length != 0) {
        let found = elf.section_by_name(&range.section).map_or(0, |section| section.size());
        // Linkers may fill the last piece up to the alignment.
        if found != range.length && found != range.length.next_multiple_of(PIECE_ALIGN) {
            let problem = format!("section `{}`: expected {} bytes, found {found}", range.section, range.length);
            return Err(EmitError::Link(problem));
        }
    }
    Ok(())
}
