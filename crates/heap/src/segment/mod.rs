//! Segments: object graphs as position-dependent bytes that can be moved.
//!
//! A segment is what an image maps: headers, payloads and addresses exactly as they will be in memory when it lies at its
//! base, together with bitmaps that say which words hold addresses, so that it can also lie elsewhere. It refers to
//! objects of parent segments by address.
//!
//! The file around it is the business of the image format.

mod bitmap;
mod build;
mod copy;
mod error;
mod relocate;
mod verify;

pub use bitmap::{Bitmap, BitmapRef};
pub use build::{ParentRange, Segment, SegmentBuilder};
pub use error::{BuildError, PathStep, SegmentError};
pub use relocate::relocate;
pub use verify::{ParentBytes, SegmentStats, verify_segment};
