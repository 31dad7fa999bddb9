//! The grammar of target specs.
//!
//! ```text
//! spec   := target (';' target)*
//! target := name (',' token)*              an empty name is native
//! token  := '+' feature | '-' feature | 'clone_all' | '-clone_all' | 'opt_size' | 'min_size' | 'base(' n ')'
//! name   := 'native' | 'generic' | 'sysimage' | a CPU's name or alias
//! ```
//!
//! Tokens apply from left to right. A feature without a sign is refused: systems of this kind have both accepted and
//! ignored it, so its author cannot know what was meant. `sysimage` stands for the spec of the parent image; it must
//! come first and takes no tokens. Printing help is [`help_text`](crate::help_text)'s business.

use thiserror::Error;

use crate::spec::is_full;
use crate::{Arch, Feature, FeatureSet, Host, TargetFlags, TargetSpec, find_cpu};

/// The most targets a spec may have. Clone plans hold a set of targets in one 64-bit word.
pub const MAX_TARGETS: usize = 64;

/// A parsed target spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The targets; never empty.
    pub targets: Vec<TargetSpec>,
    /// What the user should be told though it is no error, one sentence each.
    pub warnings: Vec<String>,
}

/// Why a target spec was refused. All are the author's mistakes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SpecError {
    /// The name is in no CPU table of the architecture.
    #[error("unknown cpu target: {name:?} (`--cpu-target help` lists those of {arch})")]
    UnknownCpu {
        /// The name as written.
        name: String,
        /// The architecture it was looked for in.
        arch: Arch,
    },
    /// The feature is not in the table of the architecture.
    #[error("unknown feature `{feature}` in cpu target `{target}` (`--cpu-target help` lists those of {arch})")]
    UnknownFeature {
        /// The feature as written, without its sign.
        feature: String,
        /// The target as written.
        target: String,
        /// The architecture it was looked for in.
        arch: Arch,
    },
    /// A feature without a sign.
    #[error(
        "`{feature}` in cpu target `{target}` has no sign: write `+{feature}` to enable it, `-{feature}` to disable it"
    )]
    BareFeature {
        /// The feature as written.
        feature: String,
        /// The target as written.
        target: String,
    },
    /// A token that is neither a feature nor any other token.
    #[error(
        "unknown token `{token}` in cpu target `{target}`: expected `+feature`, `-feature`, `clone_all`, `-clone_all`, \
         `opt_size`, `min_size` or `base(n)`"
    )]
    UnknownToken {
        /// The token as written.
        token: String,
        /// The target as written.
        target: String,
    },
    /// Disables what every CPU of the architecture has.
    #[error("`-{feature}` in cpu target `{target}`: every {arch} CPU has `{feature}`, it cannot be disabled")]
    Baseline {
        /// The feature as written.
        feature: String,
        /// The target as written.
        target: String,
        /// The architecture.
        arch: Arch,
    },
    /// `base(..)` does not hold the number of an earlier target.
    #[error("`{token}` in cpu target `{target}`, which has number {index}: expected the number of an earlier target")]
    BadBase {
        /// The token as written.
        token: String,
        /// The target as written.
        target: String,
        /// Its index.
        index: usize,
    },
    /// `base(n)` names a target that holds only some functions.
    #[error(
        "`base({base})` in cpu target `{target}` names `{base_target}`, which is not fully cloned: \
         add `clone_all` to it, or choose another base"
    )]
    PartialBase {
        /// The base's index.
        base: usize,
        /// The base, as it is displayed.
        base_target: String,
        /// The target as written.
        target: String,
    },
    /// `base(..)` twice in one target.
    #[error("more than one base in cpu target `{target}`")]
    SecondBase {
        /// The target as written.
        target: String,
    },
    /// `sysimage` not alone in first place.
    #[error("`{target}`: `sysimage` must be the first cpu target and takes no tokens")]
    MisplacedSysimage {
        /// The target as written.
        target: String,
    },
    /// More than [`MAX_TARGETS`].
    #[error("{count} cpu targets given, at most {MAX_TARGETS} are possible")]
    TooManyTargets {
        /// How many there are.
        count: usize,
    },
    /// A list of features to hide has something else than `-feature`.
    #[error("`{token}` in the list of hidden CPU features: expected `-feature`")]
    NotHidden {
        /// The token as written.
        token: String,
    },
}

