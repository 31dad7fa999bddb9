//! Compiling on first call: the `Compiler` of every context of an engine.

use std::time::Instant;

use tintype_codegen::{CallPolicy, Route, Scratch};
use tintype_ir::abi::TaskLayout;
use tintype_ir::module::{FuncId, Module};
use tintype_irgen::{CodeSource, GenerateMode, GenerateRequest, Generated, Root};
use tintype_jit::Batch;
use tintype_jit::unwind::{self, TableBytes};
use tintype_passes::{PassContext, PipelineOptions};
use tintype_runtime::context::Compiler;
use tintype_runtime::exceptions::frames::NativePosition;
use tintype_runtime::objects::*;
use tintype_runtime::publication::EntryCell;
use tintype_runtime::{Context, Outcome, dispatch, worlds};

use super::interpreted::Interpreted;
use super::{BackEnd, Native};
use crate::options::CompileMode;

/// The entry trampoline as Rust calls it: task, code, callee, arguments, their number, code instance. Null: an exception
/// is pending.
type Enter =
    unsafe extern "C" fn(*const tintype_runtime::Task, usize, Value, *const Value, usize, Value) -> Option<Value>;

impl Compiler for Native {
    fn compile(&self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Option<Gc<CodeInstance>>> {
        if let Some(found) = self.compiled_instance(cx, instance) {
            return Ok(Some(found));
        }
        let is_allowed = matches!(self.mode, CompileMode::Yes | CompileMode::All);
        let has_body = instance.method.is_some_and(|method| method.source.is_some());
        // Compiling runs constant folding, which may call methods: those are interpreted.
        if !is_allowed
            || !has_body
            || self.interpreted.holds(instance)
            || self.depth.get() > 0
            || cx.world_age() != cx.world_counter()
        {
            return Ok(None);
        }
        self.depth.set(self.depth.get() + 1);
        let outcome = self.compile_new(cx, instance);
        self.depth.set(self.depth.get() - 1);
        outcome
    }

    fn boxed_entry(&self, _cx: &Context, code_instance: Gc<CodeInstance>) -> Option<usize> {
        let cell = self.cell_of(code_instance.code)?;
        // SAFETY: cells live as long as the process.
        let entry = unsafe { (*cell).read() };
        (entry.invoke != 0).then_some(entry.invoke)
    }

    fn specialized_entry(&self, _cx: &Context, code: Gc<Code>) -> Option<usize> {
        let cell = self.cell_of(code)?;
        // SAFETY: cells live as long as the process.
        let entry = unsafe { (*cell).read() };
        (entry.specptr != 0).then_some(entry.specptr)
    }

    fn call(&self, cx: &Context, code_instance: Gc<CodeInstance>, arguments: &[Value]) -> Outcome {
        let cell = self.cell_of(code_instance.code).expect("compiled code has a cell");
        // SAFETY: cells live as long as the process.
        let entry = unsafe { (*cell).read() };
        self.ensure_support(cx);
        let trampoline = self.support.borrow().as_ref().map(|support| support.entry_trampoline);
        let trampoline = trampoline.expect("the support functions were just made");
        // SAFETY: the address is that of the entry trampoline, generated for this signature.
        let enter: Enter = unsafe { std::mem::transmute(trampoline as usize) };
        let rest = &arguments[1..];
        // SAFETY: the invoke entry belongs to this code instance and takes its boxed arguments, which lie in the
        // caller's slice; the task is the context's own and this is its thread.
        let result = unsafe {
            enter(&raw const *cx.task(), entry.invoke, arguments[0], rest.as_ptr(), rest.len(), code_instance.erase())
        };
        result.ok_or_else(|| cx.thrown_by_compiled_code())
    }

    fn visit_frames(&self, cx: &Context, visit: &mut dyn FnMut(usize, usize) -> bool) {
        let task = (&raw const *cx.task()).cast();
        // SAFETY: this is the task's thread, in a function that compiled code or nobody compiled has called: the frames
        // from the last exit on are intact.
        unsafe {
            unwind::visit_frames(task, self.task_layout(), &mut |fp, pc| visit(fp as usize, pc as usize));
        }
    }

    fn positions(&self, pc: usize) -> Vec<NativePosition> {
        let found = unwind::positions(&self.code_map, pc as u64).into_iter();
        found.map(|at| NativePosition { function: at.function, file: at.file, line: at.line }).collect()
    }
}

impl Native {
    /// The offsets in the task that unwinding reads.
    pub(super) fn task_layout(&self) -> &TaskLayout {
        &self.layout
    }

