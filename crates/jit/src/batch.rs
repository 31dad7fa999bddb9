//! Batches: functions that are linked and published together, and released together.
//!
//! Each batch is linked by a `JITModule` of its own, which lives only while the batch is defined: no lock is held and
//! threads define batches side by side. References within the batch and to code in the same code space are pc-relative;
//! what lies out of reach must have been compiled with an absolute route.

use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use cranelift_module::ModuleError;
use tintype_codegen::{CodeGenerator, CodegenError, CompiledFunction, SupportFunction};
use tintype_ir::abi::HelperId;
use tintype_ir::module::{DataId, FuncId, Module, SlotId};

use crate::link::Plan;
use crate::pages::PublishedPages;
use crate::space::CodeSpace;

/// Functions to define, with what they refer to.
pub struct Batch<'a> {
    /// The module the ids belong to.
    pub module: &'a Module,
    /// The functions.
    pub functions: Vec<(FuncId, CompiledFunction)>,
    /// The address of a function that is not in the batch.
    pub imports: &'a dyn Fn(FuncId) -> Option<u64>,
    /// The object of a slot.
    pub slot_values: &'a dyn Fn(SlotId) -> u64,
}

/// Why a batch was not defined.
#[derive(Debug)]
pub enum JitError {
    /// The system refused memory or protection.
    Memory(io::Error),
    /// The batch refers to something that is not there. The caller's mistake.
    Unresolved {
        /// The function that refers to it.
        function: String,
        /// What it refers to.
        target: String,
    },
    /// An import lies out of reach of a pc-relative reference; it needs an absolute route. The caller's mistake.
    OutOfReach {
        /// The function that refers to it.
        function: String,
        /// The import's address.
        address: u64,
    },
    /// The code of a support function could not be generated.
    Codegen(CodegenError),
    /// The linker refused the batch, which is a defect.
    Link(String),
}

impl fmt::Display for JitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JitError::Memory(error) => write!(f, "code memory: {error}"),
            JitError::Unresolved { function, target } => {
                write!(f, "function `{function}` refers to {target}, which is not defined")
            }
            JitError::OutOfReach { function, address } => {
                write!(f, "function `{function}` refers pc-relatively to {address:#x}, which is out of reach")
            }
            JitError::Codegen(error) => error.fmt(f),
            JitError::Link(message) => write!(f, "linking a batch failed: {message}"),
        }
    }
}

impl std::error::Error for JitError {}

impl From<io::Error> for JitError {
    fn from(error: io::Error) -> Self {
        JitError::Memory(error)
    }
}

impl From<ModuleError> for JitError {
    fn from(error: ModuleError) -> Self {
        JitError::Link(error.to_string())
    }
}

impl From<CodegenError> for JitError {
    fn from(error: CodegenError) -> Self {
        JitError::Codegen(error)
    }
}

/// A batch in memory. Its code stays callable until it is released; dropping the value leaks the code.
pub struct LoadedBatch {
    pages: PublishedPages,
    code: Range<u64>,
    functions: Vec<(FuncId, u64)>,
    slots: Vec<(SlotId, u64)>,
    data: Vec<(DataId, u64)>,
    pc_table: Arc<[u8]>,
}

impl LoadedBatch {
    /// The functions with their addresses, in the order they were given.
    pub fn functions(&self) -> &[(FuncId, u64)] {
        &self.functions
    }

    /// The address of a function of the batch.
    pub fn address_of(&self, func: FuncId) -> Option<u64> {
        self.functions.iter().find(|entry| entry.0 == func).map(|entry| entry.1)
    }

    /// The slots the code refers to, each with the address of its word; the words hold objects' addresses.
    pub fn slot_words(&self) -> &[(SlotId, u64)] {
        &self.slots
    }

    /// The data the code refers to, with addresses.
    pub fn data(&self) -> &[(DataId, u64)] {
        &self.data
    }

    /// The range of the batch's code.
    pub fn code_range(&self) -> Range<u64> {
        self.code.clone()
    }

    /// The code's position table; offsets count from the start of [`code_range`](Self::code_range).
    pub fn pc_table(&self) -> &Arc<[u8]> {
        &self.pc_table
    }

    /// Gives the batch's memory back.
    ///
    /// # Safety
    /// No thread may be in code of the batch, none may call it any more, no code map may list it, and nothing may refer
    /// to its slots and data.
    pub unsafe fn release(self) {
        // SAFETY: the caller's promise covers code and data, which is all the pages hold.
        unsafe { self.pages.release() };
    }
}

/// The support functions in memory.
pub struct SupportCode {
    /// The stub table, indexed by helper; tasks point to it.
    pub stubs: Box<[u64]>,
    /// The entry trampoline.
    pub entry_trampoline: u64,
    /// The code.
    pub batch: LoadedBatch,
}

impl CodeSpace {
    /// Links a batch, publishes it, and returns where everything is.
    ///
    /// # Errors
    /// See [`JitError`]; nothing stays behind.
    pub fn define_batch(&self, batch: Batch<'_>) -> Result<LoadedBatch, JitError> {
        let plan = Plan::of(&batch, self)?;
        let functions: Vec<_> = batch.functions.iter().map(|(_, compiled)| compiled).collect();
        let linked = plan.link(self, &functions)?;
        let ids = batch.functions.iter().map(|(func, _)| *func);
        Ok(LoadedBatch {
            functions: ids.zip(linked.functions).collect(),
            slots: linked.slots,
            data: linked.data,
            code: linked.code,
            pc_table: linked.pc_table,
            pages: linked.pages,
        })
    }

    /// Generates and publishes the support functions of a generator's run-time system.
    ///
    /// # Errors
    /// When a stub cannot be generated, or as [`define_batch`](Self::define_batch).
    pub fn define_support(&self, generator: &CodeGenerator) -> Result<SupportCode, JitError> {
        let support = generator.support_functions()?;
        let module = Module::new("support", generator.abi().clone());
        let functions = support.iter().enumerate();
        let functions = functions.map(|(index, (_, code))| (FuncId::from_u32(index as u32), code.clone())).collect();
        let batch = Batch { module: &module, functions, imports: &|_| None, slot_values: &|_| 0 };
        let batch = self.define_batch(batch)?;
        let address = |wanted| {
            let index = support.iter().position(|entry| entry.0 == wanted);
            batch.functions[index.unwrap_or_else(|| panic!("{wanted:?} was not generated"))].1
        };
        let helpers = (0..generator.abi().helpers.len() as u32).map(HelperId::from_u32);
        Ok(SupportCode {
            stubs: helpers.map(|helper| address(SupportFunction::Stub(helper))).collect(),
            entry_trampoline: address(SupportFunction::EntryTrampoline),
            batch,
        })
    }
}
