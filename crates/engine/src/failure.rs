//! What can go wrong for a user of the engine, and how it is told.

use std::fmt;

/// Why a program did not run to its end.
#[derive(Debug)]
pub enum Failure {
    /// The source is not what the language allows: rendered diagnostics.
    Syntax(Vec<String>),
    /// An exception nobody caught: the text after `ERROR: `.
    Uncaught(String),
    /// Nobody caught the `InterruptException` of an interruption by the user.
    Interrupted(String),
    /// A file could not be read.
    Read {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Syntax(diagnostics) => f.write_str(diagnostics.join("\n").trim_end()),
            Failure::Uncaught(text) | Failure::Interrupted(text) => write!(f, "ERROR: {text}"),
            Failure::Read { path, why } => write!(f, "ERROR: SystemError: opening file {path:?}: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Why an engine did not start. The text is for the user.
#[derive(Debug)]
pub enum StartError {
    /// Memory for the heap or for code.
    Memory(std::io::Error),
    /// The image cannot be used.
    Image(String),
    /// The CPU target is not understood.
    Target(String),
    /// The base library did not load: a defect of this build.
    Base(Failure),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Memory(error) => write!(f, "reserving memory: {error}"),
            StartError::Image(text) | StartError::Target(text) => f.write_str(text),
            StartError::Base(failure) => write!(f, "the base library does not load: {failure}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        StartError::Memory(error)
    }
}
