//! The functions every image and every JIT needs once: helper stubs, the entry trampoline and the raising routine.
//!
//! Crossing between compiled code and the run-time system goes through these alone.
//!
//! * A **helper stub** takes a helper's arguments in the convention between compiled functions, records where compiled
//!   code was left (its caller's frame pointer and return address), and calls the helper by the C convention with the task
//!   first. If the helper left an exception in the task, the stub goes to the raising routine. The stub of the helper for
//!   dynamic calls first looks into the task's table of calls and goes on to what it finds there.
//! * The **raising routine** has the place of `find_handler`'s stub in the stub table. It asks the helper `find_handler`
//!   where to continue and goes there: nothing but this routine changes stack and frame pointer to another frame's.
//! * The **entry trampoline** is called from the run-time system by the C convention. It saves the pinned register, links
//!   the record of the previous exit, and calls code of the boxed signature; it catches whatever arrives.
//!
//! What the exception tables look like is in [`crate::pc_table`]; walking frames is the run-time system's work.

mod dispatch;
mod entry;
mod raise;
mod stub;

use tintype_ir::abi::HelperId;

use crate::error::CodegenError;
use crate::generator::{CodeGenerator, Scratch};
use crate::record::CompiledFunction;

/// Names a support function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SupportFunction {
    /// The entry of the stub table for this helper.
    Stub(HelperId),
    /// `enter(task: i64, code: i64, callee: ref, args: i64, nargs: i64, code_instance: ref) -> ref`, C convention.
    EntryTrampoline,
}

/// The symbol name of the entry trampoline; walks over frames know it by this.
pub const ENTRY_TRAMPOLINE_NAME: &str = "entry_trampoline";

/// Offsets in the record an entry trampoline links into the task, on its own stack.
pub mod entry_record {
    /// The record of the entry before, or null.
    pub const PREVIOUS: u32 = 0;
    /// The frame pointer compiled code was left with before this entry.
    pub const EXIT_FP: u32 = 8;
    /// The return address compiled code was left with before this entry.
    pub const EXIT_PC: u32 = 16;
    /// Bytes.
    pub const SIZE: u32 = 24;
}

impl CodeGenerator {
    /// The stub of a helper.
    ///
    /// # Errors
    /// [`CodegenError::Unsupported`] when the helper's signature has no C form.
    pub fn helper_stub(&self, helper: HelperId) -> Result<CompiledFunction, CodegenError> {
        if helper == self.abi().well_known.find_handler {
            return Ok(raise::routine(self));
        }
        let mut scratch = Scratch::new();
        stub::build(self, helper, &mut scratch)?;
        self.finish(&mut scratch, &format!("stub.{}", self.abi().helper(helper).name), Vec::new())
    }

    /// The entry trampoline.
    ///
    /// # Errors
    /// [`CodegenError::Backend`] when the back end refuses it, which is a defect.
    pub fn entry_trampoline(&self) -> Result<CompiledFunction, CodegenError> {
        let mut scratch = Scratch::new();
        entry::build(self, &mut scratch);
        self.finish(&mut scratch, ENTRY_TRAMPOLINE_NAME, Vec::new())
    }

    /// Every support function: the stubs in the order of their numbers, then the entry trampoline.
    ///
    /// # Errors
    /// The first failure of a stub.
    pub fn support_functions(&self) -> Result<Vec<(SupportFunction, CompiledFunction)>, CodegenError> {
        let n_helpers = self.abi().helpers.len() as u32;
        let stubs = (0..n_helpers).map(HelperId::from_u32);
        let mut functions = stubs
            .map(|helper| Ok((SupportFunction::Stub(helper), self.helper_stub(helper)?)))
            .collect::<Result<Vec<_>, CodegenError>>()?;
        functions.push((SupportFunction::EntryTrampoline, self.entry_trampoline()?));
        Ok(functions)
    }
}
