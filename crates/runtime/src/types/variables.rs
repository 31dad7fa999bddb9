//! Type variables: where they occur free, binding them (`where`), unbinding.

use crate::context::Context;
use crate::objects::*;

struct Bound<'a> {
    variable: Gc<TypeVar>,
    outer: Option<&'a Bound<'a>>,
}

impl Bound<'_> {
    fn contains(mut bound: Option<&Bound>, variable: Gc<TypeVar>) -> bool {
        while let Some(binder) = bound {
            if binder.variable == variable {
                return true;
            }
            bound = binder.outer;
        }
        false
    }
}

/// Whether some type variable occurs free.
pub fn has_free_variables(ty: Value) -> bool {
    match ty.get::<DataType>() {
        Some(data) => data.has_free_variables(),
        None => any_free(ty, None, &|_| true),
    }
}

/// Whether this variable occurs free.
pub fn occurs_free(ty: Value, variable: Gc<TypeVar>) -> bool {
    any_free(ty, None, &|found| found == variable)
}

/// Whether `matches` holds for some free occurrence of a variable. The last parameter of a type is looked at in a loop: types
/// nest deeply along it.
fn any_free(mut ty: Value, bound: Option<&Bound>, matches: &dyn Fn(Gc<TypeVar>) -> bool) -> bool {
    while let View::Data(data) = ty.view() {
        let Some((last, others)) = data.params().split_last().filter(|_| data.has_free_variables()) else {
            return false;
        };
        if others.iter().any(|param| any_free(param.unwrap(), bound, matches)) {
            return true;
        }
        ty = last.unwrap();
    }
    match ty.view() {
        View::Data(_) => false,
        View::All(all) => {
            any_free(all.variable.lower, bound, matches)
                || any_free(all.variable.upper, bound, matches)
                || any_free(all.body, Some(&Bound { variable: all.variable, outer: bound }), matches)
        }
        View::Union(union) => any_free(union.a, bound, matches) || any_free(union.b, bound, matches),
        View::Var(variable) => !Bound::contains(bound, variable) && matches(variable),
        View::Vararg(vararg) => {
            let part = |part: Option<Value>| part.is_some_and(|part| any_free(part, bound, matches));
            part(vararg.element) || part(vararg.count)
        }
        View::Bottom | View::Other(_) => false,
    }
}

/// `body where variable`, normalised: a variable that does not occur is dropped, and `T where T<:S` is `S`.
pub fn union_all(cx: &Context, variable: Gc<TypeVar>, body: Value) -> Value {
    if body == variable.erase() {
        return variable.upper;
    }
    if !occurs_free(body, variable) {
        return body;
    }
    if let Some(vararg) = body.get::<Vararg>() {
        return bind_in_vararg(cx, variable, vararg);
    }
    cx.new_union_all(variable, body).erase()
}

/// `Vararg{T, N} where N` is any number of `T`; a variable of the element is bound inside.
fn bind_in_vararg(cx: &Context, variable: Gc<TypeVar>, vararg: Gc<Vararg>) -> Value {
    let element = vararg.element.map(|element| union_all(cx, variable, element));
    let count = vararg.count.filter(|&count| count != variable.erase());
    cx.new_vararg(element, count).erase()
}

/// The type inside all `where`s.
pub fn unwrap_union_all(mut ty: Value) -> Value {
    while let Some(all) = ty.get::<UnionAll>() {
        ty = all.body;
    }
    ty
}

/// `body` inside the `where`s of `like`.
pub fn wrap_like(cx: &Context, body: Value, like: Value) -> Value {
    match like.get::<UnionAll>() {
        Some(all) => union_all(cx, all.variable, wrap_like(cx, body, all.body)),
        None => body,
    }
}
