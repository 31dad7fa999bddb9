//! Specificity: which of two signatures a call that matches both goes to.
//!
//! A proper subtype is more specific. Beyond that, signatures that overlap are compared part by part, so that
//! `f(::Int, ::Any)` wins over `f(::Number, ::T) where T` although neither contains the other's every call. The relation
//! follows the reference implementation: not transitive in general, but never both ways.

use super::intersect::is_disjoint;
use super::structure::types_egal;
use super::subtype::is_subtype;
use super::tuples::tuple_parts;
use super::variables::{has_free_variables, union_all};
use super::{supertype, type_equal};
use crate::context::Context;
use crate::objects::*;

/// Whether signature (or type) `a` is more specific than `b`.
pub fn more_specific(cx: &Context, a: Value, b: Value) -> bool {
    if a == b || is_subtype(cx, b, a) {
        return false;
    }
    if is_subtype(cx, a, b) {
        return true;
    }
    let _guard = cx.heap().no_collect();
    let comparison = Comparison { cx };
    // Part by part both can seem more specific; then neither is.
    comparison.more(a, b, false, None) && !comparison.more(b, a, false, None)
}

/// A variable bound outside the parts compared, and how often it occurs.
struct Scope<'a> {
    var: Gc<TypeVar>,
    occurrences: u32,
    outer: Option<&'a Scope<'a>>,
}

type Env<'a> = Option<&'a Scope<'a>>;

struct Comparison<'cx> {
    cx: &'cx Context,
}

