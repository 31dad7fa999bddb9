//! What evaluations of a program have in common, and the run-time system's way to parser and lowering.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tintype_runtime::evaluation::{Evaluation, ParseRule, ParsedText};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome, Thrown, modules};
use tintype_syntax::{Diagnostic, Node, NodeKind, Severity};

use crate::base_library::{self, PREFIX};
use crate::failure::Failure;
use crate::generated;
use crate::source::{Source, included_path};
use crate::toplevel::{Evaluated, Evaluator, Stop};
use crate::trees::{Spliced, Trees};

/// The functions every module has of its own.
const MODULE_FUNCTIONS: &str = "eval(x) = Core.eval(@__MODULE__, x)
include(path) = Base.include(@__MODULE__, path)
include(map, path) = Base.include(map, @__MODULE__, path)
";

/// A program's evaluations. Installed in its context, which calls back for `eval`, `include` and their like.
#[derive(Default)]
pub(crate) struct Session {
    /// The files being included, innermost last.
    files: RefCell<Vec<String>>,
    /// Whether paths below `base/` mean the base library inside the program.
    from_base: Cell<bool>,
    declared_main: Cell<bool>,
    /// Whether a prompt's input is being evaluated, where loops may assign globals.
    interactive: Cell<bool>,
    /// How many modules are being evaluated, one inside the other.
    module_depth: Cell<u32>,
    /// Whether modules are to be initialised by a later process.
    defers_init: Cell<bool>,
    /// Whether the next module is a library of its own, below no other.
    loads_library: Cell<bool>,
    module_functions: RefCell<Option<Rc<Source>>>,
}

impl Session {
    /// Whether the base library is being evaluated.
    pub fn is_in_base(&self) -> bool {
        self.from_base.get()
    }

    /// Says whether the base library is being evaluated.
    pub fn set_from_base(&self, from_base: bool) {
        self.from_base.set(from_base);
    }

    /// Whether a prompt's input is being evaluated.
    pub fn interactive(&self) -> bool {
        self.interactive.get()
    }

    /// Says whether a prompt's input is being evaluated.
    pub fn set_interactive(&self, interactive: bool) {
        self.interactive.set(interactive);
    }

    /// Notes that the evaluation of a module begins.
    pub fn enter_module(&self) {
        self.module_depth.set(self.module_depth.get() + 1);
    }

    /// Notes that it has ended; whether that was the outermost one.
    pub fn leave_module(&self) -> bool {
        self.module_depth.set(self.module_depth.get() - 1);
        self.module_depth.get() == 0
    }

    /// Leaves calling `__init__` to the processes that start from what this one stores.
    pub fn defer_init(&self) {
        self.defers_init.set(true);
    }

    /// Whether modules are to be initialised by a later process.
    pub fn defers_init(&self) -> bool {
        self.defers_init.get()
    }

    /// Notes that some expression declared `(@main)`.
    pub fn declare_main(&self) {
        self.declared_main.set(true);
    }

    /// Whether some expression declared `(@main)`.
    pub fn declared_main(&self) -> bool {
        self.declared_main.get()
    }

    pub fn enter_file(&self, file: &str) {
        self.files.borrow_mut().push(file.to_owned());
    }

    pub fn leave_file(&self) {
        self.files.borrow_mut().pop();
    }

    /// Evaluates the source of a library that comes with the program; its module.
    pub fn load_library(&self, cx: &Context, name: &str) -> Result<Option<Gc<Module>>, Stop> {
        let path = format!("{PREFIX}stdlib/{name}.jl");
        let Some(text) = base_library::source(&path) else { return Ok(None) };
        let source = Source::parse(&path, text.into_owned()).map_err(Stop::Syntax)?;
        self.loads_library.set(true);
        let loaded = Evaluator::new(cx, self).source(cx.world().main.unwrap(), &source);
        self.loads_library.set(false);
        Ok(loaded?.get::<Module>())
    }

    /// Whether the module that is about to be made is a library's own.
    pub fn takes_library(&self) -> bool {
        self.loads_library.replace(false)
    }

    /// The definitions of a module's own `eval` and `include`.
    pub fn module_functions(&self) -> Rc<Source> {
        let mut functions = self.module_functions.borrow_mut();
        let made = functions.get_or_insert_with(|| {
            Source::parse("none", MODULE_FUNCTIONS.to_owned()).unwrap_or_else(|_| panic!("own definitions parse"))
        });
        made.clone()
    }

