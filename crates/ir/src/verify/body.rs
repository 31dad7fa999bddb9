//! Invariants 1 to 3 (structure) and 6 to 10 (types).

use super::{Errors, Location};
use crate::entity::SecondaryMap;
use crate::function::{Block, Inst, Value, ValueDef};
use crate::instruction::{BlockCall, Callee, InstData};
use crate::types::{CallConv, Signature, Type};
use crate::typing::result_types;

/// Invariants 1 to 3.
pub(super) fn check_structure(errors: &mut Errors<'_>) {
    let func = errors.func;
    if let Some(message) = super::signature_error(&func.signature) {
        errors.report(Location::Function, message);
    }
    let Some(&entry) = func.layout.blocks.first() else {
        return errors.report(Location::Function, "there is no block");
    };
    let entry_types: Vec<Type> = func.dfg.params[entry].iter().map(|&param| func.dfg.value_type(param)).collect();
    if entry_types != func.signature.params {
        errors.report(Location::Block(entry), "the entry's parameters are not the signature's");
    }
    for &(param, _) in &func.readable {
        if func.signature.params.get(usize::from(param)) != Some(&Type::Ref) {
            errors.report(Location::Function, format!("parameter {param} is said to be readable and is no ref"));
        }
    }
    let mut placed_blocks: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut placed_insts: SecondaryMap<Inst, bool> = SecondaryMap::new();
    for &block in &func.layout.blocks {
        if std::mem::replace(&mut placed_blocks[block], true) {
            errors.report(Location::Block(block), "the block stands twice in the layout");
        }
        for (index, &param) in func.dfg.params[block].iter().enumerate() {
            if func.dfg.values[param].def != ValueDef::Param(block, index as u16) {
                errors.report(Location::Block(block), format!("{param} is not defined as its parameter {index}"));
            }
        }
        check_block(errors, block, &mut placed_insts);
    }
    for &block in &func.layout.blocks {
        let Some(inst) = func.terminator(block) else { continue };
        for target in func.dfg.insts[inst].targets() {
            if !placed_blocks[target.block] {
                errors.report(Location::Inst(inst), format!("{} is not in the layout", target.block));
            }
            if target.block == entry {
                errors.report(Location::Inst(inst), "nothing may jump to the entry block");
            }
        }
    }
}

fn check_block(errors: &mut Errors<'_>, block: Block, placed: &mut SecondaryMap<Inst, bool>) {
    let func = errors.func;
    let insts = &func.layout.insts[block];
    if insts.is_empty() {
        errors.report(Location::Block(block), "the block is empty");
    }
    for (index, &inst) in insts.iter().enumerate() {
        if std::mem::replace(&mut placed[inst], true) {
            errors.report(Location::Inst(inst), "the instruction stands twice in the layout");
        }
        let last = index + 1 == insts.len();
        match func.dfg.insts[inst].is_terminator() {
            true if !last => errors.report(Location::Inst(inst), "a terminator before the end of its block"),
            false if last => errors.report(Location::Inst(inst), "the block does not end in a terminator"),
            _ => {}
        }
        for (index, &result) in func.dfg.results[inst].iter().enumerate() {
            if func.dfg.values[result].def != ValueDef::Result(inst, index as u16) {
                errors.report(Location::Inst(inst), format!("{result} is not defined as its result {index}"));
            }
        }
    }
}

/// Invariants 6 to 10.
pub(super) fn check_types(errors: &mut Errors<'_>) {
    let func = errors.func;
    for &block in &func.layout.blocks {
        for &inst in &func.layout.insts[block] {
            if let Err(message) = inst_error(errors, inst) {
                errors.report(Location::Inst(inst), message);
            }
        }
    }
}

fn inst_error(errors: &Errors<'_>, inst: Inst) -> Result<(), String> {
    let func = errors.func;
    let data = &func.dfg.insts[inst];
    let mut expected = result_types(data, &func.dfg)?;
    match data {
        InstData::Call { callee, args } => {
            let signature = callee_signature(errors, callee);
            check_args(errors, callee, signature, args)?;
            expected.extend_from_slice(&signature.results);
        }
        InstData::TryCall { callee, args, normal, catch } => {
            let signature = callee_signature(errors, callee);
            check_args(errors, callee, signature, args)?;
            let helper = matches!(callee, Callee::Helper(_));
            if signature.conv == CallConv::System && !helper {
                return Err("try_call of the C convention: nothing can be thrown through it".to_owned());
            }
            check_target(errors, normal, &signature.results)?;
            check_target(errors, catch, &[Type::Ref])?;
        }
        InstData::Throw(_) if func.signature.conv == CallConv::System => {
            return Err("throw out of a function of the C convention".to_owned());
        }
        InstData::Return(values) => {
            check_list(errors, values.iter().copied(), &func.signature.results, "results")?;
        }
        _ => data.targets().into_iter().try_for_each(|target| check_target(errors, target, &[]))?,
    }
    let found: Vec<Type> = func.dfg.results[inst].iter().map(|&result| func.dfg.value_type(result)).collect();
    if found == expected.as_slice() {
        return Ok(());
    }
    Err(format!("expected results of types {expected:?}, found {found:?}"))
}

fn callee_signature<'a>(errors: &Errors<'a>, callee: &Callee) -> &'a Signature {
    match *callee {
        Callee::Direct(id) => &errors.module.functions[id].signature,
        Callee::Indirect(sig, _) => &errors.func.dfg.signatures[sig],
        Callee::Helper(id) => &errors.module.abi.helper(id).signature,
    }
}

fn check_args(errors: &Errors<'_>, callee: &Callee, signature: &Signature, args: &[Value]) -> Result<(), String> {
    if let Callee::Indirect(_, address) = *callee {
        let found = errors.func.dfg.value_type(address);
        if found != Type::I64 {
            return Err(format!("{address}: expected a code address of type i64, found {found}"));
        }
    }
    check_list(errors, args.iter().copied(), &signature.params, "arguments")
}

/// The target's parameters are `implicit` types, then those of the arguments.
fn check_target(errors: &Errors<'_>, target: &BlockCall, implicit: &[Type]) -> Result<(), String> {
    let params: Vec<Type> =
        errors.func.dfg.params[target.block].iter().map(|&param| errors.func.dfg.value_type(param)).collect();
    let Some(explicit) = params.strip_prefix(implicit) else {
        return Err(format!("{}: expected first parameters of types {implicit:?}, found {params:?}", target.block));
    };
    let what = format!("arguments for {}", target.block);
    check_list(errors, target.args.iter().copied(), explicit, &what)
}

fn check_list(
    errors: &Errors<'_>,
    values: impl ExactSizeIterator<Item = Value>,
    expected: &[Type],
    what: &str,
) -> Result<(), String> {
    if values.len() != expected.len() {
        return Err(format!("expected {} {what}, found {}", expected.len(), values.len()));
    }
    for (value, &expected) in values.zip(expected) {
        let found = errors.func.dfg.value_type(value);
        if found != expected {
            return Err(format!("{value}: expected {expected}, found {found} among the {what}"));
        }
    }
    Ok(())
}
