//! Diagnostics: what is wrong with a text, where, and how it is shown.
//!
//! A diagnostic refers to the text by offsets; [`render`] needs the text to show the line.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::ast::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The text has no meaning.
    Error,
    /// The text has a meaning, perhaps not the one intended.
    Warning,
}

/// One mistake in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where. May be empty, at the end of the text for example.
    pub span: Span,
    /// Advice or background, shown after the line.
    pub notes: Vec<String>,
    /// The text ended too early; with more text it might be right. A prompt asks for another line.
    pub incomplete: bool,
}

impl Diagnostic {
    /// An error without notes.
    pub fn error(message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic { severity: Severity::Error, message: message.into(), span, notes: Vec::new(), incomplete: false }
    }

    /// The diagnostic with a note added.
    pub fn with_note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }
}

/// Shows a diagnostic as plain text: the message, `file:line:column`, the line, and a mark under the place.
///
/// `source` is the text that was parsed and `file_name` what to call it. Nothing is coloured; the text ends
/// with a line break.
pub fn render(diagnostic: &Diagnostic, file_name: &str, source: &str) -> String {
    render_with(diagnostic, file_name, source, &Renderer::plain())
}

/// As [`render`], with the colours of an ANSI terminal.
pub fn render_coloured(diagnostic: &Diagnostic, file_name: &str, source: &str) -> String {
    render_with(diagnostic, file_name, source, &Renderer::styled())
}

fn render_with(diagnostic: &Diagnostic, file_name: &str, source: &str, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let range = shown_range(diagnostic.span, source);
    let snippet = Snippet::source(source).path(file_name).annotation(AnnotationKind::Primary.span(range));
    let mut group = level.primary_title(diagnostic.message.as_str()).element(snippet);
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let mut text = renderer.render(&[group]).to_string();
    text.push('\n');
    text
}

/// The part of a span that is shown: on character boundaries, on its first line, not empty if avoidable.
fn shown_range(span: Span, source: &str) -> std::ops::Range<usize> {
    let mut start = (span.start as usize).min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = source[start..].find('\n').map_or(source.len(), |i| start + i);
    let mut end = (span.end as usize).clamp(start, line_end);
    while !source.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
