//! What images need of this crate: the roots of what is stored, tables frozen for probing in place, and attaching what an
//! image brings.
//!
//! Nothing here knows the file format; the engine passes objects to and from the segment builder.

use crate::context::{Context, Shared, World};
use crate::errors::Outcome;
use crate::objects::*;
use std::io;
use std::rc::Rc;
use tintype_heap::heap_object;

heap_object! {
    /// The root object of an image.
    pub struct ImageRoot {
        /// The well-known objects; null in an image that has a parent.
        pub well_known: Option<Gc<WellKnown>>,
        /// Symbols, types, code of this image alone.
        pub tables: Gc<EngineTables>,
        /// The world inside: with a system image, or a program's own copy. Null: only `methods` and `modules`.
        pub world: Option<Gc<World>>,
        /// New methods for functions of parents, in the order of definition.
        pub methods: Option<Gc<SimpleVector>>,
        /// New modules.
        pub modules: Option<Gc<SimpleVector>>,
        /// The bindings by number ([`Context::slots_to_store`]), then values of the engine's own.
        pub extra: Option<Gc<SimpleVector>>,
        /// One more than the greatest binding number used.
        pub n_binding_numbers: u64,
    }
}

// SAFETY: boot gives this kind only to the type made from the description.
unsafe impl Kinded for ImageRoot {
    const KIND: Kind = Kind::ImageRoot;
}

/// The entries of a table that `keep` accepts, in a new table whose order depends on nothing but the entries' hashes.
/// `tie` orders entries of equal hash.
pub fn freeze_table(
    cx: &Context,
    table: Gc<StructuralTable>,
    mut keep: impl FnMut(Value) -> bool,
    tie: impl Fn(Value) -> u64,
) -> Gc<StructuralTable> {
    let mut entries: Vec<(u64, Value)> = Vec::new();
    table.for_each(|hash, entry| {
        if keep(entry) {
            entries.push((hash, entry));
        }
    });
    entries.sort_by_key(|&(hash, entry)| (hash, tie(entry)));
    let frozen = cx.new_table();
    for (hash, entry) in entries {
        table_insert(cx, frozen, hash, entry);
    }
    frozen
}

/// The engine's own tables, frozen: what goes into an image beside its roots. `keep` says which entries do: those the
/// image's other objects reach, and not those of its parents.
pub fn freeze_engine_tables(cx: &Context, keep: &mut dyn FnMut(Value) -> bool) -> Gc<EngineTables> {
    let _guard = cx.heap().no_collect();
    let own = cx.well_known().tables();
    let tables = EngineTables {
        symbols: freeze_table(cx, own.symbols, &mut *keep, |_| 0),
        types: freeze_table(cx, own.types, &mut *keep, |_| 0),
        type_names: freeze_table(cx, own.type_names, &mut *keep, |_| 0),
        codes: freeze_table(cx, own.codes, &mut *keep, |entry| entry.expect::<Code>().spec_hash),
        binding_numbers: freeze_table(cx, own.binding_numbers, |_| true, |_| 0),
    };
    cx.allocate(cx.well_known().engine_tables(), tables)
}

/// The root of a system image: the whole of this context's world.
pub fn system_root(cx: &Context, extra: Option<Gc<SimpleVector>>) -> Gc<ImageRoot> {
    let w = cx.well_known();
    let n = u64::from(cx.shared().n_binding_numbers());
    cx.world().n_binding_numbers.set(n);
    cx.world().stored_counter.set(cx.world_counter());
    let root = ImageRoot {
        well_known: cx.shared().well_known(),
        tables: w.tables(),
        world: Some(cx.world()),
        methods: None,
        modules: None,
        extra,
        n_binding_numbers: n,
    };
    cx.allocate(w.image_root(), root)
}

/// Drops what must not be stored, because it is a cache or belongs to this process: remembered dispatch answers and
/// addresses of entry cells.
pub fn forget_caches(cx: &Context) {
    cx.world().method_tables.for_each(|_, entry| {
        let table = entry.expect::<MethodTable>();
        cx.write(table, &table.cache, None);
    });
    cx.world().methods.for_each(|_, entry| {
        let method = entry.expect::<Method>();
        method.specializations.for_each(|_, entry| {
            let mut at = entry.expect::<MethodInstance>().cache.get();
            while let Some(code_instance) = at {
                code_instance.cell.set(0);
                at = code_instance.next.get();
            }
        });
    });
}

