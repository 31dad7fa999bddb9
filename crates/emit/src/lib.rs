//! Partitions a module, emits shards in parallel, writes objects, archives, links, and makes the image file.
//!
//! [`emit_image`] is the whole of it: read [`image`](mod@image) from top to bottom. Shards share nothing that changes, so a shard's
//! bytes depend on the module and the options alone, and the file is the same for any number of threads. What the
//! in-memory tables of an image look like is written down in [`tables`].
//!
//! It loads nothing and runs nothing of what it emits.

#![forbid(unsafe_code)]

mod append;
mod archive;
mod code_range;
mod data;
mod error;
pub mod image;
mod link;
mod object_file;
mod partition;
mod report;
mod request;
mod shard;
mod support;
mod symbols;
pub mod tables;

pub use error::EmitError;
pub use image::emit_image;
pub use report::{EmitReport, PhaseTimes, ShardReport};
pub use request::{EmitOptions, EmitRequest, HeapPart, Linker, ParentRef};
