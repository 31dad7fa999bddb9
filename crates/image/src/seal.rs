//! Sealing a linked image: the fields that depend on the whole file.
//!
//! The build id is a hash of the file with the seal's fields zero, so it names the content: two builds with equal
//! input have equal ids, and a parent's id in a child's header pins the parent's bytes.

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::codec::{BUILD_ID_AT, FILE_CHECKSUM_AT, FILE_LENGTH_AT, HEADER_CHECKSUM_AT, set_header_checksum};
use crate::{ElfSections, HEADER_SECTION, Header, ImageError};

/// What sealing computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Identifies the content.
    pub build_id: u128,
    /// Checksum of the sealed file.
    pub file_checksum: u64,
    /// Length of the file.
    pub file_length: u64,
}

/// Fills in the build id, length and checksums of a linked image that is wholly in memory. Sealing twice changes
/// nothing.
///
/// # Errors
/// When the bytes are no ELF shared object with a valid header section.
pub fn seal(file: &mut [u8]) -> Result<Seal, ImageError> {
    let section = ElfSections::read(&*file)?
        .find(HEADER_SECTION)
        .ok_or_else(|| ImageError::NoSection { section: HEADER_SECTION.to_owned() })?;
    let range = section.offset as usize..(section.offset + section.size) as usize;
    Header::decode(&file[range.clone()])?;
    let file_length = file.len() as u64;

    let header = &mut file[range.clone()];
    header[FILE_CHECKSUM_AT..HEADER_CHECKSUM_AT + 8].fill(0);
    header[BUILD_ID_AT..BUILD_ID_AT + 16].fill(0);
    header[FILE_LENGTH_AT..FILE_LENGTH_AT + 8].copy_from_slice(&file_length.to_le_bytes());
    // An id of zero would mean "not sealed".
    let build_id = xxh3_128(file).max(1);

    let header = &mut file[range.clone()];
    header[BUILD_ID_AT..BUILD_ID_AT + 16].copy_from_slice(&build_id.to_le_bytes());
    set_header_checksum(header);
    let file_checksum = xxh3_64(file);
    file[range][FILE_CHECKSUM_AT..FILE_CHECKSUM_AT + 8].copy_from_slice(&file_checksum.to_le_bytes());
    Ok(Seal { build_id, file_checksum, file_length })
}
