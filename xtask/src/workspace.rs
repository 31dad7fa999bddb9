//! Where things lie in the workspace, and building what other verbs need: the release `tintype` and the system image.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, bail, ensure};

use crate::tidy::workspace_root;

/// The targets that images are built for unless told otherwise: a first one for every machine, a full clone, and a
/// partial clone on it.
pub fn default_targets() -> &'static str {
    if cfg!(target_arch = "x86_64") {
        "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)"
    } else {
        "generic"
    }
}

/// Paths of the workspace.
pub struct Workspace {
    /// The folder with the workspace's manifest.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace this program was built in.
    pub fn locate() -> anyhow::Result<Self> {
        let root = workspace_root()?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// The release `tintype`, which may not exist.
    pub fn tintype(&self) -> PathBuf {
        self.target.join("release").join("tintype")
    }

    /// A folder for what verbs make; it exists afterwards.
    pub fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("tintype").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(folder)
    }

    /// A command of cargo, in the workspace.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }

    /// Builds the release `tintype` if anything it is made of changed.
    pub fn build_tintype(&self) -> anyhow::Result<PathBuf> {
        let built =
            self.cargo().args(["build", "--release", "--package", "tintype"]).status().context("running cargo")?;
        ensure!(built.success(), "`tintype` does not build");
        Ok(self.tintype())
    }

    /// Builds the system image for the given targets if it is missing or older than what it is made of, and returns
    /// its path. `tintype` must have been built.
    pub fn base_image(&self, targets: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder("")?;
        let (image, stamp) = (folder.join("base.so"), folder.join("base.stamp"));
        let wanted = self.stamp(targets)?;
        if image.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
            return Ok(image);
        }
        eprintln!("building the system image ({targets})");
        // Without the stamp first: a build that dies leaves no image that looks fresh.
        let _ = std::fs::remove_file(&stamp);
        let mut command = Command::new(self.tintype());
        command.args(["build-image", "--base", "--quiet", "-C", targets, "-o"]).arg(&image);
        command.arg("--workload").arg(self.root.join("base/workload.jl"));
        let built = clean(&mut command).status().context("running tintype")?;
        if !built.success() {
            bail!("the system image does not build ({built})");
        }
        std::fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
        Ok(image)
    }

    /// What the system image is made of: the targets, the command that builds it, and the base library.
    fn stamp(&self, targets: &str) -> anyhow::Result<String> {
        let binary = self.tintype();
        let metadata = std::fs::metadata(&binary).with_context(|| format!("looking at {}", binary.display()))?;
        let built = metadata.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
        let mut stamp = format!("targets {targets}\ncommand {} bytes of {built}\n", metadata.len());
        for path in files_below(&self.root.join("base"), "jl")? {
            let bytes = std::fs::read(&path)?;
            stamp.push_str(&format!("{} {:016x}\n", path.display(), fnv(&bytes)));
        }
        Ok(stamp)
    }
}

/// Takes from a command the variables that change how `tintype` starts, whoever set them.
pub fn clean(command: &mut Command) -> &mut Command {
    let plain =
        ["SYSIMAGE", "CPU_TARGET", "CPU_FEATURES", "IMAGE_THREADS", "IMAGE_TIMINGS", "IMAGE_ADDRESS", "GC_STRESS"];
    for name in plain.into_iter().chain(["INTERPRET"]) {
        command.env_remove(format!("TINTYPE_{name}")).env_remove(format!("JULIA_{name}"));
    }
    command
}

/// The files with an extension in a folder and all below it, by name. None if there is no such folder.
pub fn files_below(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The Fowler-Noll-Vo hash: enough to notice an edit.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The name of a file without folder and extension.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The packages of a dependency tree from elsewhere, each with its features.
    fn packages(args: &[&str]) -> Vec<String> {
        let workspace = Workspace::locate().unwrap();
        let mut command = workspace.cargo();
        let output = command.args(["tree", "--offline", "--prefix", "none", "--format", "{p} {f}"]).args(args).output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        let names = text.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
        let mut found: Vec<String> = names.filter(|name| !name.contains(" (/")).collect();
        found.sort();
        found.dedup();
        found
    }

    #[test]
    fn builds_and_tests_share_their_dependencies() {
        let built = packages(&["--package", "tintype", "--edges", "normal,build"]);
        let tested = packages(&["--workspace", "--edges", "normal,build,dev"]);
        let only_built: Vec<&String> = built.iter().filter(|package| !tested.contains(package)).collect();
        assert!(
            built.len() > 20 && only_built.is_empty(),
            "compiled twice, because tests ask for more features: {only_built:?}; ask for them in crates/cli/Cargo.toml too"
        );
    }
}
