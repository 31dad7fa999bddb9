//! Replacing aliases by what they stand for, once per pass instead of once per replaced use.

use tintype_ir::entity::PrimaryMap;
use tintype_ir::function::{Function, Value, ValueData, ValueDef};

/// Rewrites every operand of every instruction in the layout to the value behind its aliases.
pub(crate) fn resolve_aliases(func: &mut Function) {
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            let values = &mut func.dfg.values;
            func.dfg.insts[inst].visit_operands_mut(|operand| *operand = shortened(values, *operand));
        }
    }
}

/// The value behind `value`, making the next walk from it one step: chains of aliases grow with every pass.
fn shortened(values: &mut PrimaryMap<Value, ValueData>, value: Value) -> Value {
    let ValueDef::Alias(mut root) = values[value].def else { return value };
    while let ValueDef::Alias(next) = values[root].def {
        root = next;
    }
    values[value].def = ValueDef::Alias(root);
    root
}
