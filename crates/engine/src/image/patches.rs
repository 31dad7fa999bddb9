//! The words a child image changes in its parent: found when it is built, written when it is loaded.
//!
//! Evaluating a program changes objects of the system image: tables it is entered in, bindings it assigns. The builder
//! compares the parent's segment with what the file holds and keeps the differing words. Header flags are not compared:
//! the builder's own write barrier changes them.

use tintype_heap::{BitmapRef, FLAGS, HAS_HASH};

/// What a changed word holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Plain bits.
    Bits(u64),
    /// An address in the child's segment, as an offset.
    Child(u64),
    /// An address in the parent's segment, as an offset.
    Parent(u64),
}

/// A changed word of the parent, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub word: u32,
    pub content: Content,
}

/// The words of a segment that differ from the file's: index and new value.
pub(super) fn differing_words(original: &[u8], now: &[u8], starts: BitmapRef<'_>) -> Vec<(u32, u64)> {
    let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    let ignored = FLAGS & !HAS_HASH;
    let pairs = original.chunks_exact(8).zip(now.chunks_exact(8)).enumerate();
    pairs
        .filter_map(|(index, (old, new))| {
            if old == new {
                return None;
            }
            let (old, new) = (word(old), word(new));
            if starts.get(index) {
                let kept = new & !ignored | old & ignored;
                return (kept != old).then_some((index as u32, kept));
            }
            Some((index as u32, new))
        })
        .collect()
}

/// Bytes of one encoded patch: index, kind, value.
const ENCODED: usize = 13;

/// The patches as bytes.
pub(super) fn encode(patches: &[Patch]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(patches.len() * ENCODED);
    for patch in patches {
        let (kind, value) = match patch.content {
            Content::Bits(bits) => (0_u8, bits),
            Content::Child(offset) => (1, offset),
            Content::Parent(offset) => (2, offset),
        };
        bytes.extend_from_slice(&patch.word.to_le_bytes());
        bytes.push(kind);
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes
}

/// The patches from bytes; `None` if they are not patches of segments of these lengths in bytes.
pub(super) fn decode(bytes: &[u8], parent_length: u64, child_length: u64) -> Option<Vec<Patch>> {
    if !bytes.len().is_multiple_of(ENCODED) {
        return None;
    }
    let decode_one = |entry: &[u8]| {
        let word = u32::from_le_bytes(entry[..4].try_into().ok()?);
        let value = u64::from_le_bytes(entry[5..].try_into().ok()?);
        let content = match entry[4] {
            0 => Content::Bits(value),
            1 if value <= child_length => Content::Child(value),
            2 if value <= parent_length => Content::Parent(value),
            _ => return None,
        };
        (u64::from(word) * 8 + 8 <= parent_length).then_some(Patch { word, content })
    };
    bytes.chunks_exact(ENCODED).map(decode_one).collect()
}

/// Writes the patches.
///
/// # Safety
/// `parent` and `child` are the mapped segments the patches were decoded for, nothing else refers to the parent's words
/// meanwhile, and the values are what the image's builder found there: the image is trusted as its code is.
pub(super) unsafe fn apply(patches: &[Patch], parent: u64, child: u64) {
    for patch in patches {
        let value = match patch.content {
            Content::Bits(bits) => bits,
            Content::Child(offset) => child + offset,
            Content::Parent(offset) => parent + offset,
        };
        let place = (parent + u64::from(patch.word) * 8) as *mut u64;
        // SAFETY: `decode` has checked that the word lies in the parent's segment, which is mapped writable.
        unsafe { place.write(value) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tintype_heap::Bitmap;

    #[test]
    fn only_changed_words_are_kept_and_header_flags_are_not() {
        let words = |list: [u64; 4]| list.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let mut starts = Bitmap::new(4);
        starts.set(0);
        starts.set(2);
        let original = words([0x1000 | 5, 1, 0x2000 | 5, 7]);
        let now = words([0x1000 | 4, 2, 0x3000 | 4, 7]);
        let found = differing_words(&original, &now, starts.as_ref());
        assert_eq!(found, [(1, 2), (2, 0x3000 | 5)]);
    }

    #[test]
    fn patches_survive_encoding_and_damage_is_refused() {
        let patches = [
            Patch { word: 3, content: Content::Bits(u64::MAX) },
            Patch { word: 0, content: Content::Child(64) },
            Patch { word: 7, content: Content::Parent(8) },
        ];
        let bytes = encode(&patches);
        assert_eq!(decode(&bytes, 64, 64).as_deref(), Some(&patches[..]));
        assert_eq!(decode(&bytes, 56, 64), None, "a word beyond the parent");
        assert_eq!(decode(&bytes, 64, 32), None, "an address beyond the child");
        assert_eq!(decode(&bytes[1..], 64, 64), None);
        let mut unknown = bytes.clone();
        unknown[4] = 9;
        assert_eq!(decode(&unknown, 64, 64), None);
    }
}
