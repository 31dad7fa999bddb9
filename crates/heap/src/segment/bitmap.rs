//! Bitmaps over the 8-byte words of a segment.
//!
//! In memory and in a file a bitmap is the same bytes: bit `i % 8` of byte `i / 8`, padded with zero bits to whole
//! 8-byte words.

/// A bitmap that owns its bytes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Bitmap {
    bytes: Vec<u8>,
}

/// A bitmap in borrowed bytes, for example those of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BitmapRef<'a> {
    bytes: &'a [u8],
}

impl Bitmap {
    /// A bitmap of `n_bits` zero bits.
    pub fn new(n_bits: usize) -> Bitmap {
        Bitmap { bytes: vec![0; n_bits.div_ceil(64) * 8] }
    }

    /// Sets bit `index`. Panics if there is none.
    pub fn set(&mut self, index: usize) {
        self.bytes[index / 8] |= 1 << (index % 8);
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A view of this bitmap.
    pub fn as_ref(&self) -> BitmapRef<'_> {
        BitmapRef { bytes: &self.bytes }
    }

    /// Whether bit `index` is set; bits beyond the end are not.
    pub fn get(&self, index: usize) -> bool {
        self.as_ref().get(index)
    }

    /// The indices of set bits, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.as_ref().ones()
    }
}

impl<'a> BitmapRef<'a> {
    /// The bitmap whose stored bytes are `bytes`. Any bytes are a bitmap.
    pub fn from_bytes(bytes: &'a [u8]) -> BitmapRef<'a> {
        BitmapRef { bytes }
    }

    /// Whether bit `index` is set; bits beyond the end are not.
    #[inline]
    pub fn get(self, index: usize) -> bool {
        self.bytes.get(index / 8).is_some_and(|byte| byte & (1 << (index % 8)) != 0)
    }

    /// The bits as 64-bit words with the index of each word's first bit; a short last word is filled with zeros.
    pub fn words(self) -> impl Iterator<Item = (usize, u64)> + 'a {
        self.bytes.chunks(8).enumerate().map(|(index, chunk)| {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            (index * 64, u64::from_le_bytes(word))
        })
    }

    /// The indices of set bits, ascending.
    pub fn ones(self) -> impl Iterator<Item = usize> + 'a {
        self.words().flat_map(|(first, mut word)| {
            std::iter::from_fn(move || {
                (word != 0).then(|| {
                    let bit = word.trailing_zeros() as usize;
                    word &= word - 1;
                    first + bit
                })
            })
        })
    }

    /// Number of set bits.
    pub fn count_ones(self) -> usize {
        self.words().map(|(_, word)| word.count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_set_are_the_bits_read_in_order() {
        let mut bitmap = Bitmap::new(200);
        let indices = [0, 7, 8, 63, 64, 127, 128, 199];
        indices.iter().for_each(|&index| bitmap.set(index));
        assert_eq!(bitmap.ones().collect::<Vec<_>>(), indices);
        assert!(bitmap.get(63) && !bitmap.get(62) && !bitmap.get(100_000));
        let short = BitmapRef::from_bytes(&bitmap.as_bytes()[..17]);
        assert_eq!(short.ones().collect::<Vec<_>>(), [0, 7, 8, 63, 64, 127, 128]);
        assert_eq!(short.count_ones(), 7);
    }
}
