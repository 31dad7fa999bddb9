//! The atomic operations the publication protocol needs, and their native implementation. No other operation, and no
//! other ordering, is available to it.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

/// A family of atomics: the processor's, or a model checker's.
pub trait Atomics {
    /// A pointer-sized word.
    type Word: AtomicWord;
    /// A byte of flags.
    type Byte: AtomicByte;
    /// A null word.
    fn word() -> Self::Word;
    /// A zero byte.
    fn byte() -> Self::Byte;
    /// Called while waiting for another thread.
    fn pause();
}

/// An atomic word.
pub trait AtomicWord {
    /// Loads, acquire.
    fn load_acquire(&self) -> usize;
    /// Stores, release.
    fn store_release(&self, value: usize);
    /// Replaces null by `value`, acquire and release; whether it was null.
    fn exchange_null_acq_rel(&self, value: usize) -> bool;
}

/// An atomic byte.
pub trait AtomicByte {
    /// Loads, relaxed.
    fn load_relaxed(&self) -> u8;
    /// Loads, acquire.
    fn load_acquire(&self) -> u8;
    /// Stores, relaxed.
    fn store_relaxed(&self, value: u8);
    /// Stores, release.
    fn store_release(&self, value: u8);
}

/// The processor's atomics.
pub struct Native;

impl Atomics for Native {
    type Word = AtomicUsize;
    type Byte = AtomicU8;
    fn word() -> AtomicUsize {
        AtomicUsize::new(0)
    }
    fn byte() -> AtomicU8 {
        AtomicU8::new(0)
    }
    fn pause() {
        std::hint::spin_loop();
    }
}

/// Implements the traits for a family's types; the method bodies are the same for all.
macro_rules! implement_atomics {
    ($word:ty, $byte:ty, $ordering:ident) => {
        impl AtomicWord for $word {
            fn load_acquire(&self) -> usize {
                self.load($ordering::Acquire)
            }
            fn store_release(&self, value: usize) {
                self.store(value, $ordering::Release);
            }
            fn exchange_null_acq_rel(&self, value: usize) -> bool {
                self.compare_exchange(0, value, $ordering::AcqRel, $ordering::Acquire).is_ok()
            }
        }

        impl AtomicByte for $byte {
            fn load_relaxed(&self) -> u8 {
                self.load($ordering::Relaxed)
            }
            fn load_acquire(&self) -> u8 {
                self.load($ordering::Acquire)
            }
            fn store_relaxed(&self, value: u8) {
                self.store(value, $ordering::Relaxed);
            }
            fn store_release(&self, value: u8) {
                self.store(value, $ordering::Release);
            }
        }
    };
}

implement_atomics!(AtomicUsize, AtomicU8, Ordering);

#[cfg(test)]
pub(super) mod loom_atomics {
    use super::{AtomicByte, AtomicWord, Atomics};
    use loom::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

    /// The model checker's atomics.
    pub struct Modelled;

    impl Atomics for Modelled {
        type Word = AtomicUsize;
        type Byte = AtomicU8;
        fn word() -> AtomicUsize {
            AtomicUsize::new(0)
        }
        fn byte() -> AtomicU8 {
            AtomicU8::new(0)
        }
        fn pause() {
            loom::thread::yield_now();
        }
    }

    implement_atomics!(AtomicUsize, AtomicU8, Ordering);
}
