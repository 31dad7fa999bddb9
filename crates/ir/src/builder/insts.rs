//! One method per instruction, for [`FunctionBuilder`].

use super::FunctionBuilder;
use crate::abi::{HelperId, RuntimeAbi};
use crate::function::{Block, Inst, SigRef, StackSlot, Value, Values};
use crate::instruction::{
    BinaryOp, BlockCall, Callee, ConvertOp, FloatCond, InstData, IntCond, MemFlags, OverflowOp, TrapCode, UnaryOp,
};
use crate::module::{DataId, FuncId, Module, SlotId};
use crate::types::Type;

/// A method for each operation of one shape.
macro_rules! operations {
    (unary $($name:ident $op:ident $doc:literal),+ $(,)?) => {
        $(#[doc = $doc] pub fn $name(&mut self, arg: Value) -> Value { self.unary(UnaryOp::$op, arg) })+
    };
    (binary $($name:ident $op:ident $doc:literal),+ $(,)?) => {
        $(#[doc = $doc] pub fn $name(&mut self, a: Value, b: Value) -> Value { self.binary(BinaryOp::$op, a, b) })+
    };
    (overflow $($name:ident $op:ident $doc:literal),+ $(,)?) => {
        $(#[doc = $doc] pub fn $name(&mut self, a: Value, b: Value) -> (Value, Value) {
            self.overflow(OverflowOp::$op, a, b)
        })+
    };
    (convert $($name:ident $op:ident $doc:literal),+ $(,)?) => {
        $(#[doc = $doc] pub fn $name(&mut self, ty: Type, arg: Value) -> Value {
            self.convert(ConvertOp::$op, ty, arg)
        })+
    };
}

