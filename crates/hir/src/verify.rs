//! What every body must satisfy, checked. A body that fails is a bug of whoever made it.
//!
//! - There is a statement, and control does not run off the end.
//! - Slots, static parameters, lines and jump targets are in range; parameters are slots.
//! - A result is used only where every path from the entry has gone through the statement that makes it.
//! - Try regions are balanced: every path reaches a statement with the same depth of open regions, a statement leaves no
//!   more regions than are open, and a return has none open. A handler runs outside its region.
//!
//! Statements that no path reaches are not looked at beyond ranges.

use crate::body::{Body, Op, Operand, StatementId};
use std::fmt;

/// A broken rule, at a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The statement, if the rule is about one.
    pub statement: Option<StatementId>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement {
            Some(at) => write!(f, "%{at}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Checks a body. `n_literals` is the length of its literal pool.
pub fn verify(body: &Body, n_literals: usize) -> Result<(), VerifyError> {
    check_ranges(body, n_literals)?;
    let depths = check_regions(body)?;
    check_dominance(body, &depths)
}

fn fail<T>(at: impl Into<Option<StatementId>>, message: impl Into<String>) -> Result<T, VerifyError> {
    Err(VerifyError { statement: at.into(), message: message.into() })
}

fn check_ranges(body: &Body, n_literals: usize) -> Result<(), VerifyError> {
    let n = body.statements.len();
    let Some(last) = body.statements.last() else { return fail(None, "a body needs a statement") };
    if last.op.falls_through() {
        return fail((n - 1) as u32, "control runs off the end");
    }
    if body.n_params as usize > body.slots.len() {
        return fail(None, format!("{} parameters but {} slots", body.n_params, body.slots.len()));
    }
    for (at, statement) in body.statements.iter().enumerate() {
        let at = at as u32;
        if statement.line as usize >= body.lines.len() {
            return fail(at, format!("line index {} of {}", statement.line, body.lines.len()));
        }
        if let Some(to) = statement.op.target().filter(|to| *to as usize >= n) {
            return fail(at, format!("target %{to} is not a statement"));
        }
        if let Some(slot) = slot_of(&statement.op).filter(|slot| *slot as usize >= body.slots.len()) {
            return fail(at, format!("no slot {slot}"));
        }
        if let Some(literal) = literal_of(&statement.op).filter(|l| *l as usize >= n_literals) {
            return fail(at, format!("no literal {literal}"));
        }
        let mut wrong = None;
        statement.op.for_each_operand(|operand| {
            let ok = match operand {
                Operand::Result(r) => (r as usize) < n,
                Operand::Literal(l) => (l as usize) < n_literals,
                Operand::StaticParam(p) => (p as usize) < body.static_params.len(),
            };
            if !ok {
                wrong = Some(operand);
            }
        });
        if let Some(operand) = wrong {
            return fail(at, format!("operand {operand} is out of range"));
        }
    }
    Ok(())
}

fn slot_of(op: &Op) -> Option<u32> {
    match op {
        Op::GetSlot(s) | Op::SetSlot(s, _) | Op::SlotDefined(s) | Op::ClearSlot(s) => Some(*s),
        _ => None,
    }
}

fn literal_of(op: &Op) -> Option<u32> {
    match op {
        Op::GetGlobal(l)
        | Op::SetGlobal(l, _)
        | Op::GlobalDefined(l)
        | Op::DeclareConst(l, _)
        | Op::DeclareGlobal(l)
        | Op::DefineFunction(l)
        | Op::DefineMethod(_, l)
        | Op::Invoke(l, _) => Some(*l),
        _ => None,
    }
}

/// The number of open try regions before each statement; `None` where no path arrives.
fn check_regions(body: &Body) -> Result<Vec<Option<u32>>, VerifyError> {
    let mut depths = vec![None; body.statements.len()];
    let mut work = vec![(0u32, 0u32)];
    while let Some((at, depth)) = work.pop() {
        match depths[at as usize] {
            None => depths[at as usize] = Some(depth),
            Some(known) if known == depth => continue,
            Some(known) => return fail(at, format!("reached with {known} and with {depth} open try regions")),
        }
        let op = &body.statements[at as usize].op;
        let after = match op {
            Op::EnterTry(handler) => {
                work.push((*handler, depth));
                depth + 1
            }
            Op::LeaveTry(n) if *n > depth => return fail(at, format!("leaves {n} try regions of {depth}")),
            Op::LeaveTry(n) => depth - n,
            Op::Return(_) if depth != 0 => return fail(at, format!("returns inside {depth} try regions")),
            Op::Goto(to) | Op::GotoIfNot(_, to) => {
                work.push((*to, depth));
                depth
            }
            _ => depth,
        };
        if op.falls_through() {
            work.push((at + 1, after));
        }
    }
    Ok(depths)
}

/// Every used result is made on every path: a forward analysis over basic-block-free code, sets as bit vectors, kept only
/// for statements that join paths.
fn check_dominance(body: &Body, depths: &[Option<u32>]) -> Result<(), VerifyError> {
    let idom = immediate_dominators(body, depths);
    for (at, statement) in body.statements.iter().enumerate() {
        if depths[at].is_none() {
            continue;
        }
        let mut wrong = None;
        statement.op.for_each_operand(|operand| {
            if let Operand::Result(r) = operand
                && !dominates(&idom, depths, r, at as u32)
            {
                wrong = Some(r);
            }
        });
        if let Some(r) = wrong {
            return fail(at as u32, format!("uses %{r}, which not every path makes"));
        }
    }
    Ok(())
}

fn dominates(idom: &[u32], depths: &[Option<u32>], a: u32, b: u32) -> bool {
    if a == b || depths[a as usize].is_none() {
        return false;
    }
    let mut at = b;
    while at != 0 {
        at = idom[at as usize];
        if at == a {
            return true;
        }
    }
    false
}

/// Immediate dominators of reachable statements, by Cooper, Harvey and Kennedy's iteration over statements in reverse
/// post-order. Straight code converges in one sweep.
fn immediate_dominators(body: &Body, depths: &[Option<u32>]) -> Vec<u32> {
    let n = body.statements.len();
    let order = reverse_post_order(body);
    let mut number = vec![u32::MAX; n];
    for (i, at) in order.iter().enumerate() {
        number[*at as usize] = i as u32;
    }
    let mut predecessors = vec![Vec::new(); n];
    for at in &order {
        for next in body.statements[*at as usize].op.successors(*at) {
            predecessors[next as usize].push(*at);
        }
    }
    let mut idom = vec![u32::MAX; n];
    idom[0] = 0;
    let mut changed = true;
    while changed {
        changed = false;
        for at in order.iter().skip(1) {
            let known = predecessors[*at as usize].iter().copied().filter(|p| idom[*p as usize] != u32::MAX);
            let new = known.reduce(|a, b| intersect(&idom, &number, a, b)).unwrap_or(0);
            if idom[*at as usize] != new {
                idom[*at as usize] = new;
                changed = true;
            }
        }
    }
    debug_assert!(order.iter().all(|at| depths[*at as usize].is_some()));
    idom
}

fn intersect(idom: &[u32], number: &[u32], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        while number[a as usize] > number[b as usize] {
            a = idom[a as usize];
        }
        while number[b as usize] > number[a as usize] {
            b = idom[b as usize];
        }
    }
    a
}

fn reverse_post_order(body: &Body) -> Vec<u32> {
    let mut seen = vec![false; body.statements.len()];
    let mut order = Vec::new();
    let mut stack = vec![(0u32, false)];
    while let Some((at, done)) = stack.pop() {
        if done {
            order.push(at);
        } else if !std::mem::replace(&mut seen[at as usize], true) {
            stack.push((at, true));
            stack.extend(body.statements[at as usize].op.successors(at).map(|next| (next, false)));
        }
    }
    order.reverse();
    order
}
