//! A CPU target by its feature names, until the target specification is there.

use std::collections::BTreeSet;

/// A CPU target.
#[derive(Clone, Debug)]
pub struct TargetSpec {
    /// Whether the architecture is aarch64 rather than x86-64.
    pub aarch64: bool,
    /// Features, by LLVM's names.
    pub features: BTreeSet<String>,
}
