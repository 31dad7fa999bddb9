//! Evaluating source text: one top-level expression after the other, in a module.
//!
//! `module`, `using`, `import`, `export` and `include` are handled here; everything else is lowered and run. Nothing is
//! compiled here.

use std::path::Path;

use tintype_lower::LowerInput;
use tintype_runtime::interpret;
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Thrown, modules};
use tintype_syntax::{Diagnostic, Node, NodeKind, Span};

use crate::failure::Failure;
use crate::host::Host;
use crate::source::{Source, included_path};

/// Why an evaluation ended early.
pub(crate) enum Stop {
    /// An exception is on its way.
    Thrown(Thrown, Option<Place>),
    /// The source is wrong, or cannot be read.
    Failure(Failure),
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

type Evaluated = Result<Value, Stop>;

/// Evaluates texts in a context.
pub(crate) struct Evaluator<'a> {
    pub cx: &'a Context,
    /// Whether paths below `base/` mean the base library inside the program.
    pub from_base: bool,
    /// Set when some expression declared `(@main)`.
    pub declared_main: bool,
}

impl Evaluator<'_> {
    /// Evaluates a file in a module; the value of its last expression.
    pub fn file(&mut self, module: Gc<Module>, path: &Path) -> Evaluated {
        let source = Source::read(path, self.from_base)?;
        self.source(module, &source)
    }

    /// Evaluates a parsed text in a module.
    pub fn source(&mut self, module: Gc<Module>, source: &Source) -> Evaluated {
        let before = self.cx.source_site.replace(source.hash);
        let mut value = Ok(self.cx.nothing());
        for expression in &source.expressions {
            value = self.expression(module, source, expression);
            if value.is_err() {
                break;
            }
        }
        self.cx.source_site.set(before);
        value
    }

    fn expression(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        self.cx.check_stack()?;
        let value = match node.as_expr() {
            Some(("toplevel", children)) => {
                let mut value = Ok(self.cx.nothing());
                for child in children.iter().filter(|child| !matches!(child.kind, NodeKind::Line(_))) {
                    value = self.expression(module, source, child);
                    if value.is_err() {
                        break;
                    }
                }
                return value;
            }
            Some(("module", [_, name, body])) => self.module(module, source, node, name, body),
            Some(("export", names)) => self.export(module, source, names),
            Some((head @ ("using" | "import"), paths)) => self.import(module, source, head == "using", paths),
            Some(("call", [function, path])) if function.as_symbol() == Some("include") => {
                self.include(module, source, node, path)
            }
            _ => self.thunk(module, source, node),
        };
        value.map_err(|stop| match stop {
            Stop::Thrown(thrown, None) => Stop::Thrown(thrown, Some(self.place(source, node.span))),
            other => other,
        })
    }

    fn place(&self, source: &Source, span: Span) -> Place {
        Place { file: source.file.clone(), line: source.lines.line(span.start) }
    }

    fn thunk(&mut self, module: Gc<Module>, source: &Source, node: &Node) -> Evaluated {
        let cx = self.cx;
        let mut host = Host { cx, module, declared_main: false, warnings: Vec::new() };
        let line_of = |offset| source.lines.line(offset);
        let mut input = LowerInput { file: &source.file, line_of: &line_of, host: &mut host, interactive: false };
        let lowered = tintype_lower::lower_toplevel(node, &mut input);
        self.declared_main |= host.declared_main;
        for warning in host.warnings.iter() {
            eprint!("{}", tintype_syntax::render(warning, &source.file, &source.text));
        }
        let lowered = lowered.map_err(|diagnostics| syntax_failure(source, &diagnostics))?;
        cx.enter_newest_world();
        let no_host_values = |index: u32| -> Value { panic!("no macro put a value {index} into the code") };
        let code = interpret::materialize(cx, module, &lowered, &no_host_values);
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
        let is_base = self.from_base && name == "Base";
        let module = if is_base {
            let base = modules::new_module(cx, None, symbol, is_bare);
            cx.write(cx.world(), &cx.world().base, Some(base));
            base
        } else {
            let module = modules::new_module(cx, Some(parent), symbol, is_bare);
            if !is_bare && let Some(base) = cx.world().base.get() {
                modules::use_module(cx, module, base);
            }
            module
        };
        modules::declare_const(cx, parent, symbol, module.erase())?;
        let children = body.as_expr().map_or(&[][..], |(_, children)| children);
        for child in children.iter().filter(|child| !matches!(child.kind, NodeKind::Line(_))) {
            self.expression(module, source, child)?;
        }
        Ok(module.erase())
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

    fn include(&mut self, module: Gc<Module>, source: &Source, node: &Node, path: &Node) -> Evaluated {
        let NodeKind::String(bytes) = &path.kind else {
            return Err(unsupported(source, "`include` of a computed path", node.span));
        };
        let path = included_path(&source.file, &String::from_utf8_lossy(bytes));
        self.file(module, &path)
    }

    /// `using A, B.C`, `using A: x, y`, `import A: x as z`, ...
    fn import(&mut self, module: Gc<Module>, source: &Source, is_using: bool, paths: &[Node]) -> Evaluated {
        let cx = self.cx;
        for path in paths {
            if let Some((":", [from, names @ ..])) = path.as_expr() {
                let from = self.module_at_path(module, source, from)?;
                for item in names {
                    let (name, alias) =
                        imported_name(item).ok_or_else(|| unsupported(source, "this form of `import`", item.span))?;
                    modules::import_name(cx, module, from, cx.symbol(name), cx.symbol(alias), !is_using)?;
                }
                continue;
            }
            if is_using {
                let used = self.module_at_path(module, source, path)?;
                modules::use_module(cx, module, used);
                if let Some(name) = last_name(path) {
                    bind_module(cx, module, name, used)?;
                }
                continue;
            }
            self.import_one(module, source, path)?;
        }
        Ok(cx.nothing())
    }

    /// `import A`, `import A.f`, `import A as B`.
    fn import_one(&mut self, module: Gc<Module>, source: &Source, path: &Node) -> Result<(), Stop> {
        let cx = self.cx;
        let (path, alias) = match path.as_expr() {
            Some(("as", [path, alias])) => (path, alias.as_symbol()),
            _ => (path, None),
        };
        let Some((".", parts)) = path.as_expr() else {
            return Err(unsupported(source, "this form of `import`", path.span));
        };
        let name = last_name(path).ok_or_else(|| unsupported(source, "this form of `import`", path.span))?;
        let shown = alias.unwrap_or(name);
        let leading = parts.iter().take_while(|part| part.as_symbol() == Some(".")).count();
        if parts.len() - leading == 1 && leading == 0 {
            let found = self.module_at_path(module, source, path)?;
            return Ok(bind_module(cx, module, shown, found)?);
        }
        let parent = Node::expr(".", parts[..parts.len() - 1].to_vec(), path.span);
        let from = if parts.len() - leading == 1 {
            self.relative(module, leading)
        } else {
            self.module_at_path(module, source, &parent)?
        };
        modules::import_name(cx, module, from, cx.symbol(name), cx.symbol(shown), true)?;
        Ok(())
    }

    /// The module `n` dots mean.
    fn relative(&self, module: Gc<Module>, n: usize) -> Gc<Module> {
        (1..n).fold(module, |at, _| at.parent.get().unwrap_or(at))
    }

    fn module_at_path(&mut self, module: Gc<Module>, source: &Source, path: &Node) -> Result<Gc<Module>, Stop> {
        let cx = self.cx;
        let Some((".", parts)) = path.as_expr() else { return Err(unsupported(source, "this module path", path.span)) };
        let names: Vec<&str> = parts.iter().filter_map(Node::as_symbol).collect();
        let leading = names.iter().take_while(|name| **name == ".").count();
        let mut at = self.relative(module, leading);
        for (index, name) in names[leading..].iter().enumerate() {
            let symbol = cx.symbol(name);
            let found = match (leading, index, *name) {
                (0, 0, "Base") => cx.world().base.get(),
                (0, 0, "Core") => cx.world().core.get(),
                (0, 0, "Main") => cx.world().main.get(),
                _ => modules::global(cx, at, symbol).and_then(|value| value.get::<Module>()),
            };
            let Some(found) = found else {
                let text = format!("package {name} is not found: only modules of the program itself can be loaded yet");
                return Err(cx.argument_error(&text).into());
            };
            at = found;
        }
        Ok(at)
    }
}

