//! Frames of a backtrace as a reader wants them: function, file and line, calls that were inlined included.
//!
//! Compiled code carries the texts in its position tables: of a function that was compiled for itself the label written
//! by [`label`], of one that was inlined its plain name. So nothing but the table is needed to name a frame of an image.

use std::collections::HashMap;

use crate::context::Context;
use crate::exceptions::backtrace::{INTERPRETED, parts};
use crate::objects::*;
use crate::show::names::module_path;
use crate::show::types::part_text;
use crate::types;

/// A source position of compiled code, as its position table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativePosition {
    /// A label, or the plain name of a function.
    pub function: String,
    /// The file.
    pub file: String,
    /// 1-based line; 0: not known.
    pub line: u32,
}

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The function's name.
    pub function: String,
    /// The call as it prints: `f(x::Int64)`; of an inlined one the name.
    pub signature: String,
    /// The path of the method's module; empty if not known.
    pub module: String,
    /// The file.
    pub file: String,
    /// 1-based line; 0: not known.
    pub line: u32,
    /// Whether the call was inlined into the next frame.
    pub inlined: bool,
}

/// Between the parts of a label. No name contains it.
const SEPARATOR: char = '\u{1f}';
/// What the name of top-level code prints as.
pub const TOP_LEVEL: &str = "top-level scope";
/// The method that takes keywords apart: its frame says nothing that the body's does not.
const KEYWORD_SORTER: &str = "kwcall";
/// The first parameter of the function that holds the body of one with keywords.
const KEYWORD_BODY: &str = "#body#";

/// How the frames of a method instance are named: name, signature, and module.
pub fn label(cx: &Context, instance: Gc<MethodInstance>) -> String {
    let Some(method) = instance.method else { return TOP_LEVEL.to_owned() };
    let name = method.name.as_str();
    let signature = signature(cx, instance, method);
    let module = module_path(method.module);
    format!("{name}{SEPARATOR}{signature}{SEPARATOR}{module}")
}

/// The frames of a trace, innermost first.
pub fn frames(cx: &Context, trace: Value) -> Vec<Frame> {
    let Some((words, owners)) = parts(trace) else { return Vec::new() };
    let mut owners = owners.map(|vector| vector.values().skip(1).collect::<Vec<_>>().into_iter());
    let compiler = cx.compiler();
    let mut frames = Vec::new();
    // Recursion returns to few addresses many times.
    let mut known = HashMap::new();
    for word in words.tail() {
        let word = word.get();
        if word & INTERPRETED == 0 {
            let found = known.entry(word).or_insert_with(|| {
                native(&compiler.as_ref().map(|compiler| compiler.positions(word as usize)).unwrap_or_default())
            });
            frames.extend_from_slice(found);
        } else if let Some(owner) = owners.as_mut().and_then(Iterator::next) {
            frames.extend(interpreted(cx, owner, (word & !INTERPRETED) as u32));
        }
    }
    frames.retain(|frame| frame.function != KEYWORD_SORTER);
    frames
}

fn native(positions: &[NativePosition]) -> Vec<Frame> {
    let frames = positions.iter().enumerate().map(|(index, position)| {
        let inlined = index + 1 < positions.len();
        frame(&position.function, &position.file, position.line, inlined)
    });
    frames.collect()
}

fn interpreted(cx: &Context, owner: Value, number: u32) -> Option<Frame> {
    if let Some(file) = owner.get::<Symbol>() {
        return Some(frame(TOP_LEVEL, file.as_str(), number, false));
    }
    let instance = owner.get::<MethodInstance>()?;
    // The body is there: it was run.
    let (body, _) = cx.body_of(instance).ok()??;
    let line = &body.lines[body.statements[number as usize].line as usize];
    Some(frame(&label(cx, instance), &line.file, line.line, false))
}

/// A frame from a label or a plain name.
fn frame(label: &str, file: &str, line: u32, inlined: bool) -> Frame {
    let mut parts = label.split(SEPARATOR);
    let function = plain_name(parts.next().unwrap_or_default());
    let (signature, module) = (parts.next(), parts.next());
    let signature = match signature {
        Some(signature) if !inlined => signature.to_owned(),
        _ => shown_name(function).to_owned(),
    };
    let module = if inlined { "" } else { module.unwrap_or_default() };
    Frame { function: function.to_owned(), signature, module: module.to_owned(), file: shown_file(file), line, inlined }
}

/// `Adder` for `(a::Adder{T})`, the name that lowering gives to methods of objects of a type.
fn plain_name(name: &str) -> &str {
    let Some(ty) = name.strip_prefix('(').and_then(|rest| rest.split_once("::")) else { return name };
    ty.1.split(['{', ')']).next().unwrap_or(name)
}

