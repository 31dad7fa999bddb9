//! The task's table of dynamic calls: which compiled code a call with these argument types goes to.
//!
//! The stub that makes dynamic calls looks here by itself (the back end's `CallTable` says how) and only asks the
//! run-time system for what it does not find. Answers never change within one world, so an entry holds in the world it
//! was made in and needs no invalidation: a redefinition makes a new world, in which calls are looked up anew. An entry is
//! complete before it is put into the table and is never written afterwards; the table belongs to one task, so that no
//! other thread sees it, and is stored in no image.

use crate::context::{Compiler, Context};
use crate::objects::*;

/// Most arguments of a remembered call, the callee included.
pub const MAX_ARGS: usize = 5;
/// By how much the world is shifted in a tag.
pub const TAG_SHIFT: u32 = 3;
/// By how much the keys of later arguments are rotated.
pub const TURN: u32 = 11;
/// What the combined keys are multiplied by.
pub const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
/// By how much the product is shifted right.
pub const SHIFT: u32 = 36;

/// Words before the first entry: the type of types, and one that keeps pairs together.
const HEAD: usize = 2;
const FIRST_SIZE: usize = 256;
const LAST_SIZE: usize = 16_384;

type Keys = [u64; MAX_ARGS];

/// Remembers that a call with these arguments goes to this code.
pub(super) fn remember(cx: &Context, compiler: &dyn Compiler, arguments: &[Value], code: Gc<CodeInstance>) {
    let Some(keys) = keys_of(cx, arguments) else { return };
    let Some(answer) = cx.call_cache.find_entry(arguments, cx.world_age()) else { return };
    let Some(invoke) = compiler.boxed_entry(cx, code) else { return };
    let target = CallTarget {
        tag: (cx.world_age() << TAG_SHIFT) + arguments.len() as u64,
        invoke: invoke as u64,
        code_instance: code,
        types: answer.types,
        length: 0,
    };
    let target = cx.allocate_tail(cx.well_known().call_target(), target, MAX_ARGS);
    for (slot, key) in target.tail().iter().zip(keys) {
        slot.set(key);
    }
    let table = table_for(cx, target);
    let slot = HEAD + (hash(&keys) as usize & (table.len() - HEAD - 2));
    let before = table.tail()[slot].get();
    let is_current = |entry: &Value| entry.expect::<CallTarget>().tag >> TAG_SHIFT == cx.world_age();
    if let Some(before) = before.filter(is_current) {
        cx.svec_set(table, slot + 1, Some(before));
    }
    cx.svec_set(table, slot, Some(target.erase()));
}

/// The keys of a call: the arguments' types, or the arguments themselves where they are types. `None`: the call is not
/// remembered.
fn keys_of(cx: &Context, arguments: &[Value]) -> Option<Keys> {
    let mut keys = [0; MAX_ARGS];
    let type_of_types = cx.well_known().data_type();
    for (index, &argument) in arguments.iter().enumerate() {
        let ty = argument.type_of();
        *keys.get_mut(index)? = if ty == type_of_types {
            argument.addr() as u64 | 1
        } else if argument.is_type() {
            return None;
        } else {
            ty.erase().addr() as u64
        };
    }
    Some(keys)
}

fn hash(keys: &Keys) -> u64 {
    let turned = keys.iter().enumerate().map(|(index, key)| key.rotate_left(TURN * index as u32));
    turned.fold(0, |sum, key| sum ^ key).wrapping_mul(MULTIPLIER) >> SHIFT
}

/// The table to put `target` into: made when first needed, and made anew while it is small for what is remembered. A new
/// table has that entry everywhere, so that the stub need not ask whether a place holds one; it is right wherever it is
/// found.
fn table_for(cx: &Context, target: Gc<CallTarget>) -> Gc<SimpleVector> {
    let task = cx.task();
    let n = task.n_remembered.get() + 1;
    task.n_remembered.set(n);
    let size = task.calls.get().map_or(0, |table| table.len() - HEAD);
    match task.calls.get() {
        Some(table) if size == LAST_SIZE || n as usize <= size / 2 => table,
        _ => {
            let size = if size == 0 { FIRST_SIZE } else { 4 * size };
            let table = cx.new_empty_svec(HEAD + size);
            cx.svec_set(table, 0, Some(cx.well_known().data_type().erase()));
            (HEAD..table.len()).for_each(|slot| cx.svec_set(table, slot, Some(target.erase())));
            task.calls.set(Some(table));
            task.n_remembered.set(0);
            table
        }
    }
}
