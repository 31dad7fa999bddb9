//! How lowering reports mistakes: the diagnostics of `syntax`, in Julia's wording where it has one.

use tintype_syntax::{Diagnostic, Severity, Span};

/// The result of every step of lowering: the first error ends it.
pub(crate) type Result<T> = std::result::Result<T, Diagnostic>;

/// An error result.
pub(crate) fn error<T>(message: impl Into<String>, span: Span) -> Result<T> {
    Err(Diagnostic::error(message, span))
}

/// An error result for what is part of the language but not handled here.
pub(crate) fn unsupported<T>(what: &str, span: Span) -> Result<T> {
    error(format!("{what} is not supported yet"), span)
}

/// A warning.
pub(crate) fn warning(message: String, span: Span) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message, span) }
}
