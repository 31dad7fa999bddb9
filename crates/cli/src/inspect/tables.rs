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
const TABLE_TARGET_BYTES: u64 = 40;
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
    let shards = relative(root + 40, u64_at(bytes, 40)?);
    for index in 0..count(0)? {
        let record = shards.wrapping_add(SHARD_RECORD_BYTES * u64::from(index));
        let bytes = memory.at(record)?;
        let table = relative(record.wrapping_add(8), u64_at(bytes, 8)?);
        read_shard(memory, table, u32_at(bytes, 0)?, u32_at(bytes, 4)?, &mut tables)?;
    }
    tables.functions.sort_by_key(|function| function.id);
    Some(tables)
}

/// A field that holds a distance from itself.
fn relative(field: u64, distance: u64) -> u64 {
    field.wrapping_add(distance)
}

fn read_shard(memory: &Memory, address: u64, first: u32, count: u32, tables: &mut Tables) -> Option<()> {
    let n_targets = tables.versions.len();
    let mut shard = Shard { first, count, code_bytes: vec![0; n_targets] };
    let table = memory.at(address)?;
    let known = tables.functions.len();
    for target in 0..n_targets {
        let entry = (TABLE_HEAD_BYTES + TABLE_TARGET_BYTES * target as u64) as usize;
        let field = |at: usize| u32_at(table, entry + at);
        let code_bytes = u64::from(field(8)?);
        shard.code_bytes[target] = code_bytes;
        tables.code_bytes[target] += code_bytes;
        let versions = versions(table, field(12)? == FULL, [field(16)?, field(20)?, field(24)?])?;
        tables.versions[target] += versions.len();
        let names = table.get(field(28)? as usize..)?.get(..field(32)? as usize)?;
        name_versions(&mut tables.functions, known, n_targets, target, first, &versions, PcTable::new(names).ok()?);
    }
    tables.shards.push(shard);
    Some(())
}

/// Number, less the shard's first, and position of each version of a target.
fn versions(table: &[u8], is_full: bool, [count, numbers, positions]: [u32; 3]) -> Option<Vec<(u32, u32)>> {
    let word = |array: u32, index: u32| u32_at(table, array as usize + 4 * index as usize);
    let number = |index: u32| if is_full { Some(index) } else { word(numbers, index) };
    // The count is compared with the table's length before anything is reserved for it.
    let present = (0..count).map(|index| Some((number(index)?, word(positions, index)?)));
    let all = present.collect::<Option<Vec<_>>>()?;
    Some(all.into_iter().filter(|(_, position)| *position != ABSENT).collect())
}

/// Enters the versions of one target of a shard, whose functions begin at `known` in the list.
fn name_versions(
    functions: &mut Vec<Function>,
    known: usize,
    n_targets: usize,
    target: usize,
    first: u32,
    versions: &[(u32, u32)],
    names: PcTable<'_>,
) {
    let ranges: Vec<(u32, u32, &str)> = names.functions().collect();
    for (number, position) in versions {
        let Ok(range) = ranges.binary_search_by_key(position, |(start, _, _)| *start) else { continue };
        let (start, end, name) = ranges[range];
        let id = first.saturating_add(*number);
        // Target 0 comes first and names nearly all of them, in order.
        let index = functions[known..].binary_search_by_key(&id, |function| function.id).unwrap_or_else(|place| {
            let function = Function { id, name: name.to_owned(), versions: vec![None; n_targets] };
            functions.insert(known + place, function);
            place
        });
        functions[known + index].versions[target] = Some(end.saturating_sub(start));
    }
}
