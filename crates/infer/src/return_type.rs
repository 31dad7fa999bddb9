//! What a call would return, as a question programs ask: `_return_type(f, Tuple{argument types...})`. Collections made
//! from nothing take their element type from the answer. The answer to it inside compiled code is a constant, with the
//! edges of everything that was looked at.

use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome, dispatch, types};

use crate::calls;
use crate::lattice::Lattice;
use crate::session::Session;

/// The type of what `function` returns for arguments of the types in the tuple type `argument_types`, in the newest
/// world: a supertype of the type of every result; `Union{}` when the call never returns.
///
/// # Errors
/// `StackOverflowError`; nothing else is thrown.
pub fn return_type(cx: &Context, function: Value, argument_types: Value) -> Outcome<Value> {
    let mut session = Session::new(cx);
    let known =
        result(cx, &mut session, Lattice::of_type(cx, dispatch::type_of_argument(cx, function)), argument_types)?;
    Ok(known.widen(cx))
}

/// `_return_type` on what is known of its two arguments: a constant where both are known well enough.
pub(crate) fn folded(cx: &Context, session: &mut Session<'_>, args: &[Lattice]) -> Outcome<Lattice> {
    let [function, argument_types] = args else { return Ok(Lattice::Bottom) };
    let is_known =
        function.constant().is_some() || function.widen(cx).get::<DataType>().is_some_and(|ty| ty.is_concrete());
    match argument_types.constant() {
        Some(argument_types) if is_known => {
            let known = result(cx, session, function.clone(), argument_types)?;
            Ok(Lattice::Const(known.widen(cx)))
        }
        _ => Ok(Lattice::Type(cx.well_known().type_all().erase())),
    }
}

fn result(cx: &Context, session: &mut Session<'_>, function: Lattice, argument_types: Value) -> Outcome<Lattice> {
    let Some(tuple) = argument_types.get::<DataType>().filter(|data| data.is_tuple()) else {
        return Ok(Lattice::any(cx));
    };
    let (fixed, rest) = types::tuples::tuple_parts(&tuple);
    if rest.is_some() {
        return Ok(Lattice::any(cx));
    }
    let mut args = vec![function];
    args.extend(fixed.iter().map(|slot| Lattice::of_type(cx, slot.unwrap())));
    calls::generic_or_builtin(cx, session, &args)
}
