//! A program: one context of an engine, in which source is evaluated.

use std::path::Path;
use std::rc::Rc;

use tintype_runtime::objects::*;
use tintype_runtime::{Context, Thrown, modules};

use crate::engine::Engine;
use crate::failure::Failure;
use crate::session::Session;
use crate::source::Source;
use crate::toplevel::{Evaluator, Place, Stop};

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

    /// Evaluates a text in `Main`, as [`run_file`](Self::run_file) does a file.
    ///
    /// # Errors
    /// What stopped the program.
    pub fn run_text(&self, text: &str, args: &[String]) -> Result<i32, Failure> {
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
        let status = self.call_main(args).map_err(|thrown| self.failure(Stop::Thrown(thrown, None)));
        self.cx.output.flush();
        status
    }

    fn evaluate(&self, source: &Source) -> Result<(), Failure> {
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

    fn call_main(&self, args: &[String]) -> Result<i32, Thrown> {
        let cx = &*self.cx;
        cx.enter_newest_world();
        let main = cx.world().main.unwrap();
        let function = modules::get_global(cx, main, cx.symbol("main"))?;
        let strings = tintype_runtime::values::arrays::array_type(cx, cx.well_known().string().erase(), 1)?;
        let vector = tintype_runtime::values::arrays::new_array(cx, strings, &[args.len() as i64])?;
        for (index, arg) in args.iter().enumerate() {
            let string = cx.new_string(arg.as_bytes()).erase();
            tintype_runtime::values::arrays::set(cx, vector, index, string);
        }
        let status = cx.call(function, &[vector.erase()])?;
        Ok(tintype_runtime::values::boxes::as_int64(cx, status).unwrap_or(0) as i32)
    }

    /// What stopped an evaluation, as the user is told.
    fn failure(&self, stop: Stop) -> Failure {
        match stop {
            Stop::Failure(failure) => failure,
            Stop::Syntax(error) => Failure::Syntax(error.rendered),
            Stop::Thrown(thrown, place) => {
                let exception = self.cx.take_exception(thrown);
                self.cx.output.flush();
                Failure::Uncaught(self.uncaught_text(exception, place))
            }
        }
    }

    fn uncaught_text(&self, exception: Value, place: Option<Place>) -> String {
        let text = self.error_text(exception);
        match place {
            Some(place) => format!("LoadError: {text}\nin expression starting at {}:{}", place.file, place.line),
            None => text,
        }
    }

    /// What `showerror` writes for an exception; without a base library, its type's name.
    fn error_text(&self, exception: Value) -> String {
        let cx = &*self.cx;
        let fallback = || plain_text(cx, exception);
        let Some(base) = cx.world().base.get() else { return fallback() };
        let shown = modules::get_global(cx, base, cx.symbol("error_text")).and_then(|show| cx.call(show, &[exception]));
        match shown {
            Ok(text) => text.get::<JlString>().map_or_else(fallback, |text| text.to_text().into_owned()),
            Err(thrown) => {
                cx.take_exception(thrown);
                fallback()
            }
        }
    }
}

/// An exception without the base library's help: its type's name, and its message if it has one.
fn plain_text(cx: &Context, exception: Value) -> String {
    let ty = exception.type_of();
    let name = ty.name.name.as_str();
    let fields = (0..ty.n_fields()).filter_map(|i| tintype_runtime::values::structs::get_field(cx, exception, i));
    let texts = fields.map(|field| match (field.get::<JlString>(), field.get::<Symbol>()) {
        (Some(text), _) => text.to_text().into_owned(),
        (_, Some(symbol)) => symbol.as_str().to_owned(),
        _ => tintype_runtime::show::types::type_text(cx, field.type_of().erase()),
    });
    format!("{name}: {}", texts.collect::<Vec<_>>().join(", "))
}