/// Files of the base library are named from its folder.
fn shown_file(file: &str) -> String {
    match file.strip_prefix("base/") {
        Some(rest) => format!("./{rest}"),
        None => file.to_owned(),
    }
}

/// `f` for `#f#3`, the body of a function with keywords; `#3` for the anonymous `#3#4`.
fn shown_name(name: &str) -> &str {
    let Some(rest) = name.strip_prefix('#') else { return name };
    match rest.split_once('#') {
        Some((shown, _)) if shown.starts_with(|c: char| c.is_ascii_digit()) => &name[..=shown.len()],
        Some((shown, number)) if !shown.is_empty() && number.starts_with(|c: char| c.is_ascii_digit()) => shown,
        _ => name,
    }
}

/// `f(x::Int64, y::String; z::Bool)`.
fn signature(cx: &Context, instance: Gc<MethodInstance>, method: Gc<Method>) -> String {
    let Some(ty) = types::unwrap_union_all(instance.spec_types).get::<DataType>() else {
        return method.name.as_str().into();
    };
    let arguments: Vec<Value> = ty.parameters.values().collect();
    let names: Vec<String> = match method.param_names {
        Some(names) => names.values().take(method.n_params as usize).map(parameter_name).collect(),
        None => Vec::new(),
    };
    let is_keyword_body = names.first().is_some_and(|name| name == KEYWORD_BODY);
    // The keywords stand between the body's own function and the function that was called.
    let called = if is_keyword_body { n_keywords(&names) + 1 } else { 0 };
    // With a rest, arguments and parameters need not pair up.
    let has_names = names.len() == arguments.len();
    let argument = |index: usize| {
        let name = if has_names || index < called { names.get(index).map_or("", String::as_str) } else { "" };
        let ty = arguments[index];
        let text = keywords_text(cx, ty, instance.spec_types);
        format!("{name}::{}", text.unwrap_or_else(|| part_text(cx, ty, instance.spec_types)))
    };
    let list = |range: std::ops::Range<usize>| range.map(argument).collect::<Vec<_>>().join(", ");
    if called >= arguments.len() {
        return method.name.as_str().into();
    }
    let mut text = callable_text(cx, arguments[called], instance.spec_types);
    text.push('(');
    text.push_str(&list(called + 1..arguments.len()));
    if is_keyword_body {
        text.push_str("; ");
        text.push_str(&list(1..called));
    }
    text.push(')');
    text
}

/// `@Kwargs{a::Int64}` for the type of keywords that are passed on together, which holds a named tuple of them.
fn keywords_text(cx: &Context, ty: Value, whole: Value) -> Option<String> {
    let pairs = ty.get::<DataType>().filter(|ty| ty.name.name.as_str() == "Pairs" && ty.n_params() == 4)?;
    let tuple = part_text(cx, pairs.param(3), whole);
    tuple.strip_prefix("@NamedTuple").map(|keywords| format!("@Kwargs{keywords}"))
}

/// How many keywords a body of a function with keywords has: they come before the function that was called, whose
/// parameter has a name no program writes.
fn n_keywords(names: &[String]) -> usize {
    names.iter().skip(1).position(|name| name.is_empty()).unwrap_or(0)
}

/// A parameter's name in print: none for names that only lowering gives.
fn parameter_name(name: Value) -> String {
    let name = name.get::<Symbol>().map(|name| name.as_str().to_owned()).unwrap_or_default();
    if name.starts_with('#') && name != KEYWORD_BODY { String::new() } else { name }
}

/// What was called, from its type, which is a part of the signature `whole`.
fn callable_text(cx: &Context, ty: Value, whole: Value) -> String {
    let text = |part| part_text(cx, part, whole);
    let Some(data) = types::unwrap_union_all(ty).get::<DataType>() else { return format!("(::{})", text(ty)) };
    if data.is_type_type()
        && let Some(called) = data.params().first().and_then(Field::get)
        && !called.is::<TypeVar>()
    {
        return text(called);
    }
    let name = data.name.name.as_str();
    let is_function = data.name.flags.get() & name_flags::FUNCTION != 0;
    // A closure, or an anonymous function, has no name that reaches it.
    if is_function && data.n_params() == 0 && is_bound(cx, data) {
        return name.strip_prefix('#').unwrap_or(name).to_owned();
    }
    format!("(::{})", text(ty))
}

/// Whether the function of this type is the value of the global of its name.
fn is_bound(cx: &Context, ty: Gc<DataType>) -> bool {
    let (Some(module), Some(instance)) = (ty.name.module.get(), ty.instance.get()) else { return false };
    let name = crate::show::names::function_name(cx, instance);
    crate::modules::global(cx, module, cx.symbol(&name)) == Some(instance)
}
