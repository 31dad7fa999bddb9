//! The well-known helpers of the bare run-time system. Each is called by its stub, with the task first.

use tintype_ir::abi::RuntimeAbi;

use super::task::BareTask;
use crate::unwind;

/// The addresses of the well-known helpers, in the order of `RuntimeAbi::bare`.
pub(super) fn well_known(abi: &RuntimeAbi) -> Vec<usize> {
    let known = &abi.well_known;
    let mut table = vec![0; abi.helpers.len()];
    let [floor, ceil, trunc, nearest] = known.rounding;
    for (helper, address) in [
        (known.allocate, allocate as *const () as usize),
        (known.log_object, log_object as *const () as usize),
        (known.throw, throw as *const () as usize),
        (known.stack_overflow, stack_overflow as *const () as usize),
        (known.poll, poll as *const () as usize),
        (known.find_handler, find_handler as *const () as usize),
        (floor, round_floor as *const () as usize),
        (ceil, round_ceil as *const () as usize),
        (trunc, round_trunc as *const () as usize),
        (nearest, round_nearest as *const () as usize),
        (known.fma, fma as *const () as usize),
        (known.frem, frem as *const () as usize),
    ] {
        table[helper.as_u32() as usize] = address;
    }
    table
}

/// One word of header, then the payload, 16-byte aligned.
extern "C" fn allocate(task: &mut BareTask, type_object: u64, payload_bytes: u64) -> u64 {
    let units = 1 + (payload_bytes as usize).div_ceil(16);
    let mut block = vec![0u128; units].into_boxed_slice();
    // The header is the upper half of the unit before the payload.
    block[0] = u128::from(type_object) << 64;
    let payload = block.as_ptr() as u64 + 16;
    task.objects.push(block);
    task.allocated += 1;
    payload
}

extern "C" fn log_object(task: &mut BareTask, object: u64) {
    task.logged += 1;
    // SAFETY: compiled code passes an object it is about to write to, and its header word lies before it.
    unsafe { *(object as *mut u64).sub(1) &= !1 };
}

extern "C" fn throw(task: &mut BareTask, exception: u64) {
    task.pending_exception = exception;
}

extern "C" fn stack_overflow(task: &mut BareTask) {
    task.limit_reached();
}

extern "C" fn poll(task: &mut BareTask) {
    task.poll = 0;
    task.polls += 1;
}

extern "C" fn find_handler(task: *mut BareTask) -> u64 {
    // SAFETY: the raising routine passes its task, which lives as long as its code runs; the stub before it recorded the
    // exit. `raise` writes only the words before `layout` and `code`.
    unsafe { unwind::raise(task.cast(), &(*task).layout, &(*task).code) }
}

extern "C" fn round_floor(_task: &BareTask, x: f64) -> f64 {
    x.floor()
}

extern "C" fn round_ceil(_task: &BareTask, x: f64) -> f64 {
    x.ceil()
}

extern "C" fn round_trunc(_task: &BareTask, x: f64) -> f64 {
    x.trunc()
}

extern "C" fn round_nearest(_task: &BareTask, x: f64) -> f64 {
    x.round_ties_even()
}

extern "C" fn fma(_task: &BareTask, a: f64, b: f64, c: f64) -> f64 {
    a.mul_add(b, c)
}

extern "C" fn frem(_task: &BareTask, a: f64, b: f64) -> f64 {
    a % b
}
