//! Parsing function bodies: instructions are read with the text's numbers, then renamed to the function's own, then
//! typed. Types come last because a use may stand before its definition in the text.

use rustc_hash::FxHashMap;

use super::ParseError;
use super::lexer::Token;
use super::parser::{Cursor, FunctionLines, Names, entity_number};
use crate::entity::{EntityRef, SecondaryMap};
use crate::function::{Block, Function, Inst, Scope, ScopeData, SigRef, StackSlot, StackSlotData, Value, ValueData};
use crate::function::{ValueDef, Values};
use crate::instruction::{
    BinaryOp, BlockCall, Callee, ConvertOp, FloatCond, InstData, IntCond, MemFlags, OverflowOp, TrapCode, UnaryOp,
};
use crate::module::{AliasRegion, DataId, FuncId, Module, SlotId};
use crate::types::Type;
use crate::typing::{ResultTypes, result_types};

/// Parses the body of function `id`, from after its opening brace to its closing one.
pub(super) fn parse(
    cursor: Cursor<'_>,
    module: &Module,
    names: &Names,
    id: FuncId,
    lines: &mut FunctionLines,
) -> Result<Function, ParseError> {
    let decl = &module.functions[id];
    let mut parser = BodyParser {
        cursor,
        module,
        names,
        func: Function::new(decl.name.clone(), decl.signature.clone()),
        lines,
        blocks: FxHashMap::default(),
        values: FxHashMap::default(),
        starts: SecondaryMap::new(),
    };
    parser.preamble()?;
    while !parser.cursor.eat('}') {
        parser.block()?;
    }
    parser.rename()?;
    parser.infer_types()?;
    Ok(parser.func)
}

struct BodyParser<'t, 'm> {
    cursor: Cursor<'t>,
    module: &'m Module,
    names: &'m Names,
    func: Function,
    lines: &'m mut FunctionLines,
    /// The text's block numbers, and ours.
    blocks: FxHashMap<u32, Block>,
    /// The text's value numbers, and ours.
    values: FxHashMap<u32, Value>,
    /// Where each instruction starts, for errors found later.
    starts: SecondaryMap<Inst, Option<Box<ParseError>>>,
}