impl Spec {
    /// Reads a target spec for the host's architecture; `native` is the host. `sysimage` is read as `native`.
    ///
    /// # Errors
    /// The first mistake in the text.
    pub fn parse(text: &str, host: &Host) -> Result<Vec<TargetSpec>, SpecError> {
        Ok(Self::parse_with_parent(text, host, None)?.targets)
    }

    /// Reads a target spec; `sysimage` expands to `parent`, the spec text stored in the parent image.
    ///
    /// # Errors
    /// The first mistake in the text, or in the parent's.
    pub fn parse_with_parent(text: &str, host: &Host, parent: Option<&str>) -> Result<Self, SpecError> {
        let mut spec = Self { targets: Vec::new(), warnings: Vec::new() };
        for (place, target) in text.split(';').map(str::trim).enumerate() {
            let (name, tokens) = target.split_once(',').map_or((target, None), |(name, rest)| (name, Some(rest)));
            if name.trim() != "sysimage" {
                spec.push_target(target, host)?;
            } else if place != 0 || tokens.is_some() {
                return Err(SpecError::MisplacedSysimage { target: target.to_owned() });
            } else {
                spec.expand_parent(host, parent)?;
            }
        }
        if spec.targets.len() > MAX_TARGETS {
            return Err(SpecError::TooManyTargets { count: spec.targets.len() });
        }
        Ok(spec)
    }

    fn expand_parent(&mut self, host: &Host, parent: Option<&str>) -> Result<(), SpecError> {
        let Some(parent) = parent.filter(|text| !text.trim().is_empty()) else {
            self.warnings.push("the parent image stores no cpu target; `sysimage` is read as `native`".to_owned());
            return self.push_target("native", host);
        };
        parent.split(';').map(str::trim).try_for_each(|target| self.push_target(target, host))
    }

    fn push_target(&mut self, text: &str, host: &Host) -> Result<(), SpecError> {
        let target = parse_target(text, host, &self.targets)?;
        self.targets.push(target);
        Ok(())
    }
}

fn parse_target(text: &str, host: &Host, earlier: &[TargetSpec]) -> Result<TargetSpec, SpecError> {
    let mut tokens = text.split(',').map(str::trim);
    let name = tokens.next().unwrap_or("");
    let mut target = named_target(name, host)?;
    target.base = (!earlier.is_empty()).then_some(0);
    let mut has_base = false;
    for token in tokens {
        let owned = || text.to_owned();
        match token {
            "clone_all" => target.flags.clone_all = true,
            "-clone_all" => target.flags.clone_all = false,
            "opt_size" => target.flags.opt_size = true,
            "min_size" => target.flags.min_size = true,
            _ => {
                if let Some(number) = token.strip_prefix("base(").and_then(|rest| rest.strip_suffix(')')) {
                    if std::mem::replace(&mut has_base, true) {
                        return Err(SpecError::SecondBase { target: owned() });
                    }
                    target.base = Some(parse_base(number, token, text, earlier)?);
                } else if let Some(feature) = token.strip_prefix('+') {
                    if let Some(feature) = parse_feature(feature, text, host.arch, true)? {
                        target.features.enable(feature);
                        target.disabled = target.disabled.difference(FeatureSet::closure(feature));
                    }
                } else if let Some(feature) = token.strip_prefix('-') {
                    if let Some(feature) = parse_feature(feature, text, host.arch, false)? {
                        target.features.disable(feature);
                        target.disabled = target.disabled.union(FeatureSet::dependents(feature));
                    }
                } else if is_known_feature(token, host.arch) {
                    return Err(SpecError::BareFeature { feature: token.to_owned(), target: owned() });
                } else {
                    return Err(SpecError::UnknownToken { token: token.to_owned(), target: owned() });
                }
            }
        }
    }
    Ok(target)
}

fn named_target(name: &str, host: &Host) -> Result<TargetSpec, SpecError> {
    if name.is_empty() || name == "native" {
        return Ok(host.native_target());
    }
    TargetSpec::of_cpu(host.arch, name).ok_or_else(|| SpecError::UnknownCpu { name: name.to_owned(), arch: host.arch })
}

fn is_known_feature(name: &str, arch: Arch) -> bool {
    Feature::from_name(arch, name).is_some() || arch.baseline().contains(&name)
}

