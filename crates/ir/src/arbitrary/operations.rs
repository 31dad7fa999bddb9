//! Random straight-line code: values, operations, memory.

use super::DATA_BYTES;
use super::body::BodyGenerator;
use super::random::Random;
use crate::function::{Inst, Value};
use crate::instruction::{BinaryOp, ConvertOp, FloatCond, InstData, IntCond, MemFlags, OverflowOp, UnaryOp};
use crate::module::{AliasRegion, DataId, SlotId};
use crate::types::Type;
use crate::typing;

/// Bytes of the stack slot for integers.
pub(super) const BYTES: u32 = 24;
/// Payload bytes of objects: a reference, an integer, a float, an integer.
const OBJECT_BYTES: u32 = 32;

const STACK: MemFlags = MemFlags { invariant: false, region: Some(AliasRegion::from_u32(1)) };
const DATA: MemFlags = MemFlags { invariant: false, region: Some(AliasRegion::from_u32(2)) };
const OBJECTS: MemFlags = MemFlags { invariant: false, region: Some(AliasRegion::from_u32(3)) };

impl BodyGenerator<'_, '_> {
    /// A value of the type: from the pool, a variable, or new.
    pub(super) fn value(&mut self, ty: Type) -> Value {
        let pooled: Vec<Value> = self.pool.iter().filter(|item| item.0 == ty).map(|item| item.1).collect();
        if !pooled.is_empty() && !self.random.one_in(4) {
            let recent = pooled.len().saturating_sub(12);
            return self.random.pick(&pooled[recent..]);
        }
        let variables: Vec<_> = self.variables.iter().filter(|item| item.1 == ty).map(|item| item.0).collect();
        if !variables.is_empty() && !self.random.one_in(3) {
            let variable = self.random.pick(&variables);
            return self.use_variable(variable);
        }
        let value = self.constant(ty);
        self.pool.push((ty, value));
        value
    }

    fn constant(&mut self, ty: Type) -> Value {
        match ty {
            Type::F32 => {
                let value = self.random.float() as f32;
                self.builder.f32const(value)
            }
            Type::F64 => {
                let value = self.random.float();
                self.builder.f64const(value)
            }
            Type::F16 => {
                let bits = self.builder.iconst(Type::I16, i64::from(self.random.next() as i16));
                self.builder.bitcast(Type::F16, bits)
            }
            Type::Ref if self.random.one_in(3) => self.builder.null(),
            Type::Ref => {
                let slot = self.random.below(self.module.slots.len() as u32);
                self.builder.slot_value(SlotId::from_u32(slot))
            }
            _ if ty.is_vector() => {
                let scalar = self.constant(ty.lane());
                self.builder.splat(ty, scalar)
            }
            _ => {
                let value = small_or_edge(self.random, ty.bits().min(64));
                self.builder.iconst(ty, value)
            }
        }
    }

    /// Makes the results of an instruction available.
    pub(super) fn push_results(&mut self, inst: Inst) {
        for &result in self.builder.inst_results(inst) {
            self.pool.push((self.builder.func.dfg.value_type(result), result));
        }
    }

    /// Appends the instruction if the configuration accepts it.
    fn insert(&mut self, data: InstData) {
        let mut first = None;
        data.visit_operands(|operand| first = first.or(Some(self.builder.value_type(operand))));
        if (self.config.accept)(&data, first.unwrap_or(Type::I64)) {
            let inst = self.builder.insert(data);
            self.push_results(inst);
        }
    }

    /// A type from the configuration that fits, if there is one.
    fn type_where(&mut self, fits: impl Fn(Type) -> bool) -> Option<Type> {
        let types: Vec<Type> = self.config.types.iter().copied().filter(|&ty| fits(ty)).collect();
        (!types.is_empty()).then(|| self.random.pick(&types))
    }

    /// One pure operation, or a call of a pure helper; its result counts, mostly.
    pub(super) fn operation(&mut self) {
        self.any_operation();
        if !self.random.one_in(3) {
            self.mix_newest();
        }
    }

    /// Mixes the newest value into the checksum.
    pub(super) fn mix_newest(&mut self) {
        if let Some(&(_, value)) = self.pool.last() {
            self.mix(value);
        }
    }

