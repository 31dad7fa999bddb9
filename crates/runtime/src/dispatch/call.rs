//! Calls: dispatch, then whatever runs the method instance.

use super::{cache, instances, lookup, tables, targets};
use crate::boot::{builtin_number, intrinsic_number};
use crate::context::{Compiler, Context};
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;

impl Context {
    /// Calls `arguments[0]` with the other arguments.
    pub fn apply(&self, arguments: &[Value]) -> Outcome {
        let function = arguments[0];
        if let Some(number) = builtin_number(function) {
            self.check_stack()?;
            return (self.execution()?.builtin)(self, number, &arguments[1..]);
        }
        if let Some(number) = intrinsic_number(self, function) {
            return (self.execution()?.intrinsic)(self, number, &arguments[1..]);
        }
        let instance = dispatch(self, arguments)?;
        run_instance(self, instance, arguments)
    }

    /// Calls `function` with these arguments.
    pub fn call(&self, function: Value, arguments: &[Value]) -> Outcome {
        let mut all: smallvec::SmallVec<[Value; 8]> = smallvec::SmallVec::with_capacity(arguments.len() + 1);
        all.push(function);
        all.extend_from_slice(arguments);
        self.apply(&all)
    }
}

/// The method instance that a call with these arguments runs. Throws `MethodError`.
#[inline]
pub fn dispatch(cx: &Context, arguments: &[Value]) -> Outcome<Gc<MethodInstance>> {
    if let Some(found) = cx.call_cache.find(arguments, cx.world_age()) {
        return Ok(found);
    }
    dispatch_slow(cx, arguments)
}

#[inline(never)]
fn dispatch_slow(cx: &Context, arguments: &[Value]) -> Outcome<Gc<MethodInstance>> {
    cx.check_stack()?;
    let _guard = cx.heap().no_collect();
    let types = argument_tuple(cx, arguments);
    if let Some(found) = cache::recall(cx, arguments, types) {
        return Ok(found);
    }
    let mut ambiguous = false;
    let found = lookup::find_method(cx, types.erase(), cx.world_age(), &mut ambiguous)?;
    let Some((method, static_params)) = found else {
        return Err(cx.throw_method_error(arguments[0], &arguments[1..]));
    };
    let spec_types = instances::specialized_types(cx, method, types.erase());
    let instance = instances::method_instance(cx, method, spec_types, static_params);
    if !types.has_free_variables() {
        cache::remember(cx, arguments, types, instance);
    }
    Ok(instance)
}

/// The tuple of the types dispatch sees.
fn argument_tuple(cx: &Context, arguments: &[Value]) -> Gc<DataType> {
    let elements: Vec<Value> = arguments.iter().map(|&argument| tables::type_of_argument(cx, argument)).collect();
    types::tuple_type_of_concrete(cx, &elements)
}

/// Runs a method instance: compiled code if there is some or the policy makes some, else the interpreter.
pub fn run_instance(cx: &Context, instance: Gc<MethodInstance>, arguments: &[Value]) -> Outcome {
    cx.check_stack()?;
    if let Some(compiler) = cx.compiler()
        && let Some(code) = native_code(cx, &*compiler, instance)?
    {
        return compiler.call(cx, code, arguments);
    }
    (cx.execution()?.interpret)(cx, instance, arguments)
}

fn native_code(
    cx: &Context,
    compiler: &dyn Compiler,
    instance: Gc<MethodInstance>,
) -> Outcome<Option<Gc<CodeInstance>>> {
    match instances::valid_code(instance, cx.world_age()) {
        Some(code) if code.code.has(crate::objects::code_flags::COMPILED) => Ok(Some(code)),
        _ => compiler.compile(cx, instance),
    }
}

/// What compiled code calls whose callee it does not know, and does not remember to have called with such arguments.
pub(crate) fn apply_from_code(cx: &Context, arguments: &[Value]) -> Outcome {
    let function = arguments[0];
    if builtin_number(function).is_some() || intrinsic_number(cx, function).is_some() {
        return cx.apply(arguments);
    }
    let instance = dispatch(cx, arguments)?;
    cx.check_stack()?;
    if let Some(compiler) = cx.compiler()
        && let Some(code) = native_code(cx, &*compiler, instance)?
    {
        targets::remember(cx, &*compiler, arguments, code);
        return compiler.call(cx, code, arguments);
    }
    (cx.execution()?.interpret)(cx, instance, arguments)
}

/// `invoke(f, types, args...)`: calls the method that a call with argument types `types` (without the function's) goes to.
pub fn invoke(cx: &Context, types: Value, arguments: &[Value]) -> Outcome {
    let full = match types.get::<DataType>().filter(|tuple| tuple.is_tuple()) {
        Some(tuple) => {
            let mut elements = vec![tables::type_of_argument(cx, arguments[0])];
            elements.extend(tuple.params().iter().map(Field::unwrap));
            let _guard = cx.heap().no_collect();
            types::tuple_type(cx, &elements)
        }
        None => {
            let expected = cx.well_known().any_tuple().erase();
            return Err(cx.throw_type_error("invoke", "", expected, types));
        }
    };
    if let Some((_, rest)) = arguments.split_first() {
        let actual = argument_tuple(cx, arguments).erase();
        if !types::try_subtype(cx, actual, full)? {
            let given = types::tuple_type(cx, &rest.iter().map(|value| value.type_of().erase()).collect::<Vec<_>>());
            return Err(cx.throw_type_error("invoke", "argument type error", types, given));
        }
    }
    let mut ambiguous = false;
    let found = lookup::find_method(cx, full, cx.world_age(), &mut ambiguous)?;
    let Some((method, _)) = found else {
        return Err(cx.throw_method_error(arguments[0], &arguments[1..]));
    };
    let actual = argument_tuple(cx, arguments).erase();
    let mut env = Vec::new();
    if !types::subtype_with_env(cx, actual, method.signature, &mut env)? {
        return Err(cx.throw_method_error(arguments[0], &arguments[1..]));
    }
    let spec_types = instances::specialized_types(cx, method, actual);
    let instance = instances::method_instance(cx, method, spec_types, cx.svec(&env));
    run_instance(cx, instance, arguments)
}

/// Whether a call with these arguments finds a method (or is a built-in function's).
pub fn applicable(cx: &Context, arguments: &[Value]) -> Outcome<bool> {
    if builtin_number(arguments[0]).is_some() || intrinsic_number(cx, arguments[0]).is_some() {
        return Ok(true);
    }
    let types = argument_tuple(cx, arguments);
    if cache::recall(cx, arguments, types).is_some() {
        return Ok(true);
    }
    let mut ambiguous = false;
    Ok(lookup::find_method(cx, types.erase(), cx.world_age(), &mut ambiguous)?.is_some())
}
