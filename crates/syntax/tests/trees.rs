//! The trees and the diagnostics of the texts in `data/*.txt`.
//!
//! A case is a line, the text, with `⏎` for a line break, followed by indented lines: each top-level expression
//! without line numbers, and each diagnostic as `! line:column message`. Lines that start with `;;` are comments.
//! `UPDATE_EXPECT=1` rewrites the expectations; read the difference before committing it.

use std::fmt::Write;
use std::path::Path;

use tintype_syntax::{LineIndex, NodeKind, SexprOptions, parse_all, show_sexpr_with};

const OPTIONS: SexprOptions = SexprOptions { lines: false, indent: false };

/// What parsing `text` gives, in the form of the data files.
fn describe(text: &str) -> String {
    let source = text.replace('⏎', "\n");
    let parsed = parse_all(&source);
    let mut out = String::new();
    let NodeKind::Expr(_, statements) = &parsed.node.kind else { panic!("the top level is an expression") };
    for statement in statements.iter().filter(|statement| !matches!(statement.kind, NodeKind::Line(_))) {
        out.push_str("    ");
        show_sexpr_with(statement, OPTIONS, &mut out).expect("writing to a string cannot fail");
        out.push('\n');
    }
    let lines = LineIndex::new(&source);
    for diagnostic in &parsed.diagnostics {
        let (line, column) = lines.line_column(&source, diagnostic.span.start);
        let more = if diagnostic.incomplete { " (incomplete)" } else { "" };
        writeln!(out, "    ! {line}:{column} {}{more}", diagnostic.message).expect("writing to a string cannot fail");
    }
    out
}

/// Runs the cases of one file; gives the file as it should be, and how many cases it has.
fn expected_file(contents: &str) -> (String, usize) {
    let mut out = String::new();
    let mut cases = 0;
    for line in contents.lines().filter(|line| !line.starts_with("    ")) {
        out.push_str(line);
        out.push('\n');
        if !line.is_empty() && !line.starts_with(";;") {
            out.push_str(&describe(line));
            cases += 1;
        }
    }
    (out, cases)
}

fn check(name: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).with_extension("txt");
    let contents = std::fs::read_to_string(&path).expect("the data file exists");
    let (actual, cases) = expected_file(&contents);
    assert!(cases >= at_least, "{name} has {cases} cases");
    if actual == contents {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, actual).expect("the data file can be written");
        return;
    }
    let differences: Vec<String> = contents
        .lines()
        .zip(actual.lines())
        .filter(|(old, new)| old != new)
        .map(|(old, new)| format!("-{old}\n+{new}"))
        .take(10)
        .collect();
    panic!("{name}: UPDATE_EXPECT=1 accepts this\n{}", differences.join("\n"));
}

macro_rules! files {
    ($($name:ident $at_least:literal)*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name), $at_least);
        })*
    };
}

files! {
    arrays 60
    calls 60
    control 60
    definitions 60
    errors 100
    macros 60
    newer 20
    numbers 20
    operators 150
    strings 60
    traps 100
}
