//! `__init__` of modules: called when the outermost module around them is complete, and in a process that starts from an
//! image that holds them, before anything else. A process that builds an image leaves them to that one.
//!
//! What is left to call is a list in the base library (`Base.uninitialized_modules`), so that images keep it.

use tintype_runtime::objects::*;
use tintype_runtime::values::arrays;
use tintype_runtime::values::structs::new_exception;
use tintype_runtime::{Context, Outcome, modules};

/// Notes that a module is complete, if it has an `__init__`, defined there or imported.
pub(crate) fn note(cx: &Context, module: Gc<Module>) -> Outcome<()> {
    let name = cx.symbol("__init__");
    let initializer = modules::find_binding(module, name).and_then(|_| modules::global(cx, module, name));
    if let (Some(_), Some(list)) = (initializer, list(cx)) {
        let n = arrays::length(list);
        arrays::grow_at(cx, list, n, 1)?;
        arrays::set(cx, list, n, module.erase());
    }
    Ok(())
}

/// Calls what is left to call, in the order in which the modules were completed.
///
/// # Errors
/// `InitError` of the first that throws; those after it are still left.
pub(crate) fn run(cx: &Context) -> Outcome<()> {
    let Some(list) = list(cx) else { return Ok(()) };
    while arrays::length(list) > 0 {
        let module = arrays::get(cx, list, 0).expect("the list has no gaps");
        arrays::delete_at(cx, list, 0, 1);
        initialize(cx, module.expect::<Module>())?;
    }
    Ok(())
}

fn initialize(cx: &Context, module: Gc<Module>) -> Outcome<()> {
    cx.enter_newest_world();
    let called = modules::get_global(cx, module, cx.symbol("__init__")).and_then(|function| cx.call(function, &[]));
    cx.enter_newest_world();
    let Err(thrown) = called else { return Ok(()) };
    let (exception, trace) = cx.take_exception_and_trace(thrown);
    let init_error = cx.well_known().init_error();
    let is_one = exception.type_of() == init_error;
    let thrown =
        if is_one { exception } else { new_exception(cx, init_error, &[Some(module.name.erase()), Some(exception)]) };
    Err(cx.throw_again(thrown, trace))
}

/// The list; none while the base library itself is evaluated.
fn list(cx: &Context) -> Option<Gc<Array>> {
    modules::global(cx, cx.world().base.get()?, cx.symbol("uninitialized_modules"))?.get::<Array>()
}
