//! Exceptions through chains of calls: compiled, interpreted and helper frames in every order.
//!
//! A chain is five functions, each called by the one before in one of the ways of [`frames`], each with one of the
//! [`guards`] around its call; the last does what gives a value or throws. Every three kinds of frame follow each other in
//! some chain. The programs are generated from a seed, and what they print is computed here, by the guards' model: it
//! does not depend on any run. Every program is run in all modes; half of them call from the top level, which is
//! interpreted, the others from a `main` that an image starts at.

mod frames;
mod guards;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{bail, ensure};

use super::jobs::Job;
use crate::diff::diff;
use crate::process;
use crate::random::Random;
use crate::workspace::clean;
use frames::{Kind, every_order};
use guards::{GUARDS, Guard, LEAVES, Leaf, OVERFLOW, Outcome};

/// The longest a program may take.
const LIMIT: Duration = Duration::from_secs(240);
/// Programs that the chains of one seed are spread over.
const PROGRAMS: usize = 4;
/// Seeds of the long run.
const LONG: u64 = 8;

/// What the definitions of a program begin with.
const PRELUDE: &str = include_str!("prelude.jl");

/// What chains are run with.
pub struct Bench {
    /// The command.
    pub tintype: PathBuf,
    /// The system image.
    pub base: PathBuf,
    /// Where programs and their images go.
    pub folder: PathBuf,
}

/// The checks: all chains of one seed, of many in the long run.
pub fn jobs(bench: &Bench, is_long: bool) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    for seed in 0..if is_long { LONG } else { 1 } {
        for program in 0..PROGRAMS {
            for (mode, mode_name) in MODES {
                // What is at top level has run when an image is built.
                if *mode == Mode::Image && !has_main(program) {
                    continue;
                }
                let name = format!("exceptions through chains {seed}.{program}, {mode_name}");
                jobs.push(Job::new(name, move || bench.check(seed, program, *mode)));
            }
        }
    }
    jobs
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Interpreted,
    JitO0,
    JitO2,
    Image,
}

const MODES: &[(Mode, &str)] = &[
    (Mode::Interpreted, "interpreted"),
    (Mode::JitO0, "JIT -O0"),
    (Mode::JitO2, "JIT -O2"),
    (Mode::Image, "program image"),
];

fn has_main(program: usize) -> bool {
    program.is_multiple_of(2)
}

impl Bench {
    fn check(&self, seed: u64, program: usize, mode: Mode) -> anyhow::Result<()> {
        let (source, expected) = write_program(seed, program);
        let mode_number = mode as usize;
        // A file for each mode: they run side by side.
        let path = self.folder.join(format!("chains_{seed}_{program}_{mode_number}.jl"));
        std::fs::write(&path, source)?;
        let mut command = self.command();
        match mode {
            Mode::Interpreted => command.arg("--compile=min").arg(&path),
            Mode::JitO0 => command.arg("-O0").arg("-J").arg(&self.base).arg(&path),
            Mode::JitO2 => command.arg("-O2").arg("-J").arg(&self.base).arg(&path),
            Mode::Image => command.env("TINTYPE_SYSIMAGE", &self.base).arg(self.build(&path)?),
        };
        let outcome = process::run(&mut command, LIMIT)?;
        if let Some(diff) = diff(&expected, &outcome.stdout) {
            bail!("{}: {}\n{diff}{}", path.display(), outcome.ending(), outcome.stderr);
        }
        ensure!(outcome.status.success(), "{}: {}\n{}", path.display(), outcome.ending(), outcome.stderr);
        Ok(())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.tintype);
        clean(&mut command).env("TINTYPE_INTERPRET", "interpreted_*");
        command
    }

    fn build(&self, source: &std::path::Path) -> anyhow::Result<PathBuf> {
        let image = source.with_extension("so");
        let mut command = self.command();
        command.args(["build-image", "--quiet", "-J"]).arg(&self.base).arg("-o").arg(&image).arg(source);
        let outcome = process::run(&mut command, LIMIT)?;
        ensure!(outcome.status.success(), "building its image: {}\n{}", outcome.ending(), outcome.stderr);
        Ok(image)
    }
}

