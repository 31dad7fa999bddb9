//! An image file as it would lie in memory, relative to its load address, without mapping it.

use tintype_image::{ImageError, Reader};

/// The sections that a dynamic loader would map.
pub struct Memory {
    /// Address of each section and its bytes.
    sections: Vec<(u64, Vec<u8>)>,
}

/// The one symbol that an image exports.
const ROOT_SYMBOL: &[u8] = b"tintype_image";
const SYMBOL_BYTES: usize = 24;

impl Memory {
    /// Reads every mapped section.
    pub fn read(reader: &Reader) -> Result<Self, ImageError> {
        let mapped = reader.sections().iter().filter(|(_, section)| section.is_allocated);
        let read = |(_, section): (&str, tintype_image::Section)| Ok((section.address, reader.read(section)?));
        Ok(Self { sections: mapped.map(read).collect::<Result<_, ImageError>>()? })
    }

    /// The bytes from an address to the end of its section.
    pub fn at(&self, address: u64) -> Option<&[u8]> {
        self.sections.iter().find_map(|(start, bytes)| {
            let offset = usize::try_from(address.checked_sub(*start)?).ok()?;
            bytes.get(offset..).filter(|rest| !rest.is_empty())
        })
    }

    /// The address of the image's root record.
    pub fn root(&self, reader: &Reader) -> Result<Option<u64>, ImageError> {
        let read = |name: &str| reader.sections().find(name).map(|section| reader.read(section)).transpose();
        let (Some(symbols), Some(names)) = (read(".dynsym")?, read(".dynstr")?) else { return Ok(None) };
        let is_root = |symbol: &[u8]| {
            let name = u32_at(symbol, 0).and_then(|name| names.get(name as usize..));
            name.is_some_and(|name| name.split(|byte| *byte == 0).next() == Some(ROOT_SYMBOL))
        };
        Ok(symbols.chunks_exact(SYMBOL_BYTES).find(|symbol| is_root(symbol)).and_then(|symbol| u64_at(symbol, 8)))
    }
}

/// A little-endian number, if the bytes reach that far.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

/// A little-endian number, if the bytes reach that far.
pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}
