//! Core form to method bodies: statements, jumps, try regions, closure conversion.
//!
//! Builder 0 is the top-level thunk; each function body being written has one above it. A closure's type and methods are
//! written into the thunk, in front of what needs them, so that running a function never defines anything.

mod builder;
mod control;
mod functions;
mod types;
mod variables;

use crate::diagnostic::{Result, error};
use crate::resolve::Resolved;
use crate::tree::{Callee, FunctionDef, Kind, Module, Tree};
use builder::Builder;
use tintype_hir::{Literal, Lowered, Op, Operand};
use tintype_syntax::Span;

pub(crate) struct Emitter<'a> {
    resolved: &'a Resolved,
    file: &'a str,
    builders: Vec<Builder>,
    /// The builder that is written to.
    current: usize,
    /// For each group, whether its type is defined.
    defined: Vec<bool>,
}

/// The thunk of a resolved top-level expression.
pub(crate) fn emit_thunk(tree: Tree, resolved: &Resolved, file: &str, line: u32) -> Result<Lowered> {
    let thunk = Builder::new(0, "top-level scope", file, line);
    let defined = vec![false; resolved.groups.len()];
    let mut emitter = Emitter { resolved, file, builders: vec![thunk], current: 0, defined };
    emitter.entry_boxes(0);
    emitter.thunk(tree)?;
    let builder = emitter.builders.pop().unwrap_or_else(|| unreachable!("the thunk's builder"));
    Ok(builder.finish(resolved, 0, false))
}

