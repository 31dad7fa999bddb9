//! Syntax trees to `Expr` values and back: what macros, `eval` and `Meta.parse` pass around.
//!
//! A value that is no syntax goes through lowering as a number of a table kept here. Lines of another file than the one
//! being evaluated become the line of the place that is: a tree has one file.

use tintype_heap::GcVec;
use tintype_lower::{MacroModule, as_global_ref, as_host_value, global_ref, host_value};
use tintype_runtime::interpret::char_literal_bits;
use tintype_runtime::objects::*;
use tintype_runtime::values::{arrays, boxes, expressions};
use tintype_runtime::{Context, Outcome};
use tintype_syntax::{Node, NodeKind, Span};

/// Values that macro expansion and `eval` put into trees, by number.
pub(crate) struct Spliced {
    values: GcVec<Value>,
}

impl Spliced {
    pub fn new(cx: &Context) -> Spliced {
        Spliced { values: GcVec::new(cx.heap()) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Forgets those from `len` on.
    pub fn truncate(&self, len: usize) {
        self.values.truncate(len);
    }

    /// The value of this number.
    pub fn get(&self, index: u32) -> Value {
        self.values.get(index as usize)
    }

    fn push(&self, value: Value) -> u32 {
        self.values.push(value);
        (self.values.len() - 1) as u32
    }

    /// What lowering calls a module, from code of module `current`.
    pub fn module(&self, cx: &Context, current: Gc<Module>, module: Gc<Module>) -> MacroModule {
        if module == current {
            MacroModule::Current
        } else if cx.world().base.get() == Some(module) {
            MacroModule::Base
        } else if cx.world().core.get() == Some(module) {
            MacroModule::Core
        } else {
            MacroModule::Host(self.push(module.erase()))
        }
    }

    /// The module that lowering calls so.
    pub fn module_of(&self, cx: &Context, current: Gc<Module>, module: MacroModule) -> Gc<Module> {
        match module {
            MacroModule::Current => current,
            MacroModule::Core => cx.world().core.unwrap(),
            MacroModule::Base => cx.world().base.get().unwrap_or(current),
            MacroModule::Host(index) => self.get(index).expect(),
        }
    }
}

/// Conversions for code of one module and file.
pub(crate) struct Trees<'a> {
    pub cx: &'a Context,
    pub module: Gc<Module>,
    pub file: &'a str,
    pub spliced: &'a Spliced,
}

impl Trees<'_> {
    /// The value a node is when quoted.
    ///
    /// # Errors
    /// `StackOverflowError` for a tree that is nested too deeply.
    pub fn value(&self, node: &Node) -> Outcome {
        // The parts of a long expression are only in memory that is not scanned until they are put together.
        let _guard = self.cx.heap().no_collect();
        self.value_inner(node)
    }

    fn value_inner(&self, node: &Node) -> Outcome {
        let cx = self.cx;
        cx.check_stack()?;
        Ok(match &node.kind {
            NodeKind::Symbol(name) => cx.symbol(name).erase(),
            NodeKind::Integer(number) => cx.box_int64(*number),
            NodeKind::Integer128(number) => cx.box_int128(*number),
            NodeKind::Unsigned(number, 8) => cx.box_uint8(*number as u8),
            NodeKind::Unsigned(number, 16) => cx.box_uint16(*number as u16),
            NodeKind::Unsigned(number, 32) => cx.box_uint32(*number as u32),
            NodeKind::Unsigned(number, 64) => cx.box_uint64(*number as u64),
            NodeKind::Unsigned(number, _) => cx.box_uint128(*number),
            NodeKind::Float64(number) => cx.box_float64(*number),
            NodeKind::Float32(number) => cx.box_float32(*number),
            NodeKind::Char(code_point) => cx.box_char_bits(char_literal_bits(*code_point)),
            NodeKind::String(bytes) => cx.new_string(bytes).erase(),
            NodeKind::Bool(truth) => cx.box_bool(*truth),
            NodeKind::Nothing => cx.nothing(),
            NodeKind::Quote(inner) => expressions::new_quote_node(cx, self.value_inner(inner)?).erase(),
            NodeKind::Line(line) => expressions::new_line_number_node(cx, *line, self.file).erase(),
            NodeKind::Expr(head, args) => return self.compound(node, head, args),
        })
    }

