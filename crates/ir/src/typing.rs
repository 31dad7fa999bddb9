//! The type rules of every instruction: which operand types it takes and which results it has. One function serves
//! builder, parser and verifier, so that they cannot disagree.
//!
//! Calls and branch arguments are not here: they need the module's and the target blocks' declarations, which only the
//! verifier looks at.

use smallvec::SmallVec;

use crate::function::{DataFlowGraph, Value};
use crate::instruction::{BinaryOp, ConvertOp, InstData, IntCond, UnaryOp};
use crate::types::Type;

/// The types of an instruction's results.
pub type ResultTypes = SmallVec<[Type; 2]>;

/// The result types of an instruction by its operands. A call has none here: its callee says.
///
/// # Errors
/// What is wrong with the operand types, lower case, without position.
pub fn result_types(data: &InstData, dfg: &DataFlowGraph) -> Result<ResultTypes, String> {
    let ty = |value: Value| dfg.value_type(value);
    let one = |ty: Type| Ok(ResultTypes::from_slice(&[ty]));
    match data {
        InstData::Iconst { ty, value } => {
            require(ty.is_int(), || format!("iconst of type {ty}: expected an integer type"))?;
            let bits = ty.bits().min(64);
            let fits = (*value << (64 - bits)) >> (64 - bits) == *value;
            require(fits, || format!("constant {value} is not in the signed range of {ty}"))?;
            one(*ty)
        }
        InstData::F32const(_) => one(Type::F32),
        InstData::F64const(_) => one(Type::F64),
        InstData::Null | InstData::SlotValue(_) => one(Type::Ref),
        InstData::FuncAddr(_) | InstData::DataAddr(..) | InstData::StackAddr(..) | InstData::Task => one(Type::I64),
        InstData::CpuHas(_) => one(Type::I8),
        InstData::Unary(op, arg) => {
            require_fit(unary_takes(*op, ty(*arg)), || op.name(), ty(*arg))?;
            one(ty(*arg))
        }
        InstData::Binary { op, contract, args } => {
            require(!contract || op.is_float(), || format!("{} cannot be contracted", op.name()))?;
            let ty = same(dfg, args)?;
            require_fit(binary_takes(*op, ty), || op.name(), ty)?;
            one(ty)
        }
        InstData::Overflow(op, args) => {
            let ty = same(dfg, args)?;
            require_fit(ty.is_int(), || op.name(), ty)?;
            Ok(ResultTypes::from_slice(&[ty, Type::I8]))
        }
        InstData::Fma(args) => {
            let ty = same(dfg, args)?;
            require_fit(is_arithmetic_float(ty), || "fma", ty)?;
            one(ty)
        }
        InstData::Convert { op, ty: to, arg } => {
            let from = ty(*arg);
            require(converts(*op, from, *to), || format!("{} cannot convert {from} to {to}", op.name()))?;
            one(*to)
        }
        InstData::IntCompare(cond, args) => {
            let ty = same(dfg, args)?;
            let references = ty == Type::Ref && matches!(cond, IntCond::Eq | IntCond::Ne);
            require_fit(references || ty.lane().is_int(), || "icmp", ty)?;
            one(mask_type(ty))
        }
        InstData::FloatCompare(_, args) => {
            let ty = same(dfg, args)?;
            require_fit(is_arithmetic_float(ty), || "fcmp", ty)?;
            one(mask_type(ty))
        }
        InstData::Select([cond, args @ ..]) => {
            expect(dfg, *cond, Type::I8)?;
            one(same(dfg, args)?)
        }
        InstData::ExtractLane(arg, lane) => one(lane_of(ty(*arg), *lane)?),
        InstData::InsertLane([vector, scalar], lane) => {
            expect(dfg, *scalar, lane_of(ty(*vector), *lane)?)?;
            one(ty(*vector))
        }
        InstData::Load { ty, base, .. } => {
            expect_address(dfg, *base)?;
            one(*ty)
        }
        InstData::Store { args: [_, base], .. } => {
            expect_address(dfg, *base)?;
            Ok(ResultTypes::new())
        }
        InstData::Alloc { type_object, .. } => {
            expect(dfg, *type_object, Type::Ref)?;
            one(Type::Ref)
        }
        InstData::Barrier(object) | InstData::Throw(object) => {
            expect(dfg, *object, Type::Ref)?;
            Ok(ResultTypes::new())
        }
        InstData::Branch { cond, .. } => {
            expect(dfg, *cond, Type::I8)?;
            Ok(ResultTypes::new())
        }
        InstData::Switch { index, .. } => {
            expect(dfg, *index, Type::I32)?;
            Ok(ResultTypes::new())
        }
        InstData::Safepoint
        | InstData::KeepAlive(_)
        | InstData::Call { .. }
        | InstData::Jump(_)
        | InstData::Return(_)
        | InstData::TryCall { .. }
        | InstData::Trap(_) => Ok(ResultTypes::new()),
    }
}

