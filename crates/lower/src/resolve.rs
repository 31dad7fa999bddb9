//! Scopes: what every name means.
//!
//! The walk keeps a stack of frames, one for each scope, function and `where`. A variable belongs to the function whose
//! frame declares it; a use in an inner function makes every function between capture it. Functions defined under one
//! local name share a *group*: one closure type, one set of captures.
//!
//! A method of a global function that uses a local of a top-level `let` cannot capture it: such a variable is promoted
//! to a hidden global.

use crate::diagnostic::{Result, error, warning};
use crate::gather::{Declarations, gather};
use crate::host::MacroHost;
use crate::tree::{
    Callee, FunctionDef, Kind, LambdaId, Method, Module, ParamType, Scope, TempId, Tree, TypeDef, TypeDefKind,
    TypeVarDecl, VarId, Where,
};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use tintype_hir::{Literal, ModuleRef};
use tintype_syntax::{Name, Span};

/// The core form is deeper than the source; the passes after this one recurse as deeply, with larger frames.
const MAX_TREE_DEPTH: u32 = 1000;

/// A local variable.
#[derive(Clone, Debug)]
pub(crate) struct VarInfo {
    pub name: Name,
    pub owner: LambdaId,
    pub is_param: bool,
    pub captured: bool,
    pub assigned: bool,
    /// Assigned by a function inside the owner.
    pub assigned_inside: bool,
    /// Lives in a `Core.Box`.
    pub boxed: bool,
    /// Some read in the owner may come before any assignment.
    pub maybe_undefined: bool,
    /// Captured where it may not be assigned yet: reads through the box check.
    pub captured_undefined: bool,
    /// The hidden global it became.
    pub promoted: Option<Name>,
    /// Declared by a scope inside its function: its box is made where the scope is entered.
    pub scoped: bool,
    /// Set only by definitions of this group's functions.
    pub group: Option<u32>,
    declared_type: Option<Rc<(Tree, usize)>>,
}

/// A function body, or the top-level thunk (number 0).
#[derive(Clone, Debug, Default)]
pub(crate) struct LambdaInfo {
    pub parent: LambdaId,
    pub params: Vec<VarId>,
    /// Static parameters: its own, then those captured; the temporary holds the type variable.
    pub typevars: Vec<(TempId, Name)>,
    pub group: Option<u32>,
    /// The parameter that holds the closure object.
    pub env_param: usize,
    pub has_labels: bool,
}

/// The methods of one closure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub type_name: Name,
    pub callee: Option<VarId>,
    pub captures: Vec<VarId>,
    pub typevars: Vec<(TempId, Name)>,
}

/// What resolution found out, for the passes after it.
#[derive(Default)]
pub(crate) struct Resolved {
    pub vars: Vec<VarInfo>,
    pub lambdas: Vec<LambdaInfo>,
    pub groups: Vec<Group>,
}

#[derive(Clone)]
enum Binding {
    Local(VarId),
    Global,
    /// A static parameter of the method whose signature declares it.
    TypeVar(TempId),
    /// A `where` variable inside a body.
    Temp(TempId),
}

struct Frame {
    names: FxHashMap<Name, Binding>,
    /// Soft scopes at top level leave assignments to globals open to question.
    soft: bool,
}

pub(crate) struct Resolver<'a> {
    pub out: Resolved,
    pub temps: &'a mut u32,
    host: &'a mut dyn MacroHost,
    interactive: bool,
    file: &'a str,
    line: u32,
    depth: u32,
    frames: Vec<Frame>,
    lambda: LambdaId,
    in_signature: bool,
    signature_uses_thunk_locals: bool,
}

impl<'a> Resolver<'a> {
    pub fn new(host: &'a mut dyn MacroHost, temps: &'a mut u32, interactive: bool, file: &'a str) -> Self {
        Resolver {
            out: Resolved::default(),
            temps,
            host,
            interactive,
            file,
            line: 0,
            depth: 0,
            frames: Vec::new(),
            lambda: 0,
            in_signature: false,
            signature_uses_thunk_locals: false,
        }
    }

