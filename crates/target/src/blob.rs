//! The target list as an image stores it.
//!
//! Little-endian: `u32` count, then for each target `u8` architecture, `u8` flags, `u16` zero, `u32` base (all ones
//! for none), 4 × `u64` enabled features, 4 × `u64` disabled features, `u32` length of the name, the name. The bytes
//! are a function of the list, and [`decode_targets`] accepts exactly what [`encode_targets`] writes: a blob from a
//! damaged file is an error, never a panic and never a list that breaks an invariant of [`TargetSpec`].

use thiserror::Error;

use crate::feature::N_WORDS;
use crate::{Arch, FeatureSet, MAX_TARGETS, TargetFlags, TargetSpec, is_full};

/// The longest CPU name accepted.
const MAX_NAME: usize = 64;

const CLONE_ALL: u8 = 1;
const OPT_SIZE: u8 = 2;
const MIN_SIZE: u8 = 4;
const UNKNOWN_NAME: u8 = 8;
const NO_BASE: u32 = u32::MAX;

/// Why bytes are no target list: a damaged file, or one of another format version.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BlobError {
    /// The bytes end too early.
    #[error("target list: expected {expected} more bytes at offset {offset}, found {found}")]
    Truncated {
        /// Where the read began.
        offset: usize,
        /// How many bytes it wanted.
        expected: usize,
        /// How many were left.
        found: usize,
    },
    /// Bytes follow the last target.
    #[error("target list: {extra} bytes follow the last target")]
    Trailing {
        /// How many.
        extra: usize,
    },
    /// No target, or too many.
    #[error("target list: expected 1 to {MAX_TARGETS} targets, found {found}")]
    Count {
        /// The stored count.
        found: u32,
    },
    /// A field of a target holds a value that is never written.
    #[error("target {index} of the target list: invalid {field}")]
    Invalid {
        /// The target's index.
        index: usize,
        /// What is wrong.
        field: &'static str,
    },
}

/// The bytes of a target list.
///
/// # Panics
/// When the list is not one that [`Spec`](crate::Spec) can give: empty, too long, a name beyond 64 bytes.
#[must_use]
pub fn encode_targets(targets: &[TargetSpec]) -> Vec<u8> {
    assert!((1..=MAX_TARGETS).contains(&targets.len()), "{} targets", targets.len());
    let mut bytes = Vec::with_capacity(4 + targets.len() * 96);
    bytes.extend((targets.len() as u32).to_le_bytes());
    for target in targets {
        assert!(target.name.len() <= MAX_NAME, "CPU name {:?}", target.name);
        bytes.extend([target.arch as u8, encode_flags(target.flags), 0, 0]);
        bytes.extend(target.base.unwrap_or(NO_BASE).to_le_bytes());
        for word in target.features.words().into_iter().chain(target.disabled.words()) {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend((target.name.len() as u32).to_le_bytes());
        bytes.extend(target.name.as_bytes());
    }
    bytes
}

/// The target list that the bytes hold.
///
/// # Errors
/// When the bytes are not exactly what [`encode_targets`] writes for some list.
pub fn decode_targets(bytes: &[u8]) -> Result<Vec<TargetSpec>, BlobError> {
    let mut reader = Reader { bytes, offset: 0 };
    let count = reader.u32()?;
    if count == 0 || count as usize > MAX_TARGETS {
        return Err(BlobError::Count { found: count });
    }
    let mut targets = Vec::with_capacity(count as usize);
    for index in 0..count as usize {
        let target = decode_target(&mut reader, index)?;
        check_base(&target, &targets).map_err(|field| BlobError::Invalid { index, field })?;
        targets.push(target);
    }
    match bytes.len() - reader.offset {
        0 => Ok(targets),
        extra => Err(BlobError::Trailing { extra }),
    }
}

fn encode_flags(flags: TargetFlags) -> u8 {
    let bit = |set: bool, bit: u8| if set { bit } else { 0 };
    bit(flags.clone_all, CLONE_ALL)
        | bit(flags.opt_size, OPT_SIZE)
        | bit(flags.min_size, MIN_SIZE)
        | bit(flags.unknown_name, UNKNOWN_NAME)
}

fn decode_flags(bits: u8) -> Option<TargetFlags> {
    let flags = TargetFlags {
        clone_all: bits & CLONE_ALL != 0,
        opt_size: bits & OPT_SIZE != 0,
        min_size: bits & MIN_SIZE != 0,
        unknown_name: bits & UNKNOWN_NAME != 0,
    };
    (encode_flags(flags) == bits).then_some(flags)
}

fn decode_target(reader: &mut Reader<'_>, index: usize) -> Result<TargetSpec, BlobError> {
    let invalid = |field| BlobError::Invalid { index, field };
    let [arch, flags, zeros @ ..] = reader.array::<4>()?;
    let arch = Arch::from_number(arch).ok_or(invalid("architecture"))?;
    let flags = decode_flags(flags).ok_or(invalid("flags"))?;
    if zeros != [0; 2] {
        return Err(invalid("padding"));
    }
    let base = Some(reader.u32()?).filter(|base| *base != NO_BASE);
    let features = reader.features()?.ok_or(invalid("feature"))?;
    let disabled = reader.features()?.ok_or(invalid("disabled feature"))?;
    if features.union(disabled).iter().any(|feature| feature.arch() != arch) {
        return Err(invalid("feature: it belongs to another architecture"));
    }
    if !features.is_closed() || features.intersects(disabled) {
        return Err(invalid("features: they contradict each other"));
    }
    let length = reader.u32()? as usize;
    if length == 0 || length > MAX_NAME {
        return Err(invalid("length of the name"));
    }
    let name = reader.take(length)?;
    if !name.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',')) {
        return Err(invalid("name"));
    }
    let name = String::from_utf8_lossy(name).into_owned();
    Ok(TargetSpec { arch, name, features, disabled, flags, base })
}

