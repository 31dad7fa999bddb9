//! The interpreter: runs a verified module in simulated memory, as the reference for every optimisation and back end.
//!
//! Frames are on a stack of its own, so that deep programs end in an error and not in ours. Memory is checked
//! ([`Memory`]); helpers and slots are the [`Host`]'s. Where compiled code may do anything, as for memory that is not
//! there, the interpretation stops with an error. Collections never happen, undefined memory is zero, permission to
//! contract is not used, and addresses are the interpreter's own: programs to be compared must not let them show.

mod host;
mod memory;

use std::fmt;

use smallvec::SmallVec;

pub use host::{BareHost, Completion, Host};
pub use memory::{Fault, Memory};

use crate::entity::{EntityRef, PrimaryMap};
use crate::evaluate::{self, Bits, mask};
use crate::function::{Block, Function, Inst, Value};
use crate::instruction::{Callee, InstData, TrapCode};
use crate::module::{DataId, FuncId, Module};

/// How a run ended as the program says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned the results' bits.
    Returned(Vec<Bits>),
    /// An exception left the function: an object's address.
    Threw(u64),
    /// It stopped.
    Trapped(TrapCode),
}

/// Why a run ended otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The program accessed memory that is not there.
    Fault(Fault),
    /// The program called an address that is no function's.
    WrongAddress(u64),
    /// The step limit was reached.
    StepLimit,
    /// The depth limit was reached.
    DepthLimit,
    /// The host does not know what was called.
    Host(String),
}

/// Why, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterpretError {
    /// What happened.
    pub kind: ErrorKind,
    /// The function.
    pub function: String,
    /// The instruction.
    pub inst: Inst,
}

impl fmt::Display for InterpretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}: {}: ", self.function, self.inst)?;
        match &self.kind {
            ErrorKind::Fault(fault) => write!(f, "{fault}"),
            ErrorKind::WrongAddress(address) => write!(f, "call of {address:#x}, which is no function"),
            ErrorKind::StepLimit => write!(f, "too many steps"),
            ErrorKind::DepthLimit => write!(f, "too many nested calls"),
            ErrorKind::Host(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for InterpretError {}

/// Bytes of the task record, all zero at first.
const TASK_BYTES: u32 = 4096;
/// What function addresses have that no block of memory has.
const CODE_BIT: u64 = 1 << 63;

/// One function's activation.
struct Frame<'m> {
    id: FuncId,
    func: &'m Function,
    /// By value number.
    values: Vec<Bits>,
    /// The addresses of its stack slots.
    slots: SmallVec<[u64; 2]>,
    block: Block,
    /// Of the next instruction in the block.
    next: usize,
}

/// Runs functions of one module. Memory lives on from call to call.
pub struct Interpreter<'m, H> {
    module: &'m Module,
    /// The simulated memory: arguments may point into it.
    pub memory: Memory,
    /// The world outside.
    pub host: H,
    /// How many more instructions may run.
    pub steps_left: u64,
    /// How many calls may be nested.
    pub depth_limit: usize,
    data: PrimaryMap<DataId, u64>,
    task: u64,
    frames: Vec<Frame<'m>>,
}

/// What an instruction does with control.
enum Next {
    Continue,
    /// A call returned, or there was none: results go to the caller's instruction.
    Return(Values2),
    Throw(u64),
    Trap(TrapCode),
}

type Values2 = SmallVec<[Bits; 2]>;

impl<'m, H: Host> Interpreter<'m, H> {
    /// An interpreter for a module that passed [`verify_module`](crate::verify::verify_module); others may panic.
    pub fn new(module: &'m Module, host: H) -> Self {
        let mut memory = Memory::default();
        let task = memory.allocate(TASK_BYTES);
        let mut data = PrimaryMap::new();
        for decl in module.data.values() {
            let size = u32::try_from(decl.size).unwrap_or(u32::MAX);
            data.push(memory.allocate_with(decl.content.as_deref().unwrap_or_default(), size, decl.writable));
        }
        let (steps_left, depth_limit) = (u64::MAX, 10_000);
        Self { module, memory, host, steps_left, depth_limit, data, task, frames: Vec::new() }
    }

