//! Slow paths of allocation and of the write barrier.

use super::context;
use crate::objects::*;
use crate::task::Task;
use crate::values::allocate::type_head;

/// A new object of `ty` with a payload of `bytes` bytes, zeroed. May collect.
///
/// # Safety
/// As for every helper: `task` runs in a live context; objects are live.
pub(super) unsafe extern "C" fn allocate(task: *mut Task, ty: Value, bytes: usize) -> Option<Value> {
    // SAFETY: the caller's promise.
    let cx = unsafe { context(task) };
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
///
/// # Safety
/// As for every helper.
pub(super) unsafe extern "C" fn log_object(task: *mut Task, object: Value) {
    // SAFETY: the caller's promise; the object is live.
    unsafe { context(task).heap().log_object(object.addr()) }
}
