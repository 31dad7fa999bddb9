//! Fields of objects, by position or name.

use crate::context::Context;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::types;
use crate::values::{boxes, structs};

/// The position of a field given by number (from 1) or name; throws where there is none.
fn position(cx: &Context, object: Value, ty: Gc<DataType>, field: Value) -> Outcome<usize> {
    if let Some(name) = field.get::<Symbol>() {
        let found = structs::field_index(ty, name);
        return found.ok_or_else(|| no_field(cx, ty, name));
    }
    let Some(number) = boxes::as_int64(cx, field) else {
        return Err(cx.throw_type_error("getfield", "", cx.well_known().symbol().erase(), field));
    };
    match usize::try_from(number) {
        Ok(number) if (1..=ty.n_fields()).contains(&number) => Ok(number - 1),
        _ => Err(cx.throw_bounds(object, Some(field))),
    }
}

fn no_field(cx: &Context, ty: Gc<DataType>, name: Gc<Symbol>) -> crate::errors::Thrown {
    let text = format!("type {} has no field {}", ty.name.name.as_str(), name.as_str());
    cx.error(&text)
}

/// `getfield(x, i)`; of a module, its global.
pub(super) fn get_field(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    if let (Some(module), Some(name)) = (object.get::<Module>(), arguments[1].get::<Symbol>()) {
        return modules::get_global(cx, module, name);
    }
    let index = position(cx, object, object.type_of(), arguments[1])?;
    structs::get_field(cx, object, index).ok_or_else(|| cx.throw_undef_ref())
}

/// `setfield!(x, i, value)`.
pub(super) fn set_field(cx: &Context, arguments: &[Value]) -> Outcome {
    let (object, value) = (arguments[0], arguments[2]);
    let ty = object.type_of();
    let name = || ty.name.name.as_str().to_owned();
    if !ty.is_mutable() {
        return Err(cx.error(&format!("setfield!: immutable struct of type {} cannot be changed", name())));
    }
    let index = position(cx, object, ty, arguments[1])?;
    if structs::is_field_constant(ty, index) {
        return Err(cx.error(&format!("setfield!: const field .{} of type {} cannot be changed", index + 1, name())));
    }
    let declared = ty.field_type(index);
    if !types::isa(cx, value, declared) {
        return Err(cx.throw_type_error("setfield!", "", declared, value));
    }
    structs::set_field(cx, object, index, value);
    Ok(value)
}

pub(super) fn n_fields(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_int64(arguments[0].type_of().n_fields() as i64))
}

fn concrete(cx: &Context, function: &str, ty: Value) -> Outcome<Gc<DataType>> {
    let unwrapped = types::unwrap_union_all(ty);
    unwrapped
        .get::<DataType>()
        .ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().data_type().erase(), ty))
}

/// `fieldtype(T, i)`.
pub(super) fn field_type(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = concrete(cx, "fieldtype", arguments[0])?;
    let index = position(cx, arguments[0], ty, arguments[1])?;
    Ok(types::wrap_like(cx, ty.field_type(index), arguments[0]))
}

pub(super) fn field_count(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = concrete(cx, "fieldcount", arguments[0])?;
    Ok(cx.box_int64(ty.n_fields() as i64))
}

/// The name of field `i` of a type, a symbol; of a tuple, the number.
pub(super) fn field_name(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = concrete(cx, "fieldname", arguments[0])?;
    let index = position(cx, arguments[0], ty, arguments[1])?;
    if ty.is_named_tuple() {
        let names = ty.param(0);
        return structs::get_field(cx, names, index).ok_or_else(|| cx.throw_undef_ref());
    }
    Ok(ty.field_names().map_or(arguments[1], |names| names.at(index)))
}

pub(super) fn field_is_defined(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    let index = position(cx, object, object.type_of(), arguments[1])?;
    Ok(cx.box_bool(structs::is_field_defined(object, index)))
}

/// `isdefined(x, field)`: false, too, where there is no such field. Of a module, whether the global has a value.
pub(super) fn is_defined(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    if let (Some(module), Some(name)) = (object.get::<Module>(), arguments[1].get::<Symbol>()) {
        return Ok(cx.box_bool(modules::is_defined(cx, module, name)));
    }
    let ty = object.type_of();
    let index = match arguments[1].get::<Symbol>() {
        Some(name) => structs::field_index(ty, name),
        None => {
            let number = boxes::as_int64(cx, arguments[1]).and_then(|number| usize::try_from(number).ok());
            number.filter(|number| (1..=ty.n_fields()).contains(number)).map(|number| number - 1)
        }
    };
    Ok(cx.box_bool(index.is_some_and(|index| structs::is_field_defined(object, index))))
}

/// `sizeof(x)`: bytes of a value, or of a type's values.
pub(super) fn size_of(cx: &Context, arguments: &[Value]) -> Outcome {
    let value = arguments[0];
    let bytes = if let Some(ty) = value.get::<DataType>() {
        if !ty.has(flags::HAS_LAYOUT) {
            return Err(cx.error("Argument is an abstract type and does not have a definite size."));
        }
        u64::from(ty.layout.size)
    } else if let Some(string) = value.get::<JlString>() {
        string.length
    } else if let Some(symbol) = value.get::<Symbol>() {
        symbol.length
    } else if let Some(array) = value.get::<Array>() {
        let memory = array.type_of().element_memory.unwrap();
        crate::values::arrays::length(array) as u64 * u64::from(memory.layout.tail_element_size)
    } else {
        u64::from(value.type_of().layout.size)
    };
    Ok(cx.box_int64(bytes as i64))
}

/// `_new(T, fields...)`: what `new` does, for the constructors of types that boot made.
pub(super) fn new(cx: &Context, arguments: &[Value]) -> Outcome {
    structs::new_checked(cx, arguments[0], &arguments[1..])
}
