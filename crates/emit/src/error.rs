//! Why no image was made.

use std::fmt;
use std::io;
use std::path::PathBuf;

use tintype_codegen::CodegenError;
use tintype_image::ImageError;

/// A failure of an emission. No file is left behind, and one that was there before is untouched.
#[derive(Debug)]
pub enum EmitError {
    /// The request contradicts itself. The caller's mistake.
    Request(String),
    /// The module breaks a rule of the IR. The front end's mistake.
    Module(String),
    /// A function refers to another that is only declared; an image needs no symbol of anything else.
    Undefined {
        /// The function that refers to it.
        function: String,
        /// What it refers to.
        target: String,
    },
    /// Two things of the image would have one symbol name.
    DuplicateSymbol(String),
    /// A function cannot be compiled.
    Codegen(CodegenError),
    /// The object files could not be written or linked: a defect of this crate or of the linker.
    Link(String),
    /// The image could not be sealed or put in place.
    Image(ImageError),
    /// The archive could not be written.
    Archive {
        /// Where.
        path: PathBuf,
        /// The system's answer.
        error: io::Error,
    },
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmitError::Request(problem) => write!(f, "image request: {problem}"),
            EmitError::Module(problem) => write!(f, "module: {problem}"),
            EmitError::Undefined { function, target } => {
                write!(f, "function `{function}` refers to `{target}`, which the module does not define")
            }
            EmitError::DuplicateSymbol(name) => write!(f, "two functions or data would have the symbol `{name}`"),
            EmitError::Codegen(error) => error.fmt(f),
            EmitError::Link(message) => write!(f, "linking the image failed: {message}"),
            EmitError::Image(error) => error.fmt(f),
            EmitError::Archive { path, error } => write!(f, "cannot write `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for EmitError {}

impl From<CodegenError> for EmitError {
    fn from(error: CodegenError) -> Self {
        EmitError::Codegen(error)
    }
}

impl From<ImageError> for EmitError {
    fn from(error: ImageError) -> Self {
        EmitError::Image(error)
    }
}

impl From<cranelift_object::object::write::Error> for EmitError {
    fn from(error: cranelift_object::object::write::Error) -> Self {
        EmitError::Link(error.to_string())
    }
}
