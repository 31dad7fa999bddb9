//! Macros through a host: what hygiene renames, what it leaves to the caller, what it finds in the macro's module.

use crate::support::TestHost;
use crate::support::evaluator::Evaluator;
use tintype_syntax::{Node, NodeKind, Span};

fn parse(text: &str) -> Node {
    tintype_syntax::parse_one(text, 0).0.expect("parses")
}

/// Replaces `ARG` by the escaped argument.
fn with_argument(node: &Node, argument: &Node) -> Node {
    match &node.kind {
        NodeKind::Symbol(name) if &**name == "ARG" => Node::expr("escape", vec![argument.clone()], Span::default()),
        NodeKind::Expr(head, args) => {
            Node::expr(head, args.iter().map(|a| with_argument(a, argument)).collect(), node.span)
        }
        _ => node.clone(),
    }
}

fn twice(args: &[Node]) -> Node {
    with_argument(&parse("begin tmp = ARG; (tmp, tmp) end"), &args[0])
}

fn swap(args: &[Node]) -> Node {
    with_argument(&parse("let t = 1; ARG; t end"), &args[0])
}

fn define(args: &[Node]) -> Node {
    with_argument(&parse("ARG = (x, y=2; key=3) -> helper(x) + y + key"), &args[0])
}

fn nested(args: &[Node]) -> Node {
    with_argument(&parse("begin tmp = 5; @twice(ARG + tmp) end"), &args[0])
}

fn run(source: &str) -> String {
    let host = TestHost {
        macros: vec![("@twice", twice), ("@swap", swap), ("@define", define), ("@nested", nested)],
        ..TestHost::default()
    };
    let mut evaluator = Evaluator::default();
    evaluator.host = host;
    evaluator.run(source);
    evaluator.out
}

#[test]
fn a_macros_variables_are_its_own() {
    assert_eq!(run("tmp = 7\nf(tmp) = (@twice(tmp + 1), tmp)\nprintln(f(1))"), "((2, 2), 1)\n");
    assert_eq!(run("function g(t)\n a = @swap(t = 4)\n (a, t)\nend\nprintln(g(0))"), "(1, 4)\n");
}

#[test]
fn other_names_are_globals_of_the_macros_module() {
    assert_eq!(
        run("helper(x) = x * 10\nlet helper = 1\n global f2\n @define f2\nend\nprintln(f2(1), f2(1, 0; key=1))"),
        "1511\n"
    );
}

#[test]
fn expansions_nest() {
    assert_eq!(run("h(tmp) = @nested(tmp)\nprintln(h(1))"), "(6, 6)\n");
}
