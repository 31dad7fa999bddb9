//! Printing. Operands are printed behind aliases; everything else as it is, valid or not.

use std::fmt::{self, Display, Formatter, Write as _};

use super::lexer::is_name_char;
use crate::abi::HelperId;
use crate::function::{Block, Function, Inst, Scope, Value};
use crate::instruction::{BlockCall, Callee, InstData, MemFlags};
use crate::module::{FuncId, Linkage, Module, SlotKind};
use crate::types::{CallConv, Signature};

/// A whole module, as [`parse_module`](super::parse_module) reads it.
pub fn print_module(module: &Module) -> String {
    ModulePrinter(module).to_string()
}

/// One function with the module's names, as it appears in [`print_module`].
pub fn print_function(module: &Module, func: &Function) -> String {
    let linkage = module.functions.values().find(|decl| decl.name == func.name).map(|decl| decl.linkage);
    let mut text = String::new();
    write_function(&mut text, Some(module), func, linkage.unwrap_or(Linkage::Local)).expect("strings accept writes");
    text
}

/// One instruction, without results and position; with names if a module is given.
pub fn display_inst<'a>(module: Option<&'a Module>, func: &'a Function, inst: Inst) -> impl Display + 'a {
    InstPrinter { module, func, inst }
}

/// The text format; without the module, functions and helpers appear by number.
impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_function(f, None, self, Linkage::Local)
    }
}

struct ModulePrinter<'a>(&'a Module);

impl Display for ModulePrinter<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let module = self.0;
        writeln!(f, "module {}", Quoted(&module.name))?;
        for (id, slot) in module.slots.iter() {
            match slot.kind {
                SlotKind::Single => writeln!(f, "slot {id} {} single", Quoted(&slot.name))?,
                SlotKind::Context { index } => writeln!(f, "slot {id} {} context {index}", Quoted(&slot.name))?,
            }
        }
        for (id, data) in module.data.iter() {
            write!(f, "data {id} {} size={} align={}", Quoted(&data.name), data.size, data.align)?;
            f.write_str(if data.writable { " writable" } else { "" })?;
            if let Some(content) = &data.content {
                f.write_str(" bytes \"")?;
                content.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_char('"')?;
            }
            writeln!(f)?;
        }
        for (id, name) in module.regions.iter().skip(1) {
            writeln!(f, "region {id} {}", Quoted(name))?;
        }
        for decl in module.functions.values() {
            writeln!(f)?;
            match &decl.body {
                Some(body) => write_function(f, Some(module), body, decl.linkage)?,
                None => {
                    write_header(f, &decl.name, &decl.signature, decl.linkage)?;
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}

fn write_header(f: &mut impl fmt::Write, name: &str, signature: &Signature, linkage: Linkage) -> fmt::Result {
    write!(f, "function {}{}", Name(name), SignatureText(signature))?;
    match linkage {
        Linkage::Local => Ok(()),
        Linkage::Table(id) => write!(f, " table {id}"),
        Linkage::Import => write!(f, " import"),
    }
}

fn write_function(f: &mut impl fmt::Write, module: Option<&Module>, func: &Function, linkage: Linkage) -> fmt::Result {
    write_header(f, &func.name, &func.signature, linkage)?;
    writeln!(f, " {{")?;
    for (slot, data) in func.stack_slots.iter() {
        writeln!(f, "    {slot} = {}, align {}", data.size, data.align)?;
    }
    for (sig, signature) in func.dfg.signatures.iter() {
        writeln!(f, "    {sig} = {}", SignatureText(signature))?;
    }
    for (param, bytes) in &func.readable {
        writeln!(f, "    readable {param} = {bytes}")?;
    }
    for (scope, data) in func.scopes.iter() {
        write!(f, "    {scope} = {}, {}, {}", Quoted(&data.function), Quoted(&data.file), data.line)?;
        data.inlined_at.map_or(Ok(()), |outer: Scope| write!(f, ", {outer}"))?;
        writeln!(f)?;
    }
    for &block in &func.layout.blocks {
        write_block_header(f, func, block)?;
        for &inst in &func.layout.insts[block] {
            f.write_str("    ")?;
            let results = &func.dfg.results[inst];
            write_list(f, results.iter())?;
            f.write_str(if results.is_empty() { "" } else { " = " })?;
            write!(f, "{}", InstPrinter { module, func, inst })?;
            if let Some(scope) = func.dfg.scopes[inst] {
                write!(f, " @{scope}")?;
            }
            writeln!(f)?;
        }
    }
    writeln!(f, "}}")
}

fn write_block_header(f: &mut impl fmt::Write, func: &Function, block: Block) -> fmt::Result {
    write!(f, "{block}")?;
    let params = &func.dfg.params[block];
    if !params.is_empty() {
        f.write_char('(')?;
        for (index, &param) in params.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{param}: {}", func.dfg.value_type(param))?;
        }
        f.write_char(')')?;
    }
    writeln!(f, ":")
}

fn write_list<T: Display>(f: &mut impl fmt::Write, items: impl Iterator<Item = T>) -> fmt::Result {
    for (index, item) in items.enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{item}")?;
    }
    Ok(())
}

