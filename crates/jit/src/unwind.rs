//! Finding handlers and backtraces: walking the frames of compiled code.
//!
//! Compiled frames keep frame pointers, so a frame is its frame pointer and the return address into its code: the caller's
//! frame pointer is stored at the frame pointer, the caller's return address above it. A walk starts where compiled code was
//! left last (the task's exit record). It never follows the frame pointer of a Rust frame: every activation of compiled
//! code begins with an entry trampoline, whose call site is in the tables as a handler, so a search ends there; a backtrace
//! goes on at the exit saved in that trampoline's entry record.
//!
//! Nothing here changes registers: the raising routine of `codegen` continues where [`raise`] says.

mod code_map;
mod walk;

pub use code_map::{CodeMap, CodePosition, TableBytes};
pub use walk::{Exit, FrameInfo, Position, Resume, backtrace, find_handler, positions, raise, visit_frames};