/// Names the field that contradicts the targets before this one.
fn check_base(target: &TargetSpec, earlier: &[TargetSpec]) -> Result<(), &'static str> {
    let base_is_right = match target.base {
        None => earlier.is_empty(),
        Some(base) => (base as usize) < earlier.len() && is_full(earlier, base as usize),
    };
    if !base_is_right {
        return Err("base");
    }
    if earlier.first().is_some_and(|first| first.arch != target.arch) {
        return Err("architecture: it differs from the first target's");
    }
    Ok(())
}

struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], BlobError> {
        let rest = &self.bytes[self.offset..];
        let taken = rest.get(..length).ok_or(BlobError::Truncated {
            offset: self.offset,
            expected: length,
            found: rest.len(),
        })?;
        self.offset += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BlobError> {
        Ok(self.take(N)?.try_into().expect("`take` gives the length asked for"))
    }

    fn u32(&mut self) -> Result<u32, BlobError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn features(&mut self) -> Result<Option<FeatureSet>, BlobError> {
        let mut words = [0; N_WORDS];
        for word in &mut words {
            *word = u64::from_le_bytes(self.array()?);
        }
        Ok(FeatureSet::from_words(words))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Host, Spec};

    fn sample() -> Vec<TargetSpec> {
        let text = "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1);knl,opt_size,min_size,base(1)";
        Spec::parse(text, &Host::baseline(Arch::X86_64)).unwrap()
    }

    #[test]
    fn lists_survive_the_round_trip() {
        let mut host = Host::of_cpu(Arch::X86_64, "znver4").unwrap();
        host.hide("-avx512bw").unwrap();
        host.name_is_known = false;
        for targets in [sample(), Spec::parse("native;haswell", &host).unwrap()] {
            assert_eq!(decode_targets(&encode_targets(&targets)), Ok(targets));
        }
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = encode_targets(&sample());
        for length in 0..bytes.len() {
            assert!(matches!(decode_targets(&bytes[..length]), Err(BlobError::Truncated { .. })), "{length}");
        }
        let extended = [&bytes[..], &[0]].concat();
        assert_eq!(decode_targets(&extended), Err(BlobError::Trailing { extra: 1 }));
    }

    #[test]
    fn every_flipped_bit_is_an_error_or_a_list_that_encodes_to_the_same() {
        let bytes = encode_targets(&sample());
        let mut accepted = 0;
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            if let Ok(targets) = decode_targets(&damaged) {
                assert_eq!(encode_targets(&targets), damaged);
                accepted += 1;
            }
        }
        // Some flips give another valid list (a letter of a name, a flag); the file's checksum is for those.
        assert!(accepted < bytes.len() * 3, "{accepted}");
    }

    #[test]
    fn a_partial_base_is_refused() {
        let mut targets = sample();
        targets[1].flags.clone_all = false;
        let error = decode_targets(&encode_targets(&targets)).unwrap_err();
        assert_eq!(error.to_string(), "target 2 of the target list: invalid base");
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode_targets(&bytes);
        }

        #[test]
        fn damaged_lists_never_panic(edits in proptest::collection::vec((0usize..400, any::<u8>()), 1..8)) {
            let mut bytes = encode_targets(&sample());
            for (at, byte) in edits {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            if let Ok(targets) = decode_targets(&bytes) {
                prop_assert_eq!(encode_targets(&targets), bytes);
            }
        }
    }
}
