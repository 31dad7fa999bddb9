//! Arrays: sizes, elements, allocation. Anything unusual (other numbers of indices, values that may not fit) is left to
//! the built-in functions.
//!
//! Indices are checked by one unsigned comparison each; the failing path hands the arguments to the built-in function,
//! which throws what the language says. The address of the first element is loaded for each access and not kept: the
//! optimiser may, because an address inside a memory keeps it alive.

use smallvec::SmallVec;
use tintype_ir::function::Value as Reg;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::{helpers, layout_consts};

use crate::convert::type_label;
use crate::function::{ColdAction, Translator, Val};
use crate::representation::{Leaf, Repr};

/// An array type that is known.
#[derive(Clone, Copy)]
struct ArrayType {
    element: Value,
    memory: Gc<DataType>,
    n_dims: usize,
}

impl Translator<'_, '_, '_> {
    fn array_type(&self, val: &Val) -> Option<ArrayType> {
        let ty = self.type_of(val).get::<DataType>().filter(|ty| ty.is_concrete())?;
        if ty.name != self.cx.well_known().array_name() {
            return None;
        }
        let n_dims = (ty.layout.size as usize - ARRAY_DIMS) / 8;
        Some(ArrayType { element: ty.param(0), memory: ty.element_memory.get()?, n_dims })
    }

    fn array_flags(&mut self, part: &str) -> MemFlags {
        let region = self.m.region(part);
        MemFlags { invariant: false, region: Some(region) }
    }

    fn dim(&mut self, array: Reg, axis: usize) -> Reg {
        let flags = self.array_flags("array size");
        self.b.load(Type::I64, flags, array, layout_consts::ARRAY_FIRST_DIM + 8 * axis as i32)
    }

    fn length(&mut self, array: Reg, ty: ArrayType) -> Reg {
        let mut length = None;
        for axis in 0..ty.n_dims {
            let dim = self.dim(array, axis);
            length = Some(match length {
                Some(so_far) => self.b.imul(so_far, dim),
                None => dim,
            });
        }
        length.unwrap_or_else(|| self.b.iconst(Type::I64, 1))
    }

    /// `arraylen(array)`.
    pub fn array_length(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = self.array_type(&arguments[0])?;
        let array = self.object(&arguments[0]);
        let length = self.length(array, ty);
        Some(self.int64(length))
    }

    /// `arraysize(array, axis)` for a known axis.
    pub fn array_size(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = self.array_type(&arguments[0])?;
        let axis = tintype_runtime::values::boxes::as_int64(self.cx, arguments[1].known()?)?;
        let axis = usize::try_from(axis).ok()?.checked_sub(1)?;
        let size = if axis < ty.n_dims {
            let array = self.object(&arguments[0]);
            self.dim(array, axis)
        } else {
            self.b.iconst(Type::I64, 1)
        };
        Some(self.int64(size))
    }

    /// An `Int64` in a register.
    pub fn int64(&mut self, reg: Reg) -> Val {
        let ty = self.cx.well_known().int64().erase();
        Val::new(self.m.reprs.of_type(self.cx, ty), SmallVec::from_slice(&[reg]))
    }

    /// The offset of an element from the first, in elements; leaves the common path where there is none.
    fn element_number(
        &mut self,
        ty: ArrayType,
        array: Reg,
        checked: &Val,
        indices: &[Val],
        fails: (Builtin, &[Val]),
    ) -> Option<Reg> {
        if indices.len() != 1 && indices.len() != ty.n_dims {
            return None;
        }
        let int64 = self.cx.well_known().int64();
        let regs: Option<Vec<Reg>> = indices.iter().map(|index| self.scalar(index, int64)).collect();
        let regs = regs?;
        let check = checked.known() != Some(self.cx.well_known().false_value());
        let linear = indices.len() == 1;
        let mut number: Option<Reg> = None;
        // The number of elements one step along the axis skips.
        let mut stride: Option<Reg> = None;
        for (axis, index) in regs.into_iter().enumerate() {
            let limit = if linear { self.length(array, ty) } else { self.dim(array, axis) };
            let index = self.b.iadd_imm(index, -1);
            if check {
                let outside = self.b.icmp(IntCond::Uge, index, limit);
                let (builtin, arguments) = fails;
                self.fail_if(outside, ColdAction::Builtin(builtin.number(), arguments.to_vec()));
            }
            let part = match stride {
                Some(stride) => self.b.imul(index, stride),
                None => index,
            };
            number = Some(match number {
                Some(so_far) => self.b.iadd(so_far, part),
                None => part,
            });
            stride = Some(match stride {
                Some(stride) => self.b.imul(stride, limit),
                None => limit,
            });
        }
        number
    }

    fn element_address(&mut self, ty: ArrayType, array: Reg, number: Reg) -> Reg {
        let flags = self.array_flags("array data");
        let data = self.b.load(Type::I64, flags, array, layout_consts::ARRAY_DATA);
        let size = self.b.iconst(Type::I64, i64::from(ty.memory.layout.tail_element_size));
        let offset = self.b.imul(number, size);
        self.b.iadd(data, offset)
    }

    fn element_flags(&mut self, ty: ArrayType) -> MemFlags {
        let label = format!("elements {}", type_label(ty.memory));
        self.array_flags(&label)
    }

    /// `arrayref(checked, array, indices...)`.
    pub fn array_ref(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = self.array_type(&arguments[1])?;
        let (repr, leaves) = self.element_form(ty)?;
        let array = self.object(&arguments[1]);
        let fails = (Builtin::ArrayRef, arguments);
        let number = self.element_number(ty, array, &arguments[0], &arguments[2..], fails)?;
        if leaves.is_empty() {
            return Some(Val::new(repr, SmallVec::new()));
        }
        let address = self.element_address(ty, array, number);
        let flags = self.element_flags(ty);
        let regs: SmallVec<[Reg; 4]> =
            leaves.iter().map(|leaf| self.b.load(leaf.ty, flags, address, leaf.offset as i32)).collect();
        if ty.memory.layout.tail_n_pointers != 0 {
            self.fail_if_undefined(regs[0]);
        }
        Some(Val::new(repr, regs))
    }

    /// What an element is in registers, and where its parts are; `None` for bits with too many parts.
    fn element_form(&mut self, ty: ArrayType) -> Option<(Repr, Vec<Leaf>)> {
        if ty.memory.layout.tail_n_pointers != 0 {
            return Some((Repr::Object(ty.element), vec![Leaf { offset: 0, ty: Type::Ref }]));
        }
        match self.m.reprs.of_type(self.cx, ty.element) {
            Repr::Bits(bits) => {
                let leaves = bits.leaves.clone();
                Some((Repr::Bits(bits), leaves))
            }
            Repr::Const(value) => Some((Repr::Const(value), Vec::new())),
            _ => None,
        }
    }

    /// `arrayset(checked, array, value, indices...)`; the result is the array.
    pub fn array_set(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = self.array_type(&arguments[1])?;
        let (repr, leaves) = self.element_form(ty)?;
        if !self.is_below(self.type_of(&arguments[2]), ty.element) {
            return None;
        }
        let array = self.object(&arguments[1]);
        let fails = (Builtin::ArraySet, arguments);
        let number = self.element_number(ty, array, &arguments[0], &arguments[3..], fails)?;
        let regs = self.convert(&arguments[2], &repr);
        if leaves.is_empty() {
            return Some(arguments[1].clone());
        }
        if ty.memory.layout.tail_n_pointers != 0 {
            let flags = self.array_flags("array memory");
            let memory = self.b.load(Type::Ref, flags, array, layout_consts::ARRAY_MEMORY);
            self.b.barrier(memory);
        }
        let address = self.element_address(ty, array, number);
        let flags = self.element_flags(ty);
        for (leaf, &reg) in leaves.iter().zip(&regs) {
            self.b.store(flags, reg, address, leaf.offset as i32);
        }
        Some(arguments[1].clone())
    }

    /// `_new_array(type, lengths...)` for a known type.
    pub fn new_array(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = arguments[0].known()?.get::<DataType>().filter(|ty| ty.is_concrete())?;
        if ty.name != self.cx.well_known().array_name() || ty.element_memory.get().is_none() {
            return None;
        }
        let n_dims = (ty.layout.size as usize - ARRAY_DIMS) / 8;
        if n_dims != arguments.len() - 1 {
            return None;
        }
        let int64 = self.cx.well_known().int64();
        let dims: Option<Vec<Reg>> = arguments[1..].iter().map(|dim| self.scalar(dim, int64)).collect();
        let dims = dims?;
        let type_object = self.slot_reg(ty.erase());
        let array = match dims[..] {
            [length] => self.helper(helpers::NEW_VECTOR, &[type_object, length])[0],
            _ => {
                let place = self.outgoing(dims.len());
                for (axis, &dim) in dims.iter().enumerate() {
                    self.b.store(MemFlags::default(), dim, place, 8 * axis as i32);
                }
                let n = self.b.iconst(Type::I64, dims.len() as i64);
                self.helper(helpers::NEW_ARRAY, &[type_object, place, n])[0]
            }
        };
        Some(Val::object(ty.erase(), array))
    }

    /// `_array_grow_end!` and `_array_del_end!` of a vector.
    pub fn array_resize(&mut self, helper: usize, arguments: &[Val]) -> Option<Val> {
        self.array_type(&arguments[0]).filter(|ty| ty.n_dims == 1)?;
        let n = self.scalar(&arguments[1], self.cx.well_known().int64())?;
        let array = self.object(&arguments[0]);
        self.helper(helper, &[array, n]);
        Some(self.nothing())
    }

    /// `_array_grow_end!`: by one element within the memory there is, which `push!` wants, without a call. The slots
    /// behind the last element are clear.
    pub fn array_grow_end(&mut self, arguments: &[Val]) -> Option<Val> {
        let ty = self.array_type(&arguments[0]).filter(|ty| ty.n_dims == 1)?;
        let by_one = arguments[1].known().and_then(|n| tintype_runtime::values::boxes::as_int64(self.cx, n)) == Some(1);
        let size = i64::from(ty.memory.layout.tail_element_size);
        if !by_one || size == 0 {
            return self.array_resize(helpers::ARRAY_GROW_END, arguments);
        }
        let array = self.object(&arguments[0]);
        let length = self.dim(array, 0);
        let flags = self.array_flags("array memory");
        let memory = self.b.load(Type::Ref, flags, array, layout_consts::ARRAY_MEMORY);
        let region = self.m.region("memory length");
        let flags = MemFlags { invariant: true, region: Some(region) };
        let capacity = self.b.load(Type::I64, flags, memory, layout_consts::MEMORY_LENGTH);
        let flags = self.array_flags("array data");
        let data = self.b.load(Type::I64, flags, array, layout_consts::ARRAY_DATA);
        // In bytes from the memory's first element: where the array ends, and where the memory does.
        let start = self.b.bitcast(Type::I64, memory);
        let front = self.b.isub(data, start);
        let size = self.b.iconst(Type::I64, size);
        let used = self.b.imul(length, size);
        let used = self.b.iadd(front, used);
        let room = self.b.imul(capacity, size);
        let room = self.b.iadd_imm(room, i64::from(layout_consts::MEMORY_FIRST_ELEMENT));
        let has_room = self.b.icmp(IntCond::Ult, used, room);
        let (fast, slow, done) = (self.new_block(), self.new_block(), self.new_block());
        self.b.branch(has_room, fast, &[], slow, &[]);
        self.continue_in(fast);
        let longer = self.b.iadd_imm(length, 1);
        let flags = self.array_flags("array size");
        self.b.store(flags, longer, array, layout_consts::ARRAY_FIRST_DIM);
        self.b.jump(done, &[]);
        self.continue_in(slow);
        let one = self.b.iconst(Type::I64, 1);
        self.helper(helpers::ARRAY_GROW_END, &[array, one]);
        self.b.jump(done, &[]);
        self.continue_in(done);
        Some(self.nothing())
    }
}
