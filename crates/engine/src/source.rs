//! Source texts: where a path's text comes from, and its parsed form.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use tintype_runtime::Context;
use tintype_runtime::objects::*;
use tintype_syntax::{LineIndex, Node, NodeKind};

use crate::base_library;
use crate::failure::Failure;
use crate::toplevel::{Place, Stop, SyntaxError};
use crate::trees::file_of;

/// A parsed text.
pub(crate) struct Source {
    /// The name in messages and line numbers.
    pub file: String,
    /// The text.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// The expressions at top level, in order; line nodes are left out.
    pub expressions: Vec<Node>,
    /// Hash of file name and text: part of the definition sites of what it declares.
    pub hash: u64,
}

impl Source {
    /// Parses a text.
    ///
    /// # Errors
    /// The diagnostics, rendered.
    pub fn parse(file: &str, text: String) -> Result<Rc<Source>, SyntaxError> {
        let parsed = tintype_syntax::parse_all(&text);
        let errors =
            parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == tintype_syntax::Severity::Error);
        let errors: Vec<_> = errors.collect();
        if let Some(first) = errors.first() {
            let line = LineIndex::new(&text).line(first.span.start);
            let rendered = errors.iter().map(|error| tintype_syntax::render(error, file, &text));
            return Err(SyntaxError {
                message: first.message.clone(),
                rendered: rendered.collect(),
                place: Place { file: file.to_owned(), line },
            });
        }
        let expressions = match parsed.node.kind {
            NodeKind::Expr(_, children) => {
                children.into_iter().filter(|child| !matches!(child.kind, NodeKind::Line(_))).collect()
            }
            _ => vec![parsed.node],
        };
        let hash = xxhash_rust::xxh3::xxh3_64_with_seed(text.as_bytes(), xxhash_rust::xxh3::xxh3_64(file.as_bytes()));
        Ok(Rc::new(Source { file: file.to_owned(), lines: LineIndex::new(&text), text, expressions, hash }))
    }

    /// Reads and parses a file; paths that begin with `base/` and name a file of the base library mean the one inside
    /// the program when `from_base` says so.
    ///
    /// # Errors
    /// The file cannot be read, is no UTF-8 text, or does not parse.
    pub fn read(path: &Path, from_base: bool) -> Result<Rc<Source>, Stop> {
        let name = path.to_string_lossy().into_owned();
        if from_base && let Some(text) = base_library::source(&name) {
            return Source::parse(&name, text.into_owned()).map_err(Stop::Syntax);
        }
        let failed = |why: String| Stop::Failure(Failure::Read { path: name.clone(), why });
        if path.is_dir() {
            return Err(failed("it is a directory".to_owned()));
        }
        let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
        let text =
            String::from_utf8(bytes).map_err(|error| failed(format!("not UTF-8 text: {}", error.utf8_error())))?;
        Source::parse(&name, text).map_err(Stop::Syntax)
    }

    /// The source of an expression that has no text: its file is the one its line numbers name.
    pub fn of_expression(cx: &Context, expression: Value) -> Source {
        let file = file_of(cx, expression, 0).map_or_else(|| "none".to_owned(), |file| file.as_str().to_owned());
        Source { file, text: String::new(), lines: LineIndex::new(""), expressions: Vec::new(), hash: 0 }
    }

    /// What stands for the text in the definition sites of what an expression declares: the expression itself.
    pub fn hash_with(&self, seed: u64, node: &Node) -> u64 {
        xxhash_rust::xxh3::xxh3_64_with_seed(format!("{node:?}").as_bytes(), seed)
    }
}

/// The path an `include` names, from the file that contains it.
pub(crate) fn included_path(file: &str, path: &str) -> PathBuf {
    match Path::new(file).parent() {
        Some(folder) => folder.join(path),
        None => PathBuf::from(path),
    }
}
