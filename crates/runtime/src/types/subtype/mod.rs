//! Subtyping.
//!
//! The relation of Julia (Zappa Nardelli et al., "Julia Subtyping: a Rational Reconstruction"): for all choices
//! of alternatives of unions on the left and all values of variables bound on the left, there are choices and values on the
//! right. Variables bound on the right collect bounds in an environment; unions are searched by replaying a list of
//! decisions (`environment`). A variable that occurs more than once, only covariantly, stands for concrete types (the
//! diagonal rule). `algorithm` has the cases by kind, `tuple_rules` those of tuples.
//!
//! Most questions never get there: `quick` answers those about types without variables by walking the chain of
//! supertypes and comparing addresses.

mod algorithm;
pub(crate) mod environment;
mod tuple_rules;

use super::instantiate::{supertype, type_of_type};
use super::variables::{has_free_variables, unwrap_union_all};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
pub(crate) use algorithm::{is_leaf_bound, occurs_invariantly};
use environment::Solver;

/// Whether every instance of `a` is one of `b`. `false` also where the answer needs more stack than there is; programs'
/// questions go through [`try_subtype`].
pub fn is_subtype(cx: &Context, a: Value, b: Value) -> bool {
    subtype_or_overflow(cx, a, b).unwrap_or(false)
}

/// Whether every instance of `a` is one of `b`. Throws `StackOverflowError` for types nested too deeply.
pub fn try_subtype(cx: &Context, a: Value, b: Value) -> Outcome<bool> {
    subtype_or_overflow(cx, a, b).ok_or_else(|| cx.throw_stack_overflow())
}

fn subtype_or_overflow(cx: &Context, a: Value, b: Value) -> Option<bool> {
    if let Some(answer) = quick(cx, a, b) {
        return Some(answer);
    }
    let _guard = cx.heap().no_collect();
    let mut solver = Solver::new(cx);
    let answer = solver.forall_exists(a, b, 0);
    if solver.overflow { None } else { Some(answer) }
}

/// Like [`is_subtype`]; when it holds, `env` receives the value of each variable of the outermost `where`s of `b`, the
/// outermost first: the static parameters of a method with signature `b` called with arguments `a`. A variable that is not
/// determined gets a `TypeVar`.
pub fn subtype_with_env(cx: &Context, a: Value, b: Value, env: &mut Vec<Value>) -> Outcome<bool> {
    env.clear();
    if !b.is::<UnionAll>() {
        return try_subtype(cx, a, b);
    }
    let _guard = cx.heap().no_collect();
    let mut solver = Solver::new(cx);
    solver.want_env(b);
    let answer = solver.forall_exists(a, b, 0);
    if solver.overflow {
        return Err(cx.throw_stack_overflow());
    }
    if answer {
        *env = solver.take_env();
    }
    Ok(answer)
}

/// Whether two types have the same instances.
pub fn type_equal(cx: &Context, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    if let (Some(x), Some(y)) = (a.get::<DataType>(), b.get::<DataType>())
        && !x.has_free_variables()
        && !y.has_free_variables()
    {
        if x.name != y.name {
            return is_subtype(cx, a, b) && is_subtype(cx, b, a);
        }
        if x.is_concrete() && y.is_concrete() && !x.is_tuple() && x.n_params() == 0 {
            return false;
        }
    }
    super::structure::types_egal(cx, a, b) || is_subtype(cx, a, b) && is_subtype(cx, b, a)
}

/// Whether `value` is an instance of `ty`.
#[inline]
pub fn isa(cx: &Context, value: Value, ty: Value) -> bool {
    let own = value.type_of();
    if own.erase() == ty || ty == cx.well_known().any().erase() {
        return true;
    }
    if !value.is_type() {
        if let Some(data) = ty.get::<DataType>()
            && data.is_concrete()
            && !data.has(flags::MAYBE_EQUAL)
            && !data.is_tuple()
            && data.n_params() == 0
        {
            return false;
        }
        return is_subtype(cx, own.erase(), ty);
    }
    isa_type(cx, value, ty)
}

