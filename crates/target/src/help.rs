//! The text that `--cpu-target help` prints.

use std::fmt::Write;

use crate::{Arch, cpus, features};

/// The CPUs and features a target spec of the architecture may name, and the grammar in short.
#[must_use]
pub fn help_text(arch: Arch) -> String {
    let mut text = String::from(
        "A cpu target is NAME[,TOKEN...]; several are separated by `;`.\n\
         NAME is `native` (or nothing), `sysimage` or a name below.\n\
         TOKEN is `+feature`, `-feature`, `clone_all`, `-clone_all`, `opt_size`, `min_size` or `base(n)`.\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\nCPUs of {arch}:");
    for cpu in cpus(arch) {
        let _ = write!(text, "  {}", cpu.name);
        if !cpu.aliases.is_empty() {
            let _ = write!(text, " (also {})", cpu.aliases.join(", "));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "\nFeatures of {arch}, beyond {}:", arch.baseline().join(", "));
    for info in features(arch) {
        let _ = writeln!(text, "  {:<19} {}", info.name, info.summary);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_names_and_features() {
        let text = help_text(Arch::X86_64);
        assert!(text.contains("  nehalem (also corei7)\n") && text.contains("  avx512vbmi2         AVX-512 byte"));
        assert!(!text.contains("cortex"));
    }
}
