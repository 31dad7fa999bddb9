//! Calls: of helpers, of known code, and through the run-time system. Whatever may throw inside a try region is called so
//! that its exception arrives at the region's handler.

use smallvec::SmallVec;
use tintype_ir::abi::HelperId;
use tintype_ir::builder::block_call;
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{Callee, IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::helpers;
use tintype_runtime::objects::*;

use crate::function::{Translator, Val};
use crate::module::Target;
use crate::representation::Repr;
use crate::signature::CallSignature;

type Regs = SmallVec<[Reg; 4]>;

impl Translator<'_, '_, '_> {
    /// Calls a helper by its number.
    pub fn helper(&mut self, number: usize, args: &[Reg]) -> Regs {
        let id = HelperId::from_u32(number as u32);
        let abi = self.m.module.abi.clone();
        let helper = abi.helper(id);
        self.call(Callee::Helper(id), args, &helper.signature.results, helper.effects.throws)
    }

    /// A call with results of these types.
    pub fn call(&mut self, callee: Callee, args: &[Reg], results: &[Type], throws: bool) -> Regs {
        let landing = if throws { self.landing() } else { None };
        let Some(landing) = landing else {
            let call = self.b.call(callee, args, results);
            return self.b.inst_results(call).iter().copied().collect();
        };
        let normal = self.merge_block(results);
        self.b.try_call(callee, args, block_call(normal, &[]), block_call(landing, &[]));
        self.continue_in(normal);
        self.b.block_params(normal).iter().copied().collect()
    }

    /// Stores objects where a callee finds its boxed arguments; their address and number.
    pub fn pass_boxed(&mut self, arguments: &[Val]) -> (Reg, Reg) {
        let objects = self.objects(arguments);
        let place = self.outgoing(objects.len());
        for (index, &object) in objects.iter().enumerate() {
            self.b.store(MemFlags::default(), object, place, 8 * index as i32);
        }
        let n = self.b.iconst(Type::I64, objects.len() as i64);
        (place, n)
    }

    /// A dynamic call; the first argument is the function.
    pub fn call_generic(&mut self, arguments: &[Val]) -> Val {
        let (place, n) = self.pass_boxed(arguments);
        // Both make any call; each looks up its own numbers of arguments.
        let helper = if arguments.len() == 2 { helpers::APPLY_GENERIC } else { helpers::APPLY_MANY };
        let result = self.helper(helper, &[place, n])[0];
        self.any(result)
    }

    /// A built-in function that is not done inline.
    pub fn call_builtin(&mut self, number: u16, arguments: &[Val]) -> Val {
        let (place, n) = self.pass_boxed(arguments);
        let number = self.b.iconst(Type::I64, i64::from(number));
        let result = self.helper(helpers::CALL_BUILTIN, &[number, place, n])[0];
        self.any(result)
    }

    /// A primitive operation on operands that are not in registers, or that no instruction does.
    pub fn call_intrinsic(&mut self, number: u16, arguments: &[Val]) -> Val {
        let (place, n) = self.pass_boxed(arguments);
        let number = self.b.iconst(Type::I64, i64::from(number));
        let result = self.helper(helpers::CALL_INTRINSIC, &[number, place, n])[0];
        self.any(result)
    }

    /// A call of a known method instance, or of code; the first argument is the function.
    pub fn invoke(&mut self, callee: Value, arguments: &[Val]) -> Val {
        let method_instance = match callee.get::<CodeInstance>() {
            Some(code_instance) => code_instance.method_instance,
            None => callee.expect::<MethodInstance>(),
        };
        match self.m.target(method_instance) {
            Target::Direct(function, signature) if signature.params.len() == arguments.len() => {
                let args = self.spread(&signature, arguments);
                let results = self.call(Callee::Direct(function), &args, &signature.ir.results, true);
                self.result_of_call(&signature, results)
            }
            Target::Cell(data, signature, code) if signature.params.len() == arguments.len() => {
                let args = self.spread(&signature, arguments);
                let address = self.entry_of(data, code);
                let sig = self.b.func.dfg.signatures.push(signature.ir.clone());
                let results = self.call(Callee::Indirect(sig, address), &args, &signature.ir.results, true);
                self.result_of_call(&signature, results)
            }
            // A method instance belongs to a context, and code that several contexts run cannot name it.
            _ if self.m.is_per_context() => self.call_generic(arguments),
            _ => {
                let (place, n) = self.pass_boxed(arguments);
                let callee = self.slot_reg(method_instance.erase());
                let result = self.helper(helpers::INVOKE_INSTANCE, &[callee, place, n])[0];
                self.any(result)
            }
        }
    }

    fn spread(&mut self, signature: &CallSignature, arguments: &[Val]) -> Vec<Reg> {
        let mut args = Vec::with_capacity(signature.ir.params.len());
        for (argument, param) in arguments.iter().zip(&signature.params) {
            args.extend(self.convert(argument, param));
        }
        args
    }

    fn result_of_call(&mut self, signature: &CallSignature, results: Regs) -> Val {
        if matches!(signature.result, Repr::Never) {
            self.never_here();
            return Val::never();
        }
        Val::new(signature.result.clone(), results)
    }

    /// The entry of code in another image: from this image's word for it, which is filled when it is first needed.
    fn entry_of(&mut self, data: tintype_ir::module::DataId, code: Gc<Code>) -> Reg {
        let region = self.m.region("entries");
        let flags = MemFlags { invariant: false, region: Some(region) };
        let cell = self.b.data_addr(data, 0);
        let known = self.b.load(Type::I64, flags, cell, 0);
        let is_known = self.b.icmp_imm(IntCond::Ne, known, 0);
        let done = self.merge_block(&[Type::I64]);
        let slow = self.new_block();
        self.b.branch(is_known, done, &[known], slow, &[]);
        self.continue_in(slow);
        let code = self.slot_reg(code.erase());
        let found = self.helper(helpers::SPECIALIZED_ENTRY, &[code])[0];
        self.b.store(flags, found, cell, 0);
        self.b.jump(done, &[found]);
        self.continue_in(done);
        self.b.block_params(done)[0]
    }
}