impl Emitter<'_> {
    fn b(&mut self) -> &mut Builder {
        &mut self.builders[self.current]
    }

    fn thunk(&mut self, mut tree: Tree) -> Result<()> {
        let span = tree.span;
        self.find_labels(&mut tree);
        let items = match tree.kind {
            Kind::Block(items) => items,
            _ => vec![tree],
        };
        self.thunk_items(items, span)
    }

    fn thunk_items(&mut self, mut items: Vec<Tree>, span: Span) -> Result<()> {
        let last = match items.iter().rposition(|item| !matches!(item.kind, Kind::Line(_))) {
            Some(at) => items.split_off(at).swap_remove(0),
            None => Tree::nothing(span),
        };
        for item in items {
            self.b().start_statement();
            self.effect(item)?;
        }
        self.b().start_statement();
        self.tail(last)
    }

    fn find_labels(&mut self, body: &mut Tree) {
        if self.resolved.lambdas[self.b().lambda as usize].has_labels {
            control::label_depths(body, 0, &mut self.b().label_depths);
        }
    }

    fn nothing(&mut self) -> Operand {
        self.b().literal(Literal::Nothing)
    }

    /// Evaluates for the value.
    fn value(&mut self, tree: Tree) -> Result<Operand> {
        let span = tree.span;
        match tree.kind {
            Kind::Literal(literal) => Ok(self.b().literal(literal)),
            Kind::Var(var) => Ok(self.read_var(var)),
            Kind::StaticParam(temp) => self.static_param(temp, span),
            Kind::Temp(temp) => self.temp(temp, span),
            Kind::Global(module, name) => Ok(self.b().global(&module, &name)),
            Kind::Call(args) => {
                let args = self.values(args)?;
                Ok(self.b().push(Op::Call(args.into())))
            }
            Kind::New(args) => {
                let args = self.values(args)?;
                Ok(self.b().push(Op::New(args.into())))
            }
            Kind::SplatNew(ty, args) => {
                let ty = self.value(*ty)?;
                let args = self.value(*args)?;
                Ok(self.b().push(Op::SplatNew(ty, args)))
            }
            Kind::Assign(target, value) => self.assign(*target, *value),
            Kind::Const(target, value) => self.const_(*target, *value),
            Kind::Block(items) => self.block(items),
            Kind::Scope(scope) => {
                self.enter_scope(&scope.vars);
                self.value(scope.body)
            }
            Kind::If(cond, then, otherwise) => self.if_value(*cond, *then, *otherwise),
            Kind::Loop(l) => {
                self.loop_(*l)?;
                Ok(self.nothing())
            }
            Kind::Break => self.break_(span),
            Kind::Continue => self.continue_(span),
            Kind::Try(t) => self.try_(*t, true),
            Kind::Exception => Ok(self.b().push(Op::CurrentException)),
            Kind::Return(value) => {
                let value = self.value(*value)?;
                self.return_(value)?;
                Ok(self.nothing())
            }
            Kind::Function(def) => self.function(*def, span),
            Kind::Where(w) => self.where_(*w),
            Kind::Label(name) => self.label(&name, span),
            Kind::Goto(name) => self.goto(&name, span),
            Kind::IsDefined(inner) => self.is_defined(*inner),
            Kind::TypeDef(def) => self.type_def(*def),
            Kind::GlobalDecl(names) => {
                if self.current == 0 {
                    for name in names {
                        let id = self.b().global_id(&Module::Current, &name);
                        self.b().push(Op::DeclareGlobal(id));
                    }
                }
                Ok(self.nothing())
            }
            Kind::Line(line) => {
                self.b().set_line(line);
                Ok(self.nothing())
            }
            Kind::Inbounds(begins) => {
                self.b().set_inbounds(begins);
                Ok(self.nothing())
            }
            Kind::BoundsCheck => Ok(self.b().push(Op::BoundsCheck)),
            Kind::Local(_) | Kind::LocalTyped(..) => Ok(self.nothing()),
            Kind::Name(name) => unreachable!("unresolved name {name}"),
        }
    }

    fn values(&mut self, trees: Vec<Tree>) -> Result<Vec<Operand>> {
        trees.into_iter().map(|tree| self.value(tree)).collect()
    }

    /// Evaluates for what it does.
    fn effect(&mut self, tree: Tree) -> Result<()> {
        match tree.kind {
            // Nothing to do, and nothing to report: a variable's read reports that it is undefined.
            Kind::Literal(_) | Kind::Temp(_) => Ok(()),
            Kind::Block(items) => items.into_iter().try_for_each(|item| self.effect(item)),
            Kind::Scope(scope) => {
                self.enter_scope(&scope.vars);
                self.effect(scope.body)
            }
            Kind::If(cond, then, otherwise) => self.if_effect(*cond, *then, *otherwise),
            Kind::Try(t) => self.try_(*t, false).map(drop),
            _ => self.value(tree).map(drop),
        }
    }

    /// Evaluates and returns the value from the function.
    fn tail(&mut self, tree: Tree) -> Result<()> {
        match tree.kind {
            Kind::Block(mut items) => {
                let last = items.iter().rposition(|item| !matches!(item.kind, Kind::Line(_)));
                let last = last.map(|at| items.split_off(at).swap_remove(0));
                items.into_iter().try_for_each(|item| self.effect(item))?;
                self.tail(last.unwrap_or_else(|| Tree::nothing(tree.span)))
            }
            Kind::Scope(scope) => {
                self.enter_scope(&scope.vars);
                self.tail(scope.body)
            }
            Kind::If(cond, then, otherwise) => {
                let no = self.b().new_label();
                self.branch(*cond, no)?;
                self.tail(*then)?;
                self.b().bind(no);
                self.tail(*otherwise)
            }
            Kind::Return(value) => self.tail(*value),
            _ => {
                let value = self.value(tree)?;
                self.return_(value)
            }
        }
    }

    fn block(&mut self, mut items: Vec<Tree>) -> Result<Operand> {
        let Some(at) = items.iter().rposition(|item| !matches!(item.kind, Kind::Line(_))) else {
            items.into_iter().try_for_each(|item| self.effect(item))?;
            return Ok(self.nothing());
        };
        let last = items.split_off(at).swap_remove(0);
        items.into_iter().try_for_each(|item| self.effect(item))?;
        self.value(last)
    }

    /// Goes on if the condition holds, else to the label. A condition that is itself a choice of constants jumps at once.
    fn branch(&mut self, cond: Tree, no: builder::LabelId) -> Result<()> {
        match cond.kind {
            // a && b
            Kind::If(a, b, c) if is_bool(&c, false) => {
                self.branch(*a, no)?;
                self.branch(*b, no)
            }
            // a || b
            Kind::If(a, b, c) if is_bool(&b, true) => {
                let (yes, other) = (self.b().new_label(), self.b().new_label());
                self.branch(*a, other)?;
                self.b().goto(yes);
                self.b().bind(other);
                self.branch(*c, no)?;
                self.b().bind(yes);
                Ok(())
            }
            Kind::Literal(Literal::Bool(true)) => Ok(()),
            Kind::Block(mut items) if !items.is_empty() => {
                let last = items.pop().unwrap_or_else(|| unreachable!("not empty"));
                items.into_iter().try_for_each(|item| self.effect(item))?;
                self.branch(last, no)
            }
            _ => {
                let cond = self.value(cond)?;
                self.b().goto_if_not(cond, no);
                Ok(())
            }
        }
    }

    fn if_effect(&mut self, cond: Tree, then: Tree, otherwise: Tree) -> Result<()> {
        let no = self.b().new_label();
        self.branch(cond, no)?;
        self.effect(then)?;
        if matches!(otherwise.kind, Kind::Literal(_)) {
            self.b().bind(no);
            return Ok(());
        }
        let end = self.b().new_label();
        self.b().goto(end);
        self.b().bind(no);
        self.effect(otherwise)?;
        self.b().bind(end);
        Ok(())
    }

    fn if_value(&mut self, cond: Tree, then: Tree, otherwise: Tree) -> Result<Operand> {
        let slot = self.b().new_slot("");
        let (no, end) = (self.b().new_label(), self.b().new_label());
        self.branch(cond, no)?;
        let value = self.value(then)?;
        self.b().push(Op::SetSlot(slot, value));
        self.b().goto(end);
        self.b().bind(no);
        let value = self.value(otherwise)?;
        self.b().push(Op::SetSlot(slot, value));
        self.b().bind(end);
        Ok(self.b().push(Op::GetSlot(slot)))
    }

    fn const_(&mut self, target: Tree, value: Tree) -> Result<Operand> {
        let value = self.value(value)?;
        if self.current != 0 {
            return error("unsupported `const` declaration on local variable", target.span);
        }
        let Kind::Global(module, name) = target.kind else {
            return error("cannot declare this as constant", target.span);
        };
        let id = self.b().global_id(&module, &name);
        self.b().push(Op::DeclareConst(id, value));
        Ok(value)
    }

    fn function(&mut self, def: FunctionDef, span: Span) -> Result<Operand> {
        match def.group {
            Some(group) => self.closure(def, group),
            None => match def.callee {
                Callee::Functor | Callee::Value(_) | Callee::Named(_) => self.global_function(def, span),
                Callee::Anonymous(_) => unreachable!("anonymous functions are closures"),
            },
        }
    }
}

fn is_bool(tree: &Tree, value: bool) -> bool {
    matches!(&tree.kind, Kind::Literal(Literal::Bool(b)) if *b == value)
}
