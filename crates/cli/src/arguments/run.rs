//! `tintype [OPTIONS] FILE.jl [ARGS]`, `-e EXPR`, and an image started at its `main`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser, ValueExt};
use tintype_engine::{CompileMode, TraceTarget, VerifyMode};

use super::values::{self, one_of};
use super::{Command, Usage};
use crate::help::Topic;

/// How a program is run. An option that was not given is `None`: the environment or the engine decides.
#[derive(Debug, Default)]
pub struct RunArguments {
    /// The image to start from.
    pub image: Option<PathBuf>,
    /// What code is compiled for.
    pub cpu_target: Option<String>,
    /// 0 to 3.
    pub optimize: Option<u8>,
    /// What is compiled.
    pub compile: Option<CompileMode>,
    /// Bytes the heap should stay near.
    pub heap_size_hint: Option<u64>,
    /// Forced on or off; inner `None` is `auto`.
    pub check_bounds: Option<Option<bool>>,
    /// Where compiled methods are named.
    pub trace_compile: Option<TraceTarget>,
    /// Whether each is named with its time.
    pub trace_compile_timing: bool,
    /// Where invalidations are listed.
    pub trace_invalidations: Option<PathBuf>,
    /// When image files are compared with their checksum.
    pub verify: Option<VerifyMode>,
    /// Say which images and targets were chosen, and why.
    pub verbose: bool,
    /// Print the collector's figures at the end.
    pub gc_stats: bool,
    /// Print how long each step of starting took.
    pub start_timings: bool,
    /// Go on at the prompt when the program has ended.
    pub interactive: bool,
    /// Greet nobody.
    pub quiet: bool,
    /// What is run.
    pub input: Input,
    /// The program's own arguments.
    pub program_args: Vec<String>,
}

/// What is run.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// The `main` of the image; without one, the prompt.
    #[default]
    Image,
    /// A source file.
    File(PathBuf),
    /// Expressions of the command line, one line each.
    Text(String),
}

/// Options of Julia's command, or planned, that a user may well try: long name, short name.
const UNSUPPORTED: &[(&str, Option<char>)] = &[
    ("project", None),
    ("pkgimages", None),
    ("compiled-modules", None),
    ("trace-dispatch", None),
    ("time-passes", None),
    ("load", Some('L')),
    ("threads", Some('t')),
    ("procs", Some('p')),
    ("machine-file", None),
    ("gcthreads", None),
    ("inline", None),
    ("math-mode", None),
    ("code-coverage", None),
    ("track-allocation", None),
    ("depwarn", None),
    ("warn-overwrite", None),
    ("sysimage-native-code", None),
    ("min-optlevel", None),
    ("bug-report", None),
    ("output-o", None),
    ("output-bc", None),
    ("output-ji", None),
];

/// Reads what follows the command's name.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Usage> {
    let mut parser = Parser::from_args(arguments);
    let mut run = Box::new(RunArguments::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help(Topic::Run)),
            Arg::Long("version") | Arg::Short('v') => return Ok(Command::Version),
            Arg::Long("dump-expr") => return Ok(Command::DumpExpr(parser.value()?.into())),
            Arg::Short('e') | Arg::Long("eval") => run.add_text(&parser.value()?.string()?),
            Arg::Short('E') | Arg::Long("print") => run.add_text(&shown(&parser.value()?.string()?)),
            Arg::Short('C') | Arg::Long("cpu-target") => {
                let spec = parser.value()?.string()?;
                if spec == "help" {
                    return Ok(Command::CpuHelp);
                }
                run.cpu_target = Some(spec);
            }
            Arg::Value(first) => {
                run.set_program(first, &mut parser)?;
                break;
            }
            Arg::Short(_) | Arg::Long(_) => run.option(&argument_name(&argument), &mut parser)?,
        }
    }
    Ok(Command::Run(run))
}

/// The program that shows an expression's value.
fn shown(text: &str) -> String {
    format!("show(begin\n{text}\nend)\nprintln()")
}

