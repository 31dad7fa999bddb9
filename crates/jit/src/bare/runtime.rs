//! The bare run-time system: compiles modules, owns the code, and calls it.

use std::fmt;
use std::io;
use std::sync::Arc;

use tintype_codegen::{AllDirect, CodeGenerator, CodegenError, Scratch, Settings};
use tintype_ir::abi::{Helper, RuntimeAbi};
use tintype_ir::module::{Module, SlotId};
use tintype_target::TargetSpec;

use super::helpers;
use super::task::{BareTask, StackBounds};
use super::wrapper::CELL;
use crate::batch::{Batch, JitError, LoadedBatch, SupportCode};
use crate::space::{CodeSpace, CodeSpaceConfig};
use crate::unwind::{CodeMap, FrameInfo, TableBytes, backtrace};

/// The address of an embedder's helper: a function of the C convention whose first parameter is the task.
#[derive(Clone, Copy, Debug)]
pub struct HelperAddress(usize);

impl HelperAddress {
    /// The helper at this address.
    ///
    /// # Safety
    /// It must be a function of the C convention that takes a `*mut BareTask` and then the parameters of the helper's
    /// description, returns its result, does not unwind, and lives as long as the run-time system.
    pub unsafe fn new(address: *const ()) -> Self {
        Self(address as usize)
    }
}

/// Why the run-time system was not made or a module not compiled.
#[derive(Debug)]
pub enum BareError {
    /// No code could be generated.
    Codegen(CodegenError),
    /// The code could not be linked or published.
    Jit(JitError),
    /// The system refused something.
    Io(io::Error),
}

impl fmt::Display for BareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BareError::Codegen(error) => error.fmt(f),
            BareError::Jit(error) => error.fmt(f),
            BareError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BareError {}

impl From<CodegenError> for BareError {
    fn from(error: CodegenError) -> Self {
        BareError::Codegen(error)
    }
}

impl From<JitError> for BareError {
    fn from(error: JitError) -> Self {
        BareError::Jit(error)
    }
}

impl From<io::Error> for BareError {
    fn from(error: io::Error) -> Self {
        BareError::Io(error)
    }
}

/// A run-time system without a language.
pub struct BareRuntime {
    abi: Arc<RuntimeAbi>,
    generator: CodeGenerator,
    space: CodeSpace,
    support: SupportCode,
    helpers: Box<[usize]>,
    code: Arc<CodeMap>,
}

impl BareRuntime {
    /// A run-time system that generates code for `spec`, which must be a subset of what this machine can execute. The
    /// description is the bare one with the embedder's helpers appended, in the order given.
    ///
    /// # Errors
    /// When there is no back end for the target or the system refuses memory.
    pub fn new(
        spec: &TargetSpec,
        settings: Settings,
        helpers: Vec<(Helper, HelperAddress)>,
    ) -> Result<Self, BareError> {
        let mut abi = RuntimeAbi::bare();
        let mut table = helpers::well_known(&abi);
        for (helper, address) in helpers {
            abi.helpers.push(helper);
            table.push(address.0);
        }
        let abi = Arc::new(abi);
        let generator = CodeGenerator::new(spec, settings, abi.clone())?;
        let space = CodeSpace::new(CodeSpaceConfig::default())?;
        let support = space.define_support(&generator)?;
        let runtime = Self { abi, generator, space, support, helpers: table.into(), code: Arc::default() };
        runtime.register(&runtime.support.batch);
        Ok(runtime)
    }

    /// The description modules must be made with.
    pub fn abi(&self) -> &Arc<RuntimeAbi> {
        &self.abi
    }

    /// The code generator.
    pub fn generator(&self) -> &CodeGenerator {
        &self.generator
    }

    /// All code that has been defined.
    pub fn code(&self) -> &CodeMap {
        &self.code
    }

