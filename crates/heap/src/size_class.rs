//! Size classes: which cell a small object gets.
//!
//! A cell holds the 8-byte header and the payload and is a multiple of 16 bytes. Up to 256 bytes there is a class for
//! each multiple; above that about four per doubling, each as large as its number of cells in a block allows. Objects
//! over the largest cell are large objects and have no class. Compiled code freezes the class of each type it
//! allocates, so the table is part of the image format.

use crate::gc::HEADER_BYTES;

/// Number of size classes.
pub const N_SIZE_CLASSES: usize = 42;

/// Bytes of one cell of each class.
pub const CELL_BYTES: [u32; N_SIZE_CLASSES] = [
    16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 320, 384, 448, 512, 640, 768, 896, 1024,
    1280, 1536, 1792, 2048, 2512, 2976, 3440, 4080, 5040, 5952, 7280, 8176, 9360, 10912, 13088, 16368, 21840, 32752,
];

/// The largest payload that has a size class, in bytes.
pub const MAX_SMALL_PAYLOAD: usize = CELL_BYTES[N_SIZE_CLASSES - 1] as usize - HEADER_BYTES;

/// The size class of a payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SizeClass {
    /// Index into `AllocBuffers::free`.
    pub index: u32,
    /// Bytes of the cell, header included.
    pub cell_bytes: u32,
}

/// Class by number of 16-byte granules in header and payload, rounded up; index 0 is not used.
static CLASS_OF_GRANULES: [u8; CELL_BYTES[N_SIZE_CLASSES - 1] as usize / 16 + 1] = class_table();

/// The size class for a payload of `payload_bytes`; `None` if such an object is a large object.
pub const fn size_class(payload_bytes: usize) -> Option<SizeClass> {
    if payload_bytes > MAX_SMALL_PAYLOAD {
        return None;
    }
    let cell = (payload_bytes + HEADER_BYTES).next_multiple_of(16) as u32;
    let mut index = if cell <= 256 { cell as usize / 16 - 1 } else { 16 };
    while CELL_BYTES[index] < cell {
        index += 1;
    }
    Some(SizeClass { index: index as u32, cell_bytes: CELL_BYTES[index] })
}

/// The class index of a payload, by table; `None` if it is too large for one.
#[inline(always)]
pub(crate) fn class_index(payload_bytes: usize) -> Option<usize> {
    if payload_bytes > MAX_SMALL_PAYLOAD {
        return None;
    }
    Some(CLASS_OF_GRANULES[(payload_bytes + HEADER_BYTES + 15) >> 4] as usize)
}

const fn class_table<const N: usize>() -> [u8; N] {
    let mut table = [0; N];
    let mut class = 0;
    let mut granules = 1;
    while granules < N {
        while (CELL_BYTES[class] as usize) < granules * 16 {
            class += 1;
        }
        table[granules] = class as u8;
        granules += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arena::BLOCK_BYTES;

    #[test]
    fn every_small_payload_fits_its_cell_and_wastes_less_than_a_third() {
        for payload in 0..=MAX_SMALL_PAYLOAD {
            let class = size_class(payload).unwrap();
            assert_eq!(class_index(payload), Some(class.index as usize), "payload {payload}");
            let cell = class.cell_bytes as usize;
            assert!(payload + HEADER_BYTES <= cell);
            assert!(cell <= (payload + HEADER_BYTES) * 3 / 2 + 16, "payload {payload} in cell {cell}");
        }
        assert_eq!(size_class(MAX_SMALL_PAYLOAD + 1), None);
        assert_eq!(class_index(MAX_SMALL_PAYLOAD + 1), None);
    }

    #[test]
    fn cells_keep_payloads_aligned_and_end_inside_the_block() {
        for cell in CELL_BYTES {
            assert_eq!(cell % 16, 0);
            let n = (BLOCK_BYTES - 8) / cell as usize;
            assert!(8 + n * cell as usize <= BLOCK_BYTES - 8, "one past the last object is inside the block");
        }
    }
}
