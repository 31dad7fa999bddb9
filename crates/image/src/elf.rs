//! The section table of a 64-bit little-endian ELF shared object: the only part of the format that images are read by.

use std::fmt;

use tintype_target::Arch;

use crate::ImageError;
use crate::read_at::{ReadAt, checked_range, read_range};

/// The machine an ELF file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Machine(u16);

/// A section. Its range was not compared with the file's length unless the type says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    /// Offset of its bytes in the file.
    pub offset: u64,
    /// Number of bytes.
    pub size: u64,
    /// Required alignment; 0 and 1 mean none.
    pub align: u64,
    /// Address relative to the load address; 0 for sections that are not mapped.
    pub address: u64,
    /// Whether the dynamic loader maps it.
    pub is_allocated: bool,
    name: u32,
    /// Whether it occupies bytes of the file, and they lie within it.
    is_in_file: bool,
}

/// The sections of a file.
#[derive(Clone, Debug)]
pub struct ElfSections {
    machine: Machine,
    sections: Vec<Section>,
    names: Vec<u8>,
}

const ELF_HEADER_BYTES: usize = 64;
const SECTION_HEADER_BYTES: u64 = 64;
const ET_DYN: u16 = 3;
const EM_X86_64: u16 = 62;
const EM_AARCH64: u16 = 183;
const SHT_NULL: u32 = 0;
const SHT_NOBITS: u32 = 8;
const SHF_ALLOC: u64 = 2;

impl ElfSections {
    /// Reads the section table and the names: two or three reads, of a few KiB.
    ///
    /// # Errors
    /// When the file is empty, no ELF shared object of 64-bit little-endian form, or its table or names do not lie
    /// within the file.
    pub fn read(source: &(impl ReadAt + ?Sized)) -> Result<Self, ImageError> {
        let length = source.length()?;
        let header = read_header(source, length)?;
        check_ident(&header)?;
        let machine = Machine(u16_at(&header, 18));
        let table_offset = u64_at(&header, 40);
        expect("section header size", "64", u64::from(u16_at(&header, 58)), SECTION_HEADER_BYTES)?;
        let count = u64::from(u16_at(&header, 60));
        let names_index = usize::from(u16_at(&header, 62));
        let table = read_range(source, "the section table", table_offset, count * SECTION_HEADER_BYTES, length)?;
        let sections: Vec<Section> =
            table.chunks_exact(SECTION_HEADER_BYTES as usize).map(|bytes| decode_section(bytes, length)).collect();
        let Some(names) = sections.get(names_index).filter(|names| names.is_in_file) else {
            let expected = "the index of a section with names";
            return Err(ImageError::ElfHeader { field: "name table", expected, found: names_index as u64 });
        };
        // A table of names is a few hundred bytes; a damaged one must not make the reader read gigabytes.
        if names.size > 1 << 20 {
            return Err(ImageError::ElfHeader { field: "name table", expected: "at most 1 MiB", found: names.size });
        }
        let names = read_range(source, "the section names", names.offset, names.size, length)?;
        Ok(Self { machine, sections, names })
    }

    /// The machine the file is for.
    #[must_use]
    pub fn machine(&self) -> Machine {
        self.machine
    }

    /// The first section of this name. Its bytes lie within the file.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Section> {
        self.iter().find(|(found, _)| *found == name).map(|(_, section)| section)
    }

    /// Sections with bytes in the file, and with a name that is text, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Section)> {
        let in_file = self.sections.iter().filter(|section| section.is_in_file);
        in_file.filter_map(|section| Some((self.name(*section)?, *section)))
    }

    fn name(&self, section: Section) -> Option<&str> {
        let rest = self.names.get(section.name as usize..)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        std::str::from_utf8(&rest[..end]).ok()
    }
}

impl Machine {
    /// The architecture, if it is one images are made for.
    #[must_use]
    pub fn arch(self) -> Option<Arch> {
        match self.0 {
            EM_X86_64 => Some(Arch::X86_64),
            EM_AARCH64 => Some(Arch::Aarch64),
            _ => None,
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.arch() {
            Some(arch) => arch.fmt(f),
            None => write!(f, "ELF machine {}", self.0),
        }
    }
}

fn read_header(source: &(impl ReadAt + ?Sized), length: u64) -> Result<[u8; ELF_HEADER_BYTES], ImageError> {
    let mut header = [0; ELF_HEADER_BYTES];
    let available = &mut header[..length.min(ELF_HEADER_BYTES as u64) as usize];
    source.read_at(0, available)?;
    if available.is_empty() {
        return Err(ImageError::Empty);
    }
    if !available.starts_with(b"\x7fELF") {
        return Err(ImageError::NotElf { found: available[..available.len().min(8)].to_vec() });
    }
    checked_range("the ELF header", 0, ELF_HEADER_BYTES as u64, length)?;
    Ok(header)
}

fn check_ident(header: &[u8; ELF_HEADER_BYTES]) -> Result<(), ImageError> {
    expect("class", "2 (64-bit)", u64::from(header[4]), 2)?;
    expect("byte order", "1 (little-endian)", u64::from(header[5]), 1)?;
    expect("type", "3 (a shared object)", u64::from(u16_at(header, 16)), u64::from(ET_DYN))
}

fn expect(field: &'static str, expected: &'static str, found: u64, wanted: u64) -> Result<(), ImageError> {
    if found == wanted { Ok(()) } else { Err(ImageError::ElfHeader { field, expected, found }) }
}

fn decode_section(bytes: &[u8], length: u64) -> Section {
    let (offset, size) = (u64_at(bytes, 24), u64_at(bytes, 32));
    let kind = u32_at(bytes, 4);
    let has_bytes = kind != SHT_NULL && kind != SHT_NOBITS;
    Section {
        offset,
        size,
        align: u64_at(bytes, 48),
        address: u64_at(bytes, 16),
        is_allocated: u64_at(bytes, 8) & SHF_ALLOC != 0,
        name: u32_at(bytes, 0),
        is_in_file: has_bytes && offset.checked_add(size).is_some_and(|end| end <= length),
    }
}

// The callers give slices long enough by construction: whole ELF headers and whole table entries.

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
