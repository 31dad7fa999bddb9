//! Arrays: allocation, elements, growth. Indices of the language count from 1.

use smallvec::SmallVec;

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;
use crate::values::{arrays, boxes, structs};

fn array_argument(cx: &Context, function: &str, value: Value) -> Outcome<Gc<Array>> {
    value.get::<Array>().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().array().erase(), value))
}

fn int_argument(cx: &Context, function: &str, value: Value) -> Outcome<i64> {
    boxes::as_int64(cx, value).ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().int64().erase(), value))
}

/// An array of one dimension, which alone can grow and shrink.
fn vector_argument(cx: &Context, function: &str, value: Value) -> Outcome<Gc<Array>> {
    let array = array_argument(cx, function, value)?;
    if arrays::n_dims(array) == 1 {
        Ok(array)
    } else {
        Err(cx.argument_error(&format!("{function}: only arrays of one dimension change their length")))
    }
}

/// A count or position that must not be negative.
fn count_argument(cx: &Context, function: &str, value: Value) -> Outcome<usize> {
    let number = int_argument(cx, function, value)?;
    usize::try_from(number).map_err(|_| cx.argument_error(&format!("{function}: negative count {number}")))
}

/// No array can be this long; lengths below can be added up without overflow.
const TOO_LONG: usize = 1 << 48;

/// How many elements to make room for.
fn room_argument(cx: &Context, function: &str, value: Value) -> Outcome<usize> {
    let n = count_argument(cx, function, value)?;
    if n < TOO_LONG { Ok(n) } else { Err(cx.throw_out_of_memory()) }
}

/// From an index of the language to one from 0, if it is below `length`.
pub(super) fn position(index: i64, length: usize) -> Option<usize> {
    usize::try_from(index.wrapping_sub(1)).ok().filter(|&at| index > 0 && at < length)
}

/// `_new_array(Array{T,N}, lengths...)`.
pub(super) fn new_array(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = arguments[0].get::<DataType>().filter(|ty| ty.is_concrete() && ty.element_memory.get().is_some());
    let Some(ty) = ty else {
        return Err(cx.throw_type_error("_new_array", "", cx.well_known().array().erase(), arguments[0]));
    };
    let n_dims = boxes::as_int64(cx, ty.param(1)).unwrap_or(-1);
    if usize::try_from(n_dims) != Ok(arguments.len() - 1) {
        let text = format!("_new_array: an array of {n_dims} dimensions needs as many lengths");
        return Err(cx.argument_error(&text));
    }
    let mut dims: SmallVec<[i64; 4]> = SmallVec::new();
    for &length in &arguments[1..] {
        dims.push(int_argument(cx, "_new_array", length)?);
    }
    Ok(arrays::new_array(cx, ty, &dims)?.erase())
}

/// `_array_reshape(Array{T,N}, a, lengths...)`: the same elements with other lengths.
pub(super) fn reshape(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "_array_reshape", arguments[1])?;
    let ty = arguments[0].get::<DataType>().filter(|ty| ty.is_concrete() && ty.element_memory.get().is_some());
    let Some(ty) = ty else {
        return Err(cx.throw_type_error("_array_reshape", "", cx.well_known().array().erase(), arguments[0]));
    };
    let mut dims: SmallVec<[i64; 4]> = SmallVec::new();
    for &length in &arguments[2..] {
        dims.push(int_argument(cx, "_array_reshape", length)?);
    }
    if boxes::as_int64(cx, ty.param(1)) != Some(dims.len() as i64) {
        return Err(cx.argument_error("_array_reshape: the type has another number of dimensions"));
    }
    Ok(arrays::reshape(cx, ty, array, &dims)?.erase())
}

/// The offset of an element, column by column; throws `BoundsError` outside.
fn offset(cx: &Context, function: &str, array: Gc<Array>, indices: &[Value]) -> Outcome<usize> {
    let out_of_bounds = || {
        let index = if let [index] = indices { *index } else { structs::new_tuple(cx, indices) };
        cx.throw_bounds(array.erase(), Some(index))
    };
    if let [index] = indices {
        let index = int_argument(cx, function, *index)?;
        return position(index, arrays::length(array)).ok_or_else(out_of_bounds);
    }
    let n_dims = arrays::n_dims(array);
    let (mut at, mut stride) = (0_usize, 1_usize);
    for (axis, &index) in indices.iter().enumerate() {
        let length = if axis < n_dims { arrays::dim(array, axis) } else { 1 };
        let index = int_argument(cx, function, index)?;
        if index < 1 || index > length {
            return Err(out_of_bounds());
        }
        at += (index - 1) as usize * stride;
        stride *= length as usize;
    }
    // With fewer indices than dimensions the others must have one element each.
    if stride != arrays::length(array) {
        return Err(out_of_bounds());
    }
    Ok(at)
}

/// `arrayref(checked, a, indices...)`; the interpreter checks always.
pub(super) fn array_ref(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "arrayref", arguments[1])?;
    let at = offset(cx, "arrayref", array, &arguments[2..])?;
    arrays::get(cx, array, at).ok_or_else(|| cx.throw_undef_ref())
}

/// `arrayset(checked, a, value, indices...)`; the result is the array.
pub(super) fn array_set(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "arrayset", arguments[1])?;
    let at = offset(cx, "arrayset", array, &arguments[3..])?;
    let element = arrays::element_type(array);
    if !types::isa(cx, arguments[2], element) {
        return Err(cx.throw_type_error("arrayset", "", element, arguments[2]));
    }
    arrays::set(cx, array, at, arguments[2]);
    Ok(array.erase())
}

