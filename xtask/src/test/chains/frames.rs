//! The frames of a chain of calls: what kind each is, how it is called, and in which order the kinds follow each other.

use crate::random::Random;

/// How a function gets its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Called directly; the callee is known when the caller is compiled.
    Direct,
    /// Called through dispatch at run time.
    Dynamic,
    /// Called with a splatted container.
    Splat,
    /// Called back by a function of the base library.
    Callback,
    /// Called with keyword arguments, through the keyword sorter.
    Keyword,
    /// Called by `invoke`.
    Invoke,
    /// Called by a closure.
    Closure,
    /// Called by what a piece of syntax means: indexing, iteration, conversion, a callable object.
    Protocol,
    /// Never compiled.
    Interpreted,
}

/// All kinds.
pub const KINDS: [Kind; 9] = [
    Kind::Direct,
    Kind::Dynamic,
    Kind::Splat,
    Kind::Callback,
    Kind::Keyword,
    Kind::Invoke,
    Kind::Closure,
    Kind::Protocol,
    Kind::Interpreted,
];

impl Kind {
    /// Expressions that call `F` once with `x` and have its value.
    fn calls(self) -> &'static [&'static str] {
        match self {
            Kind::Direct => &["F(x)"],
            Kind::Dynamic => &["hide(F)(x)", "F(hide(x))", "hide(F)(hide(x))"],
            Kind::Splat => &["F(hide((x,))...)", "hide(F)((x,)...)", "F(hide([x])...)", "F((x,)..., ()...)"],
            Kind::Callback => &[
                "map(F, [x])[1]",
                "foldl((a, b) -> a + F(b), [x]; init = 0)",
                "sum(F, [x])",
                "[F(v) for v in [x]][1]",
                "F.([x])[1]",
                "ntuple(i -> F(x), 1)[1]",
                "first(collect(F(v) for v in (x,)))",
                "once_by_sort(F, x)",
            ],
            Kind::Keyword => &["F(x; k = 2)", "F(x; hide((k = 2,))...)", "hide(F)(x; k = 3)", "F(x; k = hide(1))"],
            Kind::Invoke => &["invoke(F, Tuple{Any}, x)", "invoke(hide(F), Tuple{Any}, x)"],
            Kind::Closure => &[
                "(y -> F(y))(x)",
                "hide(() -> F(x))()",
                "(apply(x) do y; F(y); end)",
                "(let total = 0; add = y -> (total += F(y); nothing); hide(add)(x); total; end)",
            ],
            Kind::Protocol => &[
                "Holder(F)[x]",
                "hide(Holder(F))(x)",
                "Request(F, x).value",
                "last_of(Steps(F, x))",
                "converted(Request(F, x))",
            ],
            Kind::Interpreted => {
                &["F(x)", "hide(F)(x)", "map(F, [x])[1]", "F(hide((x,))...)", "invoke(F, Tuple{Any}, x)"]
            }
        }
    }

    /// One of the ways to call `name`.
    pub fn call(self, name: &str, random: &mut Random) -> String {
        random.pick(self.calls()).replace('F', name)
    }

    /// What a function of this kind is called; interpreted ones are told by their name.
    pub fn name(self, chain: usize, frame: usize) -> String {
        let prefix = if self == Kind::Interpreted { "interpreted" } else { "chain" };
        format!("{prefix}_{chain}_{frame}")
    }

    /// Its parameters.
    pub fn parameters(self) -> &'static str {
        if self == Kind::Keyword { "x; k = 1, rest..." } else { "x" }
    }
}

/// Sequences of five kinds, such that every three kinds follow each other in every order in some sequence.
pub fn every_order() -> Vec<[Kind; 5]> {
    let cycle = de_bruijn(KINDS.len(), 3);
    let at = |index: usize| KINDS[cycle[index % cycle.len()]];
    // A sequence of five holds three triples.
    (0..cycle.len()).step_by(3).map(|start| std::array::from_fn(|index| at(start + index))).collect()
}

/// A cycle of numbers below `k` in which every sequence of `n` occurs once: the Lyndon words whose length divides `n`.
fn de_bruijn(k: usize, n: usize) -> Vec<usize> {
    let mut cycle = Vec::new();
    let mut word = vec![0];
    loop {
        if n.is_multiple_of(word.len()) {
            cycle.extend_from_slice(&word);
        }
        // The next Lyndon word: repeat to length `n`, drop the largest at the end, add one to the last.
        word = word.iter().copied().cycle().take(n).collect();
        while word.last() == Some(&(k - 1)) {
            word.pop();
        }
        let Some(last) = word.last_mut() else { return cycle };
        *last += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_three_kinds_follow_each_other() {
        let mut found = std::collections::BTreeSet::new();
        for sequence in every_order() {
            found.extend(sequence.windows(3).map(|triple| format!("{triple:?}")));
        }
        assert_eq!(found.len(), KINDS.len().pow(3));
    }
}
