//! `Gc`, the pointer to a heap object, and the header word before each object.
//!
//! A `Gc` is the address of an object's payload: 16-byte aligned, with the header in the word before.
//! The header is the address of the object's type with four flag bits. `Gc` is a plain pointer: it roots
//! nothing by itself. A `Gc` in a stack frame or a register is found by the conservative scan; a `Gc`
//! in malloc memory is not found at all and belongs in one of the containers of `roots`.
//!
//! Nothing here allocates or traces.

use crate::layout::TypeHead;
use std::cell::Cell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicU64, Ordering};

/// Header flag: the object is old (it lies in an image) and not yet in the heap's log; the write barrier tests it.
pub const UNLOGGED: u64 = 1;
/// Header flag: an identity hash of the object was handed out.
pub const HAS_HASH: u64 = 2;
/// Header flag: the object lies in an image segment.
pub const IMAGE: u64 = 4;
/// Header flag of a free cell; no object carries it.
pub const FREE: u64 = 8;
/// All flag bits of a header; the other bits are the type's address.
pub const FLAGS: u64 = 15;

/// Bytes between an object's header and its payload, which is also the header's size.
pub const HEADER_BYTES: usize = 8;

/// An object of unknown type. It has no size of its own: its header says which layout it has.
#[repr(C)]
pub struct Object {
    opaque: [u8; 0],
}

/// An object whose Rust type is not known statically.
pub type Value = Gc<Object>;

/// A non-null pointer to the payload of a heap object that Rust sees as a `T`.
///
/// Equality and hash go by address. Whoever creates a `Gc` (`from_addr`, `cast`, allocation) promises that it points
/// to a live object with a `T` at its start; whoever keeps it keeps it where the collector looks.
#[repr(transparent)]
pub struct Gc<T = Object>(NonNull<T>);

impl<T> Gc<T> {
    /// The pointer for the object whose payload is at `address`.
    ///
    /// # Safety
    /// `address` is the payload address of a live object whose payload starts with a valid `T`.
    #[inline(always)]
    pub unsafe fn from_addr(address: usize) -> Gc<T> {
        debug_assert!(address != 0 && address.is_multiple_of(16), "no object can be at {address:#x}");
        // SAFETY: the caller gives the address of an object, which is never zero.
        Gc(unsafe { NonNull::new_unchecked(ptr::with_exposed_provenance_mut(address)) })
    }

    /// The payload's address in bytes, a multiple of 16.
    #[inline(always)]
    pub fn addr(self) -> usize {
        self.0.as_ptr().expose_provenance()
    }

    /// The same object with its Rust type forgotten.
    #[inline(always)]
    pub fn erase(self) -> Value {
        Gc(self.0.cast())
    }

    /// The same object seen as a `U`.
    ///
    /// # Safety
    /// The object's payload starts with a valid `U`.
    #[inline(always)]
    pub unsafe fn cast<U>(self) -> Gc<U> {
        Gc(self.0.cast())
    }

    /// A raw pointer to the payload; valid for the object's whole payload, not only for a `T`.
    #[inline(always)]
    pub fn as_ptr(self) -> *mut T {
        ptr::with_exposed_provenance_mut(self.addr())
    }

    /// The header word: type address and flags.
    #[inline(always)]
    pub fn header(self) -> u64 {
        self.header_word().load(Ordering::Relaxed)
    }

    /// The flag bits of the header.
    #[inline(always)]
    pub fn flags(self) -> u64 {
        self.header() & FLAGS
    }

    /// Whether the object lies in an image segment.
    #[inline(always)]
    pub fn in_image(self) -> bool {
        self.header() & IMAGE != 0
    }

    /// The address of the object's type; zero for an object allocated before any type existed.
    #[inline(always)]
    pub fn type_addr(self) -> usize {
        (self.header() & !FLAGS) as usize
    }

    /// The object's type, seen as far as the heap knows types.
    ///
    /// Panics if the object has no type yet (`Mutator::alloc_untyped` without `set_type`).
    #[inline(always)]
    pub fn type_head(self) -> Gc<TypeHead> {
        let address = self.type_addr();
        assert!(address != 0, "object {:#x} has no type yet", self.addr());
        // SAFETY: a non-zero type address in a live object's header is that of a live type object.
        unsafe { Gc::from_addr(address) }
    }

    /// Gives the object the type `ty`, keeping its flags. Needed while the first types are made.
    ///
    /// # Safety
    /// The object's payload agrees with the layout of `ty`, and its allocation was big enough for it.
    pub unsafe fn set_type(self, ty: Gc<TypeHead>) {
        let flags = self.flags();
        self.header_word().store(ty.addr() as u64 | flags, Ordering::Relaxed);
    }

    /// Records in the header that an identity hash was handed out.
    pub fn set_has_hash(self) {
        self.header_word().fetch_or(HAS_HASH, Ordering::Relaxed);
    }

    #[inline(always)]
    pub(crate) fn header_word<'heap>(self) -> &'heap AtomicU64 {
        // SAFETY: every object has its header in the 8 bytes before its 16-byte aligned payload, and the object is
        // live, as whoever created this `Gc` promised.
        unsafe { &*ptr::with_exposed_provenance::<AtomicU64>(self.addr() - HEADER_BYTES) }
    }
}

impl<T> Clone for Gc<T> {
    #[inline(always)]
    fn clone(&self) -> Gc<T> {
        *self
    }
}

impl<T> Copy for Gc<T> {}

impl<T> PartialEq for Gc<T> {
    #[inline(always)]
    fn eq(&self, other: &Gc<T>) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Gc<T> {}

impl<T> Hash for Gc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.addr());
    }
}

impl<T> Deref for Gc<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: whoever created this `Gc` promised a live object with a valid `T` at its start. Shared references
        // are all that is ever made; fields that change are `Field`, `Cell` or atomic.
        unsafe { self.0.as_ref() }
    }
}

impl<T> fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gc({:#x})", self.0.as_ptr() as usize)
    }
}

/// A pointer field that may be null and may change after its owner was made.
///
/// Reading is free. Writing goes through `Mutator::write`, because an owner in an image must be logged first.
#[repr(transparent)]
pub struct Field<T = Object>(Cell<Option<Gc<T>>>);

impl<T> Field<T> {
    /// A field holding `value`, for building an object that is then allocated.
    pub fn new(value: Option<Gc<T>>) -> Field<T> {
        Field(Cell::new(value))
    }

    /// A null field.
    pub fn null() -> Field<T> {
        Field(Cell::new(None))
    }

    /// What the field points to.
    #[inline(always)]
    pub fn get(&self) -> Option<Gc<T>> {
        self.0.get()
    }

    /// What the field points to, which must not be null. Panics if it is.
    #[inline(always)]
    #[track_caller]
    pub fn unwrap(&self) -> Gc<T> {
        self.0.get().expect("the field is not null")
    }

    /// Stores without a barrier: for `Mutator::write`, which has run it, and for the collector.
    #[inline(always)]
    pub(crate) fn store(&self, value: Option<Gc<T>>) {
        self.0.set(value);
    }
}

impl<T> Default for Field<T> {
    fn default() -> Field<T> {
        Field::null()
    }
}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
