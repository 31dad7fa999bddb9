//! Generic calls: which methods can match, and what they return.

use tintype_runtime::builtins::Builtin;
use tintype_runtime::dispatch::{self, Match, Matches};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome, boot, types};

use crate::builtins;
use crate::lattice::Lattice;
use crate::return_type;
use crate::session::Session;

/// More matching methods than this, and the result is not looked into.
pub(crate) const MAX_METHODS: usize = 4;
/// Argument types are split into at most this many combinations.
const MAX_SPLIT: usize = 4;

/// The result of calling `args[0]`, which is not a built-in function, with the others.
pub(crate) fn generic_result(cx: &Context, session: &mut Session<'_>, args: &[Lattice]) -> Outcome<Lattice> {
    if may_be_builtin(cx, &args[0]) {
        return Ok(Lattice::any(cx));
    }
    let mut joined = Lattice::Bottom;
    for signature in signatures(cx, args) {
        let Some(matches) = matching(cx, session, signature)? else { return Ok(Lattice::any(cx)) };
        for found in &matches.list {
            let narrowed = narrow_arguments(cx, args, found);
            let known = session.result_of_match(cx, found, &narrowed)?;
            joined = joined.join(cx, &known);
        }
    }
    Ok(joined)
}

/// Whether a callee that is not a known value may be a built-in function or a primitive operation, which have no methods.
pub(crate) fn may_be_builtin(cx: &Context, callee: &Lattice) -> bool {
    let w = cx.well_known();
    let has_methods = |ty: Value| {
        let data = types::unwrap_union_all(ty).get::<DataType>();
        data.is_some_and(|data| data.is_type_type() || data.is_concrete() && data != w.intrinsic_function())
    };
    callee.constant().is_none() && !types::union_components(callee.widen(cx)).into_iter().all(has_methods)
}

/// The result of calling whatever `args[0]` is.
pub(crate) fn generic_or_builtin(cx: &Context, session: &mut Session<'_>, args: &[Lattice]) -> Outcome<Lattice> {
    if args.iter().any(Lattice::is_bottom) {
        return Ok(Lattice::Bottom);
    }
    if let Some(function) = args[0].constant() {
        if let Some(number) = boot::builtin_number(function) {
            if let Some(spread) = builtins::spread_arguments(cx, number as u16, &args[1..]) {
                return generic_or_builtin(cx, session, &spread);
            }
            if number as u16 == Builtin::ReturnType.number() {
                return return_type::folded(cx, session, &args[1..]);
            }
            return Ok(builtins::builtin_result(cx, number as u16, &args[1..]));
        }
        if let Some(number) = boot::intrinsic_number(cx, function) {
            return Ok(builtins::intrinsic_result(cx, number as u16, &args[1..]));
        }
    }
    generic_result(cx, session, args)
}

/// The result of calling a known method instance.
pub(crate) fn result_of_instance(
    cx: &Context,
    session: &mut Session<'_>,
    target: Gc<MethodInstance>,
    args: &[Lattice],
) -> Outcome<Lattice> {
    session.result_of_instance(cx, target, args)
}

/// The methods a call of this signature can reach, as an edge; `None` if they are too many or cannot be told.
pub(crate) fn matching(cx: &Context, session: &mut Session<'_>, signature: Value) -> Outcome<Option<Matches>> {
    let matches = dispatch::matching_methods(cx, signature, cx.world_counter(), MAX_METHODS)?;
    if let Some(matches) = &matches {
        session.edges().dispatch(signature, matches.sites());
    }
    Ok(matches)
}

/// The call's signatures: one, or one per combination of members where arguments are small unions.
pub(crate) fn signatures(cx: &Context, args: &[Lattice]) -> Vec<Value> {
    let members: Vec<Vec<Value>> = args
        .iter()
        .map(|arg| match arg {
            Lattice::Const(_) => vec![arg.signature_type(cx)],
            _ => types::union_components(arg.widen(cx)).to_vec(),
        })
        .collect();
    let combinations: usize = members.iter().map(Vec::len).product();
    if combinations <= 1 || combinations > MAX_SPLIT {
        let whole: Vec<Value> = args.iter().map(|arg| arg.signature_type(cx)).collect();
        return vec![types::tuple_type(cx, &whole)];
    }
    let mut lists: Vec<Vec<Value>> = vec![Vec::new()];
    for choices in &members {
        lists = lists
            .iter()
            .flat_map(|list| {
                choices.iter().map(move |&choice| {
                    let mut list = list.clone();
                    list.push(choice);
                    list
                })
            })
            .collect();
    }
    lists.iter().map(|list| types::tuple_type(cx, list)).collect()
}

/// Arguments as the matched method sees them.
fn narrow_arguments(cx: &Context, args: &[Lattice], found: &Match) -> Vec<Lattice> {
    let Some(spec) = types::unwrap_union_all(found.spec_types).get::<DataType>() else { return args.to_vec() };
    let (fixed, _) = types::tuples::tuple_parts(&spec);
    args.iter()
        .enumerate()
        .map(|(i, arg)| match (arg, fixed.get(i)) {
            (Lattice::Type(_), Some(field)) if !types::has_free_variables(field.unwrap()) => {
                arg.narrow(cx, field.unwrap())
            }
            _ => arg.clone(),
        })
        .collect()
}

/// The method instance a match is run as.
pub(crate) fn instance_of_match(cx: &Context, found: &Match) -> Gc<MethodInstance> {
    let spec_types = dispatch::specialized_types(cx, found.method, found.spec_types);
    dispatch::method_instance(cx, found.method, spec_types, found.static_params)
}
