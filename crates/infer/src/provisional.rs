//! Results found inside a cycle of calls that is not solved yet. They hold while no head of the cycle starts a new round;
//! then they are stale, and where the next round starts from. Nothing here is kept when the cycle is solved.

use rustc_hash::FxHashMap;
use tintype_runtime::objects::*;

use crate::lattice::Lattice;

/// What is asked: a method instance, with the constants of a call or without.
pub(crate) type Question = (Gc<MethodInstance>, Option<Vec<Value>>);

/// One result.
struct Entry {
    result: Lattice,
    /// The outermost active entry it depends on.
    depends_on: usize,
    /// Whether it was found in the present round.
    is_fresh: bool,
    /// In how many rounds it was found anew.
    rounds: usize,
}

/// The results, with the order in which they were first found.
#[derive(Default)]
pub(crate) struct Provisional {
    entries: FxHashMap<Question, Entry>,
    order: Vec<Question>,
}

impl Provisional {
    /// How many there are: what came later can be told from what was there.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The result found in this round, and the outermost active entry it depends on.
    pub fn fresh(&self, question: &Question) -> Option<(Lattice, usize)> {
        let entry = self.entries.get(question).filter(|entry| entry.is_fresh)?;
        Some((entry.result.clone(), entry.depends_on))
    }

    /// What an earlier round found, and how many there were.
    pub fn stale(&self, question: &Question) -> Option<(Lattice, usize)> {
        self.entries.get(question).map(|entry| (entry.result.clone(), entry.rounds))
    }

    /// Takes a result of this round.
    pub fn insert(&mut self, question: Question, result: Lattice, depends_on: usize) {
        match self.entries.get_mut(&question) {
            Some(entry) => {
                *entry = Entry { result, depends_on, is_fresh: true, rounds: entry.rounds + 1 };
            }
            None => {
                self.order.push(question.clone());
                self.entries.insert(question, Entry { result, depends_on, is_fresh: true, rounds: 1 });
            }
        }
    }

    /// A round begins for the head that began when there were `n` results.
    pub fn make_stale(&mut self, n: usize) {
        for question in &self.order[n.min(self.order.len())..] {
            if let Some(entry) = self.entries.get_mut(question) {
                entry.is_fresh = false;
            }
        }
    }

    /// The cycle whose head began when there were `n` results is solved: forgets what was found for it, and gives the
    /// results that hold without constants.
    pub fn solved(&mut self, n: usize) -> Vec<(Gc<MethodInstance>, Lattice)> {
        let questions = self.order.drain(n.min(self.order.len())..);
        let entries = questions.filter_map(|question| Some((self.entries.remove(&question)?, question)));
        let plain = entries.filter(|(entry, (_, constants))| entry.is_fresh && constants.is_none());
        plain.map(|(entry, (instance, _))| (instance, entry.result)).collect()
    }
}