struct InstPrinter<'a> {
    module: Option<&'a Module>,
    func: &'a Function,
    inst: Inst,
}

impl InstPrinter<'_> {
    fn value(&self, value: Value) -> Value {
        self.func.dfg.resolve(value)
    }

    fn values(&self, f: &mut Formatter<'_>, values: &[Value]) -> fmt::Result {
        write_list(f, values.iter().map(|&value| self.value(value)))
    }

    fn function(&self, f: &mut Formatter<'_>, id: FuncId) -> fmt::Result {
        match self.module.and_then(|module| module.functions.get(id)) {
            Some(decl) => write!(f, "{}", Name(&decl.name)),
            None => write!(f, "{id}"),
        }
    }

    fn helper(&self, f: &mut Formatter<'_>, id: HelperId) -> fmt::Result {
        match self.module.and_then(|module| module.abi.helpers.get(id.as_u32() as usize)) {
            Some(helper) => write!(f, "{}", Name(&helper.name)),
            None => write!(f, "{id}"),
        }
    }

    fn call(&self, f: &mut Formatter<'_>, opcode: &str, callee: &Callee, args: &[Value]) -> fmt::Result {
        f.write_str(opcode)?;
        match *callee {
            Callee::Direct(id) => {
                f.write_char(' ')?;
                self.function(f, id)?;
            }
            Callee::Indirect(sig, address) => write!(f, "_indirect {sig}, {}", self.value(address))?,
            Callee::Helper(id) => {
                f.write_str("_helper ")?;
                self.helper(f, id)?;
            }
        }
        f.write_char('(')?;
        self.values(f, args)?;
        f.write_char(')')
    }

    fn target(&self, f: &mut Formatter<'_>, target: &BlockCall) -> fmt::Result {
        write!(f, "{}", target.block)?;
        if target.args.is_empty() {
            return Ok(());
        }
        f.write_char('(')?;
        self.values(f, &target.args)?;
        f.write_char(')')
    }

    fn operands(&self, f: &mut Formatter<'_>, opcode: impl Display, operands: &[Value]) -> fmt::Result {
        write!(f, "{opcode}{}", if operands.is_empty() { "" } else { " " })?;
        self.values(f, operands)
    }
}

