//! Running a program: options become an engine's, and what the program ends with becomes the status.

use std::path::{Path, PathBuf};

use tintype_engine::{Engine, INTERRUPTED_STATUS, Options, Program};

use crate::arguments::{Input, RunArguments};
use crate::failure::Failure;
use crate::repl;

/// Name of the system image that is used if it lies beside the executable.
const IMAGE_BESIDE: &str = "tintype-base.so";

/// Runs what the arguments name; the status of the process.
pub fn run(arguments: &RunArguments) -> Result<i32, Failure> {
    let engine = Engine::start(options(arguments)).map_err(Failure::new)?;
    let program = engine.new_context().map_err(Failure::new)?;
    let end = perform(&program, arguments);
    if arguments.gc_stats {
        print_gc_stats(&engine);
    }
    end
}

fn perform(program: &Program, arguments: &RunArguments) -> Result<i32, Failure> {
    let args = &arguments.program_args;
    let _interruptible = program.interruptible();
    let ended = match &arguments.input {
        Input::File(path) => program.run_file(path, args),
        Input::Text(text) => program.run_text(text, args),
        Input::Image if program.has_main() && !arguments.interactive => program.run_main(args),
        // A file in the terminal's place is a program like any other.
        Input::Image if !arguments.interactive && stdin_is_a_file() => program.run_file(Path::new("/dev/stdin"), args),
        Input::Image => Ok(0),
    };
    let is_given = arguments.input != Input::Image || program.has_main() || stdin_is_a_file();
    let wants_prompt = arguments.interactive || !is_given;
    let status = match ended {
        Ok(status) if !wants_prompt => Ok(status),
        Ok(_) => repl::run(program, arguments.quiet),
        Err(failure) if wants_prompt => {
            eprintln!("{failure}");
            repl::run(program, arguments.quiet)
        }
        // The text is complete: `ERROR: ` and what follows.
        Err(failure @ tintype_engine::Failure::Interrupted(_)) => {
            eprintln!("{failure}");
            Ok(INTERRUPTED_STATUS)
        }
        Err(failure) => Err(Failure(failure.to_string())),
    };
    program.run_exit_hooks();
    status
}

fn stdin_is_a_file() -> bool {
    std::fs::metadata("/dev/stdin").is_ok_and(|metadata| metadata.is_file())
}

/// What the environment says, then what the command line says.
fn options(arguments: &RunArguments) -> Options {
    let mut options = Options::from_environment();
    options.image = arguments.image.clone().or_else(default_image);
    options.cpu_target = arguments.cpu_target.clone().or(options.cpu_target);
    options.optimize = arguments.optimize.unwrap_or(options.optimize);
    options.compile = arguments.compile.unwrap_or(options.compile);
    options.heap_size_hint = arguments.heap_size_hint.or(options.heap_size_hint);
    options.check_bounds = arguments.check_bounds.unwrap_or(options.check_bounds);
    options.trace_compile = arguments.trace_compile.clone().or(options.trace_compile);
    options.trace_compile_timing |= arguments.trace_compile_timing;
    options.trace_invalidations = arguments.trace_invalidations.clone().or(options.trace_invalidations);
    options.verify = arguments.verify.unwrap_or(options.verify);
    options.verbose |= arguments.verbose;
    options.start_timings |= arguments.start_timings;
    options
}

/// The system image beside the executable, else the one the environment names; without either, the base library is
/// evaluated from its source.
pub fn default_image() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.with_file_name(IMAGE_BESIDE);
    if beside.is_file() {
        return Some(beside);
    }
    std::env::var_os("TINTYPE_SYSIMAGE").filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn print_gc_stats(engine: &Engine) {
    let stats = engine.gc_stats();
    eprintln!("gc: {} collections", stats.collections);
    eprintln!("gc: {} bytes allocated, {} alive after the last collection", stats.bytes_allocated, stats.live_bytes);
    let milliseconds = |nanoseconds: u64| nanoseconds as f64 / 1e6;
    eprintln!(
        "gc: {:.3} ms paused in all, {:.3} ms at most",
        milliseconds(stats.total_pause_ns),
        milliseconds(stats.max_pause_ns)
    );
}
