//! Sets of CPU features, closed under implication.
//!
//! A set is a bitset over every [`Feature`] of every architecture, so that sets of two architectures never mix by
//! accident. "Closed" means: with a feature, all that it implies. The closures are computed when this crate is
//! compiled, because detection runs at every start of every program.

use std::fmt;

use crate::feature_table::{ALL_FEATURES, Feature};

/// Number of 64-bit words in a set.
pub(crate) const N_WORDS: usize = 4;

/// A set of CPU features.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FeatureSet {
    words: [u64; N_WORDS],
}

/// Features that a record-and-replay debugger cannot reproduce.
///
/// They are stripped from what is detected on the host, and named CPUs do not include them: compiled code never
/// needs them, and an image must not be refused, nor a recording diverge, because of them. A spec may still name them.
pub const NON_REPLAYABLE: FeatureSet =
    FeatureSet::of(&[Feature::Rdrnd, Feature::Rdseed, Feature::Rtm, Feature::Xsaveopt]);

/// For each feature number, the feature and all it implies, directly or not.
static CLOSURES: [FeatureSet; N_WORDS * 64] = closures();

const fn closures() -> [FeatureSet; N_WORDS * 64] {
    let mut closures = [FeatureSet::EMPTY; N_WORDS * 64];
    let mut i = 0;
    while i < ALL_FEATURES.len() {
        let info = &ALL_FEATURES[i];
        let mut set = FeatureSet::EMPTY.insert_raw(info.feature);
        let mut j = 0;
        while j < info.implies.len() {
            let implied = closures[info.implies[j] as usize];
            // One pass suffices because the table lists a feature after those it implies; this proves it does.
            assert!(implied.contains(info.implies[j]), "a feature is listed before one that it implies");
            set = set.union(implied);
            j += 1;
        }
        closures[info.feature as usize] = set;
        i += 1;
    }
    closures
}

impl FeatureSet {
    /// The set of nothing: a CPU of the architecture's baseline.
    pub const EMPTY: Self = Self { words: [0; N_WORDS] };

    /// The given features exactly, without what they imply.
    #[must_use]
    pub const fn of(features: &[Feature]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < features.len() {
            set = set.insert_raw(features[i]);
            i += 1;
        }
        set
    }

    /// This set and the given features with all they imply.
    #[must_use]
    pub const fn with(self, features: &[Feature]) -> Self {
        let mut set = self;
        let mut i = 0;
        while i < features.len() {
            set = set.union(CLOSURES[features[i] as usize]);
            i += 1;
        }
        set
    }

    const fn insert_raw(mut self, feature: Feature) -> Self {
        self.words[feature as usize / 64] |= 1 << (feature as usize % 64);
        self
    }

    /// A feature and all it implies.
    #[must_use]
    pub const fn closure(feature: Feature) -> Self {
        CLOSURES[feature as usize]
    }

    /// A feature and all features that imply it.
    #[must_use]
    pub fn dependents(feature: Feature) -> Self {
        let mut set = Self::EMPTY;
        for info in &ALL_FEATURES {
            if Self::closure(info.feature).contains(feature) {
                set = set.insert_raw(info.feature);
            }
        }
        set
    }

    /// Whether the feature is in the set.
    #[must_use]
    pub const fn contains(self, feature: Feature) -> bool {
        self.words[feature as usize / 64] & (1 << (feature as usize % 64)) != 0
    }

    /// Adds a feature and all it implies.
    pub fn enable(&mut self, feature: Feature) {
        *self = self.union(Self::closure(feature));
    }

    /// Removes a feature and all features that imply it.
    pub fn disable(&mut self, feature: Feature) {
        *self = self.difference(Self::dependents(feature));
    }

    /// Adds one feature without what it implies: for detection, which sees features one by one.
    pub(crate) fn insert(&mut self, feature: Feature) {
        *self = self.insert_raw(feature);
    }

    /// The largest closed subset: drops each feature of which something it implies is missing.
    #[must_use]
    pub fn closed_subset(self) -> Self {
        let mut closed = Self::EMPTY;
        for feature in self {
            if Self::closure(feature).is_subset(self) {
                closed.insert(feature);
            }
        }
        closed
    }