/// The result type of comparing two values of a type: a lane mask for vectors, a truth value otherwise.
pub fn mask_type(ty: Type) -> Type {
    match ty {
        Type::F32X4 => Type::I32X4,
        Type::F64X2 => Type::I64X2,
        _ if ty.is_vector() => ty,
        _ => Type::I8,
    }
}

/// `f32`, `f64` and their vectors: what float arithmetic is defined on.
fn is_arithmetic_float(ty: Type) -> bool {
    matches!(ty.lane(), Type::F32 | Type::F64)
}

/// Whether the operation is defined on the type.
pub fn unary_takes(op: UnaryOp, ty: Type) -> bool {
    match op {
        UnaryOp::Ineg | UnaryOp::Bnot => ty.lane().is_int(),
        UnaryOp::Clz | UnaryOp::Ctz | UnaryOp::Popcnt | UnaryOp::Bitrev => ty.is_int(),
        UnaryOp::Bswap => ty.is_int() && ty != Type::I8,
        UnaryOp::Fneg
        | UnaryOp::Fabs
        | UnaryOp::Sqrt
        | UnaryOp::Ceil
        | UnaryOp::Floor
        | UnaryOp::Trunc
        | UnaryOp::Nearest => is_arithmetic_float(ty),
    }
}

/// Whether the operation is defined on the type. What the machine cannot do on vectors is not defined on them.
pub fn binary_takes(op: BinaryOp, ty: Type) -> bool {
    match op {
        BinaryOp::Iadd | BinaryOp::Isub | BinaryOp::Band | BinaryOp::Bor | BinaryOp::Bxor => ty.lane().is_int(),
        BinaryOp::Imul => ty.lane().is_int() && ty != Type::I8X16,
        BinaryOp::Smin | BinaryOp::Smax | BinaryOp::Umin | BinaryOp::Umax => ty.lane().is_int() && ty != Type::I64X2,
        BinaryOp::Sdiv
        | BinaryOp::Udiv
        | BinaryOp::Srem
        | BinaryOp::Urem
        | BinaryOp::Ishl
        | BinaryOp::Ushr
        | BinaryOp::Sshr => ty.is_int(),
        BinaryOp::Smulhi | BinaryOp::Umulhi => ty.is_int() && ty != Type::I128,
        BinaryOp::Fadd | BinaryOp::Fsub | BinaryOp::Fmul | BinaryOp::Fdiv | BinaryOp::Fmin | BinaryOp::Fmax => {
            is_arithmetic_float(ty)
        }
        BinaryOp::Frem | BinaryOp::Fcopysign => matches!(ty, Type::F32 | Type::F64),
    }
}

/// Whether the conversion exists.
pub fn converts(op: ConvertOp, from: Type, to: Type) -> bool {
    let machine_int = |ty: Type| ty.is_int() && ty != Type::I128;
    let machine_float = |ty: Type| matches!(ty, Type::F32 | Type::F64);
    match op {
        ConvertOp::Sextend | ConvertOp::Uextend => from.is_int() && to.is_int() && from.bits() < to.bits(),
        ConvertOp::Ireduce => from.is_int() && to.is_int() && from.bits() > to.bits(),
        ConvertOp::FcvtFromSint | ConvertOp::FcvtFromUint => machine_int(from) && machine_float(to),
        ConvertOp::FcvtToSintSat | ConvertOp::FcvtToUintSat => machine_float(from) && machine_int(to),
        ConvertOp::Fpromote => from.is_float() && to.is_float() && from.bits() < to.bits(),
        ConvertOp::Fdemote => from.is_float() && to.is_float() && from.bits() > to.bits(),
        ConvertOp::Bitcast if from == Type::Ref || to == Type::Ref => {
            matches!((from, to), (Type::Ref, Type::I64) | (Type::I64, Type::Ref))
        }
        ConvertOp::Bitcast => from != to && from.bits() == to.bits(),
        ConvertOp::Splat => to.is_vector() && from == to.lane(),
    }
}

fn require(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}

fn require_fit(holds: bool, name: impl FnOnce() -> &'static str, ty: Type) -> Result<(), String> {
    require(holds, || format!("{} is not defined on {ty}", name()))
}

fn expect(dfg: &DataFlowGraph, value: Value, expected: Type) -> Result<(), String> {
    let found = dfg.value_type(value);
    require(found == expected, || format!("{value}: expected {expected}, found {found}"))
}

fn expect_address(dfg: &DataFlowGraph, value: Value) -> Result<(), String> {
    let found = dfg.value_type(value);
    require(matches!(found, Type::Ref | Type::I64), || format!("{value}: expected ref or i64, found {found}"))
}

fn same(dfg: &DataFlowGraph, args: &[Value]) -> Result<Type, String> {
    let ty = dfg.value_type(args[0]);
    args[1..].iter().try_for_each(|&arg| expect(dfg, arg, ty))?;
    Ok(ty)
}

fn lane_of(vector: Type, lane: u8) -> Result<Type, String> {
    match vector.lanes() {
        Some((ty, count)) if u32::from(lane) < count => Ok(ty),
        Some((_, count)) => Err(format!("lane {lane} of {vector}: it has {count}")),
        None => Err(format!("{vector} has no lanes")),
    }
}
