//! Comparing a whole file with its checksum.
//!
//! A pass over the file costs more than a start, so it is made when a file is first seen; a [`VerifiedRecords`]
//! remembers which those were. The header is checked at every opening regardless.

use std::fs::File;

use xxhash_rust::xxh3::Xxh3;

use crate::codec::FILE_CHECKSUM_AT;
use crate::read_at::ReadAt;
use crate::{ImageError, Reader, VerifiedRecords};

/// When to read the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum VerifyMode {
    /// When no record says that this very file was verified before.
    #[default]
    Auto,
    /// At every opening.
    Always,
    /// Never.
    Never,
}

/// How a file was found good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// It was read, and its checksum is right.
    Checked,
    /// It was verified before and has not changed since.
    Remembered,
    /// Nobody asked.
    Skipped,
}

/// Compares an image with its checksum, if the mode asks for it. A file found good is entered in the records, if
/// there are any; that this fails is no error.
///
/// # Errors
/// When the file is damaged or cannot be read.
pub fn verify(
    reader: &Reader,
    mode: VerifyMode,
    records: Option<&VerifiedRecords>,
) -> Result<Verification, ImageError> {
    let expected = reader.header().file_checksum;
    match mode {
        VerifyMode::Never => return Ok(Verification::Skipped),
        VerifyMode::Auto if records.is_some_and(|records| records.contains(reader.identity(), expected)) => {
            return Ok(Verification::Remembered);
        }
        VerifyMode::Auto | VerifyMode::Always => {}
    }
    let found = checksum(reader)?;
    if found != expected {
        return Err(ImageError::Checksum { expected, found });
    }
    if let Some(records) = records {
        records.insert(reader.identity(), expected);
    }
    Ok(Verification::Checked)
}

/// The checksum of an image's bytes as they are now, whatever its header says.
///
/// # Errors
/// When the file cannot be read, or shrank since it was opened.
pub fn checksum(reader: &Reader) -> Result<u64, ImageError> {
    let field = reader.header_section().offset + FILE_CHECKSUM_AT as u64;
    checksum_with_zero_at(reader.file(), reader.identity().size, field)
}

/// The checksum of a file with the 8 bytes at `field` taken as zero.
fn checksum_with_zero_at(file: &File, length: u64, field: u64) -> Result<u64, ImageError> {
    const CHUNK: usize = 256 << 10;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    while offset < length {
        let chunk = &mut buffer[..(length - offset).min(CHUNK as u64) as usize];
        file.read_at(offset, chunk)?;
        for at in field..field + 8 {
            if let Some(byte) = at.checked_sub(offset).and_then(|at| chunk.get_mut(at as usize)) {
                *byte = 0;
            }
        }
        hasher.update(chunk);
        offset += chunk.len() as u64;
    }
    Ok(hasher.digest())
}
