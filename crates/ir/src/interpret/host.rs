//! What a program under interpretation calls outside of its module: helpers, imports, slots.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::memory::Memory;
use crate::abi::HelperId;
use crate::entity::EntityRef;
use crate::evaluate::{self, Bits};
use crate::instruction::{BinaryOp, UnaryOp};
use crate::module::{FuncId, Module, SlotId};
use crate::types::Type;

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    /// With results.
    Returned(SmallVec<[Bits; 2]>),
    /// With an exception: an object's address.
    Threw(u64),
}

impl Completion {
    /// A return without results.
    pub fn nothing() -> Self {
        Completion::Returned(SmallVec::new())
    }

    /// A return of one value.
    pub fn one(result: impl Into<Bits>) -> Self {
        Completion::Returned(SmallVec::from_slice(&[result.into()]))
    }
}

/// The world outside of the module.
pub trait Host {
    /// Calls a helper; `args` are without the task.
    ///
    /// # Errors
    /// Why it cannot be called here: the interpretation stops.
    fn helper(
        &mut self,
        module: &Module,
        memory: &mut Memory,
        helper: HelperId,
        args: &[Bits],
    ) -> Result<Completion, String>;

    /// Calls an imported function.
    ///
    /// # Errors
    /// Why it cannot be called here: the interpretation stops.
    fn import(
        &mut self,
        module: &Module,
        memory: &mut Memory,
        function: FuncId,
        args: &[Bits],
    ) -> Result<Completion, String> {
        let _ = (memory, args);
        Err(format!("import %{} is not known", module.functions[function].name))
    }

    /// The address of a slot's object.
    fn slot_value(&mut self, memory: &mut Memory, slot: SlotId) -> u64;

    /// Whether the CPU has a feature.
    fn cpu_has(&self, feature: &str) -> bool {
        let _ = feature;
        false
    }
}

/// A host without a language: allocation, throwing and arithmetic helpers work, each slot has an object of its own.
#[derive(Clone, Debug, Default)]
pub struct BareHost {
    slots: FxHashMap<SlotId, u64>,
    /// Objects the write barrier logged, in order.
    pub logged: Vec<u64>,
}

/// Payload bytes of a slot's object.
const SLOT_OBJECT_BYTES: u32 = 256;

impl Host for BareHost {
    fn helper(
        &mut self,
        module: &Module,
        memory: &mut Memory,
        helper: HelperId,
        args: &[Bits],
    ) -> Result<Completion, String> {
        let known = &module.abi.well_known;
        let rounding = [UnaryOp::Floor, UnaryOp::Ceil, UnaryOp::Trunc, UnaryOp::Nearest];
        if let Some(index) = known.rounding.iter().position(|&other| other == helper) {
            return Ok(Completion::one(evaluate::unary(rounding[index], Type::F64, args[0])));
        }
        if helper == known.allocate {
            let size = u32::try_from(args[1]).map_err(|_| format!("allocation of {} bytes", args[1]))?;
            let object = memory.allocate_object(size);
            memory
                .store(object.wrapping_add_signed(i64::from(module.abi.object.header_offset)), 8, args[0])
                .map_err(|fault| fault.to_string())?;
            Ok(Completion::one(object))
        } else if helper == known.log_object {
            self.logged.push(args[0] as u64);
            Ok(Completion::nothing())
        } else if helper == known.throw {
            Ok(Completion::Threw(args[0] as u64))
        } else if helper == known.poll || helper == known.stack_overflow {
            Ok(Completion::nothing())
        } else if helper == known.fma {
            Ok(Completion::one(evaluate::fma(Type::F64, args[0], args[1], args[2])))
        } else if helper == known.frem {
            let result = evaluate::binary(BinaryOp::Frem, Type::F64, args[0], args[1]);
            Ok(Completion::one(result.expect("only divisions of integers trap")))
        } else {
            Err(format!("helper %{} is not known", module.abi.helpers[helper.index()].name))
        }
    }

    fn slot_value(&mut self, memory: &mut Memory, slot: SlotId) -> u64 {
        *self.slots.entry(slot).or_insert_with(|| memory.allocate_object(SLOT_OBJECT_BYTES))
    }
}
