//! Building an image: evaluate, trace the workload in a child process, save, emit.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Instant;

use tintype_emit::{EmitOptions, EmitReport, EmitRequest};
use tintype_image::{CheckBounds, ImageKind};
use tintype_target::{Spec, TargetSpec};

use super::{PATCHES_META, PROGRAM_META, layout_hash, patches, roots, save};
use crate::engine::Engine;
use crate::failure::{Failure, StartError};
use crate::native::Native;
use crate::options::{CompileMode, Options};
use crate::program::Program;

/// The name of the base library's image.
const BASE_NAME: &str = "base";

/// What to build.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Build the system image of the base library; `input` is not used then.
    pub base: bool,
    /// The program.
    pub input: Option<PathBuf>,
    /// The image to write.
    pub output: PathBuf,
    /// The system image a program's image is a child of.
    pub parent: Option<PathBuf>,
    /// CPU targets, in the target grammar.
    pub cpu_target: Option<String>,
    /// Threads for emission; none: half of the machine's.
    pub threads: Option<usize>,
    /// Number of shards; none: the module decides.
    pub shards: Option<u32>,
    /// Scripts that are run only for the methods they call.
    pub workload: Vec<PathBuf>,
    /// Files of `precompile` statements.
    pub precompile_statements: Vec<PathBuf>,
    /// An archive of the object files.
    pub output_o: Option<PathBuf>,
    /// Optimisation level, 0 to 3.
    pub optimize: u8,
    /// Overrides `@inbounds`: always check, or never.
    pub check_bounds: Option<bool>,
    /// The `tintype` program, which runs workloads under trace; none: no workload is run.
    pub tracer: Option<PathBuf>,
}

