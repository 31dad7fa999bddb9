//! Every pure operation on every type it is defined on, with edge values: compiled code against the interpreter's
//! definition, on the baseline and on this machine, optimised and not.

mod common;

use std::sync::Arc;

use common::{Program, generic, native, settings};
use iced_x86::{CpuidFeature, Decoder, DecoderOptions, Mnemonic};
use tintype_codegen::{AllDirect, CodeGenerator, OptLevel, Scratch};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::evaluate::{self, Bits};
use tintype_ir::function::{Function, Value};
use tintype_ir::instruction::{BinaryOp, ConvertOp, FloatCond, InstData, IntCond, OverflowOp, UnaryOp};
use tintype_ir::interpret::compute;
use tintype_ir::module::{FunctionDecl, Linkage, Module};
use tintype_ir::types::{Signature, Type};
use tintype_ir::typing;
use tintype_jit::bare::BareRuntime;
use tintype_target::{Arch, TargetSpec};

/// A function that is one instruction.
struct Case {
    name: String,
    params: Vec<Type>,
    results: Vec<Type>,
    func: Function,
    data: InstData,
}

/// Builds the function, unless the operation is not defined on the types or has no code yet.
fn case(params: &[Type], make: impl Fn(&[Value]) -> InstData) -> Option<Case> {
    let mut func = Function::new("", Signature::default());
    let block = func.dfg.make_block();
    func.layout.blocks.push(block);
    let args: Vec<Value> = params.iter().map(|&ty| func.dfg.append_param(block, ty)).collect();
    let data = make(&args);
    let results = typing::result_types(&data, &func.dfg).ok()?.to_vec();
    let divides = |op| matches!(op, BinaryOp::Sdiv | BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem);
    match data {
        InstData::Binary { op, .. } if divides(op) && params[0] == Type::I128 => return None,
        InstData::Overflow(OverflowOp::Smul | OverflowOp::Umul, _) if params[0] == Type::I128 => return None,
        _ => {}
    }
    let inst = func.dfg.make_inst(data.clone(), &results);
    let values = func.dfg.results[inst].clone();
    let ret = func.dfg.make_inst(InstData::Return(values), &[]);
    func.layout.insts[block].extend([inst, ret]);
    func.signature = Signature::new(params, results.clone());
    Some(Case { name: String::new(), params: params.to_vec(), results, func, data })
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for ty in Type::ALL {
        for &op in UnaryOp::ALL {
            cases.extend(case(&[ty], |args| InstData::Unary(op, args[0])));
        }
        for &op in BinaryOp::ALL {
            cases.extend(case(&[ty; 2], |args| InstData::Binary { op, contract: false, args: [args[0], args[1]] }));
        }
        for &op in OverflowOp::ALL {
            cases.extend(case(&[ty; 2], |args| InstData::Overflow(op, [args[0], args[1]])));
        }
        for &cond in IntCond::ALL {
            cases.extend(case(&[ty; 2], |args| InstData::IntCompare(cond, [args[0], args[1]])));
        }
        for &cond in FloatCond::ALL {
            cases.extend(case(&[ty; 2], |args| InstData::FloatCompare(cond, [args[0], args[1]])));
        }
        for to in Type::ALL {
            for &op in ConvertOp::ALL {
                cases.extend(case(&[ty], |args| InstData::Convert { op, ty: to, arg: args[0] }));
            }
        }
        cases.extend(case(&[ty; 3], |args| InstData::Fma([args[0], args[1], args[2]])));
        cases.extend(case(&[Type::I8, ty, ty], |args| InstData::Select([args[0], args[1], args[2]])));
        if let Some((lane_type, lanes)) = ty.lanes() {
            for lane in 0..lanes as u8 {
                cases.extend(case(&[ty], |args| InstData::ExtractLane(args[0], lane)));
                cases.extend(case(&[ty, lane_type], |args| InstData::InsertLane([args[0], args[1]], lane)));
            }
        }
    }
    for (index, case) in cases.iter_mut().enumerate() {
        case.name = format!("case{index}");
        case.func.name = case.name.clone();
    }
    cases
}

