//! `cargo xtask bench dispatch`: what one call costs, by how many types a call site sees, beside virtual calls in C++.
//!
//! `bench/dispatch/receivers.jl` and its twin in C++ print a line for each kind of call: its name, a sum that must agree,
//! and nanoseconds. They run in turn; medians are shown.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::measure::median;
use crate::process;
use crate::table::Table;

const RUNS: usize = 5;
const LIMIT: Duration = Duration::from_secs(120);

/// Kinds of call, as the programs name them, and as the table does.
const KINDS: [(&str, &str); 4] = [
    ("known", "the callee is known"),
    ("1", "receivers of 1 type"),
    ("4", "receivers of 4 types"),
    ("40", "receivers of 40 types"),
];

/// Compiles the twin with the C++ compiler.
pub fn compile_twin(source: &Path, program: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("c++");
    let status = command.arg("-O2").arg("-o").arg(program).arg(source).status().context("running c++")?;
    ensure!(status.success(), "{} does not compile", source.display());
    Ok(())
}

/// Runs the programs (C++, the image, the JIT) in turn; the table of nanoseconds per call.
pub fn compare(commands: &mut [Command; 3]) -> anyhow::Result<String> {
    let mut runs: [BTreeMap<String, Vec<f64>>; 3] = Default::default();
    let mut sums: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..RUNS {
        for (command, runs) in commands.iter_mut().zip(&mut runs) {
            let outcome = process::run(command, LIMIT)?;
            ensure!(outcome.status.success(), "{}\n{}", outcome.ending(), outcome.stderr);
            for line in outcome.stdout.lines() {
                let [kind, sum, time] = line.split(' ').collect::<Vec<_>>()[..] else {
                    bail!("expected a name, a sum and a time, found {line:?}");
                };
                let expected = sums.entry(kind.to_owned()).or_insert_with(|| sum.to_owned());
                ensure!(expected == sum, "{kind}: the sum is {expected} in one program and {sum} in another");
                runs.entry(kind.to_owned()).or_default().push(time.parse().with_context(|| line.to_owned())?);
            }
        }
    }
    let mut table = Table::new(&["call", "C++ virtual", "image", "JIT", "image / C++", "JIT / C++"]);
    for (kind, title) in KINDS {
        let [cpp, image, jit] = runs.each_ref().map(|runs| median(runs[kind].clone()));
        let time = |time: f64| format!("{time:.2} ns");
        let ratio = |time: f64| format!("{:.2}", time / cpp);
        table.row([title.to_owned(), time(cpp), time(image), time(jit), ratio(image), ratio(jit)]);
    }
    Ok(table.render())
}
