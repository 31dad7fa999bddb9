//! Type definitions: `struct`, `mutable struct`, `abstract type`, `primitive type`, and what `new` means.

use super::Desugar;
use super::functions::{SELF, Target, function_tree};
use super::signatures::{Arg, Signature, type_var_name, used_vars};
use crate::diagnostic::{Result, error};
use crate::tree::{Callee, Kind, Module, ParamType, Tree, TypeDef, TypeDefKind, TypeVarDecl};
use tintype_syntax::{Name, Node, NodeKind, Span};

/// The struct whose body is being desugared.
pub(crate) struct NewContext {
    name: Name,
    params: Vec<Name>,
    field_types: Vec<Option<Node>>,
    /// The type arguments of the constructor being defined: `T` of `P{T}(x) where T = ...`.
    constructor_params: Option<Vec<Node>>,
    /// The fewest values a `new` was called with.
    fewest: Option<usize>,
}

/// A definition's head: `Name{T <: Real} <: Super`.
struct TypeHead {
    name: Name,
    params: Vec<Node>,
    super_type: Option<Node>,
}

struct Field {
    name: Name,
    ty: Option<Node>,
    attribute: Option<&'static str>,
}

impl Desugar<'_> {
    pub fn abstract_definition(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let head = self.type_head(&args[0], "abstract type")?;
        self.type_definition(&head, TypeDefKind::Abstract, span)
    }

    pub fn primitive_definition(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let [head, bits] = args else { return error("malformed primitive type", span) };
        let head = self.type_head(head, "primitive type")?;
        let bits = self.expr(bits)?;
        self.type_definition(&head, TypeDefKind::Primitive(bits), span)
    }

    fn type_head(&mut self, node: &Node, what: &str) -> Result<TypeHead> {
        if self.function_depth > 0 {
            return error(format!("\"{what}\" expression not at top level"), node.span);
        }
        let (node, super_type) = match node.as_expr() {
            Some(("<:", [node, super_type])) => (node, Some(super_type.clone())),
            _ => (node, None),
        };
        let (name, params) = match node.as_expr() {
            Some(("curly", [name, params @ ..])) => (name, params.to_vec()),
            _ => (node, Vec::new()),
        };
        // A macro's type keeps its name: definitions are global.
        let name = crate::host::as_global_ref(name).map(|(_, name)| name).or(name.as_symbol());
        match name {
            Some(name) => Ok(TypeHead { name: name.into(), params, super_type }),
            None => error("invalid type signature", node.span),
        }
    }

    fn type_definition(&mut self, head: &TypeHead, kind: TypeDefKind, span: Span) -> Result<Tree> {
        let mut params = Vec::new();
        for param in &head.params {
            let (name, lower, upper) = self.type_var(param)?;
            params.push(TypeVarDecl { name, lower, upper, temp: 0 });
        }
        let super_type = head.super_type.as_ref().map(|node| self.expr(node)).transpose()?;
        let def = TypeDef { name: head.name.clone(), params, super_type, kind, temp: 0 };
        Ok(Tree::new(Kind::TypeDef(Box::new(def)), span))
    }

    pub fn struct_definition(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let [mutable, head, body] = args else { return error("malformed struct", span) };
        let mutable = matches!(mutable.kind, NodeKind::Bool(true));
        let head = self.type_head(head, "struct")?;
        let (mut fields, mut definitions) = (Vec::new(), Vec::new());
        collect_fields(body, &mut fields, &mut definitions)?;
        if let Some(twice) = duplicate(&fields) {
            return error(format!("duplicate field name: \"{twice}\" is not unique"), span);
        }
        let params: Vec<Name> = head.params.iter().filter_map(type_var_name).collect();
        let field_types = fields.iter().map(|f| f.ty.clone()).collect();
        let context =
            NewContext { name: head.name.clone(), params, field_types, constructor_params: None, fewest: None };
        let outer = self.new_context.replace(context);
        let constructors = self.exprs(&definitions);
        let context = self.new_context.take();
        self.new_context = outer;
        let constructors = constructors?;
        let context = context.unwrap_or_else(|| unreachable!("set above"));
        let has_inner = definitions.iter().any(|d| !matches!(d.kind, NodeKind::Line(_)));
        let fewest = if has_inner { context.fewest.unwrap_or(fields.len()) } else { fields.len() };

        let mut types = Vec::new();
        for field in &fields {
            let ty = field.ty.as_ref().map(|ty| self.expr(ty)).transpose()?;
            types.push((field.name.clone(), ty, field.attribute));
        }
        let kind = TypeDefKind::Struct { mutable, fields: types, n_initialized: fewest as u32 };
        let mut items = vec![self.type_definition(&head, kind, span)?];
        if has_inner {
            items.extend(constructors);
        } else {
            self.default_constructors(&head, &fields, span, &mut items)?;
        }
        items.push(Tree::nothing(span));
        Ok(Tree::block(items, span))
    }

    fn default_constructors(
        &mut self,
        head: &TypeHead,
        fields: &[Field],
        span: Span,
        out: &mut Vec<Tree>,
    ) -> Result<()> {
        let typed = fields.iter().any(|f| f.ty.as_ref().is_some_and(|ty| ty.as_symbol() != Some("Any")));
        let own = Node::symbol(&head.name, span);
        if head.params.is_empty() {
            if typed {
                out.push(self.constructor(head, fields, true, false, span)?);
            }
            out.push(self.constructor(head, fields, false, typed, span)?);
            return Ok(());
        }
        out.push(self.constructor(head, fields, false, typed, span)?);
        let types: Vec<&Node> = fields.iter().filter_map(|f| f.ty.as_ref()).collect();
        let names: Vec<Name> = head.params.iter().filter_map(type_var_name).collect();
        // A variable that only the bound of another one mentions is found through that one.
        if used_vars(&head.params, &types).into_iter().all(|is_used| is_used) {
            // P(x::T) where T = P{T}(x)
            let mut call = vec![own.clone()];
            call.extend(fields.iter().map(|f| match &f.ty {
                Some(ty) => Node::expr("::", vec![Node::symbol(&f.name, span), ty.clone()], span),
                None => Node::symbol(&f.name, span),
            }));
            let mut signature = vec![Node::expr("call", call, span)];
            signature.extend(head.params.iter().cloned());
            let mut curly = vec![own];
            curly.extend(names.iter().map(|n| Node::symbol(n, span)));
            let mut body = vec![Node::expr("curly", curly, span)];
            body.extend(fields.iter().map(|f| Node::symbol(&f.name, span)));
            let saved = self.new_context.take();
            let context = NewContext {
                name: head.name.clone(),
                params: Vec::new(),
                field_types: Vec::new(),
                constructor_params: None,
                fewest: None,
            };
            self.new_context = Some(context);
            let tree = self.definition(&Node::expr("where", signature, span), &Node::expr("call", body, span), span);
            self.new_context = saved;
            out.push(tree?);
        }
        Ok(())
    }

    /// A constructor that gives `new` every field. `exact` repeats the field types in the signature; `convert` converts.
    fn constructor(
        &mut self,
        head: &TypeHead,
        fields: &[Field],
        exact: bool,
        convert: bool,
        span: Span,
    ) -> Result<Tree> {
        let own = Tree::new(Kind::Global(Module::Current, head.name.clone()), span);
        let names: Vec<Name> = head.params.iter().filter_map(type_var_name).collect();
        let ty = self.applied(own.clone(), &names, span);
        let (callee, self_type) = if names.is_empty() {
            (Callee::Value(own), ParamType::Callee)
        } else {
            (Callee::Functor, ParamType::TypeOf(ty.clone()))
        };
        let target = Target { callee: callee.clone(), self_name: SELF.into(), self_type, display: (*head.name).into() };
        let args: Vec<Arg> = fields
            .iter()
            .map(|f| Arg {
                name: f.name.clone(),
                ty: if exact { f.ty.clone() } else { None },
                default: None,
                splat: false,
                no_specialize: false,
                pattern: None,
                span,
            })
            .collect();
        let (mut lambda, mut items) = self.lambda(&target, &args)?;
        let ty = self.hold(ty, &mut items);
        let mut new = vec![ty.clone()];
        for (i, field) in fields.iter().enumerate() {
            let value = Tree::name(field.name.clone(), span);
            let converts = convert && field.ty.as_ref().is_some_and(|ty| ty.as_symbol() != Some("Any"));
            new.push(if converts { field_converted(&ty, i, value, span) } else { value });
        }
        items.push(Tree::new(Kind::New(new), span));
        lambda.body = Tree::block(items, span);
        let method = self.method(&target, &args, &head.params, lambda)?;
        Ok(function_tree(callee, vec![method], Vec::new(), span))
    }

    fn applied(&self, ty: Tree, params: &[Name], span: Span) -> Tree {
        if params.is_empty() {
            return ty;
        }
        let mut args = vec![ty];
        args.extend(params.iter().map(|name| Tree::name(name.clone(), span)));
        Tree::call_core("apply_type", args, span)
    }

    /// `new(args...)` or `new{T}(args...)`.
    pub fn new_call(&mut self, params: Option<&[Node]>, args: &[Node], span: Span) -> Result<Tree> {
        let Some(context) = &self.new_context else { return error("`new` outside a struct", span) };
        let own = Tree::new(Kind::Global(Module::Current, context.name.clone()), span);
        let field_types = context.field_types.clone();
        let n_params = context.params.len();
        let given = params.map(<[Node]>::to_vec).or_else(|| context.constructor_params.clone());
        let given = given.unwrap_or_default();
        if given.len() < n_params && !given.iter().any(|g| g.is_expr("...")) {
            return error("too few type parameters specified in \"new{...}\"", span);
        }
        if given.len() > n_params {
            return error("too many type parameters specified in \"new{...}\"", span);
        }
        if let Some(bad) = args.iter().find(|a| a.is_expr("kw") || a.is_expr("parameters")) {
            return error("\"new\" does not accept keyword arguments", bad.span);
        }
        let mut items = Vec::new();
        let mut ty = own;
        if n_params > 0 {
            let params = self.arguments(&given.iter().collect::<Vec<_>>())?;
            let mut all = vec![(ty, false)];
            all.extend(params);
            ty = self.apply(Tree::core("apply_type", span), all, span);
        }
        let ty = self.hold(ty, &mut items);
        let plain = args.iter().filter(|a| !a.is_expr("...")).count();
        if let Some(context) = &mut self.new_context {
            context.fewest = Some(context.fewest.map_or(plain, |f| f.min(plain)));
        }
        if plain > field_types.len() {
            return error("too many arguments in \"new\"", span);
        }
        let values = self.arguments(&args.iter().collect::<Vec<_>>())?;
        let result = if values.iter().any(|(_, splat)| *splat) {
            self.new_from_tuple(ty, values, &field_types, span, &mut items)
        } else {
            let mut new = vec![ty.clone()];
            for (i, (value, _)) in values.into_iter().enumerate() {
                let typed = field_types[i].as_ref().is_some_and(|ty| ty.as_symbol() != Some("Any"));
                new.push(if typed { field_converted(&ty, i, value, span) } else { value });
            }
            Tree::new(Kind::New(new), span)
        };
        items.push(result);
        Ok(Tree::block(items, span))
    }

    fn new_from_tuple(
        &mut self,
        ty: Tree,
        values: Vec<(Tree, bool)>,
        field_types: &[Option<Node>],
        span: Span,
        items: &mut Vec<Tree>,
    ) -> Tree {
        let tuple = self.apply(Tree::core("tuple", span), values, span);
        if field_types.iter().all(Option::is_none) {
            return Tree::new(Kind::SplatNew(Box::new(ty), Box::new(tuple)), span);
        }
        let tuple = self.hold(tuple, items);
        let mut new = vec![ty.clone()];
        for (i, field) in field_types.iter().enumerate() {
            let value = Tree::call_core("getfield", vec![tuple.clone(), Tree::int(i as i64 + 1, span)], span);
            new.push(if field.is_some() { field_converted(&ty, i, value, span) } else { value });
        }
        Tree::new(Kind::New(new), span)
    }

    /// Whether a name is that of the struct whose body this is.
    pub fn is_own_type(&self, name: &str) -> bool {
        self.new_context.as_ref().is_some_and(|c| *c.name == *name)
    }

    pub fn own_type(&self, span: Span) -> Tree {
        let name = self.new_context.as_ref().map(|c| c.name.clone()).unwrap_or_default();
        Tree::new(Kind::Global(Module::Current, name), span)
    }

    /// Notes the type arguments of the constructor a definition in a struct's body is, for `new` without its own.
    pub fn enter_constructor(&mut self, signature: &Signature) -> Option<Option<Vec<Node>>> {
        let context = self.new_context.as_mut()?;
        match signature.callee.as_ref()?.as_expr() {
            Some(("curly", [_, params @ ..])) => Some(context.constructor_params.replace(params.to_vec())),
            _ => None,
        }
    }

    pub fn leave_constructor(&mut self, saved: Option<Option<Vec<Node>>>) {
        if let (Some(context), Some(saved)) = (&mut self.new_context, saved) {
            context.constructor_params = saved;
        }
    }
}

