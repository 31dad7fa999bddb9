//! Globals by binding.

use super::{TaskRef, finish};
use crate::modules;
use crate::objects::*;

pub(super) extern "C" fn get_global(task: TaskRef, binding: Value) -> Option<Value> {
    finish(modules::read(task.context(), binding.expect()))
}

pub(super) extern "C" fn set_global(task: TaskRef, binding: Value, value: Value) {
    let _raised = modules::assign(task.context(), binding.expect(), value);
}

pub(super) extern "C" fn global_defined(task: TaskRef, binding: Value) -> u8 {
    let cx = task.context();
    u8::from(modules::resolve_binding(cx, binding.expect()).value.get().is_some())
}
