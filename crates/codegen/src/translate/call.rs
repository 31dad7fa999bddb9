//! Calls: of functions by their route, of code addresses, and of the run-time system through its stubs.

use cranelift_codegen::cursor::FuncCursor;
use cranelift_codegen::ir::{
    self, BlockArg, ExceptionTableData, ExceptionTableItem, ExtFuncData, ExternalName, InstBuilder, MemFlagsData, types,
};
use tintype_ir::abi::{HelperId, RuntimeAbi};
use tintype_ir::function::{Inst, SigRef, Value, Values};
use tintype_ir::instruction::{BinaryOp, BlockCall, Callee, InstData};
use tintype_ir::module::FuncId;
use tintype_ir::types::{CallConv, Signature};

use super::{Translator, UNREACHABLE, unsupported};
use crate::error::CodegenError;
use crate::generator::Route;
use crate::record::RelocTarget;
use crate::signature::clif_signature;
use crate::{slots, symbol};

/// What the back end calls.
enum Target {
    Symbol(ir::FuncRef),
    Address(ir::Value, ir::SigRef),
}

impl Translator<'_> {
    /// Whether the code of an instruction may contain a call.
    pub(super) fn may_call(&self, data: &InstData) -> bool {
        match data {
            InstData::Call { .. }
            | InstData::TryCall { .. }
            | InstData::Alloc { .. }
            | InstData::Barrier(_)
            | InstData::Safepoint
            | InstData::Throw(_) => true,
            InstData::Binary { op, .. } => *op == BinaryOp::Frem,
            InstData::Fma(args) => self.fma_calls(self.ty(args[0])),
            _ => false,
        }
    }

    /// A call; returns the callee's results.
    pub(super) fn call(&mut self, inst: Inst, callee: &Callee, args: &[Value]) -> Result<Vec<ir::Value>, CodegenError> {
        let target = self.target(inst, callee)?;
        let args = self.value_list(args);
        let call = match target {
            Target::Symbol(func) => self.pos.ins().call(func, &args),
            Target::Address(address, signature) => self.pos.ins().call_indirect(signature, address, &args),
        };
        Ok(self.pos.func.dfg.inst_results(call).to_vec())
    }

    /// A call whose exceptions are caught.
    pub(super) fn try_call(
        &mut self,
        inst: Inst,
        callee: &Callee,
        args: &Values,
        normal: &BlockCall,
        catch: &BlockCall,
    ) -> Result<(), CodegenError> {
        let target = self.target(inst, callee)?;
        let signature = match target {
            Target::Symbol(func) => self.pos.func.dfg.ext_funcs[func].signature,
            Target::Address(_, signature) => signature,
        };
        if self.pos.func.dfg.signatures[signature].call_conv == cranelift_codegen::isa::CallConv::SystemV {
            return Err(self.unsupported(inst, "nothing can be caught from a callee of the C convention"));
        }
        let n_results = self.pos.func.dfg.signatures[signature].returns.len() as u32;
        let normal = self.try_destination(normal, (0..n_results).map(BlockArg::TryCallRet));
        let catch = self.try_destination(catch, [BlockArg::TryCallExn(0)]);
        let table = ExceptionTableData::new(signature, normal, [ExceptionTableItem::Default(catch)]);
        let table = self.pos.func.dfg.exception_tables.push(table);
        let args = self.value_list(args);
        match target {
            Target::Symbol(func) => self.pos.ins().try_call(func, &args, table),
            Target::Address(address, _) => self.pos.ins().try_call_indirect(address, &args, table),
        };
        Ok(())
    }

    fn try_destination(&mut self, dest: &BlockCall, first: impl IntoIterator<Item = BlockArg>) -> ir::BlockCall {
        let (block, args) = self.destination(dest);
        let args: Vec<BlockArg> = first.into_iter().chain(args).collect();
        self.pos.func.dfg.block_call(block, &args)
    }

    fn target(&mut self, inst: Inst, callee: &Callee) -> Result<Target, CodegenError> {
        match *callee {
            Callee::Direct(callee) => self.direct(callee),
            Callee::Indirect(signature, address) => {
                let signature = self.signature(inst, signature)?;
                Ok(Target::Address(self.value(address), signature))
            }
            Callee::Helper(helper) => {
                let signature = self.helper_signature(helper);
                Ok(Target::Address(stub_address(&mut self.pos, self.generator.abi(), helper), signature))
            }
        }
    }

    fn direct(&mut self, callee: FuncId) -> Result<Target, CodegenError> {
        let func = match self.functions.get(&callee) {
            Some(&func) => func,
            None => self.import_function(callee)?,
        };
        let signature = self.pos.func.dfg.ext_funcs[func].signature;
        Ok(match self.calls.route(callee) {
            Route::Direct => Target::Symbol(func),
            Route::MvSlot | Route::Absolute(_) => Target::Address(self.function_address(callee), signature),
        })
    }

    fn import_function(&mut self, callee: FuncId) -> Result<ir::FuncRef, CodegenError> {
        let decl = &self.module.functions[callee];
        let signature = clif_signature(&decl.signature)
            .map_err(|reason| unsupported(self.func, format!("call of `{}`", decl.name), reason))?;
        let signature = self.pos.func.import_signature(signature);
        let name = self.pos.func.declare_imported_user_function(symbol::name(RelocTarget::Function(callee)));
        let func = self.pos.func.import_function(ExtFuncData {
            name: ExternalName::User(name),
            signature,
            colocated: true,
            patchable: false,
        });
        self.functions.insert(callee, func);
        Ok(func)
    }

    fn signature(&mut self, inst: Inst, signature: SigRef) -> Result<ir::SigRef, CodegenError> {
        if let Some(known) = self.signatures[signature] {
            return Ok(known);
        }
        let clif =
            clif_signature(&self.func.dfg.signatures[signature]).map_err(|reason| self.unsupported(inst, reason))?;
        let known = self.pos.func.import_signature(clif);
        self.signatures[signature] = Some(known);
        Ok(known)
    }

    /// The entry of a function, by its route.
    pub(super) fn function_address(&mut self, callee: FuncId) -> ir::Value {
        match self.calls.route(callee) {
            Route::Direct => slots::symbol_address(&mut self.pos, RelocTarget::Function(callee), 0),
            Route::MvSlot => {
                let slot = slots::symbol_address(&mut self.pos, RelocTarget::MvSlot(callee), 0);
                self.pos.ins().load(types::I64, slots::constant_word(), slot, 0)
            }
            Route::Absolute(address) => {
                let callee = &self.module.functions[callee].name;
                assert!(!self.generator.settings().pic, "the address of `{callee}` may not go into a file");
                self.pos.ins().iconst(types::I64, address as i64)
            }
        }
    }

    fn helper_signature(&mut self, helper: HelperId) -> ir::SigRef {
        if let Some(&known) = self.helpers.get(&helper) {
            return known;
        }
        let clif = stub_signature(self.generator.abi(), helper);
        let known = self.pos.func.import_signature(clif);
        self.helpers.insert(helper, known);
        known
    }

    /// A call of a helper with arguments that are already translated.
    pub(super) fn call_helper(&mut self, helper: HelperId, args: &[ir::Value]) -> Vec<ir::Value> {
        let signature = self.helper_signature(helper);
        let address = stub_address(&mut self.pos, self.generator.abi(), helper);
        let call = self.pos.ins().call_indirect(signature, address, args);
        self.pos.func.dfg.inst_results(call).to_vec()
    }

    pub(super) fn throw(&mut self, exception: Value) {
        let exception = self.value(exception);
        self.call_helper(self.generator.abi().well_known.throw, &[exception]);
        self.pos.ins().trap(UNREACHABLE);
    }
}

