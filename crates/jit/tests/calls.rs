//! Compiled code calls, is called, throws and catches.

mod common;

use common::{Program, generic, native};
use tintype_codegen::OptLevel;

const LEVELS: [OptLevel; 3] = [OptLevel::None, OptLevel::Speed, OptLevel::Size];

#[test]
fn arithmetic_and_calls() {
    let text = r#"
function %twice(i64) -> i64 {
block0(v0: i64):
    v1 = iadd v0, v0
    return v1
}
function %f(i64, i64) -> i64 {
block0(v0: i64, v1: i64):
    v2 = call %twice(v0)
    v3 = imul v2, v1
    return v3
}
function %fib(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 2
    v2 = icmp slt v0, v1
    branch v2, block1, block2
block1:
    return v0
block2:
    v3 = iconst.i64 1
    v4 = isub v0, v3
    v5 = call %fib(v4)
    v6 = isub v0, v1
    v7 = call %fib(v6)
    v8 = iadd v5, v7
    return v8
}
"#;
    for level in LEVELS {
        for spec in [generic(), native()] {
            let mut program = Program::new(text, &spec, level);
            assert_eq!(program.call_i64("f", &[3, 7]), 42);
            assert_eq!(program.call_i64("fib", &[20]), 6765);
        }
    }
}

#[test]
fn exceptions_cross_three_frames() {
    let text = r#"
function %throws(ref) -> i64 {
block0(v0: ref):
    throw v0
}
function %middle(ref) -> i64 {
block0(v0: ref):
    v1 = call %throws(v0)
    return v1
}
function %outer(ref) -> i64 {
block0(v0: ref):
    v1 = call %middle(v0)
    return v1
}
function %catches(ref, i64) -> i64 {
block0(v0: ref, v1: i64):
    try_call %outer(v0) block1(v1) catch block2(v1)
block1(v2: i64, v3: i64):
    return v2
block2(v4: ref, v5: i64):
    v6 = bitcast.i64 v4
    v7 = iadd v6, v5
    return v7
}
function %rethrows(ref) -> i64 {
block0(v0: ref):
    try_call %outer(v0) block1 catch block2
block1(v2: i64):
    return v2
block2(v4: ref):
    throw v4
}
function %twice(ref) -> i64 {
block0(v0: ref):
    try_call %rethrows(v0) block1 catch block2
block1(v2: i64):
    return v2
block2(v4: ref):
    v5 = bitcast.i64 v4
    return v5
}
"#;
    for level in LEVELS {
        for spec in [generic(), native()] {
            let mut program = Program::new(text, &spec, level);
            assert_eq!(program.call_i64("catches", &[1000, 7]), 1007);
            assert_eq!(program.call_i64("twice", &[1000]), 1000);
            assert_eq!(program.call("outer", &[4242]), Err(4242));
            assert_eq!(program.call("rethrows", &[4243]), Err(4243));
        }
    }
}

#[test]
fn a_deep_recursion_overflows_and_is_caught() {
    let text = r#"
function %down(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 0
    v2 = icmp eq v0, v1
    branch v2, block1, block2
block1:
    return v0
block2:
    v3 = iconst.i64 -1
    v4 = iadd v0, v3
    v5 = call %down(v4)
    v6 = isub v5, v3
    return v6
}
function %safe(i64) -> i64 {
block0(v0: i64):
    try_call %down(v0) block1 catch block2
block1(v1: i64):
    return v1
block2(v2: ref):
    v3 = bitcast.i64 v2
    return v3
}
"#;
    for level in LEVELS {
        let mut program = Program::new(text, &generic(), level);
        program.task.stack_overflow_exception = 0xdead0;
        assert_eq!(program.call_i64("safe", &[1000]), 1000);
        for _ in 0..3 {
            assert_eq!(program.call_i64("safe", &[10_000_000]), 0xdead0);
        }
        assert_eq!(program.call_i64("safe", &[1000]), 1000, "the stack is usable again");
        program.task.interrupt_at_next_entry();
        assert_eq!(program.call_i64("safe", &[1000]), 1000, "an interruption is not an overflow");
        assert_eq!(program.task.polls, 1);
    }
}

#[test]
fn sixteen_results_arrive() {
    let types = ["i64", "f64"].map(|ty| [ty; 8].join(", ")).join(", ");
    let constants: String =
        (0..8).map(|n| format!("    v{n} = iconst.i64 {}\n    v{} = f64const {}.5\n", n + 10, n + 8, n)).collect();
    let values = |first: u32| (first..first + 16).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let typed: String =
        (0..16).map(|n| format!("v{n}: {}", if n < 8 { "i64" } else { "f64" })).collect::<Vec<_>>().join(", ");
    let text = format!(
        "function %many() -> {types} {{\nblock0:\n{constants}    return {}\n}}\n\
         function %passes() -> {types} {{\nblock0:\n    {} = call %many()\n    return {}\n}}\n\
         function %tries() -> {types} {{\nblock0:\n    try_call %passes() block1 catch block2\n\
         block1({typed}):\n    return {}\nblock2(v16: ref):\n    throw v16\n}}\n",
        values(0),
        values(0),
        values(0),
        values(0)
    );
    let expected: Vec<u128> = (10..18).chain((0..8).map(|n| u128::from((f64::from(n) + 0.5).to_bits()))).collect();
    for level in LEVELS {
        let mut program = Program::new(&text, &generic(), level);
        assert_eq!(program.call("tries", &[]).unwrap(), expected);
    }
}

#[test]
fn arguments_beyond_the_registers_and_unwinding_through_them() {
    // Twelve integers: the callee pops the ones on the stack, also when it is left by an exception.
    let params = ["i64"; 12].join(", ");
    let typed = |first: u32| (first..first + 12).map(|n| format!("v{n}: i64")).collect::<Vec<_>>().join(", ");
    let args = (0..12).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "function %sum({params}) -> i64 {{\nblock0({}):\n    v12 = iconst.i64 0\n    v13 = icmp eq v0, v12\n\
             branch v13, block1, block2\n\
         block1:\n    v14 = bitcast.ref v11\n    throw v14\n\
         block2:\n    v15 = iadd v10, v11\n    v16 = iadd v15, v0\n    return v16\n}}\n\
         function %loops({params}) -> i64 {{\nblock0({}):\n    v12 = iconst.i64 1000\n    jump block1(v12, v0)\n\
         block1(v13: i64, v14: i64):\n    try_call %sum({args}) block2 catch block3\n\
         block2(v15: i64):\n    jump block4(v15)\nblock3(v16: ref):\n    v17 = bitcast.i64 v16\n    jump block4(v17)\n\
         block4(v18: i64):\n    v19 = iconst.i64 1\n    v20 = isub v13, v19\n    v21 = iadd v14, v18\n\
             branch v20, block1(v20, v21), block5\nblock5:\n    return v21\n}}\n",
        typed(0),
        typed(0)
    )
    .replace("branch v20,", "v22 = iconst.i64 0\n    v23 = icmp ne v20, v22\n    branch v23,");
    for level in LEVELS {
        let mut program = Program::new(&text, &generic(), level);
        let mut args: Vec<i64> = (1..=12).collect();
        assert_eq!(program.call_i64("loops", &args), 1 + 1000 * (11 + 12 + 1));
        args[0] = 0;
        assert_eq!(program.call_i64("loops", &args), 1000 * 12);
    }
}
