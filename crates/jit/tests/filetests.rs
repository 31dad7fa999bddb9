//! The run directives of the IR's test files, in compiled code: as written and after the pipeline, at each level of the
//! back end. What the interpreter must give, the machine must give.

mod common;

use std::path::{Path, PathBuf};

use common::{Program, generic, settings};
use tintype_codegen::OptLevel;
use tintype_ir::constant::Constant;
use tintype_ir::evaluate::mask;
use tintype_ir::filetest::{Expected, Run, TestFile};
use tintype_ir::interpret::Outcome;
use tintype_ir::module::Module;
use tintype_ir::types::Type;
use tintype_jit::bare::BareRuntime;
use tintype_passes::{PassContext, PipelineOptions, optimize};
use tintype_target::{Arch, TargetSpec};

/// Every test file below a folder that is run, by path.
fn test_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            test_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tir") {
            found.push(path);
        }
    }
    found.sort();
}

/// Optimises every function as the pipeline's level says; `None` leaves the module as written.
fn prepare(module: &mut Module, level: Option<u8>, has_avx2: bool) {
    let Some(level) = level else { return };
    let options = PipelineOptions { level, verify: true, ..PipelineOptions::default() };
    for func in module.functions.keys() {
        if let Some(mut body) = module.functions[func].body.take() {
            optimize(&mut body, module, &mut PassContext::default(), &options, &|name| has_avx2 && name == "avx2");
            module.functions[func].body = Some(body);
        }
    }
}

/// Functions that read stack memory nobody wrote: the interpreter gives zeros, a machine what was there.
const READS_UNWRITTEN_MEMORY: [&str; 2] = ["slot", "stack"];

/// Whether only the interpreter gives the run a meaning.
fn is_undefined(run: &Run, module: &Module) -> bool {
    // An exception is an object: the task's pending exception is null when there is none.
    let null = |arg: &Constant| arg.ty == Type::Ref && arg.bits == 0;
    let throws_null = run.expected == Expected::Throws && run.args.iter().any(null);
    throws_null || READS_UNWRITTEN_MEMORY.contains(&module.functions[run.function].name.as_str())
}

/// What came of a run; a trap ends a child process.
fn outcome(program: &mut Program, run: &Run) -> Result<Outcome, String> {
    let decl = &program.module.functions[run.function];
    let (name, results) = (decl.name.clone(), decl.signature.results.clone());
    let args: Vec<u128> = run.args.iter().map(|arg| arg.bits).collect();
    if let Expected::Traps(code) = run.expected {
        // SAFETY: the child runs compiled code and helpers that take no lock another thread may hold, and exits at once.
        let status = unsafe {
            let child = libc::fork();
            if child == 0 {
                let _ = program.call(&name, &args);
                libc::_exit(0);
            }
            let mut status = 0;
            libc::waitpid(child, &mut status, 0);
            status
        };
        let trapped = libc::WIFSIGNALED(status) && [libc::SIGILL, libc::SIGFPE].contains(&libc::WTERMSIG(status));
        return if trapped { Ok(Outcome::Trapped(code)) } else { Err(format!("line {}: it did not trap", run.line)) };
    }
    Ok(match program.call(&name, &args) {
        Ok(values) => {
            Outcome::Returned(values.into_iter().zip(results).map(|(bits, ty)| bits & mask(ty.bits())).collect())
        }
        Err(exception) => Outcome::Threw(exception),
    })
}

fn check(opt: OptLevel, level: Option<u8>) {
    let mut paths = Vec::new();
    test_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ir"), &mut paths);
    let (mut n_runs, mut failures) = (0, Vec::new());
    // Slots hold objects with a header and 256 bytes of payload.
    let mut objects = vec![[0u128; 18]; 64];
    let addresses: Vec<u64> = objects.iter_mut().map(|object| object.as_mut_ptr() as u64 + 16).collect();
    for path in paths {
        let file = TestFile::parse(&std::fs::read_to_string(&path).unwrap());
        if file.directives_named("run").next().is_none() {
            continue;
        }
        // Tests of passes are for a CPU with AVX2, the interpreter's for one without any feature.
        let has_avx2 = path.components().any(|part| part.as_os_str() == "passes");
        let haswell = TargetSpec::of_cpu(Arch::X86_64, "haswell").expect("a known CPU");
        let spec = if has_avx2 { haswell } else { generic() };
        let runtime = BareRuntime::new(&spec, settings(opt), Vec::new()).unwrap();
        let mut module = match tintype_ir::text::parse_module(&file.text, runtime.abi().clone()) {
            Ok(module) => module,
            // Tests of passes may call helpers that only exist there.
            Err(error) if error.message.contains("there is no helper") => continue,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let runs = file.runs(&module).unwrap();
        prepare(&mut module, level, has_avx2);
        let mut program = Program::from_module(runtime, module, &|slot| addresses[slot.as_u32() as usize]);
        program.task.context_slots = addresses.as_ptr() as u64;
        for run in &runs {
            if is_undefined(run, &program.module) {
                continue;
            }
            n_runs += 1;
            let checked = outcome(&mut program, run).and_then(|outcome| run.check(&program.module, &outcome));
            failures.extend(checked.err().map(|error| format!("{}: {error}\n", path.display())));
        }
    }
    assert!(n_runs > 50, "{n_runs} runs were found");
    assert!(failures.is_empty(), "{}", failures.concat());
}

#[test]
fn as_written() {
    check(OptLevel::None, None);
    check(OptLevel::Speed, None);
}

#[test]
fn only_lowered() {
    check(OptLevel::None, Some(0));
}

#[test]
fn optimised() {
    check(OptLevel::Speed, Some(1));
    check(OptLevel::Speed, Some(2));
}
