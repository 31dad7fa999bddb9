//! Fields of objects, by position or name.

use crate::context::Context;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::types;
use crate::values::{boxes, structs};

/// The position of a field given by number (from 1) or name; throws where there is none.
fn position(cx: &Context, function: &str, object: Value, ty: Gc<DataType>, field: Value) -> Outcome<usize> {
    if let Some(name) = field.get::<Symbol>() {
        let found = structs::field_index(ty, name);
        return found.ok_or_else(|| no_field(cx, ty, name));
    }
    let Some(number) = boxes::as_int64(cx, field) else {
        return Err(no_field_key(cx, function, field));
    };
    match usize::try_from(number) {
        Ok(number) if (1..=ty.n_fields()).contains(&number) => Ok(number - 1),
        _ => Err(cx.throw_bounds(object, Some(field))),
    }
}

/// Neither a number nor a name.
fn no_field_key(cx: &Context, function: &str, key: Value) -> crate::errors::Thrown {
    let w = cx.well_known();
    let expected = types::unions::union(cx, &[w.int64().erase(), w.symbol().erase()]);
    cx.throw_type_error(function, "", expected, key)
}

fn no_field(cx: &Context, ty: Gc<DataType>, name: Gc<Symbol>) -> crate::errors::Thrown {
    let text = format!("type {} has no field {}", ty.name.name.as_str(), name.as_str());
    cx.error(&text)
}

/// `getfield(x, i)`; of a module, its global.
pub(super) fn get_field(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    if let Some(module) = object.get::<Module>() {
        return modules::get_global(cx, module, global_name(cx, "getfield", arguments[1])?);
    }
    let index = position(cx, "getfield", object, object.type_of(), arguments[1])?;
    structs::get_field(cx, object, index).ok_or_else(|| cx.throw_undef_ref())
}

/// The name of a module's global.
fn global_name(cx: &Context, function: &str, name: Value) -> Outcome<Gc<Symbol>> {
    name.get::<Symbol>().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().symbol().erase(), name))
}

/// Whether programs may assign fields of such objects at all: not of what the run-time system keeps its own records in.
fn is_open(ty: Gc<DataType>) -> bool {
    [Kind::Plain, Kind::Expr, Kind::CoreBox].iter().any(|&kind| kind as u32 == ty.kind)
}

