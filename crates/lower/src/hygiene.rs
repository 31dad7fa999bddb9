//! Hygiene: names in a macro's result mean what they mean where the macro was written.
//!
//! In each `hygienic-scope`, a name that the expansion itself assigns, declares or takes as a parameter is renamed to one
//! the source cannot contain; any other name becomes a global of the macro's module. What stands in `escape` belongs to
//! the caller. A name is judged once for a whole expansion, not scope by scope.

use crate::host::{MacroHost, MacroModule, global_ref};
use rustc_hash::FxHashMap;
use tintype_syntax::{Name, Node, NodeKind};

/// The tree without `hygienic-scope` and `escape`. `modules` holds each scope's module by its number.
pub(crate) fn apply(node: &Node, modules: &[MacroModule], host: &mut dyn MacroHost) -> Node {
    let mut hygiene = Hygiene { modules, host, scopes: Vec::new() };
    hygiene.node(node, false)
}

struct ExpansionScope {
    module: MacroModule,
    renamed: FxHashMap<Name, Name>,
    /// Labels the expansion sets, by the names the macro gives them: two expansions in one function do not meet.
    labels: FxHashMap<Name, Name>,
}

struct Hygiene<'a> {
    modules: &'a [MacroModule],
    host: &'a mut dyn MacroHost,
    scopes: Vec<ExpansionScope>,
}

