//! Making and comparing values.

use super::{arguments, context, finish};
use crate::builtins;
use crate::objects::*;
use crate::task::Task;
use crate::types;
use crate::values::{arrays, egal as identity, structs};

// SAFETY (every function of this file): compiled code passes its own task, which runs in a live context, live objects,
// and addresses of that many values or bytes in its own frame.

pub(super) unsafe extern "C" fn box_int64(task: *mut Task, number: i64) -> Value {
    unsafe { context(task) }.box_int64(number)
}

pub(super) unsafe extern "C" fn box_float64(task: *mut Task, number: f64) -> Value {
    unsafe { context(task) }.box_float64(number)
}

/// A primitive value of at most eight bytes, by its bits.
pub(super) unsafe extern "C" fn box_bits(task: *mut Task, ty: Value, bits: u64) -> Value {
    let bytes = bits.to_le_bytes();
    // SAFETY: the front end calls this for primitive types of at most eight bytes.
    unsafe { context(task).box_from(ty.expect(), bytes.as_ptr()) }
}

/// A value of a type without pointers, from its bytes.
pub(super) unsafe extern "C" fn box_bytes(task: *mut Task, ty: Value, bytes: *const u8) -> Value {
    unsafe { context(task).box_from(ty.expect(), bytes) }
}

/// `new` with checks.
pub(super) unsafe extern "C" fn new_struct(
    task: *mut Task,
    ty: Value,
    fields: *const Value,
    n: usize,
) -> Option<Value> {
    let (cx, fields) = unsafe { (context(task), arguments(fields, n)) };
    finish(structs::new_checked(cx, ty, fields))
}

/// `new` with the elements of a tuple.
pub(super) unsafe extern "C" fn splat_new(task: *mut Task, ty: Value, tuple: Value) -> Option<Value> {
    finish(crate::interpret::splat_new(unsafe { context(task) }, ty, tuple))
}

pub(super) unsafe extern "C" fn new_vector(task: *mut Task, ty: Value, length: i64) -> Option<Value> {
    let cx = unsafe { context(task) };
    finish(arrays::new_array(cx, ty.expect(), &[length]).map(Gc::erase))
}

pub(super) unsafe extern "C" fn new_array(task: *mut Task, ty: Value, dims: *const i64, n: usize) -> Option<Value> {
    let cx = unsafe { context(task) };
    let dims = if n == 0 { &[] } else { unsafe { std::slice::from_raw_parts(dims, n) } };
    finish(arrays::new_array(cx, ty.expect(), dims).map(Gc::erase))
}

pub(super) unsafe extern "C" fn array_grow_end(task: *mut Task, array: Value, n: i64) {
    let cx = unsafe { context(task) };
    let _raised = builtins::grow_end_by(cx, array, cx.box_int64(n));
}

pub(super) unsafe extern "C" fn array_delete_end(task: *mut Task, array: Value, n: i64) {
    let cx = unsafe { context(task) };
    let _raised = builtins::delete_end_by(cx, array, cx.box_int64(n));
}

pub(super) unsafe extern "C" fn isa(task: *mut Task, value: Value, ty: Value) -> u8 {
    u8::from(types::isa(unsafe { context(task) }, value, ty))
}

pub(super) unsafe extern "C" fn egal(task: *mut Task, a: Value, b: Value) -> u8 {
    u8::from(identity::egal(unsafe { context(task) }, a, b))
}

pub(super) unsafe extern "C" fn type_assert(task: *mut Task, value: Value, ty: Value) {
    let cx = unsafe { context(task) };
    if !types::isa(cx, value, ty) {
        let _thrown = cx.throw_type_error("typeassert", "", ty, value);
    }
}

pub(super) unsafe extern "C" fn string_concat(task: *mut Task, a: Value, b: Value) -> Option<Value> {
    let cx = unsafe { context(task) };
    finish(builtins::string_concat(cx, &[a, b]))
}

/// -1, 0 or 1, by bytes.
pub(super) unsafe extern "C" fn string_compare(_task: *mut Task, a: Value, b: Value) -> i64 {
    a.expect::<JlString>().bytes().cmp(b.expect::<JlString>().bytes()) as i64
}
