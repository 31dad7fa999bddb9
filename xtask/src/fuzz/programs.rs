//! Program fuzzing: mutants of the test programs, run interpreted and compiled. None may crash, and all ways of running
//! must print the same and end the same.
//!
//! What a program prints before its time or memory is up depends on how fast it is: such mutants are passed over, and so
//! are those that overflow the stack, which is deeper in some modes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, bail};

use super::mutants::mutant;
use crate::diff::diff;
use crate::process::{self, Outcome};
use crate::random::Random;
use crate::traces::reduce;
use crate::workspace::{Workspace, clean, default_targets, files_below};

/// The longest one run may take.
const LIMIT: Duration = Duration::from_secs(10);

const MODES: &[(&str, &str)] = &[("interpreted", "--compile=min"), ("JIT -O0", "-O0"), ("JIT -O2", "-O2")];

/// Tries mutants until `end`, on as many threads as the machine has. Fails if one crashed or differed.
pub fn run(workspace: &Workspace, end: Instant) -> anyhow::Result<()> {
    workspace.build_tintype()?;
    let bench = Bench {
        tintype: workspace.tintype(),
        base: workspace.base_image(default_targets())?,
        folder: workspace.folder("fuzz")?,
        sources: sources(&workspace.root)?,
    };
    let first = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).context("the clock")?.as_secs() << 24;
    let (next, compared) = (AtomicU64::new(first), AtomicU64::new(0));
    let found = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while Instant::now() < end {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    match bench.check(seed) {
                        Ok(is_compared) => _ = compared.fetch_add(u64::from(is_compared), Ordering::Relaxed),
                        Err(problem) => {
                            println!("{problem:#}");
                            _ = found.lock().map(|mut found| found.insert(seed, format!("{problem:#}")));
                        }
                    }
                }
            });
        }
    });
    let tried = next.into_inner() - first;
    println!("programs: {tried} mutants, {} compared in {} ways", compared.into_inner(), MODES.len());
    let found = found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    if found.is_empty() {
        Ok(())
    } else {
        bail!("{} mutants crashed or differed; they lie in {}", found.len(), bench.folder.display())
    }
}

/// The texts that mutants are made of.
fn sources(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for folder in ["tests/lang", "examples"] {
        for file in files_below(&root.join(folder), "jl")? {
            let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            // What depends on the time or the depth of the stack differs by itself.
            if !["time", "Overflow", "memory", "alloc", "objectid", "inbounds"].iter().any(|word| text.contains(word)) {
                texts.push(text);
            }
        }
    }
    Ok(texts)
}

struct Bench {
    tintype: PathBuf,
    base: PathBuf,
    folder: PathBuf,
    sources: Vec<String>,
}

impl Bench {
    /// Runs the mutant of a seed; whether it could be compared. The program stays in the folder if something is wrong.
    fn check(&self, seed: u64) -> anyhow::Result<bool> {
        let file = self.folder.join(format!("mutant_{seed:x}.jl"));
        std::fs::write(&file, mutant(&self.sources, &mut Random::new(seed)))?;
        let mut outcomes = Vec::new();
        for (name, option) in MODES {
            let mut command = Command::new(&self.tintype);
            clean(&mut command).arg(option).arg("--heap-size-hint=256M").arg("-J").arg(&self.base).arg(&file);
            let outcome = process::run(command.current_dir(&self.folder), LIMIT)?;
            if let Some(crash) = crash(&outcome) {
                bail!("{}, {name}: {crash}\n{}", file.display(), last_lines(&outcome.stderr));
            }
            outcomes.push((name, outcome));
        }
        let is_bounded = |outcome: &Outcome| {
            let texts = [&outcome.stdout, &outcome.stderr];
            let has = |error: &&str| texts.iter().any(|text| text.contains(*error));
            !outcome.timed_out && !["StackOverflow", "OutOfMemory"].iter().any(has)
        };
        let comparable = outcomes.iter().all(|(_, outcome)| is_bounded(outcome));
        let (_, first) = &outcomes[0];
        for (name, outcome) in outcomes[1..].iter().filter(|_| comparable) {
            // Programs also print traces, in which inlined frames have no argument types.
            let printed = |outcome: &Outcome| reduce(&outcome.stdout, false);
            if let Some(diff) = diff(&printed(first), &printed(outcome)) {
                bail!("{}, {name}: the output differs\n{diff}", file.display());
            }
            if first.ending() != outcome.ending() {
                bail!("{}, {name}: {} instead of {}", file.display(), outcome.ending(), first.ending());
            }
        }
        std::fs::remove_file(&file)?;
        Ok(comparable)
    }
}

/// How a run crashed, if it did: an end by a signal other than ours, or a panic.
fn crash(outcome: &Outcome) -> Option<String> {
    let is_panic = outcome.stderr.contains("panicked at");
    let is_signal = outcome.status.code().is_none() && !outcome.timed_out;
    (is_panic || is_signal).then(|| outcome.ending())
}

/// The end of a text: what says why.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(6)..].join("\n")
}
