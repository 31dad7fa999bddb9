//! Quotation: syntax as values, with `$` interpolation.
//!
//! An `Expr` is mutable, so every evaluation of a quote makes new ones: compound parts are calls of `Core._expr`, atoms
//! are literals.

use super::Desugar;
use crate::diagnostic::{Result, error};
use crate::host::{MacroModule, as_global_ref, as_host_value};
use crate::tree::{Kind, Tree};
use tintype_hir::{Literal, ModuleRef};
use tintype_syntax::{Node, NodeKind, Span};

impl Desugar<'_> {
    pub fn quote(&mut self, body: &Node, span: Span) -> Result<Tree> {
        match body.as_expr() {
            Some(("$", [inner])) if !inner.is_expr("...") => self.expr(inner),
            Some(("$", _)) => error("\"...\" expression outside call", span),
            _ => self.quoted(body, 1),
        }
    }

    /// The value of a quoted node at a nesting depth of quotes.
    fn quoted(&mut self, node: &Node, depth: u32) -> Result<Tree> {
        let span = node.span;
        match &node.kind {
            NodeKind::Quote(inner) if contains_interpolation(inner) => {
                let inner = self.quoted(inner, depth)?;
                Ok(Tree::call_core("QuoteNode", vec![inner], span))
            }
            NodeKind::Quote(inner) => match self.quoted_literal_if_atom(inner) {
                Some(literal) => Ok(Tree::literal(Literal::Quote(Box::new(literal)), span)),
                None => {
                    let inner = self.quoted(inner, depth)?;
                    Ok(Tree::call_core("QuoteNode", vec![inner], span))
                }
            },
            NodeKind::Expr(head, args) => self.quoted_compound(node, head, args, depth),
            atom => Ok(Tree::literal(self.atom(atom), span)),
        }
    }

    fn quoted_compound(&mut self, node: &Node, head: &str, args: &[Node], depth: u32) -> Result<Tree> {
        let span = node.span;
        if let Some(literal) = self.special_literal(node) {
            return Ok(Tree::literal(literal, span));
        }
        if let Some((module, name)) = as_global_ref(node) {
            let module = Tree::literal(module_literal(module), span);
            let parts = vec![Tree::core("GlobalRef", span), module, Tree::symbol(name, span)];
            return Ok(Tree::new(Kind::New(parts), span));
        }
        let inner_depth = match head {
            "$" if depth == 1 => {
                return match args {
                    [one] if !one.is_expr("...") => self.expr(one),
                    _ => error("interpolation of several values outside a list", span),
                };
            }
            "$" => depth - 1,
            "quote" => depth + 1,
            _ => depth,
        };
        let mut parts = vec![(Tree::symbol(head, span), false)];
        for arg in args {
            match arg.as_expr() {
                // `$(xs...)` and `$x...` in a list of arguments splice.
                Some(("$", inners)) if inner_depth == 1 => {
                    for inner in inners {
                        match inner.as_expr() {
                            Some(("...", [inner])) => parts.push((self.expr(inner)?, true)),
                            _ => parts.push((self.expr(inner)?, false)),
                        }
                    }
                }
                _ => parts.push((self.quoted(arg, inner_depth)?, false)),
            }
        }
        Ok(self.apply(Tree::core("_expr", span), parts, span))
    }

    /// The literal that a quoted node without interpolation is. An `Expr` literal is shared: only for values that nothing
    /// can reach to change, such as what stands in a `QuoteNode`.
    pub fn quoted_literal(&self, node: &Node) -> Literal {
        if let Some(literal) = self.special_literal(node) {
            return literal;
        }
        match &node.kind {
            NodeKind::Quote(inner) => Literal::Quote(Box::new(self.quoted_literal(inner))),
            NodeKind::Expr(head, args) => {
                Literal::Expr((**head).into(), args.iter().map(|arg| self.quoted_literal(arg)).collect())
            }
            atom => self.atom(atom),
        }
    }

    fn quoted_literal_if_atom(&self, node: &Node) -> Option<Literal> {
        match &node.kind {
            NodeKind::Quote(inner) => Some(Literal::Quote(Box::new(self.quoted_literal_if_atom(inner)?))),
            NodeKind::Expr(..) => self.special_literal(node),
            atom => Some(self.atom(atom)),
        }
    }

    /// Values that expansion put into the tree.
    fn special_literal(&self, node: &Node) -> Option<Literal> {
        as_host_value(node).map(Literal::Host)
    }
}

fn module_literal(module: MacroModule) -> Literal {
    Literal::Module(match module {
        MacroModule::Current => ModuleRef::Current,
        MacroModule::Core => ModuleRef::Core,
        MacroModule::Base => ModuleRef::Base,
        MacroModule::Host(index) => return Literal::Host(index),
    })
}

fn contains_interpolation(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Expr(head, args) => &**head == "$" || args.iter().any(contains_interpolation),
        NodeKind::Quote(inner) => contains_interpolation(inner),
        _ => false,
    }
}

/// A short text of a node for names in backtraces.
pub(super) fn brief(node: &Node) -> String {
    match &node.kind {
        NodeKind::Symbol(name) => name.to_string(),
        NodeKind::Expr(head, args) => match (&**head, &args[..]) {
            ("::", [ty]) => format!("::{}", brief(ty)),
            ("::", [name, ty]) => format!("{}::{}", brief(name), brief(ty)),
            ("curly", [name, params @ ..]) => {
                format!("{}{{{}}}", brief(name), params.iter().map(brief).collect::<Vec<_>>().join(", "))
            }
            (".", [module, field]) => format!("{}.{}", brief(module), brief(field)),
            _ => "...".to_owned(),
        },
        NodeKind::Quote(inner) => brief(inner),
        _ => "...".to_owned(),
    }
}
