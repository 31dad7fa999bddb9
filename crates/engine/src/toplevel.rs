//! Evaluating source text: one top-level expression after the other, in a module.
//!
//! `module`, `using`, `import` and `export` are handled here and in [`crate::imports`], also where a macro gives them;
//! everything else is lowered and run. Nothing is compiled here.

use std::path::Path;
use std::rc::Rc;

use tintype_heap::GcVec;
use tintype_hir::Lowered;
use tintype_lower::LowerInput;
use tintype_runtime::interpret;
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Thrown, modules};
use tintype_syntax::{Diagnostic, Node, NodeKind, Span};

use crate::failure::Failure;
use crate::host::{Host, load_error};
use crate::initializers;
use crate::session::Session;
use crate::source::{Source, included_path};
use crate::trees::{Spliced, Trees};

/// Why an evaluation ended early.
pub(crate) enum Stop {
    /// An exception is on its way.
    Thrown(Thrown, Option<Place>),
    /// The source is wrong.
    Syntax(SyntaxError),
    /// The source cannot be read.
    Failure(Failure),
}

/// What is wrong with a text.
pub(crate) struct SyntaxError {
    /// The first mistake, in a few words.
    pub message: String,
    /// All of them, with the lines they stand on.
    pub rendered: Vec<String>,
    /// Where the first stands.
    pub place: Place,
}

/// Where the expression stands that threw.
pub(crate) struct Place {
    pub file: String,
    pub line: u32,
}

impl From<Thrown> for Stop {
    fn from(thrown: Thrown) -> Stop {
        Stop::Thrown(thrown, None)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

pub(crate) type Evaluated = Result<Value, Stop>;

/// Evaluates texts in a context.
pub(crate) struct Evaluator<'a> {
    pub cx: &'a Context,
    pub session: &'a Session,
    /// What macros and `eval` put into the trees being evaluated.
    spliced: Spliced,
    /// Called with each expression of the texts, if set; what it gives is evaluated.
    map: GcVec<Value>,
}

impl<'a> Evaluator<'a> {
    pub fn new(cx: &'a Context, session: &'a Session) -> Evaluator<'a> {
        Evaluator { cx, session, spliced: Spliced::new(cx), map: GcVec::new(cx.heap()) }
    }