/// What was built.
#[derive(Clone, Debug, Default)]
pub struct BuildReport {
    /// Methods with code in the image.
    pub methods: usize,
    /// Code instances.
    pub code_instances: usize,
    /// What emission says: functions, versions per target, shards, bytes, seconds.
    pub emit: EmitReport,
    /// Words changed in the parent.
    pub patches: usize,
    /// Seconds by phase before emission, in order.
    pub phases: Vec<(&'static str, f64)>,
    /// Statements that named nothing.
    pub skipped_statements: Vec<String>,
    /// The targets.
    pub targets: Vec<TargetSpec>,
}

/// Why an image was not built. No file is left behind.
#[derive(Debug)]
pub enum BuildError {
    /// The options contradict each other.
    Usage(String),
    /// The engine did not start.
    Start(StartError),
    /// The program did not run.
    Program(Failure),
    /// The traced child failed.
    Workload(String),
    /// Something cannot be stored.
    Heap(String),
    /// The parent's heap is not where the child must refer to it.
    Displaced,
    /// Emission failed.
    Emit(tintype_emit::EmitError),
    /// A file.
    File(String),
}

impl BuildError {
    pub(super) fn from_display(error: impl fmt::Display) -> BuildError {
        BuildError::File(error.to_string())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Usage(text) | BuildError::Workload(text) | BuildError::File(text) => f.write_str(text),
            BuildError::Start(error) => error.fmt(f),
            BuildError::Program(failure) => failure.fmt(f),
            BuildError::Heap(text) => write!(f, "the heap cannot be stored: {text}"),
            BuildError::Displaced => f.write_str(
                "the parent image's heap could not be mapped at its preferred address, which a child image must refer to",
            ),
            BuildError::Emit(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<StartError> for BuildError {
    fn from(error: StartError) -> Self {
        BuildError::Start(error)
    }
}

impl From<Failure> for BuildError {
    fn from(failure: Failure) -> Self {
        BuildError::Program(failure)
    }
}

/// Times phases.
struct Phases(Vec<(&'static str, f64)>);

impl Phases {
    fn measure<R>(&mut self, name: &'static str, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        self.0.push((name, start.elapsed().as_secs_f64()));
        result
    }
}

/// Builds an image.
///
/// # Errors
/// See [`BuildError`].
pub fn build_image(options: &BuildOptions) -> Result<BuildReport, BuildError> {
    let mut phases = Phases(Vec::new());
    let host = Native::host(None)?;
    let spec = options.cpu_target.clone().unwrap_or_else(|| "native".to_owned());
    let targets = Spec::parse(&spec, &host).map_err(|error| BuildError::Usage(error.to_string()))?;
    let statements = phases.measure("trace workload", || trace_workload(options))?;
    let program = phases.measure("evaluate", || evaluate(options))?;
    let mut collected = roots::collect(&program, &statements);
    if options.base {
        // The workload's own functions are not part of the library.
        collected.skipped.clear();
    }
    let name = image_name(options)?;
    let parent = program.engine().images().first().cloned();
    let base = preferred_base(&name, parent.as_deref());
    let saved = phases.measure("infer and generate", || {
        let interpreted = &program.engine().native().interpreted;
        save::save(program.context(), interpreted, &name, &collected.instances, parent.as_deref(), base)
    })?;
    let n_patches = saved.patches.len();
    let mut emit_options = EmitOptions::new(&options.output);
    emit_options.threads = options.threads.unwrap_or(emit_options.threads).max(1);
    emit_options.shards = options.shards;
    emit_options.opt_level = options.optimize;
    emit_options.check_bounds = match options.check_bounds {
        None => CheckBounds::Auto,
        Some(true) => CheckBounds::Yes,
        Some(false) => CheckBounds::No,
    };
    emit_options.output_o.clone_from(&options.output_o);
    let request = EmitRequest {
        module: saved.module,
        targets: targets.clone(),
        spec,
        kind: if parent.is_some() { ImageKind::Program } else { ImageKind::System },
        name,
        heap: Some(saved.heap),
        parents: parent.iter().map(|parent| parent.header().as_parent()).collect(),
        meta: vec![
            (PROGRAM_META.to_owned(), vec![u8::from(program.has_main())]),
            (PATCHES_META.to_owned(), patches::encode(&saved.patches)),
        ],
        layout_hash: layout_hash(),
        options: emit_options,
    };
    let emit = tintype_emit::emit_image(request).map_err(BuildError::Emit)?;
    Ok(BuildReport {
        methods: saved.n_methods,
        code_instances: saved.n_code_instances,
        emit,
        patches: n_patches,
        phases: phases.0,
        skipped_statements: collected.skipped,
        targets,
    })
}

fn image_name(options: &BuildOptions) -> Result<String, BuildError> {
    if options.base {
        return Ok(BASE_NAME.to_owned());
    }
    let stem = options.input.as_deref().and_then(Path::file_stem).and_then(|stem| stem.to_str());
    stem.map(str::to_owned).ok_or_else(|| BuildError::Usage("a program file is needed".to_owned()))
}

fn preferred_base(name: &str, parent: Option<&tintype_loader::LoadedImage>) -> u64 {
    let uuid = u128::from(xxhash_rust::xxh3::xxh3_64(name.as_bytes()));
    let taken: Vec<std::ops::Range<u64>> =
        parent.and_then(|parent| parent.heap()).map(|heap| heap.base..heap.base + heap.length).into_iter().collect();
    tintype_image::preferred_base_avoiding(name, uuid, &taken)
}

/// A context with everything the image is to hold evaluated in it. Code is interpreted, or comes from the parent: what the
/// JIT would leave behind has no place in an image.
fn evaluate(options: &BuildOptions) -> Result<Program, BuildError> {
    let engine_options = Options {
        image: if options.base { None } else { options.parent.clone() },
        compile: if options.base { CompileMode::Min } else { CompileMode::No },
        check_bounds: options.check_bounds,
        ..Options::default()
    };
    let engine: Rc<Engine> = Engine::start(engine_options)?;
    let program = engine.new_context()?;
    if let Some(input) = options.input.as_deref().filter(|_| !options.base) {
        program.evaluate_for_image(input)?;
    }
    Ok(program)
}

/// The statements of the methods a child process compiles when it runs the workload.
fn trace_workload(options: &BuildOptions) -> Result<Vec<String>, BuildError> {
    let mut statements = Vec::new();
    for file in &options.precompile_statements {
        statements.extend(roots::read_statements(file)?);
    }
    let Some(tracer) = &options.tracer else { return Ok(statements) };
    let program = options.input.iter().filter(|_| !options.base);
    for script in program.chain(&options.workload) {
        statements.extend(trace_script(tracer, options.parent.as_deref(), script)?);
    }
    Ok(statements)
}

fn trace_script(tracer: &Path, image: Option<&Path>, script: &Path) -> Result<Vec<String>, BuildError> {
    let trace = std::env::temp_dir().join(format!("tintype-trace-{}.jl", std::process::id()));
    let _ = std::fs::remove_file(&trace);
    let mut command = Command::new(tracer);
    if let Some(image) = image {
        command.arg("--sysimage").arg(image);
    }
    command.arg("--trace-compile").arg(&trace).arg(script);
    let output =
        command.output().map_err(|error| BuildError::Workload(format!("starting {}: {error}", tracer.display())))?;
    if !output.status.success() {
        let shown = format!("{command:?}");
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(BuildError::Workload(format!("the workload failed ({}): {shown}\n{text}", output.status)));
    }
    // A workload that compiles nothing writes no file.
    let statements = if trace.exists() { roots::read_statements(&trace)? } else { Vec::new() };
    let _ = std::fs::remove_file(&trace);
    Ok(statements)
}
