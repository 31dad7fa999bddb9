//! The heap: its configuration, its parts and their locks, image ranges, the log of changed image objects, figures.
//!
//! A `Heap` is a handle; clones share one heap, whose memory lives as long as a handle, mutator or container does.
//! Allocation is in `mutator`, collection in `collect`.
//!
//! Lock order: mutators, roots, finalizers, object ids, log, space. No lock is held while code of the embedder runs.

use crate::arena::Arena;
use crate::finalize::Finalizers;
use crate::gc::{Gc, UNLOGGED, Value};
use crate::mutator::MutatorRegistry;
use crate::roots::RootRegistry;
use crate::space::Space;
use rustc_hash::FxHashMap;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// How to make a heap.
#[derive(Clone, Copy, Debug)]
pub struct HeapConfig {
    /// Address space to reserve, in bytes: the most the heap can ever hold. Costs no memory.
    pub reserve_bytes: usize,
    /// What the heap should stay near, in bytes, as long as the live objects fit.
    pub size_hint: Option<u64>,
    /// Stress: collect at every so many allocations, whether it is due or not, 1 at each. 0: no stress.
    pub stress: u32,
    /// Where the reservation must begin, a multiple of 64 KiB; anywhere if `None`.
    pub address: Option<usize>,
}

impl Default for HeapConfig {
    fn default() -> HeapConfig {
        HeapConfig { reserve_bytes: 64 << 30, size_hint: None, stress: 0, address: None }
    }
}

/// A range of addresses that holds image objects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImageRange {
    /// First address.
    pub base: usize,
    /// Bytes.
    pub len: usize,
}

/// What the collector has done so far.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GcStats {
    /// Number of collections.
    pub collections: u64,
    /// Bytes of cells and large objects handed out.
    pub bytes_allocated: u64,
    /// Bytes of objects alive after the last collection.
    pub live_bytes: u64,
    /// Nanoseconds spent in collections.
    pub total_pause_ns: u64,
    /// Nanoseconds of the longest collection.
    pub max_pause_ns: u64,
}

/// A handle to a heap.
#[derive(Clone)]
pub struct Heap {
    pub(crate) inner: Arc<HeapInner>,
}

pub(crate) struct HeapInner {
    pub(crate) stress: u32,
    /// Number of `NoCollect` guards.
    deferred: AtomicU32,
    mutators: Mutex<MutatorRegistry>,
    roots: Mutex<RootRegistry>,
    finalizers: Mutex<Finalizers>,
    /// Identity numbers of objects whose header says that one was handed out.
    object_ids: Mutex<FxHashMap<usize, u64>>,
    /// Addresses of image objects that were written since they were loaded.
    log: Mutex<Vec<usize>>,
    space: Mutex<Space>,
    images: RwLock<Vec<ImageRange>>,
    stats: Mutex<GcStats>,
}

macro_rules! locks {
    ($($name:ident: $ty:ty),* $(,)?) => { $(
        pub(crate) fn $name(&self) -> MutexGuard<'_, $ty> {
            // A panic while a lock is held is our bug and already on its way to the user.
            self.$name.lock().unwrap_or_else(PoisonError::into_inner)
        }
    )* };
}

impl HeapInner {
    locks! {
        mutators: MutatorRegistry,
        roots: RootRegistry,
        finalizers: Finalizers,
        object_ids: FxHashMap<usize, u64>,
        log: Vec<usize>,
        space: Space,
        stats: GcStats,
    }

    /// Whether collections are put off by a guard.
    pub(crate) fn is_deferred(&self) -> bool {
        self.deferred.load(Ordering::Relaxed) != 0
    }

    /// The write barrier's slow path; see `Heap::log_object`.
    ///
    /// # Safety
    /// As for `Heap::log_object`.
    #[cold]
    pub(crate) unsafe fn log_object(&self, address: usize) {
        // SAFETY: the caller vouches for the object.
        let object: Value = unsafe { Gc::from_addr(address) };
        let before = object.header_word().fetch_and(!UNLOGGED, Ordering::Relaxed);
        if before & UNLOGGED != 0 {
            self.log().push(address);
        }
    }
}

impl Heap {
    /// Makes a heap. Reserves address space and touches none of it. A reservation that the system refuses is
    /// halved, down to 1 GiB, before the error is returned.
    pub fn new(config: HeapConfig) -> io::Result<Heap> {
        let arena = reserve(config)?;
        let hint = config.size_hint.map(|hint| usize::try_from(hint).unwrap_or(usize::MAX));
        let inner = HeapInner {
            stress: config.stress,
            deferred: AtomicU32::new(0),
            mutators: Mutex::default(),
            roots: Mutex::default(),
            finalizers: Mutex::default(),
            object_ids: Mutex::default(),
            log: Mutex::default(),
            space: Mutex::new(Space::new(arena, hint)),
            images: RwLock::default(),
            stats: Mutex::default(),
        };
        Ok(Heap { inner: Arc::new(inner) })
    }