    /// Mixes a value into the checksum: all of it that is the same on every machine.
    pub(super) fn mix(&mut self, value: Value) {
        let number = self.number(value);
        let checksum = self.use_variable(self.checksum);
        let factor = self.builder.iconst(Type::I64, 31);
        let scaled = self.builder.imul(checksum, factor);
        let mixed = self.builder.iadd(scaled, number);
        self.define_variable(self.checksum, mixed);
    }

    /// The value as an `i64`.
    fn number(&mut self, value: Value) -> Value {
        match self.builder.value_type(value) {
            Type::I64 => value,
            Type::I128 => self.builder.ireduce(Type::I64, value),
            Type::I8 | Type::I16 | Type::I32 => self.builder.sextend(Type::I64, value),
            Type::F16 => {
                let wide = self.builder.fpromote(Type::F32, value);
                self.number(wide)
            }
            Type::F32 => {
                let value = self.without_nan(Type::F32, value);
                let bits = self.builder.bitcast(Type::I32, value);
                self.number(bits)
            }
            Type::F64 => {
                let value = self.without_nan(Type::F64, value);
                self.builder.bitcast(Type::I64, value)
            }
            Type::Ref => {
                let null = self.builder.null();
                let present = self.builder.icmp(IntCond::Ne, value, null);
                self.number(present)
            }
            vector => {
                let (_, count) = vector.lanes().expect("all scalars are above");
                let lane = self.random.below(count) as u8;
                let scalar = self.builder.extract_lane(value, lane);
                self.number(scalar)
            }
        }
    }

    fn any_operation(&mut self) {
        match self.random.below(24) {
            0..=2 => self.unary(),
            3..=9 => self.binary(),
            10 => self.overflow(),
            11 => {
                let Some(ty) = self.type_where(|ty| matches!(ty.lane(), Type::F32 | Type::F64)) else { return };
                let args = std::array::from_fn(|_| self.value(ty));
                self.insert(InstData::Fma(args));
            }
            12..=14 => self.conversion(),
            15..=16 => {
                let cond = self.random.pick(IntCond::ALL);
                let references = matches!(cond, IntCond::Eq | IntCond::Ne);
                let fits = |ty: Type| ty.lane().is_int() || references && ty == Type::Ref;
                let Some(ty) = self.type_where(fits) else { return };
                let args = [self.value(ty), self.value(ty)];
                self.insert(InstData::IntCompare(cond, args));
            }
            17 => {
                let Some(ty) = self.type_where(|ty| matches!(ty.lane(), Type::F32 | Type::F64)) else { return };
                let data = InstData::FloatCompare(self.random.pick(FloatCond::ALL), [self.value(ty), self.value(ty)]);
                self.insert(data);
            }
            18..=19 => {
                let ty = self.random.pick(&self.config.types);
                let data = InstData::Select([self.value(Type::I8), self.value(ty), self.value(ty)]);
                self.insert(data);
            }
            20..=21 => self.lane_operation(),
            22 => self.helper_call(),
            _ => self.machine_query(),
        }
    }

    fn unary(&mut self) {
        let op = self.random.pick(UnaryOp::ALL);
        let Some(ty) = self.type_where(|ty| typing::unary_takes(op, ty)) else { return };
        let arg = self.value(ty);
        self.insert(InstData::Unary(op, arg));
    }

    fn binary(&mut self) {
        let op = self.random.pick(BinaryOp::ALL);
        let Some(ty) = self.type_where(|ty| typing::binary_takes(op, ty)) else { return };
        let (a, mut b) = (self.value(ty), self.value(ty));
        if matches!(op, BinaryOp::Sdiv | BinaryOp::Udiv | BinaryOp::Srem | BinaryOp::Urem) {
            b = self.sound_divisor(ty, b);
        }
        if op == BinaryOp::Fcopysign {
            b = self.without_nan(ty, b);
        }
        let contract = self.config.contract && op.is_float() && self.random.one_in(2);
        self.insert(InstData::Binary { op, contract, args: [a, b] });
    }

    /// Neither zero nor minus one, whatever it was.
    fn sound_divisor(&mut self, ty: Type, divisor: Value) -> Value {
        if self.random.one_in(3) {
            let constant = [2, 3, 7, 10, 100, -2, -3, 64][self.random.below(8) as usize];
            return self.builder.iconst(ty, constant);
        }
        let one = self.builder.iconst(ty, 1);
        let positive = self.builder.ushr(divisor, one);
        self.builder.bor(positive, one)
    }

