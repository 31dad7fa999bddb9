//! Programs in Julia's language: each function compiled, called, and compared with the interpreter.
//!
//! A file of `tests/programs` defines functions without arguments: `test_...` returns, `throws_...` throws. A line
//! `#> (f, args...)` is a call whose arguments are not known when `f` is compiled.

mod common;

use common::{Session, Typing, describe};
use tintype_runtime::intrinsics::{IntrinsicInfo, OperandKind, ResultRule, TABLE};
use tintype_runtime::values::egal::egal;
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

/// Primitive operations on operands of every type, against the interpreter.
#[test]
#[ignore = "takes minutes: part of the long run"]
fn every_primitive_operation() {
    let session = Session::new(false);
    let mut failures = Vec::new();
    for (ty, values) in OPERANDS {
        session.evaluate(&format!("operands = ({},)", values.join(", ")));
        let values = session.tuple_elements("operands");
        for info in TABLE {
            let is_float = ty.starts_with("Float");
            let targets: &[&str] = match info.result {
                ResultRule::TypeArgument if info.name == "bitcast" => &[ty],
                ResultRule::TypeArgument => &["Int8", "UInt64", "Float32", "Bool"],
                _ => &[""],
            };
            let is_conversion = targets.len() > 1;
            for target in targets {
                let fits = match info.name {
                    "fptosi" | "fptoui" => is_float && !target.starts_with("Float"),
                    "sitofp" | "uitofp" => !is_float && target.starts_with("Float"),
                    "fptrunc" | "fpext" => is_float && target.starts_with("Float"),
                    "sext_int" | "zext_int" | "trunc_int" => !is_float && is_conversion && !target.starts_with("Float"),
                    _ => (info.operands == OperandKind::Float) == is_float,
                };
                if fits {
                    check_operation(&session, info, ty, &values, target, &mut failures);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures[..failures.len().min(40)].join("\n"));
}

const OPERANDS: &[(&str, &[&str])] = &[
    ("Int8", &["Int8(0)", "Int8(1)", "Int8(-1)", "typemin(Int8)", "typemax(Int8)", "Int8(7)"]),
    ("Int64", &["0", "1", "-1", "typemin(Int64)", "typemax(Int64)", "64", "12345678901"]),
    ("Bool", &["true", "false"]),
    ("Float64", &["0.0", "-0.0", "2.5", "-3.7", "1e300", "Inf", "NaN"]),
];

fn check_operation(
    session: &Session,
    info: &IntrinsicInfo,
    ty: &str,
    values: &[Value],
    target: &str,
    failures: &mut Vec<String>,
) {
    let n = usize::from(info.arity) - usize::from(!target.is_empty());
    let names = &["x", "y", "z"][..n];
    let comma = if target.is_empty() || n == 0 { "" } else { ", " };
    let body = format!("Core.Intrinsics.{}({target}{comma}{})", info.name, names.join(", "));
    session.evaluate(&format!("operation = ({}) -> {body}", names.join(", ")));
    let function = session.global("operation");
    let mut compiled = None;
    for index in 0..values.len().pow(n as u32).min(9) {
        let chosen = (0..n).map(|axis| index / values.len().pow(axis as u32) % values.len());
        let operands: Vec<Value> = chosen.map(|chosen| values[chosen]).collect();
        let arguments: Vec<Value> = std::iter::once(function).chain(operands).collect();
        // An exception is taken at once: one at a time can be on its way.
        let settle = |outcome: Outcome| outcome.map_err(|thrown| describe(session, Err(thrown)));
        let expected = settle(session.cx().apply(&arguments));
        let code = *compiled.get_or_insert_with(|| session.compile(Typing::Inferred, 1, &arguments).ok().unwrap());
        let found = settle(session.enter(code, &arguments));
        let same = match (&expected, &found) {
            (Ok(expected), Ok(found)) => egal(session.cx(), *expected, *found),
            (expected, found) => expected == found,
        };
        if !same {
            let text =
                |result: Result<Value, String>| result.map_or_else(|error| error, |value| describe(session, Ok(value)));
            let (expected, found) = (text(expected), text(found));
            // NaNs of any sign and payload print alike, and are.
            if expected != found {
                failures.push(format!("{body} of {ty} number {index}: expected {expected}, found {found}"));
            }
        }
    }
}

#[test]
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
