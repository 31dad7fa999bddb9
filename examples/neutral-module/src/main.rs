//! A module in the IR's text format, run by the JIT and then from an image for three CPU targets.
//!
//! `cargo run -p neutral-module` prints what each answers and which target was chosen on this machine, with and without
//! some of its features. No language is involved: the run-time system is the bare one of `jit`.

use std::error::Error;

use tintype_codegen::Settings;
use tintype_emit::{EmitOptions, EmitRequest, emit_image};
use tintype_image::ImageKind;
use tintype_ir::module::{FuncId, Module};
use tintype_ir::{text::parse_module, verify::verify_module};
use tintype_jit::bare::{BareRuntime, add_call_wrapper};
use tintype_jit::unwind::TableBytes;
use tintype_loader::{OpenOptions, open};
use tintype_passes::{PassContext, PipelineOptions, optimize};
use tintype_target::{Host, Spec, display_targets};

const PROGRAM: &str = include_str!("../program.tir");
const TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1)";
const WIDTH: u128 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let host = Host::detect();
    let runtime = BareRuntime::new(&host.native_target(), Settings::default(), Vec::new())?;
    let mut module = parse_module(PROGRAM, runtime.abi().clone())?;
    verify_module(&module).map_err(|errors| format!("{errors:?}"))?;
    let picture = module.function_named("picture").ok_or("the program has no `picture`")?;
    // What the entry trampoline calls: takes its arguments from memory, whatever the signature.
    let entry = add_call_wrapper(&mut module, picture);

    println!("compiled for this process: {}", run_in_jit(&runtime, &module, entry, &host)?);
    run_from_image(&runtime, module, entry)
}

/// Optimises, compiles and calls the module in this process.
fn run_in_jit(runtime: &BareRuntime, module: &Module, entry: FuncId, host: &Host) -> Result<u128, Box<dyn Error>> {
    let (mut optimized, mut context) = (module.clone(), PassContext::default());
    let target = host.native_target();
    for function in optimized.functions.values_mut() {
        let Some(body) = &mut function.body else { continue };
        optimize(body, module, &mut context, &PipelineOptions::default(), &|feature| target.cpu_has(feature));
    }
    let batch = runtime.define(&optimized, &|_| 0)?;
    call(runtime, batch.address_of(entry).ok_or("the entry was not compiled")?)
}

/// Writes an image of the module, and loads and calls it as if on three machines.
fn run_from_image(runtime: &BareRuntime, module: Module, entry: FuncId) -> Result<(), Box<dyn Error>> {
    let output = std::env::temp_dir().join(format!("neutral-module-{}.so", std::process::id()));
    let request = EmitRequest {
        module,
        targets: Spec::parse(TARGETS, &Host::detect())?,
        spec: TARGETS.to_owned(),
        kind: ImageKind::Program,
        name: "neutral".to_owned(),
        heap: None,
        parents: Vec::new(),
        meta: Vec::new(),
        layout_hash: 0,
        options: EmitOptions::new(&output),
    };
    let report = emit_image(request)?;
    println!("image of {} bytes: versions by target {:?}", report.file_bytes, report.versions);
    for hidden in ["", "-avx2", "-avx"] {
        let host = Host::detect_with_hidden(hidden)?;
        let image = open(&output, &OpenOptions::new(&host, runtime.abi().hash()))?;
        for code in image.code_ranges() {
            runtime.code().register(code.addresses, TableBytes::Mapped(code.pc_table))?;
        }
        let selection = image.selection();
        let target = display_targets(&image.header().targets[selection.index..=selection.index]);
        let address = image.function_address(entry.as_u32()).ok_or("the entry is not in the image")?;
        let answer = call(runtime, address as u64)?;
        println!("from the image, features hidden `{hidden}`: {answer}, by target `{target}` ({})", selection.reason);
    }
    Ok(std::fs::remove_file(output)?)
}

/// Calls the wrapper of `picture`.
fn call(runtime: &BareRuntime, code: u64) -> Result<u128, Box<dyn Error>> {
    let mut task = runtime.task()?;
    let mut values = [WIDTH];
    // SAFETY: the task is this run-time system's and this thread's; the code is a wrapper, of a function of one integer.
    unsafe { runtime.call(&mut *task, code, &mut values) }.map_err(|exception| format!("it threw {exception}"))?;
    Ok(values[0])
}

#[test]
fn it_runs() {
    main().unwrap();
}
