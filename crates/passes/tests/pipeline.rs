//! The pipeline as a whole: its markers and times, its cost on large functions, and both ways of an allocation.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::builder::{FunctionBuilder, block_call};
use tintype_ir::function::Function;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::interpret::{BareHost, Interpreter, Outcome};
use tintype_ir::module::{FuncId, Module};
use tintype_ir::text::parse_module;
use tintype_ir::types::{Signature, Type};
use tintype_passes::pipeline::{Marker, Stage};
use tintype_passes::timing::Pass;
use tintype_passes::{PassContext, PipelineOptions, optimize, optimize_module};

fn empty_module() -> Module {
    Module::new("test", Arc::new(RuntimeAbi::bare()))
}

#[test]
fn stages_are_marked_and_passes_timed() {
    let module = empty_module();
    let mut func = Function::new("f", Signature::new([Type::I64], [Type::I64]));
    let mut builder = FunctionBuilder::new(&mut func);
    let entry = builder.create_entry_block();
    let param = builder.block_params(entry)[0];
    builder.ret(&[param]);
    builder.finalize();
    let seen = Mutex::new(Vec::new());
    let observer = |stage: Stage, marker: Marker, func: &Function| {
        assert_eq!(func.name, "f");
        seen.lock().expect("no observer panicked").push((stage, marker));
    };
    let options = PipelineOptions { observer: Some(&observer), ..PipelineOptions::default() };
    let mut context = PassContext::default();
    optimize(&mut func, &module, &mut context, &options, &|_| false);
    let stages =
        [Stage::EarlySimplification, Stage::EarlyOptimisation, Stage::Loop, Stage::IntrinsicLowering, Stage::CleanUp];
    let expected: Vec<_> = stages.iter().flat_map(|&stage| [(stage, Marker::Before), (stage, Marker::After)]).collect();
    assert_eq!(*seen.lock().expect("no observer panicked"), expected);
    assert!(context.times.of(Pass::SimplifyCfg).1 >= 2);
    assert_eq!(context.times.of(Pass::LowerIntrinsics).1, 1);
}

/// A function of `n` parts: each a diamond with a value merged, a loop around a load and a store, and a switch.
fn large_function(n: usize) -> Function {
    let mut func = Function::new("large", Signature::new([Type::I64, Type::I64], [Type::I64]));
    let mut builder = FunctionBuilder::new(&mut func);
    let entry = builder.create_entry_block();
    let (base, n_times) = (builder.block_params(entry)[0], builder.block_params(entry)[1]);
    let [sum, counter] = std::array::from_fn(|_| builder.declare_var(Type::I64));
    builder.def_var(sum, n_times);
    for part in 0..n {
        let [left, right, join, header, body, exit] = std::array::from_fn(|_| builder.create_block());
        let x = builder.use_var(sum);
        let cond = builder.icmp_imm(IntCond::Slt, x, part as i64);
        builder.branch(cond, left, &[], right, &[]);
        for (side, step) in [(left, 1), (right, 2)] {
            builder.switch_to_block(side);
            builder.seal_block(side);
            let y = builder.iadd_imm(x, step);
            builder.def_var(sum, y);
            builder.jump(join, &[]);
        }
        builder.switch_to_block(join);
        builder.seal_block(join);
        let zero = builder.iconst(Type::I64, 0);
        builder.def_var(counter, zero);
        builder.jump(header, &[]);
        builder.switch_to_block(header);
        let i = builder.use_var(counter);
        let more = builder.icmp(IntCond::Slt, i, n_times);
        builder.branch(more, body, &[], exit, &[]);
        builder.switch_to_block(body);
        builder.seal_block(body);
        let loaded = builder.load(Type::I64, MemFlags::default(), base, 8 * (part as i32 % 64));
        let y = builder.use_var(sum);
        let y = builder.iadd(y, loaded);
        builder.def_var(sum, y);
        builder.store(MemFlags::default(), y, base, 0);
        let next = builder.iadd_imm(i, 1);
        builder.def_var(counter, next);
        builder.jump(header, &[]);
        builder.seal_block(header);
        builder.switch_to_block(exit);
        builder.seal_block(exit);
    }
    let result = builder.use_var(sum);
    builder.ret(&[result]);
    builder.finalize();
    func
}

