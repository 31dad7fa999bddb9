//! A further context on the libraries of another: how an engine that started from a system image gets its second context.
//!
//! The new world shares the modules of the libraries (everything that is not below `Main`), with their globals, and has a
//! `Main` of its own. Its method tables and methods are copies, because worlds and specialisations belong to a context:
//! what one context adds to a library's function the other does not see. Code is not copied; it is adopted when needed.

use super::WORLD_FIRST;
use crate::context::{Context, Shared, World};
use crate::modules;
use crate::objects::*;
use std::cell::Cell;
use std::io;
use std::rc::Rc;
use tintype_heap::Field;

/// A context with the libraries of `from` as they were when its world was stored (or as they are, if it never was).
pub fn fork(shared: &Rc<Shared>, from: Gc<World>) -> io::Result<Context> {
    let cx = Context::bare(shared)?;
    {
        let _guard = cx.heap().no_collect();
        make_world(&cx, from);
        copy_methods(&cx, from);
        crate::persist::enter_slots(&cx, cx.world());
    }
    Ok(cx)
}

fn make_world(cx: &Context, from: Gc<World>) {
    let stored = from.stored_counter.get();
    let object = World {
        counter: Cell::new(if stored == 0 { from.counter.get() } else { stored }),
        core: Field::new(from.core.get()),
        base: Field::new(from.base.get()),
        main: Field::null(),
        method_tables: cx.new_table(),
        methods: cx.new_table(),
        modules: cx.new_table(),
        registry: copy_table(cx, from.registry, |_| true),
        n_binding_numbers: Cell::new(from.n_binding_numbers.get()),
        stored_counter: Cell::new(stored),
    };
    let world = cx.allocate(cx.well_known().world(), object);
    cx.set_world(world);
    from.modules.for_each(|hash, entry| {
        if is_library(from, entry.expect()) {
            table_insert(cx, world.modules, hash, entry);
        }
    });
    let main = modules::new_module(cx, None, cx.symbol("Main"), true);
    cx.write(world, &world.main, Some(main));
    modules::define_constant(cx, main, main.name, main.erase());
    for library in [from.core.get(), from.base.get()].into_iter().flatten() {
        modules::use_module(cx, main, library);
    }
}

fn copy_table(cx: &Context, table: Gc<StructuralTable>, keep: impl Fn(Value) -> bool) -> Gc<StructuralTable> {
    let copy = cx.new_table();
    table.for_each(|hash, entry| {
        if keep(entry) {
            table_insert(cx, copy, hash, entry);
        }
    });
    copy
}

/// Whether a module is not `Main` and not below it.
pub(crate) fn is_library(world: Gc<World>, mut module: Gc<Module>) -> bool {
    loop {
        if Some(module) == world.main.get() {
            return false;
        }
        match module.parent.get() {
            Some(parent) if parent != module => module = parent,
            _ => return true,
        }
    }
}

fn copy_methods(cx: &Context, from: Gc<World>) {
    let counter = cx.world_counter();
    from.method_tables.for_each(|key, entry| {
        let table = entry.expect::<MethodTable>();
        let methods: Vec<Gc<Method>> = crate::dispatch::methods_of(table, counter)
            .filter(|method| is_library(from, method.module))
            .map(|method| copy_method(cx, method))
            .collect();
        if methods.is_empty() {
            return;
        }
        let object = MethodTable {
            name: table.name,
            key: table.key,
            methods: Field::new(Some(cx.svec_of(&methods))),
            n_methods: Cell::new(methods.len() as u64),
            stamp: Cell::new(0),
            max_params: Cell::new(table.max_params.get()),
            cache: Field::null(),
            backedges: Field::null(),
            n_backedges: Cell::new(0),
        };
        let copy = cx.allocate(cx.well_known().method_table(), object);
        table_insert(cx, cx.world().method_tables, key, copy.erase());
        for method in methods {
            table_insert(cx, cx.world().methods, method.site, method.erase());
        }
    });
}

fn copy_method(cx: &Context, method: Gc<Method>) -> Gc<Method> {
    let object = Method {
        name: method.name,
        module: method.module,
        file: method.file,
        line: method.line,
        n_params: method.n_params,
        flags: Cell::new(method.flags.get()),
        no_specialize: method.no_specialize,
        signature: method.signature,
        site: method.site,
        source: method.source,
        literals: Field::new(method.literals.get()),
        param_names: method.param_names,
        specializations: cx.new_table(),
        unspecialized: Field::null(),
        primary_world: Cell::new(WORLD_FIRST),
        deleted_world: Cell::new(WORLD_MAX),
    };
    cx.allocate(cx.well_known().method(), object)
}
