//! Walks over frames.

use tintype_ir::abi::TaskLayout;

use super::code_map::CodeMap;
use tintype_codegen::pc_table::{PcTable, ScopeInfo};
use tintype_codegen::{ENTRY_TRAMPOLINE_NAME, entry_record};

/// Where compiled code was left: the frame pointer of the function that left it and its return address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Frame pointer.
    pub fp: u64,
    /// Return address.
    pub pc: u64,
}

/// Where to continue after an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resume {
    /// Program counter.
    pub pc: u64,
    /// Stack pointer.
    pub sp: u64,
    /// Frame pointer.
    pub fp: u64,
}

/// A source position in a backtrace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The function the line belongs to.
    pub function: String,
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: u32,
}

/// A frame in a backtrace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameInfo {
    /// Return address.
    pub pc: u64,
    /// The function's symbol name.
    pub symbol: String,
    /// Its source positions, innermost inlined call first; empty when unknown.
    pub positions: Vec<Position>,
}

/// The nearest handler of what is thrown at `exit`.
///
/// # Panics
/// When a frame's code is not in the map, or the stack ends without an entry trampoline: memory is damaged or code was
/// released while it ran.
///
/// # Safety
/// `exit` must be the last exit of a task whose frames are intact, which means that the task is stopped or is calling this.
pub unsafe fn find_handler(exit: Exit, code: &CodeMap) -> Resume {
    let code = code.read();
    let Exit { mut fp, mut pc } = exit;
    loop {
        let site =
            code.position(pc).and_then(|position| Some((position.base, position.table.lookup(position.offset)?)));
        let Some((base, site)) = site else { panic!("no call returns to {pc:#x}: the stack is damaged") };
        if let Some(handler) = site.handler {
            let sp = fp - u64::from(site.frame_offset);
            return Resume { pc: base + u64::from(handler), sp, fp };
        }
        // SAFETY: the caller promises intact frames; `pc` is a call site of compiled code, so `fp` is its frame pointer.
        (fp, pc) = unsafe { caller(fp) };
    }
}

/// What the helper `find_handler` does: finds the handler of the exception pending in the task, writes where to continue
/// into the task, and takes the exception out of it.
///
/// # Safety
/// `task` must point to a live task of this layout that has just left compiled code through a stub of this thread.
pub unsafe fn raise(task: *mut u8, layout: &TaskLayout, code: &CodeMap) -> u64 {
    // SAFETY: the offsets are those of the task's layout, and the task is used by this thread only.
    let field = |offset: u32| unsafe { task.add(offset as usize).cast::<u64>() };
    // SAFETY: as above; the exit was recorded by the stub that raises.
    unsafe {
        let exit = Exit { fp: field(layout.exit_fp).read(), pc: field(layout.exit_pc).read() };
        let resume = find_handler(exit, code);
        field(layout.resume_pc).write(resume.pc);
        field(layout.resume_sp).write(resume.sp);
        field(layout.resume_fp).write(resume.fp);
        field(layout.pending_exception).replace(0)
    }
}

/// Shows the compiled frames of a task, innermost first, across entries from the run-time system, as frame pointer and
/// return address, until `visit` says no. Looks nothing up: a frame costs a few loads.
///
/// # Safety
/// As for [`backtrace`].
pub unsafe fn visit_frames(task: *const u8, layout: &TaskLayout, visit: &mut dyn FnMut(u64, u64) -> bool) {
    // SAFETY: the offsets are those of the task's layout.
    let field = |offset: u32| unsafe { task.add(offset as usize).cast::<u64>().read() };
    let (mut fp, mut pc) = (field(layout.exit_fp), field(layout.exit_pc));
    let mut record = field(layout.entry_record);
    while pc != 0 && record != 0 {
        // The record lies in the frame of its entry trampoline, which the frames it called are below.
        if fp > record {
            // SAFETY: the task's entry records are on the stack of entry trampolines that have not returned.
            unsafe {
                let word = |offset: u32| (record as *const u8).add(offset as usize).cast::<u64>().read();
                (fp, pc) = (word(entry_record::EXIT_FP), word(entry_record::EXIT_PC));
                record = word(entry_record::PREVIOUS);
            }
            continue;
        }
        if !visit(fp, pc) {
            return;
        }
        // SAFETY: below its entry trampoline's frame, `fp` is the frame pointer of compiled code, and the frames are intact.
        (fp, pc) = unsafe { caller(fp) };
    }
}

/// The source positions of the call that returns to `pc`, innermost inlined call first; empty when nothing is known of it.
pub fn positions(code: &CodeMap, pc: u64) -> Vec<Position> {
    let code = code.read();
    let Some(position) = code.position(pc) else { return Vec::new() };
    // The return address belongs to the next instruction; the call is before it.
    positions_at(position.table, position.offset.saturating_sub(1))
}

fn positions_at(table: PcTable<'_>, offset: u32) -> Vec<Position> {
    let position = |scope: ScopeInfo<'_>| Position {
        function: scope.function.to_owned(),
        file: scope.file.to_owned(),
        line: scope.line,
    };
    table.scopes(offset).map(position).collect()
}

/// The compiled frames of a task, innermost first, across entries from the run-time system, at most `limit`.
///
/// # Safety
/// `task` must point to a task of this layout whose frames are intact: it is stopped outside compiled code or is calling
/// this.
pub unsafe fn backtrace(task: *const u8, layout: &TaskLayout, code: &CodeMap, limit: usize) -> Vec<FrameInfo> {
    // SAFETY: the offsets are those of the task's layout.
    let field = |offset: u32| unsafe { task.add(offset as usize).cast::<u64>().read() };
    let code = code.read();
    let mut frames = Vec::new();
    let (mut fp, mut pc) = (field(layout.exit_fp), field(layout.exit_pc));
    let mut record = field(layout.entry_record);
    while frames.len() < limit && pc != 0 {
        let Some(position) = code.position(pc) else { break };
        // The return address belongs to the next instruction; the call is before it.
        let call = position.offset.saturating_sub(1);
        let Some(site) = position.table.lookup(position.offset) else { break };
        let symbol = position.table.function_name(site.function).unwrap_or_default();
        if symbol == ENTRY_TRAMPOLINE_NAME {
            if record == 0 {
                break;
            }
            // SAFETY: the task's entry records are on the stack of entry trampolines that have not returned, innermost
            // first, and this walk has met exactly as many trampolines as it has followed records.
            unsafe {
                let word = |offset: u32| (record as *const u8).add(offset as usize).cast::<u64>().read();
                (fp, pc) = (word(entry_record::EXIT_FP), word(entry_record::EXIT_PC));
                record = word(entry_record::PREVIOUS);
            }
            continue;
        }
        let positions = positions_at(position.table, call);
        frames.push(FrameInfo { pc, symbol: symbol.to_owned(), positions });
        // SAFETY: `pc` is a call site of compiled code, so `fp` is its frame pointer, and the frames are intact.
        (fp, pc) = unsafe { caller(fp) };
    }
    frames
}

/// The frame pointer and return address stored in a frame.
///
/// # Safety
/// `fp` must be the frame pointer of a live frame that keeps one.
unsafe fn caller(fp: u64) -> (u64, u64) {
    let frame = fp as *const u64;
    // SAFETY: a frame begins with the caller's frame pointer and return address.
    unsafe { (frame.read(), frame.add(1).read()) }
}
