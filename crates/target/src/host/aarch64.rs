//! Detection through the standard library, which asks the operating system.
//!
//! The CPU's name is not looked for: it stands in files, and reading one costs more than matching by name is worth.

use std::arch::is_aarch64_feature_detected;

use super::Detected;
use crate::Feature::*;
use crate::FeatureSet;

pub(super) fn detect() -> Detected {
    let mut features = FeatureSet::EMPTY;
    macro_rules! add {
        ($($feature:ident $name:tt),*) => {
            $(if is_aarch64_feature_detected!($name) {
                features.insert($feature);
            })*
        };
    }
    add!(
        Crc "crc", Lse "lse", Rdm "rdm", ArmAes "aes", Sha2 "sha2", Sha3 "sha3", ArmSm4 "sm4", Fullfp16 "fp16",
        Fp16fml "fhm", Dotprod "dotprod", Sve "sve", Sve2 "sve2", Sve2Aes "sve2-aes", Sve2Bitperm "sve2-bitperm",
        Sve2Sha3 "sve2-sha3", Sve2Sm4 "sve2-sm4", Rcpc "rcpc", RcpcImmo "rcpc2", Jsconv "jsconv", Complxnum "fcma",
        Pauth "paca", Flagm "flagm", Fptoint "frintts", Ccpp "dpb", Ccdp "dpb2", Sb "sb", Ssbs "ssbs", Dit "dit",
        Bti "bti", Mte "mte", Rand "rand", ArmBf16 "bf16", I8mm "i8mm", F32mm "f32mm", F64mm "f64mm"
    );
    // The standard library reports none of these; each came with the revision that made its witness mandatory.
    if features.contains(Fptoint) {
        [Altnzcv, Predres].map(|feature| features.insert(feature));
    }
    if features.contains(Dit) {
        features.insert(Lse2);
    }
    Detected { features, name: None }
}
