//! Source texts: where a path's text comes from, and its parsed form.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use tintype_syntax::{LineIndex, Node, NodeKind};

use crate::base_library;
use crate::failure::Failure;

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
    pub fn parse(file: &str, text: String) -> Result<Rc<Source>, Failure> {
        let parsed = tintype_syntax::parse_all(&text);
        let errors =
            parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == tintype_syntax::Severity::Error);
        let rendered: Vec<String> = errors.map(|error| tintype_syntax::render(error, file, &text)).collect();
        if !rendered.is_empty() {
            return Err(Failure::Syntax(rendered));
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
    pub fn read(path: &Path, from_base: bool) -> Result<Rc<Source>, Failure> {
        let name = path.to_string_lossy().into_owned();
        if from_base && let Some(text) = base_library::source(&name) {
            return Source::parse(&name, text.into_owned());
        }
        let failed = |why: String| Failure::Read { path: name.clone(), why };
        if path.is_dir() {
            return Err(failed("it is a directory".to_owned()));
        }
        let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
        let text =
            String::from_utf8(bytes).map_err(|error| failed(format!("not UTF-8 text: {}", error.utf8_error())))?;
        Source::parse(&name, text)
    }
}

/// The path an `include` names, from the file that contains it.
pub(crate) fn included_path(file: &str, path: &str) -> PathBuf {
    match Path::new(file).parent() {
        Some(folder) => folder.join(path),
        None => PathBuf::from(path),
    }
}
