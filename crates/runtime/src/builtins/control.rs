//! Tuples, choice, throwing, and calls with spread arguments.

use smallvec::SmallVec;

use crate::context::Context;
use crate::errors::Outcome;
use crate::exceptions::stack;
use crate::objects::*;
use crate::values::{arrays, boxes, structs};

pub(super) fn if_else(cx: &Context, arguments: &[Value]) -> Outcome {
    match boxes::unbox_bool(cx, arguments[0]) {
        Some(true) => Ok(arguments[1]),
        Some(false) => Ok(arguments[2]),
        None => Err(cx.throw_type_error("ifelse", "", cx.well_known().bool().erase(), arguments[0])),
    }
}

pub(super) fn svec(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.svec(arguments).erase())
}

pub(super) fn tuple(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(structs::new_tuple(cx, arguments))
}

pub(super) fn throw(cx: &Context, arguments: &[Value]) -> Outcome {
    Err(cx.throw(arguments[0]))
}

/// Without an argument, throws the exception being handled.
pub(super) fn rethrow(cx: &Context, arguments: &[Value]) -> Outcome {
    match stack::current_exception(cx) {
        Some(current) => Err(cx.throw(arguments.first().copied().unwrap_or(current))),
        None => Err(cx.error("rethrow() not allowed outside a catch block")),
    }
}

/// `_apply_iterate(iterate, f, collections...)`: calls `f` with the elements of the collections. Tuples, simple vectors
/// and arrays are taken apart here; anything else is iterated.
pub(super) fn apply_iterate(cx: &Context, arguments: &[Value]) -> Outcome {
    // The elements are kept alive by a heap vector: a long argument list does not fit on the stack.
    let mut n = 1;
    let mut all = cx.new_empty_svec(arguments.len().max(8));
    cx.svec_set(all, 0, Some(arguments[1]));
    for &collection in &arguments[2..] {
        spread(cx, arguments[0], collection, &mut |value| {
            if n == all.len() {
                let wider = cx.new_empty_svec(2 * n);
                for index in 0..n {
                    cx.svec_set(wider, index, Some(all.at(index)));
                }
                all = wider;
            }
            cx.svec_set(all, n, Some(value));
            n += 1;
        })?;
    }
    let call: SmallVec<[Value; 8]> = (0..n).map(|index| all.at(index)).collect();
    cx.apply(&call)
}

/// `_apply(f, collections...)`: as [`apply_iterate`] for tuples, simple vectors and arrays only.
pub(super) fn apply(cx: &Context, arguments: &[Value]) -> Outcome {
    let mut with_iterate: SmallVec<[Value; 8]> = SmallVec::from_slice(&[cx.nothing()]);
    with_iterate.extend_from_slice(arguments);
    apply_iterate(cx, &with_iterate)
}

fn spread(cx: &Context, iterate: Value, collection: Value, push: &mut dyn FnMut(Value)) -> Outcome<()> {
    let ty = collection.type_of();
    if ty.is_tuple() || ty.is_named_tuple() {
        for index in 0..ty.n_fields() {
            push(structs::get_field(cx, collection, index).ok_or_else(|| cx.throw_undef_ref())?);
        }
    } else if let Some(vector) = collection.get::<SimpleVector>() {
        vector.values().for_each(push);
    } else if let Some(array) = collection.get::<Array>() {
        // The array may be changed by nobody here: pushing runs no language code.
        for index in 0..arrays::length(array) {
            push(arrays::get(cx, array, index).ok_or_else(|| cx.throw_undef_ref())?);
        }
    } else {
        let mut next = cx.apply(&[iterate, collection])?;
        while next != cx.nothing() {
            let part = |index| structs::get_field(cx, next, index).ok_or_else(|| cx.throw_undef_ref());
            push(part(0)?);
            let state = part(1)?;
            next = cx.apply(&[iterate, collection, state])?;
        }
    }
    Ok(())
}

/// `invoke(f, argument_types, arguments...)`.
pub(super) fn invoke(cx: &Context, arguments: &[Value]) -> Outcome {
    let mut call: SmallVec<[Value; 8]> = SmallVec::from_slice(&arguments[..1]);
    call.extend_from_slice(&arguments[2..]);
    crate::dispatch::invoke(cx, arguments[1], &call)
}
