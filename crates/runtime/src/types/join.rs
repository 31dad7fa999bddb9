//! `typejoin`: the closest type above two, along the declared hierarchy.

use super::instantiate::{instance_of, supertype};
use super::subtype::is_subtype;
use super::tuples::{tuple_parts, tuple_type};
use super::unions::{union, union_components};
use super::variables::{union_all, unwrap_union_all, wrap_like};
use crate::context::Context;
use crate::objects::*;

/// A type above both `a` and `b`: one of them if it contains the other; for tuples element by element; otherwise the
/// nearest common supertype, with parameters that differ left open.
pub fn typejoin(cx: &Context, a: Value, b: Value) -> Value {
    let any = cx.well_known().any().erase();
    if let Some(var) = a.get::<TypeVar>() {
        return typejoin(cx, var.upper, b);
    }
    if let Some(var) = b.get::<TypeVar>() {
        return typejoin(cx, a, var.upper);
    }
    if a == b || is_subtype(cx, a, b) {
        return b;
    }
    if is_subtype(cx, b, a) {
        return a;
    }
    if cx.stack_is_low() {
        return any;
    }
    let _guard = cx.heap().no_collect();
    match (a.view(), b.view()) {
        (View::All(all), _) => {
            let inner = typejoin(cx, all.body, b);
            union_all(cx, all.variable, inner)
        }
        (_, View::All(all)) => {
            let inner = typejoin(cx, a, all.body);
            union_all(cx, all.variable, inner)
        }
        (View::Union(union), _) => typejoin(cx, typejoin(cx, union.a, union.b), b),
        (_, View::Union(union)) => typejoin(cx, a, typejoin(cx, union.a, union.b)),
        (View::Data(a), View::Data(b)) => join_data(cx, a, b),
        _ => any,
    }
}

/// The join, but for `singletons`, types of one value such as `Nothing`: where a type has one as a member, it stays beside
/// what the rest has in common.
pub fn promote_typejoin(cx: &Context, a: Value, b: Value, singletons: &[Value]) -> Value {
    if a == b || is_subtype(cx, a, b) {
        return b;
    }
    if is_subtype(cx, b, a) {
        return a;
    }
    let (rest_a, rest_b) = (without(cx, a, singletons), without(cx, b, singletons));
    if rest_a == a && rest_b == b {
        return typejoin(cx, a, b);
    }
    let joined = match (rest_a.is_bottom(), rest_b.is_bottom()) {
        (true, _) => rest_b,
        (_, true) => rest_a,
        _ => typejoin(cx, rest_a, rest_b),
    };
    if joined == cx.well_known().any().erase() {
        return joined;
    }
    let is_member = |&ty: &Value| is_subtype(cx, ty, a) || is_subtype(cx, ty, b);
    let members: Vec<Value> = singletons.iter().copied().filter(is_member).chain([joined]).collect();
    union(cx, &members)
}

/// A type without some types as members.
fn without(cx: &Context, ty: Value, members: &[Value]) -> Value {
    let left: Vec<Value> = union_components(ty).into_iter().filter(|component| !members.contains(component)).collect();
    union(cx, &left)
}

fn join_data(cx: &Context, a: Gc<DataType>, b: Gc<DataType>) -> Value {
    let any = cx.well_known().any();
    if a.is_tuple() && b.is_tuple() {
        return join_tuples(cx, a, b);
    }
    if a.is_tuple() || b.is_tuple() {
        return any.erase();
    }
    let mut at = b;
    while at != any {
        if let Some(found) = super::subtype::above(cx, a, at.name) {
            return join_instances(cx, found, at);
        }
        at = supertype(cx, at);
    }
    any.erase()
}

/// Two instantiations of one name: parameters that agree are kept.
fn join_instances(cx: &Context, a: Gc<DataType>, b: Gc<DataType>) -> Value {
    if a.is_type_type() || a.n_params() == 0 {
        // The types of types are declared below `Type{T}` with `T` left open.
        return if a == b && !a.has_free_variables() { a.erase() } else { a.name.wrapper.unwrap() };
    }
    let wrapper = a.name.wrapper.unwrap();
    let Some(primary) = unwrap_union_all(wrapper).get::<DataType>() else { return wrapper };
    let params: Vec<Value> = (0..a.n_params())
        .map(|i| {
            let (p, q) = (a.param(i), b.param(i));
            if super::structure::types_egal(cx, p, q) { p } else { primary.param(i) }
        })
        .collect();
    wrap_like(cx, instance_of(cx, a.name, &params).erase(), wrapper)
}

fn join_tuples(cx: &Context, a: Gc<DataType>, b: Gc<DataType>) -> Value {
    let (xs, x_rest) = tuple_parts(&a);
    let (ys, y_rest) = tuple_parts(&b);
    let any = cx.well_known().any().erase();
    let element = |rest: Gc<Vararg>| rest.element.unwrap_or(any);
    let common = xs.len().min(ys.len());
    let mut elements: Vec<Value> = xs.iter().zip(ys).map(|(x, y)| typejoin(cx, x.unwrap(), y.unwrap())).collect();
    if xs.len() == ys.len() && x_rest.is_none() && y_rest.is_none() {
        return tuple_type(cx, &elements);
    }
    let rest = xs[common..].iter().chain(&ys[common..]).map(Field::unwrap);
    let rest = rest.chain(x_rest.map(element)).chain(y_rest.map(element));
    let bottom = cx.well_known().bottom();
    let joined = rest.fold(bottom, |a, b| typejoin(cx, a, b));
    if !joined.is_bottom() {
        elements.push(cx.new_vararg(Some(joined), None).erase());
    }
    tuple_type(cx, &elements)
}
