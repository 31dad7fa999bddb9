//! Preferred addresses of heap segments.
//!
//! References between images are absolute addresses computed before any of them is loaded, so an image's address is a
//! function of its identity: a slot of 1 GiB in a range that neither the kernel, nor allocators, nor sanitizers use.
//! Two images of one process may want one slot; a builder then moves the later one on.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Distance of slots, and the most a heap segment may hold.
pub const SLOT_BYTES: u64 = 1 << 30;

/// The addresses that slots lie in: 4096 slots from 32 TiB up. Programs are placed from about 85 TiB up, libraries
/// near 128 TiB, both by the kernel; small fixed mappings of other run-time systems lie below 1 TiB.
pub const ADDRESS_RANGE: Range<u64> = 0x2000_0000_0000..0x2400_0000_0000;

/// The address an image's heap segment prefers. The same for equal names and ids, in every process on every machine.
#[must_use]
pub fn preferred_base(name: &str, uuid: u128) -> u64 {
    preferred_base_avoiding(name, uuid, &[])
}

/// As [`preferred_base`], moved on to the next slot that no segment in `taken` touches.
///
/// # Panics
/// When all slots are taken.
#[must_use]
pub fn preferred_base_avoiding(name: &str, uuid: u128, taken: &[Range<u64>]) -> u64 {
    let n_slots = (ADDRESS_RANGE.end - ADDRESS_RANGE.start) / SLOT_BYTES;
    let hash = xxh3_64_with_seed(name.as_bytes(), uuid as u64 ^ (uuid >> 64) as u64);
    let is_free = |base: &u64| taken.iter().all(|range| range.end <= *base || range.start >= *base + SLOT_BYTES);
    (0..n_slots)
        .map(|step| ADDRESS_RANGE.start + (hash.wrapping_add(step) % n_slots) * SLOT_BYTES)
        .find(is_free)
        .expect("fewer images than slots are loaded at once")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_frozen() {
        // Images hold these addresses of their parents; a change of the function is a change of the format.
        assert_eq!(preferred_base("base", 0), 0x23f3_4000_0000);
    }

    #[test]
    fn taken_slots_are_passed() {
        let first = preferred_base("a", 7);
        assert!(ADDRESS_RANGE.contains(&first) && first.is_multiple_of(SLOT_BYTES));
        let taken = std::iter::once(first..first + 4096).collect::<Vec<_>>();
        let second = preferred_base_avoiding("a", 7, &taken);
        assert_eq!(
            (second - ADDRESS_RANGE.start) / SLOT_BYTES,
            ((first - ADDRESS_RANGE.start) / SLOT_BYTES + 1) % 4096
        );
        let third =
            preferred_base_avoiding("a", 7, &[first..first + 4096, second + SLOT_BYTES - 1..second + SLOT_BYTES]);
        assert_ne!(third, second);
        assert_ne!(preferred_base("a", 8), first);
    }
}
