//! The compact binary form of bodies: what a method keeps in the heap and in images.
//!
//! Numbers are LEB128; an operand is one number, its kind in the low two bits; an operation is a tag byte and its
//! operands. Reading checks every count against the bytes that are left, so damaged input gives an error, never a panic
//! or an absurd allocation. The form holds no values: literals travel beside it.

use std::sync::Arc;

use crate::body::{Body, LineInfo, Op, Operand, SlotInfo, Statement};
use crate::typed::{TypeRef, TypedBody};

/// Why bytes are not a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes end in the middle of something.
    Truncated,
    /// A number does not fit where it stands.
    Overflow,
    /// No operation, operand or type reference has this tag.
    BadTag(u8),
    /// A name is not UTF-8.
    BadText,
    /// Bytes are left over.
    TrailingBytes,
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DecodeError::Truncated => write!(f, "encoded body is cut short"),
            DecodeError::Overflow => write!(f, "number in encoded body is too large"),
            DecodeError::BadTag(tag) => write!(f, "unknown tag {tag} in encoded body"),
            DecodeError::BadText => write!(f, "name in encoded body is not UTF-8"),
            DecodeError::TrailingBytes => write!(f, "bytes after the end of encoded body"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The bytes of a body.
pub fn encode(body: &Body) -> Vec<u8> {
    let mut w = Writer::default();
    w.body(body);
    w.bytes
}

/// The body these bytes are. The result is well-formed as data; [`crate::verify`] says whether it makes sense.
pub fn decode(bytes: &[u8]) -> Result<Body, DecodeError> {
    let mut r = Reader { bytes, at: 0 };
    let body = r.body()?;
    r.finish()?;
    Ok(body)
}

/// The bytes of an inferred body.
pub fn encode_typed(typed: &TypedBody) -> Vec<u8> {
    let mut w = Writer::default();
    w.body(&typed.body);
    w.list(&typed.statement_types, |w, t| w.type_ref(*t));
    w.list(&typed.slot_types, |w, t| w.type_ref(*t));
    w.type_ref(typed.return_type);
    w.byte(u8::from(typed.removable));
    w.bytes
}

/// The inferred body these bytes are.
pub fn decode_typed(bytes: &[u8]) -> Result<TypedBody, DecodeError> {
    let mut r = Reader { bytes, at: 0 };
    let body = r.body()?;
    let statement_types = r.list(Reader::type_ref)?;
    let slot_types = r.list(Reader::type_ref)?;
    let return_type = r.type_ref()?;
    let removable = r.flag()?;
    r.finish()?;
    Ok(TypedBody { body, statement_types, slot_types, return_type, removable })
}

/// Tags of operations. Frozen: images hold them.
mod tag {
    pub const COPY: u8 = 0;
    pub const GET_SLOT: u8 = 1;
    pub const SET_SLOT: u8 = 2;
    pub const SLOT_DEFINED: u8 = 3;
    pub const CLEAR_SLOT: u8 = 4;
    pub const GET_GLOBAL: u8 = 5;
    pub const SET_GLOBAL: u8 = 6;
    pub const GLOBAL_DEFINED: u8 = 7;
    pub const CALL: u8 = 8;
    pub const NEW: u8 = 9;
    pub const SPLAT_NEW: u8 = 10;
    pub const GOTO: u8 = 11;
    pub const GOTO_IF_NOT: u8 = 12;
    pub const RETURN: u8 = 13;
    pub const ENTER_TRY: u8 = 14;
    pub const LEAVE_TRY: u8 = 15;
    pub const CURRENT_EXCEPTION: u8 = 16;
    pub const POP_EXCEPTION: u8 = 17;
    pub const DECLARE_CONST: u8 = 18;
    pub const DECLARE_GLOBAL: u8 = 19;
    pub const DEFINE_FUNCTION: u8 = 20;
    pub const DEFINE_METHOD: u8 = 21;
    pub const INVOKE: u8 = 22;
    pub const INTRINSIC: u8 = 23;
    pub const BUILTIN: u8 = 24;
    pub const BOUNDS_CHECK: u8 = 25;
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.byte(n as u8 | 0x80);
            n >>= 7;
        }
        self.byte(n as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| each(self, item));
    }

    fn operand(&mut self, operand: Operand) {
        let (kind, index) = match operand {
            Operand::Result(i) => (0, i),
            Operand::Literal(i) => (1, i),
            Operand::StaticParam(i) => (2, i),
        };
        self.number(u64::from(index) << 2 | kind);
    }

    fn type_ref(&mut self, t: TypeRef) {
        match t {
            TypeRef::Bottom => self.number(0),
            TypeRef::Type(i) => self.number(u64::from(i) << 2 | 1),
            TypeRef::Const(i) => self.number(u64::from(i) << 2 | 2),
        }
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::Copy(a) => self.tagged(tag::COPY, &[], Some(*a)),
            Op::GetSlot(s) => self.tagged(tag::GET_SLOT, &[*s], None),
            Op::SetSlot(s, a) => self.tagged(tag::SET_SLOT, &[*s], Some(*a)),
            Op::SlotDefined(s) => self.tagged(tag::SLOT_DEFINED, &[*s], None),
            Op::ClearSlot(s) => self.tagged(tag::CLEAR_SLOT, &[*s], None),
            Op::GetGlobal(l) => self.tagged(tag::GET_GLOBAL, &[*l], None),
            Op::SetGlobal(l, a) => self.tagged(tag::SET_GLOBAL, &[*l], Some(*a)),
            Op::GlobalDefined(l) => self.tagged(tag::GLOBAL_DEFINED, &[*l], None),
            Op::Call(args) => self.variadic(tag::CALL, None, args),
            Op::New(args) => self.variadic(tag::NEW, None, args),
            Op::SplatNew(a, b) => {
                self.tagged(tag::SPLAT_NEW, &[], Some(*a));
                self.operand(*b);
            }
            Op::Goto(to) => self.tagged(tag::GOTO, &[*to], None),
            Op::GotoIfNot(a, to) => self.tagged(tag::GOTO_IF_NOT, &[*to], Some(*a)),
            Op::Return(a) => self.tagged(tag::RETURN, &[], Some(*a)),
            Op::EnterTry(to) => self.tagged(tag::ENTER_TRY, &[*to], None),
            Op::LeaveTry(n) => self.tagged(tag::LEAVE_TRY, &[*n], None),
            Op::CurrentException => self.byte(tag::CURRENT_EXCEPTION),
            Op::BoundsCheck => self.byte(tag::BOUNDS_CHECK),
            Op::PopException => self.byte(tag::POP_EXCEPTION),
            Op::DeclareConst(l, a) => self.tagged(tag::DECLARE_CONST, &[*l], Some(*a)),
            Op::DeclareGlobal(l) => self.tagged(tag::DECLARE_GLOBAL, &[*l], None),
            Op::DefineFunction(l) => self.tagged(tag::DEFINE_FUNCTION, &[*l], None),
            Op::DefineMethod(a, l) => self.tagged(tag::DEFINE_METHOD, &[*l], Some(*a)),
            Op::Invoke(l, args) => self.variadic(tag::INVOKE, Some(*l), args),
            Op::Intrinsic(n, args) => self.variadic(tag::INTRINSIC, Some(u32::from(*n)), args),
            Op::Builtin(n, args) => self.variadic(tag::BUILTIN, Some(u32::from(*n)), args),
        }
    }

    fn tagged(&mut self, tag: u8, numbers: &[u32], operand: Option<Operand>) {
        self.byte(tag);
        numbers.iter().for_each(|n| self.number(u64::from(*n)));
        if let Some(operand) = operand {
            self.operand(operand);
        }
    }

    fn variadic(&mut self, tag: u8, number: Option<u32>, args: &[Operand]) {
        self.byte(tag);
        if let Some(number) = number {
            self.number(u64::from(number));
        }
        self.list(args, |w, a| w.operand(*a));
    }

    fn body(&mut self, body: &Body) {
        self.text(&body.name);
        self.number(u64::from(body.n_params));
        let inline = match body.inline {
            None => 0,
            Some(false) => 2,
            Some(true) => 4,
        };
        self.byte(
            u8::from(body.is_vararg) | inline | u8::from(body.propagate_inbounds) << 3 | u8::from(body.generated) << 4,
        );
        self.list(&body.slots, |w, slot| {
            w.text(&slot.name);
            w.byte(u8::from(slot.maybe_undefined) | u8::from(slot.assigned) << 1 | u8::from(slot.no_specialize) << 2);
        });
        self.list(&body.static_params, |w, name| w.text(name));
        self.list(&body.statements, |w, statement| {
            w.op(&statement.op);
            w.number(u64::from(statement.line));
        });
        self.list(&body.lines, |w, line| {
            w.text(&line.function);
            w.text(&line.file);
            w.number(u64::from(line.line) << 1 | u64::from(line.inbounds));
            w.number(line.inlined_at.map_or(0, |at| u64::from(at) + 1));
        });
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn finish(&self) -> Result<(), DecodeError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(DecodeError::TrailingBytes) }
    }

    fn byte(&mut self) -> Result<u8, DecodeError> {
        let byte = *self.bytes.get(self.at).ok_or(DecodeError::Truncated)?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(DecodeError::Overflow)
    }

    fn index(&mut self) -> Result<u32, DecodeError> {
        u32::try_from(self.number()?).map_err(|_| DecodeError::Overflow)
    }

    fn flag(&mut self) -> Result<bool, DecodeError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            tag => Err(DecodeError::BadTag(tag)),
        }
    }

    fn text(&mut self) -> Result<Arc<str>, DecodeError> {
        let length = self.number()?;
        let end = usize::try_from(length).ok().and_then(|n| self.at.checked_add(n));
        let bytes = end.and_then(|end| self.bytes.get(self.at..end)).ok_or(DecodeError::Truncated)?;
        self.at += bytes.len();
        Ok(std::str::from_utf8(bytes).map_err(|_| DecodeError::BadText)?.into())
    }

    /// A counted list. Every item takes at least one byte, so a count beyond what is left is an error at once.
    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Result<T, DecodeError>) -> Result<Vec<T>, DecodeError> {
        let count = self.number()?;
        if count > (self.bytes.len() - self.at) as u64 {
            return Err(DecodeError::Truncated);
        }
        (0..count).map(|_| each(self)).collect()
    }

    fn operand(&mut self) -> Result<Operand, DecodeError> {
        let n = self.number()?;
        let index = u32::try_from(n >> 2).map_err(|_| DecodeError::Overflow)?;
        match n & 3 {
            0 => Ok(Operand::Result(index)),
            1 => Ok(Operand::Literal(index)),
            2 => Ok(Operand::StaticParam(index)),
            _ => Err(DecodeError::BadTag(3)),
        }
    }

    fn operands(&mut self) -> Result<Box<[Operand]>, DecodeError> {
        Ok(self.list(Reader::operand)?.into())
    }

    fn type_ref(&mut self) -> Result<TypeRef, DecodeError> {
        let n = self.number()?;
        let index = u32::try_from(n >> 2).map_err(|_| DecodeError::Overflow)?;
        match n & 3 {
            0 => Ok(TypeRef::Bottom),
            1 => Ok(TypeRef::Type(index)),
            2 => Ok(TypeRef::Const(index)),
            _ => Err(DecodeError::BadTag(3)),
        }
    }

    fn code_number(&mut self) -> Result<u16, DecodeError> {
        u16::try_from(self.number()?).map_err(|_| DecodeError::Overflow)
    }

    fn op(&mut self) -> Result<Op, DecodeError> {
        Ok(match self.byte()? {
            tag::COPY => Op::Copy(self.operand()?),
            tag::GET_SLOT => Op::GetSlot(self.index()?),
            tag::SET_SLOT => Op::SetSlot(self.index()?, self.operand()?),
            tag::SLOT_DEFINED => Op::SlotDefined(self.index()?),
            tag::CLEAR_SLOT => Op::ClearSlot(self.index()?),
            tag::GET_GLOBAL => Op::GetGlobal(self.index()?),
            tag::SET_GLOBAL => Op::SetGlobal(self.index()?, self.operand()?),
            tag::GLOBAL_DEFINED => Op::GlobalDefined(self.index()?),
            tag::CALL => Op::Call(self.operands()?),
            tag::NEW => Op::New(self.operands()?),
            tag::SPLAT_NEW => Op::SplatNew(self.operand()?, self.operand()?),
            tag::GOTO => Op::Goto(self.index()?),
            tag::GOTO_IF_NOT => {
                let to = self.index()?;
                Op::GotoIfNot(self.operand()?, to)
            }
            tag::RETURN => Op::Return(self.operand()?),
            tag::ENTER_TRY => Op::EnterTry(self.index()?),
            tag::LEAVE_TRY => Op::LeaveTry(self.index()?),
            tag::CURRENT_EXCEPTION => Op::CurrentException,
            tag::BOUNDS_CHECK => Op::BoundsCheck,
            tag::POP_EXCEPTION => Op::PopException,
            tag::DECLARE_CONST => Op::DeclareConst(self.index()?, self.operand()?),
            tag::DECLARE_GLOBAL => Op::DeclareGlobal(self.index()?),
            tag::DEFINE_FUNCTION => Op::DefineFunction(self.index()?),
            tag::DEFINE_METHOD => {
                let method = self.index()?;
                Op::DefineMethod(self.operand()?, method)
            }
            tag::INVOKE => Op::Invoke(self.index()?, self.operands()?),
            tag::INTRINSIC => Op::Intrinsic(self.code_number()?, self.operands()?),
            tag::BUILTIN => Op::Builtin(self.code_number()?, self.operands()?),
            other => return Err(DecodeError::BadTag(other)),
        })
    }

    fn body(&mut self) -> Result<Body, DecodeError> {
        let name = self.text()?;
        let n_params = self.index()?;
        let flags = self.byte()?;
        let inline = match flags & 6 {
            0 => None,
            2 => Some(false),
            4 => Some(true),
            _ => return Err(DecodeError::BadTag(flags)),
        };
        let slots = self.list(|r| {
            let name = r.text()?;
            let flags = r.byte()?;
            Ok(SlotInfo {
                name,
                maybe_undefined: flags & 1 != 0,
                assigned: flags & 2 != 0,
                no_specialize: flags & 4 != 0,
            })
        })?;
        let static_params = self.list(Reader::text)?;
        let statements = self.list(|r| Ok(Statement { op: r.op()?, line: r.index()? }))?;
        let lines = self.list(|r| {
            let function = r.text()?;
            let file = r.text()?;
            let coded = r.number()?;
            let line = u32::try_from(coded >> 1).map_err(|_| DecodeError::Overflow)?;
            let inlined_at = r.index()?.checked_sub(1);
            Ok(LineInfo { function, file, line, inlined_at, inbounds: coded & 1 != 0 })
        })?;
        let is_vararg = flags & 1 != 0;
        let propagate_inbounds = flags & 8 != 0;
        let generated = flags & 16 != 0;
        Ok(Body {
            name,
            n_params,
            is_vararg,
            slots,
            static_params,
            statements,
            lines,
            inline,
            propagate_inbounds,
            generated,
        })
    }
}
