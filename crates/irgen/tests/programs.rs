//! Programs in Julia's language: each function compiled, called, and compared with the interpreter.

mod common;

use common::{Session, Typing, describe};

/// Definitions, then calls: names of functions of no argument.
const PROGRAMS: &[(&str, &[&str])] = &[
    (
        "fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
         f() = fib(15)",
        &["f"],
    ),
    (
        "function sum_to(n)
             s = 0
             for i in 1:n
                 s += i
             end
             s
         end
         f() = sum_to(1000)",
        &["f"],
    ),
];

fn check(typing: Typing, level: u8) {
    let session = Session::new();
    let mut failures = Vec::new();
    for (definitions, calls) in PROGRAMS {
        session.evaluate(definitions);
        for call in *calls {
            let function = session.global(call);
            let expected = describe(&session, session.cx().apply(&[function]));
            let found = describe(&session, session.call_compiled(typing, level, &[function]));
            if expected != found {
                failures.push(format!("{definitions}\n{call}(): expected {expected}, found {found}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn untyped_bodies() {
    check(Typing::Untyped, 1);
}

#[test]
fn inferred_bodies() {
    check(Typing::Inferred, 2);
}
