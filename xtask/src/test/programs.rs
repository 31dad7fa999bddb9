//! Programs with a known output, run in every way there is: the output must be the same.
//!
//! A program is `examples/NAME.jl` with `examples/expected/NAME.out`, or `tests/lang/**/NAME.jl` with `NAME.out` beside
//! it. Its first lines may hold directives: `# args: A B` gives it arguments, `# status: N` is the status it ends with,
//! `# prints at top level` keeps it from being run from an image of its own; `# stress: N` says that under stress
//! it is collected at every N-th allocation, where its stacks are too deep to be scanned more often.
//!
//! `NAME.after.jl` beside a program is evaluated after its top level and before its `main`: in the last mode by a process
//! that starts from the program's image, so that it changes what stored code relied on. `NAME.invalidations` is then what
//! `--trace-invalidations` must write there. `NAME.compiled` is what `--trace-compile` must print when a program runs from
//! its image, of methods that its `main` only then defines; without it, nothing may be compiled.
//! With `UPDATE_EXPECT=1` the output of the interpreter replaces what was expected, where it differs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use super::Request;
use super::chains::{self, Bench};
use super::jobs::{self, Job, Summary};
use crate::diff::diff;
use crate::process;
use crate::traces;
use crate::workspace::{Workspace, clean, default_targets, files_below, fnv, stem};

/// The longest a program may take.
const LIMIT: Duration = Duration::from_secs(240);

/// A program and what it prints.
#[derive(Clone)]
pub struct Program {
    /// Its file.
    pub source: PathBuf,
    /// The file with what it prints.
    pub expected: PathBuf,
    /// What it prints on standard error, without the folder in front of its name; of stack traces what
    /// [`traces::reduce`] leaves, if anything.
    pub errors: Option<String>,
    /// What is evaluated after its top level.
    pub after: Option<PathBuf>,
    /// The invalidations that causes, when the program's code comes from its image.
    pub invalidations: Option<String>,
    /// What is compiled when the program's code comes from its image: methods that `main` defines.
    pub compiled: String,
    /// Arguments of its own.
    pub args: Vec<String>,
    /// The status it ends with.
    pub status: i32,
    /// Under stress, at every how many allocations the heap is collected; none: as often as [`COLLECTIONS`] says.
    pub stress: Option<u64>,
    /// Whether it has a `main` that an image starts at; without one, everything happens when the image is built.
    pub has_main: bool,
}

/// A way to run a program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// No native code but the runtime's own; the base library from source.
    Interpreted,
    /// What the program needs compiled in the process by the quick tier; see [`Runner::is_from_source`].
    JitO0,
    /// The same, optimised.
    JitO2,
    /// The base library from the system image, the program by the JIT.
    SystemImage,
    /// Everything from the program's own image.
    ProgramImage,
}

const MODES: &[(Mode, &str)] = &[
    (Mode::Interpreted, "interpreted"),
    (Mode::JitO0, "JIT -O0"),
    (Mode::JitO2, "JIT -O2"),
    (Mode::SystemImage, "system image"),
    (Mode::ProgramImage, "program image"),
];

/// About how many collections a program goes through under stress, if it makes as many allocations.
const COLLECTIONS: u64 = 4000;
/// Bytes of an allocation, in the middle of the test programs.
const ALLOCATION: u64 = 75;

/// Programs that are also run under stress: short ones, of many kinds of objects.
const STRESSED: &[&str] = &["closure_counter", "exceptions", "shapes", "string_building"];

