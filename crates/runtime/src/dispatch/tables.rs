//! Method tables: which methods could match, by the first argument; adding and deleting methods.

use crate::context::Context;
use crate::errors::{Outcome, Thrown};
use crate::objects::*;
use crate::types::{self, unwrap_union_all};
use crate::values::allocate::hash_mix;
use crate::worlds;
use std::cell::Cell;

/// The key of methods whose first argument is `Type{...}` of no known name.
const KEY_TYPES: u64 = 1;
/// The key of methods whose first argument has an abstract type.
const KEY_ABSTRACT: u64 = 2;

fn key_of_name(name: Gc<TypeName>) -> u64 {
    hash_mix(0x6d74, name.site)
}

fn key_of_constructor(name: Gc<TypeName>) -> u64 {
    hash_mix(0x6374, name.site)
}

/// The table, if it exists.
fn find_table(cx: &Context, key: u64) -> Option<Gc<MethodTable>> {
    cx.world().method_tables.find(key, |_| true).map(|found| found.expect())
}

fn table(cx: &Context, key: u64, name: Gc<Symbol>) -> Gc<MethodTable> {
    if let Some(found) = find_table(cx, key) {
        return found;
    }
    let object = MethodTable {
        name,
        key,
        methods: Field::null(),
        n_methods: Cell::new(0),
        stamp: Cell::new(0),
        max_params: Cell::new(0),
        cache: Field::null(),
        backedges: Field::null(),
        n_backedges: Cell::new(0),
    };
    let made = cx.allocate(cx.well_known().method_table(), object);
    table_insert(cx, cx.world().method_tables, key, made.erase());
    made
}

/// What a query or a signature says of its first argument.
enum First {
    /// A type name: instances of it, or (second) the types of it as values.
    Name(Gc<TypeName>, bool),
    /// A type of no known name.
    Types,
    /// An abstract type, or several.
    Open,
}

fn first_of(cx: &Context, first: Value) -> First {
    match unwrap_union_all(first).view() {
        View::Data(data) if data.is_type_type() => match unwrap_union_all(data.param(0)).view() {
            View::Data(of) => First::Name(of.name, true),
            View::Var(var) => match unwrap_union_all(var.upper).view() {
                // `Type{T} where T<:Array`: every such `T` that is a type with a name has this one or a subtype's.
                View::Data(of) if of.has(flags::CONCRETE) && of.n_params() == 0 => First::Name(of.name, true),
                _ => First::Types,
            },
            _ => First::Types,
        },
        View::Data(data) => {
            let w = cx.well_known();
            if [w.data_type(), w.union_all(), w.union(), w.bottom_type()].contains(&data) {
                First::Types
            } else if data.is_abstract() {
                First::Open
            } else {
                First::Name(data.name, false)
            }
        }
        View::Var(var) => first_of(cx, var.upper),
        _ => First::Open,
    }
}

/// The first parameter of a signature (or of a query), its type.
fn first_parameter(signature: Value) -> Option<Value> {
    let tuple = unwrap_union_all(signature).get::<DataType>().filter(|tuple| tuple.is_tuple())?;
    let first = tuple.parameters.tail().first()?.get()?;
    Some(first.get::<Vararg>().map_or(first, |vararg| vararg.element.unwrap_or(first)))
}

/// The tables in which methods for a query with this signature can be, in a fixed order.
pub fn tables_for(cx: &Context, signature: Value) -> Vec<Gc<MethodTable>> {
    let Some(first) = first_parameter(signature) else { return Vec::new() };
    let keys: smallvec::SmallVec<[u64; 3]> = match first_of(cx, first) {
        First::Name(name, false) => smallvec::smallvec![key_of_name(name), KEY_ABSTRACT],
        First::Name(name, true) => smallvec::smallvec![key_of_constructor(name), KEY_TYPES, KEY_ABSTRACT],
        First::Types | First::Open => {
            let mut all: Vec<Gc<MethodTable>> = Vec::new();
            cx.world().method_tables.for_each(|_, entry| all.push(entry.expect()));
            return all;
        }
    };
    keys.iter().filter_map(|&key| find_table(cx, key)).collect()
}

/// Whether methods of this table can match calls that other tables' caches remember.
pub fn is_open_table(table: Gc<MethodTable>) -> bool {
    table.key == KEY_TYPES || table.key == KEY_ABSTRACT
}

/// The table that keeps the dispatch cache of calls whose first argument has this type; made if there is none.
pub fn cache_table(cx: &Context, first: Value) -> Gc<MethodTable> {
    table_for_first(cx, first)
}

fn table_for_first(cx: &Context, first: Value) -> Gc<MethodTable> {
    match first_of(cx, first) {
        First::Name(name, false) => table(cx, key_of_name(name), display_name(cx, name)),
        First::Name(name, true) => table(cx, key_of_constructor(name), name.name),
        First::Types => table(cx, KEY_TYPES, cx.symbol("Type")),
        First::Open => table(cx, KEY_ABSTRACT, cx.symbol("Any")),
    }
}