    /// The address of the task record.
    pub fn task(&self) -> u64 {
        self.task
    }

    /// The address a function has in the program.
    pub fn function_address(id: FuncId) -> u64 {
        CODE_BIT | (id.index() as u64) << 4
    }

    /// Runs a function on arguments that have its parameters' types.
    ///
    /// # Errors
    /// When the program did what has no defined meaning, or a limit was reached.
    ///
    /// # Panics
    /// When the number of arguments is wrong.
    pub fn call(&mut self, id: FuncId, args: &[Bits]) -> Result<Outcome, InterpretError> {
        assert_eq!(args.len(), self.module.functions[id].signature.params.len(), "arguments of {id}");
        for frame in std::mem::take(&mut self.frames) {
            self.leave(frame);
        }
        let mut next = match self.enter(id, args) {
            Ok(next) => next,
            Err(kind) => {
                let function = self.module.functions[id].name.clone();
                return Err(InterpretError { kind, function, inst: Inst::from_u32(0) });
            }
        };
        loop {
            next = match next {
                Next::Continue => self.step()?,
                Next::Return(results) => match self.frames.last().is_some() {
                    true => self.deliver(&results),
                    false => return Ok(Outcome::Returned(results.into_vec())),
                },
                Next::Throw(exception) => match self.unwind(exception) {
                    true => Next::Continue,
                    false => return Ok(Outcome::Threw(exception)),
                },
                Next::Trap(code) => return Ok(Outcome::Trapped(code)),
            };
        }
    }

    /// Begins a call: pushes a frame, or lets the host do it all.
    fn enter(&mut self, id: FuncId, args: &[Bits]) -> Result<Next, ErrorKind> {
        let module = self.module;
        let Some(func) = &module.functions[id].body else {
            let completion = self.host.import(module, &mut self.memory, id, args).map_err(ErrorKind::Host)?;
            return Ok(completed(completion));
        };
        if self.frames.len() >= self.depth_limit {
            return Err(ErrorKind::DepthLimit);
        }
        let slots = func.stack_slots.values().map(|slot| self.memory.allocate(slot.size)).collect();
        let mut values = vec![0; func.dfg.values.len()];
        let block = func.entry();
        for (&param, &arg) in func.dfg.params[block].iter().zip(args) {
            values[param.index()] = arg & mask(func.dfg.value_type(param).bits());
        }
        self.frames.push(Frame { id, func, values, slots, block, next: 0 });
        Ok(Next::Continue)
    }

    fn leave(&mut self, frame: Frame<'m>) {
        for slot in frame.slots {
            self.memory.free(slot);
        }
    }

    /// Gives a finished call's results to the instruction that waits for them in the innermost frame.
    fn deliver(&mut self, results: &[Bits]) -> Next {
        let frame = self.frames.last_mut().expect("a call came from a frame");
        let func = frame.func;
        let inst = func.layout.insts[frame.block][frame.next - 1];
        match &func.dfg.insts[inst] {
            InstData::TryCall { normal, .. } => frame.jump(normal.block, results, &normal.args),
            _ => frame.define(&func.dfg.results[inst], results),
        }
        Next::Continue
    }

    /// Goes to the innermost handler; whether there is one.
    fn unwind(&mut self, exception: u64) -> bool {
        while let Some(frame) = self.frames.last_mut() {
            let func = frame.func;
            let inst = func.layout.insts[frame.block][frame.next - 1];
            if let InstData::TryCall { catch, .. } = &func.dfg.insts[inst] {
                frame.jump(catch.block, &[Bits::from(exception)], &catch.args);
                return true;
            }
            let frame = self.frames.pop().expect("there is a last frame");
            self.leave(frame);
        }
        false
    }

