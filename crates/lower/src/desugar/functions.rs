//! Functions: definitions of every form become methods, one for each number of arguments that defaults allow.

use super::Desugar;
use super::signatures::{Arg, Signature};
use crate::diagnostic::{Result, error};
use crate::tree::{Callee, FunctionDef, Kind, Lambda, Method, Param, ParamType, Tree};
use tintype_syntax::{Name, Node, NodeKind, Span};

/// The variable that holds the called object.
pub(crate) const SELF: &str = "#self#";

/// How the callee of a definition is reached: what methods are added to, and the first parameter.
pub(crate) struct Target {
    pub callee: Callee,
    pub self_name: Name,
    pub self_type: ParamType,
    /// For messages and backtraces.
    pub display: Box<str>,
}

impl Desugar<'_> {
    pub fn function(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        match args {
            [head] => self.function_declaration(head, span),
            [head, body] => self.definition(head, body, span),
            _ => error("malformed function definition", span),
        }
    }

    /// `function f end`.
    fn function_declaration(&mut self, head: &Node, span: Span) -> Result<Tree> {
        let callee = match head.as_symbol() {
            Some(_) => Callee::Named(self.expr(head)?),
            None if head.is_expr("globalref") || head.is_expr(".") => Callee::Value(self.expr(head)?),
            None => return error("invalid function name", head.span),
        };
        Ok(function_tree(callee, Vec::new(), Vec::new(), span))
    }

    pub fn short_function(&mut self, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        self.definition(target, value, span)
    }

    pub fn arrow(&mut self, head: &Node, body: &Node, span: Span) -> Result<Tree> {
        self.definition(head, body, span)
    }

    /// Any definition with a body.
    pub fn definition(&mut self, head: &Node, body: &Node, span: Span) -> Result<Tree> {
        let signature = self.signature(head)?;
        let target = self.target(&signature, span)?;
        // Only a definition that can make a function has it as its value.
        let adds_to_value = matches!(target.callee, Callee::Value(_) | Callee::Functor);
        // A type's own parameters are what `new` inside means.
        let saved = self.enter_constructor(&signature);
        let result = if signature.has_keywords {
            self.keyword_methods(&signature, target, body, span)
        } else {
            self.plain_methods(&signature, target, body, span)
        };
        self.leave_constructor(saved);
        let methods = result?;
        Ok(if adds_to_value { Tree::block(vec![methods, Tree::nothing(span)], span) } else { methods })
    }

    fn target(&mut self, signature: &Signature, span: Span) -> Result<Target> {
        let named = |callee, display: &str| Target {
            callee,
            self_name: SELF.into(),
            self_type: ParamType::Callee,
            display: display.into(),
        };
        let Some(node) = &signature.callee else {
            let number = self.host.unique_number();
            let display = format!("#{number}");
            return Ok(named(Callee::Anonymous(display.clone().into()), &display));
        };
        if let Some(name) = node.as_symbol() {
            let tree = if self.is_own_type(name) {
                return Ok(named(Callee::Value(self.own_type(span)), name));
            } else if super::is_dotted_operator(name) {
                return error(format!("invalid function name \"{name}\""), node.span);
            } else {
                Tree::name(name.into(), node.span)
            };
            return Ok(named(Callee::Named(tree), name));
        }
        match node.as_expr() {
            Some((".", [_, field])) => {
                let display = match &field.kind {
                    NodeKind::Quote(inner) => inner.as_symbol().unwrap_or("function"),
                    _ => "function",
                };
                let value = self.expr(node)?;
                Ok(named(Callee::Value(value), display))
            }
            Some(("globalref", [_, name])) => {
                let display: Box<str> = name.as_symbol().unwrap_or("function").into();
                Ok(named(Callee::Value(self.expr(node)?), &display))
            }
            Some(("#host", _)) => Ok(named(Callee::Value(self.expr(node)?), "function")),
            Some(("curly", [name, ..])) => {
                let display: Box<str> = name.as_symbol().unwrap_or("Type").into();
                let ty = self.expr(node)?;
                let self_type = ParamType::TypeOf(ty);
                Ok(Target { callee: Callee::Functor, self_name: SELF.into(), self_type, display })
            }
            Some(("::", parts)) => {
                let (self_name, ty) = match parts {
                    [name, ty] => (name.as_symbol().unwrap_or(SELF).into(), ty),
                    [ty] => (SELF.into(), ty),
                    _ => return error("invalid function name", node.span),
                };
                let display = format!("({})", super::quote::brief(node)).into();
                let self_type = ParamType::Given(self.expr(ty)?);
                Ok(Target { callee: Callee::Functor, self_name, self_type, display })
            }
            Some(("escape", [_])) => error("misplaced `esc`", node.span),
            _ => error("invalid function name", node.span),
        }
    }

    fn plain_methods(&mut self, signature: &Signature, target: Target, body: &Node, span: Span) -> Result<Tree> {
        let mut methods = self.default_methods(signature, &target)?;
        let full = self.full_method(signature, &target, body)?;
        methods.push(full);
        Ok(function_tree(target.callee, methods, Vec::new(), span))
    }

    /// The method with every argument given and the source's body.
    fn full_method(&mut self, signature: &Signature, target: &Target, body: &Node) -> Result<Method> {
        let (mut lambda, prologue) = self.lambda(target, &signature.args)?;
        lambda.body = self.function_body(body, prologue, signature.return_type.as_ref())?;
        self.body_meta(body, &mut lambda);
        self.method(target, &signature.args, &signature.vars, lambda)
    }

    /// For each number of arguments below the full one: a method that fills in the defaults.
    pub fn default_methods(&mut self, signature: &Signature, target: &Target) -> Result<Vec<Method>> {
        let args = &signature.args;
        let required = args.iter().take_while(|a| a.default.is_none() && !a.splat).count();
        let optional = args.iter().filter(|a| a.default.is_some()).count();
        let mut methods = Vec::new();
        for given in required..required + optional {
            let (given, filled) = args.split_at(given);
            let forward = |name: Tree, args: Vec<(Tree, bool)>, d: &mut Self| d.apply(name, args, Span::default());
            methods.push(self.default_method(signature, target, given, filled, forward)?);
        }
        Ok(methods)
    }

    fn default_method(
        &mut self,
        signature: &Signature,
        target: &Target,
        given: &[Arg],
        filled: &[Arg],
        forward: impl Fn(Tree, Vec<(Tree, bool)>, &mut Self) -> Tree,
    ) -> Result<Method> {
        // A pattern's parts are not visible to defaults; the whole argument is passed on.
        let (mut lambda, _) = self.lambda(target, given)?;
        let span = given.first().or(filled.first()).map_or(Span::default(), |a| a.span);
        let mut items = Vec::new();
        let mut call: Vec<(Tree, bool)> = given.iter().map(|a| (passed(a), false)).collect();
        self.fill_defaults(filled, &mut items, &mut call)?;
        let target_tree = Tree::name(target.self_name.clone(), span);
        let result = forward(target_tree, call, self);
        items.push(result);
        lambda.body = Tree::block(items, span);
        self.method(target, given, &signature.vars, lambda)
    }

    /// Evaluates defaults in order, each visible to the next ones; of further arguments there are none.
    pub fn fill_defaults(&mut self, filled: &[Arg], items: &mut Vec<Tree>, call: &mut Vec<(Tree, bool)>) -> Result<()> {
        self.function_depth += 1;
        for arg in filled {
            if arg.splat {
                let name = Tree::name(arg.name.clone(), arg.span);
                items.push(super::control::local_of(&name));
                items.push(Tree::assign(name, Tree::call_core("tuple", Vec::new(), arg.span), arg.span));
            }
            let Some(default) = &arg.default else { continue };
            let value = self.expr(default)?;
            let name = Tree::name(arg.name.clone(), arg.span);
            items.push(super::control::local_of(&name));
            items.push(Tree::assign(name.clone(), value, arg.span));
            call.push((name, false));
        }
        self.function_depth -= 1;
        Ok(())
    }

    /// A lambda with these parameters and no body yet, and the statements that take patterns apart.
    pub fn lambda(&mut self, target: &Target, args: &[Arg]) -> Result<(Lambda, Vec<Tree>)> {
        let mut params = vec![Param { name: target.self_name.clone(), no_specialize: false }];
        let mut prologue = Vec::new();
        for arg in args {
            params.push(Param { name: arg.name.clone(), no_specialize: arg.no_specialize });
            self.take_apart(arg, &mut prologue)?;
        }
        let lambda = Lambda {
            id: 0,
            name: target.display.clone(),
            params,
            is_vararg: args.last().is_some_and(is_vararg),
            body: Tree::nothing(Span::default()),
            line: self.line,
            inline: None,
            propagate_inbounds: false,
            generated: false,
        };
        Ok((lambda, prologue))
    }

    pub fn take_apart(&mut self, arg: &Arg, prologue: &mut Vec<Tree>) -> Result<()> {
        if let Some(pattern) = &arg.pattern {
            self.declare_pattern(pattern, prologue)?;
            let value = Tree::name(arg.name.clone(), arg.span);
            prologue.push(self.assign_to(pattern, value, arg.span)?);
        }
        Ok(())
    }

    /// The body with the conversion to the declared return type, which is evaluated once at entry.
    pub fn function_body(&mut self, body: &Node, mut prologue: Vec<Tree>, return_type: Option<&Node>) -> Result<Tree> {
        if self.function_depth >= super::MAX_FUNCTION_DEPTH {
            return error("expression nested too deeply", body.span);
        }
        self.function_depth += 1;
        let contexts = std::mem::take(&mut self.index_contexts);
        let ty = match return_type {
            Some(node) => {
                let tree = self.expr(node)?;
                Some(self.hold(tree, &mut prologue))
            }
            None => None,
        };
        let tree = self.expr(body);
        self.index_contexts = contexts;
        self.function_depth -= 1;
        let mut tree = tree?;
        if let Some(ty) = ty {
            self.convert_returns(&mut tree, &ty);
            tree = self.converted(tree, ty, body.span);
        }
        prologue.push(tree);
        Ok(Tree::block(prologue, body.span))
    }

    /// Wraps the values of `return`s of this function (not of functions inside it).
    fn convert_returns(&mut self, tree: &mut Tree, ty: &Tree) {
        if let Kind::Return(value) = &mut tree.kind {
            let inner = std::mem::replace(&mut **value, Tree::nothing(tree.span));
            **value = self.converted(inner, ty.clone(), tree.span);
            return;
        }
        tree.for_each_child_mut(&mut |child| self.convert_returns(child, ty));
    }

    /// Notes of `@inline` and the like at the start of a body.
    pub fn body_meta(&mut self, body: &Node, lambda: &mut Lambda) {
        let Some(("block", items)) = body.as_expr() else { return };
        for item in items {
            let Some(("meta", parts)) = item.as_expr() else { continue };
            match parts.first().and_then(Node::as_symbol) {
                Some("inline") => lambda.inline = Some(true),
                Some("noinline") => lambda.inline = Some(false),
                Some("propagate_inbounds") => {
                    lambda.inline = Some(true);
                    lambda.propagate_inbounds = true;
                }
                Some("generated") => lambda.generated = true,
                Some("nospecialize") => {
                    let names: Vec<&str> = parts[1..].iter().filter_map(Node::as_symbol).collect();
                    for param in lambda.params.iter_mut().skip(1) {
                        param.no_specialize |= names.is_empty() || names.contains(&&*param.name);
                    }
                }
                _ => {}
            }
        }
    }

    /// A method of the target with these arguments.
    pub fn method(&mut self, target: &Target, args: &[Arg], vars: &[Node], lambda: Lambda) -> Result<Method> {
        let mut types = vec![target.self_type.clone()];
        types.extend(self.argument_types(args)?);
        let mut mentioned: Vec<&Node> = args.iter().filter_map(|a| a.ty.as_ref()).collect();
        let all = target.self_type_mentions();
        let typevars = if all {
            // The type of the called object is already a tree: keep every variable.
            mentioned.extend(vars);
            self.used_type_vars(vars, &mentioned)?
        } else {
            self.used_type_vars(vars, &mentioned)?
        };
        Ok(Method { typevars, types, lambda })
    }

    pub fn argument_types(&mut self, args: &[Arg]) -> Result<Vec<ParamType>> {
        args.iter().map(|arg| self.argument_type(arg)).collect()
    }

    fn argument_type(&mut self, arg: &Arg) -> Result<ParamType> {
        let ty = arg.ty.as_ref().map(|node| self.expr(node)).transpose()?;
        Ok(match (ty, arg.splat) {
            (None, false) => ParamType::Any,
            (Some(ty), false) => ParamType::Given(ty),
            (ty, true) => {
                let ty = ty.unwrap_or_else(|| Tree::core("Any", arg.span));
                ParamType::Given(Tree::call_core("apply_type", vec![Tree::core("Vararg", arg.span), ty], arg.span))
            }
        })
    }

    /// A closure without a name: `params -> body`, where the body is already a tree.
    pub fn closure(&mut self, args: &[Arg], body: Tree, prologue: Vec<Tree>, span: Span) -> Result<Tree> {
        let signature = Signature::default();
        let target = self.target(&signature, span)?;
        let (mut lambda, mut items) = self.lambda(&target, args)?;
        items.extend(prologue);
        items.push(body);
        lambda.body = Tree::block(items, span);
        let method = self.method(&target, args, &[], lambda)?;
        Ok(function_tree(target.callee, vec![method], Vec::new(), span))
    }

    /// `macro m(x) ... end` is the function `@m(__source__, __module__, x)`.
    pub fn macro_definition(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        if self.function_depth > 0 {
            return error("macro definition not allowed inside a local scope", span);
        }
        let [head, body @ ..] = args else { return error("malformed macro definition", span) };
        let macro_name = |node: &Node| match node.as_symbol() {
            Some(name) => Ok(Node::symbol(&format!("@{name}"), node.span)),
            None => error("invalid macro definition", node.span),
        };
        let Some(("call", [name, params @ ..])) = head.as_expr() else {
            return self.function_declaration(&macro_name(head)?, span);
        };
        let [body] = body else { return error("malformed macro definition", span) };
        if let Some(bad) = params.iter().find(|p| p.is_expr("parameters")) {
            return error("macros cannot accept keyword arguments", bad.span);
        }
        let typed = |name: &str, ty: &str| {
            let ty = crate::host::global_ref(crate::host::MacroModule::Core, ty, span);
            Node::expr("::", vec![Node::symbol(name, span), ty], span)
        };
        let mut call = vec![macro_name(name)?, typed("__source__", "LineNumberNode"), typed("__module__", "Module")];
        call.extend(params.iter().cloned());
        self.definition(&Node::expr("call", call, head.span), body, span)
    }
}

