//! Shorter names for types: `Vector{Int64}` for `Array{Int64, 1}`, and what programs name by `const`.
//!
//! A type prints by the one constant of its own module that stands for it; by none, if several do. Of the base library's
//! types the aliases are a fixed list, so that most types print without a search.

use crate::context::Context;
use crate::modules;
use crate::objects::*;
use crate::types;
use crate::values::boxes;
use crate::values::egal::egal;

/// The name a type prints under.
pub(super) struct Named {
    /// The name, with its module where it is needed.
    pub(super) text: String,
    /// What stands in braces behind it.
    pub(super) arguments: Vec<Value>,
    /// The variables, as declared, that the arguments stand for.
    pub(super) declared: Vec<Value>,
}

/// An alias of a type of the base library: its name, and how many leading parameters it keeps.
pub(super) fn base_alias(cx: &Context, ty: Gc<DataType>) -> Option<(&'static str, usize)> {
    let dimensions = |at: usize| (ty.n_params() == at + 1).then(|| boxes::as_int64(cx, ty.param(at))).flatten();
    if ty.name == cx.well_known().array_name() {
        return match dimensions(1)? {
            1 => Some(("Vector", 1)),
            2 => Some(("Matrix", 1)),
            _ => None,
        };
    }
    if !is_base(cx, ty.name.module.get()?) {
        return None;
    }
    match ty.name.name.as_str() {
        "AbstractArray" => match dimensions(1)? {
            1 => Some(("AbstractVector", 1)),
            2 => Some(("AbstractMatrix", 1)),
            _ => None,
        },
        "BitArray" => match dimensions(0)? {
            1 => Some(("BitVector", 0)),
            2 => Some(("BitMatrix", 0)),
            _ => None,
        },
        "Complex" if ty.n_params() == 1 => {
            let part = ty.param(0).get::<DataType>()?;
            let known = cx.well_known();
            [(known.float64(), "ComplexF64"), (known.float32(), "ComplexF32"), (known.float16(), "ComplexF16")]
                .into_iter()
                .find(|(float, _)| *float == part)
                .map(|(_, name)| (name, 0))
        }
        _ => None,
    }
}

fn is_base(cx: &Context, module: Gc<Module>) -> bool {
    [cx.world().core.get(), cx.world().base.get()].contains(&Some(module))
}

/// The constant of a program's module that stands for this type with parameters.
pub(super) fn of_data_type(cx: &Context, ty: Gc<DataType>) -> Option<Named> {
    let module = ty.name.module.get().filter(|&module| !is_base(cx, module))?;
    if ty.n_params() == 0 {
        return None;
    }
    let (wrapper, mut found) = (ty.name.wrapper.get(), None);
    each_constant(cx, module, |name, value| {
        let body = types::unwrap_union_all(value).get::<DataType>();
        if body.is_some_and(|body| body.name == ty.name) && !wrapper.is_some_and(|wrapper| egal(cx, wrapper, value)) {
            consider(cx, &mut found, (module, name), value, ty.erase());
        }
    });
    found.flatten()
}

/// The constant that stands for this union, in a module of one of its components or in the base library.
pub(super) fn of_union(cx: &Context, union: Value) -> Option<Named> {
    let mut searched: Vec<Gc<Module>> = Vec::new();
    for component in types::union_components(union) {
        let component = types::unwrap_union_all(component).get::<DataType>()?;
        // Of types without parameters the base library's unions have no exported names.
        let module = component.name.module.get().filter(|&module| !is_base(cx, module) || component.n_params() > 0);
        // What `Core` declares, `Base` exports.
        let module = if module == cx.world().core.get() { cx.world().base.get() } else { module };
        if let Some(module) = module
            && !searched.contains(&module)
        {
            searched.push(module);
        }
    }
    let mut found = None;
    for module in searched {
        each_constant(cx, module, |name, value| {
            if types::unwrap_union_all(value).is::<UnionType>() {
                consider(cx, &mut found, (module, name), value, union);
            }
        });
    }
    found.flatten()
}

/// Calls `visit` with the constants of a module that others see: its exports; of `Main`, all it defines.
fn each_constant(cx: &Context, module: Gc<Module>, mut visit: impl FnMut(Gc<Symbol>, Value)) {
    let is_main = cx.world().main.get() == Some(module);
    for binding in modules::bindings(module, is_main, false) {
        if let Some(value) = binding.constant().filter(|value| value.is_type()) {
            visit(binding.name, value);
        }
    }
}

/// Takes the alias if it is for `ty`: `found` is the one so far, `Some(None)` once there are several.
fn consider(
    cx: &Context,
    found: &mut Option<Option<Named>>,
    (module, name): (Gc<Module>, Gc<Symbol>),
    alias: Value,
    ty: Value,
) {
    let mut variables = Vec::new();
    let mut body = alias;
    while let View::All(all) = body.view() {
        variables.push(all.variable);
        body = all.body;
    }
    let mut matching = Matching { cx, arguments: vec![None; variables.len()], variables };
    if !matching.is_match(body, ty) || !matching.is_within_bounds() {
        return;
    }
    let Some(arguments) = matching.arguments.into_iter().collect::<Option<Vec<Value>>>() else { return };
    let declared = matching.variables.iter().map(|variable| variable.erase()).collect();
    let text = super::names::qualified(cx, module, name, alias);
    *found = Some(if found.is_some() { None } else { Some(Named { text, arguments, declared }) });
}

/// An alias's variables, and what they stand for.
struct Matching<'a> {
    cx: &'a Context,
    variables: Vec<Gc<TypeVar>>,
    arguments: Vec<Option<Value>>,
}

impl Matching<'_> {
    /// Whether `pattern` with its variables replaced is `ty`.
    fn is_match(&mut self, pattern: Value, ty: Value) -> bool {
        if let Some(index) = self.variables.iter().position(|variable| variable.erase() == pattern) {
            let known = *self.arguments[index].get_or_insert(ty);
            return egal(self.cx, known, ty);
        }
        match (pattern.view(), ty.view()) {
            (View::Data(pattern), View::Data(ty)) if pattern.name == ty.name && pattern.n_params() == ty.n_params() => {
                pattern.parameters.values().zip(ty.parameters.values()).all(|(pattern, ty)| self.is_match(pattern, ty))
            }
            (View::Union(_), View::Union(_)) => self.is_same_union(pattern, ty),
            _ => egal(self.cx, pattern, ty),
        }
    }

    fn is_same_union(&mut self, pattern: Value, ty: Value) -> bool {
        let (patterns, mut left) = (types::union_components(pattern), types::union_components(ty));
        patterns.len() == left.len()
            && patterns.iter().all(|&pattern| {
                let before = self.arguments.clone();
                let taken = left.iter().position(|&component| {
                    self.arguments.clone_from(&before);
                    self.is_match(pattern, component)
                });
                taken.map(|index| left.remove(index)).is_some()
            })
    }

    /// Whether the alias can be applied to the arguments.
    fn is_within_bounds(&self) -> bool {
        self.variables.iter().zip(&self.arguments).all(|(variable, argument)| {
            let Some(argument) = argument else { return false };
            let (lower, upper) = match argument.get::<TypeVar>() {
                Some(argument) => (argument.lower, argument.upper),
                None => (*argument, *argument),
            };
            let is_any = variable.upper == self.cx.well_known().any().erase();
            (is_any || upper.is_type() && types::is_subtype(self.cx, upper, variable.upper))
                && (variable.lower == self.cx.well_known().bottom()
                    || types::is_subtype(self.cx, variable.lower, lower))
        })
    }
}
