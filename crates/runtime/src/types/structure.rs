//! Structural identity and hash of types: equal up to the names of bound variables.
//!
//! This is `===` on types and what instantiation uniques by. It is finer than type equality (mutual subtyping).
//! Hashes are the same in every process; bound variables are hashed by their distance from the binder.

use crate::context::Context;
use crate::objects::*;
use crate::values::allocate::hash_mix;
use crate::values::egal::{egal, structural_hash};

/// Pairs of variables bound at corresponding places, innermost first.
struct Pairs<'a> {
    left: Gc<TypeVar>,
    right: Gc<TypeVar>,
    outer: Option<&'a Pairs<'a>>,
}

/// Variables bound outside the place looked at, innermost first.
struct Bound<'a> {
    variable: Gc<TypeVar>,
    outer: Option<&'a Bound<'a>>,
}

/// Whether two types (or type parameters) are structurally the same.
pub fn types_egal(cx: &Context, a: Value, b: Value) -> bool {
    egal_in(cx, a, b, None)
}

fn egal_in(cx: &Context, a: Value, b: Value, pairs: Option<&Pairs>) -> bool {
    if a == b && pairs.is_none() {
        return true;
    }
    if cx.stack_is_low() {
        return false;
    }
    match (a.view(), b.view()) {
        (View::Data(x), View::Data(y)) => {
            if x == y && !x.has_free_variables() {
                return true;
            }
            // Types without free variables are made once, so different ones are different.
            let (open_x, open_y) = (x.has_free_variables(), y.has_free_variables());
            let closed = !open_x && !open_y && x.hash.get() != 0 && y.hash.get() != 0;
            if closed || x.name != y.name || x.n_params() != y.n_params() {
                return false;
            }
            x.params().iter().zip(y.params()).all(|(p, q)| egal_in(cx, p.unwrap(), q.unwrap(), pairs))
        }
        (View::All(x), View::All(y)) => {
            let inner = Pairs { left: x.variable, right: y.variable, outer: pairs };
            egal_in(cx, x.variable.lower, y.variable.lower, pairs)
                && egal_in(cx, x.variable.upper, y.variable.upper, pairs)
                && egal_in(cx, x.body, y.body, Some(&inner))
        }
        (View::Union(x), View::Union(y)) => egal_in(cx, x.a, y.a, pairs) && egal_in(cx, x.b, y.b, pairs),
        (View::Var(x), View::Var(y)) => {
            let mut at = pairs;
            while let Some(pair) = at {
                if pair.left == x || pair.right == y {
                    return pair.left == x && pair.right == y;
                }
                at = pair.outer;
            }
            x == y
        }
        (View::Vararg(x), View::Vararg(y)) => {
            optional_egal(cx, x.element, y.element, pairs) && optional_egal(cx, x.count, y.count, pairs)
        }
        (View::Bottom, View::Bottom) => true,
        (View::Other(x), View::Other(y)) => egal(cx, x, y),
        _ => false,
    }
}

fn optional_egal(cx: &Context, a: Option<Value>, b: Option<Value>, pairs: Option<&Pairs>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => egal_in(cx, a, b, pairs),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// The structural hash; `None` if a variable occurs free, or a parameter has identity only.
pub fn type_hash(cx: &Context, ty: Value) -> Option<u64> {
    hash_in(cx, ty, None)
}

/// The hash of an instantiation of `name`; `None` as for [`type_hash`].
pub(crate) fn instance_hash(cx: &Context, name: Gc<TypeName>, params: impl Iterator<Item = Value>) -> Option<u64> {
    instance_hash_in(cx, name, params, None)
}

fn instance_hash_in(
    cx: &Context,
    name: Gc<TypeName>,
    mut params: impl Iterator<Item = Value>,
    bound: Option<&Bound>,
) -> Option<u64> {
    params.try_fold(hash_mix(1, name.site), |hash, param| Some(hash_mix(hash, hash_in(cx, param, bound)?)))
}

fn hash_in(cx: &Context, ty: Value, bound: Option<&Bound>) -> Option<u64> {
    if cx.stack_is_low() {
        return None;
    }
    match ty.view() {
        View::Data(data) if !data.has_free_variables() && data.hash.get() != 0 => Some(data.hash.get()),
        View::Data(data) => instance_hash_in(cx, data.name, data.params().iter().map(Field::unwrap), bound),
        View::All(all) => {
            let inner = Bound { variable: all.variable, outer: bound };
            let lower = hash_in(cx, all.variable.lower, bound)?;
            let upper = hash_in(cx, all.variable.upper, bound)?;
            let body = hash_in(cx, all.body, Some(&inner))?;
            Some(hash_mix(hash_mix(hash_mix(2, lower), upper), body))
        }
        View::Union(union) => Some(hash_mix(hash_mix(3, hash_in(cx, union.a, bound)?), hash_in(cx, union.b, bound)?)),
        View::Var(variable) => {
            let mut at = bound;
            let mut distance = 0;
            while let Some(binder) = at {
                if binder.variable == variable {
                    return Some(hash_mix(4, distance));
                }
                distance += 1;
                at = binder.outer;
            }
            None
        }
        View::Vararg(vararg) => {
            let optional = |part: Option<Value>| part.map_or(Some(0), |part| hash_in(cx, part, bound));
            Some(hash_mix(hash_mix(5, optional(vararg.element)?), optional(vararg.count)?))
        }
        View::Bottom => Some(6),
        View::Other(value) => structural_hash(cx, value),
    }
}
