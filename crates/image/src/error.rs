//! What can be wrong with an image file.

use std::io;

use thiserror::Error;
use tintype_target::blob::BlobError;

use crate::FORMAT_VERSION;

/// Why a file is not a usable image, or could not be written. None of these is a fault of the program: the file is
/// damaged, of another kind or version, or the file system refused. The path is the caller's to add.
#[derive(Debug, Error)]
pub enum ImageError {
    /// The operating system refused.
    #[error("cannot {action}: {error}")]
    Io {
        /// What was tried, as in "read the file".
        action: &'static str,
        /// The system's answer.
        error: io::Error,
    },
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The file has no ELF magic.
    #[error("not an image: expected an ELF file, found one that begins with {found:02x?}")]
    NotElf {
        /// The first bytes.
        found: Vec<u8>,
    },
    /// An ELF file of a form that images do not have.
    #[error("not an image: {field} of the ELF header: expected {expected}, found {found}")]
    ElfHeader {
        /// The field.
        field: &'static str,
        /// What images have.
        expected: &'static str,
        /// What the file has.
        found: u64,
    },
    /// Something lies beyond the end of the file: it was cut off, or an offset is damaged.
    #[error("the file is truncated or damaged: {what} needs bytes {start:#x}..{end:#x}, the file has {length:#x}")]
    Truncated {
        /// What was to be read.
        what: &'static str,
        /// First byte needed.
        start: u64,
        /// One past the last.
        end: u64,
        /// The file's length.
        length: u64,
    },
    /// The ELF file has no header section.
    #[error("not an image: the ELF file has no section `{section}`")]
    NoSection {
        /// The section's name.
        section: String,
    },
    /// The header section does not begin with the magic.
    #[error("not an image: the header begins with {found:02x?}")]
    Magic {
        /// The first bytes.
        found: Vec<u8>,
    },
    /// The file was made by another version.
    #[error("image format version: expected {FORMAT_VERSION}, found {found}")]
    Version {
        /// The stored version.
        found: u32,
    },
    /// The header was damaged.
    #[error("checksum of the image header: expected {expected:016x}, found {found:016x}: the file is damaged")]
    HeaderChecksum {
        /// The stored checksum.
        expected: u64,
        /// The computed one.
        found: u64,
    },
    /// The whole file was damaged.
    #[error("checksum of the image: expected {expected:016x}, found {found:016x}: the file is damaged")]
    Checksum {
        /// The stored checksum.
        expected: u64,
        /// The computed one.
        found: u64,
    },
    /// The file is shorter or longer than when it was sealed.
    #[error("length of the image: expected {expected} bytes, found {found}: the file is damaged")]
    Length {
        /// The stored length.
        expected: u64,
        /// The file's.
        found: u64,
    },
    /// The header was never sealed: the build did not finish.
    #[error("the image was not finished: its header is not sealed")]
    NotSealed,
    /// A field holds a value that is never written.
    #[error("{field} of the image {part}: {problem}")]
    Field {
        /// "header" or a section.
        part: &'static str,
        /// The field.
        field: &'static str,
        /// Expected and found.
        problem: String,
    },
    /// The stored target list is damaged.
    #[error(transparent)]
    Targets(#[from] BlobError),
    /// Another process builds the same image, and the caller did not want to wait.
    #[error("another build of this image is running (it holds `{lock}`)")]
    Locked {
        /// The lock file.
        lock: String,
    },
}

impl ImageError {
    pub(crate) fn io(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { action, error }
    }

    pub(crate) fn field(part: &'static str, field: &'static str, problem: impl Into<String>) -> Self {
        Self::Field { part, field, problem: problem.into() }
    }
}
