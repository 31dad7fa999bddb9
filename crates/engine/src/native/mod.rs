//! Native code of an engine: compiling into the process, publishing, calling.
//!
//! The engine has one [`Native`]; it is the `Compiler` of every context. A method is inferred, translated, optimised,
//! compiled together with everything it calls directly that has no code yet, linked as one batch, and published through
//! the entry cells. Nothing here knows files.

mod cells;
mod compile;
mod handler;
mod images;
mod interpreted;
mod trace;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use tintype_codegen::{CodeGenerator, OptLevel, Settings};
use tintype_heap::{GcVec, Heap};
use tintype_ir::abi::RuntimeAbi;
use tintype_jit::unwind::{CodeMap, TableBytes};
use tintype_jit::{CodeSpace, CodeSpaceConfig};
use tintype_runtime::Context;
use tintype_runtime::helpers::{FIND_HANDLER, HELPERS};
use tintype_runtime::objects::*;
use tintype_target::{Host, Spec, TargetSpec};

use crate::failure::StartError;
use crate::options::{CompileMode, Options};
use cells::Cells;
pub(crate) use compile::InferredCode;
pub(crate) use interpreted::Interpreted;
use trace::Trace;

/// See the module's text.
pub(crate) struct Native {
    mode: CompileMode,
    /// Which functions are never compiled.
    pub interpreted: Interpreted,
    optimize: u8,
    check_bounds: Option<bool>,
    target: Option<String>,
    hidden_features: Option<String>,
    back_end: OnceCell<BackEnd>,
    /// Code by address, of the JIT and of images: what an exception looks its handlers up in.
    pub code_map: CodeMap,
    helpers: Box<[usize]>,
    /// Stubs and trampoline: an image's, or made by the JIT when first needed.
    support: RefCell<Option<Support>>,
    cells: RefCell<Cells>,
    images: RefCell<Vec<images::ImageCode>>,
    /// What compiled code's slots hold.
    kept: GcVec<Value>,
    compiled: Cell<u64>,
    depth: Cell<u32>,
    trace: Trace,
    layout: tintype_ir::abi::TaskLayout,
}

/// The functions between Rust and compiled code.
pub(crate) struct Support {
    /// By helper number.
    pub stubs: Box<[u64]>,
    /// Address of the trampoline Rust calls compiled code through.
    pub entry_trampoline: u64,
}

/// What compiling needs and starting does not.
struct BackEnd {
    abi: Arc<RuntimeAbi>,
    space: CodeSpace,
    generator: CodeGenerator,
    target: TargetSpec,
}

impl Native {
    /// Native code under these options. Compiles nothing yet.
    ///
    /// # Errors
    /// The trace file cannot be opened.
    pub fn new(options: &Options, heap: &Heap) -> Result<Rc<Native>, StartError> {
        let helpers = HELPERS.iter().enumerate().map(|(number, spec)| match number {
            FIND_HANDLER => handler::find_handler as *const () as usize,
            _ => (spec.address)(),
        });
        Ok(Rc::new(Native {
            mode: options.compile,
            interpreted: Interpreted::new(&options.interpret),
            optimize: options.optimize,
            check_bounds: options.check_bounds,
            target: options.cpu_target.clone(),
            hidden_features: options.hidden_features.clone(),
            back_end: OnceCell::new(),
            code_map: CodeMap::new(),
            helpers: helpers.collect(),
            support: RefCell::new(None),
            cells: RefCell::new(Cells::default()),
            images: RefCell::new(Vec::new()),
            kept: GcVec::new(heap),
            compiled: Cell::new(0),
            depth: Cell::new(0),
            trace: Trace::new(options)?,
            layout: tintype_irgen::abi::runtime_abi().task,
        }))
    }

    /// How many methods were compiled in this process.
    pub fn compile_count(&self) -> u64 {
        self.compiled.get()
    }

    /// Lets a context run compiled code. The context must not move afterwards.
    pub fn attach(self: &Rc<Self>, cx: &Context) {
        let task = cx.task();
        task.context.set((&raw const *cx).cast());
        task.helpers.set(self.helpers.as_ptr().cast());
        cx.embedder.set(Rc::as_ptr(self).cast());
        if let Some(support) = &*self.support.borrow() {
            task.stubs.set(support.stubs.as_ptr().cast());
        }
        cx.check_bounds.set(self.check_bounds);
        cx.set_compiler(Some(self.clone()));
    }

    /// The host as the options let it be seen.
    ///
    /// # Errors
    /// The list of hidden features is not understood.
    pub fn host(hidden: Option<&str>) -> Result<Host, StartError> {
        match hidden {
            Some(hidden) => Host::detect_with_hidden(hidden).map_err(|error| StartError::Target(error.to_string())),
            None => Ok(Host::detect()),
        }
    }

    /// The target the JIT compiles for.
    ///
    /// # Errors
    /// The spec is not understood, or names several targets.
    pub fn jit_target(spec: Option<&str>, host: &Host) -> Result<TargetSpec, StartError> {
        let Some(spec) = spec else { return Ok(host.native_target()) };
        let targets = Spec::parse(spec, host).map_err(|error| StartError::Target(error.to_string()))?;
        match <[TargetSpec; 1]>::try_from(targets) {
            Ok([target]) => Ok(target),
            Err(_) => Err(StartError::Target("more than one CPU target is given, but no image is written".to_owned())),
        }
    }

    /// The back end, made at the first use.
    fn back_end(&self) -> &BackEnd {
        self.back_end.get_or_init(|| {
            let made = self.make_back_end();
            made.unwrap_or_else(|error| panic!("the code generator cannot be made: {error}"))
        })
    }

    fn make_back_end(&self) -> Result<BackEnd, StartError> {
        let host = Native::host(self.hidden_features.as_deref())?;
        let target = Native::jit_target(self.target.as_deref(), &host)?;
        let abi = Arc::new(tintype_irgen::abi::runtime_abi());
        let opt = if self.optimize == 0 { OptLevel::None } else { OptLevel::Speed };
        let settings = Settings { opt, ..Settings::default() };
        let generator = CodeGenerator::new(&target, settings, abi.clone());
        let generator = generator.map_err(|error| StartError::Target(error.to_string()))?;
        let space = CodeSpace::new(CodeSpaceConfig::default())?;
        Ok(BackEnd { abi, space, generator, target })
    }

    /// Uses an image's stubs and trampoline.
    pub fn set_support(&self, support: Support) {
        *self.support.borrow_mut() = Some(support);
    }

    /// Sees to it that stubs and trampoline exist and that the context's task names them.
    fn ensure_support(&self, cx: &Context) {
        if self.support.borrow().is_none() {
            let back_end = self.back_end();
            let made = back_end.space.define_support(&back_end.generator);
            let made = made.unwrap_or_else(|error| panic!("the support functions cannot be made: {error}"));
            let table = TableBytes::Shared(made.batch.pc_table().clone());
            self.code_map.register(made.batch.code_range(), table).expect("the JIT writes valid tables");
            self.set_support(Support { stubs: made.stubs, entry_trampoline: made.entry_trampoline });
        }
        if let Some(support) = &*self.support.borrow() {
            cx.task().stubs.set(support.stubs.as_ptr().cast());
        }
    }
}
