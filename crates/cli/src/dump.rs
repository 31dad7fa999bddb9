//! `--dump-expr FILE`: the expressions that a source file is read as, one top-level expression after the other.
//!
//! Nothing is lowered or evaluated.

use std::path::Path;
use std::process::ExitCode;

use tintype_syntax::{NodeKind, SexprOptions, parse_all, render, show_sexpr_with};

use crate::failure::{self, Failure};

/// Prints the trees of a file as `Meta.show_sexpr` shows them, one a line and without line numbers; syntax errors go to
/// standard error and make the status 1.
pub fn dump_expr(path: &Path) -> Result<ExitCode, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::at(path, error))?;
    let source = String::from_utf8(bytes).map_err(|error| {
        Failure::at(
            path,
            format_args!("expected UTF-8, found another encoding at byte {}", error.utf8_error().valid_up_to()),
        )
    })?;
    let parsed = parse_all(&source);
    let options = SexprOptions { lines: false, indent: false };
    let mut text = String::new();
    if let NodeKind::Expr(_, statements) = &parsed.node.kind {
        for statement in statements.iter().filter(|statement| !matches!(statement.kind, NodeKind::Line(_))) {
            show_sexpr_with(statement, options, &mut text).map_err(Failure::new)?;
            text.push('\n');
        }
    }
    failure::print(&text)?;
    let name = path.display().to_string();
    for diagnostic in &parsed.diagnostics {
        eprint!("{}", render(diagnostic, &name, &source));
    }
    Ok(if parsed.diagnostics.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
