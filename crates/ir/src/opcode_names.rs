//! The names of operations, conditions and trap codes in the text format, in both directions, from one list each.

use crate::instruction::{BinaryOp, ConvertOp, FloatCond, IntCond, OverflowOp, TrapCode, UnaryOp};

/// Implements `ALL`, `name` and `from_name` from one list of names.
macro_rules! names {
    ($enum:ident, $($variant:ident = $name:literal),+ $(,)?) => {
        impl $enum {
            /// Every one, in declaration order.
            pub const ALL: &'static [$enum] = &[$($enum::$variant),+];

            /// The name in the text format.
            pub const fn name(self) -> &'static str {
                match self {
                    $($enum::$variant => $name,)+
                }
            }

            /// The one with this name in the text format.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($enum::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

names! {
    UnaryOp,
    Ineg = "ineg", Bnot = "bnot", Clz = "clz", Ctz = "ctz", Popcnt = "popcnt", Bswap = "bswap", Bitrev = "bitrev",
    Fneg = "fneg", Fabs = "fabs", Sqrt = "sqrt", Ceil = "ceil", Floor = "floor", Trunc = "trunc", Nearest = "nearest",
}
names! {
    BinaryOp,
    Iadd = "iadd", Isub = "isub", Imul = "imul", Sdiv = "sdiv", Udiv = "udiv", Srem = "srem", Urem = "urem",
    Smulhi = "smulhi", Umulhi = "umulhi", Band = "band", Bor = "bor", Bxor = "bxor", Ishl = "ishl", Ushr = "ushr",
    Sshr = "sshr", Smin = "smin", Smax = "smax", Umin = "umin", Umax = "umax", Fadd = "fadd", Fsub = "fsub",
    Fmul = "fmul", Fdiv = "fdiv", Frem = "frem", Fmin = "fmin", Fmax = "fmax", Fcopysign = "fcopysign",
}
names! {
    OverflowOp,
    Sadd = "sadd_overflow", Uadd = "uadd_overflow", Ssub = "ssub_overflow", Usub = "usub_overflow",
    Smul = "smul_overflow", Umul = "umul_overflow",
}
names! {
    ConvertOp,
    Sextend = "sextend", Uextend = "uextend", Ireduce = "ireduce", FcvtFromSint = "fcvt_from_sint",
    FcvtFromUint = "fcvt_from_uint", FcvtToSintSat = "fcvt_to_sint_sat", FcvtToUintSat = "fcvt_to_uint_sat",
    Fpromote = "fpromote", Fdemote = "fdemote", Bitcast = "bitcast", Splat = "splat",
}
names! {
    IntCond,
    Eq = "eq", Ne = "ne", Slt = "slt", Sle = "sle", Sgt = "sgt", Sge = "sge", Ult = "ult", Ule = "ule", Ugt = "ugt",
    Uge = "uge",
}
names! {
    FloatCond,
    Eq = "eq", Ne = "ne", Lt = "lt", Le = "le", Gt = "gt", Ge = "ge", Ordered = "ord", Unordered = "uno",
}
names! {
    TrapCode,
    Unreachable = "unreachable", DivisionByZero = "division_by_zero", DivisionOverflow = "division_overflow",
}

impl BinaryOp {
    /// Whether this is an operation on floats: the ones that may carry the contraction flag.
    pub const fn is_float(self) -> bool {
        matches!(
            self,
            BinaryOp::Fadd
                | BinaryOp::Fsub
                | BinaryOp::Fmul
                | BinaryOp::Fdiv
                | BinaryOp::Frem
                | BinaryOp::Fmin
                | BinaryOp::Fmax
                | BinaryOp::Fcopysign
        )
    }
}