    /// The scalar float, or one if it is a NaN.
    fn without_nan(&mut self, ty: Type, value: Value) -> Value {
        let unordered = self.builder.fcmp(FloatCond::Unordered, value, value);
        let one = if ty == Type::F32 { self.builder.f32const(1.0) } else { self.builder.f64const(1.0) };
        self.builder.select(unordered, one, value)
    }

    fn overflow(&mut self) {
        let Some(ty) = self.type_where(Type::is_int) else { return };
        let data = InstData::Overflow(self.random.pick(OverflowOp::ALL), [self.value(ty), self.value(ty)]);
        self.insert(data);
    }

    fn conversion(&mut self) {
        let op = self.random.pick(ConvertOp::ALL);
        let pairs: Vec<(Type, Type)> = (self.config.types.iter())
            .flat_map(|&from| self.config.types.iter().map(move |&to| (from, to)))
            .filter(|&(from, to)| typing::converts(op, from, to) && shows_no_secret(op, from, to))
            .collect();
        if pairs.is_empty() {
            return;
        }
        let (from, ty) = self.random.pick(&pairs);
        let mut arg = self.value(from);
        if op == ConvertOp::Bitcast && from.is_float() {
            arg = self.without_nan(from, arg);
        }
        self.insert(InstData::Convert { op, ty, arg });
    }

    fn lane_operation(&mut self) {
        let Some(ty) = self.type_where(Type::is_vector) else { return };
        let (lane, count) = ty.lanes().expect("it is a vector");
        let index = self.random.below(count) as u8;
        let vector = self.value(ty);
        match self.random.one_in(2) {
            true => self.insert(InstData::ExtractLane(vector, index)),
            false => {
                let scalar = self.value(lane);
                self.insert(InstData::InsertLane([vector, scalar], index));
            }
        }
    }

    fn helper_call(&mut self) {
        if !self.config.helpers {
            return;
        }
        let known = &self.module.abi.well_known;
        let choices =
            [known.rounding[0], known.rounding[1], known.rounding[2], known.rounding[3], known.fma, known.frem];
        let helper = self.random.pick(&choices);
        let n_params = self.module.abi.helper(helper).signature.params.len();
        let args: Vec<Value> = (0..n_params).map(|_| self.value(Type::F64)).collect();
        let inst = self.builder.call_helper(&self.module.abi, helper, &args);
        self.push_results(inst);
    }

    /// What depends on the machine, in a form that does not show it.
    fn machine_query(&mut self) {
        let value = match self.random.one_in(2) {
            true => {
                let feature = self.builder.cpu_has("fma");
                let none = self.builder.iconst(Type::I8, 0);
                self.builder.band(feature, none)
            }
            false => {
                let task = self.builder.task();
                let word = self.builder.load(Type::I8, MemFlags::default(), task, self.module.abi.task.poll as i32);
                let none = self.builder.iconst(Type::I8, 0);
                self.builder.band(word, none)
            }
        };
        self.pool.push((Type::I8, value));
    }

    /// Writes every stack slot once.
    pub(super) fn initialize_slots(&mut self) {
        for index in 0..self.cells.1.len() {
            let value = self.value(self.cells.1[index]);
            let address = self.builder.stack_addr(self.cells.0, 16 * index as i32);
            self.builder.store(STACK, value, address, 0);
        }
        let address = self.builder.stack_addr(self.bytes, 0);
        for offset in (0..BYTES).step_by(8) {
            let value = self.value(Type::I64);
            self.builder.store(STACK, value, address, offset as i32);
        }
    }

    /// A read or a write.
    pub(super) fn memory_operation(&mut self) {
        match self.random.below(8) {
            0..=2 => self.cell_access(),
            3..=4 => {
                let address = self.builder.stack_addr(self.bytes, 0);
                self.integer_access(address, BYTES, STACK, true);
            }
            5 => {
                let writable = self.random.one_in(2);
                let address = self.builder.data_addr(DataId::from_u32(u32::from(writable)), 0);
                let flags = MemFlags { invariant: !writable, ..DATA };
                self.integer_access(address, DATA_BYTES, flags, writable);
            }
            _ if self.config.objects => self.object_operation(),
            _ => {}
        }
    }

