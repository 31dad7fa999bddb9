//! What can be wrong with a graph to be stored, and with a stored segment.
//!
//! Only values and their messages are here.

use std::fmt;

/// One step on the way from a root to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathStep {
    /// Payload address of the object.
    pub object: usize,
    /// Address of its type.
    pub ty: usize,
    /// Byte offset of the pointer that leads to the next step (to the offending object in the last one);
    /// -8, the header, if the next object is the type of this one.
    pub offset: isize,
}

/// Why a graph cannot be stored. The program's fault, except where noted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BuildError {
    /// An object of a type whose layout says that it cannot be stored.
    Unstorable {
        /// The object.
        object: usize,
        /// Its type.
        ty: usize,
        /// The way from a root to it.
        path: Vec<PathStep>,
    },
    /// An object whose type was never set: the embedder's bug.
    Untyped {
        /// The object.
        object: usize,
        /// The way from a root to it.
        path: Vec<PathStep>,
    },
    /// An interior pointer that leads out of its base object: the embedder's bug.
    StrayInterior {
        /// The object that holds it.
        object: usize,
        /// Byte offset of the interior pointer.
        offset: usize,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Unstorable { object, ty, path } => {
                write!(f, "object {object:#x} of type {ty:#x} cannot be stored, reached {}", ShowPath(path))
            }
            BuildError::Untyped { object, path } => {
                write!(f, "object {object:#x} has no type, reached {}", ShowPath(path))
            }
            BuildError::StrayInterior { object, offset } => {
                write!(f, "the interior pointer at offset {offset} of object {object:#x} leads out of its base object")
            }
        }
    }
}

impl std::error::Error for BuildError {}

struct ShowPath<'a>(&'a [PathStep]);

impl fmt::Display for ShowPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return write!(f, "as a root");
        }
        write!(f, "by")?;
        for (index, step) in self.0.iter().enumerate() {
            let arrow = if index == 0 { "" } else { " ->" };
            write!(f, "{arrow} {:#x} (type {:#x}) at {}", step.object, step.ty, step.offset)?;
        }
        Ok(())
    }
}

/// What is wrong with a stored segment: the file is damaged, or its parents are others than it was built with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SegmentError {
    /// The segment's length is not a multiple of 16, or its base is not.
    Misaligned {
        /// The address or length.
        value: u64,
    },
    /// An object start that is not at the second word of a 16-byte unit, or beyond the end.
    BadStart {
        /// Offset of the header in bytes.
        offset: u64,
    },
    /// An address that leads neither to an object of the segment nor to one of a parent.
    BadPointer {
        /// Offset of the word that holds it, in bytes.
        offset: u64,
        /// What the word holds.
        value: u64,
    },
    /// A header without the flags that image objects carry.
    BadFlags {
        /// Offset of the header in bytes.
        offset: u64,
        /// The header.
        header: u64,
    },
    /// A type whose layout contradicts itself or leads out of bounds.
    BadLayout {
        /// The type's address.
        ty: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// An object that does not end before the next one begins.
    BadSize {
        /// Offset of the payload in bytes.
        offset: u64,
        /// Payload bytes according to its type and length.
        bytes: u64,
    },
    /// An interior pointer outside of the object that it must point into.
    BadInterior {
        /// Offset of the word that holds it, in bytes.
        offset: u64,
        /// What the word holds.
        value: u64,
    },
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SegmentError::Misaligned { value } => {
                write!(f, "segment base or length: expected a multiple of 16, found {value:#x}")
            }
            SegmentError::BadStart { offset } => write!(f, "object start at {offset:#x}: no header can be there"),
            SegmentError::BadPointer { offset, value } => {
                write!(f, "pointer at {offset:#x}: expected an object's address, found {value:#x}")
            }
            SegmentError::BadFlags { offset, header } => {
                write!(f, "header at {offset:#x}: expected the flags of an image object, found {header:#x}")
            }
            SegmentError::BadLayout { ty, what } => write!(f, "layout of type {ty:#x}: {what}"),
            SegmentError::BadSize { offset, bytes } => {
                write!(f, "object at {offset:#x}: its {bytes} bytes reach into the next object or beyond the end")
            }
            SegmentError::BadInterior { offset, value } => {
                write!(f, "interior pointer at {offset:#x}: {value:#x} is outside of its base object")
            }
        }
    }
}

impl std::error::Error for SegmentError {}