impl Display for InstPrinter<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.func.dfg.insts[self.inst] {
            InstData::Iconst { ty, value } => write!(f, "iconst.{ty} {value}"),
            InstData::F32const(bits) => {
                let value = f32::from_bits(*bits);
                if value.is_nan() { write!(f, "f32const {bits:#x}") } else { write!(f, "f32const {value:?}") }
            }
            InstData::F64const(bits) => {
                let value = f64::from_bits(*bits);
                if value.is_nan() { write!(f, "f64const {bits:#x}") } else { write!(f, "f64const {value:?}") }
            }
            InstData::Null => write!(f, "null"),
            InstData::SlotValue(slot) => write!(f, "slot_value {slot}"),
            InstData::FuncAddr(id) => {
                write!(f, "func_addr ")?;
                self.function(f, *id)
            }
            InstData::DataAddr(data, offset) => write!(f, "data_addr {data}{}", Offset(*offset)),
            InstData::StackAddr(slot, offset) => write!(f, "stack_addr {slot}{}", Offset(*offset)),
            InstData::Task => write!(f, "task"),
            InstData::CpuHas(feature) => write!(f, "cpu_has {}", Quoted(feature)),
            InstData::Unary(op, arg) => self.operands(f, op.name(), &[*arg]),
            InstData::Binary { op, contract, args } => {
                f.write_str(op.name())?;
                self.operands(f, if *contract { ".contract" } else { "" }, args)
            }
            InstData::Overflow(op, args) => self.operands(f, op.name(), args),
            InstData::Fma(args) => self.operands(f, "fma", args),
            InstData::Convert { op, ty, arg } => self.operands(f, format_args!("{}.{ty}", op.name()), &[*arg]),
            InstData::IntCompare(cond, args) => self.operands(f, format_args!("icmp {}", cond.name()), args),
            InstData::FloatCompare(cond, args) => self.operands(f, format_args!("fcmp {}", cond.name()), args),
            InstData::Select(args) => self.operands(f, "select", args),
            InstData::ExtractLane(arg, lane) => write!(f, "extract_lane {}, {lane}", self.value(*arg)),
            InstData::InsertLane(args, lane) => {
                self.operands(f, "insert_lane", args)?;
                write!(f, ", {lane}")
            }
            InstData::Load { ty, flags, base, offset } => {
                write!(f, "load.{ty}{} {}{}", Flags(*flags), self.value(*base), Offset(*offset))
            }
            InstData::Store { flags, args: [value, base], offset } => {
                let (value, base) = (self.value(*value), self.value(*base));
                write!(f, "store{} {value}, {base}{}", Flags(*flags), Offset(*offset))
            }
            InstData::Alloc { type_object, size } => write!(f, "alloc {}, {size}", self.value(*type_object)),
            InstData::Barrier(object) => self.operands(f, "barrier", &[*object]),
            InstData::Safepoint => write!(f, "safepoint"),
            InstData::KeepAlive(args) => self.operands(f, "keep_alive", args),
            InstData::Call { callee, args } => self.call(f, "call", callee, args),
            InstData::Jump(target) => {
                f.write_str("jump ")?;
                self.target(f, target)
            }
            InstData::Branch { cond, then_dest, else_dest } => {
                write!(f, "branch {}, ", self.value(*cond))?;
                self.target(f, then_dest)?;
                f.write_str(", ")?;
                self.target(f, else_dest)
            }
            InstData::Switch { index, default, targets } => {
                write!(f, "switch {}, ", self.value(*index))?;
                self.target(f, default)?;
                f.write_str(", [")?;
                for (index, target) in targets.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    self.target(f, target)?;
                }
                f.write_char(']')
            }
            InstData::Return(values) => self.operands(f, "return", values),
            InstData::TryCall { callee, args, normal, catch } => {
                self.call(f, "try_call", callee, args)?;
                f.write_char(' ')?;
                self.target(f, normal)?;
                f.write_str(" catch ")?;
                self.target(f, catch)
            }
            InstData::Throw(exception) => self.operands(f, "throw", &[*exception]),
            InstData::Trap(code) => write!(f, "trap {}", code.name()),
        }
    }
}

/// `+8`, `-8`, or nothing for zero.
struct Offset(i32);

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { Ok(()) } else { write!(f, "{:+}", self.0) }
    }
}

struct Flags(MemFlags);

impl Display for Flags {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.invariant { " invariant" } else { "" })?;
        self.0.region.map_or(Ok(()), |region| write!(f, " {region}"))
    }
}

struct SignatureText<'a>(&'a Signature);

impl Display for SignatureText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('(')?;
        write_list(f, self.0.params.iter())?;
        f.write_char(')')?;
        if !self.0.results.is_empty() {
            f.write_str(" -> ")?;
            write_list(f, self.0.results.iter())?;
        }
        f.write_str(if self.0.conv == CallConv::System { " system" } else { "" })
    }
}

/// A function's name after `%`, in quotes if it has other characters than plain ones.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match !self.0.is_empty() && self.0.chars().all(is_name_char) {
            true => write!(f, "%{}", self.0),
            false => write!(f, "%{}", Quoted(self.0)),
        }
    }
}

struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for char in self.0.chars() {
            match char {
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                '\r' => f.write_str("\\r")?,
                '"' | '\\' => write!(f, "\\{char}")?,
                _ => f.write_char(char)?,
            }
        }
        f.write_char('"')
    }
}
