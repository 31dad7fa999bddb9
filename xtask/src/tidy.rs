//! `cargo xtask tidy`: the rules the compiler does not check. Arrows between crates, the opening line of every file,
//! where `unsafe` may live, and that files named in the documentation exist. It changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// For each crate, the crates it may use directly; what those may use follows.
const ARROWS: &[(&str, &[&str])] = &[
    ("target", &[]),
    ("ir", &[]),
    ("passes", &["ir", "target"]),
    ("codegen", &["ir", "target"]),
    ("multiversion", &["ir", "target"]),
    ("heap", &[]),
    ("image", &["heap", "target"]),
    ("emit", &["passes", "codegen", "multiversion", "image"]),
    ("loader", &["image"]),
    ("jit", &["passes", "codegen"]),
    ("syntax", &[]),
    ("hir", &[]),
    ("lower", &["syntax", "hir"]),
    ("runtime", &["heap", "hir"]),
    ("infer", &["runtime"]),
    ("irgen", &["infer", "ir"]),
    ("engine", &["emit", "loader", "jit", "lower", "irgen"]),
    ("cli", &["engine"]),
];

/// Runs every check and reports all that fails.
pub fn run(_args: &[String]) -> anyhow::Result<()> {
    let root = workspace_root()?;
    let mut failures = Vec::new();
    check_arrows(&root, &mut failures)?;
    let files = tracked_files(&root)?;
    check_sources(&root, &files, &mut failures)?;
    check_named_paths(&root, &files, &mut failures)?;
    if failures.is_empty() {
        println!("tidy: {} files, {} crates", files.len(), ARROWS.len());
        return Ok(());
    }
    for failure in &failures {
        eprintln!("{failure}");
    }
    bail!("{} failures", failures.len())
}

/// The folder that holds the workspace.
pub fn workspace_root() -> anyhow::Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(manifest.parent().context("xtask lies in the workspace")?.to_owned())
}

fn tracked_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let output = Command::new("git").args(["ls-files"]).current_dir(root).output().context("running git")?;
    Ok(String::from_utf8(output.stdout)?.lines().map(PathBuf::from).filter(|path| root.join(path).is_file()).collect())
}

/// Everything a crate may use: the arrows, followed to the end.
fn allowed(name: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![name];
    while let Some(next) = open.pop() {
        let direct = ARROWS.iter().find(|(from, _)| *from == next).map_or(&[][..], |(_, to)| to);
        for to in direct {
            if found.insert(*to) {
                open.push(to);
            }
        }
    }
    found
}

fn check_arrows(root: &Path, failures: &mut Vec<String>) -> anyhow::Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("running cargo metadata")?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).context("reading cargo metadata")?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let mut crates = BTreeMap::new();
    for package in packages {
        let manifest = Path::new(package["manifest_path"].as_str().context("package without manifest")?);
        let folder = manifest.parent().context("manifest without folder")?;
        if folder.parent() == Some(&root.join("crates")) {
            let directory = folder.file_name().and_then(|name| name.to_str()).context("crate folder name")?;
            crates
                .insert(package["name"].as_str().context("package name")?.to_owned(), (directory.to_owned(), package));
        }
    }
    for (directory, package) in crates.values() {
        if !ARROWS.iter().any(|(name, _)| name == directory) {
            failures.push(format!(
                "crates/{directory}: not in the table of crates; add it to ARCHITECTURE.md and to xtask's ARROWS"
            ));
        }
        let may_use = allowed(directory);
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let is_test_only = dependency["kind"].as_str() == Some("dev");
            let Some((used, _)) = dependency["name"].as_str().and_then(|name| crates.get(name)) else { continue };
            if !is_test_only && !may_use.contains(used.as_str()) {
                failures.push(format!("crates/{directory}: may not use `{used}`; move the code, or change the design in ARCHITECTURE.md first"));
            }
        }
    }
    Ok(())
}

fn check_sources(root: &Path, files: &[PathBuf], failures: &mut Vec<String>) -> anyhow::Result<()> {
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = std::fs::read_to_string(root.join(path)).with_context(|| format!("reading {}", path.display()))?;
        let first = text.lines().find(|line| !line.is_empty() && !line.starts_with("#!")).unwrap_or("");
        if !first.starts_with("//!") {
            failures
                .push(format!("{}: begin with `//!`: what the file is for and what it does not do", path.display()));
        }
        // Spelt apart, so that this file does not find itself.
        for word in [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("static", " mut ")] {
            if text.contains(word) {
                failures
                    .push(format!("{}: `{word}` is not allowed; finish it or return a clear error", path.display()));
            }
        }
    }
    Ok(())
}

/// Paths in back quotes in the documentation must exist.
fn check_named_paths(root: &Path, files: &[PathBuf], failures: &mut Vec<String>) -> anyhow::Result<()> {
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = std::fs::read_to_string(root.join(path))?;
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path =
                ["crates/", "docs/", "examples/", "tests/", "base/", "xtask/"].iter().any(|p| quoted.starts_with(p));
            let is_plain = !quoted.contains([' ', '*', '<', '{', '\n', '$']);
            if is_path && is_plain && !root.join(quoted).exists() {
                failures.push(format!("{}: names `{quoted}`, which does not exist", path.display()));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workspace_is_tidy() {
        super::run(&[]).expect("run `cargo xtask tidy` and follow what it says");
    }

    #[test]
    fn arrows_are_followed_to_the_end() {
        assert!(super::allowed("cli").contains("heap"));
        assert!(!super::allowed("runtime").contains("ir"));
        assert!(!super::allowed("loader").contains("codegen"));
    }
}
