//! Method instances: a method for given argument types, found or made.

use super::tables::tables_for;
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types::structure::{type_hash, types_egal};
use crate::types::tuples::{tuple_parts, tuple_type};
use std::cell::Cell;

/// Beyond this many arguments taken by a vararg, types of single arguments are no longer told apart.
const MAX_VARARGS: usize = 12;

/// The types to specialise `method` for when it is called with `types`: arguments marked `@nospecialize` have their
/// declared types, and long varargs one common type.
pub fn specialized_types(cx: &Context, method: Gc<Method>, types: Value) -> Value {
    // A generator is to see the types as they are.
    if method.has(method_flags::GENERATED) {
        return types;
    }
    let Some(tuple) = types.get::<DataType>().filter(|tuple| tuple.is_tuple()) else { return types };
    let n_fixed = method.n_params as usize - usize::from(method.is_vararg());
    let (parts, rest) = tuple_parts(&tuple);
    let too_many = method.is_vararg() && rest.is_none() && parts.len() > n_fixed + MAX_VARARGS;
    let declared = crate::types::unwrap_union_all(method.signature);
    let declared = declared.get::<DataType>().filter(|tuple| !tuple.has_free_variables());
    let no_specialize = if declared.is_some() { method.no_specialize } else { 0 };
    if !too_many && no_specialize == 0 {
        return types;
    }
    let _guard = cx.heap().no_collect();
    let mut elements: Vec<Value> = parts.iter().map(Field::unwrap).collect();
    if let Some(declared) = declared {
        let (wide, _) = tuple_parts(&declared);
        for (i, element) in elements.iter_mut().enumerate().take(wide.len().min(32)) {
            if no_specialize >> i & 1 != 0 {
                *element = wide[i].unwrap();
            }
        }
    }
    if too_many {
        let first = elements[n_fixed];
        let same = elements[n_fixed..].iter().all(|&element| element == first);
        let element = if same { first } else { cx.well_known().any().erase() };
        elements.truncate(n_fixed);
        elements.push(cx.new_vararg(Some(element), None).erase());
    } else if let Some(rest) = rest {
        elements.push(rest.erase());
    }
    let wide = tuple_type(cx, &elements);
    if crate::types::is_subtype(cx, wide, method.signature) { wide } else { types }
}

/// The instance of `method` for `spec_types` (taken as they are), if it was made before.
pub fn find_instance(cx: &Context, method: Gc<Method>, spec_types: Value) -> Option<Gc<MethodInstance>> {
    let hash = type_hash(cx, spec_types)?;
    let matches = |entry: Value| types_egal(cx, entry.expect::<MethodInstance>().spec_types, spec_types);
    method.specializations.find(hash, matches).map(|found| found.expect())
}

/// The instance of `method` for `spec_types`, taken as they are (see [`specialized_types`]).
pub fn method_instance(
    cx: &Context,
    method: Gc<Method>,
    spec_types: Value,
    static_params: Gc<SimpleVector>,
) -> Gc<MethodInstance> {
    if let Some(found) = find_instance(cx, method, spec_types) {
        return found;
    }
    let hash = type_hash(cx, spec_types);
    let instance = new_instance(cx, Some(method), spec_types, static_params, hash.unwrap_or(0));
    if let Some(hash) = hash {
        table_insert(cx, method.specializations, hash, instance.erase());
    }
    instance
}

/// A method instance that is in no table: for top-level code (no method), or types that have no structural hash.
pub fn new_instance(
    cx: &Context,
    method: Option<Gc<Method>>,
    spec_types: Value,
    static_params: Gc<SimpleVector>,
    hash: u64,
) -> Gc<MethodInstance> {
    let object = MethodInstance {
        method,
        spec_types,
        static_params,
        hash,
        cache: Field::null(),
        backedges: Field::null(),
        n_backedges: Cell::new(0),
        flags: Cell::new(0),
        n_calls: Cell::new(0),
        generated: Field::null(),
    };
    cx.allocate(cx.well_known().method_instance(), object)
}

/// The instance that `precompile(f, types)` means: of the one method every call with these types goes to. `None` if
/// there is no such method.
pub fn precompile_instance(cx: &Context, types: Value) -> Outcome<Option<Gc<MethodInstance>>> {
    if tables_for(cx, types).is_empty() {
        return Ok(None);
    }
    let mut ambiguous = false;
    let found = super::find_method(cx, types, cx.world_age(), &mut ambiguous)?;
    let Some((method, static_params)) = found else { return Ok(None) };
    let spec_types = specialized_types(cx, method, types);
    let instance = method_instance(cx, method, spec_types, static_params);
    instance.flags.set(instance.flags.get() | 1);
    Ok(Some(instance))
}

/// The newest code of an instance whose facts hold in `world`.
#[inline]
pub fn valid_code(instance: Gc<MethodInstance>, world: u64) -> Option<Gc<CodeInstance>> {
    let mut at = instance.cache.get();
    while let Some(code_instance) = at {
        if code_instance.valid_in(world) {
            return Some(code_instance);
        }
        at = code_instance.next.get();
    }
    None
}