    /// Runs the next instruction of the innermost frame.
    fn step(&mut self) -> Result<Next, InterpretError> {
        let frame = self.frames.last_mut().expect("a frame is running");
        let inst = frame.func.layout.insts[frame.block][frame.next];
        frame.next += 1;
        let (id, func) = (frame.id, frame.func);
        let kind = match self.steps_left.checked_sub(1) {
            None => ErrorKind::StepLimit,
            Some(left) => {
                self.steps_left = left;
                match self.execute(func, inst) {
                    Ok(next) => return Ok(next),
                    Err(kind) => kind,
                }
            }
        };
        Err(InterpretError { kind, function: self.module.functions[id].name.clone(), inst })
    }

    fn execute(&mut self, func: &'m Function, inst: Inst) -> Result<Next, ErrorKind> {
        let data = &func.dfg.insts[inst];
        if let Some(computed) = compute(func, data, |value| self.value(func, value)) {
            return Ok(match computed {
                Ok(results) => self.deliver(&results),
                Err(code) => Next::Trap(code),
            });
        }
        let result = match data {
            InstData::SlotValue(slot) => Bits::from(self.host.slot_value(&mut self.memory, *slot)),
            InstData::FuncAddr(id) => Bits::from(Self::function_address(*id)),
            InstData::DataAddr(data, offset) => Bits::from(moved(self.data[*data], *offset)),
            InstData::StackAddr(slot, offset) => {
                let frame = self.frames.last().expect("a frame is running");
                Bits::from(moved(frame.slots[slot.index()], *offset))
            }
            InstData::Task => Bits::from(self.task),
            InstData::CpuHas(feature) => Bits::from(self.host.cpu_has(feature)),
            InstData::Load { ty, base, offset, .. } => {
                let address = moved(self.value(func, *base) as u64, *offset);
                self.memory.load(address, ty.bytes()).map_err(ErrorKind::Fault)?
            }
            InstData::Store { args: [value, base], offset, .. } => {
                let address = moved(self.value(func, *base) as u64, *offset);
                let size = func.dfg.value_type(*value).bytes();
                self.memory.store(address, size, self.value(func, *value)).map_err(ErrorKind::Fault)?;
                return Ok(Next::Continue);
            }
            InstData::Alloc { type_object, size } => {
                let object = self.memory.allocate_object(*size);
                let header = moved(object, self.module.abi.object.header_offset);
                self.memory.store(header, 8, self.value(func, *type_object)).map_err(ErrorKind::Fault)?;
                Bits::from(object)
            }
            InstData::Barrier(_) | InstData::Safepoint | InstData::KeepAlive(_) => return Ok(Next::Continue),
            InstData::Call { callee, args } | InstData::TryCall { callee, args, .. } => {
                return self.call_callee(func, *callee, args);
            }
            _ => return Ok(self.terminate(func, data)),
        };
        Ok(self.deliver(&[result]))
    }

    /// Everything that ends a block, but calls.
    fn terminate(&mut self, func: &'m Function, data: &'m InstData) -> Next {
        let target = match data {
            InstData::Jump(target) => target,
            InstData::Branch { cond, then_dest, else_dest } => {
                if self.value(func, *cond) != 0 {
                    then_dest
                } else {
                    else_dest
                }
            }
            InstData::Switch { index, default, targets } => {
                targets.get(self.value(func, *index) as usize).unwrap_or(default)
            }
            InstData::Return(values) => {
                let results = values.iter().map(|&value| self.value(func, value)).collect();
                let frame = self.frames.pop().expect("a frame is running");
                self.leave(frame);
                return Next::Return(results);
            }
            InstData::Throw(exception) => return self.throw_here(func, *exception),
            InstData::Trap(code) => return Next::Trap(*code),
            other => unreachable!("{other:?} was executed before"),
        };
        let frame = self.frames.last_mut().expect("a frame is running");
        frame.jump(target.block, &[], &target.args);
        Next::Continue
    }

