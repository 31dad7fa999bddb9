//! One CPU target of an image, and the relations between the targets of a list.

use std::fmt;

use crate::{Arch, Feature, FeatureSet, constant_answer, find_cpu};

/// What a target says about its versions of functions, besides the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TargetFlags {
    /// Every function has a version for this target, not only those that profit. Target 0 is full without it.
    pub clone_all: bool,
    /// Optimise for size.
    pub opt_size: bool,
    /// Optimise for size above all.
    pub min_size: bool,
    /// The CPU is a host not found in the CPU table; the name is the nearest architecture level.
    pub unknown_name: bool,
}

/// One CPU target.
///
/// Invariants: `features` is closed, holds only features of `arch`, and shares none with `disabled`, which holds with
/// each feature all that depend on it and were not enabled again. `base` is `None` for the first target of a list
/// only, and names an earlier, full target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetSpec {
    /// The architecture.
    pub arch: Arch,
    /// The CPU's name in the table, or a host's.
    pub name: String,
    /// What code for this target may use, beyond the architecture's baseline.
    pub features: FeatureSet,
    /// What the spec took away, or the host lacks of what its CPU's name promises.
    pub disabled: FeatureSet,
    /// Cloning and size.
    pub flags: TargetFlags,
    /// Index of the target that provides the functions this one has no version of, and that its functions are
    /// compared with when deciding which profit from a version.
    pub base: Option<u32>,
}

/// Features whose presence makes vector code worth a version of its own.
const VECTOR_EXTENSIONS: FeatureSet = FeatureSet::of(&[
    Feature::Sse3,
    Feature::Ssse3,
    Feature::Sse41,
    Feature::Sse42,
    Feature::Avx,
    Feature::Avx2,
    Feature::Avx512f,
    Feature::Avx512cd,
    Feature::Avx512dq,
    Feature::Avx512bw,
    Feature::Avx512vl,
    Feature::Avx512ifma,
    Feature::Avx512vbmi,
    Feature::Avx512vbmi2,
    Feature::Avx512bitalg,
    Feature::Avx512vnni,
    Feature::Avx512vpopcntdq,
    Feature::Avx512vp2intersect,
    Feature::Avx512bf16,
    Feature::Avx512fp16,
    Feature::Avx512er,
    Feature::Avx512pf,
    Feature::Sve,
    Feature::Sve2,
]);

impl TargetSpec {
    /// The target of a CPU of the table, with no token; the first of its list.
    #[must_use]
    pub fn of_cpu(arch: Arch, name: &str) -> Option<Self> {
        let cpu = find_cpu(arch, name)?;
        let flags = TargetFlags { clone_all: cpu.clones_all, ..TargetFlags::default() };
        Some(Self {
            arch,
            name: cpu.name.to_owned(),
            features: cpu.features,
            disabled: FeatureSet::EMPTY,
            flags,
            base: None,
        })
    }

    /// Whether code for this target may use the feature.
    #[must_use]
    pub const fn has(&self, feature: Feature) -> bool {
        self.features.contains(feature)
    }

    /// Whether a CPU this code runs on has the feature of this name: what a query in a program folds to.
    #[must_use]
    pub fn cpu_has(&self, name: &str) -> bool {
        let feature = || Feature::from_name(self.arch, name);
        constant_answer(self.arch, name).unwrap_or_else(|| feature().is_some_and(|feature| self.has(feature)))
    }

    /// Bytes of the widest vector register that code for this target uses.
    #[must_use]
    pub const fn vector_register_bytes(&self) -> u32 {
        self.arch.vector_register_bytes()
    }

    /// Whether a vector extension is new relative to the base.
    #[must_use]
    pub fn has_new_vector_ext(&self, base: &Self) -> bool {
        newly_enabled(self, base).intersects(VECTOR_EXTENSIONS)
    }

    /// Whether fused multiply-add is new relative to the base. Always false on aarch64, whose baseline has it.
    #[must_use]
    pub fn has_new_fma(&self, base: &Self) -> bool {
        let fma = FeatureSet::of(&[Feature::Fma, Feature::Fma4]);
        self.features.intersects(fma) && !base.features.intersects(fma)
    }

    /// Whether half-precision arithmetic is new relative to the base.
    #[must_use]
    pub fn has_new_float16(&self, base: &Self) -> bool {
        newly_enabled(self, base).intersects(FeatureSet::of(&[Feature::Avx512fp16, Feature::Fullfp16]))
    }

    /// Whether bfloat16 arithmetic is new relative to the base.
    #[must_use]
    pub fn has_new_bfloat16(&self, base: &Self) -> bool {
        newly_enabled(self, base).intersects(FeatureSet::of(&[Feature::Avx512bf16, Feature::ArmBf16]))
    }
}

/// What a target may use and its base may not.
#[must_use]
pub fn newly_enabled(target: &TargetSpec, base: &TargetSpec) -> FeatureSet {
    target.features.difference(base.features)
}

