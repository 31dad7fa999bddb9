//! What an image holds besides the shards: data, the sections that are not mapped, and the root record.

use tintype_image::{
    HEADER_SECTION, HEAP_SECTION, Header, META_SECTION_PREFIX, RELOC_SECTION, Relocations, heap_alignment,
};
use tintype_ir::entity::EntityRef;
use tintype_ir::module::{FuncId, Module};
use tintype_target::Arch;

use crate::EmitError;
use crate::append::UnmappedSection;
use crate::code_range::CodeRange;
use crate::object_file::{ObjectFile, SectionRole};
use crate::partition::Part;
use crate::request::HeapPart;
use crate::symbols;
use crate::tables::{CELL_BYTES, CODE_RECORD_BYTES, ROOT_BYTES, ROOT_MAGIC, SHARD_RECORD_BYTES, TABLE_VERSION};

/// What the root record and the state's size follow from.
pub(crate) struct Counts {
    pub(crate) functions: u32,
    pub(crate) slots: u32,
    pub(crate) mv_slots: u32,
    pub(crate) targets: u32,
    /// Stubs and the trampoline; 0 if the image has no support functions.
    pub(crate) support_functions: u32,
}

/// Bytes of the claim word, the relocation slots and the stub table, which lie before the entry cells.
fn cells_offset(counts: &Counts) -> u64 {
    8 * (1 + u64::from(counts.mv_slots) + u64::from(counts.support_functions.saturating_sub(1)))
}

/// The data object: slots, data declarations and state.
pub(crate) fn data_object(
    arch: Arch,
    module: &Module,
    counts: &Counts,
    heap: Option<&HeapPart>,
) -> Result<Vec<u8>, EmitError> {
    let mut object = ObjectFile::new(arch);
    define_slots(&mut object, counts, heap);
    define_state(&mut object, counts);
    define_data(&mut object, module);
    object.finish()
}

/// What is not mapped with the code. The heap segment is last, so that the page it ends in holds nothing else.
pub(crate) fn unmapped_sections(
    header: &Header,
    heap: Option<HeapPart>,
    meta: Vec<(String, Vec<u8>)>,
) -> Vec<UnmappedSection> {
    let section = |name: &str, bytes, align| UnmappedSection { name: name.to_owned(), bytes, align };
    let mut sections = vec![section(HEADER_SECTION, header.encode(), 8)];
    let blob = |(name, bytes): (String, _)| section(&format!("{META_SECTION_PREFIX}{name}"), bytes, 8);
    sections.extend(meta.into_iter().map(blob));
    if let Some(heap) = heap {
        let length = heap.bytes.len() as u64;
        let relocations = Relocations::encode(length, &heap.own_pointers, &heap.object_starts, &heap.parent_pointers);
        sections.push(section(RELOC_SECTION, relocations, 8));
        sections.push(section(HEAP_SECTION, heap.bytes, heap_alignment(header.arch())));
    }
    sections
}

/// The sections that are not mapped as an object file: a member of archives, for those who link it themselves.
pub(crate) fn state_object(arch: Arch, sections: &[UnmappedSection]) -> Result<Vec<u8>, EmitError> {
    let mut object = ObjectFile::new(arch);
    for section in sections {
        object.add_unmapped(&section.name, section.bytes.clone(), section.align);
    }
    object.finish()
}

fn define_slots(object: &mut ObjectFile, counts: &Counts, heap: Option<&HeapPart>) {
    let addresses = heap.map_or(&[][..], |heap| &heap.slot_addresses);
    let mut words: Vec<u8> = addresses.iter().flat_map(|address| address.to_le_bytes()).collect();
    // One word at least, so that the symbol lies in a section that exists.
    words.resize(8 * counts.slots.max(1) as usize, 0);
    let section = object.section(SectionRole::Data);
    let offset = object.append(section, &words, 8);
    object.define(symbols::SLOTS, section, offset, words.len() as u64, false);
}

fn define_state(object: &mut ObjectFile, counts: &Counts) {
    let size = cells_offset(counts) + CELL_BYTES as u64 * u64::from(counts.functions);
    let section = object.section(SectionRole::Zeroed);
    let offset = object.append_zeroed(section, size, 64);
    object.define(symbols::STATE, section, offset, size, false);
    object.define(symbols::MV_SLOTS, section, offset + 8, 8 * u64::from(counts.mv_slots), false);
}

