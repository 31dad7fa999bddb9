//! The bare task, laid out as `RuntimeAbi::bare` says.

use std::io;
use std::sync::Arc;

use tintype_ir::abi::TaskLayout;

use crate::unwind::CodeMap;

/// Bytes below the stack limit that helpers may use.
pub(super) const HELPER_RESERVE: usize = 128 << 10;

/// A thread of execution in compiled code. Compiled code holds its address, so it must not move while code runs.
#[repr(C)]
pub struct BareTask {
    stubs: *const u64,
    helpers: *const usize,
    /// Lowest stack address compiled code may reach; the maximum requests an interruption.
    pub stack_limit: u64,
    /// The exception a helper wants its stub to raise; zero when there is none.
    pub pending_exception: u64,
    /// The embedder's.
    pub context: u64,
    /// The embedder's.
    pub world_age: u64,
    exit_fp: u64,
    exit_pc: u64,
    entry_record: u64,
    resume: [u64; 3],
    /// Non-zero makes the next safepoint call the helper `poll`.
    pub poll: u64,
    /// Address of the table of per-context objects.
    pub context_slots: u64,
    reserved: [u64; 2],
    /// Free lists by size class; empty, so that every allocation calls the helper.
    alloc_buffers: [u64; 7],
    pub(super) code: Arc<CodeMap>,
    pub(super) layout: TaskLayout,
    own_stack_limit: u64,
    /// The exception of a stack overflow.
    pub stack_overflow_exception: u64,
    /// How often a safepoint or a function entry was interrupted.
    pub polls: u64,
    /// How often the helper `log_object` was called.
    pub logged: u64,
    /// How many objects were allocated.
    pub allocated: u64,
    pub(super) objects: Vec<Box<[u128]>>,
}

impl BareTask {
    pub(super) fn new(
        stubs: *const u64,
        helpers: *const usize,
        code: Arc<CodeMap>,
        layout: TaskLayout,
        stack_limit: u64,
    ) -> Self {
        Self {
            stubs,
            helpers,
            stack_limit,
            pending_exception: 0,
            context: 0,
            world_age: 0,
            exit_fp: 0,
            exit_pc: 0,
            entry_record: 0,
            resume: [0; 3],
            poll: 0,
            context_slots: 0,
            reserved: [0; 2],
            alloc_buffers: [0; 7],
            code,
            layout,
            own_stack_limit: stack_limit,
            stack_overflow_exception: u64::MAX,
            polls: 0,
            logged: 0,
            allocated: 0,
            objects: Vec::new(),
        }
    }
}

impl BareTask {
    /// Makes the next entry of a calling function an interruption.
    pub fn interrupt_at_next_entry(&mut self) {
        self.stack_limit = u64::MAX;
    }

    /// What a function entry that found the limit above its stack pointer does.
    pub(super) fn limit_reached(&mut self) {
        if self.stack_limit == u64::MAX {
            self.stack_limit = self.own_stack_limit;
            self.polls += 1;
        } else {
            self.pending_exception = self.stack_overflow_exception;
        }
    }
}

/// The stack of the current thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackBounds {
    /// Lowest address.
    pub low: usize,
    /// Address behind the highest.
    pub high: usize,
}

impl StackBounds {
    /// The bounds of the calling thread's stack.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn current() -> io::Result<Self> {
        let mut low = std::ptr::null_mut();
        let mut size = 0;
        // SAFETY: the attribute object is initialised by the first call before the others read and destroy it.
        let status = unsafe {
            let mut attributes = std::mem::MaybeUninit::uninit();
            match libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) {
                0 => {
                    let status = libc::pthread_attr_getstack(attributes.as_ptr(), &mut low, &mut size);
                    libc::pthread_attr_destroy(attributes.as_mut_ptr());
                    status
                }
                status => status,
            }
        };
        match status {
            0 => Ok(Self { low: low as usize, high: low as usize + size }),
            status => Err(io::Error::from_raw_os_error(status)),
        }
    }

    /// The stack limit for a task that runs on this stack: the lowest address with the helpers' reserve left.
    pub fn limit(self) -> u64 {
        (self.low + HELPER_RESERVE) as u64
    }
}

#[cfg(test)]
mod tests {
    use std::mem::offset_of;

    use tintype_ir::abi::RuntimeAbi;

    use super::*;

    #[test]
    fn the_task_is_laid_out_as_described() {
        let layout = RuntimeAbi::bare().task;
        let offsets = [
            (layout.stubs, offset_of!(BareTask, stubs)),
            (layout.helpers, offset_of!(BareTask, helpers)),
            (layout.stack_limit, offset_of!(BareTask, stack_limit)),
            (layout.pending_exception, offset_of!(BareTask, pending_exception)),
            (layout.context, offset_of!(BareTask, context)),
            (layout.world_age, offset_of!(BareTask, world_age)),
            (layout.exit_fp, offset_of!(BareTask, exit_fp)),
            (layout.exit_pc, offset_of!(BareTask, exit_pc)),
            (layout.entry_record, offset_of!(BareTask, entry_record)),
            (layout.resume_pc, offset_of!(BareTask, resume)),
            (layout.resume_sp, offset_of!(BareTask, resume) + 8),
            (layout.resume_fp, offset_of!(BareTask, resume) + 16),
            (layout.poll, offset_of!(BareTask, poll)),
            (layout.context_slots, offset_of!(BareTask, context_slots)),
            (layout.alloc_buffers, offset_of!(BareTask, alloc_buffers)),
        ];
        for (described, actual) in offsets {
            assert_eq!(described as usize, actual);
        }
    }

    #[test]
    fn this_frame_is_on_the_stack() {
        let here = std::ptr::from_ref(&0u8) as usize;
        let local = 0u8;
        let bounds = StackBounds::current().unwrap();
        let address = std::ptr::from_ref(&local) as usize;
        assert!(bounds.low < address && address < bounds.high, "{bounds:x?} {address:x} {here:x}");
    }
}
