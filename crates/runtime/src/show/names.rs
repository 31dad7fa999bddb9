//! How symbols, functions and modules are named in print.

use crate::context::Context;
use crate::objects::*;

const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "\\", "^", "%", "÷", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "<<", ">>", ">>>", "&",
    "|", "~", "!", "∘", "∈", "∉", "≤", "≥", "≠", "⊻", "|>", "<|", "=>", "//", "<:", ">:", "√", "∛", "≡", "≢", "∪", "∩",
    "⊆", "×", "⋅", "±",
];

/// Whether a symbol prints as `:name` without quotes: it is an identifier or an operator.
pub fn prints_bare(name: &str) -> bool {
    OPERATORS.contains(&name) || is_identifier(name)
}

/// Whether text can be written as a variable's name.
pub fn is_identifier(name: &str) -> bool {
    let starts = |c: char| c == '_' || c.is_alphabetic() || (c as u32) > 0xa0 && !c.is_numeric() && !c.is_whitespace();
    let continues = |c: char| starts(c) || c.is_numeric() || c == '!' || ('\u{300}'..='\u{36f}').contains(&c);
    let mut characters = name.chars();
    characters.next().is_some_and(starts) && characters.all(continues)
}

/// A name where a variable stands: as it is, or as `var"..."`.
pub fn as_variable(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { format!("var{name:?}") }
}

/// The name a function prints under: without the `#` of its type, and of an anonymous function with its number.
pub fn function_name(_cx: &Context, function: Value) -> String {
    let name = function.type_of().name.name;
    let name = name.as_str();
    match name.strip_prefix('#') {
        // `#f#3` is the third closure called `f`; `#3#4` an anonymous function.
        Some(rest) => match rest.split_once('#') {
            Some((shown, _)) if shown.starts_with(|c: char| c.is_ascii_digit()) => format!("#{shown}"),
            Some((shown, _)) => shown.to_owned(),
            None => rest.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// The name of a global of `module`, with the module where the name alone does not reach `value` from `Main`.
pub fn qualified(cx: &Context, module: Gc<Module>, name: Gc<Symbol>, value: Value) -> String {
    let shown = as_variable(name.as_str());
    match cx.world().main.get() {
        Some(main) if module != main && crate::modules::peek(cx, main, name) != Some(value) => {
            format!("{}.{shown}", module_path(module))
        }
        _ => shown,
    }
}

/// The path of a module: `Base.Iterators`; modules inside `Main` without it, as far as they can be seen from there.
pub fn module_path(module: Gc<Module>) -> String {
    let mut names = vec![module.name.as_str().to_owned()];
    let mut at = module;
    while let Some(parent) = at.parent.get()
        && parent != at
    {
        names.push(parent.name.as_str().to_owned());
        at = parent;
    }
    names.reverse();
    names.join(".")
}
