//! Why an image was not loaded.

use std::io;

use thiserror::Error;
use tintype_image::{CompileOptions, ImageError};
use tintype_target::NoMatch;

/// Why an image was not loaded. Nothing of it stays mapped. The path is the caller's to add.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The file is no image, is damaged, was not finished, or is of another format version.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The image is for another platform.
    #[error("platform of the image: expected {expected}, found {found}")]
    Triple {
        /// This machine's.
        expected: String,
        /// The image's.
        found: String,
    },
    /// The image was compiled against another run-time system.
    #[error(
        "run-time description of the image: expected {expected:016x}, found {found:016x}: it was built by another version"
    )]
    Abi {
        /// This program's.
        expected: u64,
        /// The image's.
        found: u64,
    },
    /// The image's objects are laid out differently.
    #[error(
        "object layouts of the image: expected {expected:016x}, found {found:016x}: it was built by another version"
    )]
    Layout {
        /// This program's.
        expected: u64,
        /// The image's.
        found: u64,
    },
    /// The image was compiled with options that do not serve this process.
    #[error("options of the image: expected {expected:?}, found {found:?}")]
    Options {
        /// What the process wants.
        expected: CompileOptions,
        /// What the image has.
        found: CompileOptions,
    },
    /// An image it refers to is not loaded.
    #[error("the image needs `{name}` with build id {expected:032x}, which is not loaded")]
    MissingParent {
        /// The parent's name.
        name: String,
        /// Its build id.
        expected: u128,
    },
    /// An image it refers to is loaded, but was rebuilt since.
    #[error("build id of `{name}`, which the image needs: expected {expected:032x}, found {found:032x}")]
    OtherParent {
        /// The parent's name.
        name: String,
        /// The build id the image was built against.
        expected: u128,
        /// That of the loaded one.
        found: u128,
    },
    /// None of its CPU targets runs on this machine.
    #[error(transparent)]
    NoTarget(#[from] NoMatch),
    /// The dynamic loader refused.
    #[error("the dynamic loader refused the image: {0}")]
    Library(String),
    /// The file was replaced while it was being opened.
    #[error("the image was replaced while it was being opened")]
    Replaced,
    /// The mapped tables contradict the header, or themselves.
    #[error("{table} of the image: {problem}: the file is damaged")]
    Tables {
        /// Which table.
        table: &'static str,
        /// Expected and found.
        problem: String,
    },
    /// The operating system refused memory.
    #[error("cannot {action}: {error}")]
    Memory {
        /// What was tried.
        action: &'static str,
        /// The system's answer.
        error: io::Error,
    },
}

impl LoadError {
    pub(crate) fn memory(action: &'static str) -> Self {
        Self::Memory { action, error: io::Error::last_os_error() }
    }
}
