//! A set of targets of one image.

use std::fmt;

/// A set of target indices below 64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TargetSet(u64);

impl TargetSet {
    /// No target.
    pub const EMPTY: Self = Self(0);

    /// Whether the target is in the set.
    #[must_use]
    pub const fn contains(self, target: usize) -> bool {
        target < 64 && self.0 & (1 << target) != 0
    }

    /// Adds a target.
    ///
    /// # Panics
    /// When the index is 64 or more.
    pub fn insert(&mut self, target: usize) {
        assert!(target < 64, "target {target}");
        self.0 |= 1 << target;
    }

    /// Number of targets in the set.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The indices, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |target| self.contains(*target))
    }

    /// The set as a bit mask: bit `i` for target `i`.
    #[must_use]
    pub const fn mask(self) -> u64 {
        self.0
    }
}

impl FromIterator<usize> for TargetSet {
    fn from_iter<I: IntoIterator<Item = usize>>(targets: I) -> Self {
        let mut set = Self::EMPTY;
        targets.into_iter().for_each(|target| set.insert(target));
        set
    }
}

impl fmt::Debug for TargetSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
