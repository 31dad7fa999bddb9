//! Results found inside a cycle of calls that is not solved yet. They hold while no head of the cycle starts a new round;
//! then they are stale, and where the next round starts from. Nothing here is kept when the cycle is solved.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use tintype_runtime::objects::*;

use crate::lattice::Lattice;

/// What is asked: a method instance, with the constants of a call or without.
pub(crate) type Question<I = Gc<MethodInstance>> = (I, Option<Vec<Value>>);

/// One result.
struct Entry {
    result: Lattice,
    /// The outermost active entry it depends on.
    depends_on: usize,
    /// Whether it was found in the present round.
    is_fresh: bool,
    /// In how many rounds it was found anew.
    rounds: usize,
    /// Its place in the order.
    place: usize,
}

/// The results, with the order in which they were last found; a place is empty where a result was found anew later.
pub(crate) struct Provisional<I = Gc<MethodInstance>> {
    entries: FxHashMap<Question<I>, Entry>,
    order: Vec<Option<Question<I>>>,
}

impl<I> Default for Provisional<I> {
    fn default() -> Self {
        Self { entries: FxHashMap::default(), order: Vec::new() }
    }
}

impl<I: Clone + Eq + Hash> Provisional<I> {
    /// How many places there are: what comes later can be told from what was there.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The result found in this round, and the outermost active entry it depends on.
    pub fn fresh(&self, question: &Question<I>) -> Option<(Lattice, usize)> {
        let entry = self.entries.get(question).filter(|entry| entry.is_fresh)?;
        Some((entry.result.clone(), entry.depends_on))
    }

    /// What an earlier round found, and how many there were.
    pub fn stale(&self, question: &Question<I>) -> Option<(Lattice, usize)> {
        self.entries.get(question).map(|entry| (entry.result.clone(), entry.rounds))
    }

    /// Takes a result of this round. One that was there moves to the end: it now depends on heads that began after it was
    /// first found, and is to be forgotten with them.
    pub fn insert(&mut self, question: Question<I>, result: Lattice, depends_on: usize) {
        let place = self.order.len();
        self.order.push(Some(question.clone()));
        let before = self.entries.remove(&question);
        let rounds = before.as_ref().map_or(1, |entry| entry.rounds + 1);
        if let Some(entry) = before {
            self.order[entry.place] = None;
        }
        self.entries.insert(question, Entry { result, depends_on, is_fresh: true, rounds, place });
    }

    /// The active entry `head`, which began when there were `n` places, turned out to be a member of a larger cycle, that of
    /// `outer`: what depended on it depends on that one.
    pub fn hand_over(&mut self, n: usize, head: usize, outer: usize) {
        for question in self.order[n.min(self.order.len())..].iter().flatten() {
            if let Some(entry) = self.entries.get_mut(question).filter(|entry| entry.depends_on >= head) {
                entry.depends_on = outer;
            }
        }
    }

    /// A round begins for the head that began when there were `n` places.
    pub fn make_stale(&mut self, n: usize) {
        for question in self.order[n.min(self.order.len())..].iter().flatten() {
            if let Some(entry) = self.entries.get_mut(question) {
                entry.is_fresh = false;
            }
        }
    }

    /// The cycle whose head began when there were `n` places is solved: forgets what was found for it, and gives the
    /// results that hold without constants.
    pub fn solved(&mut self, n: usize) -> Vec<(I, Lattice)> {
        let questions = self.order.drain(n.min(self.order.len())..).flatten();
        let entries = questions.filter_map(|question| Some((self.entries.remove(&question)?, question)));
        let plain = entries.filter(|(entry, (_, constants))| entry.is_fresh && constants.is_none());
        plain.map(|(entry, (instance, _))| (instance, entry.result)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(instance: u32) -> Question<u32> {
        (instance, None)
    }

    #[test]
    fn what_a_later_round_finds_anew_is_forgotten_with_the_head_it_depends_on() {
        let mut results = Provisional::default();
        // The head of place 0 is the active entry 3; in its first round 7 depends on it.
        results.insert(plain(7), Lattice::Bottom, 3);
        results.make_stale(0);
        assert!(results.fresh(&plain(7)).is_none());
        // In the next, an inner head, entry 5, begins, and 7 is found to depend on that one.
        let n = results.len();
        results.insert(plain(7), Lattice::Bottom, 5);
        assert_eq!(results.stale(&plain(7)).expect("it was found").1, 2);
        assert_eq!(results.solved(n).len(), 1);
        assert!(results.fresh(&plain(7)).is_none());
        assert!(results.solved(0).is_empty());
    }

    #[test]
    fn what_depends_on_a_member_depends_on_the_head_of_the_larger_cycle() {
        let mut results = Provisional::default();
        results.insert(plain(1), Lattice::Bottom, 2);
        let n = results.len();
        results.insert(plain(8), Lattice::Bottom, 6);
        results.insert(plain(9), Lattice::Bottom, 2);
        // Entry 6 depends on entry 4: it is no head, and gone when others ask for 8.
        results.hand_over(n, 6, 4);
        let depends_on = |instance| results.fresh(&plain(instance)).expect("it is fresh").1;
        assert_eq!([depends_on(1), depends_on(8), depends_on(9)], [2, 4, 2]);
    }
}