    fn cell_access(&mut self) {
        let index = self.random.below(self.cells.1.len() as u32);
        let ty = self.cells.1[index as usize];
        let in_address = self.random.one_in(2);
        let (outer, inner) = if in_address { (16 * index as i32, 0) } else { (0, 16 * index as i32) };
        let address = self.builder.stack_addr(self.cells.0, outer);
        match self.random.one_in(2) {
            true => {
                let value = self.value(ty);
                self.builder.store(STACK, value, address, inner);
            }
            false => {
                let value = self.builder.load(ty, STACK, address, inner);
                self.pool.push((ty, value));
            }
        }
    }

    /// Integers of any size at any offset, which may be variable.
    fn integer_access(&mut self, mut address: Value, size: u32, flags: MemFlags, writable: bool) {
        let ty = self.random.pick(&[Type::I8, Type::I16, Type::I32, Type::I64]);
        let mut offset = self.random.below(size - ty.bytes() + 1);
        if self.random.one_in(3) {
            let index = self.value(Type::I64);
            let mask = self.builder.iconst(Type::I64, 7);
            let index = self.builder.band(index, mask);
            address = self.builder.iadd(address, index);
            offset %= size - ty.bytes() - 7 + 1;
        }
        if writable && self.random.one_in(2) {
            // The value may have a type that is in use for this store alone.
            let value = self.value(ty);
            self.builder.store(flags, value, address, offset as i32);
        } else {
            let value = self.builder.load(ty, flags, address, offset as i32);
            self.pool.push((ty, value));
        }
    }

    /// Allocates an object and fills it, or works with one.
    fn object_operation(&mut self) {
        if self.objects.is_empty() || self.random.one_in(3) {
            return self.allocate();
        }
        let object = self.random.pick(&self.objects);
        match self.random.below(8) {
            0 => drop(self.builder.safepoint()),
            1 => drop(self.builder.keep_alive(&[object])),
            2 => {
                let value = self.value(Type::Ref);
                let before = self.random.one_in(2);
                if before {
                    self.builder.barrier(object);
                }
                self.builder.store(OBJECTS, value, object, 0);
                if !before {
                    self.builder.barrier(object);
                }
            }
            3 => {
                let value = self.value(Type::F64);
                self.builder.store(OBJECTS, value, object, 16);
            }
            4 => {
                let value = self.value(Type::I64);
                self.builder.store(OBJECTS, value, object, 8);
            }
            5 => {
                // Through an address inside of the object.
                let address = self.builder.bitcast(Type::I64, object);
                let address = self.builder.iadd_imm(address, 24);
                let value = self.builder.load(Type::I64, OBJECTS, address, 0);
                self.pool.push((Type::I64, value));
            }
            _ => {
                let (ty, offset) =
                    self.random.pick(&[(Type::Ref, 0), (Type::I64, 8), (Type::F64, 16), (Type::I64, 24)]);
                let value = self.builder.load(ty, OBJECTS, object, offset);
                self.pool.push((ty, value));
            }
        }
    }

    fn allocate(&mut self) {
        let fields = [self.value(Type::Ref), self.value(Type::I64), self.value(Type::F64), self.value(Type::I64)];
        let type_object = self.builder.slot_value(SlotId::from_u32(0));
        let object = self.builder.alloc(type_object, OBJECT_BYTES);
        for (index, field) in fields.into_iter().enumerate() {
            self.builder.store(OBJECTS, field, object, 8 * index as i32);
        }
        self.objects.push(object);
        self.pool.push((Type::Ref, object));
    }
}

/// Whether the conversion shows neither an address nor the bits of a NaN that [`BodyGenerator::without_nan`] cannot
/// take out.
fn shows_no_secret(op: ConvertOp, from: Type, to: Type) -> bool {
    let nan_bits = from == Type::F16 || (from.is_vector() && from.lane().is_float());
    op != ConvertOp::Bitcast || !(from == Type::Ref || to == Type::Ref || nan_bits)
}

fn small_or_edge(random: &mut Random, width: u32) -> i64 {
    let signed = |value: i64| (value << (64 - width)) >> (64 - width);
    match random.below(6) {
        0 => signed(random.next() as i64),
        1 => signed(1 << (width - 1)),
        2 => signed(!(-1 << (width - 1))),
        3 => signed(1 << random.below(width)),
        _ => signed(i64::from(random.below(20)) - 4),
    }
}
