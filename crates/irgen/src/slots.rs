//! Variables of the body, and globals.

use smallvec::SmallVec;
use tintype_hir::TypeRef;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::objects::*;
use tintype_runtime::{helpers, layout_consts, modules};

use crate::function::{ColdAction, Translator, Val};

impl Translator<'_, '_, '_> {
    pub fn set_slot(&mut self, slot: u32, value: &Val) {
        let repr = self.slots[slot as usize].repr.clone();
        let regs = self.convert(value, &repr);
        for (index, reg) in regs.into_iter().enumerate() {
            let variable = self.slots[slot as usize].variables[index];
            self.b.def_var(variable, reg);
        }
        self.set_defined(slot, true);
    }

    pub fn clear_slot(&mut self, slot: u32) {
        self.set_defined(slot, false);
    }

    fn set_defined(&mut self, slot: u32, defined: bool) {
        if let Some(variable) = self.slots[slot as usize].defined {
            let flag = self.b.iconst(Type::I8, i64::from(defined));
            self.b.def_var(variable, flag);
        }
    }

    /// Reads a variable; where it may be undefined, throws `UndefVarError`.
    pub fn get_slot(&mut self, slot: u32) -> Val {
        let state = &self.slots[slot as usize];
        if let Some(flag) = state.defined {
            let flag = self.b.use_var(flag);
            let undefined = self.b.icmp_imm(IntCond::Eq, flag, 0);
            let name = self.cx.symbol(&self.typed.body.slots[slot as usize].name).erase();
            let name = self.slot_reg(name);
            self.fail_if(undefined, ColdAction::Throw(helpers::THROW_UNDEF_VAR, SmallVec::from_slice(&[name])));
        }
        let repr = self.slots[slot as usize].repr.clone();
        let variables = self.slots[slot as usize].variables.clone();
        let regs = variables.into_iter().map(|variable| self.b.use_var(variable)).collect();
        Val::new(repr, regs)
    }

    pub fn slot_defined(&mut self, slot: u32) -> Val {
        match self.slots[slot as usize].defined {
            Some(flag) => {
                let flag = self.b.use_var(flag);
                self.bool(flag)
            }
            None => self.known_bool(true),
        }
    }

    /// Reads a global through its binding. The binding that holds the value is looked up now; what is not there yet is
    /// found by the run-time system.
    pub fn get_global(&mut self, literal: u32, ty: TypeRef) -> Val {
        if matches!(ty, TypeRef::Const(_)) {
            // The constant is an edge of this code: it is not read again.
            return self.nothing();
        }
        let own = self.literal(literal).expect::<Binding>();
        let owner = modules::resolve_binding(self.cx, own);
        let region = self.m.region("binding");
        let flags = MemFlags { invariant: false, region: Some(region) };
        let binding = self.slot_reg(owner.erase());
        let value = self.b.load(Type::Ref, flags, binding, layout_consts::BINDING_VALUE);
        let null = self.b.null();
        let defined = self.b.icmp(IntCond::Ne, value, null);
        let done = self.merge_block(&[Type::Ref]);
        let slow = self.new_block();
        self.b.branch(defined, done, &[value], slow, &[]);
        self.continue_in(slow);
        let own = self.slot_reg(own.erase());
        let found = self.helper(helpers::GET_GLOBAL, &[own])[0];
        self.b.jump(done, &[found]);
        self.continue_in(done);
        let value = self.b.block_params(done)[0];
        self.any(value)
    }

    pub fn set_global(&mut self, literal: u32, value: &Val) {
        let value = self.object(value);
        let binding = self.slot_reg(self.literal(literal));
        self.helper(helpers::SET_GLOBAL, &[binding, value]);
    }

    pub fn global_defined(&mut self, literal: u32) -> Val {
        let binding = self.slot_reg(self.literal(literal));
        let defined = self.helper(helpers::GLOBAL_DEFINED, &[binding])[0];
        self.bool(defined)
    }
}