/// The name of the function a type name belongs to: `#f` is `f`'s.
fn display_name(cx: &Context, name: Gc<TypeName>) -> Gc<Symbol> {
    let text = name.name.as_str();
    match text.strip_prefix('#') {
        Some(function) if name.flags.get() & name_flags::FUNCTION != 0 && !function.is_empty() => cx.symbol(function),
        _ => name.name,
    }
}

/// The table of a function object's own methods (for a type: of its constructors), if it has any.
pub fn table_of(cx: &Context, function: Value) -> Option<Gc<MethodTable>> {
    let first = type_of_argument(cx, function);
    match first_of(cx, first) {
        First::Name(name, false) => find_table(cx, key_of_name(name)),
        First::Name(name, true) => find_table(cx, key_of_constructor(name)),
        First::Types => find_table(cx, KEY_TYPES),
        First::Open => find_table(cx, KEY_ABSTRACT),
    }
}

/// The type dispatch sees for an argument: `Type{T}` for a type `T`, else its type.
#[inline]
pub fn type_of_argument(cx: &Context, value: Value) -> Value {
    if value.is_type() && !types::has_free_variables(value) {
        types::type_of_type(cx, value).erase()
    } else {
        value.type_of().erase()
    }
}

/// The methods of a table that can be called in `world`, in the order of definition.
pub fn methods_of(table: Gc<MethodTable>, world: u64) -> impl Iterator<Item = Gc<Method>> {
    let n = table.n_methods.get() as usize;
    let methods = table.methods.get();
    (0..n).filter_map(move |i| {
        let method = methods?.at(i).expect::<Method>();
        method.visible_in(world).then_some(method)
    })
}

/// What a method definition says.
pub struct MethodDefinition<'a> {
    /// Where it is defined.
    pub module: Gc<Module>,
    /// The function's name.
    pub name: Gc<Symbol>,
    /// The file.
    pub file: Gc<Symbol>,
    /// The line; 0: none.
    pub line: u32,
    /// Argument types, the function's own first; they may mention the variables.
    pub argument_types: &'a [Value],
    /// Static parameters, outermost first.
    pub variables: &'a [Gc<TypeVar>],
    /// The last argument takes the rest; its type may be given as `Vararg{T}` or as `T`.
    pub is_vararg: bool,
    /// `method_flags` besides `VARARG`.
    pub flags: u32,
    /// Bit `i`: argument `i` is `@nospecialize`.
    pub no_specialize: u32,
    /// The encoded body.
    pub source: Option<Gc<Bytes>>,
    /// Its literal pool.
    pub literals: Option<Gc<SimpleVector>>,
    /// Names of parameters and static parameters.
    pub param_names: Option<Gc<SimpleVector>>,
    /// Hash of the body and of its place in the source, from which the method's site is made.
    pub body_hash: u64,
}

/// Adds a method, in a new world. A method of the same signature is replaced. Throws for signatures that cannot be.
pub fn add_method(cx: &Context, definition: &MethodDefinition) -> Outcome<Gc<Method>> {
    let _guard = cx.heap().no_collect();
    let signature = signature_of(cx, definition)?;
    let hash = types::structure::type_hash(cx, signature);
    let hash = hash.ok_or_else(|| cx.error("a method's signature mentions a type variable that is not its own"))?;
    let literals = super::site::literals_hash(cx, definition.literals);
    let site = [definition.name.hash, definition.file.hash, definition.body_hash, literals, hash]
        .iter()
        .fold(hash_mix(0x6d, definition.module.site), |site, &part| hash_mix(site, part));
    let flags = definition.flags | if definition.is_vararg { method_flags::VARARG } else { 0 };
    let object = Method {
        name: definition.name,
        module: definition.module,
        file: definition.file,
        line: definition.line,
        n_params: definition.argument_types.len() as u32,
        flags: Cell::new(flags),
        no_specialize: definition.no_specialize,
        signature,
        site,
        source: definition.source,
        literals: Field::new(definition.literals),
        param_names: definition.param_names,
        specializations: cx.new_table(),
        unspecialized: Field::null(),
        primary_world: Cell::new(WORLD_MAX),
        deleted_world: Cell::new(WORLD_MAX),
    };
    let method = cx.allocate(cx.well_known().method(), object);
    insert(cx, method);
    Ok(method)
}

