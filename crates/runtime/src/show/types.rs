//! Types as the language prints them: `Vector{Int64}`, `Union{Nothing, Node}`, `Array{T, 2} where T<:Real`.

use crate::context::Context;
use crate::objects::*;
use crate::types;
use crate::values::boxes;

/// The printed form of a type, or of a type parameter.
pub fn type_text(cx: &Context, ty: Value) -> String {
    let mut text = String::new();
    Printer { cx, text: &mut text, depth: 0 }.print(ty);
    text
}

struct Printer<'a> {
    cx: &'a Context,
    text: &'a mut String,
    depth: u32,
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
            View::All(all) => self.union_all(ty, all),
            View::Var(variable) => self.text.push_str(variable.name.as_str()),
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
        let alias = array_alias(self.cx, ty);
        if let Some(alias) = alias {
            self.text.push_str(alias);
            self.list(ty.parameters.values().take(1));
            return;
        }
        self.text.push_str(&self.qualified_name(ty));
        // `Tuple` alone is all tuples.
        if ty != self.cx.well_known().any_tuple() && (ty.n_params() > 0 || ty.is_tuple()) {
            if ty.is_tuple() && self.print_repeated(ty) {
                return;
            }
            self.list(ty.parameters.values());
        }
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
        let visible = crate::modules::global(self.cx, main, self.cx.symbol(&name));
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
        let name = ty.name.name.as_str();
        let shown = if super::names::is_identifier(name) { name.to_owned() } else { format!("var\"{name}\"") };
        let Some(module) = ty.name.module.get() else { return shown };
        let Some(main) = self.cx.world().main.get() else { return shown };
        let visible = crate::modules::global(self.cx, main, ty.name.name);
        if visible.is_some() && visible == ty.name.wrapper.get() || module == main {
            return shown;
        }
        format!("{}.{shown}", super::names::module_path(module))
    }

    fn union(&mut self, ty: Value) {
        let mut components = types::union_components(ty);
        // `Nothing` and `Missing` come first in print.
        components.sort_by_key(|component| *component != self.cx.well_known().nothing_type().erase());
        self.text.push_str("Union");
        self.list(components.into_iter());
    }

    fn union_all(&mut self, ty: Value, all: Gc<UnionAll>) {
        // A type written without its parameters prints as it is written.
        if let Some(body) = types::unwrap_union_all(ty).get::<DataType>()
            && body.name.wrapper.get() == Some(ty)
        {
            let name = self.qualified_name(body);
            self.text.push_str(&name);
            return;
        }
        if self.print_inline_bound(all) {
            return;
        }
        self.print(all.body);
        self.text.push_str(" where ");
        self.variable(all.variable);
    }

    /// `Vector{<:Real}` for `Vector{T} where T<:Real` when `T` occurs once, as the last parameter printed.
    fn print_inline_bound(&mut self, all: Gc<UnionAll>) -> bool {
        let Some(body) = all.body.get::<DataType>() else { return false };
        let variable = all.variable.erase();
        let uses = body.params().iter().filter(|param| param.get() == Some(variable)).count();
        let occurs_deeper =
            body.parameters.values().any(|param| param != variable && types::occurs_free(param, all.variable));
        let is_plain_upper = all.variable.lower == self.cx.well_known().bottom();
        if uses != 1
            || occurs_deeper
            || !is_plain_upper
            || body.is_tuple()
            || all.variable.upper == self.cx.well_known().any().erase()
        {
            return false;
        }
        let alias = array_alias(self.cx, body);
        let name = alias.map_or_else(|| self.qualified_name(body), str::to_owned);
        self.text.push_str(&name);
        self.text.push('{');
        let shown = if alias.is_some() { 1 } else { body.n_params() };
        for (index, param) in body.parameters.values().take(shown).enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            if param == variable {
                self.text.push_str("<:");
                self.print(all.variable.upper);
            } else {
                self.print(param);
            }
        }
        self.text.push('}');
        true
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
            self.text.push_str(&format!(":{}", symbol.as_str()));
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

/// `Vector` and `Matrix` for arrays of one and two dimensions.
fn array_alias(cx: &Context, ty: Gc<DataType>) -> Option<&'static str> {
    if ty.name != cx.well_known().array_name() || ty.n_params() != 2 {
        return None;
    }
    match boxes::as_int64(cx, ty.param(1)) {
        Some(1) => Some("Vector"),
        Some(2) => Some("Matrix"),
        _ => None,
    }
}