impl Hygiene<'_> {
    /// `keep` leaves a name alone that is a keyword or a field, not a variable.
    fn node(&mut self, node: &Node, keep: bool) -> Node {
        match &node.kind {
            NodeKind::Symbol(name) if !keep => self.name(node, name),
            NodeKind::Expr(head, args) => self.compound(node, head, args),
            _ => node.clone(),
        }
    }

    fn name(&self, node: &Node, name: &Name) -> Node {
        let Some(scope) = self.scopes.last() else { return node.clone() };
        if let Some(renamed) = scope.renamed.get(name) {
            return Node { kind: NodeKind::Symbol(renamed.clone()), span: node.span };
        }
        let has_meaning_everywhere =
            matches!(&**name, "end" | "begin" | "new" | "ccall" | "_" | "^" | "<:" | ">:" | "=>")
                || name.starts_with('#')
                || name.starts_with('.');
        if has_meaning_everywhere || name.bytes().all(|b| b == b'_') {
            return node.clone();
        }
        global_ref(scope.module, name, node.span)
    }

    fn compound(&mut self, node: &Node, head: &str, args: &[Node]) -> Node {
        match (head, args) {
            ("hygienic-scope", [inner, Node { kind: NodeKind::Integer(number), .. }]) => {
                let module = self.modules.get(*number as usize).copied().unwrap_or(MacroModule::Current);
                let (renamed, labels) = self.renamed(inner);
                self.scopes.push(ExpansionScope { module, renamed, labels });
                let result = self.node(inner, false);
                self.scopes.pop();
                return result;
            }
            ("escape", [inner]) => {
                let scope = self.scopes.pop();
                let result = self.node(inner, false);
                self.scopes.extend(scope);
                return result;
            }
            ("inert" | "globalref" | "#host" | "meta", _) => return node.clone(),
            ("symbolicgoto" | "symboliclabel", [label]) => {
                let known = |scope: &ExpansionScope| scope.labels.get(label.as_symbol()?).cloned();
                let label = match self.scopes.last().and_then(known) {
                    Some(renamed) => Node { kind: NodeKind::Symbol(renamed), span: label.span },
                    None => label.clone(),
                };
                return Node::expr(head, vec![label], node.span);
            }
            ("module" | "using" | "import" | "export" | "public", _) => return without_escapes(node),
            ("quote", _) => return self.quote(node, 1),
            ("struct", [mutable, name, body]) => {
                let items = body.as_expr().map_or(&[][..], |(_, items)| items);
                let items = items.iter().map(|item| self.struct_item(item)).collect();
                let body = Node::expr("block", items, body.span);
                return Node::expr(head, vec![mutable.clone(), self.node(name, false), body], node.span);
            }
            ("function" | "->" | "macro", [signature, rest @ ..]) => {
                let mut out = vec![self.signature(signature)];
                out.extend(rest.iter().map(|arg| self.node(arg, false)));
                return Node::expr(head, out, node.span);
            }
            ("=", [target, value]) if is_function_head(target) => {
                let out = vec![self.signature(target), self.node(value, false)];
                return Node::expr(head, out, node.span);
            }
            _ => {}
        }
        let args = args.iter().enumerate().map(|(i, arg)| {
            let keep = i == 0 && matches!(head, "kw")
                || matches!(head, "parameters") && arg.as_symbol().is_some() && self.keeps(arg);
            // `x=1` in a tuple names a field, in a call a keyword.
            match (head, arg.as_expr()) {
                ("tuple", Some(("=", [name, value]))) if name.as_symbol().is_some() => {
                    Node::expr("=", vec![name.clone(), self.node(value, false)], arg.span)
                }
                _ => self.node(arg, keep),
            }
        });
        let args = args.collect();
        Node::expr(head, args, node.span)
    }

    /// A field keeps its name, whatever variables have the same.
    fn struct_item(&mut self, item: &Node) -> Node {
        match item.as_expr() {
            None => item.clone(),
            Some(("::", [name, ty])) if name.as_symbol().is_some() => {
                Node::expr("::", vec![name.clone(), self.node(ty, false)], item.span)
            }
            Some((head @ ("const" | "atomic"), [field])) => Node::expr(head, vec![self.struct_item(field)], item.span),
            _ => self.node(item, false),
        }
    }

    /// A definition's head: an optional argument's name is a variable, unlike a keyword's in a call.
    fn signature(&mut self, node: &Node) -> Node {
        let Some((head, args)) = node.as_expr() else { return self.node(node, false) };
        match head {
            "call" | "tuple" | "where" | "::" | "block" => {
                let args = args.iter().map(|arg| match arg.as_expr() {
                    Some(("kw" | "=", [target, default])) => {
                        Node::expr("kw", vec![self.node(target, false), self.node(default, false)], arg.span)
                    }
                    Some(("call" | "where", _)) if head != "call" => self.signature(arg),
                    _ => self.node(arg, false),
                });
                let args = args.collect();
                Node::expr(head, args, node.span)
            }
            _ => self.node(node, false),
        }
    }

    /// A bare name among keywords (`f(; x)`) would lose its keyword if it were turned into a reference.
    fn keeps(&self, arg: &Node) -> bool {
        let renamed = |scope: &ExpansionScope| arg.as_symbol().is_some_and(|name| scope.renamed.contains_key(name));
        !self.scopes.last().is_some_and(renamed)
    }

    fn quote(&mut self, node: &Node, depth: u32) -> Node {
        let NodeKind::Expr(head, args) = &node.kind else { return node.clone() };
        let args = args.iter().map(|arg| match arg.as_expr() {
            Some(("$", inner)) if depth == 1 => {
                let inner = inner.iter().map(|n| self.node(n, false)).collect();
                Node::expr("$", inner, arg.span)
            }
            Some(("$", _)) => self.quote(arg, depth - 1),
            Some(("quote", _)) => self.quote(arg, depth + 1),
            Some(_) => self.quote(arg, depth),
            None => arg.clone(),
        });
        let args = args.collect();
        Node { kind: NodeKind::Expr(head.clone(), args), span: node.span }
    }

    fn new_name(&mut self, name: &Name) -> Name {
        format!("#{}#{name}", self.host.unique_number()).into()
    }

    /// New names for the variables and for the labels an expansion makes.
    fn renamed(&mut self, body: &Node) -> (FxHashMap<Name, Name>, FxHashMap<Name, Name>) {
        let mut found = Found::default();
        found.walk(body, 0);
        let kept = found.kept.into_iter().map(|name| (name.clone(), name));
        let mut renamed: FxHashMap<Name, Name> = kept.collect();
        for name in found.locals {
            if renamed.contains_key(&name) {
                continue;
            }
            if !found.globals.contains(&name) && !name.starts_with('#') && !name.bytes().all(|b| b == b'_') {
                renamed.insert(name.clone(), self.new_name(&name));
            }
        }
        let labels = found.labels.into_iter().map(|label| (label.clone(), self.new_name(&label))).collect();
        (renamed, labels)
    }
}

/// The variables of an expansion, outside what is escaped.
#[derive(Default)]
struct Found {
    locals: Vec<Name>,
    globals: Vec<Name>,
    /// Keyword parameters: variables too, but callers write their names.
    kept: Vec<Name>,
    labels: Vec<Name>,
}

impl Found {
    /// `depth` counts expansions inside this one: an `escape` there leads back here.
    fn walk(&mut self, node: &Node, depth: u32) {
        let Some((head, args)) = node.as_expr() else { return };
        match (head, args) {
            ("escape", [inner]) => {
                if depth > 0 {
                    self.walk(inner, depth - 1);
                }
                return;
            }
            ("hygienic-scope", [inner, _]) => return self.walk(inner, depth + 1),
            ("quote" | "inert" | "globalref" | "#host" | "meta", _) => return,
            ("module" | "using" | "import" | "export" | "public", _) => return,
            // A named tuple's names are not variables.
            ("tuple", items) => {
                items.iter().for_each(|item| match item.as_expr() {
                    Some(("=", [_, value])) => self.walk(value, depth),
                    _ => self.walk(item, depth),
                });
                return;
            }
            _ => {}
        }
        if depth == 0 {
            self.declarations(head, args);
        }
        args.iter().for_each(|arg| self.walk(arg, depth));
    }