/// The name an item of an import list has there and here.
fn imported_name(item: &Node) -> Option<(&str, &str)> {
    match item.as_expr() {
        Some(("as", [path, alias])) => Some((last_name(path)?, alias.as_symbol()?)),
        Some((".", _)) => last_name(item).map(|name| (name, name)),
        _ => None,
    }
}

fn last_name(path: &Node) -> Option<&str> {
    match path.as_expr() {
        Some((".", parts)) => parts.last().and_then(Node::as_symbol),
        _ => None,
    }
}

/// Makes a module visible by name, unless the name means it already.
fn bind_module(cx: &Context, module: Gc<Module>, name: &str, found: Gc<Module>) -> Result<(), Thrown> {
    let symbol = cx.symbol(name);
    if modules::global(cx, module, symbol) == Some(found.erase()) {
        return Ok(());
    }
    modules::declare_const(cx, module, symbol, found.erase())
}

fn syntax_failure(source: &Source, diagnostics: &[Diagnostic]) -> Stop {
    let rendered = diagnostics.iter().map(|diagnostic| tintype_syntax::render(diagnostic, &source.file, &source.text));
    Stop::Failure(Failure::Syntax(rendered.collect()))
}

fn unsupported(source: &Source, what: &str, span: Span) -> Stop {
    syntax_failure(source, &[Diagnostic::error(format!("{what} is not supported yet"), span)])
}
