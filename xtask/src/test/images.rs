//! Images as files: the same bytes from any number of threads, the right target on any machine, a clear refusal of what
//! is damaged, and nothing left behind by a build that died.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::Request;
use super::jobs::{self, Job, Summary};
use crate::diff::diff;
use crate::process::{self, Outcome};
use crate::workspace::{Workspace, clean, default_targets};

const LIMIT: Duration = Duration::from_secs(120);

/// Damages that are tried on one image.
const DAMAGES: usize = 240;

/// Builds an image of one example and does to it what may happen to a file.
pub fn run(workspace: &Workspace, base: &Path, request: &Request, summary: &mut Summary) -> anyhow::Result<()> {
    let bench = Bench {
        tintype: workspace.tintype(),
        base: base.to_owned(),
        folder: workspace.folder("images")?,
        program: workspace.root.join("examples/shapes.jl"),
        expected: std::fs::read_to_string(workspace.root.join("examples/expected/shapes.out"))?,
    };
    let bench = &bench;
    let mut checks = vec![
        Job::new("image: the same bytes at 1, 2 and 4 threads", || bench.same_bytes()),
        Job::new("image: inspect and verify", || bench.inspected()),
        Job::new("image: a machine with fewer features gets another target, or a refusal", || bench.other_targets()),
        Job::new("image: the same output at other addresses", || bench.other_addresses()),
        Job::new("image: damage is refused", || bench.damaged()),
        Job::new("image: other files are refused", || bench.other_files()),
        Job::new("image: a killed build leaves nothing that loads", || {
            bench.killed(if request.long { 100 } else { 12 })
        }),
    ];
    checks.retain(|job| request.names.is_empty() || request.names.iter().any(|part| job.name.contains(part)));
    println!("images: {} checks", checks.len());
    jobs::run(&checks, summary);
    Ok(())
}

struct Bench {
    tintype: PathBuf,
    base: PathBuf,
    folder: PathBuf,
    program: PathBuf,
    expected: String,
}

