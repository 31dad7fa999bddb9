//! How far down the calling thread's stack may grow.

use crate::task::STACK_RESERVE;

/// Lowest address code on the calling thread may reach, with [`STACK_RESERVE`] bytes left below it for helpers.
/// `base` is the stack's highest address.
pub(crate) fn stack_limit(base: usize) -> usize {
    lowest_address(base) + STACK_RESERVE
}

/// What the main thread's stack is taken to be when the system sets no limit: what it grows to is then up to memory.
const UNLIMITED: usize = 64 << 20;
/// The main thread's stack also holds arguments and environment above `base`.
const ABOVE_BASE: usize = 256 << 10;

#[cfg(not(miri))]
fn lowest_address(base: usize) -> usize {
    // SAFETY: both calls only return numbers.
    let is_main = unsafe { libc::gettid() == libc::getpid() };
    if !is_main {
        return thread_stack_start();
    }
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the call fills the struct it is given.
    let status = unsafe { libc::getrlimit(libc::RLIMIT_STACK, &mut limit) };
    let bytes = if status != 0 || limit.rlim_cur == libc::RLIM_INFINITY { UNLIMITED } else { limit.rlim_cur as usize };
    base - bytes.saturating_sub(ABOVE_BASE).max(STACK_RESERVE)
}

#[cfg(not(miri))]
fn thread_stack_start() -> usize {
    // SAFETY: the attribute object is initialised by pthread_getattr_np, read, and destroyed once.
    unsafe {
        let mut attributes = std::mem::zeroed();
        let status = libc::pthread_getattr_np(libc::pthread_self(), &mut attributes);
        assert_eq!(status, 0, "the thread library knows this thread's stack");
        let mut start = std::ptr::null_mut();
        let mut size = 0;
        let status = libc::pthread_attr_getstack(&attributes, &mut start, &mut size);
        assert_eq!(status, 0, "the thread library knows this thread's stack");
        libc::pthread_attr_destroy(&mut attributes);
        start.expose_provenance()
    }
}

#[cfg(miri)]
fn lowest_address(_base: usize) -> usize {
    0
}