/// Functions that call each other.
struct Chain {
    number: usize,
    frames: Vec<(Kind, &'static Guard)>,
    leaf: &'static Leaf,
    /// The leaf throws at its first call only, and is `x` afterwards.
    once: bool,
}

/// A chain at work in the model.
pub struct Run<'a> {
    chain: &'a Chain,
    calls: usize,
    events: Vec<String>,
}

impl Run<'_> {
    /// What the call in frame `n` gives.
    fn call(&mut self, n: usize) -> Outcome {
        if let Some((_, guard)) = self.chain.frames.get(n + 1) {
            return (guard.model)(self, n + 1);
        }
        self.calls += 1;
        if self.chain.once && self.calls > 1 {
            return Ok(7);
        }
        self.chain.leaf.outcome.map_err(str::to_owned)
    }

    fn note(&mut self, event: &str, n: usize) {
        self.events.push(format!("{event}{n}"));
    }

    fn caught(&mut self, n: usize, exception: &str) {
        self.events.push(format!("c{n} {exception}"));
    }
}

/// A program with its share of a seed's chains, and what it prints.
fn write_program(seed: u64, program: usize) -> (String, String) {
    let (mut source, mut body, mut expected) = (PRELUDE.to_owned(), String::new(), String::new());
    for (number, kinds) in every_order().into_iter().enumerate().filter(|(number, _)| number % PROGRAMS == program) {
        let mut random = Random::new(seed << 32 | number as u64);
        let chain = choose(number, kinds, &mut random);
        let first = define(&chain, &mut random, &mut source);
        let run = format!(
            "COUNT[1] = 0\ntry\n    note({first})\ncatch e\n    note(\"escaped \" * describe(e))\nend\nprintln({number})\n"
        );
        if has_main(program) {
            let _ = write!(source, "function run_{number}(x)\n{run}end\n");
            let _ = writeln!(body, "    run_{number}(7)");
        } else {
            body += &run;
        }
        expected += &predict(&chain);
    }
    if has_main(program) {
        body = format!("function (@main)(args)\n{body}end\n");
    } else {
        source += "x = 7\n";
    }
    (source + &body, expected)
}

fn choose(number: usize, kinds: [Kind; 5], random: &mut Random) -> Chain {
    let frames: Vec<_> = kinds.into_iter().map(|kind| (kind, random.pick(GUARDS))).collect();
    // Running out of stack takes long where each frame is large: once in a while, and then once only.
    let overflows = random.one_in(24);
    let leaf = if overflows { &OVERFLOW } else { random.pick(LEAVES) };
    Chain { number, frames, leaf, once: overflows || random.one_in(3) }
}

/// Writes the functions of a chain; the expression that calls the first.
fn define(chain: &Chain, random: &mut Random, out: &mut String) -> String {
    let leaf = match chain.once {
        true => format!("((COUNT[1] += 1) == 1 ? {} : x)", chain.leaf.source),
        false => format!("({})", chain.leaf.source),
    };
    let mut call = leaf;
    for (frame, (kind, guard)) in chain.frames.iter().enumerate().rev() {
        let name = kind.name(chain.number, frame);
        let body = guard.source.replace('N', &frame.to_string()).replace('C', &call).replace('\n', "\n    ");
        let _ = write!(out, "@noinline function {name}({})\n    {body}\nend\n", kind.parameters());
        call = kind.call(&name, random);
    }
    call
}

/// What running a chain prints.
fn predict(chain: &Chain) -> String {
    let mut run = Run { chain, calls: 0, events: Vec::new() };
    let outcome = (chain.frames[0].1.model)(&mut run, 0);
    run.events.push(match outcome {
        Ok(value) => value.to_string(),
        Err(exception) => format!("escaped {exception}"),
    });
    format!("{} {}\n", run.events.join(" "), chain.number)
}
