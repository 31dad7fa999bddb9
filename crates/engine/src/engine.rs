//! An engine: what the contexts of a process share.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::path::Path;
use std::rc::Rc;

use tintype_heap::HeapConfig;
use tintype_loader::LoadedImage;
use tintype_runtime::{Context, Shared, builtins, interpret, persist, worlds};

use crate::failure::StartError;
use crate::image::{Loaded, open_chain};
use crate::native::Native;
use crate::options::{CompileMode, Options};
use crate::program::Program;

/// What contexts share: heap, types, code.
pub struct Engine {
    options: Options,
    shared: Rc<Shared>,
    native: Rc<Native>,
    images: Vec<Rc<LoadedImage>>,
    /// The world the images hold, until the first context runs in it.
    world: RefCell<Option<Loaded>>,
    has_main: Cell<bool>,
    /// Where invalidations are written.
    invalidations: Option<File>,
}

fn invalidation_file(path: &Path) -> Result<File, StartError> {
    File::create(path).map_err(|error| {
        let text = format!("cannot open invalidation log \"{}\": {error}", path.display());
        StartError::Memory(std::io::Error::other(text))
    })
}

impl Engine {
    /// Reserves memory and, if the options name an image, opens it with its parents.
    ///
    /// # Errors
    /// Memory cannot be reserved, or the image cannot be used.
    pub fn start(options: Options) -> Result<Rc<Engine>, StartError> {
        let config =
            HeapConfig { size_hint: options.heap_size_hint, stress: options.gc_stress, ..HeapConfig::default() };
        let shared = Shared::new(config)?;
        let native = Native::new(&options, &shared.heap)?;
        let mut images = Vec::new();
        let mut world = None;
        if let Some(path) = &options.image {
            let host = Native::host(options.hidden_features.as_deref())?;
            let loaded = open_chain(path, &options, &host, &shared.heap)?;
            images.clone_from(&loaded.images);
            for image in &images {
                native.add_image(image);
            }
            world = Some(loaded);
        }
        let has_main = Cell::new(world.as_ref().is_some_and(|loaded| loaded.declared_main));
        let invalidations = options.trace_invalidations.as_deref().map(invalidation_file).transpose()?;
        Ok(Rc::new(Engine { options, shared, native, images, world: RefCell::new(world), has_main, invalidations }))
    }

    /// The options it was started with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The images it runs on, parents first.
    pub fn images(&self) -> &[Rc<LoadedImage>] {
        &self.images
    }

    /// A context with the base library loaded, ready to run programs. The first context of an engine with an image runs in
    /// the image's own world; further ones have the libraries of that world, and a `Main` of their own.
    ///
    /// # Errors
    /// Memory, or a defect of the base library.
    pub fn new_context(self: &Rc<Self>) -> Result<Program, StartError> {
        if let Some(loaded) = self.world.borrow_mut().take() {
            return self.context_of_image(&loaded);
        }
        if !self.images.is_empty() {
            return Err(StartError::Image("a further context on an image is made from the first one".to_owned()));
        }
        let cx = Box::new(Context::new(&self.shared)?);
        builtins::define_all(&cx);
        interpret::install(&cx);
        let program = self.attach(cx, false);
        // A collection at each allocation of the whole library's evaluation would take minutes: stress begins behind it.
        let deferred = (self.options.gc_stress != 0).then(|| self.shared.heap.no_collect());
        program.load_base().map_err(StartError::Base)?;
        drop(deferred);
        Ok(program)
    }

    /// A further context: it shares types and code with `first`, and the libraries of its world, but has a `Main` and
    /// methods of its own.
    ///
    /// # Errors
    /// Memory.
    pub fn fork_context(self: &Rc<Self>, first: &Program) -> Result<Program, StartError> {
        let cx = Box::new(worlds::fork::fork(&self.shared, first.context().world())?);
        interpret::install(&cx);
        let program = self.attach(cx, false);
        program.define_main_functions().map_err(StartError::Base)?;
        Ok(program)
    }

    fn context_of_image(self: &Rc<Self>, loaded: &Loaded) -> Result<Program, StartError> {
        let wrong = |text: &str| StartError::Image(text.to_owned());
        let root = persist::root_of(loaded.root(0)).ok_or_else(|| wrong("the system image has no root object"))?;
        self.shared.attach_image(root).map_err(|error| StartError::Image(error.to_string()))?;
        let mut cx = Context::from_image(&self.shared, root)?;
        if loaded.images.len() > 1 {
            persist::use_child(&mut cx, loaded.root(1));
        }
        let cx = Box::new(cx);
        interpret::install(&cx);
        Ok(self.attach(cx, self.has_main.get()))
    }

    fn attach(self: &Rc<Self>, cx: Box<Context>, declared_main: bool) -> Program {
        cx.set_return_type(tintype_infer::return_type);
        let program = Program::new(self.clone(), cx, declared_main);
        if self.options.compile != CompileMode::Min {
            self.native.attach(program.context());
        }
        if let Some(file) = &self.invalidations
            && let Ok(file) = file.try_clone()
        {
            program.context().invalidations.write_to(Box::new(file));
        }
        program
    }

    /// The engine's native code.
    pub(crate) fn native(&self) -> &Native {
        &self.native
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
