//! The log of invalidations: a tree per cause, kept while logging is on, or written as it grows.
//!
//! What is written is for people: a line that names the cause, below it the method instances whose code it ended, callers
//! deeper than what they call.

use crate::objects::*;
use crate::show::types::{part_text, type_text};
use crate::{Context, modules};
use std::cell::{Cell, RefCell};
use std::io::Write;
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
    /// Adoption found another value of a global.
    BindingDiffers,
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
            Cause::GlobalReplaced | Cause::BindingDiffers => "method_globalref",
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
    rest: RefCell<Vec<(u32, Cause)>>,
    writer: RefCell<Option<Box<dyn Write>>>,
    /// What will have been the cause if code falls; its line is written with the first that does.
    pending: GcVec<Value>,
    pending_cause: Cell<Option<Cause>>,
}

impl InvalidationLog {
    pub(crate) fn new(heap: &Heap) -> InvalidationLog {
        InvalidationLog {
            enabled: Cell::new(false),
            objects: GcVec::new(heap),
            rest: RefCell::default(),
            writer: RefCell::new(None),
            pending: GcVec::new(heap),
            pending_cause: Cell::new(None),
        }
    }

    /// Turns logging on or off.
    pub fn enable(&self, on: bool) {
        self.enabled.set(on);
    }

    /// Whether logging is on.
    pub fn is_enabled(&self) -> bool {
        self.enabled.get()
    }

    /// Turns logging on, as text to this writer.
    pub fn write_to(&self, writer: Box<dyn Write>) {
        *self.writer.borrow_mut() = Some(writer);
        self.enabled.set(true);
    }

    /// The method or binding whose change may end the validity of code now. It is logged before the first that falls.
    pub(crate) fn begin(&self, object: Value, cause: Cause) {
        if self.enabled.get() {
            self.pending.truncate(0);
            self.pending.push(object);
            self.pending_cause.set(Some(cause));
        }
    }

    /// Nothing more falls by what [`begin`](Self::begin) named.
    pub(crate) fn end(&self) {
        self.pending.truncate(0);
        self.pending_cause.set(None);
    }

    pub(crate) fn push(&self, cx: &Context, object: Value, depth: u32, cause: Cause) {
        if !self.enabled.get() {
            return;
        }
        if cause != Cause::CacheEviction
            && let Some(cause) = self.pending_cause.take()
        {
            let object = self.pending.iter().next().expect("set together");
            self.record(cx, object, 0, cause);
        }
        self.record(cx, object, depth, cause);
    }

    fn record(&self, cx: &Context, object: Value, depth: u32, cause: Cause) {
        if let Some(writer) = &mut *self.writer.borrow_mut() {
            // A log that cannot be written is the world's trouble, not the program's.
            let _ = writer.write_all(line(cx, object, depth, cause).as_bytes()).and_then(|()| writer.flush());
            return;
        }
        self.objects.push(object);
        self.rest.borrow_mut().push((depth, cause));
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

/// One line of the written log.
fn line(cx: &Context, object: Value, depth: u32, cause: Cause) -> String {
    let what = describe(cx, object);
    match (depth, cause) {
        (0, Cause::MethodInsert) => format!("{}: new method {what}\n", cause.tag()),
        (0, Cause::MethodDisable) => format!("{}: deleted method {what}\n", cause.tag()),
        (0, _) => format!("{}: {what} was changed\n", cause.tag()),
        (_, Cause::CacheEviction) => format!("{}: {what} is no longer what such calls go to\n", cause.tag()),
        (_, Cause::BindingDiffers) => format!("{}: stored code of {what} relied on another global\n", cause.tag()),
        (_, Cause::CalleesDiffer) => format!("{}: stored code of {what} relied on other methods\n", cause.tag()),
        (_, Cause::VerifyMethods) => format!("{}: stored code of {what} relied on code that fell\n", cause.tag()),
        _ => format!("{}{what}\n", "  ".repeat(depth as usize)),
    }
}

/// A method with its place, a method instance, or a global.
fn describe(cx: &Context, object: Value) -> String {
    if let Some(method) = object.get::<Method>() {
        let file = method.file.as_str().rsplit('/').next().unwrap_or_default();
        return format!("{} at {file}:{}", call_text(cx, method.name, method.signature), method.line);
    }
    if let Some(instance) = object.get::<MethodInstance>() {
        return match instance.method {
            Some(method) => call_text(cx, method.name, instance.spec_types),
            None => "top-level code".to_owned(),
        };
    }
    match object.get::<Binding>() {
        Some(binding) => format!("{}.{}", modules::full_name(binding.module), binding.name.as_str()),
        None => type_text(cx, object.type_of().erase()),
    }
}

/// `f(::Int64, ::T) where T`: a signature as a call.
fn call_text(cx: &Context, name: Gc<Symbol>, signature: Value) -> String {
    let Some(tuple) = crate::types::unwrap_union_all(signature).get::<DataType>() else {
        return type_text(cx, signature);
    };
    let types = tuple.params().iter().skip(1).map(|ty| format!("::{}", part_text(cx, ty.unwrap(), signature)));
    let mut text = format!("{}({})", name.as_str(), types.collect::<Vec<_>>().join(", "));
    let mut at = signature;
    while let Some(all) = at.get::<UnionAll>() {
        text += &format!(" where {}", all.variable.name.as_str());
        at = all.body;
    }
    text
}