    /// Declares the objects in a range to be image objects: immortal, traced only once they were written.
    pub fn register_image(&self, range: ImageRange) {
        let mut images = self.inner.images.write().unwrap_or_else(PoisonError::into_inner);
        let at = images.partition_point(|other| other.base < range.base);
        images.insert(at, range);
    }

    /// Whether `address` lies in a registered image.
    pub fn contains_image(&self, address: usize) -> bool {
        self.image_of(address).is_some()
    }

    /// The registered image range that `address` lies in.
    pub fn image_of(&self, address: usize) -> Option<ImageRange> {
        let images = self.inner.images.read().unwrap_or_else(PoisonError::into_inner);
        let at = images.partition_point(|range| range.base <= address);
        images[..at].last().copied().filter(|range| address - range.base < range.len)
    }

    /// Whether `address` lies in the memory of this heap, images apart.
    pub fn contains(&self, address: usize) -> bool {
        self.inner.space().arena.contains(address)
    }

    /// The write barrier's slow path: records that the image object at `address` is about to be written, so that
    /// collections treat its pointers as roots from now on.
    ///
    /// # Safety
    /// `address` is the payload address of a live object.
    pub unsafe fn log_object(&self, address: usize) {
        // SAFETY: the caller vouches for the object.
        unsafe { self.inner.log_object(address) }
    }

    /// Number of image objects logged so far.
    pub fn n_logged(&self) -> usize {
        self.inner.log().len()
    }

    /// The image objects logged so far, in the order in which they were first written: what a child image must know of
    /// changes to its parents.
    pub fn logged_objects(&self) -> Vec<Value> {
        // SAFETY: `log_object` was given addresses of live objects, and image objects are immortal.
        self.inner.log().iter().map(|&address| unsafe { Gc::from_addr(address) }).collect()
    }

    /// Puts collections off as long as the result lives. Allocation goes on, and the heap may outgrow its hint.
    pub fn no_collect(&self) -> NoCollect {
        self.inner.deferred.fetch_add(1, Ordering::Relaxed);
        NoCollect { heap: self.inner.clone() }
    }

    /// What the collector has done so far.
    pub fn stats(&self) -> GcStats {
        let mut stats = *self.inner.stats();
        stats.bytes_allocated = self.inner.space().bytes_allocated;
        stats
    }

    /// Whether the heap collects more often than is due.
    pub fn is_stress(&self) -> bool {
        self.inner.stress != 0
    }

    /// The identity number of `object`, if one was handed out in this heap.
    pub fn object_id(&self, object: Value) -> Option<u64> {
        self.inner.object_ids().get(&object.addr()).copied()
    }

    /// Gives `object` its identity number, for as long as it lives, and says so in its header.
    pub fn set_object_id(&self, object: Value, id: u64) {
        object.set_has_hash();
        self.inner.object_ids().insert(object.addr(), id);
    }

    /// First address and bytes of the reservation.
    pub fn reservation(&self) -> (usize, usize) {
        let space = self.inner.space();
        (space.arena.base(), space.arena.reserved_bytes())
    }
}

impl std::fmt::Debug for Heap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (base, bytes) = self.reservation();
        write!(f, "Heap({base:#x}+{bytes:#x})")
    }
}

fn reserve(config: HeapConfig) -> io::Result<Arena> {
    let mut bytes = config.reserve_bytes;
    loop {
        match Arena::reserve(bytes, config.address) {
            Err(error) if error.kind() == io::ErrorKind::OutOfMemory && bytes >= 2 << 30 => bytes /= 2,
            result => return result,
        }
    }
}

/// While one of these lives its heap does not collect.
pub struct NoCollect {
    heap: Arc<HeapInner>,
}

impl Drop for NoCollect {
    fn drop(&mut self) {
        self.heap.deferred.fetch_sub(1, Ordering::Relaxed);
    }
}

impl GcStats {
    /// Counts one collection.
    pub(crate) fn record(&mut self, pause: Duration, live_bytes: u64) {
        let pause = u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX);
        self.collections += 1;
        self.live_bytes = live_bytes;
        self.total_pause_ns += pause;
        self.max_pause_ns = self.max_pause_ns.max(pause);
    }
}
