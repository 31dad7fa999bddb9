//! Emitting one shard: its functions through the pipeline and the code generators into one object file.
//!
//! Reads the module, the plan and the generators; everything that changes is the shard's own.

use std::time::{Duration, Instant};

use tintype_codegen::{CallPolicy, CodeGenerator, CompiledFunction, RelocTarget, Route, Scratch};
use tintype_ir::entity::EntityRef;
use tintype_ir::function::Function;
use tintype_ir::module::{FuncId, Module};
use tintype_multiversion::{ClonePlan, Route as PlannedRoute};
use tintype_passes::timing::PassTimes;
use tintype_passes::{PassContext, PipelineOptions, lower_for_target, optimize_neutral};
use tintype_target::TargetSpec;

use crate::EmitError;
use crate::object_file::{ObjectFile, SectionRole};
use crate::partition::{Part, bodies};
use crate::report::ShardReport;
use crate::symbols;
use crate::tables::{self, Piece, PlacedFunction};

/// What all shards have in common.
pub(crate) struct Job<'a> {
    pub(crate) module: &'a Module,
    pub(crate) targets: &'a [TargetSpec],
    pub(crate) plan: &'a ClonePlan,
    /// One for each target.
    pub(crate) generators: &'a [CodeGenerator],
    pub(crate) pipeline: PipelineOptions<'a>,
}

/// An emitted shard.
pub(crate) struct Shard {
    pub(crate) object: Vec<u8>,
    /// By target, the code in it.
    pub(crate) pieces: Vec<Piece>,
    pub(crate) report: ShardReport,
    pub(crate) passes: PassTimes,
}

/// Emits the shard with this index.
pub(crate) fn emit_shard(job: &Job<'_>, index: usize, part: &Part) -> Result<Shard, EmitError> {
    let mut compiler = Compiler {
        job,
        scratch: Scratch::new(),
        passes: PassContext::default(),
        first: part.functions.start,
        versions: job.targets.iter().map(|_| Vec::new()).collect(),
        optimise: Duration::ZERO,
        generate: Duration::ZERO,
    };
    for (function, body) in bodies(job.module, part) {
        compiler.compile(function, body)?;
    }
    let Compiler { versions, passes, optimise, generate, .. } = compiler;
    let start = Instant::now();
    let pieces: Vec<Piece> = versions
        .into_iter()
        .enumerate()
        .map(|(target, versions)| Piece::new(target, job.plan.is_full(target), versions))
        .collect();
    let object = write_object(job, index, part, &pieces)?;
    let functions = pieces.iter().flat_map(|piece| &piece.functions);
    let code_bytes = functions.map(|function| function.code.bytes.len() as u64).sum();
    let (functions, weight) = (part.functions.clone(), part.weight);
    let report = ShardReport { functions, weight, code_bytes, optimise, generate, write: start.elapsed() };
    Ok(Shard { object, pieces, report, passes: passes.times })
}

struct Compiler<'a> {
    job: &'a Job<'a>,
    scratch: Scratch,
    passes: PassContext,
    first: u32,
    /// By target, the code of each version with the function's number less the first; ascending.
    versions: Vec<Vec<(u32, CompiledFunction)>>,
    optimise: Duration,
    generate: Duration,
}

impl Compiler<'_> {
    /// Optimises a function once, then lowers and compiles it for each target that has a version of it.
    fn compile(&mut self, function: FuncId, body: &Function) -> Result<(), EmitError> {
        let job = self.job;
        let start = Instant::now();
        let mut neutral = body.clone();
        optimize_neutral(&mut neutral, job.module, &mut self.passes, &job.pipeline);
        self.optimise += start.elapsed();
        let mut neutral = Some(neutral);
        let targets: Vec<usize> = job.plan.versions(function).iter().collect();
        for (nth, &target) in targets.iter().enumerate() {
            let start = Instant::now();
            let is_last = nth + 1 == targets.len();
            let lowered = if is_last { neutral.take() } else { neutral.clone() };
            let mut lowered = lowered.expect("taken for the last target only");
            let cpu_has = |name: &str| job.targets[target].cpu_has(name);
            lower_for_target(&mut lowered, job.module, &mut self.passes, &job.pipeline, &cpu_has);
            self.optimise += start.elapsed();

            let start = Instant::now();
            let calls = Calls { plan: job.plan, caller: function, target };
            let mut code = job.generators[target].compile(&mut self.scratch, job.module, &lowered, &calls)?;
            code.name = symbols::version(job.module, function, target);
            self.versions[target].push((function.index() as u32 - self.first, code));
            self.generate += start.elapsed();
        }
        Ok(())
    }
}

/// How the version of one function for one target reaches its callees.
struct Calls<'a> {
    plan: &'a ClonePlan,
    caller: FuncId,
    target: usize,
}

impl CallPolicy for Calls<'_> {
    fn route(&self, callee: FuncId) -> Route {
        match self.plan.route(self.caller, self.target, callee) {
            PlannedRoute::Direct(_) => Route::Direct,
            PlannedRoute::MvSlot => Route::MvSlot,
        }
    }
}

fn write_object(job: &Job<'_>, index: usize, part: &Part, pieces: &[Piece]) -> Result<Vec<u8>, EmitError> {
    let mut object = ObjectFile::new(job.targets[0].arch);
    pieces.iter().for_each(|piece| piece.define(&mut object));
    for (target, piece) in pieces.iter().enumerate() {
        for placed in &piece.functions {
            let function = FuncId::new((part.functions.start + placed.number) as usize);
            refer(job, &mut object, target, function, placed)?;
        }
    }
    tables::write_table(&mut object, &symbols::shard_table(index), part.functions.len() as u32, pieces);
    object.finish()
}

/// Adds what the code of a version refers to.
fn refer(
    job: &Job<'_>,
    object: &mut ObjectFile,
    target: usize,
    function: FuncId,
    placed: &PlacedFunction,
) -> Result<(), EmitError> {
    let route = |callee| match job.plan.route(function, target, callee) {
        PlannedRoute::Direct(target) => target,
        PlannedRoute::MvSlot => panic!("{callee} is reached through its slot, not by its name"),
    };
    let section = object.section(SectionRole::Code(target));
    for reloc in &placed.code.relocs {
        let place = symbols::place(job.module, reloc.target, route, |callee| job.plan.slot_index(callee));
        let place = place.ok_or_else(|| EmitError::Undefined {
            function: placed.code.name.clone(),
            target: match reloc.target {
                RelocTarget::Function(callee) => job.module.functions[callee].name.clone(),
                other => format!("{other:?}"),
            },
        })?;
        let at = u64::from(placed.offset + reloc.offset);
        object.relocate_code(section, at, reloc.kind, &place.symbol, reloc.addend + place.offset);
    }
    Ok(())
}