impl Comparison<'_> {
    fn more(&self, a: Value, b: Value, invariant: bool, env: Env) -> bool {
        if a == b || self.cx.stack_is_low() {
            return false;
        }
        if let (Some(x), Some(y)) = (a.get::<DataType>(), b.get::<DataType>())
            && x.is_tuple()
            && y.is_tuple()
        {
            return self.more_tuple(x, y, invariant, env);
        }
        if let Some(all) = a.get::<UnionAll>() {
            let scope = Scope { var: all.variable, occurrences: count(all.body, all.variable), outer: env };
            return self.more(all.body, b, invariant, Some(&scope));
        }
        if let Some(all) = b.get::<UnionAll>() {
            let scope = Scope { var: all.variable, occurrences: count(all.body, all.variable), outer: env };
            return self.more(a, all.body, invariant, Some(&scope));
        }
        let any = self.cx.well_known().any().erase();
        if !invariant {
            if a == any {
                return false;
            }
            if b == any {
                // A variable that ties this part to another says more than `Any`, though its bound does not.
                return !a.get::<TypeVar>().is_some_and(|var| var.upper == any && occurrences(var, env) < 2);
            }
        }
        if let Some(union) = a.get::<UnionType>() {
            if self.below(b, a, env) {
                return false;
            }
            return self.more(union.a, b, invariant, env) && !self.more(b, union.b, invariant, env)
                || self.more(union.b, b, invariant, env) && !self.more(b, union.a, invariant, env);
        }
        if !invariant && let Some(answer) = self.type_type_first(a, b, env) {
            return answer;
        }
        if let Some(union) = b.get::<UnionType>() {
            if self.below(a, b, env) {
                return true;
            }
            let one = self.more(a, union.a, invariant, env) || self.more(a, union.b, invariant, env);
            return one && !self.more(union.a, a, invariant, env) && !self.more(union.b, a, invariant, env);
        }
        match (a.view(), b.view()) {
            (View::Data(x), View::Data(y)) => self.more_data(x, y, invariant, env),
            (View::Var(x), View::Var(y)) => {
                self.more(x.upper, y.upper, false, env) && !self.more(x.lower, y.lower, false, env)
                    || self.more(y.lower, x.lower, false, env) && !self.more(y.upper, x.upper, false, env)
            }
            (View::Var(x), _) => self.var_more(x, b, invariant, env),
            (_, View::Var(y)) => self.more_than_var(a, y, invariant, env),
            (View::Bottom, View::Bottom) => false,
            (View::Bottom, _) => true,
            _ => false,
        }
    }

    /// `Type{T}` against kinds, and `Type{Union{}}` against everything that is a type of types.
    fn type_type_first(&self, a: Value, b: Value, env: Env) -> Option<bool> {
        let x = a.get::<DataType>()?;
        if !x.is_type_type() {
            return None;
        }
        let of = x.param(0);
        let any = self.cx.well_known().any().erase();
        if let Some(var) = of.get::<TypeVar>() {
            return (self.is_kind(b) && !self.below(any, var.upper, env)).then_some(true);
        }
        let type_all = self.cx.well_known().type_all().erase();
        (of.is_bottom() && self.below(b, type_all, env)).then_some(true)
    }

    fn is_kind(&self, ty: Value) -> bool {
        let w = self.cx.well_known();
        [w.data_type(), w.union_all(), w.union(), w.bottom_type()].iter().any(|kind| kind.erase() == ty)
    }

    fn more_data(&self, x: Gc<DataType>, y: Gc<DataType>, invariant: bool, env: Env) -> bool {
        let any = self.cx.well_known().any();
        if x == self.cx.well_known().bottom_type() && (self.is_kind(y.erase()) || y.is_type_type()) {
            return true;
        }
        let mut at = x;
        let mut went_up = false;
        while at != any {
            if at.name == y.name {
                if went_up {
                    if !at.is_type_type() {
                        return true;
                    }
                    if let Some(var) = y.param(0).get::<TypeVar>()
                        && self.below(any.erase(), var.upper, env)
                    {
                        return true;
                    }
                }
                return self.more_parameters(at, y, env);
            }
            if invariant {
                return false;
            }
            at = supertype(self.cx, at);
            went_up = true;
        }
        false
    }

    /// Parameters of two instantiations of one name: whose are tied down more.
    fn more_parameters(&self, x: Gc<DataType>, y: Gc<DataType>, env: Env) -> bool {
        let (mut x_score, mut y_score) = (0, 0);
        let (mut x_value, mut y_value) = (false, false);
        for (p, q) in x.params().iter().zip(y.params()) {
            let (p, q) = (p.unwrap(), q.unwrap());
            let (p_free, q_free) = (has_free_variables(p), has_free_variables(q));
            let (p_var, q_var) = (p.is::<TypeVar>(), q.is::<TypeVar>());
            if !p_free && !q_free && !self.equal_closed(p, q) {
                return false;
            }
            if self.more(p, q, true, env) && (p_var || !p_free || q_free) {
                x_score += 1;
            } else if self.more(q, p, true, env) && (q_var || !q_free || p_free) {
                y_score += 1;
            } else if self.equal(p, q, env) {
                if !p_free && q_free {
                    x_score += 1;
                } else if p_free && !q_free {
                    y_score += 1;
                }
            }
            x_value |= q_var && !p_var && !p.is_type();
            y_value |= p_var && !q_var && !q.is_type();
        }
        if x_value != y_value {
            return x_value;
        }
        let (x_tied, y_tied) = (has_repeated_variable(x), has_repeated_variable(y));
        if y_score > x_score || (y_tied && !x_tied) {
            return false;
        }
        x_score > y_score || (x_tied && !y_tied)
    }

    fn equal_closed(&self, a: Value, b: Value) -> bool {
        if a.is_type() && b.is_type() { type_equal(self.cx, a, b) } else { types_egal(self.cx, a, b) }
    }

    fn var_more(&self, var: Gc<TypeVar>, b: Value, invariant: bool, env: Env) -> bool {
        if !b.is_type() {
            return false;
        }
        if invariant {
            if var.upper.is_bottom() {
                return true;
            }
            if !has_free_variables(b) {
                return false;
            }
            if self.equal(var.upper, b, env) {
                return occurrences(var, env) >= 2;
            }
        }
        self.more(var.upper, b, false, env)
    }

    fn more_than_var(&self, a: Value, var: Gc<TypeVar>, invariant: bool, env: Env) -> bool {
        if !a.is_type() {
            return true;
        }
        if invariant {
            if var.upper.is_bottom() {
                return false;
            }
            if has_free_variables(a) {
                if self.more(a, var.upper, false, env) {
                    return true;
                }
                return self.equal(a, var.upper, env) && occurrences(var, env) < 2;
            }
            let apart = !has_free_variables(var.upper) && is_disjoint(self.cx, a, var.upper);
            return !apart && !self.more(var.upper, a, false, env);
        }
        self.more(a, var.upper, false, env)
    }

    fn more_tuple(&self, x: Gc<DataType>, y: Gc<DataType>, invariant: bool, env: Env) -> bool {
        let (xs, x_rest) = tuple_parts(&x);
        let (ys, y_rest) = tuple_parts(&y);
        if ys.is_empty() && y_rest.is_none() {
            return false;
        }
        if xs.is_empty() && x_rest.is_none() {
            return true;
        }
        let any = self.cx.well_known().any().erase();
        let at = |parts: &[Field], rest: Option<Gc<Vararg>>, i: usize| match parts.get(i) {
            Some(part) => part.get(),
            None => rest.map(|rest| rest.element.unwrap_or(any)),
        };
        let bound_length = |rest: Option<Gc<Vararg>>| {
            rest.and_then(|rest| rest.count)
                .and_then(|count| count.get::<TypeVar>())
                .is_some_and(|var| occurrences(var, env) > 1)
        };
        let mut some_more = false;
        let compared = xs.len().max(ys.len()) + usize::from(x_rest.is_some() && y_rest.is_some());
        for i in 0..compared {
            let (Some(p), Some(q)) = (at(xs, x_rest, i), at(ys, y_rest, i)) else { break };
            let more = self.more(p, q, invariant, env);
            // A variable on the diagonal stands for concrete types: an abstract one is neither equal to it nor below.
            let apart = is_abstract(p) && is_diagonal(q, y) || is_abstract(q) && is_diagonal(p, x);
            let equal = !more && !apart && self.equal(p, q, env);
            if xs.len() <= i && ys.len() <= i {
                // Both ends may be empty: they can only add to what came before.
                if !more && !equal && self.more(q, p, invariant, env) {
                    return false;
                }
                some_more |= more;
                break;
            }
            if !more && !equal && (apart && is_diagonal(q, y) || !self.below(p, q, env)) {
                return some_more && bound_length(x_rest);
            }
            // The reverse is true of `Any` and a variable that ties this part to another.
            if !more && self.more(q, p, invariant, env) {
                return false;
            }
            some_more |= more;
        }
        if some_more {
            return true;
        }
        // Equal as far as they go: a fixed number of arguments is more specific than any number, a known or repeated
        // length more than a free one, more required arguments more than fewer.
        match (x_rest, y_rest) {
            (None, Some(_)) => true,
            (Some(_), None) => bound_length(x_rest) && !bound_length(y_rest),
            (Some(_), Some(_)) if xs.len() != ys.len() => xs.len() > ys.len(),
            (Some(_), Some(_)) => bound_length(x_rest) && !bound_length(y_rest) || diagonal(x) && !diagonal(y),
            (None, None) if xs.len() != ys.len() => xs.len() < ys.len(),
            (None, None) => diagonal(x) && !diagonal(y),
        }
    }

    /// `a <: b`, with the variables in scope bound around both.
    fn below(&self, a: Value, b: Value, env: Env) -> bool {
        if !a.is_type() && !a.is::<TypeVar>() || !b.is_type() && !b.is::<TypeVar>() {
            return types_egal(self.cx, a, b);
        }
        is_subtype(self.cx, self.close(a, env), self.close(b, env))
    }

    fn equal(&self, a: Value, b: Value, env: Env) -> bool {
        if a == b {
            return true;
        }
        let is_type = |v: Value| v.is_type() || v.is::<TypeVar>();
        if !is_type(a) || !is_type(b) {
            return !is_type(a) && !is_type(b) && types_egal(self.cx, a, b);
        }
        self.below(a, b, env) && self.below(b, a, env)
    }

    fn close(&self, ty: Value, env: Env) -> Value {
        let mut closed = ty;
        let mut at = env;
        while let Some(scope) = at {
            closed = union_all(self.cx, scope.var, closed);
            at = scope.outer;
        }
        closed
    }
}

