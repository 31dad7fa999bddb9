//! Choosing the target of an image that serves a host.
//!
//! The rules, in order: a target that needs a feature the host lacks is out; a target with the host's own CPU name
//! beats all others, the first such one opening the search anew; a larger vector register size wins; more enabled
//! features win; of equals, the later one wins. Vector register size means what the code generator uses for the
//! target, see [`Arch::vector_register_bytes`](crate::Arch::vector_register_bytes).
//!
//! [`select`] is what a start needs and allocates nothing unless it fails; [`explain`] says the same about every
//! target, for people.

use std::cmp::Ordering;
use std::fmt;

use crate::{FeatureSet, Host, TargetSpec};

/// The target that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Its index.
    pub index: usize,
    /// The rule that decided.
    pub reason: Reason,
}

/// The rule by which a target was chosen over the last of its rivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is the only one the host can run.
    OnlyMatch,
    /// It has the host's CPU name.
    CpuName,
    /// It uses larger vector registers.
    VectorSize,
    /// It enables more features.
    MoreFeatures,
    /// It stands later than its equals.
    Later,
}

/// Why a target cannot serve the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The target's index.
    pub index: usize,
    /// The target, as it is displayed.
    pub target: String,
    /// What it enables and the host lacks; empty where the target is for another architecture.
    pub missing: FeatureSet,
    /// The architecture it is for, where that is not the host's.
    pub other_arch: Option<crate::Arch>,
}

/// What became of a target in the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was chosen.
    Chosen(Reason),
    /// It would run, and lost.
    Outranked {
        /// Index of the target that was chosen.
        by: usize,
        /// The rule that put that one before it.
        reason: Reason,
    },
    /// It would not run.
    Rejected(Rejection),
}

/// No target of the image serves the host: says for each what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoMatch {
    /// The host's CPU name.
    pub host: String,
    /// One entry for each target, in order.
    pub rejections: Vec<Rejection>,
}

/// Chooses among the targets of an image.
///
/// # Errors
/// When the host can run none of them.
pub fn select(targets: &[TargetSpec], host: &Host) -> Result<Selection, NoMatch> {
    let mut best: Option<Selection> = None;
    for (index, target) in targets.iter().enumerate().filter(|(_, target)| fits(target, host)) {
        best = Some(match best {
            None => Selection { index, reason: Reason::OnlyMatch },
            Some(best) => match compare(target, &targets[best.index], host) {
                (Ordering::Less, reason) => Selection { index: best.index, reason: first_reason(best.reason, reason) },
                (_, reason) => Selection { index, reason },
            },
        });
    }
    best.ok_or_else(|| NoMatch {
        host: host.name.clone(),
        rejections: targets.iter().enumerate().map(|(index, target)| reject(index, target, host)).collect(),
    })
}

/// Says of every target what became of it, in order.
#[must_use]
pub fn explain(targets: &[TargetSpec], host: &Host) -> Vec<Verdict> {
    let chosen = select(targets, host).ok();
    let verdict = |(index, target): (usize, &TargetSpec)| match chosen {
        Some(chosen) if chosen.index == index => Verdict::Chosen(chosen.reason),
        Some(chosen) if fits(target, host) => {
            let (_, reason) = compare(&targets[chosen.index], target, host);
            Verdict::Outranked { by: chosen.index, reason }
        }
        _ => Verdict::Rejected(reject(index, target, host)),
    };
    targets.iter().enumerate().map(verdict).collect()
}

fn fits(target: &TargetSpec, host: &Host) -> bool {
    target.arch == host.arch && target.features.is_subset(host.features)
}

fn reject(index: usize, target: &TargetSpec, host: &Host) -> Rejection {
    let other_arch = (target.arch != host.arch).then_some(target.arch);
    let missing = if other_arch.is_some() { FeatureSet::EMPTY } else { target.features.difference(host.features) };
    Rejection { index, target: target.to_string(), missing, other_arch }
}

/// Ranks two targets that both fit, and says by which rule; of equals, position decides.
fn compare(a: &TargetSpec, b: &TargetSpec, host: &Host) -> (Ordering, Reason) {
    let has_name = |target: &TargetSpec| host.name_is_known && target.name == host.name;
    let by_name = has_name(a).cmp(&has_name(b));
    let by_vector = a.vector_register_bytes().cmp(&b.vector_register_bytes());
    let by_features = a.features.len().cmp(&b.features.len());
    [(by_name, Reason::CpuName), (by_vector, Reason::VectorSize), (by_features, Reason::MoreFeatures)]
        .into_iter()
        .find(|(ordering, _)| ordering.is_ne())
        .unwrap_or((Ordering::Equal, Reason::Later))
}

