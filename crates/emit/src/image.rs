//! Making an image, from beginning to end.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use tintype_codegen::{CodeGenerator, OptLevel, Settings};
use tintype_image::{BuildLock, Header, HeapInfo, ImageKind, SlotAddressing, seal, triple_of, write_atomic};
use tintype_ir::module::{Module, SlotKind};
use tintype_ir::verify::verify_module;
use tintype_multiversion::{ClonePlan, annotate};
use tintype_passes::PipelineOptions;
use tintype_target::{Arch, MAX_TARGETS, TargetSpec};

use crate::append::{UnmappedSection, append_sections};
use crate::archive::write_archive;
use crate::code_range::{CodeRange, check_linked};
use crate::data::{Counts, data_object, metadata_object, state_object, unmapped_sections};
use crate::error::EmitError;
use crate::link::link;
use crate::partition::partition;
use crate::report::{EmitReport, PhaseTimes};
use crate::request::{EmitOptions, EmitRequest, Linker};
use crate::shard::{Job, Shard, emit_shard};
use crate::support::{Support, emit_support};
use crate::symbols;

/// Makes an image and puts it in place: the file is there whole, or not at all.
///
/// # Errors
/// See [`EmitError`].
///
/// # Panics
/// When a pass or the code generator breaks the IR's rules: a defect.
pub fn emit_image(request: EmitRequest) -> Result<EmitReport, EmitError> {
    check(&request)?;
    let _lock = BuildLock::acquire(&request.options.output)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(request.options.threads)
        .thread_name(|index| format!("emit-{index}"))
        .build()
        .map_err(|error| EmitError::Request(format!("{} threads: {error}", request.options.threads)))?;
    // The calling thread only waits, so that as many threads work as were asked for.
    pool.install(|| emit(request))
}

fn emit(request: EmitRequest) -> Result<EmitReport, EmitError> {
    let EmitRequest { module, targets, options, .. } = &request;
    let arch = targets[0].arch;
    let mut phases = PhaseTimes::default();
    let generators = generators(module, targets, options)?;
    let plan = phases.measure("annotate", || annotate(module, targets));
    let parts = phases.measure("partition", || partition(module, &plan, options.shards));

    let pipeline = PipelineOptions { level: options.opt_level, verify: options.verify, observer: None };
    let job = Job { module, targets, plan: &plan, generators: &generators, pipeline };
    let shards = phases.measure("emit shards", || {
        // One at a time from the queue: a thread takes the next shard when it is done with one.
        let queue = parts.par_iter().enumerate().with_max_len(1);
        queue.map(|(index, part)| emit_shard(&job, index, part)).collect::<Result<Vec<Shard>, EmitError>>()
    })?;

    let carries_support = request.kind == ImageKind::System;
    let support =
        carries_support.then(|| phases.measure("support", || emit_support(&generators[0], arch, targets.len())));
    let support = support.transpose()?;
    let counts = Counts {
        functions: module.functions.len() as u32,
        slots: module.slots.len() as u32,
        mv_slots: plan.slots().len() as u32,
        targets: targets.len() as u32,
        support_functions: support.as_ref().map_or(0, |support| support.piece.functions.len() as u32),
    };
    let mut report = report(module, &plan, &shards, options);
    report.code_bytes += support.as_ref().map_or(0, |support| u64::from(support.piece.length));
    report.heap_bytes = request.heap.as_ref().map_or(0, |heap| heap.bytes.len() as u64);

    let header = header(&request, parts.len() as u32);
    let ranges = phases.measure("position tables", || code_ranges(targets.len(), &shards, support.as_ref()));
    let metadata = metadata_object(arch, &counts, &parts, plan.slots(), &ranges)?;
    let EmitRequest { module, heap, meta, options, .. } = request;
    let data = data_object(arch, &module, &counts, heap.as_ref())?;
    let unmapped = phases.measure("data", || unmapped_sections(&header, heap, meta));

    let shard_objects = shards.into_iter().map(|shard| shard.object).enumerate();
    let mut objects = vec![("data.o".to_owned(), data)];
    objects.extend(shard_objects.map(|(index, object)| (format!("{}#{index}.o", module.name), object)));
    objects.extend(support.map(|support| ("support.o".to_owned(), support.object)));
    objects.push(("metadata.o".to_owned(), metadata));
    if let Some(path) = &options.output_o {
        phases.measure("archive", || output_archive(path, arch, &objects, &unmapped))?;
    }
    let mut file = phases.measure("link", || match options.linker {
        Linker::Wild => link(arch, options.threads, &objects),
    })?;
    check_linked(&file, &ranges)?;
    phases.measure("write", || -> Result<(), EmitError> {
        append_sections(&mut file, unmapped)?;
        report.build_id = seal(&mut file)?.build_id;
        report.file_bytes = file.len() as u64;
        Ok(write_atomic(&options.output, &file)?)
    })?;
    report.phases = phases;
    Ok(report)
}

/// The code of each target, and of the support functions, as it will lie in the image.
fn code_ranges(n_targets: usize, shards: &[Shard], support: Option<&Support>) -> Vec<CodeRange> {
    let of_target = |target: usize| {
        let pieces = shards.iter().map(|shard| &shard.pieces[target]);
        CodeRange::of(target, pieces, str::to_owned)
    };
    let mut ranges: Vec<CodeRange> = (0..n_targets).into_par_iter().map(of_target).collect();
    let of_support = |support: &Support| CodeRange::of(n_targets, std::iter::once(&support.piece), symbols::support);
    ranges.extend(support.map(of_support));
    ranges
}