    /// Resolves a whole top-level expression. Only what it declares `local` is local to it.
    pub fn thunk(&mut self, tree: &mut Tree) -> Result<()> {
        self.out.lambdas.push(LambdaInfo::default());
        let found = gather(tree);
        self.out.lambdas[0].has_labels |= found.has_labels;
        self.frames.push(Frame { names: FxHashMap::default(), soft: true });
        for name in found.locals {
            self.declare(name);
        }
        for (name, ty) in found.typed {
            if let Some(Binding::Local(var)) = self.lookup(&name).cloned() {
                self.out.vars[var as usize].declared_type = Some(Rc::new((ty, self.frames.len())));
            }
        }
        self.tree(tree)?;
        self.frames.pop();
        Ok(())
    }

    fn new_temp(&mut self) -> TempId {
        *self.temps += 1;
        *self.temps - 1
    }

    fn new_var(&mut self, name: Name, is_param: bool) -> VarId {
        self.out.vars.push(VarInfo {
            name,
            owner: self.lambda,
            is_param,
            captured: false,
            assigned: false,
            assigned_inside: false,
            boxed: false,
            maybe_undefined: false,
            captured_undefined: false,
            promoted: None,
            scoped: false,
            group: None,
            declared_type: None,
        });
        (self.out.vars.len() - 1) as VarId
    }

    /// A new variable of the innermost frame, or the one it has of this name.
    fn declare(&mut self, name: Name) -> VarId {
        if let Some(Binding::Local(var)) = self.frames.last().and_then(|f| f.names.get(&name)) {
            return *var;
        }
        let var = self.new_var(name.clone(), false);
        self.bind(name, Binding::Local(var));
        var
    }

    fn bind(&mut self, name: Name, binding: Binding) {
        let frame = self.frames.last_mut().unwrap_or_else(|| unreachable!("a frame is open"));
        frame.names.insert(name, binding);
    }

    fn lookup(&self, name: &str) -> Option<&Binding> {
        self.frames.iter().rev().find_map(|frame| frame.names.get(name))
    }

    /// Enters what a scope or function body declares into the innermost frame. Returns its variables.
    fn enter(&mut self, found: Declarations, span: Span) -> Result<Vec<VarId>> {
        let mut vars = Vec::new();
        for name in &found.globals {
            if found.locals.contains(name) {
                return error(format!("variable \"{name}\" declared both local and global"), span);
            }
            self.bind(name.clone(), Binding::Global);
        }
        for name in &found.locals {
            vars.push(self.declare(name.clone()));
        }
        for (name, ty) in found.typed {
            let var = match self.lookup(&name) {
                Some(Binding::Global) if found.globals.contains(&name) => continue,
                Some(Binding::Local(var)) => *var,
                _ => {
                    vars.push(self.declare(name.clone()));
                    *vars.last().unwrap_or(&0)
                }
            };
            let depth = self.frames.len();
            self.out.vars[var as usize].declared_type = Some(Rc::new((ty, depth)));
        }
        for (name, span) in found.assigned {
            if self.lookup(&name).is_none() && !self.assigns_global(&name, span) {
                let var = self.declare(name.clone());
                vars.push(var);
            }
        }
        for var in &vars {
            let info = &self.out.vars[*var as usize];
            if !found.reassigned.contains(&info.name) && !info.is_param {
                // Perhaps the name of local functions; the first definition makes its group.
                self.out.vars[*var as usize].group = Some(u32::MAX);
            }
        }
        vars.sort_unstable();
        vars.dedup();
        Ok(vars)
    }

    /// Julia's soft-scope rule: at top level, outside any hard scope, an assignment in a loop or `try` means an existing
    /// global when typed in, and a new local, with a warning, in a file.
    fn assigns_global(&mut self, name: &Name, span: Span) -> bool {
        let soft = self.lambda == 0 && self.frames.iter().all(|f| f.soft);
        if !soft || !self.host.is_defined_global(name) {
            return false;
        }
        if !self.interactive {
            let message = format!(
                "Assignment to `{name}` in soft scope is ambiguous because a global variable by the same name exists: \
                 `{name}` will be treated as a new local. Disambiguate by using `local {name}` to suppress this warning or \
                 `global {name}` to assign to the existing variable."
            );
            self.host.warn(warning(message, span));
        }
        self.interactive
    }

