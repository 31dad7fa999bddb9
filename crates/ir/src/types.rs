//! Value types, signatures and calling conventions.

use std::fmt;

/// The type of an SSA value. Booleans are `i8`, 0 or 1. `ref` is the address of an object of the embedder's heap
/// (or null); everything else that points is an `i64`, which keeps nothing alive by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the documentation")]
#[repr(u8)]
pub enum Type {
    I8,
    I16,
    I32,
    I64,
    I128,
    /// Half precision: loads, stores and conversions; arithmetic is done in `f32`.
    F16,
    F32,
    F64,
    Ref,
    I8X16,
    I16X8,
    I32X4,
    I64X2,
    F32X4,
    F64X2,
}

impl Type {
    /// Every type, in declaration order.
    pub const ALL: [Type; 15] = [
        Type::I8,
        Type::I16,
        Type::I32,
        Type::I64,
        Type::I128,
        Type::F16,
        Type::F32,
        Type::F64,
        Type::Ref,
        Type::I8X16,
        Type::I16X8,
        Type::I32X4,
        Type::I64X2,
        Type::F32X4,
        Type::F64X2,
    ];

    /// Size in bytes.
    pub const fn bytes(self) -> u32 {
        match self {
            Type::I8 => 1,
            Type::I16 | Type::F16 => 2,
            Type::I32 | Type::F32 => 4,
            Type::I64 | Type::F64 | Type::Ref => 8,
            _ => 16,
        }
    }

    /// Width in bits.
    pub const fn bits(self) -> u32 {
        self.bytes() * 8
    }

    /// Whether this is a scalar integer.
    pub const fn is_int(self) -> bool {
        matches!(self, Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::I128)
    }

    /// Whether this is a scalar float.
    pub const fn is_float(self) -> bool {
        matches!(self, Type::F16 | Type::F32 | Type::F64)
    }

    /// The lane type and count of a vector.
    pub const fn lanes(self) -> Option<(Type, u32)> {
        match self {
            Type::I8X16 => Some((Type::I8, 16)),
            Type::I16X8 => Some((Type::I16, 8)),
            Type::I32X4 => Some((Type::I32, 4)),
            Type::I64X2 => Some((Type::I64, 2)),
            Type::F32X4 => Some((Type::F32, 4)),
            Type::F64X2 => Some((Type::F64, 2)),
            _ => None,
        }
    }

    /// Whether this is a vector.
    pub const fn is_vector(self) -> bool {
        self.lanes().is_some()
    }

    /// The lane type of a vector, the type itself otherwise.
    pub const fn lane(self) -> Type {
        match self.lanes() {
            Some((lane, _)) => lane,
            None => self,
        }
    }

    /// The name in the text format.
    pub const fn name(self) -> &'static str {
        match self {
            Type::I8 => "i8",
            Type::I16 => "i16",
            Type::I32 => "i32",
            Type::I64 => "i64",
            Type::I128 => "i128",
            Type::F16 => "f16",
            Type::F32 => "f32",
            Type::F64 => "f64",
            Type::Ref => "ref",
            Type::I8X16 => "i8x16",
            Type::I16X8 => "i16x8",
            Type::I32X4 => "i32x4",
            Type::I64X2 => "i64x2",
            Type::F32X4 => "f32x4",
            Type::F64X2 => "f64x2",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How arguments travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CallConv {
    /// Between compiled functions: every register is the caller's to save, exceptions can pass.
    #[default]
    Tail,
    /// The platform's C convention: helpers and entry trampolines. Nothing may be thrown through it.
    System,
}

/// Parameter and result types of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Parameter types in order.
    pub params: Vec<Type>,
    /// Result types in order; at most eight integers or references and eight floats.
    pub results: Vec<Type>,
    /// The convention.
    pub conv: CallConv,
}

impl Signature {
    /// A signature of the convention between compiled functions.
    pub fn new(params: impl Into<Vec<Type>>, results: impl Into<Vec<Type>>) -> Self {
        Self { params: params.into(), results: results.into(), conv: CallConv::Tail }
    }

    /// The same with the platform's C convention.
    pub fn system(params: impl Into<Vec<Type>>, results: impl Into<Vec<Type>>) -> Self {
        Self { conv: CallConv::System, ..Self::new(params, results) }
    }
}
