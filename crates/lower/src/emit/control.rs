//! Loops, try regions, and leaving them: `break`, `continue`, `return`, `@goto`.
//!
//! Open constructs stand on a stack. Leaving some of them closes each on the way: a try region is left, a handled
//! exception forgotten. A `finally` on the way is entered instead, with a number that says how to go on after it; the
//! code of a `finally` exists once.

use super::Emitter;
use super::builder::LabelId;
use crate::diagnostic::{Result, error, unsupported};
use crate::tree::{Kind, Loop, Module, Tree, Try};
use rustc_hash::FxHashMap;
use tintype_hir::{Literal, Op, Operand};
use tintype_syntax::{Name, Span};

/// An open construct.
pub(super) enum Control {
    Loop {
        break_to: Option<LabelId>,
        continue_to: LabelId,
    },
    /// Inside a try region.
    Try,
    /// Inside a handler.
    Catch,
    /// Inside the region that a `finally` guards.
    Finally(Finally),
    /// Inside the code of a `finally`, entered by an exception if the tag in this slot is -1.
    Cleanup(u32),
}

pub(super) struct Finally {
    entry: LabelId,
    /// How to go on: the index in `exits`, from 1; 0 is falling through, -1 throwing on.
    tag: u32,
    value: u32,
    exits: Vec<Exit>,
}

#[derive(Clone, Copy, PartialEq)]
enum Exit {
    Return,
    /// To the label, leaving constructs down to this depth of the stack.
    Jump(LabelId, usize),
}

