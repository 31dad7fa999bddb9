//! Calls, type application, `where`, tuples.

use super::{Desugar, is_dotted_operator};
use crate::diagnostic::{Result, error, unsupported};
use crate::tree::{Kind, Tree, Where};
use tintype_syntax::{Name, Node, NodeKind, Span};

impl Desugar<'_> {
    pub fn call(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let Some((callee, rest)) = args.split_first() else { return error("malformed call", span) };
        if let Some(name) = callee.as_symbol() {
            if name == "new" && self.new_context.is_some() {
                return self.new_call(None, rest, span);
            }
            if is_dotted_operator(name) {
                return self.broadcast_operator_call(name, rest, span);
            }
            if matches!(name, "ccall" | "cglobal" | "llvmcall" | "@cfunction") {
                return unsupported(&format!("`{name}`"), span);
            }
            if let ("^", [base, power @ Node { kind: NodeKind::Integer(_), .. }]) = (name, rest) {
                let base = self.expr(base)?;
                if let Some(tree) = self.literal_power(name, &base, power, span) {
                    return Ok(tree);
                }
            }
        }
        if let Some(("curly", [new, params @ ..])) = callee.as_expr()
            && new.as_symbol() == Some("new")
            && self.new_context.is_some()
        {
            return self.new_call(Some(params), rest, span);
        }
        let callee = self.expr(callee)?;
        self.call_with(callee, rest, span)
    }

    /// A call with positional, keyword and splatted arguments, `parameters` anywhere.
    pub fn call_with(&mut self, callee: Tree, args: &[Node], span: Span) -> Result<Tree> {
        let (keywords, positional) = split_keywords(args);
        if keywords.is_empty() {
            let args = self.arguments(&positional)?;
            return Ok(self.apply(callee, args, span));
        }
        let mut before = Vec::new();
        let callee = if callee.is_simple() { callee } else { self.hold(callee, &mut before) };
        // Positional arguments are evaluated before keywords, though they are passed after them.
        let mut arguments = Vec::new();
        for (argument, splat) in self.arguments(&positional)? {
            arguments.push((self.hold(argument, &mut before), splat));
        }
        let mut named = self.named_tuple(&keywords, span)?;
        // What is splatted may hold nothing: then the call has no keywords, and the function need not accept any.
        let may_be_empty = keywords.iter().all(|keyword| keyword.is_expr("..."));
        let plain = may_be_empty.then(|| {
            named = self.hold(named.clone(), &mut before);
            self.apply(callee.clone(), arguments.clone(), span)
        });
        let mut all = vec![(named.clone(), false), (callee, false)];
        all.extend(arguments);
        let call = self.apply(Tree::core("kwcall", span), all, span);
        before.push(match plain {
            Some(plain) => Tree::if_(Tree::call_base("isempty", vec![named], span), plain, call, span),
            None => call,
        });
        Ok(Tree::block(before, span))
    }

    /// Arguments with a flag on the splatted ones.
    pub fn arguments(&mut self, args: &[&Node]) -> Result<Vec<(Tree, bool)>> {
        args.iter()
            .map(|arg| match arg.as_expr() {
                Some(("...", [inner])) => Ok((self.expr(inner)?, true)),
                _ => Ok((self.expr(arg)?, false)),
            })
            .collect()
    }

    /// A call, through `_apply_iterate` when something is splatted.
    pub fn apply(&mut self, callee: Tree, args: Vec<(Tree, bool)>, span: Span) -> Tree {
        if !args.iter().any(|(_, splat)| *splat) {
            let mut call = vec![callee];
            call.extend(args.into_iter().map(|(tree, _)| tree));
            return Tree::call(call, span);
        }
        let mut call = vec![Tree::base("iterate", span), callee];
        let mut plain = Vec::new();
        for (tree, splat) in args {
            if !splat {
                plain.push(tree);
                continue;
            }
            if !plain.is_empty() {
                call.push(Tree::call_core("tuple", std::mem::take(&mut plain), span));
            }
            call.push(tree);
        }
        if !plain.is_empty() {
            call.push(Tree::call_core("tuple", plain, span));
        }
        Tree::call_core("_apply_iterate", call, span)
    }

    /// `x^2` with a literal exponent goes through `literal_pow`, which methods may specialise.
    pub fn literal_power(&mut self, operator: &str, base: &Tree, power: &Node, span: Span) -> Option<Tree> {
        let NodeKind::Integer(n) = power.kind else { return None };
        if operator != "^" {
            return None;
        }
        let val = Tree::call_core("apply_type", vec![Tree::base("Val", span), Tree::int(n, span)], span);
        let val = Tree::call(vec![val], span);
        Some(Tree::call_base("literal_pow", vec![Tree::name("^".into(), span), base.clone(), val], span))
    }

    /// Keyword arguments of a call, or a named tuple: a `NamedTuple`, merged from parts where something is splatted.
    pub fn named_tuple(&mut self, items: &[&Node], span: Span) -> Result<Tree> {
        let mut whole: Option<Tree> = None;
        let mut names: Vec<Tree> = Vec::new();
        let mut values: Vec<Tree> = Vec::new();
        let mut seen: Vec<Name> = Vec::new();
        for item in items {
            match self.named_item(item)? {
                NamedItem::Pair(name, value) => {
                    if seen.contains(&name) {
                        return error(format!("keyword argument \"{name}\" repeated in call"), item.span);
                    }
                    names.push(Tree::symbol(&name, span));
                    seen.push(name);
                    values.push(value);
                }
                NamedItem::Computed(key, value) => {
                    whole = Some(self.flush_named(whole, &mut names, &mut values, span));
                    let one = self.named_tuple_of(vec![key], vec![value], span);
                    whole = whole.map(|w| Tree::call_base("merge", vec![w, one], span));
                }
                NamedItem::Splat(value) => {
                    whole = Some(self.flush_named(whole, &mut names, &mut values, span));
                    whole = whole.map(|w| Tree::call_base("merge", vec![w, value], span));
                }
            }
        }
        Ok(match whole {
            Some(whole) if names.is_empty() => whole,
            whole => self.flush_named(whole, &mut names, &mut values, span),
        })
    }

    fn flush_named(&mut self, whole: Option<Tree>, names: &mut Vec<Tree>, values: &mut Vec<Tree>, span: Span) -> Tree {
        match whole {
            None => self.named_tuple_of(std::mem::take(names), std::mem::take(values), span),
            Some(whole) if names.is_empty() => whole,
            Some(whole) => {
                let more = self.named_tuple_of(std::mem::take(names), std::mem::take(values), span);
                Tree::call_base("merge", vec![whole, more], span)
            }
        }
    }

    /// A `NamedTuple` made in place, without its constructors.
    pub fn named_tuple_of(&mut self, names: Vec<Tree>, values: Vec<Tree>, span: Span) -> Tree {
        let mut items = Vec::new();
        let names = Tree::call_core("tuple", names, span);
        let values = self.hold(Tree::call_core("tuple", values, span), &mut items);
        let types = Tree::call_core("typeof", vec![values.clone()], span);
        let ty = Tree::call_core("apply_type", vec![Tree::core("NamedTuple", span), names, types], span);
        items.push(Tree::new(Kind::SplatNew(Box::new(ty), Box::new(values)), span));
        Tree::block(items, span)
    }

    fn named_item(&mut self, item: &Node) -> Result<NamedItem> {
        if let Some(name) = item.as_symbol() {
            return Ok(NamedItem::Pair(name.into(), self.expr(item)?));
        }
        match item.as_expr() {
            Some(("=" | "kw", [name, value])) => {
                let name = match (name.as_symbol(), name.as_expr()) {
                    (Some(name), _) => name,
                    (None, Some(("escape", [inner]))) if inner.as_symbol().is_some() => {
                        inner.as_symbol().unwrap_or_default()
                    }
                    _ => return error("keyword argument is not a symbol", name.span),
                };
                Ok(NamedItem::Pair(name.into(), self.expr(value)?))
            }
            Some(("...", [inner])) => Ok(NamedItem::Splat(self.expr(inner)?)),
            Some(("call", [arrow, key, value])) if arrow.as_symbol() == Some("=>") => {
                Ok(NamedItem::Computed(self.expr(key)?, self.expr(value)?))
            }
            Some((".", [_, field])) => match &field.kind {
                NodeKind::Quote(inner) if inner.as_symbol().is_some() => {
                    let name = inner.as_symbol().unwrap_or_default();
                    Ok(NamedItem::Pair(name.into(), self.expr(item)?))
                }
                _ => error("invalid keyword argument syntax", item.span),
            },
            _ => error("invalid keyword argument syntax", item.span),
        }
    }

    pub fn tuple(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        if let [Node { kind: NodeKind::Expr(head, items), .. }] = args
            && &**head == "parameters"
        {
            return self.named_tuple(&items.iter().collect::<Vec<_>>(), span);
        }
        if args.iter().any(|a| a.is_expr("=") || a.is_expr("kw")) {
            let items = args.iter().flat_map(|a| match a.as_expr() {
                Some(("parameters", items)) => items.iter().collect(),
                _ => vec![a],
            });
            return self.named_tuple(&items.collect::<Vec<_>>(), span);
        }
        if let Some(bad) = args.iter().find(|a| a.is_expr("parameters")) {
            return error("unexpected semicolon in tuple", bad.span);
        }
        let args = self.arguments(&args.iter().collect::<Vec<_>>())?;
        Ok(self.apply(Tree::core("tuple", span), args, span))
    }

    /// `T{A, <:B}`; each bound without a name makes a type variable around the whole.
    pub fn curly(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let mut bounds: Vec<(Name, Option<Tree>, Option<Tree>)> = Vec::new();
        let mut parts = Vec::new();
        for arg in args {
            match arg.as_expr() {
                Some((head @ ("<:" | ">:"), [bound])) => {
                    let name = self.fresh_name("T");
                    parts.push((Tree::name(name.clone(), span), false));
                    let bound = self.expr(bound)?;
                    bounds.push(if head == "<:" { (name, None, Some(bound)) } else { (name, Some(bound), None) });
                }
                Some(("...", [inner])) => parts.push((self.expr(inner)?, true)),
                Some(("parameters" | "kw" | "=", _)) => {
                    return error("misplaced assignment or semicolon in `{}`", arg.span);
                }
                _ => parts.push((self.expr(arg)?, false)),
            }
        }
        let mut tree = self.apply(Tree::core("apply_type", span), parts, span);
        for (name, lower, upper) in bounds.into_iter().rev() {
            tree = Tree::new(Kind::Where(Box::new(Where { name, lower, upper, body: tree, temp: 0 })), span);
        }
        Ok(tree)
    }

    pub fn where_expr(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let Some((body, vars)) = args.split_first() else { return error("malformed `where`", span) };
        self.where_with(body, vars, span)
    }

    /// `body where {vars...}`; the first variable is the outermost.
    pub fn where_with(&mut self, body: &Node, vars: &[Node], span: Span) -> Result<Tree> {
        let mut tree = self.expr(body)?;
        for var in vars.iter().rev() {
            let (name, lower, upper) = self.type_var(var)?;
            tree = Tree::new(Kind::Where(Box::new(Where { name, lower, upper, body: tree, temp: 0 })), span);
        }
        Ok(tree)
    }

    pub fn subtype_expr(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        let args = self.arguments(&args.iter().collect::<Vec<_>>())?;
        Ok(self.apply(Tree::name(head.into(), span), args, span))
    }

    /// `f(args) do params ... end`: the function comes first.
    pub fn do_block(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        let (Some(("call", call)), [_, function]) = (args[0].as_expr(), args) else {
            return match args[0].as_expr() {
                Some((".", _)) => unsupported("`do` block on a broadcast call", span),
                _ => error("invalid `do` block", span),
            };
        };
        let mut all: Vec<Node> = call.to_vec();
        let at = if all.get(1).is_some_and(|a| a.is_expr("parameters")) { 2 } else { 1 };
        all.insert(at.min(all.len()), function.clone());
        self.call(&all, span)
    }
}

enum NamedItem {
    Pair(Name, Tree),
    Computed(Tree, Tree),
    Splat(Tree),
}

/// Keyword arguments (`a=1`, and what follows the semicolon) apart from the rest.
pub(super) fn split_keywords(args: &[Node]) -> (Vec<&Node>, Vec<&Node>) {
    let mut keywords = Vec::new();
    let mut after_semicolon = Vec::new();
    let mut positional = Vec::new();
    for arg in args {
        match arg.as_expr() {
            Some(("parameters", items)) => after_semicolon.extend(items.iter()),
            Some(("kw", _)) => keywords.push(arg),
            _ => positional.push(arg),
        }
    }
    keywords.extend(after_semicolon);
    (keywords, positional)
}
