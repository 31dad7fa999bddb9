//! Declaring types: `struct`, `abstract type`, `primitive type`, and the singleton types of functions.
//!
//! A type is keyed by its definition site, so that a second context which evaluates the same source gets the same type.
//! Declaration goes in steps, because supertype and field types may mention the type itself: `declare_type`, then
//! `set_super`, then `set_field_types`.

use super::instantiate::{new_data_type, primary_type};
use super::layout;
use super::structure::instance_hash;
use super::variables::{union_all, unwrap_union_all};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::values::allocate::{hash_bytes, hash_mix};
use std::cell::Cell;

/// What a type declaration says at first.
pub struct TypeDefinition<'a> {
    /// Where it is declared.
    pub module: Option<Gc<Module>>,
    /// The name.
    pub name: Gc<Symbol>,
    /// The variables of its parameters, in order.
    pub params: &'a [Gc<TypeVar>],
    /// The names of its fields.
    pub field_names: Gc<SimpleVector>,
    /// `name_flags`: abstract, mutable, primitive, function.
    pub flags: u32,
    /// Bits of a primitive type.
    pub n_bits: u32,
    /// How many fields a constructor must set.
    pub n_initialized: u32,
    /// The definition site, see [`definition_site`].
    pub site: u64,
    /// The Rust struct of its instances; `Plain` for all types of programs.
    pub kind: Kind,
}

