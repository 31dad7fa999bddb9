//! What programs ask about types, functions and modules, and about the run-time system itself.

use crate::context::Context;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::show;
use crate::types;
use crate::values::allocate::hash_mix;
use crate::values::boxes;
use crate::values::egal::structural_hash;
use crate::values::structs;

fn text(cx: &Context, text: &str) -> Value {
    cx.new_string(text.as_bytes()).erase()
}

/// `applicable(f, arguments...)`.
pub(super) fn applicable(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(crate::dispatch::applicable(cx, arguments)?))
}

/// `objectid(x)`: of a mutable object a number given when first asked for, of anything else a hash of its content.
pub(super) fn object_id(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_uint64(identity(cx, arguments[0])?))
}

/// Equal for values that no program can tell apart.
fn identity(cx: &Context, object: Value) -> Outcome<u64> {
    cx.check_stack()?;
    let ty = object.type_of();
    let start = hash_mix(0x6f62_6a69, ty.hash.get());
    if let Some(vector) = object.get::<SimpleVector>() {
        return vector.tail().iter().try_fold(start, |hash, slot| part_identity(cx, hash, slot.get()));
    }
    if ty.kind == Kind::Plain as u32 && !ty.is_mutable() && !ty.is_bits() {
        return (0..ty.n_fields())
            .try_fold(start, |hash, field| part_identity(cx, hash, structs::get_field(cx, object, field)));
    }
    if !ty.is_mutable()
        && let Some(hash) = structural_hash(cx, object)
    {
        return Ok(hash);
    }
    if let Some(id) = cx.heap().object_id(object) {
        return Ok(id);
    }
    let id = hash_mix(0x6f62_6a69, cx.next_object_id());
    cx.heap().set_object_id(object, id);
    Ok(id)
}

fn part_identity(cx: &Context, hash: u64, part: Option<Value>) -> Outcome<u64> {
    Ok(hash_mix(hash, part.map_or(Ok(0), |part| identity(cx, part))?))
}

/// A type as Julia prints it; with a second type, as a part of that one.
pub(super) fn type_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let shown = match arguments {
        [part, whole] => show::types::part_text(cx, *part, *whole),
        _ => show::types::type_text(cx, arguments[0]),
    };
    Ok(text(cx, &shown))
}

/// The name of a type without its parameters, a symbol.
pub(super) fn type_name_symbol(cx: &Context, arguments: &[Value]) -> Outcome {
    match types::unwrap_union_all(arguments[0]).get::<DataType>() {
        Some(ty) => Ok(ty.name.name.erase()),
        None => Err(cx.throw_type_error("nameof", "", cx.well_known().data_type().erase(), arguments[0])),
    }
}

/// The name under which a function prints.
pub(super) fn function_name(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(text(cx, &show::names::function_name(cx, arguments[0])))
}

/// The path of a module.
pub(super) fn module_name(cx: &Context, arguments: &[Value]) -> Outcome {
    match arguments[0].get::<Module>() {
        Some(module) => Ok(text(cx, &show::names::module_path(module))),
        None => Err(cx.throw_type_error("show", "", cx.well_known().module().erase(), arguments[0])),
    }
}

/// `_precompile(f, argument_types)`: compiles the method for these types if exactly one matches; whether it did.
pub(super) fn precompile(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(types) = arguments[1].get::<DataType>().filter(|tuple| tuple.is_tuple()) else {
        return Err(cx.throw_type_error("precompile", "", cx.well_known().any_tuple().erase(), arguments[1]));
    };
    let mut signature = vec![crate::dispatch::type_of_argument(cx, arguments[0])];
    signature.extend(types.params().iter().map(Field::unwrap));
    let signature = types::tuple_type(cx, &signature);
    let Some(instance) = crate::dispatch::precompile_instance(cx, signature)? else { return Ok(cx.box_bool(false)) };
    if let Some(compiler) = cx.compiler() {
        compiler.compile(cx, instance)?;
    }
    Ok(cx.box_bool(true))
}

/// `_return_type(f, Tuple{...})`: a type of everything the call can return, as narrow as inference finds it; `Any`
/// where there is no inference.
pub(super) fn return_type(cx: &Context, arguments: &[Value]) -> Outcome {
    match cx.return_type() {
        Some(return_type) => return_type(cx, arguments[0], arguments[1]),
        None => Ok(cx.well_known().any().erase()),
    }
}

/// `_gc()`: collects now.
pub(super) fn collect_garbage(cx: &Context, _arguments: &[Value]) -> Outcome {
    cx.mutator().collect();
    Ok(cx.nothing())
}

