//! Objects, slots, data, stack memory, control flow: what compiled code does with memory.

mod common;

use common::{Program, generic};
use tintype_codegen::{AllDirect, CallPolicy, CodeGenerator, OptLevel, Route, Scratch};
use tintype_ir::module::FuncId;
use tintype_jit::{Batch, CodeSpace, CodeSpaceConfig, JitError};

#[test]
fn allocation_barrier_and_safepoint_call_the_runtime() {
    let text = r#"
slot slot0 "type" single
function %make(i64) -> ref {
block0(v0: i64):
    v1 = slot_value slot0
    v2 = alloc v1, 24
    store v0, v2+8
    keep_alive v2
    return v2
}
function %large() -> ref {
block0:
    v1 = slot_value slot0
    v2 = alloc v1, 100000
    return v2
}
function %write(ref, ref) {
block0(v0: ref, v1: ref):
    barrier v0
    store v1, v0
    return
}
function %spin(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 0
    jump block1(v1)
block1(v2: i64):
    safepoint
    v3 = iconst.i64 1
    v4 = iadd v2, v3
    v5 = icmp ult v4, v0
    branch v5, block1(v4), block2
block2:
    return v4
}
"#;
    for level in [OptLevel::None, OptLevel::Speed] {
        let mut program = Program::new(text, &generic(), level);
        let object = program.call_i64("make", &[-5]) as u64;
        assert_eq!(object % 16, 0);
        // SAFETY: the object was just allocated with 24 payload bytes and a header word before them.
        let words = unsafe { std::slice::from_raw_parts_mut((object as *mut u64).sub(1), 4) };
        assert_eq!((words[0], words[2] as i64), (0x1000, -5));
        words[0] |= 1;
        for _ in 0..2 {
            program.call("write", &[object.into(), object.into()]).unwrap();
        }
        assert_eq!(program.task.logged, 1, "the second write finds the object logged");
        assert_eq!(words[1], object);
        assert_ne!(program.call_i64("large", &[]), 0);
        assert_eq!(program.task.allocated, 2);

        program.task.poll = 1;
        assert_eq!(program.call_i64("spin", &[100]), 100);
        assert_eq!((program.task.polls, program.task.poll), (1, 0));
    }
}

