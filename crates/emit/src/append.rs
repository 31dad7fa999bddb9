//! Appending sections that are not mapped to a linked ELF file.
//!
//! They are what the loader reads by itself: header, relocations, blobs, heap segment. The linker never sees them, so they
//! keep their exact lengths and alignments whatever linker it was, and a heap of many megabytes is copied once. A new
//! section table with its names goes before them; nothing that the file had is moved, so what is mapped stays the same.

use crate::EmitError;

/// A section to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnmappedSection {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) align: u64,
}

const SECTION_HEADER_BYTES: usize = 64;
const SHT_PROGBITS: u32 = 1;
/// From this number of sections on, the count would be stored elsewhere.
const MAX_SECTIONS: usize = 0xff00;

/// Appends sections, in their order, to a linked 64-bit little-endian file.
pub(crate) fn append_sections(file: &mut Vec<u8>, sections: Vec<UnmappedSection>) -> Result<(), EmitError> {
    let malformed = || EmitError::Link("the linker wrote no valid section table".to_owned());
    let old = OldTable::read(file).ok_or_else(malformed)?;
    let count = old.headers.len() / SECTION_HEADER_BYTES + sections.len();
    if count >= MAX_SECTIONS {
        return Err(EmitError::Request(format!("expected fewer than {MAX_SECTIONS} sections, found {count}")));
    }
    let mut names = old.names;
    let mut headers = old.headers;
    let name_offsets: Vec<u32> = sections
        .iter()
        .map(|section| {
            let offset = names.len() as u32;
            names.extend(section.name.bytes().chain([0]));
            offset
        })
        .collect();
    let table_bytes = headers.len() + SECTION_HEADER_BYTES * sections.len();
    align(file, 8);
    let names_at = file.len();
    file.extend(&names);
    align(file, 8);
    let table_at = file.len();
    file.resize(table_at + table_bytes, 0);
    for (section, name) in sections.into_iter().zip(name_offsets) {
        align(file, section.align as usize);
        headers.extend(section_header(name, file.len() as u64, section.bytes.len() as u64, section.align));
        file.extend(section.bytes);
    }
    let names_header = SECTION_HEADER_BYTES * old.names_index;
    set_u64(&mut headers, names_header + 24, names_at as u64);
    set_u64(&mut headers, names_header + 32, names.len() as u64);
    file[table_at..table_at + table_bytes].copy_from_slice(&headers);
    set_u64(file, 40, table_at as u64);
    file[60..62].copy_from_slice(&(count as u16).to_le_bytes());
    Ok(())
}

/// The section table the linker wrote.
struct OldTable {
    headers: Vec<u8>,
    names: Vec<u8>,
    names_index: usize,
}

impl OldTable {
    fn read(file: &[u8]) -> Option<Self> {
        let half = |at: usize| Some(usize::from(u16::from_le_bytes(file.get(at..at + 2)?.try_into().ok()?)));
        let table = get_u64(file, 40)?;
        let (count, names_index) = (half(60)?, half(62)?);
        let headers = file.get(table..table.checked_add(count * SECTION_HEADER_BYTES)?)?.to_vec();
        let names = headers.get(names_index * SECTION_HEADER_BYTES..)?;
        let (offset, size) = (get_u64(names, 24)?, get_u64(names, 32)?);
        let names = file.get(offset..offset.checked_add(size)?)?.to_vec();
        Some(Self { headers, names, names_index })
    }
}

fn section_header(name: u32, offset: u64, size: u64, align: u64) -> [u8; SECTION_HEADER_BYTES] {
    let mut header = [0; SECTION_HEADER_BYTES];
    header[..4].copy_from_slice(&name.to_le_bytes());
    header[4..8].copy_from_slice(&SHT_PROGBITS.to_le_bytes());
    set_u64(&mut header, 24, offset);
    set_u64(&mut header, 32, size);
    set_u64(&mut header, 48, align);
    header
}

fn align(bytes: &mut Vec<u8>, alignment: usize) {
    bytes.resize(bytes.len().next_multiple_of(alignment), 0);
}

fn get_u64(bytes: &[u8], at: usize) -> Option<usize> {
    let field = bytes.get(at..at + 8)?.try_into().ok()?;
    usize::try_from(u64::from_le_bytes(field)).ok()
}

fn set_u64(bytes: &mut [u8], at: usize, value: u64) {
    bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use cranelift_object::object::{Object, ObjectSection};

    #[test]
    fn what_was_there_stays_and_what_is_new_is_found() {
        let mut object = crate::object_file::ObjectFile::new(tintype_target::Arch::X86_64);
        let text = object.section(crate::object_file::SectionRole::Code(0));
        object.append(text, &[0x90; 100], 16);
        let mut file = object.finish().unwrap();
        let before = file.clone();
        let new = |name: &str, bytes: &[u8], align| UnmappedSection { name: name.into(), bytes: bytes.into(), align };
        let sections = vec![new(".one", b"first", 1), new(".empty", b"", 8), new(".big", &[7; 5000], 4096)];
        append_sections(&mut file, sections.clone()).unwrap();
        // The position and the number of the section table changed, nothing else did.
        assert_eq!((&file[..40], &file[48..60]), (&before[..40], &before[48..60]));
        assert_eq!(file[62..before.len()], before[62..]);
        let parsed = cranelift_object::object::File::parse(&*file).unwrap();
        assert_eq!(parsed.section_by_name(".tintype.text.0").unwrap().data().unwrap(), [0x90; 100]);
        for section in &sections {
            let found = parsed.section_by_name(&section.name).unwrap();
            assert_eq!(found.data().unwrap(), section.bytes);
            assert_eq!(found.align(), section.align);
            assert_eq!(found.file_range().unwrap().0 % section.align, 0);
        }
        assert!(append_sections(&mut vec![0; 64], sections.clone()).is_err());
        assert!(append_sections(&mut b"\x7fELF".to_vec(), sections).is_err());
    }
}
