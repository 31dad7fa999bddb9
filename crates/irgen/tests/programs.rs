//! Programs in Julia's language: each function compiled, called, and compared with the interpreter.
//!
//! A file of `tests/programs` defines functions without arguments: `test_...` returns, `throws_...` throws. A line
//! `#> (f, args...)` is a call whose arguments are not known when `f` is compiled. Every primitive operation on every
//! type is called by `tests/lang/numbers_intrinsics.jl`, in all modes.

mod common;

use common::{Session, Typing, describe};
use tintype_runtime::{Outcome, Value};

fn cases(text: &str) -> Vec<String> {
    let heads = text.lines().filter_map(|line| {
        line.strip_prefix("test_")
            .map(|rest| ("test_", rest))
            .or_else(|| line.strip_prefix("throws_").map(|rest| ("throws_", rest)))
    });
    heads.filter_map(|(kind, rest)| Some(format!("{kind}{}", rest.split_once("() =")?.0))).collect()
}

fn text_of(file: &str) -> String {
    let path = format!("{}/tests/programs/{file}.jl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn check(file: &str, typing: Typing, level: u8, gc_stress: bool) {
    let text = text_of(file);
    let session = Session::new(gc_stress);
    session.evaluate(&text);
    let mut failures = Vec::new();
    let only = std::env::var("TINTYPE_TEST_ONLY").ok();
    for case in cases(&text).iter().filter(|case| only.as_ref().is_none_or(|only| only == *case)) {
        let function = session.global(case);
        let expected = describe(&session, session.cx().apply(&[function]));
        let is_as_said = expected.starts_with("throws") == case.starts_with("throws");
        if !is_as_said {
            failures.push(format!("{file}: {case}: interpreted: {expected}"));
            continue;
        }
        if std::env::var_os("TINTYPE_TEST_SHOW").is_some() {
            eprintln!("{case}: {expected}");
        }
        let found = describe(&session, session.call_compiled(typing, level, &[function]));
        if expected != found {
            failures.push(format!("{file}: {case}: expected {expected}, found {found}"));
        }
    }
    for call in text.lines().filter_map(|line| line.strip_prefix("#> ")) {
        // Each way of running gets arguments of its own: a call may change them.
        let run = |how: &dyn Fn(&[Value]) -> Outcome| {
            session.evaluate(&format!("call_arguments = {call}"));
            describe(&session, how(&session.tuple_elements("call_arguments")))
        };
        let expected = run(&|arguments| session.cx().apply(arguments));
        let found = run(&|arguments| session.call_compiled(typing, level, arguments));
        if expected != found {
            failures.push(format!("{file}: {call}: expected {expected}, found {found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
#[ignore = "minutes: each collection marks the whole base library, which this context evaluated from source"]
fn collections_everywhere() {
    for file in ["structs", "exceptions"] {
        check(file, Typing::Inferred, 2, true);
    }
}

macro_rules! programs {
    ($($name:ident)*) => { $(
        mod $name {
            use super::{Typing, check};

            #[test]
            fn untyped() {
                check(stringify!($name), Typing::Untyped, 1, false);
            }

            #[test]
            fn inferred_unoptimised() {
                check(stringify!($name), Typing::Inferred, 0, false);
            }

            #[test]
            fn inferred() {
                check(stringify!($name), Typing::Inferred, 2, false);
            }
        }
    )* };
}

programs! { arithmetic structs arrays calls exceptions }
