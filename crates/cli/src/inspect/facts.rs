//! What is known about an image from its header and section table.

use std::path::{Path, PathBuf};

use tintype_image::{Header, ImageError, Reader};
use tintype_target::{Host, Verdict, explain};

use super::heap::{Contents, Verified};
use super::tables::{self, Tables};

/// The code of each target has a section, whose name is this and the target's number.
const CODE_SECTION_PREFIX: &str = ".tintype.text.";

/// What an image holds.
pub struct Facts {
    /// The file.
    pub path: PathBuf,
    /// Its header.
    pub header: Header,
    /// What would become of each target on this machine.
    pub verdicts: Vec<Verdict>,
    /// Sections with bytes in the file: name, offset, bytes, whether the dynamic loader maps them.
    pub sections: Vec<SectionFacts>,
    /// What the tables of the code say.
    pub tables: Tables,
    /// What the heap segment's bitmaps say; `None` unless asked for, or if there is no segment.
    pub heap_contents: Option<Contents>,
    /// What a verification counted; `None` unless asked for.
    pub verified: Option<Verified>,
}

/// A section of the file.
pub struct SectionFacts {
    /// Its name.
    pub name: String,
    /// Offset in the file.
    pub offset: u64,
    /// Bytes.
    pub size: u64,
    /// Whether the dynamic loader maps it.
    pub is_mapped: bool,
}

impl Facts {
    /// Reads all but what was not asked for.
    pub fn gather(path: &Path, reader: &Reader) -> Result<Self, ImageError> {
        let header = reader.header().clone();
        let host = host()?;
        let verdicts = explain(&header.targets, &host);
        let sections = reader
            .sections()
            .iter()
            .map(|(name, section)| SectionFacts {
                name: name.to_owned(),
                offset: section.offset,
                size: section.size,
                is_mapped: section.is_allocated,
            })
            .collect();
        let tables = tables::read(reader)?;
        Ok(Self { path: path.to_owned(), header, verdicts, sections, tables, heap_contents: None, verified: None })
    }

    /// Bytes of machine code: for all targets, and of the support functions.
    pub fn code_bytes(&self) -> u64 {
        let is_code = |name: &str| name == ".text" || name.starts_with(CODE_SECTION_PREFIX);
        let code = self.sections.iter().filter(|section| section.is_mapped && is_code(&section.name));
        code.map(|section| section.size).sum()
    }
}

/// This machine, without the features that `TINTYPE_CPU_FEATURES` hides: what a start would see.
fn host() -> Result<Host, ImageError> {
    match std::env::var("TINTYPE_CPU_FEATURES") {
        Ok(hidden) => Host::detect_with_hidden(&hidden).map_err(|error| ImageError::Io {
            action: "read TINTYPE_CPU_FEATURES",
            error: std::io::Error::other(error.to_string()),
        }),
        Err(_) => Ok(Host::detect()),
    }
}