/// The feature a signed token names; `None` for one of the baseline, which may only be enabled.
fn parse_feature(name: &str, target: &str, arch: Arch, enable: bool) -> Result<Option<Feature>, SpecError> {
    match Feature::from_name(arch, name) {
        Some(feature) => Ok(Some(feature)),
        None if !arch.baseline().contains(&name) => {
            Err(SpecError::UnknownFeature { feature: name.to_owned(), target: target.to_owned(), arch })
        }
        None if enable => Ok(None),
        None => Err(SpecError::Baseline { feature: name.to_owned(), target: target.to_owned(), arch }),
    }
}

fn parse_base(number: &str, token: &str, target: &str, earlier: &[TargetSpec]) -> Result<u32, SpecError> {
    let index = earlier.len();
    let bad = || SpecError::BadBase { token: token.to_owned(), target: target.to_owned(), index };
    let base: u32 = number.trim().parse().map_err(|_| bad())?;
    if base as usize >= index {
        return Err(bad());
    }
    if !is_full(earlier, base as usize) {
        let base_target = earlier[base as usize].to_string();
        return Err(SpecError::PartialBase { base: base as usize, base_target, target: target.to_owned() });
    }
    Ok(base)
}

/// Reads a list `-feature,-feature` of features to hide. Empty items are skipped.
pub(crate) fn parse_hidden(text: &str, arch: Arch) -> Result<FeatureSet, SpecError> {
    let mut hidden = FeatureSet::EMPTY;
    for token in text.split(',').map(str::trim).filter(|token| !token.is_empty()) {
        let name = token.strip_prefix('-').ok_or_else(|| SpecError::NotHidden { token: token.to_owned() })?;
        let feature = parse_feature(name, text, arch, false)?.expect("disabling yields a feature or an error");
        hidden = hidden.union(FeatureSet::dependents(feature));
    }
    Ok(hidden)
}