    fn tree(&mut self, tree: &mut Tree) -> Result<()> {
        if self.depth >= MAX_TREE_DEPTH {
            return error("expression nested too deeply", tree.span);
        }
        self.depth += 1;
        let result = self.tree_inner(tree);
        self.depth -= 1;
        result
    }

    fn tree_inner(&mut self, tree: &mut Tree) -> Result<()> {
        let span = tree.span;
        match &mut tree.kind {
            Kind::Name(name) => {
                let name = name.clone();
                tree.kind = self.read(&name, span)?;
                Ok(())
            }
            Kind::Call(args) => match self.qualified_global(args) {
                Some(global) => {
                    tree.kind = global;
                    Ok(())
                }
                None => args.iter_mut().try_for_each(|arg| self.tree(arg)),
            },
            Kind::Assign(target, value) => {
                self.tree(value)?;
                self.assignment_target(target, value)
            }
            Kind::Const(target, value) => {
                self.tree(value)?;
                self.const_target(target)
            }
            Kind::Line(line) => {
                self.line = *line;
                Ok(())
            }
            Kind::Scope(scope) => self.scope(scope, span),
            Kind::LocalTyped(name, ty) => {
                let (name, mut ty) = (name.clone(), (**ty).clone());
                let is_global = matches!(self.lookup(&name), None | Some(Binding::Global));
                tree.kind = Kind::Literal(Literal::Nothing);
                if is_global {
                    self.tree(&mut ty)?;
                    let module = Tree::literal(Literal::Module(ModuleRef::Current), span);
                    let call = Tree::call_core("set_binding_type!", vec![module, Tree::symbol(&name, span), ty], span);
                    tree.kind = call.kind;
                }
                Ok(())
            }
            Kind::Function(def) => self.function(def, span),
            Kind::Where(w) => {
                if self.in_signature || !contains_function(&mut w.body) {
                    return self.where_expr(w);
                }
                tree.kind = where_scope(w, span);
                self.tree(tree)
            }
            Kind::TypeDef(def) => self.type_def(def),
            Kind::IsDefined(inner) => match &inner.kind {
                Kind::Name(name) => {
                    let name = name.clone();
                    inner.kind = self.read(&name, span)?;
                    Ok(())
                }
                _ => self.tree(inner),
            },
            _ => {
                let mut result = Ok(());
                tree.for_each_child_mut(&mut |child| {
                    if result.is_ok() {
                        result = self.tree(child);
                    }
                });
                result
            }
        }
    }

