//! Programs through lowering and a small evaluator: what they print must be what Julia prints.
//!
//! Cases are in `programs.txt`: source, a line `----`, the output, a line `====`.

#[test]
fn programs_print_what_julia_prints() {
    let mut failures = Vec::new();
    for case in include_str!("programs.txt").split("\n====\n") {
        let Some((source, expected)) = case.split_once("\n----\n") else { continue };
        let printed = crate::support::evaluator::run(source);
        if printed.trim_end() != expected.trim_end() {
            failures.push(format!("{source}\n--- expected\n{expected}\n--- printed\n{printed}"));
        }
    }
    assert!(failures.is_empty(), "{} programs differ:\n{}", failures.len(), failures.join("\n=====\n"));
}
