//! The tests of the crates, by `cargo test`, counted.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::Context;

use super::jobs::Summary;
use crate::workspace::Workspace;

const TESTS: [&str; 4] = ["test", "--release", "--workspace", "--quiet"];

/// Builds `tintype` and the tests of the whole workspace.
pub fn build(workspace: &Workspace) -> anyhow::Result<()> {
    let status = workspace.cargo().args(TESTS).arg("--no-run").status().context("running cargo test --no-run")?;
    anyhow::ensure!(status.success(), "the workspace does not compile");
    Ok(())
}

/// Runs the tests of the whole workspace and adds up what each test program reports.
pub fn run(workspace: &Workspace, summary: &mut Summary) -> anyhow::Result<()> {
    let mut command = workspace.cargo();
    command.args(TESTS).arg("--no-fail-fast").stdout(Stdio::piped());
    let mut child = command.spawn().context("running cargo test")?;
    let stdout = child.stdout.take().context("standard output is a pipe")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        match result_line(&line) {
            Some((passed, failed)) => {
                summary.passed += passed;
                summary.failed += failed;
            }
            None if is_noise(&line) => {}
            None => println!("{line}"),
        }
    }
    let status = child.wait()?;
    println!("crates: {} passed, {} failed", summary.passed, summary.failed);
    if !status.success() && summary.failed == 0 {
        summary.fail("the crates", &format!("cargo test ended with {status} before it ran all tests"));
    }
    Ok(())
}

/// The counts in `test result: ok. 12 passed; 0 failed; ...`.
fn result_line(line: &str) -> Option<(usize, usize)> {
    let counts = line.strip_prefix("test result: ")?;
    let count =
        |what: &str| counts.split(['.', ';']).find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok());
    Some((count("passed")?, count("failed")?))
}

/// Lines that say nothing: rows of dots, `running 12 tests`.
fn is_noise(line: &str) -> bool {
    let is_progress =
        |line: &str| line.split(' ').next().is_some_and(|dots| dots.chars().all(|c| c == '.' || c == 'i'));
    line.starts_with("running ") || is_progress(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(result_line(line), Some((12, 3)));
        assert_eq!(result_line("running 12 tests"), None);
        assert!(is_noise("....i... 9/12") && is_noise("") && !is_noise("---- a::b stdout ----"));
    }
}
