//! The built-in functions of `Core`: one numbered table, one file per theme.
//!
//! A built-in function checks its arguments itself and throws what the language throws; it never panics on a program's
//! mistake. Compiled code inlines many of them and calls the others by number.

mod arrays;
mod control;
mod declare;
mod evaluate;
mod fields;
mod methods;
mod numbers;
pub mod output;
mod reflection;
mod strings;
mod table;
mod traces;
mod types;

pub(crate) use arrays::{delete_end_by, grow_end_by};
pub(crate) use strings::concat as string_concat;
pub use table::{Builtin, BuiltinInfo, Purity, TABLE};

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::{boot, intrinsics};

/// Calls the built-in function with this number; `arguments` do not include the function.
///
/// # Errors
/// What the function throws; `ArgumentError` for a wrong number of arguments.
pub fn apply(cx: &Context, number: u16, arguments: &[Value]) -> Outcome {
    let info = TABLE.get(usize::from(number)).unwrap_or_else(|| panic!("there is no built-in function {number}"));
    let n = arguments.len();
    if n < usize::from(info.min_args) {
        let text = format!("{}: too few arguments (expected {})", info.name, info.min_args);
        return Err(cx.argument_error(&text));
    }
    if info.max_args != u8::MAX && n > usize::from(info.max_args) {
        let text = format!("{}: too many arguments (expected {})", info.name, info.max_args);
        return Err(cx.argument_error(&text));
    }
    (info.function)(cx, arguments)
}

/// Binds every built-in function in `Core` and every primitive operation in `Core.Intrinsics`.
pub fn define_all(cx: &Context) {
    let core = cx.world().core.unwrap();
    for (number, info) in TABLE.iter().enumerate() {
        boot::define_builtin(cx, core, info.name, number as u32);
        // Most modules have an `eval` of their own, without a module argument, that hides this one.
        if !info.name.starts_with('_') {
            crate::modules::export(cx, core, cx.symbol(info.name));
        }
    }
    let name = cx.symbol("Intrinsics");
    let module = crate::modules::global(cx, core, name).expect("boot made Core.Intrinsics").expect::<Module>();
    for (number, info) in intrinsics::TABLE.iter().enumerate() {
        boot::define_intrinsic(cx, module, info.name, number as u32);
        crate::modules::export(cx, module, cx.symbol(info.name));
    }
}
