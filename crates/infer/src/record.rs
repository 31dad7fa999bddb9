//! Code objects: where what was inferred is kept.

use std::cell::Cell;

use tintype_heap::Field;
use tintype_runtime::Context;
use tintype_runtime::objects::*;

use crate::lattice::Lattice;
use crate::optimize::Optimized;
use crate::unit::is_shareable;

/// Code of a method instance with this result, and nothing more yet.
pub(crate) fn new_code(cx: &Context, instance: Gc<MethodInstance>, result: &Lattice) -> Gc<Code> {
    let method = instance.method.expect("only methods are inferred");
    let constant = result.constant().filter(|&value| is_shareable(cx, value));
    let object = Code {
        site: method.site,
        spec_hash: instance.hash,
        spec_types: instance.spec_types,
        edges: Field::null(),
        inferred: Field::null(),
        literals: Field::null(),
        return_type: Field::new(Some(result.widen(cx))),
        const_result: Field::new(constant),
        inline_cost: Cell::new(u32::MAX),
        flags: Cell::new(0),
        image: Cell::new(IMAGE_NONE),
        invoke_function: Cell::new(u32::MAX),
        specialized_function: Cell::new(u32::MAX),
        entry_cell: Cell::new(u32::MAX),
        kept: Field::null(),
    };
    cx.allocate(cx.well_known().code(), object)
}

/// Completes code with its optimised body and what it relied on.
pub(crate) fn fill(cx: &Context, code: Gc<Code>, optimized: &Optimized, edges: Gc<SimpleVector>) {
    let typed = &optimized.typed;
    let mut flags = 0;
    if typed.removable {
        flags |= code_flags::REMOVABLE | code_flags::NO_THROW;
    }
    if optimized.inline_cost.is_some() {
        flags |= code_flags::INLINEABLE;
    }
    if typed.removable && code.const_result.get().is_some() {
        flags |= code_flags::CONSTANT;
    }
    let inferred = cx.new_bytes(&tintype_hir::encode_typed(typed));
    let literals = cx.svec(&optimized.literals);
    cx.write(code, &code.edges, Some(edges));
    cx.write(code, &code.inferred, Some(inferred));
    cx.write(code, &code.literals, Some(literals));
    code.inline_cost.set(optimized.inline_cost.unwrap_or(u32::MAX));
    code.flags.set(flags);
}
