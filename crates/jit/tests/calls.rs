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
