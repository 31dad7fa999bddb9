//! The `tintype` command: reads its arguments, calls the layer below, and turns what comes back into an exit status.
//!
//! A start from an image is measured in hundreds of microseconds, so nothing here runs that the command does not need:
//! arguments are read once, and no file or variable is looked at that was not named. What the language does belongs to
//! the engine.

#![forbid(unsafe_code)]

mod arguments;
mod build;
mod dump;
mod failure;
mod help;
mod inspect;
mod repl;
mod run;

use std::process::ExitCode;

use arguments::{Command, Usage};
use failure::Failure;

/// The status of a command line that makes no sense, or asks for what does not exist yet.
const USAGE_STATUS: u8 = 2;

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(usage) => return refuse(&usage),
    };
    match perform(command) {
        Ok(status) => status,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Help(topic) => failure::print(help::text(topic))?,
        Command::Version => failure::print(&help::version())?,
        Command::CpuHelp => failure::print(&help::cpus())?,
        Command::DumpExpr(path) => return dump::dump_expr(&path),
        Command::Inspect(arguments) => inspect::inspect(&arguments)?,
        // The process ends here: nothing that is dropped on the way would be used again, and unmapping costs time.
        Command::Run(arguments) => std::process::exit(run::run(&arguments)?),
        Command::BuildImage(arguments) => build::build(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what is wrong with the command line. Julia's command does the same with its own name in front.
fn refuse(usage: &Usage) -> ExitCode {
    eprintln!("tintype: {usage}");
    if usage.is_mistake() {
        eprintln!("Try `tintype --help`.");
    }
    ExitCode::from(USAGE_STATUS)
}
