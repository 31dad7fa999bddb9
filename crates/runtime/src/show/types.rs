//! Types as the language prints them: `Vector{Int64}`, `Union{Nothing, Node}`, `Array{T, 2} where T<:Real`.

use crate::context::Context;
use crate::objects::*;
use crate::types;
use crate::values::boxes;

use super::aliases::{self, Named};

/// The printed form of a type, or of a type parameter.
pub fn type_text(cx: &Context, ty: Value) -> String {
    text_of(cx, ty, Vec::new(), true)
}

/// The printed form of a part of `whole`, whose variables need no bounds: the reader sees them elsewhere.
pub fn part_text(cx: &Context, part: Value, whole: Value) -> String {
    text_of(cx, part, variables_of(whole).0, true)
}

/// A type as a program can write it with nothing but its name and parameters: no macro, no alias that might be missing.
pub fn type_source(cx: &Context, ty: Value) -> String {
    text_of(cx, ty, Vec::new(), false)
}

fn text_of(cx: &Context, ty: Value, named: Vec<Gc<TypeVar>>, has_short_forms: bool) -> String {
    let mut text = String::new();
    let mut printer = Printer { cx, text: &mut text, depth: 0, named, elided: Vec::new(), has_short_forms };
    printer.print(ty);
    text
}

/// The variables a type begins with, from the outermost, and what they are in.
fn variables_of(ty: Value) -> (Vec<Gc<TypeVar>>, Value) {
    let mut variables = Vec::new();
    let mut at = ty;
    while let View::All(inner) = at.view() {
        variables.push(inner.variable);
        at = inner.body;
    }
    (variables, at)
}

struct Printer<'a> {
    cx: &'a Context,
    text: &'a mut String,
    depth: u32,
    /// Variables whose bounds are printed where they are introduced.
    named: Vec<Gc<TypeVar>>,
    /// Names of variables that print as their bounds, since nothing else names them: `<:Real`.
    elided: Vec<Gc<TypeVar>>,
    /// Whether named tuples print by their macro and complex numbers by their alias.
    has_short_forms: bool,
}

/// Types nest no deeper than this in print; what is deeper prints as `…`.
const MAX_DEPTH: u32 = 200;

