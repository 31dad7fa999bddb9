//! Strings, symbols and characters.

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::values::allocate::{hash_bytes, type_head};
use crate::values::{arrays, boxes};

fn string_argument(cx: &Context, function: &str, value: Value) -> Outcome<Gc<JlString>> {
    value.get::<JlString>().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().string().erase(), value))
}

fn symbol_argument(cx: &Context, function: &str, value: Value) -> Outcome<Gc<Symbol>> {
    value.get::<Symbol>().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().symbol().erase(), value))
}

/// A `UInt32`: bits of a character, or a code point.
fn u32_argument(cx: &Context, function: &str, value: Value) -> Outcome<u32> {
    let ty = cx.well_known().uint32();
    if value.type_of() == ty {
        Ok(boxes::unbox(value))
    } else {
        Err(cx.throw_type_error(function, "", ty.erase(), value))
    }
}

fn int_argument(cx: &Context, function: &str, value: Value) -> Outcome<i64> {
    boxes::as_int64(cx, value).ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().int64().erase(), value))
}

/// `_bytes_to_string(bytes)`: a string of a copy of the bytes.
pub(super) fn from_bytes(cx: &Context, arguments: &[Value]) -> Outcome {
    let array = arguments[0].get::<Array>().filter(|array| array.type_of() == cx.well_known().vector_uint8());
    let Some(array) = array else {
        return Err(cx.throw_type_error("_bytes_to_string", "", cx.well_known().vector_uint8().erase(), arguments[0]));
    };
    let bytes = arrays::bytes(&array).expect("bytes lie inline");
    Ok(cx.new_string(bytes).erase())
}

pub(super) fn length(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_int64(string_argument(cx, "ncodeunits", arguments[0])?.length as i64))
}

/// `_string_byte(s, i)`: byte `i`, from 1.
pub(super) fn byte(cx: &Context, arguments: &[Value]) -> Outcome {
    let string = string_argument(cx, "codeunit", arguments[0])?;
    let index = int_argument(cx, "codeunit", arguments[1])?;
    match super::arrays::position(index, string.bytes().len()).map(|at| string.bytes()[at]) {
        Some(byte) => Ok(cx.box_uint8(byte)),
        None => Err(cx.throw_bounds(arguments[0], Some(arguments[1]))),
    }
}

pub(crate) fn concat(cx: &Context, arguments: &[Value]) -> Outcome {
    let mut length = 0;
    for &part in arguments {
        length += string_argument(cx, "string", part)?.length;
    }
    let ty = type_head(cx.well_known().string());
    let string = cx.mutator().try_alloc_tail(ty, length).map_err(|_| cx.throw_out_of_memory())?;
    let mut to = string.expect::<JlString>().tail_ptr();
    for part in arguments {
        let part = part.expect::<JlString>();
        // SAFETY: the new string, which nobody else has seen yet, has room for all parts one after the other.
        unsafe {
            std::ptr::copy_nonoverlapping(part.bytes().as_ptr(), to, part.bytes().len());
            to = to.add(part.bytes().len());
        }
    }
    Ok(string)
}

/// -1, 0 or 1, by bytes.
pub(super) fn compare(cx: &Context, arguments: &[Value]) -> Outcome {
    let a = string_argument(cx, "cmp", arguments[0])?;
    let b = string_argument(cx, "cmp", arguments[1])?;
    Ok(cx.box_int64(a.bytes().cmp(b.bytes()) as i64))
}

/// `_string_hash(s, seed)`: the same in every process.
pub(super) fn hash(cx: &Context, arguments: &[Value]) -> Outcome {
    let string = string_argument(cx, "hash", arguments[0])?;
    if arguments[1].type_of() != cx.well_known().uint64() {
        return Err(cx.throw_type_error("hash", "", cx.well_known().uint64().erase(), arguments[1]));
    }
    let seed: u64 = boxes::unbox(arguments[1]);
    Ok(cx.box_uint64(crate::values::allocate::hash_mix(hash_bytes(string.bytes()), seed)))
}

/// `_substring(s, i, j)`: bytes `i` to `j`, from 1, both included; empty if `j < i`.
pub(super) fn substring(cx: &Context, arguments: &[Value]) -> Outcome {
    let string = string_argument(cx, "getindex", arguments[0])?;
    let first = int_argument(cx, "getindex", arguments[1])?;
    let last = int_argument(cx, "getindex", arguments[2])?;
    if last < first {
        return Ok(cx.new_string(b"").erase());
    }
    if first < 1 || last as u64 > string.length {
        return Err(cx.throw_bounds(arguments[0], Some(if first < 1 { arguments[1] } else { arguments[2] })));
    }
    let bytes = string.bytes()[first as usize - 1..last as usize].to_vec();
    Ok(cx.new_string(&bytes).erase())
}

