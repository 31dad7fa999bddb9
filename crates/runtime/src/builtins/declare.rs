//! What type declarations and quoted expressions lower to.

use smallvec::SmallVec;

use crate::context::Context;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::types::declare::{self, TypeDefinition, definition_site};
use crate::values::{boxes, expressions};

/// `_expr(head, arguments...)`.
pub(super) fn make_expr(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(head) = arguments[0].get::<Symbol>() else {
        return Err(cx.throw_type_error("Expr", "", cx.well_known().symbol().erase(), arguments[0]));
    };
    Ok(expressions::new_expr(cx, head, &arguments[1..]).erase())
}

/// `_new_module(name, std_imports)`: a module inside `Main` that no name of `Main` means; it uses `Core` and `Base` if
/// asked to.
pub(super) fn new_module(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(name) = arguments[0].get::<Symbol>() else {
        return Err(cx.throw_type_error("Module", "", cx.well_known().symbol().erase(), arguments[0]));
    };
    let uses_base = boxes::unbox_bool(cx, arguments[1]).unwrap_or(true);
    let module = modules::new_module(cx, cx.world().main.get(), name, !uses_base);
    if uses_base && let Some(base) = cx.world().base.get() {
        modules::use_module(cx, module, base);
    }
    Ok(module.erase())
}

/// The arguments every declaration begins with: module, name, type variables.
struct Declared {
    module: Gc<Module>,
    name: Gc<Symbol>,
    params: SmallVec<[Gc<TypeVar>; 4]>,
}

fn declared(cx: &Context, arguments: &[Value]) -> Outcome<Declared> {
    let wrong = |value| cx.throw_type_error("type definition", "", cx.well_known().module().erase(), value);
    let module = arguments[0].get::<Module>().ok_or_else(|| wrong(arguments[0]))?;
    let name = arguments[1].get::<Symbol>().ok_or_else(|| wrong(arguments[1]))?;
    let list = arguments[2].get::<SimpleVector>().ok_or_else(|| wrong(arguments[2]))?;
    let mut params = SmallVec::new();
    for value in list.values() {
        params.push(value.get::<TypeVar>().ok_or_else(|| wrong(value))?);
    }
    Ok(Declared { module, name, params })
}

/// Declares a type; the result is the type inside `where`s of its parameters, as programs name it.
fn declare(cx: &Context, arguments: &[Value], field_names: Gc<SimpleVector>, flags: u32, sizes: (u32, u32)) -> Outcome {
    let Declared { module, name, params } = declared(cx, arguments)?;
    let definition = TypeDefinition {
        module: Some(module),
        name,
        params: &params,
        field_names,
        flags,
        n_bits: sizes.0,
        n_initialized: sizes.1,
        site: definition_site(cx, module, name),
        kind: Kind::Plain,
    };
    let ty = declare::declare_type(cx, &definition);
    Ok(ty.name.wrapper.unwrap())
}

/// `_structtype(module, name, params, field_names, attributes, is_mutable, n_initialized)`.
pub(super) fn struct_type(cx: &Context, arguments: &[Value]) -> Outcome {
    let wrong = |value| cx.throw_type_error("struct definition", "", cx.well_known().simple_vector().erase(), value);
    let field_names = arguments[3].get::<SimpleVector>().ok_or_else(|| wrong(arguments[3]))?;
    let is_mutable = boxes::unbox_bool(cx, arguments[5]).ok_or_else(|| wrong(arguments[5]))?;
    for name in field_names.values() {
        if !name.is::<Symbol>() {
            return Err(cx.throw_type_error("struct definition", "", cx.well_known().symbol().erase(), name));
        }
    }
    let n_initialized = boxes::as_int64(cx, arguments[6]).ok_or_else(|| wrong(arguments[6]))?;
    if !(0..=field_names.len() as i64).contains(&n_initialized) {
        return Err(cx.error("struct definition: more fields initialised than declared"));
    }
    let flags = if is_mutable { name_flags::MUTABLE } else { 0 };
    let ty = declare(cx, arguments, field_names, flags, (0, n_initialized as u32))?;
    if let Some(attributes) = arguments[4].get::<SimpleVector>() {
        mark_constant_fields(cx, primary(cx, ty)?, attributes)?;
    }
    Ok(ty)
}

/// Attributes are pairs: the number of a field (from 1), and a symbol.
fn mark_constant_fields(cx: &Context, ty: Gc<DataType>, attributes: Gc<SimpleVector>) -> Outcome<()> {
    let values: SmallVec<[Value; 8]> = attributes.values().collect();
    let constant = cx.symbol("const").erase();
    let numbers = values.chunks(2).filter(|pair| pair.len() == 2 && pair[1] == constant);
    let fields: SmallVec<[i64; 8]> = numbers.filter_map(|pair| boxes::as_int64(cx, pair[0])).collect();
    if fields.is_empty() {
        return Ok(());
    }
    let n_fields = ty.name.field_names.get().map_or(0, |names| names.len());
    let mut bits = vec![0_u8; n_fields.div_ceil(8)];
    for field in fields {
        let at = super::arrays::position(field, n_fields);
        let at = at.ok_or_else(|| cx.error("struct definition: there is no such field to make constant"))?;
        bits[at / 8] |= 1 << (at % 8);
    }
    let bits = cx.new_bytes(&bits);
    cx.write(ty.name, &ty.name.constant_fields, Some(bits));
    Ok(())
}

/// `_abstracttype(module, name, params)`.
pub(super) fn abstract_type(cx: &Context, arguments: &[Value]) -> Outcome {
    declare(cx, arguments, cx.svec(&[]), name_flags::ABSTRACT, (0, 0))
}

/// `_primitivetype(module, name, params, bits)`.
pub(super) fn primitive_type(cx: &Context, arguments: &[Value]) -> Outcome {
    let bits = boxes::as_int64(cx, arguments[3]).filter(|bits| matches!(bits, 8 | 16 | 32 | 64 | 128));
    let Some(bits) = bits else {
        return Err(cx.error("invalid number of bits in primitive type: expected 8, 16, 32, 64 or 128"));
    };
    declare(cx, arguments, cx.svec(&[]), name_flags::PRIMITIVE, (bits as u32, 0))
}

/// The declared type behind the `where`s of its parameters.
fn primary(cx: &Context, value: Value) -> Outcome<Gc<DataType>> {
    let body = crate::types::unwrap_union_all(value).get::<DataType>();
    body.ok_or_else(|| cx.throw_type_error("type definition", "", cx.well_known().data_type().erase(), value))
}

/// `_setsuper!(T, S)`.
pub(super) fn set_super(cx: &Context, arguments: &[Value]) -> Outcome {
    declare::set_super(cx, primary(cx, arguments[0])?, arguments[1])?;
    Ok(cx.nothing())
}

/// `_typebody!(T, field_types)`.
pub(super) fn type_body(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(types) = arguments[1].get::<SimpleVector>() else {
        return Err(cx.throw_type_error("type definition", "", cx.well_known().simple_vector().erase(), arguments[1]));
    };
    let ty = primary(cx, arguments[0])?;
    let n_names = ty.name.field_names.get().map_or(0, |names| names.len());
    if ty.is_abstract() || ty.has(flags::PRIMITIVE) || ty.is_tuple() || n_names != types.len() {
        return Err(cx.error(&format!("invalid field types in definition of {}", ty.name.name.as_str())));
    }
    declare::set_field_types(cx, ty, types)?;
    Ok(cx.nothing())
}

/// `_equiv_typedef(old, new)`.
pub(super) fn equivalent_definition(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(declare::equivalent_definitions(arguments[0], arguments[1])))
}
