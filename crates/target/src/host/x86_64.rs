//! Detection by `cpuid`, or by what the C library remembers of it.

#![allow(unsafe_code, reason = "reading the extended control register and asking the C library have no safe form")]

use std::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv, CpuidResult};

use super::Detected;
use crate::Feature::{self, *};
use crate::FeatureSet;

/// A register of a `cpuid` leaf: the features its bits stand for.
type Bits = &'static [(u32, Feature)];

const LEAF_1_ECX: Bits = &[
    (0, Sse3),
    (1, Pclmul),
    (9, Ssse3),
    (12, Fma),
    (13, Cx16),
    (19, Sse41),
    (20, Sse42),
    (20, Crc32),
    (22, Movbe),
    (23, Popcnt),
    (25, Aes),
    (28, Avx),
    (29, F16c),
    (30, Rdrnd),
];
const LEAF_7_EBX: Bits = &[
    (0, Fsgsbase),
    (2, Sgx),
    (3, Bmi),
    (5, Avx2),
    (8, Bmi2),
    (10, Invpcid),
    (11, Rtm),
    (16, Avx512f),
    (17, Avx512dq),
    (18, Rdseed),
    (19, Adx),
    (21, Avx512ifma),
    (23, Clflushopt),
    (24, Clwb),
    (26, Avx512pf),
    (27, Avx512er),
    (28, Avx512cd),
    (29, Sha),
    (30, Avx512bw),
    (31, Avx512vl),
];
const LEAF_7_ECX: Bits = &[
    (0, Prefetchwt1),
    (1, Avx512vbmi),
    (4, Pku),
    (5, Waitpkg),
    (6, Avx512vbmi2),
    (7, Shstk),
    (8, Gfni),
    (9, Vaes),
    (10, Vpclmulqdq),
    (11, Avx512vnni),
    (12, Avx512bitalg),
    (14, Avx512vpopcntdq),
    (22, Rdpid),
    (25, Cldemote),
    (27, Movdiri),
    (28, Movdir64b),
    (29, Enqcmd),
];
const LEAF_7_EDX: Bits = &[
    (5, Uintr),
    (8, Avx512vp2intersect),
    (14, Serialize),
    (16, Tsxldtrk),
    (18, Pconfig),
    (22, AmxBf16),
    (23, Avx512fp16),
    (24, AmxTile),
    (25, AmxInt8),
];
const LEAF_7_1_EAX: Bits = &[
    (0, Sha512),
    (1, Sm3),
    (2, Sm4),
    (3, Raoint),
    (4, Avxvnni),
    (5, Avx512bf16),
    (7, Cmpccxadd),
    (21, AmxFp16),
    (22, Hreset),
    (23, Avxifma),
];
const LEAF_7_1_EDX: Bits = &[(4, Avxvnniint8), (5, Avxneconvert), (8, AmxComplex), (10, Avxvnniint16), (14, Prefetchi)];
const LEAF_D_1_EAX: Bits = &[(0, Xsaveopt), (1, Xsavec), (3, Xsaves)];
const LEAF_EXT_1_ECX: Bits =
    &[(0, Sahf), (5, Lzcnt), (6, Sse4a), (8, Prfchw), (11, Xop), (15, Lwp), (16, Fma4), (21, Tbm), (29, Mwaitx)];
const LEAF_EXT_8_EBX: Bits = &[(0, Clzero), (4, Rdpru), (9, Wbnoinvd)];

/// Bit of leaf 1, register ECX: the operating system has enabled XSAVE.
const OSXSAVE: u32 = 1 << 27;
/// State components the operating system must switch for AVX, for AVX-512 and for matrix tiles.
const AVX_STATE: u64 = 0x6;
const AVX512_STATE: u64 = 0xe6;
const TILE_STATE: u64 = 0x6_0000;

pub(super) fn detect() -> Detected {
    let leaves = glibc_leaves().unwrap_or_else(cpuid_leaves);
    let mut features = FeatureSet::EMPTY;
    add(&mut features, leaves.first.ecx, LEAF_1_ECX);
    add(&mut features, leaves.seventh.ebx, LEAF_7_EBX);
    add(&mut features, leaves.seventh.ecx, LEAF_7_ECX);
    add(&mut features, leaves.seventh.edx, LEAF_7_EDX);
    add(&mut features, leaves.seventh_1.eax, LEAF_7_1_EAX);
    add(&mut features, leaves.seventh_1.edx, LEAF_7_1_EDX);
    add(&mut features, leaves.extended_1.ecx, LEAF_EXT_1_ECX);
    add(&mut features, leaves.extended_8.ebx, LEAF_EXT_8_EBX);
    let mut state = 0;
    if leaves.first.ecx & OSXSAVE != 0 {
        // SAFETY: the instruction exists, and may be used in user mode, exactly when the bit tested above is set.
        state = unsafe { read_state_components() };
        features.insert(Xsave);
        add(&mut features, leaves.state_1.eax, LEAF_D_1_EAX);
    }
    // Features that need state the operating system does not switch; their dependents go when the set is closed.
    for (needed, feature) in [(AVX_STATE, Avx), (AVX512_STATE, Avx512f), (TILE_STATE, AmxTile)] {
        if state & needed != needed {
            features.disable(feature);
        }
    }
    let name = cpu_name(leaves.first.eax, features);
    Detected { features, name }
}