impl Emitter<'_> {
    pub fn in_loop(&self) -> bool {
        let builder = &self.builders[self.current];
        let has_labels = self.resolved.lambdas[builder.lambda as usize].has_labels;
        has_labels || builder.control.iter().any(|c| matches!(c, Control::Loop { .. }))
    }

    pub fn loop_(&mut self, l: Loop) -> Result<()> {
        let (end, next, top) = (self.b().new_label(), self.b().new_label(), self.b().new_label());
        let break_to = l.break_target.then_some(end);
        if l.rotate {
            // `branch` goes to its label when the condition, "done", is false.
            self.branch(l.cond.clone(), top)?;
            self.b().goto(end);
            self.b().bind(top);
        } else {
            self.b().bind_backward(top);
            self.branch(l.cond.clone(), end)?;
        }
        let continue_to = if l.rotate || l.step.is_some() { next } else { top };
        self.b().control.push(Control::Loop { break_to, continue_to });
        self.effect(l.body)?;
        self.b().control.pop();
        self.b().bind(next);
        if let Some(step) = l.step {
            self.effect(step)?;
        }
        if l.rotate {
            self.branch(l.cond, top)?;
        } else {
            self.b().goto(top);
        }
        self.b().bind(end);
        Ok(())
    }

    pub fn break_(&mut self, span: Span) -> Result<Operand> {
        let find = |c: &Control| match c {
            Control::Loop { break_to, .. } => *break_to,
            _ => None,
        };
        self.leave_loop(find, "break or continue outside loop", span)
    }

    pub fn continue_(&mut self, span: Span) -> Result<Operand> {
        let find = |c: &Control| match c {
            Control::Loop { continue_to, .. } => Some(*continue_to),
            _ => None,
        };
        self.leave_loop(find, "break or continue outside loop", span)
    }

    fn leave_loop(&mut self, find: impl Fn(&Control) -> Option<LabelId>, message: &str, span: Span) -> Result<Operand> {
        let control = &self.b().control;
        let Some(at) = control.iter().rposition(|c| find(c).is_some()) else { return error(message, span) };
        let label = find(&control[at]).unwrap_or_else(|| unreachable!("found above"));
        self.exit(Exit::Jump(label, at), None);
        Ok(self.nothing())
    }

    pub fn return_(&mut self, value: Operand) -> Result<()> {
        self.exit(Exit::Return, Some(value));
        Ok(())
    }

    /// Leaves open constructs down to the exit's depth; a `finally` on the way takes over.
    fn exit(&mut self, exit: Exit, value: Option<Operand>) {
        let keep = match exit {
            Exit::Return => 0,
            Exit::Jump(_, depth) => depth,
        };
        for at in (keep..self.b().control.len()).rev() {
            match &mut self.b().control[at] {
                Control::Loop { .. } => {}
                Control::Try => {
                    self.b().push(Op::LeaveTry(1));
                }
                Control::Catch => {
                    self.b().push(Op::PopException);
                }
                Control::Cleanup(tag) => {
                    let tag = *tag;
                    let tag = self.b().push(Op::GetSlot(tag));
                    let next = self.tag_is(tag, -1);
                    self.b().push(Op::PopException);
                    self.b().bind(next);
                }
                Control::Finally(finally) => {
                    let known = finally.exits.iter().position(|e| *e == exit);
                    let index = known.unwrap_or_else(|| {
                        finally.exits.push(exit);
                        finally.exits.len() - 1
                    });
                    let (tag, slot, entry) = (finally.tag, finally.value, finally.entry);
                    if let Some(value) = value {
                        self.b().push(Op::SetSlot(slot, value));
                    }
                    let number = self.b().literal(Literal::Int64(index as i64 + 1));
                    self.b().push(Op::SetSlot(tag, number));
                    self.b().push(Op::LeaveTry(1));
                    self.b().goto(entry);
                    return;
                }
            }
        }
        match exit {
            Exit::Return => {
                let value = value.unwrap_or_else(|| self.nothing());
                self.b().push(Op::Return(value));
            }
            Exit::Jump(label, _) => self.b().goto(label),
        }
    }

    pub fn try_(&mut self, t: Try, want: bool) -> Result<Operand> {
        let result = want.then(|| self.b().new_slot(""));
        let Some(finally) = t.finally else {
            self.try_catch(t.body, t.catch, t.else_, result)?;
            return Ok(self.try_result(result));
        };
        let (handler, entry) = (self.b().new_label(), self.b().new_label());
        let (tag, value) = (self.b().new_slot(""), self.b().new_slot(""));
        // Assigned on every way that reads it; the first assignment keeps it defined for the verifier's eye and ours.
        let nothing = self.nothing();
        self.b().push(Op::SetSlot(value, nothing));
        self.b().enter_try(handler);
        self.b().control.push(Control::Finally(Finally { entry, tag, value, exits: Vec::new() }));
        if t.catch.is_some() || t.else_.is_some() {
            self.try_catch(t.body, t.catch, t.else_, result)?;
        } else {
            self.store_result(t.body, result)?;
        }
        let Some(Control::Finally(guarded)) = self.b().control.pop() else { unreachable!("pushed above") };
        let zero = self.b().literal(Literal::Int64(0));
        self.b().push(Op::SetSlot(tag, zero));
        self.b().push(Op::LeaveTry(1));
        self.b().goto(entry);
        self.b().bind(handler);
        let thrown = self.b().literal(Literal::Int64(-1));
        self.b().push(Op::SetSlot(tag, thrown));
        self.b().bind(entry);
        self.b().control.push(Control::Cleanup(tag));
        self.effect(finally)?;
        self.b().control.pop();
        self.after_finally(&guarded);
        Ok(self.try_result(result))
    }

    /// After the code of a `finally`: throws on, continues an interrupted exit, or falls through.
    fn after_finally(&mut self, finally: &Finally) {
        let tag = self.b().push(Op::GetSlot(finally.tag));
        for (index, exit) in finally.exits.iter().enumerate() {
            let next = self.tag_is(tag, index as i64 + 1);
            let value = match exit {
                Exit::Return => Some(self.b().push(Op::GetSlot(finally.value))),
                Exit::Jump(..) => None,
            };
            self.exit(*exit, value);
            self.b().bind(next);
        }
        let next = self.tag_is(tag, -1);
        let rethrow = self.b().global(&Module::Core, "_rethrow");
        self.b().push(Op::Call([rethrow].into()));
        self.b().bind(next);
    }

    /// Tests the tag; the label returned is where to go when it differs.
    fn tag_is(&mut self, tag: Operand, number: i64) -> LabelId {
        let next = self.b().new_label();
        let number = self.b().literal(Literal::Int64(number));
        let same = self.b().call_core("===", &[tag, number]);
        self.b().goto_if_not(same, next);
        next
    }

    fn try_catch(&mut self, body: Tree, catch: Option<Tree>, else_: Option<Tree>, result: Option<u32>) -> Result<()> {
        let (handler, end) = (self.b().new_label(), self.b().new_label());
        self.b().enter_try(handler);
        self.b().control.push(Control::Try);
        match else_ {
            Some(else_) => {
                self.effect(body)?;
                self.leave_try();
                self.store_result(else_, result)?;
            }
            None => {
                self.store_result(body, result)?;
                self.leave_try();
            }
        }
        self.b().goto(end);
        self.b().bind(handler);
        self.b().control.push(Control::Catch);
        self.store_result(catch.unwrap_or_else(|| Tree::nothing(Span::default())), result)?;
        self.b().control.pop();
        self.b().push(Op::PopException);
        self.b().bind(end);
        Ok(())
    }

    fn leave_try(&mut self) {
        self.b().control.pop();
        self.b().push(Op::LeaveTry(1));
    }

    fn store_result(&mut self, tree: Tree, result: Option<u32>) -> Result<()> {
        match result {
            Some(slot) => {
                let value = self.value(tree)?;
                self.b().push(Op::SetSlot(slot, value));
                Ok(())
            }
            None => self.effect(tree),
        }
    }

    fn try_result(&mut self, result: Option<u32>) -> Operand {
        match result {
            Some(slot) => self.b().push(Op::GetSlot(slot)),
            None => self.nothing(),
        }
    }

    pub fn label(&mut self, name: &Name, span: Span) -> Result<Operand> {
        let label = self.named_label(name);
        let known = self.b().named_labels.get_mut(name).unwrap_or_else(|| unreachable!("made above"));
        if std::mem::replace(&mut known.1, true) {
            return error(format!("label \"{name}\" defined multiple times"), span);
        }
        self.b().bind_named(label);
        Ok(self.nothing())
    }

    /// `@goto`: out of try regions and handlers to where the label stands, never into one.
    pub fn goto(&mut self, name: &Name, span: Span) -> Result<Operand> {
        let Some(depth) = self.b().label_depths.get(name).copied() else {
            return error(format!("label \"{name}\" referenced but not defined"), span);
        };
        let label = self.named_label(name);
        let regions = |control: &[Control]| control.iter().filter(|c| !matches!(c, Control::Loop { .. })).count();
        let control = &self.b().control;
        let Some(keep) = (0..=control.len()).find(|keep| regions(&control[..*keep]) == depth) else {
            return unsupported("`@goto` into a `try` block", span);
        };
        self.exit(Exit::Jump(label, keep), None);
        Ok(self.nothing())
    }

    fn named_label(&mut self, name: &tintype_syntax::Name) -> LabelId {
        if let Some((label, _)) = self.b().named_labels.get(name) {
            return *label;
        }
        let label = self.b().new_label();
        self.b().named_labels.insert(name.clone(), (label, false));
        label
    }
}

/// How many regions and handlers are open at each label of a function's body: what [`Emitter::try_`] will push.
pub(super) fn label_depths(tree: &mut Tree, depth: usize, out: &mut FxHashMap<Name, usize>) {
    match &mut tree.kind {
        Kind::Label(name) => {
            out.insert(name.clone(), depth);
        }
        Kind::Try(t) => {
            let guarded = depth + usize::from(t.finally.is_some());
            let catches = t.finally.is_none() || t.catch.is_some() || t.else_.is_some();
            label_depths(&mut t.body, guarded + usize::from(catches), out);
            t.catch.iter_mut().for_each(|tree| label_depths(tree, guarded + 1, out));
            t.else_.iter_mut().for_each(|tree| label_depths(tree, guarded, out));
            t.finally.iter_mut().for_each(|tree| label_depths(tree, depth + 1, out));
        }
        _ => tree.for_each_child_mut(&mut |child| label_depths(child, depth, out)),
    }
}
