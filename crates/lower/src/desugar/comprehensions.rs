//! Generators and comprehensions: iterators, filters and a closure over the loop variables.

use super::Desugar;
use super::signatures::Arg;
use crate::diagnostic::{Result, error};
use crate::tree::Tree;
use tintype_syntax::{Node, Span};

impl Desugar<'_> {
    pub fn comprehension(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        if head == "typed_comprehension" {
            let ty = self.expr(&args[0])?;
            let generator = self.expr(&args[1])?;
            return Ok(Tree::call_base("collect", vec![ty, generator], span));
        }
        let generator = self.expr(&args[0])?;
        Ok(Tree::call_base("collect", vec![generator], span))
    }

    pub fn generator(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        if head == "flatten" {
            let inner = self.expr(&args[0])?;
            return Ok(Tree::call_base("Flatten", vec![inner], span));
        }
        let Some((value, specs)) = args.split_first() else { return error("malformed generator", span) };
        let (specs, condition) = match specs {
            [filter] => match filter.as_expr() {
                Some(("filter", [condition, specs @ ..])) => (specs, Some(condition)),
                _ => (specs, None),
            },
            _ => (specs, None),
        };
        let mut targets = Vec::new();
        let mut iterables = Vec::new();
        for spec in specs {
            let Some(("=", [target, iterable])) = spec.as_expr() else {
                return error("invalid iteration specification", spec.span);
            };
            if target.is_expr("outer") {
                return error("no outer local variable declaration exists for \"for outer\"", target.span);
            }
            targets.push(target.clone());
            iterables.push(self.expr(iterable)?);
        }
        let target = match &targets[..] {
            [one] => one.clone(),
            _ => Node::expr("tuple", targets, span),
        };
        let mut source = match iterables.len() {
            1 => iterables.remove(0),
            _ => Tree::call_base("product", iterables, span),
        };
        if let Some(condition) = condition {
            let test = self.loop_closure(&target, condition, span)?;
            source = Tree::call_base("Filter", vec![test, source], span);
        }
        let function = if target.as_symbol().is_some() && target.kind == value.kind {
            Tree::base("identity", span)
        } else {
            self.loop_closure(&target, value, span)?
        };
        Ok(Tree::call_base("Generator", vec![function, source], span))
    }

    /// A closure over one iteration's value, taken apart as the loop variables say.
    fn loop_closure(&mut self, target: &Node, body: &Node, span: Span) -> Result<Tree> {
        let (name, pattern) = match target.as_symbol() {
            Some(name) if !name.bytes().all(|b| b == b'_') => (name.into(), None),
            Some(_) => (self.fresh_name("unused"), None),
            None => (self.fresh_name("arg"), Some(target.clone())),
        };
        let arg = Arg { name, ty: None, default: None, splat: false, no_specialize: false, pattern, span };
        let body = self.function_body(body, Vec::new(), None)?;
        self.closure(&[arg], body, Vec::new(), span)
    }
}