fn occurrences(var: Gc<TypeVar>, mut env: Env) -> u32 {
    while let Some(scope) = env {
        if scope.var == var {
            return scope.occurrences;
        }
        env = scope.outer;
    }
    0
}

/// How often a variable occurs free.
fn count(ty: Value, var: Gc<TypeVar>) -> u32 {
    match ty.view() {
        View::Var(found) => u32::from(found == var),
        View::Data(data) if data.has_free_variables() => {
            data.params().iter().map(|param| count(param.unwrap(), var)).sum()
        }
        View::Union(union) => count(union.a, var) + count(union.b, var),
        View::All(all) if all.variable != var => {
            count(all.variable.lower, var) + count(all.variable.upper, var) + count(all.body, var)
        }
        View::Vararg(vararg) => {
            vararg.element.map_or(0, |element| count(element, var)) + vararg.count.map_or(0, |n| count(n, var))
        }
        _ => 0,
    }
}

/// Whether a type is no variable and has instances of several types.
fn is_abstract(ty: Value) -> bool {
    !ty.is::<TypeVar>() && !super::subtype::is_leaf_bound(ty)
}

/// Whether `ty` is a variable that occurs in the tuple more than once and only covariantly.
fn is_diagonal(ty: Value, tuple: Gc<DataType>) -> bool {
    ty.get::<TypeVar>().is_some_and(|var| {
        let tuple = tuple.erase();
        count(tuple, var) > 1 && !super::subtype::occurs_invariantly(tuple, var, false)
    })
}

/// Whether some variable stands for two parameters.
fn has_repeated_variable(ty: Gc<DataType>) -> bool {
    let params = ty.params();
    params.iter().enumerate().any(|(i, p)| p.unwrap().is::<TypeVar>() && params[..i].iter().any(|q| q.get() == p.get()))
}

/// Whether some variable of the scope stands for several elements of a tuple.
fn diagonal(ty: Gc<DataType>) -> bool {
    let (parts, rest) = tuple_parts(&ty);
    let elements: Vec<Value> = parts.iter().map(Field::unwrap).chain(rest.and_then(|rest| rest.element)).collect();
    elements.iter().enumerate().any(|(i, p)| {
        p.get::<TypeVar>().is_some_and(|var| {
            let again = elements.iter().enumerate().any(|(j, q)| i != j && count(*q, var) > 0);
            again || rest.is_some() && i + 1 == elements.len()
        })
    })
}