impl BodyParser<'_, '_> {
    /// Stack slots, signatures, readable parameters and scopes.
    fn preamble(&mut self) -> Result<(), ParseError> {
        while let Some(word) = self.cursor.peek_word() {
            if entity_number(word, "ss").is_some() {
                self.cursor.entity_declaration("ss", self.func.stack_slots.len())?;
                self.cursor.punct('=')?;
                let size = self.cursor.integer()?;
                self.cursor.punct(',')?;
                self.cursor.keyword("align")?;
                let align = self.cursor.integer()?;
                self.func.stack_slots.push(StackSlotData { size, align });
            } else if entity_number(word, "sig").is_some() {
                self.cursor.entity_declaration("sig", self.func.dfg.signatures.len())?;
                self.cursor.punct('=')?;
                let signature = self.cursor.signature()?;
                self.func.dfg.signatures.push(signature);
            } else if self.cursor.eat_word("readable") {
                let param = self.cursor.integer()?;
                self.cursor.punct('=')?;
                let bytes = self.cursor.integer()?;
                self.func.readable.push((param, bytes));
            } else if entity_number(word, "scope").is_some() {
                self.scope()?;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn scope(&mut self) -> Result<(), ParseError> {
        self.cursor.entity_declaration("scope", self.func.scopes.len())?;
        self.cursor.punct('=')?;
        let function = self.cursor.string()?;
        self.cursor.punct(',')?;
        let file = self.cursor.string()?;
        self.cursor.punct(',')?;
        let line = self.cursor.integer()?;
        let inlined_at = match self.cursor.eat(',') {
            true => Some(self.scope_use()?),
            false => None,
        };
        self.func.scopes.push(ScopeData { function, file, line, inlined_at });
        Ok(())
    }

    /// A block's header and instructions.
    fn block(&mut self) -> Result<(), ParseError> {
        let line = self.cursor.line();
        let number = self.cursor.entity("block")?;
        let block = self.func.dfg.make_block();
        self.lines.blocks[block] = line;
        if self.blocks.insert(number, block).is_some() {
            return Err(self.cursor.error_before(&format!("block{number} is defined twice")));
        }
        self.func.layout.blocks.push(block);
        if self.cursor.eat('(') {
            while !self.cursor.eat(')') {
                if !self.func.dfg.params[block].is_empty() {
                    self.cursor.punct(',')?;
                }
                let number = self.cursor.entity("v")?;
                let index = self.index(self.func.dfg.params[block].len())?;
                let value = self.define(number, ValueDef::Param(block, index))?;
                self.cursor.punct(':')?;
                self.func.dfg.values[value].ty = self.cursor.value_type()?;
                self.func.dfg.params[block].push(value);
            }
        }
        self.cursor.punct(':')?;
        while *self.cursor.peek() != Token::Punct('}')
            && self.cursor.peek_word().is_none_or(|word| entity_number(word, "block").is_none())
        {
            self.inst(block)?;
        }
        Ok(())
    }

    /// Registers a definition; its type is filled in later.
    fn define(&mut self, number: u32, def: ValueDef) -> Result<Value, ParseError> {
        let value = self.func.dfg.values.push(ValueData { ty: Type::I64, def });
        if self.values.insert(number, value).is_some() {
            return Err(self.cursor.error_before(&format!("v{number} is defined twice")));
        }
        Ok(value)
    }

    fn index(&self, count: usize) -> Result<u16, ParseError> {
        u16::try_from(count).map_err(|_| self.cursor.error_before("more than 65536 parameters or results"))
    }

    /// `v1, v2 = opcode operands @scope`
    fn inst(&mut self, block: Block) -> Result<(), ParseError> {
        let start = self.cursor.error("");
        let inst = self.func.dfg.insts.next_key();
        while self.cursor.peek_word().is_some_and(|word| entity_number(word, "v").is_some()) {
            let number = self.cursor.entity("v")?;
            let index = self.index(self.func.dfg.results[inst].len())?;
            let value = self.define(number, ValueDef::Result(inst, index))?;
            self.func.dfg.results[inst].push(value);
            if !self.cursor.eat(',') {
                self.cursor.punct('=')?;
                break;
            }
        }
        let data = self.inst_data()?;
        self.func.dfg.insts.push(data);
        if self.cursor.eat('@') {
            self.func.dfg.scopes[inst] = Some(self.scope_use()?);
        }
        self.func.layout.insts[block].push(inst);
        self.lines.insts[inst] = start.line;
        self.starts[inst] = Some(Box::new(start));
        Ok(())
    }

    fn scope_use(&mut self) -> Result<Scope, ParseError> {
        let scope = Scope::from_u32(self.cursor.entity("scope")?);
        let known = self.func.scopes.get(scope).is_some();
        known.then_some(scope).ok_or_else(|| self.cursor.error_before(&format!("{scope} is not declared")))
    }

    /// A value by the text's number.
    fn value(&mut self) -> Result<Value, ParseError> {
        Ok(Value::from_u32(self.cursor.entity("v")?))
    }

    fn next_value(&mut self) -> Result<Value, ParseError> {
        self.cursor.punct(',')?;
        self.value()
    }

    /// Values between commas, possibly none.
    fn values(&mut self) -> Result<Values, ParseError> {
        let mut values = Values::new();
        if self.cursor.peek_word().is_some_and(|word| entity_number(word, "v").is_some() && !self.at_definition()) {
            values.push(self.value()?);
            while self.cursor.eat(',') {
                values.push(self.value()?);
            }
        }
        Ok(values)
    }

    /// Whether `v1 =` or `v1, v2 =` comes next: the next instruction, not operands of this one.
    fn at_definition(&self) -> bool {
        let mut ahead = self.cursor.clone();
        loop {
            if ahead.entity("v").is_err() {
                return false;
            }
            if !ahead.eat(',') {
                return ahead.eat('=');
            }
        }
    }

    fn parenthesised_values(&mut self) -> Result<Values, ParseError> {
        self.cursor.punct('(')?;
        let values = self.values()?;
        self.cursor.punct(')')?;
        Ok(values)
    }

    /// `block1(v2, v3)`, by the text's numbers.
    fn target(&mut self) -> Result<BlockCall, ParseError> {
        let block = Block::from_u32(self.cursor.entity("block")?);
        let args = if *self.cursor.peek() == Token::Punct('(') { self.parenthesised_values()? } else { Values::new() };
        Ok(BlockCall { block, args })
    }

    /// `+8`, `-8` or nothing.
    fn offset(&mut self) -> Result<i32, ParseError> {
        let negative = matches!(self.cursor.peek(), Token::Number(text) if text.starts_with('-'));
        if negative || self.cursor.eat('+') { self.cursor.integer() } else { Ok(0) }
    }

    fn flags(&mut self) -> Result<MemFlags, ParseError> {
        let invariant = self.cursor.eat_word("invariant");
        let mut region = None;
        if self.cursor.peek_word().is_some_and(|word| entity_number(word, "region").is_some()) {
            let named = AliasRegion::from_u32(self.cursor.entity("region")?);
            if self.module.regions.get(named).is_none() {
                return Err(self.cursor.error_before(&format!("{named} is not declared")));
            }
            region = Some(named);
        }
        Ok(MemFlags { invariant, region })
    }

    fn function(&mut self) -> Result<FuncId, ParseError> {
        let name = self.cursor.name()?;
        let id = self.names.get(&name).copied();
        id.ok_or_else(|| self.cursor.error_before(&format!("function {name:?} is not declared")))
    }

    fn callee_and_args(&mut self, opcode: &str) -> Result<(Callee, Values), ParseError> {
        let callee = match opcode.strip_prefix("try_").unwrap_or(opcode) {
            "call" => Callee::Direct(self.function()?),
            "call_helper" => {
                let name = self.cursor.name()?;
                let id = self.module.abi.helper_named(&name);
                Callee::Helper(id.ok_or_else(|| self.cursor.error_before(&format!("there is no helper {name:?}")))?)
            }
            _ => {
                let sig = SigRef::from_u32(self.cursor.entity("sig")?);
                if self.func.dfg.signatures.get(sig).is_none() {
                    return Err(self.cursor.error_before(&format!("{sig} is not declared")));
                }
                Callee::Indirect(sig, self.next_value()?)
            }
        };
        Ok((callee, self.parenthesised_values()?))
    }

    /// The type after `opcode.`.
    fn dot_type(&mut self) -> Result<Type, ParseError> {
        self.cursor.punct('.')?;
        self.cursor.value_type()
    }

    fn inst_data(&mut self) -> Result<InstData, ParseError> {
        let opcode = self.cursor.word()?;
        if let Some(op) = UnaryOp::from_name(opcode) {
            return Ok(InstData::Unary(op, self.value()?));
        }
        if let Some(op) = BinaryOp::from_name(opcode) {
            let contract = self.cursor.eat('.');
            if contract {
                self.cursor.keyword("contract")?;
            }
            return Ok(InstData::Binary { op, contract, args: [self.value()?, self.next_value()?] });
        }
        if let Some(op) = OverflowOp::from_name(opcode) {
            return Ok(InstData::Overflow(op, [self.value()?, self.next_value()?]));
        }
        if let Some(op) = ConvertOp::from_name(opcode) {
            return Ok(InstData::Convert { op, ty: self.dot_type()?, arg: self.value()? });
        }
        Ok(match opcode {
            "iconst" => InstData::Iconst { ty: self.dot_type()?, value: self.cursor.integer()? },
            "f32const" => InstData::F32const(self.float(f32::to_bits)?),
            "f64const" => InstData::F64const(self.float(f64::to_bits)?),
            "null" => InstData::Null,
            "slot_value" => {
                let slot = SlotId::from_u32(self.cursor.entity("slot")?);
                self.declared(self.module.slots.get(slot).is_some(), &slot.to_string())?;
                InstData::SlotValue(slot)
            }
            "func_addr" => InstData::FuncAddr(self.function()?),
            "data_addr" => {
                let data = DataId::from_u32(self.cursor.entity("data")?);
                self.declared(self.module.data.get(data).is_some(), &data.to_string())?;
                InstData::DataAddr(data, self.offset()?)
            }
            "stack_addr" => {
                let slot = StackSlot::from_u32(self.cursor.entity("ss")?);
                self.declared(self.func.stack_slots.get(slot).is_some(), &slot.to_string())?;
                InstData::StackAddr(slot, self.offset()?)
            }
            "task" => InstData::Task,
            "cpu_has" => InstData::CpuHas(self.cursor.string()?.into()),
            "fma" => InstData::Fma([self.value()?, self.next_value()?, self.next_value()?]),
            "icmp" => {
                let cond = IntCond::from_name(self.cursor.word()?);
                let cond = cond.ok_or_else(|| self.cursor.error_before("expected an integer condition"))?;
                InstData::IntCompare(cond, [self.value()?, self.next_value()?])
            }
            "fcmp" => {
                let cond = FloatCond::from_name(self.cursor.word()?);
                let cond = cond.ok_or_else(|| self.cursor.error_before("expected a float condition"))?;
                InstData::FloatCompare(cond, [self.value()?, self.next_value()?])
            }
            "select" => InstData::Select([self.value()?, self.next_value()?, self.next_value()?]),
            "extract_lane" => InstData::ExtractLane(self.value()?, self.next_integer()?),
            "insert_lane" => InstData::InsertLane([self.value()?, self.next_value()?], self.next_integer()?),
            "load" => {
                let (ty, flags) = (self.dot_type()?, self.flags()?);
                InstData::Load { ty, flags, base: self.value()?, offset: self.offset()? }
            }
            "store" => {
                let flags = self.flags()?;
                InstData::Store { flags, args: [self.value()?, self.next_value()?], offset: self.offset()? }
            }
            "alloc" => InstData::Alloc { type_object: self.value()?, size: self.next_integer()? },
            "barrier" => InstData::Barrier(self.value()?),
            "safepoint" => InstData::Safepoint,
            "keep_alive" => InstData::KeepAlive(self.values()?),
            "call" | "call_helper" | "call_indirect" => {
                let (callee, args) = self.callee_and_args(opcode)?;
                InstData::Call { callee, args }
            }
            _ => return self.terminator(opcode),
        })
    }

    fn terminator(&mut self, opcode: &str) -> Result<InstData, ParseError> {
        Ok(match opcode {
            "jump" => InstData::Jump(self.target()?),
            "branch" => {
                let cond = self.value()?;
                self.cursor.punct(',')?;
                let then_dest = self.target()?;
                self.cursor.punct(',')?;
                InstData::Branch { cond, then_dest, else_dest: self.target()? }
            }
            "switch" => {
                let index = self.value()?;
                self.cursor.punct(',')?;
                let default = self.target()?;
                self.cursor.punct(',')?;
                self.cursor.punct('[')?;
                let mut targets = Vec::new();
                while !self.cursor.eat(']') {
                    if !targets.is_empty() {
                        self.cursor.punct(',')?;
                    }
                    targets.push(self.target()?);
                }
                InstData::Switch { index, default, targets }
            }
            "return" => InstData::Return(self.values()?),
            "try_call" | "try_call_helper" | "try_call_indirect" => {
                let (callee, args) = self.callee_and_args(opcode)?;
                let normal = self.target()?;
                self.cursor.keyword("catch")?;
                InstData::TryCall { callee, args, normal, catch: self.target()? }
            }
            "throw" => InstData::Throw(self.value()?),
            "trap" => {
                let code = TrapCode::from_name(self.cursor.word()?);
                InstData::Trap(code.ok_or_else(|| self.cursor.error_before("expected a trap code"))?)
            }
            _ => return Err(self.cursor.error_before(&format!("there is no instruction `{opcode}`"))),
        })
    }

    fn declared(&self, known: bool, entity: &str) -> Result<(), ParseError> {
        if known { Ok(()) } else { Err(self.cursor.error_before(&format!("{entity} is not declared"))) }
    }

    fn next_integer<T: TryFrom<i128>>(&mut self) -> Result<T, ParseError> {
        self.cursor.punct(',')?;
        self.cursor.integer()
    }

    /// A float in decimal digits, `inf`, or its bits after `0x`.
    fn float<F: std::str::FromStr, B: TryFrom<i128>>(&mut self, to_bits: fn(F) -> B) -> Result<B, ParseError> {
        if matches!(self.cursor.peek(), Token::Number(text) if text.starts_with("0x")) {
            return self.cursor.integer();
        }
        let text = self.cursor.number()?;
        let value = text.parse().map_err(|_| self.cursor.error_before(&format!("`{text}` is not a float")))?;
        Ok(to_bits(value))
    }

    /// The text's numbers become ours.
    fn rename(&mut self) -> Result<(), ParseError> {
        let (values, blocks) = (&self.values, &self.blocks);
        for (index, data) in self.func.dfg.insts.values_mut().enumerate() {
            let mut unknown = None;
            data.visit_operands_mut(|operand| match values.get(&operand.as_u32()) {
                Some(&value) => *operand = value,
                None => unknown = Some(operand.to_string()),
            });
            for target in data.targets_mut() {
                match blocks.get(&target.block.as_u32()) {
                    Some(&block) => target.block = block,
                    None => unknown = Some(target.block.to_string()),
                }
            }
            if let Some(unknown) = unknown {
                return Err(self.error_at(Inst::new(index), format!("{unknown} is not defined")));
            }
        }
        Ok(())
    }

    fn error_at(&self, inst: Inst, message: String) -> ParseError {
        let start = self.starts[inst].as_deref().expect("every instruction has a start");
        ParseError { message, ..start.clone() }
    }

    /// Fills in the types of results: those whose operands' types are known first. What is left then defines itself in
    /// a circle, and gets any type: the verifier rejects it.
    fn infer_types(&mut self) -> Result<(), ParseError> {
        let mut known: SecondaryMap<Value, bool> = SecondaryMap::new();
        for param in self.func.dfg.values.keys() {
            known[param] = matches!(self.func.dfg.values[param].def, ValueDef::Param(..));
        }
        let mut waiting: Vec<Inst> = self.func.dfg.insts.keys().collect();
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut still_waiting = Vec::new();
            for inst in waiting {
                let mut ready = true;
                self.func.dfg.insts[inst].visit_operands(|operand| ready &= known[operand]);
                match ready || matches!(self.func.dfg.insts[inst], InstData::Call { .. }) {
                    true => self.infer_inst(inst, &mut known)?,
                    false => still_waiting.push(inst),
                }
            }
            if still_waiting.len() == before {
                let inst = still_waiting.remove(0);
                self.infer_inst(inst, &mut known)?;
            }
            waiting = still_waiting;
        }
        Ok(())
    }

    fn infer_inst(&mut self, inst: Inst, known: &mut SecondaryMap<Value, bool>) -> Result<(), ParseError> {
        let results = self.func.dfg.results[inst].clone();
        let types = match &self.func.dfg.insts[inst] {
            InstData::Call { callee, .. } => ResultTypes::from_slice(&self.callee_results(*callee)),
            data => result_types(data, &self.func.dfg).unwrap_or_else(|_| self.fallback_types(data, results.len())),
        };
        if types.len() != results.len() {
            let message = format!("the instruction has {} results, not {}", types.len(), results.len());
            return Err(self.error_at(inst, message));
        }
        for (&result, &ty) in results.iter().zip(&types) {
            self.func.dfg.values[result].ty = ty;
            known[result] = true;
        }
        Ok(())
    }

    fn callee_results(&self, callee: Callee) -> Vec<Type> {
        match callee {
            Callee::Direct(id) => self.module.functions[id].signature.results.clone(),
            Callee::Indirect(sig, _) => self.func.dfg.signatures[sig].results.clone(),
            Callee::Helper(id) => self.module.abi.helper(id).signature.results.clone(),
        }
    }

    /// Types for the results of an instruction whose operands are wrong, near enough for what follows to make sense.
    fn fallback_types(&self, data: &InstData, count: usize) -> ResultTypes {
        let ty = match data {
            InstData::Iconst { ty, .. } | InstData::Load { ty, .. } | InstData::Convert { ty, .. } => *ty,
            InstData::Alloc { .. } => Type::Ref,
            InstData::IntCompare(..) | InstData::FloatCompare(..) => Type::I8,
            _ => {
                let mut first = None;
                data.visit_operands(|operand| first = first.or(Some(self.func.dfg.value_type(operand))));
                first.unwrap_or(Type::I64)
            }
        };
        std::iter::repeat_n(ty, count).collect()
    }
}
