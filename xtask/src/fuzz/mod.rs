//! `cargo xtask fuzz [--minutes N]`: the workspace's random tests on more and more cases until the time is up.
//!
//! The generators and what they are checked against live with the crates; a failure there prints a case that runs by
//! itself. This file only decides how many cases are tried.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::workspace::Workspace;

/// A random test: the package, its test file, and how the number of cases is told to it.
struct Campaign {
    what: &'static str,
    package: &'static str,
    test: &'static str,
    variable: &'static str,
    /// Cases of the first round.
    cases: u64,
}

const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        what: "IR: optimised against interpreted",
        package: "tintype-passes",
        test: "random_programs",
        variable: "TINTYPE_SEEDS",
        cases: 1000,
    },
    Campaign {
        what: "IR: compiled against interpreted",
        package: "tintype-jit",
        test: "random",
        variable: "TINTYPE_FUZZ_SEEDS",
        cases: 500,
    },
    Campaign {
        what: "parser: any text",
        package: "tintype-syntax",
        test: "robustness",
        variable: "PROPTEST_CASES",
        cases: 2000,
    },
    Campaign {
        what: "heap: programs against a model",
        package: "tintype-heap",
        test: "heap",
        variable: "PROPTEST_CASES",
        cases: 500,
    },
];

/// Runs every campaign in rounds, each with twice the cases of the one before.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let minutes = match args {
        [] => 10.0,
        [option, value] if option == "--minutes" => value.parse().context("--minutes: expected a number")?,
        _ => bail!("usage: cargo xtask fuzz [--minutes N]"),
    };
    let workspace = Workspace::locate()?;
    let end = Instant::now() + Duration::from_secs_f64(60.0 * minutes);
    for round in 0.. {
        for campaign in CAMPAIGNS {
            let cases = campaign.cases << round;
            println!("{}: {cases} cases", campaign.what);
            let mut command = workspace.cargo();
            command.args(["test", "--quiet", "--release", "--package", campaign.package, "--test", campaign.test]);
            let status = command.env(campaign.variable, cases.to_string()).status().context("running cargo")?;
            if !status.success() {
                bail!("{}: failed; the text above says how to run the case alone", campaign.what);
            }
            if Instant::now() >= end {
                println!("the time is up; nothing failed");
                return Ok(());
            }
        }
    }
    Ok(())
}
