//! The workspace's own commands. Each verb is one file; what needs the language builds and starts `tintype`.
//!
//! Nothing here depends on the workspace's crates, so that a verb starts within seconds of a fresh clone.

#![forbid(unsafe_code)]

mod bench;
mod bench_dispatch;
mod build_image;
mod diff;
mod fuzz;
mod measure;
mod parse_diff;
mod process;
mod random;
mod run;
mod table;
mod test;
mod tidy;
mod traces;
mod workspace;

use std::process::ExitCode;

/// A verb, what it does, and the function that does it.
struct Verb {
    name: &'static str,
    help: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "build-image",
        help: "build an image of FILE.jl; with --run, run it and show figures",
        run: build_image::run,
    },
    Verb { name: "run", help: "run FILE.jl from the system image", run: run::run },
    Verb { name: "test", help: "everything continuous integration runs; --long for hours", run: test::run },
    Verb { name: "bench", help: "ratios to C, for speed and for starting", run: bench::run },
    Verb { name: "fuzz", help: "random tests on fresh seeds, for --minutes N", run: fuzz::run },
    Verb { name: "parse-diff", help: "compare the parser with a reference on all files of DIR", run: parse_diff::run },
    Verb { name: "tidy", help: "check the rules the compiler does not", run: tidy::run },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(verb) = args.first().and_then(|name| VERBS.iter().find(|verb| verb.name == name)) else {
        eprintln!("usage: cargo xtask VERB [ARGS]");
        for verb in VERBS {
            eprintln!("  {:<12} {}", verb.name, verb.help);
        }
        return ExitCode::from(2);
    };
    match (verb.run)(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error:#}", verb.name);
            ExitCode::FAILURE
        }
    }
}