/// A target that keeps its place keeps the reason it won it by, unless it had no rival before.
fn first_reason(kept: Reason, new: Reason) -> Reason {
    if kept == Reason::OnlyMatch { new } else { kept }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnlyMatch => "the only one this machine can run",
            Self::CpuName => "it names this machine's CPU",
            Self::VectorSize => "larger vector registers",
            Self::MoreFeatures => "more features",
            Self::Later => "the later of equals",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen(reason) => write!(f, "chosen: {reason}"),
            Self::Outranked { by, reason } => write!(f, "outranked by target {by}: {reason}"),
            Self::Rejected(rejection) => write!(f, "rejected: {}", rejection.cause()),
        }
    }
}

impl Rejection {
    /// The cause in words, without the target.
    #[must_use]
    pub fn cause(&self) -> String {
        match self.other_arch {
            Some(arch) => format!("it is for {arch}"),
            None => format!("this machine lacks {}", self.missing),
        }
    }
}

impl fmt::Display for NoMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unable to find a compatible target in the image for this machine ({})", self.host)?;
        for rejection in &self.rejections {
            write!(f, "\n  target {} `{}`: {}", rejection.index, rejection.target, rejection.cause())?;
        }
        Ok(())
    }
}

impl std::error::Error for NoMatch {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arch, Spec};

    const OFFICIAL: &str = "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1);x86-64-v4,-rdrnd,base(1)";

    fn targets(text: &str) -> Vec<TargetSpec> {
        Spec::parse(text, &Host::baseline(Arch::X86_64)).unwrap()
    }

    fn host(name: &str, hidden: &str) -> Host {
        let mut host = Host::of_cpu(Arch::X86_64, name).unwrap();
        host.hide(hidden).unwrap();
        host
    }

    #[test]
    fn rules_in_order() {
        use Reason::*;
        for (spec, cpu, hidden, index, reason) in [
            (OFFICIAL, "generic", "", 0, OnlyMatch),
            (OFFICIAL, "core2", "", 0, OnlyMatch),
            (OFFICIAL, "sandybridge", "", 1, CpuName),
            (OFFICIAL, "ivybridge", "", 1, MoreFeatures),
            (OFFICIAL, "haswell", "", 2, CpuName),
            (OFFICIAL, "skylake", "", 2, MoreFeatures),
            (OFFICIAL, "skylake", "-avx2", 1, MoreFeatures),
            (OFFICIAL, "skylake", "-avx", 0, OnlyMatch),
            (OFFICIAL, "icelake-server", "", 3, MoreFeatures),
            (OFFICIAL, "znver1", "", 2, MoreFeatures),
            // A name match wins over more features, and its later rivals with other names are ignored.
            ("generic;haswell;haswell,+aes,-fma;broadwell", "haswell", "", 1, CpuName),
            ("broadwell;generic;core2;nehalem", "broadwell", "", 0, CpuName),
            ("haswell;haswell", "haswell", "", 1, Later),
            ("core2;penryn,-sse4.1", "haswell", "", 1, Later),
        ] {
            let selection = select(&targets(spec), &host(cpu, hidden)).unwrap();
            assert_eq!((selection.index, selection.reason), (index, reason), "{spec} on {cpu} {hidden}");
        }
    }

    #[test]
    fn a_level_is_no_name_of_an_unknown_host() {
        let mut host = host("x86-64-v3", "");
        host.name_is_known = false;
        host.features = host.features.with(&[crate::Feature::Aes]);
        assert_eq!(select(&targets("x86-64-v3;x86-64-v3,+aes"), &host).unwrap().index, 1);
    }

    #[test]
    fn no_match_lists_what_is_missing() {
        let error = select(&targets("sandybridge;haswell"), &host("skylake", "-avx,-popcnt")).unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("unable to find a compatible target in the image"), "{text}");
        assert!(text.contains("\n  target 0 `sandybridge`: this machine lacks popcnt,avx\n"), "{text}");
        assert!(text.contains("\n  target 1 `haswell`: this machine lacks popcnt,avx,f16c,fma,avx2"), "{text}");
        let error = select(&targets("generic"), &Host::baseline(Arch::Aarch64)).unwrap_err();
        assert!(error.to_string().contains("target 0 `generic`: it is for x86_64"));
        assert!(select(&[], &host("generic", "")).is_err());
    }

    #[test]
    fn every_target_is_explained() {
        let verdicts = explain(&targets(OFFICIAL), &host("skylake", ""));
        let texts: Vec<String> = verdicts.iter().map(Verdict::to_string).collect();
        assert_eq!(texts[0], "outranked by target 2: more features");
        assert_eq!(texts[2], "chosen: more features");
        assert!(texts[3].starts_with("rejected: this machine lacks avx512f"), "{}", texts[3]);
        let verdicts = explain(&targets("core2;core2"), &host("haswell", ""));
        assert_eq!(verdicts[0], Verdict::Outranked { by: 1, reason: Reason::Later });
    }
}
