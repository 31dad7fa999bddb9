//! Function signatures taken apart: arguments, keywords, type variables, return type.

use super::{Desugar, calls::split_keywords};
use crate::diagnostic::{Result, error};
use crate::tree::{Tree, TypeVarDecl};
use tintype_syntax::{Name, Node, NodeKind, Span};

/// A positional parameter.
#[derive(Clone, Debug)]
pub(crate) struct Arg {
    /// Its variable; generated where the source gives none.
    pub name: Name,
    pub ty: Option<Node>,
    pub default: Option<Node>,
    pub splat: bool,
    pub no_specialize: bool,
    /// The pattern it is taken apart by, if it is not a plain name.
    pub pattern: Option<Node>,
    pub span: Span,
}

/// A keyword parameter.
#[derive(Clone, Debug)]
pub(crate) struct Keyword {
    pub name: Name,
    pub ty: Option<Node>,
    pub default: Option<Node>,
}

/// A definition's head.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    /// What is defined; absent for anonymous functions.
    pub callee: Option<Node>,
    pub args: Vec<Arg>,
    pub keywords: Vec<Keyword>,
    /// The variable of `kw...`.
    pub keyword_rest: Option<Name>,
    pub has_keywords: bool,
    /// Type variables, outermost first.
    pub vars: Vec<Node>,
    pub return_type: Option<Node>,
}

impl Desugar<'_> {
    /// The head of `function head ... end` or `head = ...`.
    pub fn signature(&mut self, head: &Node) -> Result<Signature> {
        let mut signature = Signature::default();
        let mut node = head;
        loop {
            match node.as_expr() {
                Some(("where", [inner, vars @ ..])) => {
                    signature.vars.extend_from_slice(vars);
                    node = inner;
                }
                Some(("::", [inner, ty])) if signature.return_type.is_none() && !is_argument(inner) => {
                    signature.return_type = Some(ty.clone());
                    node = inner;
                }
                Some(("call", [callee, args @ ..])) => {
                    signature.callee = Some(callee.clone());
                    self.parameters(args, &mut signature)?;
                    return Ok(signature);
                }
                Some(("tuple", args)) => {
                    self.parameters(args, &mut signature)?;
                    return Ok(signature);
                }
                Some(("block", items)) => {
                    // `(x; y) -> ...`: what follows the semicolon is a keyword.
                    let items: Vec<&Node> = items.iter().filter(|i| !matches!(i.kind, NodeKind::Line(_))).collect();
                    let (first, rest) = items.split_at(items.len().min(1));
                    let rest = rest.iter().map(|n| (*n).clone()).collect();
                    let mut args = vec![Node::expr("parameters", rest, head.span)];
                    args.extend(first.iter().map(|n| (*n).clone()));
                    self.parameters(&args, &mut signature)?;
                    return Ok(signature);
                }
                _ => {
                    self.parameters(std::slice::from_ref(node), &mut signature)?;
                    return Ok(signature);
                }
            }
        }
    }

    fn parameters(&mut self, args: &[Node], signature: &mut Signature) -> Result<()> {
        let (keywords, positional) = split_keywords_of_definition(args);
        for arg in positional {
            let arg = self.positional(arg)?;
            if let Some(last) = signature.args.last().filter(|last: &&Arg| last.splat) {
                return error(format!("invalid \"...\" on non-final argument `{}`", last.name), last.span);
            }
            if signature.args.last().is_some_and(|last| last.default.is_some()) && arg.default.is_none() && !arg.splat {
                return error("optional positional arguments must occur at end", arg.span);
            }
            if signature.args.iter().any(|known| known.name == arg.name && !arg.name.starts_with('#')) {
                return error(format!("function argument name not unique: \"{}\"", arg.name), arg.span);
            }
            signature.args.push(arg);
        }
        signature.has_keywords = keywords.is_some();
        for keyword in keywords.unwrap_or_default() {
            self.keyword(keyword, signature)?;
        }
        if signature.keywords.is_empty() && signature.keyword_rest.is_none() {
            signature.has_keywords = false;
        }
        Ok(())
    }

    fn positional(&mut self, node: &Node) -> Result<Arg> {
        let span = node.span;
        let plain =
            |name: Name| Arg { name, ty: None, default: None, splat: false, no_specialize: false, pattern: None, span };
        match &node.kind {
            NodeKind::Symbol(name) if name.bytes().all(|b| b == b'_') => Ok(plain("#unused#".into())),
            NodeKind::Symbol(name) => Ok(plain(name.clone())),
            NodeKind::Expr(head, args) => match (&**head, &args[..]) {
                ("::", [ty]) => Ok(Arg { ty: Some(ty.clone()), ..plain("#unused#".into()) }),
                ("::", [inner, ty]) => Ok(Arg { ty: Some(ty.clone()), ..self.positional(inner)? }),
                ("...", [inner]) => Ok(Arg { splat: true, ..self.positional(inner)? }),
                ("kw" | "=", [inner, default]) => Ok(Arg { default: Some(default.clone()), ..self.positional(inner)? }),
                ("tuple", _) => Ok(Arg { pattern: Some(node.clone()), ..plain(self.fresh_name("arg")) }),
                ("meta", [kind, inner]) if matches!(kind.as_symbol(), Some("nospecialize" | "specialize")) => {
                    let no_specialize = kind.as_symbol() == Some("nospecialize");
                    Ok(Arg { no_specialize, ..self.positional(inner)? })
                }
                ("escape", [inner]) => self.positional(inner),
                _ => self.bad_argument(node),
            },
            _ => self.bad_argument(node),
        }
    }

    fn bad_argument<T>(&self, node: &Node) -> Result<T> {
        let text = crate::show_expression(node);
        error(format!("\"{text}\" is not a valid function argument name"), node.span)
    }

    fn keyword(&mut self, node: &Node, signature: &mut Signature) -> Result<()> {
        let span = node.span;
        let (target, default) = match node.as_expr() {
            Some(("kw" | "=", [target, default])) => (target, Some(default.clone())),
            _ => (node, None),
        };
        let (target, ty) = match target.as_expr() {
            Some(("::", [target, ty])) => (target, Some(ty.clone())),
            Some(("...", [rest])) => {
                let Some(name) = rest.as_symbol() else { return error("invalid keyword argument syntax", span) };
                signature.keyword_rest = Some(name.into());
                return Ok(());
            }
            _ => (target, None),
        };
        let Some(name) = target.as_symbol() else { return error("keyword argument is not a symbol", span) };
        let taken =
            signature.args.iter().any(|a| *a.name == *name) || signature.keywords.iter().any(|k| *k.name == *name);
        if taken {
            return error(format!("function argument name not unique: \"{name}\""), span);
        }
        signature.keywords.push(Keyword { name: name.into(), ty, default });
        Ok(())
    }

    /// Name, lower and upper bound of one variable of a `where`.
    pub fn type_var(&mut self, node: &Node) -> Result<(Name, Option<Tree>, Option<Tree>)> {
        if let Some(name) = node.as_symbol() {
            return Ok((name.into(), None, None));
        }
        let named = |node: &Node| node.as_symbol().map(Name::from);
        match node.as_expr() {
            Some(("<:", [name, upper])) if named(name).is_some() => {
                let upper = self.expr(upper)?;
                Ok((named(name).unwrap_or_default(), None, Some(upper)))
            }
            Some((">:", [name, lower])) if named(name).is_some() => {
                let lower = self.expr(lower)?;
                Ok((named(name).unwrap_or_default(), Some(lower), None))
            }
            Some(("comparison", [first, op, name, op2, last])) if named(name).is_some() => {
                let first = self.expr(first)?;
                let last = self.expr(last)?;
                let name = named(name).unwrap_or_default();
                match (op.as_symbol(), op2.as_symbol()) {
                    (Some("<:"), Some("<:")) => Ok((name, Some(first), Some(last))),
                    (Some(">:"), Some(">:")) => Ok((name, Some(last), Some(first))),
                    _ => error("invalid bounds in \"where\"", node.span),
                }
            }
            Some(("escape", [inner])) => self.type_var(inner),
            _ => error("invalid variable expression in \"where\"", node.span),
        }
    }

    /// Declarations of those variables that `types` mention, directly or through the bound of one that is.
    pub fn used_type_vars(&mut self, vars: &[Node], types: &[&Node]) -> Result<Vec<TypeVarDecl>> {
        let used = used_vars(vars, types);
        let mut out = Vec::new();
        for (var, _) in vars.iter().zip(used).filter(|(_, used)| *used) {
            let (name, lower, upper) = self.type_var(var)?;
            out.push(TypeVarDecl { name, lower, upper, temp: 0 });
        }
        Ok(out)
    }
}

