//! Reads a table in place.

use std::fmt;

use tintype_ir::instruction::TrapCode;

use super::{ENTRY_WORDS, HEADER_WORDS, MAGIC, NONE};

/// Why bytes are not a table. The file they come from is damaged or of another version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PcTableError {
    /// The bytes do not begin as a table of this version does.
    BadMagic,
    /// The header's counts need another length.
    BadLength {
        /// Bytes the counts need.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
}

impl fmt::Display for PcTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PcTableError::BadMagic => write!(f, "the code position table has another version or is damaged"),
            PcTableError::BadLength { expected, found } => {
                write!(f, "code position table: expected {expected} bytes, found {found}")
            }
        }
    }
}

impl std::error::Error for PcTableError {}

/// A table in memory. Copying it copies two words.
#[derive(Clone, Copy)]
pub struct PcTable<'a> {
    /// Functions, sites, lines, scopes, traps.
    arrays: [Array<'a>; 5],
    strings: &'a [u8],
}

/// What the table says of a call site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Index of the function in the range, in the order of addresses; see [`PcTable::function_name`].
    pub function: u32,
    /// Bytes from the frame pointer down to the stack pointer at the call.
    pub frame_offset: u32,
    /// Code offset of the handler of what the call throws.
    pub handler: Option<u32>,
}

/// A source position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeInfo<'a> {
    /// The function the line belongs to.
    pub function: &'a str,
    /// The file.
    pub file: &'a str,
    /// 1-based line.
    pub line: u32,
}

impl<'a> PcTable<'a> {
    /// The table in `bytes`; only the header is looked at.
    ///
    /// # Errors
    /// When the header is not this version's or its counts do not fit the length.
    pub fn new(bytes: &'a [u8]) -> Result<Self, PcTableError> {
        let header = Array { bytes: bytes.get(..4 * HEADER_WORDS).ok_or(PcTableError::BadMagic)?, words: 1 };
        let word = |index: usize| header.entry(index).map_or(0, |entry| entry.word(0));
        if word(0) != MAGIC {
            return Err(PcTableError::BadMagic);
        }
        let sizes: [u64; 5] = std::array::from_fn(|array| u64::from(word(array + 1)) * 4 * ENTRY_WORDS[array] as u64);
        let expected = 4 * HEADER_WORDS as u64 + sizes.iter().sum::<u64>() + u64::from(word(6));
        if expected != bytes.len() as u64 {
            return Err(PcTableError::BadLength { expected, found: bytes.len() as u64 });
        }
        let mut rest = &bytes[4 * HEADER_WORDS..];
        let arrays = std::array::from_fn(|array| {
            let (bytes, after) = rest.split_at(sizes[array] as usize);
            rest = after;
            Array { bytes, words: ENTRY_WORDS[array] }
        });
        Ok(Self { arrays, strings: rest })
    }

    /// The call that returns to this code offset.
    pub fn lookup(&self, return_offset: u32) -> Option<Site> {
        let site = self.arrays[1].last_not_above(return_offset).filter(|site| site.word(0) == return_offset)?;
        Some(Site {
            function: site.word(3),
            frame_offset: site.word(1),
            handler: Some(site.word(2)).filter(|&handler| handler != NONE),
        })
    }

    /// The symbol name of a function by its index.
    pub fn function_name(&self, index: u32) -> Option<&'a str> {
        let function = self.arrays[0].entry(index as usize)?;
        self.string(function.word(2), function.word(3))
    }

    /// The symbol name of the function that contains this code offset.
    pub fn function_at(&self, offset: u32) -> Option<&'a str> {
        let function = self.arrays[0].last_not_above(offset)?;
        if offset >= function.word(1) {
            return None;
        }
        self.string(function.word(2), function.word(3))
    }

    /// The source positions of the instruction at this code offset, innermost first. For a call, pass an offset inside
    /// the call instruction: the return offset less one.
    pub fn scopes(&self, offset: u32) -> impl Iterator<Item = ScopeInfo<'a>> + use<'a> {
        let table = *self;
        let first = self.arrays[2].last_not_above(offset).map_or(NONE, |line| line.word(1));
        // A chain never has more links than there are scopes; a damaged one may be circular.
        let limit = self.arrays[3].len();
        let next = move |scope: &u32| Some(table.arrays[3].entry(*scope as usize)?.word(5));
        std::iter::successors(Some(first), next).take(limit).map_while(move |scope| {
            let entry = table.arrays[3].entry(scope as usize)?;
            Some(ScopeInfo {
                function: table.string(entry.word(0), entry.word(1))?,
                file: table.string(entry.word(2), entry.word(3))?,
                line: entry.word(4),
            })
        })
    }

    /// Why the instruction at this code offset traps, if it can.
    pub fn trap_at(&self, offset: u32) -> Option<TrapCode> {
        let trap = self.arrays[4].last_not_above(offset).filter(|trap| trap.word(0) == offset)?;
        [TrapCode::Unreachable, TrapCode::DivisionByZero, TrapCode::DivisionOverflow]
            .get(trap.word(1) as usize)
            .copied()
    }

    /// Every function: start, end, name.
    pub fn functions(&self) -> impl Iterator<Item = (u32, u32, &'a str)> + use<'a> {
        let table = *self;
        (0..table.arrays[0].len()).filter_map(move |index| {
            let entry = table.arrays[0].entry(index)?;
            Some((entry.word(0), entry.word(1), table.string(entry.word(2), entry.word(3))?))
        })
    }

    fn string(&self, offset: u32, length: u32) -> Option<&'a str> {
        let bytes = self.strings.get(offset as usize..)?.get(..length as usize)?;
        std::str::from_utf8(bytes).ok()
    }
}

/// Entries of the same number of words, sorted by the first where that is a code offset.
#[derive(Clone, Copy)]
struct Array<'a> {
    bytes: &'a [u8],
    words: usize,
}

impl<'a> Array<'a> {
    fn len(self) -> usize {
        self.bytes.len() / (4 * self.words)
    }

    fn entry(self, index: usize) -> Option<Entry<'a>> {
        let size = 4 * self.words;
        let start = index.checked_mul(size)?;
        Some(Entry(self.bytes.get(start..start.checked_add(size)?)?))
    }

    /// The last entry whose first word is not above `key`.
    fn last_not_above(self, key: u32) -> Option<Entry<'a>> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.entry(middle)?.word(0) <= key { low = middle + 1 } else { high = middle }
        }
        self.entry(low.checked_sub(1)?)
    }
}

/// One entry of an array: at least as many words as its array says.
#[derive(Clone, Copy)]
struct Entry<'a>(&'a [u8]);

impl Entry<'_> {
    fn word(self, index: usize) -> u32 {
        let bytes = &self.0[4 * index..4 * index + 4];
        u32::from_le_bytes(bytes.try_into().expect("four bytes"))
    }
}
