//! Named CPUs: which features a name in a target spec stands for.
//!
//! Feature sets follow LLVM's, with two deliberate differences. The features of
//! [`NON_REPLAYABLE`](crate::NON_REPLAYABLE) belong to no CPU. Nor do features that need the operating system's or
//! hypervisor's leave (protection keys, matrix tiles, shadow stacks, user-mode waiting, ...): compiled code does not
//! use them, and a virtual machine that hides them must not make an image unloadable.

mod aarch64;
mod x86_64;

use crate::{Arch, FeatureSet};

/// A CPU, or an architecture level, that a spec may name.
#[derive(Debug)]
pub struct Cpu {
    /// The name, as LLVM spells it.
    pub name: &'static str,
    /// Other accepted names.
    pub aliases: &'static [&'static str],
    /// What it has beyond the baseline; closed under implication.
    pub features: FeatureSet,
    /// Whether a target of this name clones every function unless it says `-clone_all`: true where the CPU is so far
    /// from all others that selecting functions is not worth it.
    pub clones_all: bool,
}

impl Cpu {
    const fn new(name: &'static str, features: FeatureSet) -> Self {
        Self { name, aliases: &[], features, clones_all: false }
    }

    const fn with_aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn cloning_all(mut self) -> Self {
        self.clones_all = true;
        self
    }
}

/// The CPUs of an architecture, in the order help texts list them. The first is `generic`.
#[must_use]
pub fn cpus(arch: Arch) -> &'static [Cpu] {
    match arch {
        Arch::X86_64 => &x86_64::CPUS,
        Arch::Aarch64 => &aarch64::CPUS,
    }
}

/// The CPU with this name or alias.
#[must_use]
pub fn find_cpu(arch: Arch, name: &str) -> Option<&'static Cpu> {
    cpus(arch).iter().find(|cpu| cpu.name == name || cpu.aliases.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Feature, NON_REPLAYABLE};

    #[test]
    fn tables_are_consistent() {
        for arch in Arch::ALL {
            assert_eq!(cpus(arch)[0].name, "generic");
            let mut names: Vec<&str> =
                cpus(arch).iter().flat_map(|cpu| cpu.aliases.iter().copied().chain([cpu.name])).collect();
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a name stands twice");
            for cpu in cpus(arch) {
                assert!(cpu.features.is_closed(), "{}", cpu.name);
                assert!(cpu.features.iter().all(|feature| feature.arch() == arch), "{}", cpu.name);
                assert!(!cpu.features.intersects(NON_REPLAYABLE), "{}", cpu.name);
            }
        }
    }

    #[test]
    fn generations_grow() {
        let chain = ["generic", "core2", "penryn", "nehalem", "westmere", "sandybridge", "ivybridge", "haswell"];
        let chain = chain.into_iter().chain(["broadwell", "skylake", "skylake-avx512", "cascadelake", "cooperlake"]);
        let sets: Vec<FeatureSet> = chain.map(|name| find_cpu(Arch::X86_64, name).unwrap().features).collect();
        assert!(sets.windows(2).all(|pair| pair[0].is_subset(pair[1]) && pair[0] != pair[1]));
        let level = |name| find_cpu(Arch::X86_64, name).unwrap().features;
        assert!(level("x86-64-v2").is_subset(level("nehalem")));
        assert!(level("x86-64-v3").is_subset(level("haswell")));
        assert!(level("x86-64-v4").is_subset(level("skylake-avx512")));
        assert!(level("x86-64-v4").is_subset(level("znver4")));
        assert!(!level("sandybridge").contains(Feature::Avx2));
    }

    #[test]
    fn aliases_find_the_same_cpu() {
        for (alias, name) in [("skx", "skylake-avx512"), ("corei7", "nehalem"), ("core-avx2", "haswell")] {
            assert_eq!(find_cpu(Arch::X86_64, alias).unwrap().name, name);
        }
        assert_eq!(find_cpu(Arch::Aarch64, "apple-a14").unwrap().name, "apple-m1");
        assert!(find_cpu(Arch::Aarch64, "haswell").is_none());
    }
}