/// Runs every program in every mode, and a sample under stress; in the long run, all of them.
pub fn run(workspace: &Workspace, base: &Path, request: &Request, summary: &mut Summary) -> anyhow::Result<()> {
    let runner = Runner {
        tintype: workspace.tintype(),
        base: base.to_owned(),
        images: workspace.folder("tests")?,
        is_long: request.long,
    };
    let chains = Bench { tintype: runner.tintype.clone(), base: base.to_owned(), folder: workspace.folder("chains")? };
    let wanted = |name: &str| request.names.is_empty() || request.names.iter().any(|part| name.contains(part));
    let mut tests = Vec::new();
    for program in &find(&workspace.root)? {
        let name = stem(&program.source);
        let modes = MODES.iter().filter(|(mode, _)| program.has_main || *mode != Mode::ProgramImage);
        for &(mode, mode_name) in modes {
            tests.push(Job::new(format!("{name}, {mode_name}"), {
                let (runner, program) = (&runner, program.clone());
                move || runner.check(&program, mode, false)
            }));
        }
        if request.long || STRESSED.contains(&name.as_str()) {
            tests.push(Job::new(format!("{name}, under stress"), {
                let (runner, program) = (&runner, program.clone());
                move || runner.check(&program, Mode::SystemImage, true)
            }));
        }
    }
    tests.extend(chains::jobs(&chains, request.long));
    tests.push(Job::new("binary_trees, heap bounded at 64 MB", || runner.bounded_heap(&workspace.root)));
    tests.retain(|job| wanted(&job.name));
    println!("programs: {} runs", tests.len());
    jobs::run(&tests, summary);
    Ok(())
}

/// Every program with an expected output.
pub fn find(root: &Path) -> anyhow::Result<Vec<Program>> {
    let mut programs = Vec::new();
    for source in files_below(&root.join("examples"), "jl")? {
        let expected = root.join("examples/expected").join(stem(&source)).with_extension("out");
        // Examples without one show other things than what they print.
        if expected.is_file() {
            programs.push(read_directives(source, expected)?);
        }
    }
    for source in files_below(&root.join("tests/lang"), "jl")? {
        // Files that programs include are no programs.
        if source.parent().is_some_and(|folder| folder.ends_with("included")) || stem(&source).ends_with(".after") {
            continue;
        }
        let expected = source.with_extension("out");
        programs.push(read_directives(source, expected)?);
    }
    Ok(programs)
}

fn read_directives(source: PathBuf, expected: PathBuf) -> anyhow::Result<Program> {
    let text = std::fs::read_to_string(&source).with_context(|| format!("reading {}", source.display()))?;
    // `NAME.err` says that an exception nobody catches ends the program, and what is printed then.
    let beside = |extension: &str| {
        let file = source.with_extension(extension);
        file.is_file().then(|| std::fs::read_to_string(&file)).transpose()
    };
    let errors = beside("err")?;
    let status = i32::from(errors.is_some());
    let after = Some(source.with_extension("after.jl")).filter(|after| after.is_file());
    let invalidations = beside("invalidations")?;
    let compiled = beside("compiled")?.unwrap_or_default();
    // A workload that fails leaves no image.
    let has_main = text.contains("(@main)") && errors.is_none();
    let mut program = Program {
        source,
        expected,
        errors,
        after,
        invalidations,
        compiled,
        args: Vec::new(),
        status,
        stress: None,
        has_main,
    };
    for line in text.lines().map_while(|line| line.strip_prefix("# ")) {
        if line.starts_with("prints at top level") {
            // What the top level prints is printed when an image is built.
            program.has_main = false;
        } else if let Some(args) = line.strip_prefix("args:") {
            program.args = args.split_whitespace().map(str::to_owned).collect();
        } else if let Some(period) = line.strip_prefix("stress:") {
            program.stress =
                Some(period.trim().parse().with_context(|| format!("{}: stress", program.source.display()))?);
        } else if let Some(status) = line.strip_prefix("status:") {
            program.status = status.trim().parse().with_context(|| format!("{}: status", program.source.display()))?;
        }
    }
    Ok(program)
}

/// What programs are run with.
struct Runner {
    tintype: PathBuf,
    base: PathBuf,
    /// Where images of programs go.
    images: PathBuf,
    /// Whether the base library is compiled in the process too, in every program and both tiers.
    is_long: bool,
}

