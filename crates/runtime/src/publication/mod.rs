//! The publication protocol of compiled code: how a code instance's entry points become visible to other threads.
//!
//! An [`EntryCell`] has three fields, `invoke`, `flags` and `specptr`, and every combination a reader can see must be
//! callable. The states are
//!
//! | state | invoke | flags | specptr |
//! |---|---|---|---|
//! | initial | null | 00 | null |
//! | compiled, no specialisation | f | 00 | null |
//! | specialised signature unnecessary | f | 10 | p |
//! | specialised signature needed | f | 11 | p |
//!
//! The low flag bit ([`SPECIALIZED`]) says that `specptr` takes unboxed arguments; the high one ([`READY`]) that `invoke`
//! and the low bit belong to the `specptr` beside them. A pointer that was ever visible stays callable for ever.
//!
//! The protocol is generic over the atomics ([`Atomics`]), so that a model checker runs this very code. Nothing else
//! touches the cells, except compiled code, which reads them as [`EntryCell::read`] does. This file compiles nothing and
//! frees nothing.

mod atomics;
#[cfg(test)]
mod model;

pub use atomics::{AtomicByte, AtomicWord, Atomics, Native};

/// Flag: `specptr` takes the specialised signature.
pub const SPECIALIZED: u8 = 0b01;
/// Flag: `invoke` and [`SPECIALIZED`] belong to `specptr`.
pub const READY: u8 = 0b10;

/// The entry points of one code instance. Pointers are addresses; 0 is null.
///
/// The layout is read by compiled code: `invoke` at 0, `flags` at 8, `specptr` at 16, 24 bytes in all. All zero is the
/// initial state, so that a fresh mapping is an array of cells.
#[repr(C)]
pub struct EntryCell<A: Atomics = Native> {
    invoke: A::Word,
    flags: A::Byte,
    specptr: A::Word,
}

/// A consistent view of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Address of the boxed entry; 0: not executable yet.
    pub invoke: usize,
    /// [`SPECIALIZED`] and [`READY`], meaningful when `specptr` is not 0.
    pub flags: u8,
    /// Address of the specialised entry; 0: none.
    pub specptr: usize,
}

/// What became of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// The caller's code is visible.
    Ours,
    /// Another thread's was first; the caller discards its own.
    Theirs,
}

impl<A: Atomics> EntryCell<A> {
    /// A cell in the initial state.
    pub fn new() -> Self {
        Self { invoke: A::word(), flags: A::byte(), specptr: A::word() }
    }

    /// Publishes code without a specialised entry: `invoke` must not read the cell. Does nothing if anything is there.
    pub fn publish_unspecialized(&self, invoke: usize) -> Published {
        debug_assert_ne!(invoke, 0, "null is not an entry");
        if self.invoke.exchange_null_acq_rel(invoke) { Published::Ours } else { Published::Theirs }
    }

    /// Publishes a specialised entry with the `invoke` that fits it. May follow
    /// [`publish_unspecialized`](Self::publish_unspecialized): the old `invoke` stays valid for those who read it.
    ///
    /// The steps are the writer's of the protocol, in its order.
    pub fn publish(&self, invoke: usize, specptr: usize, specialized: bool) -> Published {
        debug_assert!(invoke != 0 && specptr != 0, "null is not an entry");
        // (1) Claim `specptr`; (2) whoever comes second waits until the first is ready.
        if !self.specptr.exchange_null_acq_rel(specptr) {
            self.wait_until_ready();
            return Published::Theirs;
        }
        // (3) The low bit: nobody reads it before the high one is there.
        let low = if specialized { SPECIALIZED } else { 0 };
        self.flags.store_relaxed(low);
        // (4) `invoke`, (5) the high bit.
        self.invoke.store_release(invoke);
        self.flags.store_release(low | READY);
        Published::Ours
    }

    /// Replaces the specialised entry by an equivalent one (better code of the same signature). The old one may still be
    /// called by those who read it.
    pub fn update(&self, specptr: usize) {
        debug_assert_ne!(specptr, 0, "null is not an entry");
        self.specptr.store_release(specptr);
    }

    /// A consistent view, waiting for a writer that is halfway.
    pub fn read(&self) -> Entry {
        loop {
            if let Some(entry) = self.read_once() {
                return entry;
            }
            A::pause();
        }
    }

    /// A consistent view: the reader's steps of the protocol, in its order. `None` if a writer has claimed `specptr` and
    /// is not ready: the reader starts again. (A model of several threads that wait tries this, because a model checker
    /// does not end where two threads wait for a third.)
    fn read_once(&self) -> Option<Entry> {
        // (1) and (2).
        let initial = self.invoke.load_acquire();
        if initial == 0 {
            return Some(Entry { invoke: 0, flags: 0, specptr: 0 });
        }
        // (3) and (4): without a specialised entry the flags mean nothing.
        let specptr = self.specptr.load_acquire();
        if specptr == 0 {
            return Some(Entry { invoke: initial, flags: 0, specptr: 0 });
        }
        // (5) to (8): the `invoke` that goes with this `specptr` is there once the high bit is.
        if self.flags.load_acquire() & READY == 0 {
            return None;
        }
        let invoke = self.invoke.load_acquire();
        Some(Entry { invoke, flags: self.flags.load_relaxed(), specptr })
    }

    fn wait_until_ready(&self) {
        while self.flags.load_acquire() & READY == 0 {
            A::pause();
        }
    }
}

impl<A: Atomics> Default for EntryCell<A> {
    fn default() -> Self {
        Self::new()
    }
}

const _: () = {
    assert!(size_of::<EntryCell<Native>>() == 24);
    assert!(std::mem::offset_of!(EntryCell<Native>, invoke) == 0);
    assert!(std::mem::offset_of!(EntryCell<Native>, flags) == 8);
    assert!(std::mem::offset_of!(EntryCell<Native>, specptr) == 16);
};