#[test]
fn slots_data_and_stack_memory() {
    let text = r#"
slot slot0 "first" single
slot slot1 "second" single
slot slot2 "binding" context 3
data data0 "bytes" size=16 align=8 bytes "0102ff"
data data1 "counter" size=8 align=8 writable
function %slots() -> ref, ref, ref {
block0:
    v0 = slot_value slot0
    v1 = slot_value slot1
    v2 = slot_value slot2
    return v0, v1, v2
}
function %table() -> i64, i8 {
block0:
    v0 = data_addr data0
    v1 = load.i64 invariant v0
    v2 = data_addr data0+2
    v3 = load.i8 v2
    return v1, v3
}
function %count() -> i64 {
block0:
    v0 = data_addr data1
    v1 = load.i64 v0
    v2 = iconst.i64 1
    v3 = iadd v1, v2
    store v3, v0
    return v3
}
function %stack(i64, f64x2) -> i64, f64x2 {
    ss0 = 24, align 8
    ss1 = 16, align 16
block0(v0: i64, v1: f64x2):
    v2 = stack_addr ss0+16
    store v0, v2
    v3 = stack_addr ss1
    store v1, v3
    v4 = stack_addr ss0
    v5 = load.i64 v4+16
    v6 = load.f64x2 v3
    return v5, v6
}
function %choose(i32, i64) -> i64 {
block0(v0: i32, v1: i64):
    v2 = iconst.i64 10
    v3 = iconst.i64 20
    switch v0, block2(v1), [block1, block2(v2), block2(v3)]
block1:
    v4 = iconst.i64 -1
    return v4
block2(v5: i64):
    return v5
}
function %twice(i64) -> i64 {
block0(v0: i64):
    v1 = iadd v0, v0
    return v1
}
function %indirect(i64) -> i64 {
    sig0 = (i64) -> i64
block0(v0: i64):
    v1 = func_addr %twice
    v2 = call_indirect sig0, v1(v0)
    return v2
}
function %c_call(i64, i64) -> i64 {
    sig0 = (i64) -> i64 system
block0(v0: i64, v1: i64):
    v2 = call_indirect sig0, v0(v1)
    return v2
}
function %cpu() -> i8, i8 {
block0:
    v0 = cpu_has "avx2"
    v1 = cpu_has "nonsense"
    return v0, v1
}
function %entry_loop(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 100
    v2 = icmp ult v0, v1
    v3 = iadd v0, v0
    branch v2, block1(v3), block2
block1(v4: i64):
    v5 = icmp ult v4, v1
    v6 = iadd v4, v4
    branch v5, block1(v6), block2
block2:
    return v0
}
"#;
    extern "C" fn negate(x: i64) -> i64 {
        -x
    }
    for level in [OptLevel::None, OptLevel::Speed] {
        let mut program = Program::new(text, &generic(), level);
        let context: [u64; 4] = [0, 0, 0, 0x7770];
        program.task.context_slots = context.as_ptr() as u64;
        assert_eq!(program.call("slots", &[]).unwrap(), [0x1000, 0x1010, 0x7770]);
        let table = program.call("table", &[]).unwrap();
        assert_eq!((table[0], table[1] as u8), (0xff0201, 0xff));
        assert_eq!([program.call_i64("count", &[]), program.call_i64("count", &[])], [1, 2]);
        let vector = 0x1234_5678_u128 << 64 | 9;
        assert_eq!(program.call("stack", &[5, vector]).unwrap(), [5, vector]);
        let chosen = [0, 1, 2, 3, -1]
            .map(|index: i32| program.call("choose", &[u128::from(index as u32), 7]).unwrap()[0] as i64);
        assert_eq!(chosen, [-1, 10, 20, 7, 7]);
        assert_eq!(program.call_i64("indirect", &[21]), 42);
        assert_eq!(program.call_i64("c_call", &[negate as *const () as i64, 9]), -9);
        assert_eq!(program.call("cpu", &[]).unwrap().iter().map(|&bits| bits as u8).collect::<Vec<_>>(), [0, 0]);
        assert_eq!(program.call_i64("entry_loop", &[3]), 3);

        let words: Vec<_> = program.batch.slot_words().to_vec();
        assert_eq!(words.len(), 2, "only single slots have a word");
        // SAFETY: the batch lives, and its slot words are writable memory.
        unsafe { *(words[1].1 as *mut u64) = 0x9990 };
        assert_eq!(program.call("slots", &[]).unwrap()[1], 0x9990);
    }
}

/// Calls everything by address.
struct Far(u64);

impl CallPolicy for Far {
    fn route(&self, _callee: FuncId) -> Route {
        Route::Absolute(self.0)
    }
}

