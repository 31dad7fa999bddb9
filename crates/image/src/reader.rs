//! Opening an image file: the section table and the header, checked; the rest on request.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::codec::MAX_HEADER_BYTES;
use crate::read_at::read_range;
use crate::{ElfSections, Header, ImageError, Relocations, Section, heap_alignment};

/// The section with the [`Header`].
pub const HEADER_SECTION: &str = ".tintype.header";
/// The section with the heap segment.
pub const HEAP_SECTION: &str = ".tintype.heap";
/// The section with the [`Relocations`] of the heap segment.
pub const RELOC_SECTION: &str = ".tintype.reloc";
/// Sections with metadata have this and the blob's name as their name.
pub const META_SECTION_PREFIX: &str = ".tintype.meta.";

/// What tells a file from every other, and from its own earlier content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity {
    /// Device.
    pub device: u64,
    /// Inode.
    pub inode: u64,
    /// Bytes.
    pub size: u64,
    /// Time of the last change of content or attributes: seconds and nanoseconds.
    pub changed: (i64, i64),
}

/// An open image file whose header was checked.
#[derive(Debug)]
pub struct Reader {
    file: File,
    identity: FileIdentity,
    sections: ElfSections,
    header: Header,
    header_section: Section,
}

impl Reader {
    /// Opens an image: reads the ELF header, the section table, the names and the header, and nothing else.
    ///
    /// # Errors
    /// When the file cannot be opened, is no image, is one of another format version, was not finished, or when
    /// something in what was read contradicts the rest. Whether the image suits the host, its parents and the options
    /// is for the caller to judge by the header.
    pub fn open(path: &Path) -> Result<Self, ImageError> {
        Self::from_file(File::open(path).map_err(ImageError::io("open the file"))?)
    }

    /// As [`open`](Self::open), from a file that is already open for reading.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn from_file(file: File) -> Result<Self, ImageError> {
        let metadata = file.metadata().map_err(ImageError::io("find the length of the file"))?;
        if !metadata.is_file() {
            let error = std::io::Error::other("it is not a regular file");
            return Err(ImageError::Io { action: "read the file", error });
        }
        let identity = FileIdentity {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.len(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        };
        let sections = ElfSections::read(&file)?;
        let header_section = sections
            .find(HEADER_SECTION)
            .ok_or_else(|| ImageError::NoSection { section: HEADER_SECTION.to_owned() })?;
        let size = header_section.size.min(MAX_HEADER_BYTES as u64);
        let bytes = read_range(&file, "the image header", header_section.offset, size, identity.size)?;
        let header = Header::decode(&bytes)?;
        let reader = Self { file, identity, sections, header, header_section };
        reader.check()?;
        Ok(reader)
    }

    /// What holds between the header and the file around it.
    fn check(&self) -> Result<(), ImageError> {
        let header = &self.header;
        if header.build_id == 0 {
            return Err(ImageError::NotSealed);
        }
        if header.file_length != self.identity.size {
            return Err(ImageError::Length { expected: header.file_length, found: self.identity.size });
        }
        let machine = self.sections.machine();
        if machine.arch() != Some(header.arch()) {
            let problem = format!("expected that of `{}`, found {machine}", header.triple);
            return Err(ImageError::field("file", "machine", problem));
        }
        self.heap_section().map(|_| ())
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The open file.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// What tells this file from others.
    #[must_use]
    pub fn identity(&self) -> FileIdentity {
        self.identity
    }

    /// The section table.
    #[must_use]
    pub fn sections(&self) -> &ElfSections {
        &self.sections
    }

    /// Where the header lies in the file.
    #[must_use]
    pub fn header_section(&self) -> Section {
        self.header_section
    }

    /// Where the heap segment lies in the file, aligned so that it can be mapped; `None` for an image without one.
    ///
    /// # Errors
    /// When the section is missing, misplaced or not of the length in the header.
    pub fn heap_section(&self) -> Result<Option<Section>, ImageError> {
        let Some(heap) = &self.header.heap else { return Ok(None) };
        let section = self.required(HEAP_SECTION)?;
        if section.size != heap.length {
            let problem = format!("expected {} bytes, found {}", heap.length, section.size);
            return Err(ImageError::field("file", "heap section", problem));
        }
        let alignment = heap_alignment(self.header.arch());
        if !section.offset.is_multiple_of(alignment) {
            let problem = format!("expected an offset aligned to {alignment}, found {:#x}", section.offset);
            return Err(ImageError::field("file", "heap section", problem));
        }
        Ok(Some(section))
    }

    /// Reads the relocations of the heap segment: needed only where it, or a parent's, was displaced.
    ///
    /// # Errors
    /// When the section is missing or does not fit the header.
    pub fn relocations(&self) -> Result<Relocations, ImageError> {
        let bytes = self.read(self.required(RELOC_SECTION)?)?;
        let length = self.header.heap.as_ref().map_or(0, |heap| heap.length);
        Relocations::decode(&bytes, length, self.header.parents.len())
    }

    /// Reads a blob of metadata; `None` if the image has none of this name.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn metadata(&self, name: &str) -> Result<Option<Vec<u8>>, ImageError> {
        let section = self.sections.find(&format!("{META_SECTION_PREFIX}{name}"));
        section.map(|section| self.read(section)).transpose()
    }

    /// The names of the metadata blobs, in file order, with where they lie.
    pub fn metadata_sections(&self) -> impl Iterator<Item = (&str, Section)> {
        self.sections.iter().filter_map(|(name, section)| Some((name.strip_prefix(META_SECTION_PREFIX)?, section)))
    }

    /// Reads the bytes of a section of this file.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn read(&self, section: Section) -> Result<Vec<u8>, ImageError> {
        read_range(&self.file, "a section", section.offset, section.size, self.identity.size)
    }

    fn required(&self, name: &str) -> Result<Section, ImageError> {
        self.sections.find(name).ok_or_else(|| ImageError::NoSection { section: name.to_owned() })
    }
}
