//! Scalar replacement of aggregates: objects and stack slots whose address goes nowhere become SSA values.
//!
//! One walk finds, for every value, whether it is the address of a candidate plus a constant; any use of such a value
//! other than as the base of a load or store, in a barrier, a keep-alive, a comparison of objects or more constant address
//! arithmetic disqualifies the candidate. Accesses must agree on fields: same offset means same size, and no two overlap.
//! A field is then a variable that stores define; `ssa_repair` places block parameters. Storing one candidate into another
//! disqualifies the inner in this round and not in the next, so rounds repeat. It does not move allocations.

use rustc_hash::FxHashMap;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::{EntityRef, PrimaryMap};
use tintype_ir::function::{Block, Function, Inst, StackSlot, Value};
use tintype_ir::instruction::{BinaryOp, ConvertOp, InstData, IntCond};
use tintype_ir::types::Type;

use crate::constant::Const;
use crate::redundant_params::remove_redundant_params;
use crate::resolve::resolve_aliases;
use crate::ssa_repair::{SsaRepair, Variable};

/// Objects in objects in objects: deeper nests are finished by the next call.
const MAX_ROUNDS: usize = 4;

tintype_ir::entity! {
    /// An object or a stack slot that may be replaced.
    Candidate, "candidate"
}

/// Replaces what it can. Returns whether anything changed. Every block must be reachable; edges stay as they are.
pub fn replace_aggregates(func: &mut Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) -> bool {
    let mut changed = false;
    for _ in 0..MAX_ROUNDS {
        let mut facts = Facts::collect(func, cfg, abi);
        facts.check_fields();
        if !facts.candidates.values().any(|candidate| candidate.qualifies) {
            break;
        }
        rewrite(func, cfg, &facts);
        resolve_aliases(func);
        remove_redundant_params(func, cfg);
        changed = true;
    }
    changed
}

/// What is known of one candidate.
struct CandidateData {
    qualifies: bool,
    size: u32,
    /// The type object of an object; none for a stack slot.
    type_object: Option<Value>,
    /// The accesses: offset and type. Sorted and without repetitions once checked.
    fields: Vec<(i32, Type)>,
}

struct Facts {
    candidates: PrimaryMap<Candidate, CandidateData>,
    /// Values that are a candidate's address plus a constant.
    addresses: FxHashMap<Value, (Candidate, i32)>,
    header_offset: i32,
}

impl Facts {
    /// Walks definitions before uses.
    fn collect(func: &Function, cfg: &ControlFlowGraph, abi: &RuntimeAbi) -> Self {
        let header_offset = abi.object.header_offset;
        let mut facts = Self { candidates: PrimaryMap::new(), addresses: FxHashMap::default(), header_offset };
        let mut slots: FxHashMap<StackSlot, Candidate> = FxHashMap::default();
        for &block in cfg.reverse_postorder() {
            for &inst in &func.layout.insts[block] {
                facts.visit(func, inst, &mut slots);
            }
        }
        facts
    }

    fn visit(&mut self, func: &Function, inst: Inst, slots: &mut FxHashMap<StackSlot, Candidate>) {
        let data = &func.dfg.insts[inst];
        match *data {
            InstData::Alloc { type_object, size } => {
                let object =
                    CandidateData { qualifies: true, size, type_object: Some(type_object), fields: Vec::new() };
                let candidate = self.candidates.push(object);
                self.addresses.insert(func.dfg.first_result(inst), (candidate, 0));
                self.disqualify(type_object);
            }
            InstData::StackAddr(slot, offset) => {
                let candidate = *slots.entry(slot).or_insert_with(|| {
                    let size = func.stack_slots[slot].size;
                    self.candidates.push(CandidateData { qualifies: true, size, type_object: None, fields: Vec::new() })
                });
                self.addresses.insert(func.dfg.first_result(inst), (candidate, offset));
            }
            InstData::Convert { op: ConvertOp::Bitcast, ty: Type::I64, arg } => {
                if let Some(&address) = self.addresses.get(&arg) {
                    self.addresses.insert(func.dfg.first_result(inst), address);
                }
            }
            InstData::Binary { op: BinaryOp::Iadd, args: [base, step], .. } => {
                self.visit_step(func, inst, base, step);
            }
            InstData::Load { ty, base, offset, .. } => self.visit_access(base, offset, ty, false),
            InstData::Store { args: [value, base], offset, .. } => {
                self.disqualify(value);
                self.visit_access(base, offset, func.dfg.value_type(value), true);
            }
            // An object compared with anything else than itself: it went nowhere, so the other is another. Two
            // addresses of candidates are left alone: they may be one object in two iterations.
            InstData::IntCompare(IntCond::Eq | IntCond::Ne, [a, b]) if func.dfg.value_type(a) == Type::Ref => {
                if self.addresses.contains_key(&a) && self.addresses.contains_key(&b) {
                    self.disqualify(a);
                    self.disqualify(b);
                }
            }
            InstData::Barrier(_) | InstData::KeepAlive(_) => {}
            _ => data.visit_operands(|operand| self.disqualify(operand)),
        }
    }

