//! The raising routine: the one piece of machine code written by hand, because it leaves its own frame for another.
//!
//! It makes a frame, calls the helper `find_handler` with the task, which fills the task's `resume_*` fields and returns
//! the exception, and continues there. The helper returns the exception in the register in which the back end expects a
//! caught exception (rax; x0), so nothing needs to be moved.

use tintype_ir::abi::RuntimeAbi;
use tintype_target::Arch;

use crate::generator::CodeGenerator;
use crate::record::{CallSite, CompiledFunction, Frame};

/// The routine for the generator's target.
pub(super) fn routine(generator: &CodeGenerator) -> CompiledFunction {
    let (bytes, return_offset) = match generator.arch() {
        Arch::X86_64 => x86_64(generator.abi()),
        Arch::Aarch64 => aarch64(generator.abi()),
    };
    CompiledFunction {
        name: "stub.find_handler".to_owned(),
        bytes,
        align: 1 << 6,
        relocs: Vec::new(),
        call_sites: vec![CallSite { return_offset, frame_offset: 0, handler: None }],
        traps: Vec::new(),
        frame: Frame { size: 0 },
        scopes: Vec::new(),
        lines: Vec::new(),
    }
}

/// Bytes and the offset behind the call.
fn x86_64(abi: &RuntimeAbi) -> (Vec<u8>, u32) {
    let task = &abi.task;
    let mut code = vec![0x55, 0x48, 0x89, 0xe5]; // push rbp; mov rbp, rsp
    let mut with_offset = |opcode: &[u8], offset: u32| {
        code.extend_from_slice(opcode);
        code.extend_from_slice(&offset.to_le_bytes());
        code.len() as u32
    };
    with_offset(&[0x4c, 0x89, 0xff, 0x49, 0x8b, 0x87], task.helpers); // mov rdi, r15; mov rax, [r15 + helpers]
    let return_offset = with_offset(&[0xff, 0x90], 8 * abi.well_known.find_handler.as_u32()); // call [rax + 8 * k]
    with_offset(&[0x49, 0x8b, 0xa7], task.resume_sp); // mov rsp, [r15 + resume_sp]
    with_offset(&[0x49, 0x8b, 0xaf], task.resume_fp); // mov rbp, [r15 + resume_fp]
    with_offset(&[0x41, 0xff, 0xa7], task.resume_pc); // jmp [r15 + resume_pc]
    (code, return_offset)
}

/// Bytes and the offset behind the call. x21 is the pinned register.
fn aarch64(abi: &RuntimeAbi) -> (Vec<u8>, u32) {
    let task = &abi.task;
    // ldr Xt, [Xn, #offset], with an offset in words of eight bytes.
    let load = |register: u32, base: u32, offset: u32| 0xf940_0000 | (offset / 8) << 10 | base << 5 | register;
    let (fp, sp_temp, pinned) = (29, 9, 21);
    let code = [
        0xa9bf_7bfd, // stp x29, x30, [sp, #-16]!
        0x9100_03fd, // mov x29, sp
        0xaa15_03e0, // mov x0, x21
        load(sp_temp, pinned, task.helpers),
        load(sp_temp, sp_temp, 8 * abi.well_known.find_handler.as_u32()),
        0xd63f_0120, // blr x9
        load(sp_temp, pinned, task.resume_sp),
        0x9100_013f, // mov sp, x9
        load(fp, pinned, task.resume_fp),
        load(sp_temp, pinned, task.resume_pc),
        0xd61f_0120, // br x9
    ];
    (code.iter().flat_map(|word: &u32| word.to_le_bytes()).collect(), 6 * 4)
}
