//! Assignment in all its forms: variables, indices, fields, destructuring, and operators with `=`.

use super::{Desugar, is_dotted_operator};
use crate::diagnostic::{Result, error};
use crate::tree::{Kind, Tree};
use tintype_syntax::{Node, NodeKind, Span};

impl Desugar<'_> {
    pub fn assignment(&mut self, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        match target.as_expr() {
            Some(("call", _)) => return self.short_function(target, value, span),
            Some(("where", [inner, ..])) if inner.is_expr("call") || inner.is_expr("::") || inner.is_expr("where") => {
                return self.short_function(target, value, span);
            }
            Some(("::", [inner, _])) if inner.is_expr("call") => return self.short_function(target, value, span),
            Some(("curly", _)) => return self.parametric_alias(target, value, span),
            Some(("tuple", targets)) => return self.destructuring(targets, value, span),
            Some(("=", _)) | None | Some(_) => {}
        }
        if let Some(("::", [inner, ty])) = target.as_expr()
            && inner.as_symbol().is_some()
        {
            // `x::T = v` declares a local's type; at top level resolution turns it into a typed global.
            let value = self.expr(value)?;
            let ty = self.expr(ty)?;
            let name = inner.as_symbol().unwrap_or_default();
            let declare = Tree::new(Kind::LocalTyped(name.into(), Box::new(ty)), span);
            let assign = Tree::assign(Tree::name(name.into(), inner.span), value, span);
            return Ok(Tree::block(vec![declare, assign], span));
        }
        if target.as_symbol().is_some() || target.is_expr("globalref") {
            let value = self.expr(value)?;
            return self.assign_to(target, value, span);
        }
        let mut items = Vec::new();
        // Julia evaluates the value before the array and indices, but after the object of a field.
        let (store, value) = if target.is_expr("ref") {
            let value = self.expr(value)?;
            let value = self.hold(value, &mut items);
            (self.target_parts(target, &mut items)?, value)
        } else {
            let store = self.target_parts(target, &mut items)?;
            let value = self.expr(value)?;
            (store, self.hold(value, &mut items))
        };
        items.push(self.store(&store, value.clone(), span));
        items.push(value);
        Ok(Tree::block(items, span))
    }

    /// `T{A, B} = body`: a parametric alias, constant.
    fn parametric_alias(&mut self, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        let Some((_, [name, params @ ..])) = target.as_expr() else { return error("invalid assignment", span) };
        let value = self.where_with(value, params, span)?;
        let name = self.expr(name)?;
        Ok(Tree::new(Kind::Const(Box::new(name), Box::new(value)), span))
    }

    /// Assigns a value that may be used more than once; the result is the value.
    pub fn assign_to(&mut self, target: &Node, value: Tree, span: Span) -> Result<Tree> {
        if let Some(name) = target.as_symbol() {
            if name.bytes().all(|b| b == b'_') {
                return Ok(value);
            }
            return Ok(Tree::assign(Tree::name(name.into(), target.span), value, span));
        }
        match target.as_expr() {
            Some(("globalref", _)) => {
                let target = self.expr(target)?;
                Ok(Tree::assign(target, value, span))
            }
            Some(("tuple", targets)) => {
                let mut items = Vec::new();
                let whole = self.hold(value, &mut items);
                self.destructure(targets, &whole, span, &mut items)?;
                items.push(whole);
                Ok(Tree::block(items, span))
            }
            Some(("::", [inner, ty])) if inner.as_symbol().is_none() => {
                let ty = self.expr(ty)?;
                let value = self.converted(value, ty, span);
                self.assign_to(inner, value, span)
            }
            // A declared type is in force by its declaration.
            Some(("::", [inner, _])) => self.assign_to(inner, value, span),
            _ => {
                let mut items = Vec::new();
                let store = self.target_parts(target, &mut items)?;
                let value = self.hold(value, &mut items);
                items.push(self.store(&store, value.clone(), span));
                items.push(value);
                Ok(Tree::block(items, span))
            }
        }
    }

    /// Evaluates the parts of an assignable place once.
    pub fn target_parts(&mut self, target: &Node, before: &mut Vec<Tree>) -> Result<Place> {
        if let Some(name) = target.as_symbol() {
            return Ok(Place::Variable(Tree::name(name.into(), target.span)));
        }
        match target.as_expr() {
            Some(("globalref", _)) => Ok(Place::Variable(self.expr(target)?)),
            Some((".", [object, field])) => {
                let object = self.expr(object)?;
                let object = self.hold(object, before);
                let field = self.field_name(field)?;
                let field = self.hold(field, before);
                Ok(Place::Field(object, field))
            }
            Some(("ref", [array, indices @ ..])) => {
                let (array, indices) = self.index_parts(array, indices, before)?;
                Ok(Place::Element(array, indices))
            }
            Some(("::", [inner, ty])) => {
                let place = self.target_parts(inner, before)?;
                let ty = self.expr(ty)?;
                let ty = self.hold(ty, before);
                Ok(Place::Typed(Box::new(place), ty))
            }
            Some((head @ ("vect" | "hcat" | "vcat"), _)) => {
                let _ = head;
                error("use \"(a, b) = ...\" to assign multiple values", target.span)
            }
            Some(("call", _)) => error("invalid assignment location: function call", target.span),
            Some((head, _)) => error(format!("invalid assignment location: `{head}` expression"), target.span),
            None => error("invalid assignment location", target.span),
        }
    }

    /// The value now in a place.
    pub fn load(&mut self, place: &Place, span: Span) -> Tree {
        match place {
            Place::Variable(name) => name.clone(),
            Place::Field(object, field) => Tree::call_base("getproperty", vec![object.clone(), field.clone()], span),
            Place::Element(array, indices) => {
                self.call_splatted(Tree::base("getindex", span), array.clone(), None, indices, span)
            }
            Place::Typed(inner, _) => self.load(inner, span),
        }
    }

    /// Puts a value, used once, into a place.
    pub fn store(&mut self, place: &Place, value: Tree, span: Span) -> Tree {
        match place {
            Place::Variable(name) => Tree::assign(name.clone(), value, span),
            Place::Field(object, field) => {
                Tree::call_base("setproperty!", vec![object.clone(), field.clone(), value], span)
            }
            Place::Element(array, indices) => {
                self.call_splatted(Tree::base("setindex!", span), array.clone(), Some(value), indices, span)
            }
            Place::Typed(inner, ty) => {
                let value = self.converted(value, ty.clone(), span);
                self.store(inner, value, span)
            }
        }
    }

    fn destructuring(&mut self, targets: &[Node], value: &Node, span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        if let Some(("tuple", values)) = value.as_expr()
            && values.len() == targets.len()
            && !values.iter().any(is_special_element)
            && !targets.iter().any(|t| t.is_expr("...") || t.is_expr("parameters"))
        {
            return self.parallel_assignment(targets, values, span);
        }
        let value = self.expr(value)?;
        let whole = self.hold(value, &mut items);
        self.destructure(targets, &whole, span, &mut items)?;
        items.push(whole);
        Ok(Tree::block(items, span))
    }

    /// `a, b = x, y`: all values first, then the assignments; the tuple is made only if used.
    fn parallel_assignment(&mut self, targets: &[Node], values: &[Node], span: Span) -> Result<Tree> {
        let mut items = Vec::new();
        let mut held = Vec::new();
        for value in values {
            let value = self.expr(value)?;
            held.push(self.hold(value, &mut items));
        }
        for (target, value) in targets.iter().zip(&held) {
            let assign = self.pattern_assignment(target, value.clone(), span)?;
            items.push(assign);
        }
        items.push(Tree::call_core("tuple", held, span));
        Ok(Tree::block(items, span))
    }

    /// Takes a value apart into targets, with the iteration protocol, or by property for `(; a, b)`.
    pub fn destructure(&mut self, targets: &[Node], whole: &Tree, span: Span, out: &mut Vec<Tree>) -> Result<()> {
        if let [Node { kind: NodeKind::Expr(head, names), .. }] = targets
            && &**head == "parameters"
        {
            return self.destructure_properties(names, whole, span, out);
        }
        let mut state: Option<Tree> = None;
        for (i, target) in targets.iter().enumerate() {
            if let Some(("...", [inner])) = target.as_expr() {
                let after = &targets[i + 1..];
                return self.destructure_rest(inner, after, whole, state, span, out);
            }
            let (value, next) = self.indexed_part(whole, i, state, span, out);
            state = Some(next);
            out.push(self.pattern_assignment(target, value, span)?);
        }
        Ok(())
    }

    /// Element `i` of a value under iteration, and the state after it.
    pub fn indexed_part(
        &mut self,
        whole: &Tree,
        i: usize,
        state: Option<Tree>,
        span: Span,
        out: &mut Vec<Tree>,
    ) -> (Tree, Tree) {
        let mut args = vec![whole.clone(), Tree::int(i as i64 + 1, span)];
        args.extend(state);
        let pair = self.hold(Tree::call_base("indexed_iterate", args, span), out);
        let value = Tree::call_core("getfield", vec![pair.clone(), Tree::int(1, span)], span);
        let value = self.hold(value, out);
        // The state is read where the next element is taken, so that the last one's is never read.
        (value, Tree::call_core("getfield", vec![pair, Tree::int(2, span)], span))
    }

    fn destructure_rest(
        &mut self,
        rest: &Node,
        after: &[Node],
        whole: &Tree,
        state: Option<Tree>,
        span: Span,
        out: &mut Vec<Tree>,
    ) -> Result<()> {
        let mut args = vec![whole.clone()];
        if after.is_empty() {
            args.extend(state);
            let value = self.hold(Tree::call_base("rest", args, span), out);
            out.push(self.pattern_assignment(rest, value, span)?);
            return Ok(());
        }
        if after.iter().any(|t| t.is_expr("...")) {
            return error("multiple \"...\" on lhs of assignment", span);
        }
        args.push(Tree::int(after.len() as i64, span));
        args.extend(state);
        let pair = self.hold(Tree::call_base("split_rest", args, span), out);
        let middle = self.hold(Tree::call_core("getfield", vec![pair.clone(), Tree::int(1, span)], span), out);
        let last = self.hold(Tree::call_core("getfield", vec![pair, Tree::int(2, span)], span), out);
        out.push(self.pattern_assignment(rest, middle, span)?);
        self.destructure(after, &last, span, out)
    }

    fn destructure_properties(&mut self, names: &[Node], whole: &Tree, span: Span, out: &mut Vec<Tree>) -> Result<()> {
        for node in names {
            let name = match node.as_expr() {
                Some(("::", [name, _])) => name,
                _ => node,
            };
            let Some(text) = name.as_symbol() else {
                return error("invalid assignment location in property destructuring", node.span);
            };
            let value = Tree::call_base("getproperty", vec![whole.clone(), Tree::symbol(text, span)], span);
            out.push(self.pattern_assignment(node, value, span)?);
        }
        Ok(())
    }

    /// One element's assignment; `x::T` in a pattern declares `x` as the statement form does.
    fn pattern_assignment(&mut self, target: &Node, value: Tree, span: Span) -> Result<Tree> {
        if let Some(("::", [inner, ty])) = target.as_expr()
            && let Some(name) = inner.as_symbol()
        {
            let ty = self.expr(ty)?;
            let declare = Tree::new(Kind::LocalTyped(name.into(), Box::new(ty)), span);
            let assign = self.assign_to(inner, value, span)?;
            return Ok(Tree::block(vec![declare, assign], span));
        }
        self.assign_to(target, value, span)
    }

    /// `a op= b`, `a .op= b`.
    pub fn op_assignment(&mut self, head: &str, target: &Node, value: &Node, span: Span) -> Result<Tree> {
        let operator = &head[..head.len() - 1];
        if is_dotted_operator(operator) || operator == "." {
            return self.broadcast_op_assignment(operator, target, value, span);
        }
        if matches!(operator, "&&" | "||") {
            return error(format!("invalid operator `{head}`"), span);
        }
        if let Some(("tuple", _)) = target.as_expr() {
            return error(format!("invalid multiple assignment location with `{head}`"), target.span);
        }
        let mut items = Vec::new();
        let typed = match target.as_expr() {
            Some(("::", [inner, ty])) if inner.as_symbol().is_some() => {
                let ty = self.expr(ty)?;
                let name = inner.as_symbol().unwrap_or_default();
                items.push(Tree::new(Kind::LocalTyped(name.into(), Box::new(ty)), span));
                inner
            }
            _ => target,
        };
        let place = self.target_parts(typed, &mut items)?;
        let current = self.load(&place, span);
        let value_node = value;
        let value = self.expr(value)?;
        let operator_tree = Tree::name(operator.into(), span);
        let combined = match self.literal_power(operator, &current, value_node, span) {
            Some(power) => power,
            None => Tree::call(vec![operator_tree, current, value], span),
        };
        if let Place::Variable(_) = place {
            items.push(self.store(&place, combined, span));
            return Ok(Tree::block(items, span));
        }
        let combined = self.hold(combined, &mut items);
        items.push(self.store(&place, combined.clone(), span));
        items.push(combined);
        Ok(Tree::block(items, span))
    }
}

/// An assignable place with its parts evaluated.
pub(crate) enum Place {
    Variable(Tree),
    Field(Tree, Tree),
    /// Array and indices; an index may be a splat.
    Element(Tree, Vec<(Tree, bool)>),
    Typed(Box<Place>, Tree),
}

fn is_special_element(node: &Node) -> bool {
    matches!(node.as_expr(), Some(("..." | "parameters" | "=" | "kw", _)))
}
