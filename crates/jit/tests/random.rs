//! Random modules, compiled and interpreted: the same results, and exceptions from the same runs.
//!
//! A failure prints the seed and the module's text.

mod common;

use std::sync::Arc;

use common::{generic, native, settings};
use tintype_codegen::OptLevel;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::arbitrary::{Config, Random, arbitrary_args, arbitrary_module};
use tintype_ir::evaluate::{self, Bits};
use tintype_ir::instruction::{BinaryOp, InstData, OverflowOp};
use tintype_ir::interpret::{BareHost, Interpreter, Outcome};
use tintype_ir::module::{FuncId, Module};
use tintype_ir::text::print_module;
use tintype_ir::types::Type;
use tintype_jit::bare::{BareRuntime, add_call_wrapper};
use tintype_passes::{PassContext, PipelineOptions, optimize};
use tintype_target::TargetSpec;

/// How many modules each test runs; `TINTYPE_FUZZ_SEEDS` overrides it for long runs.
fn n_seeds() -> u64 {
    std::env::var("TINTYPE_FUZZ_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(150)
}

const RUNS: u32 = 4;

/// What there is code for.
fn accept(data: &InstData, ty: Type) -> bool {
    let divides = |op| matches!(op, BinaryOp::Sdiv | BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem);
    match data {
        InstData::Binary { op, .. } => ty != Type::I128 || !divides(*op),
        InstData::Overflow(op, _) => ty != Type::I128 || !matches!(op, OverflowOp::Smul | OverflowOp::Umul),
        _ => true,
    }
}

/// A NaN is as good as another.
fn canonical(ty: Type, bits: Bits) -> Bits {
    let bits = bits & evaluate::mask(ty.bits());
    match ty {
        Type::F32 if f32::from_bits(bits as u32).is_nan() => Bits::from(f32::NAN.to_bits()),
        Type::F64 if f64::from_bits(bits as u64).is_nan() => Bits::from(f64::NAN.to_bits()),
        _ => bits,
    }
}

/// The results of a run, or none for an exception.
type Run = Option<Vec<Bits>>;

fn interpreted(module: &Module, func: FuncId, args: &[Vec<Bits>]) -> Vec<Run> {
    let mut interpreter = Interpreter::new(module, BareHost::default());
    let mut run = |args: &Vec<Bits>| match interpreter.call(func, args) {
        Ok(Outcome::Returned(results)) => Some(results),
        Ok(Outcome::Threw(_)) => None,
        other => panic!("{other:?}"),
    };
    args.iter().map(&mut run).collect()
}

fn compiled(runtime: &BareRuntime, module: &Module, func: FuncId, args: &[Vec<Bits>]) -> Vec<Run> {
    let mut module = module.clone();
    let wrapper = add_call_wrapper(&mut module, func);
    let n_results = module.functions[func].signature.results.len();
    // A header and 256 bytes of payload per slot, aligned to 16.
    let mut objects: Vec<[u128; 18]> = vec![[0; 18]; module.slots.len()];
    let addresses: Vec<u64> = objects.iter_mut().map(|object| object.as_mut_ptr() as u64 + 16).collect();
    let batch = runtime.define(&module, &|slot| addresses[slot.as_u32() as usize]).unwrap();
    let mut task = runtime.task().unwrap();
    // The module's one per-context slot is its last.
    let context = [*addresses.last().unwrap()];
    task.context_slots = context.as_ptr() as u64;
    let code = batch.address_of(wrapper).unwrap();
    let mut run = |args: &Vec<Bits>| {
        let mut values = args.clone();
        values.resize(args.len().max(n_results), 0);
        // SAFETY: the task is used by this call alone, the code is a wrapper, and the arguments have the right types.
        let outcome = unsafe { runtime.call(&mut *task, code, &mut values) };
        values.truncate(n_results);
        outcome.ok().map(|()| values)
    };
    let runs = args.iter().map(&mut run).collect();
    assert!(runtime.code().unregister(batch.code_range().start));
    // SAFETY: the calls have returned, and the addresses are forgotten.
    unsafe { batch.release() };
    runs
}

/// Runs every function through the pipeline.
fn optimised(module: &Module, runtime: &BareRuntime) -> Module {
    let mut module = module.clone();
    let options = PipelineOptions { verify: true, ..PipelineOptions::default() };
    // The interpreter has no CPU; the folded answers must be its own.
    for func in module.functions.keys() {
        let mut body = module.functions[func].body.take().expect("random modules import nothing");
        optimize(&mut body, &module, &mut PassContext::default(), &options, &|_| false);
        module.functions[func].body = Some(body);
    }
    assert_eq!(module.abi.hash(), runtime.abi().hash());
    module
}

/// Takes the region from some accesses: each may then be of anything.
fn forget_some_regions(module: &mut Module, random: &mut Random) {
    for decl in module.functions.values_mut() {
        for data in decl.body.iter_mut().flat_map(|body| body.dfg.insts.values_mut()) {
            match data {
                InstData::Load { flags, .. } | InstData::Store { flags, .. } if random.one_in(4) => flags.region = None,
                _ => {}
            }
        }
    }
}

fn check(spec: &TargetSpec, opt: OptLevel, first_seed: u64) {
    let runtime = BareRuntime::new(spec, settings(opt), Vec::new()).unwrap();
    let config = Config { accept, ..Config::default() };
    for seed in first_seed..first_seed + n_seeds() {
        let mut module = arbitrary_module(seed, &config, Arc::new(RuntimeAbi::bare()));
        let func = FuncId::from_u32(module.functions.len() as u32 - 1);
        let mut random = Random::new(seed);
        if seed % 2 == 1 {
            forget_some_regions(&mut module, &mut random);
        }
        let signature = &module.functions[func].signature;
        let args: Vec<_> = (0..RUNS).map(|_| arbitrary_args(&mut random, signature)).collect();
        let normal = |runs: Vec<Run>| -> Vec<Run> {
            let result = |values: Vec<Bits>| {
                values.into_iter().zip(&signature.results).map(|(bits, &ty)| canonical(ty, bits)).collect()
            };
            runs.into_iter().map(|run| run.map(result)).collect()
        };
        let expected = normal(interpreted(&module, func, &args));
        for (stage, module) in [("as made", &module), ("after the pipeline", &optimised(&module, &runtime))] {
            let found = normal(compiled(&runtime, module, func, &args));
            let text = || print_module(module);
            assert_eq!(found, expected, "seed {seed} {stage}, {opt:?}, {}, {args:x?}\n{}", spec.name, text());
        }
    }
}

#[test]
fn on_the_baseline_optimised() {
    check(&generic(), OptLevel::Speed, 0);
}

#[test]
fn on_the_baseline_quickly() {
    check(&generic(), OptLevel::None, 1_000_000);
}

#[test]
fn on_this_machine_optimised() {
    check(&native(), OptLevel::Speed, 2_000_000);
}

#[test]
fn on_this_machine_quickly() {
    check(&native(), OptLevel::None, 3_000_000);
}
