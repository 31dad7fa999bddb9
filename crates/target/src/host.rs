//! What the machine this program runs on can do.
//!
//! Detection is on the start-up path of every program, and in a virtual machine each `cpuid` traps (6.5 to 14 us
//! measured on one), so it reads few leaves, and where it can takes what the C library already read. It reads no file and no environment variable: a mask of features to hide is
//! an argument.

#[cfg(target_arch = "aarch64")]
#[path = "host/aarch64.rs"]
mod detect;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
#[path = "host/other.rs"]
mod detect;
#[cfg(target_arch = "x86_64")]
#[path = "host/x86_64.rs"]
mod detect;

use crate::parse::parse_hidden;
use crate::{Arch, FeatureSet, NON_REPLAYABLE, SpecError, cpus, find_cpu};

/// A machine: the running one, or one that is described.
///
/// Invariant: `features` is closed and holds only features of `arch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The architecture.
    pub arch: Arch,
    /// The CPU's name in the table; where the CPU is not in the table, the nearest architecture level.
    pub name: String,
    /// Whether `name` is the CPU itself and not a level near it. Only then may an image's target match by name.
    pub name_is_known: bool,
    /// What code may use: what the CPU has, the operating system supports, and nobody asked to hide. Never one of
    /// [`NON_REPLAYABLE`].
    pub features: FeatureSet,
}

impl Host {
    /// The running machine.
    ///
    /// # Panics
    /// On an architecture that code is not generated for; no such build exists.
    #[must_use]
    pub fn detect() -> Self {
        let detected = detect::detect();
        let features = detected.features.closed_subset().difference(NON_REPLAYABLE);
        let arch = Arch::current().expect("the program runs on an architecture that targets exist for");
        let (name, name_is_known) = match detected.name {
            Some(name) => (name, true),
            None => (nearest_level(arch, features), false),
        };
        Self { arch, name: name.to_owned(), name_is_known, features }
    }

    /// The running machine without the features that `hidden` names, as in `-avx2,-fma`, and those that depend on them.
    ///
    /// # Errors
    /// When the text is not a list of that form.
    pub fn detect_with_hidden(hidden: &str) -> Result<Self, SpecError> {
        let mut host = Self::detect();
        host.hide(hidden)?;
        Ok(host)
    }

    /// Takes away the features that `hidden` names, as in `-avx2,-fma`, and those that depend on them.
    ///
    /// # Errors
    /// When the text is not a list of that form; the host is then unchanged.
    pub fn hide(&mut self, hidden: &str) -> Result<(), SpecError> {
        self.features = self.features.difference(parse_hidden(hidden, self.arch)?);
        Ok(())
    }

    /// A machine with nothing beyond the architecture's baseline: for building images of another architecture.
    #[must_use]
    pub fn baseline(arch: Arch) -> Self {
        Self { arch, name: "generic".to_owned(), name_is_known: false, features: FeatureSet::EMPTY }
    }

    /// A machine with a CPU of the table.
    #[must_use]
    pub fn of_cpu(arch: Arch, name: &str) -> Option<Self> {
        let cpu = find_cpu(arch, name)?;
        Some(Self { arch, name: cpu.name.to_owned(), name_is_known: true, features: cpu.features })
    }
}

/// The architecture level with the most features that the machine has all of.
fn nearest_level(arch: Arch, features: FeatureSet) -> &'static str {
    let is_level = |name: &str| name == "generic" || name.starts_with("x86-64-v");
    cpus(arch)
        .iter()
        .filter(|cpu| is_level(cpu.name) && cpu.features.is_subset(features))
        .max_by_key(|cpu| cpu.features.len())
        .map_or("generic", |cpu| cpu.name)
}

/// What detection finds: features one by one, and the CPU's name where it is in the table.
struct Detected {
    features: FeatureSet,
    name: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Feature;

    #[test]
    fn the_running_machine_is_described_consistently() {
        let host = Host::detect();
        assert_eq!(Some(host.arch), Arch::current());
        assert!(host.features.is_closed() && !host.features.intersects(NON_REPLAYABLE));
        assert!(find_cpu(host.arch, &host.name).is_some());
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn detection_agrees_with_the_standard_library() {
        let host = Host::detect();
        macro_rules! agree {
            ($($feature:ident $name:tt),*) => {
                $(assert_eq!(host.features.contains(Feature::$feature), is_x86_feature_detected!($name), $name);)*
            };
        }
        agree!(
            Sse3 "sse3", Ssse3 "ssse3", Sse41 "sse4.1", Sse42 "sse4.2", Popcnt "popcnt", Cx16 "cmpxchg16b", Avx "avx",
            Avx2 "avx2", Fma "fma", F16c "f16c", Bmi "bmi1", Bmi2 "bmi2", Lzcnt "lzcnt", Movbe "movbe", Aes "aes",
            Pclmul "pclmulqdq", Sha "sha", Adx "adx", Xsave "xsave", Xsavec "xsavec", Xsaves "xsaves", Sse4a "sse4a",
            Avx512f "avx512f", Avx512bw "avx512bw", Avx512cd "avx512cd", Avx512dq "avx512dq", Avx512vl "avx512vl",
            Avx512vbmi "avx512vbmi", Avx512vnni "avx512vnni", Avx512bf16 "avx512bf16", Avx512fp16 "avx512fp16",
            Gfni "gfni", Vaes "vaes", Vpclmulqdq "vpclmulqdq", Avxvnni "avxvnni"
        );
    }

    #[test]
    fn hiding_takes_dependents() {
        let mut host = Host::of_cpu(Arch::X86_64, "skylake-avx512").unwrap();
        host.hide("-avx2, -popcnt,").unwrap();
        assert!(!host.features.contains(Feature::Avx512f) && !host.features.contains(Feature::Popcnt));
        assert!(host.features.contains(Feature::Avx) && host.features.is_closed());
        let before = host.clone();
        for (text, message) in
            [("avx", "expected `-feature`"), ("-avx,-frob", "`frob`"), ("-sse2", "cannot be disabled")]
        {
            assert!(host.hide(text).unwrap_err().to_string().contains(message), "{text}");
        }
        assert_eq!(host, before);
    }

    #[test]
    fn an_unknown_cpu_is_named_by_its_level() {
        let skylake = find_cpu(Arch::X86_64, "skylake").unwrap().features;
        assert_eq!(nearest_level(Arch::X86_64, skylake), "x86-64-v3");
        assert_eq!(nearest_level(Arch::X86_64, FeatureSet::EMPTY), "generic");
    }
}