/// `_gc_statistics()`: bytes allocated so far, collections, and nanoseconds spent in them.
pub(super) fn collector_statistics(cx: &Context, _arguments: &[Value]) -> Outcome {
    let stats = cx.heap().stats();
    let numbers = [cx.mutator().bytes_allocated(), stats.collections, stats.total_pause_ns];
    let boxed = numbers.map(|number| cx.box_int64(i64::try_from(number).unwrap_or(i64::MAX)));
    Ok(structs::new_tuple(cx, &boxed))
}

fn module_and_name(cx: &Context, function: &str, arguments: &[Value]) -> Outcome<(Gc<Module>, Gc<Symbol>)> {
    let w = cx.well_known();
    let wrong = |expected: Gc<DataType>, value| cx.throw_type_error(function, "", expected.erase(), value);
    let module = arguments[0].get::<Module>().ok_or_else(|| wrong(w.module(), arguments[0]))?;
    let name = arguments[1].get::<Symbol>().ok_or_else(|| wrong(w.symbol(), arguments[1]))?;
    Ok((module, name))
}

pub(super) fn global_is_defined(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, name) = module_and_name(cx, "isdefinedglobal", arguments)?;
    Ok(cx.box_bool(modules::is_defined(cx, module, name)))
}

pub(super) fn get_global(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, name) = module_and_name(cx, "getglobal", arguments)?;
    modules::get_global(cx, module, name)
}

pub(super) fn set_global(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, name) = module_and_name(cx, "setglobal!", arguments)?;
    modules::set_global(cx, module, name, arguments[2])?;
    Ok(arguments[2])
}

/// `set_binding_type!(module, name, T)`.
pub(super) fn set_binding_type(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, name) = module_and_name(cx, "set_binding_type!", arguments)?;
    let ty = arguments.get(2).copied().unwrap_or(cx.well_known().any().erase());
    if !ty.is_type() {
        return Err(cx.throw_type_error("set_binding_type!", "", cx.well_known().type_all().erase(), ty));
    }
    modules::declare_global_type(cx, module, name, ty)?;
    Ok(cx.nothing())
}

/// `_names(module, all, imported)`.
pub(super) fn module_names(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(module) = arguments[0].get::<Module>() else {
        return Err(cx.throw_type_error("names", "", cx.well_known().module().erase(), arguments[0]));
    };
    let truth = |value| boxes::unbox_bool(cx, value).unwrap_or(false);
    Ok(cx.svec_of(&modules::names(module, truth(arguments[1]), truth(arguments[2]))).erase())
}

/// `_binding_info(module, name)`: the module that owns the name, and bits: 1 constant, 2 exported. `nothing` where the
/// name is not known.
pub(super) fn binding_info(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, name) = module_and_name(cx, "binding_module", arguments)?;
    let exported = modules::find_binding(module, name).is_some_and(|own| own.has(binding_flags::EXPORTED));
    let binding = modules::resolve(cx, module, name);
    if binding.value.get().is_none() && !binding.has(binding_flags::DECLARED) {
        return Ok(cx.nothing());
    }
    let bits = i64::from(binding.has(binding_flags::CONST)) | i64::from(exported) << 1;
    Ok(cx.svec(&[binding.module.erase(), cx.box_int64(bits)]).erase())
}

fn simple_vector(cx: &Context, function: &str, value: Value) -> Outcome<Gc<SimpleVector>> {
    value.get().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().simple_vector().erase(), value))
}

/// `_svec_length(v)`.
pub(super) fn svec_length(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_int64(simple_vector(cx, "length", arguments[0])?.len() as i64))
}

/// `_svec_ref(v, i)`, counted from 1.
pub(super) fn svec_ref(cx: &Context, arguments: &[Value]) -> Outcome {
    let vector = simple_vector(cx, "getindex", arguments[0])?;
    let at = boxes::as_int64(cx, arguments[1]).and_then(|at| usize::try_from(at - 1).ok());
    match at.and_then(|at| vector.tail().get(at)) {
        Some(slot) => slot.get().ok_or_else(|| cx.throw_undef_ref()),
        None => Err(cx.throw_bounds(arguments[0], Some(arguments[1]))),
    }
}

/// `_parentmodule(x)`: of a module its parent, of a type the module it was declared in; `nothing` if it has none.
pub(super) fn parent_module(cx: &Context, arguments: &[Value]) -> Outcome {
    let parent = match arguments[0].get::<Module>() {
        // The base library lies in no module; programs see it below theirs.
        Some(module) if cx.world().base.get() == Some(module) => cx.world().main.get(),
        Some(module) => Some(module.parent.get().unwrap_or(module)),
        None => types::unwrap_union_all(arguments[0]).get::<DataType>().and_then(|ty| ty.name.module.get()),
    };
    Ok(parent.map_or(cx.nothing(), Gc::erase))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_number_names_its_own_function() {
        for (number, info) in super::super::TABLE.iter().enumerate() {
            assert_eq!(usize::from(info.builtin.number()), number, "{}", info.name);
        }
    }
}