/// The address of a helper's stub: an entry of the table the task points to.
pub(crate) fn stub_address(pos: &mut FuncCursor<'_>, abi: &RuntimeAbi, helper: HelperId) -> ir::Value {
    let task = pos.ins().get_pinned_reg(types::I64);
    let table = pos.ins().load(types::I64, MemFlagsData::trusted(), task, abi.task.stubs as i32);
    pos.ins().load(types::I64, MemFlagsData::trusted(), table, 8 * helper.as_u32() as i32)
}

/// The signature of a helper's stub: the helper's, in the convention between compiled functions. The stubs that loops,
/// stores and prologues call in the rare case keep all registers, so that the common path need not arrange for the call:
/// one poll in a loop would otherwise put every value of the loop into memory.
pub(crate) fn stub_signature(abi: &RuntimeAbi, helper: HelperId) -> ir::Signature {
    let signature = Signature { conv: CallConv::Tail, ..abi.helper(helper).signature.clone() };
    let mut signature = clif_signature(&signature).expect("every type has a place in the Tail convention");
    let well_known = &abi.well_known;
    let is_rare = [well_known.poll, well_known.log_object, well_known.stack_overflow].contains(&helper);
    // The back end's convention has no results.
    if is_rare && signature.returns.is_empty() {
        signature.call_conv = cranelift_codegen::isa::CallConv::PreserveAll;
    }
    signature
}
