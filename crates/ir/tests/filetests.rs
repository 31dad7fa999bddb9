//! Runs the file tests of this crate: `tests/ir/**/*.tir` with a header of `test verify`, `test print` or
//! `test interpret`. Files for passes and back ends are run by their crates; other commands are left to them.
//!
//! With `UPDATE_EXPECT=1` the expected forms in `test print` files are rewritten.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tintype_ir::abi::RuntimeAbi;
use tintype_ir::filetest::{TestFile, check_forms};
use tintype_ir::interpret::{BareHost, Interpreter};
use tintype_ir::module::Module;
use tintype_ir::text::{FunctionLines, Lines, parse_module_with_lines, print_function};
use tintype_ir::verify::{Location, VerifierError, verify_function, verify_input, verify_module};

/// Enough for every test; a loop that does not end fails soon.
const STEP_LIMIT: u64 = 10_000_000;

#[test]
fn file_tests() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ir"), &mut files);
    files.sort();
    assert!(files.len() >= 10, "found only {} file tests", files.len());
    let mut failures = String::new();
    for path in &files {
        if let Err(message) = run_file(path) {
            writeln!(failures, "{}:\n{message}", path.display()).expect("strings accept writes");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the test folder is readable") {
        let path = entry.expect("the test folder is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "tir") {
            files.push(path);
        }
    }
}

fn run_file(path: &Path) -> Result<(), String> {
    let content = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file = TestFile::parse(&content);
    if let Some(words) = file.test("verify") {
        return verify_file(&file, words);
    }
    let print = file.test("print").is_some();
    let interpret = file.test("interpret").is_some();
    if !print && !interpret {
        return Ok(());
    }
    let (module, _) = parse(&file)?;
    verify_module(&module).map_err(|errors| lines(errors.iter()))?;
    if print {
        print_file(path, &content, &module)?;
    }
    if interpret { interpret_file(&file, &module) } else { Ok(()) }
}

fn parse(file: &TestFile) -> Result<(Module, Lines), String> {
    parse_module_with_lines(&file.text, Arc::new(RuntimeAbi::bare())).map_err(|error| error.to_string())
}

fn lines<T: std::fmt::Display>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| format!("{item}\n")).collect()
}

/// `test verify`: the invariants of every stage; `test verify input`: those of front ends too.
fn verify_file(file: &TestFile, words: &[String]) -> Result<(), String> {
    let verify = if words.first().is_some_and(|word| word == "input") { verify_input } else { verify_function };
    let mut found = Vec::new();
    match parse_module_with_lines(&file.text, Arc::new(RuntimeAbi::bare())) {
        Err(error) => found.push((error.line, error.message)),
        Ok((module, lines)) => {
            for (decl, lines) in module.functions.values().zip(lines.values()) {
                let errors = decl.body.as_ref().and_then(|body| verify(&module, body).err());
                let errors = errors.unwrap_or_default();
                found.extend(errors.into_iter().map(|error| (line_of(lines, &error), error.message)));
            }
        }
    }
    file.check_errors(&found)
}

fn line_of(lines: &FunctionLines, error: &VerifierError) -> u32 {
    match error.location {
        Location::Function => lines.header,
        Location::Block(block) => lines.blocks[block],
        Location::Inst(inst) => lines.insts[inst],
    }
}

/// `test print`: every function with an expected form behind it is printed like that.
fn print_file(path: &Path, content: &str, module: &Module) -> Result<(), String> {
    let outputs: Vec<(String, String)> = module
        .functions
        .values()
        .filter_map(|decl| Some((decl.name.clone(), print_function(module, decl.body.as_ref()?))))
        .collect();
    let Err(mismatch) = check_forms(content, &outputs) else { return Ok(()) };
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        return std::fs::write(path, mismatch.updated).map_err(|error| error.to_string());
    }
    Err(format!("{}(UPDATE_EXPECT=1 rewrites the expectation)", mismatch.diff))
}

/// `test interpret`: every `run` directive holds.
fn interpret_file(file: &TestFile, module: &Module) -> Result<(), String> {
    let mut failures = String::new();
    for run in file.runs(module)? {
        let mut interpreter = Interpreter::new(module, BareHost::default());
        interpreter.steps_left = STEP_LIMIT;
        let args: Vec<u128> = run.args.iter().map(|arg| arg.bits).collect();
        let result = match interpreter.call(run.function, &args) {
            Ok(outcome) => run.check(module, &outcome),
            Err(error) => Err(format!("line {}: {error}", run.line)),
        };
        if let Err(message) = result {
            writeln!(failures, "{message}").expect("strings accept writes");
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}
