//! The task: what compiled code reaches through its pinned register.
//!
//! Offsets are frozen (`abi.md`); the assertions below hold them. A task belongs to one context.

use crate::objects::SimpleVector;
use std::cell::Cell;
use std::ffi::c_void;
use tintype_heap::{Gc, Mutator, Value};

/// State of one task. Compiled code and stubs read and write it at fixed offsets.
#[repr(C)]
pub struct Task {
    /// Table of helper stubs for compiled code.
    pub stubs: Cell<*const c_void>,
    /// Table of helper functions.
    pub helpers: Cell<*const c_void>,
    /// Lowest address the stack may reach; `usize::MAX` asks for an interruption at the next function entry.
    pub stack_limit: Cell<usize>,
    /// The exception on its way from a helper; null: none.
    pub pending_exception: Cell<Option<Value>>,
    /// The context this task runs in.
    pub context: Cell<*const c_void>,
    /// The world in which calls are dispatched.
    pub world_age: Cell<u64>,
    /// Frame pointer of the last exit from compiled code.
    pub exit_fp: Cell<usize>,
    /// Return address of the last exit from compiled code.
    pub exit_pc: Cell<usize>,
    /// Innermost entry record.
    pub entry_record: Cell<*const c_void>,
    /// Where an unwinding continues: program counter.
    pub resume_pc: Cell<usize>,
    /// Where an unwinding continues: stack pointer.
    pub resume_sp: Cell<usize>,
    /// Where an unwinding continues: frame pointer.
    pub resume_fp: Cell<usize>,
    /// Non-zero: loops call the run-time system at their next safepoint.
    pub poll: Cell<u64>,
    /// The context's slot table.
    pub context_slots: Cell<*const c_void>,
    /// Calls that were made, see `crate::dispatch::targets`; null until there are some.
    pub calls: Cell<Option<Gc<SimpleVector>>>,
    /// How many calls were put into the table since it was made.
    pub n_remembered: Cell<u64>,
    /// Free lists for inline allocation, and the rest of the mutator.
    pub mutator: MutatorAt128,
    /// The real stack limit, which `stack_limit` goes back to after an interruption.
    pub true_stack_limit: Cell<usize>,
    /// Exceptions being handled, innermost last (what `rethrow` and `current_exceptions` read): each
    /// is followed by its backtrace.
    pub exception_stack: Cell<Option<Gc<SimpleVector>>>,
    /// How many exceptions `exception_stack` holds.
    pub n_exceptions: Cell<u64>,
    /// Where the pending exception was thrown: a backtrace. It stays until the exception is caught.
    pub pending_trace: Cell<Option<Value>>,
}

/// The mutator, at the offset the ABI gives it.
#[repr(C, align(16))]
pub struct MutatorAt128(pub Mutator);

const _: () = {
    use std::mem::offset_of;
    assert!(offset_of!(Task, stubs) == 0);
    assert!(offset_of!(Task, helpers) == 8);
    assert!(offset_of!(Task, stack_limit) == 16);
    assert!(offset_of!(Task, pending_exception) == 24);
    assert!(offset_of!(Task, context) == 32);
    assert!(offset_of!(Task, world_age) == 40);
    assert!(offset_of!(Task, exit_fp) == 48);
    assert!(offset_of!(Task, exit_pc) == 56);
    assert!(offset_of!(Task, entry_record) == 64);
    assert!(offset_of!(Task, resume_pc) == 72);
    assert!(offset_of!(Task, resume_sp) == 80);
    assert!(offset_of!(Task, resume_fp) == 88);
    assert!(offset_of!(Task, poll) == 96);
    assert!(offset_of!(Task, context_slots) == 104);
    assert!(offset_of!(Task, calls) == 112);
    assert!(offset_of!(Task, mutator) == 128);
};

/// Bytes of stack kept for helpers below the limit compiled code checks.
pub const STACK_RESERVE: usize = 128 * 1024;

impl Task {
    /// A task that has not run yet.
    pub(crate) fn new(mutator: MutatorAt128, stack_limit: usize) -> Task {
        Task {
            stubs: Cell::new(std::ptr::null()),
            helpers: Cell::new(std::ptr::null()),
            stack_limit: Cell::new(stack_limit),
            pending_exception: Cell::new(None),
            context: Cell::new(std::ptr::null()),
            world_age: Cell::new(0),
            exit_fp: Cell::new(0),
            exit_pc: Cell::new(0),
            entry_record: Cell::new(std::ptr::null()),
            resume_pc: Cell::new(0),
            resume_sp: Cell::new(0),
            resume_fp: Cell::new(0),
            poll: Cell::new(0),
            context_slots: Cell::new(std::ptr::null()),
            calls: Cell::new(None),
            n_remembered: Cell::new(0),
            mutator,
            true_stack_limit: Cell::new(stack_limit),
            exception_stack: Cell::new(None),
            n_exceptions: Cell::new(0),
            pending_trace: Cell::new(None),
        }
    }
}