    /// `Base.x` and `Core.x`, where those names are not local: the global itself, so that the modules everything else is
    /// built from need no property access.
    fn qualified_global(&self, call: &[Tree]) -> Option<Kind> {
        let [get, module, field] = call else { return None };
        match (&get.kind, &module.kind, &field.kind) {
            (Kind::Global(Module::Base, get), Kind::Name(module), Kind::Literal(Literal::Symbol(field)))
                if &**get == "getproperty" && self.lookup(module).is_none() =>
            {
                match &**module {
                    "Core" => Some(Kind::Global(Module::Core, (**field).into())),
                    "Base" => Some(Kind::Global(Module::Base, (**field).into())),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn scope(&mut self, scope: &mut Scope, span: Span) -> Result<()> {
        let found = gather(&mut scope.body);
        self.out.lambdas[self.lambda as usize].has_labels |= found.has_labels;
        self.frames.push(Frame { names: FxHashMap::default(), soft: !scope.hard });
        scope.vars = self.enter(found, span)?;
        for var in &scope.vars {
            self.out.vars[*var as usize].scoped = true;
        }
        self.tree(&mut scope.body)?;
        self.frames.pop();
        Ok(())
    }

    fn read(&mut self, name: &Name, span: Span) -> Result<Kind> {
        match self.lookup(name).cloned() {
            None | Some(Binding::Global) => Ok(Kind::Global(Module::Current, name.clone())),
            Some(Binding::Temp(temp)) => Ok(Kind::Temp(temp)),
            Some(Binding::TypeVar(temp)) if self.in_signature => {
                self.use_typevar(temp, name);
                Ok(Kind::Temp(temp))
            }
            Some(Binding::TypeVar(temp)) => {
                self.use_typevar(temp, name);
                Ok(Kind::StaticParam(temp))
            }
            Some(Binding::Local(var)) if self.in_signature => {
                if self.out.vars[var as usize].owner != 0 {
                    return error(format!("local variable {name} cannot be used in closure declaration"), span);
                }
                self.signature_uses_thunk_locals = true;
                Ok(Kind::Var(var))
            }
            Some(Binding::Local(var)) => {
                self.use_var(var, span)?;
                Ok(Kind::Var(var))
            }
        }
    }

    /// Notes a use of a variable by the current function: every function between it and the owner captures it.
    fn use_var(&mut self, var: VarId, span: Span) -> Result<()> {
        let owner = self.out.vars[var as usize].owner;
        let mut at = self.lambda;
        while at != owner {
            let info = &self.out.lambdas[at as usize];
            let parent = info.parent;
            let Some(group) = info.group else {
                if owner != 0 {
                    return self.global_method_inside(span);
                }
                self.promote(var);
                return Ok(());
            };
            if self.is_self(group, var) {
                return Ok(());
            }
            let captures = &mut self.out.groups[group as usize].captures;
            if !captures.contains(&var) {
                captures.push(var);
            }
            self.out.vars[var as usize].captured = true;
            at = parent;
        }
        Ok(())
    }

    /// Whether a variable names the very function whose body this is.
    fn is_self(&self, group: u32, var: VarId) -> bool {
        self.out.groups[group as usize].callee == Some(var) && self.out.vars[var as usize].group == Some(group)
    }

    fn promote(&mut self, var: VarId) {
        if self.out.vars[var as usize].promoted.is_none() {
            let number = self.host.unique_number();
            let info = &mut self.out.vars[var as usize];
            info.promoted = Some(format!("#{}#{number}", info.name).into());
        }
    }

    fn global_method_inside<T>(&self, span: Span) -> Result<T> {
        let (file, line) = (self.file, self.line);
        let message = "needs to be placed at the top level, or use \"eval\".";
        error(format!("Global method definition around {file}:{line} {message}"), span)
    }

    fn use_typevar(&mut self, temp: TempId, name: &Name) {
        let mut at = self.lambda;
        while at != 0 {
            let info = &mut self.out.lambdas[at as usize];
            if info.typevars.iter().any(|(known, _)| *known == temp) {
                return;
            }
            info.typevars.push((temp, name.clone()));
            if let Some(group) = info.group {
                let known = &mut self.out.groups[group as usize].typevars;
                if !known.iter().any(|(t, _)| *t == temp) {
                    known.push((temp, name.clone()));
                }
            }
            at = info.parent;
        }
    }

    fn assignment_target(&mut self, target: &mut Tree, value: &mut Box<Tree>) -> Result<()> {
        let Kind::Name(name) = &target.kind else { return Ok(()) };
        let name = name.clone();
        let span = target.span;
        match self.lookup(&name).cloned() {
            None | Some(Binding::Global) => target.kind = Kind::Global(Module::Current, name),
            Some(Binding::Local(var)) => {
                self.use_var(var, span)?;
                let inside = self.out.vars[var as usize].owner != self.lambda;
                let info = &mut self.out.vars[var as usize];
                info.assigned = true;
                info.assigned_inside |= inside;
                if info.group == Some(u32::MAX) {
                    info.group = None;
                }
                target.kind = Kind::Var(var);
                if let Some(declared) = info.declared_type.clone() {
                    self.convert_to_declared(&declared, value, span)?;
                }
            }
            Some(Binding::TypeVar(_) | Binding::Temp(_)) => {
                return error(format!("cannot assign a value to static parameter \"{name}\""), span);
            }
        }
        Ok(())
    }

    /// `convert(T, value)::T`, with `T` meaning what it means where the variable is declared.
    fn convert_to_declared(&mut self, declared: &Rc<(Tree, usize)>, value: &mut Box<Tree>, span: Span) -> Result<()> {
        let (ty, depth) = &**declared;
        let mut ty = ty.clone();
        let inner = self.frames.split_off((*depth).min(self.frames.len()));
        let resolved = self.tree(&mut ty);
        self.frames.extend(inner);
        resolved?;
        let ty_temp = Tree::temp(self.new_temp(), span);
        let plain = std::mem::replace(&mut **value, Tree::nothing(span));
        let converted = Tree::call_base("convert", vec![ty_temp.clone(), plain], span);
        let asserted = Tree::call_core("typeassert", vec![converted, ty_temp.clone()], span);
        **value = Tree::block(vec![Tree::assign(ty_temp, ty, span), asserted], span);
        Ok(())
    }

    fn const_target(&mut self, target: &mut Tree) -> Result<()> {
        if let Kind::Name(name) = &target.kind {
            if matches!(self.lookup(name), Some(Binding::Local(_))) {
                return error("unsupported `const` declaration on local variable", target.span);
            }
            target.kind = Kind::Global(Module::Current, name.clone());
        }
        Ok(())
    }

    fn where_expr(&mut self, w: &mut Where) -> Result<()> {
        for bound in w.lower.iter_mut().chain(&mut w.upper) {
            self.tree(bound)?;
        }
        w.temp = self.new_temp();
        self.frames.push(Frame { names: FxHashMap::default(), soft: true });
        self.bind(w.name.clone(), Binding::Temp(w.temp));
        let result = self.tree(&mut w.body);
        self.frames.pop();
        result
    }

    /// Declares type variables one after another, each visible to the bounds after it.
    fn typevars(&mut self, vars: &mut [TypeVarDecl], as_static: bool) -> Result<()> {
        for var in vars {
            for bound in var.lower.iter_mut().chain(&mut var.upper) {
                self.tree(bound)?;
            }
            var.temp = self.new_temp();
            let binding = if as_static { Binding::TypeVar(var.temp) } else { Binding::Temp(var.temp) };
            self.bind(var.name.clone(), binding);
        }
        Ok(())
    }

    fn type_def(&mut self, def: &mut TypeDef) -> Result<()> {
        def.temp = self.new_temp();
        self.frames.push(Frame { names: FxHashMap::default(), soft: true });
        self.bind(def.name.clone(), Binding::Temp(def.temp));
        self.typevars(&mut def.params, false)?;
        if let Some(super_type) = &mut def.super_type {
            self.tree(super_type)?;
        }
        match &mut def.kind {
            TypeDefKind::Abstract => {}
            TypeDefKind::Primitive(bits) => self.tree(bits)?,
            TypeDefKind::Struct { fields, .. } => {
                for (_, ty, _) in fields {
                    if let Some(ty) = ty {
                        self.tree(ty)?;
                    }
                }
            }
        }
        self.frames.pop();
        Ok(())
    }

    fn function(&mut self, def: &mut FunctionDef, span: Span) -> Result<()> {
        let group = self.callee(def, span)?;
        if group.is_none() && self.lambda != 0 && !def.methods.is_empty() {
            return self.global_method_inside(span);
        }
        def.group = group;
        for method in &mut def.methods {
            self.method(method, group, &mut def.uses_thunk_locals)?;
        }
        Ok(())
    }

    /// The group of the closure that is defined; `None` for global functions.
    fn callee(&mut self, def: &mut FunctionDef, span: Span) -> Result<Option<u32>> {
        match &mut def.callee {
            Callee::Functor => Ok(None),
            Callee::Value(value) => {
                self.tree(value)?;
                Ok(None)
            }
            Callee::Anonymous(name) => {
                let type_name = format!("{name}#{}", self.host.unique_number());
                Ok(Some(self.new_group(type_name.into(), None)))
            }
            Callee::Named(target) => {
                let Kind::Name(name) = &target.kind else { return Ok(None) };
                let name = name.clone();
                match self.lookup(&name).cloned() {
                    None | Some(Binding::Global) => {
                        target.kind = Kind::Global(Module::Current, name);
                        Ok(None)
                    }
                    Some(Binding::Local(var)) => {
                        target.kind = Kind::Var(var);
                        if self.out.vars[var as usize].owner != self.lambda {
                            return error(
                                format!("cannot add method to function argument or outer local {name} here"),
                                span,
                            );
                        }
                        self.out.vars[var as usize].assigned = true;
                        match self.out.vars[var as usize].group {
                            Some(group) if group != u32::MAX => Ok(Some(group)),
                            first => {
                                let number = self.host.unique_number();
                                let group = self.new_group(format!("#{name}#{number}").into(), Some(var));
                                if first.is_some() {
                                    self.out.vars[var as usize].group = Some(group);
                                }
                                Ok(Some(group))
                            }
                        }
                    }
                    Some(_) => error(format!("cannot define function; {name} already has a value"), span),
                }
            }
        }
    }

    fn new_group(&mut self, type_name: Name, callee: Option<VarId>) -> u32 {
        self.out.groups.push(Group { type_name, callee, ..Group::default() });
        (self.out.groups.len() - 1) as u32
    }

    fn method(&mut self, method: &mut Method, group: Option<u32>, uses_thunk_locals: &mut bool) -> Result<()> {
        let id = self.out.lambdas.len() as LambdaId;
        let env_param = method.types.iter().position(|t| matches!(t, ParamType::Callee)).unwrap_or(0);
        let parent = self.lambda;
        self.out.lambdas.push(LambdaInfo { parent, group, env_param, ..LambdaInfo::default() });
        method.lambda.id = id;
        let outer_signature = std::mem::replace(&mut self.in_signature, true);
        let outer_uses = std::mem::take(&mut self.signature_uses_thunk_locals);
        self.lambda = id;
        self.frames.push(Frame { names: FxHashMap::default(), soft: false });
        for var in &mut method.typevars {
            self.typevars(std::slice::from_mut(var), true)?;
            self.out.lambdas[id as usize].typevars.push((var.temp, var.name.clone()));
        }
        for ty in &mut method.types {
            if let ParamType::TypeOf(tree) | ParamType::Given(tree) = ty {
                self.tree(tree)?;
            }
        }
        *uses_thunk_locals |= self.signature_uses_thunk_locals;
        self.signature_uses_thunk_locals |= outer_uses;
        self.in_signature = false;
        self.body(method, id)?;
        self.frames.pop();
        self.lambda = parent;
        self.in_signature = outer_signature;
        Ok(())
    }

    fn body(&mut self, method: &mut Method, id: LambdaId) -> Result<()> {
        let found = gather(&mut method.lambda.body);
        self.out.lambdas[id as usize].has_labels |= found.has_labels;
        self.frames.push(Frame { names: FxHashMap::default(), soft: false });
        for param in &method.lambda.params {
            let var = self.new_var(param.name.clone(), true);
            self.bind(param.name.clone(), Binding::Local(var));
            self.out.lambdas[id as usize].params.push(var);
        }
        let params: Vec<&Name> = method.lambda.params.iter().map(|p| &p.name).collect();
        if let Some(clash) = found.locals.iter().find(|name| params.contains(name) && !name.starts_with('#')) {
            let clash = clash.clone();
            return error(
                format!("local variable name \"{clash}\" conflicts with an argument"),
                method.lambda.body.span,
            );
        }
        self.enter(found, method.lambda.body.span)?;
        self.tree(&mut method.lambda.body)?;
        self.frames.pop();
        Ok(())
    }
}

fn contains_function(tree: &mut Tree) -> bool {
    let mut found = matches!(tree.kind, Kind::Function(_));
    tree.for_each_child_mut(&mut |child| found |= contains_function(child));
    found
}

/// A `where` whose body holds a closure: the type variable is an ordinary local, so that it can be captured.
fn where_scope(w: &mut Where, span: Span) -> Kind {
    let name = Tree::name(w.name.clone(), span);
    let mut args = vec![Tree::symbol(&w.name, span)];
    match (w.lower.take(), w.upper.take()) {
        (None, None) => {}
        (None, Some(upper)) => args.push(upper),
        (Some(lower), upper) => args.extend([lower, upper.unwrap_or_else(|| Tree::core("Any", span))]),
    }
    let body = std::mem::replace(&mut w.body, Tree::nothing(span));
    let items = vec![
        Tree::new(Kind::Local(w.name.clone()), span),
        Tree::assign(name.clone(), Tree::call_core("_typevar", args, span), span),
        Tree::call_core("_unionall", vec![name, body], span),
    ];
    Tree::scope(true, Tree::block(items, span), span).kind
}
