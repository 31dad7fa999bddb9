//! Instantiation: applying a parametric type to parameters, and substituting variables.
//!
//! A type whose parameters have no free variables is looked up by structural hash, in the engine's table and in those
//! of attached images, and made only once. Types with free variables are made afresh each time.

use super::structure::{instance_hash, types_egal};
use super::{layout, tuples, unions, variables};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;

/// `ty{params...}`. Throws `TypeError` for a parameter outside its bounds or of a kind that cannot be a parameter, and
/// `ErrorException` for too many parameters or for what is not parametric.
pub fn apply_type(cx: &Context, ty: Value, params: &[Value]) -> Outcome {
    let well_known = cx.well_known();
    if ty == well_known.union().erase() {
        return unions::union_checked(cx, params);
    }
    if ty == well_known.any_tuple().erase() {
        return tuples::tuple_type_checked(cx, params);
    }
    if ty.is::<Vararg>() {
        return apply_vararg(cx, ty.expect(), params);
    }
    if params.is_empty() && ty.is_type() {
        return Ok(ty);
    }
    let Some(_) = ty.get::<UnionAll>() else {
        return Err(not_parametric(cx, ty));
    };
    let mut substitution = Substitution::default();
    let mut body = ty;
    for &param in params {
        let Some(all) = body.get::<UnionAll>() else {
            return Err(cx.error(&format!("too many parameters for type {}", type_name_text(ty))));
        };
        check_parameter(cx, ty, all.variable, param, &substitution)?;
        substitution.push(all.variable, param);
        body = all.body;
    }
    instantiate(cx, body, &substitution)
}

fn not_parametric(cx: &Context, ty: Value) -> crate::errors::Thrown {
    if ty.is_type() {
        cx.error(&format!("too many parameters for type {}", type_name_text(ty)))
    } else {
        cx.throw_type_error("Type{...} expression", "", cx.well_known().union_all().erase(), ty)
    }
}

/// The name of a type, for messages.
pub(crate) fn type_name_text(ty: Value) -> String {
    match variables::unwrap_union_all(ty).view() {
        View::Data(data) => data.name.name.as_str().to_owned(),
        View::Union(_) => "Union".to_owned(),
        View::Bottom => "Union{}".to_owned(),
        _ => "type".to_owned(),
    }
}

fn apply_vararg(cx: &Context, vararg: Gc<Vararg>, params: &[Value]) -> Outcome {
    let (element, count) = match (vararg.element, params) {
        (None, [element]) => (Some(*element), None),
        (None, [element, count]) => (Some(*element), Some(*count)),
        (Some(element), [count]) if vararg.count.is_none() => (Some(element), Some(*count)),
        (_, []) => return Ok(vararg.erase()),
        _ => return Err(cx.error("too many parameters for type Vararg")),
    };
    if let Some(element) = element
        && !element.is_type()
        && !element.is::<TypeVar>()
    {
        return Err(cx.throw_type_error("Vararg", "type", type_type(cx), element));
    }
    if let Some(count) = count
        && !count.is::<TypeVar>()
        && crate::values::boxes::as_int64(cx, count).is_none()
    {
        return Err(cx.throw_type_error("Vararg", "count", cx.well_known().int64().erase(), count));
    }
    Ok(cx.new_vararg(element, count).erase())
}

fn type_type(cx: &Context) -> Value {
    cx.well_known().type_all().erase()
}

/// A parameter must be a type, a variable, or an immutable value without pointers (symbols count, and tuples of such),
/// and lie between the variable's bounds.
fn check_parameter(
    cx: &Context,
    ty: Value,
    variable: Gc<TypeVar>,
    param: Value,
    earlier: &Substitution,
) -> Outcome<()> {
    if !is_valid_parameter(param) {
        return Err(cx.throw_type_error("Type", "parameter", type_type(cx), param));
    }
    let well_known = cx.well_known();
    if variable.upper == well_known.any().erase() && variable.lower.is_bottom() {
        return Ok(());
    }
    if param.is::<TypeVar>() || variables::has_free_variables(param) {
        return Ok(());
    }
    let upper = instantiate(cx, variable.upper, earlier)?;
    let lower = instantiate(cx, variable.lower, earlier)?;
    if variables::has_free_variables(upper) || variables::has_free_variables(lower) {
        return Ok(());
    }
    if param.is_type() && super::try_subtype(cx, param, upper)? && super::try_subtype(cx, lower, param)? {
        return Ok(());
    }
    let name = type_name_text(ty);
    Err(cx.throw_type_error(&name, variable.name.as_str(), variable.erase(), param))
}

