//! `tintype build-image`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use super::run::argument_name;
use super::{Command, Usage, values};
use crate::help::Topic;

/// What image is built, and how. An option that was not given is `None`: the environment or the engine decides.
#[derive(Debug, Default)]
pub struct BuildArguments {
    /// Build the base library's system image rather than a program's.
    pub base: bool,
    /// The program; for `--base`, the base library's main file where it is not the built-in one.
    pub input: Option<PathBuf>,
    /// The image that is written.
    pub output: PathBuf,
    /// The parent.
    pub parent: Option<PathBuf>,
    /// The targets.
    pub cpu_target: Option<String>,
    /// Emission threads.
    pub threads: Option<u32>,
    /// Number of shards, instead of what the module's size gives.
    pub shards: Option<u32>,
    /// 0 to 3.
    pub optimize: Option<u8>,
    /// Forced on or off; inner `None` is `auto`.
    pub check_bounds: Option<Option<bool>>,
    /// Programs that are only run for the methods they compile.
    pub workload: Vec<PathBuf>,
    /// Files of `precompile` statements.
    pub precompile_statements: Vec<PathBuf>,
    /// An archive of the object files, besides the image.
    pub output_o: Option<PathBuf>,
    /// Print the seconds of each phase and shard.
    pub timings: bool,
    /// Print the figures as JSON.
    pub json: bool,
    /// Print nothing but errors.
    pub quiet: bool,
}

/// Planned options that are refused.
const UNSUPPORTED: &[&str] = &["--project", "--output-bc", "--output-unopt-bc", "--output-asm", "--output-ji"];

/// Reads what follows `build-image`.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Usage> {
    let mut parser = Parser::from_args(arguments);
    let mut build = Box::new(BuildArguments::default());
    let mut output = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help(Topic::BuildImage)),
            Arg::Short('o') | Arg::Long("output") => output = Some(PathBuf::from(parser.value()?)),
            Arg::Short('C') | Arg::Long("cpu-target") => {
                let spec = parser.value()?.string()?;
                if spec == "help" {
                    return Ok(Command::CpuHelp);
                }
                build.cpu_target = Some(spec);
            }
            Arg::Value(input) => build.add_input(input.into())?,
            Arg::Short(_) | Arg::Long(_) => build.option(&argument_name(&argument), &mut parser)?,
        }
    }
    build.output = output.ok_or_else(|| Usage::mistake("build-image: give the file to write with `-o OUT`"))?;
    if build.input.is_none() && !build.base {
        return Err(Usage::mistake("build-image: give a FILE.jl, or `--base` for the base library's image"));
    }
    Ok(Command::BuildImage(build))
}

impl BuildArguments {
    /// Reads the value of an option and sets what it stands for.
    fn option(&mut self, name: &str, parser: &mut Parser) -> Result<(), Usage> {
        match name {
            "--base" => self.base = true,
            "-J" | "--sysimage" => self.parent = Some(parser.value()?.into()),
            "-O" | "--optimize" => {
                let level = parser.optional_value().map(ValueExt::string).transpose()?;
                self.optimize = Some(values::optimization_level(level.as_deref().unwrap_or("3"))?);
            }
            "--check-bounds" => self.check_bounds = Some(values::check_bounds(&parser.value()?.string()?)?),
            "--threads" => self.threads = Some(values::number(name, &parser.value()?.string()?, 1)?),
            "--shards" => self.shards = Some(values::number(name, &parser.value()?.string()?, 1)?),
            "--workload" => self.workload.push(parser.value()?.into()),
            "--precompile-statements" => self.precompile_statements.push(parser.value()?.into()),
            "--linker" => check_linker(&parser.value()?.string()?)?,
            "--output-o" => self.output_o = Some(parser.value()?.into()),
            "--timings" => self.timings = true,
            "--json" => self.json = true,
            "-q" | "--quiet" => self.quiet = true,
            _ if UNSUPPORTED.contains(&name) => {
                return Err(Usage::unsupported(format_args!("build-image: option `{name}`")));
            }
            _ => return Err(Usage::mistake(format_args!("build-image: unknown option `{name}`"))),
        }
        Ok(())
    }

    fn add_input(&mut self, input: PathBuf) -> Result<(), Usage> {
        if self.input.is_some() {
            return Err(Usage::unsupported("build-image: an image of several files"));
        }
        if input.extension().is_none_or(|extension| extension != "jl") {
            return Err(Usage::unsupported(format_args!(
                "build-image: `{}`: an image of anything but a FILE.jl",
                input.display()
            )));
        }
        self.input = Some(input);
        Ok(())
    }
}

fn check_linker(name: &str) -> Result<(), Usage> {
    match name {
        "wild" => Ok(()),
        "lld" | "cc" => Err(Usage::unsupported(format_args!("build-image: the linker `{name}`"))),
        _ => Err(Usage::mistake(format_args!("--linker: expected one of wild, lld, cc, found `{name}`"))),
    }
}
