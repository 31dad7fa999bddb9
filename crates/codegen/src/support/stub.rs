//! Builds helper stubs.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, types};
use tintype_ir::abi::HelperId;
use tintype_ir::types::{CallConv, Signature, Type};

use super::dispatch;
use crate::error::CodegenError;
use crate::generator::{CodeGenerator, Scratch};
use crate::signature::clif_signature;
use crate::translate::{UNREACHABLE, stub_address, stub_signature};

/// Builds the stub of `helper` in the scratch memory. It has no stack check: helpers run on the reserve below the limit.
pub(super) fn build(generator: &CodeGenerator, helper: HelperId, scratch: &mut Scratch) -> Result<(), CodegenError> {
    let abi = generator.abi();
    let description = abi.helper(helper);
    let effects = description.effects;
    let helper_signature = c_signature(&description.signature).map_err(|reason| CodegenError::Unsupported {
        function: description.name.clone(),
        entity: "helper signature".to_owned(),
        reason: reason.to_owned(),
    })?;
    let func = &mut scratch.context.func;
    func.signature = stub_signature(abi, helper);
    let mut pos = FuncCursor::new(func);
    let entry = append_block_with_params(&mut pos);
    pos.goto_bottom(entry);
    let flags = MemFlagsData::trusted();

    let mut passed = pos.func.dfg.block_params(entry).to_vec();
    if let Some(calls) = &abi.calls
        && let Some(counts) = dispatch::looked_up(calls, helper)
    {
        let missed = dispatch::look_up(abi, calls, counts, &mut pos, [passed[0], passed[1]]);
        if helper != calls.many {
            dispatch::go_on(abi, calls, &mut pos, missed);
            return Ok(());
        }
        passed = missed.to_vec();
    }
    let task = pos.ins().get_pinned_reg(types::I64);
    // A function of its arguments alone neither walks frames nor enters compiled code again.
    if effects.throws || effects.collects || effects.reads || effects.writes {
        let frame = pos.ins().get_frame_pointer(types::I64);
        let caller_frame = pos.ins().load(types::I64, flags, frame, 0);
        let return_address = pos.ins().get_return_address(types::I64);
        pos.ins().store(flags, caller_frame, task, abi.task.exit_fp as i32);
        pos.ins().store(flags, return_address, task, abi.task.exit_pc as i32);
    }

    let table = pos.ins().load(types::I64, flags, task, abi.task.helpers as i32);
    let address = pos.ins().load(types::I64, flags, table, 8 * helper.as_u32() as i32);
    let mut args = vec![task];
    args.append(&mut passed);
    let signature = pos.func.import_signature(helper_signature);
    let call = pos.ins().call_indirect(signature, address, &args);
    let results = pos.func.dfg.inst_results(call).to_vec();

    if effects.throws {
        raise_if_pending(generator, &mut pos);
    }
    if effects.diverges {
        pos.ins().trap(UNREACHABLE);
    } else {
        pos.ins().return_(&results);
    }
    Ok(())
}

/// Goes to the raising routine when the task has a pending exception.
fn raise_if_pending(generator: &CodeGenerator, pos: &mut FuncCursor<'_>) {
    let abi = generator.abi();
    let (raise, done) = (pos.func.dfg.make_block(), pos.func.dfg.make_block());
    pos.func.layout.append_block(done);
    pos.func.layout.append_block(raise);
    pos.func.layout.set_cold(raise);
    let task = pos.ins().get_pinned_reg(types::I64);
    let pending = pos.ins().load(types::I64, MemFlagsData::trusted(), task, abi.task.pending_exception as i32);
    pos.ins().brif(pending, raise, &[], done, &[]);

    pos.goto_bottom(raise);
    let find_handler = abi.well_known.find_handler;
    let address = stub_address(pos, abi, find_handler);
    let routine = clif_signature(&Signature::new([], [])).expect("no types, nothing to refuse");
    let signature = pos.func.import_signature(routine);
    pos.ins().call_indirect(signature, address, &[]);
    pos.ins().trap(UNREACHABLE);

    pos.goto_bottom(done);
}

/// The C signature of a helper: the task first.
fn c_signature(signature: &Signature) -> Result<ir::Signature, &'static str> {
    let mut params = vec![Type::I64];
    params.extend_from_slice(&signature.params);
    clif_signature(&Signature { params, results: signature.results.clone(), conv: CallConv::System })
}

/// Appends the entry block with the signature's parameters.
pub(super) fn append_block_with_params(pos: &mut FuncCursor<'_>) -> ir::Block {
    let entry = pos.func.dfg.make_block();
    pos.func.layout.append_block(entry);
    let types: Vec<_> = pos.func.signature.params.iter().map(|param| param.value_type).collect();
    for ty in types {
        pos.func.dfg.append_block_param(entry, ty);
    }
    entry
}
