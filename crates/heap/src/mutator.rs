//! Mutators: allocation and the write barrier.
//!
//! Each task has a `Mutator`, which begins with one list of free cells per size class, so that compiled code can
//! allocate without a call. The fast path pops a cell and writes its header; the slow path asks the space for more
//! cells and collects when that says so.
//!
//! Several mutators may exist; one runs at a time. A collection asserts that every other one is on the collecting thread
//! or was marked as stopped, because there are no safepoints yet.

use crate::describe::{HeapObject, TailObject};
use crate::gc::{Field, Gc, UNLOGGED, Value};
use crate::heap::{Heap, HeapInner};
use crate::layout::{OffsetTable, TypeHead};
use crate::size_class::{CELL_BYTES, N_SIZE_CLASSES, class_index};
use crate::space::Refusal;
use crate::stack::{native_stack_base, thread_token};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::sync::Arc;

/// The heads of a mutator's lists of free cells, at a fixed place for compiled code.
#[repr(C)]
pub struct AllocBuffers {
    /// Per size class the payload address of a free cell, null if there is none. The next free cell's payload address
    /// is in the cell's first payload word; the rest of its payload is zero.
    ///
    /// Compiled code takes a cell by storing its link here and the type in its header, and must write the first
    /// payload word before it builds a segment; until then a collection sees the link and ignores it.
    pub free: [Cell<*mut u8>; N_SIZE_CLASSES],
}

impl AllocBuffers {
    /// Bytes from the start of a `Mutator` to the list head of the size class with this index.
    pub const fn offset_of_class(index: u32) -> usize {
        assert!((index as usize) < N_SIZE_CLASSES);
        std::mem::offset_of!(AllocBuffers, free) + index as usize * size_of::<Cell<*mut u8>>()
    }
}

/// Even a collection did not make room for an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory {
    /// Payload bytes that were asked for.
    pub payload_bytes: u64,
}

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "out of memory: no room for an object of {} bytes", self.payload_bytes)
    }
}

impl std::error::Error for OutOfMemory {}

/// A task's access to the heap. `repr(C)` with the allocation buffers first.
#[repr(C)]
pub struct Mutator {
    buffers: AllocBuffers,
    heap: Arc<HeapInner>,
    id: usize,
    /// Where the scan of the current stack ends.
    stack_base: Cell<usize>,
    /// Parts of stacks left behind by `switch_stack`: (lowest address in use, end).
    left: RefCell<Vec<(usize, usize)>>,
    /// The thread that runs this mutator; zero while it is stopped.
    thread: Cell<usize>,
    /// This mutator's address as the registry knows it.
    registered_at: Cell<*const Mutator>,
    /// Allocations that could have collected, for stress.
    stress_count: Cell<u32>,
    _pinned: PhantomPinned,
}

// Compiled code finds the lists at the mutator's own address.
const _: () = assert!(std::mem::offset_of!(Mutator, buffers) == 0);

/// The mutators of a heap.
#[derive(Default)]
pub(crate) struct MutatorRegistry {
    /// By mutator id; `None` where a mutator was dropped, null where one has not allocated yet.
    pub(crate) mutators: Vec<Option<*const Mutator>>,
}

// SAFETY: the pointers are followed only by a collection, which asserts that the mutators are stopped or on its thread.
unsafe impl Send for MutatorRegistry {}

impl Heap {
    /// A mutator for the calling thread, on its native stack.
    pub fn mutator(&self) -> Pin<Box<Mutator>> {
        // SAFETY: it is pinned at once.
        Box::pin(unsafe { Mutator::new(self, native_stack_base()) })
    }
}

impl Mutator {
    /// A mutator to embed in a task that runs on the calling thread. `stack_base` is the end (highest address) of the
    /// stack to scan, usually `native_stack_base()`.
    ///
    /// # Safety
    /// The mutator does not move from its first use until it is dropped, and is dropped, not forgotten, before its
    /// memory is reused. The stack below `stack_base` down to the stack pointer of any call is readable.
    pub unsafe fn new(heap: &Heap, stack_base: usize) -> Mutator {
        let heap = heap.inner.clone();
        let id = {
            let mut registry = heap.mutators();
            registry.mutators.push(Some(ptr::null()));
            registry.mutators.len() - 1
        };
        Mutator {
            buffers: AllocBuffers { free: [const { Cell::new(ptr::null_mut()) }; N_SIZE_CLASSES] },
            heap,
            id,
            stack_base: Cell::new(stack_base),
            left: RefCell::default(),
            thread: Cell::new(thread_token()),
            registered_at: Cell::new(ptr::null()),
            stress_count: Cell::new(0),
            _pinned: PhantomPinned,
        }
    }