/// Whether a value may be a type parameter.
pub fn is_valid_parameter(param: Value) -> bool {
    if param.is_type() || param.is::<TypeVar>() || param.is::<Symbol>() || param.is::<Module>() {
        return true;
    }
    let ty = param.type_of();
    if ty.is_bits() {
        return true;
    }
    let is_tuple = (ty.is_tuple() || ty.is_named_tuple()) && ty.kind == Kind::Plain as u32;
    is_tuple
        && (0..ty.n_fields()).all(|i| {
            let place = ty.field_place(i);
            // SAFETY: the place comes from the value's own type.
            !place.is_pointer || unsafe { param.pointer_at(place.offset as usize) }.is_some_and(is_valid_parameter)
        })
}

/// What to replace type variables by.
#[derive(Default)]
pub struct Substitution {
    pairs: smallvec::SmallVec<[(Gc<TypeVar>, Value); 6]>,
}

impl Substitution {
    /// No replacement.
    pub fn new() -> Substitution {
        Substitution::default()
    }

    /// Adds one. The variables and values must be kept alive by the caller (arguments on its stack are).
    pub fn push(&mut self, variable: Gc<TypeVar>, value: Value) {
        self.pairs.push((variable, value));
    }

    /// Removes the last one.
    pub fn pop(&mut self) {
        self.pairs.pop();
    }

    /// What `variable` is replaced by.
    pub fn get(&self, variable: Gc<TypeVar>) -> Option<Value> {
        self.pairs.iter().rev().find(|(known, _)| *known == variable).map(|&(_, value)| value)
    }

