//! What lowering reports: messages with places in the source.

use tintype_syntax::Span;

/// An error or a warning at a place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The text, in Julia's wording where it has one, without `syntax: `.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// The result of every step of lowering: the first error ends it.
pub(crate) type Result<T> = std::result::Result<T, Diagnostic>;

/// An error result.
pub(crate) fn error<T>(message: impl Into<String>, span: Span) -> Result<T> {
    Err(Diagnostic { message: message.into(), span })
}

/// An error result for what is part of the language but not handled here.
pub(crate) fn unsupported<T>(what: &str, span: Span) -> Result<T> {
    error(format!("{what} is not supported yet"), span)
}
