//! Test files: modules in the text format with a header that says how to test them and comments that say what must
//! come of it. Every crate that works on the IR reads its tests by this; none of it does I/O.
//!
//! ```text
//! test interpret                      ; header lines: a command and its words, before anything else
//!
//! function %half(i64) -> i64 {
//! block0(v0: i64):
//!     v1 = iconst.i64 0
//!     v2 = sdiv v0, v1                ; error: text     (of the complaint about this line)
//!     return v2
//! }
//! ; block0(v0: i64):                  <- other comments right behind a function: its expected form, line by line
//! ; run: %half(4) == 2                (also: `returns`, `throws`, `traps division_by_zero`)
//! ```

use std::fmt::Write as _;

use crate::constant::Constant;
use crate::instruction::TrapCode;
use crate::interpret::Outcome;
use crate::module::{FuncId, Module};
use crate::types::Signature;

/// A header line: what to do with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The first word: `test`, `target` and so on.
    pub keyword: String,
    /// The other words.
    pub words: Vec<String>,
}

/// A comment `; name: text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// 1-based line.
    pub line: u32,
    /// `run`, `error`, `check` and so on.
    pub name: String,
    /// What follows the colon.
    pub text: String,
}

/// A test file taken apart.
#[derive(Clone, Debug)]
pub struct TestFile {
    /// The header.
    pub commands: Vec<Command>,
    /// The module's text, with the header's lines left empty so that positions are the file's.
    pub text: String,
    /// The directives, in order.
    pub directives: Vec<Directive>,
}

/// The names of directives; other comments are prose or expected forms.
const DIRECTIVES: [&str; 4] = ["run", "error", "check", "not"];
/// The first words of header lines.
const HEADER_KEYWORDS: [&str; 3] = ["test", "target", "set"];

impl TestFile {
    /// Takes a file apart; whether the module is one is found out when its text is parsed.
    pub fn parse(content: &str) -> Self {
        let mut file = TestFile { commands: Vec::new(), text: String::new(), directives: Vec::new() };
        let mut in_header = true;
        for (index, line) in content.lines().enumerate() {
            let mut words = line.split(';').next().unwrap_or_default().split_whitespace().map(str::to_owned);
            let first = words.next();
            in_header &= first.as_deref().is_none_or(|word| HEADER_KEYWORDS.contains(&word));
            match first.filter(|_| in_header) {
                Some(keyword) => file.commands.push(Command { keyword, words: words.collect() }),
                None => file.text.push_str(line),
            }
            file.text.push('\n');
            file.directives.extend(directive(line, index as u32 + 1));
        }
        file
    }

    /// The words after `test name` in the header, if that line is there.
    pub fn test(&self, name: &str) -> Option<&[String]> {
        let is_named =
            |command: &&Command| command.keyword == "test" && command.words.first().is_some_and(|word| word == name);
        self.commands.iter().find(is_named).map(|command| &command.words[1..])
    }

    /// The directives of a name.
    pub fn directives_named(&self, name: &str) -> impl Iterator<Item = &Directive> {
        self.directives.iter().filter(move |directive| directive.name == name)
    }

    /// The `run` directives, with types from the module.
    ///
    /// # Errors
    /// The first that cannot be understood, with its line.
    pub fn runs(&self, module: &Module) -> Result<Vec<Run>, String> {
        self.directives_named("run").map(|directive| Run::parse(directive, module)).collect()
    }

    /// Compares complaints, each with its line, with the `error` directives.
    ///
    /// # Errors
    /// A list of those that are missing and those that were not expected.
    pub fn check_errors(&self, found: &[(u32, String)]) -> Result<(), String> {
        let mut report = String::new();
        let expected: Vec<_> = self.directives_named("error").collect();
        let matches = |directive: &Directive, line: u32, message: &str| {
            directive.line == line && message.contains(directive.text.as_str())
        };
        for directive in &expected {
            if !found.iter().any(|(line, message)| matches(directive, *line, message)) {
                writeln!(report, "line {}: missing error: {}", directive.line, directive.text).expect("strings");
            }
        }
        for (line, message) in found {
            if !expected.iter().any(|directive| matches(directive, *line, message)) {
                writeln!(report, "line {line}: unexpected error: {message}").expect("strings");
            }
        }
        if report.is_empty() { Ok(()) } else { Err(report) }
    }
}