    /// Has `map` called with each expression.
    pub fn with_map(self, map: Option<Value>) -> Evaluator<'a> {
        if let Some(map) = map {
            self.map.push(map);
        }
        self
    }

    /// Evaluates a file in a module; the value of its last expression.
    pub fn file(&mut self, module: Gc<Module>, path: &Path) -> Evaluated {
        let source = Source::read(path, self.session.is_in_base())?;
        self.source(module, &source)
    }

    /// Evaluates a parsed text in a module.
    pub fn source(&mut self, module: Gc<Module>, source: &Source) -> Evaluated {
        let before = self.cx.source_site.replace(source.hash);
        self.session.enter_file(&source.file);
        let mut value = Ok(self.cx.nothing());
        for expression in &source.expressions {
            value = self.mapped(module, source, expression);
            if value.is_err() {
                break;
            }
        }
        self.session.leave_file();
        self.cx.source_site.set(before);
        value
    }

    /// Evaluates an expression given as a value.
    pub fn value(&mut self, module: Gc<Module>, expression: Value) -> Evaluated {
        let source = Source::of_expression(self.cx, expression);
        let node = self.trees(module, &source).node(expression, Span::default(), 0)?;
        let before = self.cx.source_site.get();
        self.cx.source_site.set(source.hash_with(before, &node));
        let value = self.expression(module, &source, &node);
        self.cx.source_site.set(before);
        value
    }

    fn trees<'b>(&'b self, module: Gc<Module>, source: &'b Source) -> Trees<'b> {
        Trees { cx: self.cx, module, file: &source.file, spliced: &self.spliced }
    }

    /// What stands for the text of an expression given as a value.
    pub fn source_of(&self, expression: Value) -> Source {
        Source::of_expression(self.cx, expression)
    }

    /// The tree of an expression given as a value.
    ///
    /// # Errors
    /// It is nested too deeply.
    pub fn node_of(&self, module: Gc<Module>, source: &Source, expression: Value) -> Result<Node, Thrown> {
        self.trees(module, source).node(expression, Span::default(), 0)
    }

    /// A value in a tree, by number.
    pub fn spliced_value(&self, index: u32) -> Value {
        self.spliced.get(index)
    }

    /// A tree of a module, lowered.
    pub fn lowered(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Result<Lowered, Stop> {
        self.lowering(module, source, |input| tintype_lower::lower_toplevel(node, input))
    }

    fn mapped(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        if self.map.is_empty() {
            return self.expression(module, source, node);
        }
        let value = self.trees(module, source).value(node)?;
        let mapped = self.cx.call(self.map.get(0), &[value])?;
        let line = source.lines.line(node.span.start);
        let node = self.trees(module, source).node(mapped, node.span, line)?;
        self.expression(module, source, &node)
    }

    fn expression(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        self.cx.check_stack()?;
        let n_spliced = self.spliced.len();
        let value = self.statement(module, source, node);
        self.spliced.truncate(n_spliced);
        value.map_err(|stop| match stop {
            Stop::Thrown(thrown, None) => Stop::Thrown(thrown, Some(self.place(source, node))),
            other => other,
        })
    }

    fn statement(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        match node.as_expr() {
            Some(("toplevel", children)) => {
                let mut value = Ok(self.cx.nothing());
                for child in children.iter().filter(|child| !matches!(child.kind, NodeKind::Line(_))) {
                    value = self.expression(module, source, child);
                    if value.is_err() {
                        break;
                    }
                }
                value
            }
            Some(("module", [_, name, body])) => self.module(module, source, node, name, body),
            Some(("export" | "public", names)) => self.export(module, source, names),
            Some((head @ ("using" | "import"), paths)) => self.import(module, source, head == "using", paths),
            Some(("call", [function, path]))
                if self.session.is_in_base() && function.as_symbol() == Some("include") =>
            {
                self.include_base(module, source, node, path)
            }
            Some(("macrocall", _)) => {
                let expanded = self.expanded(module, source, node)?;
                match expanded.as_expr() {
                    Some(("toplevel" | "module" | "export" | "public" | "using" | "import", _)) => {
                        self.statement(module, source, &expanded)
                    }
                    _ => self.thunk(module, source, &expanded),
                }
            }
            _ => self.thunk(module, source, node),
        }
    }

    fn place(&self, source: &Source, node: &Node) -> Place {
        Place { file: source.file.clone(), line: source.lines.line(node.span.start) }
    }

    /// Lets lowering work on a node; what a macro throws is thrown on.
    fn lowering<T>(
        &mut self,
        module: Gc<Module>,
        source: &Source,
        work: impl FnOnce(&mut LowerInput<'_>) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Stop> {
        let mut host = Host::new(self.cx, module, &source.file, &self.spliced);
        let line_of = |offset| source.lines.line(offset);
        let mut input = LowerInput {
            file: &source.file,
            line_of: &line_of,
            host: &mut host,
            interactive: self.session.interactive(),
        };
        let done = work(&mut input);
        if host.declared_main {
            self.session.declare_main();
        }
        for warning in host.warnings.iter() {
            eprint!("{}", tintype_syntax::render(warning, &source.file, &source.text));
        }
        match (done, host.thrown) {
            (Err(_), Some(thrown)) => Err(thrown.into()),
            (Err(diagnostics), None) => Err(syntax_error(source, &diagnostics)),
            (Ok(done), _) => Ok(done),
        }
    }

    fn expanded(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Result<Node, Stop> {
        self.lowering(module, source, |input| tintype_lower::expand_macros(node, input))
    }

    fn thunk(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        let cx = self.cx;
        let lowered = self.lowered(module, source, node)?;
        cx.enter_newest_world();
        let code = interpret::materialize(cx, module, &lowered, &|index| self.spliced.get(index));
        let value = interpret::run_thunk(cx, module, &code)?;
        cx.enter_newest_world();
        for warning in cx.warnings.borrow_mut().drain(..) {
            eprintln!("{warning}");
        }
        Ok(value)
    }

    fn module(&mut self, parent: Gc<Module>, source: &Source, node: &Node, name: &Node, body: &Node) -> Evaluated {
        let cx = self.cx;
        let Some(name) = name.as_symbol() else {
            return Err(unsupported(source, "this module name", node.span));
        };
        let is_bare = matches!(node.as_expr(), Some((_, [Node { kind: NodeKind::Bool(false), .. }, ..])));
        let symbol = cx.symbol(name);
        let is_base = self.session.is_in_base() && name == "Base";
        let is_library = self.session.takes_library();
        let module = if is_base {
            let base = modules::new_module(cx, None, symbol, is_bare);
            cx.write(cx.world(), &cx.world().base, Some(base));
            base
        } else {
            let module = modules::new_module(cx, (!is_library).then_some(parent), symbol, is_bare);
            if !is_bare && let Some(base) = cx.world().base.get() {
                modules::use_module(cx, module, base);
                if !self.session.is_in_base() {
                    self.define_module_functions(module)?;
                }
            }
            if is_bare
                && !self.session.is_in_base()
                && let Some(core) = cx.world().core.get()
            {
                // A bare module sees `Core` all the same.
                modules::use_module(cx, module, core);
            }
            module
        };
        if !is_library {
            modules::declare_const(cx, parent, symbol, module.erase())?;
        }
        self.session.enter_module();
        let filled = self.fill(module, source, body);
        let is_outermost = self.session.leave_module();
        filled?;
        initializers::note(cx, module)?;
        if is_outermost && !self.session.defers_init() {
            // Where evaluation stands then: at the module's last expression.
            let last = body.as_expr().and_then(|(_, children)| children.last()).unwrap_or(node);
            initializers::run(cx).map_err(|thrown| Stop::Thrown(thrown, Some(self.place(source, last))))?;
        }
        Ok(module.erase())
    }

    fn fill(&mut self, module: Gc<Module>, source: &Source, body: &Node) -> Result<(), Stop> {
        let children = body.as_expr().map_or(&[][..], |(_, children)| children);
        for child in children.iter().filter(|child| !matches!(child.kind, NodeKind::Line(_))) {
            self.expression(module, source, child)?;
        }
        Ok(())
    }

    /// Gives a module the functions `eval` and `include` of its own.
    pub fn define_module_functions(&mut self, module: Gc<Module>) -> Result<(), Stop> {
        let functions: Rc<Source> = self.session.module_functions();
        for expression in &functions.expressions {
            self.expression(module, &functions, expression)?;
        }
        Ok(())
    }

    fn export(&mut self, module: Gc<Module>, source: &Source, names: &[Node]) -> Evaluated {
        for name in names {
            let Some(symbol) = name.as_symbol() else {
                return Err(unsupported(source, "this form of `export`", name.span));
            };
            modules::export(self.cx, module, self.cx.symbol(symbol));
        }
        Ok(self.cx.nothing())
    }

    /// `include` while the base library is being made, which has no functions yet.
    fn include_base(&mut self, module: Gc<Module>, source: &Source, node: &Node, path: &Node) -> Evaluated {
        let NodeKind::String(bytes) = &path.kind else {
            return Err(unsupported(source, "`include` of a computed path", node.span));
        };
        let path = included_path(&source.file, &String::from_utf8_lossy(bytes));
        self.file(module, &path)
    }

    /// What stopped the evaluation of a file or text as an exception of the code that asked for it: a `LoadError` that
    /// says where.
    pub fn thrown_from_file(&self, stop: Stop) -> Thrown {
        let cx = self.cx;
        match stop {
            Stop::Thrown(thrown, place) => {
                let Some(place) = place else { return thrown };
                let (exception, trace) = cx.take_exception_and_trace(thrown);
                cx.throw_again(load_error(cx, exception, &place.file, place.line), trace)
            }
            Stop::Syntax(error) => {
                let text = error.rendered.join("\n");
                let thrown = self.session.throw_from_base(
                    cx,
                    "parse_error",
                    &[cx.new_string(text.trim_end().as_bytes()).erase()],
                );
                let (exception, trace) = cx.take_exception_and_trace(thrown);
                cx.throw_again(load_error(cx, exception, &error.place.file, error.place.line), trace)
            }
            Stop::Failure(failure) => self.session.throw_failure(cx, &failure),
        }
    }

    /// What stopped the evaluation of an expression as an exception of the code that asked for it.
    pub fn thrown_from_eval(&self, stop: Stop) -> Thrown {
        match stop {
            Stop::Thrown(thrown, _) => thrown,
            Stop::Syntax(error) => self.cx.error(&format!("syntax: {}", error.message)),
            Stop::Failure(failure) => self.session.throw_failure(self.cx, &failure),
        }
    }

    /// The expression with its macro calls expanded.
    pub fn expand(&mut self, module: Gc<Module>, expression: Value, once: bool) -> Evaluated {
        let cx = self.cx;
        let source = Source::of_expression(cx, expression);
        let node = self.trees(module, &source).node(expression, Span::default(), 0)?;
        let mut host = Host::new(cx, module, &source.file, &self.spliced);
        host.wrap_errors = false;
        let mut input = LowerInput { file: &source.file, line_of: &|_| 0, host: &mut host, interactive: false };
        let expanded = if once {
            tintype_lower::expand_macro_once(&node, &mut input)
        } else {
            tintype_lower::expand_macros(&node, &mut input)
        };
        match (expanded, host.thrown) {
            (Err(_), Some(thrown)) => Err(thrown.into()),
            (Err(diagnostics), None) => Err(syntax_error(&source, &diagnostics)),
            (Ok(node), _) => Ok(self.trees(module, &source).value(&node)?),
        }
    }
}

/// The error a text's diagnostics are.
pub(crate) fn syntax_error(source: &Source, diagnostics: &[Diagnostic]) -> Stop {
    let rendered = diagnostics.iter().map(|diagnostic| tintype_syntax::render(diagnostic, &source.file, &source.text));
    let first = diagnostics.first();
    Stop::Syntax(SyntaxError {
        message: first.map_or_else(String::new, |diagnostic| diagnostic.message.clone()),
        rendered: rendered.collect(),
        place: Place {
            file: source.file.clone(),
            line: first.map_or(0, |diagnostic| source.lines.line(diagnostic.span.start)),
        },
    })
}

pub(crate) fn unsupported(source: &Source, what: &str, span: Span) -> Stop {
    syntax_error(source, &[Diagnostic::error(format!("{what} is not supported yet"), span)])
}
