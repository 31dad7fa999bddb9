//! Properties of generated machine code, shown by disassembly; nothing is executed.

use std::sync::Arc;

use iced_x86::{Decoder, DecoderOptions, Instruction, Mnemonic, OpKind, Register};
use tintype_codegen::pc_table::{PcTable, PcTableBuilder};
use tintype_codegen::{
    AllDirect, CallPolicy, CodeGenerator, CodegenError, CompiledFunction, OptLevel, RelocKind, RelocTarget, Route,
    Scratch, Settings,
};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::{FuncId, Module};
use tintype_target::{Arch, Host, TargetSpec};

fn spec(arch: Arch) -> TargetSpec {
    Host::baseline(arch).native_target()
}

fn generator(arch: Arch, opt: OptLevel) -> CodeGenerator {
    let settings = Settings { opt, pic: false, verify: true, log2_align: 6 };
    CodeGenerator::new(&spec(arch), settings, Arc::new(RuntimeAbi::bare())).unwrap()
}

fn parse(text: &str) -> Module {
    let module =
        tintype_ir::text::parse_module(text, Arc::new(RuntimeAbi::bare())).unwrap_or_else(|error| panic!("{error}"));
    if let Err(errors) = tintype_ir::verify::verify_module(&module) {
        panic!("{}", errors[0]);
    }
    module
}

fn compile_with(generator: &CodeGenerator, text: &str, calls: &dyn CallPolicy) -> Vec<CompiledFunction> {
    let module = parse(text);
    let mut scratch = Scratch::new();
    let bodies = module.functions.values().filter_map(|decl| decl.body.as_ref());
    bodies
        .map(|body| generator.compile(&mut scratch, &module, body, calls).unwrap_or_else(|error| panic!("{error}")))
        .collect()
}

fn compile(text: &str) -> Vec<CompiledFunction> {
    compile_with(&generator(Arch::X86_64, OptLevel::Speed), text, &AllDirect)
}

fn disassemble(code: &[u8]) -> Vec<Instruction> {
    Decoder::with_ip(64, code, 0, DecoderOptions::NONE).into_iter().collect()
}

/// Recursion with many values live across calls, several returns, and constants behind the code.
const RECURSION: &str = r#"
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
function %many(i64, i64, i64, i64, i64, i64, i64, i64) -> i64 {
    ss0 = 200, align 8
block0(v0: i64, v1: i64, v2: i64, v3: i64, v4: i64, v5: i64, v6: i64, v7: i64):
    v8 = stack_addr ss0
    store v0, v8
    branch_if
block1:
    return v1
block2:
    v9 = call %fib(v0)
    v10 = iadd v9, v1
    v11 = iadd v10, v2
    v12 = iadd v11, v3
    v13 = iadd v12, v7
    v14 = load.i64 v8
    v15 = iadd v13, v14
    return v15
}
"#;

fn recursion() -> String {
    RECURSION.replace("branch_if", "v20 = iconst.i64 7\n    v21 = icmp eq v0, v20\n    branch v21, block1, block2")
}

#[test]
fn every_return_of_a_calling_function_has_no_frame_pointer_dependency() {
    for opt in [OptLevel::None, OptLevel::Speed, OptLevel::Size] {
        for func in compile_with(&generator(Arch::X86_64, opt), &recursion(), &AllDirect) {
            let code = disassemble(&func.bytes);
            let returns: Vec<_> = (0..code.len()).filter(|&at| code[at].mnemonic() == Mnemonic::Ret).collect();
            assert!(returns.len() >= 2, "{} has two returns", func.name);
            for at in returns {
                let [release, patched, pop] = [3, 2, 1].map(|back| &code[at - back]);
                assert_eq!((pop.mnemonic(), pop.op0_register()), (Mnemonic::Pop, Register::RBP), "{}", func.name);
                assert_eq!((patched.mnemonic(), patched.len()), (Mnemonic::Nop, 3), "{} {opt:?}", func.name);
                let releases = (release.mnemonic(), release.op0_register()) == (Mnemonic::Add, Register::RSP)
                    && release.immediate(1) == u64::from(func.frame.size);
                assert!(releases || func.frame.size == 0, "{}: {release}", func.name);
            }
        }
    }
}

#[test]
fn the_stack_pointer_is_only_moved_by_prologue_and_epilogue() {
    // What makes the epilogue's `mov` redundant: between prologue and epilogue the stack pointer stands still.
    for func in compile(&recursion()) {
        let writes: Vec<_> = disassemble(&func.bytes)
            .into_iter()
            .filter(|inst| inst.op0_register() == Register::RSP && inst.mnemonic() != Mnemonic::Cmp)
            .map(|inst| inst.mnemonic())
            .collect();
        assert!(writes.iter().all(|&mnemonic| matches!(mnemonic, Mnemonic::Sub | Mnemonic::Add)), "{writes:?}");
    }
}

