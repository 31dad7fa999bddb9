//! Mistakes: the message, in Julia's wording where it has one, and that what is outside the language here says so.

use crate::support::{TestHost, statements};
use tintype_lower::{LowerInput, lower_toplevel};
use tintype_syntax::{Node, NodeKind, Span};

fn lower_all(source: &str, host: &mut TestHost) -> String {
    let mut messages = Vec::new();
    for node in statements(source) {
        let mut input = LowerInput { file: "t.jl", line_of: &|_| 1, host, interactive: false };
        if let Err(errors) = lower_toplevel(&node, &mut input) {
            messages.extend(errors.into_iter().map(|e| {
                assert!((e.span.start as usize) < source.len(), "{}: {:?}", e.message, e.span);
                e.message
            }));
        }
    }
    messages.join("; ")
}

#[test]
fn mistakes_are_reported() {
    let cases = [
        ("break", "break or continue outside loop"),
        ("f() = continue", "break or continue outside loop"),
        ("function f(x, x) end", "function argument name not unique: \"x\""),
        ("f(x=1, y) = 2", "optional positional arguments must occur at end"),
        ("f(x..., y) = 2", "invalid \"...\" on non-final argument `x`"),
        ("f(1) = 2", "\"1\" is not a valid function argument name"),
        ("f() = (const x = 1)", "unsupported `const` declaration on local variable"),
        ("g(x) = f(a=1, a=2)", "keyword argument \"a\" repeated in call"),
        ("function f() struct A end end", "\"struct\" expression not at top level"),
        ("struct A; x::Int = 1; end", "\"x::Int = 1\" inside type definition is reserved"),
        ("struct A; x; x; end", "duplicate field name: \"x\" is not unique"),
        ("struct A{T}; x::T; A(x) = new(x); end", "too few type parameters specified in \"new{...}\""),
        ("struct A; x; A(x) = new(x, x); end", "too many arguments in \"new\""),
        ("f() = (import Base; 1)", "\"import\" expression not at top level"),
        ("begin module A end end", "\"module\" expression not at top level"),
        ("x = _", "all-underscore identifier used as rvalue"),
        ("f(x) = (y = x...)", "`...` expression outside call"),
        ("f() = @goto nowhere", "label \"nowhere\" referenced but not defined"),
        ("f() = (@label a; @label a)", "label \"a\" defined multiple times"),
        ("f() = (local x; global x; 1)", "variable \"x\" declared both local and global"),
        ("f(x) = (local x; 1)", "local variable name \"x\" conflicts with an argument"),
        ("f(T) = (g(y::T) = y)", "local variable T cannot be used in closure declaration"),
        (
            "f() = (Base.g(x) = x)",
            "Global method definition around t.jl:1 needs to be placed at the top level, or use \"eval\".",
        ),
        ("f(x::T) where {T} = (T = 1)", "cannot assign a value to static parameter \"T\""),
        ("a() + 1 = 2", "\"a()\" is not a valid function argument name"),
        ("[a, b] = x", "use \"(a, b) = ...\" to assign multiple values"),
        ("@nosuch 1", "UndefVarError: `@nosuch` not defined"),
        ("ccall(:f, Int, ())", "`ccall` is not supported yet"),
        ("macro m(x; y) end", "macros cannot accept keyword arguments"),
        ("$x", "`$` expression outside quote"),
    ];
    let mut wrong = Vec::new();
    for (source, expected) in cases {
        let got = lower_all(source, &mut TestHost::default());
        if got != expected {
            wrong.push(format!("{source}\n  expected {expected}\n  got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn soft_scope_ambiguity_is_warned_about() {
    let mut host = TestHost { globals: vec!["x".into()], ..TestHost::default() };
    assert_eq!(lower_all("for i in 1:3; x = i; end", &mut host), "");
    assert_eq!(host.warnings.len(), 1);
    assert!(host.warnings[0].starts_with("Assignment to `x` in soft scope is ambiguous"));
    host.warnings.clear();
    assert_eq!(lower_all("for i in 1:3; local x = i; end; let; x = 1; end; f() = (x = 2)", &mut host), "");
    assert!(host.warnings.is_empty());
}

#[test]
fn deep_nesting_is_an_error() {
    let mut node = Node { kind: NodeKind::Integer(1), span: Span::default() };
    for _ in 0..100_000 {
        node = Node::expr("block", vec![node], Span::default());
    }
    let mut host = TestHost::default();
    let mut input = LowerInput { file: "t.jl", line_of: &|_| 1, host: &mut host, interactive: false };
    let errors = lower_toplevel(&node, &mut input).expect_err("too deep");
    assert_eq!(errors[0].message, "expression nested too deeply");
    // Dropping the tree would recurse as deeply.
    std::mem::forget(node);
}

/// A tree of `levels` copies of a piece of source, each in place of the name `x` of the one around it.
fn nested(source: &str, levels: usize) -> Node {
    fn put(node: &Node, inner: &Node) -> Node {
        match &node.kind {
            NodeKind::Symbol(name) if &**name == "x" => inner.clone(),
            NodeKind::Expr(head, args) => Node::expr(head, args.iter().map(|a| put(a, inner)).collect(), node.span),
            _ => node.clone(),
        }
    }
    let piece = &statements(source)[0];
    (0..levels).fold(Node::symbol("y", Span::default()), |inner, _| put(piece, &inner))
}

#[test]
fn nesting_up_to_the_limit_fits_a_threads_stack() {
    let cases = [
        ("f(x)", 590),
        ("a[x]", 590),
        ("1 - x", 590),
        ("y -> x", 80),
        ("[i for i in x]", 170),
        ("[x for i in y]", 80),
        ("let y = x; y end", 135),
        ("let y = 1; x end", 135),
        ("try; x; finally; end", 205),
        ("if c; x; else; 1; end", 290),
        ("for i in 1:2; x; end", 100),
        ("c ? 1 : x", 590),
        ("(a; x)", 590),
        ("f.(x)", 290),
        ("g(k=x)", 125),
        ("T{x}", 590),
        ("quote; f(x); end", 170),
    ];
    for (source, levels) in cases {
        let body = nested(source, levels);
        let head = statements("g()").remove(0);
        let node = Node::expr("function", vec![head, body], Span::default());
        let mut host = TestHost::default();
        let mut input = LowerInput { file: "t.jl", line_of: &|_| 1, host: &mut host, interactive: false };
        let result = lower_toplevel(&node, &mut input);
        assert!(result.is_ok(), "{source}: {:?}", result.err());
    }
}
