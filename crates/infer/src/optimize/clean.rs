//! The last rewriting: statements nobody reaches or needs are dropped, jumps shortened.

use tintype_hir::{Op, Operand};
use tintype_runtime::{Context, Outcome};

use super::cost;
use super::rebuild::Rebuild;
use crate::analyse::analyse;
use crate::session::Session;
use crate::unit::{Facts, Unit};

/// Drops what is not needed; the facts are those of the new body.
pub(super) fn clean(cx: &Context, session: &mut Session<'_>, unit: Unit, facts: Facts) -> Outcome<(Unit, Facts)> {
    let needed = needed_statements(cx, &unit, &facts);
    let mut out = Rebuild::new(&unit);
    let n = unit.body.statements.len();
    for (index, statement) in unit.body.statements.iter().enumerate() {
        out.begin(statement.line);
        if !facts.reached[index] || !needed[index] {
            continue;
        }
        if let Op::Goto(target) = statement.op
            && (index + 1..n)
                .find(|&next| facts.reached[next] && needed[next])
                .is_some_and(|next| next >= target as usize)
            && target as usize > index
        {
            continue;
        }
        let result = out.push(statement.op.clone());
        out.result(result);
        if facts.results[index].is_bottom() && never_returns(&statement.op) {
            // Control does not come back: a jump to itself ends the block and is never executed.
            let label = out.label();
            out.place(label);
            let target = out.target(label);
            out.push(Op::Goto(target));
        }
    }
    let unit = out.finish();
    let facts = analyse(cx, session, &unit)?;
    Ok((unit, facts))
}

/// Whether a statement whose result never exists does not return (rather than being a jump).
fn never_returns(op: &Op) -> bool {
    matches!(
        op,
        Op::Call(_)
            | Op::Invoke(..)
            | Op::Builtin(..)
            | Op::Intrinsic(..)
            | Op::New(_)
            | Op::SplatNew(..)
            | Op::GetSlot(_)
    )
}

/// Statements with an effect, and what they use.
fn needed_statements(cx: &Context, unit: &Unit, facts: &Facts) -> Vec<bool> {
    let statements = &unit.body.statements;
    let mut needed: Vec<bool> =
        (0..statements.len()).map(|index| facts.reached[index] && !is_droppable(cx, unit, facts, index)).collect();
    let mut work: Vec<usize> = (0..statements.len()).filter(|&index| needed[index]).collect();
    while let Some(index) = work.pop() {
        statements[index].op.for_each_operand(|operand| {
            if let Operand::Result(used) = operand
                && !needed[used as usize]
            {
                needed[used as usize] = true;
                work.push(used as usize);
            }
        });
    }
    needed
}

fn is_droppable(cx: &Context, unit: &Unit, facts: &Facts, index: usize) -> bool {
    let op = &unit.body.statements[index].op;
    match op {
        Op::GetGlobal(_) => false,
        _ => cost::is_effect_free(cx, unit, facts, index, op),
    }
}