    /// The heap.
    pub fn heap(&self) -> Heap {
        Heap { inner: self.heap.clone() }
    }

    /// The lists that compiled code allocates from.
    pub fn buffers(&self) -> &AllocBuffers {
        &self.buffers
    }

    // ---- Allocation ----

    /// A new object of the fixed-size type `ty`, its payload zero. May collect. Aborts when memory is exhausted.
    #[inline]
    pub fn alloc(&self, ty: Gc<TypeHead>) -> Value {
        self.try_alloc(ty).unwrap_or_else(|error| exhausted(error))
    }

    /// Like `alloc`, with exhausted memory as an error.
    #[inline]
    pub fn try_alloc(&self, ty: Gc<TypeHead>) -> Result<Value, OutOfMemory> {
        debug_assert_eq!(ty.layout.tail_element_size, 0, "the type at {:#x} has a tail", ty.addr());
        self.try_alloc_bytes(ty, ty.layout.size as usize)
    }

    /// A new object of `ty` with `length` tail elements; its length is set, the rest of its payload zero. May collect.
    /// Aborts when memory is exhausted.
    #[inline]
    pub fn alloc_tail(&self, ty: Gc<TypeHead>, length: u64) -> Value {
        self.try_alloc_tail(ty, length).unwrap_or_else(|error| exhausted(error))
    }

    /// Like `alloc_tail`, with exhausted memory (and a length whose size overflows) as an error.
    #[inline]
    pub fn try_alloc_tail(&self, ty: Gc<TypeHead>, length: u64) -> Result<Value, OutOfMemory> {
        let layout = &ty.layout;
        debug_assert_ne!(layout.tail_element_size, 0, "the type at {:#x} has no tail", ty.addr());
        let bytes = layout.payload_bytes(length).filter(|&bytes| bytes <= MAX_PAYLOAD);
        let bytes = bytes.ok_or(OutOfMemory { payload_bytes: u64::MAX })?;
        let value = self.try_alloc_bytes(ty, bytes as usize)?;
        // SAFETY: the layout says that the length word is there, in the fixed part of the object just made.
        unsafe { value.as_ptr().cast::<u8>().add(layout.tail_length_offset as usize).cast::<u64>().write(length) };
        Ok(value)
    }

    /// A new object with the fields of `object`. May collect. Aborts when memory is exhausted.
    ///
    /// # Safety
    /// The layout of `ty` is that of `T`'s description, and `T` has no tail.
    #[inline]
    pub unsafe fn alloc_init<T: HeapObject>(&self, ty: Gc<TypeHead>, object: T) -> Gc<T> {
        debug_assert_eq!(ty.layout.size, T::SIZE, "the type at {:#x} is not that of {}", ty.addr(), T::NAME);
        // SAFETY: the caller promises that the new zeroed object has the layout of `T`, so there is room for its fields.
        unsafe {
            let new = self.alloc(ty).cast::<T>();
            object.write_fields(new.as_ptr());
            new
        }
    }

    /// A new object with the fields of `object` and `length` zero tail elements; its length field is set to `length`.
    /// May collect. Aborts when memory is exhausted.
    ///
    /// # Safety
    /// The layout of `ty` is that of `T`'s description.
    pub unsafe fn alloc_tail_init<T: TailObject>(&self, ty: Gc<TypeHead>, object: T, length: u64) -> Gc<T> {
        debug_assert_eq!(ty.layout.size, T::SIZE, "the type at {:#x} is not that of {}", ty.addr(), T::NAME);
        // SAFETY: as in `alloc_init`; the length word lies in the fixed part and is written last.
        unsafe {
            let new = self.alloc_tail(ty, length).cast::<T>();
            object.write_fields(new.as_ptr());
            new.as_ptr().cast::<u8>().add(ty.layout.tail_length_offset as usize).cast::<u64>().write(length);
            new
        }
    }

    /// A zeroed object of `payload_bytes` without a type, for making the first types. It is a leaf to the
    /// collector until `Gc::set_type` is called. May collect. Aborts when memory is exhausted.
    pub fn alloc_untyped(&self, payload_bytes: usize) -> Value {
        self.try_alloc_header(0, payload_bytes).unwrap_or_else(|error| exhausted(error))
    }

