//! The command line as data. Parsing follows Julia's conventions: options end at the first file, expression or `--`,
//! and everything behind belongs to the program.
//!
//! Nothing is opened or looked up here, and no environment variable is read.

mod build;
mod inspect;
mod run;
mod usage;
mod values;

use std::ffi::OsString;
use std::path::PathBuf;

pub use build::BuildArguments;
pub use inspect::{InspectArguments, View};
pub use run::{Input, RunArguments};
pub use usage::Usage;

use crate::help::Topic;

/// What a command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Run a program.
    Run(Box<RunArguments>),
    /// Build an image.
    BuildImage(Box<BuildArguments>),
    /// Show what an image holds.
    Inspect(InspectArguments),
    /// Print the expressions of a source file.
    DumpExpr(PathBuf),
    /// Print the CPUs and features a target may name.
    CpuHelp,
    /// Print a help text.
    Help(Topic),
    /// Print the version.
    Version,
}

/// Reads the arguments of a process, without the name it was called by.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Usage> {
    let mut arguments = arguments.into_iter().peekable();
    let verb = arguments.peek().and_then(|first| first.to_str());
    match verb {
        Some("build-image") => build::parse(arguments.skip(1)),
        Some("inspect") => inspect::parse(arguments.skip(1)),
        Some("pkg") => Err(Usage::unsupported("`tintype pkg`")),
        _ => run::parse(arguments),
    }
}

#[cfg(test)]
mod tests;
