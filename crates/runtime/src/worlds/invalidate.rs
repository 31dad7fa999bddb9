//! Invalidation: a changed method table or global ends the validity of code that relied on it.
//!
//! Precise: code that asked a query is invalidated only if the query's answer is another one now. A code instance whose
//! facts no longer hold gets its last world, and so, transitively, does every one that relied on it.

use super::edges::{self, codes_of, edges_of};
use super::invalidation_log::Cause;
use crate::context::Context;
use crate::dispatch;
use crate::objects::*;
use crate::types::is_disjoint;

/// Registers a code instance with everything its edges name, so that changes find it.
pub fn add_backedges(cx: &Context, code_instance: Gc<CodeInstance>) {
    let _guard = cx.heap().no_collect();
    for edge in edges_of(code_instance.code) {
        if let Some(signature) = edge.signature {
            let pair = cx.svec(&[edge.erase(), code_instance.erase()]);
            for table in dispatch_tables(cx, signature) {
                cx.push_to(table, &table.backedges, &table.n_backedges, pair.erase());
            }
        }
        if edges::is_about_binding(edge)
            && let Some(binding) = edges::binding_of(cx, edge)
        {
            cx.push_to(binding, &binding.backedges, &binding.n_backedges, code_instance.erase());
            let owner = crate::modules::resolve_binding(cx, binding);
            if owner != binding {
                cx.push_to(owner, &owner.backedges, &owner.n_backedges, code_instance.erase());
            }
        }
        for code in codes_of(edge) {
            if let Some(callee) = instance_of_code(cx, code) {
                cx.push_to(callee, &callee.backedges, &callee.n_backedges, code_instance.erase());
            }
        }
    }
}

/// The tables a query looks at, those that do not exist yet made, so that the first method put there is noticed.
fn dispatch_tables(cx: &Context, signature: Value) -> Vec<Gc<MethodTable>> {
    let first = crate::types::unwrap_union_all(signature).get::<DataType>();
    if let Some(first) = first.and_then(|tuple| tuple.parameters.tail().first().and_then(Field::get)) {
        crate::dispatch::cache_table_for(cx, first);
    }
    dispatch::tables_for(cx, signature)
}

/// The method instance that code is for, in this context, if its method is defined here.
pub fn instance_of_code(cx: &Context, code: Gc<Code>) -> Option<Gc<MethodInstance>> {
    let method = dispatch::method_at_site(cx, code.site)?;
    if let Some(found) = dispatch::find_instance(cx, method, code.spec_types) {
        return Some(found);
    }
    let mut env = Vec::new();
    match crate::types::subtype_with_env(cx, code.spec_types, method.signature, &mut env) {
        Ok(true) => Some(dispatch::method_instance(cx, method, code.spec_types, cx.svec(&env))),
        Ok(false) => None,
        Err(thrown) => {
            cx.take_exception(thrown);
            None
        }
    }
}

/// Tells everything that relied on the table of the new method. The world counter was raised.
pub fn method_added(cx: &Context, table: Gc<MethodTable>, method: Gc<Method>, replaced: Option<Gc<Method>>) {
    cx.invalidations.begin(method.erase(), Cause::MethodInsert);
    table_changed(cx, table, method, Cause::MethodInsert);
    if let Some(replaced) = replaced {
        let same = replaced.site == method.site;
        if !same {
            end_instances(cx, replaced, Cause::MethodInsert);
        }
    }
    cx.invalidations.end();
}

/// Tells everything that relied on a method that is no longer visible.
pub fn method_removed(cx: &Context, table: Gc<MethodTable>, method: Gc<Method>) {
    cx.invalidations.begin(method.erase(), Cause::MethodDisable);
    table_changed(cx, table, method, Cause::MethodDisable);
    end_instances(cx, method, Cause::MethodDisable);
    cx.invalidations.end();
}

fn table_changed(cx: &Context, table: Gc<MethodTable>, method: Gc<Method>, cause: Cause) {
    let _guard = cx.heap().no_collect();
    let last = cx.world_counter() - 1;
    cap_cache(cx, table, method, last);
    for pair in list(&table.backedges, table.n_backedges.get()) {
        let pair = pair.expect::<SimpleVector>();
        let (edge, code_instance) = (pair.at(0).expect::<Edge>(), pair.at(1).expect::<CodeInstance>());
        if code_instance.max_world.get() != WORLD_MAX {
            continue;
        }
        let Some(signature) = edge.signature else { continue };
        if is_disjoint(cx, signature, method.signature) {
            continue;
        }
        // Where the answer cannot be found out, the code is taken not to hold.
        let holds = edges::holds(cx, edge).unwrap_or_else(|thrown| {
            cx.take_exception(thrown);
            false
        });
        if holds {
            continue;
        }
        invalidate(cx, code_instance, last, 1, cause);
    }
}

