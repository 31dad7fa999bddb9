//! What a frame does about exceptions, as source text and as a model: every way out of `try`, `catch` and `finally`.

use super::Run;

/// What the rest of the chain gives: a value, or the description of an exception.
pub type Outcome = Result<i64, String>;

/// A body with a call in it.
pub struct Guard {
    /// Its source; `C` is the call, `N` the number of the frame, and `note` tells what happens.
    pub source: &'static str,
    /// The same, on the model.
    pub model: fn(&mut Run<'_>, usize) -> Outcome,
}

/// All of them.
pub const GUARDS: &[Guard] = &[
    Guard {
        source: "r = C\nnote(\"rN\")\nreturn r + 1",
        model: |run, n| {
            let r = run.call(n)?;
            run.note("r", n);
            Ok(r + 1)
        },
    },
    Guard {
        source: "try\n  r = C\n  note(\"tN\")\n  return r + 1\ncatch e\n  note(\"cN \" * describe(e))\n  return 10\nend",
        model: |run, n| match run.call(n) {
            Ok(r) => {
                run.note("t", n);
                Ok(r + 1)
            }
            Err(e) => {
                run.caught(n, &e);
                Ok(10)
            }
        },
    },
    Guard {
        source: "try\n  return C + 2\ncatch e\n  note(\"cN \" * describe(e))\n  rethrow()\nend",
        model: |run, n| match run.call(n) {
            Ok(r) => Ok(r + 2),
            Err(e) => {
                run.caught(n, &e);
                Err(e)
            }
        },
    },
    Guard {
        source: "r = try\n  C\ncatch e\n  note(\"cN \" * describe(e))\n  throw(ErrorException(\"from catch N\"))\nend\nreturn r",
        model: |run, n| {
            run.call(n).map_err(|e| {
                run.caught(n, &e);
                format!("from catch {n}")
            })
        },
    },
    Guard {
        source: "r = 0\ntry\n  r = C\nfinally\n  note(\"fN\")\nend\nreturn r + 1",
        model: |run, n| {
            let r = run.call(n);
            run.note("f", n);
            Ok(r? + 1)
        },
    },
    Guard {
        source: "try\n  return C\nfinally\n  note(\"fN\")\n  x == 7 && throw(Trouble(N))\nend",
        model: |run, n| {
            let _ = run.call(n);
            run.note("f", n);
            Err(format!("Trouble({n})"))
        },
    },
    Guard {
        source: "try\n  C\nfinally\n  note(\"fN\")\n  return 20\nend",
        model: |run, n| {
            let _ = run.call(n);
            run.note("f", n);
            Ok(20)
        },
    },
    Guard {
        source: "r = 0\nfor i in 1:3\n  try\n    note(\"iN\")\n    i == 2 && break\n    r += C\n  finally\n    note(\"fN\")\n  end\n  note(\"nN\")\nend\nreturn r",
        model: |run, n| {
            run.note("i", n);
            let r = run.call(n);
            run.note("f", n);
            let r = r?;
            for event in ["n", "i", "f"] {
                run.note(event, n);
            }
            Ok(r)
        },
    },
    Guard {
        source: "r = 0\nfor i in 1:2\n  try\n    i == 1 && continue\n    r += C\n  finally\n    note(\"fN\")\n  end\n  note(\"nN\")\nend\nreturn r",
        model: |run, n| {
            run.note("f", n);
            let r = run.call(n);
            run.note("f", n);
            let r = r?;
            run.note("n", n);
            Ok(r)
        },
    },
    Guard {
        source: "try\n  return C\ncatch e\n  note(\"cN \" * describe(e))\n  return 30\nfinally\n  note(\"fN\")\nend",
        model: |run, n| {
            let r = run.call(n);
            if let Err(e) = &r {
                run.caught(n, e);
            }
            run.note("f", n);
            Ok(r.unwrap_or(30))
        },
    },
    Guard {
        source: "r = 0\ntry\n  r = C\ncatch e\n  note(\"cN \" * describe(e))\n  r = 3\nelse\n  note(\"eN\")\n  r += 1\nfinally\n  note(\"fN\")\nend\nreturn r",
        model: |run, n| {
            let r = match run.call(n) {
                Ok(r) => {
                    run.note("e", n);
                    r + 1
                }
                Err(e) => {
                    run.caught(n, &e);
                    3
                }
            };
            run.note("f", n);
            Ok(r)
        },
    },
    Guard {
        source: "try\n  try\n    return C\n  finally\n    note(\"fN\")\n  end\ncatch e\n  note(\"cN \" * describe(e))\n  throw(e)\nfinally\n  note(\"gN\")\nend",
        model: |run, n| {
            let r = run.call(n);
            run.note("f", n);
            if let Err(e) = &r {
                run.caught(n, e);
            }
            run.note("g", n);
            r
        },
    },
    Guard {
        source: "r = 5\nfor i in 1:2\n  try\n    r += C\n  catch e\n    note(\"cN \" * describe(e))\n    continue\n  finally\n    note(\"fN\")\n  end\n  note(\"nN\")\nend\nreturn r",
        model: |run, n| {
            let mut sum = 5;
            for _ in 0..2 {
                let r = run.call(n);
                match &r {
                    Ok(r) => sum += r,
                    Err(e) => run.caught(n, e),
                }
                run.note("f", n);
                if r.is_ok() {
                    run.note("n", n);
                }
            }
            Ok(sum)
        },
    },
    Guard {
        source: "try\n  return C\ncatch e\n  throw(Trouble(N))\nfinally\n  note(\"fN\")\nend",
        model: |run, n| {
            let r = run.call(n);
            run.note("f", n);
            r.map_err(|_| format!("Trouble({n})"))
        },
    },
    Guard {
        source: "s = 0\ntry\n  s = 1\n  s = C + s\n  note(\"tN\")\ncatch\n  note(\"sN \" * string(s))\n  s = 4\nend\nadd = () -> (s += 1)\nadd()\nreturn s",
        model: |run, n| match run.call(n) {
            Ok(r) => {
                run.note("t", n);
                Ok(r + 2)
            }
            Err(_) => {
                run.events.push(format!("s{n} 1"));
                Ok(5)
            }
        },
    },
    Guard {
        source: "for i in 1:2\n  try\n    C\n  finally\n    note(\"fN\")\n    break\n  end\nend\nreturn 6",
        model: |run, n| {
            let _ = run.call(n);
            run.note("f", n);
            Ok(6)
        },
    },
    Guard {
        source: "try\n  throw(Trouble(N))\ncatch outer\n  r = try\n    C\n  catch e\n    note(\"cN \" * describe(e) * \" in \" * describe(outer))\n    9\n  end\n  note(\"oN \" * describe(outer))\n  return r\nend",
        model: |run, n| {
            let r = run.call(n).unwrap_or_else(|e| {
                run.events.push(format!("c{n} {e} in Trouble({n})"));
                9
            });
            run.events.push(format!("o{n} Trouble({n})"));
            Ok(r)
        },
    },
    Guard {
        source: "try\n  note(\"bN\")\n  error(\"first N\")\ncatch\n  try\n    return C\n  finally\n    note(\"fN\")\n  end\nend",
        model: |run, n| {
            run.note("b", n);
            let r = run.call(n);
            run.note("f", n);
            r
        },
    },
    Guard {
        source: "try\n  try\n    C\n  catch e\n    note(\"cN \" * describe(e))\n    rethrow(Trouble(N))\n  end\n  note(\"tN\")\ncatch e\n  note(\"dN \" * describe(e))\nend\ni = 0\nwhile true\n  try\n    i += 1\n    i > 2 && return i\n  finally\n    note(\"wN\")\n  end\nend",
        model: |run, n| {
            match run.call(n) {
                Ok(_) => run.note("t", n),
                Err(e) => {
                    run.caught(n, &e);
                    run.events.push(format!("d{n} Trouble({n})"));
                }
            }
            for _ in 0..3 {
                run.note("w", n);
            }
            Ok(3)
        },
    },
];

/// What stands where the innermost call would: its source, and what comes of it.
pub struct Leaf {
    /// The expression.
    pub source: &'static str,
    /// Its value, or what it throws.
    pub outcome: Result<i64, &'static str>,
}

/// All of them. `x` is 7.
pub const LEAVES: &[Leaf] = &[
    Leaf { source: "x", outcome: Ok(7) },
    Leaf { source: "throw(ErrorException(\"leaf\"))", outcome: Err("leaf") },
    Leaf { source: "error(\"leaf \", x)", outcome: Err("leaf 7") },
    Leaf { source: "throw(x)", outcome: Err("7") },
    Leaf { source: "throw(Trouble(x))", outcome: Err("Trouble(7)") },
    Leaf { source: "[1, 2][x]", outcome: Err("BoundsError") },
    Leaf { source: "(1, 2)[x]", outcome: Err("BoundsError") },
    Leaf { source: "only_strings(x)", outcome: Err("MethodError") },
    Leaf { source: "hide(only_strings)(x)", outcome: Err("MethodError") },
    Leaf { source: "div(x, x - 7)", outcome: Err("DivideError") },
    Leaf { source: "rem(hide(x), 0)", outcome: Err("DivideError") },
    Leaf { source: "never_defined", outcome: Err("UndefVarError") },
    Leaf { source: "(x > 100 && (late = 1); late)", outcome: Err("UndefVarError") },
    Leaf { source: "Int8(x + 1000)", outcome: Err("InexactError") },
    Leaf { source: "Int64(x + 0.5)", outcome: Err("InexactError") },
    Leaf { source: "sqrt(-1.0 * x)", outcome: Err("DomainError") },
    Leaf { source: "Dict(1 => 2)[x]", outcome: Err("KeyError") },
    Leaf { source: "hide(\"text\")::Int64", outcome: Err("TypeError") },
    Leaf { source: "(hide(x) ? 1 : 2)", outcome: Err("TypeError") },
    Leaf { source: "parse(Int64, \"seven\")", outcome: Err("ArgumentError") },
    Leaf { source: "Vector{Any}(undef, 1)[1]", outcome: Err("UndefRefError") },
    Leaf { source: "needs_keyword(x)", outcome: Err("UndefKeywordError") },
];

/// A leaf that takes time, for few chains.
pub const OVERFLOW: Leaf = Leaf { source: "endless(x)", outcome: Err("StackOverflowError") };