    /// Throws what a function of the base library makes of the arguments.
    pub fn throw_from_base(&self, cx: &Context, function: &str, arguments: &[Value]) -> Thrown {
        let Some(base) = cx.world().base.get() else { return cx.error(function) };
        let made = modules::get_global(cx, base, cx.symbol(function)).and_then(|f| cx.call(f, arguments));
        match made {
            Ok(exception) => cx.throw(exception),
            Err(thrown) => thrown,
        }
    }

    /// A failure as an exception.
    pub fn throw_failure(&self, cx: &Context, failure: &Failure) -> Thrown {
        match failure {
            Failure::Read { path, why } => {
                let text = |text: &str| cx.new_string(text.as_bytes()).erase();
                self.throw_from_base(cx, "system_error", &[text(&format!("opening file {path:?}")), text(why)])
            }
            other => cx.error(&other.to_string()),
        }
    }

    fn path_from_here(&self, path: &str) -> std::path::PathBuf {
        match self.files.borrow().last() {
            Some(file) if file != "none" => included_path(file, path),
            _ => path.into(),
        }
    }
}

/// Runs `work` and comes back to the world it was called in.
fn in_own_world<T>(cx: &Context, work: impl FnOnce() -> T) -> T {
    let before = cx.world_age();
    cx.enter_newest_world();
    let done = work();
    cx.task().world_age.set(before);
    done
}

impl Evaluation for Session {
    fn eval(&self, cx: &Context, module: Gc<Module>, expression: Value) -> Outcome {
        // What is no expression is its own value.
        if !(expression.is::<Expr>() || expression.is::<Symbol>() || expression.is::<GlobalRef>()) {
            return Ok(expression.get::<QuoteNode>().map_or(expression, |quote| quote.value));
        }
        in_own_world(cx, || {
            let mut evaluator = Evaluator::new(cx, self);
            let value = evaluator.value(module, expression);
            value.map_err(|stop| evaluator.thrown_from_eval(stop))
        })
    }

    fn include(&self, cx: &Context, module: Gc<Module>, path: &str, map: Option<Value>) -> Outcome {
        let path = self.path_from_here(path);
        in_own_world(cx, || {
            let mut evaluator = Evaluator::new(cx, self).with_map(map);
            let value = evaluator.file(module, &path);
            value.map_err(|stop| evaluator.thrown_from_file(stop))
        })
    }

    fn include_text(&self, cx: &Context, module: Gc<Module>, text: &str, file: &str, map: Option<Value>) -> Outcome {
        in_own_world(cx, || {
            let mut evaluator = Evaluator::new(cx, self).with_map(map);
            let value: Evaluated = match Source::parse(file, text.to_owned()) {
                Ok(source) => evaluator.source(module, &source),
                Err(error) => Err(Stop::Syntax(error)),
            };
            value.map_err(|stop| evaluator.thrown_from_file(stop))
        })
    }

    fn parse(&self, cx: &Context, text: &str, start: usize, rule: ParseRule, file: &str) -> Outcome<ParsedText> {
        let (node, next, diagnostics) = match rule {
            ParseRule::All => {
                let parsed = tintype_syntax::parse_all(text);
                (Some(parsed.node), text.len(), parsed.diagnostics)
            }
            ParseRule::Statement => tintype_syntax::parse_one(text, start),
            ParseRule::Atom => tintype_syntax::parse_atom(text, start),
        };
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        let error = diagnostics.iter().find(is_error);
        let spliced = Spliced::new(cx);
        let module = cx.world().main.unwrap();
        let nothing = Node { kind: NodeKind::Nothing, span: Default::default() };
        let node = node.filter(|_| error.is_none()).unwrap_or(nothing);
        let value = Trees { cx, module, file, spliced: &spliced }.value(&node)?;
        Ok(ParsedText {
            value,
            next,
            error: error.map(|error| error.message.clone()),
            incomplete: error.is_some_and(|error| error.incomplete),
        })
    }

    fn expand(&self, cx: &Context, module: Gc<Module>, expression: Value, once: bool) -> Outcome {
        in_own_world(cx, || {
            let mut evaluator = Evaluator::new(cx, self);
            let value = evaluator.expand(module, expression, once);
            value.map_err(|stop| evaluator.thrown_from_eval(stop))
        })
    }

    fn generate(&self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<(Gc<Bytes>, Gc<SimpleVector>)> {
        let before = cx.world_age();
        if let Some(method) = instance.method {
            cx.task().world_age.set(method.primary_world.get());
        }
        let made = generated::generate(&mut Evaluator::new(cx, self), instance);
        cx.task().world_age.set(before);
        made
    }
}
