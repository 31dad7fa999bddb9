//! Fields of structs and tuples: reading, assigning, and making objects of them.
//!
//! A field of an immutable object never changes, so its loads are marked invariant. Each field of a mutable type has an
//! alias region of its own: no other access touches it.

use smallvec::SmallVec;
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::values::structs;
use tintype_runtime::{helpers, types};

use crate::convert::type_label;
use crate::function::{ColdAction, Translator, Val};
use crate::representation::{BitsRepr, Repr};

impl Translator<'_, '_, '_> {
    /// `getfield(object, field)`.
    pub fn get_field(&mut self, arguments: &[Val]) -> Val {
        let (object, field) = (&arguments[0], &arguments[1]);
        if let Some(element) = self.open_tuple_field(object, field) {
            return element;
        }
        let found = match (self.struct_type(object), field.known()) {
            (Some(ty), Some(name)) => self.field_number(ty, name).and_then(|index| self.field_of(object, ty, index)),
            (Some(ty), None) => self.indexed_field(object, ty, arguments),
            _ => None,
        };
        found.unwrap_or_else(|| self.call_builtin(Builtin::GetField.number(), arguments))
    }

    /// The one struct type a value is of.
    fn struct_type(&self, val: &Val) -> Option<Gc<DataType>> {
        let ty = self.type_of(val).get::<DataType>()?;
        (ty.is_concrete() && ty.has(flags::HAS_LAYOUT) && ty.field_places.get().is_some() && !ty.is_type_type())
            .then_some(ty)
    }

    /// The position (from 0) of a field given by position (from 1) or name.
    fn field_number(&self, ty: Gc<DataType>, field: Value) -> Option<usize> {
        if let Some(name) = field.get::<Symbol>() {
            return structs::field_index(ty, name);
        }
        let number = tintype_runtime::values::boxes::as_int64(self.cx, field)?;
        let number = usize::try_from(number).ok()?.checked_sub(1)?;
        (number < ty.n_fields()).then_some(number)
    }

    /// Field `index` of a value of a known struct type.
    fn field_of(&mut self, object: &Val, ty: Gc<DataType>, index: usize) -> Option<Val> {
        if structs::is_lazy_field(ty, index) {
            return None;
        }
        let place = ty.field_place(index);
        let declared = ty.field_type(index);
        if let Repr::Bits(bits) = &object.repr {
            let regs: SmallVec<[Reg; 4]> = bits.fields[index].clone().map(|leaf| object.regs[leaf]).collect();
            return self.field_value(ty, index, regs);
        }
        let base = self.object(object);
        let flags = self.field_flags(ty, index);
        if place.is_pointer {
            let reg = self.b.load(Type::Ref, flags, base, place.offset as i32);
            return self.field_value(ty, index, SmallVec::from_slice(&[reg]));
        }
        match self.m.reprs.of_type(self.cx, declared) {
            Repr::Const(value) => Some(Val::constant(value)),
            Repr::Bits(bits) => {
                let leaves = bits.leaves.clone();
                let regs = leaves
                    .iter()
                    .map(|leaf| self.b.load(leaf.ty, flags, base, (place.offset + leaf.offset) as i32))
                    .collect();
                Some(Val::new(Repr::Bits(bits), regs))
            }
            // Bits with too many parts for registers.
            _ => None,
        }
    }

    /// A field that was read: what it means, and that it is defined.
    fn field_value(&mut self, ty: Gc<DataType>, index: usize, regs: SmallVec<[Reg; 4]>) -> Option<Val> {
        let declared = ty.field_type(index);
        if !ty.field_place(index).is_pointer {
            let repr = self.m.reprs.of_type(self.cx, declared);
            return Some(Val::new(repr, regs));
        }
        if index >= ty.n_initialized.get() as usize {
            self.fail_if_undefined(regs[0]);
        }
        Some(Val::object(declared, regs[0]))
    }

    /// Throws `UndefRefError` for null.
    pub fn fail_if_undefined(&mut self, reference: Reg) {
        let null = self.b.null();
        let undefined = self.b.icmp(IntCond::Eq, reference, null);
        self.fail_if(undefined, ColdAction::Throw(helpers::THROW_UNDEF_REF, SmallVec::new()));
    }

    /// How a field is accessed.
    fn field_flags(&mut self, ty: Gc<DataType>, index: usize) -> MemFlags {
        if !ty.is_mutable() {
            return self.content_flags(ty);
        }
        let region = self.m.region(&format!("field {}.{}", type_label(ty), index + 1));
        MemFlags { invariant: structs::is_field_constant(ty, index), region: Some(region) }
    }

    /// An element of a tuple whose elements are all of one type with one leaf, at a position known at run time only: the
    /// tuple is laid out in the frame.
    fn indexed_field(&mut self, object: &Val, ty: Gc<DataType>, arguments: &[Val]) -> Option<Val> {
        let n = ty.n_fields();
        let first = (n > 0).then(|| ty.field_type(0))?;
        if !ty.is_tuple() || (1..n).any(|index| ty.field_type(index) != first) {
            return None;
        }
        let element = self.m.reprs.of_type(self.cx, first);
        let leaf = element.bits().filter(|bits| bits.leaves.len() == 1 && bits.leaves[0].ty != Type::Ref)?.leaves[0];
        let place = self.scalar(&arguments[1], self.cx.well_known().int64())?;
        let bits = self.m.reprs.of_type(self.cx, ty.erase());
        if !matches!(bits, Repr::Bits(_)) {
            return None;
        }
        let place = self.b.iadd_imm(place, -1);
        let limit = self.b.iconst(Type::I64, n as i64);
        let outside = self.b.icmp(IntCond::Uge, place, limit);
        self.fail_if(outside, ColdAction::Builtin(Builtin::GetField.number(), arguments.to_vec()));
        let regs = self.convert(object, &bits);
        let size = leaf.ty.bytes();
        let data = tintype_ir::function::StackSlotData { size: size * n as u32, align: size.min(16) };
        let slot = self.b.func.stack_slots.push(data);
        let base = self.b.stack_addr(slot, 0);
        for (index, &reg) in regs.iter().enumerate() {
            self.b.store(MemFlags::default(), reg, base, (index as u32 * size) as i32);
        }
        let scale = self.b.iconst(Type::I64, i64::from(size));
        let offset = self.b.imul(place, scale);
        let address = self.b.iadd(base, offset);
        let reg = self.b.load(leaf.ty, MemFlags::default(), address, 0);
        Some(Val::new(element, SmallVec::from_slice(&[reg])))
    }

    /// `setfield!(object, field, value)`; the result is the value.
    pub fn set_field(&mut self, arguments: &[Val]) -> Val {
        let assigned = self.assign_field(&arguments[0], &arguments[1], &arguments[2]);
        match assigned {
            Some(()) => arguments[2].clone(),
            None => self.call_builtin(Builtin::SetField.number(), arguments),
        }
    }

    fn assign_field(&mut self, object: &Val, field: &Val, value: &Val) -> Option<()> {
        let ty = self.struct_type(object).filter(|ty| ty.is_mutable() && ty.kind == Kind::Plain as u32)?;
        let index = self.field_number(ty, field.known()?)?;
        let declared = ty.field_type(index);
        if structs::is_field_constant(ty, index) || !self.is_below(self.type_of(value), declared) {
            return None;
        }
        let place = ty.field_place(index);
        let flags = self.field_flags(ty, index);
        if place.is_pointer {
            let (base, value) = (self.object(object), self.object(value));
            self.b.barrier(base);
            self.b.store(flags, value, base, place.offset as i32);
            return Some(());
        }
        let repr = self.m.reprs.of_type(self.cx, declared);
        if matches!(repr, Repr::Object(_)) {
            return None;
        }
        let (base, regs) = (self.object(object), self.convert(value, &repr));
        if let Repr::Bits(bits) = &repr {
            for (leaf, &reg) in bits.leaves.iter().zip(&regs) {
                self.b.store(flags, reg, base, (place.offset + leaf.offset) as i32);
            }
        }
        Some(())
    }

    /// `new(ty, fields...)`.
    pub fn new_struct(&mut self, ty: &Val, fields: &[Val]) -> Val {
        if let Some(made) = self.new_known_struct(ty, fields) {
            return made;
        }
        let ty = self.object(ty);
        let (place, n) = self.pass_boxed(fields);
        let made = self.helper(helpers::NEW_STRUCT, &[ty, place, n])[0];
        self.any(made)
    }

    fn new_known_struct(&mut self, ty: &Val, fields: &[Val]) -> Option<Val> {
        let ty = ty.known()?.get::<DataType>()?;
        let plain = ty.is_concrete()
            && ty.has(flags::HAS_LAYOUT)
            && !ty.has(flags::PRIMITIVE)
            && ty.kind == Kind::Plain as u32
            && ty.field_places.get().is_some();
        let n = fields.len();
        if !plain || n > ty.n_fields() || n < ty.n_initialized.get() as usize {
            return None;
        }
        if (n..ty.n_fields()).any(|index| structs::default_member(self.cx, ty.field_type(index)).is_some()) {
            return None;
        }
        let fits =
            fields.iter().enumerate().all(|(index, field)| self.is_below(self.type_of(field), ty.field_type(index)));
        fits.then(|| self.make_struct(ty, fields)).flatten()
    }

    /// An instance of a concrete struct type of values of its fields' types. `None` if a field has no form in registers.
    pub fn make_struct(&mut self, ty: Gc<DataType>, fields: &[Val]) -> Option<Val> {
        if let Some(instance) = ty.instance.get() {
            return Some(Val::constant(instance));
        }
        let inline_objects = (0..ty.n_fields()).any(|index| {
            !ty.field_place(index).is_pointer
                && matches!(self.m.reprs.of_type(self.cx, ty.field_type(index)), Repr::Object(_))
        });
        if inline_objects {
            return None;
        }
        if let Repr::Bits(bits) = self.m.reprs.of_type(self.cx, ty.erase()) {
            let regs = self.struct_leaves(&bits, fields);
            return Some(Val::new(Repr::Bits(bits), regs));
        }
        Some(self.allocate_struct(ty, fields))
    }

    fn struct_leaves(&mut self, bits: &BitsRepr, fields: &[Val]) -> SmallVec<[Reg; 4]> {
        let ty = bits.ty;
        let mut regs = SmallVec::new();
        for index in 0..ty.n_fields() {
            match fields.get(index) {
                Some(field) if ty.field_place(index).is_pointer => regs.push(self.object(field)),
                Some(field) => {
                    let repr = self.m.reprs.of_type(self.cx, ty.field_type(index));
                    regs.extend(self.convert(field, &repr));
                }
                None => {
                    let types: Vec<Type> = bits.fields[index].clone().map(|leaf| bits.leaves[leaf].ty).collect();
                    regs.extend(self.zeros(&types));
                }
            }
        }
        regs
    }

    /// A new object. Everything to store is ready before it is allocated, so that no collection sees it half made.
    fn allocate_struct(&mut self, ty: Gc<DataType>, fields: &[Val]) -> Val {
        let mut stores: Vec<(usize, Reg, u32)> = Vec::new();
        for index in 0..ty.n_fields() {
            let place = ty.field_place(index);
            let declared = self.m.reprs.of_type(self.cx, ty.field_type(index));
            let repr = if place.is_pointer { Repr::Object(ty.field_type(index)) } else { declared };
            let regs = match fields.get(index) {
                Some(field) => self.convert(field, &repr),
                None => self.zeros(&repr.ir_types()),
            };
            match &repr {
                Repr::Bits(bits) => {
                    let offsets = bits.leaves.iter().map(|leaf| place.offset + leaf.offset);
                    stores.extend(regs.iter().zip(offsets).map(|(&reg, offset)| (index, reg, offset)));
                }
                _ => stores.extend(regs.iter().map(|&reg| (index, reg, place.offset))),
            }
        }
        let object = self.allocate(ty);
        for (index, reg, offset) in stores {
            let flags = self.field_flags(ty, index);
            self.b.store(flags, reg, object, offset as i32);
        }
        Val::object(ty.erase(), object)
    }

    /// The tuple of these values.
    pub fn make_tuple(&mut self, values: &[Val]) -> Val {
        if values.is_empty() {
            return Val::constant(self.cx.well_known().empty_tuple());
        }
        let element_types: Option<Vec<Value>> = values.iter().map(|value| self.dynamic_type(value)).collect();
        let made = element_types.and_then(|element_types| {
            let ty = types::tuple_type_of_concrete(self.cx, &element_types);
            self.make_struct(ty, values)
        });
        let made = made.or_else(|| self.make_open_tuple(values));
        made.unwrap_or_else(|| self.call_builtin(Builtin::Tuple.number(), values))
    }

    /// `typeof` of a value, if it is known.
    pub fn dynamic_type(&self, val: &Val) -> Option<Value> {
        let ty = self.type_of(val).get::<DataType>()?;
        (ty.is_concrete() && !ty.is_type_type()).then(|| ty.erase())
    }
}
