//! The plan: versions, groups, routes and slots.
//!
//! A full target (the first, and each `clone_all` one) has a version of every function. A partial target has versions
//! of some, and takes the rest from its base, which is full; a full target and the partial ones based on it are a
//! group. When an image is loaded one target is selected, and only versions of its group run.
//!
//! A version made for a full target may therefore run under the full target itself and under each partial one of its
//! group for which its function was not cloned. Where its callee resolves to the same version under all of these, the
//! call is direct; where it does not, it goes through the callee's relocation slot. A version made for a partial
//! target runs under that one only, so its calls are always direct.

use tintype_ir::entity::{EntityRef, PrimaryMap, SecondaryMap};
use tintype_ir::module::{FuncId, Module};
use tintype_target::{MAX_TARGETS, TargetSpec, base_of, group_of, is_full};

use crate::calls::{References, references};
use crate::select::select_functions;
use crate::{FunctionFacts, TargetSet};

/// How a call from a version reaches its callee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// The callee's version for this target, directly. An imported callee has one version, for target 0.
    Direct(usize),
    /// An indirect call through the callee's relocation slot.
    MvSlot,
}

/// Which versions of a module's functions exist, and how they refer to each other.
#[derive(Clone, Debug)]
pub struct ClonePlan {
    /// For each target, the full target whose group it is in.
    groups: Vec<usize>,
    /// For each function, the targets that have a version of it; empty for imports.
    versions: PrimaryMap<FuncId, TargetSet>,
    facts: PrimaryMap<FuncId, FunctionFacts>,
    /// Functions with a slot, ascending.
    slots: Vec<FuncId>,
    /// For each function, its index in `slots`.
    slot_index: SecondaryMap<FuncId, Option<u32>>,
}

/// Decides which function of `module` is cloned for which of `targets`. The result depends on nothing else: not on the
/// order in which functions are later emitted, nor on shards or threads.
///
/// # Panics
/// When there is no target, or more than [`MAX_TARGETS`].
#[must_use]
pub fn annotate(module: &Module, targets: &[TargetSpec]) -> ClonePlan {
    assert!((1..=MAX_TARGETS).contains(&targets.len()), "{} targets", targets.len());
    let references = references(module);
    let facts = facts_of(module, targets[0].arch);
    let versions = select_versions(module, targets, &facts, &references);
    let groups = (0..targets.len()).map(|target| group_of(targets, target)).collect();
    let mut plan = ClonePlan { groups, versions, facts, slots: Vec::new(), slot_index: SecondaryMap::new() };
    plan.give_slots(&references);
    plan
}

fn facts_of(module: &Module, arch: tintype_target::Arch) -> PrimaryMap<FuncId, FunctionFacts> {
    let mut facts = PrimaryMap::new();
    for decl in module.functions.values() {
        facts.push(decl.body.as_ref().map_or_else(FunctionFacts::default, |body| FunctionFacts::of(body, arch)));
    }
    facts
}

fn select_versions(
    module: &Module,
    targets: &[TargetSpec],
    facts: &PrimaryMap<FuncId, FunctionFacts>,
    references: &PrimaryMap<FuncId, References>,
) -> PrimaryMap<FuncId, TargetSet> {
    let full: TargetSet = (0..targets.len()).filter(|target| is_full(targets, *target)).collect();
    let mut versions = PrimaryMap::new();
    for decl in module.functions.values() {
        versions.push(if decl.body.is_some() { full } else { TargetSet::EMPTY });
    }
    for (index, target) in targets.iter().enumerate().filter(|(index, _)| !full.contains(*index)) {
        let base = base_of(targets, index).expect("the first target is full");
        let chosen = select_functions(module, facts, references, target, &targets[base]);
        for id in module.functions.keys().filter(|id| chosen[id.index()]) {
            versions[id].insert(index);
        }
    }
    versions
}

impl ClonePlan {
    /// Number of targets.
    #[must_use]
    pub fn n_targets(&self) -> usize {
        self.groups.len()
    }

    /// Whether the target has a version of every function.
    #[must_use]
    pub fn is_full(&self, target: usize) -> bool {
        self.groups[target] == target
    }

    /// The full target whose group the target is in.
    #[must_use]
    pub fn group_of(&self, target: usize) -> usize {
        self.groups[target]
    }

    /// The targets that have a version of the function: target 0 at least, or none for an import.
    #[must_use]
    pub fn versions(&self, function: FuncId) -> TargetSet {
        self.versions[function]
    }

    /// The target whose version of the function runs when `selected` is the target that was selected.
    #[must_use]
    pub fn version_under(&self, selected: usize, function: FuncId) -> usize {
        if self.versions[function].contains(selected) { selected } else { self.groups[selected] }
    }

    /// The functions that the target has versions of, ascending.
    pub fn functions_of(&self, target: usize) -> impl Iterator<Item = FuncId> {
        self.versions.iter().filter(move |(_, versions)| versions.contains(target)).map(|(id, _)| id)
    }

    /// What was found out about the function; nothing for an import.
    #[must_use]
    pub fn facts(&self, function: FuncId) -> FunctionFacts {
        self.facts[function]
    }

    /// How the version of `caller` for the target `version` reaches `callee`, to call it or to take its address.
    ///
    /// # Panics
    /// When the caller has no such version.
    #[must_use]
    pub fn route(&self, caller: FuncId, version: usize, callee: FuncId) -> Route {
        let caller_versions = self.versions[caller];
        assert!(caller_versions.contains(version), "{caller} has no version for target {version}");
        let callee_versions = self.versions[callee];
        if callee_versions.is_empty() {
            return Route::Direct(0);
        }
        let runs_under = |selected: usize| self.groups[selected] == version && !caller_versions.contains(selected);
        if self.is_full(version) && callee_versions.iter().any(runs_under) {
            return Route::MvSlot;
        }
        Route::Direct(self.version_under(version, callee))
    }

    /// The functions with a relocation slot, ascending. Slot `i` belongs to the `i`-th.
    #[must_use]
    pub fn slots(&self) -> &[FuncId] {
        &self.slots
    }

    /// The number of the function's relocation slot, if it has one.
    #[must_use]
    pub fn slot_index(&self, function: FuncId) -> Option<u32> {
        self.slot_index[function]
    }

    /// Whether some version of some function reaches this one through a slot.
    #[must_use]
    pub fn needs_slot(&self, function: FuncId) -> bool {
        self.slot_index(function).is_some()
    }

    fn give_slots(&mut self, references: &PrimaryMap<FuncId, References>) {
        let mut needs_slot: SecondaryMap<FuncId, bool> = SecondaryMap::new();
        for (caller, references) in references.iter() {
            for &callee in references.callees.iter().chain(&references.address_taken) {
                let through_slot = |version| self.route(caller, version, callee) == Route::MvSlot;
                if !needs_slot[callee] && self.versions[caller].iter().any(through_slot) {
                    needs_slot[callee] = true;
                }
            }
        }
        for function in self.versions.keys().filter(|function| needs_slot[*function]) {
            self.slot_index[function] = Some(self.slots.len() as u32);
            self.slots.push(function);
        }
    }
}
