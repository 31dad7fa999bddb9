//! The table that tells, for a position in a range of machine code, what an unwinder and a backtrace need to know.
//!
//! It is plain bytes: position independent, sorted, searched in place by bisection, with no work when it is loaded. All
//! numbers are little-endian `u32`; code offsets count from the start of the range. A header is followed by six arrays:
//!
//! | array | entry |
//! |---|---|
//! | functions | start, end, name (offset and length in the strings) |
//! | call sites | return offset, frame offset, handler or none, index of the function |
//! | lines | code offset, scope or none, up to the next entry |
//! | scopes | function name, file name, line, scope of the inlined call or none |
//! | traps | code offset, reason |
//! | strings | bytes |
//!
//! Reading never panics: an index out of range in a damaged table reads as "unknown". Walking the stack is not done here.

mod builder;
mod read;

pub use builder::PcTableBuilder;
pub use read::{PcTable, PcTableError, ScopeInfo, Site};

const MAGIC: u32 = u32::from_le_bytes(*b"tpc1");
/// Marks an absent handler or scope.
const NONE: u32 = u32::MAX;
/// Words of the header: magic, then the length of each array (strings in bytes).
const HEADER_WORDS: usize = 7;
/// Words per entry of functions, call sites, lines, scopes and traps.
const ENTRY_WORDS: [usize; 5] = [4, 4, 2, 6, 2];
