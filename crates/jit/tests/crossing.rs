//! Between compiled code and Rust: nested entries, exceptions across them, saved registers, backtraces.

mod common;

use common::{Program, generic, native};
use tintype_codegen::OptLevel;
use tintype_ir::abi::{Effects, Helper};
use tintype_ir::types::{Signature, Type};
use tintype_jit::bare::{BareRuntime, BareTask, HelperAddress};
use tintype_jit::unwind::FrameInfo;

/// What the helpers of these tests reach through the task's context field.
struct World {
    runtime: *const BareRuntime,
    log: Vec<String>,
    backtrace: Vec<FrameInfo>,
}

fn world(task: &mut BareTask) -> &mut World {
    // SAFETY: every test stores the address of a world that outlives its calls.
    unsafe { &mut *(task.context as *mut World) }
}

/// Calls compiled code again, and passes on what it throws.
extern "C" fn reenter(task: *mut BareTask, code: u64, arg: u64) -> u64 {
    // SAFETY: compiled code passes its task, and the tests pass the address of a function of the boxed signature.
    unsafe {
        let runtime = &*world(&mut *task).runtime;
        world(&mut *task).log.push(format!("enter {arg}"));
        match runtime.enter(task, code, [arg, 0, 0, 0]) {
            Ok(result) => {
                world(&mut *task).log.push(format!("result {result}"));
                result
            }
            Err(exception) => {
                world(&mut *task).log.push(format!("exception {exception}"));
                (*task).pending_exception = exception;
                0
            }
        }
    }
}

extern "C" fn take_backtrace(task: *mut BareTask) {
    // SAFETY: compiled code passes its task and is stopped in this helper.
    unsafe {
        let frames = (*world(&mut *task).runtime).backtrace(task);
        world(&mut *task).backtrace = frames;
    }
}

fn helpers() -> Vec<(Helper, HelperAddress)> {
    let helper = |name: &str, params: &[Type], results: &[Type], address: *const ()| {
        let signature = Signature::system(params, results);
        let helper = Helper { name: name.to_owned(), signature, effects: Effects::ANY };
        // SAFETY: both are functions of the C convention with these parameters that do not unwind.
        (helper, unsafe { HelperAddress::new(address) })
    };
    vec![
        helper("reenter", &[Type::I64, Type::Ref], &[Type::Ref], reenter as *const ()),
        helper("backtrace", &[], &[], take_backtrace as *const ()),
    ]
}

/// `%nest` goes down a level through Rust until its argument is zero, where it throws; each level above `catch_at` passes
/// the exception on. The argument is `16 * level`.
const NEST: &str = r#"
function %nest(ref, i64, i64, ref) -> ref {
    scope0 = "nest", "nest.jl", 3
    scope1 = "inlined", "other.jl", 7, scope0
block0(v0: ref, v1: i64, v2: i64, v3: ref):
    v4 = null
    v5 = icmp eq v0, v4
    branch v5, block1, block2
block1:
    call_helper %backtrace() @scope1
    v6 = iconst.i64 77
    v7 = bitcast.ref v6
    throw v7 @scope0
block2:
    v8 = bitcast.i64 v0
    v9 = iconst.i64 16
    v10 = isub v8, v9
    v11 = bitcast.ref v10
    v12 = func_addr %nest
    v13 = iconst.i64 48
    v14 = icmp eq v8, v13
    branch v14, block3, block4
block3:
    try_call_helper %reenter(v12, v11) block5 catch block6 @scope0
block4:
    v16 = call_helper %reenter(v12, v11) @scope0
    return v16
block5(v17: ref):
    return v17
block6(v18: ref):
    v19 = bitcast.i64 v18
    v20 = iconst.i64 1000
    v21 = iadd v19, v20
    v22 = bitcast.ref v21
    return v22
}
"#;

fn nested(start: u64, level: OptLevel) -> (Result<u64, u64>, World, u64) {
    let mut program = Program::with_helpers(NEST, &generic(), level, helpers());
    let mut world = World { runtime: &program.runtime, log: Vec::new(), backtrace: Vec::new() };
    program.task.context = &raw mut world as u64;
    let nest = program.batch.functions()[0].1;
    // SAFETY: `%nest` has the boxed signature; the world lives until after the call.
    let result = unsafe { program.runtime.enter(&mut *program.task, nest, [start, 0, 0, 0]) };
    (result, world, nest)
}