fn define_data(object: &mut ObjectFile, module: &Module) {
    for (id, decl) in module.data.iter() {
        let role = match (decl.writable, &decl.content) {
            (false, _) => SectionRole::ReadOnly,
            (true, Some(_)) => SectionRole::Data,
            (true, None) => SectionRole::Zeroed,
        };
        let section = object.section(role);
        // No two have the same address, also where one is empty.
        let size = decl.size.max(1);
        let offset = if role == SectionRole::Zeroed {
            object.append_zeroed(section, size, decl.align)
        } else {
            let mut content = decl.content.clone().unwrap_or_default();
            content.resize(size as usize, 0);
            object.append(section, &content, decl.align)
        };
        object.define(&symbols::data(module, id), section, offset, size, false);
    }
}

/// The metadata object: the root record with what it refers to.
pub(crate) fn metadata_object(
    arch: Arch,
    counts: &Counts,
    parts: &[Part],
    mv_slots: &[FuncId],
    ranges: &[CodeRange],
) -> Result<Vec<u8>, EmitError> {
    let mut object = ObjectFile::new(arch);
    let section = object.section(SectionRole::ReadOnly);
    let mut record = Vec::with_capacity(ROOT_BYTES);
    record.extend(ROOT_MAGIC);
    let counts_in_order = [
        TABLE_VERSION,
        parts.len() as u32,
        counts.functions,
        counts.slots,
        counts.mv_slots,
        counts.targets,
        counts.support_functions,
        0,
    ];
    counts_in_order.into_iter().for_each(|count| record.extend(count.to_le_bytes()));
    record.resize(ROOT_BYTES, 0);
    let root = object.append(section, &record, 8);
    object.define(symbols::ROOT, section, root, ROOT_BYTES as u64, true);

    let shards = object.append(section, &shard_records(parts), 8);
    for index in 0..parts.len() {
        let field = shards + (SHARD_RECORD_BYTES * index) as u64 + 8;
        object.relative_to_symbol(section, field, &symbols::shard_table(index));
    }
    let mv_functions: Vec<u8> = mv_slots.iter().flat_map(|id| (id.index() as u32).to_le_bytes()).collect();
    let mv_functions = object.append(section, &mv_functions, 8);
    object.relative_to_section(section, root + 40, section, shards);
    object.relative_to_symbol(section, root + 48, symbols::SLOTS);
    object.relative_to_symbol(section, root + 56, symbols::STATE);
    object.relative_to_section(section, root + 64, section, mv_functions);
    if counts.support_functions != 0 {
        object.relative_to_symbol(section, root + 72, symbols::SUPPORT);
    }
    let records = object.append(section, &code_records(ranges), 8);
    object.relative_to_section(section, root + 80, section, records);
    // Last, because they are large, and only touched to unwind.
    for (index, range) in ranges.iter().enumerate() {
        let record = records + (CODE_RECORD_BYTES * index) as u64;
        if let Some(start) = &range.start {
            object.relative_to_symbol(section, record, start);
        }
        let table = object.append(section, &range.pc_table, 8);
        object.relative_to_section(section, record + 8, section, table);
    }
    object.finish()
}

/// Records whose distances are still to be filled in.
fn code_records(ranges: &[CodeRange]) -> Vec<u8> {
    let record = |range: &CodeRange| {
        let mut record = vec![0; CODE_RECORD_BYTES];
        record[16..20].copy_from_slice(&(range.length as u32).to_le_bytes());
        record[20..24].copy_from_slice(&(range.pc_table.len() as u32).to_le_bytes());
        record
    };
    ranges.iter().flat_map(record).collect()
}

/// Records whose distances are still to be filled in.
fn shard_records(parts: &[Part]) -> Vec<u8> {
    let record = |part: &Part| {
        let head = u64::from(part.functions.start) | (part.functions.len() as u64) << 32;
        [head.to_le_bytes(), [0; 8]].concat()
    };
    parts.iter().flat_map(record).collect()
}
