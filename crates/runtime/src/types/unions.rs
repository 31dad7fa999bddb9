//! Unions, normalised: flat, without alternatives that others contain, in an order that does not depend on how they were
//! written, so that equal unions are structurally equal and print alike.

use super::variables::{has_free_variables, unwrap_union_all};
use super::{structure, subtype};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use std::cmp::Ordering;

/// `Union{types...}` as a program writes it: throws `TypeError` where something is no type.
pub fn union_checked(cx: &Context, types: &[Value]) -> Outcome {
    for &ty in types {
        if !ty.is_type() && !ty.is::<TypeVar>() {
            return Err(cx.throw_type_error("Union", "parameter", cx.well_known().type_all().erase(), ty));
        }
    }
    Ok(union(cx, types))
}

/// The union of types (or variables).
pub fn union(cx: &Context, types: &[Value]) -> Value {
    if let [a, b] = types {
        if a == b || a.is_bottom() {
            return *b;
        }
        if b.is_bottom() {
            return *a;
        }
    }
    let _guard = cx.heap().no_collect();
    let mut flat: Vec<Value> = Vec::new();
    for &ty in types {
        for_each_component(ty, &mut |component| {
            if !component.is_bottom() {
                flat.push(component);
            }
        });
    }
    let mut kept: Vec<Value> = Vec::new();
    for (i, &ty) in flat.iter().enumerate() {
        let contained = flat.iter().enumerate().any(|(j, &other)| {
            // Of two equal ones the first stays.
            i != j && contains(cx, other, ty) && (j < i || !contains(cx, ty, other))
        });
        if !contained {
            kept.push(ty);
        }
    }
    kept.sort_by(|&a, &b| compare(a, b));
    let Some((&last, before)) = kept.split_last() else { return cx.well_known().bottom() };
    let union_type = cx.well_known().union();
    before.iter().rev().fold(last, |b, &a| cx.allocate(union_type, UnionType { a, b }).erase())
}

/// Whether `ty` is an alternative that `other` makes superfluous.
fn contains(cx: &Context, other: Value, ty: Value) -> bool {
    if other == ty {
        return true;
    }
    if has_free_variables(other) || has_free_variables(ty) {
        return structure::types_egal(cx, other, ty);
    }
    subtype::is_subtype(cx, ty, other)
}

/// The alternatives of a union, or the type itself; none for `Union{}`.
pub fn union_components(ty: Value) -> smallvec::SmallVec<[Value; 4]> {
    let mut components = smallvec::SmallVec::new();
    for_each_component(ty, &mut |component| {
        if !component.is_bottom() {
            components.push(component);
        }
    });
    components
}

fn for_each_component(ty: Value, visit: &mut dyn FnMut(Value)) {
    let mut at = ty;
    while let Some(union) = at.get::<UnionType>() {
        for_each_component(union.a, visit);
        at = union.b;
    }
    visit(at);
}

/// Singletons first, then isbits types, other types, and types with variables; alphabetically within each.
fn compare(a: Value, b: Value) -> Ordering {
    rank(a).cmp(&rank(b)).then_with(|| compare_names(unwrap_union_all(a), unwrap_union_all(b)))
}

fn rank(ty: Value) -> u32 {
    match ty.view() {
        View::Data(data) if data.instance.get().is_some() => 0,
        View::Data(data) if data.is_bits() => 1,
        View::Data(_) => 2,
        View::All(_) => 3,
        _ => 4,
    }
}

fn compare_names(a: Value, b: Value) -> Ordering {
    match (a.view(), b.view()) {
        (View::Data(a), View::Data(b)) => {
            let by_name = a.name.name.as_str().cmp(b.name.name.as_str());
            by_name.then_with(|| a.name.site.cmp(&b.name.site)).then_with(|| {
                let pairs = a.params().iter().zip(b.params());
                pairs
                    .map(|(p, q)| compare_names(p.unwrap(), q.unwrap()))
                    .find(|order| order.is_ne())
                    .unwrap_or_else(|| a.n_params().cmp(&b.n_params()))
            })
        }
        (View::Var(a), View::Var(b)) => a.name.as_str().cmp(b.name.as_str()),
        (View::All(a), View::All(b)) => compare_names(a.body, b.body),
        (View::Union(a), View::Union(b)) => compare_names(a.a, b.a).then_with(|| compare_names(a.b, b.b)),
        (View::Vararg(_), View::Vararg(_)) | (View::Bottom, View::Bottom) => Ordering::Equal,
        (View::Other(a), View::Other(b)) => compare_values(a, b),
        _ => view_rank(a).cmp(&view_rank(b)),
    }
}

fn view_rank(ty: Value) -> u32 {
    match ty.view() {
        View::Data(_) => 0,
        View::All(_) => 1,
        View::Union(_) => 2,
        View::Var(_) => 3,
        View::Vararg(_) => 4,
        View::Bottom => 5,
        View::Other(_) => 6,
    }
}

/// Parameters that are values: by type, then by bits.
fn compare_values(a: Value, b: Value) -> Ordering {
    if let (Some(a), Some(b)) = (a.get::<Symbol>(), b.get::<Symbol>()) {
        return a.as_str().cmp(b.as_str());
    }
    let (x, y) = (a.type_of(), b.type_of());
    let by_type = x.name.name.as_str().cmp(y.name.name.as_str());
    if by_type.is_ne() || x != y || x.layout.n_pointers != 0 {
        return by_type;
    }
    match x.layout.size {
        1 => crate::values::boxes::unbox::<u8>(a).cmp(&crate::values::boxes::unbox(b)),
        4 => crate::values::boxes::unbox::<u32>(a).cmp(&crate::values::boxes::unbox(b)),
        8 => crate::values::boxes::unbox::<i64>(a).cmp(&crate::values::boxes::unbox(b)),
        16 => crate::values::boxes::unbox::<i128>(a).cmp(&crate::values::boxes::unbox(b)),
        _ => Ordering::Equal,
    }
}
