//! Macro expansion: every macro call is replaced, outermost first, by what the host (or a built-in rule) gives for it.
//!
//! The result of a macro is kept in a `hygienic-scope` that remembers the macro's module, with the caller's parts in
//! `escape`; when all calls are expanded, [`crate::hygiene`] renames and removes both.

use crate::LowerInput;
use crate::diagnostic::{Result, error};
use crate::host::{Expansion, MacroModule};
use crate::{builtin_macros, hygiene};
use tintype_syntax::{Node, NodeKind};

/// How deeply expansions may nest before it is taken for endless recursion.
const MAX_EXPANSIONS: usize = 300;

/// The node with all macro calls expanded and hygiene applied.
pub(crate) fn expand(node: &Node, input: &mut LowerInput<'_>) -> Result<Node> {
    let mut expander =
        Expander { input, modules: vec![MacroModule::Current], scopes: Vec::new(), expansions: 0, once: false };
    let expanded = expander.node(node)?;
    let modules = expander.scopes;
    Ok(finish(&expanded, &modules, input))
}

/// The node with its outermost macro call expanded once, and hygiene applied.
pub(crate) fn expand_once(node: &Node, input: &mut LowerInput<'_>) -> Result<Node> {
    if !node.is_expr("macrocall") {
        return Ok(node.clone());
    }
    let mut expander =
        Expander { input, modules: vec![MacroModule::Current], scopes: Vec::new(), expansions: 0, once: true };
    let expanded = expander.call(node)?;
    let modules = expander.scopes;
    Ok(finish(&expanded, &modules, input))
}

fn finish(expanded: &Node, modules: &[MacroModule], input: &mut LowerInput<'_>) -> Node {
    if modules.is_empty() { expanded.clone() } else { hygiene::apply(expanded, modules, input.host) }
}

struct Expander<'a, 'b> {
    input: &'a mut LowerInput<'b>,
    /// The module in which names mean what they mean here, innermost expansion last.
    modules: Vec<MacroModule>,
    /// The module of each `hygienic-scope` made, by its number.
    scopes: Vec<MacroModule>,
    /// How many expansions are open.
    expansions: usize,
    /// What a call gives is not looked at for further calls.
    once: bool,
}

impl Expander<'_, '_> {
    fn node(&mut self, node: &Node) -> Result<Node> {
        let NodeKind::Expr(head, args) = &node.kind else { return Ok(node.clone()) };
        match &**head {
            "macrocall" => match tintype_syntax::large_integer(node) {
                Some(kind) => Ok(Node { kind, span: node.span }),
                None if is_too_large(node) => error("integers of more than 128 bits are not supported yet", node.span),
                None => self.call(node),
            },
            "quote" => self.quote(node, 1),
            // What is in a module is expanded there, when it is evaluated.
            "inert" | "meta" | "module" => Ok(node.clone()),
            "escape" if self.modules.len() > 1 => {
                let inner = self.modules.pop();
                let result = self.args(node, args);
                self.modules.extend(inner);
                result
            }
            _ => self.args(node, args),
        }
    }

    fn args(&mut self, node: &Node, args: &[Node]) -> Result<Node> {
        let NodeKind::Expr(head, _) = &node.kind else { return Ok(node.clone()) };
        let args = args.iter().map(|arg| self.node(arg)).collect::<Result<_>>()?;
        Ok(Node { kind: NodeKind::Expr(head.clone(), args), span: node.span })
    }

    /// Inside a quote only interpolated parts are code.
    fn quote(&mut self, node: &Node, depth: u32) -> Result<Node> {
        let NodeKind::Expr(head, args) = &node.kind else {
            if let NodeKind::Quote(inner) = &node.kind {
                let inner = self.quote(inner, depth)?;
                return Ok(Node { kind: NodeKind::Quote(Box::new(inner)), span: node.span });
            }
            return Ok(node.clone());
        };
        let mut out = Vec::with_capacity(args.len());
        for arg in args {
            out.push(match arg.as_expr() {
                Some(("$", _)) if depth == 1 => self.interpolation(arg)?,
                Some(("$", _)) => self.quote(arg, depth - 1)?,
                Some(("quote", _)) => self.quote(arg, depth + 1)?,
                _ => self.quote(arg, depth)?,
            });
        }
        Ok(Node { kind: NodeKind::Expr(head.clone(), out), span: node.span })
    }

    fn interpolation(&mut self, node: &Node) -> Result<Node> {
        match node.as_expr() {
            Some((_, args)) => self.args(node, args),
            None => Ok(node.clone()),
        }
    }

    fn call(&mut self, call: &Node) -> Result<Node> {
        if self.expansions >= MAX_EXPANSIONS {
            return error("macro expansion does not end", call.span);
        }
        let module = self.modules.last().copied().unwrap_or(MacroModule::Current);
        let line = self.line(call);
        self.expansions += 1;
        let result = match builtin_macros::expand(call, module, line, self.input)? {
            Some(node) if self.once => Ok(node),
            Some(node) => self.node(&node),
            None => match self.input.host.expand(call, module, line) {
                Ok(expansion) => self.expansion(expansion),
                Err(message) => error(message, call.span),
            },
        };
        self.expansions -= 1;
        result
    }

    fn expansion(&mut self, expansion: Expansion) -> Result<Node> {
        let number = self.scopes.len();
        self.scopes.push(expansion.module);
        self.modules.push(expansion.module);
        crate::check_depth(&expansion.node)?;
        let inner = if self.once { Ok(expansion.node.clone()) } else { self.node(&expansion.node) };
        self.modules.pop();
        let span = expansion.node.span;
        let number = Node { kind: NodeKind::Integer(number as i64), span };
        Ok(Node::expr("hygienic-scope", vec![inner?, number], span))
    }

    fn line(&self, call: &Node) -> u32 {
        match call.as_expr() {
            Some((_, [_, Node { kind: NodeKind::Line(line), .. }, ..])) => *line,
            _ => (self.input.line_of)(call.span.start),
        }
    }
}

/// Whether the call is what the parser makes of an integer literal that no machine type holds.
fn is_too_large(call: &Node) -> bool {
    let name = call.as_expr().and_then(|(_, args)| args.first()).and_then(Node::as_expr);
    let Some((".", [_, Node { kind: NodeKind::Quote(name), .. }])) = name else { return false };
    name.as_symbol() == Some("@big_str")
}
