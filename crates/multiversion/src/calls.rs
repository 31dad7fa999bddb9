//! Who refers to whom: the direct calls, and the addresses taken, of a module.

use tintype_ir::entity::{EntityRef, PrimaryMap};
use tintype_ir::function::Function;
use tintype_ir::instruction::{Callee, InstData};
use tintype_ir::module::{FuncId, Module};

/// References of one function.
#[derive(Clone, Debug, Default)]
pub(crate) struct References {
    /// Functions of the module with a body that it calls; ascending, each once.
    pub(crate) callees: Vec<FuncId>,
    /// Functions of the module with a body whose address it takes; ascending, each once.
    pub(crate) address_taken: Vec<FuncId>,
    /// Functions that call it; ascending, each once.
    pub(crate) callers: Vec<FuncId>,
}

/// The references of every function.
pub(crate) fn references(module: &Module) -> PrimaryMap<FuncId, References> {
    let mut all = PrimaryMap::new();
    for decl in module.functions.values() {
        let mut references = References::default();
        if let Some(body) = &decl.body {
            collect(module, body, &mut references);
        }
        all.push(references);
    }
    for caller in module.functions.keys() {
        for index in 0..all[caller].callees.len() {
            let callee = all[caller].callees[index];
            all[callee].callers.push(caller);
        }
    }
    all
}

fn collect(module: &Module, body: &Function, references: &mut References) {
    for &block in &body.layout.blocks {
        for &inst in &body.layout.insts[block] {
            match &body.dfg.insts[inst] {
                InstData::Call { callee: Callee::Direct(callee), .. }
                | InstData::TryCall { callee: Callee::Direct(callee), .. } => references.callees.push(*callee),
                InstData::FuncAddr(callee) => references.address_taken.push(*callee),
                _ => {}
            }
        }
    }
    for list in [&mut references.callees, &mut references.address_taken] {
        list.retain(|callee| module.functions[*callee].body.is_some());
        list.sort_unstable_by_key(|callee| callee.index());
        list.dedup();
    }
}