    /// An offset table with these entries, of the type `ty`, whose layout is that of `OffsetTable::describe`.
    /// May collect. Aborts when memory is exhausted.
    pub fn alloc_offset_table(&self, ty: Gc<TypeHead>, entries: &[u32]) -> Gc<OffsetTable> {
        assert_eq!(
            (ty.layout.size, ty.layout.tail_element_size),
            (8, 4),
            "{:#x} is the offset tables' type",
            ty.addr()
        );
        let table = self.alloc_tail(ty, entries.len() as u64);
        // SAFETY: the layout just checked gives the object a length and that many u32 elements.
        unsafe {
            ptr::copy_nonoverlapping(entries.as_ptr(), table.as_ptr().cast::<u8>().add(8).cast(), entries.len());
            table.cast()
        }
    }

    /// Allocates `payload_bytes` for an object of `ty`, whatever its layout says, zeroed. May collect.
    #[inline]
    pub fn try_alloc_bytes(&self, ty: Gc<TypeHead>, payload_bytes: usize) -> Result<Value, OutOfMemory> {
        self.try_alloc_header(ty.addr(), payload_bytes)
    }

    #[inline(always)]
    fn try_alloc_header(&self, header: usize, payload_bytes: usize) -> Result<Value, OutOfMemory> {
        let Some(class) = class_index(payload_bytes) else {
            return self.alloc_large(header, payload_bytes);
        };
        let list = &self.buffers.free[class];
        let mut cell = list.get();
        if cell.is_null() {
            cell = self.refill(class, payload_bytes)?;
        }
        // SAFETY: list heads are free cells that belong to this mutator: the header is the word before, the link the
        // first payload word.
        unsafe {
            list.set(cell.cast::<*mut u8>().read());
            cell.cast::<u64>().write(0);
            cell.sub(8).cast::<u64>().write(header as u64);
            Ok(Gc::from_addr(cell.expose_provenance()))
        }
    }

    /// Makes the list of `class` non-empty; its head.
    #[cold]
    #[inline(never)]
    fn refill(&self, class: usize, payload_bytes: usize) -> Result<*mut u8, OutOfMemory> {
        let max_cells = if self.heap.stress != 0 { 1 } else { usize::MAX };
        let list = self.with_space(payload_bytes, |space, may_collect| space.refill(class, max_cells, may_collect))?;
        self.buffers.free[class].set(list);
        Ok(list)
    }

    #[cold]
    #[inline(never)]
    fn alloc_large(&self, header: usize, payload_bytes: usize) -> Result<Value, OutOfMemory> {
        if payload_bytes as u64 > MAX_PAYLOAD {
            return Err(OutOfMemory { payload_bytes: payload_bytes as u64 });
        }
        let new = self.with_space(payload_bytes, |space, may_collect| space.alloc_large(payload_bytes, may_collect))?;
        // SAFETY: `alloc_large` gave room for a header and payload.
        unsafe {
            new.sub(8).cast::<u64>().write(header as u64);
            Ok(Gc::from_addr(new.expose_provenance()))
        }
    }

    /// Asks the space, collecting where it is due or the reservation is used up.
    fn with_space(
        &self,
        payload_bytes: usize,
        mut ask: impl FnMut(&mut crate::space::Space, bool) -> Result<*mut u8, Refusal>,
    ) -> Result<*mut u8, OutOfMemory> {
        self.register();
        let mut may_collect = !self.heap.is_deferred();
        if may_collect && self.is_stressed() {
            self.collect_now();
            may_collect = false;
        }
        loop {
            // A statement of its own: the lock must be released before a collection.
            let answer = ask(&mut self.heap.space(), may_collect);
            match answer {
                Ok(cells) => return Ok(cells),
                Err(_) if may_collect => self.collect_now(),
                Err(_) => return Err(OutOfMemory { payload_bytes: payload_bytes as u64 }),
            }
            may_collect = false;
        }
    }

    /// Whether stress asks for a collection at this allocation.
    fn is_stressed(&self) -> bool {
        let period = self.heap.stress;
        let n = self.stress_count.get().wrapping_add(1);
        self.stress_count.set(n);
        period != 0 && n.is_multiple_of(period)
    }

    /// Bytes of cells and large objects handed out so far, headers included. Free cells in this mutator's lists, which
    /// `GcStats` counts, are not among them.
    pub fn bytes_allocated(&self) -> u64 {
        let mut unused = 0;
        for (class, list) in self.buffers.free.iter().enumerate() {
            let mut cell = list.get();
            while !cell.is_null() {
                unused += u64::from(CELL_BYTES[class]);
                // SAFETY: list heads are free cells that belong to this mutator, linked through the first payload word.
                cell = unsafe { cell.cast::<*mut u8>().read() };
            }
        }
        self.heap.space().bytes_allocated.saturating_sub(unused)
    }