#[test]
fn the_raising_routine_is_what_it_says() {
    let abi = RuntimeAbi::bare();
    let generator = generator(Arch::X86_64, OptLevel::Speed);
    let routine = generator.helper_stub(abi.well_known.find_handler).unwrap();
    let text: Vec<_> = disassemble(&routine.bytes).iter().map(ToString::to_string).collect();
    let expected = [
        "push rbp",
        "mov rbp,rsp",
        "mov rdi,r15",
        "mov rax,[r15+8]",
        "call qword ptr [rax+28h]",
        "mov rsp,[r15+50h]",
        "mov rbp,[r15+58h]",
        "jmp qword ptr [r15+48h]",
    ];
    assert_eq!(text, expected);
    let call_end = disassemble(&routine.bytes)[4].next_ip() as u32;
    assert_eq!(routine.call_sites[0].return_offset, call_end);
}

/// A loop that is polled, with more doubles than there are registers that calls keep (none), and a check that fails.
const POLLED: &str = r#"
function %polled(i64, f64, f64, f64) -> f64 {
block0(v0: i64, v1: f64, v2: f64, v3: f64):
    v4 = iconst.i64 0
    v5 = iconst.i64 1
    jump block1(v4, v1, v2)
block1(v6: i64, v7: f64, v8: f64):
    v9 = icmp uge v6, v0
    branch v9, block2, block3
block2:
    call_helper %stack_overflow()
    trap unreachable
block3:
    v10 = fadd v7, v8
    v11 = fmul v8, v3
    v12 = iadd v6, v5
    safepoint
    v13 = icmp eq v12, v0
    branch v13, block4, block1(v12, v10, v11)
block4:
    v14 = fadd v10, v11
    return v14
}
"#;

#[test]
fn what_loops_rarely_call_costs_them_no_register() {
    let functions = compile(POLLED);
    let code = disassemble(&functions[0].bytes);
    let is_spill = |inst: &Instruction| {
        (0..inst.op_count()).any(|op| inst.op_kind(op) == OpKind::Register && inst.op_register(op).is_xmm())
            && matches!(inst.memory_base(), Register::RSP | Register::RBP)
    };
    let spills: Vec<String> = code.iter().filter(|inst| is_spill(inst)).map(ToString::to_string).collect();
    assert!(spills.is_empty(), "{spills:?}");
    // Everything rare lies behind the return.
    let end = code.iter().position(|inst| inst.mnemonic() == Mnemonic::Ret).expect("it returns");
    assert!(code[..end].iter().all(|inst| inst.mnemonic() != Mnemonic::Call), "a rare call is in the way");
}

#[test]
fn leaf_functions_do_not_check_the_stack() {
    let leaf = "function %leaf(i64) -> i64 {\nblock0(v0: i64):\n    v1 = iadd v0, v0\n    return v1\n}\n";
    let code = disassemble(&compile(leaf)[0].bytes);
    assert!(code.iter().all(|inst| inst.mnemonic() != Mnemonic::Cmp), "{code:?}");
    let checks = |func: &CompiledFunction| {
        let code = disassemble(&func.bytes);
        let mut prologue = code.iter().take_while(|inst| inst.mnemonic() != Mnemonic::Jb);
        // The task's stack limit lies at 16.
        let loads_limit = |inst: &Instruction| {
            inst.memory_displacement64() == 16 && !matches!(inst.memory_base(), Register::RSP | Register::RBP)
        };
        prologue.any(loads_limit)
    };
    for func in compile(&recursion()) {
        let text: String = disassemble(&func.bytes).iter().map(|inst| format!("{inst}\n")).collect();
        assert!(checks(&func), "{}\n{text}", func.name);
    }
}