fn float_edges() -> Vec<f64> {
    let mut edges =
        vec![0.0, 0.1, 0.5, 0.7, 1.0, 1.5, 2.5, 3.0, 127.5, 128.0, 255.5, 256.0, 32767.5, 65504.0, 65519.9, 65520.0];
    edges.extend([
        2048.5,
        2049.0,
        8388607.5,
        8388608.0,
        4503599627370495.5,
        4503599627370496.0,
        1e300,
        5e-324,
        6e-8,
        3e-8,
    ]);
    edges.extend([2147483647.0, 2147483648.0, 4294967295.0, 4294967296.0, 9.2e18, 9223372036854775808.0]);
    edges.extend([18446744073709551615.0, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY, f64::NAN, f64::from(f32::MAX)]);
    edges.extend([f64::from(f32::MIN_POSITIVE), 1e-45, 2.9802322387695312e-8, 6.103515625e-5, 1.0 / 3.0]);
    edges.iter().flat_map(|&x| [x, -x]).collect()
}

fn lane_edges(ty: Type) -> Vec<Bits> {
    let width = ty.bits();
    match ty {
        Type::F64 => float_edges().into_iter().map(|x| Bits::from(x.to_bits())).collect(),
        Type::F32 => float_edges().into_iter().map(|x| Bits::from((x as f32).to_bits())).collect(),
        Type::F16 => (0..=0xffff).step_by(257).chain([0, 1, 0x3ff, 0x400, 0x7bff, 0x7c00, 0x7c01, 0x7e00]).collect(),
        _ => {
            let signed: Vec<i128> =
                vec![0, 1, 2, 3, 7, 8, 31, 63, 100, -1, -2, -3, -100, i128::from(width), 0x5555_5555];
            let mut edges: Vec<Bits> = signed.into_iter().map(|value| evaluate::truncate(value, width)).collect();
            let min = 1u128 << (width - 1);
            edges.extend([
                min,
                min - 1,
                (min + 1) & evaluate::mask(width),
                0x0123_4567_89ab_cdef_u128 & evaluate::mask(width),
            ]);
            edges.extend([(0xfedc_ba98_7654_3210_0f1e_2d3c_4b5a_6978_u128) & evaluate::mask(width)]);
            edges
        }
    }
}

fn edges(ty: Type) -> Vec<Bits> {
    let lanes = lane_edges(ty.lane());
    let Some((_, count)) = ty.lanes() else { return lanes };
    let lane = |start: usize, index: u32| lanes[(start + 5 * index as usize) % lanes.len()];
    (0..lanes.len()).map(|start| evaluate::from_lanes(ty, (0..count).map(|index| lane(start, index)))).collect()
}

/// Argument lists: every pair for two operands, rotations for three.
fn argument_lists(case: &Case) -> Vec<Vec<Bits>> {
    let edges: Vec<_> = case.params.iter().map(|&ty| edges(ty)).collect();
    match edges.as_slice() {
        [a] => a.iter().map(|&a| vec![a]).collect(),
        [a, b] => a.iter().flat_map(|&a| b.iter().map(move |&b| vec![a, b])).collect(),
        [a, b, c] => {
            let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
            pairs.enumerate().map(|(index, (a, b))| vec![a, b, c[(index * 7 + index / 50) % c.len()]]).collect()
        }
        _ => unreachable!("operations have one to three operands"),
    }
}

/// A NaN is as good as another: which one an operation returns is not defined.
fn canonical(ty: Type, bits: Bits) -> Bits {
    let lane = ty.lane();
    let exponent = match lane {
        Type::F16 => 0x7c00,
        Type::F32 => 0x7f80_0000,
        Type::F64 => 0x7ff0_0000_0000_0000,
        _ => return bits,
    };
    let magnitude = evaluate::mask(lane.bits() - 1);
    let lanes = evaluate::lanes(ty, bits).map(|bits| if bits & magnitude > exponent { exponent + 1 } else { bits });
    evaluate::from_lanes(ty, lanes)
}

