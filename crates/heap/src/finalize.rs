//! Finalizers: objects whose death the embedder wants to hear of.
//!
//! A registered object that is found dead is kept for one more cycle and put on a list; the embedder takes it from
//! there at a time of its choosing and runs whatever the finalizer value means to it. Nothing is run here.

use crate::gc::{Gc, Value};
use crate::heap::Heap;
use crate::mark::Marker;

/// Registered and due finalizers, as payload addresses (object, finalizer).
#[derive(Default)]
pub(crate) struct Finalizers {
    registered: Vec<(usize, usize)>,
    due: Vec<(usize, usize)>,
}

impl Finalizers {
    /// Marks what must live whatever happens to the registered objects.
    pub(crate) fn mark_roots(&self, marker: &mut Marker<'_>) {
        for &(_, finalizer) in &self.registered {
            marker.mark(finalizer);
        }
        for &(object, finalizer) in &self.due {
            marker.mark(object);
            marker.mark(finalizer);
        }
    }

    /// After marking: moves the registrations of dead objects to the due list and marks them. Whether there were any,
    /// so that marking has to go on.
    pub(crate) fn find_due(&mut self, marker: &mut Marker<'_>) -> bool {
        let n_due = self.due.len();
        self.registered.retain(|&(object, finalizer)| {
            let alive = marker.survives(object);
            if !alive {
                self.due.push((object, finalizer));
            }
            alive
        });
        for &(object, _) in &self.due[n_due..] {
            marker.mark(object);
        }
        self.due.len() > n_due
    }
}

impl Heap {
    /// Has `finalizer` become due when `object` is found dead. Objects in images never die.
    pub fn add_finalizer(&self, object: Value, finalizer: Value) {
        self.inner.finalizers().registered.push((object.addr(), finalizer.addr()));
    }

    /// The next due pair (object, finalizer), in order of registration. The object is an ordinary live object again.
    pub fn take_due_finalizer(&self) -> Option<(Value, Value)> {
        let mut finalizers = self.inner.finalizers();
        if finalizers.due.is_empty() {
            return None;
        }
        let (object, finalizer) = finalizers.due.remove(0);
        // SAFETY: both were `Value`s when registered, and `mark_roots` and `find_due` kept them alive.
        Some(unsafe { (Gc::from_addr(object), Gc::from_addr(finalizer)) })
    }
}