fn directive(line: &str, number: u32) -> Option<Directive> {
    let (_, comment) = line.split_once(';')?;
    let (name, text) = comment.trim_start_matches(';').split_once(':')?;
    let name = name.trim();
    DIRECTIVES.contains(&name).then(|| Directive { line: number, name: name.to_owned(), text: text.trim().to_owned() })
}

/// What a run must end in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// These results.
    Returns(Vec<Constant>),
    /// An exception.
    Throws,
    /// A trap.
    Traps(TrapCode),
}

/// A `run` directive: `%name(arguments) == results`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// 1-based line.
    pub line: u32,
    /// The function.
    pub function: FuncId,
    /// Its arguments.
    pub args: Vec<Constant>,
    /// What must come of it.
    pub expected: Expected,
}

impl Run {
    fn parse(directive: &Directive, module: &Module) -> Result<Self, String> {
        let wrong = |message: &str| format!("line {}: {message} in `run: {}`", directive.line, directive.text);
        let rest = directive.text.strip_prefix('%').ok_or_else(|| wrong("expected `%`"))?;
        let (name, rest) = rest.split_once('(').ok_or_else(|| wrong("expected `(`"))?;
        let (args, rest) = rest.split_once(')').ok_or_else(|| wrong("expected `)`"))?;
        let found = module.functions.iter().find(|(_, decl)| decl.name == name.trim_matches('"'));
        let (function, decl) = found.ok_or_else(|| wrong("unknown function"))?;
        let Signature { params, results, .. } = &decl.signature;
        let args = constants(params, args).map_err(|message| wrong(&message))?;
        let rest = rest.trim();
        let expected = if let Some(values) = rest.strip_prefix("==") {
            Expected::Returns(constants(results, values).map_err(|message| wrong(&message))?)
        } else if let Some(code) = rest.strip_prefix("traps") {
            Expected::Traps(TrapCode::from_name(code.trim()).ok_or_else(|| wrong("expected a trap code"))?)
        } else {
            match rest {
                "throws" => Expected::Throws,
                "returns" => Expected::Returns(Vec::new()),
                _ => return Err(wrong("expected `==`, `returns`, `throws` or `traps`")),
            }
        };
        Ok(Run { line: directive.line, function, args, expected })
    }

    /// Compares what came of it, all NaNs being equal.
    ///
    /// # Errors
    /// The difference, in words.
    pub fn check(&self, module: &Module, outcome: &Outcome) -> Result<(), String> {
        let types = &module.functions[self.function].signature.results;
        let found = match outcome {
            Outcome::Returned(results) => {
                Expected::Returns(types.iter().zip(results).map(|(&ty, &bits)| Constant { ty, bits }).collect())
            }
            Outcome::Threw(_) => Expected::Throws,
            Outcome::Trapped(code) => Expected::Traps(*code),
        };
        let same = match (&self.expected, &found) {
            (Expected::Returns(expected), Expected::Returns(found)) => {
                expected.len() == found.len() && expected.iter().zip(found).all(|(&a, &b)| a.same(b))
            }
            (expected, found) => expected == found,
        };
        let name = &module.functions[self.function].name;
        same.then_some(()).ok_or_else(|| {
            let args = listed(&self.args);
            format!("line {}: %{name}({args}): expected {}, found {}", self.line, self.expected.text(), found.text())
        })
    }
}

impl Expected {
    fn text(&self) -> String {
        match self {
            Expected::Returns(values) => format!("== {}", listed(values)),
            Expected::Throws => "throws".to_owned(),
            Expected::Traps(code) => format!("traps {}", code.name()),
        }
    }
}

fn listed(values: &[Constant]) -> String {
    values.iter().map(Constant::to_string).collect::<Vec<_>>().join(", ")
}

