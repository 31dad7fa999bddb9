//! Numbers to text and back, and the elementary functions.

use crate::context::Context;
use crate::elementary;
use crate::errors::Outcome;
use crate::intrinsics::evaluate;
use crate::objects::*;
use crate::show::numbers;
use crate::values::boxes;

fn float_argument(cx: &Context, value: Value) -> Outcome<f64> {
    let ty = cx.well_known().float64();
    if value.type_of() == ty {
        Ok(boxes::unbox(value))
    } else {
        Err(cx.throw_type_error("Float64", "", ty.erase(), value))
    }
}

/// Decimal digits of an integer of any width.
pub(super) fn integer_to_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = arguments[0].type_of();
    if !ty.has(flags::PRIMITIVE) {
        return Err(cx.throw_type_error("string", "", cx.well_known().integer().erase(), arguments[0]));
    }
    let bits = crate::intrinsics::read_bits(arguments[0]);
    let unused = 128 - ty.layout.size * 8;
    let text =
        if ty.has(flags::SIGNED) { (((bits << unused) as i128) >> unused).to_string() } else { bits.to_string() };
    Ok(cx.new_string(text.as_bytes()).erase())
}

pub(super) fn float_to_string(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.new_string(numbers::float64_text(float_argument(cx, arguments[0])?).as_bytes()).erase())
}

pub(super) fn float32_to_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = cx.well_known().float32();
    if arguments[0].type_of() != ty {
        return Err(cx.throw_type_error("Float32", "", ty.erase(), arguments[0]));
    }
    Ok(cx.new_string(numbers::float32_text(boxes::unbox(arguments[0])).as_bytes()).erase())
}

/// `_format_float(x, scientific, digits)`: with that many digits after the point, correctly rounded.
pub(super) fn format_float(cx: &Context, arguments: &[Value]) -> Outcome {
    let number = float_argument(cx, arguments[0])?;
    let scientific = boxes::unbox_bool(cx, arguments[1]).unwrap_or(false);
    let digits = boxes::as_int64(cx, arguments[2]).unwrap_or(0).clamp(0, 1100) as usize;
    let text = if scientific { format!("{number:.digits$e}") } else { format!("{number:.digits$}") };
    Ok(cx.new_string(text.as_bytes()).erase())
}

pub(super) fn float16_to_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = cx.well_known().float16();
    if arguments[0].type_of() != ty {
        return Err(cx.throw_type_error("Float16", "", ty.erase(), arguments[0]));
    }
    let half = evaluate::half_to_single(boxes::unbox(arguments[0]));
    Ok(cx.new_string(numbers::float16_text(half).as_bytes()).erase())
}

/// A `Float32`, rounded once, or `nothing` where the text is no number.
pub(super) fn parse_float32(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(string) = arguments[0].get::<JlString>() else {
        return Err(cx.throw_type_error("parse", "", cx.well_known().string().erase(), arguments[0]));
    };
    let parsed = std::str::from_utf8(string.bytes()).ok().and_then(numbers::parse_float32);
    Ok(parsed.map_or(cx.nothing(), |number| cx.box_float32(number)))
}

/// A `Float64`, or `nothing` where the text is no number.
pub(super) fn parse_float(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(string) = arguments[0].get::<JlString>() else {
        return Err(cx.throw_type_error("parse", "", cx.well_known().string().erase(), arguments[0]));
    };
    let parsed = std::str::from_utf8(string.bytes()).ok().and_then(numbers::parse_float64);
    Ok(parsed.map_or(cx.nothing(), |number| cx.box_float64(number)))
}

macro_rules! unary {
    ($($name:ident $function:path;)*) => { $(
        pub(super) fn $name(cx: &Context, arguments: &[Value]) -> Outcome {
            Ok(cx.box_float64($function(float_argument(cx, arguments[0])?)))
        }
    )* };
}

macro_rules! binary {
    ($($name:ident $function:path;)*) => { $(
        pub(super) fn $name(cx: &Context, arguments: &[Value]) -> Outcome {
            let (x, y) = (float_argument(cx, arguments[0])?, float_argument(cx, arguments[1])?);
            Ok(cx.box_float64($function(x, y)))
        }
    )* };
}

unary! {
    sin libm::sin; cos libm::cos; tan libm::tan; asin libm::asin; acos libm::acos; atan libm::atan;
    sinh elementary::sinh; cosh elementary::cosh; tanh libm::tanh; exp elementary::exp; exp2 elementary::exp2;
    log elementary::log; log2 elementary::log2; log10 elementary::log10; cbrt libm::cbrt;
    asinh libm::asinh; acosh libm::acosh; atanh libm::atanh; exp10 elementary::exp10; expm1 elementary::expm1; log1p libm::log1p;
}

binary! {
    frem libm::fmod; pow elementary::pow; hypot elementary::hypot; atan2 elementary::atan2;
}
