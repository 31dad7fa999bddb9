//! Methods and closures.
//!
//! A closure is an immutable struct of what it captured, of a type made once in the thunk: its parameters are the static
//! parameters it uses and the types of what it holds unboxed, so that inference sees them.

use super::Emitter;
use super::builder::Builder;
use crate::diagnostic::Result;
use crate::tree::{Callee, FunctionDef, Kind, Lambda, LambdaId, Method, Module, ParamType, Tree, TypeVarDecl, VarId};
use tintype_hir::{Literal, ModuleRef, Op, Operand};
use tintype_syntax::{Name, Span};

impl Emitter<'_> {
    /// Methods of a global function, of a value, or of a type's objects.
    pub fn global_function(&mut self, def: FunctionDef, _span: Span) -> Result<Operand> {
        let function = match def.callee {
            Callee::Named(Tree { kind: Kind::Global(module, name), .. }) => {
                let id = self.b().global_id(&module, &name);
                Some(self.b().push(Op::DefineFunction(id)))
            }
            Callee::Named(tree) | Callee::Value(tree) => Some(self.value(tree)?),
            Callee::Functor | Callee::Anonymous(_) => None,
        };
        self.define_helpers(&def.helpers);
        let callee_type = function.map(|function| self.b().call_core("Typeof", &[function]));
        for method in def.methods {
            self.method(method, callee_type)?;
        }
        Ok(function.unwrap_or_else(|| self.nothing()))
    }

    fn define_helpers(&mut self, helpers: &[Name]) {
        for helper in helpers {
            let id = self.b().global_id(&Module::Current, helper);
            self.b().push(Op::DefineFunction(id));
        }
    }

    /// Methods of a closure, written into the thunk; then the closure object, unless an earlier definition made it.
    pub fn closure(&mut self, def: FunctionDef, group: u32) -> Result<Operand> {
        let in_thunk = self.current == 0;
        let outer = std::mem::replace(&mut self.current, 0);
        let reachable = std::mem::replace(&mut self.b().reachable, true);
        let line = self.b().line_mark();
        let start = self.b().mark();
        self.closure_type(group);
        self.define_helpers(&def.helpers);
        for method in def.methods {
            let callee_type = self.closure_type_in_signature(group);
            self.method(method, Some(callee_type))?;
        }
        if in_thunk && !def.uses_thunk_locals {
            self.b().hoist(start);
        }
        self.b().restore_line(line);
        self.b().reachable = reachable;
        self.current = outer;

        let callee = match def.callee {
            Callee::Named(Tree { kind: Kind::Var(var), .. }) => Some(var),
            _ => None,
        };
        match callee {
            Some(var) if !def.creates => Ok(self.read_var(var)),
            Some(var) => {
                let object = self.closure_object(group);
                self.write_var(var, object);
                Ok(object)
            }
            None => Ok(self.closure_object(group)),
        }
    }

    fn is_boxed(&self, var: VarId) -> bool {
        self.resolved.vars[var as usize].boxed
    }

    /// Defines the closure's type in the thunk, once.
    fn closure_type(&mut self, group: u32) {
        if std::mem::replace(&mut self.defined[group as usize], true) {
            return;
        }
        let resolved = self.resolved;
        let info = &resolved.groups[group as usize];
        let captures = self.captures(group);
        let mut params = Vec::new();
        for (_, name) in &info.typevars {
            params.push(self.plain_typevar(name));
        }
        let mut fields = Vec::new();
        let mut types = Vec::new();
        for var in &captures {
            let name = self.field_name(group, *var);
            fields.push(self.b().symbol(&name));
            if self.is_boxed(*var) {
                types.push(self.b().global(&Module::Core, "Box"));
            } else {
                let typevar = self.plain_typevar(&name);
                params.push(typevar);
                types.push(typevar);
            }
        }
        let params = self.b().call_core("svec", &params);
        let fields = self.b().call_core("svec", &fields);
        let attributes = self.b().call_core("svec", &[]);
        let module = self.b().literal(Literal::Module(ModuleRef::Current));
        let name = self.b().symbol(&info.type_name);
        let mutable = self.b().literal(Literal::Bool(false));
        let count = self.b().literal(Literal::Int64(captures.len() as i64));
        let ty = self.b().call_core("_structtype", &[module, name, params, fields, attributes, mutable, count]);
        let function = self.b().global(&Module::Core, "Function");
        self.b().call_core("_setsuper!", &[ty, function]);
        let id = self.b().global_id(&Module::Current, &info.type_name);
        self.b().push(Op::DeclareConst(id, ty));
        let types = self.b().call_core("svec", &types);
        self.b().call_core("_typebody!", &[ty, types]);
    }

    fn plain_typevar(&mut self, name: &str) -> Operand {
        let name = self.b().symbol(name);
        self.b().call_core("_typevar", &[name])
    }

    /// The closure's type where its methods are defined: applied to the static parameters, open in the captures' types.
    fn closure_type_in_signature(&mut self, group: u32) -> Operand {
        let resolved = self.resolved;
        let info = &resolved.groups[group as usize];
        let ty = self.b().global(&Module::Current, &info.type_name);
        if info.typevars.is_empty() {
            return ty;
        }
        let mut args = vec![ty];
        for (temp, _) in &info.typevars {
            let typevar = self.b().temps.get(temp).copied();
            args.push(typevar.unwrap_or_else(|| unreachable!("type variables are made before the methods inside")));
        }
        self.b().call_core("apply_type", &args)
    }

    /// Makes the closure in the current function.
    fn closure_object(&mut self, group: u32) -> Operand {
        let resolved = self.resolved;
        let info = &resolved.groups[group as usize];
        let mut ty = self.b().global(&Module::Current, &info.type_name);
        let mut params = vec![ty];
        for (temp, _) in &info.typevars {
            let value = self.static_param(*temp, Span::default());
            params.push(value.unwrap_or_else(|_| unreachable!("captured static parameters are known")));
        }
        let mut values = Vec::new();
        for var in self.captures(group) {
            let names_self =
                self.resolved.vars[var as usize].owner != self.builders[self.current].lambda && self.names_self(var);
            let value = if names_self { self.read_var(var) } else { self.raw(var) };
            if !self.is_boxed(var) {
                params.push(self.b().call_core("typeof", &[value]));
            }
            values.push(value);
        }
        if params.len() > 1 {
            ty = self.b().call_core("apply_type", &params);
        }
        values.insert(0, ty);
        self.b().push(Op::New(values.into()))
    }

    fn names_self(&self, var: VarId) -> bool {
        let lambda = &self.resolved.lambdas[self.builders[self.current].lambda as usize];
        lambda.group.is_some_and(|group| {
            self.resolved.groups[group as usize].callee == Some(var)
                && self.resolved.vars[var as usize].group == Some(group)
        })
    }

    /// Evaluates the signature, writes the body, adds the method. `callee_type` is the type of the called object.
    fn method(&mut self, method: Method, callee_type: Option<Operand>) -> Result<()> {
        let id = method.lambda.id;
        self.typevars(method.typevars)?;
        let body = self.body(method.lambda)?;
        let mut types = Vec::new();
        for ty in method.types {
            types.push(match ty {
                ParamType::Any => self.b().global(&Module::Core, "Any"),
                ParamType::Callee => callee_type.unwrap_or_else(|| unreachable!("only functors have no callee")),
                ParamType::TypeOf(tree) => {
                    let value = self.value(tree)?;
                    self.b().call_core("Typeof", &[value])
                }
                ParamType::Given(tree) => self.value(tree)?,
            });
        }
        let types = self.b().call_core("svec", &types);
        let typevars = self.typevar_operands(id);
        let typevars = self.b().call_core("svec", &typevars);
        let signature = self.b().call_core("svec", &[types, typevars]);
        let body = self.b().literal_id(Literal::Method(Box::new(body)));
        self.b().push(Op::DefineMethod(signature, body));
        Ok(())
    }

    fn typevar_operands(&mut self, lambda: LambdaId) -> Vec<Operand> {
        let resolved = self.resolved;
        let typevars = &resolved.lambdas[lambda as usize].typevars;
        let known = typevars.iter().map(|(temp, _)| self.b().temps.get(temp).copied());
        known.collect::<Option<_>>().unwrap_or_else(|| unreachable!("every static parameter has its type variable"))
    }

    /// Makes type variables and keeps them in their temporaries.
    pub fn typevars(&mut self, typevars: Vec<TypeVarDecl>) -> Result<Vec<Operand>> {
        let mut out = Vec::new();
        for var in typevars {
            let operand = self.typevar(&var.name, var.lower, var.upper)?;
            self.b().temps.insert(var.temp, operand);
            out.push(operand);
        }
        Ok(out)
    }

    pub fn typevar(&mut self, name: &Name, lower: Option<Tree>, upper: Option<Tree>) -> Result<Operand> {
        let symbol = self.b().symbol(name);
        let mut args = vec![symbol];
        match (lower, upper) {
            (None, None) => {}
            (None, Some(upper)) => args.push(self.value(upper)?),
            (Some(lower), upper) => {
                args.push(self.value(lower)?);
                args.push(match upper {
                    Some(upper) => self.value(upper)?,
                    None => self.b().global(&Module::Core, "Any"),
                });
            }
        }
        Ok(self.b().call_core("_typevar", &args))
    }

    /// Writes a function's body with a builder of its own.
    fn body(&mut self, mut lambda: Lambda) -> Result<tintype_hir::Lowered> {
        let resolved = self.resolved;
        let info = &resolved.lambdas[lambda.id as usize];
        let mut builder = Builder::new(lambda.id, &lambda.name, self.file, lambda.line);
        for (var, param) in info.params.iter().zip(&lambda.params) {
            builder.param_slot(*var, &param.name, param.no_specialize);
        }
        self.builders.push(builder);
        let outer = std::mem::replace(&mut self.current, self.builders.len() - 1);
        for var in &info.params {
            self.box_param(*var);
        }
        self.entry_boxes(lambda.id);
        self.find_labels(&mut lambda.body);
        self.tail(lambda.body)?;
        self.current = outer;
        let builder = self.builders.pop().unwrap_or_else(|| unreachable!("pushed above"));
        let mut lowered = builder.finish(resolved, lambda.params.len() as u32, lambda.is_vararg);
        lowered.body.inline = lambda.inline;
        lowered.body.propagate_inbounds = lambda.propagate_inbounds;
        lowered.body.generated = lambda.generated;
        Ok(lowered)
    }

    /// Boxes of the variables that belong to a whole function, or to the thunk, rather than to a scope in it.
    pub fn entry_boxes(&mut self, lambda: LambdaId) {
        for (var, info) in self.resolved.vars.iter().enumerate() {
            if info.owner == lambda && info.boxed && !info.is_param && !info.scoped {
                self.enter_scope(&[var as VarId]);
            }
        }
    }

    /// A parameter that lives in a box moves there at entry; its box has a slot of its own.
    fn box_param(&mut self, var: VarId) {
        let resolved = self.resolved;
        let info = &resolved.vars[var as usize];
        if !info.boxed {
            return;
        }
        let slot = self.b().slot(var, info);
        let value = self.b().push(Op::GetSlot(slot));
        let name = format!("{}#box", info.name);
        let boxed = self.b().new_slot(&name);
        self.b().rebind(var, boxed);
        self.new_box(boxed, Some(value));
    }
}
