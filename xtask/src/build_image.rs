//! `cargo xtask build-image [--run] FILE.jl [OPTIONS of tintype build-image]`: an image of a program, from a fresh clone
//! if need be: `tintype` and the system image are built first where they are missing or stale.
//!
//! With `--run` the program is then started from the image and by the JIT in turn, and a table shows what the image holds
//! and what it gains.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::measure::{alternate, milliseconds};
use crate::table::Table;
use crate::workspace::{Workspace, clean, default_targets, stem};

/// Starts whose median is shown, if they fit the time.
const STARTS: usize = 21;

struct Arguments {
    run: bool,
    file: PathBuf,
    output: Option<PathBuf>,
    targets: String,
    /// Handed to `tintype build-image` as they are.
    others: Vec<String>,
}

/// Builds, and shows figures if asked to.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let arguments = parse(args)?;
    let workspace = Workspace::locate()?;
    let tintype = workspace.build_tintype()?;
    let base = workspace.base_image(default_targets())?;
    let default_output = workspace.folder("programs")?.join(stem(&arguments.file)).with_extension("so");
    let image = arguments.output.clone().unwrap_or(default_output);
    let report = build(&tintype, &base, &image, &arguments)?;
    println!("{}", image.display());
    if arguments.run {
        let text = run_once(&tintype, &image)?;
        print!("\n{text}\n");
        print!("{}", figures(&report, &inspect(&tintype, &image)?)?);
        print!("\n{}", timings(&tintype, &base, &image, &arguments.file)?);
    }
    Ok(())
}

fn parse(args: &[String]) -> anyhow::Result<Arguments> {
    let mut arguments = Arguments {
        run: false,
        file: PathBuf::new(),
        output: None,
        targets: default_targets().to_owned(),
        others: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--run" => arguments.run = true,
            "-o" => arguments.output = Some(args.next().context("-o: give a file")?.into()),
            "-C" => arguments.targets = args.next().context("-C: give the targets")?.clone(),
            _ if !arg.starts_with('-') && arg.ends_with(".jl") && arguments.file.as_os_str().is_empty() => {
                arguments.file = arg.into();
            }
            _ => arguments.others.push(arg.clone()),
        }
    }
    ensure!(
        !arguments.file.as_os_str().is_empty(),
        "usage: cargo xtask build-image [--run] FILE.jl [-C SPEC] [-o OUT]"
    );
    ensure!(arguments.file.is_file(), "{}: no such file", arguments.file.display());
    Ok(arguments)
}

/// Builds the image; gives the figures that `--json` prints.
fn build(tintype: &Path, base: &Path, image: &Path, arguments: &Arguments) -> anyhow::Result<Value> {
    let mut command = Command::new(tintype);
    clean(&mut command).arg("build-image").arg("-J").arg(base).args(["-C", &arguments.targets, "--json", "-o"]);
    command.arg(image).args(&arguments.others).arg(&arguments.file).stderr(Stdio::inherit());
    let output = command.output().context("running tintype")?;
    if !output.status.success() {
        bail!("the image does not build ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("reading the figures that tintype printed")
}

fn inspect(tintype: &Path, image: &Path) -> anyhow::Result<Value> {
    let output = clean(Command::new(tintype).arg("inspect").arg("--json").arg(image)).output()?;
    ensure!(output.status.success(), "tintype inspect: {}", String::from_utf8_lossy(&output.stderr).trim());
    serde_json::from_slice(&output.stdout).context("reading what `tintype inspect` printed")
}

fn run_once(tintype: &Path, image: &Path) -> anyhow::Result<String> {
    let output = clean(Command::new(tintype).arg(image)).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the image does not run ({})", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What the image holds, and the seconds it took.
fn figures(report: &Value, inspected: &Value) -> anyhow::Result<String> {
    let mut table = Table::new(&["image", ""]);
    let number = |value: &Value| value.as_u64().map_or("?".to_owned(), |number| number.to_string());
    table.row(["methods".to_owned(), number(&report["methods"])]);
    table.row(["code instances".to_owned(), number(&report["code_instances"])]);
    table.row(["functions".to_owned(), number(&report["functions"])]);
    let clones = report["clones"].as_array().context("figures without `clones`")?;
    for (index, count) in clones.iter().enumerate() {
        let target = inspected["targets"][index]["target"].as_str().unwrap_or("?");
        table.row([format!("  versions for target {index}, {target}"), number(count)]);
    }
    table.row(["shards".to_owned(), number(&report["shards"])]);
    table.row(["bytes of code".to_owned(), number(&report["code_bytes"])]);
    table.row(["bytes of heap".to_owned(), number(&report["heap_bytes"])]);
    for phase in report["phases"].as_array().into_iter().flatten() {
        let name = phase[0].as_str().unwrap_or("?");
        let seconds = phase[1].as_f64().unwrap_or(f64::NAN);
        table.row([format!("seconds: {name}"), format!("{seconds:.3}")]);
    }
    Ok(table.render())
}

/// Starts from the image and by the JIT, in turn.
fn timings(tintype: &Path, base: &Path, image: &Path, file: &Path) -> anyhow::Result<String> {
    let mut from_image = Command::new(tintype);
    clean(&mut from_image).arg(image);
    let mut by_jit = Command::new(tintype);
    clean(&mut by_jit).arg("-J").arg(base).arg(file);
    let mut commands = [from_image, by_jit];
    let medians = alternate(&mut commands, STARTS, Duration::from_secs(20))?;
    let mut table = Table::new(&["median of several starts", "first output", "end"]);
    for (name, start) in ["program image", "system image and JIT"].iter().zip(&medians) {
        table.row([(*name).to_owned(), milliseconds(start.first_output), milliseconds(start.total)]);
    }
    let ratio = medians[1].first_output.as_secs_f64() / medians[0].first_output.as_secs_f64();
    Ok(format!("{}the image is {ratio:.1} times as fast to its first output\n", table.render()))
}
