//! Modules: bindings, their resolution through `using` and `import`, constants.
//!
//! A name that a module does not own is resolved at first use among the exports of the modules it uses, and the
//! answer is kept in the module's own binding (`owner`). Compiled code that relies on a binding is told of changes through
//! `crate::worlds`.

use crate::context::Context;
use crate::errors::{Outcome, Thrown};
use crate::objects::*;
use crate::values::allocate::hash_mix;
use crate::values::egal::egal;
use crate::worlds;
use std::cell::Cell;

/// The site of a module without a parent.
pub fn root_site(name: Gc<Symbol>) -> u64 {
    hash_mix(0x6d6f, name.hash)
}

/// A new module. It binds its own name, and uses `Core` unless it is bare.
pub fn new_module(cx: &Context, parent: Option<Gc<Module>>, name: Gc<Symbol>, bare: bool) -> Gc<Module> {
    let site = parent.map_or_else(|| root_site(name), |parent| hash_mix(parent.site, name.hash));
    let object = Module {
        name,
        parent: Field::new(parent),
        bindings: cx.new_table(),
        usings: Field::null(),
        site,
        flags: Cell::new(u32::from(bare)),
        counter: Cell::new(0),
        extra: Field::null(),
    };
    let module = cx.allocate(cx.well_known().module(), object);
    if parent.is_none() {
        cx.write(module, &module.parent, Some(module));
    }
    table_insert(cx, cx.world().modules, site, module.erase());
    define_constant(cx, module, name, module.erase());
    export(cx, module, name);
    if !bare && let Some(core) = cx.world().core.get() {
        use_module(cx, module, core);
    }
    module
}

/// The newest module of this site (path of names) in the context.
pub fn module_at(cx: &Context, site: u64) -> Option<Gc<Module>> {
    cx.world().modules.find(site, |_| true).map(|found| found.expect())
}

/// The module's own binding of a name, if it has one: owned, imported, or resolved before.
pub fn find_binding(module: Gc<Module>, name: Gc<Symbol>) -> Option<Gc<Binding>> {
    let found = module.bindings.find(name.hash, |entry| entry.expect::<Binding>().name == name);
    found.map(|found| found.expect())
}