/// The site of a type declared under `name` in `module` by the source text the context is evaluating.
pub fn definition_site(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> u64 {
    hash_mix(hash_mix(hash_mix(0x51_7e, module.site), name.hash), cx.source_site.get())
}

/// Declares a type; the result is the type with its own variables as parameters. If the engine has a type of this site,
/// that one is the result.
pub fn declare_type(cx: &Context, definition: &TypeDefinition) -> Gc<DataType> {
    if let Some(known) = find_type_name(cx, definition.site)
        && let Some(primary) = primary_type(known)
        && primary.n_params() == definition.params.len()
    {
        return primary;
    }
    let _guard = cx.heap().no_collect();
    let name = new_type_name(cx, definition);
    let params = cx.svec_of(definition.params);
    let hash = instance_hash(cx, name, params.values());
    let ty = new_data_type(cx, name, params, hash);
    set_kind(ty, definition.kind);
    ty.n_initialized.set(definition.n_initialized);
    set_wrapper(cx, name, ty);
    if let Some(hash) = hash {
        table_insert(cx, cx.well_known().tables().types, hash, ty.erase());
    }
    ty
}

/// The type name of a definition site, if the engine or an attached image has it.
pub fn find_type_name(cx: &Context, site: u64) -> Option<Gc<TypeName>> {
    cx.engine_tables().find_map(|tables| tables.type_names.find(site, |_| true)).map(|found| found.expect())
}

pub(crate) fn new_type_name(cx: &Context, definition: &TypeDefinition) -> Gc<TypeName> {
    let object = TypeName {
        name: definition.name,
        module: Field::new(definition.module),
        field_names: Field::new(Some(definition.field_names)),
        wrapper: Field::null(),
        site: definition.site,
        flags: Cell::new(definition.flags),
        n_bits: definition.n_bits,
        constant_fields: Field::null(),
    };
    let name = cx.allocate(cx.well_known().type_name(), object);
    table_insert(cx, cx.well_known().tables().type_names, definition.site, name.erase());
    name
}

/// Sets the wrapper: the type inside `where`s of its variables.
pub(crate) fn set_wrapper(cx: &Context, name: Gc<TypeName>, ty: Gc<DataType>) {
    let variables = ty.parameters.values().rev();
    let wrapper = variables.fold(ty.erase(), |body, variable| match variable.get::<TypeVar>() {
        Some(variable) => cx.new_union_all(variable, body).erase(),
        None => body,
    });
    cx.write(name, &name.wrapper, Some(wrapper));
}

fn set_kind(ty: Gc<DataType>, kind: Kind) {
    if ty.kind != kind as u32 {
        // SAFETY: the type was just made and has no instances; boot alone passes kinds other than `Plain`, with types
        // whose layouts begin with the struct.
        unsafe { (&raw mut (*ty.as_ptr()).kind).write(kind as u32) };
    }
}

/// Sets the declared supertype of a type from [`declare_type`]. Throws if it cannot be one, or if the type is known with
/// another supertype.
pub fn set_super(cx: &Context, ty: Gc<DataType>, super_type: Value) -> Outcome<()> {
    let name = ty.name.name.as_str();
    let allowed = super_type.get::<DataType>().filter(|above| {
        let own = cx.well_known();
        above.is_abstract() && !above.is_type_type() && above.name != ty.name && *above != own.builtin()
    });
    let Some(super_type) = allowed else {
        return Err(cx.error(&format!("invalid subtyping in definition of {name}: can only subtype abstract types.")));
    };
    if let Some(known) = ty.super_type.get() {
        if same_up_to_names(known.erase(), super_type.erase()) {
            return Ok(());
        }
        return Err(conflict(cx, name));
    }
    cx.write(ty, &ty.super_type, Some(super_type));
    if ty.is_abstract() || ty.has(flags::PRIMITIVE) {
        finish(cx, ty);
    }
    Ok(())
}

/// Sets the field types and completes the type. Throws where one is no type, or if the type is known with others.
pub fn set_field_types(cx: &Context, ty: Gc<DataType>, types: Gc<SimpleVector>) -> Outcome<()> {
    let name = ty.name.name.as_str();
    for field in types.values() {
        if !field.is_type() && !field.is::<TypeVar>() {
            let context = format!("{name}: in type definition");
            return Err(cx.throw_type_error(&context, "", cx.well_known().type_all().erase(), field));
        }
    }
    if let Some(known) = ty.field_types.get() {
        let same = known.len() == types.len()
            && known.values().zip(types.values()).all(|(known, new)| same_up_to_names(known, new));
        return if same { Ok(()) } else { Err(conflict(cx, name)) };
    }
    cx.write(ty, &ty.field_types, Some(types));
    finish(cx, ty);
    Ok(())
}

fn conflict(cx: &Context, name: &str) -> crate::errors::Thrown {
    cx.error(&format!(
        "invalid redefinition of type {name}: the same definition gave other supertype or field types before"
    ))
}

fn finish(cx: &Context, ty: Gc<DataType>) {
    let _guard = cx.heap().no_collect();
    layout::complete(cx, ty);
    layout::complete_waiting(cx, ty.name);
}

/// Structural equality where variables count as the same if their names are.
fn same_up_to_names(a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    match (a.view(), b.view()) {
        (View::Data(a), View::Data(b)) => {
            a.name == b.name
                && a.n_params() == b.n_params()
                && a.params().iter().zip(b.params()).all(|(a, b)| same_up_to_names(a.unwrap(), b.unwrap()))
        }
        (View::Var(a), View::Var(b)) => a.name == b.name,
        (View::All(a), View::All(b)) => {
            same_up_to_names(a.variable.erase(), b.variable.erase()) && same_up_to_names(a.body, b.body)
        }
        (View::Union(a), View::Union(b)) => same_up_to_names(a.a, b.a) && same_up_to_names(a.b, b.b),
        (View::Vararg(a), View::Vararg(b)) => {
            let same = |a: Option<Value>, b: Option<Value>| match (a, b) {
                (Some(a), Some(b)) => same_up_to_names(a, b),
                (a, b) => a == b,
            };
            same(a.element, b.element) && same(a.count, b.count)
        }
        (View::Other(a), View::Other(b)) => {
            let (ty, other) = (a.type_of(), b.type_of());
            ty == other && ty.is_bits() && ty.layout.size == 8 && {
                crate::values::boxes::unbox::<u64>(a) == crate::values::boxes::unbox::<u64>(b)
            }
        }
        _ => false,
    }
}

/// The generic function `name` of `module`: the only instance of a type below `Function`, the same in every context.
pub fn function_object(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Value {
    function_object_at(cx, module.site, Some(module), name)
}

/// The generic function `name` of the module with this site, which need not exist yet.
pub(crate) fn function_object_at(
    cx: &Context,
    module_site: u64,
    module: Option<Gc<Module>>,
    name: Gc<Symbol>,
) -> Value {
    singleton_function(cx, module, name, hash_mix(hash_mix(0xf0, module_site), name.hash), None)
}

/// A built-in function: the only instance of a type below `Core.Builtin`.
pub fn builtin_object(cx: &Context, name: Gc<Symbol>, number: u32) -> Value {
    let site = hash_mix(hash_bytes(b"builtin"), name.hash);
    singleton_function(cx, None, name, site, Some(number))
}

fn singleton_function(
    cx: &Context,
    module: Option<Gc<Module>>,
    name: Gc<Symbol>,
    site: u64,
    builtin: Option<u32>,
) -> Value {
    if let Some(known) = find_type_name(cx, site).and_then(primary_type)
        && let Some(instance) = known.instance.get()
    {
        return instance;
    }
    let _guard = cx.heap().no_collect();
    let type_name = cx.symbol(&format!("#{}", name.as_str()));
    let definition = TypeDefinition {
        module,
        name: type_name,
        params: &[],
        field_names: cx.svec(&[]),
        flags: name_flags::FUNCTION,
        n_bits: 0,
        n_initialized: 0,
        site,
        kind: Kind::Plain,
    };
    let ty = declare_type(cx, &definition);
    let well_known = cx.well_known();
    let above = if builtin.is_some() { well_known.builtin() } else { well_known.function() };
    cx.write(ty, &ty.super_type, Some(above));
    ty.builtin.set(builtin.map_or(0, |number| number + 1));
    cx.write(ty, &ty.field_types, Some(cx.svec(&[])));
    finish(cx, ty);
    ty.instance.unwrap()
}

/// Whether two declared types say the same, so that declaring the second again changes nothing.
pub fn equivalent_definitions(old: Value, new: Value) -> bool {
    let (Some(old), Some(new)) = (unwrap_union_all(old).get::<DataType>(), unwrap_union_all(new).get::<DataType>())
    else {
        return false;
    };
    if old == new {
        return true;
    }
    let names = |ty: Gc<DataType>| ty.name.field_names.get().map(|names| names.values().collect::<Vec<_>>());
    let fields = |ty: Gc<DataType>| ty.field_types.get().map(|types| types.values().collect::<Vec<_>>());
    let same_fields = match (fields(old), fields(new)) {
        (Some(old), Some(new)) => old.len() == new.len() && old.iter().zip(&new).all(|(&a, &b)| same_up_to_names(a, b)),
        (old, new) => old.is_none() && new.is_none(),
    };
    old.name.name == new.name.name
        && old.name.flags.get() == new.name.flags.get()
        && old.name.n_bits == new.name.n_bits
        && names(old) == names(new)
        && old.n_params() == new.n_params()
        && old.params().iter().zip(new.params()).all(|(a, b)| same_up_to_names(a.unwrap(), b.unwrap()))
        && same_fields
        && match (old.super_type.get(), new.super_type.get()) {
            (Some(old), Some(new)) => same_up_to_names(old.erase(), new.erase()),
            _ => true,
        }
}

/// `ty` inside `where`s of these variables, outermost first.
pub fn wrap_in(cx: &Context, ty: Value, variables: &[Gc<TypeVar>]) -> Value {
    variables.iter().rev().fold(ty, |body, &variable| union_all(cx, variable, body))
}
