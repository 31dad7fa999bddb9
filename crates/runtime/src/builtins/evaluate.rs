//! `eval`, `include`, parsing and macro expansion: handed to the context's [`Evaluation`].

use std::rc::Rc;

use crate::context::Context;
use crate::errors::Outcome;
use crate::evaluation::{Evaluation, ParseRule};
use crate::objects::*;
use crate::values::boxes;

fn evaluation(cx: &Context) -> Outcome<Rc<dyn Evaluation>> {
    cx.evaluation().ok_or_else(|| cx.error("source text cannot be evaluated in this context"))
}

fn module(cx: &Context, function: &str, value: Value) -> Outcome<Gc<Module>> {
    let wrong = || cx.throw_type_error(function, "", cx.well_known().module().erase(), value);
    value.get::<Module>().ok_or_else(wrong)
}

fn text(cx: &Context, function: &str, value: Value) -> Outcome<String> {
    let wrong = || cx.throw_type_error(function, "", cx.well_known().string().erase(), value);
    value.get::<JlString>().map(|text| text.to_text().into_owned()).ok_or_else(wrong)
}

/// `nothing` means: no function.
fn optional(cx: &Context, value: Option<&Value>) -> Option<Value> {
    value.copied().filter(|value| *value != cx.nothing())
}

/// `Core.eval(module, expression)`.
pub(super) fn eval(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(module) = arguments[0].get::<Module>() else {
        let core = cx.world().core.unwrap();
        let function = crate::modules::global(cx, core, cx.symbol("eval")).expect("Core.eval is bound at boot");
        return Err(cx.throw_method_error(function, arguments));
    };
    evaluation(cx)?.eval(cx, module, arguments[1])
}

/// `_include(module, path, map)`.
pub(super) fn include(cx: &Context, arguments: &[Value]) -> Outcome {
    let (module, path) = (module(cx, "include", arguments[0])?, text(cx, "include", arguments[1])?);
    evaluation(cx)?.include(cx, module, &path, optional(cx, arguments.get(2)))
}

/// `_include_string(module, text, file, map)`.
pub(super) fn include_string(cx: &Context, arguments: &[Value]) -> Outcome {
    let module = module(cx, "include_string", arguments[0])?;
    let (code, file) = (text(cx, "include_string", arguments[1])?, text(cx, "include_string", arguments[2])?);
    evaluation(cx)?.include_text(cx, module, &code, &file, optional(cx, arguments.get(3)))
}

/// `_parse(text, offset, rule, file)`: expression, offset after it, message of the error or `nothing`, whether more text
/// might put it right.
pub(super) fn parse(cx: &Context, arguments: &[Value]) -> Outcome {
    let (code, file) = (text(cx, "parse", arguments[0])?, text(cx, "parse", arguments[3])?);
    let start = boxes::as_int64(cx, arguments[1]).and_then(|start| usize::try_from(start).ok()).unwrap_or(0);
    let rule = match arguments[2].get::<Symbol>().map(|rule| rule.as_str().to_owned()).as_deref() {
        Some("all") => ParseRule::All,
        Some("atom") => ParseRule::Atom,
        _ => ParseRule::Statement,
    };
    let parsed = evaluation(cx)?.parse(cx, &code, start, rule, &file)?;
    let error = parsed.error.map_or(cx.nothing(), |message| cx.new_string(message.as_bytes()).erase());
    let next = cx.box_int64(parsed.next as i64);
    Ok(crate::values::structs::new_tuple(cx, &[parsed.value, next, error, cx.box_bool(parsed.incomplete)]))
}

/// `_macroexpand(module, expression, once)`.
pub(super) fn macro_expand(cx: &Context, arguments: &[Value]) -> Outcome {
    let once = boxes::unbox_bool(cx, arguments[2]).unwrap_or(false);
    evaluation(cx)?.expand(cx, module(cx, "macroexpand", arguments[0])?, arguments[1], once)
}
