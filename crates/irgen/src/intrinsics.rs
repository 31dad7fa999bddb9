//! Primitive operations on registers. What each computes is defined by the run-time system's
//! `intrinsics::evaluate`; operations on half precision, on one-bit integers where carries matter, and divisions of
//! 128 bits are left to it.

use smallvec::{SmallVec, smallvec};
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{BinaryOp, ConvertOp, FloatCond, IntCond, OverflowOp, UnaryOp};
use tintype_ir::types::Type;
use tintype_runtime::helpers;
use tintype_runtime::intrinsics::{Intrinsic, OperandKind, ResultRule};
use tintype_runtime::objects::*;

use crate::function::{ColdAction, Translator, Val};
use crate::representation::Repr;

/// An operand in a register, with its type.
#[derive(Clone, Copy)]
struct Operand {
    reg: Reg,
    ty: Gc<DataType>,
    ir: Type,
    /// The value, if it is known.
    known: Option<Value>,
}

impl Translator<'_, '_, '_> {
    /// The operation with this number.
    pub fn intrinsic(&mut self, number: u16, arguments: &[Val]) -> Val {
        let intrinsic =
            Intrinsic::from_number(number).unwrap_or_else(|| panic!("there is no primitive operation {number}"));
        if intrinsic == Intrinsic::HaveFma {
            return self.known_bool(false);
        }
        let done = (arguments.len() == usize::from(intrinsic.info().arity))
            .then(|| self.intrinsic_in_registers(intrinsic, arguments))
            .flatten();
        done.unwrap_or_else(|| self.call_intrinsic(number, arguments))
    }

    fn intrinsic_in_registers(&mut self, intrinsic: Intrinsic, arguments: &[Val]) -> Option<Val> {
        let info = intrinsic.info();
        let (to, operands) = match info.result {
            ResultRule::TypeArgument => {
                (Some(arguments[0].known()?.get::<DataType>().filter(|ty| ty.has(flags::PRIMITIVE))?), &arguments[1..])
            }
            _ => (None, arguments),
        };
        if operands.iter().any(|operand| !self.is_register_value(info.operands, operand)) {
            return None;
        }
        let operands: Option<SmallVec<[Operand; 3]>> = operands.iter().map(|val| self.register(val)).collect();
        let operands = operands?;
        if let Some(to) = to {
            return self.conversion(intrinsic, to, operands[0]);
        }
        match info.operands {
            OperandKind::Float => self.float_operation(intrinsic, &operands),
            OperandKind::Bits => self.integer_operation(intrinsic, &operands),
        }
    }

    fn is_register_value(&self, kind: OperandKind, val: &Val) -> bool {
        let known = self.cx.well_known();
        let Some(ty) = self.type_of(val).get::<DataType>() else { return false };
        ty.has(flags::PRIMITIVE)
            && ty != known.float16()
            && (kind == OperandKind::Bits || ty == known.float64() || ty == known.float32())
    }

    fn register(&mut self, val: &Val) -> Option<Operand> {
        let ty = self.type_of(val).get::<DataType>()?;
        let reg = self.scalar(val, ty)?;
        Some(Operand { reg, ty, ir: self.b.value_type(reg), known: val.known() })
    }

    fn primitive(&mut self, ty: Gc<DataType>, reg: Reg) -> Option<Val> {
        let repr = self.m.reprs.of_type(self.cx, ty.erase());
        matches!(repr, Repr::Bits(_)).then(|| Val::new(repr, smallvec![reg]))
    }

    fn integer_operation(&mut self, op: Intrinsic, operands: &[Operand]) -> Option<Val> {
        use Intrinsic as I;
        let (a, b) = (operands[0], operands.get(1).copied().unwrap_or(operands[0]));
        let is_shift = matches!(op, I::ShlInt | I::LshrInt | I::AshrInt);
        if !is_shift && a.ir != b.ir {
            return None;
        }
        if a.ty == self.cx.well_known().bool() || b.ty == self.cx.well_known().bool() {
            return self.bool_operation(op, a, b);
        }
        let (x, y) = (self.as_integer(a.ir, a.reg), self.as_integer(b.ir, b.reg));
        let ty = self.b.value_type(x);
        let result = match op {
            I::EqInt | I::NeInt | I::SltInt | I::SleInt | I::UltInt | I::UleInt => {
                let truth = self.b.icmp(int_cond(op)?, x, y);
                return Some(self.bool(truth));
            }
            I::CheckedSaddInt
            | I::CheckedUaddInt
            | I::CheckedSsubInt
            | I::CheckedUsubInt
            | I::CheckedSmulInt
            | I::CheckedUmulInt => return self.checked(op, a.ty, x, y),
            I::SdivInt | I::CheckedSdivInt | I::UdivInt | I::CheckedUdivInt => self.divide(op, b.known, x, y)?,
            I::SremInt | I::CheckedSremInt | I::UremInt | I::CheckedUremInt => self.divide(op, b.known, x, y)?,
            I::ShlInt | I::LshrInt | I::AshrInt => self.shift(op, x, y),
            I::NegInt => self.b.ineg(x),
            I::NotInt => self.b.bnot(x),
            I::BswapInt if ty == Type::I8 => x,
            I::BswapInt => self.b.bswap(x),
            I::BitreverseInt => self.b.bitrev(x),
            I::CtpopInt => self.b.popcnt(x),
            I::CtlzInt => self.b.clz(x),
            I::CttzInt => self.b.ctz(x),
            I::FlipsignInt => {
                let negative = self.b.icmp_imm(IntCond::Slt, y, 0);
                let negated = self.b.ineg(x);
                self.b.select(negative, negated, x)
            }
            _ => self.b.binary(binary_op(op)?, x, y),
        };
        let result = if self.b.value_type(result) == a.ir { result } else { self.b.bitcast(a.ir, result) };
        self.primitive(a.ty, result)
    }

    /// One-bit arithmetic that is the same on a register of 0 or 1.
    fn bool_operation(&mut self, op: Intrinsic, a: Operand, b: Operand) -> Option<Val> {
        use Intrinsic as I;
        let (x, y) = (a.reg, b.reg);
        let truth = match op {
            I::AndInt => self.b.band(x, y),
            I::OrInt => self.b.bor(x, y),
            I::XorInt => self.b.bxor(x, y),
            I::NotInt => {
                let one = self.b.iconst(Type::I8, 1);
                self.b.bxor(x, one)
            }
            I::EqInt => self.b.icmp(IntCond::Eq, x, y),
            I::NeInt => self.b.icmp(IntCond::Ne, x, y),
            I::UltInt => self.b.icmp(IntCond::Ult, x, y),
            I::UleInt => self.b.icmp(IntCond::Ule, x, y),
            _ => return None,
        };
        (a.ty == b.ty).then(|| self.bool(truth))
    }

    /// The wrapped value and whether it overflowed, as a tuple.
    fn checked(&mut self, op: Intrinsic, ty: Gc<DataType>, x: Reg, y: Reg) -> Option<Val> {
        if self.b.value_type(x) == Type::I128 {
            return None;
        }
        let op = match op {
            Intrinsic::CheckedSaddInt => OverflowOp::Sadd,
            Intrinsic::CheckedUaddInt => OverflowOp::Uadd,
            Intrinsic::CheckedSsubInt => OverflowOp::Ssub,
            Intrinsic::CheckedUsubInt => OverflowOp::Usub,
            Intrinsic::CheckedSmulInt => OverflowOp::Smul,
            _ => OverflowOp::Umul,
        };
        let (value, overflowed) = self.b.overflow(op, x, y);
        let value = self.primitive(ty, value)?;
        let flag = self.bool(overflowed);
        Some(self.make_tuple(&[value, flag]))
    }

    /// Division and remainder; throws `DivideError` where there is no result.
    fn divide(&mut self, op: Intrinsic, divisor: Option<Value>, x: Reg, y: Reg) -> Option<Reg> {
        use Intrinsic as I;
        let ty = self.b.value_type(x);
        if ty == Type::I128 {
            return None;
        }
        let known = divisor.map(tintype_runtime::intrinsics::read_bits);
        let minus_one = known == Some(tintype_runtime::intrinsics::evaluate::mask(ty.bits()));
        if known.is_none_or(|divisor| divisor == 0) {
            let zero = self.b.icmp_imm(IntCond::Eq, y, 0);
            self.fail_if(zero, ColdAction::Throw(helpers::THROW_DIVIDE, SmallVec::new()));
        }
        if matches!(op, I::SdivInt | I::CheckedSdivInt) && (known.is_none() || minus_one) {
            let smallest = i64::MIN >> (64 - ty.bits());
            let is_smallest = self.b.icmp_imm(IntCond::Eq, x, smallest);
            let by_minus_one = self.b.icmp_imm(IntCond::Eq, y, -1);
            let overflows = self.b.band(is_smallest, by_minus_one);
            self.fail_if(overflows, ColdAction::Throw(helpers::THROW_DIVIDE, SmallVec::new()));
        }
        Some(match op {
            I::SdivInt | I::CheckedSdivInt => self.b.sdiv(x, y),
            I::UdivInt | I::CheckedUdivInt => self.b.udiv(x, y),
            I::SremInt | I::CheckedSremInt => self.b.srem(x, y),
            _ => self.b.urem(x, y),
        })
    }

    /// Shifts: by the width or more, nothing of the value is left (but its sign).
    fn shift(&mut self, op: Intrinsic, x: Reg, amount: Reg) -> Reg {
        let (ty, amount_ty) = (self.b.value_type(x), self.b.value_type(amount));
        // 128 is no signed byte, but an amount of a byte that is not negative is below it.
        let width = i64::from(ty.bits());
        let in_range = if amount_ty == Type::I8 && width == 128 {
            self.b.icmp_imm(IntCond::Sge, amount, 0)
        } else {
            self.b.icmp_imm(IntCond::Ult, amount, width)
        };
        let amount = self.resize(amount, ty);
        let (shifted, beyond) = match op {
            Intrinsic::AshrInt => {
                let most = self.b.iconst(ty, width - 1);
                (self.b.sshr(x, amount), self.b.sshr(x, most))
            }
            Intrinsic::ShlInt => (self.b.ishl(x, amount), self.b.iconst(ty, 0)),
            _ => (self.b.ushr(x, amount), self.b.iconst(ty, 0)),
        };
        self.b.select(in_range, shifted, beyond)
    }

    /// The low bits, or zeros above.
    fn resize(&mut self, reg: Reg, ty: Type) -> Reg {
        let from = self.b.value_type(reg).bits();
        match from.cmp(&ty.bits()) {
            std::cmp::Ordering::Less => self.b.uextend(ty, reg),
            std::cmp::Ordering::Equal => reg,
            std::cmp::Ordering::Greater => self.b.ireduce(ty, reg),
        }
    }

    fn float_operation(&mut self, op: Intrinsic, operands: &[Operand]) -> Option<Val> {
        use Intrinsic as I;
        let (a, x) = (operands[0], operands[0].reg);
        if operands.iter().any(|operand| operand.ty != a.ty) {
            return None;
        }
        let y = operands.get(1).map_or(x, |operand| operand.reg);
        let result = match op {
            I::EqFloat => return Some(self.float_comparison(FloatCond::Eq, x, y)),
            I::NeFloat => return Some(self.float_comparison(FloatCond::Ne, x, y)),
            I::LtFloat => return Some(self.float_comparison(FloatCond::Lt, x, y)),
            I::LeFloat => return Some(self.float_comparison(FloatCond::Le, x, y)),
            I::FpiseqFloat => return Some(self.float_identity(a.ir, x, y)),
            I::NegFloat => self.b.unary(UnaryOp::Fneg, x),
            I::AbsFloat => self.b.unary(UnaryOp::Fabs, x),
            I::CeilLlvm => self.b.unary(UnaryOp::Ceil, x),
            I::FloorLlvm => self.b.unary(UnaryOp::Floor, x),
            I::TruncLlvm => self.b.unary(UnaryOp::Trunc, x),
            I::RintLlvm => self.b.unary(UnaryOp::Nearest, x),
            I::SqrtLlvm => self.b.unary(UnaryOp::Sqrt, x),
            I::AddFloat => self.b.fadd(x, y),
            I::SubFloat => self.b.fsub(x, y),
            I::MulFloat => self.b.fmul(x, y),
            I::DivFloat => self.b.fdiv(x, y),
            I::RemFloat => self.b.frem(x, y),
            I::CopysignFloat => self.b.fcopysign(x, y),
            I::FmaFloat => self.b.fma(x, y, operands[2].reg),
            // Every mode of execution gives one answer, so that nothing is contracted.
            I::MuladdFloat => {
                let product = self.b.fmul(x, y);
                self.b.fadd(product, operands[2].reg)
            }
            _ => return None,
        };
        self.primitive(a.ty, result)
    }

    fn float_comparison(&mut self, cond: FloatCond, x: Reg, y: Reg) -> Val {
        let truth = self.b.fcmp(cond, x, y);
        self.bool(truth)
    }

    /// The same bits, or both no number.
    fn float_identity(&mut self, ty: Type, x: Reg, y: Reg) -> Val {
        let (x_bits, y_bits) = (self.as_integer(ty, x), self.as_integer(ty, y));
        let same = self.b.icmp(IntCond::Eq, x_bits, y_bits);
        let x_nan = self.b.fcmp(FloatCond::Unordered, x, x);
        let y_nan = self.b.fcmp(FloatCond::Unordered, y, y);
        let both = self.b.band(x_nan, y_nan);
        let truth = self.b.bor(same, both);
        self.bool(truth)
    }

    fn conversion(&mut self, op: Intrinsic, to: Gc<DataType>, from: Operand) -> Option<Val> {
        use Intrinsic as I;
        let bool_type = self.cx.well_known().bool();
        let repr = self.m.reprs.of_type(self.cx, to.erase());
        let ir = match &repr {
            Repr::Bits(bits) if to != self.cx.well_known().float16() => bits.leaves[0].ty,
            _ => return None,
        };
        let reg = match op {
            I::Bitcast => {
                if from.ir.bits() != ir.bits() {
                    return None;
                }
                let bits = if from.ir == ir { from.reg } else { self.b.bitcast(ir, from.reg) };
                self.one_bit(to == bool_type && from.ty != bool_type, bits)
            }
            I::SextInt | I::ZextInt | I::TruncInt => {
                let value = self.as_integer(from.ir, from.reg);
                let wide = int_of(ir);
                let value = if op == I::SextInt && from.ty == bool_type { self.b.ineg(value) } else { value };
                let value = match self.b.value_type(value).bits() < wide.bits() {
                    true if op == I::SextInt => self.b.sextend(wide, value),
                    _ => self.resize(value, wide),
                };
                let value = self.one_bit(to == bool_type, value);
                if ir == wide { value } else { self.b.bitcast(ir, value) }
            }
            I::Fptosi | I::Fptoui | I::Sitofp | I::Uitofp | I::Fptrunc | I::Fpext => {
                self.float_conversion(op, ir, to, from)?
            }
            _ => return None,
        };
        Some(Val::new(repr, smallvec![reg]))
    }

    fn float_conversion(&mut self, op: Intrinsic, ir: Type, to: Gc<DataType>, from: Operand) -> Option<Reg> {
        use Intrinsic as I;
        let bool_type = self.cx.well_known().bool();
        if ir == Type::I128 || from.ir == Type::I128 || to == bool_type || from.ty == bool_type {
            return None;
        }
        let convert = match op {
            I::Fptosi if ir.is_int() => ConvertOp::FcvtToSintSat,
            I::Fptoui if ir.is_int() => ConvertOp::FcvtToUintSat,
            I::Sitofp if ir.is_float() && from.ir.is_int() => ConvertOp::FcvtFromSint,
            I::Uitofp if ir.is_float() && from.ir.is_int() => ConvertOp::FcvtFromUint,
            I::Fptrunc | I::Fpext if ir == from.ir => return Some(from.reg),
            I::Fptrunc if ir.is_float() && ir.bits() < from.ir.bits() => ConvertOp::Fdemote,
            I::Fpext if ir.is_float() && ir.bits() > from.ir.bits() => ConvertOp::Fpromote,
            _ => return None,
        };
        Some(self.b.convert(convert, ir, from.reg))
    }

    fn one_bit(&mut self, only: bool, reg: Reg) -> Reg {
        if !only {
            return reg;
        }
        let one = self.b.iconst(Type::I8, 1);
        self.b.band(reg, one)
    }
}

/// The integer type as wide as a register type.
fn int_of(ty: Type) -> Type {
    match ty {
        Type::F32 => Type::I32,
        Type::F64 => Type::I64,
        _ => ty,
    }
}

fn int_cond(op: Intrinsic) -> Option<IntCond> {
    Some(match op {
        Intrinsic::EqInt => IntCond::Eq,
        Intrinsic::NeInt => IntCond::Ne,
        Intrinsic::SltInt => IntCond::Slt,
        Intrinsic::SleInt => IntCond::Sle,
        Intrinsic::UltInt => IntCond::Ult,
        Intrinsic::UleInt => IntCond::Ule,
        _ => return None,
    })
}

fn binary_op(op: Intrinsic) -> Option<BinaryOp> {
    Some(match op {
        Intrinsic::AddInt => BinaryOp::Iadd,
        Intrinsic::SubInt => BinaryOp::Isub,
        Intrinsic::MulInt => BinaryOp::Imul,
        Intrinsic::AndInt => BinaryOp::Band,
        Intrinsic::OrInt => BinaryOp::Bor,
        Intrinsic::XorInt => BinaryOp::Bxor,
        _ => return None,
    })
}
