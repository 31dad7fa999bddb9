//! The interface of the crate: statement by statement, line numbers, shown diagnostics, printed trees.

use tintype_syntax::{LineIndex, Node, NodeKind, large_integer, parse_all, parse_one, render, show_sexpr};

fn shown(source: &str) -> String {
    let (node, _, diagnostics) = parse_one(source, 0);
    assert_eq!(diagnostics, []);
    let mut text = String::new();
    show_sexpr(&node.expect("there is a statement"), &mut text).expect("writing to a string cannot fail");
    text
}

#[test]
fn trees_are_printed_as_meta_show_sexpr_prints_them() {
    let function = "\
(:function, (:call, :f, :x), (:block,
    :(#= none:1 =#),
    :(#= none:2 =#),
    (:(=), :y, (:quote, #QuoteNode
        :a
      )),
    :(#= none:3 =#),
    (:call, :g, (:quote, (:call, :+, :b, 1)))
  ))";
    assert_eq!(shown("function f(x)\n  y = :a\n  g(:(b + 1))\nend"), function);
    assert_eq!(shown("@m 1"), "(:macrocall, Symbol(\"@m\"), :(#= none:1 =#), 1)");
    let lambda = "\
(:->, :a, (:block,
    :(#= none:1 =#),
    :(#= none:2 =#),
    :b
  ))";
    assert_eq!(shown("a -> begin\nb\nend"), lambda);
}

#[test]
fn values_are_printed_as_show_prints_them() {
    for (source, expected) in [
        ("1e6", "1.0e6"),
        ("100000.0", "100000.0"),
        ("0.0001", "0.0001"),
        ("0.00001", "1.0e-5"),
        ("-0.0", "-0.0"),
        ("1.5f0", "1.5f0"),
        ("1f10", "1.0f10"),
        ("0.00024414062f0", "0.00024414062f0"),
        ("5e-324", "5.0e-324"),
        ("0x1p-3", "0.125"),
        ("0x.8p1", "1.0"),
        ("0x0f", "0x0f"),
        ("0o017", "0x0f"),
        ("0b1_0000_0000", "0x0100"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("'\\u3b1'", "'α'"),
        ("'\\ud800'", "'\\ud800'"),
        ("'\\xff'", "'\\xff'"),
        ("\"\\x01a\\xffβ\\$\\\"\"", "\"\\x01a\\xffβ\\$\\\"\""),
        ("var\"a b\"", "Symbol(\"a b\")"),
        ("(==)", ":(==)"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn statements_one_by_one() {
    let source = "x = 1 # one\n\n  y; z\n\"doc\"\nf(x) = 1\n";
    let mut offset = 0;
    let mut heads = Vec::new();
    loop {
        let (node, next, diagnostics) = parse_one(source, offset);
        assert_eq!(diagnostics, []);
        offset = next;
        let Some(node) = node else { break };
        heads.push(node.as_expr().expect("each is compound").0.to_string());
    }
    assert_eq!(heads, ["=", "toplevel", "macrocall"]);
    assert_eq!(offset, source.len());
}

#[test]
fn a_prompt_learns_whether_to_read_more() {
    let incomplete = [
        "f(x",
        "begin",
        "function f(x)",
        "x +",
        "\"abc",
        "[1,",
        "if a\n b",
        "#= a",
        "module A",
        "f() do x",
        "`a",
        "@m(",
        "a ? b :\n",
    ];
    for source in incomplete {
        let (node, _, diagnostics) = parse_one(source, 0);
        assert!(node.is_none() && diagnostics[0].incomplete, "{source}: {diagnostics:?}");
    }
    for source in ["f)", "1x1 y", "x = = y", "end", "f(a b)", "begin )"] {
        let (node, _, diagnostics) = parse_one(source, 0);
        assert!(node.is_none() && !diagnostics[0].incomplete, "{source}: {diagnostics:?}");
    }
}

/// Collects the line nodes under `node`, in order.
fn line_nodes(node: &Node, out: &mut Vec<u32>) {
    match &node.kind {
        NodeKind::Line(line) => out.push(*line),
        NodeKind::Expr(_, args) => args.iter().for_each(|arg| line_nodes(arg, out)),
        _ => {}
    }
}

#[test]
fn line_nodes_name_the_lines_of_statements() {
    let source = "\nfunction f(x)\n\n  a\n  if b\n    c\n  elseif d\n  end\nend\ng(x) =\n  y\n@m begin\n z end\n";
    let mut lines = Vec::new();
    line_nodes(&parse_all(source).node, &mut lines);
    // The statement, the definition, `a`, `if`, `c`, `d`'s condition, the empty branch; then `g`; then `@m`.
    assert_eq!(lines, [2, 2, 4, 5, 6, 7, 7, 10, 10, 12, 12, 13]);
}

#[test]
fn spans_cover_the_source_of_nodes() {
    let source = "x = f(a, β + 1)[2]";
    let parsed = parse_all(source);
    let (_, args) = parsed.node.as_expr().expect("the top level");
    let (_, sides) = args[1].as_expr().expect("an assignment");
    let text = |node: &Node| &source[node.span.start as usize..node.span.end as usize];
    assert_eq!(text(&args[1]), source);
    assert_eq!(text(&sides[1]), "f(a, β + 1)[2]");
    let (_, index) = sides[1].as_expr().expect("an index");
    assert_eq!(text(&index[0]), "f(a, β + 1)");
    let (_, call) = index[0].as_expr().expect("a call");
    assert_eq!(text(&call[2]), "β + 1");
}

#[test]
fn diagnostics_show_the_line() {
    let source = "α = 1\nx = f(a b)\n";
    let diagnostics = parse_all(source).diagnostics;
    let expected = "\
error: unexpected `b`, expected `,` or `)`
 --> file.jl:2:9
  |
2 | x = f(a b)
  |         ^
";
    assert_eq!(render(&diagnostics[0], "file.jl", source), expected);
}

#[test]
fn a_mistake_far_from_its_bracket_mentions_it() {
    let source = "x = (1, 2\ny = 3\n";
    let diagnostics = parse_all(source).diagnostics;
    assert_eq!(diagnostics[0].notes, ["the `(` on line 1 is not closed before this"]);
    assert!(render(&diagnostics[0], "file.jl", source).contains("note: the `(` on line 1"));
}

#[test]
fn several_mistakes_are_found_in_one_pass() {
    let source = "f(\n) = a b\ng(x) = 1 +\nfunction h()\n  x = )\n  y = 2\nend\nz = ]\n";
    let lines = LineIndex::new(source);
    let found: Vec<u32> = parse_all(source).diagnostics.iter().map(|d| lines.line(d.span.start)).collect();
    assert_eq!(found, [2, 5, 8]);
}

#[test]
fn large_integers_are_read_back() {
    let value = |source| large_integer(&parse_one(source, 0).0.expect("a literal"));
    assert_eq!(value("9223372036854775808"), Some(NodeKind::Integer128(1 << 63)));
    assert_eq!(value("-9223372036854775809"), Some(NodeKind::Integer128(-(1 << 63) - 1)));
    assert_eq!(value("0x1_0000000000000000"), Some(NodeKind::Unsigned(1 << 64, 128)));
    assert_eq!(value("1"), None);
    assert_eq!(value("123456789012345678901234567890123456789012345678901234567890"), None);
}

#[test]
fn columns_count_characters() {
    let source = "aβc\nd";
    let lines = LineIndex::new(source);
    assert_eq!(lines.line_column(source, 0), (1, 1));
    assert_eq!(lines.line_column(source, 3), (1, 3));
    assert_eq!(lines.line_column(source, 5), (2, 1));
    assert_eq!(lines.line_column(source, 100), (2, 2));
    assert_eq!(lines.len(), 2);
}
