//! A program: one context of an engine, in which source is evaluated.

use std::path::Path;
use std::rc::Rc;

use tintype_runtime::objects::*;
use tintype_runtime::values::arrays;
use tintype_runtime::{Context, Thrown, modules};

use crate::engine::Engine;
use crate::failure::Failure;
use crate::initializers;
use crate::session::Session;
use crate::source::Source;
use crate::toplevel::{Evaluator, Stop};
use crate::uncaught;

/// A context in which programs run.
pub struct Program {
    // Boxed: tasks and helpers hold its address.
    cx: Box<Context>,
    engine: Rc<Engine>,
    session: Rc<Session>,
}

impl Program {
    pub(crate) fn new(engine: Rc<Engine>, cx: Box<Context>, declared_main: bool) -> Program {
        cx.task().context.set((&raw const *cx).cast());
        let session = Rc::new(Session::default());
        if declared_main {
            session.declare_main();
        }
        cx.set_evaluation(Some(session.clone()));
        Program { cx, engine, session }
    }

    /// The run-time system's context.
    pub fn context(&self) -> &Context {
        &self.cx
    }

    /// What its evaluations have in common.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// The engine it belongs to.
    pub fn engine(&self) -> &Rc<Engine> {
        &self.engine
    }

    /// Evaluates the base library from the sources inside the program.
    pub(crate) fn load_base(&self) -> Result<(), Failure> {
        let cx = &*self.cx;
        let main = cx.world().main.unwrap();
        self.session.set_from_base(true);
        let loaded = Evaluator::new(cx, &self.session).file(main, Path::new("base/Base.jl"));
        self.session.set_from_base(false);
        loaded.map_err(|stop| self.failure(stop))?;
        let base = cx.world().base.get().expect("evaluating base/Base.jl made Base");
        modules::use_module(cx, main, base);
        cx.enter_newest_world();
        self.define_main_functions()
    }

    /// Gives `Main` its functions `eval` and `include`.
    ///
    /// # Errors
    /// A defect of the base library.
    pub(crate) fn define_main_functions(&self) -> Result<(), Failure> {
        let main = self.cx.world().main.unwrap();
        let defined = Evaluator::new(&self.cx, &self.session).define_module_functions(main);
        defined.map_err(|stop| self.failure(stop))
    }

    /// Evaluates a file in `Main`; if it declares `(@main)`, calls `main(args)` then. The result is the exit status.
    ///
    /// # Errors
    /// What stopped the program.
    pub fn run_file(&self, path: &Path, args: &[String]) -> Result<i32, Failure> {
        self.set_arguments(&path.to_string_lossy(), args);
        self.evaluate_file(path)?;
        self.finish(args)
    }

    /// Evaluates a file in `Main` and does not call `main`.
    ///
    /// # Errors
    /// What stopped it.
    pub fn evaluate_file(&self, path: &Path) -> Result<(), Failure> {
        let source = Source::read(path, false).map_err(|stop| self.failure(stop))?;
        self.evaluate(&source)
    }

    /// The same for what an image is to hold: nor is `__init__` of any module called.
    pub(crate) fn evaluate_for_image(&self, path: &Path) -> Result<(), Failure> {
        self.session.defer_init();
        self.evaluate_file(path)
    }

    /// Evaluates a text in `Main`, as [`run_file`](Self::run_file) does a file.
    ///
    /// # Errors
    /// What stopped the program.
    pub fn run_text(&self, text: &str, args: &[String]) -> Result<i32, Failure> {
        self.set_arguments("", args);
        let source = self.parsed(text)?;
        self.evaluate(&source)?;
        self.finish(args)
    }

    fn parsed(&self, text: &str) -> Result<Rc<Source>, Failure> {
        Source::parse("none", text.to_owned()).map_err(|error| self.failure(Stop::Syntax(error)))
    }

    /// Whether some evaluated source declared `(@main)`.
    pub fn has_main(&self) -> bool {
        self.session.declared_main()
    }

    /// Calls `main(args)`; the result is the exit status.
    ///
    /// # Errors
    /// What it throws.
    pub fn run_main(&self, args: &[String]) -> Result<i32, Failure> {
        self.initialize()?;
        let status = self.call_main(args).map_err(|thrown| self.failure(Stop::Thrown(thrown, None)));
        self.cx.output.flush();
        status
    }

