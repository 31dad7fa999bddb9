//! `cargo xtask parse-diff DIR`: compares what the parser makes of each source file below a folder with what the reference
//! implementation makes of it, and measures the parser's speed on them.
//!
//! The reference is the command that `--oracle COMMAND` or `TINTYPE_ORACLE` names: it is given a script to run, in a folder
//! that holds copies of the files. What it prints is kept in the target folder, by content, so that it starts only for
//! files it has not seen. Where the language has changed since the reference's version, the script brings the reference's
//! tree into the new form; files where that cannot be done are listed in `parse_diff_known.txt`. This is a tool for development: no test needs a reference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::table::Table;
use crate::workspace::{Workspace, files_below};

/// The script the reference runs.
const SCRIPT: &str = include_str!("parse_diff.jl");
/// The end of a path, a colon, the reason.
const KNOWN: &str = include_str!("parse_diff_known.txt");
/// Files of a hundred that must be equal.
const WANTED: f64 = 99.5;

/// What came of one file.
enum Verdict {
    Equal,
    /// Both find mistakes in it.
    BothRefuse,
    /// For a reason that is listed.
    Known(&'static str),
    /// The first expression that differs: the reference's and ours.
    Different(String, String),
}

/// Compares, prints a table, and fails if too few files are equal.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (folder, oracle) = read_arguments(args)?;
    let workspace = Workspace::locate()?;
    workspace.build_tintype()?;
    let sources = files_below(&folder, "jl")?;
    ensure!(!sources.is_empty(), "{}: no source files", folder.display());
    let dumps = reference_dumps(&workspace, &oracle, &sources)?;
    let mut verdicts = Vec::new();
    for (source, dump) in sources.iter().zip(&dumps) {
        let verdict = compare(&workspace, source, dump)?;
        let verdict = match (verdict, known(source)) {
            (Verdict::Different(..), Some(reason)) => Verdict::Known(reason),
            (verdict, _) => verdict,
        };
        verdicts.push((source.strip_prefix(&folder).unwrap_or(source), verdict));
    }
    let share = print(&verdicts);
    measure_speed(&workspace, &folder)?;
    ensure!(share >= WANTED, "{share:.2} % of the files are equal; expected {WANTED} %");
    Ok(())
}

fn read_arguments(args: &[String]) -> anyhow::Result<(PathBuf, String)> {
    let from_environment = || std::env::var("TINTYPE_ORACLE").ok();
    match args {
        [folder] => {
            let oracle = from_environment().context("no reference: give --oracle COMMAND or set TINTYPE_ORACLE")?;
            Ok((folder.into(), oracle))
        }
        [option, oracle, folder] if option == "--oracle" => Ok((folder.into(), oracle.clone())),
        _ => bail!("usage: cargo xtask parse-diff [--oracle COMMAND] DIR"),
    }
}

/// For each source, the file with the reference's dump.
fn reference_dumps(workspace: &Workspace, oracle: &str, sources: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let folder = workspace.folder("parse-diff")?;
    let (inputs, outputs) = (folder.join("in"), folder.join("out"));
    // Only what is asked for now goes in; what came out before is kept.
    let _ = std::fs::remove_dir_all(&inputs);
    std::fs::create_dir_all(&inputs)?;
    std::fs::create_dir_all(&outputs)?;
    let mut dumps = Vec::new();
    for source in sources {
        let bytes = std::fs::read(source).with_context(|| format!("reading {}", source.display()))?;
        let name = format!("{:016x}.jl", crate::workspace::fnv(&bytes));
        let dump = outputs.join(&name);
        if !dump.is_file() {
            std::fs::write(inputs.join(&name), bytes)?;
        }
        dumps.push(dump);
    }
    if dumps.iter().any(|dump| !dump.is_file()) {
        std::fs::write(folder.join("parse_diff.jl"), SCRIPT)?;
        let status = Command::new(oracle).arg("parse_diff.jl").current_dir(&folder).status();
        let status = status.with_context(|| format!("running {oracle}"))?;
        ensure!(status.success(), "{oracle} ended with {status}");
    }
    Ok(dumps)
}