    fn visit_step(&mut self, func: &Function, inst: Inst, base: Value, step: Value) {
        self.disqualify(step);
        let Some(&(candidate, offset)) = self.addresses.get(&base) else { return };
        let step = Const::of(&func.dfg, step).and_then(|step| i32::try_from(step.signed()).ok());
        match step.and_then(|step| offset.checked_add(step)) {
            Some(offset) => {
                self.addresses.insert(func.dfg.first_result(inst), (candidate, offset));
            }
            None => self.disqualify(base),
        }
    }

    fn visit_access(&mut self, base: Value, offset: i32, ty: Type, is_store: bool) {
        let Some(&(candidate, start)) = self.addresses.get(&base) else { return };
        let data = &mut self.candidates[candidate];
        let Some(offset) = start.checked_add(offset) else {
            data.qualifies = false;
            return;
        };
        let reads_type = data.type_object.is_some()
            && offset == self.header_offset
            && !is_store
            && matches!(ty, Type::I64 | Type::Ref);
        let end = i64::from(offset) + i64::from(ty.bytes());
        if reads_type {
        } else if offset < 0 || end > i64::from(data.size) {
            data.qualifies = false;
        } else {
            data.fields.push((offset, ty));
        }
    }

    fn disqualify(&mut self, value: Value) {
        if let Some(&(candidate, _)) = self.addresses.get(&value) {
            self.candidates[candidate].qualifies = false;
        }
    }

    /// Accesses must be to the same fields throughout.
    fn check_fields(&mut self) {
        for candidate in self.candidates.values_mut() {
            candidate.fields.sort();
            candidate.fields.dedup_by(|next, first| next.0 == first.0 && next.1.bytes() == first.1.bytes());
            let overlap = |pair: &[(i32, Type)]| pair[0].0 + pair[0].1.bytes() as i32 > pair[1].0;
            if candidate.fields.windows(2).any(overlap) {
                candidate.qualifies = false;
            }
        }
    }

    /// The qualified candidate and offset a value is the address of.
    fn address(&self, value: Value) -> Option<(Candidate, i32)> {
        self.addresses.get(&value).copied().filter(|(candidate, _)| self.candidates[*candidate].qualifies)
    }
}

/// A load whose value is what the variable is at the start of its block.
struct EarlyLoad {
    result: Value,
    variable: Variable,
    block: Block,
    /// Position in the block's new list where a conversion would go.
    position: usize,
}

struct Rewriter<'a> {
    facts: &'a Facts,
    repair: SsaRepair<'a>,
    fields: FxHashMap<(Candidate, i32), (Variable, Type)>,
    early: Vec<EarlyLoad>,
    /// The fields' values at this point of the current block.
    current: FxHashMap<Variable, Value>,
    output: Vec<Inst>,
}

fn rewrite(func: &mut Function, cfg: &ControlFlowGraph, facts: &Facts) {
    let mut rewriter = Rewriter {
        facts,
        repair: SsaRepair::new(func, cfg),
        fields: FxHashMap::default(),
        early: Vec::new(),
        current: FxHashMap::default(),
        output: Vec::new(),
    };
    for (candidate, data) in facts.candidates.iter().filter(|(_, data)| data.qualifies) {
        for &(offset, ty) in &data.fields {
            let variable = rewriter.repair.declare(ty);
            rewriter.fields.insert((candidate, offset), (variable, ty));
        }
    }
    for &block in cfg.reverse_postorder() {
        rewriter.visit_block(block);
    }
    rewriter.finish();
}