impl FunctionBuilder<'_> {
    fn value(&mut self, data: InstData) -> Value {
        let inst = self.insert(data);
        self.func.dfg.first_result(inst)
    }

    /// An integer constant, sign-extended to the type; it must lie in the type's signed range.
    pub fn iconst(&mut self, ty: Type, value: i64) -> Value {
        self.value(InstData::Iconst { ty, value })
    }

    /// An `f32` constant.
    pub fn f32const(&mut self, value: f32) -> Value {
        self.value(InstData::F32const(value.to_bits()))
    }

    /// An `f64` constant.
    pub fn f64const(&mut self, value: f64) -> Value {
        self.value(InstData::F64const(value.to_bits()))
    }

    /// The null reference.
    pub fn null(&mut self) -> Value {
        self.value(InstData::Null)
    }

    /// The object of a slot.
    pub fn slot_value(&mut self, slot: SlotId) -> Value {
        self.value(InstData::SlotValue(slot))
    }

    /// The address of a function's entry (`i64`).
    pub fn func_addr(&mut self, function: FuncId) -> Value {
        self.value(InstData::FuncAddr(function))
    }

    /// The address of data plus a byte offset (`i64`).
    pub fn data_addr(&mut self, data: DataId, offset: i32) -> Value {
        self.value(InstData::DataAddr(data, offset))
    }

    /// The address of a stack slot plus a byte offset (`i64`).
    pub fn stack_addr(&mut self, slot: StackSlot, offset: i32) -> Value {
        self.value(InstData::StackAddr(slot, offset))
    }

    /// The current task's address (`i64`).
    pub fn task(&mut self) -> Value {
        self.value(InstData::Task)
    }

    /// Whether the CPU has a feature (`i8`).
    pub fn cpu_has(&mut self, feature: &str) -> Value {
        self.value(InstData::CpuHas(feature.into()))
    }

    /// Any operation with one operand.
    pub fn unary(&mut self, op: UnaryOp, arg: Value) -> Value {
        self.value(InstData::Unary(op, arg))
    }

    /// Any operation with two operands, without contraction.
    pub fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        self.value(InstData::Binary { op, contract: false, args: [a, b] })
    }

    /// A float operation that may be contracted to a fused multiply-add.
    pub fn binary_contract(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        self.value(InstData::Binary { op, contract: true, args: [a, b] })
    }

    /// Any operation with an overflow flag: the wrapped value and the flag (`i8`).
    pub fn overflow(&mut self, op: OverflowOp, a: Value, b: Value) -> (Value, Value) {
        let inst = self.insert(InstData::Overflow(op, [a, b]));
        let results = &self.func.dfg.results[inst];
        (results[0], results[1])
    }

    /// Any conversion.
    pub fn convert(&mut self, op: ConvertOp, ty: Type, arg: Value) -> Value {
        self.value(InstData::Convert { op, ty, arg })
    }

    operations! { unary
        ineg Ineg "The negated integer.", bnot Bnot "All bits inverted.", clz Clz "Leading zeros.",
        ctz Ctz "Trailing zeros.", popcnt Popcnt "Bits set.", bswap Bswap "Bytes reversed.",
        bitrev Bitrev "Bits reversed.", fneg Fneg "The negated float.", fabs Fabs "The magnitude.",
        sqrt Sqrt "The square root.", ceil Ceil "Rounded up.", floor Floor "Rounded down.",
        trunc Trunc "Rounded towards zero.", nearest Nearest "Rounded to the nearest, ties to even.",
    }

    operations! { binary
        iadd Iadd "The wrapped sum.", isub Isub "The wrapped difference.", imul Imul "The wrapped product.",
        sdiv Sdiv "The signed quotient.", udiv Udiv "The unsigned quotient.", srem Srem "The signed remainder.",
        urem Urem "The unsigned remainder.", smulhi Smulhi "The upper half of the signed product.",
        umulhi Umulhi "The upper half of the unsigned product.", band Band "Bitwise and.", bor Bor "Bitwise or.",
        bxor Bxor "Bitwise exclusive or.", ishl Ishl "Shifted left.", ushr Ushr "Shifted right, zeros in.",
        sshr Sshr "Shifted right, signs in.", smin Smin "The signed minimum.", smax Smax "The signed maximum.",
        umin Umin "The unsigned minimum.", umax Umax "The unsigned maximum.", fadd Fadd "The float sum.",
        fsub Fsub "The float difference.", fmul Fmul "The float product.", fdiv Fdiv "The float quotient.",
        frem Frem "C's `fmod`.", fmin Fmin "The float minimum; NaN if either is.",
        fmax Fmax "The float maximum; NaN if either is.",
        fcopysign Fcopysign "Magnitude of the first, sign of the second.",
    }

    operations! { overflow
        sadd_overflow Sadd "Signed sum and overflow flag.", uadd_overflow Uadd "Unsigned sum and overflow flag.",
        ssub_overflow Ssub "Signed difference and overflow flag.",
        usub_overflow Usub "Unsigned difference and overflow flag.",
        smul_overflow Smul "Signed product and overflow flag.",
        umul_overflow Umul "Unsigned product and overflow flag.",
    }

    operations! { convert
        sextend Sextend "Widened with the sign.", uextend Uextend "Widened with zeros.",
        ireduce Ireduce "The low bits.", fcvt_from_sint FcvtFromSint "A signed integer as a float.",
        fcvt_from_uint FcvtFromUint "An unsigned integer as a float.",
        fcvt_to_sint_sat FcvtToSintSat "A float as a signed integer, saturating.",
        fcvt_to_uint_sat FcvtToUintSat "A float as an unsigned integer, saturating.",
        fpromote Fpromote "A wider float.", fdemote Fdemote "A narrower float.",
        bitcast Bitcast "The same bits as another type.", splat Splat "A scalar in every lane.",
    }

    /// `a * b + c` with one rounding.
    pub fn fma(&mut self, a: Value, b: Value, c: Value) -> Value {
        self.value(InstData::Fma([a, b, c]))
    }

    /// An integer or reference comparison.
    pub fn icmp(&mut self, cond: IntCond, a: Value, b: Value) -> Value {
        self.value(InstData::IntCompare(cond, [a, b]))
    }

    /// An integer comparison with a constant.
    pub fn icmp_imm(&mut self, cond: IntCond, a: Value, b: i64) -> Value {
        let b = self.iconst(self.value_type(a), b);
        self.icmp(cond, a, b)
    }

    /// The wrapped sum of a value and a constant.
    pub fn iadd_imm(&mut self, a: Value, b: i64) -> Value {
        let b = self.iconst(self.value_type(a), b);
        self.iadd(a, b)
    }

    /// A float comparison.
    pub fn fcmp(&mut self, cond: FloatCond, a: Value, b: Value) -> Value {
        self.value(InstData::FloatCompare(cond, [a, b]))
    }

    /// The second operand if the first (`i8`) is non-zero, else the third.
    pub fn select(&mut self, cond: Value, a: Value, b: Value) -> Value {
        self.value(InstData::Select([cond, a, b]))
    }

    /// One lane of a vector.
    pub fn extract_lane(&mut self, vector: Value, lane: u8) -> Value {
        self.value(InstData::ExtractLane(vector, lane))
    }

    /// A vector with one lane replaced.
    pub fn insert_lane(&mut self, vector: Value, lane: u8, scalar: Value) -> Value {
        self.value(InstData::InsertLane([vector, scalar], lane))
    }

    /// A load from `base + offset`.
    pub fn load(&mut self, ty: Type, flags: MemFlags, base: Value, offset: i32) -> Value {
        self.value(InstData::Load { ty, flags, base, offset })
    }

    /// A store to `base + offset`.
    pub fn store(&mut self, flags: MemFlags, value: Value, base: Value, offset: i32) -> Inst {
        self.insert(InstData::Store { flags, args: [value, base], offset })
    }

    /// A new object with undefined fields.
    pub fn alloc(&mut self, type_object: Value, size: u32) -> Value {
        self.value(InstData::Alloc { type_object, size })
    }

    /// A reference is about to be stored into the object.
    pub fn barrier(&mut self, object: Value) -> Inst {
        self.insert(InstData::Barrier(object))
    }

    /// The program may be stopped here.
    pub fn safepoint(&mut self) -> Inst {
        self.insert(InstData::Safepoint)
    }

    /// The values are alive up to here.
    pub fn keep_alive(&mut self, values: &[Value]) -> Inst {
        self.insert(InstData::KeepAlive(Values::from_slice(values)))
    }

    /// A call with results of the given types, which must be the callee's.
    pub fn call(&mut self, callee: Callee, args: &[Value], results: &[Type]) -> Inst {
        self.insert_with_results(InstData::Call { callee, args: Values::from_slice(args) }, results)
    }

    /// A call of a function of the module.
    pub fn call_direct(&mut self, module: &Module, function: FuncId, args: &[Value]) -> Inst {
        self.call(Callee::Direct(function), args, &module.functions[function].signature.results)
    }

    /// A call of a code address.
    pub fn call_indirect(&mut self, signature: SigRef, address: Value, args: &[Value]) -> Inst {
        let results = self.func.dfg.signatures[signature].results.clone();
        self.call(Callee::Indirect(signature, address), args, &results)
    }

    /// A call of a helper.
    pub fn call_helper(&mut self, abi: &RuntimeAbi, helper: HelperId, args: &[Value]) -> Inst {
        self.call(Callee::Helper(helper), args, &abi.helper(helper).signature.results)
    }

    /// The results of an instruction.
    pub fn inst_results(&self, inst: Inst) -> &[Value] {
        &self.func.dfg.results[inst]
    }

    /// Go to a block.
    pub fn jump(&mut self, block: Block, args: &[Value]) -> Inst {
        self.insert(InstData::Jump(block_call(block, args)))
    }

    /// Go to the first block if the condition (`i8`) is non-zero, else to the second.
    pub fn branch(
        &mut self,
        cond: Value,
        then_block: Block,
        then_args: &[Value],
        else_block: Block,
        else_args: &[Value],
    ) -> Inst {
        let (then_dest, else_dest) = (block_call(then_block, then_args), block_call(else_block, else_args));
        self.insert(InstData::Branch { cond, then_dest, else_dest })
    }

    /// Go to the target at the index (`i32`, unsigned), or to the default.
    pub fn switch(&mut self, index: Value, default: BlockCall, targets: Vec<BlockCall>) -> Inst {
        self.insert(InstData::Switch { index, default, targets })
    }

    /// Return values.
    pub fn ret(&mut self, values: &[Value]) -> Inst {
        self.insert(InstData::Return(Values::from_slice(values)))
    }

    /// A call that catches: the callee's results come before `normal`'s own arguments, the exception before `catch`'s.
    pub fn try_call(&mut self, callee: Callee, args: &[Value], normal: BlockCall, catch: BlockCall) -> Inst {
        self.insert(InstData::TryCall { callee, args: Values::from_slice(args), normal, catch })
    }

    /// Throw the object.
    pub fn throw(&mut self, exception: Value) -> Inst {
        self.insert(InstData::Throw(exception))
    }

    /// Stop, or never come here.
    pub fn trap(&mut self, code: TrapCode) -> Inst {
        self.insert(InstData::Trap(code))
    }
}

/// A branch target with arguments.
pub fn block_call(block: Block, args: &[Value]) -> BlockCall {
    BlockCall { block, args: Values::from_slice(args) }
}
