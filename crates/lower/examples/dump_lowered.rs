//! Prints what each top-level expression of the files named is lowered to, or with `--check` only what is wrong: a
//! development aid. Macros lowering does not know are replaced by their last argument.

use std::io::{self, Write};
use tintype_hir::{Literal, Lowered, verify};
use tintype_lower::{Expansion, LowerInput, MacroHost, MacroModule, lower_toplevel};
use tintype_syntax::{Node, NodeKind};

#[derive(Default)]
struct Host {
    numbers: u32,
}

impl MacroHost for Host {
    fn expand(&mut self, call: &Node, _module: MacroModule, _line: u32) -> Result<Expansion, String> {
        let last = call.as_expr().and_then(|(_, args)| args[1..].last().cloned());
        let nothing = Node { kind: NodeKind::Nothing, span: call.span };
        let node = Node::expr("escape", vec![last.unwrap_or(nothing)], call.span);
        Ok(Expansion { node, module: MacroModule::Current })
    }

    fn is_defined_global(&mut self, _name: &str) -> bool {
        false
    }

    fn is_user_macro(&mut self, _name: &str, _module: MacroModule) -> bool {
        false
    }

    fn unique_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }
}

fn check(lowered: &Lowered, problems: &mut Vec<String>) {
    if let Err(error) = verify(&lowered.body, lowered.literals.len()) {
        problems.push(format!("{error}\n{lowered}"));
    }
    for literal in &lowered.literals {
        if let Literal::Method(inner) = literal {
            check(inner, problems);
        }
    }
}

/// Modules and blocks at top level are taken apart, as an engine does.
fn each_toplevel(node: &Node, visit: &mut dyn FnMut(&Node)) {
    match node.as_expr() {
        Some(("toplevel", items)) => items.iter().for_each(|item| each_toplevel(item, visit)),
        Some(("module", [.., body])) => {
            let (_, items) = body.as_expr().unwrap_or(("", &[]));
            items.iter().for_each(|item| each_toplevel(item, visit));
        }
        Some(("import" | "using" | "export" | "public", _)) => {}
        Some(("macrocall", [_, _, .., last])) if last.is_expr("module") => each_toplevel(last, visit),
        _ if matches!(node.kind, NodeKind::Line(_)) => {}
        _ => visit(node),
    }
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut only_check = false;
    for path in std::env::args().skip(1) {
        if path == "--check" {
            only_check = true;
            continue;
        }
        let source = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let parsed = tintype_syntax::parse_all(&source);
        let line_of = |offset: u32| 1 + source[..(offset as usize).min(source.len())].matches('\n').count() as u32;
        let mut host = Host::default();
        each_toplevel(&parsed.node, &mut |node| {
            let mut input = LowerInput { file: &path, line_of: &line_of, host: &mut host, interactive: false };
            match lower_toplevel(node, &mut input) {
                Ok(lowered) => {
                    if !only_check {
                        let _ = write!(out, "{lowered}");
                    }
                    let mut problems = Vec::new();
                    check(&lowered, &mut problems);
                    for problem in problems {
                        let _ = writeln!(out, "{path}:{}: INVALID {problem}", line_of(node.span.start));
                    }
                }
                Err(errors) => {
                    for error in errors {
                        let _ = writeln!(out, "{path}:{}: {}", line_of(error.span.start), error.message);
                    }
                }
            }
        });
    }
    Ok(())
}
