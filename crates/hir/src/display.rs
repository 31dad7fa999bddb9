//! The text form of bodies and literals, for debugging and for expectation tests. It is written, never read back.

use crate::body::{Body, Op, Operand};
use crate::literal::{Literal, Lowered, ModuleRef};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Result(i) => write!(f, "%{i}"),
            Operand::Literal(i) => write!(f, "lit{i}"),
            Operand::StaticParam(i) => write!(f, "sparam{i}"),
        }
    }
}

impl Display for ModuleRef {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            ModuleRef::Current => f.write_str("current"),
            ModuleRef::Core => f.write_str("Core"),
            ModuleRef::Base => f.write_str("Base"),
            ModuleRef::Pool(i) => write!(f, "lit{i}"),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Nothing => f.write_str("nothing"),
            Literal::Bool(b) => write!(f, "{b}"),
            Literal::Int64(i) => write!(f, "{i}"),
            Literal::Int128(i) => write!(f, "{i}i128"),
            Literal::Unsigned(u, bits) => write!(f, "{u:#x}u{bits}"),
            Literal::Float64(bits) => write!(f, "{:?}", f64::from_bits(*bits)),
            Literal::Float32(bits) => write!(f, "{:?}f32", f32::from_bits(*bits)),
            Literal::Char(c) => match char::from_u32(*c) {
                Some(c) => write!(f, "{c:?}"),
                None => write!(f, "'\\u{{{c:x}}}'"),
            },
            Literal::String(bytes) => write!(f, "{:?}", String::from_utf8_lossy(bytes)),
            Literal::Symbol(name) => write!(f, ":{name}"),
            Literal::Global(ModuleRef::Current, name) => f.write_str(name),
            Literal::Global(module, name) => write!(f, "{module}.{name}"),
            Literal::Module(module) => write!(f, "module {module}"),
            Literal::Expr(head, args) => {
                write!(f, "(:{head}")?;
                args.iter().try_for_each(|arg| write!(f, " {arg}"))?;
                f.write_char(')')
            }
            Literal::Quote(inner) => write!(f, "quote {inner}"),
            Literal::LineNumber(line, file) => write!(f, "line {file}:{line}"),
            Literal::Method(lowered) => write!(f, "method {}", lowered.body.name),
            Literal::Host(i) => write!(f, "host{i}"),
        }
    }
}

/// A body and, when known, its literals, written with names in place of numbers.
struct Dump<'a> {
    body: &'a Body,
    literals: Option<&'a [Literal]>,
}

impl Dump<'_> {
    fn literal(&self, index: u32) -> String {
        let known = self.literals.and_then(|literals| literals.get(index as usize));
        known.map_or_else(|| format!("lit{index}"), ToString::to_string)
    }

    fn operand(&self, operand: Operand) -> String {
        match operand {
            Operand::Literal(i) => self.literal(i),
            Operand::StaticParam(i) => {
                self.body.static_params.get(i as usize).map_or_else(|| operand.to_string(), |name| format!("${name}"))
            }
            Operand::Result(_) => operand.to_string(),
        }
    }

    fn slot(&self, slot: u32) -> String {
        match self.body.slots.get(slot as usize) {
            Some(info) if !info.name.is_empty() => info.name.to_string(),
            _ => format!("slot{slot}"),
        }
    }

    fn list(&self, args: &[Operand]) -> String {
        args.iter().map(|a| self.operand(*a)).collect::<Vec<_>>().join(", ")
    }

    fn op(&self, op: &Op) -> String {
        match op {
            Op::Copy(a) => self.operand(*a),
            Op::GetSlot(s) => format!("get {}", self.slot(*s)),
            Op::SetSlot(s, a) => format!("{} = {}", self.slot(*s), self.operand(*a)),
            Op::SlotDefined(s) => format!("isdefined {}", self.slot(*s)),
            Op::ClearSlot(s) => format!("clear {}", self.slot(*s)),
            Op::GetGlobal(l) => format!("global {}", self.literal(*l)),
            Op::SetGlobal(l, a) => format!("global {} = {}", self.literal(*l), self.operand(*a)),
            Op::GlobalDefined(l) => format!("isdefined global {}", self.literal(*l)),
            Op::Call(args) => match args.split_first() {
                Some((f, rest)) => format!("call {}({})", self.operand(*f), self.list(rest)),
                None => "call".into(),
            },
            Op::New(args) => format!("new {}", self.list(args)),
            Op::SplatNew(t, args) => format!("splatnew {}, {}", self.operand(*t), self.operand(*args)),
            Op::Goto(to) => format!("goto %{to}"),
            Op::GotoIfNot(a, to) => format!("unless {} goto %{to}", self.operand(*a)),
            Op::Return(a) => format!("return {}", self.operand(*a)),
            Op::EnterTry(to) => format!("try, catch %{to}"),
            Op::LeaveTry(n) => format!("leave {n}"),
            Op::CurrentException => "exception".into(),
            Op::BoundsCheck => "boundscheck".into(),
            Op::PopException => "pop exception".into(),
            Op::DeclareConst(l, a) => format!("const {} = {}", self.literal(*l), self.operand(*a)),
            Op::DeclareGlobal(l) => format!("declare global {}", self.literal(*l)),
            Op::DefineFunction(l) => format!("function {}", self.literal(*l)),
            Op::DefineMethod(sig, l) => format!("define {} for {}", self.literal(*l), self.operand(*sig)),
            Op::Invoke(l, args) => format!("invoke {}({})", self.literal(*l), self.list(args)),
            Op::Intrinsic(n, args) => format!("intrinsic {n}({})", self.list(args)),
            Op::Builtin(n, args) => format!("builtin {n}({})", self.list(args)),
        }
    }
}

impl Display for Dump<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let body = self.body;
        let params: Vec<_> = (0..body.n_params).map(|s| self.slot(s)).collect();
        write!(f, "body {}({}{})", body.name, params.join(", "), if body.is_vararg { "..." } else { "" })?;
        if !body.static_params.is_empty() {
            write!(f, " where {}", body.static_params.join(", "))?;
        }
        match body.inline {
            Some(true) => f.write_str(" inline")?,
            Some(false) => f.write_str(" noinline")?,
            None => {}
        }
        f.write_char('\n')?;
        for (at, statement) in body.statements.iter().enumerate() {
            writeln!(f, "  %{at}: {}", self.op(&statement.op))?;
        }
        Ok(())
    }
}

impl Display for Body {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Dump { body: self, literals: None }.fmt(f)
    }
}

impl Display for Lowered {
    /// The body, then the bodies of the methods it defines.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Dump { body: &self.body, literals: Some(&self.literals) }.fmt(f)?;
        for literal in &self.literals {
            if let Literal::Method(inner) = literal {
                Display::fmt(inner, f)?;
            }
        }
        Ok(())
    }
}
