//! How much faster an image is emitted with two threads than with one.
//!
//! `cargo run -p tintype-emit --example emit_scaling [FUNCTIONS] [RUNS]` makes a module, emits it with one and with two
//! threads in turns, compares the files, and prints the best time of each with the ratio. It reads no other argument and
//! leaves nothing behind.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tintype_emit::{EmitOptions, EmitReport, EmitRequest, emit_image};
use tintype_image::ImageKind;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::Module;
use tintype_ir::text::parse_module;
use tintype_target::{Arch, Host, Spec};

const TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1)";

fn main() {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<usize>().expect("a number"));
    let (n_functions, runs) = (args.next().unwrap_or(3000), args.next().unwrap_or(3));
    let module = parse_module(&program(n_functions), Arc::new(RuntimeAbi::bare())).expect("the program is valid");
    let directory = tempfile::tempdir().expect("a place for temporary files");
    let mut best = [Duration::MAX; 2];
    let mut files = [Vec::new(), Vec::new()];
    for _ in 0..runs {
        for threads in [1, 2] {
            let output = directory.path().join(format!("{threads}.so"));
            let start = Instant::now();
            let report = emit_image(request(module.clone(), threads, &output)).expect("the module is emitted");
            let time = start.elapsed();
            if time < best[threads - 1] {
                best[threads - 1] = time;
                print_report(&report);
            }
            files[threads - 1] = std::fs::read(output).expect("the image is there");
        }
    }
    assert!(files[0] == files[1], "the image depends on the number of threads");
    let seconds = best.map(|time| time.as_secs_f64());
    println!("1 thread {:.3} s, 2 threads {:.3} s, ratio {:.2}", seconds[0], seconds[1], seconds[0] / seconds[1]);
}

fn request(module: Module, threads: usize, output: &Path) -> EmitRequest {
    EmitRequest {
        module,
        targets: Spec::parse(TARGETS, &Host::baseline(Arch::X86_64)).expect("the spec is valid"),
        spec: TARGETS.to_owned(),
        kind: ImageKind::Program,
        name: "scaling".to_owned(),
        heap: None,
        parents: Vec::new(),
        meta: Vec::new(),
        layout_hash: 0,
        options: EmitOptions { threads, verify: false, ..EmitOptions::new(output) },
    }
}

fn print_report(report: &EmitReport) {
    let phases = report.phases.iter().map(|(phase, time)| format!("{phase} {:.3}", time.as_secs_f64()));
    println!(
        "{} threads: {} functions, versions {:?}, {} shards, {} KiB of code; {}",
        report.threads,
        report.functions,
        report.versions,
        report.shards.len(),
        report.code_bytes >> 10,
        phases.collect::<Vec<_>>().join(", ")
    );
}

/// Functions of some forty instructions, most with a loop, each calling two before it.
fn program(n_functions: usize) -> String {
    let mut text = String::new();
    for n in 0..n_functions {
        let calls = |which: usize| match n {
            0 => "iadd v12, v13".to_owned(),
            _ => format!("call %f{}(v12)", (n * 7919 + which * 104_729) % n),
        };
        let step = if n % 4 == 0 { "jump block3(v11)" } else { "jump block1(v10, v11)" };
        write!(
            text,
            "function %f{n}(i64) -> i64 {{\nblock0(v0: i64):\n    v1 = iconst.i64 0\n    v2 = iconst.i64 {n}\n\
             v3 = bxor v0, v2\n    jump block1(v1, v3)\nblock1(v4: i64, v5: i64):\n    v6 = icmp slt v4, v0\n\
             branch v6, block2, block3(v5)\nblock2:\n    v7 = imul v5, v3\n    v8 = iadd v7, v4\n    v9 = iconst.i64 1\n\
             v10 = iadd v4, v9\n    v11 = bxor v8, v2\n    {step}\nblock3(v12: i64):\n    v13 = isub v12, v2\n"
        )
        .and_then(|()| writeln!(text, "    v14 = {}\n    v15 = {}", calls(1), calls(2)))
        .and_then(|()| writeln!(text, "    v16 = fcvt_from_sint.f64 v14"))
        .expect("a string grows");
        text.push_str(FLOATS);
    }
    text
}

/// The rest of each function: floating point, and two paths that meet.
const FLOATS: &str = "    v18 = fadd v16, v16
    v19 = fmul v18, v16
    v20 = fsub v19, v18
    v21 = f64const 1.5
    v22 = fcmp lt v20, v21
    branch v22, block4, block5
block4:
    v23 = imul v14, v15
    v24 = iadd v23, v13
    jump block6(v24)
block5:
    v25 = isub v15, v14
    v26 = bxor v25, v13
    jump block6(v26)
block6(v27: i64):
    v28 = iadd v27, v14
    v29 = isub v28, v15
    return v29
}
";
