//! Walking a body: the operands of a statement, where control goes after it, and renumbering.
//!
//! These are the helpers passes over bodies share. They know nothing of types.

use crate::body::{Op, Operand, StatementId};

impl Op {
    /// Calls `visit` with every operand, in evaluation order.
    pub fn for_each_operand(&self, mut visit: impl FnMut(Operand)) {
        match self {
            Op::Copy(a)
            | Op::SetSlot(_, a)
            | Op::SetGlobal(_, a)
            | Op::GotoIfNot(a, _)
            | Op::Return(a)
            | Op::DeclareConst(_, a)
            | Op::DefineMethod(a, _) => visit(*a),
            Op::SplatNew(a, b) => {
                visit(*a);
                visit(*b);
            }
            Op::Call(args) | Op::New(args) | Op::Invoke(_, args) | Op::Intrinsic(_, args) | Op::Builtin(_, args) => {
                args.iter().copied().for_each(visit)
            }
            Op::GetSlot(_)
            | Op::SlotDefined(_)
            | Op::ClearSlot(_)
            | Op::GetGlobal(_)
            | Op::GlobalDefined(_)
            | Op::Goto(_)
            | Op::EnterTry(_)
            | Op::LeaveTry(_)
            | Op::CurrentException
            | Op::BoundsCheck
            | Op::PopException
            | Op::DeclareGlobal(_)
            | Op::DefineFunction(_) => {}
        }
    }

    /// Replaces every operand by what `map` gives for it.
    pub fn map_operands(&mut self, mut map: impl FnMut(Operand) -> Operand) {
        match self {
            Op::Copy(a)
            | Op::SetSlot(_, a)
            | Op::SetGlobal(_, a)
            | Op::GotoIfNot(a, _)
            | Op::Return(a)
            | Op::DeclareConst(_, a)
            | Op::DefineMethod(a, _) => *a = map(*a),
            Op::SplatNew(a, b) => {
                *a = map(*a);
                *b = map(*b);
            }
            Op::Call(args) | Op::New(args) | Op::Invoke(_, args) | Op::Intrinsic(_, args) | Op::Builtin(_, args) => {
                args.iter_mut().for_each(|a| *a = map(*a))
            }
            Op::GetSlot(_)
            | Op::SlotDefined(_)
            | Op::ClearSlot(_)
            | Op::GetGlobal(_)
            | Op::GlobalDefined(_)
            | Op::Goto(_)
            | Op::EnterTry(_)
            | Op::LeaveTry(_)
            | Op::CurrentException
            | Op::BoundsCheck
            | Op::PopException
            | Op::DeclareGlobal(_)
            | Op::DefineFunction(_) => {}
        }
    }

    /// The statement named as a target: of a jump, or the handler of a try region.
    pub fn target(&self) -> Option<StatementId> {
        match self {
            Op::Goto(to) | Op::GotoIfNot(_, to) | Op::EnterTry(to) => Some(*to),
            _ => None,
        }
    }

    /// The same, to be changed in place.
    pub fn target_mut(&mut self) -> Option<&mut StatementId> {
        match self {
            Op::Goto(to) | Op::GotoIfNot(_, to) | Op::EnterTry(to) => Some(to),
            _ => None,
        }
    }

    /// Whether control may go on to the next statement.
    pub fn falls_through(&self) -> bool {
        !matches!(self, Op::Goto(_) | Op::Return(_))
    }

    /// Where control may go from a statement at `index`. The handler of a try region counts as a successor of its
    /// [`Op::EnterTry`]; exceptions from inside the region are not listed one by one.
    pub fn successors(&self, index: StatementId) -> impl Iterator<Item = StatementId> + use<> {
        let next = self.falls_through().then_some(index + 1);
        next.into_iter().chain(self.target())
    }
}
