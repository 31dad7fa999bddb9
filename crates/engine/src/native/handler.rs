//! The helper that finds where an exception is handled: the engine's, since it knows all code.

use tintype_runtime::Task;

use super::Native;

/// Finds the handler of the pending exception and writes where to continue into the task; the exception is the result.
///
/// # Safety
/// Called by a stub on the thread of `task`, whose context is attached to a live [`Native`].
pub(super) unsafe extern "C" fn find_handler(task: *mut Task) -> u64 {
    // SAFETY: the caller's promise: the context is alive, and its embedder is the engine's `Native`, which outlives it.
    unsafe {
        let context = (*task).context.get().cast::<tintype_runtime::Context>();
        let native = &*(*context).embedder.get().cast::<Native>();
        let layout = native.task_layout();
        tintype_jit::unwind::raise(task.cast(), layout, &native.code_map)
    }
}
