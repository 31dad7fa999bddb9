//! Making and comparing values.

use super::{TaskRef, arguments, finish};
use crate::builtins;
use crate::objects::*;
use crate::types;
use crate::values::{arrays, egal as identity, structs};

pub(super) extern "C" fn box_int64(task: TaskRef, number: i64) -> Value {
    task.context().box_int64(number)
}

pub(super) extern "C" fn box_float64(task: TaskRef, number: f64) -> Value {
    task.context().box_float64(number)
}

/// A primitive value of at most eight bytes, by its bits.
pub(super) extern "C" fn box_bits(task: TaskRef, ty: Value, bits: u64) -> Value {
    let bytes = bits.to_le_bytes();
    // SAFETY: the front end calls this for primitive types of at most eight bytes.
    unsafe { task.context().box_from(ty.expect(), bytes.as_ptr()) }
}

/// A value of a type without pointers, from its bytes.
pub(super) extern "C" fn box_bytes(task: TaskRef, ty: Value, bytes: *const u8) -> Value {
    // SAFETY: the front end passes the address of a value of the type in its own frame.
    unsafe { task.context().box_from(ty.expect(), bytes) }
}

/// `new` with checks.
pub(super) extern "C" fn new_struct(task: TaskRef, ty: Value, fields: *const Value, n: usize) -> Option<Value> {
    let cx = task.context();
    // SAFETY: compiled code passes `n` live objects at `fields`, in its own frame.
    let fields = unsafe { arguments(fields, n) };
    finish(structs::new_checked(cx, ty, fields))
}

/// `new` with the elements of a tuple.
pub(super) extern "C" fn splat_new(task: TaskRef, ty: Value, tuple: Value) -> Option<Value> {
    finish(crate::interpret::splat_new(task.context(), ty, tuple))
}

pub(super) extern "C" fn new_vector(task: TaskRef, ty: Value, length: i64) -> Option<Value> {
    let cx = task.context();
    finish(arrays::new_array(cx, ty.expect(), &[length]).map(Gc::erase))
}

pub(super) extern "C" fn new_array(task: TaskRef, ty: Value, dims: *const i64, n: usize) -> Option<Value> {
    let cx = task.context();
    let dims = if n == 0 {
        &[]
    } else {
        // SAFETY: compiled code passes `n` lengths in its own frame.
        unsafe { std::slice::from_raw_parts(dims, n) }
    };
    finish(arrays::new_array(cx, ty.expect(), dims).map(Gc::erase))
}

pub(super) extern "C" fn array_grow_end(task: TaskRef, array: Value, n: i64) {
    let cx = task.context();
    let _raised = builtins::grow_end_by(cx, array, cx.box_int64(n));
}

pub(super) extern "C" fn array_delete_end(task: TaskRef, array: Value, n: i64) {
    let cx = task.context();
    let _raised = builtins::delete_end_by(cx, array, cx.box_int64(n));
}

pub(super) extern "C" fn isa(task: TaskRef, value: Value, ty: Value) -> u8 {
    u8::from(types::isa(task.context(), value, ty))
}

pub(super) extern "C" fn egal(task: TaskRef, a: Value, b: Value) -> u8 {
    u8::from(identity::egal(task.context(), a, b))
}

pub(super) extern "C" fn type_assert(task: TaskRef, value: Value, ty: Value) {
    let cx = task.context();
    if !types::isa(cx, value, ty) {
        let _thrown = cx.throw_type_error("typeassert", "", ty, value);
    }
}

pub(super) extern "C" fn string_concat(task: TaskRef, a: Value, b: Value) -> Option<Value> {
    let cx = task.context();
    finish(builtins::string_concat(cx, &[a, b]))
}

/// -1, 0 or 1, by bytes.
pub(super) extern "C" fn string_compare(_task: TaskRef, a: Value, b: Value) -> i64 {
    a.expect::<JlString>().bytes().cmp(b.expect::<JlString>().bytes()) as i64
}