/// The module's own binding of a name, made if there is none. It may be unresolved.
pub fn binding(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Gc<Binding> {
    if let Some(found) = find_binding(module, name) {
        return found;
    }
    let object = Binding {
        value: Field::null(),
        name,
        module,
        owner: Field::null(),
        declared_type: Field::null(),
        flags: Cell::new(0),
        number: binding_number(cx, module, name),
        stamp: Cell::new(0),
        backedges: Field::null(),
        n_backedges: Cell::new(0),
    };
    let binding = cx.allocate(cx.well_known().binding(), object);
    table_insert(cx, module.bindings, name.hash, binding.erase());
    cx.set_slot(binding);
    binding
}

/// The engine-wide number of a name in a module path.
fn binding_number(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> u32 {
    let key = hash_mix(module.site, name.hash);
    let matches = |entry: Value| entry.expect::<Words>().tail()[0].get() == key;
    for tables in cx.engine_tables() {
        if let Some(found) = tables.binding_numbers.find(key, matches) {
            return found.expect::<Words>().tail()[1].get() as u32;
        }
    }
    let number = cx.shared().take_binding_number();
    let entry = cx.words(&[key, u64::from(number)]);
    table_insert(cx, cx.well_known().tables().binding_numbers, key, entry.erase());
    number
}

/// The binding that holds the name's value as seen in `module`: its own or that of another module. An unresolved name
/// gives the module's own binding, which has no value and is not marked declared.
pub fn resolve(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Gc<Binding> {
    resolve_binding(cx, binding(cx, module, name))
}

/// The same from the module's own binding.
pub fn resolve_binding(cx: &Context, binding: Gc<Binding>) -> Gc<Binding> {
    if let Some(owner) = binding.owner.get() {
        return owner;
    }
    if binding.value.get().is_some() || binding.has(binding_flags::DECLARED) {
        return binding;
    }
    match find_in_usings(cx, binding.module, binding.name) {
        Some(owner) if owner != binding => {
            cx.write(binding, &binding.owner, Some(owner));
            binding.set_flags(binding_flags::IMPLICIT);
            binding.stamp.set(binding.stamp.get() + 1);
            worlds::binding_changed(cx, binding, "resolved");
            owner
        }
        _ => binding,
    }
}

/// Looks a name up among the exports of the used modules. Where two disagree, nothing is found, as the language has it.
fn find_in_usings(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Option<Gc<Binding>> {
    let mut found: Option<(Gc<Binding>, Gc<Module>)> = None;
    let usings = module.usings.get();
    for used in usings.iter().flat_map(|usings| usings.tail()).filter_map(Field::get) {
        let used = used.expect::<Module>();
        let Some(exported) = find_binding(used, name).filter(|binding| binding.has(binding_flags::EXPORTED)) else {
            continue;
        };
        let owner = if used == module { exported } else { resolve_without_cycle(cx, exported) };
        if !is_owned(owner) {
            continue;
        }
        match found {
            Some((other, from)) if other != owner && !same_constant(cx, other, owner) => {
                say_ambiguous(cx, binding(cx, module, name), [used, from]);
                return None;
            }
            _ => found = Some((owner, used)),
        }
    }
    found.map(|(owner, _)| owner).or_else(|| find_main(cx, module, name))
}

/// Warns, once, that two used modules export a name.
fn say_ambiguous(cx: &Context, own: Gc<Binding>, [later, earlier]: [Gc<Module>; 2]) {
    if own.has(binding_flags::AMBIGUOUS) {
        return;
    }
    own.set_flags(binding_flags::AMBIGUOUS);
    cx.warnings.borrow_mut().push(format!(
        "WARNING: both {} and {} export \"{}\"; uses of it in module {} must be qualified",
        later.name.as_str(),
        earlier.name.as_str(),
        own.name.as_str(),
        own.module.name.as_str()
    ));
}

/// `Main` is a name in every module below it, as if `Core` exported it, which contexts share.
fn find_main(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Option<Gc<Binding>> {
    let main = cx.world().main.get()?;
    if name != main.name || module == main || worlds::fork::is_library(cx.world(), module) {
        return None;
    }
    find_binding(main, name)
}

/// Two modules that use each other would look each other's unresolved exports up without end; one level is enough.
fn resolve_without_cycle(cx: &Context, exported: Gc<Binding>) -> Gc<Binding> {
    if is_owned(exported) || exported.owner.get().is_some() || exported.has(binding_flags::AMBIGUOUS) {
        return exported.owner.get().unwrap_or(exported);
    }
    if cx.stack_is_low() {
        return exported;
    }
    exported.set_flags(binding_flags::AMBIGUOUS);
    let owner = resolve_binding(cx, exported);
    exported.flags.set(exported.flags.get() & !binding_flags::AMBIGUOUS);
    owner
}

fn is_owned(binding: Gc<Binding>) -> bool {
    binding.owner.get().is_none() && (binding.value.get().is_some() || binding.has(binding_flags::DECLARED))
}

fn same_constant(cx: &Context, a: Gc<Binding>, b: Gc<Binding>) -> bool {
    match (a.constant(), b.constant()) {
        (Some(a), Some(b)) => egal(cx, a, b),
        _ => false,
    }
}

/// The value of a global, or `None` if it is not defined.
pub fn global(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Option<Value> {
    resolve(cx, module, name).value.get()
}

/// The value a name would have, without settling what it means: a program may still define it.
pub fn peek(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Option<Value> {
    if let Some(own) = find_binding(module, name)
        && (own.owner.get().is_some() || own.value.get().is_some() || own.has(binding_flags::DECLARED))
    {
        return own.owner.get().unwrap_or(own).value.get();
    }
    find_in_usings(cx, module, name)?.value.get()
}

/// Runs something that looks names up in `module`, and forgets afterwards what they were settled to mean: a program
/// may define them as its own.
pub fn without_settling<T>(cx: &Context, module: Gc<Module>, run: impl FnOnce() -> T) -> T {
    let is_implicit = |binding: &Gc<Binding>| binding.has(binding_flags::IMPLICIT);
    let bindings = || module.bindings.entries().into_iter().map(|entry| entry.expect::<Binding>());
    let before: Vec<u32> = bindings().filter(is_implicit).map(|binding| binding.number).collect();
    let result = run();
    for binding in bindings().filter(is_implicit).filter(|binding| !before.contains(&binding.number)) {
        cx.write(binding, &binding.owner, None);
        binding.flags.set(binding.flags.get() & !binding_flags::IMPLICIT);
        binding.stamp.set(binding.stamp.get() + 1);
    }
    result
}

/// The value of a global; throws `UndefVarError` if it is not defined.
pub fn get_global(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Outcome {
    read(cx, binding(cx, module, name))
}

/// The value of a module's own binding of a name; throws `UndefVarError`.
#[inline]
pub fn read(cx: &Context, binding: Gc<Binding>) -> Outcome {
    match binding.value.get() {
        Some(value) => Ok(value),
        None => read_resolved(cx, binding),
    }
}

#[inline(never)]
fn read_resolved(cx: &Context, binding: Gc<Binding>) -> Outcome {
    match resolve_binding(cx, binding).value.get() {
        Some(value) => Ok(value),
        None => Err(cx.throw_undef_var(binding.name)),
    }
}

/// Whether a global is defined.
pub fn is_defined(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> bool {
    global(cx, module, name).is_some()
}

/// Assigns a global of `module`. Throws if it is a constant of another type, or another module's.
pub fn set_global(cx: &Context, module: Gc<Module>, name: Gc<Symbol>, value: Value) -> Outcome<()> {
    store(cx, claim(cx, binding(cx, module, name))?, value)
}

/// Assigns through a module's own binding, as `name = value` does: a global with a declared type converts the value.
pub fn assign(cx: &Context, own: Gc<Binding>, value: Value) -> Outcome<()> {
    let target = claim(cx, own)?;
    let value = converted(cx, target, value)?;
    store(cx, target, value)
}

/// What `convert` of the base library makes of a value for a global with a declared type.
fn converted(cx: &Context, target: Gc<Binding>, value: Value) -> Outcome {
    let Some(declared) = target.declared_type.get() else { return Ok(value) };
    match cx.world().base.get() {
        Some(base) if !crate::types::isa(cx, value, declared) => {
            let convert = get_global(cx, base, cx.symbol("convert"))?;
            cx.call(convert, &[declared, value])
        }
        _ => Ok(value),
    }
}

fn store(cx: &Context, target: Gc<Binding>, value: Value) -> Outcome<()> {
    if target.has(binding_flags::CONST) {
        return redefine_constant(cx, target, value);
    }
    if let Some(declared) = target.declared_type.get()
        && !crate::types::isa(cx, value, declared)
    {
        let context = format!("global variable {}", target.name.as_str());
        return Err(cx.throw_type_error("setglobal!", &context, declared, value));
    }
    let first = target.value.get().is_none();
    cx.write(target, &target.value, Some(value));
    if first {
        changed(cx, target, "defined");
    }
    Ok(())
}

/// Makes the module the owner of the name, or says why it cannot be: an imported name cannot be assigned.
fn claim(cx: &Context, own: Gc<Binding>) -> Outcome<Gc<Binding>> {
    if let Some(owner) = own.owner.get() {
        if owner.module == own.module {
            return Ok(owner);
        }
        let text = format!(
            "cannot assign a value to imported variable {}.{} from module {}",
            owner.module.name.as_str(),
            own.name.as_str(),
            own.module.name.as_str()
        );
        return Err(cx.error(&text));
    }
    own.set_flags(binding_flags::DECLARED);
    Ok(own)
}

/// `global name`: the module owns the name from now on, if it is not imported.
pub fn declare_global(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Gc<Binding> {
    let own = binding(cx, module, name);
    if own.owner.get().is_none() {
        own.set_flags(binding_flags::DECLARED);
    }
    own.owner.get().unwrap_or(own)
}

/// `global name::ty`.
pub fn declare_global_type(cx: &Context, module: Gc<Module>, name: Gc<Symbol>, ty: Value) -> Outcome<()> {
    let own = claim(cx, binding(cx, module, name))?;
    if let Some(declared) = own.declared_type.get()
        && declared != ty
    {
        return Err(cx.error(&format!(
            "cannot set type for global {}. It already has a value or is already set to a different type.",
            name.as_str()
        )));
    }
    cx.write(own, &own.declared_type, Some(ty));
    Ok(())
}

/// `const name = value`. Throws where the language does: the name is imported, was assigned before, or is a constant of
/// another type.
pub fn declare_const(cx: &Context, module: Gc<Module>, name: Gc<Symbol>, value: Value) -> Outcome<()> {
    let own = binding(cx, module, name);
    if own.owner.get().is_some() {
        let text = format!(
            "cannot declare {}.{} constant; it was already declared as an import",
            module.name.as_str(),
            name.as_str()
        );
        return Err(cx.error(&text));
    }
    if own.has(binding_flags::CONST) {
        return redefine_constant(cx, own, value);
    }
    if own.value.get().is_some() {
        return Err(cx.error(&format!("cannot declare {} constant; it already has a value", name.as_str())));
    }
    own.set_flags(binding_flags::CONST | binding_flags::DECLARED);
    cx.write(own, &own.value, Some(value));
    changed(cx, own, "defined");
    Ok(())
}

/// A constant that is known not to conflict: boot's and tests' short form.
pub fn define_constant(cx: &Context, module: Gc<Module>, name: Gc<Symbol>, value: Value) {
    let own = binding(cx, module, name);
    own.set_flags(binding_flags::CONST | binding_flags::DECLARED);
    cx.write(own, &own.value, Some(value));
    own.stamp.set(own.stamp.get() + 1);
}

/// A constant may get another value of the same type, with a warning; anything else is an error. Types that were
/// declared twice the same way keep the first object.
fn redefine_constant(cx: &Context, target: Gc<Binding>, value: Value) -> Outcome<()> {
    let Some(old) = target.value.get() else {
        cx.write(target, &target.value, Some(value));
        changed(cx, target, "defined");
        return Ok(());
    };
    if egal(cx, old, value) {
        return Ok(());
    }
    let same_type = old.type_of() == value.type_of();
    if !same_type || old.is_type() || old.is::<Module>() && value.is_type() {
        return Err(cx.error(&format!("invalid redefinition of constant {}", shown_name(target))));
    }
    // A new module replaces one of the same name, as the language has it ("replacing module").
    cx.write(target, &target.value, Some(value));
    cx.warnings.borrow_mut().push(if value.is::<Module>() {
        format!("WARNING: replacing module {}.", target.name.as_str())
    } else {
        let name = shown_name(target);
        format!(
            "WARNING: redefinition of constant {name}. This may fail, cause incorrect answers, or produce other errors."
        )
    });
    changed(cx, target, "redefined");
    Ok(())
}

/// `Main.x`.
fn shown_name(binding: Gc<Binding>) -> String {
    format!("{}.{}", binding.module.name.as_str(), binding.name.as_str())
}

fn changed(cx: &Context, binding: Gc<Binding>, why: &'static str) {
    binding.stamp.set(binding.stamp.get() + 1);
    worlds::binding_changed(cx, binding, why);
}

/// `export name`.
pub fn export(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) {
    binding(cx, module, name).set_flags(binding_flags::EXPORTED);
}

/// `using used`: its exports become visible.
pub fn use_module(cx: &Context, module: Gc<Module>, used: Gc<Module>) {
    if module == used {
        return;
    }
    let old: Vec<Value> = module.usings.get().map_or_else(Vec::new, |usings| usings.values().collect());
    if old.contains(&used.erase()) {
        return;
    }
    let usings = cx.new_empty_svec(old.len() + 1);
    for (i, &value) in old.iter().chain(std::iter::once(&used.erase())).enumerate() {
        cx.svec_set(usings, i, Some(value));
    }
    cx.write(module, &module.usings, Some(usings));
}

/// `import from: name as alias` (or `using from: name` if not `extendable`). Throws if the name means something else here.
pub fn import_name(
    cx: &Context,
    module: Gc<Module>,
    from: Gc<Module>,
    name: Gc<Symbol>,
    alias: Gc<Symbol>,
    extendable: bool,
) -> Outcome<()> {
    let source = resolve(cx, from, name);
    let own = binding(cx, module, alias);
    let bits = binding_flags::IMPORTED | if extendable { binding_flags::EXTENDABLE } else { 0 };
    if own == source {
        return Ok(());
    }
    match own.owner.get() {
        Some(owner) if owner == source => {}
        Some(owner) if own.has(binding_flags::IMPORTED) || owner.value.get().is_none() => {
            return Err(import_conflict(cx, from, name, module));
        }
        None if is_owned(own) => {
            if same_constant(cx, own, source) {
                return Ok(());
            }
            return Err(import_conflict(cx, from, name, module));
        }
        _ => {
            if !is_owned(source) {
                let [from, name, module] = [from.name, name, module.name].map(|name| name.as_str().to_owned());
                let warning = format!("WARNING: could not import {from}.{name} into {module}");
                cx.warnings.borrow_mut().push(warning);
            }
            if source.value.get().is_none() {
                // The name may be defined later: the source module is taken to own it.
                source.set_flags(binding_flags::DECLARED);
            }
            cx.write(own, &own.owner, Some(source));
            changed(cx, own, "imported");
        }
    }
    own.flags.set(own.flags.get() & !binding_flags::IMPLICIT | bits);
    Ok(())
}

fn import_conflict(cx: &Context, from: Gc<Module>, name: Gc<Symbol>, module: Gc<Module>) -> Thrown {
    cx.error(&format!(
        "importing {}.{} into {} conflicts with an existing identifier",
        from.name.as_str(),
        name.as_str(),
        module.name.as_str()
    ))
}

/// Whether a method definition may extend the function bound to this name in `module` without a module prefix: it is the
/// module's own or `import`ed. Otherwise the message of the error.
pub fn check_extendable(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Outcome<()> {
    let own = binding(cx, module, name);
    let Some(owner) = own.owner.get() else { return Ok(()) };
    if owner.module == module || own.has(binding_flags::EXTENDABLE) || owner.value.get().is_none_or(ValueExt::is_type) {
        return Ok(());
    }
    Err(cx.error(&format!(
        "error in method definition: function {}.{} must be explicitly imported to be extended",
        owner.module.name.as_str(),
        name.as_str()
    )))
}

/// The generic function a definition of `name` in `module` adds methods to, made and bound if there is none yet.
pub fn generic_function(cx: &Context, module: Gc<Module>, name: Gc<Symbol>) -> Outcome {
    let own = binding(cx, module, name);
    // An implicitly resolved name is only taken over by a definition if nothing has used it: then it is not resolved yet.
    if own.owner.get().is_some() {
        check_extendable(cx, module, name)?;
    }
    let target = own.owner.get().unwrap_or(own);
    if let Some(value) = target.value.get() {
        let callable = value.type_of().super_type.get() == Some(cx.well_known().function())
            || value.is_type()
            || target.has(binding_flags::CONST);
        if !callable {
            return Err(cx.error(&format!("cannot define function {}; it already has a value", name.as_str())));
        }
        return Ok(value);
    }
    let function = crate::types::declare::function_object(cx, target.module, name);
    declare_const(cx, target.module, name, function)?;
    Ok(function)
}

/// The names of [`bindings`], in alphabetical order.
pub fn names(module: Gc<Module>, all: bool, imported: bool) -> Vec<Gc<Symbol>> {
    let mut names: Vec<_> = bindings(module, all, imported).into_iter().map(|binding| binding.name).collect();
    names.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    names
}

/// The bindings of a module: exported ones, with `all` also its own others, with `imported` also those brought in.
pub fn bindings(module: Gc<Module>, all: bool, imported: bool) -> Vec<Gc<Binding>> {
    let mut bindings = Vec::new();
    module.bindings.for_each(|_, entry| {
        let binding = entry.expect::<Binding>();
        let is_own = is_owned(binding);
        let brought = binding.has(binding_flags::IMPORTED) && binding.owner.get().is_some();
        let hidden = binding.name.as_str().starts_with('#');
        if binding.has(binding_flags::EXPORTED) || all && is_own && !hidden || imported && brought {
            bindings.push(binding);
        }
    });
    bindings
}

/// `Main.A.B`: the module's path as the language prints it.
pub fn full_name(module: Gc<Module>) -> String {
    match module.parent.get() {
        Some(parent) if parent != module => format!("{}.{}", full_name(parent), module.name.as_str()),
        _ => module.name.as_str().to_owned(),
    }
}