#[test]
fn batches_call_each_other() {
    let text = r#"
function %twice(i64) -> i64 {
block0(v0: i64):
    v1 = iadd v0, v0
    return v1
}
function %f(ref, i64, i64, ref) -> ref {
block0(v0: ref, v1: i64, v2: i64, v3: ref):
    v4 = call %twice(v2)
    v5 = bitcast.ref v4
    return v5
}
"#;
    let mut program = Program::new(text, &generic(), OptLevel::Speed);
    let space = CodeSpace::new(CodeSpaceConfig { reserve_bytes: 1 << 20 }).unwrap();
    let settings = common::settings(OptLevel::Speed);
    let generator = CodeGenerator::new(&generic(), settings, program.runtime.abi().clone()).unwrap();
    let mut scratch = Scratch::new();
    let [twice, f] = [0, 1].map(FuncId::from_u32);
    let mut define = |func: FuncId, calls: &dyn CallPolicy, import: Option<u64>| {
        let body = program.module.functions[func].body.as_ref().unwrap();
        let code = generator.compile(&mut scratch, &program.module, body, calls).unwrap();
        let batch =
            Batch { module: &program.module, functions: vec![(func, code)], imports: &|_| import, slot_values: &|_| 0 };
        space.define_batch(batch)
    };
    let first = define(twice, &AllDirect, None).unwrap();
    let twice_at = first.address_of(twice).unwrap();
    let direct = define(f, &AllDirect, Some(twice_at)).unwrap();
    let absolute = define(f, &Far(twice_at), None).unwrap();
    assert!(matches!(define(f, &AllDirect, None), Err(JitError::Unresolved { .. })));
    assert!(matches!(define(f, &AllDirect, Some(0x1000)), Err(JitError::OutOfReach { address: 0x1000, .. })));
    for batch in [&direct, &absolute] {
        let code = batch.address_of(f).unwrap();
        // SAFETY: `%f` has the boxed signature and throws nothing.
        let result = unsafe { program.runtime.enter(&mut *program.task, code, [0, 0, 21, 0]) };
        assert_eq!(result, Ok(42));
    }
    let at = direct.code_range();
    // SAFETY: nothing runs in the batches, and they are not called again.
    unsafe {
        direct.release();
        absolute.release();
    }
    let again = define(f, &AllDirect, Some(twice_at)).unwrap();
    assert_eq!(again.code_range(), at, "released memory is used again");
}

#[test]
fn threads_define_run_throw_and_release_side_by_side() {
    let text = r#"
function %throws(ref) -> i64 {
block0(v0: ref):
    throw v0
}
function %f(ref, i64, i64, ref) -> ref {
block0(v0: ref, v1: i64, v2: i64, v3: ref):
    try_call %throws(v0) block1 catch block2
block1(v4: i64):
    return v0
block2(v5: ref):
    v6 = bitcast.i64 v5
    v7 = iadd v6, v2
    v8 = bitcast.ref v7
    return v8
}
"#;
    let program = Program::new(text, &generic(), OptLevel::Speed);
    let (runtime, module) = (&program.runtime, &program.module);
    let f = FuncId::from_u32(1);
    std::thread::scope(|scope| {
        for thread in 1..=4 {
            scope.spawn(move || {
                let mut task = runtime.task().unwrap();
                for round in 0..50 {
                    let batch = runtime.define(module, &|_| 0).unwrap();
                    let code = batch.address_of(f).unwrap();
                    for n in 1..=50 {
                        // SAFETY: the task is this thread's, and `%f` has the boxed signature.
                        let result = unsafe { runtime.enter(&mut *task, code, [n, 0, thread * round, 0]) };
                        assert_eq!(result, Ok(n + thread * round));
                    }
                    assert!(runtime.code().unregister(batch.code_range().start));
                    // SAFETY: this thread alone knew the batch, and its calls have returned.
                    unsafe { batch.release() };
                }
            });
        }
    });
}

#[test]
fn an_access_of_any_region_sees_the_others() {
    let text = r#"
region region1 "fields"
function %reload(i64, i64) -> i64, i64 {
block0(v0: i64, v1: i64):
    v2 = load.i64 v0
    store region1 v1, v0
    v3 = load.i64 v0
    return v2, v3
}
function %overwrite(i64, i64, i64) -> i64 {
block0(v0: i64, v1: i64, v2: i64):
    store region1 v1, v0
    v3 = load.i64 v0
    store region1 v2, v0
    return v3
}
function %forward(i64, i64, i64) -> i64, i64 {
block0(v0: i64, v1: i64, v2: i64):
    v3 = load.i64 region1 v0
    store v1, v0
    v4 = load.i64 region1 v0
    return v3, v4
}
"#;
    for level in [OptLevel::None, OptLevel::Speed] {
        let mut program = Program::new(text, &generic(), level);
        let word = Box::new(5u64);
        let at = u128::from(&raw const *word as u64);
        assert_eq!(program.call("reload", &[at, 6]).unwrap(), [5, 6]);
        assert_eq!(program.call("overwrite", &[at, 7, 8]).unwrap(), [7]);
        assert_eq!(program.call("forward", &[at, 9, 0]).unwrap(), [8, 9]);
    }
}
