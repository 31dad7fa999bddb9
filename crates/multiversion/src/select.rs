//! Choosing the functions that a partial target has versions of.
//!
//! A function is chosen when one of its facts meets a feature that is new in the target relative to its base. The
//! choice is then propagated over the call graph to a fixpoint: a function between two chosen ones, called by one and
//! calling the other, is chosen as well, so that calls from version to version stay direct instead of passing through
//! a slot on the way.

use tintype_ir::entity::PrimaryMap;
use tintype_ir::module::{FuncId, Module};
use tintype_target::TargetSpec;

use crate::FunctionFacts;
use crate::calls::References;

/// The functions that `target` has versions of, as a flag for each function of the module.
pub(crate) fn select_functions(
    module: &Module,
    facts: &PrimaryMap<FuncId, FunctionFacts>,
    references: &PrimaryMap<FuncId, References>,
    target: &TargetSpec,
    base: &TargetSpec,
) -> Vec<bool> {
    let has_body = |id: &FuncId| module.functions[*id].body.is_some();
    let mut worklist: Vec<FuncId> =
        module.functions.keys().filter(has_body).filter(|id| profits(facts[*id], target, base)).collect();
    let mut chosen = Chosen { flags: vec![false; module.functions.len()] };
    worklist.iter().for_each(|id| chosen.insert(*id));
    while let Some(function) = worklist.pop() {
        let mut choose = |candidate: FuncId, is_between: bool, chosen: &mut Chosen| {
            if is_between && !chosen.contains(candidate) {
                chosen.insert(candidate);
                worklist.push(candidate);
            }
        };
        for &callee in &references[function].callees {
            let calls_chosen = references[callee].callees.iter().any(|id| chosen.contains(*id));
            choose(callee, calls_chosen, &mut chosen);
        }
        for &caller in &references[function].callers {
            let is_called = references[caller].callers.iter().any(|id| chosen.contains(*id));
            choose(caller, is_called, &mut chosen);
        }
    }
    chosen.flags
}

struct Chosen {
    flags: Vec<bool>,
}

impl Chosen {
    fn contains(&self, id: FuncId) -> bool {
        self.flags[id.as_u32() as usize]
    }

    fn insert(&mut self, id: FuncId) {
        self.flags[id.as_u32() as usize] = true;
    }
}

/// Whether a version for `target` may be better than the one for its base.
fn profits(facts: FunctionFacts, target: &TargetSpec, base: &TargetSpec) -> bool {
    facts.has_loop
        || facts.queries_cpu
        || (facts.uses_muladd && target.has_new_fma(base))
        || (facts.uses_vectors && target.has_new_vector_ext(base))
        || (facts.uses_float16 && target.has_new_float16(base))
}
