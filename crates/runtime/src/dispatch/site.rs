//! The hash of a method's literal pool: part of the method's site.
//!
//! Two methods from one piece of source can differ in nothing but a value that a macro or `@eval` spliced in. Values are
//! hashed by what they are, so that the same definition has the same site in every context; an object that has only its
//! identity gets a number of its own, and its method is then shared with nobody.

use crate::context::Context;
use crate::objects::*;
use crate::values::allocate::{hash_bytes, hash_mix};
use crate::values::arrays;
use crate::values::egal::structural_hash;

/// The hash of the values in a literal pool.
pub(super) fn literals_hash(cx: &Context, literals: Option<Gc<SimpleVector>>) -> u64 {
    literals.map_or(0, |literals| literal_hash(cx, literals.erase()))
}

fn literal_hash(cx: &Context, value: Value) -> u64 {
    if cx.stack_is_low() {
        return cx.next_object_id();
    }
    if let Some(hash) = structural_hash(cx, value) {
        return hash;
    }
    if let Some(binding) = value.get::<Binding>() {
        return hash_mix(binding.module.site, binding.name.hash);
    }
    if let Some(bytes) = value.get::<Bytes>() {
        return hash_bytes(bytes.tail());
    }
    if let Some(vector) = value.get::<SimpleVector>() {
        let slots = vector.tail().iter().map(|slot| slot.get().map_or(0, |value| literal_hash(cx, value)));
        return slots.fold(0x5356, hash_mix);
    }
    if let Some(expr) = value.get::<Expr>() {
        let head = expr.head.get().map_or(0, |head| head.hash);
        return expr.args.get().map_or(head, |args| {
            let elements = (0..arrays::length(args)).map(|i| arrays::get(cx, args, i));
            elements.map(|value| value.map_or(0, |value| literal_hash(cx, value))).fold(head, hash_mix)
        });
    }
    if let Some(quote) = value.get::<QuoteNode>() {
        return hash_mix(0x514e, literal_hash(cx, quote.value));
    }
    if let Some(line) = value.get::<LineNumberNode>() {
        return hash_mix(line.line as u64, literal_hash(cx, line.file));
    }
    if let Some(global) = value.get::<GlobalRef>() {
        return hash_mix(global.module.site, global.name.hash);
    }
    hash_mix(0x4944, cx.next_object_id())
}