    /// A `throw` leaves its own function at once: only calls have handlers.
    fn throw_here(&mut self, func: &Function, exception: Value) -> Next {
        let exception = self.value(func, exception) as u64;
        let frame = self.frames.pop().expect("a frame is running");
        self.leave(frame);
        Next::Throw(exception)
    }

    fn call_callee(&mut self, func: &Function, callee: Callee, args: &[Value]) -> Result<Next, ErrorKind> {
        let args: SmallVec<[Bits; 8]> = args.iter().map(|&arg| self.value(func, arg)).collect();
        let id = match callee {
            Callee::Helper(helper) => {
                let completion = self.host.helper(self.module, &mut self.memory, helper, &args);
                return Ok(completed(completion.map_err(ErrorKind::Host)?));
            }
            Callee::Direct(id) => id,
            Callee::Indirect(sig, address) => {
                let address = self.value(func, address) as u64;
                let id = FuncId::new(((address & !CODE_BIT) >> 4) as usize & 0xffff_ffff);
                let known = address == Self::function_address(id)
                    && self.module.functions.get(id).is_some_and(|decl| decl.signature == func.dfg.signatures[sig]);
                if !known {
                    return Err(ErrorKind::WrongAddress(address));
                }
                id
            }
        };
        self.enter(id, &args)
    }

    fn value(&self, func: &Function, value: Value) -> Bits {
        self.frames.last().expect("a frame is running").values[func.dfg.resolve(value).index()]
    }
}

impl Frame<'_> {
    fn define(&mut self, defined: &[Value], values: &[Bits]) {
        for (&defined, &value) in defined.iter().zip(values) {
            self.values[defined.index()] = value & mask(self.func.dfg.value_type(defined).bits());
        }
    }

    /// Continues at a block; its parameters become the implicit values, then the arguments, all at once.
    fn jump(&mut self, block: Block, implicit: &[Bits], args: &[Value]) {
        let args = args.iter().map(|&arg| self.values[self.func.dfg.resolve(arg).index()]);
        let values: SmallVec<[Bits; 8]> = implicit.iter().copied().chain(args).collect();
        self.define(&self.func.dfg.params[block], &values);
        (self.block, self.next) = (block, 0);
    }
}

fn completed(completion: Completion) -> Next {
    match completion {
        Completion::Returned(results) => Next::Return(results),
        Completion::Threw(exception) => Next::Throw(exception),
    }
}

fn moved(address: u64, offset: i32) -> u64 {
    address.wrapping_add_signed(i64::from(offset))
}