/// Whether the left of a `::` in a definition's head is an argument of an anonymous function, not a head with a return
/// type.
fn is_argument(node: &Node) -> bool {
    node.as_symbol().is_some()
}

/// Keywords of a definition: only what follows a semicolon. `a=1` before it is an optional positional argument.
fn split_keywords_of_definition(args: &[Node]) -> (Option<Vec<&Node>>, Vec<&Node>) {
    let has = args.iter().any(|a| a.is_expr("parameters"));
    let (keywords, _) = split_keywords(args);
    let after: Vec<&Node> = keywords.into_iter().filter(|k| !args.iter().any(|a| std::ptr::eq(a, *k))).collect();
    let positional = args.iter().filter(|a| !a.is_expr("parameters")).collect();
    (has.then_some(after), positional)
}

/// The name of a `where` variable.
pub(super) fn type_var_name(node: &Node) -> Option<Name> {
    match node.as_expr() {
        None => node.as_symbol().map(Name::from),
        Some(("<:" | ">:" | "escape", [name, ..])) => type_var_name(name),
        Some(("comparison", [_, _, name, ..])) => type_var_name(name),
        _ => None,
    }
}

/// Which of some variables `types` mention, directly or through the bound of one that is.
pub(super) fn used_vars(vars: &[Node], types: &[&Node]) -> Vec<bool> {
    let names: Vec<Option<Name>> = vars.iter().map(type_var_name).collect();
    let is_named = |name: &Option<Name>, test: &dyn Fn(&str) -> bool| name.as_ref().is_some_and(|name| test(name));
    let mut used: Vec<bool> =
        names.iter().map(|name| is_named(name, &|name| types.iter().any(|ty| mentions(ty, name)))).collect();
    let bound_mentions =
        |used: &[bool], name: &str| (0..vars.len()).any(|j| used[j] && mentions_in_bounds(&vars[j], name));
    while let Some(i) = (0..vars.len()).find(|&i| !used[i] && is_named(&names[i], &|name| bound_mentions(&used, name)))
    {
        used[i] = true;
    }
    used
}

fn mentions_in_bounds(var: &Node, name: &str) -> bool {
    match var.as_expr() {
        Some(("<:" | ">:", [_, bound])) => mentions(bound, name),
        Some(("comparison", [first, _, _, _, last])) => mentions(first, name) || mentions(last, name),
        _ => false,
    }
}

/// Whether a name occurs anywhere in a node.
pub(super) fn mentions(node: &Node, name: &str) -> bool {
    match &node.kind {
        NodeKind::Symbol(n) => **n == *name,
        NodeKind::Expr(_, args) => args.iter().any(|arg| mentions(arg, name)),
        _ => false,
    }
}
