//! The aarch64 CPUs that images are commonly built for.

use super::Cpu;
use crate::Feature::*;
use crate::FeatureSet;

const V8: FeatureSet = FeatureSet::EMPTY;
const V8_1: FeatureSet = V8.with(&[Crc, Lse, Rdm]);
const V8_2: FeatureSet = V8_1.with(&[Ccpp]);
const V8_3: FeatureSet = V8_2.with(&[Complxnum, Jsconv, Pauth, Rcpc]);
const V8_4: FeatureSet = V8_3.with(&[Dit, Dotprod, Flagm, Lse2, RcpcImmo]);
const V8_5: FeatureSet = V8_4.with(&[Altnzcv, Bti, Ccdp, Fptoint, Predres, Sb, Ssbs]);
const V8_6: FeatureSet = V8_5.with(&[ArmBf16, I8mm]);
const V9_0: FeatureSet = V8_5.with(&[Fullfp16, Sve2]);

const CORTEX_A53: FeatureSet = V8.with(&[Crc, ArmAes, Sha2]);
const CORTEX_A55: FeatureSet = V8_2.with(&[ArmAes, Sha2, Dotprod, Fullfp16, Rcpc]);
const CORTEX_A76: FeatureSet = CORTEX_A55.with(&[Ssbs]);
const NEOVERSE_V1: FeatureSet =
    V8_4.with(&[ArmAes, Sha3, ArmSm4, Ccdp, Fullfp16, Fp16fml, Sve, Ssbs, Rand, ArmBf16, I8mm]);
const NEOVERSE_N2: FeatureSet = V9_0.with(&[ArmAes, Sha3, ArmSm4, ArmBf16, I8mm, Mte, Sve2Bitperm]);
const CORTEX_A710: FeatureSet = V9_0.with(&[ArmBf16, Fp16fml, I8mm, Mte, Sve2Bitperm]);

const APPLE_A7: FeatureSet = V8.with(&[ArmAes, Sha2]);
const APPLE_A11: FeatureSet = V8_2.with(&[ArmAes, Sha2, Fullfp16]);
const APPLE_A12: FeatureSet = V8_3.with(&[ArmAes, Sha2, Fullfp16]);
const APPLE_A13: FeatureSet = V8_4.with(&[ArmAes, Sha3, Fullfp16, Fp16fml]);
const APPLE_M1: FeatureSet = APPLE_A13.with(&[Altnzcv, Ccdp, Fptoint, Predres, Sb, Ssbs]);
const APPLE_M2: FeatureSet = V8_6.with(&[ArmAes, Sha3, Fullfp16, Fp16fml]);
const APPLE_M3: FeatureSet = APPLE_M2.with(&[Fpac]);

pub(super) static CPUS: [Cpu; 48] = [
    Cpu::new("generic", V8),
    Cpu::new("cortex-a35", CORTEX_A53),
    Cpu::new("cortex-a53", CORTEX_A53),
    Cpu::new("cortex-a57", CORTEX_A53),
    Cpu::new("cortex-a72", CORTEX_A53),
    Cpu::new("cortex-a73", CORTEX_A53),
    Cpu::new("cortex-a55", CORTEX_A55),
    Cpu::new("cortex-a65", CORTEX_A55.with(&[Ssbs])),
    Cpu::new("cortex-a75", CORTEX_A55),
    Cpu::new("cortex-a76", CORTEX_A76),
    Cpu::new("cortex-a77", CORTEX_A76),
    Cpu::new("cortex-a78", CORTEX_A76),
    Cpu::new("cortex-x1", CORTEX_A76),
    Cpu::new("cortex-a510", CORTEX_A710),
    Cpu::new("cortex-a520", CORTEX_A710),
    Cpu::new("cortex-a710", CORTEX_A710),
    Cpu::new("cortex-a715", CORTEX_A710),
    Cpu::new("cortex-a720", CORTEX_A710),
    Cpu::new("cortex-x2", CORTEX_A710),
    Cpu::new("cortex-x3", CORTEX_A710),
    Cpu::new("cortex-x4", CORTEX_A710),
    Cpu::new("neoverse-e1", CORTEX_A76),
    Cpu::new("neoverse-n1", CORTEX_A76),
    Cpu::new("neoverse-n2", NEOVERSE_N2),
    Cpu::new("neoverse-v1", NEOVERSE_V1),
    Cpu::new("neoverse-512tvb", NEOVERSE_V1),
    Cpu::new("neoverse-v2", NEOVERSE_N2.with(&[Rand])),
    Cpu::new("thunderx", CORTEX_A53).with_aliases(&["thunderxt88", "thunderxt81", "thunderxt83"]),
    Cpu::new("thunderx2t99", V8_1.with(&[ArmAes, Sha2])),
    Cpu::new("thunderx3t110", V8_3.with(&[ArmAes, Sha2])),
    Cpu::new("carmel", V8_2.with(&[ArmAes, Sha2, Fullfp16])),
    Cpu::new("a64fx", V8_2.with(&[Complxnum, Fullfp16, Sha2, Sve])),
    Cpu::new("tsv110", V8_2.with(&[ArmAes, Sha2, Dotprod, Fp16fml, Fullfp16])),
    Cpu::new("ampere1", V8_6.with(&[ArmAes, Sha3, Rand])),
    Cpu::new("ampere1a", V8_6.with(&[ArmAes, Sha3, ArmSm4, Mte, Rand])),
    Cpu::new("kryo", CORTEX_A53),
    Cpu::new("falkor", CORTEX_A53.with(&[Rdm])),
    Cpu::new("saphira", V8_4.with(&[ArmAes, Sha2])),
    Cpu::new("exynos-m3", CORTEX_A53),
    Cpu::new("exynos-m4", CORTEX_A55.difference(FeatureSet::of(&[Rcpc]))).with_aliases(&["exynos-m5"]),
    Cpu::new("apple-a7", APPLE_A7).with_aliases(&["cyclone", "apple-a8", "apple-a9"]),
    Cpu::new("apple-a10", APPLE_A7.with(&[Crc, Rdm])),
    Cpu::new("apple-a11", APPLE_A11),
    Cpu::new("apple-a12", APPLE_A12).with_aliases(&["apple-s4", "apple-s5"]),
    Cpu::new("apple-a13", APPLE_A13),
    Cpu::new("apple-m1", APPLE_M1).with_aliases(&["apple-a14"]),
    Cpu::new("apple-m2", APPLE_M2).with_aliases(&["apple-a15", "apple-a16"]),
    Cpu::new("apple-m3", APPLE_M3).with_aliases(&["apple-m4", "apple-a17"]),
];
