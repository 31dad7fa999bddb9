//! Tuples whose element types are not all concrete: in registers, an element after the other.
//!
//! They are what iterating over a collection of anything makes in every turn, `(element, state)`. While nobody asks for
//! the tuple as an object, there is none.

use smallvec::SmallVec;
use tintype_ir::function::Value as Reg;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::types;
use tintype_runtime::values::{boxes, structs};

use crate::function::{Translator, Val};
use crate::representation::{BitsRepr, Repr};

impl Translator<'_, '_, '_> {
    /// Whether a value is such a tuple, or in a union with one.
    pub fn is_open_tuple(&self, val: &Val) -> bool {
        match &val.repr {
            Repr::Bits(bits) => bits.elements.is_some(),
            Repr::Union(union) => union.members.iter().any(|member| member.is_open()),
            _ => false,
        }
    }

    /// The tuple of these values, if their types make it one of these.
    pub fn make_open_tuple(&mut self, values: &[Val]) -> Option<Val> {
        let element_types: Vec<Value> = values.iter().map(|value| self.type_of(value)).collect();
        let ty = types::tuple_type(self.cx, &element_types);
        let repr = self.m.reprs.of_type(self.cx, ty);
        let elements = repr.bits()?.elements.clone()?;
        let mut regs = SmallVec::new();
        for (value, element) in values.iter().zip(&elements) {
            regs.extend(self.convert(value, element));
        }
        Some(Val::new(repr, regs))
    }

    /// The leaves of a tuple, element by element; `None` if the value cannot be one of this length.
    pub fn tuple_leaves(&mut self, val: &Val, bits: &BitsRepr) -> Option<SmallVec<[Reg; 4]>> {
        if let Repr::Bits(own) = &val.repr
            && own.ty == bits.ty
        {
            return Some(val.regs.clone());
        }
        if let Repr::Union(union) = &val.repr {
            let Some(number) = union.member(bits.ty) else {
                // Of several tuple types, each is taken apart by itself.
                let (union, types) = (bits.elements.as_ref().map(|_| union.clone())?, bits.types());
                return Some(self.by_member(val, &union, &types, |this, member| {
                    this.leaves_of(member, bits).unwrap_or_else(|| this.zeros(&types))
                }));
            };
            let member = &union.members[number];
            let leaves = member.places.iter().map(|&place| val.regs[1 + place]).collect();
            return self.leaves_of(&Val::new(member.repr.clone(), leaves), bits);
        }
        if !bits.ty.is_tuple() {
            return None;
        }
        let mut regs = SmallVec::new();
        for index in 0..bits.fields.len() {
            let element = self.tuple_element(val, index)?;
            let place_of = || bits.ty.field_place(index);
            let repr = match &bits.elements {
                Some(elements) => elements[index].clone(),
                None if place_of().is_pointer => Repr::Object(bits.ty.field_type(index)),
                None => self.m.reprs.of_type(self.cx, bits.ty.field_type(index)),
            };
            regs.extend(self.convert(&element, &repr));
        }
        Some(regs)
    }

    /// An element of a tuple, by its position from 0; `None` if it cannot be a tuple that has it.
    pub fn tuple_element(&mut self, val: &Val, index: usize) -> Option<Val> {
        match &val.repr {
            Repr::Never | Repr::Union(_) => None,
            Repr::Const(value) => {
                let has_it = value.type_of().is_tuple() && index < value.type_of().n_fields();
                has_it.then(|| structs::get_field(self.cx, *value, index)).flatten().map(Val::constant)
            }
            Repr::Bits(bits) => {
                let regs: SmallVec<[Reg; 4]> = bits.fields.get(index)?.clone().map(|leaf| val.regs[leaf]).collect();
                if let Some(elements) = &bits.elements {
                    return Some(Val::new(elements[index].clone(), regs));
                }
                if !bits.ty.is_tuple() {
                    return None;
                }
                let ty = bits.ty.field_type(index);
                let is_pointer = bits.ty.field_place(index).is_pointer;
                let repr = if is_pointer { Repr::Object(ty) } else { self.m.reprs.of_type(self.cx, ty) };
                Some(Val::new(repr, regs))
            }
            Repr::Object(_) => {
                let number = Val::constant(self.cx.box_int64(index as i64 + 1));
                Some(self.call_builtin(Builtin::GetField.number(), &[val.clone(), number]))
            }
        }
    }

    /// `getfield` of such a tuple with a known position.
    pub fn open_tuple_field(&mut self, val: &Val, field: &Val) -> Option<Val> {
        let elements = val.repr.bits()?.elements.as_ref()?;
        let number = usize::try_from(boxes::as_int64(self.cx, field.known()?)?).ok()?;
        let index = number.checked_sub(1).filter(|&index| index < elements.len())?;
        self.tuple_element(val, index)
    }
}
