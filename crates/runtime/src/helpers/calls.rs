//! Calls that compiled code cannot make directly.

use super::{TaskRef, arguments, finish};
use crate::objects::*;
use crate::{builtins, intrinsics};

/// A dynamic call; the first argument is the function. The stub of this helper makes the calls that are remembered
/// without it.
pub(super) extern "C" fn apply_generic(task: TaskRef, args: *const Value, n: usize) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `args`, in its own frame.
    let args = unsafe { arguments(args, n) };
    finish(crate::dispatch::apply_from_code(cx, args))
}

/// The boxed entry of code that is interpreted: called as compiled code calls any `invoke`.
pub(super) extern "C" fn interpret(
    task: TaskRef,
    callee: Value,
    args: *const Value,
    n: usize,
    code_instance: Value,
) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `args`, in its own frame.
    let args = unsafe { arguments(args, n) };
    let method_instance = code_instance.expect::<CodeInstance>().method_instance;
    let mut all = smallvec::SmallVec::<[Value; 8]>::with_capacity(n + 1);
    all.push(callee);
    all.extend_from_slice(args);
    finish(crate::interpret::interpret(cx, method_instance, &all))
}

/// A call of a known method instance; the first argument is the function.
pub(super) extern "C" fn invoke_instance(
    task: TaskRef,
    method_instance: Value,
    args: *const Value,
    n: usize,
) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `args`, in its own frame.
    let args = unsafe { arguments(args, n) };
    finish(crate::dispatch::run_instance(cx, method_instance.expect(), args))
}

pub(super) extern "C" fn call_builtin(task: TaskRef, number: u64, args: *const Value, n: usize) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `args`, in its own frame.
    let args = unsafe { arguments(args, n) };
    finish(builtins::apply(cx, number as u16, args))
}

pub(super) extern "C" fn call_intrinsic(task: TaskRef, number: u64, args: *const Value, n: usize) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `args`, in its own frame.
    let args = unsafe { arguments(args, n) };
    finish(intrinsics::apply(cx, number as u16, args))
}

/// The address of the specialised entry of another image's code, found at the first call through an import.
pub(super) extern "C" fn specialized_entry(task: TaskRef, code: Value) -> usize {
    let cx = task.context();
    let compiler = cx.compiler().expect("compiled code runs under a compiler");
    compiler.specialized_entry(cx, code.expect()).unwrap_or(0)
}
