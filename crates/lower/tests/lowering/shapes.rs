//! The statements that selected sources are lowered to.
//!
//! Cases are in `shapes.txt`: source, a line `----`, the printed bodies, a line `====`. `UPDATE_EXPECT=1` rewrites it.

use crate::support::{TestHost, statements};
use tintype_lower::{LowerInput, lower_toplevel};

fn dump(source: &str) -> String {
    let mut host = TestHost::default();
    let mut out = String::new();
    for node in statements(source) {
        let mut input = LowerInput { file: "t.jl", line_of: &|_| 1, host: &mut host, interactive: false };
        match lower_toplevel(&node, &mut input) {
            Ok(lowered) => out.push_str(&lowered.to_string()),
            Err(errors) => out.push_str(&format!("error: {}\n", errors[0].message)),
        }
    }
    out
}

#[test]
fn bodies_have_the_expected_shape() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lowering/shapes.txt");
    let text = std::fs::read_to_string(path).expect("shapes.txt");
    let mut updated = Vec::new();
    let mut failures = Vec::new();
    for case in text.trim_end().split("\n====\n") {
        let (source, expected) = case.split_once("\n----\n").unwrap_or((case.trim_end_matches("\n----"), ""));
        let got = dump(source);
        if got.trim_end() != expected.trim_end() {
            failures.push(format!("{source}\n--- expected\n{expected}\n--- got\n{got}"));
        }
        updated.push(format!("{source}\n----\n{}", got.trim_end()));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, updated.join("\n====\n") + "\n").expect("write shapes.txt");
        return;
    }
    assert!(failures.is_empty(), "{}\nrun again with UPDATE_EXPECT=1 to accept", failures.join("\n=====\n"));
}
