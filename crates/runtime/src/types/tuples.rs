//! Tuple types: covariant in their elements, perhaps open-ended by a final `Vararg`.

use super::instantiate::instance_of;
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::values::boxes::as_int64;
use smallvec::SmallVec;

/// Most elements `Vararg{T, N}` is written out to.
const MAX_EXPANDED: i64 = 1 << 16;

/// `Tuple{elements...}` as a program writes it: throws `TypeError` where an element is no type, `ErrorException` for
/// `Union{}` as an element and for a misplaced or negative `Vararg`.
pub fn tuple_type_checked(cx: &Context, elements: &[Value]) -> Outcome {
    for (i, &element) in elements.iter().enumerate() {
        let is_last = i + 1 == elements.len();
        match element.view() {
            View::Vararg(_) if !is_last => {
                return Err(cx.throw_type_error(
                    "Tuple",
                    "non-final parameter",
                    cx.well_known().type_all().erase(),
                    element,
                ));
            }
            View::Other(_) => {
                return Err(cx.throw_type_error("Tuple", "parameter", cx.well_known().type_all().erase(), element));
            }
            View::Bottom => return Err(cx.error("Tuple field type cannot be Union{}")),
            _ => {}
        }
    }
    tuple_type_from(cx, elements)
}

/// `Tuple{elements...}`, with a final `Vararg` of known length written out.
pub(crate) fn tuple_type_from(cx: &Context, elements: &[Value]) -> Outcome {
    let Some(vararg) = elements.last().and_then(|last| last.get::<Vararg>()) else {
        return Ok(instance_of(cx, cx.well_known().tuple_name(), elements).erase());
    };
    let before = &elements[..elements.len() - 1];
    if vararg.element.is_some_and(ValueExt::is_bottom) && vararg.count.is_none() {
        return Ok(instance_of(cx, cx.well_known().tuple_name(), before).erase());
    }
    let Some(count) = vararg.count.and_then(|count| as_int64(cx, count)) else {
        return Ok(instance_of(cx, cx.well_known().tuple_name(), elements).erase());
    };
    if count < 0 {
        return Err(cx.error("Vararg length is negative: "));
    }
    if count > MAX_EXPANDED {
        return Err(cx.error(&format!("Vararg length {count} is not supported")));
    }
    let element = vararg.element.unwrap_or_else(|| cx.well_known().any().erase());
    let mut all: SmallVec<[Value; 8]> = SmallVec::from_slice(before);
    all.extend(std::iter::repeat_n(element, count as usize));
    Ok(instance_of(cx, cx.well_known().tuple_name(), &all).erase())
}

/// `Tuple{elements...}` for elements known to be right: types, variables, a `Vararg` only at the end.
pub fn tuple_type(cx: &Context, elements: &[Value]) -> Value {
    let _guard = cx.heap().no_collect();
    match tuple_type_from(cx, elements) {
        Ok(ty) => ty,
        Err(thrown) => {
            // Only a negative or huge `Vararg` count fails here; such a tuple has no instances.
            cx.take_exception(thrown);
            cx.well_known().bottom()
        }
    }
}

/// The tuple type of concrete element types: what `typeof` gives for a tuple of such values.
#[inline]
pub fn tuple_type_of_concrete(cx: &Context, elements: &[Value]) -> Gc<DataType> {
    instance_of(cx, cx.well_known().tuple_name(), elements)
}

/// Flags of a tuple type that follow from its elements.
pub(crate) fn tuple_flags(cx: &Context, ty: Gc<DataType>, has_free: bool) -> u32 {
    let well_known = cx.well_known();
    let mut concrete = !has_free;
    let mut dispatch = !has_free;
    let mut maybe_equal = false;
    for param in ty.params() {
        match param.unwrap().view() {
            View::Data(data) => {
                concrete &= data.is_concrete();
                let is_kind = data == well_known.data_type()
                    || data == well_known.union_all()
                    || data == well_known.union()
                    || data == well_known.bottom_type();
                let is_type = data.is_type_type() && !data.has_free_variables();
                dispatch &= (data.is_concrete() && !is_kind) || is_type;
                maybe_equal |= data.is_type_type() || data.has(flags::MAYBE_EQUAL);
            }
            _ => {
                concrete = false;
                dispatch = false;
                maybe_equal = true;
            }
        }
    }
    let mut bits = 0;
    if concrete {
        bits |= flags::CONCRETE;
    }
    if dispatch {
        bits |= flags::DISPATCH_TUPLE;
    }
    if maybe_equal {
        bits |= flags::MAYBE_EQUAL;
    }
    bits
}

/// The elements of a tuple type and its final `Vararg`, if any.
pub fn tuple_parts(ty: &Gc<DataType>) -> (&[Field], Option<Gc<Vararg>>) {
    let params = tail_of(&ty.parameters);
    match params.split_last() {
        Some((last, before)) => match last.unwrap().get::<Vararg>() {
            Some(vararg) => (before, Some(vararg)),
            None => (params, None),
        },
        None => (params, None),
    }
}
