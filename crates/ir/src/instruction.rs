//! Instructions. Each is declared here, once; exhaustive matches elsewhere list the rest of the work.
//!
//! Integer arithmetic wraps. Shift amounts are taken modulo the width. `sdiv`, `udiv`, `srem` and `urem` trap on a
//! zero divisor and `sdiv` on overflow (`srem` of the minimum by -1 is 0): a front end whose language throws tests first.
//! Float operations follow IEEE 754 with the default rounding; `fmin` and `fmax` return NaN if either operand is, and
//! order -0 below +0. The sign and payload of a NaN result are any. On vectors, operations work lane by lane; which
//! types each is defined on says [`typing`](crate::typing), what it computes [`evaluate`](crate::evaluate).

use smallvec::SmallVec;

use crate::abi::HelperId;
use crate::function::{Block, SigRef, StackSlot, Value, Values};
use crate::module::{AliasRegion, DataId, FuncId, SlotId};
use crate::types::Type;

/// One operand, same type out (except where said).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum UnaryOp {
    Ineg,
    Bnot,
    Clz,
    Ctz,
    Popcnt,
    Bswap,
    Bitrev,
    Fneg,
    Fabs,
    Sqrt,
    Ceil,
    Floor,
    Trunc,
    /// To the nearest, ties to even.
    Nearest,
}

/// Two operands of one type, that type out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum BinaryOp {
    Iadd,
    Isub,
    Imul,
    Sdiv,
    Udiv,
    Srem,
    Urem,
    /// The upper half of the signed product.
    Smulhi,
    /// The upper half of the unsigned product.
    Umulhi,
    Band,
    Bor,
    Bxor,
    /// The amount has the same type and is taken modulo the width.
    Ishl,
    Ushr,
    Sshr,
    Smin,
    Smax,
    Umin,
    Umax,
    Fadd,
    Fsub,
    Fmul,
    Fdiv,
    /// C's `fmod`.
    Frem,
    Fmin,
    Fmax,
    /// Magnitude of the first, sign of the second.
    Fcopysign,
}

/// Two operands; results are the wrapped value and an `i8` overflow flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum OverflowOp {
    Sadd,
    Uadd,
    Ssub,
    Usub,
    Smul,
    Umul,
}

/// Conversions to a named type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum ConvertOp {
    Sextend,
    Uextend,
    Ireduce,
    /// Signed integer to float.
    FcvtFromSint,
    FcvtFromUint,
    /// Float to signed integer: towards zero, saturating, NaN to 0.
    FcvtToSintSat,
    FcvtToUintSat,
    Fpromote,
    Fdemote,
    /// Same bits, other type of the same size; between `ref` and `i64` too (an `i64` keeps nothing alive).
    Bitcast,
    /// A scalar in every lane of the vector type.
    Splat,
}

/// Integer comparisons (also of references: `Eq`, `Ne`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum IntCond {
    Eq,
    Ne,
    Slt,
    Sle,
    Sgt,
    Sge,
    Ult,
    Ule,
    Ugt,
    Uge,
}

/// Float comparisons. All but `Ne` are false when an operand is NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum FloatCond {
    Eq,
    /// Unordered or different.
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    /// Neither operand is NaN.
    Ordered,
    /// An operand is NaN.
    Unordered,
}

/// What is known of a memory access. No access traps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MemFlags {
    /// The memory never changes after the address became known.
    pub invariant: bool,
    /// What it may alias.
    pub region: Option<AliasRegion>,
}

/// A branch target with the arguments for its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockCall {
    /// The target.
    pub block: Block,
    /// One argument per parameter (after the implicit ones of [`InstData::TryCall`]).
    pub args: Values,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callee {
    /// A function of the module.
    Direct(FuncId),
    /// A code address.
    Indirect(SigRef, Value),
    /// A helper of the run-time system, through its stub.
    Helper(HelperId),
}

/// Why execution stops. Nothing recovers from a trap: it is the embedder's bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrapCode {
    /// Control reached a point the front end proved unreachable.
    Unreachable,
    /// Division by zero.
    DivisionByZero,
    /// The quotient does not fit.
    DivisionOverflow,
}

