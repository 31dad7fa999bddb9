//! Which methods an image holds code of: `precompile` statements, from a trace or written by hand.

use std::path::Path;

use tintype_runtime::objects::*;
use tintype_runtime::{dispatch, modules};

use crate::failure::Failure;
use crate::program::Program;

/// What became of a list of statements.
#[derive(Default)]
pub(super) struct Collected {
    /// The method instances, in the order of the statements, each once.
    pub instances: Vec<Gc<MethodInstance>>,
    /// Statements that name nothing in this program any more.
    pub skipped: Vec<String>,
}

/// Reads the statements of a file; lines that are none are skipped and named.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read_statements(path: &Path) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Read { path: path.display().to_string(), why: error.to_string() })?;
    Ok(text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect())
}

/// The method instances that statements name. Objects are kept alive by the methods they belong to.
pub(super) fn collect(program: &Program, statements: &[String]) -> Collected {
    let cx = program.context();
    match cx.world().main.get() {
        Some(main) => modules::without_settling(cx, main, || collect_in_main(program, statements)),
        None => collect_in_main(program, statements),
    }
}

fn collect_in_main(program: &Program, statements: &[String]) -> Collected {
    let mut collected = Collected::default();
    for statement in statements {
        match instance_of(program, statement) {
            Some(instance) if collected.instances.contains(&instance) => {}
            Some(instance) => collected.instances.push(instance),
            None => collected.skipped.push(statement.clone()),
        }
    }
    collected
}

fn instance_of(program: &Program, statement: &str) -> Option<Gc<MethodInstance>> {
    let without_comment = statement.rsplit_once("=# ").map_or(statement, |(_, rest)| rest);
    let signature = without_comment.strip_prefix("precompile(")?.split(") #").next()?;
    let signature = signature.strip_suffix(')').unwrap_or(signature);
    let value = program.value_of(signature).ok()?;
    let cx = program.context();
    let found = dispatch::precompile_instance(cx, value);
    match found {
        Ok(found) => found,
        Err(thrown) => {
            cx.take_exception(thrown);
            None
        }
    }
}