impl Bench {
    fn tintype(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.tintype);
        clean(&mut command).args(args).env("TINTYPE_SYSIMAGE", &self.base);
        command
    }

    /// Builds an image under a name of its own, so that checks may run side by side.
    fn build(&self, name: &str, args: &[&str]) -> anyhow::Result<PathBuf> {
        let image = self.folder.join(name).with_extension("so");
        let mut command = self.tintype(&["build-image", "--quiet"]);
        let outcome = process::run(command.arg("-o").arg(&image).args(args).arg(&self.program), LIMIT)?;
        ensure!(outcome.status.success(), "building: {}\n{}", outcome.ending(), outcome.stderr);
        Ok(image)
    }

    fn start(&self, image: &Path, args: &[&str], variables: &[(&str, &str)]) -> anyhow::Result<Outcome> {
        let mut command = self.tintype(args);
        process::run(command.envs(variables.iter().copied()).arg(image), LIMIT)
    }

    /// Starts an image; it must print what it should.
    fn runs(&self, image: &Path, args: &[&str], variables: &[(&str, &str)]) -> anyhow::Result<Outcome> {
        let outcome = self.start(image, args, variables)?;
        ensure!(outcome.status.success(), "{variables:?}: {}\n{}", outcome.ending(), outcome.stderr);
        match diff(&self.expected, &outcome.stdout) {
            Some(diff) => bail!("{variables:?}: the output differs\n{diff}"),
            None => Ok(outcome),
        }
    }

    /// Starts an image; it must be refused with status 1 and a text.
    fn refused(&self, what: &str, image: &Path, args: &[&str], variables: &[(&str, &str)]) -> anyhow::Result<String> {
        let outcome = self.start(image, args, variables)?;
        let ending = outcome.ending();
        ensure!(
            ending == "status 1",
            "{what}: expected a refusal, found {ending}\n{}{}",
            outcome.stdout,
            outcome.stderr
        );
        ensure!(!outcome.stderr.trim().is_empty(), "{what}: refused without a word");
        ensure!(!outcome.stderr.contains("panicked"), "{what}: {}", outcome.stderr);
        Ok(outcome.stderr)
    }

    fn inspect(&self, image: &Path, features: Option<&str>) -> anyhow::Result<Value> {
        let mut command = self.tintype(&["inspect", "--json"]);
        command.envs(features.map(|hidden| ("TINTYPE_CPU_FEATURES", hidden)));
        let outcome = process::run(command.arg(image), LIMIT)?;
        ensure!(outcome.status.success(), "inspect: {}\n{}", outcome.ending(), outcome.stderr);
        serde_json::from_str(&outcome.stdout).context("reading what inspect printed")
    }

    fn same_bytes(&self) -> anyhow::Result<()> {
        let mut first: Option<Vec<u8>> = None;
        for threads in ["1", "2", "4"] {
            let args = ["-C", default_targets(), "--shards", "4", "--threads", threads];
            let bytes = std::fs::read(self.build("threads", &args)?)?;
            match &first {
                None => first = Some(bytes),
                Some(first) => {
                    let at = first.iter().zip(&bytes).position(|(a, b)| a != b);
                    ensure!(*first == bytes, "{threads} threads: first difference at byte {at:?}");
                }
            }
        }
        Ok(())
    }

    fn inspected(&self) -> anyhow::Result<()> {
        let image = self.build("inspected", &["-C", default_targets()])?;
        let facts = self.inspect(&image, None)?;
        for field in ["functions", "shards", "code_bytes", "slots"] {
            ensure!(facts[field].as_u64().is_some_and(|number| number > 0), "inspect: `{field}` is {}", facts[field]);
        }
        let targets = facts["targets"].as_array().map_or(0, Vec::len);
        ensure!(targets == default_targets().split(';').count(), "inspect: {targets} targets");
        ensure!(facts["parents"].as_array().is_some_and(|parents| parents.len() == 1), "inspect: {}", facts["parents"]);
        for image in [&self.base, &image] {
            let outcome = process::run(self.tintype(&["inspect", "--verify"]).arg(image), LIMIT)?;
            ensure!(outcome.status.success(), "inspect --verify: {}\n{}", outcome.ending(), outcome.stderr);
            ensure!(outcome.stdout.contains("match the checksum"), "{}", outcome.stdout);
        }
        Ok(())
    }

    /// Hides features of this machine, as far as it has them.
    fn other_targets(&self) -> anyhow::Result<()> {
        let image = self.build("targets", &["-C", default_targets()])?;
        let mut chosen = Vec::new();
        for hidden in ["", "-avx2", "-avx"] {
            let facts = self.inspect(&image, Some(hidden))?;
            let targets = facts["targets"].as_array().context("no targets")?;
            let index = targets.iter().position(|target| target["chosen"] == true).context("no target was chosen")?;
            chosen.push(index);
            let outcome = self.runs(&image, &["--verbose"], &[("TINTYPE_CPU_FEATURES", hidden)])?;
            let name = targets[index]["name"].as_str().unwrap_or("?");
            ensure!(outcome.stderr.contains(name), "--verbose does not name `{name}`:\n{}", outcome.stderr);
        }
        if !cfg!(target_arch = "x86_64") || chosen[0] != 2 {
            return Ok(());
        }
        ensure!(chosen == [2, 1, 0], "hiding AVX2, then AVX: expected targets 2, 1, 0, found {chosen:?}");
        let image = self.build("haswell", &["-C", "haswell"])?;
        let text = self.refused("AVX2 hidden", &image, &[], &[("TINTYPE_CPU_FEATURES", "-avx2")])?;
        ensure!(text.contains("avx2"), "the refusal does not say what is missing: {text}");
        Ok(())
    }

    fn other_addresses(&self) -> anyhow::Result<()> {
        let image = self.build("addresses", &["-C", default_targets()])?;
        let facts = self.inspect(&image, None)?;
        let own = facts["name"].as_str().context("an image without a name")?;
        let parent = facts["parents"][0]["name"].as_str().context("a parent without a name")?;
        for value in ["other", &format!("other:{own}"), &format!("other:{parent}")] {
            self.runs(&image, &[], &[("TINTYPE_IMAGE_ADDRESS", value)])?;
        }
        Ok(())
    }

    /// Truncations and single flipped bits all over the file, verified at each start; then some that keep the size and
    /// the times of a file that was verified before, as far as a system lets them.
    fn damaged(&self) -> anyhow::Result<()> {
        let good = self.build("damaged", &["-C", "generic"])?;
        let bytes = std::fs::read(&good)?;
        let copy = self.folder.join("damaged-copy.so");
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for number in 0..DAMAGES {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (random >> 16) as usize % bytes.len();
            let mut damaged = bytes.clone();
            let what = match number % 6 {
                0 => {
                    damaged.truncate(place);
                    format!("cut off at {place}")
                }
                // The header and tables at the start are small; hit them as often as all the rest.
                1 | 2 => flip(&mut damaged, place % 4096, random),
                _ => flip(&mut damaged, place, random),
            };
            std::fs::write(&copy, damaged)?;
            self.refused(&what, &copy, &["--verify-images=yes"], &[])?;
        }
        self.damaged_behind_the_record(&bytes, &copy)
    }

    fn damaged_behind_the_record(&self, bytes: &[u8], copy: &Path) -> anyhow::Result<()> {
        let cache = self.folder.join("cache");
        let cache = [("XDG_CACHE_HOME", cache.to_str().context("a path that is no text")?)];
        for number in 0..10 {
            std::fs::write(copy, bytes)?;
            self.runs(copy, &[], &cache)?;
            let modified = std::fs::metadata(copy)?.modified()?;
            let mut damaged = bytes.to_vec();
            let what = flip(&mut damaged, bytes.len() / 10 * number, 3);
            std::fs::write(copy, damaged)?;
            std::fs::File::options().write(true).open(copy)?.set_modified(modified)?;
            self.refused(&format!("{what}, behind the record"), copy, &[], &cache)?;
        }
        Ok(())
    }

    fn other_files(&self) -> anyhow::Result<()> {
        let mut other = std::fs::read(self.build("other", &["-C", "generic"])?)?;
        // The machine field of the ELF header: aarch64 for x86-64 and the reverse.
        other[18] = if other[18] == 62 { 183 } else { 62 };
        let files = [("empty", Vec::new()), ("text", b"println(1)\n".repeat(99)), ("machine", other)];
        for (name, bytes) in files {
            let path = self.folder.join(format!("refused-{name}.so"));
            std::fs::write(&path, bytes)?;
            self.refused(name, &path, &[], &[])?;
        }
        self.refused("a missing file", &self.folder.join("missing.so"), &[], &[]).map(|_| ())
    }

    /// Kills builds at moments spread over the time a build takes.
    fn killed(&self, times: u32) -> anyhow::Result<()> {
        let start = std::time::Instant::now();
        self.build("killed", &[])?;
        let whole = start.elapsed();
        let image = self.folder.join("killed.so");
        for number in 0..times {
            let _ = std::fs::remove_file(&image);
            let mut command = self.tintype(&["build-image", "--quiet"]);
            command.arg("-o").arg(&image).arg(&self.program).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn()?;
            std::thread::sleep(whole * (number + 1) / times);
            child.kill()?;
            child.wait()?;
            if image.exists() {
                self.runs(&image, &["--verify-images=yes"], &[])
                    .with_context(|| format!("killed after {number}/{times} of the time"))?;
            }
        }
        Ok(())
    }
}

fn flip(bytes: &mut [u8], place: usize, random: u64) -> String {
    let bit = random % 8;
    bytes[place] ^= 1 << bit;
    format!("bit {bit} of byte {place} flipped")
}