/// The leaves that features are read from; zeros where the CPU does not have the leaf.
struct Leaves {
    first: CpuidResult,
    seventh: CpuidResult,
    seventh_1: CpuidResult,
    state_1: CpuidResult,
    extended_1: CpuidResult,
    extended_8: CpuidResult,
}

/// Asks the CPU.
fn cpuid_leaves() -> Leaves {
    const NONE: CpuidResult = CpuidResult { eax: 0, ebx: 0, ecx: 0, edx: 0 };
    let highest = __cpuid(0).eax;
    let basic = |leaf, subleaf| if leaf <= highest { __cpuid_count(leaf, subleaf) } else { NONE };
    let first = basic(1, 0);
    let seventh = basic(7, 0);
    Leaves {
        first,
        seventh,
        seventh_1: if seventh.eax >= 1 { basic(7, 1) } else { NONE },
        state_1: basic(0xd, 1),
        // Every 64-bit CPU has the leaf, because it is the one that says so.
        extended_1: __cpuid(0x8000_0001),
        extended_8: if has_extended_8(first.eax) { __cpuid(0x8000_0008) } else { NONE },
    }
}

/// Takes the leaves that glibc read when the process started: in a virtual machine that is the difference between
/// 50-85 us and 11 us, of which 10 are the search for the symbol. `None` with another C library, or one before 2.33.
#[cfg(target_env = "gnu")]
fn glibc_leaves() -> Option<Leaves> {
    use std::ffi::{c_char, c_void};

    /// What glibc keeps of a leaf: its registers, then the same with unusable features taken out.
    #[repr(C)]
    struct Leaf {
        raw: [u32; 4],
        active: [u32; 4],
    }
    unsafe extern "C" {
        fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    }
    // SAFETY: the null handle asks all loaded libraries; the name ends with a zero byte.
    let symbol = unsafe { dlsym(std::ptr::null_mut(), c"__x86_get_cpuid_feature_leaf".as_ptr()) };
    if symbol.is_null() {
        return None;
    }
    // SAFETY: glibc's documented interface (sys/platform/x86.h) gives the symbol this type, and no other library may
    // define a name that begins with two underscores.
    let leaf_at = unsafe { std::mem::transmute::<*mut c_void, extern "C" fn(u32) -> *const Leaf>(symbol) };
    let leaf = |number: u32| {
        // SAFETY: glibc answers with the address of a constant for every number, of zeros for one it does not know.
        let [eax, ebx, ecx, edx] = unsafe { (*leaf_at(number)).raw };
        CpuidResult { eax, ebx, ecx, edx }
    };
    // The numbers are those of that header, and part of its binary interface.
    let (first, seventh_1, extended_8) = (leaf(0), leaf(6), leaf(5));
    let none = CpuidResult { eax: 0, ebx: 0, ecx: 0, edx: 0 };
    let extended_8 = if has_extended_8(first.eax) { extended_8 } else { none };
    let leaves = Leaves { first, seventh: leaf(1), seventh_1, state_1: leaf(3), extended_1: leaf(2), extended_8 };
    (leaves.first.eax != 0).then_some(leaves)
}

#[cfg(not(target_env = "gnu"))]
fn glibc_leaves() -> Option<Leaves> {
    None
}

/// Whether the leaf with AMD's later features is worth reading; every 64-bit CPU of that vendor has it.
fn has_extended_8(signature: u32) -> bool {
    family(signature) >= FIRST_AMD_FAMILY
}

fn add(features: &mut FeatureSet, register: u32, bits: Bits) {
    for (bit, feature) in bits {
        if register & (1 << bit) != 0 {
            features.insert(*feature);
        }
    }
}

/// Reads which state components the operating system switches.
///
/// # Safety
/// The operating system must have enabled XSAVE.
#[target_feature(enable = "xsave")]
unsafe fn read_state_components() -> u64 {
    // SAFETY: the caller's duty is this instruction's.
    unsafe { _xgetbv(0) }
}

/// Families from here on are AMD's and Hygon's; Intel's 64-bit CPUs of the last two decades are family 6.
const FIRST_AMD_FAMILY: u32 = 0x10;

fn family(signature: u32) -> u32 {
    let base = (signature >> 8) & 0xf;
    if base == 0xf { base + ((signature >> 20) & 0xff) } else { base }
}

/// The CPU's name from the signature in leaf 1, register EAX.
///
/// The vendor is not asked for: families do not overlap but for rare CPUs that imitate family 6, and a wrong name only
/// changes which of several targets that all fit is preferred.
fn cpu_name(signature: u32, features: FeatureSet) -> Option<&'static str> {
    let model = ((signature >> 4) & 0xf) | ((signature >> 12) & 0xf0);
    match family(signature) {
        6 => intel_name(model, features),
        family => amd_name(family, model),
    }
}

