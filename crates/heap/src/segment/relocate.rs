//! Moving a segment: adding a distance to every word that holds an address.

use super::bitmap::BitmapRef;

/// Adds `delta`, a multiple of 16 so that header flags stay, to each 8-byte word of `bytes` whose bit is set. Bits
/// beyond the last whole word are ignored. Works on bytes that are not aligned, too.
pub fn relocate(bytes: &mut [u8], bitmap: &BitmapRef<'_>, delta: i64) {
    assert_eq!(delta % 16, 0, "a segment moves by multiples of 16 bytes, not by {delta}");
    for (first, mut bits) in bitmap.words() {
        let Some(group) = bytes.get_mut(first * 8..) else { return };
        while bits != 0 {
            let at = bits.trailing_zeros() as usize * 8;
            bits &= bits - 1;
            let Some(word) = group.get_mut(at..at + 8) else { return };
            let word: &mut [u8; 8] = word.try_into().expect("the slice has eight bytes");
            *word = u64::from_le_bytes(*word).wrapping_add_signed(delta).to_le_bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bitmap;

    #[test]
    fn only_marked_words_move_and_stray_bits_are_harmless() {
        let mut bytes: Vec<u8> = (0..4_u64).flat_map(|word| (word * 256 + 5).to_le_bytes()).collect();
        let mut bitmap = Bitmap::new(128);
        [1, 3, 4, 100].iter().for_each(|&bit| bitmap.set(bit));
        relocate(&mut bytes, &bitmap.as_ref(), -32);
        let words: Vec<u64> = bytes.chunks(8).map(|word| u64::from_le_bytes(word.try_into().unwrap())).collect();
        assert_eq!(words, [5, 256 + 5 - 32, 517, 773 - 32]);
    }
}