    fn declarations(&mut self, head: &str, args: &[Node]) {
        match (head, args) {
            ("global", names) => names.iter().for_each(|name| match name.as_expr() {
                // `global x = 1`, `global x += 1`.
                Some((op, [name, _])) if op.ends_with('=') => pattern(name, &mut self.globals),
                _ => pattern(name, &mut self.globals),
            }),
            ("symboliclabel", [label]) => pattern(label, &mut self.labels),
            ("local", names) => names.iter().for_each(|name| pattern(name, &mut self.locals)),
            ("const", _) => {
                if let Some(("=", [name, _])) = args[0].as_expr() {
                    pattern(name, &mut self.globals);
                }
            }
            ("tuple" | "call" | "parameters", _) => {}
            ("struct", [_, name, _]) | ("abstract", [name, ..]) | ("primitive", [name, ..]) => {
                type_name(name, &mut self.globals);
            }
            (op, [target, _]) if op.ends_with('=') && !matches!(op, "==" | "!=" | "<=" | ">=" | "===" | "!==") => {
                self.assigned(target);
            }
            ("->", [params, _]) => self.params(params),
            ("function", [signature, ..]) => self.assigned(signature),
            ("macro", [signature, ..]) => {
                let params = signature.as_expr().map_or(&[][..], |(_, parts)| &parts[parts.len().min(1)..]);
                params.iter().for_each(|param| self.params(param));
            }
            ("try", [_, name, ..]) => pattern(name, &mut self.locals),
            ("where", [_, vars @ ..]) => vars.iter().for_each(|var| type_name(var, &mut self.locals)),
            ("let", [bindings, _]) => match bindings.as_expr() {
                Some(("block", items)) => items.iter().for_each(|item| pattern(item, &mut self.locals)),
                Some(("=", _)) => {}
                _ => pattern(bindings, &mut self.locals),
            },
            _ => {}
        }
    }

    /// What an assignment's left side makes: variables, or a function with its parameters.
    fn assigned(&mut self, target: &Node) {
        match target.as_expr() {
            Some(("call", [name, params @ ..])) => {
                pattern(name, &mut self.locals);
                params.iter().for_each(|param| self.params(param));
            }
            Some(("where", [inner, vars @ ..])) => {
                self.assigned(inner);
                vars.iter().for_each(|var| type_name(var, &mut self.locals));
            }
            Some(("::", [inner, _])) if inner.is_expr("call") => self.assigned(inner),
            Some(("tuple", params)) => params.iter().for_each(|param| self.params(param)),
            Some(("ref" | "." | "curly", _)) => {}
            _ => pattern(target, &mut self.locals),
        }
    }

    fn params(&mut self, param: &Node) {
        match param.as_expr() {
            Some(("kw" | "=", [inner, _])) => self.params(inner),
            Some(("parameters", items)) => items.iter().for_each(|item| match item.as_expr() {
                Some(("kw" | "=", [name, _])) => pattern(name, &mut self.kept),
                None => pattern(item, &mut self.kept),
                _ => self.params(item),
            }),
            Some(("tuple", items)) => items.iter().for_each(|item| self.params(item)),
            Some(("where", [inner, ..])) => self.params(inner),
            _ => pattern(param, &mut self.locals),
        }
    }
}

fn is_function_head(target: &Node) -> bool {
    match target.as_expr() {
        Some(("call", _)) => true,
        Some(("where" | "::", [inner, ..])) => is_function_head(inner),
        _ => false,
    }
}

/// The names of modules and exports are no variables: they mean the same whoever wrote them.
fn without_escapes(node: &Node) -> Node {
    match node.as_expr() {
        Some(("escape", [inner])) | Some(("hygienic-scope", [inner, _])) => without_escapes(inner),
        Some((head, args)) => Node::expr(head, args.iter().map(without_escapes).collect(), node.span),
        None => node.clone(),
    }
}

/// The variables of a pattern.
fn pattern(node: &Node, out: &mut Vec<Name>) {
    if let Some(name) = node.as_symbol() {
        if !out.iter().any(|known| **known == *name) {
            out.push(name.into());
        }
        return;
    }
    match node.as_expr() {
        Some(("::", [name, _])) | Some(("..." | "outer", [name])) => pattern(name, out),
        Some(("=", [name, _])) => pattern(name, out),
        Some(("tuple" | "parameters", items)) => items.iter().for_each(|item| pattern(item, out)),
        _ => {}
    }
}

fn type_name(node: &Node, out: &mut Vec<Name>) {
    match node.as_expr() {
        Some(("<:" | ">:" | "curly", [name, ..])) => type_name(name, out),
        Some(("comparison", [_, _, name, ..])) => type_name(name, out),
        _ => pattern(node, out),
    }
}