/// An option's name as it is written.
pub fn argument_name(argument: &Arg<'_>) -> String {
    match argument {
        Arg::Long(name) => format!("--{name}"),
        Arg::Short(letter) => format!("-{letter}"),
        Arg::Value(value) => value.to_string_lossy().into_owned(),
    }
}

impl RunArguments {
    /// Reads the value of an option and sets what it stands for.
    fn option(&mut self, name: &str, parser: &mut Parser) -> Result<(), Usage> {
        match name {
            "-J" | "--sysimage" => self.image = Some(parser.value()?.into()),
            // As in Julia, the level must be attached, and a bare `-O` asks for the most.
            "-O" | "--optimize" => {
                let level = parser.optional_value().map(ValueExt::string).transpose()?;
                self.optimize = Some(values::optimization_level(level.as_deref().unwrap_or("3"))?);
            }
            "--compile" => self.compile = Some(compile_mode(&parser.value()?.string()?)?),
            "--heap-size-hint" => self.heap_size_hint = Some(values::size(name, &parser.value()?.string()?)?),
            "--check-bounds" => self.check_bounds = Some(values::check_bounds(&parser.value()?.string()?)?),
            "--verify-images" => self.verify = Some(verify(&parser.value()?.string()?)?),
            "--trace-compile" => self.trace_compile = Some(values::trace(&parser.value()?.string()?)),
            "--trace-compile-timing" => self.trace_compile_timing = true,
            "--trace-invalidations" => self.trace_invalidations = Some(parser.value()?.into()),
            "-i" | "--interactive" => self.interactive = true,
            "-q" | "--quiet" => self.quiet = true,
            "--verbose" => self.verbose = true,
            "--gc-stats" => self.gc_stats = true,
            "--start-timings" => self.start_timings = true,
            _ => return Err(unknown(name)),
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str) {
        match &mut self.input {
            Input::Text(all) => {
                all.push('\n');
                all.push_str(text);
            }
            input => *input = Input::Text(text.to_owned()),
        }
    }

    /// The first argument that is no option: the program, unless expressions were given; the rest is the program's.
    fn set_program(&mut self, first: OsString, parser: &mut Parser) -> Result<(), Usage> {
        let mut rest: Vec<OsString> = parser.raw_args()?.collect();
        match &self.input {
            Input::Text(_) => rest.insert(0, first),
            _ if first == "-" => self.input = Input::File(PathBuf::from("/dev/stdin")),
            // An image in the program's place is started at its `main`.
            _ if Path::new(&first).extension().is_some_and(|extension| extension == "so") => {
                if self.image.is_some() {
                    return Err(Usage::mistake("two images: give one, by `-J` or in the program's place"));
                }
                self.image = Some(PathBuf::from(first));
            }
            _ => self.input = Input::File(PathBuf::from(first)),
        }
        self.program_args = rest.into_iter().map(|text| text.string()).collect::<Result<_, _>>()?;
        Ok(())
    }
}

fn compile_mode(text: &str) -> Result<CompileMode, Usage> {
    let words =
        [("yes", CompileMode::Yes), ("no", CompileMode::No), ("min", CompileMode::Min), ("all", CompileMode::All)];
    one_of("--compile", text, &words)
}

fn verify(text: &str) -> Result<VerifyMode, Usage> {
    one_of(
        "--verify-images",
        text,
        &[("auto", VerifyMode::Auto), ("yes", VerifyMode::Always), ("no", VerifyMode::Never)],
    )
}

fn unknown(name: &str) -> Usage {
    let planned = UNSUPPORTED.iter().any(|(long, short)| {
        name.strip_prefix("--").is_some_and(|name| name == *long) || short.is_some_and(|c| name == format!("-{c}"))
    });
    if planned {
        Usage::unsupported(format_args!("option `{name}`"))
    } else {
        Usage::mistake(format_args!("unknown option `{name}`"))
    }
}
