//! Prints each top-level expression of the files given, one per line, without line numbers.
//!
//! A development aid for comparing with another parser; with `--time` it prints the speed of parsing instead, and with
//! `--lines` it parses each line of standard input.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use tintype_syntax::{LineIndex, NodeKind, SexprOptions, parse_all, render, show_sexpr_with};

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let time = args.first().is_some_and(|arg| arg == "--time");
    if time {
        args.remove(0);
        return report_speed(&args);
    }
    if args.first().is_some_and(|arg| arg == "--lines") {
        return dump_lines();
    }
    let mut code = ExitCode::SUCCESS;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in args {
        let Ok(source) = std::fs::read_to_string(&path) else {
            eprintln!("{path}: cannot be read as UTF-8");
            code = ExitCode::FAILURE;
            continue;
        };
        let parsed = parse_all(&source);
        for diagnostic in &parsed.diagnostics {
            eprint!("{}", render(diagnostic, &path, &source));
            code = ExitCode::FAILURE;
        }
        let lines = LineIndex::new(&source);
        let NodeKind::Expr(_, statements) = &parsed.node.kind else { continue };
        for statement in statements {
            if matches!(statement.kind, NodeKind::Line(_)) {
                continue;
            }
            let mut text = String::new();
            let options = SexprOptions { lines: false, indent: false };
            let shown = show_sexpr_with(statement, options, &mut text);
            debug_assert!(shown.is_ok(), "writing to a string cannot fail");
            let _ = writeln!(out, "{} {text}", lines.line(statement.span.start));
        }
    }
    code
}

fn report_speed(paths: &[String]) -> ExitCode {
    let sources: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let bytes: usize = sources.iter().map(String::len).sum();
    let start = Instant::now();
    let nodes = sources.iter().filter(|source| parse_all(source).diagnostics.is_empty()).count();
    let seconds = start.elapsed().as_secs_f64();
    println!("{nodes} of {} files without errors; {:.1} MB/s", sources.len(), bytes as f64 / 1e6 / seconds);
    ExitCode::SUCCESS
}

/// Each line of standard input is a text of its own, `⏎` in it a line break; a NUL ends each answer.
fn dump_lines() -> ExitCode {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let source = line.replace('⏎', "\n");
        let parsed = parse_all(&source);
        if let NodeKind::Expr(_, statements) = &parsed.node.kind {
            for statement in statements.iter().filter(|s| !matches!(s.kind, NodeKind::Line(_))) {
                let mut text = String::new();
                let shown = show_sexpr_with(statement, SexprOptions { lines: false, indent: false }, &mut text);
                debug_assert!(shown.is_ok(), "writing to a string cannot fail");
                println!("{text}");
            }
        }
        for diagnostic in &parsed.diagnostics {
            println!("{}..{} {}", diagnostic.span.start, diagnostic.span.end, diagnostic.message);
        }
        println!("\0");
    }
    ExitCode::SUCCESS
}