#[test]
fn references_are_relocations_of_the_four_kinds_of_targets() {
    let text = r#"
slot slot0 "type" single
data data0 "bytes" size=16 align=8 bytes "01"
function %callee(i64) -> i64 import
function %f(i64) -> i64, ref, i64, i64 {
block0(v0: i64):
    v1 = call %callee(v0)
    v2 = slot_value slot0
    v3 = data_addr data0+4
    v4 = func_addr %callee
    return v1, v2, v3, v4
}
"#;
    let targets = |calls: &dyn CallPolicy| {
        let func = compile_with(&generator(Arch::X86_64, OptLevel::Speed), text, calls).remove(0);
        assert!(func.relocs.iter().all(|reloc| reloc.kind == RelocKind::X86PcRel4), "{:?}", func.relocs);
        assert!(func.relocs.is_sorted_by_key(|reloc| reloc.offset));
        let mut targets: Vec<_> =
            func.relocs.iter().map(|reloc| format!("{:?}{:+}", reloc.target, reloc.addend)).collect();
        targets.sort();
        targets.dedup();
        targets
    };
    struct Always(Route);
    impl CallPolicy for Always {
        fn route(&self, _: FuncId) -> Route {
            self.0
        }
    }
    assert_eq!(targets(&AllDirect), ["Data(data0)+0", "Function(fn0)-4", "Slot(slot0)-4"]);
    assert_eq!(targets(&Always(Route::MvSlot)), ["Data(data0)+0", "MvSlot(fn0)-4", "Slot(slot0)-4"]);
    assert_eq!(targets(&Always(Route::Absolute(1 << 40))), ["Data(data0)+0", "Slot(slot0)-4"]);
}

#[test]
fn what_has_no_code_is_a_clear_error() {
    let cases = [
        (
            "function %f(i128, i128) -> i128 {\nblock0(v0: i128, v1: i128):\n    v2 = sdiv v0, v1\n    return v2\n}\n",
            "128-bit division",
        ),
        (
            "function %f(i128, i128) -> i128, i8 {\nblock0(v0: i128, v1: i128):\n    v2, v3 = smul_overflow v0, v1\n    return v2, v3\n}\n",
            "128-bit multiplication",
        ),
        (
            "function %f() {\n    ss0 = 1000000, align 8\nblock0:\n    v0 = stack_addr ss0\n    store v0, v0\n    return\n}\n",
            "frame",
        ),
        ("function %f() system {\nblock0:\n    safepoint\n    return\n}\n", "C convention"),
    ];
    let generator = generator(Arch::X86_64, OptLevel::Speed);
    for (text, reason) in cases {
        let module = parse(text);
        let body = module.functions.values().next().unwrap().body.as_ref().unwrap();
        let error = generator.compile(&mut Scratch::new(), &module, body, &AllDirect).unwrap_err();
        assert!(matches!(error, CodegenError::Unsupported { .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.contains(reason) && message.contains("`f`"), "{message}");
    }
}

#[test]
fn the_other_architecture_compiles() {
    let text = format!(
        "slot slot0 \"type\" single\n{}function %g(f64, ref) -> f64, ref {{\nblock0(v0: f64, v1: ref):\n    v2 = floor v0\n    v3 = fma v2, v0, v0\n\
         v4 = slot_value slot0\n    v5 = alloc v4, 24\n    try_call %g(v3, v5) block1 catch block2\nblock1(v6: f64, v7: ref):\n    return v6, v7\n\
         block2(v8: ref):\n    throw v8\n}}\n",
        recursion()
    );
    let generator = generator(Arch::Aarch64, OptLevel::Speed);
    let functions = compile_with(&generator, &text, &AllDirect);
    assert_eq!(functions.len(), 3);
    let call = functions[0].relocs.iter().find(|reloc| reloc.target == RelocTarget::Function(FuncId::from_u32(0)));
    assert_eq!(call.unwrap().kind, RelocKind::Aarch64Call26);
    assert!(functions[2].call_sites.iter().any(|site| site.handler.is_some()));
    let support = generator.support_functions().unwrap();
    assert!(support.iter().all(|(_, code)| code.relocs.is_empty() && code.bytes.len() % 4 == 0));
}

#[test]
fn every_value_kept_alive_is_used() {
    let text = r#"
function %callee() import
function %f(ref, ref, ref) {
block0(v0: ref, v1: ref, v2: ref):
    call %callee()
    keep_alive v0, v1
    keep_alive v2
    keep_alive v0
    return
}
"#;
    let code = disassemble(&compile(text)[0].bytes);
    let behind_call = code.iter().skip_while(|inst| inst.mnemonic() != Mnemonic::Call);
    let stores = behind_call.filter(|inst| inst.op0_kind() == OpKind::Memory && inst.memory_base() == Register::RSP);
    let places: std::collections::BTreeSet<_> = stores.map(|inst| inst.memory_displacement64()).collect();
    assert_eq!(places.len(), 3, "each value is stored in a place of its own");
}

#[test]
fn contraction_is_fused_where_the_target_can() {
    let text = r#"
function %f(f64, f64, f64) -> f64, f64, f64 {
block0(v0: f64, v1: f64, v2: f64):
    v3 = fmul.contract v0, v1
    v4 = fadd.contract v2, v3
    v5 = fsub.contract v3, v2
    v6 = fsub.contract v2, v3
    return v4, v5, v6
}
function %exact(f64, f64, f64) -> f64, f64 {
block0(v0: f64, v1: f64, v2: f64):
    v3 = fmul v0, v1
    v4 = fadd.contract v2, v3
    v5 = fmul.contract v0, v1
    v6 = fadd v2, v5
    return v4, v6
}
"#;
    let mnemonics = |spec: &TargetSpec| -> Vec<String> {
        let generator = CodeGenerator::new(spec, Settings::default(), Arc::new(RuntimeAbi::bare())).unwrap();
        let functions = compile_with(&generator, text, &AllDirect);
        let fused = |func: &CompiledFunction| {
            let names = disassemble(&func.bytes).into_iter().map(|inst| format!("{:?}", inst.mnemonic()));
            let kind = names.filter_map(|name| name.strip_prefix("Vf").map(|name| name[..name.len() - 5].to_owned()));
            kind.collect::<Vec<_>>().join(" ")
        };
        functions.iter().map(fused).collect()
    };
    let haswell = TargetSpec::of_cpu(Arch::X86_64, "haswell").unwrap();
    assert_eq!(mnemonics(&haswell), ["madd msub nmadd", ""]);
    assert_eq!(mnemonics(&spec(Arch::X86_64)), ["", ""]);
}

#[test]
fn compiling_is_deterministic_and_shared_by_threads() {
    let generator = generator(Arch::X86_64, OptLevel::Speed);
    let first = compile_with(&generator, &recursion(), &AllDirect);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(compile_with(&generator, &recursion(), &AllDirect), first));
        }
    });
}

