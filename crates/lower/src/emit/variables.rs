//! Reading and writing variables: slots, boxes, what a closure captured, hidden globals, temporaries.

use super::Emitter;
use crate::diagnostic::{Result, error};
use crate::resolve::VarInfo;
use crate::tree::{Kind, Module, TempId, Tree, VarId};
use tintype_hir::{Literal, Op, Operand};
use tintype_syntax::Span;

impl Emitter<'_> {
    fn info(&self, var: VarId) -> &VarInfo {
        &self.resolved.vars[var as usize]
    }

    /// Whether the current function is the variable's owner.
    fn owns(&self, var: VarId) -> bool {
        self.info(var).owner == self.builders[self.current].lambda
    }

    /// Whether the variable names the closure whose method is written.
    fn is_self(&self, var: VarId) -> bool {
        let lambda = &self.resolved.lambdas[self.builders[self.current].lambda as usize];
        lambda.group.is_some_and(|group| {
            self.resolved.groups[group as usize].callee == Some(var) && self.info(var).group == Some(group)
        })
    }

    pub fn read_var(&mut self, var: VarId) -> Operand {
        if let Some(name) = self.info(var).promoted.clone() {
            return self.b().global(&Module::Current, &name);
        }
        if !self.owns(var) && self.is_self(var) {
            return self.environment();
        }
        let raw = self.raw(var);
        let info = self.info(var);
        if !info.boxed {
            return raw;
        }
        let check = if self.owns(var) { info.maybe_undefined } else { info.captured_undefined };
        if check {
            self.check_box(raw, var);
        }
        let contents = self.b().symbol("contents");
        self.b().call_core("getfield", &[raw, contents])
    }

    /// The value of an unboxed variable, the box of a boxed one.
    pub fn raw(&mut self, var: VarId) -> Operand {
        let resolved = self.resolved;
        let info = &resolved.vars[var as usize];
        if self.owns(var) {
            let slot = self.b().slot(var, info);
            return self.b().push(Op::GetSlot(slot));
        }
        let environment = self.environment();
        let field = self.capture_name(var);
        let field = self.b().symbol(&field);
        self.b().call_core("getfield", &[environment, field])
    }

    /// The closure object.
    fn environment(&mut self) -> Operand {
        let lambda = &self.resolved.lambdas[self.builders[self.current].lambda as usize];
        let var = lambda.params[lambda.env_param];
        let info = &self.resolved.vars[var as usize];
        let slot = self.builders[self.current].slot(var, info);
        self.b().push(Op::GetSlot(slot))
    }

    /// The field that holds a capture: the variable's name, made different where two variables share it.
    fn capture_name(&self, var: VarId) -> String {
        let lambda = &self.resolved.lambdas[self.builders[self.current].lambda as usize];
        let group = lambda.group.unwrap_or_else(|| unreachable!("only closures capture"));
        self.field_name(group, var)
    }

    pub fn field_name(&self, group: u32, var: VarId) -> String {
        let captures = self.captures(group);
        let name = &self.info(var).name;
        let earlier = captures.iter().take_while(|c| **c != var).filter(|c| self.info(**c).name == *name).count();
        if earlier == 0 { name.to_string() } else { format!("{name}#{earlier}") }
    }

    /// What a closure holds: captures that are not hidden globals.
    pub fn captures(&self, group: u32) -> Vec<VarId> {
        let all = self.resolved.groups[group as usize].captures.iter().copied();
        all.filter(|var| self.info(*var).promoted.is_none()).collect()
    }

    /// Throws `UndefVarError` when a box is empty.
    fn check_box(&mut self, raw: Operand, var: VarId) {
        let contents = self.b().symbol("contents");
        let defined = self.b().call_core("isdefined", &[raw, contents]);
        let (undefined, end) = (self.b().new_label(), self.b().new_label());
        self.b().goto_if_not(defined, undefined);
        self.b().goto(end);
        self.b().bind(undefined);
        let name = self.info(var).name.clone();
        let name = self.b().symbol(&name);
        let ty = self.b().global(&Module::Core, "UndefVarError");
        let exception = self.b().push(Op::New([ty, name].into()));
        self.b().call_core("throw", &[exception]);
        self.b().bind(end);
    }

    pub fn assign(&mut self, target: Tree, value: Tree) -> Result<Operand> {
        let value = self.value(value)?;
        match target.kind {
            Kind::Temp(temp) => {
                self.b().temps.insert(temp, value);
            }
            Kind::Global(module, name) => {
                let id = self.b().global_id(&module, &name);
                self.b().push(Op::SetGlobal(id, value));
            }
            Kind::Var(var) => self.write_var(var, value),
            _ => return error("invalid assignment location", target.span),
        }
        Ok(value)
    }

    pub fn write_var(&mut self, var: VarId, value: Operand) {
        if let Some(name) = self.info(var).promoted.clone() {
            let id = self.b().global_id(&Module::Current, &name);
            self.b().push(Op::SetGlobal(id, value));
            return;
        }
        let resolved = self.resolved;
        let info = &resolved.vars[var as usize];
        if info.boxed {
            let raw = self.raw(var);
            let contents = self.b().symbol("contents");
            self.b().call_core("setfield!", &[raw, contents, value]);
            return;
        }
        let slot = self.b().slot(var, info);
        self.b().note_assigned(slot);
        self.b().push(Op::SetSlot(slot, value));
    }

    /// Entering a scope: boxes are made, and variables that may be read undefined forget an earlier round's value.
    pub fn enter_scope(&mut self, vars: &[VarId]) {
        let in_loop = self.in_loop();
        for var in vars {
            let resolved = self.resolved;
            let info = &resolved.vars[*var as usize];
            if info.promoted.is_some() || !self.owns(*var) {
                continue;
            }
            let slot = self.b().slot(*var, info);
            if info.boxed {
                self.new_box(slot, None);
            } else if info.maybe_undefined && in_loop {
                self.b().push(Op::ClearSlot(slot));
            }
        }
    }

    /// Puts a new box into a slot, holding a value or nothing yet.
    pub fn new_box(&mut self, slot: u32, value: Option<Operand>) {
        let ty = self.b().global(&Module::Core, "Box");
        let parts: Vec<Operand> = std::iter::once(ty).chain(value).collect();
        let new = self.b().push(Op::New(parts.into()));
        self.b().push(Op::SetSlot(slot, new));
    }

    pub fn temp(&mut self, temp: TempId, span: Span) -> Result<Operand> {
        match self.b().temps.get(&temp).copied() {
            Some(operand) => Ok(operand),
            // A temporary is only missing where control does not come, or across a function boundary.
            None if !self.b().reachable => Ok(self.nothing()),
            None => error("this use of a value from outside a function is not supported yet", span),
        }
    }

    pub fn static_param(&mut self, temp: TempId, span: Span) -> Result<Operand> {
        let lambda = &self.resolved.lambdas[self.builders[self.current].lambda as usize];
        match lambda.typevars.iter().position(|(t, _)| *t == temp) {
            Some(index) => Ok(Operand::StaticParam(index as u32)),
            None => self.temp(temp, span),
        }
    }

    pub fn is_defined(&mut self, inner: Tree) -> Result<Operand> {
        match inner.kind {
            Kind::Global(module, name) => {
                let id = self.b().global_id(&module, &name);
                Ok(self.b().push(Op::GlobalDefined(id)))
            }
            Kind::Var(var) => {
                if let Some(name) = self.info(var).promoted.clone() {
                    let id = self.b().global_id(&Module::Current, &name);
                    return Ok(self.b().push(Op::GlobalDefined(id)));
                }
                let resolved = self.resolved;
                let info = &resolved.vars[var as usize];
                if info.boxed {
                    let raw = self.raw(var);
                    let contents = self.b().symbol("contents");
                    return Ok(self.b().call_core("isdefined", &[raw, contents]));
                }
                if !self.owns(var) {
                    return Ok(self.b().literal(Literal::Bool(true)));
                }
                let slot = self.b().slot(var, info);
                Ok(self.b().push(Op::SlotDefined(slot)))
            }
            Kind::StaticParam(_) => Ok(self.b().literal(Literal::Bool(true))),
            // `@isdefined` of a field or element: evaluated for its errors by the caller's own rules.
            _ => error("`isdefined` of this expression is not supported yet", inner.span),
        }
    }
}
