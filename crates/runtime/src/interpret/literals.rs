//! From literals as lowering writes them to values of the heap: what a body's literal pool holds.

use std::rc::Rc;

use crate::context::Context;
use crate::modules;
use crate::objects::*;
use crate::values::{boxes, expressions};
use tintype_hir::{Body, Literal, Lowered, ModuleRef};

/// A body ready to run.
pub struct Materialized {
    /// The code.
    pub body: Rc<Body>,
    /// Its literal pool. The holder must be on a scanned stack.
    pub literals: Gc<SimpleVector>,
}

/// Turns lowered code of `module` into a body and its pool. `host` gives the values macro expansion spliced in.
pub fn materialize(cx: &Context, module: Gc<Module>, lowered: &Lowered, host: &dyn Fn(u32) -> Value) -> Materialized {
    // The parts of a long expression are only in memory that is not scanned until they are put together.
    let _guard = cx.heap().no_collect();
    let literals = pool(cx, module, &lowered.literals, host);
    Materialized { body: Rc::new(lowered.body.clone()), literals }
}

fn pool(cx: &Context, module: Gc<Module>, literals: &[Literal], host: &dyn Fn(u32) -> Value) -> Gc<SimpleVector> {
    let vector = cx.new_empty_svec(literals.len());
    for (index, literal) in literals.iter().enumerate() {
        let value = value(cx, module, literal, host);
        cx.svec_set(vector, index, Some(value));
    }
    vector
}

fn value(cx: &Context, module: Gc<Module>, literal: &Literal, host: &dyn Fn(u32) -> Value) -> Value {
    match literal {
        Literal::Nothing => cx.nothing(),
        Literal::Bool(truth) => cx.box_bool(*truth),
        Literal::Int64(number) => cx.box_int64(*number),
        Literal::Int128(number) => cx.box_int128(*number),
        Literal::Unsigned(number, width) => match width {
            8 => cx.box_uint8(*number as u8),
            16 => cx.box_uint16(*number as u16),
            32 => cx.box_uint32(*number as u32),
            64 => cx.box_uint64(*number as u64),
            _ => cx.box_uint128(*number),
        },
        Literal::Float64(bits) => cx.box_float64(f64::from_bits(*bits)),
        Literal::Float32(bits) => cx.box_float32(f32::from_bits(*bits)),
        Literal::Char(code_point) => cx.box_char_bits(char_literal_bits(*code_point)),
        Literal::String(bytes) => cx.new_string(bytes).erase(),
        Literal::Symbol(name) => cx.symbol(name).erase(),
        Literal::Global(of, name) => {
            let owner = module_of(cx, module, of, host);
            modules::binding(cx, owner, cx.symbol(name)).erase()
        }
        Literal::Module(of) => module_of(cx, module, of, host).erase(),
        Literal::Expr(head, arguments) => {
            let arguments: smallvec::SmallVec<[Value; 4]> =
                arguments.iter().map(|argument| value(cx, module, argument, host)).collect();
            expressions::new_expr(cx, cx.symbol(head), &arguments).erase()
        }
        Literal::Quote(inner) => expressions::new_quote_node(cx, value(cx, module, inner, host)).erase(),
        Literal::LineNumber(line, file) => expressions::new_line_number_node(cx, *line, file).erase(),
        Literal::Method(lowered) => {
            let source = cx.new_bytes(&tintype_hir::encode(&lowered.body)).erase();
            let literals = pool(cx, module, &lowered.literals, host).erase();
            cx.svec(&[source, literals]).erase()
        }
        Literal::Host(index) => host(*index),
    }
}

fn module_of(cx: &Context, module: Gc<Module>, of: &ModuleRef, host: &dyn Fn(u32) -> Value) -> Gc<Module> {
    match of {
        ModuleRef::Current => module,
        ModuleRef::Core => cx.world().core.unwrap(),
        // While Base itself is being made, its names are looked up in the module that is going to be it.
        ModuleRef::Base => cx.world().base.get().unwrap_or(module),
        ModuleRef::Pool(index) => host(*index).expect::<Module>(),
    }
}

/// A character literal is written by code point; surrogates, which Rust's `char` excludes, are encoded all the same.
pub fn char_literal_bits(code_point: u32) -> u32 {
    match char::from_u32(code_point) {
        Some(character) => boxes::char_bits(character),
        // Beyond all code points: bytes that encode none.
        None if code_point > 0x1f_ffff => code_point,
        None => {
            let bytes = [
                0xe0 | (code_point >> 12) as u8,
                0x80 | (code_point >> 6 & 0x3f) as u8,
                0x80 | (code_point & 0x3f) as u8,
                0,
            ];
            u32::from_be_bytes(bytes)
        }
    }
}