/// A function with a handler and inlined source positions.
const POSITIONS: &str = r#"
function %callee() -> i64 import
function %f() -> i64 {
    scope0 = "f", "a.jl", 3
    scope1 = "g", "b.jl", 14, scope0
block0:
    v0 = call %callee() @scope1
    try_call %callee() block1 catch block2 @scope0
block1(v1: i64):
    v2 = udiv v0, v1 @scope1
    return v2
block2(v3: ref):
    return v0
}
"#;

#[test]
fn the_position_table_tells_what_the_record_says() {
    let func = compile(POSITIONS).remove(0);
    let mut builder = PcTableBuilder::new();
    let starts = [0x40, 0x40 + func.bytes.len().next_multiple_of(64) as u32];
    starts.iter().for_each(|&start| builder.add(start, &func));
    let bytes = builder.finish();
    let table = PcTable::new(&bytes).unwrap();
    for (index, &start) in starts.iter().enumerate() {
        for site in &func.call_sites {
            let found = table.lookup(start + site.return_offset).unwrap();
            assert_eq!(found.function as usize, index);
            assert_eq!(table.function_name(found.function), Some("f"));
            assert_eq!(found.frame_offset, site.frame_offset);
            assert_eq!(found.handler, site.handler.map(|handler| start + handler));
            assert_eq!(table.lookup(start + site.return_offset - 1), None);
        }
        let lines =
            |offset: u32| table.scopes(offset).map(|scope| format!("{} {}:{}", scope.function, scope.file, scope.line));
        let inlined = func.call_sites.iter().filter(|site| site.handler.is_none());
        let inlined = inlined.map(|site| lines(start + site.return_offset - 1).collect::<Vec<_>>());
        assert!(inlined.clone().any(|lines| lines == ["g b.jl:14", "f a.jl:3"]), "{:?}", inlined.collect::<Vec<_>>());
        let caught = func.call_sites.iter().find(|site| site.handler.is_some()).unwrap();
        assert_eq!(lines(start + caught.return_offset - 1).collect::<Vec<_>>(), ["f a.jl:3"]);
        assert_eq!(func.traps.len(), 1);
        assert!(table.trap_at(start + func.traps[0].offset).is_some());
        assert_eq!(table.function_at(start), Some("f"));
    }
    assert_eq!(table.function_at(0), None);
    assert_eq!(table.functions().count(), 2);
}

#[test]
fn damaged_position_tables_never_panic() {
    let func = compile(POSITIONS).remove(0);
    let mut builder = PcTableBuilder::new();
    builder.add(0, &func);
    let good = builder.finish();
    let probe = |bytes: &[u8]| {
        let Ok(table) = PcTable::new(bytes) else { return };
        for offset in 0..func.bytes.len() as u32 + 8 {
            table.lookup(offset).and_then(|site| table.function_name(site.function));
            table.scopes(offset).count();
            table.trap_at(offset);
            table.function_at(offset);
        }
        table.functions().count();
    };
    for length in 0..good.len() {
        assert!(PcTable::new(&good[..length]).is_err());
    }
    for at in 0..good.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[at] ^= flip;
            probe(&bytes);
        }
    }
}