/// `convert(fieldtype(T, i + 1), value)`.
fn field_converted(ty: &Tree, i: usize, value: Tree, span: Span) -> Tree {
    let field = Tree::call_core("fieldtype", vec![ty.clone(), Tree::int(i as i64 + 1, span)], span);
    Tree::call_base("convert", vec![field, value], span)
}

fn duplicate(fields: &[Field]) -> Option<&Name> {
    fields.iter().enumerate().find(|(i, f)| fields[..*i].iter().any(|g| g.name == f.name)).map(|(_, f)| &f.name)
}

/// Sorts the items of a struct's body into fields and definitions.
fn collect_fields(node: &Node, fields: &mut Vec<Field>, definitions: &mut Vec<Node>) -> Result<()> {
    match &node.kind {
        NodeKind::Symbol(name) => fields.push(Field { name: name.clone(), ty: None, attribute: None }),
        NodeKind::Line(_) => definitions.push(node.clone()),
        // A docstring of the next field.
        NodeKind::String(_) | NodeKind::Nothing => {}
        NodeKind::Expr(head, args) => match (&**head, &args[..]) {
            ("block", items) => items.iter().try_for_each(|item| collect_fields(item, fields, definitions))?,
            ("::", [name, ty]) if name.as_symbol().is_some() => {
                let name = name.as_symbol().unwrap_or_default().into();
                fields.push(Field { name, ty: Some(ty.clone()), attribute: None });
            }
            (attribute @ ("const" | "atomic"), [inner]) => {
                collect_fields(inner, fields, definitions)?;
                if let Some(last) = fields.last_mut() {
                    last.attribute = Some(if attribute == "const" { "const" } else { "atomic" });
                }
            }
            ("string" | "meta", _) => {}
            ("=", [target, _]) if !super::blocks::is_function_head(target) => {
                let text = crate::show_expression(node);
                return error(format!("\"{text}\" inside type definition is reserved"), node.span);
            }
            _ => definitions.push(node.clone()),
        },
        _ => return error("invalid expression in struct body", node.span),
    }
    Ok(())
}
