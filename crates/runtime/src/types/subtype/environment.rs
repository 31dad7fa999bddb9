//! The state of one subtype question: variables with their bounds so far, and the decisions about unions.
//!
//! A decision says which side of a union to take. `next` steps through all combinations in depth-first order, by
//! replaying the list with the last open decision flipped.

use crate::context::Context;
use crate::objects::*;
use smallvec::SmallVec;

/// A variable in scope.
#[derive(Clone)]
pub(crate) struct Bind {
    pub var: Gc<TypeVar>,
    pub lower: Value,
    pub upper: Value,
    /// Bound on the right: there must be a value. Otherwise: for all values.
    pub right: bool,
    /// A variable on the diagonal was found equal to this one: it must be concrete.
    pub concrete: bool,
    /// Occurrences in invariant position, up to 2.
    pub occurs_inv: u8,
    /// Occurrences in covariant position, up to 2.
    pub occurs_cov: u8,
    /// Invariant depth at which it was bound.
    pub depth: u32,
}

/// Decisions about unions of one side.
#[derive(Clone, Default)]
pub(crate) struct Decisions {
    chosen: SmallVec<[bool; 16]>,
    depth: usize,
    /// One more than the index of the last decision that took the first side: it has another side to try.
    more: usize,
}

impl Decisions {
    /// The decision at this point of the search: `false` takes the first side.
    pub fn pick(&mut self) -> bool {
        if self.depth == self.chosen.len() {
            self.chosen.push(false);
        }
        let second = self.chosen[self.depth];
        self.depth += 1;
        if !second {
            self.more = self.depth;
        }
        second
    }

    /// Starts the search at its first decision again, keeping what was decided.
    pub fn rewind(&mut self) {
        self.depth = 0;
        self.more = 0;
    }

    /// Goes to the next combination; `false` if all were tried.
    pub fn next(&mut self) -> bool {
        if self.more == 0 {
            return false;
        }
        self.chosen.truncate(self.more);
        self.chosen[self.more - 1] = true;
        true
    }
}

/// Most variables in scope, and most steps, before a question is given up as too deep.
const MAX_VARIABLES: usize = 1 << 12;
const MAX_STEPS: u64 = 40_000_000;

/// One subtype question.
pub(crate) struct Solver<'cx> {
    pub cx: &'cx Context,
    pub vars: Vec<Bind>,
    pub left: Decisions,
    pub right: Decisions,
    pub inv_depth: u32,
    /// The question needs more stack (or time) than there is; the answer means nothing.
    pub overflow: bool,
    steps: u64,
    /// Values of the outermost variables of the right-hand type, once known.
    env: Vec<Option<Value>>,
    /// How many variables are wanted, and how many right-hand `where`s are open now.
    env_size: usize,
    pub env_index: usize,
}

impl<'cx> Solver<'cx> {
    pub fn new(cx: &'cx Context) -> Solver<'cx> {
        Solver {
            cx,
            vars: Vec::new(),
            left: Decisions::default(),
            right: Decisions::default(),
            inv_depth: 0,
            overflow: false,
            steps: 0,
            env: Vec::new(),
            env_size: 0,
            env_index: 0,
        }
    }

    /// Asks for the values of the outermost variables of `ty`.
    pub fn want_env(&mut self, mut ty: Value) {
        while let Some(all) = ty.get::<UnionAll>() {
            self.env_size += 1;
            ty = all.body;
        }
        self.env = vec![None; self.env_size];
    }

    /// The values found.
    pub fn take_env(self) -> Vec<Value> {
        let bottom = self.cx.well_known().bottom();
        self.env.into_iter().map(|value| value.unwrap_or(bottom)).collect()
    }

    /// Counts a step; `false` if the question must be given up.
    #[inline]
    pub fn step(&mut self) -> bool {
        self.steps += 1;
        if self.cx.stack_is_low() || self.steps > MAX_STEPS || self.vars.len() > MAX_VARIABLES {
            self.overflow = true;
        }
        !self.overflow
    }

    /// The innermost binding of a variable.
    pub fn lookup(&self, var: Gc<TypeVar>) -> Option<usize> {
        self.vars.iter().rposition(|bind| bind.var == var)
    }

    /// Whether for all left choices there are right choices such that `a <: b`.
    pub fn forall_exists(&mut self, a: Value, b: Value, param: u8) -> bool {
        let saved = std::mem::take(&mut self.left);
        let answer = loop {
            if !self.exists(a, b, param) {
                break false;
            }
            if !self.left.next() {
                break true;
            }
        };
        self.left = saved;
        answer
    }

    /// Whether there are right choices, with the left ones as decided.
    fn exists(&mut self, a: Value, b: Value, param: u8) -> bool {
        let saved_right = std::mem::take(&mut self.right);
        let saved_vars = self.save();
        let saved_env = self.env.clone();
        let answer = loop {
            self.left.rewind();
            self.right.rewind();
            if self.subtype(a, b, param) {
                break true;
            }
            self.restore(&saved_vars);
            self.env.clone_from(&saved_env);
            if self.overflow || !self.right.next() {
                break false;
            }
        };
        self.right = saved_right;
        answer
    }

    /// The variables as they are.
    pub fn save(&self) -> SmallVec<[Bind; 4]> {
        self.vars.iter().cloned().collect()
    }

    /// The variables as they were.
    pub fn restore(&mut self, saved: &[Bind]) {
        self.vars.truncate(saved.len());
        self.vars.clone_from_slice(saved);
    }

    /// Notes an occurrence of a variable: `param` is 0 outside of parameters, 1 in a tuple, 2 in invariant position.
    pub fn record_occurrence(&mut self, index: usize, param: u8) {
        let inv_depth = self.inv_depth;
        let bind = &mut self.vars[index];
        if param == 2 && inv_depth > bind.depth {
            bind.occurs_inv = (bind.occurs_inv + 1).min(2);
        } else if param != 0 {
            bind.occurs_cov = (bind.occurs_cov + 1).min(2);
        }
    }

    /// Whether the `where` being left is one whose variable's value is wanted, and keeps the value.
    pub fn record_env(&mut self, bind: &Bind) {
        if self.env_index >= self.env_size {
            return;
        }
        let value = self.env_value(bind);
        let index = self.env_index;
        let cx = self.cx;
        let differs = |old: Value| !crate::values::egal::egal(cx, old, value);
        // A variable inside a choice on the left may come out differently each time: then it is not determined.
        let value = if self.env[index].is_some_and(differs) { bind.var.erase() } else { value };
        self.env[index] = Some(value);
    }

    fn env_value(&self, bind: &Bind) -> Value {
        let (cx, bottom) = (self.cx, self.cx.well_known().bottom());
        let fresh = |lower, upper| cx.new_type_var(bind.var.name, lower, upper).erase();
        if bind.occurs_inv == 0 && bind.lower != bottom {
            if super::algorithm::is_leaf_bound(bind.lower) { bind.lower } else { fresh(bottom, bind.lower) }
        } else if bind.lower == bind.upper || bind.lower != bottom {
            bind.lower
        } else if bind.lower == bind.var.lower && bind.upper == bind.var.upper {
            bind.var.erase()
        } else {
            fresh(bind.lower, bind.upper)
        }
    }
}