impl Host {
    /// The target `native` stands for: the host's CPU with what the host has.
    #[must_use]
    pub fn native_target(&self) -> TargetSpec {
        let cpu = find_cpu(self.arch, &self.name);
        let mut disabled = FeatureSet::EMPTY;
        for feature in cpu.map_or(FeatureSet::EMPTY, |cpu| cpu.features).difference(self.features) {
            disabled = disabled.union(FeatureSet::dependents(feature));
        }
        let flags = TargetFlags {
            clone_all: cpu.is_some_and(|cpu| cpu.clones_all),
            unknown_name: !self.name_is_known,
            ..TargetFlags::default()
        };
        TargetSpec { arch: self.arch, name: self.name.clone(), features: self.features, disabled, flags, base: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{cpus, display_targets, features};

    fn x86() -> Host {
        Host::baseline(Arch::X86_64)
    }

    fn targets(text: &str) -> Vec<TargetSpec> {
        Spec::parse(text, &x86()).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn official_strings_parse() {
        let x86_64 = "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1);x86-64-v4,-rdrnd,base(1)";
        let parsed = targets(x86_64);
        let names: Vec<&str> = parsed.iter().map(|target| target.name.as_str()).collect();
        assert_eq!(names, ["generic", "sandybridge", "haswell", "x86-64-v4"]);
        let bases: Vec<Option<u32>> = parsed.iter().map(|target| target.base).collect();
        assert_eq!(bases, [None, Some(0), Some(1), Some(1)]);
        assert_eq!(parsed.iter().map(|target| target.flags.clone_all).collect::<Vec<_>>(), [false, true, false, false]);
        assert_eq!(display_targets(&parsed), x86_64);

        let arm = Host::baseline(Arch::Aarch64);
        for text in [
            "generic;cortex-a57;thunderx2t99;carmel,clone_all;apple-m1,base(3);neoverse-512tvb,base(3)",
            "generic;cortex-a57;thunderx2t99;carmel,clone_all;apple-m1,-fpac,base(3);neoverse-512tvb,-rand,base(3)",
            "generic;apple-m1,clone_all",
        ] {
            assert_eq!(display_targets(&Spec::parse(text, &arm).unwrap()), text);
        }
    }

    #[test]
    fn tokens_mean_what_the_grammar_says() {
        let parsed = targets("haswell,-avx2,+sse2,opt_size;,min_size;knl;knm,-clone_all");
        assert!(!parsed[0].has(Feature::Avx2) && parsed[0].has(Feature::Fma) && parsed[0].flags.opt_size);
        assert!(parsed[0].disabled.contains(Feature::Avx512f));
        assert_eq!((parsed[1].name.as_str(), parsed[1].flags.min_size), ("generic", true));
        assert!(parsed[2].flags.clone_all && !parsed[3].flags.clone_all);
        // A later token overrides an earlier one.
        let parsed = targets("generic,+avx2,-avx;generic,-avx,+avx2");
        assert!(!parsed[0].has(Feature::Avx2) && !parsed[0].has(Feature::Avx) && parsed[0].has(Feature::Sse42));
        assert!(
            parsed[1].has(Feature::Avx2) && parsed[1].has(Feature::Avx) && !parsed[1].disabled.contains(Feature::Avx)
        );
        assert_eq!(targets("")[0], x86().native_target());
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("pentium9", "unknown cpu target: \"pentium9\" (`--cpu-target help` lists those of x86_64)"),
            ("generic;cortex-a57", "unknown cpu target: \"cortex-a57\""),
            ("haswell,+frob", "unknown feature `frob` in cpu target `haswell,+frob`"),
            ("haswell,-neon", "unknown feature `neon`"),
            ("haswell,avx2", "`avx2` in cpu target `haswell,avx2` has no sign: write `+avx2` to enable it"),
            ("haswell,sse2", "`sse2` in cpu target `haswell,sse2` has no sign"),
            ("haswell,frob", "unknown token `frob` in cpu target `haswell,frob`"),
            ("haswell,", "unknown token ``"),
            ("haswell,-sse2", "every x86_64 CPU has `sse2`, it cannot be disabled"),
            ("generic,base(0)", "`base(0)` in cpu target `generic,base(0)`, which has number 0"),
            ("generic;haswell,base(1)", "expected the number of an earlier target"),
            ("generic;haswell,base(-1)", "`base(-1)` in cpu target"),
            ("generic;haswell,base(x)", "expected the number of an earlier target"),
            ("generic;haswell,base(99999999999)", "expected the number of an earlier target"),
            ("generic;core2;haswell,base(1)", "names `core2`, which is not fully cloned"),
            ("generic;haswell,base(0),base(0)", "more than one base"),
            ("generic;sysimage", "`sysimage` must be the first cpu target and takes no tokens"),
            ("sysimage,clone_all", "`sysimage` must be the first cpu target and takes no tokens"),
        ] {
            let error = Spec::parse(text, &x86()).expect_err(text).to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
        let many = vec!["generic"; MAX_TARGETS + 1].join(";");
        assert_eq!(Spec::parse(&many, &x86()), Err(SpecError::TooManyTargets { count: MAX_TARGETS + 1 }));
    }

    #[test]
    fn sysimage_expands_to_the_parents_targets() {
        let parent = Some("generic;sandybridge,clone_all");
        let spec = Spec::parse_with_parent("sysimage;haswell,base(1)", &x86(), parent).unwrap();
        assert_eq!(display_targets(&spec.targets), "generic;sandybridge,clone_all;haswell,base(1)");
        assert!(spec.warnings.is_empty());
        let spec = Spec::parse_with_parent("sysimage", &x86(), None).unwrap();
        assert_eq!((spec.targets, spec.warnings.len()), (vec![x86().native_target()], 1));
    }

    fn any_token() -> impl Strategy<Value = String> {
        let names: Vec<&str> = features(Arch::X86_64).map(|info| info.name).collect();
        prop_oneof![
            8 => (proptest::sample::select(names), any::<bool>())
                .prop_map(|(name, on)| format!("{}{name}", if on { '+' } else { '-' })),
            1 => proptest::sample::select(vec!["clone_all", "-clone_all", "opt_size", "min_size"]).prop_map(str::to_owned),
        ]
    }

    fn any_target() -> impl Strategy<Value = String> {
        let names: Vec<&str> = cpus(Arch::X86_64).iter().map(|cpu| cpu.name).collect();
        (proptest::sample::select(names), proptest::collection::vec(any_token(), 0..6))
            .prop_map(|(name, tokens)| [vec![name.to_owned()], tokens].concat().join(","))
    }

    proptest! {
        #[test]
        fn what_is_displayed_parses_to_the_same(text in proptest::collection::vec(any_target(), 1..5)) {
            let parsed = targets(&text.join(";"));
            for target in &parsed {
                prop_assert!(target.features.is_closed() && !target.features.intersects(target.disabled));
            }
            prop_assert_eq!(targets(&display_targets(&parsed)), parsed);
        }

        #[test]
        fn no_text_panics(text in "[a-z0-9+;,()-]{0,40}") {
            let _ = Spec::parse_with_parent(&text, &x86(), Some(&text));
        }
    }
}
