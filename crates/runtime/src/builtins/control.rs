//! Tuples, choice, throwing, and calls with spread arguments.

use smallvec::SmallVec;

use super::fields;
use crate::context::Context;
use crate::errors::Outcome;
use crate::exceptions::stack;
use crate::interpret::Arguments;
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
    match stack::current(cx) {
        // The exception keeps saying where it was thrown first.
        Some((current, trace)) => Err(cx.throw_again(arguments.first().copied().unwrap_or(current), trace)),
        None => Err(cx.error("rethrow() not allowed outside a catch block")),
    }
}

/// `_apply_iterate(iterate, f, collections...)`: calls `f` with the elements of the collections. Tuples, simple vectors
/// and arrays are taken apart here; anything else is iterated.
pub(super) fn apply_iterate(cx: &Context, arguments: &[Value]) -> Outcome {
    spread_and_call(cx, arguments[0], arguments[1], &arguments[2..])
}

fn spread_and_call(cx: &Context, iterate: Value, function: Value, collections: &[Value]) -> Outcome {
    let mut call = Arguments::new(cx);
    call.push(function)?;
    for &collection in collections {
        spread(cx, iterate, collection, &mut call)?;
    }
    cx.apply(call.as_slice())
}

/// `_apply(f, collections...)`: as [`apply_iterate`] for tuples, simple vectors and arrays only.
pub(super) fn apply(cx: &Context, arguments: &[Value]) -> Outcome {
    spread_and_call(cx, cx.nothing(), arguments[0], &arguments[1..])
}

fn spread(cx: &Context, iterate: Value, collection: Value, call: &mut Arguments) -> Outcome<()> {
    let ty = collection.type_of();
    if ty.is_tuple() || ty.is_named_tuple() {
        for index in 0..ty.n_fields() {
            call.push(structs::get_field(cx, collection, index).ok_or_else(|| cx.throw_undef_ref())?)?;
        }
    } else if let Some(vector) = collection.get::<SimpleVector>() {
        for slot in vector.tail() {
            call.push(slot.get().ok_or_else(|| cx.throw_undef_ref())?)?;
        }
    } else if let Some(array) = collection.get::<Array>() {
        // The array is changed by nobody meanwhile: no language code runs.
        for index in 0..arrays::length(array) {
            call.push(arrays::get(cx, array, index).ok_or_else(|| cx.throw_undef_ref())?)?;
        }
    } else {
        let mut next = cx.apply(&[iterate, collection])?;
        while next != cx.nothing() {
            // `iterate` may have given anything.
            call.push(fields::get_field(cx, &[next, cx.box_int64(1)])?)?;
            let state = fields::get_field(cx, &[next, cx.box_int64(2)])?;
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