/// Constants between commas, of the types given.
fn constants(types: &[crate::types::Type], text: &str) -> Result<Vec<Constant>, String> {
    let mut texts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b',' if depth == 0 => {
                texts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    if !text.trim().is_empty() {
        texts.push(&text[start..]);
    }
    if texts.len() != types.len() {
        return Err(format!("expected {} values, found {}", types.len(), texts.len()));
    }
    types.iter().zip(texts).map(|(&ty, text)| Constant::parse(ty, text)).collect()
}

/// Compares the expected forms written behind the functions of a file with what became of them.
///
/// `outputs` has, for each function by name, its new text. A function without an output has no expected form.
///
/// # Errors
/// A difference: a diff to show, and the file's content with the new forms in it, to write when the person running
/// the tests said so.
pub fn check_forms(content: &str, outputs: &[(String, String)]) -> Result<(), FormMismatch> {
    let lines: Vec<&str> = content.lines().collect();
    let mut updated = String::new();
    let mut diff = String::new();
    let mut current: Option<&str> = None;
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        updated.push_str(line);
        updated.push('\n');
        index += 1;
        if let Some(rest) = line.strip_prefix("function %") {
            let name = rest.split_once('(').map_or(rest, |(name, _)| name);
            current = Some(name.trim_matches('"'));
        }
        let Some(name) = current.filter(|_| line == "}") else { continue };
        current = None;
        let Some((_, output)) = outputs.iter().find(|(other, _)| other == name) else { continue };
        let start = index;
        while index < lines.len() && lines[index].starts_with(';') && directive(lines[index], 0).is_none() {
            index += 1;
        }
        let new: Vec<String> = output.lines().map(|line| format!("; {line}").trim_end().to_owned()).collect();
        diff.push_str(&difference(name, &lines[start..index], &new));
        new.iter().for_each(|line| {
            updated.push_str(line);
            updated.push('\n');
        });
    }
    if diff.is_empty() { Ok(()) } else { Err(FormMismatch { diff, updated }) }
}

/// What [`check_forms`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormMismatch {
    /// Removed and added lines, by function.
    pub diff: String,
    /// The whole file with the new forms.
    pub updated: String,
}

/// The lines that differ, without the common beginning and end.
fn difference(name: &str, old: &[&str], new: &[String]) -> String {
    let prefix = old.iter().zip(new).take_while(|(old, new)| *old == new).count();
    let (old, new) = (&old[prefix..], &new[prefix..]);
    let suffix = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| *old == *new).count();
    let (old, new) = (&old[..old.len() - suffix], &new[..new.len() - suffix]);
    if old.is_empty() && new.is_empty() {
        return String::new();
    }
    let removed = old.iter().map(|line| format!("- {line}\n"));
    let added = new.iter().map(|line| format!("+ {line}\n"));
    std::iter::once(format!("%{name}:\n")).chain(removed).chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "test interpret fast\n\nfunction %f() {\nblock0:\n    return ; error: no\n}\n; old\n; run: %f() returns\n";

    #[test]
    fn files_are_taken_apart() {
        let file = TestFile::parse(FILE);
        assert_eq!(file.test("interpret"), Some(&["fast".to_owned()][..]));
        assert_eq!(file.test("print"), None);
        assert!(file.text.starts_with("\n\nfunction"));
        assert_eq!(file.directives.iter().map(|directive| directive.line).collect::<Vec<_>>(), [5, 8]);
        assert!(file.check_errors(&[(5, "oh no!".to_owned())]).is_ok());
        let report = file.check_errors(&[(4, "oh no!".to_owned())]).expect_err("another line");
        assert!(report.contains("line 5: missing error: no") && report.contains("line 4: unexpected"), "{report}");
    }

    #[test]
    fn forms_are_compared_and_updated() {
        let output = |text: &str| [("f".to_owned(), text.to_owned())];
        assert_eq!(check_forms(FILE, &output("old")), Ok(()));
        let mismatch = check_forms(FILE, &output("new\nlines")).expect_err("differs");
        assert_eq!(mismatch.diff, "%f:\n- ; old\n+ ; new\n+ ; lines\n");
        assert_eq!(mismatch.updated, FILE.replace("; old", "; new\n; lines"));
        assert_eq!(check_forms(&mismatch.updated, &output("new\nlines")), Ok(()));
    }
}
