//! Statements about globals and definitions. Literals are the module's own bindings.

use smallvec::SmallVec;
use tintype_hir::Body;

use crate::context::Context;
use crate::dispatch;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::values::allocate::{hash_bytes, hash_mix};

pub(super) fn read(cx: &Context, literal: Value) -> Outcome {
    modules::read(cx, literal.expect::<Binding>())
}

/// Assigns; the result is the value.
pub(super) fn assign(cx: &Context, literal: Value, value: Value) -> Outcome {
    modules::assign(cx, literal.expect::<Binding>(), value)?;
    Ok(value)
}

pub(super) fn is_defined(cx: &Context, literal: Value) -> bool {
    modules::resolve_binding(cx, literal.expect::<Binding>()).value.get().is_some()
}

pub(super) fn declare_const(cx: &Context, literal: Value, value: Value) -> Outcome<()> {
    let binding = literal.expect::<Binding>();
    modules::declare_const(cx, binding.module, binding.name, value)
}

pub(super) fn declare(cx: &Context, literal: Value) -> Outcome<()> {
    let binding = literal.expect::<Binding>();
    modules::declare_global(cx, binding.module, binding.name);
    Ok(())
}

/// The generic function of a name, made and bound if the name means nothing yet.
pub(super) fn define_function(cx: &Context, literal: Value) -> Outcome {
    let binding = literal.expect::<Binding>();
    modules::generic_function(cx, binding.module, binding.name)
}

/// Adds a method. The literal is `svec(encoded body, literal pool)`; the result is the method.
pub(super) fn define_method(cx: &Context, module: Gc<Module>, signature: Value, literal: Value) -> Outcome {
    let parts = literal.expect::<SimpleVector>();
    let source = parts.at(0).expect::<Bytes>();
    let literals = parts.at(1).expect::<SimpleVector>();
    let body = cx.interpreter.decoded(source);
    let signature = signature.expect::<SimpleVector>();
    let argument_types: SmallVec<[Value; 8]> = signature.at(0).expect::<SimpleVector>().values().collect();
    let variables: SmallVec<[Gc<TypeVar>; 4]> =
        signature.at(1).expect::<SimpleVector>().values().map(|variable| variable.expect()).collect();
    let definition = dispatch::MethodDefinition {
        module,
        name: cx.symbol(&body.name),
        file: cx.symbol(body.lines.first().map_or("none", |line| &line.file)),
        line: body.lines.first().map_or(0, |line| line.line),
        argument_types: &argument_types,
        variables: &variables,
        is_vararg: body.is_vararg,
        flags: flags_of(&body),
        no_specialize: no_specialize(&body),
        source: Some(source),
        literals: Some(literals),
        param_names: Some(param_names(cx, &body)),
        body_hash: hash_mix(hash_bytes(source.tail()), cx.source_site.get()),
    };
    Ok(dispatch::add_method(cx, &definition)?.erase())
}

fn flags_of(body: &Body) -> u32 {
    let inline = match body.inline {
        Some(true) => method_flags::INLINE,
        Some(false) => method_flags::NO_INLINE,
        None => 0,
    };
    inline
        | if body.propagate_inbounds { method_flags::PROPAGATE_INBOUNDS } else { 0 }
        | if body.generated { method_flags::GENERATED } else { 0 }
}

/// Bit `i`: parameter `i` is not to be specialised.
fn no_specialize(body: &Body) -> u32 {
    let params = body.slots.iter().take(body.n_params.min(32) as usize);
    params.enumerate().filter(|(_, slot)| slot.no_specialize).fold(0, |bits, (i, _)| bits | 1 << i)
}

fn param_names(cx: &Context, body: &Body) -> Gc<SimpleVector> {
    let params = body.slots.iter().take(body.n_params as usize).map(|slot| &slot.name);
    let names: SmallVec<[Value; 8]> = params.chain(&body.static_params).map(|name| cx.symbol(name).erase()).collect();
    cx.svec(&names)
}