impl Runner {
    /// Runs a program and compares.
    fn check(&self, program: &Program, mode: Mode, stressed: bool) -> anyhow::Result<()> {
        let mut command = self.command(program, mode)?;
        if stressed {
            command.env("TINTYPE_GC_STRESS", self.stress_period(program)?.to_string());
        }
        let outcome = process::run(command.args(&program.args), LIMIT)?;
        let ending = outcome.ending();
        ensure!(ending == format!("status {}", program.status), "{ending}\n{}{}", outcome.stdout, outcome.stderr);
        // Methods print with the files they are defined in.
        let folder = program.source.parent().map_or_else(String::new, |folder| format!("{}/", folder.display()));
        if mode == Mode::Interpreted && std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
            std::fs::write(&program.expected, outcome.stdout.replace(&folder, ""))?;
        }
        let expected = std::fs::read_to_string(&program.expected)
            .with_context(|| format!("reading {}; UPDATE_EXPECT=1 writes it", program.expected.display()))?;
        if let Some(diff) = diff(&expected, &outcome.stdout.replace(&folder, "")) {
            bail!("{}: (UPDATE_EXPECT=1 replaces it)\n{diff}", program.expected.display());
        }
        if let Some(expected) = &program.errors {
            let found = traces::reduce(&outcome.stderr.replace(&folder, ""), expected.contains("Stacktrace:"));
            if let Some(diff) = diff(expected, &found) {
                bail!("standard error differs\n{diff}");
            }
        }
        if let Some(expected) = program.invalidations.as_ref().filter(|_| mode == Mode::ProgramImage) {
            let found = std::fs::read_to_string(self.invalidations_of(program))?;
            if let Some(diff) = diff(expected, &found) {
                bail!("invalidations differ\n{diff}");
            }
        }
        // Changing what code relied on compiles it again.
        if mode == Mode::ProgramImage
            && program.errors.is_none()
            && program.after.is_none()
            && let Some(diff) = diff(&program.compiled, &outcome.stderr)
        {
            bail!("what is compiled or reported differs\n{diff}");
        }
        Ok(())
    }

    /// At every how many allocations a program is collected under stress: from what it allocates without.
    fn stress_period(&self, program: &Program) -> anyhow::Result<u64> {
        if let Some(period) = program.stress {
            return Ok(period);
        }
        let mut command = Command::new(&self.tintype);
        clean(&mut command).arg("--gc-stats").arg("-J").arg(&self.base);
        command.arg(self.source(program, Mode::SystemImage)?).args(&program.args);
        let outcome = process::run(&mut command, LIMIT)?;
        let line = outcome.stderr.lines().find(|line| line.contains(" bytes allocated"));
        let bytes = line.and_then(|line| line.strip_prefix("gc: ")?.split(' ').next()?.parse::<u64>().ok());
        let bytes = bytes.with_context(|| format!("expected `gc: N bytes allocated`, found {line:?}"))?;
        Ok((bytes / ALLOCATION / COLLECTIONS).max(1))
    }

    /// The file to run: with what is evaluated after the program, where an image does not hold the program.
    fn source(&self, program: &Program, mode: Mode) -> anyhow::Result<PathBuf> {
        match &program.after {
            Some(after) if mode != Mode::ProgramImage => self.with_after(program, after, mode),
            _ => Ok(program.source.clone()),
        }
    }

    fn command(&self, program: &Program, mode: Mode) -> anyhow::Result<Command> {
        let mut command = Command::new(&self.tintype);
        clean(&mut command);
        let source = self.source(program, mode)?;
        match mode {
            Mode::Interpreted => command.arg("--compile=min").arg(&source),
            Mode::JitO0 | Mode::JitO2 => {
                command.arg(if mode == Mode::JitO0 { "-O0" } else { "-O2" });
                if !self.is_from_source(program, mode) {
                    command.arg("-J").arg(&self.base);
                }
                command.arg(&source)
            }
            Mode::SystemImage => command.arg("-J").arg(&self.base).arg(&source),
            Mode::ProgramImage if program.after.is_some() => {
                let image = self.build(&program.source)?;
                command.env("TINTYPE_SYSIMAGE", &self.base).arg("-J").arg(image);
                command.arg("--trace-invalidations").arg(self.invalidations_of(program)).args(&program.after)
            }
            Mode::ProgramImage => {
                let image = self.build(&program.source)?;
                // What `main` needs was traced when the image was built: a line here is a defect.
                let traced = program.status == 0 && program.args.is_empty();
                command.env("TINTYPE_SYSIMAGE", &self.base);
                command.args(traced.then_some("--trace-compile=stderr")).arg(image)
            }
        };
        Ok(command)
    }

    /// Whether a tier also compiles what a program uses of the base library, which takes most of a second. A quarter of
    /// the programs do so at each level; in the long run all do at both.
    fn is_from_source(&self, program: &Program, mode: Mode) -> bool {
        let turn = fnv(stem(&program.source).as_bytes()) % 4;
        self.is_long || turn == if mode == Mode::JitO2 { 0 } else { 1 }
    }

    /// Where the invalidations of a program go.
    fn invalidations_of(&self, program: &Program) -> PathBuf {
        self.images.join(stem(&program.source)).with_extension("invalidations")
    }

    /// A program that evaluates a program and what comes after it.
    fn with_after(&self, program: &Program, after: &Path, mode: Mode) -> anyhow::Result<PathBuf> {
        let text = format!("include({:?})\ninclude({after:?})\n", program.source);
        let file = self.images.join(format!("{}.{}.jl", stem(&program.source), mode as u32));
        std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
        Ok(file)
    }

    /// Builds the image of a program.
    fn build(&self, source: &Path) -> anyhow::Result<PathBuf> {
        let image = self.images.join(stem(source)).with_extension("so");
        let mut command = Command::new(&self.tintype);
        clean(&mut command).args(["build-image", "--quiet", "-C", default_targets(), "-J"]).arg(&self.base);
        let outcome = process::run(command.arg("-o").arg(&image).arg(source), LIMIT)?;
        ensure!(outcome.status.success(), "building its image: {}\n{}", outcome.ending(), outcome.stderr);
        Ok(image)
    }

    /// Binary trees of depth 16 allocate gigabytes; the resident size must stay near the bound.
    fn bounded_heap(&self, root: &Path) -> anyhow::Result<()> {
        let mut command = Command::new(&self.tintype);
        clean(&mut command).args(["--heap-size-hint=64M", "-J"]).arg(&self.base);
        let outcome = process::run(command.arg(root.join("examples/binary_trees.jl")).arg("16"), LIMIT)?;
        ensure!(outcome.status.success(), "{}\n{}", outcome.ending(), outcome.stderr);
        if let Some(diff) = diff(&binary_trees_output(16), &outcome.stdout) {
            bail!("{diff}");
        }
        // The heap, and room for code, tables and the executable.
        let bound_kib = (64 + 96) * 1024;
        ensure!(outcome.peak_kib <= bound_kib, "expected at most {bound_kib} KiB resident, found {}", outcome.peak_kib);
        Ok(())
    }
}

/// What `examples/binary_trees.jl` prints: a tree of depth d has 2^(d+1) - 1 nodes.
fn binary_trees_output(depth: u32) -> String {
    let nodes = |depth: u32| (2_u64 << depth) - 1;
    let mut text = format!("stretch tree of depth {} check: {}\n", depth + 1, nodes(depth + 1));
    for d in (4..=depth).step_by(2) {
        let count = 1_u64 << (depth - d + 4);
        text += &format!("{count} trees of depth {d} check: {}\n", count * nodes(d));
    }
    text + &format!("long lived tree of depth {depth} check: {}\n", nodes(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_are_found_with_their_outputs() {
        let root = crate::tidy::workspace_root().unwrap();
        let programs = find(&root).unwrap();
        let examples = programs.iter().filter(|program| program.source.starts_with(root.join("examples"))).count();
        assert!(examples >= 12, "expected twelve examples, found {examples}");
    }

    #[test]
    fn the_output_of_binary_trees_is_known() {
        let root = crate::tidy::workspace_root().unwrap();
        let expected = std::fs::read_to_string(root.join("examples/expected/binary_trees.out")).unwrap();
        assert_eq!(binary_trees_output(12), expected);
    }
}
