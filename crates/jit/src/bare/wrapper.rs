//! Wrappers that give any function the boxed signature the entry trampoline calls.

use tintype_ir::entity::EntityRef;
use tintype_ir::function::{Function, Values};
use tintype_ir::instruction::{Callee, InstData, MemFlags};
use tintype_ir::module::{FuncId, FunctionDecl, Linkage, Module};
use tintype_ir::types::{Signature, Type};

/// Bytes between two arguments or results in memory.
pub(super) const CELL: i32 = 16;

/// Adds to the module a function of the boxed signature `(ref, i64, i64, ref) -> ref` that loads the arguments of `callee`
/// from the memory at its second parameter, one in every 16 bytes, calls it, and stores the results over them.
pub fn add_call_wrapper(module: &mut Module, callee: FuncId) -> FuncId {
    let Signature { params, results, .. } = module.functions[callee].signature.clone();
    let name = format!("call.{}", module.functions[callee].name);
    let signature = Signature::new([Type::Ref, Type::I64, Type::I64, Type::Ref], [Type::Ref]);
    let mut func = Function::new(name.clone(), signature.clone());
    let block = func.dfg.make_block();
    func.layout.blocks.push(block);
    for &ty in &signature.params {
        func.dfg.append_param(block, ty);
    }
    let memory = func.dfg.params[block][1];
    let flags = MemFlags::default();
    let mut append = |data: InstData, types: &[Type]| {
        let inst = func.dfg.make_inst(data, types);
        func.layout.insts[block].push(inst);
        func.dfg.results[inst].clone()
    };
    let load = |(index, &ty): (usize, &Type)| {
        append(InstData::Load { ty, flags, base: memory, offset: CELL * index as i32 }, &[ty])[0]
    };
    let args: Values = params.iter().enumerate().map(load).collect();
    let values = append(InstData::Call { callee: Callee::Direct(callee), args }, &results);
    for (index, &value) in values.iter().enumerate() {
        append(InstData::Store { flags, args: [value, memory], offset: CELL * index as i32 }, &[]);
    }
    let null = append(InstData::Null, &[Type::Ref]);
    append(InstData::Return(null), &[]);
    let linkage = Linkage::Local;
    let id = FuncId::new(module.functions.len());
    module.functions.push(FunctionDecl { name, signature, linkage, body: Some(func) });
    id
}
