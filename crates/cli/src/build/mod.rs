//! `tintype build-image`: options and environment become a request, and what was built is told in figures.

mod environment;
mod report;

use tintype_engine::{BuildOptions, build_image};

use crate::arguments::BuildArguments;
use crate::failure::{self, Failure};
use crate::run::default_image;
use environment::{Setting, lookup};

/// The level of optimisation unless told otherwise.
const LEVEL: u8 = 2;

/// Builds an image and prints its figures, unless told to be quiet.
pub fn build(arguments: &BuildArguments) -> Result<(), Failure> {
    let show_timings = arguments.timings || taken(environment::timings(lookup("IMAGE_TIMINGS")));
    let built = build_image(&options(arguments)).map_err(Failure::new)?;
    for statement in &built.skipped_statements {
        eprintln!("WARNING: this statement names nothing that could be compiled: {statement}");
    }
    if show_timings {
        eprint!("{}", report::timings(&built));
    }
    if arguments.json {
        failure::print(&report::json(&built))?;
    } else if !arguments.quiet {
        failure::print(&report::text(&built))?;
    }
    Ok(())
}

fn options(arguments: &BuildArguments) -> BuildOptions {
    let machine = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.map(|threads| threads as usize);
    let named = || lookup("CPU_TARGET").map(|(_, spec)| spec);
    BuildOptions {
        base: arguments.base,
        input: arguments.input.clone(),
        output: arguments.output.clone(),
        // A system image has no parent.
        parent: if arguments.base { None } else { arguments.parent.clone().or_else(default_image) },
        cpu_target: arguments.cpu_target.clone().or_else(named),
        threads: Some(threads.unwrap_or_else(|| taken(environment::threads(lookup("IMAGE_THREADS"), machine)))),
        shards: arguments.shards,
        workload: arguments.workload.clone(),
        precompile_statements: arguments.precompile_statements.clone(),
        output_o: arguments.output_o.clone(),
        optimize: arguments.optimize.unwrap_or(LEVEL),
        check_bounds: arguments.check_bounds.flatten(),
        tracer: std::env::current_exe().ok(),
    }
}

/// The value of a setting; its warning is printed.
fn taken<T>(setting: Setting<T>) -> T {
    if let Some(warning) = setting.warning {
        eprintln!("WARNING: {warning}");
    }
    setting.value
}
