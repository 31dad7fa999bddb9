//! Symbol names: stable, and the same in every build of one module.
//!
//! The version of function `f` for target 0 is `f`, for target `k` it is `f.k`. All symbols are hidden but the root
//! record's, so names matter to debuggers and profilers only, once the image is linked.

use tintype_codegen::RelocTarget;
use tintype_ir::module::{DataId, FuncId, Module};

use rustc_hash::FxHashSet;

use crate::EmitError;

/// The array of object slots: a word for each slot of the module.
pub(crate) const SLOTS: &str = "tintype_slots";
/// What is zero in the file: claim word, relocation slots, stub table, entry cells. See `tables`.
pub(crate) const STATE: &str = "tintype_state";
/// The array of relocation slots of multiversioned functions.
pub(crate) const MV_SLOTS: &str = "tintype_mv_slots";
/// The root record: the only exported symbol.
pub(crate) const ROOT: &str = "tintype_image";
/// The table of the support functions.
pub(crate) const SUPPORT: &str = "tintype_support";

/// The table of a shard.
pub(crate) fn shard_table(index: usize) -> String {
    format!("tintype_shard_{index}")
}

/// A support function.
pub(crate) fn support(name: &str) -> String {
    format!("tintype_{name}")
}

/// The version of a function for a target.
pub(crate) fn version(module: &Module, function: FuncId, target: usize) -> String {
    let name = &module.functions[function].name;
    if target == 0 { name.clone() } else { format!("{name}.{target}") }
}

/// A piece of data.
pub(crate) fn data(module: &Module, data: DataId) -> String {
    module.data[data].name.clone()
}

/// Refuses modules whose names would clash or are no symbol names.
pub(crate) fn check(module: &Module, n_targets: usize) -> Result<(), EmitError> {
    let functions = module.functions.iter().filter(|(_, decl)| decl.body.is_some());
    let data_names = module.data.keys().map(|id| data(module, id));
    let names: Vec<String> = functions
        .flat_map(|(id, _)| (0..n_targets).map(move |target| version(module, id, target)))
        .chain(data_names)
        .collect();
    let mut seen = FxHashSet::default();
    for name in &names {
        if name.is_empty() || name.contains('\0') || name.starts_with("tintype_") {
            return Err(EmitError::Module(format!("`{}` cannot be a symbol name", name.escape_debug())));
        }
        if !seen.insert(name.as_str()) {
            return Err(EmitError::DuplicateSymbol(name.clone()));
        }
    }
    Ok(())
}

/// Name and offset from it of what a relocation in the code of target `target` refers to.
pub(crate) struct Place {
    pub(crate) symbol: String,
    pub(crate) offset: i64,
}

/// Where a reference leads; `route` tells which version of a function is meant, and `mv_slot` its slot.
pub(crate) fn place(
    module: &Module,
    reference: RelocTarget,
    route: impl Fn(FuncId) -> usize,
    mv_slot: impl Fn(FuncId) -> Option<u32>,
) -> Option<Place> {
    let at = |symbol: String, offset: i64| Some(Place { symbol, offset });
    match reference {
        RelocTarget::Function(function) => {
            module.functions[function].body.as_ref()?;
            at(version(module, function, route(function)), 0)
        }
        RelocTarget::MvSlot(function) => at(MV_SLOTS.to_owned(), 8 * i64::from(mv_slot(function)?)),
        RelocTarget::Slot(slot) => at(SLOTS.to_owned(), 8 * i64::from(slot.as_u32())),
        RelocTarget::Data(id) => at(data(module, id), 0),
    }
}
