//! From a CPU target to the back end's instruction-set description, flag by flag.
//!
//! The back end's own CPU presets are never used: several lack flags their CPU has, which turns single instructions into
//! library calls. Features the back end has no use for are accepted and ignored.

use std::str::FromStr;

use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use target_lexicon::Triple;

use crate::error::CodegenError;
use crate::generator::{OptLevel, Settings};
use tintype_target::{Arch, Feature, TargetSpec};

/// Feature names (LLVM's spelling) with the back end's flag for each.
const X86_FLAGS: [(&str, &str); 19] = [
    ("sse3", "has_sse3"),
    ("ssse3", "has_ssse3"),
    ("cx16", "has_cmpxchg16b"),
    ("sse4.1", "has_sse41"),
    ("sse4.2", "has_sse42"),
    ("popcnt", "has_popcnt"),
    ("avx", "has_avx"),
    ("avx2", "has_avx2"),
    ("fma", "has_fma"),
    ("bmi", "has_bmi1"),
    ("bmi2", "has_bmi2"),
    ("lzcnt", "has_lzcnt"),
    ("avxvnni", "has_avx_vnni"),
    ("avx512f", "has_avx512f"),
    ("avx512dq", "has_avx512dq"),
    ("avx512vl", "has_avx512vl"),
    ("avx512vbmi", "has_avx512vbmi"),
    ("avx512bitalg", "has_avx512bitalg"),
    ("avx512vnni", "has_avx512vnni"),
];

const AARCH64_FLAGS: [(&str, &str); 3] = [("lse", "has_lse"), ("pauth", "has_pauth"), ("fullfp16", "has_fp16")];

/// Whether the target has a feature, by LLVM's name for it.
pub(crate) fn has_feature(spec: &TargetSpec, name: &str) -> bool {
    Feature::from_name(spec.arch, name).is_some_and(|feature| spec.has(feature))
}

/// Builds the description.
pub(crate) fn build(spec: &TargetSpec, settings: &Settings) -> Result<OwnedTargetIsa, CodegenError> {
    let (triple, table): (_, &[(&str, &str)]) = match spec.arch {
        Arch::X86_64 => ("x86_64-unknown-linux-gnu", &X86_FLAGS),
        Arch::Aarch64 => ("aarch64-unknown-linux-gnu", &AARCH64_FLAGS),
    };
    let triple = Triple::from_str(triple).expect("the triple is well formed");
    let failed = |error: &dyn std::fmt::Display| CodegenError::Target(error.to_string());
    let mut builder = cranelift_codegen::isa::lookup(triple).map_err(|error| failed(&error))?;
    for (feature, flag) in table {
        if has_feature(spec, feature) {
            builder.enable(flag).map_err(|error| failed(&error))?;
        }
    }
    let flags = shared_flags(settings).map_err(|error| failed(&error))?;
    builder.finish(flags).map_err(|error| failed(&error))
}

fn shared_flags(settings: &Settings) -> Result<settings::Flags, settings::SetError> {
    let bool_text = |value: bool| if value { "true" } else { "false" };
    let log2_align = settings.log2_align.to_string();
    let mut builder = settings::builder();
    for (name, value) in [
        // All symbols are near, so their addresses are pc-relative without this; with it the back end would load each
        // from a global offset table.
        ("is_pic", "false"),
        ("enable_verifier", bool_text(settings.verify)),
        ("log2_min_function_alignment", &log2_align),
        ("enable_pinned_reg", "true"),
        ("preserve_frame_pointers", "true"),
        ("unwind_info", "false"),
        ("enable_probestack", "false"),
        // `i128` in helper signatures, in two registers as C compilers do.
        ("enable_llvm_abi_extensions", "true"),
        // Speculation barriers are for code that is not trusted; images are.
        ("enable_heap_access_spectre_mitigation", "false"),
        ("enable_table_access_spectre_mitigation", "false"),
        // Block ends, for the epilogue patch.
        ("machine_code_cfg_info", "true"),
    ] {
        builder.set(name, value)?;
    }
    let (opt_level, allocator) = match settings.opt {
        OptLevel::None => ("none", "single_pass"),
        OptLevel::Speed => ("speed", "backtracking"),
        OptLevel::Size => ("speed_and_size", "backtracking"),
    };
    builder.set("opt_level", opt_level)?;
    builder.set("regalloc_algorithm", allocator)?;
    Ok(settings::Flags::new(builder))
}