/// Remembered answers for calls the method matches hold no more. A method whose first argument is open changes the answers
/// of every table.
fn cap_cache(cx: &Context, table: Gc<MethodTable>, method: Gc<Method>, last: u64) {
    let tables = dispatch::tables_for(cx, method.signature);
    let open = crate::dispatch::is_open_table(table);
    let mut all: Vec<Gc<MethodTable>> = Vec::new();
    if open {
        cx.world().method_tables.for_each(|_, entry| all.push(entry.expect()));
    } else {
        all = tables;
    }
    for table in all {
        let Some(cache) = table.cache.get() else { continue };
        cache.for_each(|_, entry| {
            let entry = entry.expect::<DispatchEntry>();
            let matches = || crate::types::is_subtype(cx, entry.types.erase(), method.signature);
            if entry.max_world.get() == WORLD_MAX && matches() {
                entry.max_world.set(last);
                cx.invalidations.push(cx, entry.method_instance.erase(), 1, Cause::CacheEviction);
            }
        });
    }
}

/// Ends the code of all instances of a method that is no longer called, with its callers.
fn end_instances(cx: &Context, method: Gc<Method>, cause: Cause) {
    let last = cx.world_counter() - 1;
    let mut instances: Vec<Gc<MethodInstance>> = Vec::new();
    method.specializations.for_each(|_, entry| instances.push(entry.expect()));
    for instance in instances {
        let mut at = instance.cache.get();
        while let Some(code_instance) = at {
            invalidate(cx, code_instance, last, 1, cause);
            at = code_instance.next.get();
        }
    }
}

/// Tells code that relied on a binding that it changed. Raises the world counter if there is such code.
pub fn binding_changed(cx: &Context, binding: Gc<Binding>, why: &'static str) {
    let _guard = cx.heap().no_collect();
    let mut raised = false;
    cx.invalidations.begin(binding.erase(), Cause::GlobalReplaced);
    for entry in list(&binding.backedges, binding.n_backedges.get()) {
        let code_instance = entry.expect::<CodeInstance>();
        if code_instance.max_world.get() != WORLD_MAX || still_holds(cx, code_instance, binding, why) {
            continue;
        }
        if !std::mem::replace(&mut raised, true) {
            let world = cx.world();
            world.counter.set(world.counter.get() + 1);
        }
        invalidate(cx, code_instance, cx.world_counter() - 1, 1, Cause::GlobalReplaced);
    }
    cx.invalidations.end();
}

fn still_holds(cx: &Context, code_instance: Gc<CodeInstance>, binding: Gc<Binding>, _why: &'static str) -> bool {
    edges_of(code_instance.code).into_iter().all(|edge| {
        if !edges::is_about_binding(edge) {
            return true;
        }
        let about = edges::binding_of(cx, edge);
        let concerned = about == Some(binding) || about.and_then(|own| own.owner.get()) == Some(binding);
        !concerned || edges::holds(cx, edge).is_ok_and(|holds| holds)
    })
}

/// Ends the validity of a code instance after world `last`, and that of everything that relied on it.
pub fn invalidate(cx: &Context, code_instance: Gc<CodeInstance>, last: u64, depth: u32, cause: Cause) {
    let _guard = cx.heap().no_collect();
    // A list in place of recursion: chains of callers can be long.
    let mut pending = vec![(code_instance, depth)];
    while let Some((code_instance, depth)) = pending.pop() {
        if code_instance.max_world.get() <= last {
            continue;
        }
        code_instance.max_world.set(last);
        let instance = code_instance.method_instance;
        cx.invalidations.push(cx, instance.erase(), depth, cause);
        for caller in list(&instance.backedges, instance.n_backedges.get()).into_iter().rev() {
            let caller = caller.expect::<CodeInstance>();
            let relies = || edges_of(caller.code).into_iter().any(|edge| codes_of(edge).contains(&code_instance.code));
            if caller.max_world.get() > last && relies() {
                pending.push((caller, depth + 1));
            }
        }
    }
}

fn list(field: &Field<SimpleVector>, used: u64) -> Vec<Value> {
    field.get().map_or_else(Vec::new, |vector| (0..used as usize).map(|i| vector.at(i)).collect())
}