fn compare(workspace: &Workspace, source: &Path, dump: &Path) -> anyhow::Result<Verdict> {
    let theirs = std::fs::read_to_string(dump).with_context(|| format!("reading {}", dump.display()))?;
    let output = Command::new(workspace.tintype()).arg("--dump-expr").arg(source).output()?;
    let they_refuse = theirs.lines().any(|line| line.starts_with("(:error,") || line.starts_with("(:incomplete,"));
    let we_refuse = !output.status.success();
    if they_refuse && we_refuse {
        return Ok(Verdict::BothRefuse);
    }
    let mut ours = String::from_utf8_lossy(&output.stdout).into_owned();
    if we_refuse {
        ours = format!("{}\n{ours}", String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("refused"));
    }
    let (mut theirs, mut ours) = (theirs.lines(), ours.lines());
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return Ok(Verdict::Equal),
            (a, b) if a.map(without_space) == b.map(without_space) => {}
            (a, b) => return Ok(Verdict::Different(a.unwrap_or("").to_owned(), b.unwrap_or("").to_owned())),
        }
    }
}

/// A dump without the spaces that are not in strings and characters.
fn without_space(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, ' ') => continue,
            // Adjoints are symbols: an apostrophe behind a colon opens nothing.
            (None, '"') => quote = Some(c),
            (None, '\'') if !kept.ends_with(':') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (Some(_), '\\') => {
                kept.push(c);
                kept.extend(chars.next());
                continue;
            }
            _ => {}
        }
        kept.push(c);
    }
    kept
}

fn known(source: &Path) -> Option<&'static str> {
    let entries = KNOWN.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    entries.into_iter().find(|(path, _)| source.ends_with(path)).map(|(_, reason)| reason)
}

/// Prints what differs and a summary; the share of equal files in percent.
fn print(verdicts: &[(&Path, Verdict)]) -> f64 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, verdict) in verdicts {
        let outcome = match verdict {
            Verdict::Equal => "equal",
            Verdict::BothRefuse => "refused by both",
            Verdict::Known(reason) => {
                println!("{}: known: {reason}", path.display());
                "different, known"
            }
            Verdict::Different(theirs, ours) => {
                println!("{}: different\n{}", path.display(), first_difference(theirs, ours));
                "different"
            }
        };
        *counts.entry(outcome).or_default() += 1;
    }
    let equal = ["equal", "refused by both"].iter().filter_map(|outcome| counts.get(outcome)).sum::<usize>();
    let share = 100.0 * equal as f64 / verdicts.len() as f64;
    let mut table = Table::new(&["outcome", "files"]);
    for (outcome, count) in &counts {
        table.row([(*outcome).to_owned(), count.to_string()]);
    }
    table.row(["equal or refused by both, of all".to_owned(), format!("{share:.2} %")]);
    print!("{}", table.render());
    share
}

/// The surroundings of the first byte that differs.
fn first_difference(theirs: &str, ours: &str) -> String {
    let (theirs, ours) = (without_space(theirs), without_space(ours));
    let same = theirs.chars().zip(ours.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(140).collect::<String>();
    format!("  reference: {}\n  here:      {}", around(&theirs), around(&ours))
}

/// The parser measures itself, in one process.
fn measure_speed(workspace: &Workspace, folder: &Path) -> anyhow::Result<()> {
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--release", "--package", "tintype-syntax", "--example", "parse_speed", "--"]);
    let folder = std::path::absolute(folder)?;
    let status = command.arg(folder).status().context("running cargo")?;
    ensure!(status.success(), "measuring the speed: {status}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_counts_only_inside_quotes() {
        assert_eq!(without_space("(:call, :f,  \"a  b\\\" c\")"), "(:call,:f,\"a  b\\\" c\")");
        assert_eq!(without_space("(:', :a, ' ', 1)"), "(:',:a,' ',1)");
    }

    #[test]
    fn known_differences_have_a_reason() {
        for line in KNOWN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(line.split_once(": ").is_some_and(|(path, reason)| path.ends_with(".jl") && !reason.is_empty()));
        }
    }
}