impl Printer<'_> {
    fn print(&mut self, ty: Value) {
        if self.depth > MAX_DEPTH {
            self.text.push('…');
            return;
        }
        self.depth += 1;
        match ty.view() {
            View::Bottom => self.text.push_str("Union{}"),
            View::Data(ty) => self.data_type(ty),
            View::Union(_) => self.union(ty),
            View::All(_) => self.union_all(ty),
            View::Var(variable) if self.elided.contains(&variable) => self.bounds(variable),
            View::Var(variable) if self.named.contains(&variable) => self.text.push_str(variable.name.as_str()),
            View::Var(variable) => self.variable(variable),
            View::Vararg(vararg) => self.vararg(vararg),
            View::Other(value) => self.parameter(value),
        }
        self.depth -= 1;
    }

    fn list(&mut self, items: impl Iterator<Item = Value>) {
        self.text.push('{');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.print(item);
        }
        self.text.push('}');
    }

    fn data_type(&mut self, ty: Gc<DataType>) {
        if let Some(instance) = ty.instance.get()
            && ty.name.flags.get() & name_flags::FUNCTION != 0
            && ty.n_params() == 0
        {
            let name = self.qualified_function(ty, instance);
            self.text.push_str(&format!("typeof({name})"));
            return;
        }
        if self.print_named_tuple(ty) {
            return;
        }
        if !ty.is_tuple() {
            self.with_arguments(self.named_as(ty), usize::MAX);
            return;
        }
        self.text.push_str("Tuple");
        // `Tuple` alone is all tuples.
        if ty != self.cx.well_known().any_tuple() && !self.print_repeated(ty) {
            self.list(ty.parameters.values());
        }
    }

    /// A name, and at most so many arguments, none at all without braces.
    fn with_arguments(&mut self, named: Named, limit: usize) {
        self.text.push_str(&named.text);
        let count = named.arguments.len().min(limit);
        if count > 0 {
            self.list(named.arguments.into_iter().take(count));
        }
    }

    /// Whether every variable that is free in a type is named around it: only then can an alias stand for it.
    fn is_closed(&self, ty: Value) -> bool {
        let mut whole = ty;
        for &variable in self.named.iter().rev() {
            if !types::has_free_variables(whole) {
                return true;
            }
            whole = types::union_all(self.cx, variable, whole);
        }
        !types::has_free_variables(whole)
    }

    /// The name a type prints under, and its arguments.
    fn named_as(&self, ty: Gc<DataType>) -> Named {
        let is_closed = self.is_closed(ty.erase());
        let user = if self.has_short_forms && is_closed { aliases::of_data_type(self.cx, ty) } else { None };
        user.unwrap_or_else(|| {
            let (text, count) = match aliases::base_alias(self.cx, ty).filter(|_| is_closed) {
                Some((alias, count)) if count > 0 || self.has_short_forms => (alias.to_owned(), count),
                _ => (self.qualified_name(ty), ty.n_params()),
            };
            let wrapper = ty.name.wrapper.get();
            let declared = wrapper.and_then(|wrapper| types::unwrap_union_all(wrapper).get::<DataType>());
            let declared = declared.filter(|declared| declared.n_params() == ty.n_params());
            Named {
                text,
                arguments: ty.parameters.values().take(count).collect(),
                declared: declared.map_or_else(Vec::new, |declared| declared.parameters.values().take(count).collect()),
            }
        })
    }

    /// `@NamedTuple{a::Int64, b}`, where names and types are known.
    fn print_named_tuple(&mut self, ty: Gc<DataType>) -> bool {
        if !self.has_short_forms
            || ty.name.name.as_str() != "NamedTuple"
            || ty.n_params() != 2
            || !ty.param(0).type_of().is_tuple()
        {
            return false;
        }
        let Some(types) = ty.param(1).get::<DataType>().filter(|types| types.is_tuple()) else { return false };
        let names = ty.param(0);
        let count = names.type_of().n_fields();
        if types.n_params() != count || types.parameters.values().any(|part| matches!(part.view(), View::Vararg(_))) {
            return false;
        }
        self.text.push_str("@NamedTuple{");
        for (index, part) in types.parameters.values().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            if let Some(name) = crate::values::structs::get_field(self.cx, names, index)
                && let Some(name) = name.get::<Symbol>()
            {
                self.text.push_str(&super::names::as_variable(name.as_str()));
            }
            if part != self.cx.well_known().any().erase() {
                self.text.push_str("::");
                self.print(part);
            }
        }
        self.text.push('}');
        true
    }

    /// `NTuple{4, Int64}` for a tuple of more than three equal elements.
    fn print_repeated(&mut self, ty: Gc<DataType>) -> bool {
        let n = ty.n_params();
        let first = match ty.params().first() {
            Some(first) if n > 3 => first.get(),
            _ => return false,
        };
        if ty.params().iter().any(|param| param.get() != first) {
            return false;
        }
        self.text.truncate(self.text.len() - "Tuple".len());
        self.text.push_str(&format!("NTuple{{{n}, "));
        self.print(ty.param(0));
        self.text.push('}');
        true
    }

    /// The name of a function, with its module where the name alone does not reach it from `Main`.
    fn qualified_function(&self, ty: Gc<DataType>, function: Value) -> String {
        let name = super::names::function_name(self.cx, function);
        let main = self.cx.world().main.get();
        let (Some(module), Some(main)) = (ty.name.module.get(), main) else { return name };
        let visible = crate::modules::peek(self.cx, main, self.cx.symbol(&name));
        // Written bare, a macro's name would be a call of it.
        let is_macro = name.starts_with('@');
        let shown = if is_macro { format!("var\"{name}\"") } else { name.clone() };
        if module == main || visible == Some(function) {
            return shown;
        }
        let is_plain = is_macro || super::names::is_identifier(&name);
        let shown = if is_plain { shown } else { format!(":({name})") };
        format!("{}.{shown}", super::names::module_path(module))
    }

    /// The name, with its module where the name alone does not reach the type from `Main`.
    fn qualified_name(&self, ty: Gc<DataType>) -> String {
        match (ty.name.module.get(), ty.name.wrapper.get()) {
            (Some(module), Some(wrapper)) => super::names::qualified(self.cx, module, ty.name.name, wrapper),
            _ => super::names::as_variable(ty.name.name.as_str()),
        }
    }

    fn union(&mut self, ty: Value) {
        if let Some(named) = self.union_named_as(ty) {
            self.with_arguments(named, usize::MAX);
            return;
        }
        self.text.push_str("Union");
        self.list(types::union_components(ty).into_iter());
    }

    fn union_named_as(&self, ty: Value) -> Option<Named> {
        if self.has_short_forms && self.is_closed(ty) { aliases::of_union(self.cx, ty) } else { None }
    }

    fn union_all(&mut self, ty: Value) {
        // A type written without its parameters prints as it is written.
        if let Some(body) = types::unwrap_union_all(ty).get::<DataType>()
            && body.name.wrapper.get() == Some(ty)
        {
            let name = self.qualified_name(body);
            self.text.push_str(&name);
            return;
        }
        let (mut variables, at) = variables_of(ty);
        let (kept, known) = (self.elided.len(), self.named.len());
        self.named.extend(&variables);
        match at.view() {
            View::Data(body) => {
                let named = self.named_as(body);
                let limit = self.elide(&named, !body.is_tuple(), &mut variables);
                if body.is_tuple() {
                    self.data_type(body);
                } else if limit < usize::MAX || !self.print_named_tuple(body) {
                    self.with_arguments(named, limit);
                }
            }
            View::Union(_) => match self.union_named_as(at) {
                Some(named) => {
                    let limit = self.elide(&named, true, &mut variables);
                    self.with_arguments(named, limit);
                }
                None => self.union(at),
            },
            _ => self.print(at),
        }
        self.elided.truncate(kept);
        self.wheres(&variables);
        self.named.truncate(known);
    }

    /// Takes off the variables that need no `where`: a last argument that is as declared is left out, if it may be, and
    /// one without a name of its own prints as its bound. Answers how many arguments are left.
    fn elide(&mut self, named: &Named, may_leave_out: bool, variables: &mut Vec<Gc<TypeVar>>) -> usize {
        let count = named.arguments.len();
        let mut left = count;
        for index in (0..count).rev() {
            let Some(last) = variables.last().copied() else { break };
            if named.arguments[index] != last.erase() || !is_named_once(&named.arguments, index, last) {
                continue;
            }
            let own = named.declared.get(index).and_then(|own| own.get::<TypeVar>());
            let is_as_declared = own.is_some_and(|own| own.lower == last.lower && own.upper == last.upper);
            if index + 1 == left && is_as_declared && may_leave_out {
                left -= 1;
                variables.pop();
            } else if last.name.as_str().contains('#') && self.has_one_bound(last) {
                self.elided.push(last);
                variables.pop();
            }
        }
        if left == count { usize::MAX } else { left }
    }

    fn has_one_bound(&self, variable: Gc<TypeVar>) -> bool {
        variable.lower == self.cx.well_known().bottom() || variable.upper == self.cx.well_known().any().erase()
    }

    fn bounds(&mut self, variable: Gc<TypeVar>) {
        let is_upper = variable.lower == self.cx.well_known().bottom();
        self.text.push_str(if is_upper { "<:" } else { ">:" });
        self.print(if is_upper { variable.upper } else { variable.lower });
    }

    fn wheres(&mut self, variables: &[Gc<TypeVar>]) {
        match variables {
            [] => {}
            [only] => {
                self.text.push_str(" where ");
                self.variable(*only);
            }
            several => {
                self.text.push_str(" where {");
                for (index, variable) in several.iter().enumerate() {
                    if index > 0 {
                        self.text.push_str(", ");
                    }
                    self.variable(*variable);
                }
                self.text.push('}');
            }
        }
    }

    fn variable(&mut self, variable: Gc<TypeVar>) {
        let has_lower = variable.lower != self.cx.well_known().bottom();
        let has_upper = variable.upper != self.cx.well_known().any().erase();
        if has_lower && has_upper {
            self.print(variable.lower);
            self.text.push_str("<:");
        }
        self.text.push_str(variable.name.as_str());
        if has_upper {
            self.text.push_str("<:");
            self.print(variable.upper);
        } else if has_lower {
            self.text.push_str(">:");
            self.print(variable.lower);
        }
    }

    fn vararg(&mut self, vararg: Gc<Vararg>) {
        self.text.push_str("Vararg");
        let parts = [vararg.element, vararg.count];
        if parts[0].is_some() {
            self.list(parts.into_iter().flatten());
        }
    }

    /// A parameter that is no type: a number, a symbol, a truth value, a tuple of such.
    fn parameter(&mut self, value: Value) {
        let cx = self.cx;
        if let Some(number) = boxes::as_int64(cx, value) {
            self.text.push_str(&number.to_string());
        } else if let Some(truth) = boxes::unbox_bool(cx, value) {
            self.text.push_str(if truth { "true" } else { "false" });
        } else if let Some(symbol) = value.get::<Symbol>() {
            let name = symbol.as_str();
            let quoted = format!("Symbol({name:?})");
            self.text.push_str(&if super::names::prints_bare(name) { format!(":{name}") } else { quoted });
        } else if let Some(number) = number_text(cx, value) {
            self.text.push_str(&number);
        } else if value.type_of().is_tuple() {
            let n = value.type_of().n_fields();
            self.text.push('(');
            for index in 0..n {
                if index > 0 {
                    self.text.push_str(", ");
                }
                if let Some(element) = crate::values::structs::get_field(cx, value, index) {
                    self.print(element);
                }
            }
            self.text.push_str(if n == 1 { ",)" } else { ")" });
        } else {
            self.text.push_str(&format!("{}(…)", value.type_of().name.name.as_str()));
        }
    }
}