/// What an image refers to as its root, checked to be one.
pub fn root_of(value: Value) -> Option<Gc<ImageRoot>> {
    value.get()
}

impl Shared {
    /// Makes what an image brings visible to the engine: its tables are probed from now on. The first image must be a
    /// system image, whose well-known objects become the engine's.
    pub fn attach_image(&self, root: Gc<ImageRoot>) -> Result<(), AttachError> {
        match (root.well_known, self.well_known()) {
            (Some(well_known), None) => self.set_well_known(well_known),
            (Some(_), Some(_)) => return Err(AttachError::SecondSystemImage),
            (None, None) => return Err(AttachError::NoSystemImage),
            (None, Some(_)) => self.images.push(root.tables),
        }
        self.reserve_binding_numbers(root.n_binding_numbers as u32);
        Ok(())
    }
}

/// Why an image cannot be attached: the engine's mistake, or the wrong file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachError {
    /// The engine has its well-known objects already, and this image would bring others.
    SecondSystemImage,
    /// This image needs a parent that brings the well-known objects.
    NoSystemImage,
}

impl std::fmt::Display for AttachError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            AttachError::SecondSystemImage => "the engine already runs on a system image",
            AttachError::NoSystemImage => "the image has a parent, which must be attached first",
        })
    }
}

impl std::error::Error for AttachError {}

impl Context {
    /// A context that runs the world stored in an image, in place: it must be the only one that does.
    pub fn from_image(shared: &Rc<Shared>, root: Gc<ImageRoot>) -> io::Result<Context> {
        let cx = Context::bare(shared)?;
        if let Some(world) = root.world {
            cx.set_world(world);
            match root.extra.and_then(|extra| extra.tail().first()?.get()?.get::<SimpleVector>()) {
                Some(slots) => cx.use_stored_slots(slots),
                None => enter_slots(&cx, world),
            }
        }
        Ok(cx)
    }
}

/// Goes on from the state a program image stored over its parent's: its table of bindings replaces the parent's. `extra`
/// is the image's first root, the vector [`ImageRoot::extra`] would hold.
pub fn use_child(cx: &mut Context, extra: Value) {
    let slots = extra.get::<SimpleVector>().and_then(|extra| extra.tail().first()?.get()?.get::<SimpleVector>());
    let slots = slots.expect("a program image stores its table of bindings");
    cx.use_stored_slots(slots);
    cx.shared().reserve_binding_numbers(cx.world().n_binding_numbers.get() as u32);
}

/// Enters all bindings of the world's modules at their numbers.
pub(crate) fn enter_slots(cx: &Context, world: Gc<World>) {
    world.modules.for_each(|_, entry| {
        entry.expect::<Module>().bindings.for_each(|_, entry| cx.set_slot(entry.expect()));
    });
}

/// Brings the modules and methods of a package image into this context. Code that relied on what the methods change is
/// invalidated.
pub fn activate(cx: &Context, root: Gc<ImageRoot>) -> Outcome<()> {
    for module in root.modules.iter().flat_map(|modules| modules.values().collect::<Vec<_>>()) {
        let module = module.expect::<Module>();
        table_insert(cx, cx.world().modules, module.site, module.erase());
        module.bindings.for_each(|_, entry| cx.set_slot(entry.expect()));
    }
    for method in root.methods.iter().flat_map(|methods| methods.values().collect::<Vec<_>>()) {
        let method = method.expect::<Method>();
        method.deleted_world.set(WORLD_MAX);
        crate::dispatch::insert_method(cx, method);
    }
    Ok(())
}

/// A root for a child image: what was added since its parents.
pub fn child_root(
    cx: &Context,
    tables: Gc<EngineTables>,
    methods: &[Gc<Method>],
    modules: &[Gc<Module>],
    extra: Option<Gc<SimpleVector>>,
) -> Gc<ImageRoot> {
    let root = ImageRoot {
        well_known: None,
        tables,
        world: None,
        methods: Some(cx.svec_of(methods)),
        modules: Some(cx.svec_of(modules)),
        extra,
        n_binding_numbers: u64::from(cx.shared().n_binding_numbers()),
    };
    cx.allocate(cx.well_known().image_root(), root)
}
