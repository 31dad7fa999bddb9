//! `===`, `isa`, `typeof`, `typeassert`, `ifelse`: what is decided by looking at types and bits.

use smallvec::{SmallVec, smallvec};
use tintype_hir::TypeRef;
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{ConvertOp, IntCond};
use tintype_ir::types::Type;
use tintype_runtime::objects::*;
use tintype_runtime::values::egal::egal;
use tintype_runtime::{helpers, types};

use crate::function::{Translator, Val};
use crate::representation::{BitsRepr, Repr};

impl Translator<'_, '_, '_> {
    /// Whether one type is below another; no where it cannot be decided.
    pub fn is_below(&self, a: Value, b: Value) -> bool {
        a == b || b == self.cx.well_known().any().erase() || types::is_subtype(self.cx, a, b)
    }

    /// Whether no value is of both types; no where it cannot be decided.
    fn are_disjoint(&self, a: Value, b: Value) -> bool {
        let concrete = |ty: Value| ty.get::<DataType>().filter(|ty| ty.is_concrete());
        matches!((concrete(a), concrete(b)), (Some(a), Some(b)) if a != b)
    }

    /// `a === b`.
    pub fn egal(&mut self, a: &Val, b: &Val) -> Val {
        if let (Some(a), Some(b)) = (a.known(), b.known()) {
            return self.known_bool(egal(self.cx, a, b));
        }
        if self.are_disjoint(self.type_of(a), self.type_of(b)) {
            return self.known_bool(false);
        }
        if let Some(truth) = self.egal_in_registers(a, b) {
            return self.bool(truth);
        }
        let by_address = self.has_identity(a) || self.has_identity(b);
        let (a, b) = (self.object(a), self.object(b));
        let truth = if by_address { self.b.icmp(IntCond::Eq, a, b) } else { self.egal_objects(a, b) };
        self.bool(truth)
    }

    /// Objects that are the same need no look inside.
    fn egal_objects(&mut self, a: Reg, b: Reg) -> Reg {
        let done = self.merge_block(&[Type::I8]);
        let slow = self.new_block();
        let same = self.b.icmp(IntCond::Eq, a, b);
        self.b.branch(same, done, &[same], slow, &[]);
        self.continue_in(slow);
        let equal = self.helper(helpers::EGAL, &[a, b])[0];
        self.b.jump(done, &[equal]);
        self.continue_in(done);
        self.b.block_params(done)[0]
    }

    /// Whether values that are the same as this one are the same object.
    fn has_identity(&self, val: &Val) -> bool {
        match val.known() {
            Some(value) => {
                let ty = value.type_of();
                ty.instance.get() == Some(value) || ty.is_mutable() || value.is::<Symbol>()
            }
            None => {
                let ty = self.type_of(val).get::<DataType>();
                ty.is_some_and(|ty| {
                    ty.is_concrete()
                        && (ty.is_mutable() && ty.kind == Kind::Plain as u32 || ty.kind == Kind::Symbol as u32)
                })
            }
        }
    }

    fn egal_in_registers(&mut self, a: &Val, b: &Val) -> Option<Reg> {
        let is_tuple = |val: &Val| matches!(val.repr, Repr::Bits(_)) && self.is_open_tuple(val);
        if is_tuple(a) || is_tuple(b) {
            return None;
        }
        match (&a.repr, &b.repr) {
            (Repr::Bits(bits), Repr::Bits(_) | Repr::Const(_)) => {
                let bits = bits.clone();
                let other = self.convert(b, &Repr::Bits(bits.clone()));
                Some(self.egal_leaves(&bits, &a.regs, &other))
            }
            (Repr::Const(_), Repr::Bits(_)) => self.egal_in_registers(b, a),
            (Repr::Union(union), Repr::Const(_) | Repr::Bits(_)) => {
                let ty = match &b.repr {
                    Repr::Const(value) => value.type_of(),
                    _ => b.repr.bits().expect("leaves").ty,
                };
                let union = union.clone();
                let Some(number) = union.member(ty) else { return Some(self.b.iconst(Type::I8, 0)) };
                let of_member = self.b.icmp_imm(IntCond::Eq, a.regs[0], number as i64);
                let Repr::Bits(bits) = &union.members[number].repr else { return Some(of_member) };
                if bits.elements.is_some() {
                    return None;
                }
                let own = self.convert(a, &union.members[number].repr);
                let other = self.convert(b, &union.members[number].repr);
                if bits.leaves.iter().any(|leaf| leaf.ty == Type::Ref) {
                    return None;
                }
                let same = self.egal_leaves(bits, &own, &other);
                Some(self.b.band(of_member, same))
            }
            (Repr::Const(_) | Repr::Bits(_), Repr::Union(_)) => self.egal_in_registers(b, a),
            _ => None,
        }
    }

    fn egal_leaves(&mut self, bits: &BitsRepr, a: &[Reg], b: &[Reg]) -> Reg {
        let mut all: Option<Reg> = None;
        for (index, leaf) in bits.leaves.iter().enumerate() {
            let same = match leaf.ty {
                Type::Ref => self.egal_references(a[index], b[index]),
                ty => {
                    let (a, b) = (self.as_integer(ty, a[index]), self.as_integer(ty, b[index]));
                    self.b.icmp(IntCond::Eq, a, b)
                }
            };
            all = Some(match all {
                Some(so_far) => self.b.band(so_far, same),
                None => same,
            });
        }
        all.unwrap_or_else(|| self.b.iconst(Type::I8, 1))
    }

    /// Fields of objects; one that is undefined is only the same as another.
    fn egal_references(&mut self, a: Reg, b: Reg) -> Reg {
        let done = self.merge_block(&[Type::I8]);
        let (look, slow) = (self.new_block(), self.new_block());
        let same = self.b.icmp(IntCond::Eq, a, b);
        self.b.branch(same, done, &[same], look, &[]);
        self.continue_in(look);
        let null = self.b.null();
        let (has_a, has_b) = (self.b.icmp(IntCond::Ne, a, null), self.b.icmp(IntCond::Ne, b, null));
        let both = self.b.band(has_a, has_b);
        self.b.branch(both, slow, &[], done, &[both]);
        self.continue_in(slow);
        let equal = self.helper(helpers::EGAL, &[a, b])[0];
        self.b.jump(done, &[equal]);
        self.continue_in(done);
        self.b.block_params(done)[0]
    }

    /// The bits of a register as an integer.
    pub fn as_integer(&mut self, ty: Type, reg: Reg) -> Reg {
        match ty {
            Type::F32 => self.b.convert(ConvertOp::Bitcast, Type::I32, reg),
            Type::F64 => self.b.convert(ConvertOp::Bitcast, Type::I64, reg),
            _ => reg,
        }
    }

    /// `isa(value, ty)` for a known type.
    pub fn isa(&mut self, val: &Val, ty: Value) -> Val {
        if let Some(known) = val.known() {
            return self.known_bool(types::isa(self.cx, known, ty));
        }
        let own = self.type_of(val);
        if self.is_below(own, ty) {
            return self.known_bool(true);
        }
        if self.may_be_instance(val, ty) {
            let object = self.object(val);
            let truth = self.object_isa(object, ty);
            return self.bool(truth);
        }
        match &val.repr {
            Repr::Never => self.known_bool(false),
            // A concrete type is below another or has nothing in common with it.
            Repr::Bits(_) => self.known_bool(false),
            Repr::Union(union) => {
                let union = union.clone();
                let mut any: Option<Reg> = None;
                for (number, member) in union.members.iter().enumerate() {
                    if self.is_below(member.ty.erase(), ty) {
                        let is_it = self.b.icmp_imm(IntCond::Eq, val.regs[0], number as i64);
                        any = Some(match any {
                            Some(so_far) => self.b.bor(so_far, is_it),
                            None => is_it,
                        });
                    }
                }
                match any {
                    Some(truth) => self.bool(truth),
                    None => self.known_bool(false),
                }
            }
            _ => {
                let truth = self.object_isa(val.regs[0], ty);
                self.bool(truth)
            }
        }
    }

    /// Whether only the elements of a tuple that is not concrete say if it is of the type.
    fn may_be_instance(&self, val: &Val, ty: Value) -> bool {
        if ty.get::<DataType>().is_some_and(|data| data.is_concrete() && !data.is_tuple()) {
            return false;
        }
        match &val.repr {
            Repr::Bits(bits) => bits.elements.is_some(),
            Repr::Union(union) => {
                union.members.iter().any(|member| member.is_open() && !self.is_below(member.ty.erase(), ty))
            }
            _ => false,
        }
    }

    /// Whether an object is an instance of a type.
    pub fn object_isa(&mut self, object: Reg, ty: Value) -> Reg {
        match ty.get::<DataType>().filter(|ty| ty.is_concrete() && !ty.is_type_type()) {
            Some(concrete) if concrete.instance.get().is_some() => {
                self.is_object(object, concrete.instance.get().expect("just seen"))
            }
            Some(concrete) => self.has_type(object, concrete),
            None => {
                let ty = self.slot_reg(ty);
                self.helper(helpers::ISA, &[object, ty])[0]
            }
        }
    }

    /// `typeof(value)`.
    pub fn type_of_value(&mut self, val: &Val) -> Val {
        let data_type = self.cx.well_known().data_type().erase();
        if self.is_open_tuple(val) {
            let object = self.object(val);
            return self.type_of_value(&Val::object(self.type_of(val), object));
        }
        match &val.repr {
            Repr::Never => Val::never(),
            Repr::Const(value) => Val::constant(value.type_of().erase()),
            Repr::Bits(bits) => Val::constant(bits.ty.erase()),
            Repr::Union(union) => {
                let union = union.clone();
                let mut ty = self.slot_reg(union.members[0].ty.erase());
                for (number, member) in union.members.iter().enumerate().skip(1) {
                    let is_it = self.b.icmp_imm(IntCond::Eq, val.regs[0], number as i64);
                    let other = self.slot_reg(member.ty.erase());
                    ty = self.b.select(is_it, other, ty);
                }
                Val::object(data_type, ty)
            }
            Repr::Object(_) => {
                let address = self.type_address(val.regs[0]);
                let ty = self.b.bitcast(Type::Ref, address);
                Val::object(data_type, ty)
            }
        }
    }

    /// `typeassert(value, ty)` for a known type.
    pub fn type_assert(&mut self, val: &Val, ty: Value) -> Val {
        let truth = self.isa(val, ty);
        if truth.known() == Some(self.cx.well_known().true_value()) {
            return val.clone();
        }
        let object = self.object(val);
        let holds = self.convert(&truth, &self.bool_repr())[0];
        let fails = self.b.icmp_imm(IntCond::Eq, holds, 0);
        let name = self.cx.symbol("typeassert").erase();
        self.fail_with_type_error(fails, name, ty, object);
        val.clone()
    }

    /// The representation of `Bool`.
    pub fn bool_repr(&self) -> Repr {
        self.m.reprs.of_type(self.cx, self.cx.well_known().bool().erase())
    }

    /// `ifelse(condition, a, b)` for a condition in a register.
    pub fn if_else(&mut self, condition: Reg, a: &Val, b: &Val, ty: TypeRef) -> Val {
        let repr = match (&a.repr, &b.repr) {
            (Repr::Bits(left), Repr::Bits(right)) if left.ty == right.ty => a.repr.clone(),
            _ => match self.repr_of(ty) {
                // A result that is known needs no choice.
                Repr::Never | Repr::Const(_) => return a.clone(),
                Repr::Object(_) => Repr::Object(self.cx.well_known().any().erase()),
                repr => repr,
            },
        };
        let (a, b) = (self.convert(a, &repr), self.convert(b, &repr));
        let regs: SmallVec<[Reg; 4]> = a.iter().zip(&b).map(|(&a, &b)| self.b.select(condition, a, b)).collect();
        Val::new(repr, regs)
    }

    /// A register of a value that is known to be of a primitive type.
    pub fn scalar(&mut self, val: &Val, ty: Gc<DataType>) -> Option<Reg> {
        if self.type_of(val) != ty.erase() {
            return None;
        }
        let repr = self.m.reprs.of_type(self.cx, ty.erase());
        let regs: SmallVec<[Reg; 4]> = match &repr {
            Repr::Bits(bits) if bits.leaves.len() == 1 => self.convert(val, &repr),
            _ => smallvec![],
        };
        regs.first().copied()
    }
}
