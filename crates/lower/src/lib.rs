//! Syntax trees to method bodies: scopes, closures, desugaring, macro expansion through a host.
//!
//! One top-level expression at a time goes through: expansion of macros, with hygiene ([`macros`]); desugaring to a
//! small core form ([`desugar`]); resolution of names ([`resolve`]); the decision which variables are boxed ([`flow`]);
//! and writing of statements ([`emit`]). Nothing is evaluated here: macros run in the host.

#![forbid(unsafe_code)]

mod builtin_macros;
mod desugar;
mod diagnostic;
mod docs;
mod emit;
mod flow;
mod gather;
mod host;
mod hygiene;
mod macros;
mod resolve;
mod show;
mod tree;

pub use host::{Expansion, MacroHost, MacroModule, as_global_ref, as_host_value, global_ref, host_value};
pub use show::show_expression;

use tintype_hir::Lowered;
use tintype_syntax::{Diagnostic, Node, NodeKind};

/// Where an expression comes from, and who answers for its module.
pub struct LowerInput<'a> {
    /// The file's name, as it appears in line numbers and backtraces.
    pub file: &'a str,
    /// The 1-based line of a byte offset.
    pub line_of: &'a dyn Fn(u32) -> u32,
    /// Runs macros, knows the module's globals.
    pub host: &'a mut dyn MacroHost,
    /// Whether the expression was typed in: assignments in loops at top level then mean existing globals.
    pub interactive: bool,
}

/// The thunk of one top-level expression: run, it evaluates the expression in the current module and returns its value.
///
/// `module`, `import`, `using`, `export` at top level, and `toplevel` blocks, are the caller's to take apart first;
/// inside other expressions they are errors.
///
/// # Errors
///
/// The mistakes found in the expression, with their places. A macro that throws is one of them.
pub fn lower_toplevel(node: &Node, input: &mut LowerInput<'_>) -> Result<Lowered, Vec<Diagnostic>> {
    lower(node, input).map_err(|error| vec![error])
}

/// The expression with every macro call replaced by what it expands to, hygiene applied: what `macroexpand` shows.
///
/// # Errors
///
/// As [`lower_toplevel`].
pub fn expand_macros(node: &Node, input: &mut LowerInput<'_>) -> Result<Node, Vec<Diagnostic>> {
    check_depth(node).and_then(|()| macros::expand(node, input)).map_err(|error| vec![error])
}

/// As [`expand_macros`], but only the outermost macro call is expanded, and what it gives is left as it is.
///
/// # Errors
///
/// As [`lower_toplevel`].
pub fn expand_macro_once(node: &Node, input: &mut LowerInput<'_>) -> Result<Node, Vec<Diagnostic>> {
    check_depth(node).and_then(|()| macros::expand_once(node, input)).map_err(|error| vec![error])
}

fn lower(node: &Node, input: &mut LowerInput<'_>) -> diagnostic::Result<Lowered> {
    check_depth(node)?;
    let line = first_line(node).unwrap_or_else(|| (input.line_of)(node.span.start));
    let expanded = macros::expand(node, input)?;
    check_depth(&expanded)?;
    let mut desugar = desugar::Desugar::new(input.file, input.host, line);
    let mut tree = desugar.expr(&expanded)?;
    let mut temps = desugar.temps;
    let mut resolver = resolve::Resolver::new(input.host, &mut temps, input.interactive, input.file);
    resolver.thunk(&mut tree)?;
    let mut resolved = resolver.out;
    flow::analyse(&mut tree, &mut resolved);
    emit::emit_thunk(tree, &resolved, input.file, line)
}

fn first_line(node: &Node) -> Option<u32> {
    match &node.kind {
        NodeKind::Line(line) => Some(*line),
        NodeKind::Expr(head, args) if matches!(&**head, "block" | "toplevel") => args.first().and_then(first_line),
        _ => None,
    }
}

/// Rejects trees that are nested more deeply than recursion may go. Iterative itself.
fn check_depth(node: &Node) -> diagnostic::Result<()> {
    let mut stack = vec![(node, 0u32)];
    while let Some((node, depth)) = stack.pop() {
        if depth > desugar::MAX_DEPTH {
            return diagnostic::error("expression nested too deeply", node.span);
        }
        match &node.kind {
            NodeKind::Expr(_, args) => stack.extend(args.iter().map(|arg| (arg, depth + 1))),
            NodeKind::Quote(inner) => stack.push((inner, depth + 1)),
            _ => {}
        }
    }
    Ok(())
}
