//! The x86-64 CPUs: the architecture levels, Intel's large and small cores, Xeon Phi, AMD's.

use super::Cpu;
use crate::Feature::{self, *};
use crate::FeatureSet;

const BASELINE: FeatureSet = FeatureSet::EMPTY;

const V2: FeatureSet = BASELINE.with(&[Cx16, Sahf, Popcnt, Crc32, Sse42]);
const V3: FeatureSet = V2.with(&[Avx2, Bmi, Bmi2, F16c, Fma, Lzcnt, Movbe, Xsave]);
const AVX512_SERVER: &[Feature] = &[Avx512bw, Avx512cd, Avx512dq, Avx512vl];
const V4: FeatureSet = V3.with(AVX512_SERVER);

const CORE2: FeatureSet = BASELINE.with(&[Cx16, Sahf, Ssse3]);
const PENRYN: FeatureSet = CORE2.with(&[Sse41]);
const NEHALEM: FeatureSet = PENRYN.with(&[Sse42, Crc32, Popcnt]);
const WESTMERE: FeatureSet = NEHALEM.with(&[Pclmul]);
const SANDYBRIDGE: FeatureSet = WESTMERE.with(&[Avx, Xsave]);
const IVYBRIDGE: FeatureSet = SANDYBRIDGE.with(&[F16c, Fsgsbase]);
const HASWELL: FeatureSet = IVYBRIDGE.with(&[Avx2, Bmi, Bmi2, Fma, Lzcnt, Movbe]);
const BROADWELL: FeatureSet = HASWELL.with(&[Adx, Prfchw]);
const SKYLAKE: FeatureSet = BROADWELL.with(&[Aes, Clflushopt, Xsavec, Xsaves]);
const SKYLAKE_AVX512: FeatureSet = SKYLAKE.with(AVX512_SERVER).with(&[Clwb]);
const CASCADELAKE: FeatureSet = SKYLAKE_AVX512.with(&[Avx512vnni]);
const COOPERLAKE: FeatureSet = CASCADELAKE.with(&[Avx512bf16]);
const CANNONLAKE: FeatureSet = SKYLAKE.with(AVX512_SERVER).with(&[Avx512ifma, Avx512vbmi, Sha]);
const ICELAKE: FeatureSet =
    CANNONLAKE.with(&[Avx512bitalg, Avx512vbmi2, Avx512vnni, Avx512vpopcntdq]).with(&[Gfni, Vaes, Vpclmulqdq, Rdpid]);
const ICELAKE_SERVER: FeatureSet = ICELAKE.with(&[Clwb]);
const TIGERLAKE: FeatureSet = ICELAKE.with(&[Avx512vp2intersect, Clwb, Movdiri, Movdir64b]);
const SAPPHIRERAPIDS: FeatureSet =
    ICELAKE_SERVER.with(&[Avx512bf16, Avx512fp16, Avxvnni]).with(&[Cldemote, Movdiri, Movdir64b, Serialize]);
const GRANITERAPIDS: FeatureSet = SAPPHIRERAPIDS.with(&[Prefetchi]);

const BONNELL: FeatureSet = BASELINE.with(&[Ssse3, Cx16, Movbe, Sahf]);
const SILVERMONT: FeatureSet = BONNELL.with(&[Sse42, Crc32, Popcnt, Pclmul, Prfchw]);
const GOLDMONT: FeatureSet = SILVERMONT.with(&[Aes, Clflushopt, Fsgsbase, Sha, Xsave, Xsavec, Xsaves]);
const GOLDMONT_PLUS: FeatureSet = GOLDMONT.with(&[Rdpid]);
const TREMONT: FeatureSet = GOLDMONT_PLUS.with(&[Clwb, Gfni]);
const ALDERLAKE: FeatureSet = TREMONT
    .with(&[Adx, Avx2, Avxvnni, Bmi, Bmi2, F16c, Fma, Lzcnt, Vaes, Vpclmulqdq])
    .with(&[Movdiri, Movdir64b, Serialize]);
const ARROWLAKE: FeatureSet = ALDERLAKE.with(&[Avxifma, Avxneconvert, Avxvnniint8, Cmpccxadd]);
const LUNARLAKE: FeatureSet = ARROWLAKE.with(&[Avxvnniint16, Sha512, Sm3, Sm4]);
const SIERRAFOREST: FeatureSet = ARROWLAKE.with(&[Cldemote]);

const KNL: FeatureSet = HASWELL.with(&[Adx, Aes, Avx512cd, Prfchw]);
const KNM: FeatureSet = KNL.with(&[Avx512vpopcntdq]);

