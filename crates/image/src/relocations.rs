//! Which words of a heap segment hold addresses: what to change when it, or a parent's, lies elsewhere.
//!
//! The section is a list of bitmaps over the segment's 8-byte words, all of the length that the segment gives them:
//! `u32` number of parents, `u32` zero, then the own bitmap, the object starts, and one bitmap for each parent.

use tintype_heap::{Bitmap, BitmapRef};

use crate::ImageError;

/// The bitmaps of a heap segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relocations {
    /// The bytes of the section.
    bytes: Vec<u8>,
    bitmap_bytes: usize,
    n_parents: usize,
}

const HEAD_BYTES: usize = 8;

impl Relocations {
    /// The section of a segment of `length` bytes.
    ///
    /// # Panics
    /// When a bitmap is not one of that many bytes' words.
    #[must_use]
    pub fn encode(length: u64, own: &Bitmap, object_starts: &Bitmap, parents: &[Bitmap]) -> Vec<u8> {
        let bitmap_bytes = bitmap_bytes(length);
        let mut bytes = Vec::with_capacity(HEAD_BYTES + bitmap_bytes * (2 + parents.len()));
        bytes.extend((parents.len() as u32).to_le_bytes());
        bytes.extend(0_u32.to_le_bytes());
        for bitmap in [own, object_starts].into_iter().chain(parents) {
            assert_eq!(bitmap.as_bytes().len(), bitmap_bytes, "a bitmap of a segment of {length} bytes");
            bytes.extend(bitmap.as_bytes());
        }
        bytes
    }

    /// The bitmaps that a section holds, for a segment of `length` bytes and an image with `n_parents` parents.
    ///
    /// # Errors
    /// When the section has another size or another number of parents.
    pub fn decode(bytes: &[u8], length: u64, n_parents: usize) -> Result<Self, ImageError> {
        let invalid = |field, problem| Err(ImageError::field("relocations", field, problem));
        let bitmap_bytes = bitmap_bytes(length);
        let expected = HEAD_BYTES + bitmap_bytes * (2 + n_parents);
        if bytes.len() != expected {
            return invalid("length", format!("expected {expected} bytes, found {}", bytes.len()));
        }
        let count = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if count as usize != n_parents || bytes[4..HEAD_BYTES] != [0; 4] {
            return invalid("number of parents", format!("expected {n_parents}, found {count}"));
        }
        Ok(Self { bytes: bytes.to_vec(), bitmap_bytes, n_parents })
    }

    /// Words that hold addresses inside the segment.
    #[must_use]
    pub fn own(&self) -> BitmapRef<'_> {
        self.bitmap(0)
    }

    /// Words at which an object starts.
    #[must_use]
    pub fn object_starts(&self) -> BitmapRef<'_> {
        self.bitmap(1)
    }

    /// Words that hold addresses inside a parent's segment, for each parent in the header's order.
    pub fn parents(&self) -> impl ExactSizeIterator<Item = BitmapRef<'_>> {
        (0..self.n_parents).map(|parent| self.bitmap(2 + parent))
    }

    fn bitmap(&self, index: usize) -> BitmapRef<'_> {
        let start = HEAD_BYTES + index * self.bitmap_bytes;
        BitmapRef::from_bytes(&self.bytes[start..start + self.bitmap_bytes])
    }
}

/// Bytes of a bitmap over the words of a segment, which itself is padded to whole 8-byte words.
fn bitmap_bytes(length: u64) -> usize {
    (length as usize).div_ceil(8).div_ceil(64) * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bitmaps_survive_the_round_trip() {
        let words = 1000 / 8;
        let bitmaps: Vec<Bitmap> = (0..4)
            .map(|i| {
                let mut bitmap = Bitmap::new(words);
                bitmap.set(i * 7);
                bitmap
            })
            .collect();
        let bytes = Relocations::encode(1000, &bitmaps[0], &bitmaps[1], &bitmaps[2..]);
        let relocations = Relocations::decode(&bytes, 1000, 2).unwrap();
        let all = [relocations.own(), relocations.object_starts()].into_iter().chain(relocations.parents());
        assert_eq!(all.map(|bitmap| bitmap.ones().collect()).collect::<Vec<Vec<_>>>(), [[0], [7], [14], [21]]);
        for (length, parents) in [(1000, 1), (1000, 3), (2000, 2), (0, 2)] {
            assert!(Relocations::decode(&bytes, length, parents).is_err());
        }
        for cut in 0..bytes.len() {
            assert!(Relocations::decode(&bytes[..cut], 1000, 2).is_err());
        }
    }
}