pub(super) fn symbol_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let symbol = symbol_argument(cx, "String", arguments[0])?;
    Ok(cx.new_string(symbol.tail()).erase())
}

pub(super) fn make_symbol(cx: &Context, arguments: &[Value]) -> Outcome {
    let string = string_argument(cx, "Symbol", arguments[0])?;
    if string.bytes().contains(&0) {
        return Err(cx.argument_error("Symbol name may not contain \\0"));
    }
    Ok(cx.symbol_from_bytes(string.bytes()).erase())
}

/// Whether a symbol prints as `:name`: an identifier or an operator.
pub(super) fn is_identifier(cx: &Context, arguments: &[Value]) -> Outcome {
    let symbol = symbol_argument(cx, "show", arguments[0])?;
    Ok(cx.box_bool(crate::show::names::prints_bare(symbol.as_str())))
}

/// `_char_to_string(bits)`: of a character's own representation, well-formed or not.
pub(super) fn char_to_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let bits = u32_argument(cx, "string", arguments[0])?;
    let bytes = bits.to_be_bytes();
    let length = 4 - (bits.trailing_zeros() / 8).min(3) as usize;
    Ok(cx.new_string(&bytes[..length]).erase())
}

fn code_point(cx: &Context, value: Value) -> Outcome<Option<char>> {
    Ok(char::from_u32(u32_argument(cx, "Char", value)?))
}

pub(super) fn char_is_letter(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(code_point(cx, arguments[0])?.is_some_and(char::is_alphabetic)))
}

pub(super) fn char_is_upper(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(code_point(cx, arguments[0])?.is_some_and(char::is_uppercase)))
}

pub(super) fn char_is_lower(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(code_point(cx, arguments[0])?.is_some_and(char::is_lowercase)))
}

/// The one character a case mapping gives; characters whose mapping is longer stay as they are, as in Julia.
fn mapped<I: ExactSizeIterator<Item = char>>(cx: &Context, value: Value, map: impl Fn(char) -> I) -> Outcome {
    let point = u32_argument(cx, "Char", value)?;
    let mapped = char::from_u32(point).map(map).filter(|mapped| mapped.len() == 1).and_then(|mut mapped| mapped.next());
    Ok(cx.box_uint32(mapped.map_or(point, |character| character as u32)))
}

/// The number of a character's general category, `Lu` being 1 and `Co` 29; 0 is a code point without a character.
pub(super) fn char_category(cx: &Context, arguments: &[Value]) -> Outcome {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    let point = u32_argument(cx, "Char", arguments[0])?;
    let number = match char::from_u32(point).map(|character| character.general_category()) {
        Some(GeneralCategory::Unassigned) => 0,
        Some(category) => category as i64 + 1,
        None if (0xd800..0xe000).contains(&point) => 28,
        None => 0,
    };
    Ok(cx.box_int64(number))
}

/// The title case: of the digraphs that have one of their own, and the upper case of any other character.
pub(super) fn char_to_title(cx: &Context, arguments: &[Value]) -> Outcome {
    let point = u32_argument(cx, "Char", arguments[0])?;
    match point {
        0x1c4..=0x1c6 => Ok(cx.box_uint32(0x1c5)),
        0x1c7..=0x1c9 => Ok(cx.box_uint32(0x1c8)),
        0x1ca..=0x1cc => Ok(cx.box_uint32(0x1cb)),
        0x1f1..=0x1f3 => Ok(cx.box_uint32(0x1f2)),
        0x10d0..=0x10ff => Ok(arguments[0]),
        _ => char_to_upper(cx, arguments),
    }
}

pub(super) fn char_to_upper(cx: &Context, arguments: &[Value]) -> Outcome {
    // The sharp s has a capital of its own here, where Unicode's mapping is two letters.
    if u32_argument(cx, "Char", arguments[0])? == 0xdf {
        return Ok(cx.box_uint32(0x1e9e));
    }
    mapped(cx, arguments[0], char::to_uppercase)
}

pub(super) fn char_to_lower(cx: &Context, arguments: &[Value]) -> Outcome {
    // So has the dotted capital i: the letter without the combining dot.
    if u32_argument(cx, "Char", arguments[0])? == 0x130 {
        return Ok(cx.box_uint32(0x69));
    }
    mapped(cx, arguments[0], char::to_lowercase)
}
