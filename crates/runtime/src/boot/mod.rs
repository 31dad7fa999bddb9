//! Making the first objects of an engine, and the first modules of a context.
//!
//! `make_well_known` builds the types that the run-time system itself needs, from nothing; `make_world` builds `Core` and
//! `Main` over them. What the language's own library defines in source is not here.

mod core_names;
mod declarations;
mod first_types;

use crate::context::{Context, World};
use crate::modules;
use crate::objects::*;
use crate::types::declare::builtin_object;
use crate::worlds::WORLD_FIRST;
use std::cell::Cell;

/// Makes the well-known objects.
pub(crate) fn make_well_known(cx: &Context) {
    let _guard = cx.heap().no_collect();
    first_types::make(cx);
    declarations::declare_all(cx);
    declarations::make_values(cx);
    let missing = cx.well_known().missing();
    assert!(missing.is_empty(), "boot left well-known objects unset: {missing:?}");
}

/// Makes a world: `Core` with its names, `Core.Intrinsics`, and `Main`.
pub(crate) fn make_world(cx: &Context) {
    let _guard = cx.heap().no_collect();
    let object = World {
        counter: Cell::new(WORLD_FIRST),
        core: Field::null(),
        base: Field::null(),
        main: Field::null(),
        method_tables: cx.new_table(),
        methods: cx.new_table(),
        modules: cx.new_table(),
        registry: cx.new_table(),
        n_binding_numbers: Cell::new(0),
        stored_counter: Cell::new(0),
    };
    let world = cx.allocate(cx.well_known().world(), object);
    cx.set_world(world);
    let core = modules::new_module(cx, None, cx.symbol("Core"), true);
    cx.write(world, &world.core, Some(core));
    core_names::bind_all(cx, core);
    let main = modules::new_module(cx, None, cx.symbol("Main"), true);
    cx.write(world, &world.main, Some(main));
    modules::define_constant(cx, main, main.name, main.erase());
    modules::use_module(cx, main, core);
}

/// Defines the built-in function with this number as a constant of `module`.
pub fn define_builtin(cx: &Context, module: Gc<Module>, name: &str, number: u32) -> Value {
    let name = cx.symbol(name);
    let function = builtin_object(cx, name, number);
    modules::define_constant(cx, module, name, function);
    function
}

/// Defines the primitive operation with this number as a constant of `module` (`Core.Intrinsics`).
pub fn define_intrinsic(cx: &Context, module: Gc<Module>, name: &str, number: u32) -> Value {
    let value = cx.box_bits(cx.well_known().intrinsic_function(), number);
    modules::define_constant(cx, module, cx.symbol(name), value);
    value
}

/// The number of a built-in function, if `value` is one.
#[inline(always)]
pub fn builtin_number(value: Value) -> Option<u32> {
    value.type_of().builtin.get().checked_sub(1)
}

/// The number of a primitive operation, if `value` is one.
#[inline]
pub fn intrinsic_number(cx: &Context, value: Value) -> Option<u32> {
    (value.type_of() == cx.well_known().intrinsic_function()).then(|| crate::values::boxes::unbox(value))
}