pub(super) fn array_size(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "arraysize", arguments[0])?;
    let axis = int_argument(cx, "arraysize", arguments[1])?;
    if axis < 1 {
        return Err(cx.error("arraysize: dimension out of range"));
    }
    let axis = axis as usize - 1;
    Ok(cx.box_int64(if axis < arrays::n_dims(array) { arrays::dim(array, axis) } else { 1 }))
}

pub(super) fn array_length(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "arraylen", arguments[0])?;
    Ok(cx.box_int64(arrays::length(array) as i64))
}

pub(super) fn array_is_assigned(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "isassigned", arguments[0])?;
    let index = int_argument(cx, "isassigned", arguments[1])?;
    let at = position(index, arrays::length(array));
    Ok(cx.box_bool(at.is_some_and(|at| arrays::get(cx, array, at).is_some())))
}

pub(super) fn grow_end(cx: &Context, arguments: &[Value]) -> Outcome {
    grow_end_by(cx, arguments[0], arguments[1])?;
    Ok(cx.nothing())
}

/// Adds `n` elements at the end of a vector.
pub(crate) fn grow_end_by(cx: &Context, array: Value, n: Value) -> Outcome<()> {
    let array = vector_argument(cx, "_array_grow_end!", array)?;
    let n = room_argument(cx, "_array_grow_end!", n)?;
    arrays::grow_at(cx, array, arrays::length(array), n)
}

/// `_array_grow_at!(a, i, n)`: room for `n` elements before element `i`.
pub(super) fn grow_at(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = vector_argument(cx, "_array_grow_at!", arguments[0])?;
    let index = count_argument(cx, "_array_grow_at!", arguments[1])?;
    let n = room_argument(cx, "_array_grow_at!", arguments[2])?;
    if index < 1 || index > arrays::length(array) + 1 {
        return Err(cx.throw_bounds(array.erase(), Some(arguments[1])));
    }
    arrays::grow_at(cx, array, index - 1, n)?;
    Ok(cx.nothing())
}

pub(super) fn delete_end(cx: &Context, arguments: &[Value]) -> Outcome {
    delete_end_by(cx, arguments[0], arguments[1])?;
    Ok(cx.nothing())
}

/// Removes `n` elements at the end of a vector.
pub(crate) fn delete_end_by(cx: &Context, array: Value, n: Value) -> Outcome<()> {
    let array = vector_argument(cx, "_array_del_end!", array)?;
    let count = count_argument(cx, "_array_del_end!", n)?;
    let length = arrays::length(array);
    if count > length {
        return Err(cx.throw_bounds(array.erase(), Some(n)));
    }
    arrays::delete_at(cx, array, length - count, count);
    Ok(())
}

/// `_array_del_at!(a, i, n)`: removes `n` elements from element `i` on.
pub(super) fn delete_at(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = vector_argument(cx, "_array_del_at!", arguments[0])?;
    let index = count_argument(cx, "_array_del_at!", arguments[1])?;
    let n = count_argument(cx, "_array_del_at!", arguments[2])?;
    let length = arrays::length(array);
    if index < 1 || n > length || index - 1 > length - n {
        return Err(cx.throw_bounds(array.erase(), Some(arguments[1])));
    }
    arrays::delete_at(cx, array, index - 1, n);
    Ok(cx.nothing())
}

pub(super) fn reserve(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = vector_argument(cx, "_array_reserve!", arguments[0])?;
    arrays::reserve(cx, array, room_argument(cx, "_array_reserve!", arguments[1])?)?;
    Ok(cx.nothing())
}

/// `_array_copy!(to, i, from, j, n)`: `n` elements; both arrays have one element type.
pub(super) fn copy(cx: &Context, arguments: &[Value]) -> Outcome {
    let to = array_argument(cx, "_array_copy!", arguments[0])?;
    let from = array_argument(cx, "_array_copy!", arguments[2])?;
    let n = count_argument(cx, "_array_copy!", arguments[4])?;
    if to.type_of().element_memory.get() != from.type_of().element_memory.get() {
        return Err(cx.argument_error("_array_copy!: the arrays have different element types"));
    }
    let start = |array: Gc<Array>, index: Value| {
        let at = int_argument(cx, "_array_copy!", index)?.saturating_sub(1);
        let length = arrays::length(array);
        let fits = usize::try_from(at).ok().filter(|&at| n <= length && at <= length - n);
        fits.ok_or_else(|| cx.throw_bounds(array.erase(), Some(index)))
    };
    arrays::copy(cx, to, start(to, arguments[1])?, from, start(from, arguments[3])?, n);
    Ok(to.erase())
}

/// `_append_bytes!(bytes, string)`.
pub(super) fn append_bytes(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = array_argument(cx, "_append_bytes!", arguments[0])?;
    let is_bytes = array.type_of() == cx.well_known().vector_uint8();
    let Some(string) = arguments[1].get::<JlString>().filter(|_| is_bytes) else {
        return Err(cx.throw_type_error("_append_bytes!", "", cx.well_known().string().erase(), arguments[1]));
    };
    arrays::append_bytes(cx, array, string.bytes())?;
    Ok(cx.nothing())
}
