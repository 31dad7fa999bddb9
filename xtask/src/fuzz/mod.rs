//! `cargo xtask fuzz [--minutes N] [NAME...]`: random tests until the time is up, of everything or of what has one of the
//! names in its own.
//!
//! A campaign is a random test of a crate, run on more and more cases, or the mutants of [`programs`]. The generators of
//! crates, and what they are checked against, live with the crates; a failure prints a case that runs by itself. Each
//! campaign gets the same time.

mod mutants;
mod programs;

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::workspace::Workspace;

/// A subject of fuzzing.
struct Campaign {
    what: &'static str,
    by: By,
}

/// How a campaign is run.
enum By {
    /// A random test of a crate: the package, its test file, and how the number of cases is told to it.
    Test { package: &'static str, test: &'static str, variable: &'static str, first_round: u64 },
    /// Mutants of the test programs.
    Programs,
}

const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        what: "IR: optimised against interpreted",
        by: By::Test {
            package: "tintype-passes",
            test: "random_programs",
            variable: "TINTYPE_SEEDS",
            first_round: 1000,
        },
    },
    Campaign {
        what: "IR: compiled against interpreted",
        by: By::Test { package: "tintype-jit", test: "random", variable: "TINTYPE_FUZZ_SEEDS", first_round: 500 },
    },
    Campaign {
        what: "parser: any text",
        by: By::Test { package: "tintype-syntax", test: "robustness", variable: "PROPTEST_CASES", first_round: 2000 },
    },
    Campaign {
        what: "heap: actions against a model",
        by: By::Test { package: "tintype-heap", test: "heap", variable: "TINTYPE_FUZZ_SEEDS", first_round: 100 },
    },
    Campaign { what: "programs: interpreted against compiled", by: By::Programs },
];

/// Runs the campaigns asked for, one after the other.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let mut minutes = 10.0;
    let mut names = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--minutes" => {
                minutes = args.next().context("--minutes: expected a number")?.parse().context("--minutes")?;
            }
            option if option.starts_with('-') => bail!("usage: cargo xtask fuzz [--minutes N] [NAME...]"),
            name => names.push(name),
        }
    }
    let wanted = |campaign: &&Campaign| names.is_empty() || names.iter().any(|name| campaign.what.contains(name));
    let campaigns: Vec<&Campaign> = CAMPAIGNS.iter().filter(wanted).collect();
    ensure!(!campaigns.is_empty(), "nothing is called {}", names.join(" or "));
    let workspace = Workspace::locate()?;
    for campaign in &campaigns {
        let end = Instant::now() + Duration::from_secs_f64(60.0 * minutes / campaigns.len() as f64);
        println!("{}", campaign.what);
        match campaign.by {
            By::Programs => programs::run(&workspace, end)?,
            By::Test { package, test, variable, first_round } => {
                rounds(&workspace, end, package, test, (variable, first_round))
                    .with_context(|| format!("{}: the text above says how to run the case alone", campaign.what))?;
            }
        }
    }
    println!("the time is up; nothing failed");
    Ok(())
}

/// Runs a random test in rounds, each with twice the cases of the one before, the last with as many as the time allows.
fn rounds(
    workspace: &Workspace,
    end: Instant,
    package: &str,
    test: &str,
    (variable, first_round): (&str, u64),
) -> anyhow::Result<()> {
    let mut cases = first_round;
    loop {
        println!("  {cases} cases");
        let start = Instant::now();
        let mut command = workspace.cargo();
        command.args(["test", "--quiet", "--release", "--package", package, "--test", test]);
        let status = command.env(variable, cases.to_string()).status().context("running cargo")?;
        ensure!(status.success(), "a case failed");
        let share = end.saturating_duration_since(Instant::now()).as_secs_f64() / start.elapsed().as_secs_f64();
        cases = (cases as f64 * share.min(2.0)) as u64;
        if cases < first_round {
            return Ok(());
        }
    }
}
