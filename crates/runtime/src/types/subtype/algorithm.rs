//! The cases of subtyping by kind of type.

use super::above;
use super::environment::{Bind, Solver};
use crate::objects::*;
use crate::types::structure::types_egal;
use crate::types::variables::{has_free_variables, unwrap_union_all};
use crate::types::{instantiate, unions};

impl Solver<'_> {
    /// Whether `x <: y`, with the decisions and bounds so far. `param`: see `record_occurrence`.
    pub fn subtype(&mut self, x: Value, y: Value, param: u8) -> bool {
        if !self.step() {
            return false;
        }
        let (mut x, mut y) = (x, y);
        if x.is::<UnionType>() {
            if x == y {
                return true;
            }
            x = self.pick_alternative(x, false);
        }
        if let Some(union) = y.get::<UnionType>() {
            if x == union.a || x == union.b {
                return true;
            }
            if let Some(all) = x.get::<UnionAll>() {
                return self.subtype_union_all(y, all, false, param);
            }
            // `T <: Union{...}` is first tried with the whole union against the variable, before a side is chosen.
            let take_apart = match x.get::<TypeVar>() {
                Some(var) => {
                    let right = self.lookup(var).is_some_and(|i| self.vars[i].right);
                    (right || has_free_variables(y)) && self.right.pick()
                }
                None => true,
            };
            if take_apart {
                y = self.pick_alternative(y, true);
            }
        }
        match (x.view(), y.view()) {
            (View::Var(x), View::Var(y)) => self.var_var(x, y, param),
            (View::Var(var), View::All(all)) => {
                let index = self.lookup(var);
                let upper = index.map_or(var.upper, |i| self.vars[i].upper);
                // The bounds of a variable on the right are compared with the whole type: opened first, its variables
                // would have to do for all values of those in the bounds.
                let whole = index.is_some_and(|i| self.vars[i].right) && !has_free_variables(y);
                if upper == y || whole {
                    self.var_below(var, y, param)
                } else {
                    self.subtype_union_all(x, all, true, param)
                }
            }
            (View::Var(var), _) => self.var_below(var, y, param),
            (_, View::Var(var)) => self.var_above(var, x, param),
            _ if x == y && !has_free_variables(x) => true,
            _ if y == self.cx.well_known().any().erase() => x.is_type() || x.is::<Vararg>(),
            (View::Bottom, _) => y.is_type(),
            (View::All(_), _) | (_, View::All(_)) if names_exclude(self, x, y) => false,
            (View::All(all), _) => self.subtype_union_all(y, all, false, param),
            (_, View::All(all)) => self.subtype_union_all(x, all, true, param),
            (View::Data(x), View::Data(y)) => self.subtype_data(x, y, param),
            (View::Other(x), View::Other(y)) => crate::values::egal::egal(self.cx, x, y),
            _ => false,
        }
    }

    /// One alternative of a union, by the decisions of a side.
    fn pick_alternative(&mut self, mut ty: Value, right: bool) -> Value {
        while let Some(union) = ty.get::<UnionType>() {
            let side = if right { &mut self.right } else { &mut self.left };
            ty = if side.pick() { union.b } else { union.a };
        }
        ty
    }

    fn subtype_data(&mut self, x: Gc<DataType>, y: Gc<DataType>, param: u8) -> bool {
        if x == y {
            return true;
        }
        if x.is_type_type() && !y.is_type_type() {
            let of = x.param(0);
            // `Type{Int}` is below `DataType`, and so on; what kind `Type{T}` has is not known.
            return !of.is::<TypeVar>() && self.subtype(of.type_of().erase(), y.erase(), param);
        }
        let Some(x) = above(self.cx, x, y.name) else { return false };
        if x.is_tuple() {
            return self.subtype_tuple(x, y, if param == 0 { 1 } else { param });
        }
        if x.n_params() != y.n_params() {
            return false;
        }
        self.inv_depth += 1;
        let answer = x.params().iter().zip(y.params()).all(|(p, q)| self.equal(p.unwrap(), q.unwrap()));
        self.inv_depth -= 1;
        answer
    }

    /// Whether two parameters are equal types (or the same values).
    pub fn equal(&mut self, x: Value, y: Value) -> bool {
        if !self.step() {
            return false;
        }
        if x == y && !has_free_variables(x) {
            return true;
        }
        if let (Some(p), Some(q)) = (x.get::<TypeVar>(), y.get::<TypeVar>())
            && p == q
        {
            return true;
        }
        let (open_x, open_y) = (has_free_variables(x), has_free_variables(y));
        if !open_x && !open_y {
            if !x.is_type() || !y.is_type() {
                return !x.is_type() && !y.is_type() && types_egal(self.cx, x, y);
            }
            if types_egal(self.cx, x, y) {
                return true;
            }
        }
        if let (Some(p), Some(q)) = (x.get::<DataType>(), y.get::<DataType>()) {
            if p.is_type_type() == q.is_type_type() && p.name != q.name {
                return false;
            }
            if p.name == q.name && !p.is_tuple() {
                self.inv_depth += 1;
                let same = p.n_params() == q.n_params();
                let answer = same && p.params().iter().zip(q.params()).all(|(p, q)| self.equal(p.unwrap(), q.unwrap()));
                self.inv_depth -= 1;
                return answer;
            }
        }
        self.local_forall_exists(x, y, 2) && self.local_forall_exists(y, x, 0)
    }

    /// `x <: y` for all left choices made inside, independently of those outside.
    pub fn local_forall_exists(&mut self, x: Value, y: Value, param: u8) -> bool {
        if !has_free_variables(y) || !has_free_variables(x) {
            return self.forall_exists(x, y, param);
        }
        let saved = std::mem::take(&mut self.left);
        let answer = loop {
            self.left.rewind();
            if !self.subtype(x, y, param) {
                break false;
            }
            if !self.left.next() {
                break true;
            }
        };
        self.left = saved;
        answer
    }

    fn check_bound(&mut self, x: Value, y: Value) -> bool {
        if x == y || x.is_bottom() && (y.is_type() || y.is::<TypeVar>()) {
            return true;
        }
        if y == self.cx.well_known().any().erase() {
            return true;
        }
        self.local_forall_exists(x, y, 0)
    }

    fn var_var(&mut self, x: Gc<TypeVar>, y: Gc<TypeVar>, param: u8) -> bool {
        if x == y {
            return true;
        }
        let (xi, yi) = (self.lookup(x), self.lookup(y));
        // Free variables are treated as bound on the left.
        let x_right = xi.is_some_and(|i| self.vars[i].right);
        let y_right = yi.is_some_and(|i| self.vars[i].right);
        if x_right {
            if let Some(i) = yi {
                self.record_occurrence(i, param);
            }
            if y_right && let (Some(xi), Some(yi)) = (xi, yi) {
                self.record_occurrence(xi, param);
                let (lower, upper) = (self.vars[xi].lower, self.vars[yi].upper);
                return self.subtype(lower, upper, 0);
            }
            return self.var_below(x, y.erase(), param);
        }
        if y_right {
            if let Some(i) = xi {
                self.record_occurrence(i, param);
            }
            return self.var_above(y, x.erase(), param);
        }
        let upper = xi.map_or(x.upper, |i| self.vars[i].upper);
        let lower = yi.map_or(y.lower, |i| self.vars[i].lower);
        // Bounds of left variables never change and lead only to other left ones, so trying both ways is safe.
        self.subtype(upper, y.erase(), param) || self.subtype(x.erase(), lower, param)
    }

    /// `var <: a`.
    fn var_below(&mut self, var: Gc<TypeVar>, a: Value, param: u8) -> bool {
        let Some(i) = self.lookup(var) else { return self.subtype_of_bound(var.upper, a, param) };
        self.record_occurrence(i, param);
        let bind = self.vars[i].clone();
        if !bind.right {
            return self.subtype_of_bound(bind.upper, a, param);
        }
        if bind.upper == a {
            return true;
        }
        let is_value = !a.is_type() && !a.is::<TypeVar>();
        let unbounded = bind.lower.is_bottom() && is_value;
        if !unbounded && !self.check_bound(bind.lower, a) {
            return false;
        }
        let meet = self.simple_meet(self.vars[i].upper, a);
        if meet != var.erase() {
            self.vars[i].upper = meet;
        }
        self.check_scope(i, a, param, true)
    }

    /// `var >: a`.
    fn var_above(&mut self, var: Gc<TypeVar>, a: Value, param: u8) -> bool {
        let Some(i) = self.lookup(var) else { return self.subtype_of_bound(a, var.lower, param) };
        self.record_occurrence(i, param);
        let bind = self.vars[i].clone();
        if !bind.right {
            return self.subtype_of_bound(a, bind.lower, param);
        }
        let is_value = !a.is_type() && !a.is::<TypeVar>();
        if is_value {
            // Values have no proper subtypes: the variable is this value or nothing.
            if !bind.lower.is_bottom() && !self.same_value(bind.lower, a) {
                return false;
            }
            let any = self.cx.well_known().any().erase();
            if bind.upper != any && !self.same_value(bind.upper, a) {
                return false;
            }
            self.vars[i].lower = a;
            return true;
        }
        if !self.check_bound(a, bind.upper) {
            return false;
        }
        let join = self.simple_join(self.vars[i].lower, a);
        if join != var.erase() {
            self.vars[i].lower = join;
        }
        self.check_scope(i, a, param, false)
    }

    fn same_value(&mut self, known: Value, value: Value) -> bool {
        match known.get::<TypeVar>() {
            Some(var) => self.var_above(var, value, 0),
            None => !known.is_type() && types_egal(self.cx, known, value),
        }
    }

    /// A variable on the right cannot equal a left variable bound inside it, unless that one has equal bounds.
    fn check_scope(&mut self, right: usize, a: Value, param: u8, below: bool) -> bool {
        let Some(other) = a.get::<TypeVar>().and_then(|var| self.lookup(var)) else { return true };
        let (bind, inner) = (self.vars[right].clone(), self.vars[other].clone());
        let relevant = if below { contains_alternative(bind.lower, a) } else { param == 2 };
        if inner.right || !relevant || bind.depth == inner.depth || right > other {
            return true;
        }
        self.subtype_of_bound(inner.upper, inner.lower, param)
    }

    fn subtype_of_bound(&mut self, x: Value, y: Value, param: u8) -> bool {
        if x == y {
            return true;
        }
        let any = self.cx.well_known().any().erase();
        if y == any && (x.is_type() || x.is::<TypeVar>()) || x.is_bottom() && y.is_type() {
            return true;
        }
        // A left variable's upper bound `Any` is below nothing but `Any`; a union on the right gets its choice anew.
        self.subtype(x, y, param)
    }

    pub(crate) fn simple_join(&self, a: Value, b: Value) -> Value {
        let any = self.cx.well_known().any().erase();
        if a.is_bottom() || b == any || a == b {
            return b;
        }
        if b.is_bottom() || a == any {
            return a;
        }
        let is_type = |v: Value| v.is_type() || v.is::<TypeVar>();
        if !is_type(a) || !is_type(b) {
            return any;
        }
        if contains_alternative(a, b) || kind_covers(a, b) {
            return a;
        }
        if contains_alternative(b, a) || kind_covers(b, a) {
            return b;
        }
        if let Some(var) = a.get::<TypeVar>()
            && var.lower == b
        {
            return a;
        }
        if let Some(var) = b.get::<TypeVar>()
            && var.lower == a
        {
            return b;
        }
        unions::union(self.cx, &[a, b])
    }

    fn simple_meet(&self, a: Value, b: Value) -> Value {
        let any = self.cx.well_known().any().erase();
        if a == any || b.is_bottom() || a == b {
            return b;
        }
        if b == any || a.is_bottom() {
            return a;
        }
        let is_type = |v: Value| v.is_type() || v.is::<TypeVar>();
        if !is_type(a) || !is_type(b) {
            return b;
        }
        if kind_covers(a, b) {
            return b;
        }
        if kind_covers(b, a) {
            return a;
        }
        if !has_free_variables(a) && !has_free_variables(b) {
            if super::is_subtype(self.cx, a, b) {
                return a;
            }
            return b;
        }
        if let Some(var) = a.get::<TypeVar>()
            && var.upper == b
        {
            return a;
        }
        b
    }

    /// `t <: u` (right) or `u <: t`, where `u` binds a variable.
    pub fn subtype_union_all(&mut self, t: Value, u: Gc<UnionAll>, right: bool, param: u8) -> bool {
        let (variable, body) = self.fresh_variable(u);
        let bind = Bind {
            var: variable,
            lower: variable.lower,
            upper: variable.upper,
            right,
            concrete: false,
            occurs_inv: 0,
            occurs_cov: 0,
            depth: self.inv_depth,
        };
        let index = self.vars.len();
        self.vars.push(bind);
        let mut answer = if right {
            self.env_index += 1;
            let answer = self.subtype(t, body, param);
            self.env_index -= 1;
            answer
        } else {
            self.subtype(body, t, param)
        };
        let Some(mut bind) = self.vars.get(index).cloned() else { return false };
        if right && bind.occurs_inv == 0 {
            bind.lower = widen_type(bind.lower);
        }
        answer = answer && self.obeys_diagonal_rule(&bind, body);
        if answer && right {
            self.record_env(&bind);
        }
        self.vars.truncate(index);
        if answer && !right {
            self.widen_outer_bounds(&bind);
        }
        answer
    }

    /// A variable on the left goes out of scope: a variable of the right further out that it was a bound of must do for
    /// all of its values. So `Tuple{Val,Val}` is no subtype of `Tuple{Val{n},Val{n}} where n`: after the first element,
    /// `n` would have to equal everything. Bounds that the variable is only a part of stay: they came from a `where`
    /// type as a whole.
    fn widen_outer_bounds(&mut self, leaving: &Bind) {
        let variable = leaving.var.erase();
        for outer in self.vars.iter_mut().filter(|outer| outer.right) {
            if outer.lower == variable {
                outer.lower = leaving.upper;
            }
            if outer.upper == variable {
                outer.upper = leaving.lower;
            }
        }
    }

    /// The variable and body of a `where`, renamed if the variable is already in scope.
    fn fresh_variable(&mut self, u: Gc<UnionAll>) -> (Gc<TypeVar>, Value) {
        let variable = u.variable;
        if self.lookup(variable).is_none() {
            return (variable, u.body);
        }
        let renamed = self.cx.new_type_var(variable.name, variable.lower, variable.upper);
        let mut substitution = instantiate::Substitution::new();
        substitution.push(variable, renamed.erase());
        match instantiate::instantiate(self.cx, u.body, &substitution) {
            Ok(body) => (renamed, body),
            Err(thrown) => {
                self.cx.take_exception(thrown);
                self.overflow = true;
                (variable, u.body)
            }
        }
    }

    /// A variable that occurs more than once, and only covariantly, stands for concrete types only.
    fn obeys_diagonal_rule(&mut self, bind: &Bind, body: Value) -> bool {
        let diagonal = bind.occurs_cov > 1 && !occurs_invariantly(body, bind.var, false);
        let must_be_concrete = bind.concrete || diagonal && is_leaf_bound(bind.var.lower);
        if !must_be_concrete {
            return true;
        }
        if bind.concrete && !diagonal && !is_leaf_bound(bind.upper) {
            return false;
        }
        if let Some(lower) = bind.lower.get::<TypeVar>() {
            if let Some(i) = self.lookup(lower) {
                self.vars[i].concrete = true;
            }
            return true;
        }
        is_leaf_bound(bind.lower)
    }
}

