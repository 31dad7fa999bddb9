//! `cargo xtask test [--long]`: everything that continuous integration runs, in one order: rules, formatting, the tests
//! of the crates, then programs in all the ways they can be run, then images as files.
//!
//! `cargo xtask test NAME...` runs only the programs and image checks whose name has NAME in it. Only the release profile is used, so
//! that dependencies are compiled once. The last line says `N passed, M failed`.

mod chains;
mod crates;
mod images;
mod jobs;
mod programs;

use std::time::Instant;

use anyhow::{Context, bail};

use crate::tidy;
use crate::workspace::{Workspace, default_targets};
use jobs::Summary;

/// What was asked for.
pub struct Request {
    /// Hours rather than minutes.
    pub long: bool,
    /// Only what has one of these in its name; everything if empty.
    pub names: Vec<String>,
}

/// Runs the tests; fails if one did.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (options, names): (Vec<&String>, Vec<&String>) = args.iter().partition(|arg| arg.starts_with('-'));
    if let Some(unknown) = options.iter().find(|option| option.as_str() != "--long") {
        bail!("unknown option `{unknown}`; usage: cargo xtask test [--long] [NAME...]");
    }
    let request = Request { long: !options.is_empty(), names: names.into_iter().cloned().collect() };
    let start = Instant::now();
    let mut summary = Summary::default();
    let finished = all(&request, &mut summary);
    if let Err(error) = &finished {
        summary.fail("the rest was not run", &format!("{error:#}"));
    }
    summary.close(start.elapsed());
    if summary.failed > 0 { bail!("{} failed", summary.failed) } else { Ok(()) }
}

fn all(request: &Request, summary: &mut Summary) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    if request.names.is_empty() {
        summary.record("tidy", tidy::run(&[]).map_err(|error| format!("{error:#}")));
        let formatted = workspace.cargo().args(["fmt", "--all", "--check"]).status().context("running cargo fmt")?;
        summary.record("formatting", formatted.success().then_some(()).ok_or("run `cargo fmt --all`".to_owned()));
        timed("building", || crates::build(&workspace))?;
        timed("tests of the crates", || crates::run(&workspace, summary))?;
    } else {
        workspace.build_tintype()?;
    }
    let base = timed("system image", || workspace.base_image(default_targets()))?;
    timed("programs", || programs::run(&workspace, &base, request, summary))?;
    timed("images", || images::run(&workspace, &base, request, summary))
}

/// Runs a part, and says how long it took.
fn timed<T>(part: &str, run: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    let result = run();
    println!("{part}: {:.0} s", start.elapsed().as_secs_f64());
    result
}
