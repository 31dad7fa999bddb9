//! What code generation produces: one self-contained record per function, fed to `emit` and `jit` alike.
//!
//! A record holds bytes and positions only: no address, no pointer, nothing of the process that made it.

use tintype_ir::function::{Scope, ScopeData};
use tintype_ir::instruction::TrapCode;
use tintype_ir::module::{DataId, FuncId, SlotId};

/// Machine code of one function with everything a linker and an unwinder need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledFunction {
    /// The symbol name.
    pub name: String,
    /// Machine code, followed by the constants it refers to.
    pub bytes: Vec<u8>,
    /// Alignment of the first byte, a power of two.
    pub align: u32,
    /// Places to fill in when addresses are known, by ascending offset.
    pub relocs: Vec<Reloc>,
    /// Every call, by ascending return offset.
    pub call_sites: Vec<CallSite>,
    /// Every instruction that may trap, by ascending offset.
    pub traps: Vec<TrapSite>,
    /// The stack frame.
    pub frame: Frame,
    /// Source positions that [`lines`](Self::lines) refers to.
    pub scopes: Vec<ScopeData>,
    /// From each code offset up to the next: the source position. By ascending offset, no two equal in a row.
    pub lines: Vec<(u32, Option<Scope>)>,
}

/// How the bytes at a relocation are filled in. `S` is the target's address, `A` the addend, `P` the place's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelocKind {
    /// Eight bytes: `S + A`.
    Abs8,
    /// Four bytes, signed: `S + A - P`.
    X86PcRel4,
    /// The 26-bit word displacement of `b` or `bl`: `(S + A - P) / 4`.
    Aarch64Call26,
    /// The 21-bit page displacement of `adrp`: `page(S + A) - page(P)`.
    Aarch64AdrPrelPgHi21,
    /// The 12-bit immediate of `add`: the low bits of `S + A`.
    Aarch64AddAbsLo12Nc,
}

/// What a relocation refers to. Nothing else can be referred to: library calls are legalised away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelocTarget {
    /// This target's version of a function.
    Function(FuncId),
    /// The word holding the address of the selected version of a multiversioned function.
    MvSlot(FuncId),
    /// The word holding an object's address.
    Slot(SlotId),
    /// A piece of data.
    Data(DataId),
}

/// A place to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reloc {
    /// Offset of the place in the function's bytes.
    pub offset: u32,
    /// How to fill it in.
    pub kind: RelocKind,
    /// What it refers to.
    pub target: RelocTarget,
    /// Added to the target's address.
    pub addend: i64,
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallSite {
    /// Offset of the return address.
    pub return_offset: u32,
    /// Bytes from the frame pointer down to the stack pointer at the call.
    pub frame_offset: u32,
    /// Offset of the code that catches what the call throws.
    pub handler: Option<u32>,
}

/// An instruction that may trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TrapSite {
    /// Offset of the instruction.
    pub offset: u32,
    /// Why it traps.
    pub code: TrapCode,
}

/// A stack frame: return address and caller's frame pointer on top, then `size` bytes down to the stack pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Frame {
    /// Bytes from the frame pointer down to the stack pointer.
    pub size: u32,
}
