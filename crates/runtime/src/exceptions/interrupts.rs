//! Ctrl-C: the signal asks the program of one context to stop at its next safepoint.
//!
//! A signal handler has no argument, so this is the one place where a process-wide variable names a task. Only numbers
//! in the task are written, and only by single stores; the exception is made where the program polls.

use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use crate::context::Context;
use crate::task::Task;

/// The task that an interruption is meant for; null: none.
static TASK: AtomicPtr<Task> = AtomicPtr::new(std::ptr::null_mut());
/// How often interruptions were asked for since the program last answered one.
static UNANSWERED: AtomicU32 = AtomicU32::new(0);

/// A program that does not answer is ended by this many.
const PATIENCE: u32 = 4;
/// The status of a program that an interruption ended.
pub const INTERRUPTED_STATUS: i32 = 128 + libc::SIGINT;

/// While it lives, SIGINT interrupts the context it was made for.
pub struct Interruptible<'a> {
    _context: &'a Context,
}

/// Lets SIGINT interrupt what runs in this context, instead of ending the process.
pub fn interruptible(cx: &Context) -> Interruptible<'_> {
    TASK.store((&raw const *cx.task()).cast_mut(), Ordering::Release);
    UNANSWERED.store(0, Ordering::Relaxed);
    // SAFETY: the handler is a function of the signature the call wants, and does only what a handler may.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handle as *const () as usize;
        action.sa_flags = libc::SA_RESTART;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
    Interruptible { _context: cx }
}

/// The program is about to throw the exception it was asked for.
pub(super) fn answered() {
    UNANSWERED.store(0, Ordering::Relaxed);
}

impl Drop for Interruptible<'_> {
    fn drop(&mut self) {
        TASK.store(std::ptr::null_mut(), Ordering::Release);
    }
}

extern "C" fn handle(_signal: libc::c_int) {
    let task = TASK.load(Ordering::Acquire);
    if task.is_null() || UNANSWERED.fetch_add(1, Ordering::Relaxed) + 1 >= PATIENCE {
        // SAFETY: ends the process without running anything of it.
        unsafe { libc::_exit(INTERRUPTED_STATUS) };
    }
    // SAFETY: the task lives as long as its context, which `Interruptible` borrows until it has taken the task out of
    // `TASK`; the fields are words that compiled code only loads and stores whole.
    unsafe {
        AtomicU64::from_ptr((*task).poll.as_ptr()).store(1, Ordering::Relaxed);
        AtomicUsize::from_ptr((*task).stack_limit.as_ptr()).store(usize::MAX, Ordering::Relaxed);
    }
}