/// One block that branches on a state to very many others, each of which knows the next state.
fn state_machine(n: usize) -> Function {
    let mut func = Function::new("machine", Signature::new([Type::I32, Type::I64], [Type::I64]));
    let mut builder = FunctionBuilder::new(&mut func);
    let entry = builder.create_entry_block();
    let (state, value) = (builder.block_params(entry)[0], builder.block_params(entry)[1]);
    let dispatch = builder.create_block();
    let (state_here, value_here) =
        (builder.append_block_param(dispatch, Type::I32), builder.append_block_param(dispatch, Type::I64));
    let exit = builder.create_block();
    builder.jump(dispatch, &[state, value]);
    builder.switch_to_block(dispatch);
    let cases: Vec<_> = (0..n).map(|_| builder.create_block()).collect();
    let targets = cases.iter().map(|&case| block_call(case, &[])).collect();
    builder.switch(state_here, block_call(exit, &[]), targets);
    for (index, case) in cases.into_iter().enumerate() {
        builder.switch_to_block(case);
        let next_state = builder.iconst(Type::I32, (index as i64 * 7 + 3) % (n as i64 + 1));
        let next = builder.iadd_imm(value_here, index as i64);
        builder.jump(dispatch, &[next_state, next]);
    }
    builder.switch_to_block(exit);
    builder.ret(&[value_here]);
    builder.finalize();
    func
}

fn time_of(mut func: Function) -> Duration {
    let module = empty_module();
    let options = PipelineOptions { verify: false, ..PipelineOptions::default() };
    let mut context = PassContext::default();
    let start = Instant::now();
    optimize(&mut func, &module, &mut context, &options, &|_| false);
    let time = start.elapsed();
    if std::env::var_os("TINTYPE_SHOW_TIMES").is_some() {
        eprintln!("%{}: {time:?}", func.name);
        Pass::ALL.iter().for_each(|&pass| eprintln!("  {}: {:?}", pass.name(), context.times.of(pass)));
    }
    time
}

/// Eight times the blocks must not take anything like sixty-four times as long. The bound leaves room for a busy machine.
#[test]
fn large_functions_take_linear_time() {
    for make in [large_function, state_machine] {
        let small = (0..3).map(|_| time_of(make(250))).min().expect("three runs");
        let large = time_of(make(2000));
        assert!(large < small * 32 + Duration::from_millis(50), "{small:?} became {large:?}");
    }
}

/// Lowered allocation takes the first cell of the free list if there is one, and calls the helper if not.
#[test]
fn allocation_takes_both_ways() {
    let text = "slot slot0 \"Box\" single\n
function %box(i64) -> ref {
block0(v0: i64):
    v1 = slot_value slot0
    v2 = alloc v1, 16
    store v0, v2
    return v2
}
";
    let mut module = parse_module(text, Arc::new(RuntimeAbi::bare())).expect("the text is right");
    let id = FuncId::from_u32(0);
    optimize_module(&mut module, &mut PassContext::default(), &PipelineOptions::default(), &|_| false);

    let mut interpreter = Interpreter::new(&module, BareHost::default());
    let abi = &module.abi;
    let class = abi.size_class(16).expect("small objects have a class") as u64;
    let list = interpreter.task() + u64::from(abi.task.alloc_buffers) + 8 * class;
    let [first, second] = std::array::from_fn(|_| interpreter.memory.allocate_object(24));
    interpreter.memory.store(first, 8, u128::from(second)).expect("a cell");
    interpreter.memory.store(list, 8, u128::from(first)).expect("the list's head");
    let interpreter = RefCell::new(interpreter);
    let make = |number: u128| match interpreter.borrow_mut().call(id, &[number]) {
        Ok(Outcome::Returned(results)) => results[0] as u64,
        other => panic!("{other:?}"),
    };
    let objects = [make(1), make(2), make(3)];
    assert_eq!(objects[..2], [first, second]);
    assert!(objects[2] != first && objects[2] != second, "the list was empty");
    let memory = &interpreter.borrow().memory;
    let header = |object: u64| memory.load(object - 8, 8).expect("a header");
    assert!(header(first) != 0 && header(first) == header(objects[2]), "both ways write the type");
    assert_eq!(objects.map(|object| memory.load(object, 8).expect("a field")), [1, 2, 3]);
}