    /// Whether nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// `ty` with variables replaced.
pub fn instantiate(cx: &Context, ty: Value, substitution: &Substitution) -> Outcome {
    if substitution.is_empty() {
        return Ok(ty);
    }
    let _guard = cx.heap().no_collect();
    substitute(cx, ty, substitution)
}

fn substitute(cx: &Context, ty: Value, with: &Substitution) -> Outcome {
    cx.check_stack()?;
    match ty.view() {
        View::Var(variable) => Ok(with.get(variable).unwrap_or(ty)),
        View::Data(data) if data.has_free_variables() => {
            let mut changed = false;
            let mut params: smallvec::SmallVec<[Value; 8]> = smallvec::SmallVec::new();
            for param in data.params() {
                let param = param.unwrap();
                let new = substitute(cx, param, with)?;
                changed |= new != param;
                params.push(new);
            }
            if !changed {
                Ok(ty)
            } else if data.is_tuple() {
                tuples::tuple_type_from(cx, &params)
            } else {
                Ok(instance_of(cx, data.name, &params).erase())
            }
        }
        View::Data(_) | View::Bottom | View::Other(_) => Ok(ty),
        View::Union(union) => {
            let (a, b) = (substitute(cx, union.a, with)?, substitute(cx, union.b, with)?);
            if a == union.a && b == union.b { Ok(ty) } else { Ok(unions::union(cx, &[a, b])) }
        }
        View::All(all) => substitute_all(cx, all, with),
        View::Vararg(vararg) => {
            let element = vararg.element.map(|element| substitute(cx, element, with)).transpose()?;
            let count = vararg.count.map(|count| substitute(cx, count, with)).transpose()?;
            if element == vararg.element && count == vararg.count {
                return Ok(ty);
            }
            Ok(cx.new_vararg(element, count).erase())
        }
    }
}

fn substitute_all(cx: &Context, all: Gc<UnionAll>, with: &Substitution) -> Outcome {
    if !variables::has_free_variables(all.erase()) {
        return Ok(all.erase());
    }
    let variable = all.variable;
    let (lower, upper) = (substitute(cx, variable.lower, with)?, substitute(cx, variable.upper, with)?);
    if lower == variable.lower && upper == variable.upper {
        let body = substitute(cx, all.body, with)?;
        if body == all.body {
            return Ok(all.erase());
        }
        return Ok(variables::union_all(cx, variable, body));
    }
    let renamed = cx.new_type_var(variable.name, lower, upper);
    let mut inner = Substitution { pairs: with.pairs.clone() };
    inner.push(variable, renamed.erase());
    let body = substitute(cx, all.body, &inner)?;
    Ok(variables::union_all(cx, renamed, body))
}

/// The type `name{params...}`: the one there is, or a new one. Parameters are taken as they are.
pub fn instance_of(cx: &Context, name: Gc<TypeName>, params: &[Value]) -> Gc<DataType> {
    let hash = instance_hash(cx, name, params.iter().copied());
    if let Some(hash) = hash
        && let Some(found) = find_instance(cx, name, params, hash)
    {
        return found;
    }
    if let Some(primary) = primary_type(name)
        && primary.n_params() == params.len()
        && primary.params().iter().zip(params).all(|(own, &param)| own.get() == Some(param))
    {
        return primary;
    }
    let _guard = cx.heap().no_collect();
    make_instance(cx, name, cx.svec(params), hash)
}

fn find_instance(cx: &Context, name: Gc<TypeName>, params: &[Value], hash: u64) -> Option<Gc<DataType>> {
    let matches = |entry: Value| {
        let data = entry.expect::<DataType>();
        data.name == name
            && data.n_params() == params.len()
            && data.params().iter().zip(params).all(|(own, &param)| {
                let own = own.unwrap();
                own == param || types_egal(cx, own, param)
            })
    };
    cx.engine_tables().find_map(|tables| tables.types.find(hash, matches)).map(|found| found.expect())
}

/// The type as declared, inside all `where`s of the name's wrapper.
pub fn primary_type(name: Gc<TypeName>) -> Option<Gc<DataType>> {
    variables::unwrap_union_all(name.wrapper.get()?).get()
}

fn make_instance(cx: &Context, name: Gc<TypeName>, params: Gc<SimpleVector>, hash: Option<u64>) -> Gc<DataType> {
    let ty = new_data_type(cx, name, params, hash);
    if let Some(hash) = hash {
        table_insert(cx, cx.well_known().tables().types, hash, ty.erase());
        layout::complete(cx, ty);
    }
    ty
}

/// A new type object with the flags that follow from its name and parameters; nothing else is filled in, and it is not
/// in the table of types.
pub(crate) fn new_data_type(
    cx: &Context,
    name: Gc<TypeName>,
    params: Gc<SimpleVector>,
    hash: Option<u64>,
) -> Gc<DataType> {
    let well_known = cx.well_known();
    let primary = primary_type(name);
    let kind = primary.map_or(Kind::Plain as u32, |primary| primary.kind);
    let object = DataType {
        layout: tintype_heap::Layout::bits(0, 8),
        kind,
        flags: std::cell::Cell::new(0),
        hash: std::cell::Cell::new(hash.unwrap_or(0)),
        name,
        super_type: Field::null(),
        parameters: params,
        field_types: Field::null(),
        field_places: Field::null(),
        instance: Field::null(),
        type_of_type: Field::null(),
        element_memory: Field::null(),
        n_initialized: std::cell::Cell::new(primary.map_or(0, |primary| primary.n_initialized.get())),
        n_bits: std::cell::Cell::new(name.n_bits),
        builtin: std::cell::Cell::new(0),
        reserved: 0,
    };
    let ty = cx.allocate(well_known.data_type(), object);
    ty.set_flags(initial_flags(cx, ty, hash.is_none()));
    ty
}

fn initial_flags(cx: &Context, ty: Gc<DataType>, has_free: bool) -> u32 {
    let well_known = cx.well_known();
    let name = ty.name;
    let declared = name.flags.get();
    let mut bits = 0;
    for (declared_bit, bit) in [
        (name_flags::ABSTRACT, flags::ABSTRACT),
        (name_flags::MUTABLE, flags::MUTABLE),
        (name_flags::PRIMITIVE, flags::PRIMITIVE),
        (name_flags::FUNCTION, flags::FUNCTION),
    ] {
        if declared & declared_bit != 0 {
            bits |= bit;
        }
    }
    if has_free {
        bits |= flags::HAS_FREE_VARIABLES;
    }
    let is_name = |field: &Field<TypeName>| field.get() == Some(name);
    if is_name(&well_known.tuple_name) {
        bits |= flags::TUPLE | tuples::tuple_flags(cx, ty, has_free);
    } else if is_name(&well_known.named_tuple_name) {
        bits |= flags::NAMED_TUPLE;
        let elements = ty.parameters.tail().get(1).and_then(Field::get);
        let concrete = elements.and_then(|tuple| tuple.get::<DataType>()).is_some_and(|tuple| tuple.is_concrete());
        if !has_free && concrete {
            bits |= flags::CONCRETE;
        }
    } else if is_name(&well_known.type_type_name) {
        bits |= flags::TYPE_TYPE;
    } else if !has_free && bits & flags::ABSTRACT == 0 {
        bits |= flags::CONCRETE;
    }
    bits
}

/// The supertype. Of types with free variables it is computed when first asked for.
pub fn supertype(cx: &Context, ty: Gc<DataType>) -> Gc<DataType> {
    if let Some(found) = ty.super_type.get() {
        return found;
    }
    let _guard = cx.heap().no_collect();
    let any = cx.well_known().any();
    let Some(primary) = primary_type(ty.name) else { return any };
    let Some(declared) = primary.super_type.get() else { return any };
    let substitution = parameters_of(primary, ty);
    // Only a stack overflow can make this fail; `Any` is then a true, if useless, answer, and is not kept.
    let Ok(found) = substitute(cx, declared.erase(), &substitution) else { return any };
    let found = found.expect::<DataType>();
    cx.write(ty, &ty.super_type, Some(found));
    found
}

/// The field types, if the type has fields that are known. Of types with free variables they are computed each time.
pub fn field_types(cx: &Context, ty: Gc<DataType>) -> Option<Gc<SimpleVector>> {
    if let Some(found) = ty.field_types.get() {
        return Some(found);
    }
    if ty.is_tuple() {
        let open_ended = ty.parameters.tail().last().is_some_and(|last| last.unwrap().is::<Vararg>());
        return if open_ended { None } else { Some(ty.parameters) };
    }
    if ty.is_named_tuple() {
        let elements = ty.param(1).get::<DataType>()?;
        return if elements.is_tuple() { field_types(cx, elements) } else { None };
    }
    let primary = primary_type(ty.name)?;
    let declared = primary.field_types.get()?;
    let _guard = cx.heap().no_collect();
    let substitution = parameters_of(primary, ty);
    let types = cx.new_empty_svec(declared.len());
    for (i, declared) in declared.values().enumerate() {
        let field = substitute(cx, declared, &substitution).ok()?;
        cx.svec_set(types, i, Some(field));
    }
    Some(types)
}

/// The substitution of a declared type's variables by an instantiation's parameters.
pub(crate) fn parameters_of(primary: Gc<DataType>, ty: Gc<DataType>) -> Substitution {
    let mut substitution = Substitution::new();
    for (variable, param) in primary.params().iter().zip(ty.params()) {
        if let Some(variable) = variable.unwrap().get::<TypeVar>() {
            substitution.push(variable, param.unwrap());
        }
    }
    substitution
}

/// `Type{ty}`.
pub fn type_of_type(cx: &Context, ty: Value) -> Gc<DataType> {
    let data = ty.get::<DataType>();
    if let Some(known) = data.and_then(|data| data.type_of_type.get()) {
        return known;
    }
    let made = instance_of(cx, cx.well_known().type_type_name(), &[ty]);
    if let Some(data) = data.filter(|data| !data.has_free_variables()) {
        cx.write(data, &data.type_of_type, Some(made));
    }
    made
}
