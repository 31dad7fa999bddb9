//! A context that evaluates text, and the printed form of the values the test programs give.

use tintype_heap::HeapConfig;
use tintype_lower::{Expansion, LowerInput, MacroHost, MacroModule};
use tintype_runtime::builtins::Builtin;
use tintype_runtime::exceptions::stack;
use tintype_runtime::interpret::{materialize, run_thunk};
use tintype_runtime::objects::*;
use tintype_runtime::values::{boxes, structs};
use tintype_runtime::{Context, Execution, Outcome, Shared, builtins, interpret, modules};
use tintype_syntax::{LineIndex, Node, NodeKind};

/// What stands in for the base library.
const PRELUDE: &str = include_str!("prelude.jl");

/// A context with built-in functions, the interpreter and the prelude. Boxed: its task knows where it is.
pub fn context(stress: bool) -> Box<Context> {
    let shared = Shared::new(HeapConfig { stress: u32::from(stress), ..HeapConfig::default() }).expect("address space");
    let cx = Box::new(Context::new(&shared).expect("a context"));
    cx.task().context.set((&raw const *cx).cast());
    builtins::define_all(&cx);
    interpret::install(&cx);
    let execution = cx.execution().expect("just installed");
    cx.set_execution(Execution {
        // The prelude's `exception_depth()` reads one clock, its `interrupt()` the other: here they tell how many
        // exceptions are being handled, and ask for an interruption.
        builtin: |cx, number, arguments| match Builtin::from_number(number as u16) {
            Some(Builtin::TimeNs) => Ok(cx.box_int64(n_exceptions(cx) as i64)),
            Some(Builtin::Time) => {
                cx.request_interrupt();
                Ok(cx.nothing())
            }
            _ => builtins::apply(cx, number as u16, arguments),
        },
        ..execution
    });
    evaluate(&cx, PRELUDE).expect("the prelude runs");
    cx
}

/// Evaluates all expressions of a text in `Main`; the value of the last one.
pub fn evaluate(cx: &Context, text: &str) -> Outcome {
    let parsed = tintype_syntax::parse_all(text);
    assert!(parsed.diagnostics.is_empty(), "{:?} in\n{text}", parsed.diagnostics);
    let lines = LineIndex::new(text);
    let module = cx.world().main.get().expect("Main");
    let children = match parsed.node.kind {
        NodeKind::Expr(_, children) => children,
        _ => vec![parsed.node],
    };
    let mut value = Ok(cx.nothing());
    for node in statements(children) {
        let mut host = Host { cx, module };
        let line_of = |offset| lines.line(offset);
        let mut input = LowerInput { file: "t.jl", line_of: &line_of, host: &mut host, interactive: false };
        let lowered = tintype_lower::lower_toplevel(&node, &mut input);
        let lowered = lowered.unwrap_or_else(|errors| panic!("{errors:?} in\n{text}"));
        cx.enter_newest_world();
        let code = materialize(cx, module, &lowered, &|index| panic!("no value {index} was put into the code"));
        value = run_thunk(cx, module, &code);
        value?;
    }
    value
}

fn statements(children: Vec<Node>) -> Vec<Node> {
    let mut all = Vec::new();
    for child in children {
        match child.kind {
            NodeKind::Line(_) => {}
            NodeKind::Expr(head, inner) if &*head == "toplevel" => all.extend(statements(inner)),
            _ => all.push(child),
        }
    }
    all
}

/// Evaluates; the printed value, or `ERROR: ` and the exception's type and fields.
pub fn show_evaluated(cx: &Context, text: &str) -> String {
    match evaluate(cx, text) {
        Ok(value) => show(cx, value),
        Err(thrown) => {
            let exception = cx.take_exception(thrown);
            format!("ERROR: {}", show_exception(cx, exception))
        }
    }
}

/// A value as Julia prints it: numbers, texts, names, types, and tuples of such.
pub fn show(cx: &Context, value: Value) -> String {
    if let Some(number) = boxes::as_int64(cx, value) {
        return number.to_string();
    }
    if let Some(truth) = boxes::unbox_bool(cx, value) {
        return truth.to_string();
    }
    if value == cx.nothing() {
        return "nothing".to_owned();
    }
    if let Some(symbol) = value.get::<Symbol>() {
        return format!(":{}", symbol.as_str());
    }
    if let Some(string) = value.get::<JlString>() {
        return format!("{:?}", string.to_text());
    }
    if value.is_type() {
        return tintype_runtime::show::types::type_text(cx, value);
    }
    if value.type_of().is_tuple() {
        let parts = field_texts(cx, value);
        return if parts.len() == 1 { format!("({},)", parts[0]) } else { format!("({})", parts.join(", ")) };
    }
    format!("<{}>", tintype_runtime::show::types::type_text(cx, value.type_of().erase()))
}

/// An exception's type, and its fields in parentheses.
pub fn show_exception(cx: &Context, exception: Value) -> String {
    let name = tintype_runtime::show::types::type_text(cx, exception.type_of().erase());
    format!("{name}({})", field_texts(cx, exception).join(", "))
}

fn field_texts(cx: &Context, value: Value) -> Vec<String> {
    let fields = (0..value.type_of().n_fields()).map(|index| structs::get_field(cx, value, index));
    fields.map(|field| field.map_or("undefined".to_owned(), |field| show(cx, field))).collect()
}

/// How many exceptions are being handled.
pub fn n_exceptions(cx: &Context) -> u64 {
    stack::n_exceptions(cx)
}

struct Host<'a> {
    cx: &'a Context,
    module: Gc<Module>,
}

impl MacroHost for Host<'_> {
    fn expand(&mut self, _call: &Node, _module: MacroModule, _line: u32) -> Result<Expansion, String> {
        Err("the test programs have no macros".to_owned())
    }

    fn is_defined_global(&mut self, name: &str) -> bool {
        modules::is_defined(self.cx, self.module, self.cx.symbol(name))
    }

    fn is_user_macro(&mut self, _name: &str, _module: MacroModule) -> bool {
        false
    }

    fn unique_number(&mut self) -> u32 {
        let number = self.module.counter.get() + 1;
        self.module.counter.set(number);
        number
    }
}
