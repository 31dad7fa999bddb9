//! `cargo xtask bench [NAME...]`: how fast compiled programs are, and how fast they start, as ratios to C in the same
//! run. `dispatch` is in [`bench_dispatch`].
//!
//! Each `bench/NAME.jl` has a twin `bench/NAME.c`; both print a result, then the nanoseconds their work took by their own
//! clock. Runs alternate, so that whatever else the machine does falls on all alike; medians are shown. Nothing here
//! fails because something is slow.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::bench_dispatch;
use crate::measure::{alternate, median, milliseconds};
use crate::process;
use crate::table::Table;
use crate::workspace::{Workspace, clean, default_targets, files_below, stem};

/// Runs of each program.
const RUNS: usize = 5;
/// Starts of each hello-world.
const STARTS: usize = 40;
const LIMIT: Duration = Duration::from_secs(300);

/// Compiles, runs and prints; with names, only those programs.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    let tintype = workspace.build_tintype()?;
    let bench = Bench { base: workspace.base_image(default_targets())?, tintype, folder: workspace.folder("bench")? };
    let wanted = |name: &str| args.is_empty() || args.iter().any(|arg| arg == name);
    let mut table = Table::new(&["program", "C -O2", "image", "JIT", "image / C", "JIT / C", "result"]);
    let mut rows = 0;
    for source in files_below(&workspace.root.join("bench"), "jl")? {
        let name = stem(&source);
        if name != "hello" && source.with_extension("c").is_file() && wanted(&name) {
            eprintln!("{name}");
            table.row(bench.compare(&source).with_context(|| name.clone())?);
            rows += 1;
        }
    }
    if rows > 0 {
        println!("medians of {RUNS} runs; what compiling costs is not counted");
        print!("{}", table.render());
    }
    if wanted("dispatch") {
        println!("\nmedians of alternating runs");
        print!("{}", bench.dispatch(&workspace.root.join("bench/dispatch/receivers.jl"))?);
    }
    if wanted("hello") {
        print!("\n{}", bench.starts(&workspace.root.join("bench/hello.jl"))?);
    }
    Ok(())
}

struct Bench {
    tintype: PathBuf,
    base: PathBuf,
    folder: PathBuf,
}

/// What a program printed.
struct Run {
    result: String,
    nanoseconds: f64,
}

impl Bench {
    /// Runs a program in C, from its image and by the JIT, in turn. The cells of its row.
    fn compare(&self, source: &Path) -> anyhow::Result<[String; 7]> {
        let commands = [Command::new(self.compile_c(source)?), self.image_command(source)?, self.jit_command(source)];
        let mut commands = commands;
        let mut runs: [Vec<Run>; 3] = Default::default();
        for _ in 0..RUNS {
            for (command, runs) in commands.iter_mut().zip(&mut runs) {
                runs.push(run_once(command)?);
            }
        }
        let [c, image, jit] = runs.each_ref().map(|runs| median(runs.iter().map(|run| run.nanoseconds).collect()));
        let results = runs.each_ref().map(|runs| runs[0].result.as_str());
        let agree = close(results[0], results[1]) && close(results[0], results[2]);
        let result = if agree { results[1].to_owned() } else { format!("DIFFERENT: {}", results.join(", ")) };
        let time = |nanoseconds: f64| milliseconds(Duration::from_nanos(nanoseconds as u64));
        let ratio = |nanoseconds: f64| format!("{:.2}", nanoseconds / c);
        Ok([stem(source), time(c), time(image), time(jit), ratio(image), ratio(jit), result])
    }

    /// Starting: C's hello-world, its twin from an image, and the command by itself.
    fn starts(&self, source: &Path) -> anyhow::Result<String> {
        let mut nothing = Command::new(&self.tintype);
        clean(&mut nothing).arg("--version");
        let mut commands = [Command::new(self.compile_c(source)?), self.image_command(source)?, nothing];
        let medians = alternate(&mut commands, STARTS, Duration::from_secs(60))?;
        let mut table = Table::new(&["start", "first output", "end", "first output / C", "end / C"]);
        let ratio = |time: Duration, c: Duration| format!("{:.2}", time.as_secs_f64() / c.as_secs_f64());
        for (name, start) in ["hello in C", "hello from its image", "`tintype --version`"].iter().zip(&medians) {
            table.row([
                (*name).to_owned(),
                milliseconds(start.first_output),
                milliseconds(start.total),
                ratio(start.first_output, medians[0].first_output),
                ratio(start.total, medians[0].total),
            ]);
        }
        Ok(format!("medians of {STARTS} alternating starts\n{}", table.render()))
    }

    /// What dynamic calls cost beside C++'s virtual ones.
    fn dispatch(&self, source: &Path) -> anyhow::Result<String> {
        let program = self.folder.join("receivers");
        bench_dispatch::compile_twin(&source.with_extension("cpp"), &program)?;
        let mut commands = [Command::new(program), self.image_command(source)?, self.jit_command(source)];
        bench_dispatch::compare(&mut commands)
    }

    fn compile_c(&self, source: &Path) -> anyhow::Result<PathBuf> {
        let (program, source) = (self.folder.join(stem(source)), source.with_extension("c"));
        let mut command = Command::new("cc");
        let status =
            command.arg("-O2").arg("-o").arg(&program).arg(&source).arg("-lm").status().context("running cc")?;
        ensure!(status.success(), "{} does not compile", source.display());
        Ok(program)
    }

    /// Builds the image for the targets a distributed one has; C has its one generic target.
    fn image_command(&self, source: &Path) -> anyhow::Result<Command> {
        let image = self.folder.join(stem(source)).with_extension("so");
        let mut command = Command::new(&self.tintype);
        clean(&mut command).args(["build-image", "--quiet", "-C", default_targets(), "-J"]).arg(&self.base);
        let outcome = process::run(command.arg("-o").arg(&image).arg(source), LIMIT)?;
        ensure!(outcome.status.success(), "its image does not build: {}\n{}", outcome.ending(), outcome.stderr);
        let mut command = Command::new(&self.tintype);
        clean(&mut command).arg(image);
        Ok(command)
    }

    fn jit_command(&self, source: &Path) -> Command {
        let mut command = Command::new(&self.tintype);
        clean(&mut command).arg("-J").arg(&self.base).arg(source);
        command
    }
}

fn run_once(command: &mut Command) -> anyhow::Result<Run> {
    let outcome = process::run(command, LIMIT)?;
    let name = command.get_program().display();
    if !outcome.status.success() {
        bail!("{name}: {}\n{}", outcome.ending(), outcome.stderr);
    }
    let mut lines = outcome.stdout.lines();
    let (Some(result), Some(time)) = (lines.next(), lines.next()) else {
        bail!("{name}: expected a result and a time, found {:?}", outcome.stdout);
    };
    Ok(Run { result: result.to_owned(), nanoseconds: time.parse().with_context(|| format!("{name}: `{time}`"))? })
}

/// Whether two results agree, but for rounding.
fn close(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_a_twin() {
        let root = crate::tidy::workspace_root().unwrap();
        let sources = files_below(&root.join("bench"), "jl").unwrap();
        assert!(sources.len() >= 6);
        for source in sources {
            let has_twin = ["c", "cpp"].iter().any(|extension| source.with_extension(extension).is_file());
            assert!(has_twin, "{} has no twin", source.display());
        }
    }

    #[test]
    fn results_agree_but_for_rounding() {
        assert!(close("3.141592643589326", "3.1415926435893260") && close("9227465", "9227465"));
        assert!(!close("-0.169", "-0.168") && !close("a", "b"));
    }
}
