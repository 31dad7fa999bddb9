//! A sieve before intersection and specificity: types that surely have no common instance, told by names alone.
//!
//! Most methods of a big table are for other types than a query's. That shows where two parts have names of which
//! neither is above the other, or where invariant parameters are different types, without an environment and without an
//! allocation. What passes the sieve may still be disjoint: only `intersect` tells.

use super::structure::types_egal;
use super::subtype::above;
use super::tuples::tuple_parts;
use super::unions::union_components;
use super::variables::unwrap_union_all;
use crate::context::Context;
use crate::objects::*;

/// Whether two signatures (tuple types, perhaps under `where`s) surely have no common instance.
pub fn surely_disjoint(cx: &Context, a: Value, b: Value) -> bool {
    let parts = |ty: Value| unwrap_union_all(ty).get::<DataType>().filter(|data| data.is_tuple());
    let (Some(x), Some(y)) = (parts(a), parts(b)) else { return false };
    let ((xs, x_rest), (ys, y_rest)) = (tuple_parts(&x), tuple_parts(&y));
    if xs.len() < ys.len() && x_rest.is_none() || ys.len() < xs.len() && y_rest.is_none() {
        return true;
    }
    xs.iter().zip(ys).any(|(p, q)| apart(cx, p.unwrap(), q.unwrap()))
}

/// Whether two types surely have no common instance. A variable has those of its upper bound.
fn apart(cx: &Context, p: Value, q: Value) -> bool {
    let (p, q) = (without_variables(p), without_variables(q));
    match (p.view(), q.view()) {
        (View::Data(x), View::Data(y)) => data_apart(cx, x, y),
        (View::Union(_), _) => union_components(p).into_iter().all(|part| apart(cx, part, q)),
        (_, View::Union(_)) => union_components(q).into_iter().all(|part| apart(cx, p, part)),
        _ => false,
    }
}

/// The type without the `where`s around it; of a variable its upper bound.
fn without_variables(mut ty: Value) -> Value {
    loop {
        ty = match ty.view() {
            View::All(_) => unwrap_union_all(ty),
            View::Var(var) => var.upper,
            _ => return ty,
        };
    }
}

fn data_apart(cx: &Context, x: Gc<DataType>, y: Gc<DataType>) -> bool {
    match (x.is_type_type(), y.is_type_type()) {
        (true, true) => values_apart(cx, x.param(0), y.param(0)),
        (true, false) => is_no_type_of_types(cx, y),
        (false, true) => is_no_type_of_types(cx, x),
        (false, false) => match (above(cx, x, y.name), above(cx, y, x.name)) {
            (None, None) => true,
            (Some(at), _) => parameters_apart(cx, at, y),
            (_, Some(at)) => parameters_apart(cx, at, x),
        },
    }
}

/// Whether no type is an instance.
fn is_no_type_of_types(cx: &Context, data: Gc<DataType>) -> bool {
    let w = cx.well_known();
    let kinds = [w.data_type(), w.union_all(), w.union(), w.bottom_type()];
    kinds.iter().all(|kind| above(cx, *kind, data.name).is_none())
}

/// Whether two types, of which one may be a variable, are surely different types: as parameters of `Type`.
fn values_apart(cx: &Context, p: Value, q: Value) -> bool {
    let named = |ty: Value| unwrap_union_all(ty).get::<DataType>();
    match (p.view(), q.view()) {
        (View::Var(var), _) => named(q).is_some_and(|of| !is_reachable(cx, of, var)),
        (_, View::Var(var)) => named(p).is_some_and(|of| !is_reachable(cx, of, var)),
        _ => matches!((named(p), named(q)), (Some(x), Some(y)) if x.name != y.name),
    }
}

/// Whether a type of this name can be below the variable's bound, as far as names tell.
fn is_reachable(cx: &Context, of: Gc<DataType>, var: Gc<TypeVar>) -> bool {
    match without_variables(var.upper).view() {
        View::Data(upper) => upper.is_type_type() || above(cx, of, upper.name).is_some(),
        _ => true,
    }
}

/// Whether two instantiations of one name differ in a parameter. Tuples are covariant: nothing is said of them.
fn parameters_apart(cx: &Context, x: Gc<DataType>, y: Gc<DataType>) -> bool {
    if x.is_tuple() || x.n_params() != y.n_params() {
        return false;
    }
    x.params().iter().zip(y.params()).any(|(p, q)| {
        let (p, q) = (p.unwrap(), q.unwrap());
        match (p.view(), q.view()) {
            (View::Data(x), View::Data(y)) => x.name != y.name,
            (View::Other(_), View::Other(_)) => !types_egal(cx, p, q),
            _ => false,
        }
    })
}