#[test]
fn exceptions_pass_nested_entries() {
    for level in [OptLevel::None, OptLevel::Speed] {
        let (result, world, _) = nested(5 * 16, level);
        assert_eq!(result, Ok(1077));
        let expected = [
            "enter 64",
            "enter 48",
            "enter 32",
            "enter 16",
            "enter 0",
            "exception 77",
            "exception 77",
            "exception 77",
            "result 1077",
            "result 1077",
        ];
        assert_eq!(world.log, expected);
        let (result, ..) = nested(2 * 16, level);
        assert_eq!(result, Err(77));
    }
}

#[test]
fn a_backtrace_goes_on_behind_each_entry() {
    let (_, world, _) = nested(3 * 16, OptLevel::Speed);
    let symbols: Vec<_> = world.backtrace.iter().map(|frame| frame.symbol.as_str()).collect();
    assert_eq!(symbols, ["nest"; 4]);
    let innermost: Vec<_> = world.backtrace[0]
        .positions
        .iter()
        .map(|place| format!("{} {}:{}", place.function, place.file, place.line))
        .collect();
    assert_eq!(innermost, ["inlined other.jl:7", "nest nest.jl:3"]);
    assert!(world.backtrace[1..].iter().all(|frame| frame.positions.len() == 1));
}

/// Calls `enter` with known values in all callee-saved registers; returns how many of them changed.
///
/// # Safety
/// `enter` must be an entry trampoline and the six words its arguments.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn changed_registers(enter: u64, args: *const [u64; 6]) -> u64 {
    core::arch::naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov rax, rdi",
        "mov r10, rsi",
        "mov rdi, [r10]",
        "mov rsi, [r10 + 8]",
        "mov rdx, [r10 + 16]",
        "mov rcx, [r10 + 24]",
        "mov r8, [r10 + 32]",
        "mov r9, [r10 + 40]",
        "mov rbx, 101",
        "mov rbp, 102",
        "mov r12, 103",
        "mov r13, 104",
        "mov r14, 105",
        "mov r15, 106",
        "call rax",
        "xor eax, eax",
        "cmp rbx, 101",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "cmp rbp, 102",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "cmp r12, 103",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "cmp r13, 104",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "cmp r14, 105",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "cmp r15, 106",
        "setne cl",
        "movzx ecx, cl",
        "add rax, rcx",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

#[cfg(target_arch = "x86_64")]
#[test]
fn callee_saved_registers_survive_returns_and_exceptions() {
    // Many values live across a call occupy every callee-saved register of compiled code.
    let loads: String = (0..14).map(|n| format!("    v{} = load.i64 v1+{}\n", n + 10, 8 * n)).collect();
    let sums: String = (0..14).map(|n| format!("    v{} = iadd v{}, v{}\n", n + 31, n + 30, n + 10)).collect();
    let text = format!(
        "function %leaf(i64, i64) -> i64 {{\nblock0(v0: i64, v1: i64):\n{loads}    branch_if\nblock1:\n    v50 = bitcast.ref v0\n    throw v50\n\
         block2:\n    v60 = call %id(v0)\n    v30 = iconst.i64 0\n{sums}    v61 = iadd v44, v60\n    return v61\n}}\n\
         function %id(i64) -> i64 {{\nblock0(v0: i64):\n    safepoint\n    return v0\n}}\n\
         function %main(ref, i64, i64, ref) -> ref {{\nblock0(v0: ref, v1: i64, v2: i64, v3: ref):\n\
             v4 = call %leaf(v2, v1)\n    v5 = bitcast.ref v4\n    return v5\n}}\n"
    )
    .replace("branch_if", "v3 = iconst.i64 0\n    v4 = icmp ne v0, v3\n    branch v4, block1, block2");
    for level in [OptLevel::None, OptLevel::Speed] {
        let mut program = Program::new(&text, &native(), level);
        let main = program.batch.functions()[2].1;
        let memory: Vec<u64> = (0..14).collect();
        for exception in [0, 4711] {
            let args = [&raw mut *program.task as u64, main, 0, memory.as_ptr() as u64, exception, 0];
            // SAFETY: the address is the trampoline's, and the arguments are a task, a function of the boxed signature,
            // and what that function expects.
            let changed = unsafe { changed_registers(program.runtime.entry_trampoline(), &args) };
            assert_eq!(changed, 0);
            assert_eq!(std::mem::take(&mut program.task.pending_exception), exception);
        }
    }
}