/// Whether the names of two types, at least one with variables, already exclude `x <: y`.
fn names_exclude(solver: &Solver, x: Value, y: Value) -> bool {
    let (Some(x), Some(y)) = (unwrap_union_all(x).get::<DataType>(), unwrap_union_all(y).get::<DataType>()) else {
        return false;
    };
    !x.is_type_type() && !y.is_type_type() && above(solver.cx, x, y.name).is_none()
}

/// Whether a bound is concrete: a concrete type, `Type{...}`, a value, or nothing.
pub(crate) fn is_leaf_bound(bound: Value) -> bool {
    match bound.view() {
        View::Bottom => true,
        View::Data(data) => data.is_concrete() || data.is_type_type(),
        View::Other(_) => true,
        _ => false,
    }
}

/// `Type{X}` as the value of a covariant variable is the type of `X`.
fn widen_type(lower: Value) -> Value {
    match lower.view() {
        View::Data(data) if data.is_type_type() && data.param(0).is_type() => data.param(0).type_of().erase(),
        View::Union(union) => {
            let (a, b) = (widen_type(union.a), widen_type(union.b));
            if a == b { a } else { lower }
        }
        _ => lower,
    }
}

/// Whether a kind (`DataType`, ...) has the type that `ty`, a `Type{X}`, is of.
fn kind_covers(kind: Value, ty: Value) -> bool {
    ty.get::<DataType>()
        .is_some_and(|data| data.is_type_type() && data.param(0).is_type() && data.param(0).type_of().erase() == kind)
}

