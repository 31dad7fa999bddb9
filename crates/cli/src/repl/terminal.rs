//! Inputs typed at a terminal: edited, with history. Enter ends an input when it is complete.

use std::io::IsTerminal;
use std::path::PathBuf;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Config, Editor, Helper};
use tintype_engine::is_incomplete;

use super::Input;
use crate::failure::Failure;

const PROMPT: &str = "tintype> ";
/// Inputs that are remembered.
const HISTORY_LENGTH: usize = 10_000;

/// Asks for another line while the expression is incomplete.
struct Complete;

impl Completer for Complete {
    type Candidate = String;
}
impl Hinter for Complete {
    type Hint = String;
}
impl Highlighter for Complete {}
impl Helper for Complete {}

impl Validator for Complete {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let is_question = context.input().trim_start().starts_with('?');
        let incomplete = !is_question && is_incomplete(context.input());
        Ok(if incomplete { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

/// The terminal.
pub struct Terminal {
    editor: Editor<Complete, FileHistory>,
    history: Option<PathBuf>,
}

/// Whether somebody types.
pub fn is_one() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

impl Terminal {
    /// The terminal, with what was typed in earlier sessions.
    pub fn new() -> Result<Self, Failure> {
        let config = Config::builder().max_history_size(HISTORY_LENGTH).map_err(Failure::new)?.auto_add_history(true);
        let mut editor = Editor::with_config(config.build()).map_err(Failure::new)?;
        editor.set_helper(Some(Complete));
        let history = history_file();
        if let Some(file) = &history {
            // The first session has no file yet.
            let _ = editor.load_history(file);
        }
        Ok(Self { editor, history })
    }

    /// Writes the history.
    pub fn remember(&mut self) -> Result<(), Failure> {
        let Some(file) = &self.history else { return Ok(()) };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::at(folder, error))?;
        }
        self.editor.save_history(file).map_err(|error| Failure::at(file, error))
    }
}

impl Input for Terminal {
    fn next(&mut self) -> Result<Option<String>, Failure> {
        loop {
            match self.editor.readline(PROMPT) {
                Ok(text) => {
                    // A program may end the process: what was typed is kept now.
                    self.remember()?;
                    return Ok(Some(text));
                }
                Err(ReadlineError::Interrupted) => println!("^C"),
                Err(ReadlineError::Eof) => return Ok(None),
                Err(error) => return Err(Failure::new(error)),
            }
        }
    }
}

/// `TINTYPE_HISTORY`, else a file in the user's state folder.
fn history_file() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(file) = named("TINTYPE_HISTORY") {
        return Some(file);
    }
    let state = named("XDG_STATE_HOME").or_else(|| Some(named("HOME")?.join(".local/state")))?;
    Some(state.join("tintype/history"))
}