impl Target {
    /// Whether the type of the called object may mention type variables.
    fn self_type_mentions(&self) -> bool {
        matches!(self.self_type, ParamType::TypeOf(_) | ParamType::Given(_))
    }
}

/// The name that a symbol or a reference to a global is.
fn plain_name(node: &Node) -> Option<&str> {
    node.as_symbol().or_else(|| crate::host::as_global_ref(node).map(|(_, name)| name))
}

/// What a parameter is passed on as.
pub(super) fn passed(arg: &Arg) -> Tree {
    Tree::name(arg.name.clone(), arg.span)
}

/// Whether the parameter takes all remaining arguments: `xs...` or `xs::Vararg{T}`.
fn is_vararg(arg: &Arg) -> bool {
    let names_vararg = |node: &Node| match node.as_expr() {
        Some(("curly", [name, ..])) => plain_name(name) == Some("Vararg"),
        _ => plain_name(node) == Some("Vararg"),
    };
    arg.splat || arg.ty.as_ref().is_some_and(names_vararg)
}

pub(super) fn function_tree(callee: Callee, methods: Vec<Method>, helpers: Vec<Name>, span: Span) -> Tree {
    Tree::new(
        Kind::Function(Box::new(FunctionDef {
            callee,
            methods,
            helpers,
            group: None,
            creates: true,
            uses_thunk_locals: false,
        })),
        span,
    )
}