    /// Whether the set holds, with each feature, all it implies.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.closed_subset() == self
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let [a, b, c, d] = self.words;
        let [w, x, y, z] = other.words;
        Self { words: [a | w, b | x, c | y, d | z] }
    }

    /// What is in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        let [a, b, c, d] = self.words;
        let [w, x, y, z] = other.words;
        Self { words: [a & w, b & x, c & y, d & z] }
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        let [a, b, c, d] = self.words;
        let [w, x, y, z] = other.words;
        Self { words: [a & !w, b & !x, c & !y, d & !z] }
    }

    /// Whether all of this set is in the other.
    #[must_use]
    pub const fn is_subset(self, other: Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Whether the sets have a feature in common.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        let [a, b, c, d] = self.words;
        a | b | c | d == 0
    }

    /// Number of features in the set.
    #[must_use]
    pub const fn len(self) -> u32 {
        let [a, b, c, d] = self.words;
        a.count_ones() + b.count_ones() + c.count_ones() + d.count_ones()
    }

    /// The features of the set, by number.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        self.into_iter()
    }

    /// The raw words, lowest feature numbers first.
    pub(crate) const fn words(self) -> [u64; N_WORDS] {
        self.words
    }

    /// The set of these words, or `None` where a bit stands for no feature.
    pub(crate) fn from_words(words: [u64; N_WORDS]) -> Option<Self> {
        let set = Self { words };
        set.is_subset(every_feature()).then_some(set)
    }
}

fn every_feature() -> FeatureSet {
    let mut set = FeatureSet::EMPTY;
    for info in &ALL_FEATURES {
        set.insert(info.feature);
    }
    set
}

/// Iterator over the features of a set, by number.
#[derive(Clone, Debug)]
pub struct Iter {
    words: [u64; N_WORDS],
}

impl Iterator for Iter {
    type Item = Feature;

    fn next(&mut self) -> Option<Feature> {
        for (i, word) in self.words.iter_mut().enumerate() {
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some(Feature::from_number(i * 64 + bit).expect("a set holds only bits of features"));
            }
        }
        None
    }
}

impl IntoIterator for FeatureSet {
    type Item = Feature;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter { words: self.words }
    }
}

impl FromIterator<Feature> for FeatureSet {
    /// The given features exactly, without what they imply.
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        let mut set = Self::EMPTY;
        for feature in features {
            set.insert(feature);
        }
        set
    }
}

impl fmt::Display for FeatureSet {
    /// Names separated by commas; nothing for the empty set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, feature) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            f.write_str(feature.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for FeatureSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_feature() -> impl Strategy<Value = Feature> {
        (0..ALL_FEATURES.len()).prop_map(|i| ALL_FEATURES[i].feature)
    }

    fn any_closed_set() -> impl Strategy<Value = FeatureSet> {
        proptest::collection::vec(any_feature(), 0..20).prop_map(|features| {
            let mut set = FeatureSet::EMPTY;
            features.into_iter().for_each(|feature| set.enable(feature));
            set
        })
    }

    #[test]
    fn avx512_brings_what_it_implies() {
        let mut set = FeatureSet::EMPTY;
        set.enable(Feature::Avx512vbmi);
        for implied in [Feature::Avx512bw, Feature::Avx512f, Feature::Avx2, Feature::Fma, Feature::F16c, Feature::Sse3]
        {
            assert!(set.contains(implied), "{implied}");
        }
        assert!(!set.contains(Feature::Avx512dq));
        set.disable(Feature::Fma);
        assert!(!set.contains(Feature::Avx512f) && !set.contains(Feature::Avx512vbmi));
        assert!(set.contains(Feature::Avx2));
    }

    proptest! {
        #[test]
        fn enabling_and_disabling_keep_a_set_closed(set in any_closed_set(), a in any_feature(), b in any_feature()) {
            let mut changed = set;
            changed.enable(a);
            prop_assert!(changed.is_closed() && changed.contains(a) && set.is_subset(changed));
            changed.disable(b);
            prop_assert!(changed.is_closed() && !changed.contains(b));
            prop_assert!(!changed.intersects(FeatureSet::dependents(b)));
            // What does not depend on `b` stays.
            let mut before = set;
            before.enable(a);
            prop_assert_eq!(before.difference(FeatureSet::dependents(b)), changed);
        }

        #[test]
        fn disabling_what_was_enabled_leaves_at_most_what_it_implied(set in any_closed_set(), f in any_feature()) {
            let mut changed = set;
            changed.enable(f);
            changed.disable(f);
            prop_assert!(changed.is_subset(set.union(FeatureSet::closure(f))));
        }

        #[test]
        fn the_closed_subset_is_closed_and_largest(features in proptest::collection::vec(any_feature(), 0..20)) {
            let set: FeatureSet = features.into_iter().collect();
            let closed = set.closed_subset();
            prop_assert!(closed.is_closed() && closed.is_subset(set));
            for dropped in set.difference(closed) {
                prop_assert!(!FeatureSet::closure(dropped).is_subset(set));
            }
        }

        #[test]
        fn iterating_gives_the_set_back(set in any_closed_set()) {
            prop_assert_eq!(set.iter().collect::<FeatureSet>(), set);
            prop_assert_eq!(set.iter().count() as u32, set.len());
        }
    }
}
