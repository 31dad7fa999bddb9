//! Conditions, loops, comparison chains, `try`, `return`, labels.

use super::{Desugar, is_dotted_operator};
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Loop, Tree, Try};
use tintype_syntax::{Node, NodeKind, Span};

impl Desugar<'_> {
    pub fn if_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let cond = self.condition(&args[0])?;
        let then = self.expr(&args[1])?;
        let otherwise = match args.get(2) {
            Some(node) => self.expr(node)?,
            None => Tree::nothing(span),
        };
        Ok(Tree::if_(cond, then, otherwise, span))
    }

    /// A condition; an `elseif`'s comes as a block with its line.
    fn condition(&mut self, node: &Node) -> Result<Tree> {
        self.expr(node)
    }

    pub fn and_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut trees = self.exprs(args)?;
        let mut tree = trees.pop().unwrap_or_else(|| Tree::bool(true, span));
        while let Some(cond) = trees.pop() {
            tree = Tree::if_(cond, tree, Tree::bool(false, span), span);
        }
        Ok(tree)
    }

    pub fn or_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut trees = self.exprs(args)?;
        let mut tree = trees.pop().unwrap_or_else(|| Tree::bool(false, span));
        while let Some(cond) = trees.pop() {
            tree = Tree::if_(cond, Tree::bool(true, span), tree, span);
        }
        Ok(tree)
    }

    /// `a < b <= c`: each middle operand is evaluated once, and only if the comparisons before it hold. It is held before
    /// the comparison it is first in, so `b` is evaluated before `a`, as in Julia. Dotted operators combine by `.&` instead.
    pub fn comparison(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        if args.iter().skip(1).step_by(2).any(|op| op.as_symbol().is_some_and(is_dotted_operator)) {
            return self.dotted_comparison(args, span);
        }
        self.check_links(args.len() / 2, span)?;
        let first = self.expr(&args[0])?;
        self.comparison_chain(first, &args[1..], span)
    }

    fn comparison_chain(&mut self, left: Tree, rest: &[Node], span: Span) -> Result<Tree> {
        let [op, right, rest @ ..] = rest else { return error("malformed comparison", span) };
        let op = self.expr(op)?;
        let right = self.expr(right)?;
        if rest.is_empty() {
            return Ok(Tree::call(vec![op, left, right], span));
        }
        let mut before = Vec::new();
        let right = self.hold(right, &mut before);
        before.push(Tree::call(vec![op, left, right.clone()], span));
        let test = Tree::block(before, span);
        let more = self.comparison_chain(right, rest, span)?;
        Ok(Tree::if_(test, more, Tree::bool(false, span), span))
    }

    pub fn while_loop(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let cond = self.expr(&args[0])?;
        let body = self.expr(&args[1])?;
        let body = Tree::scope(false, body, span);
        let body = Loop { cond, body, step: None, break_target: true, rotate: false };
        Ok(Tree::new(Kind::Loop(Box::new(body)), span))
    }

    pub fn for_loop(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let specs: &[Node] = match args[0].as_expr() {
            Some(("block", specs)) => specs,
            _ => &args[..1],
        };
        let specs: Vec<&Node> = specs.iter().filter(|s| !matches!(s.kind, NodeKind::Line(_))).collect();
        self.check_links(specs.len(), span)?;
        self.for_nest(&specs, &args[1], true, span)
    }

    /// One loop of `for i = a, j = b`; `break` leaves the outermost, `continue` the innermost.
    fn for_nest(&mut self, specs: &[&Node], body: &Node, outermost: bool, span: Span) -> Result<Tree> {
        let Some((spec, rest)) = specs.split_first() else {
            let body = self.expr(body)?;
            return Ok(Tree::scope(false, body, span));
        };
        let Some((_, [target, iterable])) = spec.as_expr() else {
            return error("invalid iteration specification", spec.span);
        };
        let mut parts = Vec::new();
        let iterable = self.expr(iterable)?;
        let at = spec.span;
        let iterable = self.hold(iterable, &mut parts);
        let next = Tree::name(self.fresh_name("next"), at);
        let first = Tree::call_base("iterate", vec![iterable.clone()], at);
        parts.push(local_of(&next));
        parts.push(Tree::assign(next.clone(), first, at));

        let mut inner = Vec::new();
        let state = self.bind_iteration(target, &next, at, &mut inner)?;
        inner.push(self.for_nest(rest, body, false, span)?);
        let step = Tree::assign(next.clone(), Tree::call_base("iterate", vec![iterable, state], at), at);
        let done = Tree::call_core("===", vec![next, Tree::nothing(at)], at);
        let nest = Loop {
            cond: done,
            body: Tree::scope(false, Tree::block(inner, span), span),
            step: Some(step),
            break_target: outermost,
            rotate: true,
        };
        parts.push(Tree::new(Kind::Loop(Box::new(nest)), span));
        Ok(Tree::block(parts, span))
    }

    /// Takes the pair that `iterate` gave apart: assigns the loop variable, and gives the state.
    fn bind_iteration(&mut self, target: &Node, next: &Tree, at: Span, out: &mut Vec<Tree>) -> Result<Tree> {
        let pair = self.hold(next.clone(), out);
        let value = Tree::call_core("getfield", vec![pair.clone(), Tree::int(1, at)], at);
        let state = Tree::call_core("getfield", vec![pair, Tree::int(2, at)], at);
        match target.as_expr() {
            Some(("outer", [target])) => out.push(self.assign_to(target, value, at)?),
            _ => {
                self.declare_pattern(target, out)?;
                out.push(self.assign_to(target, value, at)?);
            }
        }
        Ok(self.hold(state, out))
    }

    pub fn return_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let value = match args.first() {
            Some(node) => self.expr(node)?,
            None => Tree::nothing(span),
        };
        Ok(Tree::return_(value, span))
    }

    /// `try` body, catch variable or `false`, catch block or `false`, then `finally` (or `false`) and `else` blocks.
    pub fn try_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let is_absent = |node: &Node| matches!(node.kind, NodeKind::Bool(false));
        let body = self.expr(&args[0])?;
        let body = Tree::scope(false, body, span);
        let catch = match args.get(2).filter(|node| !is_absent(node)) {
            Some(node) => Some(self.catch_block(args.get(1), node)?),
            None => None,
        };
        let mut block = |at: usize| -> Result<Option<Tree>> {
            let Some(node) = args.get(at).filter(|node| !is_absent(node)) else { return Ok(None) };
            let tree = self.expr(node)?;
            Ok(Some(Tree::scope(false, tree, node.span)))
        };
        let finally = block(3)?;
        let else_ = block(4)?;
        Ok(Tree::new(Kind::Try(Box::new(Try { body, catch, else_, finally })), span))
    }

    fn catch_block(&mut self, variable: Option<&Node>, block: &Node) -> Result<Tree> {
        let mut items = Vec::new();
        if let Some(name) = variable.and_then(Node::as_symbol) {
            let target = Tree::name(name.into(), block.span);
            items.push(local_of(&target));
            items.push(Tree::assign(target, Tree::new(Kind::Exception, block.span), block.span));
        }
        items.push(self.expr(block)?);
        Ok(Tree::scope(false, Tree::block(items, block.span), block.span))
    }

    pub fn goto_or_label(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        let Some(name) = args.first().and_then(Node::as_symbol) else { return error("invalid label", span) };
        let name = name.into();
        Ok(Tree::new(if head == "symbolicgoto" { Kind::Goto(name) } else { Kind::Label(name) }, span))
    }
}

/// A declaration of the variable a `Name` tree names.
pub(super) fn local_of(name: &Tree) -> Tree {
    match &name.kind {
        Kind::Name(n) => Tree::new(Kind::Local(n.clone()), name.span),
        other => unreachable!("not a name: {other:?}"),
    }
}