/// Whether `part` is one of the alternatives of `whole`.
fn contains_alternative(whole: Value, part: Value) -> bool {
    let mut at = whole;
    loop {
        if at == part {
            return true;
        }
        match at.get::<UnionType>() {
            Some(union) if contains_alternative(union.a, part) => return true,
            Some(union) => at = union.b,
            None => return false,
        }
    }
}

/// Whether a variable occurs inside an invariant parameter.
pub(crate) fn occurs_invariantly(ty: Value, var: Gc<TypeVar>, inside: bool) -> bool {
    match ty.view() {
        View::Var(found) => inside && found == var,
        View::Data(data) => {
            data.has_free_variables() && {
                let inside = inside || !data.is_tuple();
                data.params().iter().any(|param| occurs_invariantly(param.unwrap(), var, inside))
            }
        }
        View::Union(union) => occurs_invariantly(union.a, var, inside) || occurs_invariantly(union.b, var, inside),
        View::All(all) => {
            all.variable != var
                && (occurs_invariantly(all.variable.lower, var, inside)
                    || occurs_invariantly(all.variable.upper, var, inside)
                    || occurs_invariantly(all.body, var, inside))
        }
        View::Vararg(vararg) => {
            // The length is an invariant position.
            vararg.element.is_some_and(|element| occurs_invariantly(element, var, inside))
                || vararg.count.is_some_and(|count| occurs_invariantly(count, var, true))
        }
        View::Bottom | View::Other(_) => false,
    }
}
