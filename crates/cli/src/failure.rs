//! What makes a command fail although its arguments were right; the status is then 1.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// A message for the user: complete, several lines perhaps, without a line break at its end.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// A failure that concerns a file.
    pub fn at(path: &Path, problem: impl fmt::Display) -> Self {
        Self(format!("ERROR: {}: {problem}", path.display()))
    }

    /// A failure of the command as a whole.
    pub fn new(problem: impl fmt::Display) -> Self {
        Self(format!("ERROR: {problem}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Writes a text to standard output. A reader that closed its end has what it wanted: that is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format_args!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
