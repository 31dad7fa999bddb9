//! Slow paths of allocation and of the write barrier.

use super::TaskRef;
use crate::objects::*;
use crate::values::allocate::type_head;

/// A new object of `ty` with a payload of `bytes` bytes, zeroed. May collect.
pub(super) extern "C" fn allocate(task: TaskRef, ty: Value, bytes: usize) -> Option<Value> {
    let cx = task.context();
    let ty = ty.expect::<DataType>();
    match cx.mutator().try_alloc_bytes(type_head(ty), bytes) {
        Ok(object) => Some(object),
        Err(_) => {
            let _thrown = cx.throw_out_of_memory();
            None
        }
    }
}

/// The object is about to be written for the first time since it became old.
pub(super) extern "C" fn log_object(task: TaskRef, object: Value) {
    // SAFETY: the object is live: compiled code holds it.
    unsafe { task.context().heap().log_object(object.addr()) }
}
