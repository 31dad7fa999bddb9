//! The boxed entry of code that has a specialised one: takes the arguments apart, calls it, boxes the result.

use smallvec::SmallVec;
use tintype_ir::function::{Function, Value as Reg};
use tintype_ir::instruction::{Callee, MemFlags};
use tintype_ir::types::Type;

use crate::function::{Translator, Val};
use crate::module::{Job, ModuleBuilder};
use crate::representation::Repr;

/// Fills the boxed entry. The called object is the first argument; the others lie in the caller's memory.
pub(crate) fn boxed_entry(m: &mut ModuleBuilder<'_>, func: &mut Function, job: &Job) {
    let signature = job.signature.clone().expect("code with a specialised entry has a signature");
    let callee = job.specialized.expect("code with a specialised entry");
    let mut translator = Translator::for_wrapper(m, func, job);
    let entry = translator.b.create_entry_block();
    let (function, memory) = (translator.b.block_params(entry)[0], translator.b.block_params(entry)[1]);
    let mut args: SmallVec<[Reg; 8]> = SmallVec::new();
    for (index, repr) in signature.params.iter().enumerate() {
        if repr.ir_types().is_empty() {
            continue;
        }
        let object = match index {
            0 => function,
            _ => translator.b.load(Type::Ref, MemFlags::default(), memory, 8 * (index as i32 - 1)),
        };
        let boxed = Val::object(repr.ty(translator.cx), object);
        args.extend(translator.convert(&boxed, repr));
    }
    let results = translator.call(Callee::Direct(callee), &args, &signature.ir.results, true);
    if matches!(signature.result, Repr::Never) {
        translator.never_here();
    }
    let result = translator.object(&Val::new(signature.result.clone(), results));
    translator.b.ret(&[result]);
    translator.b.finalize();
}
