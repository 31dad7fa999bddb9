//! The log of invalidations: a tree per cause, kept while logging is on.

use crate::objects::*;
use std::cell::Cell;
use tintype_heap::{GcVec, Heap};

/// What set an invalidation off, in the words of the reference implementation's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A method was added that a query would now find.
    MethodInsert,
    /// A method was deleted.
    MethodDisable,
    /// A dispatch cache entry was dropped.
    CacheEviction,
    /// A global's constant value, or whether it is constant, changed.
    GlobalReplaced,
    /// Adoption found another set of callees.
    CalleesDiffer,
    /// Adoption of the code a caller relied on failed.
    VerifyMethods,
}

impl Cause {
    /// The tag of the log.
    pub fn tag(self) -> &'static str {
        match self {
            Cause::MethodInsert => "jl_method_table_insert",
            Cause::MethodDisable => "jl_method_table_disable",
            Cause::CacheEviction => "invalidate_mt_cache",
            Cause::GlobalReplaced => "method_globalref",
            Cause::CalleesDiffer => "insert_backedges_callee",
            Cause::VerifyMethods => "verify_methods",
        }
    }
}

/// One line of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was invalidated, or (depth 0) the method or binding that caused it.
    pub object: Value,
    /// 0: the cause itself; 1: directly invalidated; deeper: callers of the line above with one less.
    pub depth: u32,
    /// Why.
    pub cause: Cause,
}

/// The log.
pub struct InvalidationLog {
    enabled: Cell<bool>,
    objects: GcVec<Value>,
    rest: std::cell::RefCell<Vec<(u32, Cause)>>,
}

impl InvalidationLog {
    pub(crate) fn new(heap: &Heap) -> InvalidationLog {
        InvalidationLog { enabled: Cell::new(false), objects: GcVec::new(heap), rest: Default::default() }
    }

    /// Turns logging on or off.
    pub fn enable(&self, on: bool) {
        self.enabled.set(on);
    }

    /// Whether logging is on.
    pub fn is_enabled(&self) -> bool {
        self.enabled.get()
    }

    pub(crate) fn push(&self, object: Value, depth: u32, cause: Cause) {
        if self.enabled.get() {
            self.objects.push(object);
            self.rest.borrow_mut().push((depth, cause));
        }
    }

    /// The lines so far; they stay in the log. The objects are kept alive by it.
    pub fn entries(&self) -> Vec<Entry> {
        let rest = self.rest.borrow();
        self.objects.iter().zip(rest.iter()).map(|(object, &(depth, cause))| Entry { object, depth, cause }).collect()
    }

    /// Empties the log.
    pub fn clear(&self) {
        self.objects.truncate(0);
        self.rest.borrow_mut().clear();
    }
}