    /// Initialises the modules that came with an image, if that was not done yet.
    fn initialize(&self) -> Result<(), Failure> {
        if self.session.defers_init() {
            return Ok(());
        }
        initializers::run(&self.cx).map_err(|thrown| self.failure(Stop::Thrown(thrown, None)))
    }

    fn evaluate(&self, source: &Source) -> Result<(), Failure> {
        self.initialize()?;
        let main = self.cx.world().main.unwrap();
        let evaluated = Evaluator::new(&self.cx, &self.session).source(main, source);
        let result = evaluated.map(|_| ()).map_err(|stop| self.failure(stop));
        self.cx.output.flush();
        result
    }

    /// The value of an expression, evaluated in `Main`.
    ///
    /// # Errors
    /// What stopped it.
    pub(crate) fn value_of(&self, text: &str) -> Result<Value, Failure> {
        let source = self.parsed(text)?;
        let main = self.cx.world().main.unwrap();
        Evaluator::new(&self.cx, &self.session).source(main, &source).map_err(|stop| self.failure(stop))
    }

    fn finish(&self, args: &[String]) -> Result<i32, Failure> {
        if self.has_main() { self.run_main(args) } else { Ok(0) }
    }

    /// Sets `PROGRAM_FILE` and `ARGS`.
    fn set_arguments(&self, file: &str, args: &[String]) {
        let cx = &*self.cx;
        if !file.is_empty() {
            self.set_base_global("PROGRAM_FILE", cx.new_string(file.as_bytes()).erase());
        }
        if args.is_empty() {
            return;
        }
        let list = cx.world().base.get().and_then(|base| modules::global(cx, base, cx.symbol("ARGS")));
        let Some(list) = list.and_then(|list| list.get::<Array>()) else { return };
        let set = arrays::grow_at(cx, list, 0, args.len());
        set.unwrap_or_else(|thrown| panic!("{} arguments: {:?}", args.len(), cx.take_exception(thrown)));
        for (index, arg) in args.iter().enumerate() {
            arrays::set(cx, list, index, cx.new_string(arg.as_bytes()).erase());
        }
    }

    /// Sets a global of the base library that the command decides. A context without the library has none.
    pub(crate) fn set_base_global(&self, name: &str, value: Value) {
        let cx = &*self.cx;
        let Some(base) = cx.world().base.get() else { return };
        if let Err(thrown) = modules::set_global(cx, base, cx.symbol(name), value) {
            cx.take_exception(thrown);
        }
    }

    /// Runs what `atexit` was given. To be called when the program has ended, however it did.
    pub fn run_exit_hooks(&self) {
        let cx = &*self.cx;
        let Some(base) = cx.world().base.get() else { return };
        let hooks = modules::global(cx, base, cx.symbol("exit_hooks")).and_then(|hooks| hooks.get::<Array>());
        if hooks.is_none_or(|hooks| arrays::length(hooks) == 0) {
            return;
        }
        cx.enter_newest_world();
        let run = modules::get_global(cx, base, cx.symbol("run_exit_hooks"));
        if let Err(thrown) = run.and_then(|run| cx.call(run, &[])) {
            cx.take_exception(thrown);
        }
        cx.output.flush();
    }

    fn call_main(&self, args: &[String]) -> Result<i32, Thrown> {
        let cx = &*self.cx;
        cx.enter_newest_world();
        let main = cx.world().main.unwrap();
        let function = modules::get_global(cx, main, cx.symbol("main"))?;
        let strings = arrays::array_type(cx, cx.well_known().string().erase(), 1)?;
        let vector = arrays::new_array(cx, strings, &[args.len() as i64])?;
        for (index, arg) in args.iter().enumerate() {
            let string = cx.new_string(arg.as_bytes()).erase();
            arrays::set(cx, vector, index, string);
        }
        let status = cx.call(function, &[vector.erase()])?;
        Ok(tintype_runtime::values::boxes::as_int64(cx, status).unwrap_or(0) as i32)
    }

    /// What stopped an evaluation, as the user is told.
    fn failure(&self, stop: Stop) -> Failure {
        match stop {
            Stop::Failure(failure) => failure,
            Stop::Syntax(error) => Failure::Syntax(error.rendered),
            Stop::Thrown(thrown, place) => uncaught::failure(&self.cx, thrown, place),
        }
    }
}
