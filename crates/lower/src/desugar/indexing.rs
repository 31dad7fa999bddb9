//! Indexing: `a[i, j]`, what `begin` and `end` mean inside, field access.

use super::Desugar;
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Tree};
use tintype_syntax::{Node, NodeKind, Span};

/// What `end` and `begin` refer to.
pub(crate) struct IndexContext {
    array: Tree,
    /// 1-based position, and the number of indices.
    position: usize,
    count: usize,
    /// Values splatted before this position: each adds its length less one.
    splats: Vec<Tree>,
    /// Whether a splat anywhere makes the number of indices unknown.
    any_splat: bool,
}

impl Desugar<'_> {
    pub fn getindex(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut before = Vec::new();
        let Some((array, indices)) = args.split_first() else { return error("malformed indexing", span) };
        if !indices.iter().any(mentions_bound) {
            // The plain case needs no temporaries: evaluation order is that of the call.
            let mut call = vec![Node::symbol("getindex", span), array.clone()];
            call.extend_from_slice(indices);
            return self.call_with(Tree::base("getindex", span), &call[1..], span);
        }
        let (array, indices) = self.index_parts(array, indices, &mut before)?;
        before.push(self.call_splatted(Tree::base("getindex", span), array, None, &indices, span));
        Ok(Tree::block(before, span))
    }

    /// Array and indices, each evaluated once. The flag says that an index is splatted.
    pub fn index_parts(
        &mut self,
        array: &Node,
        indices: &[Node],
        before: &mut Vec<Tree>,
    ) -> Result<(Tree, Vec<(Tree, bool)>)> {
        let tree = self.expr(array)?;
        let array = if indices.iter().any(mentions_bound) && !tree.is_simple() {
            // A name, not a temporary: `end` may stand in a closure inside the index.
            let name = Tree::name(self.fresh_name("array"), array.span);
            before.push(super::control::local_of(&name));
            before.push(Tree::assign(name.clone(), tree, array.span));
            name
        } else if let Kind::Name(_) = tree.kind {
            // Read once, so that an index expression that assigns the variable does not change the array; `end` reads it
            // by name.
            let held = self.hold(tree.clone(), before);
            return self.index_list(held, tree, indices, before);
        } else {
            self.hold(tree, before)
        };
        self.index_list(array.clone(), array, indices, before)
    }

    fn index_list(
        &mut self,
        array: Tree,
        for_bounds: Tree,
        indices: &[Node],
        before: &mut Vec<Tree>,
    ) -> Result<(Tree, Vec<(Tree, bool)>)> {
        if let Some(bad) = indices.iter().find(|i| i.is_expr("parameters")) {
            return error("unexpected semicolon in array expression", bad.span);
        }
        let any_splat = indices.iter().any(|i| i.is_expr("..."));
        let mut out = Vec::new();
        let mut splats = Vec::new();
        for (i, index) in indices.iter().enumerate() {
            let (index, splat) = match index.as_expr() {
                Some(("...", [inner])) => (inner, true),
                _ => (index, false),
            };
            self.index_contexts.push(IndexContext {
                array: for_bounds.clone(),
                position: i + 1,
                count: indices.len(),
                splats: splats.clone(),
                any_splat,
            });
            let tree = self.expr(index);
            self.index_contexts.pop();
            let tree = self.hold(tree?, before);
            if splat {
                splats.push(tree.clone());
            }
            out.push((tree, splat));
        }
        Ok((array, out))
    }

    /// `end` or `begin`.
    pub fn index_bound(&mut self, which: &str, span: Span) -> Tree {
        let function = if which == "end" { "lastindex" } else { "firstindex" };
        let Some(context) = self.index_contexts.last() else { unreachable!("checked by the caller") };
        let mut args = vec![context.array.clone()];
        if context.count > 1 || context.any_splat {
            let mut position = Tree::int((context.position - context.splats.len()) as i64, span);
            for splat in &context.splats {
                let length = Tree::call_base("length", vec![splat.clone()], span);
                position = Tree::call_base("+", vec![position, length], span);
            }
            args.push(position);
        }
        Tree::call_base(function, args, span)
    }

    /// Calls with held arguments, some of them splatted: `f(array, [value,] indices...)`.
    pub fn call_splatted(
        &mut self,
        f: Tree,
        array: Tree,
        value: Option<Tree>,
        indices: &[(Tree, bool)],
        span: Span,
    ) -> Tree {
        let args = std::iter::once((array, false)).chain(value.map(|v| (v, false))).chain(indices.iter().cloned());
        self.apply(f, args.collect(), span)
    }

    /// `a.b`, `a.(b)`-style field access, `f.(args)`, `.op`.
    pub fn dot(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        match args {
            [operator] => match operator.as_symbol() {
                Some(name) => self.dotted_operator(&format!(".{name}"), span),
                None => error("invalid `.` expression", span),
            },
            [_, arguments] if arguments.is_expr("tuple") => self.broadcast_dot_call(args, span),
            [object, field] => {
                let object = self.expr(object)?;
                let field = self.field_name(field)?;
                Ok(Tree::call_base("getproperty", vec![object, field], span))
            }
            _ => error("invalid `.` expression", span),
        }
    }

    /// What stands right of a dot: a quoted name, or an expression that gives it.
    pub fn field_name(&mut self, node: &Node) -> Result<Tree> {
        match &node.kind {
            NodeKind::Quote(inner) => Ok(Tree::literal(self.quoted_literal(inner), node.span)),
            NodeKind::Symbol(name) => Ok(Tree::symbol(name, node.span)),
            _ => match node.as_expr() {
                Some(("quote" | "inert", [inner])) if inner.as_symbol().is_some() => {
                    Ok(Tree::literal(self.quoted_literal(inner), node.span))
                }
                _ => self.expr(node),
            },
        }
    }
}

/// Whether `end` or `begin` of this indexing occurs: not inside the indices of another one.
fn mentions_bound(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Symbol(name) => matches!(&**name, "end" | "begin"),
        NodeKind::Expr(head, args) => match &**head {
            "ref" => args.first().is_some_and(mentions_bound),
            "quote" | "inert" => false,
            _ => args.iter().any(mentions_bound),
        },
        _ => false,
    }
}
