//! Programs in Julia's language: each function compiled, called, and compared with the interpreter.
//!
//! A file of `tests/programs` defines functions without arguments: `test_...` returns, `throws_...` throws.

mod common;

use common::{Session, Typing, describe};

fn cases(text: &str) -> Vec<String> {
    let heads = text.lines().filter_map(|line| line.strip_prefix("test_").map(|rest| ("test_", rest)).or_else(|| {
        line.strip_prefix("throws_").map(|rest| ("throws_", rest))
    }));
    heads.filter_map(|(kind, rest)| Some(format!("{kind}{}", rest.split_once("() =")?.0))).collect()
}

fn check(file: &str, typing: Typing, level: u8) {
    let path = format!("{}/tests/programs/{file}.jl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let session = Session::new();
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
        let found = describe(&session, session.call_compiled(typing, level, &[function]));
        if expected != found {
            failures.push(format!("{file}: {case}: expected {expected}, found {found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

macro_rules! programs {
    ($($name:ident)*) => { $(
        mod $name {
            use super::{Typing, check};

            #[test]
            fn untyped() {
                check(stringify!($name), Typing::Untyped, 1);
            }

            #[test]
            fn inferred_unoptimised() {
                check(stringify!($name), Typing::Inferred, 0);
            }

            #[test]
            fn inferred() {
                check(stringify!($name), Typing::Inferred, 2);
            }
        }
    )* };
}

programs! { arithmetic structs arrays calls exceptions }