    /// The address of the entry trampoline, a C function of the signature that
    /// [`SupportFunction::EntryTrampoline`](tintype_codegen::SupportFunction::EntryTrampoline) has.
    pub fn entry_trampoline(&self) -> u64 {
        self.support.entry_trampoline
    }

    /// Compiles every function of a verified module and publishes them as one batch.
    ///
    /// # Errors
    /// When a function cannot be compiled or the batch not be linked.
    pub fn define(&self, module: &Module, slot_values: &dyn Fn(SlotId) -> u64) -> Result<LoadedBatch, BareError> {
        let mut scratch = Scratch::new();
        let bodies = module.functions.iter().filter_map(|(id, decl)| Some((id, decl.body.as_ref()?)));
        let compile = |(id, body)| Ok((id, self.generator.compile(&mut scratch, module, body, &AllDirect)?));
        let functions = bodies.map(compile).collect::<Result<Vec<_>, CodegenError>>()?;
        let batch = self.space.define_batch(Batch { module, functions, imports: &|_| None, slot_values })?;
        self.register(&batch);
        Ok(batch)
    }

    fn register(&self, batch: &LoadedBatch) {
        let table = TableBytes::Shared(batch.pc_table().clone());
        self.code.register(batch.code_range(), table).expect("the table was just built");
    }

    /// A task that runs on the current thread's stack.
    ///
    /// # Errors
    /// When the system does not tell where the stack is.
    pub fn task(&self) -> io::Result<Box<BareTask>> {
        let limit = StackBounds::current()?.limit();
        let stubs = self.support.stubs.as_ptr();
        Ok(Box::new(BareTask::new(stubs, self.helpers.as_ptr(), self.code.clone(), self.abi.task.clone(), limit)))
    }

    /// Calls compiled code of the boxed signature. A caught exception is the error.
    ///
    /// # Errors
    /// The exception the code threw.
    ///
    /// # Safety
    /// `task` must be a task of this run-time system, on this thread, that nothing else uses but helpers called by the code;
    /// `code` must be the address of a function of the boxed signature defined by this run-time system and not released;
    /// the other arguments must be what that function expects.
    pub unsafe fn enter(&self, task: *mut BareTask, code: u64, boxed: [u64; 4]) -> Result<u64, u64> {
        type Enter = unsafe extern "C" fn(*mut BareTask, u64, u64, u64, u64, u64) -> u64;
        // SAFETY: the address is that of the entry trampoline, which has this C signature; the rest the caller promises.
        unsafe {
            let enter: Enter = std::mem::transmute(self.support.entry_trampoline as usize);
            let result = enter(task, code, boxed[0], boxed[1], boxed[2], boxed[3]);
            match std::mem::take(&mut (*task).pending_exception) {
                0 => Ok(result),
                exception => Err(exception),
            }
        }
    }

    /// Calls a function through its wrapper (see [`add_call_wrapper`](super::add_call_wrapper)). `values` holds the
    /// arguments and then the results, each in the low bytes of its element; it must be long enough for both.
    ///
    /// # Errors
    /// The exception the function threw.
    ///
    /// # Safety
    /// As for [`enter`](Self::enter), with a wrapper as `code`.
    pub unsafe fn call(&self, task: *mut BareTask, code: u64, values: &mut [u128]) -> Result<(), u64> {
        const { assert!(CELL as usize == size_of::<u128>()) };
        // SAFETY: the caller promises a wrapper, whose argument memory is the second boxed argument.
        unsafe { self.enter(task, code, [0, values.as_mut_ptr() as u64, values.len() as u64, 0]) }.map(|_| ())
    }

    /// The compiled frames of a task, innermost first.
    ///
    /// # Safety
    /// The task must be calling this through a helper.
    pub unsafe fn backtrace(&self, task: *const BareTask) -> Vec<FrameInfo> {
        // SAFETY: the task is laid out as described and its frames are intact while one of its helpers runs.
        unsafe { backtrace(task.cast(), &self.abi.task, &self.code, usize::MAX) }
    }
}
