//! Language-level optimisation of an analysed body: calls are resolved, constants folded, spread arguments written out,
//! small unions split, small callees inlined; then the body is analysed again, since every one of these teaches something.
//!
//! Scalar replacement and everything about machine types is left to the SSA passes.

mod clean;
mod cost;
mod forward;
mod inline;
mod rebuild;
mod resolve;

use tintype_hir::{TypeRef, TypedBody};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome};

use crate::analyse::analyse;
use crate::lattice::Lattice;
use crate::session::Session;
use crate::unit::{Facts, Unit, is_shareable};

/// Rounds of analysing and rewriting.
const MAX_ROUNDS: usize = 5;
/// A body that has grown beyond this many statements gets nothing more inlined into it.
pub(crate) const MAX_STATEMENTS: usize = 6000;

/// An optimised body and what came with it.
pub(crate) struct Optimized {
    pub typed: TypedBody,
    pub literals: Vec<Value>,
    /// What inlining it costs; `None`: never inlined.
    pub inline_cost: Option<u32>,
}

/// Optimises a body.
///
/// # Errors
/// As inference.
pub(crate) fn optimize(cx: &Context, session: &mut Session<'_>, mut unit: Unit) -> Outcome<Optimized> {
    let mut facts = analyse(cx, session, &unit)?;
    for _ in 0..MAX_ROUNDS {
        let (next, changed) = resolve::rewrite(cx, session, &unit, &facts)?;
        unit = next;
        facts = analyse(cx, session, &unit)?;
        unit = forward::forward(cx, &unit, &facts);
        facts = analyse(cx, session, &unit)?;
        if !changed {
            break;
        }
    }
    let (unit, facts) = clean::clean(cx, session, unit, facts)?;
    Ok(finish(cx, unit, &facts))
}

fn finish(cx: &Context, mut unit: Unit, facts: &Facts) -> Optimized {
    let statement_types: Vec<TypeRef> = facts
        .results
        .iter()
        .zip(&facts.reached)
        .map(|(known, reached)| if *reached { type_ref(cx, &mut unit, known) } else { TypeRef::Bottom })
        .collect();
    let slot_types = facts.slots.iter().map(|known| type_ref(cx, &mut unit, known)).collect();
    let return_type = type_ref(cx, &mut unit, &facts.returned);
    mark_undefined(&mut unit, facts);
    let removable = cost::is_removable(&unit, facts);
    let inline_cost = cost::inline_cost(&unit, facts);
    let typed = TypedBody { body: unit.body, statement_types, slot_types, return_type, removable };
    Optimized { typed, literals: unit.literals, inline_cost }
}

/// Which variables some read may find undefined.
fn mark_undefined(unit: &mut Unit, facts: &Facts) {
    for info in &mut unit.body.slots {
        info.maybe_undefined = false;
    }
    for (index, statement) in unit.body.statements.iter().enumerate() {
        match statement.op {
            tintype_hir::Op::GetSlot(slot) if facts.reached[index] && facts.maybe_undefined[index] => {
                unit.body.slots[slot as usize].maybe_undefined = true;
            }
            tintype_hir::Op::SlotDefined(slot) => unit.body.slots[slot as usize].maybe_undefined = true,
            _ => {}
        }
    }
}

/// A lattice element as the body records it. A constant that another context would not share is its type.
fn type_ref(cx: &Context, unit: &mut Unit, known: &Lattice) -> TypeRef {
    match known {
        Lattice::Bottom => TypeRef::Bottom,
        Lattice::Const(value) if is_shareable(cx, *value) => TypeRef::Const(unit.literal(*value)),
        other => TypeRef::Type(unit.literal(other.widen(cx))),
    }
}