    // ---- Barrier ----

    /// Stores `value` into `field`, a field of `owner`, after the write barrier.
    #[inline]
    pub fn write<O, T>(&self, owner: Gc<O>, field: &Field<T>, value: Option<Gc<T>>) {
        self.barrier(owner);
        field.store(value);
    }

    /// The write barrier: must run before a pointer field of `owner` is written by other means than `write`.
    #[inline]
    pub fn barrier<O>(&self, owner: Gc<O>) {
        if owner.header() & UNLOGGED != 0 {
            // SAFETY: a `Gc` points to a live object.
            unsafe { self.heap.log_object(owner.addr()) };
        }
    }

    /// Stores a nullable pointer at `offset` bytes into `owner`, after the write barrier.
    ///
    /// # Safety
    /// The layout of `owner` has a pointer at `offset`, and the type of the object there may be that of `value`.
    #[inline]
    pub unsafe fn write_at(&self, owner: Value, offset: usize, value: Option<Value>) {
        self.barrier(owner);
        // SAFETY: the caller names a pointer word of the object.
        unsafe { owner.as_ptr().cast::<u8>().add(offset).cast::<Option<Value>>().write(value) };
    }

    // ---- Collection and stacks ----

    /// Collects now, unless a `no_collect` guard lives.
    #[inline(never)]
    pub fn collect(&self) {
        self.register();
        if !self.heap.is_deferred() {
            self.collect_now();
        }
    }

    #[inline(never)]
    fn collect_now(&self) {
        crate::collect::collect(self);
    }

    /// Goes over to another stack, whose highest address is `stack_base`: what is in use of the old one, from the
    /// caller's frame up, is scanned as it is now. `resume_stack` undoes it.
    #[inline(never)]
    pub fn switch_stack(&self, stack_base: usize) {
        crate::stack::with_registers_on_stack(|lowest| {
            self.left.borrow_mut().push((lowest, self.stack_base.get()));
        });
        self.stack_base.set(stack_base);
    }

    /// Goes back to the stack that the last `switch_stack` left.
    pub fn resume_stack(&self) {
        let (_, base) = self.left.borrow_mut().pop().expect("a stack was left");
        self.stack_base.set(base);
    }

    /// Says that this mutator runs no more until `start`: its stack, from the caller's frame up, is scanned as it is
    /// now, and another thread may collect.
    #[inline(never)]
    pub fn stop(&self) {
        self.switch_stack(0);
        self.thread.set(0);
    }

    /// Ends `stop`, on the calling thread.
    pub fn start(&self) {
        self.resume_stack();
        self.thread.set(thread_token());
    }

    /// The end of the current stack.
    pub(crate) fn stack_base(&self) -> usize {
        self.stack_base.get()
    }

    /// Stack parts left behind.
    pub(crate) fn left_stacks(&self) -> Vec<(usize, usize)> {
        self.left.borrow().clone()
    }

    /// The thread that runs this mutator, zero if it is stopped.
    pub(crate) fn thread(&self) -> usize {
        self.thread.get()
    }

    /// Forgets the free cells, which the next sweep finds again.
    pub(crate) fn drop_buffers(&self) {
        self.buffers.free.iter().for_each(|list| list.set(ptr::null_mut()));
    }

    pub(crate) fn heap_inner(&self) -> &HeapInner {
        &self.heap
    }

    /// Tells the registry where this mutator is, and asserts that this thread may run it.
    fn register(&self) {
        assert_eq!(self.thread.get(), thread_token(), "mutator {} is used by the thread that runs it", self.id);
        let address = ptr::from_ref(self);
        if self.registered_at.get() != address {
            assert!(self.registered_at.get().is_null(), "mutator {} has moved since it was first used", self.id);
            self.heap.mutators().mutators[self.id] = Some(address);
            self.registered_at.set(address);
        }
    }
}

impl Drop for Mutator {
    fn drop(&mut self) {
        self.heap.mutators().mutators[self.id] = None;
    }
}

/// Far above any reservation, far below what would overflow an address.
const MAX_PAYLOAD: u64 = 1 << 46;

/// Ends the process: even the whole reservation does not hold the program's objects.
#[cold]
fn exhausted(error: OutOfMemory) -> ! {
    eprintln!("{error}");
    std::process::abort()
}