const K8_SSE3: FeatureSet = BASELINE.with(&[Sse3, Cx16]);
const AMDFAM10: FeatureSet = K8_SSE3.with(&[Lzcnt, Popcnt, Prfchw, Sahf, Sse4a]);
const BTVER1: FeatureSet = AMDFAM10.with(&[Ssse3]);
const BTVER2: FeatureSet = BTVER1.with(&[Aes, Avx, Bmi, Crc32, F16c, Movbe, Pclmul, Xsave]);
const BDVER1: FeatureSet = BTVER1.with(&[Aes, Avx, Crc32, Fma4, Lwp, Pclmul, Xop, Xsave]);
const BDVER2: FeatureSet = BDVER1.with(&[Bmi, F16c, Fma, Tbm]);
const BDVER3: FeatureSet = BDVER2.with(&[Fsgsbase]);
const BDVER4: FeatureSet = BDVER3.with(&[Avx2, Bmi2, Movbe, Mwaitx]);
const ZNVER1: FeatureSet =
    V3.with(&[Adx, Aes, Clflushopt, Clzero, Fsgsbase, Mwaitx, Pclmul]).with(&[Prfchw, Sha, Sse4a, Xsavec, Xsaves]);
const ZNVER2: FeatureSet = ZNVER1.with(&[Clwb, Rdpid]);
const ZNVER3: FeatureSet = ZNVER2.with(&[Vaes, Vpclmulqdq]);
const ZNVER4: FeatureSet = ZNVER3.with(AVX512_SERVER).with(&[
    Avx512bf16,
    Avx512bitalg,
    Avx512ifma,
    Avx512vbmi,
    Avx512vbmi2,
    Avx512vnni,
    Avx512vpopcntdq,
    Gfni,
]);
const ZNVER5: FeatureSet = ZNVER4.with(&[Avx512vp2intersect, Avxvnni, Movdiri, Movdir64b, Prefetchi]);

pub(super) static CPUS: [Cpu; 54] = [
    Cpu::new("generic", BASELINE),
    Cpu::new("x86-64", BASELINE).with_aliases(&["x86_64", "k8", "opteron", "athlon64"]),
    Cpu::new("x86-64-v2", V2),
    Cpu::new("x86-64-v3", V3),
    Cpu::new("x86-64-v4", V4),
    Cpu::new("nocona", BASELINE.with(&[Sse3, Cx16])),
    Cpu::new("core2", CORE2),
    Cpu::new("penryn", PENRYN),
    Cpu::new("nehalem", NEHALEM).with_aliases(&["corei7"]),
    Cpu::new("westmere", WESTMERE),
    Cpu::new("sandybridge", SANDYBRIDGE).with_aliases(&["corei7-avx"]),
    Cpu::new("ivybridge", IVYBRIDGE).with_aliases(&["core-avx-i"]),
    Cpu::new("haswell", HASWELL).with_aliases(&["core-avx2"]),
    Cpu::new("broadwell", BROADWELL),
    Cpu::new("skylake", SKYLAKE),
    Cpu::new("skylake-avx512", SKYLAKE_AVX512).with_aliases(&["skx"]),
    Cpu::new("cascadelake", CASCADELAKE),
    Cpu::new("cooperlake", COOPERLAKE),
    Cpu::new("cannonlake", CANNONLAKE),
    Cpu::new("icelake-client", ICELAKE).with_aliases(&["icelake"]),
    Cpu::new("icelake-server", ICELAKE_SERVER),
    Cpu::new("rocketlake", ICELAKE),
    Cpu::new("tigerlake", TIGERLAKE),
    Cpu::new("sapphirerapids", SAPPHIRERAPIDS),
    Cpu::new("emeraldrapids", SAPPHIRERAPIDS),
    Cpu::new("graniterapids", GRANITERAPIDS).with_aliases(&["graniterapids-d"]),
    Cpu::new("alderlake", ALDERLAKE),
    Cpu::new("raptorlake", ALDERLAKE),
    Cpu::new("meteorlake", ALDERLAKE),
    Cpu::new("arrowlake", ARROWLAKE),
    Cpu::new("arrowlake-s", LUNARLAKE),
    Cpu::new("lunarlake", LUNARLAKE),
    Cpu::new("bonnell", BONNELL).with_aliases(&["atom"]),
    Cpu::new("silvermont", SILVERMONT).with_aliases(&["slm"]),
    Cpu::new("goldmont", GOLDMONT),
    Cpu::new("goldmont-plus", GOLDMONT_PLUS),
    Cpu::new("tremont", TREMONT),
    Cpu::new("sierraforest", SIERRAFOREST),
    Cpu::new("grandridge", SIERRAFOREST),
    Cpu::new("knl", KNL).cloning_all(),
    Cpu::new("knm", KNM).cloning_all(),
    Cpu::new("k8-sse3", K8_SSE3).with_aliases(&["athlon64-sse3", "opteron-sse3"]),
    Cpu::new("amdfam10", AMDFAM10).with_aliases(&["barcelona"]),
    Cpu::new("btver1", BTVER1),
    Cpu::new("btver2", BTVER2),
    Cpu::new("bdver1", BDVER1),
    Cpu::new("bdver2", BDVER2),
    Cpu::new("bdver3", BDVER3),
    Cpu::new("bdver4", BDVER4),
    Cpu::new("znver1", ZNVER1),
    Cpu::new("znver2", ZNVER2),
    Cpu::new("znver3", ZNVER3),
    Cpu::new("znver4", ZNVER4),
    Cpu::new("znver5", ZNVER5),
];