/// An instruction's opcode and operands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum InstData {
    /// An integer constant; sign-extended to the type (`i128` too).
    Iconst {
        /// An integer type.
        ty: Type,
        /// The value, within the type's signed range.
        value: i64,
    },
    /// An `f32` constant by its bits.
    F32const(u32),
    /// An `f64` constant by its bits.
    F64const(u64),
    /// The null reference.
    Null,
    /// The object of a slot.
    SlotValue(SlotId),
    /// The address of a function's entry (`i64`).
    FuncAddr(FuncId),
    /// The address of data plus a byte offset (`i64`).
    DataAddr(DataId, i32),
    /// The address of a stack slot plus a byte offset (`i64`).
    StackAddr(StackSlot, i32),
    /// The current task's address (`i64`).
    Task,
    /// Whether the CPU the code is compiled for has a feature (`i8`); folded per target.
    CpuHas(Box<str>),
    /// One operand.
    Unary(UnaryOp, Value),
    /// Two operands. The flag on float operations permits contraction to a fused multiply-add.
    Binary {
        /// The operation.
        op: BinaryOp,
        /// Whether contraction is permitted.
        contract: bool,
        /// The operands.
        args: [Value; 2],
    },
    /// Two operands, two results.
    Overflow(OverflowOp, [Value; 2]),
    /// Fused multiply-add: `a * b + c` with one rounding.
    Fma([Value; 3]),
    /// A conversion to `ty`.
    Convert {
        /// The operation.
        op: ConvertOp,
        /// The type of the result.
        ty: Type,
        /// The operand.
        arg: Value,
    },
    /// `i8` result; lane masks (all ones or zero, integer lanes of the same width) for vectors.
    IntCompare(IntCond, [Value; 2]),
    /// As [`InstData::IntCompare`] for floats.
    FloatCompare(FloatCond, [Value; 2]),
    /// The second operand if the first (`i8`) is non-zero, else the third.
    Select([Value; 3]),
    /// One lane of a vector.
    ExtractLane(Value, u8),
    /// A vector with one lane replaced: vector, scalar.
    InsertLane([Value; 2], u8),
    /// A load from `base + offset`; `base` is a `ref` or an `i64`.
    Load {
        /// The type loaded.
        ty: Type,
        /// What is known.
        flags: MemFlags,
        /// The base address.
        base: Value,
        /// Bytes.
        offset: i32,
    },
    /// A store to `base + offset`. Storing a `ref` into an object needs a [`InstData::Barrier`] on the object.
    Store {
        /// What is known.
        flags: MemFlags,
        /// The value and the base address.
        args: [Value; 2],
        /// Bytes.
        offset: i32,
    },
    /// A new object: its type and its payload size in bytes. Its fields are undefined until stored; no safepoint may
    /// come before every `ref` field is.
    Alloc {
        /// The type object.
        type_object: Value,
        /// Payload bytes.
        size: u32,
    },
    /// The object is about to have, or just had, a reference stored into it. No safepoint may lie between the two.
    Barrier(Value),
    /// The program may be stopped here.
    Safepoint,
    /// The operands are alive up to here.
    KeepAlive(Values),
    /// A call. Results are the callee's.
    Call {
        /// What is called.
        callee: Callee,
        /// The arguments.
        args: Values,
    },

    /// Terminator: go to a block.
    Jump(BlockCall),
    /// Terminator: the first target if the condition (`i8`) is non-zero, else the second.
    Branch {
        /// The condition.
        cond: Value,
        /// If non-zero.
        then_dest: BlockCall,
        /// If zero.
        else_dest: BlockCall,
    },
    /// Terminator: the target at the index (`i32`, unsigned), or the default.
    Switch {
        /// The index.
        index: Value,
        /// If the index is not below the number of targets.
        default: BlockCall,
        /// By index.
        targets: Vec<BlockCall>,
    },
    /// Terminator: return values.
    Return(Values),
    /// Terminator: a call whose exceptions are caught here. The callee's results are the first parameters of the normal
    /// target, the exception (`ref`) is the first of the catching one; the targets' own arguments follow. Not for
    /// callees of the C convention.
    TryCall {
        /// What is called.
        callee: Callee,
        /// The arguments.
        args: Values,
        /// Where to go when the call returns.
        normal: BlockCall,
        /// Where to go when it throws.
        catch: BlockCall,
    },
    /// Terminator: throw the object. Lowered to the `throw` helper.
    Throw(Value),
    /// Terminator: never reached, or stop.
    Trap(TrapCode),
}

