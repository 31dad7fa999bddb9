//! The workspace's own commands. Each verb is one file; what needs the language builds and starts `tintype`.

mod tidy;

use std::process::ExitCode;

/// A verb, what it does, and the function that does it.
struct Verb {
    name: &'static str,
    help: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

const VERBS: &[Verb] = &[Verb { name: "tidy", help: "check the rules the compiler does not", run: tidy::run }];

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
