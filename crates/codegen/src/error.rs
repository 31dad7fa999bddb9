//! Why code generation fails. Each variant says whose fault it is.

use std::fmt;

/// A failure of code generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodegenError {
    /// The function uses something no code is generated for yet. The front end must avoid it.
    Unsupported {
        /// The function.
        function: String,
        /// The instruction or signature, as text.
        entity: String,
        /// What of it is unsupported.
        reason: String,
    },
    /// The target cannot be generated code for. Whoever chose the target must choose another.
    Target(String),
    /// The back end refused the function: a defect of this crate or of the back end.
    Backend {
        /// The function.
        function: String,
        /// What the back end said.
        message: String,
    },
}

impl fmt::Display for CodegenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodegenError::Unsupported { function, entity, reason } => {
                write!(f, "function `{function}`: `{entity}`: {reason}")
            }
            CodegenError::Target(message) => write!(f, "target: {message}"),
            CodegenError::Backend { function, message } => {
                write!(f, "function `{function}`: the back end failed: {message}")
            }
        }
    }
}

impl std::error::Error for CodegenError {}