/// Runs an expression for each operand that is not a branch argument, by reference or by mutable reference as the
/// instruction is.
macro_rules! each_own_operand {
    ($inst:expr, |$operand:ident| $visit:expr) => {
        match $inst {
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
            | InstData::Safepoint
            | InstData::Trap(_)
            | InstData::Jump(_) => {}
            InstData::Unary(_, $operand)
            | InstData::Convert { arg: $operand, .. }
            | InstData::ExtractLane($operand, _)
            | InstData::Load { base: $operand, .. }
            | InstData::Alloc { type_object: $operand, .. }
            | InstData::Barrier($operand)
            | InstData::Branch { cond: $operand, .. }
            | InstData::Switch { index: $operand, .. }
            | InstData::Throw($operand) => $visit,
            InstData::Binary { args, .. }
            | InstData::Overflow(_, args)
            | InstData::IntCompare(_, args)
            | InstData::FloatCompare(_, args)
            | InstData::InsertLane(args, _)
            | InstData::Store { args, .. } => {
                for $operand in args {
                    $visit;
                }
            }
            InstData::Fma(args) | InstData::Select(args) => {
                for $operand in args {
                    $visit;
                }
            }
            InstData::KeepAlive(args) | InstData::Return(args) => {
                for $operand in args {
                    $visit;
                }
            }
            InstData::Call { callee, args } | InstData::TryCall { callee, args, .. } => {
                if let Callee::Indirect(_, $operand) = callee {
                    $visit;
                }
                for $operand in args {
                    $visit;
                }
            }
        }
    };
}

impl InstData {
    /// Whether this ends a block.
    pub fn is_terminator(&self) -> bool {
        matches!(
            self,
            InstData::Jump(_)
                | InstData::Branch { .. }
                | InstData::Switch { .. }
                | InstData::Return(_)
                | InstData::TryCall { .. }
                | InstData::Throw(_)
                | InstData::Trap(_)
        )
    }

    /// The branch targets, in operand order.
    pub fn targets(&self) -> SmallVec<[&BlockCall; 2]> {
        match self {
            InstData::Jump(dest) => SmallVec::from_slice(&[dest]),
            InstData::Branch { then_dest, else_dest, .. } => SmallVec::from_slice(&[then_dest, else_dest]),
            InstData::Switch { default, targets, .. } => std::iter::once(default).chain(targets).collect(),
            InstData::TryCall { normal, catch, .. } => SmallVec::from_slice(&[normal, catch]),
            _ => SmallVec::new(),
        }
    }

    /// The branch targets, mutably, in operand order.
    pub fn targets_mut(&mut self) -> SmallVec<[&mut BlockCall; 2]> {
        let mut list = SmallVec::new();
        match self {
            InstData::Jump(dest) => list.push(dest),
            InstData::Branch { then_dest, else_dest, .. } => {
                list.push(then_dest);
                list.push(else_dest);
            }
            InstData::Switch { default, targets, .. } => {
                list.push(default);
                list.extend(targets);
            }
            InstData::TryCall { normal, catch, .. } => {
                list.push(normal);
                list.push(catch);
            }
            _ => {}
        }
        list
    }

    /// Calls `visit` on every value operand, branch arguments last.
    pub fn visit_operands(&self, mut visit: impl FnMut(Value)) {
        each_own_operand!(self, |operand| visit(*operand));
        for target in self.targets() {
            target.args.iter().for_each(|&value| visit(value));
        }
    }

    /// Calls `visit` on every value operand, branch arguments last.
    pub fn visit_operands_mut(&mut self, mut visit: impl FnMut(&mut Value)) {
        each_own_operand!(self, |operand| visit(operand));
        for target in self.targets_mut() {
            target.args.iter_mut().for_each(&mut visit);
        }
    }
}