/// Whether a type is an instance of `ty`, which may be `Type{...}` or a kind.
fn isa_type(cx: &Context, value: Value, ty: Value) -> bool {
    if has_free_variables(value) {
        return is_subtype(cx, value.type_of().erase(), ty);
    }
    if let Some(data) = ty.get::<DataType>() {
        if !data.is_type_type() {
            return is_subtype(cx, value.type_of().erase(), ty);
        }
        if !data.has_free_variables() {
            let param = data.param(0);
            return param.is_type() && type_equal(cx, value, param);
        }
    }
    is_subtype(cx, type_of_type(cx, value).erase(), ty)
}

/// Answers without an environment, where that is possible.
fn quick(cx: &Context, a: Value, b: Value) -> Option<bool> {
    if a == b || b == cx.well_known().any().erase() {
        return Some(true);
    }
    if a.is_bottom() {
        return b.is_type().then_some(true);
    }
    let x = a.get::<DataType>()?;
    if x.has_free_variables() || x.is_type_type() {
        return None;
    }
    match b.view() {
        View::Data(y) if !y.has_free_variables() && !y.is_type_type() => quick_data(cx, x, y),
        View::All(_) => {
            let y = unwrap_union_all(b).get::<DataType>()?;
            let in_chain = above(cx, x, y.name);
            if in_chain.is_none() {
                return Some(false);
            }
            // The type as declared, with all its parameters free: every instance is below it.
            (y.name.wrapper.get() == Some(b)).then_some(true)
        }
        View::Union(y) => {
            if x.is_tuple() || !x.is_concrete() {
                return None;
            }
            match (quick(cx, a, y.a), quick(cx, a, y.b)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            }
        }
        View::Bottom => (!x.is_tuple()).then_some(false),
        _ => None,
    }
}

fn quick_data(cx: &Context, x: Gc<DataType>, y: Gc<DataType>) -> Option<bool> {
    if x.is_tuple() {
        return if y.is_tuple() { quick_tuple(cx, x, y) } else { Some(false) };
    }
    let Some(found) = above(cx, x, y.name) else { return Some(false) };
    if found == y {
        return Some(true);
    }
    // Parameters that are concrete types or values are equal only if they are the same.
    let plain = |param: &Field| match param.unwrap().view() {
        View::Data(data) => data.is_concrete() && !data.has(flags::MAYBE_EQUAL) && data.n_params() == 0,
        View::Other(_) => true,
        _ => false,
    };
    let differs = found
        .params()
        .iter()
        .zip(y.params())
        .any(|(p, q)| plain(p) && plain(q) && !super::structure::types_egal(cx, p.unwrap(), q.unwrap()));
    differs.then_some(false)
}

fn quick_tuple(cx: &Context, x: Gc<DataType>, y: Gc<DataType>) -> Option<bool> {
    if y == cx.well_known().any_tuple() {
        return Some(true);
    }
    let (xs, x_rest) = super::tuples::tuple_parts(&x);
    let (ys, y_rest) = super::tuples::tuple_parts(&y);
    if x_rest.is_some() {
        return None;
    }
    if xs.len() != ys.len() {
        return match y_rest {
            None => Some(false),
            Some(_) if xs.len() < ys.len() => Some(false),
            Some(_) => None,
        };
    }
    if y_rest.is_some_and(|rest| rest.count.is_some()) {
        return None;
    }
    let mut known = true;
    for (p, q) in xs.iter().zip(ys) {
        match quick(cx, p.unwrap(), q.unwrap()) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => known = false,
        }
    }
    known.then_some(true)
}

/// The instantiation of `name` among `ty` and its supertypes.
pub(crate) fn above(cx: &Context, ty: Gc<DataType>, name: Gc<TypeName>) -> Option<Gc<DataType>> {
    let any = cx.well_known().any();
    let mut at = ty;
    while at.name != name {
        if at == any {
            return None;
        }
        at = supertype(cx, at);
    }
    Some(at)
}
