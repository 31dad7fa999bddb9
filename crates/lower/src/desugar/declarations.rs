//! `local`, `global`, `const`, and `x::T` as an expression.

use super::Desugar;
use super::blocks::{function_name, is_function_head};
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Tree};
use tintype_syntax::{Name, Node, Span};

impl Desugar<'_> {
    /// `x::T` where a value is wanted. As a statement on a plain name it declares the type of a local, which resolution
    /// decides: the tree is an assertion either way, and [`Desugar::block`] callers see declarations by `local`.
    pub fn type_assertion(&mut self, value: &Node, ty: &Node, span: Span) -> Result<Tree> {
        let value = self.expr(value)?;
        let ty = self.expr(ty)?;
        Ok(Tree::call_core("typeassert", vec![value, ty], span))
    }

    pub fn declaration(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        match head {
            "local" => self.local_declaration(args, span),
            "global" => self.global_declaration(args, span),
            _ => self.const_declaration(&args[0], span),
        }
    }

    fn local_declaration(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        for arg in args {
            match arg.as_expr() {
                Some(("=", [target, value])) if is_function_head(target) => {
                    let name = function_name(target);
                    items.extend(name.map(|name| Tree::new(Kind::Local(name.into()), target.span)));
                    items.push(self.assignment(target, value, arg.span)?);
                }
                Some(("=", [target, value])) => {
                    self.declare_pattern(target, &mut items)?;
                    items.push(self.assignment(strip_declared_type(target), value, arg.span)?);
                }
                Some(("function", inner)) => {
                    let name = inner.first().and_then(function_name);
                    items.extend(name.map(|name| Tree::new(Kind::Local(name.into()), arg.span)));
                    items.push(self.expr(arg)?);
                }
                Some((head, [target, value])) if head.ends_with('=') && head != "==" => {
                    self.declare_pattern(target, &mut items)?;
                    items.push(self.op_assignment(head, target, value, arg.span)?);
                }
                _ => {
                    self.declare_pattern(arg, &mut items)?;
                    items.push(Tree::nothing(span));
                }
            }
        }
        Ok(Tree::block(items, span))
    }

    fn global_declaration(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        for arg in args {
            match arg.as_expr() {
                Some(("const", [inner])) => {
                    items.push(self.const_declaration(inner, span)?);
                }
                Some(("=", [target, value])) => {
                    self.declare_global(target, &mut items)?;
                    let bare = strip_declared_type(target);
                    items.push(self.assignment(bare, value, arg.span)?);
                }
                Some(("function", inner)) => {
                    let name = inner.first().and_then(function_name);
                    items.extend(name.map(|name| Tree::new(Kind::GlobalDecl(vec![name.into()]), arg.span)));
                    items.push(self.expr(arg)?);
                }
                Some((head, [target, value])) if head.ends_with('=') && head != "==" => {
                    self.declare_global(target, &mut items)?;
                    items.push(self.op_assignment(head, target, value, arg.span)?);
                }
                _ => {
                    self.declare_global(arg, &mut items)?;
                    items.push(Tree::nothing(span));
                }
            }
        }
        Ok(Tree::block(items, span))
    }

    fn declare_global(&mut self, target: &Node, out: &mut Vec<Tree>) -> Result<()> {
        let mut names = Vec::new();
        pattern_names(target, &mut names);
        if names.is_empty() && !target.is_expr("globalref") {
            return error("invalid syntax in \"global\" declaration", target.span);
        }
        out.push(Tree::new(Kind::GlobalDecl(names), target.span));
        if let Some(("::", [name, ty])) = target.as_expr()
            && name.as_symbol().is_some()
        {
            let ty = self.expr(ty)?;
            let name = Tree::literal(self.quoted_literal(name), target.span);
            let module = Tree::literal(tintype_hir::Literal::Module(tintype_hir::ModuleRef::Current), target.span);
            out.push(Tree::call_core("set_binding_type!", vec![module, name, ty], target.span));
        }
        Ok(())
    }

    fn const_declaration(&mut self, arg: &Node, span: Span) -> Result<Tree> {
        if self.function_depth > 0 && !arg.is_expr("global") {
            return error("unsupported `const` declaration on local variable", span);
        }
        match arg.as_expr() {
            Some(("global", [inner])) => self.const_declaration(inner, span),
            Some(("=", [target, value])) if is_function_head(target) => self.assignment(target, value, arg.span),
            Some(("=", [target, value])) => self.const_assignment(target, value, span),
            _ => error("expected assignment after `const`", span),
        }
    }

    fn const_assignment(&mut self, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        let mut params = Vec::new();
        if let Some(("curly", curly)) = target.as_expr() {
            params.extend_from_slice(&curly[1..]);
            let value = self.where_with(value, &params, span)?;
            let name = self.expr(&curly[0])?;
            return Ok(Tree::new(Kind::Const(Box::new(name), Box::new(value)), span));
        }
        let mut items = Vec::new();
        let value = self.expr(value)?;
        match target.as_expr() {
            None if target.as_symbol().is_some() => {
                let name = self.expr(target)?;
                return Ok(Tree::new(Kind::Const(Box::new(name), Box::new(value)), span));
            }
            Some(("globalref", _)) => {
                let name = self.expr(target)?;
                return Ok(Tree::new(Kind::Const(Box::new(name), Box::new(value)), span));
            }
            Some(("::", [name, ty])) => {
                let (name, ty) = (self.expr(name)?, self.expr(ty)?);
                let converted = self.converted(value, ty, span);
                return Ok(Tree::new(Kind::Const(Box::new(name), Box::new(converted)), span));
            }
            Some(("tuple", targets)) => {
                let whole = self.hold(value, &mut items);
                self.const_destructuring(targets, &whole, span, &mut items)?;
                items.push(whole);
            }
            _ => return error("cannot declare this as constant", target.span),
        }
        Ok(Tree::block(items, span))
    }

    /// `const a, b = value`: each part taken by `indexed_iterate`, each name constant.
    fn const_destructuring(&mut self, targets: &[Node], whole: &Tree, span: Span, out: &mut Vec<Tree>) -> Result<()> {
        let mut state = None;
        for (i, target) in targets.iter().enumerate() {
            if target.as_symbol().is_none() {
                return error("cannot declare this as constant", target.span);
            }
            let (value, next) = self.indexed_part(whole, i, state, span, out);
            state = Some(next);
            let name = self.expr(target)?;
            out.push(Tree::new(Kind::Const(Box::new(name), Box::new(value)), span));
        }
        Ok(())
    }

    /// `convert(T, value)::T`, as an assignment to a typed variable does.
    pub fn converted(&mut self, value: Tree, ty: Tree, span: Span) -> Tree {
        let mut before = Vec::new();
        let value = self.hold(value, &mut before);
        let ty = self.hold(ty, &mut before);
        let converted = Tree::call_base("convert", vec![ty.clone(), value], span);
        before.push(Tree::call_core("typeassert", vec![converted, ty], span));
        Tree::block(before, span)
    }
}

/// `x` of `x::T` for names: where the type was declared apart, the assignment converts by itself.
pub(super) fn strip_declared_type(target: &Node) -> &Node {
    match target.as_expr() {
        Some(("::", [inner, _])) if inner.as_symbol().is_some() => inner,
        _ => target,
    }
}

/// The variables a pattern names.
pub(super) fn pattern_names(target: &Node, out: &mut Vec<Name>) {
    if let Some(name) = target.as_symbol() {
        out.push(name.into());
        return;
    }
    match target.as_expr() {
        Some(("::" | "..." | "call" | "where" | "curly", args)) => {
            if let Some(inner) = args.first() {
                pattern_names(inner, out);
            }
        }
        Some(("tuple" | "parameters", items)) => items.iter().for_each(|item| pattern_names(item, out)),
        _ => {}
    }
}
