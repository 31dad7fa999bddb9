//! Adoption: using code in a world it was not made in.
//!
//! The one mechanism behind a second context, a loaded image and an engine cache: check that what the code relied on holds
//! here, then link a code instance of this context to it. Code that relies on other code, perhaps in a circle, is
//! checked by strongly connected components: all of one hold, or none.

use super::edges::{code_key, codes_of, edges_of, holds, is_about_binding};
use super::invalidate::{add_backedges, instance_of_code};
use super::invalidation_log::Cause;
use crate::context::Context;
use crate::objects::*;
use crate::types::structure::types_egal;
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// Enters code in the engine's registry, where other contexts find it.
pub fn register_code(cx: &Context, code: Gc<Code>) {
    let key = code_key(code.site, code.spec_hash);
    table_insert(cx, cx.well_known().tables().codes, key, code.erase());
}

/// The codes the engine or an attached image has for a method site and argument types; there can be several, made in
/// worlds that differ.
pub fn find_code(cx: &Context, site: u64, spec_hash: u64, spec_types: Value) -> Vec<Gc<Code>> {
    let mut found = Vec::new();
    for tables in cx.engine_tables() {
        tables.codes.find(code_key(site, spec_hash), |entry| {
            let code = entry.expect::<Code>();
            if code.site == site && types_egal(cx, code.spec_types, spec_types) {
                found.push(code);
            }
            false
        });
    }
    found
}

/// Code that some context or image has for this instance and that holds in this context's newest world, linked to it.
pub fn adopt_any(cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<CodeInstance>> {
    let method = instance.method?;
    let _guard = cx.heap().no_collect();
    let found = find_code(cx, method.site, instance.hash, instance.spec_types);
    found.into_iter().rev().find_map(|code| adopt(cx, code, instance))
}

/// Checks the edges of `code` in this context's newest world and links it to `instance`. `None` if they do not hold.
pub fn adopt(cx: &Context, code: Gc<Code>, instance: Gc<MethodInstance>) -> Option<Gc<CodeInstance>> {
    if let Some(linked) = linked_instance(cx, code, instance) {
        return Some(linked);
    }
    let _guard = cx.heap().no_collect();
    let mut search = Search { cx, states: FxHashMap::default(), stack: Vec::new(), next_index: 0 };
    if !search.visit(code) {
        return None;
    }
    linked_instance(cx, code, instance)
}

/// A valid code instance of this code, if the instance has one.
fn linked_instance(cx: &Context, code: Gc<Code>, instance: Gc<MethodInstance>) -> Option<Gc<CodeInstance>> {
    let world = cx.world_counter();
    let mut at = instance.cache.get();
    while let Some(code_instance) = at {
        if code_instance.code == code && code_instance.valid_in(world) {
            return Some(code_instance);
        }
        at = code_instance.next.get();
    }
    None
}

/// Links code to a method instance as valid from the newest world on, with its backedges. The caller knows that its edges
/// hold: it has just made the code there, or checked them.
pub fn link(cx: &Context, code: Gc<Code>, instance: Gc<MethodInstance>) -> Gc<CodeInstance> {
    let object = CodeInstance {
        method_instance: instance,
        code,
        min_world: Cell::new(cx.world_counter()),
        max_world: Cell::new(WORLD_MAX),
        next: Field::new(instance.cache.get()),
        cell: Cell::new(0),
    };
    let code_instance = cx.allocate(cx.well_known().code_instance(), object);
    cx.write(instance, &instance.cache, Some(code_instance));
    add_backedges(cx, code_instance);
    code_instance
}

/// What is known of a code in a search.
#[derive(Clone, Copy)]
enum State {
    /// On the stack, with its index and the lowest index it reaches.
    Open { low: usize },
    /// It and all it relies on hold.
    Holds,
    /// It does not.
    Fails,
}

/// Tarjan's algorithm over the codes, with a check at each edge.
struct Search<'cx> {
    cx: &'cx Context,
    states: FxHashMap<Gc<Code>, State>,
    stack: Vec<Gc<Code>>,
    next_index: usize,
}

impl Search<'_> {
    /// Whether `code` and all it relies on hold.
    fn visit(&mut self, root: Gc<Code>) -> bool {
        match self.connect(root) {
            State::Holds => true,
            State::Open { .. } | State::Fails => false,
        }
    }

    fn connect(&mut self, code: Gc<Code>) -> State {
        if let Some(&state) = self.states.get(&code) {
            return state;
        }
        let instance = match instance_of_code(self.cx, code) {
            Some(instance) if !self.cx.stack_is_low() => instance,
            _ => return self.settle(code, State::Fails),
        };
        if linked_instance(self.cx, code, instance).is_some() {
            return self.settle(code, State::Holds);
        }
        let known = self.cx.failed_code.borrow().get(&code.erase().addr()).copied();
        if known == Some(self.cx.world_counter()) {
            return self.settle(code, State::Fails);
        }
        // What falls again in a later world was told before.
        let is_news = known.is_none();
        let index = self.next_index;
        self.next_index += 1;
        let at = self.stack.len();
        self.stack.push(code);
        self.states.insert(code, State::Open { low: index });
        let mut low = index;
        let mut good = true;
        for edge in edges_of(code) {
            good = good && self.edge_holds(code, edge, is_news);
            if !good {
                break;
            }
            for callee in codes_of(edge) {
                match self.connect(callee) {
                    State::Holds => {}
                    State::Fails => {
                        if is_news {
                            self.cx.invalidations.push(self.cx, instance.erase(), 1, Cause::VerifyMethods);
                        }
                        good = false;
                        break;
                    }
                    State::Open { low: other } => low = low.min(other),
                }
            }
        }
        if !good {
            // Everything still open above relies on this, directly or in the circle, or will be told by its callee.
            for other in self.stack.split_off(at) {
                self.states.insert(other, State::Fails);
                self.cx.failed_code.borrow_mut().insert(other.erase().addr(), self.cx.world_counter());
            }
            return State::Fails;
        }
        if low < index {
            self.states.insert(code, State::Open { low });
            return State::Open { low };
        }
        let component = self.stack.split_off(at);
        for &member in &component {
            self.states.insert(member, State::Holds);
        }
        for member in component {
            if let Some(instance) = instance_of_code(self.cx, member) {
                link(self.cx, member, instance);
            }
        }
        State::Holds
    }

    fn settle(&mut self, code: Gc<Code>, state: State) -> State {
        self.states.insert(code, state);
        state
    }

    fn edge_holds(&self, code: Gc<Code>, edge: Gc<Edge>, is_news: bool) -> bool {
        let answer = holds(self.cx, edge).unwrap_or_else(|thrown| {
            self.cx.take_exception(thrown);
            false
        });
        if !answer
            && is_news
            && let Some(instance) = instance_of_code(self.cx, code)
        {
            let cause = if is_about_binding(edge) { Cause::BindingDiffers } else { Cause::CalleesDiffer };
            self.cx.invalidations.push(self.cx, instance.erase(), 1, cause);
        }
        answer
    }
}