/// Whether the target at `index` has a version of every function: the first does, and each `clone_all` one.
///
/// # Panics
/// When the list has no such target.
#[must_use]
pub fn is_full(targets: &[TargetSpec], index: usize) -> bool {
    index == 0 || targets[index].flags.clone_all
}

/// Index of the base of the target at `index`; `None` for the first.
///
/// # Panics
/// When the list has no such target.
#[must_use]
pub fn base_of(targets: &[TargetSpec], index: usize) -> Option<usize> {
    if index == 0 { None } else { Some(targets[index].base.unwrap_or(0) as usize) }
}

/// The group of the target at `index`, named by its full target: a full target is its own group, a partial one
/// belongs to its base's. All code of a process comes from one group.
///
/// # Panics
/// When the list has no such target.
#[must_use]
pub fn group_of(targets: &[TargetSpec], index: usize) -> usize {
    if is_full(targets, index) { index } else { base_of(targets, index).unwrap_or(0) }
}

impl fmt::Display for TargetSpec {
    /// The spec text that stands for this target: name, then only the tokens that differ from what the name means.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        let cpu = find_cpu(self.arch, &self.name);
        let named = cpu.map_or(FeatureSet::EMPTY, |cpu| cpu.features).difference(self.disabled);
        // Only the roots need to be written: disabling a feature takes its dependents, enabling brings what it implies.
        let is_root = |feature: &Feature| {
            let implied = FeatureSet::closure(*feature).difference(FeatureSet::of(&[*feature]));
            !implied.intersects(self.disabled)
        };
        for feature in self.disabled.iter().filter(is_root) {
            write!(f, ",-{feature}")?;
        }
        let added = self.features.difference(named);
        let is_top = |feature: &Feature| {
            let dependents = FeatureSet::dependents(*feature).difference(FeatureSet::of(&[*feature]));
            !dependents.intersects(added)
        };
        for feature in added.iter().filter(is_top) {
            write!(f, ",+{feature}")?;
        }
        match (cpu.is_some_and(|cpu| cpu.clones_all), self.flags.clone_all) {
            (false, true) => f.write_str(",clone_all")?,
            (true, false) => f.write_str(",-clone_all")?,
            _ => {}
        }
        if self.flags.opt_size {
            f.write_str(",opt_size")?;
        }
        if self.flags.min_size {
            f.write_str(",min_size")?;
        }
        match self.base {
            None | Some(0) => Ok(()),
            Some(base) => write!(f, ",base({base})"),
        }
    }
}

/// The spec text that stands for a list of targets.
#[must_use]
pub fn display_targets(targets: &[TargetSpec]) -> String {
    let texts: Vec<String> = targets.iter().map(TargetSpec::to_string).collect();
    texts.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Host, Spec};

    fn parse(text: &str) -> Vec<TargetSpec> {
        Spec::parse(text, &Host::baseline(Arch::X86_64)).unwrap()
    }

    #[test]
    fn comparisons_with_a_base() {
        let targets = parse("generic;core2,base(0);haswell;skylake-avx512,clone_all;sapphirerapids,base(3)");
        let new = |i: usize| {
            let (target, base) = (&targets[i], &targets[base_of(&targets, i).unwrap()]);
            (target.has_new_vector_ext(base), target.has_new_fma(base), target.has_new_float16(base))
        };
        assert_eq!(new(1), (true, false, false));
        assert_eq!(new(2), (true, true, false));
        assert_eq!(new(4), (true, false, true));
        assert!(targets[4].has_new_bfloat16(&targets[3]));
        assert_eq!(newly_enabled(&targets[1], &targets[0]).to_string(), "sse3,ssse3,cx16,sahf");
    }

    #[test]
    fn queries_fold_to_what_the_target_has() {
        let target = &parse("haswell")[0];
        let answers = ["fma", "avx512f", "sse2", "neon"].map(|name| target.cpu_has(name));
        assert_eq!(answers, [true, false, true, false]);
    }

    #[test]
    fn groups_follow_full_targets() {
        let targets = parse("generic;core2;sandybridge,clone_all;haswell,base(2)");
        let groups: Vec<usize> = (0..targets.len()).map(|i| group_of(&targets, i)).collect();
        assert_eq!(groups, [0, 0, 2, 2]);
    }

    #[test]
    fn display_is_minimal() {
        for (text, shown) in [
            ("generic", "generic"),
            ("haswell,-rdrnd", "haswell,-rdrnd"),
            ("haswell,-avx", "haswell,-avx"),
            ("core2,-sse4.2,-sse4.1", "core2,-sse4.1"),
            ("generic,+avx2,+fma,+avx", "generic,+fma,+avx2"),
            ("knl;knm,-clone_all,min_size,opt_size", "knl;knm,-clone_all,opt_size,min_size"),
        ] {
            let display = display_targets(&parse(text));
            assert_eq!(display, shown);
            assert_eq!(parse(&display), parse(text), "{text}");
        }
    }
}
