//! The tables that lie with the code of an image: which functions each shard has, which versions there are for each CPU
//! target, and how large they are. Their form is described where they are written, in `emit`'s module `tables`.
//!
//! The file may be damaged, so every number is bounds-checked; what cannot be read is left out with a reason.

use tintype_codegen::pc_table::PcTable;
use tintype_image::{ImageError, Reader};

use super::memory::{Memory, u32_at, u64_at};

/// What the tables say.
#[derive(Default)]
pub struct Tables {
    /// One entry for each shard, in order.
    pub shards: Vec<Shard>,
    /// By target, the number of versions of functions.
    pub versions: Vec<usize>,
    /// By target, bytes of machine code.
    pub code_bytes: Vec<u64>,
    /// Functions that are called through a relocation slot.
    pub relocation_slots: u32,
    /// Stubs and the entry trampoline; 0 but in system images.
    pub support_functions: u32,
    /// Every function with a name, by number.
    pub functions: Vec<Function>,
}

/// A shard.
pub struct Shard {
    /// Its first function.
    pub first: u32,
    /// How many functions it has.
    pub count: u32,
    /// By target, bytes of machine code.
    pub code_bytes: Vec<u64>,
}

/// A function.
pub struct Function {
    /// Its number.
    pub id: u32,
    /// Its symbol name.
    pub name: String,
    /// By target, bytes of its version, if it has one.
    pub versions: Vec<Option<u32>>,
}

const ROOT_MAGIC: &[u8] = b"TTROOT\0\x01";
const SHARD_RECORD_BYTES: u64 = 16;
const TABLE_HEAD_BYTES: u64 = 8;
const TABLE_TARGET_BYTES: u64 = 32;
const CODE_RECORD_BYTES: u64 = 24;
const ABSENT: u32 = u32::MAX;
const FULL: u32 = 1;

/// Reads the tables of an image.
pub fn read(reader: &Reader) -> Result<Tables, ImageError> {
    let memory = Memory::read(reader)?;
    let root = memory.root(reader)?;
    let tables = root.and_then(|root| read_root(&memory, root, reader.header().targets.len()));
    tables.ok_or_else(|| ImageError::Io {
        action: "read the tables of the code",
        error: std::io::Error::other("they are damaged, or not of this version"),
    })
}

fn read_root(memory: &Memory, root: u64, n_targets: usize) -> Option<Tables> {
    let bytes = memory.at(root).filter(|bytes| bytes.starts_with(ROOT_MAGIC))?;
    let count = |index: usize| u32_at(bytes, 12 + 4 * index);
    let mut tables = Tables {
        versions: vec![0; n_targets],
        code_bytes: vec![0; n_targets],
        relocation_slots: count(3)?,
        support_functions: count(5)?,
        ..Tables::default()
    };
    let records = relative(root + 80, u64_at(bytes, 80)?);
    let ranges = (0..n_targets).map(|target| read_range(memory, records, target)).collect::<Option<Vec<_>>>()?;
    let shards = relative(root + 40, u64_at(bytes, 40)?);
    for index in 0..count(0)? {
        let record = shards.wrapping_add(SHARD_RECORD_BYTES * u64::from(index));
        let bytes = memory.at(record)?;
        let table = relative(record.wrapping_add(8), u64_at(bytes, 8)?);
        read_shard(memory, table, &ranges, u32_at(bytes, 0)?, u32_at(bytes, 4)?, &mut tables)?;
    }
    Some(tables)
}

/// A field that holds a distance from itself.
fn relative(field: u64, distance: u64) -> u64 {
    field.wrapping_add(distance)
}

/// All code of a target: its address, and start, end and name of each function, from that address on.
struct CodeRange<'a> {
    start: u64,
    functions: Vec<(u32, u32, &'a str)>,
}

fn read_range(memory: &Memory, records: u64, target: usize) -> Option<CodeRange<'_>> {
    let record = records.wrapping_add(CODE_RECORD_BYTES * target as u64);
    let bytes = memory.at(record)?;
    let start = relative(record, u64_at(bytes, 0)?);
    let table = relative(record.wrapping_add(8), u64_at(bytes, 8)?);
    let length = u32_at(bytes, 20)? as usize;
    let functions = if length == 0 {
        Vec::new()
    } else {
        PcTable::new(memory.at(table)?.get(..length)?).ok()?.functions().collect()
    };
    Some(CodeRange { start, functions })
}

fn read_shard(
    memory: &Memory,
    address: u64,
    ranges: &[CodeRange<'_>],
    first: u32,
    count: u32,
    tables: &mut Tables,
) -> Option<()> {
    let mut shard = Shard { first, count, code_bytes: vec![0; ranges.len()] };
    let table = memory.at(address)?;
    let known = tables.functions.len();
    for (target, range) in ranges.iter().enumerate() {
        let entry = (TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * target as u64) as usize;
        let field = |at: usize| u32_at(table, entry + at);
        let code_bytes = u64::from(field(8)?);
        shard.code_bytes[target] = code_bytes;
        tables.code_bytes[target] += code_bytes;
        let versions = versions(table, field(12)? == FULL, [field(16)?, field(20)?, field(24)?])?;
        tables.versions[target] += versions.len();
        let start = relative(address + entry as u64, u64_at(table, entry)?);
        // Where the shard's part of the range begins.
        let skipped = u32::try_from(start.wrapping_sub(range.start)).ok().filter(|_| code_bytes > 0);
        for (number, position) in versions {
            let offset = skipped.and_then(|skipped| skipped.checked_add(position));
            let found = range.functions.binary_search_by_key(&offset?, |(start, _, _)| *start);
            let Ok(found) = found else { continue };
            let (start, end, name) = range.functions[found];
            let id = first.saturating_add(number);
            let function = function_of(&mut tables.functions, known, id, name, ranges.len());
            function.versions[target] = Some(end.saturating_sub(start));
        }
    }
    tables.shards.push(shard);
    Some(())
}

/// Number, less the shard's first, and position of each version of a target.
fn versions(table: &[u8], is_full: bool, [count, numbers, positions]: [u32; 3]) -> Option<Vec<(u32, u32)>> {
    let word = |array: u32, index: u32| u32_at(table, array as usize + 4 * index as usize);
    let number = |index: u32| if is_full { Some(index) } else { word(numbers, index) };
    // A damaged count ends the list where the table ends.
    let present = (0..count).map(|index| Some((number(index)?, word(positions, index)?)));
    let all = present.collect::<Option<Vec<_>>>()?;
    Some(all.into_iter().filter(|(_, position)| *position != ABSENT).collect())
}

/// The entry of a function among those of its shard, which begin at `known` and are sorted by number.
fn function_of<'t>(
    functions: &'t mut Vec<Function>,
    known: usize,
    id: u32,
    name: &str,
    n_targets: usize,
) -> &'t mut Function {
    let found = functions[known..].binary_search_by_key(&id, |function| function.id);
    let place = found.unwrap_or_else(|place| {
        // Target 0 comes first and has nearly all of them, in order: this is an append.
        functions.insert(known + place, Function { id, name: name.to_owned(), versions: vec![None; n_targets] });
        place
    });
    &mut functions[known + place]
}
