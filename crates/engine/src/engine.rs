//! An engine: what the contexts of a process share.

use std::rc::Rc;

use tintype_heap::HeapConfig;
use tintype_runtime::{Context, Shared, builtins, interpret};

use crate::failure::StartError;
use crate::native::Native;
use crate::options::{CompileMode, Options};
use crate::program::Program;

/// What contexts share: heap, types, code.
pub struct Engine {
    options: Options,
    shared: Rc<Shared>,
    native: Rc<Native>,
}

impl Engine {
    /// Reserves memory and, if the options name an image, opens it.
    ///
    /// # Errors
    /// Memory cannot be reserved, or the image cannot be used.
    pub fn start(options: Options) -> Result<Rc<Engine>, StartError> {
        let config =
            HeapConfig { size_hint: options.heap_size_hint, stress: options.gc_stress, ..HeapConfig::default() };
        let shared = Shared::new(config)?;
        let native = Native::new(&options, &shared.heap)?;
        Ok(Rc::new(Engine { options, shared, native }))
    }

    /// The options it was started with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// A context with the base library loaded, ready to run programs.
    ///
    /// # Errors
    /// Memory, or a defect of the base library.
    pub fn new_context(self: &Rc<Self>) -> Result<Program, StartError> {
        let cx = Box::new(Context::new(&self.shared)?);
        builtins::define_all(&cx);
        interpret::install(&cx);
        let program = Program::new(self.clone(), cx, false);
        if self.options.compile != CompileMode::Min {
            self.native.attach(program.context());
        }
        program.load_base().map_err(StartError::Base)?;
        Ok(program)
    }

    /// How many methods were compiled in this process.
    pub fn compile_count(&self) -> u64 {
        self.native.compile_count()
    }

    /// What the collector has done so far.
    pub fn gc_stats(&self) -> tintype_heap::GcStats {
        self.shared.heap.stats()
    }
}
