//! What an instruction does besides computing its results: the one place that decides what may be removed, repeated,
//! moved, or moved past memory accesses. Of the run-time system it knows what `RuntimeAbi` says.

use tintype_ir::abi::{Effects, RuntimeAbi};
use tintype_ir::function::{DataFlowGraph, Value};
use tintype_ir::instruction::{BinaryOp, Callee, ConvertOp, InstData};
use tintype_ir::module::AliasRegion;
use tintype_ir::types::Type;

use crate::constant::Const;

/// An instruction's traffic with memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemoryEffect {
    /// None the optimiser has to know of.
    None,
    /// Reads a region.
    Read,
    /// Writes a region; `None` may be any memory.
    Write(Option<AliasRegion>),
    /// May write any memory.
    WriteAny,
}

/// What a callee may do; of compiled functions nothing is known.
pub(crate) fn callee_effects(callee: Callee, abi: &RuntimeAbi) -> Effects {
    match callee {
        Callee::Helper(helper) => abi.helper(helper).effects,
        Callee::Direct(_) | Callee::Indirect(..) => Effects::ANY,
    }
}

/// Whether the results depend on the operands alone and computing them changes nothing, a trap apart.
pub(crate) fn is_pure(data: &InstData) -> bool {
    match data {
        InstData::Iconst { .. }
        | InstData::F32const(_)
        | InstData::F64const(_)
        | InstData::Null
        | InstData::SlotValue(_)
        | InstData::FuncAddr(_)
        | InstData::DataAddr(..)
        | InstData::StackAddr(..)
        | InstData::Task
        | InstData::CpuHas(_)
        | InstData::Unary(..)
        | InstData::Binary { .. }
        | InstData::Overflow(..)
        | InstData::Fma(_)
        | InstData::Convert { .. }
        | InstData::IntCompare(..)
        | InstData::FloatCompare(..)
        | InstData::Select(_)
        | InstData::ExtractLane(..)
        | InstData::InsertLane(..) => true,
        InstData::Load { .. }
        | InstData::Store { .. }
        | InstData::Alloc { .. }
        | InstData::Barrier(_)
        | InstData::Safepoint
        | InstData::KeepAlive(_)
        | InstData::Call { .. }
        | InstData::Jump(_)
        | InstData::Branch { .. }
        | InstData::Switch { .. }
        | InstData::Return(_)
        | InstData::TryCall { .. }
        | InstData::Throw(_)
        | InstData::Trap(_) => false,
    }
}

/// Whether computing it may trap: a division whose divisor is not known to be harmless.
pub(crate) fn may_trap(data: &InstData, dfg: &DataFlowGraph) -> bool {
    let InstData::Binary { op, args: [_, divisor], .. } = data else { return false };
    let divisor = || Const::of(dfg, *divisor);
    match op {
        BinaryOp::Sdiv => divisor().is_none_or(|divisor| divisor.is_zero() || divisor.is_all_ones()),
        BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem => divisor().is_none_or(Const::is_zero),
        _ => false,
    }
}

/// Whether it may be computed where the program did not ask for it.
pub(crate) fn is_speculatable(data: &InstData, dfg: &DataFlowGraph) -> bool {
    is_pure(data) && !may_trap(data, dfg)
}

/// Whether it computes an address that may lie before its object. Such an address keeps nothing alive, so it is not
/// carried to where the program did not have it.
pub(crate) fn may_leave_object(data: &InstData, dfg: &DataFlowGraph) -> bool {
    match *data {
        InstData::Binary { op: BinaryOp::Isub, args: [a, _], .. } => is_derived(a, dfg, 8),
        InstData::Binary { op: BinaryOp::Iadd, args: [a, b], .. } => {
            let negative = |value| Const::of(dfg, value).is_some_and(|step| step.signed() < 0);
            (negative(b) && is_derived(a, dfg, 8)) || (negative(a) && is_derived(b, dfg, 8))
        }
        _ => false,
    }
}

/// Whether a value may be the address of an object plus something; `true` when that takes more than `depth` steps to say.
fn is_derived(value: Value, dfg: &DataFlowGraph, depth: u32) -> bool {
    let Some(inst) = dfg.defining_inst(value).filter(|_| dfg.value_type(value) == Type::I64) else { return false };
    match dfg.insts[inst] {
        InstData::Convert { op: ConvertOp::Bitcast, arg, .. } => dfg.value_type(arg) == Type::Ref,
        InstData::Binary { op: BinaryOp::Iadd | BinaryOp::Isub, args: [a, b], .. } => {
            depth == 0 || is_derived(a, dfg, depth - 1) || (Const::of(dfg, b).is_none() && is_derived(b, dfg, 0))
        }
        _ => false,
    }
}

/// Whether the program cannot tell if an instruction with unused results was executed.
pub(crate) fn is_removable(data: &InstData, dfg: &DataFlowGraph, abi: &RuntimeAbi) -> bool {
    match data {
        InstData::Load { .. } | InstData::Alloc { .. } => true,
        InstData::KeepAlive(values) => values.is_empty(),
        InstData::Call { callee, .. } => {
            let effects = callee_effects(*callee, abi);
            !effects.throws && !effects.writes && !effects.diverges
        }
        data => is_speculatable(data, dfg),
    }
}

/// Whether two executions with the same operands, the first dominating the second, give the same results, whatever
/// memory holds.
pub(crate) fn is_repeatable(data: &InstData, abi: &RuntimeAbi) -> bool {
    match data {
        // What collects may allocate, and a new object is not the one before. A throw repeats the first one's,
        // after which the second is not reached.
        InstData::Call { callee, .. } => {
            let effects = callee_effects(*callee, abi);
            !effects.reads && !effects.writes && !effects.collects && !effects.diverges
        }
        data => is_pure(data),
    }
}

/// What it does to memory the optimiser tracks. A safepoint runs the collector and other tasks' pending requests, not
/// code that writes this program's data, so loads may be carried across it.
pub(crate) fn memory_effect(data: &InstData, abi: &RuntimeAbi) -> MemoryEffect {
    match data {
        InstData::Load { .. } => MemoryEffect::Read,
        InstData::Store { flags, .. } => {
            MemoryEffect::Write(flags.region.filter(|region| *region != AliasRegion::from_u32(0)))
        }
        InstData::Call { callee, .. } | InstData::TryCall { callee, .. } => match callee_effects(*callee, abi) {
            effects if effects.writes => MemoryEffect::WriteAny,
            effects if effects.reads => MemoryEffect::Read,
            _ => MemoryEffect::None,
        },
        _ => MemoryEffect::None,
    }
}

/// Whether control may leave the function here instead of going on.
pub(crate) fn may_leave(data: &InstData, abi: &RuntimeAbi) -> bool {
    match data {
        InstData::Call { callee, .. } | InstData::TryCall { callee, .. } => {
            let effects = callee_effects(*callee, abi);
            effects.throws || effects.diverges
        }
        _ => false,
    }
}

/// Whether the collector may run here.
pub(crate) fn may_collect(data: &InstData, abi: &RuntimeAbi) -> bool {
    match data {
        InstData::Call { callee, .. } | InstData::TryCall { callee, .. } => callee_effects(*callee, abi).collects,
        InstData::Alloc { .. } | InstData::Safepoint => true,
        _ => false,
    }
}