/// Whether the variable occurs nowhere but as this argument.
fn is_named_once(arguments: &[Value], index: usize, variable: Gc<TypeVar>) -> bool {
    let mut others = arguments.iter().enumerate().filter(|(at, _)| *at != index);
    !others.any(|(_, &argument)| types::occurs_free(argument, variable))
}

/// A number that is a type's parameter: unsigned ones in hexadecimal.
fn number_text(cx: &Context, value: Value) -> Option<String> {
    let known = cx.well_known();
    let ty = value.type_of();
    let text = if ty == known.uint8() {
        format!("0x{:02x}", boxes::unbox::<u8>(value))
    } else if ty == known.uint16() {
        format!("0x{:04x}", boxes::unbox::<u16>(value))
    } else if ty == known.uint32() {
        format!("0x{:08x}", boxes::unbox::<u32>(value))
    } else if ty == known.uint64() {
        format!("0x{:016x}", boxes::unbox::<u64>(value))
    } else if ty == known.int8() {
        boxes::unbox::<i8>(value).to_string()
    } else if ty == known.int16() {
        boxes::unbox::<i16>(value).to_string()
    } else if ty == known.int32() {
        boxes::unbox::<i32>(value).to_string()
    } else if ty == known.float64() {
        super::numbers::float64_text(boxes::unbox::<f64>(value))
    } else if ty == known.char() {
        format!("'{}'", boxes::char_from_bits(boxes::unbox::<u32>(value))?.escape_debug())
    } else {
        return None;
    };
    Some(text)
}
