//! Known values in registers.

use smallvec::SmallVec;
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::ConvertOp;
use tintype_ir::types::Type;
use tintype_runtime::intrinsics::read_bits;
use tintype_runtime::objects::*;
use tintype_runtime::values::structs;

use crate::function::Translator;
use crate::representation::BitsRepr;

impl Translator<'_, '_, '_> {
    /// The leaves of a known value of the type.
    pub fn constant_leaves(&mut self, value: Value, bits: &BitsRepr) -> SmallVec<[Reg; 4]> {
        let mut leaves = SmallVec::new();
        self.push_leaves(value, bits.ty, &mut leaves);
        leaves
    }

    fn push_leaves(&mut self, value: Value, ty: Gc<DataType>, leaves: &mut SmallVec<[Reg; 4]>) {
        if ty.has(flags::PRIMITIVE) {
            let reg = self.constant_bits(ty, read_bits(value));
            leaves.push(reg);
            return;
        }
        for index in 0..ty.n_fields() {
            let place = ty.field_place(index);
            let field = structs::get_field(self.cx, value, index);
            match field {
                Some(field) if place.is_pointer => {
                    let reg = self.slot_reg(field);
                    leaves.push(reg);
                }
                None => {
                    let reg = self.b.null();
                    leaves.push(reg);
                }
                Some(field) if place.size != 0 => self.push_leaves(field, field.type_of(), leaves),
                Some(_) => {}
            }
        }
    }

    /// A constant of a primitive type by its bits.
    pub fn constant_bits(&mut self, ty: Gc<DataType>, bits: u128) -> Reg {
        let known = self.cx.well_known();
        if ty == known.float64() {
            return self.b.f64const(f64::from_bits(bits as u64));
        }
        if ty == known.float32() {
            return self.b.f32const(f32::from_bits(bits as u32));
        }
        match ty.layout.size {
            1 => self.b.iconst(Type::I8, i64::from(bits as i8)),
            2 => self.b.iconst(Type::I16, i64::from(bits as i16)),
            4 => self.b.iconst(Type::I32, i64::from(bits as i32)),
            8 => self.b.iconst(Type::I64, bits as i64),
            _ => self.constant_i128(bits),
        }
    }

    fn constant_i128(&mut self, bits: u128) -> Reg {
        if let Ok(small) = i64::try_from(bits as i128) {
            return self.b.iconst(Type::I128, small);
        }
        let low = self.b.iconst(Type::I64, bits as i64);
        let high = self.b.iconst(Type::I64, (bits >> 64) as i64);
        let low = self.b.convert(ConvertOp::Uextend, Type::I128, low);
        let high = self.b.convert(ConvertOp::Uextend, Type::I128, high);
        let by = self.b.iconst(Type::I128, 64);
        let high = self.b.ishl(high, by);
        self.b.bor(low, high)
    }
}
