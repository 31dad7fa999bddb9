//! Opens an image: checks, selects the CPU target, maps, merges the shards' tables.
//!
//! [`open`] is the whole of it. Everything that can be known without mapping the file is checked first; then the
//! dynamic loader maps code and tables, and the heap segment is mapped at its preferred address, where nothing is
//! relocated and no page is touched. Tables are read in place when they are asked for: nothing is merged ahead.
//!
//! It never compiles, and runs nothing of what it loads. Loaded images stay for the life of the process.

mod error;
mod heap_segment;
mod image;
mod library;
mod open;
mod tables;

pub use error::LoadError;
pub use image::{CodeRange, HeapSegment, LoadedImage, Support};
pub use open::{AddressMode, OpenOptions, open};
pub use tables::CELL_BYTES;
