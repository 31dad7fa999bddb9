//! The features of each architecture, spelled as LLVM spells them, with what each implies.
//!
//! The numbers are stored in images: a new feature takes a new number, at most 127 on x86-64 and 255 on aarch64, and
//! no number is used twice. A feature stands after those it implies. The baseline of an architecture is not listed.

use std::fmt;

use crate::Arch;

/// A feature's row in the table.
#[derive(Debug)]
pub struct FeatureInfo {
    /// The feature.
    pub feature: Feature,
    /// Its name in target specs.
    pub name: &'static str,
    /// What it implies directly.
    pub implies: &'static [Feature],
    /// One line for help texts, with a full stop.
    pub summary: &'static str,
}

macro_rules! features {
    ($($variant:ident = $number:literal, $name:literal, [$($implied:ident),*], $summary:literal;)*) => {
        /// A CPU feature beyond the baseline of its architecture. The discriminant is its number in images.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Feature {
            $(#[doc = $summary] $variant = $number,)*
        }

        /// Every feature, by number.
        pub(crate) static ALL_FEATURES: [FeatureInfo; [$($number as u8),*].len()] = [
            $(FeatureInfo {
                feature: Feature::$variant,
                name: $name,
                implies: &[$(Feature::$implied),*],
                summary: $summary,
            },)*
        ];

        impl Feature {
            /// The name in target specs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The feature with this number.
            pub(crate) const fn from_number(number: usize) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

/// Number of the first aarch64 feature; those below belong to x86-64.
const FIRST_AARCH64: u8 = 128;

impl Feature {
    /// The architecture the feature belongs to.
    #[must_use]
    pub const fn arch(self) -> Arch {
        if (self as u8) < FIRST_AARCH64 { Arch::X86_64 } else { Arch::Aarch64 }
    }

    /// The feature of the architecture that has this name. Names of the baseline are none.
    #[must_use]
    pub fn from_name(arch: Arch, name: &str) -> Option<Self> {
        features(arch).find(|info| info.name == name).map(|info| info.feature)
    }
}

/// The answer to "does the CPU have the feature of this name" where it is the same on every CPU of the architecture:
/// yes for the baseline, no for names the architecture does not know. `None` where it depends on the CPU.
#[must_use]
pub fn constant_answer(arch: Arch, name: &str) -> Option<bool> {
    // Fused multiply-add is a feature on one architecture and part of the other's baseline; a program asks for it by
    // one name.
    let is_fma_in_baseline = arch == Arch::Aarch64 && name == "fma";
    if is_fma_in_baseline || arch.baseline().contains(&name) {
        Some(true)
    } else if Feature::from_name(arch, name).is_none() {
        Some(false)
    } else {
        None
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The features of an architecture, by number.
pub fn features(arch: Arch) -> impl Iterator<Item = &'static FeatureInfo> {
    ALL_FEATURES.iter().filter(move |info| info.feature.arch() == arch)
}

features! {
    Sse3 = 0, "sse3", [], "SSE3.";
    Ssse3 = 1, "ssse3", [Sse3], "Supplemental SSE3.";
    Sse41 = 2, "sse4.1", [Ssse3], "SSE4.1.";
    Sse42 = 3, "sse4.2", [Sse41], "SSE4.2.";
    Sse4a = 4, "sse4a", [Sse3], "AMD's SSE4a.";
    Popcnt = 5, "popcnt", [], "Population count.";
    Cx16 = 6, "cx16", [], "16-byte compare and exchange.";
    Sahf = 7, "sahf", [], "LAHF and SAHF in 64-bit mode.";
    Lzcnt = 8, "lzcnt", [], "Leading-zero count.";
    Movbe = 9, "movbe", [], "Loads and stores with byte swap.";
    Crc32 = 10, "crc32", [], "CRC32C instruction.";
    Prfchw = 11, "prfchw", [], "Prefetch for writing.";
    Xsave = 12, "xsave", [], "XSAVE, enabled by the operating system.";
    Xsaveopt = 13, "xsaveopt", [Xsave], "XSAVE that skips unchanged state.";
    Xsavec = 14, "xsavec", [Xsave], "XSAVE in compacted form.";
    Xsaves = 15, "xsaves", [Xsave], "XSAVE of supervisor state.";
    Pclmul = 16, "pclmul", [], "Carry-less multiplication.";
    Aes = 17, "aes", [], "AES rounds.";
    Avx = 18, "avx", [Sse42], "AVX: three-operand encodings.";
    F16c = 19, "f16c", [Avx], "Conversion between half and single precision.";
    Fma = 20, "fma", [Avx], "Fused multiply-add.";
    Fma4 = 21, "fma4", [Avx, Sse4a], "AMD's four-operand fused multiply-add.";
    Xop = 22, "xop", [Fma4], "AMD's XOP.";
    Avx2 = 23, "avx2", [Avx], "AVX2: integer vectors.";
    Bmi = 24, "bmi", [], "Bit manipulation, first set.";
    Bmi2 = 25, "bmi2", [], "Bit manipulation, second set.";
    Tbm = 26, "tbm", [], "AMD's trailing-bit manipulation.";
    Lwp = 27, "lwp", [], "AMD's lightweight profiling.";
    Adx = 28, "adx", [], "Additions with two carry chains.";
    Rdrnd = 29, "rdrnd", [], "Random numbers.";
    Rdseed = 30, "rdseed", [], "Random seeds.";
    Rtm = 31, "rtm", [], "Restricted transactional memory.";
    Fsgsbase = 32, "fsgsbase", [], "Reading and writing the FS and GS bases.";
    Sha = 33, "sha", [], "SHA-1 and SHA-256.";
    Gfni = 34, "gfni", [], "Galois-field arithmetic.";
    Vaes = 35, "vaes", [Aes, Avx2], "AES on wide vectors.";
    Vpclmulqdq = 36, "vpclmulqdq", [Avx, Pclmul], "Carry-less multiplication on wide vectors.";
    Clflushopt = 37, "clflushopt", [], "Cache-line flush with weak ordering.";
    Clwb = 38, "clwb", [], "Cache-line write-back.";
    Clzero = 39, "clzero", [], "Zeroing of a cache line.";
    Cldemote = 40, "cldemote", [], "Cache-line demotion.";
    Mwaitx = 41, "mwaitx", [], "Monitored wait with a timer.";
    Movdiri = 42, "movdiri", [], "Direct store of a word.";
    Movdir64b = 43, "movdir64b", [], "Direct store of 64 bytes.";
    Enqcmd = 44, "enqcmd", [], "Enqueued commands.";
    Rdpid = 45, "rdpid", [], "Reading the processor id.";
    Rdpru = 46, "rdpru", [], "Reading a processor register from user mode.";
    Serialize = 47, "serialize", [], "Serialising instruction.";
    Tsxldtrk = 48, "tsxldtrk", [], "Suspended load tracking in transactions.";
    Waitpkg = 49, "waitpkg", [], "User-mode wait.";
    Pku = 50, "pku", [], "Protection keys for user pages.";
    Shstk = 51, "shstk", [], "Shadow stacks.";
    Invpcid = 52, "invpcid", [], "Invalidation by process-context id.";
    Wbnoinvd = 53, "wbnoinvd", [], "Write-back without invalidation.";
    Pconfig = 54, "pconfig", [], "Platform configuration.";
    Sgx = 55, "sgx", [], "Software guard extensions.";
    Uintr = 56, "uintr", [], "User interrupts.";
    Hreset = 57, "hreset", [], "History reset.";
    Prefetchi = 58, "prefetchi", [], "Prefetch of instructions.";
    Cmpccxadd = 59, "cmpccxadd", [], "Compare and add under a condition.";
    Raoint = 60, "raoint", [], "Remote atomic integer operations.";
    Avx512f = 61, "avx512f", [Avx2, F16c, Fma], "AVX-512 foundation.";
    Avx512cd = 62, "avx512cd", [Avx512f], "AVX-512 conflict detection.";
    Avx512dq = 63, "avx512dq", [Avx512f], "AVX-512 on doublewords and quadwords.";
    Avx512bw = 64, "avx512bw", [Avx512f], "AVX-512 on bytes and words.";
    Avx512vl = 65, "avx512vl", [Avx512f], "AVX-512 on 128-bit and 256-bit vectors.";
    Avx512ifma = 66, "avx512ifma", [Avx512f], "AVX-512 integer fused multiply-add.";
    Avx512vbmi = 67, "avx512vbmi", [Avx512bw], "AVX-512 byte manipulation.";
    Avx512vbmi2 = 68, "avx512vbmi2", [Avx512bw], "AVX-512 byte manipulation, second set.";
    Avx512bitalg = 69, "avx512bitalg", [Avx512bw], "AVX-512 bit algorithms.";
    Avx512vnni = 70, "avx512vnni", [Avx512f], "AVX-512 neural-network dot products.";
    Avx512vpopcntdq = 71, "avx512vpopcntdq", [Avx512f], "AVX-512 population count.";
    Avx512vp2intersect = 72, "avx512vp2intersect", [Avx512f], "AVX-512 intersection of pairs.";
    Avx512bf16 = 73, "avx512bf16", [Avx512bw], "AVX-512 bfloat16.";
    Avx512fp16 = 74, "avx512fp16", [Avx512bw, Avx512dq, Avx512vl], "AVX-512 half precision.";
    Avxvnni = 75, "avxvnni", [Avx2], "Neural-network dot products, VEX-encoded.";
    Avxifma = 76, "avxifma", [Avx2], "Integer fused multiply-add, VEX-encoded.";
    Avxvnniint8 = 77, "avxvnniint8", [Avx2], "Dot products of bytes.";
    Avxvnniint16 = 78, "avxvnniint16", [Avx2], "Dot products of words.";
    Avxneconvert = 79, "avxneconvert", [Avx2], "Conversions that raise no exceptions.";
    Sha512 = 80, "sha512", [Avx2], "SHA-512.";
    Sm3 = 81, "sm3", [Avx], "The SM3 hash.";
    Sm4 = 82, "sm4", [Avx2], "The SM4 cipher.";
    AmxTile = 83, "amx-tile", [], "Matrix tiles.";
    AmxInt8 = 84, "amx-int8", [AmxTile], "Matrix products of bytes.";
    AmxBf16 = 85, "amx-bf16", [AmxTile], "Matrix products of bfloat16.";
    AmxFp16 = 86, "amx-fp16", [AmxTile], "Matrix products of half precision.";
    AmxComplex = 87, "amx-complex", [AmxTile], "Complex matrix products.";
    Prefetchwt1 = 88, "prefetchwt1", [], "Prefetch for writing into the second cache level.";
    Avx512er = 89, "avx512er", [Avx512f], "AVX-512 exponential and reciprocal.";
    Avx512pf = 90, "avx512pf", [Avx512f], "AVX-512 prefetch.";

    Crc = 128, "crc", [], "CRC32 and CRC32C instructions.";
    Lse = 129, "lse", [], "Atomic instructions.";
    Lse2 = 130, "lse2", [], "Single-copy atomicity of 16 bytes.";
    Rdm = 131, "rdm", [], "Rounding double multiply and accumulate.";
    ArmAes = 132, "aes", [], "AES rounds and polynomial multiplication.";
    Sha2 = 133, "sha2", [], "SHA-1 and SHA-256.";
    Sha3 = 134, "sha3", [Sha2], "SHA-512 and SHA-3.";
    ArmSm4 = 135, "sm4", [], "The SM3 hash and the SM4 cipher.";
    Fullfp16 = 136, "fullfp16", [], "Half-precision arithmetic.";
    Fp16fml = 137, "fp16fml", [Fullfp16], "Half-precision multiply and accumulate.";
    Dotprod = 138, "dotprod", [], "Dot products of bytes.";
    Sve = 139, "sve", [Fullfp16], "Scalable vectors.";
    Sve2 = 140, "sve2", [Sve], "Scalable vectors, second version.";
    Sve2Aes = 141, "sve2-aes", [Sve2, ArmAes], "AES on scalable vectors.";
    Sve2Bitperm = 142, "sve2-bitperm", [Sve2], "Bit permutation on scalable vectors.";
    Sve2Sha3 = 143, "sve2-sha3", [Sve2, Sha3], "SHA-3 on scalable vectors.";
    Sve2Sm4 = 144, "sve2-sm4", [Sve2, ArmSm4], "SM4 on scalable vectors.";
    Rcpc = 145, "rcpc", [], "Loads with weaker acquire semantics.";
    RcpcImmo = 146, "rcpc-immo", [Rcpc], "The same with an immediate offset.";
    Jsconv = 147, "jsconv", [], "Conversion to integer as JavaScript rounds.";
    Complxnum = 148, "complxnum", [], "Complex arithmetic.";
    Pauth = 149, "pauth", [], "Pointer authentication.";
    Fpac = 150, "fpac", [Pauth], "Pointer authentication that faults at once.";
    Flagm = 151, "flagm", [], "Flag manipulation.";
    Altnzcv = 152, "altnzcv", [Flagm], "Alternative flag format.";
    Fptoint = 153, "fptoint", [], "Rounding of floats to a given integer size.";
    Ccpp = 154, "ccpp", [], "Cache clean to the point of persistence.";
    Ccdp = 155, "ccdp", [Ccpp], "Cache clean to the point of deep persistence.";
    Sb = 156, "sb", [], "Speculation barrier.";
    Ssbs = 157, "ssbs", [], "Safe speculative stores.";
    Predres = 158, "predres", [], "Prediction restriction.";
    Dit = 159, "dit", [], "Data-independent timing.";
    Bti = 160, "bti", [], "Branch-target identification.";
    Mte = 161, "mte", [], "Memory tagging.";
    Rand = 162, "rand", [], "Random numbers.";
    ArmBf16 = 163, "bf16", [], "Bfloat16.";
    I8mm = 164, "i8mm", [], "Matrix products of bytes.";
    F32mm = 165, "f32mm", [Sve], "Matrix products of single precision.";
    F64mm = 166, "f64mm", [Sve], "Matrix products of double precision.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_constant_where_no_cpu_differs() {
        for (arch, name, answer) in [
            (Arch::X86_64, "fma", None),
            (Arch::Aarch64, "fma", Some(true)),
            (Arch::X86_64, "sse2", Some(true)),
            (Arch::X86_64, "neon", Some(false)),
            (Arch::Aarch64, "sve", None),
        ] {
            assert_eq!(constant_answer(arch, name), answer, "{name} on {arch}");
        }
    }

    #[test]
    fn names_are_unique_within_an_architecture_and_not_in_its_baseline() {
        for arch in Arch::ALL {
            for info in features(arch) {
                assert_eq!(Feature::from_name(arch, info.name), Some(info.feature), "{}", info.name);
                assert!(!arch.baseline().contains(&info.name), "{}", info.name);
                assert!(info.implies.iter().all(|implied| implied.arch() == arch), "{}", info.name);
                assert_eq!(Feature::from_number(info.feature as usize), Some(info.feature));
            }
        }
    }
}