/// The results of an instruction that depends on nothing but its operands, or its trap; `None` for all others.
///
/// Constant folding uses this too, with `value` giving the operands' known bits.
pub fn compute(
    func: &Function,
    data: &InstData,
    value: impl Fn(Value) -> Bits,
) -> Option<Result<SmallVec<[Bits; 2]>, TrapCode>> {
    let ty = |value: Value| func.dfg.value_type(value);
    let result = match *data {
        InstData::Iconst { ty, value } => evaluate::iconst(ty, value),
        InstData::F32const(bits) => Bits::from(bits),
        InstData::F64const(bits) => Bits::from(bits),
        InstData::Null => 0,
        InstData::Unary(op, arg) => evaluate::unary(op, ty(arg), value(arg)),
        InstData::Binary { op, args: [a, b], .. } => match evaluate::binary(op, ty(a), value(a), value(b)) {
            Ok(result) => result,
            Err(code) => return Some(Err(code)),
        },
        InstData::Overflow(op, [a, b]) => {
            let (wrapped, overflow) = evaluate::overflow(op, ty(a), value(a), value(b));
            return Some(Ok(SmallVec::from_slice(&[wrapped, Bits::from(overflow)])));
        }
        InstData::Fma([a, b, c]) => evaluate::fma(ty(a), value(a), value(b), value(c)),
        InstData::Convert { op, ty: to, arg } => evaluate::convert(op, ty(arg), to, value(arg)),
        InstData::IntCompare(cond, [a, b]) => evaluate::int_compare(cond, ty(a), value(a), value(b)),
        InstData::FloatCompare(cond, [a, b]) => evaluate::float_compare(cond, ty(a), value(a), value(b)),
        InstData::Select([cond, a, b]) => value(if value(cond) != 0 { a } else { b }),
        InstData::ExtractLane(arg, lane) => evaluate::lanes(ty(arg), value(arg)).nth(usize::from(lane))?,
        InstData::InsertLane([vector, scalar], lane) => {
            let lanes = evaluate::lanes(ty(vector), value(vector)).enumerate();
            let scalar = value(scalar);
            let replaced = lanes.map(|(index, old)| if index == usize::from(lane) { scalar } else { old });
            evaluate::from_lanes(ty(vector), replaced)
        }
        _ => return None,
    };
    Some(Ok(SmallVec::from_slice(&[result])))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::abi::RuntimeAbi;
    use crate::text::parse_module;

    /// Runs the first function of a text with one argument and small limits.
    fn run(text: &str, arg: Bits) -> Result<Outcome, ErrorKind> {
        let module = parse_module(text, Arc::new(RuntimeAbi::bare())).unwrap_or_else(|error| panic!("{error}"));
        crate::verify::verify_module(&module).unwrap_or_else(|errors| panic!("{}", errors[0]));
        let mut interpreter = Interpreter::new(&module, BareHost::default());
        (interpreter.steps_left, interpreter.depth_limit) = (1000, 50);
        interpreter.call(FuncId::new(0), &[arg]).map_err(|error| error.kind)
    }

    #[test]
    fn what_has_no_meaning_is_an_error() {
        let load = "function %f(i64) -> i64 { block0(v0: i64): v1 = load.i64 v0 return v1 }";
        let fault = Fault { address: 16, size: 8, write: false };
        assert_eq!(run(load, 16), Err(ErrorKind::Fault(fault)));
        let endless = "function %f(i64) { block0(v0: i64): jump block1 block1: jump block1 }";
        assert_eq!(run(endless, 0), Err(ErrorKind::StepLimit));
        let deep = "function %f(i64) { block0(v0: i64): call %f(v0) return }";
        assert_eq!(run(deep, 0), Err(ErrorKind::DepthLimit));
        let import = "function %f(i64) { block0(v0: i64): call %g() return } function %g() import";
        assert_eq!(run(import, 0), Err(ErrorKind::Host("import %g is not known".to_owned())));
        let indirect = "function %f(i64) { sig0 = () block0(v0: i64): call_indirect sig0, v0() return }";
        for address in [0, 16, u64::MAX, Interpreter::<BareHost>::function_address(FuncId::new(0))] {
            // The last is a function of another signature.
            assert_eq!(run(indirect, Bits::from(address)), Err(ErrorKind::WrongAddress(address)));
        }
    }

    #[test]
    fn a_stack_slot_ends_with_its_function() {
        let text = "function %f(i64) -> i64 { block0(v0: i64): v1 = call %g(v0) v2 = load.i64 v1 return v2 } \
                    function %g(i64) -> i64 { ss0 = 8, align 8 block0(v0: i64): v1 = stack_addr ss0 return v1 }";
        assert!(matches!(run(text, 0), Err(ErrorKind::Fault(_))));
    }

    #[test]
    fn an_interpreter_can_go_on_after_an_error() {
        let text = "function %f(i64) -> i64 { block0(v0: i64): v1 = load.i64 v0 return v1 }";
        let module = parse_module(text, Arc::new(RuntimeAbi::bare())).expect("parses");
        let mut interpreter = Interpreter::new(&module, BareHost::default());
        let id = FuncId::new(0);
        assert!(interpreter.call(id, &[0]).is_err());
        let address = interpreter.memory.allocate(8);
        interpreter.memory.store(address, 8, 7).expect("it is there");
        assert_eq!(interpreter.call(id, &[Bits::from(address)]), Ok(Outcome::Returned(vec![7])));
    }
}