impl Rewriter<'_> {
    fn visit_block(&mut self, block: Block) {
        for inst in std::mem::take(&mut self.repair.func.layout.insts[block]) {
            if self.visit(block, inst) {
                self.output.push(inst);
            }
        }
        let mut definitions: Vec<(Variable, Value)> = self.current.drain().collect();
        definitions.sort_by_key(|(variable, _)| variable.index());
        for (variable, value) in definitions {
            self.repair.define(variable, block, value);
        }
        self.repair.func.layout.insts[block] = std::mem::take(&mut self.output);
    }

    /// Whether the instruction stays.
    fn visit(&mut self, block: Block, inst: Inst) -> bool {
        let data = self.repair.func.dfg.insts[inst].clone();
        match data {
            InstData::Alloc { .. } => {
                let Some((candidate, _)) = self.facts.address(self.repair.func.dfg.first_result(inst)) else {
                    return true;
                };
                // A new object each time: what the last one held is not what this one holds.
                for &(offset, ty) in &self.facts.candidates[candidate].fields {
                    let zero = self.repair.zero(ty);
                    self.current.insert(self.fields[&(candidate, offset)].0, zero);
                }
                false
            }
            InstData::StackAddr(..)
            | InstData::Convert { op: ConvertOp::Bitcast, .. }
            | InstData::Binary { op: BinaryOp::Iadd, .. } => {
                let results = &self.repair.func.dfg.results[inst];
                self.facts.address(results[0]).is_none()
            }
            InstData::Load { ty, base, offset, .. } => match self.facts.address(base) {
                Some((candidate, start)) => {
                    self.visit_load(block, inst, candidate, start + offset, ty);
                    false
                }
                None => true,
            },
            InstData::Store { args: [value, base], offset, .. } => match self.facts.address(base) {
                Some((candidate, start)) => {
                    let (variable, ty) = self.fields[&(candidate, start + offset)];
                    let value = self.converted(value, ty);
                    self.current.insert(variable, value);
                    false
                }
                None => true,
            },
            InstData::IntCompare(cond, args) => {
                if args.iter().any(|&arg| self.facts.address(arg).is_some()) {
                    let differs = i64::from(cond == IntCond::Ne);
                    self.repair.func.dfg.insts[inst] = InstData::Iconst { ty: Type::I8, value: differs };
                }
                true
            }
            InstData::Barrier(object) => self.facts.address(object).is_none(),
            InstData::KeepAlive(mut values) => {
                values.retain(|value| self.facts.address(*value).is_none());
                let stays = !values.is_empty();
                self.repair.func.dfg.insts[inst] = InstData::KeepAlive(values);
                stays
            }
            _ => true,
        }
    }

    fn visit_load(&mut self, block: Block, inst: Inst, candidate: Candidate, offset: i32, ty: Type) {
        let result = self.repair.func.dfg.first_result(inst);
        let value = if offset < 0 {
            // The header of a new object is its type's address, without flags.
            self.facts.candidates[candidate].type_object.expect("only objects have headers")
        } else {
            let (variable, _) = self.fields[&(candidate, offset)];
            match self.current.get(&variable) {
                Some(&value) => value,
                None => {
                    let position = self.output.len();
                    self.early.push(EarlyLoad { result, variable, block, position });
                    return;
                }
            }
        };
        let value = self.converted(value, ty);
        self.repair.func.dfg.replace_with_alias(result, value);
    }

    /// The value as another type of its size.
    fn converted(&mut self, value: Value, ty: Type) -> Value {
        let mut steps = Vec::new();
        let value = convert(self.repair.func, value, ty, &mut steps);
        self.output.extend(steps);
        value
    }

    /// Resolves the loads that see what flows into their block, now that all definitions are known. Backwards, so that
    /// positions stay right while conversions are inserted.
    fn finish(mut self) {
        for load in std::mem::take(&mut self.early).into_iter().rev() {
            let value = self.repair.value_at_start(load.variable, load.block);
            let ty = self.repair.func.dfg.value_type(load.result);
            let mut steps = Vec::new();
            let value = convert(self.repair.func, value, ty, &mut steps);
            self.repair.func.dfg.replace_with_alias(load.result, value);
            self.repair.func.layout.insts[load.block].splice(load.position..load.position, steps);
        }
        self.repair.finish();
    }
}

/// Makes the bitcasts from `value` to `ty`: none, one, or two by way of `i64` between a reference and anything else.
fn convert(func: &mut Function, value: Value, ty: Type, steps: &mut Vec<Inst>) -> Value {
    let from = func.dfg.value_type(value);
    if from == ty {
        return value;
    }
    let by_way = (from == Type::Ref || ty == Type::Ref) && from != Type::I64 && ty != Type::I64;
    let value = if by_way { convert(func, value, Type::I64, steps) } else { value };
    let inst = func.dfg.make_inst(InstData::Convert { op: ConvertOp::Bitcast, ty, arg: value }, &[ty]);
    steps.push(inst);
    func.dfg.first_result(inst)
}
