//! Globals by binding.

use super::{context, finish};
use crate::modules;
use crate::objects::*;
use crate::task::Task;

// SAFETY (every function of this file): compiled code passes its own task, which runs in a live context, and live
// objects.

pub(super) unsafe extern "C" fn get_global(task: *mut Task, binding: Value) -> Option<Value> {
    finish(modules::read(unsafe { context(task) }, binding.expect()))
}

pub(super) unsafe extern "C" fn set_global(task: *mut Task, binding: Value, value: Value) {
    let _raised = modules::assign(unsafe { context(task) }, binding.expect(), value);
}

pub(super) unsafe extern "C" fn global_defined(task: *mut Task, binding: Value) -> u8 {
    let cx = unsafe { context(task) };
    u8::from(modules::resolve_binding(cx, binding.expect()).value.get().is_some())
}