/// Puts a method into its table, in a new world: a new one, or one that an image brings.
pub(crate) fn insert(cx: &Context, method: Gc<Method>) {
    let first = first_parameter(method.signature).expect("signatures have a first argument");
    let table = table_for_first(cx, first);
    let replaced = method_with_signature(cx, table, method.signature);
    let world = cx.world();
    let old_world = world.counter.get();
    world.counter.set(old_world + 1);
    method.primary_world.set(old_world + 1);
    if let Some(replaced) = replaced {
        replaced.deleted_world.set(old_world);
    }
    cx.push_to(table, &table.methods, &table.n_methods, method.erase());
    table.stamp.set(table.stamp.get() + 1);
    table.max_params.set(table.max_params.get().max(u64::from(method.n_params)));
    table_insert(cx, world.methods, method.site, method.erase());
    worlds::method_added(cx, table, method, replaced);
}

/// Takes a method out of use from a new world on.
pub fn delete_method(cx: &Context, method: Gc<Method>) {
    let Some(first) = first_parameter(method.signature) else { return };
    let table = table_for_first(cx, first);
    let world = cx.world();
    let old_world = world.counter.get();
    world.counter.set(old_world + 1);
    method.deleted_world.set(old_world);
    table.stamp.set(table.stamp.get() + 1);
    worlds::invalidate::method_removed(cx, table, method);
}

/// The visible method of this site defined last.
pub fn method_at_site(cx: &Context, site: u64) -> Option<Gc<Method>> {
    let mut newest: Option<Gc<Method>> = None;
    let world = cx.world_counter();
    cx.world().methods.find(site, |entry| {
        let method = entry.expect::<Method>();
        if method.visible_in(world) {
            newest = Some(method);
        }
        false
    });
    newest
}

fn method_with_signature(cx: &Context, table: Gc<MethodTable>, signature: Value) -> Option<Gc<Method>> {
    let world = cx.world_counter();
    let hash = types::structure::type_hash(cx, signature);
    let mut candidates = methods_of(table, world);
    candidates.find(|method| {
        let other = types::structure::type_hash(cx, method.signature);
        other == hash || same_shape(method.signature, signature) && types::type_equal(cx, method.signature, signature)
    })
}

/// Whether two signatures have as many arguments: only then can they be equal.
fn same_shape(a: Value, b: Value) -> bool {
    let n = |ty: Value| unwrap_union_all(ty).get::<DataType>().map(|tuple| tuple.n_params());
    n(a) == n(b)
}

fn signature_of(cx: &Context, definition: &MethodDefinition) -> Outcome {
    let mut elements: Vec<Value> = definition.argument_types.to_vec();
    for (i, element) in elements.iter_mut().enumerate() {
        let is_last = i + 1 == definition.argument_types.len();
        if element.is::<Vararg>() && is_last && definition.is_vararg {
            continue;
        }
        if !element.is_type() && !element.is::<TypeVar>() {
            return Err(invalid_argument(cx, definition, i));
        }
        if is_last && definition.is_vararg {
            *element = cx.new_vararg(Some(*element), None).erase();
        }
    }
    let Some(&first) = elements.first() else {
        return Err(cx.error("a method needs a function to belong to"));
    };
    check_function_type(cx, definition, first)?;
    let tuple = types::tuples::tuple_type_from(cx, &elements)?;
    let signature = types::declare::wrap_in(cx, tuple, definition.variables);
    for &variable in definition.variables {
        if !types::occurs_free(tuple, variable) && !bound_mentions(definition.variables, variable) {
            cx.warnings.borrow_mut().push(format!(
                "WARNING: method definition for {} at {}:{} declares type variable {} but does not use it.",
                definition.name.as_str(),
                definition.file.as_str(),
                definition.line,
                variable.name.as_str()
            ));
        }
    }
    Ok(signature)
}

fn bound_mentions(variables: &[Gc<TypeVar>], variable: Gc<TypeVar>) -> bool {
    variables.iter().any(|other| types::occurs_free(other.upper, variable) || types::occurs_free(other.lower, variable))
}

fn invalid_argument(cx: &Context, definition: &MethodDefinition, i: usize) -> Thrown {
    let name = match definition.param_names.and_then(|names| names.tail().get(i).and_then(Field::get)) {
        Some(name) => name.get::<Symbol>().map_or(String::new(), |name| name.as_str().to_owned()),
        None => i.to_string(),
    };
    let text = format!(
        "invalid type for argument {name} in method definition for {} at {}:{}",
        definition.name.as_str(),
        definition.file.as_str(),
        definition.line
    );
    cx.argument_error(&text)
}

/// The function's own type: methods can be added to every concrete type and to `Type{T}`, to abstract types but the
/// ones everything is below, and not to built-in functions.
fn check_function_type(cx: &Context, definition: &MethodDefinition, first: Value) -> Outcome<()> {
    let w = cx.well_known();
    if let View::Data(data) = unwrap_union_all(first).view() {
        if data == w.any() || data == w.function() {
            return Err(cx.error("cannot add methods to an abstract type"));
        }
        if data.builtin.get() != 0 || data == w.builtin() || data == w.intrinsic_function() {
            return Err(cx.error(&format!("cannot add methods to a builtin function: {}", definition.name.as_str())));
        }
    }
    Ok(())
}