    fn compound(&self, node: &Node, head: &str, args: &[Node]) -> Outcome {
        let cx = self.cx;
        if let Some(index) = as_host_value(node) {
            return Ok(self.spliced.get(index));
        }
        if let Some((module, name)) = as_global_ref(node) {
            let module = self.spliced.module_of(cx, self.module, module);
            return Ok(expressions::new_global_ref(cx, module, cx.symbol(name)).erase());
        }
        if head == "#module" {
            return Ok(self.module.erase());
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.value_inner(arg)?);
        }
        Ok(expressions::new_expr(cx, cx.symbol(head), &values).erase())
    }

    /// The node an expression is; all of it stands at `span`, and lines of other files are `line`.
    ///
    /// # Errors
    /// `StackOverflowError` for an expression that is nested too deeply or contains itself.
    pub fn node(&self, value: Value, span: Span, line: u32) -> Outcome<Node> {
        let cx = self.cx;
        cx.check_stack()?;
        let kind = if let Some(name) = value.get::<Symbol>() {
            NodeKind::Symbol(name.as_str().into())
        } else if let Some(expr) = value.get::<Expr>() {
            return self.node_of_expr(expr, span, line);
        } else if let Some(quote) = value.get::<QuoteNode>() {
            let inner = quote.value;
            let kept = inner.is::<Expr>() || inner.is::<GlobalRef>();
            let node = if kept { host_value(self.spliced.push(inner), span) } else { self.node(inner, span, line)? };
            NodeKind::Quote(Box::new(node))
        } else if let Some(number) = value.get::<LineNumberNode>() {
            let here = number.file.get::<Symbol>().is_none_or(|file| file.as_str() == self.file);
            NodeKind::Line(if here { u32::try_from(number.line).unwrap_or(line) } else { line })
        } else if let Some(global) = value.get::<GlobalRef>() {
            let module = self.spliced.module(cx, self.module, global.module);
            return Ok(global_ref(module, global.name.as_str(), span));
        } else if let Some(text) = value.get::<JlString>() {
            NodeKind::String(text.tail().into())
        } else if value == cx.nothing() {
            NodeKind::Nothing
        } else if let Some(truth) = boxes::unbox_bool(cx, value) {
            NodeKind::Bool(truth)
        } else {
            match self.number(value) {
                Some(kind) => kind,
                None => return Ok(host_value(self.spliced.push(value), span)),
            }
        };
        Ok(Node { kind, span })
    }

    fn number(&self, value: Value) -> Option<NodeKind> {
        let (w, ty) = (self.cx.well_known(), value.type_of());
        Some(if ty == w.int64() {
            NodeKind::Integer(boxes::unbox_int64(value))
        } else if ty == w.float64() {
            NodeKind::Float64(boxes::unbox(value))
        } else if ty == w.float32() {
            NodeKind::Float32(boxes::unbox(value))
        } else if ty == w.char() {
            NodeKind::Char(u32::from(boxes::char_from_bits(boxes::unbox(value))?))
        } else {
            return None;
        })
    }

    fn node_of_expr(&self, expr: Gc<Expr>, span: Span, line: u32) -> Outcome<Node> {
        let cx = self.cx;
        let head = expr.head.unwrap();
        let args = expr.args.unwrap();
        let mut line = line;
        let mut nodes = Vec::with_capacity(arrays::length(args));
        for i in 0..arrays::length(args) {
            let Some(value) = arrays::get(cx, args, i) else { return Err(cx.throw_undef_ref()) };
            let node = self.node(value, span, line)?;
            if let NodeKind::Line(number) = node.kind {
                line = number;
            }
            nodes.push(node);
        }
        Ok(Node::expr(head.as_str(), nodes, span))
    }
}

/// The file an expression names first in its line numbers.
pub(crate) fn file_of(cx: &Context, value: Value, depth: u32) -> Option<Gc<Symbol>> {
    if let Some(line) = value.get::<LineNumberNode>() {
        return line.file.get::<Symbol>();
    }
    let args = value.get::<Expr>().filter(|_| depth < 20)?.args.get()?;
    (0..arrays::length(args)).find_map(|i| file_of(cx, arrays::get(cx, args, i)?, depth + 1))
}
