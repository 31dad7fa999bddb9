//! Blocks, `let`, and the scopes they make.

use super::Desugar;
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Tree};
use tintype_syntax::{Node, Span};

impl Desugar<'_> {
    pub fn block(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let items = self.exprs(args)?;
        Ok(Tree::block(items, span))
    }

    /// `let` takes its bindings one after another, each in a scope of its own: a value is evaluated outside the scope
    /// of its variable.
    pub fn let_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let bindings: &[Node] = match args[0].as_expr() {
            Some(("block", items)) => items,
            _ => &args[..1],
        };
        let bindings: Vec<&Node> =
            bindings.iter().filter(|b| !matches!(b.kind, tintype_syntax::NodeKind::Line(_))).collect();
        if bindings.is_empty() {
            return Ok(Tree::scope(true, self.expr(&args[1])?, span));
        }
        self.let_bindings(&bindings, &args[1], span)
    }

    fn let_bindings(&mut self, bindings: &[&Node], body: &Node, span: Span) -> Result<Tree> {
        let Some((binding, rest)) = bindings.split_first() else {
            return Ok(Tree::scope(true, self.expr(body)?, span));
        };
        let mut outside = Vec::new();
        let mut inside = Vec::new();
        match binding.as_expr() {
            Some(("=", [target, value])) if is_function_head(target) => {
                let name = function_name(target);
                inside.extend(name.map(|name| Tree::new(Kind::Local(name.into()), target.span)));
                inside.push(self.assignment(target, value, binding.span)?);
            }
            Some(("=", [target, value])) => {
                let value = self.expr(value)?;
                let value = self.hold(value, &mut outside);
                self.declare_pattern(target, &mut inside)?;
                inside.push(self.assign_to(target, value, binding.span)?);
            }
            Some(("::", _)) => self.declare_pattern(binding, &mut inside)?,
            None if binding.as_symbol().is_some() => self.declare_pattern(binding, &mut inside)?,
            Some(("function", _)) => inside.push(self.expr(binding)?),
            _ => return error("invalid let syntax", binding.span),
        }
        inside.push(self.let_bindings(rest, body, span)?);
        outside.push(Tree::scope(true, Tree::block(inside, span), span));
        Ok(Tree::block(outside, span))
    }

    /// Declares as local every variable a pattern assigns: `x`, `x::T`, `(a, (b, c))`, `x...`.
    pub fn declare_pattern(&mut self, target: &Node, out: &mut Vec<Tree>) -> Result<()> {
        if let Some(name) = target.as_symbol() {
            if !name.bytes().all(|b| b == b'_') {
                out.push(Tree::new(Kind::Local(name.into()), target.span));
            }
            return Ok(());
        }
        match target.as_expr() {
            Some(("::", [inner, ty])) if inner.as_symbol().is_some() => {
                let ty = self.expr(ty)?;
                let name = inner.as_symbol().unwrap_or_default();
                out.push(Tree::new(Kind::Local(name.into()), target.span));
                out.push(Tree::new(Kind::LocalTyped(name.into(), Box::new(ty)), target.span));
                Ok(())
            }
            Some(("::", [inner, _])) => self.declare_pattern(inner, out),
            Some(("tuple" | "parameters", items)) => items.iter().try_for_each(|item| self.declare_pattern(item, out)),
            Some(("...", [inner])) => self.declare_pattern(inner, out),
            _ => Ok(()),
        }
    }
}

/// Whether an assignment to this defines a function: `f(x)`, `f(x)::T`, `f(x) where T`.
pub(super) fn is_function_head(target: &Node) -> bool {
    match target.as_expr() {
        Some(("call", _)) => true,
        Some(("where" | "::", [inner, ..])) => is_function_head(inner),
        _ => false,
    }
}

/// The name a definition `f(x) where T` gives a function, if it is a plain one.
pub(super) fn function_name(target: &Node) -> Option<&str> {
    match target.as_expr() {
        Some(("call" | "where" | "::", args)) => args.first().and_then(|f| f.as_symbol().or_else(|| function_name(f))),
        _ => None,
    }
}
