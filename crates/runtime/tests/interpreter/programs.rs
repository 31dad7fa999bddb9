//! The programs of `programs.txt`: each with what it gives, as Julia prints it.

use crate::support::{context, n_exceptions, show_evaluated};

const PROGRAMS: &str = include_str!("programs.txt");

/// Programs and results.
fn programs() -> Vec<(String, &'static str)> {
    let mut programs = Vec::new();
    let mut program = String::new();
    for line in PROGRAMS.lines() {
        match line.strip_prefix("#> ") {
            Some(expected) => programs.push((std::mem::take(&mut program), expected)),
            None => {
                program.push_str(line);
                program.push('\n');
            }
        }
    }
    programs
}

/// Runs every program that `wanted` keeps, in a context of its own.
fn check(stress: bool, wanted: impl Fn(&str) -> bool) {
    let mut wrong = Vec::new();
    for (program, expected) in programs().iter().filter(|(program, _)| wanted(program)) {
        let cx = context(stress);
        let got = show_evaluated(&cx, program);
        if got != *expected {
            wrong.push(format!("{program}  expected {expected}\n  got      {got}"));
        }
        assert_eq!(n_exceptions(&cx), 0, "exceptions stay on the stack after\n{program}");
        assert!(cx.task().pending_exception.get().is_none(), "an exception is on its way after\n{program}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Programs that recurse until the stack ends: too slow where every allocation collects.
fn is_deep(program: &str) -> bool {
    ["deep(", "ping(", "guarded("].iter().any(|name| program.contains(name))
}

#[test]
fn programs_give_what_julia_gives() {
    check(false, |_| true);
}

/// A sample of the programs, because even making a context is slow where every allocation collects.
#[test]
fn programs_give_the_same_under_stress() {
    let sampled = ["compose", "Many(", "rows(", "Countdown", "Wrapped", "counters", "how", "Half", ":(f(a", "f(log"];
    check(true, |program| !is_deep(program) && sampled.iter().any(|name| program.contains(name)));
}

#[test]
fn an_interruption_of_a_loop_reaches_the_handler_around_it() {
    let cx = context(false);
    let program = "
        function f()
            try
                interrupt()
                while true; end
            catch e
                typeof(e) === InterruptException
            finally
                exception_depth()
            end
        end
        (f(), f(), exception_depth())";
    assert_eq!(show_evaluated(&cx, program), "(true, true, 0)");
}

#[test]
fn an_uncaught_exception_leaves_what_caused_it_to_who_takes_it() {
    let cx = context(false);
    let program = "g() = try; throw(:a); catch; throw(:b); end; try; g(); catch; throw(ErrorException(\"c\")); end";
    assert_eq!(show_evaluated(&cx, program), "ERROR: ErrorException(\"c\")");
    assert_eq!(n_exceptions(&cx), 1, ":b was being handled");
    tintype_runtime::exceptions::stack::truncate_exceptions(&cx, 0);
    assert_eq!(
        show_evaluated(&cx, "try; Core._rethrow(); catch e; e.msg; end"),
        "\"rethrow() not allowed outside a catch block\""
    );
}