/// Writes the archive of all object files, the sections that are not mapped being one more.
fn output_archive(
    path: &Path,
    arch: Arch,
    objects: &[(String, Vec<u8>)],
    unmapped: &[UnmappedSection],
) -> Result<(), EmitError> {
    let state = [("state.o".to_owned(), state_object(arch, unmapped)?)];
    let members = objects.iter().chain(&state).map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let archive = write_archive(&members.collect::<Vec<_>>());
    fs::write(path, archive).map_err(|error| EmitError::Archive { path: path.to_owned(), error })
}

/// What a request must fulfil.
fn check(request: &EmitRequest) -> Result<(), EmitError> {
    let EmitRequest { module, targets, heap, parents, options, .. } = request;
    let wrong = |problem: String| Err(EmitError::Request(problem));
    if !(1..=MAX_TARGETS).contains(&targets.len()) {
        return wrong(format!("expected 1 to {MAX_TARGETS} targets, found {}", targets.len()));
    }
    if let Some(other) = targets.iter().find(|target| target.arch != targets[0].arch) {
        return wrong(format!("expected targets of {}, found one of {}", targets[0].arch, other.arch));
    }
    if options.threads == 0 {
        return wrong("expected at least 1 thread, found 0".to_owned());
    }
    let mut blobs: Vec<&str> = request.meta.iter().map(|(name, _)| name.as_str()).collect();
    blobs.sort_unstable();
    if let Some(name) = blobs.iter().find(|name| name.contains('\0')) {
        return wrong(format!("`{}` cannot name a blob", name.escape_debug()));
    }
    if let Some(twice) = blobs.windows(2).find(|pair| pair[0] == pair[1]) {
        return wrong(format!("two blobs have the name `{}`", twice[0]));
    }
    if let Some(heap) = heap {
        if heap.parent_pointers.len() != parents.len() {
            let found = heap.parent_pointers.len();
            return wrong(format!("expected a bitmap for each of {} parents, found {found}", parents.len()));
        }
        if heap.slot_addresses.len() > module.slots.len() {
            let found = heap.slot_addresses.len();
            return wrong(format!("expected addresses for at most {} slots, found {found}", module.slots.len()));
        }
        let is_inside = |root: &&u64| **root >= heap.base && **root - heap.base < heap.bytes.len() as u64;
        if let Some(root) = heap.roots.iter().find(|root| !is_inside(root)) {
            return wrong(format!("root {root:#x} does not lie in the segment at {:#x}", heap.base));
        }
    }
    symbols::check(module, targets.len())?;
    if options.verify
        && let Err(errors) = verify_module(module)
    {
        let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
        return Err(EmitError::Module(list.join("; ")));
    }
    Ok(())
}

fn generators(module: &Module, targets: &[TargetSpec], options: &EmitOptions) -> Result<Vec<CodeGenerator>, EmitError> {
    let generator = |target: &TargetSpec| {
        let opt = match (options.opt_level, target.flags.opt_size || target.flags.min_size) {
            (0, _) => OptLevel::None,
            (_, true) => OptLevel::Size,
            (_, false) => OptLevel::Speed,
        };
        // Small code forgoes the padding that keeps hot loops within cache lines.
        let log2_align = if target.flags.min_size { 4 } else { Settings::default().log2_align };
        let settings = Settings { pic: true, opt, verify: options.verify, log2_align };
        Ok(CodeGenerator::new(target, settings, module.abi.clone())?)
    };
    targets.iter().map(generator).collect()
}

fn header(request: &EmitRequest, shard_count: u32) -> Header {
    let EmitRequest { module, targets, .. } = request;
    let is_per_context = module.slots.values().any(|slot| matches!(slot.kind, SlotKind::Context { .. }));
    let heap = request.heap.as_ref().map(|heap| HeapInfo {
        preferred_base: heap.base,
        length: heap.bytes.len() as u64,
        n_objects: heap.n_objects as u64,
        roots: heap.roots.iter().map(|root| root - heap.base).collect(),
    });
    Header {
        kind: request.kind,
        name: request.name.clone(),
        triple: triple_of(targets[0].arch),
        targets: targets.clone(),
        spec: request.spec.clone(),
        options: request.options.compile_options(),
        slot_addressing: if is_per_context { SlotAddressing::PerContext } else { SlotAddressing::Single },
        shard_count,
        function_count: module.functions.len() as u32,
        slot_count: module.slots.len() as u32,
        heap,
        parents: request.parents.clone(),
        abi_hash: module.abi.hash(),
        layout_hash: request.layout_hash,
        build_id: 0,
        file_checksum: 0,
        file_length: 0,
    }
}

fn report(module: &Module, plan: &ClonePlan, shards: &[Shard], options: &EmitOptions) -> EmitReport {
    let mut report = EmitReport {
        functions: module.functions.values().filter(|decl| decl.body.is_some()).count(),
        versions: (0..plan.n_targets()).map(|target| plan.functions_of(target).count()).collect(),
        mv_slots: plan.slots().len(),
        shards: shards.iter().map(|shard| shard.report.clone()).collect(),
        threads: options.threads,
        ..EmitReport::default()
    };
    report.code_bytes = report.shards.iter().map(|shard| shard.code_bytes).sum();
    shards.iter().for_each(|shard| report.passes.merge(&shard.passes));
    report
}
