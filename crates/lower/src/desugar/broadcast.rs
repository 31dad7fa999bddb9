//! Dotted calls and operators. Nested ones fuse: the tree of `broadcasted` calls is made first, and one `materialize`
//! stands outside.

use super::assignments::Place;
use super::calls::split_keywords;
use super::{Desugar, is_dotted_operator};
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Tree};
use tintype_syntax::{Node, NodeKind, Span};

impl Desugar<'_> {
    /// `.+` as a value: `BroadcastFunction(+)`.
    pub fn dotted_operator(&mut self, name: &str, span: Span) -> Result<Tree> {
        Ok(Tree::call_base("BroadcastFunction", vec![Tree::name(name[1..].into(), span)], span))
    }

    pub fn broadcast_dot_call(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let lazy = self.broadcasted(&Node::expr(".", args.to_vec(), span))?;
        Ok(Tree::call_base("materialize", vec![lazy], span))
    }

    pub fn broadcast_operator_call(&mut self, name: &str, args: &[Node], span: Span) -> Result<Tree> {
        let mut call = vec![Node::symbol(name, span)];
        call.extend_from_slice(args);
        let lazy = self.broadcasted(&Node::expr("call", call, span))?;
        Ok(Tree::call_base("materialize", vec![lazy], span))
    }

    pub fn broadcast_node(&mut self, node: &Node) -> Result<Tree> {
        let lazy = self.broadcasted(node)?;
        Ok(Tree::call_base("materialize", vec![lazy], node.span))
    }

    /// `a .< b < c`: comparisons joined by `.&`.
    pub fn dotted_comparison(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        self.broadcast_node(&Node::expr("comparison", args.to_vec(), span))
    }

    /// The lazy form of a dotted expression; anything else is its value.
    fn broadcasted(&mut self, node: &Node) -> Result<Tree> {
        let span = node.span;
        match node.as_expr() {
            Some((".", [function, arguments])) if arguments.is_expr("tuple") => {
                let (_, args) = arguments.as_expr().unwrap_or(("", &[]));
                let function = self.expr(function)?;
                self.broadcasted_call(function, args, span)
            }
            Some(("call", [operator, args @ ..])) if operator.as_symbol().is_some_and(is_dotted_operator) => {
                let name = &operator.as_symbol().unwrap_or_default()[1..];
                if let ("^", [base, power @ Node { kind: NodeKind::Integer(_), .. }]) = (name, args) {
                    let lazy = self.broadcasted(base)?;
                    if let Some(tree) = self.literal_power_lazy(name, lazy, power, span) {
                        return Ok(tree);
                    }
                }
                self.broadcasted_call(Tree::name(name.into(), operator.span), args, span)
            }
            Some((head @ (".&&" | ".||"), args)) => {
                let function = Tree::base(if head == ".&&" { "andand" } else { "oror" }, span);
                self.broadcasted_call(function, args, span)
            }
            Some(("comparison", args))
                if args.iter().skip(1).step_by(2).any(|op| op.as_symbol().is_some_and(is_dotted_operator)) =>
            {
                self.lazy_comparison(args, span)
            }
            _ => self.expr(node),
        }
    }

    fn broadcasted_call(&mut self, function: Tree, args: &[Node], span: Span) -> Result<Tree> {
        let (keywords, positional) = split_keywords(args);
        let mut all = vec![(function, false)];
        for arg in positional {
            all.push(match arg.as_expr() {
                Some(("...", [inner])) => (self.expr(inner)?, true),
                _ => (self.broadcasted(arg)?, false),
            });
        }
        if keywords.is_empty() {
            return Ok(self.apply(Tree::base("broadcasted", span), all, span));
        }
        let named = self.named_tuple(&keywords, span)?;
        all.insert(0, (named, false));
        all.insert(1, (Tree::base("broadcasted_kwsyntax", span), false));
        Ok(self.apply(Tree::core("kwcall", span), all, span))
    }

    fn literal_power_lazy(&mut self, operator: &str, base: Tree, power: &Node, span: Span) -> Option<Tree> {
        let tree = self.literal_power(operator, &base, power, span)?;
        let Kind::Call(mut call) = tree.kind else { unreachable!("literal_power gives a call") };
        call.insert(0, Tree::base("broadcasted", span));
        Some(Tree::call(call, span))
    }

    fn lazy_comparison(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        let first = self.broadcasted(&args[0])?;
        let mut left = self.hold(first, &mut items);
        let mut result: Option<Tree> = None;
        for pair in args[1..].chunks(2) {
            let [operator, right] = pair else { return error("malformed comparison", span) };
            let right = self.broadcasted(right)?;
            let right = self.hold(right, &mut items);
            let name = operator.as_symbol().unwrap_or_default();
            let test = if is_dotted_operator(name) {
                let name = Tree::name(name[1..].into(), operator.span);
                Tree::call_base("broadcasted", vec![name, left, right.clone()], span)
            } else {
                Tree::call(vec![self.expr(operator)?, left, right.clone()], span)
            };
            result = Some(match result {
                None => test,
                Some(before) => Tree::call_base("broadcasted", vec![Tree::name("&".into(), span), before, test], span),
            });
            left = right;
        }
        items.extend(result);
        Ok(Tree::block(items, span))
    }

    /// `a .= b`: in place, into `a`, a view of `a[i]`, or the property `a.b`.
    pub fn broadcast_assignment(&mut self, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        let destination = self.broadcast_destination(target, &mut items)?;
        let lazy = self.broadcasted(value)?;
        items.push(self.materialize_into(destination, lazy, span));
        Ok(Tree::block(items, span))
    }

    pub fn broadcast_op_assignment(&mut self, operator: &str, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        let name = &operator[1..];
        if name.is_empty() {
            return self.broadcast_assignment(target, value, span);
        }
        let mut items = Vec::new();
        let destination = self.broadcast_destination(target, &mut items)?;
        let lazy = match self.literal_power_lazy(name, destination.clone(), value, span) {
            Some(lazy) => lazy,
            None => {
                let value = self.broadcasted(value)?;
                let function = match name {
                    "&&" => Tree::base("andand", span),
                    "||" => Tree::base("oror", span),
                    _ => Tree::name(name.into(), span),
                };
                Tree::call_base("broadcasted", vec![function, destination.clone(), value], span)
            }
        };
        items.push(self.materialize_into(destination, lazy, span));
        Ok(Tree::block(items, span))
    }

    fn broadcast_destination(&mut self, target: &Node, items: &mut Vec<Tree>) -> Result<Tree> {
        let span = target.span;
        let destination = match target.as_expr() {
            Some(("ref", _)) | Some((".", [_, _])) if !target.as_expr().is_some_and(|(_, a)| a[1].is_expr("tuple")) => {
                match self.target_parts(target, items)? {
                    Place::Element(array, indices) => {
                        self.call_splatted(Tree::base("dotview", span), array, None, &indices, span)
                    }
                    Place::Field(object, field) => Tree::call_base("dotgetproperty", vec![object, field], span),
                    _ => unreachable!("an indexing or a field"),
                }
            }
            _ => self.expr(target)?,
        };
        Ok(self.hold(destination, items))
    }

    fn materialize_into(&mut self, destination: Tree, lazy: Tree, span: Span) -> Tree {
        let is_lazy = match &lazy.kind {
            Kind::Call(call) => matches!(&call[0].kind, Kind::Global(_, name) if &**name == "broadcasted"),
            _ => false,
        };
        let lazy =
            if is_lazy { lazy } else { Tree::call_base("broadcasted", vec![Tree::base("identity", span), lazy], span) };
        Tree::call_base("materialize!", vec![destination, lazy], span)
    }
}
