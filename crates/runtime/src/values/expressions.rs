//! Making objects of quoted code.

use crate::context::Context;
use crate::objects::*;
use crate::values::arrays;
use tintype_heap::Field;

/// `Expr(head, arguments...)`.
pub fn new_expr(cx: &Context, head: Gc<Symbol>, arguments: &[Value]) -> Gc<Expr> {
    let args = arrays::new_vector_any(cx, arguments);
    let object = Expr { head: Field::new(Some(head)), args: Field::new(Some(args)) };
    cx.allocate(cx.well_known().expr(), object)
}

/// `QuoteNode(value)`.
pub fn new_quote_node(cx: &Context, value: Value) -> Gc<QuoteNode> {
    cx.allocate(cx.well_known().quote_node(), QuoteNode { value })
}

/// `LineNumberNode(line, file)`.
pub fn new_line_number_node(cx: &Context, line: u32, file: &str) -> Gc<LineNumberNode> {
    let file = cx.symbol(file).erase();
    cx.allocate(cx.well_known().line_number_node(), LineNumberNode { line: i64::from(line), file })
}

/// `GlobalRef(module, name)`.
pub fn new_global_ref(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Gc<GlobalRef> {
    cx.allocate(cx.well_known().global_ref(), GlobalRef { module, name })
}