fn intel_name(model: u32, features: FeatureSet) -> Option<&'static str> {
    Some(match model {
        0x0f | 0x16 => "core2",
        0x17 | 0x1d => "penryn",
        0x1a | 0x1e | 0x1f | 0x2e => "nehalem",
        0x25 | 0x2c | 0x2f => "westmere",
        0x2a | 0x2d => "sandybridge",
        0x3a | 0x3e => "ivybridge",
        0x3c | 0x3f | 0x45 | 0x46 => "haswell",
        0x3d | 0x47 | 0x4f | 0x56 => "broadwell",
        0x4e | 0x5e | 0x8e | 0x9e | 0xa5 | 0xa6 => "skylake",
        0x55 if features.contains(Avx512bf16) => "cooperlake",
        0x55 if features.contains(Avx512vnni) => "cascadelake",
        0x55 => "skylake-avx512",
        0x66 => "cannonlake",
        0x7d | 0x7e => "icelake-client",
        0x6a | 0x6c => "icelake-server",
        0x8c | 0x8d => "tigerlake",
        0xa7 => "rocketlake",
        0x8f => "sapphirerapids",
        0xcf => "emeraldrapids",
        0xad | 0xae => "graniterapids",
        0x97 | 0x9a | 0xbe => "alderlake",
        0xb7 | 0xba | 0xbf => "raptorlake",
        0xaa | 0xac => "meteorlake",
        0xc5 => "arrowlake",
        0xc6 => "arrowlake-s",
        0xbd => "lunarlake",
        0x1c | 0x26 | 0x27 | 0x35 | 0x36 => "bonnell",
        0x37 | 0x4a | 0x4c | 0x4d | 0x5a | 0x5d => "silvermont",
        0x5c | 0x5f => "goldmont",
        0x7a => "goldmont-plus",
        0x86 | 0x8a | 0x96 | 0x9c => "tremont",
        0xaf => "sierraforest",
        0xb6 => "grandridge",
        0x57 => "knl",
        0x85 => "knm",
        _ => return None,
    })
}

fn amd_name(family: u32, model: u32) -> Option<&'static str> {
    Some(match (family, model) {
        (0x10 | 0x12, _) => "amdfam10",
        (0x14, _) => "btver1",
        (0x15, 0x02 | 0x10..=0x1f) => "bdver2",
        (0x15, 0x30..=0x3f) => "bdver3",
        (0x15, 0x60..=0x7f) => "bdver4",
        (0x15, _) => "bdver1",
        (0x16, _) => "btver2",
        (0x17, 0x30..=0x3f | 0x47 | 0x60..=0x7f | 0x84..=0x87 | 0x90..=0xaf) => "znver2",
        (0x17 | 0x18, _) => "znver1",
        (0x19, 0x00..=0x0f | 0x20..=0x5f) => "znver3",
        (0x19, _) => "znver4",
        (0x1a, _) => "znver5",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arch, find_cpu};

    #[test]
    fn the_c_library_remembers_what_the_cpu_says() {
        let Some(remembered) = glibc_leaves() else { return };
        let asked = cpuid_leaves();
        let registers = |leaves: &Leaves| {
            let Leaves { first, seventh, seventh_1, state_1, extended_1, extended_8 } = leaves;
            let seventh = (seventh.ebx, seventh.ecx, seventh.edx, seventh_1.eax, seventh_1.edx);
            (first.eax, first.ecx, seventh, state_1.eax & 0xf, extended_1.ecx, extended_8.ebx)
        };
        assert_eq!(registers(&remembered), registers(&asked));
    }

    #[test]
    fn signatures_name_cpus() {
        let none = FeatureSet::EMPTY;
        let vnni = FeatureSet::EMPTY.with(&[Avx512vnni]);
        for (signature, features, name) in [
            (0x0003_06c3, none, Some("haswell")),
            (0x0005_0654, none, Some("skylake-avx512")),
            (0x0005_0657, vnni, Some("cascadelake")),
            (0x0008_06f8, none, Some("sapphirerapids")),
            (0x0083_0f10, none, Some("znver2")),
            (0x00a1_0f11, none, Some("znver4")),
            (0x00b0_0f20, none, Some("znver5")),
            (0x0000_0f43, none, None),
        ] {
            assert_eq!(cpu_name(signature, features), name, "{signature:#x}");
        }
    }

    #[test]
    fn every_name_given_is_in_the_table() {
        for features in [FeatureSet::EMPTY, FeatureSet::EMPTY.with(&[Avx512vnni, Avx512bf16])] {
            for model in 0..256 {
                let names =
                    [intel_name(model, features)].into_iter().chain((0x10..0x20).map(|family| amd_name(family, model)));
                for name in names.flatten() {
                    assert!(find_cpu(Arch::X86_64, name).is_some(), "{name}");
                }
            }
        }
    }
}
