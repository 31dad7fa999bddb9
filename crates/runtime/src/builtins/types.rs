//! Types as values: identity, membership, subtyping, instantiation.

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;
use crate::values;

pub(super) fn egal(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(values::egal::egal(cx, arguments[0], arguments[1])))
}

pub(super) fn type_of(_cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(arguments[0].type_of().erase())
}

/// Throws `TypeError` unless `value` is a type.
fn expect_type(cx: &Context, function: &str, value: Value) -> Outcome<()> {
    if value.is_type() {
        Ok(())
    } else {
        Err(cx.throw_type_error(function, "", cx.well_known().type_all().erase(), value))
    }
}

pub(super) fn isa(cx: &Context, arguments: &[Value]) -> Outcome {
    expect_type(cx, "isa", arguments[1])?;
    Ok(cx.box_bool(types::isa(cx, arguments[0], arguments[1])))
}

pub(super) fn subtype(cx: &Context, arguments: &[Value]) -> Outcome {
    expect_type(cx, "<:", arguments[0])?;
    expect_type(cx, "<:", arguments[1])?;
    Ok(cx.box_bool(types::try_subtype(cx, arguments[0], arguments[1])?))
}

/// `Typeof(x)`: `Type{x}` of a type, the type of anything else.
pub(super) fn typeof_signature(cx: &Context, arguments: &[Value]) -> Outcome {
    let value = arguments[0];
    Ok(if value.is_type() { types::type_of_type(cx, value).erase() } else { value.type_of().erase() })
}

pub(super) fn apply_type(cx: &Context, arguments: &[Value]) -> Outcome {
    types::apply_type(cx, arguments[0], &arguments[1..])
}

fn is_type_or_variable(value: Value) -> bool {
    value.is_type() || value.is::<TypeVar>()
}

/// `TypeVar(name)`, `TypeVar(name, upper)`, `TypeVar(name, lower, upper)`.
pub(super) fn new_type_var(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(name) = arguments[0].get::<Symbol>() else {
        return Err(cx.throw_type_error("TypeVar", "", cx.well_known().symbol().erase(), arguments[0]));
    };
    let (lower, upper) = match *arguments {
        [_, upper] => (cx.well_known().bottom(), upper),
        [_, lower, upper] => (lower, upper),
        _ => (cx.well_known().bottom(), cx.well_known().any().erase()),
    };
    for (bound, context) in [(lower, "lower bound"), (upper, "upper bound")] {
        if !is_type_or_variable(bound) {
            return Err(cx.throw_type_error("TypeVar", context, cx.well_known().type_all().erase(), bound));
        }
    }
    Ok(cx.new_type_var(name, lower, upper).erase())
}

pub(super) fn new_union_all(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(variable) = arguments[0].get::<TypeVar>() else {
        return Err(cx.throw_type_error("UnionAll", "", cx.well_known().type_var().erase(), arguments[0]));
    };
    if !is_type_or_variable(arguments[1]) && !arguments[1].is::<Vararg>() {
        return Err(cx.throw_type_error("UnionAll", "", cx.well_known().type_all().erase(), arguments[1]));
    }
    Ok(types::union_all(cx, variable, arguments[1]))
}

pub(super) fn make_union(cx: &Context, arguments: &[Value]) -> Outcome {
    types::unions::union_checked(cx, arguments)
}

pub(super) fn type_join(cx: &Context, arguments: &[Value]) -> Outcome {
    for &ty in arguments {
        if !is_type_or_variable(ty) {
            return Err(cx.throw_type_error("typejoin", "", cx.well_known().type_all().erase(), ty));
        }
    }
    Ok(types::typejoin(cx, arguments[0], arguments[1]))
}

/// `_promote_typejoin(Missing, a, b)`: what two types have in common; `Nothing` and `Missing` stay beside the rest.
pub(super) fn promote_type_join(cx: &Context, arguments: &[Value]) -> Outcome {
    let [missing, a, b] = arguments else { unreachable!("the table says three arguments") };
    for &ty in [a, b] {
        if !is_type_or_variable(ty) {
            return Err(cx.throw_type_error("typejoin", "", cx.well_known().type_all().erase(), ty));
        }
    }
    let singletons = [cx.well_known().nothing_type().erase(), *missing];
    Ok(types::promote_typejoin(cx, *a, *b, &singletons))
}

/// `_tuple_eltype(Missing, T)`: what the elements of tuples of a type have in common.
pub(super) fn tuple_eltype(cx: &Context, arguments: &[Value]) -> Outcome {
    let tuple = arguments[1].get::<DataType>().filter(|ty| ty.is_tuple());
    let tuple =
        tuple.ok_or_else(|| cx.throw_type_error("eltype", "", cx.well_known().any_tuple().erase(), arguments[1]))?;
    let any = cx.well_known().any().erase();
    let singletons = [cx.well_known().nothing_type().erase(), arguments[0]];
    let element = |part: Value| part.get::<Vararg>().map_or(part, |rest| rest.element.unwrap_or(any));
    let elements = tuple.parameters.values().map(element);
    Ok(elements.fold(cx.well_known().bottom(), |joined, part| types::promote_typejoin(cx, joined, part, &singletons)))
}

pub(super) fn type_assert(cx: &Context, arguments: &[Value]) -> Outcome {
    expect_type(cx, "typeassert", arguments[1])?;
    if types::isa(cx, arguments[0], arguments[1]) {
        Ok(arguments[0])
    } else {
        Err(cx.throw_type_error("typeassert", "", arguments[1], arguments[0]))
    }
}

pub(super) fn is_concrete(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(arguments[0].get::<DataType>().is_some_and(|ty| ty.is_concrete())))
}

pub(super) fn type_intersect(cx: &Context, arguments: &[Value]) -> Outcome {
    expect_type(cx, "typeintersect", arguments[0])?;
    expect_type(cx, "typeintersect", arguments[1])?;
    Ok(types::intersect(cx, arguments[0], arguments[1]))
}

pub(super) fn more_specific(cx: &Context, arguments: &[Value]) -> Outcome {
    expect_type(cx, "morespecific", arguments[0])?;
    expect_type(cx, "morespecific", arguments[1])?;
    Ok(cx.box_bool(types::more_specific(cx, arguments[0], arguments[1])))
}

/// `_type_flags(T)`: what a type was declared as (1 abstract, 2 mutable, 4 primitive, 8 a function's own) and is (16
/// concrete, 32 immutable bits without pointers, 64 a tuple, 128 with free variables). 0 for unions.
pub(super) fn type_flags(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(ty) = types::unwrap_union_all(arguments[0]).get::<DataType>() else { return Ok(cx.box_int64(0)) };
    let own = [flags::CONCRETE, flags::ISBITS, flags::TUPLE, flags::HAS_FREE_VARIABLES];
    let is_data = arguments[0].is::<DataType>();
    let own = own.iter().enumerate().filter(|&(_, &flag)| is_data && ty.has(flag)).map(|(i, _)| 16 << i).sum::<i64>();
    Ok(cx.box_int64(own | i64::from(ty.name.flags.get() & 15)))
}