/// `setfield!(x, i, value)`.
pub(super) fn set_field(cx: &Context, arguments: &[Value]) -> Outcome {
    let (object, value) = (arguments[0], arguments[2]);
    let ty = object.type_of();
    let name = || ty.name.name.as_str().to_owned();
    if object.is::<Module>() {
        return Err(cx.error("cannot assign variables in other modules"));
    }
    if !ty.is_mutable() {
        return Err(cx.error(&format!("setfield!: immutable struct of type {} cannot be changed", name())));
    }
    let index = position(cx, "setfield!", object, ty, arguments[1])?;
    if structs::is_field_constant(ty, index) || !is_open(ty) {
        let field = name_of_field(ty, index).map_or_else(|| (index + 1).to_string(), |name| name.as_str().to_owned());
        return Err(cx.error(&format!("setfield!: const field .{field} of type {} cannot be changed", name())));
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
    if let Some(element) = repeated_element(cx, ty, arguments[1]) {
        return Ok(types::wrap_like(cx, element, arguments[0]));
    }
    let index = position(cx, "fieldtype", arguments[0], ty, arguments[1])?;
    Ok(types::wrap_like(cx, ty.field_type(index), arguments[0]))
}

/// The type of an element of a tuple type of unknown length.
fn repeated_element(cx: &Context, ty: Gc<DataType>, number: Value) -> Option<Value> {
    let last = ty.params().last().filter(|_| ty.is_tuple())?.get()?.get::<Vararg>()?;
    let at = usize::try_from(boxes::as_int64(cx, number)?).ok()?.checked_sub(1)?;
    let rest = ty.n_params() - 1;
    Some(if at < rest { ty.param(at) } else { last.element.unwrap_or(cx.well_known().any().erase()) })
}

/// The name of field `index`, where fields have names.
fn name_of_field(ty: Gc<DataType>, index: usize) -> Option<Gc<Symbol>> {
    ty.field_names()?.tail().get(index)?.get()?.get::<Symbol>()
}

pub(super) fn field_count(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = concrete(cx, "fieldcount", arguments[0])?;
    Ok(cx.box_int64(ty.n_fields() as i64))
}

/// The name of field `i` of a type, a symbol; of a tuple, the number.
pub(super) fn field_name(cx: &Context, arguments: &[Value]) -> Outcome {
    let ty = concrete(cx, "fieldname", arguments[0])?;
    let index = position(cx, "fieldname", arguments[0], ty, arguments[1])?;
    if ty.is_named_tuple() {
        let names = ty.param(0);
        return structs::get_field(cx, names, index).ok_or_else(|| cx.throw_undef_ref());
    }
    Ok(name_of_field(ty, index).map_or(arguments[1], Gc::erase))
}

pub(super) fn field_is_defined(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    let index = position(cx, "isdefined", object, object.type_of(), arguments[1])?;
    Ok(cx.box_bool(structs::is_field_defined(object, index)))
}

/// `isdefined(x, field)`: false, too, where there is no such field. Of a module, whether the global has a value.
pub(super) fn is_defined(cx: &Context, arguments: &[Value]) -> Outcome {
    let object = arguments[0];
    if let Some(module) = object.get::<Module>() {
        let name = global_name(cx, "isdefined", arguments[1])?;
        return Ok(cx.box_bool(modules::is_defined(cx, module, name)));
    }
    let ty = object.type_of();
    let index = match arguments[1].get::<Symbol>() {
        Some(name) => structs::field_index(ty, name),
        None => {
            let number = boxes::as_int64(cx, arguments[1]);
            let number = number.ok_or_else(|| no_field_key(cx, "isdefined", arguments[1]))?;
            super::arrays::position(number, ty.n_fields())
        }
    };
    Ok(cx.box_bool(index.is_some_and(|index| structs::is_field_defined(object, index))))
}

/// `sizeof(x)`: bytes of a value, or of a type's values.
pub(super) fn size_of(cx: &Context, arguments: &[Value]) -> Outcome {
    let value = arguments[0];
    let bytes = if value.is_type() {
        size_of_type(cx, value)?
    } else if let Some(string) = value.get::<JlString>() {
        string.length
    } else if let Some(symbol) = value.get::<Symbol>() {
        symbol.length
    } else if let Some(vector) = value.get::<SimpleVector>() {
        8 * (vector.length + 1)
    } else if let Some(array) = value.get::<Array>() {
        let memory = array.type_of().element_memory.unwrap();
        crate::values::arrays::length(array) as u64 * u64::from(memory.layout.tail_element_size)
    } else {
        u64::from(value.type_of().layout.size)
    };
    Ok(cx.box_int64(bytes as i64))
}

/// Bytes of an instance of a type, for types whose instances have one size.
fn size_of_type(cx: &Context, ty: Value) -> Outcome<u64> {
    if ty.is_bottom() {
        let text = "The empty type does not have a definite size since it does not have instances.";
        return Err(cx.error(text));
    }
    let Some(ty) = types::unwrap_union_all(ty).get::<DataType>() else {
        return Err(cx.error("Argument is an abstract type and does not have a definite size."));
    };
    let name = ty.name.name.as_str();
    if ty.is_abstract() {
        return Err(cx.error(&format!("Abstract type {name} does not have a definite size.")));
    }
    if !ty.has(flags::HAS_LAYOUT) || !ty.is_concrete() {
        return Err(cx.error(&format!("Argument is an incomplete {name} type and does not have a definite size.")));
    }
    if ty.layout.tail_element_size != 0 || ty.kind == Kind::Array as u32 {
        return Err(cx.error(&format!("Type {name} does not have a definite size.")));
    }
    Ok(u64::from(ty.layout.size))
}

/// `_new(T, fields...)`: what `new` does, for the constructors of types that boot made.
///
/// Of the run-time system's own objects only those that quoted code is made of, with all their fields.
pub(super) fn new(cx: &Context, arguments: &[Value]) -> Outcome {
    if let Some(ty) = arguments[0].get::<DataType>()
        && ty.kind != Kind::Plain as u32
    {
        let quoted = [Kind::Expr, Kind::QuoteNode, Kind::LineNumberNode, Kind::GlobalRef, Kind::CoreBox];
        if !quoted.iter().any(|&kind| kind as u32 == ty.kind) {
            return Err(cx.error(&format!("invalid type for new: {}", ty.name.name.as_str())));
        }
        if ty.kind != Kind::CoreBox as u32 && arguments.len() - 1 != ty.n_fields() {
            return Err(cx.error(&format!("new: {} needs all its fields", ty.name.name.as_str())));
        }
    }
    structs::new_checked(cx, arguments[0], &arguments[1..])
}

/// The declared field `number` of a type with a layout, counted from 0.
fn laid_out(cx: &Context, function: &str, arguments: &[Value]) -> Outcome<(Gc<DataType>, usize)> {
    let ty = concrete(cx, function, arguments[0])?;
    let index = position(cx, function, arguments[0], ty, arguments[1])?;
    Ok((ty, index))
}

/// `_fieldoffset(T, i)`: bytes from the start of an instance.
pub(super) fn field_offset(cx: &Context, arguments: &[Value]) -> Outcome {
    let (ty, index) = laid_out(cx, "fieldoffset", arguments)?;
    if !ty.has(flags::HAS_LAYOUT) {
        return Err(cx.argument_error("type does not have a definite layout"));
    }
    Ok(cx.box_uint64(u64::from(ty.field_place(index).offset)))
}

/// `_field_is_const(T, i)`: whether instances cannot have the field assigned.
pub(super) fn field_is_const(cx: &Context, arguments: &[Value]) -> Outcome {
    let (ty, index) = laid_out(cx, "isconst", arguments)?;
    Ok(cx.box_bool(structs::is_field_constant(ty, index)))
}
