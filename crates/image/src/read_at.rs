//! Reading a range of bytes of a file, or of a file already in memory.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::ImageError;

/// Bytes at offsets: a file on disk, or its content in memory.
pub trait ReadAt {
    /// Total number of bytes.
    ///
    /// # Errors
    /// When the operating system cannot say.
    fn length(&self) -> Result<u64, ImageError>;

    /// Fills `buffer` from `offset`. The caller has checked the range against [`length`](Self::length).
    ///
    /// # Errors
    /// When the bytes are not there.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<(), ImageError>;
}

impl ReadAt for File {
    fn length(&self) -> Result<u64, ImageError> {
        Ok(self.metadata().map_err(ImageError::io("find the length of the file"))?.len())
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<(), ImageError> {
        self.read_exact_at(buffer, offset).map_err(ImageError::io("read the file"))
    }
}

impl ReadAt for [u8] {
    fn length(&self) -> Result<u64, ImageError> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<(), ImageError> {
        let range = checked_range("a range", offset, buffer.len() as u64, self.len() as u64)?;
        buffer.copy_from_slice(&self[range.start as usize..range.end as usize]);
        Ok(())
    }
}

/// The range `offset..offset + size`, if it lies within `length`.
pub(crate) fn checked_range(
    what: &'static str,
    offset: u64,
    size: u64,
    length: u64,
) -> Result<std::ops::Range<u64>, ImageError> {
    let end = offset.saturating_add(size);
    if offset.checked_add(size).is_none() || end > length {
        return Err(ImageError::Truncated { what, start: offset, end, length });
    }
    Ok(offset..end)
}

/// Reads a range after checking it against the length, so that damage cannot exhaust memory.
pub(crate) fn read_range(
    source: &(impl ReadAt + ?Sized),
    what: &'static str,
    offset: u64,
    size: u64,
    length: u64,
) -> Result<Vec<u8>, ImageError> {
    checked_range(what, offset, size, length)?;
    let mut bytes = vec![0; size as usize];
    source.read_at(offset, &mut bytes)?;
    Ok(bytes)
}
