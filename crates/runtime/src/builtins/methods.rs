//! What programs ask about methods, and calls in another world than the running one.

use crate::context::Context;
use crate::dispatch;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;
use crate::values::boxes;

/// What the unused first parameter of a method for keyword calls is named, before the keywords it takes.
const KEYWORD_METHOD: &str = "#kwcall#";

fn method(cx: &Context, function: &str, value: Value) -> Outcome<Gc<Method>> {
    value.get().ok_or_else(|| cx.throw_type_error(function, "", cx.well_known().method().erase(), value))
}

/// A tuple type, possibly inside `where`s: the types of a call, the function's first.
fn signature(cx: &Context, function: &str, value: Value) -> Outcome {
    let tuple = types::unwrap_union_all(value).get::<DataType>().filter(|tuple| tuple.is_tuple());
    match tuple {
        Some(_) => Ok(value),
        None => Err(cx.throw_type_error(function, "", cx.well_known().any_tuple().erase(), value)),
    }
}

fn world(cx: &Context, function: &str, value: Value) -> Outcome<u64> {
    let w = cx.well_known();
    if value.type_of() == w.uint64() {
        return Ok(boxes::unbox(value));
    }
    Err(cx.throw_type_error(function, "", w.uint64().erase(), value))
}

/// `_methods(signature, world)`: the methods that calls of this signature may go to, more specific ones first.
pub(super) fn methods(cx: &Context, arguments: &[Value]) -> Outcome {
    let signature = signature(cx, "methods", arguments[0])?;
    let found = dispatch::all_matching(cx, signature, world(cx, "methods", arguments[1])?)?;
    Ok(cx.svec_of(&found).erase())
}

/// `_which(signature, world)`: the method every call of this signature goes to; `nothing` if there is none, `false` if several
/// match equally well.
pub(super) fn which(cx: &Context, arguments: &[Value]) -> Outcome {
    let signature = signature(cx, "which", arguments[0])?;
    let mut ambiguous = false;
    let found = dispatch::find_method(cx, signature, world(cx, "which", arguments[1])?, &mut ambiguous)?;
    Ok(match found {
        Some((method, _)) => method.erase(),
        None if ambiguous => cx.box_bool(false),
        None => cx.nothing(),
    })
}

/// `_method_names(m)`: names of the parameters, the function's own first, then of the static parameters.
pub(super) fn parameter_names(cx: &Context, arguments: &[Value]) -> Outcome {
    let method = method(cx, "_method_names", arguments[0])?;
    Ok(method.param_names.unwrap_or_else(|| cx.svec(&[])).erase())
}

/// `_method_isva(m)`: whether the last parameter takes the rest.
pub(super) fn is_vararg(cx: &Context, arguments: &[Value]) -> Outcome {
    Ok(cx.box_bool(method(cx, "_method_isva", arguments[0])?.is_vararg()))
}

/// `_method_worlds(m)`: the first and the last world it can be called in.
pub(super) fn worlds(cx: &Context, arguments: &[Value]) -> Outcome {
    let method = method(cx, "_method_worlds", arguments[0])?;
    let pair = [cx.box_uint64(method.primary_world.get()), cx.box_uint64(method.deleted_world.get())];
    Ok(cx.svec(&pair).erase())
}

/// `_keyword_names(m)`: the keywords a method takes; `name...` stands for any others.
pub(super) fn keyword_names(cx: &Context, arguments: &[Value]) -> Outcome {
    let method = method(cx, "_keyword_names", arguments[0])?;
    let w = cx.well_known();
    let _guard = cx.heap().no_collect();
    let Some(own) = types::unwrap_union_all(method.signature).get::<DataType>() else {
        return Ok(cx.svec(&[]).erase());
    };
    let mut elements = vec![w.kwcall_type().erase(), w.named_tuple().erase()];
    elements.extend(own.params().iter().map(Field::unwrap));
    let sorted = types::wrap_like(cx, types::tuples::tuple_type_from(cx, &elements)?, method.signature);
    let Some(kwcall) = w.kwcall_type().instance.get() else { return Ok(cx.svec(&[]).erase()) };
    let Some(table) = dispatch::table_of(cx, kwcall) else { return Ok(cx.svec(&[]).erase()) };
    let found = dispatch::methods_of(table, cx.world_counter())
        .find(|other| other.n_params == method.n_params + 2 && types::type_equal(cx, other.signature, sorted));
    let names = found.and_then(|found| found.param_names?.tail().first()?.get()?.get::<Symbol>());
    let listed = names.as_ref().and_then(|names| names.as_str().strip_prefix(KEYWORD_METHOD)).unwrap_or_default();
    let listed = listed.split(' ').filter(|name| !name.is_empty());
    let names: Vec<Value> = listed.map(|name| cx.symbol(name).erase()).collect();
    Ok(cx.svec(&names).erase())
}

/// `_delete_method(m)`: it is not called any more from a new world on.
pub(super) fn delete(cx: &Context, arguments: &[Value]) -> Outcome {
    let method = method(cx, "delete_method", arguments[0])?;
    if !method.visible_in(cx.world_counter()) {
        return Err(cx.error("method deletion failed: the method is not in use"));
    }
    dispatch::delete_method(cx, method);
    Ok(cx.nothing())
}

/// `_world_counter()`: the newest world.
pub(super) fn world_counter(cx: &Context, _arguments: &[Value]) -> Outcome {
    Ok(cx.box_uint64(cx.world_counter()))
}

/// `_world_age()`: the world the program runs in here.
pub(super) fn world_age(cx: &Context, _arguments: &[Value]) -> Outcome {
    Ok(cx.box_uint64(cx.world_age()))
}

/// `_call_in_world(world, f, arguments...)`: a call that sees what was defined in that world. A world yet to come is the
/// newest one.
pub(super) fn call_in_world(cx: &Context, arguments: &[Value]) -> Outcome {
    let wanted = world(cx, "invoke_in_world", arguments[0])?;
    let before = cx.task().world_age.replace(wanted.min(cx.world_counter()));
    let outcome = cx.apply(&arguments[1..]);
    cx.task().world_age.set(before);
    outcome
}
