//! What the IR knows of the run-time system it is compiled for: nothing but this description.
//!
//! An embedder fills one [`RuntimeAbi`] and hands it to passes and code generation. Images record its
//! [`hash`](RuntimeAbi::hash), because compiled code freezes every offset in it. It holds no addresses.

use crate::types::Signature;

crate::entity! {
    /// A function of the run-time system, by its frozen number.
    HelperId, "helper"
}

/// Byte offsets of the fields of the task that compiled code touches. The task's address is in the pinned register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TaskLayout {
    /// Pointer to the table of helper stubs (Tail convention), indexed by [`HelperId`].
    pub stubs: u32,
    /// Pointer to the table of helper functions (C convention), indexed by [`HelperId`]. First argument: the task.
    pub helpers: u32,
    /// Lowest stack address compiled code may reach; the maximum address requests an interruption.
    pub stack_limit: u32,
    /// The exception a helper left for its stub to raise; null when there is none.
    pub pending_exception: u32,
    /// The context the task runs in.
    pub context: u32,
    /// Pointer to the context's table of per-context objects, indexed by `SlotKind::Context`.
    pub context_slots: u32,
    /// The current world age.
    pub world_age: u32,
    /// Frame pointer and return address of the last exit from compiled code to the run-time system.
    pub exit_fp: u32,
    /// See [`exit_fp`](Self::exit_fp).
    pub exit_pc: u32,
    /// The innermost entry record (see `codegen`'s trampolines), a linked list through the stack.
    pub entry_record: u32,
    /// Where to continue after an unwinding: program counter.
    pub resume_pc: u32,
    /// Where to continue after an unwinding: stack pointer.
    pub resume_sp: u32,
    /// Where to continue after an unwinding: frame pointer.
    pub resume_fp: u32,
    /// Non-zero when a safepoint must call the run-time system.
    pub poll: u32,
    /// First allocation buffer: an array of free-list heads, one word per size class.
    pub alloc_buffers: u32,
}

/// How objects are laid out and allocated inline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectLayout {
    /// Offset of the header word from the object's address (negative).
    pub header_offset: i32,
    /// Header bit the write barrier tests: the object must be logged before it is written.
    pub unlogged_bit: u64,
    /// Header bits that are not the type's address.
    pub flag_mask: u64,
    /// For size class `i`, the largest payload in bytes; inline allocation takes the first that fits.
    pub class_payloads: Vec<u32>,
}

/// What a helper may do, for the optimiser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Effects {
    /// May leave an exception for its stub to raise.
    pub throws: bool,
    /// May allocate, hence collect.
    pub collects: bool,
    /// May read memory the program can write.
    pub reads: bool,
    /// May write memory the program can read, or do output.
    pub writes: bool,
    /// Never returns normally.
    pub diverges: bool,
}

impl Effects {
    /// A function of its arguments alone.
    pub const PURE: Effects = Effects { throws: false, collects: false, reads: false, writes: false, diverges: false };
    /// Anything may happen.
    pub const ANY: Effects = Effects { throws: true, collects: true, reads: true, writes: true, diverges: false };
}

/// One helper: a function of the run-time system compiled code may call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Helper {
    /// Name in the text format and in symbol names.
    pub name: String,
    /// Parameters (without the leading task pointer) and at most one result.
    pub signature: Signature,
    /// What it may do.
    pub effects: Effects,
}

/// The helpers that lowering and code generation themselves need.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WellKnownHelpers {
    /// `(type: ref, payload_bytes: i64) -> ref`: the slow path of allocation. Collects.
    pub allocate: HelperId,
    /// `(object: ref)`: the slow path of the write barrier.
    pub log_object: HelperId,
    /// `(exception: ref)`: raises; diverges.
    pub throw: HelperId,
    /// `()`: a function entry found too little stack, or an interruption was requested; throws or returns.
    pub stack_overflow: HelperId,
    /// `()`: a safepoint found `poll` set; throws or returns.
    pub poll: HelperId,
    /// `()`: called by a raising stub: reads `pending_exception` and the exit record, fills the `resume_*` fields,
    /// moves the exception out of `pending_exception` and returns it (`-> ref`). Never throws.
    pub find_handler: HelperId,
    /// `(f64) -> f64` helpers for targets without an instruction: floor, ceil, trunc, nearest.
    pub rounding: [HelperId; 4],
    /// `(f64, f64, f64) -> f64`: fused multiply-add in software.
    pub fma: HelperId,
    /// `(f64, f64) -> f64`: floating remainder (C's `fmod`).
    pub frem: HelperId,
}

/// The table of remembered calls that the stub of the helper for dynamic calls looks into.
///
/// It hangs off the task, so that no two threads use one. Its first word is the type of types, the
/// second unused; a power of two of words follows, all of them entries, two for each hash. A call with arguments
/// `(callee, rest...)` is remembered under one key per argument: the address of its type, or, if that is the type of
/// types, the argument's own address with the lowest bit set. An entry never changes once it is in a table. Its tag is
/// the world, shifted, and the number of arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallTable {
    /// `(args: i64, n: i64) -> ref`: calls `args[0]` with the others. Its stub looks up calls with one argument.
    pub helper: HelperId,
    /// The same, and fills the table. Its stub looks up calls with other numbers of arguments.
    pub many: HelperId,
    /// In the task: the table, or null.
    pub task_table: u32,
    /// In the table: the number of words.
    pub table_length: i32,
    /// In the table: the first word.
    pub table_first: i32,
    /// In an entry: the tag.
    pub entry_tag: i32,
    /// In an entry: address of the boxed entry of the code called.
    pub entry_invoke: i32,
    /// In an entry: its code instance.
    pub entry_code_instance: i32,
    /// In an entry: the first key. There is room for [`CallTable::MAX_ARGS`].
    pub entry_keys: i32,
}

impl CallTable {
    /// Most arguments of a remembered call, the callee included.
    pub const MAX_ARGS: usize = 5;
    /// By how much the world is shifted in a tag.
    pub const TAG_SHIFT: u32 = 3;
    /// Keys are combined by exclusive or, the key of argument `i` rotated left by `i` times this.
    pub const TURN: u32 = 11;
    /// What the combination is multiplied by.
    pub const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    /// By how much the product is shifted right.
    pub const SHIFT: u32 = 36;
}

/// The description of an embedder's run-time system.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RuntimeAbi {
    /// Offsets in the task.
    pub task: TaskLayout,
    /// Objects.
    pub object: ObjectLayout,
    /// Every helper, by number.
    pub helpers: Vec<Helper>,
    /// The ones lowering needs.
    pub well_known: WellKnownHelpers,
    /// The table of remembered calls, if there is one.
    pub calls: Option<CallTable>,
}

impl RuntimeAbi {
    /// The helper with this name.
    pub fn helper_named(&self, name: &str) -> Option<HelperId> {
        self.helpers.iter().position(|helper| helper.name == name).map(|index| HelperId::from_u32(index as u32))
    }

    /// The helper with this number.
    pub fn helper(&self, id: HelperId) -> &Helper {
        &self.helpers[id.as_u32() as usize]
    }

    /// The free-list index for a payload of `bytes`, if it is allocated inline.
    pub fn size_class(&self, bytes: u32) -> Option<usize> {
        self.object.class_payloads.iter().position(|&payload| bytes <= payload)
    }

    /// A stable hash of the whole description (FNV-1a over its canonical text): what images must agree on.
    pub fn hash(&self) -> u64 {
        let text = format!("{self:?}");
        text.bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }
}
