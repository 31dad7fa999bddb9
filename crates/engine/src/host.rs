//! What lowering asks of a running program: macro calls, and questions about the module.

use tintype_lower::{Expansion, MacroHost, MacroModule, as_global_ref, as_host_value};
use tintype_runtime::objects::*;
use tintype_runtime::values::{expressions, structs};
use tintype_runtime::{Context, Outcome, Thrown, dispatch, modules};
use tintype_syntax::{Diagnostic, Node, NodeKind};

use crate::trees::{Spliced, Trees};

/// Answers for one module of a context.
pub(crate) struct Host<'a> {
    pub cx: &'a Context,
    pub module: Gc<Module>,
    /// The file of the code.
    pub file: &'a str,
    pub spliced: &'a Spliced,
    /// Set when the code declared `(@main)`.
    pub declared_main: bool,
    pub warnings: Vec<Diagnostic>,
    /// What a macro threw; lowering is told of an error then.
    pub thrown: Option<Thrown>,
    /// Whether what a macro throws is wrapped in a `LoadError` that says where the call stands.
    pub wrap_errors: bool,
}

impl<'a> Host<'a> {
    /// For code of a module and file.
    pub fn new(cx: &'a Context, module: Gc<Module>, file: &'a str, spliced: &'a Spliced) -> Host<'a> {
        let warnings = Vec::new();
        Host { cx, module, file, spliced, declared_main: false, warnings, thrown: None, wrap_errors: true }
    }

    fn trees(&self) -> Trees<'a> {
        Trees { cx: self.cx, module: self.module, file: self.file, spliced: self.spliced }
    }

    /// The macro's result, in the newest world.
    fn call(&self, call: &Node, module: MacroModule, line: u32) -> Outcome<Expansion> {
        let cx = self.cx;
        cx.check_stack()?;
        let before = cx.world_age();
        cx.enter_newest_world();
        let result = self.call_in_world(call, module, line);
        cx.task().world_age.set(before);
        result
    }

    fn call_in_world(&self, call: &Node, module: MacroModule, line: u32) -> Outcome<Expansion> {
        let cx = self.cx;
        let trees = self.trees();
        let (_, parts) = call.as_expr().expect("a macro call is a compound node");
        let function = self.value_of(&parts[0], self.spliced.module_of(cx, self.module, module))?;
        let written = parts.iter().skip(2);
        let mut arguments = vec![function, self.source_line(parts.get(1), line), self.module.erase()];
        // The arguments are in memory that is not scanned until the call.
        let guard = cx.heap().no_collect();
        for argument in written {
            arguments.push(trees.value(argument)?);
        }
        let instance = dispatch::dispatch(cx, &arguments)?;
        let defined_in = instance.method.map_or(self.module, |method| method.module);
        let rooted = cx.svec(&arguments);
        drop(guard);
        let result = cx.apply(&arguments)?;
        std::hint::black_box(rooted);
        let node = trees.node(result, call.span, line)?;
        Ok(Expansion { node, module: self.spliced.module(cx, self.module, defined_in) })
    }

    /// `__source__`.
    fn source_line(&self, written: Option<&Node>, line: u32) -> Value {
        let spliced = written.and_then(as_host_value).map(|index| self.spliced.get(index));
        let spliced = spliced.filter(|value| value.is::<LineNumberNode>());
        spliced.unwrap_or_else(|| expressions::new_line_number_node(self.cx, line, self.file).erase())
    }

    /// What the name of a macro means: a name, a path of modules, or the macro itself.
    fn value_of(&self, name: &Node, module: Gc<Module>) -> Outcome {
        let cx = self.cx;
        if let Some(index) = as_host_value(name) {
            return Ok(self.spliced.get(index));
        }
        if let Some((owner, name)) = as_global_ref(name) {
            return modules::get_global(cx, self.spliced.module_of(cx, self.module, owner), cx.symbol(name));
        }
        match (&name.kind, name.as_expr()) {
            (NodeKind::Symbol(symbol), _) => modules::get_global(cx, module, cx.symbol(symbol)),
            (_, Some((".", [path, Node { kind: NodeKind::Quote(field), .. }]))) if field.as_symbol().is_some() => {
                let path = self.value_of(path, module)?;
                let field = cx.symbol(field.as_symbol().unwrap_or_default());
                match path.get::<Module>() {
                    Some(module) => modules::get_global(cx, module, field),
                    None => Err(cx.error("the name of a macro must be a path of modules")),
                }
            }
            (_, Some(("escape" | "hygienic-scope", [inner, ..]))) => self.value_of(inner, module),
            _ => Err(cx.error("the name of a macro must be a path of modules")),
        }
    }

    /// The exception that lowering reports as an error, with the place of the call if it has none.
    fn wrap(&self, thrown: Thrown, line: u32) -> Thrown {
        let cx = self.cx;
        if !self.wrap_errors {
            return thrown;
        }
        let (exception, trace) = cx.take_exception_and_trace(thrown);
        // An exception that says already where it arose goes on as it is.
        let is_placed = exception.type_of() == cx.well_known().load_error();
        let exception = if is_placed { exception } else { load_error(cx, exception, self.file, line) };
        cx.throw_again(exception, trace)
    }
}

/// `LoadError(file, line, exception)`.
pub(crate) fn load_error(cx: &Context, exception: Value, file: &str, line: u32) -> Value {
    let fields = [Some(cx.new_string(file.as_bytes()).erase()), Some(cx.box_int64(i64::from(line))), Some(exception)];
    structs::new_exception(cx, cx.well_known().load_error(), &fields)
}

impl MacroHost for Host<'_> {
    fn expand(&mut self, call: &Node, module: MacroModule, line: u32) -> Result<Expansion, String> {
        let name = call.as_expr().and_then(|(_, args)| args.first()).and_then(Node::as_symbol);
        if name == Some("@main") && !self.is_user_macro("@main", module) {
            self.declared_main = true;
            let name = Node::symbol("main", call.span);
            return Ok(Expansion { node: Node::expr("escape", vec![name], call.span), module: MacroModule::Base });
        }
        self.call(call, module, line).map_err(|thrown| {
            self.thrown = Some(self.wrap(thrown, line));
            format!("{} did not expand", name.unwrap_or("a macro"))
        })
    }

    fn is_defined_global(&mut self, name: &str) -> bool {
        // The module's own globals alone: an exported name of a used module is not what an assignment means.
        let own = modules::find_binding(self.module, self.cx.symbol(name));
        own.is_some_and(|binding| binding.owner.get().is_none() && binding.value.get().is_some())
    }

    fn is_user_macro(&mut self, name: &str, module: MacroModule) -> bool {
        let module = self.spliced.module_of(self.cx, self.module, module);
        modules::is_defined(self.cx, module, self.cx.symbol(name))
    }

    fn unique_number(&mut self) -> u32 {
        let number = self.module.counter.get() + 1;
        self.module.counter.set(number);
        number
    }

    fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning);
    }
}