    /// Valid code of the instance that runs natively, adopted if another context or an image has it.
    fn compiled_instance(&self, cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<CodeInstance>> {
        let found = dispatch::valid_code(instance, cx.world_age()).or_else(|| {
            let is_newest = cx.world_age() == cx.world_counter();
            if is_newest { worlds::adopt::adopt_any(cx, instance) } else { None }
        })?;
        found.code.has(code_flags::COMPILED).then_some(found)
    }

    /// The cell of compiled code.
    fn cell_of(&self, code: Gc<Code>) -> Option<*const EntryCell> {
        if !code.has(code_flags::COMPILED) {
            return None;
        }
        match code.image.get() {
            IMAGE_JIT => Some(self.cells.borrow().address(code.entry_cell.get())),
            _ => self.image_cell(code),
        }
    }

    fn compile_new(&self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Option<Gc<CodeInstance>>> {
        let start = Instant::now();
        let Some(code) = tintype_infer::infer(cx, instance)? else { return Ok(None) };
        if !code.has(code_flags::COMPILED) {
            let batch = self.compile_batch(cx, Root { method_instance: instance, code });
            if self.trace.is_on() {
                self.trace_batch(cx, &batch, start);
            }
        }
        Ok(self.compiled_instance(cx, instance))
    }

    /// Writes a statement for each method of a batch. The time of the whole batch stands at its first.
    fn trace_batch(&self, cx: &Context, batch: &Generated, start: Instant) {
        let mut took = start.elapsed();
        for code in batch.codes.iter() {
            if let Some(instance) = worlds::invalidate::instance_of_code(cx, code) {
                self.trace.compiled(cx, instance, std::mem::take(&mut took));
            }
        }
    }

    /// Compiles code and what it calls directly. Code that cannot be compiled stays interpreted.
    fn compile_batch(&self, cx: &Context, root: Root) -> Generated {
        let _deferred = cx.heap().no_collect();
        self.ensure_support(cx);
        let back_end = self.back_end();
        let request = GenerateRequest {
            name: "jit",
            roots: &[root],
            mode: GenerateMode::Jit,
            per_context_slots: true,
            abi: back_end.abi.clone(),
            source: &InferredCode { interpreted: &self.interpreted },
        };
        let mut generated = tintype_irgen::generate(cx, &request);
        self.optimize(back_end, &mut generated.module);
        let imports = self.import_addresses(&generated);
        let policy = JitRoutes { imports: &imports, range: back_end.space.range() };
        let functions = self.generate_code(back_end, &generated.module, &policy);
        let slot = |slot: tintype_ir::module::SlotId| generated.slots.get(slot.as_u32() as usize).addr() as u64;
        let import = |func: FuncId| imports.iter().find(|(id, _)| *id == func).map(|(_, address)| *address);
        let batch = Batch { module: &generated.module, functions, imports: &import, slot_values: &slot };
        let loaded = back_end.space.define_batch(batch);
        let loaded = loaded.unwrap_or_else(|error| panic!("linking a batch: {error}"));
        for object in generated.slots.iter() {
            self.kept.push(object);
        }
        let table = TableBytes::Shared(loaded.pc_table().clone());
        self.code_map.register(loaded.code_range(), table).expect("the JIT writes valid tables");
        for (index, function) in generated.functions.iter().enumerate() {
            let invoke = loaded.address_of(function.invoke).expect("the batch defines it");
            let specialized = function.specialized.map(|id| loaded.address_of(id).expect("the batch defines it"));
            self.publish(generated.codes.get(index), invoke, specialized);
        }
        generated
    }

    fn optimize(&self, back_end: &BackEnd, module: &mut Module) {
        let options = PipelineOptions { level: self.optimize, ..PipelineOptions::default() };
        let target = &back_end.target;
        tintype_passes::pipeline::optimize_module(module, &mut PassContext::default(), &options, &|feature| {
            target.cpu_has(feature)
        });
    }

    fn generate_code(
        &self,
        back_end: &BackEnd,
        module: &Module,
        policy: &dyn CallPolicy,
    ) -> Vec<(FuncId, tintype_codegen::CompiledFunction)> {
        let mut scratch = Scratch::new();
        let mut functions = Vec::new();
        for (id, decl) in module.functions.iter() {
            let Some(body) = &decl.body else { continue };
            let compiled = back_end.generator.compile(&mut scratch, module, body, policy);
            let compiled = compiled.unwrap_or_else(|error| panic!("compiling {}: {error}", decl.name));
            functions.push((id, compiled));
        }
        functions
    }

    fn import_addresses(&self, generated: &Generated) -> Vec<(FuncId, u64)> {
        let codes = generated.imported_codes.iter();
        let with_entry = generated.imports.iter().zip(codes).map(|(import, code)| {
            let cell = self.cell_of(code).expect("imported code is compiled");
            // SAFETY: cells live as long as the process.
            let entry = unsafe { (*cell).read() };
            (import.function, entry.specptr as u64)
        });
        with_entry.collect()
    }

    fn publish(&self, code: Gc<Code>, invoke: u64, specialized: Option<u64>) {
        let (index, cell) = self.cells.borrow_mut().allocate();
        code.entry_cell.set(index);
        code.image.set(IMAGE_JIT);
        // SAFETY: cells live as long as the process.
        let cell = unsafe { &*cell };
        match specialized {
            Some(specialized) => cell.publish(invoke as usize, specialized as usize, true),
            None => cell.publish_unspecialized(invoke as usize),
        };
        code.flags.set(code.flags.get() | code_flags::COMPILED);
        self.compiled.set(self.compiled.get() + 1);
    }
}

/// What the JIT and image builds ask of callees: they are inferred as they are met.
pub(crate) struct InferredCode<'a> {
    /// These are no callees: the call goes through dispatch, which finds no code.
    pub interpreted: &'a Interpreted,
}

impl CodeSource for InferredCode<'_> {
    fn code_of(&self, cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<Code>> {
        if self.interpreted.holds(instance) {
            return None;
        }
        match tintype_infer::infer(cx, instance) {
            Ok(code) => code,
            Err(thrown) => {
                cx.take_exception(thrown);
                None
            }
        }
    }

    fn is_compiled(&self, _cx: &Context, code: Gc<Code>) -> bool {
        code.has(code_flags::COMPILED)
    }
}

/// Imports within reach of a direct call are called directly; others by their address.
struct JitRoutes<'a> {
    imports: &'a [(FuncId, u64)],
    range: std::ops::Range<u64>,
}

impl CallPolicy for JitRoutes<'_> {
    fn route(&self, func: FuncId) -> Route {
        match self.imports.iter().find(|(id, _)| *id == func) {
            Some((_, address)) if !self.range.contains(address) => Route::Absolute(*address),
            _ => Route::Direct,
        }
    }
}