fn check(spec: &TargetSpec, opt: OptLevel) {
    let cases = cases();
    assert!(cases.len() > 500, "{}", cases.len());
    let runtime = BareRuntime::new(spec, settings(opt), Vec::new()).unwrap();
    let mut module = Module::new("operations", runtime.abi().clone());
    for case in &cases {
        module.functions.push(FunctionDecl {
            name: case.name.clone(),
            signature: case.func.signature.clone(),
            linkage: Linkage::Local,
            body: Some(case.func.clone()),
        });
    }
    let mut program = Program::from_module(runtime, module, &|_| 0);
    let mut failures = Vec::new();
    for case in &cases {
        for args in argument_lists(case) {
            let params = &case.func.dfg.params[case.func.entry()];
            let value = |value: Value| args[params.iter().position(|&param| param == value).unwrap()];
            let Ok(expected) = compute(&case.func, &case.data, value).expect("the operation is pure") else { continue };
            let found = program.call(&case.name, &args).unwrap();
            let pairs = case.results.iter().zip(expected).zip(found);
            for ((&ty, expected), found) in pairs {
                let found = found & evaluate::mask(ty.bits());
                if canonical(ty, expected) != canonical(ty, found) {
                    failures.push(format!(
                        "{:?} on {:?} {args:#x?}: expected {expected:#x}, found {found:#x}",
                        case.data, case.params
                    ));
                }
            }
        }
    }
    let shown = failures.iter().take(20).map(|line| format!("{line}\n")).collect::<String>();
    assert!(failures.is_empty(), "{} failures, among them\n{shown}", failures.len());
}

/// The feature an instruction needs, if it is not in the baseline.
fn needed_feature(feature: CpuidFeature) -> Option<&'static str> {
    use CpuidFeature as F;
    Some(match feature {
        F::INTEL8086 | F::INTEL186 | F::INTEL286 | F::INTEL386 | F::INTEL486 | F::X64 | F::CMOV | F::FPU => {
            return None;
        }
        F::SSE | F::SSE2 | F::FXSR | F::MULTIBYTENOP | F::TSC | F::CX8 => return None,
        F::SSE3 => "sse3",
        F::SSSE3 => "ssse3",
        F::SSE4_1 => "sse4.1",
        F::SSE4_2 => "sse4.2",
        F::POPCNT => "popcnt",
        F::LZCNT => "lzcnt",
        F::BMI1 => "bmi",
        F::BMI2 => "bmi2",
        F::AVX => "avx",
        F::AVX2 => "avx2",
        F::FMA => "fma",
        F::AVX512F => "avx512f",
        F::AVX512VL => "avx512vl",
        F::AVX512DQ => "avx512dq",
        F::AVX512_VBMI => "avx512vbmi",
        F::AVX512_BITALG => "avx512bitalg",
        other => panic!("no target has {other:?}"),
    })
}

#[test]
fn code_keeps_to_the_instructions_of_its_target() {
    let names = ["generic", "core2", "nehalem", "sandybridge", "haswell", "znver3", "skylake-avx512"];
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        let spec = TargetSpec::of_cpu(Arch::X86_64, name).unwrap_or_else(|| panic!("no CPU {name}"));
        let abi = Arc::new(RuntimeAbi::bare());
        let generator = CodeGenerator::new(&spec, settings(OptLevel::Speed), abi.clone()).unwrap();
        let module = Module::new("operations", abi);
        let mut scratch = Scratch::new();
        for case in cases() {
            let code = generator.compile(&mut scratch, &module, &case.func, &AllDirect).unwrap();
            assert!(code.relocs.is_empty(), "{:?} refers to {:?}", case.data, code.relocs);
            // Constants follow the code; the last instruction is a return or a jump.
            for inst in &mut Decoder::new(64, &code.bytes, DecoderOptions::NONE) {
                for feature in inst.cpuid_features() {
                    if let Some(needed) = needed_feature(*feature) {
                        assert!(generator.has_feature(needed), "{name}: {inst} for {:?} needs {needed}", case.data);
                        seen.insert(needed);
                    }
                }
                if inst.mnemonic() == Mnemonic::Ret {
                    break;
                }
            }
        }
    }
    for used in ["sse4.1", "popcnt", "lzcnt", "bmi", "avx", "fma"] {
        assert!(seen.contains(used), "no code uses {used}: {seen:?}");
    }
}

#[test]
fn on_the_baseline_optimised() {
    check(&generic(), OptLevel::Speed);
}

#[test]
fn on_the_baseline_quickly() {
    check(&generic(), OptLevel::None);
}

#[test]
fn on_this_machine_optimised() {
    check(&native(), OptLevel::Speed);
}

#[test]
fn on_this_machine_quickly() {
    check(&native(), OptLevel::None);
}
