//! Changing how a value is represented: boxing, unboxing, narrowing to what inference knows, widening for a variable.
//!
//! Conversions believe the types: a value that inference says is of a member type is taken apart as that member without
//! a check. Where the types say that a value cannot exist, zeros stand for it.

use smallvec::{SmallVec, smallvec};
use tintype_hir::TypeRef;
use tintype_ir::function::{Block, Value as Reg};
use tintype_ir::instruction::{ConvertOp, IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::values::boxes::{SMALL_INT_FIRST, SMALL_INT_LAST};
use tintype_runtime::{helpers, layout_consts};

use crate::function::{Translator, Val};
use crate::representation::{BitsRepr, Repr, UnionRepr};

type Regs = SmallVec<[Reg; 4]>;

impl Translator<'_, '_, '_> {
    /// The registers of a value in another representation.
    pub fn convert(&mut self, val: &Val, to: &Repr) -> Regs {
        match to {
            Repr::Never | Repr::Const(_) => Regs::new(),
            Repr::Object(_) => smallvec![self.object(val)],
            Repr::Bits(bits) => self.leaves_of(val, bits).unwrap_or_else(|| self.zeros(&to.ir_types())),
            Repr::Union(union) => self.union_registers(val, union),
        }
    }

    /// The same value in another representation.
    pub fn convert_to(&mut self, val: &Val, to: &Repr) -> Val {
        let regs = self.convert(val, to);
        Val::new(to.clone(), regs)
    }

    /// The value as inference knows it: what it is known to be by type needs no check.
    pub fn narrow(&mut self, val: Val, ty: TypeRef) -> Val {
        let known = match ty {
            TypeRef::Bottom => return Val::never(),
            TypeRef::Const(literal) => return Val::constant(self.literal(literal)),
            TypeRef::Type(literal) => self.literal(literal),
        };
        let repr = self.m.reprs.of_type(self.cx, known);
        match (&val.repr, &repr) {
            (Repr::Bits(own), Repr::Bits(bits)) if own.elements.is_some() && own.ty != bits.ty => {
                self.convert_to(&val, &repr)
            }
            (Repr::Never | Repr::Const(_) | Repr::Bits(_), _) => val,
            (_, Repr::Const(value)) => Val::constant(*value),
            // An object stays one while nobody needs its parts, unless there is but one.
            (Repr::Object(_), Repr::Bits(bits)) if bits.leaves.len() == 1 && bits.fields.is_empty() => {
                self.convert_to(&val, &repr)
            }
            (Repr::Object(_), _) => Val::new(Repr::Object(known), val.regs),
            (Repr::Union(_), Repr::Bits(_)) => self.convert_to(&val, &repr),
            (Repr::Union(_), _) => val,
        }
    }

    /// Zeros of the types.
    pub fn zeros(&mut self, types: &[Type]) -> Regs {
        types.iter().map(|&ty| self.zero(ty)).collect()
    }

    fn zero(&mut self, ty: Type) -> Reg {
        match ty {
            Type::Ref => self.b.null(),
            Type::F32 => self.b.f32const(0.0),
            Type::F64 => self.b.f64const(0.0),
            _ => self.b.iconst(ty, 0),
        }
    }

    /// The leaves of a value that is of the type; `None` if it cannot be.
    pub fn leaves_of(&mut self, val: &Val, bits: &BitsRepr) -> Option<Regs> {
        if self.is_open_tuple(val) || bits.elements.is_some() {
            return self.tuple_leaves(val, bits);
        }
        match &val.repr {
            Repr::Never => None,
            Repr::Const(value) => (value.type_of() == bits.ty).then(|| self.constant_leaves(*value, bits)),
            Repr::Bits(own) => (own.ty == bits.ty).then(|| val.regs.clone()),
            Repr::Union(union) => {
                let member = &union.members[union.member(bits.ty)?];
                Some(member.places.iter().map(|&place| val.regs[1 + place]).collect())
            }
            Repr::Object(_) => Some(self.unbox(val.regs[0], bits)),
        }
    }

    /// Loads the leaves from an immutable object.
    pub fn unbox(&mut self, object: Reg, bits: &BitsRepr) -> Regs {
        let flags = self.content_flags(bits.ty);
        bits.leaves.iter().map(|leaf| self.b.load(leaf.ty, flags, object, leaf.offset as i32)).collect()
    }

    /// How the content of immutable objects of a type is accessed.
    pub fn content_flags(&mut self, ty: Gc<DataType>) -> MemFlags {
        let region = self.m.region(&format!("content {}", type_label(ty)));
        MemFlags { invariant: true, region: Some(region) }
    }

    fn union_registers(&mut self, val: &Val, union: &UnionRepr) -> Regs {
        match &val.repr {
            Repr::Never => self.zeros(&union_types(union)),
            Repr::Const(_) | Repr::Bits(_) => self.inject(val, union),
            Repr::Union(own) if own.is_same(union) => val.regs.clone(),
            Repr::Union(own) => {
                let own = own.clone();
                self.by_member(val, &own, &union_types(union), |this, member| this.inject(member, union))
            }
            Repr::Object(ty) => match ty.get::<DataType>().filter(|ty| ty.is_concrete()) {
                Some(ty) if union.member(ty).is_some() => {
                    let member = union.members[union.member(ty).expect("just looked up")].repr.clone();
                    let narrowed = self.convert_to(val, &member);
                    self.inject(&narrowed, union)
                }
                _ => self.object_to_union(val.regs[0], union),
            },
        }
    }

    /// A value of a member type in the union; zeros if it is of none.
    fn inject(&mut self, val: &Val, union: &UnionRepr) -> Regs {
        let ty = match &val.repr {
            Repr::Const(value) => value.type_of(),
            Repr::Bits(bits) => bits.ty,
            _ => return self.zeros(&union_types(union)),
        };
        let Some(number) = union.member(ty) else {
            // Which tuple it is, only its elements say.
            if self.is_open_tuple(val) && union.members.iter().any(|member| member.ty.is_tuple()) {
                let object = self.object(val);
                return self.object_to_union(object, union);
            }
            return self.zeros(&union_types(union));
        };
        let member = &union.members[number];
        let leaves = self.convert(val, &member.repr);
        let mut regs: Regs = smallvec![self.b.iconst(Type::I8, number as i64)];
        for (place, &ty) in union.payload.iter().enumerate() {
            let leaf = member.places.iter().position(|&used| used == place);
            let reg = leaf.map_or_else(|| self.zero(ty), |leaf| leaves[leaf]);
            regs.push(reg);
        }
        regs
    }

    fn object_to_union(&mut self, object: Reg, union: &UnionRepr) -> Regs {
        let done = self.merge_block(&union_types(union));
        let last = union.members.len() - 1;
        for (number, member) in union.members.iter().enumerate() {
            let next = (number != last).then(|| {
                let is_member = match &member.repr {
                    Repr::Const(instance) => self.is_object(object, *instance),
                    _ if member.is_open() => self.object_isa(object, member.ty.erase()),
                    _ => self.has_type(object, member.ty),
                };
                let (then, next) = (self.new_block(), self.new_block());
                self.b.branch(is_member, then, &[], next, &[]);
                self.continue_in(then);
                next
            });
            let boxed = Val::object(member.ty.erase(), object);
            let narrowed = self.convert_to(&boxed, &member.repr);
            let regs = self.inject(&narrowed, union);
            self.b.jump(done, &regs);
            if let Some(next) = next {
                self.continue_in(next);
            }
        }
        self.continue_in(done);
        self.b.block_params(done).iter().copied().collect()
    }

    /// Runs `each` for every member of a union in a branch of its own; their results meet.
    pub fn by_member(
        &mut self,
        val: &Val,
        union: &UnionRepr,
        results: &[Type],
        mut each: impl FnMut(&mut Self, &Val) -> Regs,
    ) -> Regs {
        let done = self.merge_block(results);
        let last = union.members.len() - 1;
        for (number, member) in union.members.iter().enumerate() {
            let next = (number != last).then(|| {
                let is_member = self.b.icmp_imm(IntCond::Eq, val.regs[0], number as i64);
                let (then, next) = (self.new_block(), self.new_block());
                self.b.branch(is_member, then, &[], next, &[]);
                self.continue_in(then);
                next
            });
            let leaves = member.places.iter().map(|&place| val.regs[1 + place]).collect();
            let regs = each(self, &Val::new(member.repr.clone(), leaves));
            self.b.jump(done, &regs);
            if let Some(next) = next {
                self.continue_in(next);
            }
        }
        self.continue_in(done);
        self.b.block_params(done).iter().copied().collect()
    }

    /// A block with parameters of the types.
    pub fn merge_block(&mut self, types: &[Type]) -> Block {
        let block = self.new_block();
        for &ty in types {
            self.b.append_block_param(block, ty);
        }
        block
    }

    /// The value as an object.
    pub fn object(&mut self, val: &Val) -> Reg {
        match &val.repr {
            Repr::Never => self.b.null(),
            Repr::Const(value) => self.slot_reg(*value),
            Repr::Object(_) => val.regs[0],
            Repr::Bits(bits) if bits.elements.is_some() => {
                let elements: Vec<Val> = (0..bits.fields.len()).filter_map(|i| self.tuple_element(val, i)).collect();
                self.call_builtin(Builtin::Tuple.number(), &elements).regs[0]
            }
            Repr::Bits(bits) => {
                let bits = bits.clone();
                self.boxed(&bits, &val.regs)
            }
            Repr::Union(union) => {
                let union = union.clone();
                self.by_member(val, &union, &[Type::Ref], |this, member| smallvec![this.object(member)])[0]
            }
        }
    }

    /// Several values as objects. All are made before any is used, so that no collection comes between.
    pub fn objects(&mut self, vals: &[Val]) -> Vec<Reg> {
        vals.iter().map(|val| self.object(val)).collect()
    }

    /// A new object, or the canonical one.
    fn boxed(&mut self, bits: &BitsRepr, leaves: &[Reg]) -> Reg {
        let cx = self.cx;
        let known = cx.well_known();
        let ty = bits.ty;
        if ty == known.int64() {
            return self.boxed_int64(bits, leaves[0]);
        }
        if ty == known.bool() {
            let (yes, no) = (self.slot_reg(known.true_value()), self.slot_reg(known.false_value()));
            return self.b.select(leaves[0], yes, no);
        }
        if ty == known.uint8() || ty == known.int8() || ty == known.char() {
            let type_object = self.slot_reg(ty.erase());
            let word = self.b.convert(ConvertOp::Uextend, Type::I64, leaves[0]);
            return self.helper(helpers::BOX_BITS, &[type_object, word])[0];
        }
        let object = self.allocate(ty);
        let flags = self.content_flags(ty);
        for (leaf, &reg) in bits.leaves.iter().zip(leaves) {
            self.b.store(flags, reg, object, leaf.offset as i32);
        }
        object
    }

    /// An `Int64`: the canonical box of a small one, else a new object.
    fn boxed_int64(&mut self, bits: &BitsRepr, number: Reg) -> Reg {
        let small = self.slot_reg(self.cx.well_known().small_int64().erase());
        let done = self.merge_block(&[Type::Ref]);
        let (known, new) = (self.new_block(), self.new_block());
        let index = self.b.iadd_imm(number, -SMALL_INT_FIRST);
        let is_small = self.b.icmp_imm(IntCond::Ule, index, SMALL_INT_LAST - SMALL_INT_FIRST);
        self.b.branch(is_small, known, &[], new, &[]);
        self.continue_in(known);
        let region = self.m.region("small integers");
        let flags = MemFlags { invariant: true, region: Some(region) };
        let start = self.b.bitcast(Type::I64, small);
        let size = self.b.iconst(Type::I64, 8);
        let offset = self.b.imul(index, size);
        let place = self.b.iadd(start, offset);
        let canonical = self.b.load(Type::Ref, flags, place, layout_consts::SVEC_ELEMENTS);
        self.b.jump(done, &[canonical]);
        self.continue_in(new);
        let object = self.allocate(bits.ty);
        let flags = self.content_flags(bits.ty);
        self.b.store(flags, number, object, 0);
        self.b.jump(done, &[object]);
        self.continue_in(done);
        self.b.block_params(done)[0]
    }

    /// A new object of a struct type. Its padding is zero; its leaves are the caller's to store at once.
    pub fn allocate(&mut self, ty: Gc<DataType>) -> Reg {
        let type_object = self.slot_reg(ty.erase());
        let size = ty.layout.size;
        let object = self.b.alloc(type_object, size);
        if !ty.has(flags::PRIMITIVE) && !ty.has(flags::PLAIN_BITS) && has_padding(ty) {
            // Images hold every byte of an object, so that no byte may be left to chance.
            for offset in (0..size / 8 * 8).step_by(8) {
                let zero = self.b.iconst(Type::I64, 0);
                self.b.store(MemFlags::default(), zero, object, offset as i32);
            }
            for offset in size / 8 * 8..size {
                let zero = self.b.iconst(Type::I8, 0);
                self.b.store(MemFlags::default(), zero, object, offset as i32);
            }
        }
        object
    }

    /// Whether an object is this one.
    pub fn is_object(&mut self, object: Reg, known: Value) -> Reg {
        let known = self.slot_reg(known);
        self.b.icmp(IntCond::Eq, object, known)
    }

    /// Whether an object is an instance of exactly this concrete type.
    pub fn has_type(&mut self, object: Reg, ty: Gc<DataType>) -> Reg {
        let found = self.type_address(object);
        let ty = self.slot_reg(ty.erase());
        let ty = self.b.bitcast(Type::I64, ty);
        self.b.icmp(IntCond::Eq, found, ty)
    }

    /// The address of an object's type. It never changes, though flags beside it in the header may.
    pub fn type_address(&mut self, object: Reg) -> Reg {
        let (offset, mask) = {
            let layout = &self.m.module.abi.object;
            (layout.header_offset, !(layout.flag_mask as i64))
        };
        let region = self.m.region("header");
        let flags = MemFlags { invariant: true, region: Some(region) };
        let header = self.b.load(Type::I64, flags, object, offset);
        let mask = self.b.iconst(Type::I64, mask);
        self.b.band(header, mask)
    }
}

fn union_types(union: &UnionRepr) -> SmallVec<[Type; 4]> {
    std::iter::once(Type::I8).chain(union.payload.iter().copied()).collect()
}

/// A name for a type in names of regions: the same in every build, different for different types.
pub(crate) fn type_label(ty: Gc<DataType>) -> String {
    format!("{}#{:x}", ty.name.name.as_str(), ty.hash.get())
}

fn has_padding(ty: Gc<DataType>) -> bool {
    let fields: u32 = (0..ty.n_fields()).map(|index| ty.field_place(index).size).sum();
    let inner = (0..ty.n_fields()).any(|index| {
        let inline = ty.field_type(index).get::<DataType>().filter(|_| !ty.field_place(index).is_pointer);
        inline.is_some_and(|inline| !inline.has(flags::PRIMITIVE) && has_padding(inline))
    });
    fields != ty.layout.size || inner
}
