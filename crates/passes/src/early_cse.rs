//! Common subexpressions, redundant loads, and branches already decided, in one walk of the dominator tree.
//!
//! A value computed in a dominating place is used again instead of computed again. Loads are remembered with the moment
//! (a counter) at which they were known, stores are remembered as what a load would give, and every write records its
//! moment for its region; a remembered load is good if nothing that may alias it was written since. Where paths meet,
//! memory counts as written, invariant loads apart, unless a short search finds that none of the paths writes. A branch
//! tells the subtree that it alone leads to what its condition is. Of different addresses in one region it only knows that
//! fields of one object do not overlap.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::dominators::DominatorTree;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value};
use tintype_ir::instruction::{InstData, IntCond, MemFlags};
use tintype_ir::module::AliasRegion;
use tintype_ir::types::Type;

use crate::constant::Const;
use crate::effects::{MemoryEffect, is_repeatable, may_leave_object, memory_effect};
use crate::resolve::resolve_aliases;
use crate::simplify::{inverse, is_commutative, is_truth};

/// Replaces values already computed. Returns whether anything changed. Every block must be reachable.
pub fn eliminate_common_subexpressions(
    func: &mut Function,
    cfg: &ControlFlowGraph,
    dominators: &DominatorTree,
    abi: &RuntimeAbi,
) -> bool {
    let mut writes = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        let effects = func.layout.insts[block].iter().map(|&inst| memory_effect(&func.dfg.insts[inst], abi));
        writes[block] = { effects }.any(|effect| matches!(effect, MemoryEffect::Write(_) | MemoryEffect::WriteAny));
    }
    let mut pass = Pass {
        func,
        cfg,
        dominators,
        writes,
        transparent: SecondaryMap::new(),
        abi,
        expressions: FxHashMap::default(),
        loads: FxHashMap::default(),
        fields: FxHashMap::default(),
        known: FxHashMap::default(),
        memory: Memory::default(),
        undo: Vec::new(),
        changed: false,
    };
    pass.walk();
    let changed = pass.changed;
    if changed {
        resolve_aliases(func);
    }
    changed
}

/// How many blocks before a join are looked at.
const MAX_STEPS: usize = 16;

/// How many fields of an object survive stores to others; objects have few, and tables are not what this is for.
const MAX_FIELDS: usize = 16;

/// Where a load reads: base, offset, type.
type Place = (Value, i32, Type);

/// A value a load of a place would give.
#[derive(Clone, Copy)]
struct Available {
    value: Value,
    region: Option<AliasRegion>,
    /// Whether no write can change it.
    invariant: bool,
    moment: u32,
}

/// When memory was last written.
#[derive(Clone, Default)]
struct Memory {
    now: u32,
    /// Any region at all.
    last_write: u32,
    /// By what may alias everything.
    last_unknown_write: u32,
    by_region: FxHashMap<AliasRegion, u32>,
}

/// How to forget what a subtree learned.
enum Undo {
    Expression(InstData, Option<Inst>),
    Load(Place, Option<Available>),
    Known(Value, Option<Value>),
    Region(AliasRegion, Option<u32>),
    Writes { last_write: u32, last_unknown_write: u32 },
}

struct Pass<'a> {
    func: &'a mut Function,
    cfg: &'a ControlFlowGraph,
    dominators: &'a DominatorTree,
    /// Blocks that write memory.
    writes: SecondaryMap<Block, bool>,
    /// Blocks where paths meet none of which writes memory.
    transparent: SecondaryMap<Block, bool>,
    abi: &'a RuntimeAbi,
    expressions: FxHashMap<InstData, Inst>,
    loads: FxHashMap<Place, Available>,
    /// For every base in `loads`: the offsets and types. They only grow, and stay when what they name is forgotten.
    fields: FxHashMap<Value, SmallVec<[(i32, Type); 4]>>,
    /// Values that a dominating branch decided, and the constants they are.
    known: FxHashMap<Value, Value>,
    memory: Memory,
    undo: Vec<Undo>,
    changed: bool,
}

impl Pass<'_> {
    /// Visits every block after its dominator, with an explicit stack.
    fn walk(&mut self) {
        let dominators = self.dominators;
        let entry = self.func.entry();
        self.enter(entry);
        let mut stack = vec![(entry, 0, 0)];
        while let Some((block, next, _)) = stack.last_mut() {
            let child = dominators.children(*block).get(*next).copied();
            *next += 1;
            match child {
                Some(child) => {
                    let mark = self.undo.len();
                    self.enter(child);
                    stack.push((child, 0, mark));
                }
                None => {
                    let (_, _, mark) = stack.pop().expect("the entry that was looked at");
                    self.forget(mark);
                }
            }
        }
    }

    fn forget(&mut self, mark: usize) {
        for undo in self.undo.drain(mark..).rev() {
            match undo {
                Undo::Expression(key, old) => restore(&mut self.expressions, key, old),
                Undo::Load(key, old) => restore(&mut self.loads, key, old),
                Undo::Known(key, old) => restore(&mut self.known, key, old),
                Undo::Region(key, old) => restore(&mut self.memory.by_region, key, old),
                Undo::Writes { last_write, last_unknown_write } => {
                    self.memory.last_write = last_write;
                    self.memory.last_unknown_write = last_unknown_write;
                }
            }
        }
    }

    fn enter(&mut self, block: Block) {
        let facts = match self.cfg.predecessors(block) {
            [] => Vec::new(),
            [edge] => self.facts_of_edge(edge.inst, edge.index),
            _ => {
                let transparent = self.is_transparent(block);
                self.transparent[block] = transparent;
                // Otherwise nobody knows what happened to memory on the way.
                if !transparent {
                    self.write_any();
                }
                Vec::new()
            }
        };
        let mut insts = std::mem::take(&mut self.func.layout.insts[block]);
        let mut made = Vec::new();
        for (value, constant) in facts {
            self.learn(value, constant, &mut made);
        }
        insts.retain(|&inst| self.visit(inst));
        made.extend(insts);
        self.func.layout.insts[block] = made;
    }

    /// Whether nothing is written on any path from the dominator of a block, where several paths meet, to it. Loop headers
    /// and long ways are not worth the search.
    fn is_transparent(&self, block: Block) -> bool {
        let Some(dominator) = self.dominators.idom(block) else { return false };
        let mut steps = 0;
        self.cfg.predecessors(block).iter().all(|edge| {
            let mut current = edge.block;
            while current != dominator {
                steps += 1;
                let one_way = self.cfg.predecessors(current).len() == 1 || self.transparent[current];
                if steps > MAX_STEPS || current == block || !one_way || self.writes[current] {
                    return false;
                }
                current = self.dominators.idom(current).expect("the dominator is above every predecessor");
            }
            true
        })
    }

    // Decided conditions.

    /// What is known when the only edge into a block is taken: values and the constants they equal.
    fn facts_of_edge(&self, inst: Inst, index: u32) -> Vec<(Value, Const)> {
        let mut facts = Vec::new();
        match &self.func.dfg.insts[inst] {
            InstData::Branch { cond, then_dest, else_dest } if then_dest.block != else_dest.block => {
                let cond = self.func.dfg.resolve(*cond);
                let taken = index == 0;
                if !taken || is_truth(self.func, cond, 4) {
                    facts.push((cond, Const::truth(taken)));
                }
                self.facts_of_comparison(cond, taken, &mut facts);
            }
            InstData::Switch { index: value, default, targets } => {
                let target = index.checked_sub(1).map(|index| &targets[index as usize]);
                let once = |block: Block| targets.iter().filter(|target| target.block == block).count() == 1;
                if let Some(target) = target.filter(|target| target.block != default.block && once(target.block)) {
                    debug_assert_eq!(self.cfg.predecessors(target.block).len(), 1);
                    facts.push((self.func.dfg.resolve(*value), Const::int(Type::I32, i128::from(index) - 1)));
                }
            }
            _ => {}
        }
        facts
    }

    /// An equality that holds makes its operand a constant.
    fn facts_of_comparison(&self, cond: Value, holds: bool, facts: &mut Vec<(Value, Const)>) {
        let Some(inst) = self.func.dfg.defining_inst(cond) else { return };
        let InstData::IntCompare(test, [a, b]) = self.func.dfg.insts[inst] else { return };
        let equal = matches!((test, holds), (IntCond::Eq, true) | (IntCond::Ne, false));
        if equal && let Some(constant) = Const::of(&self.func.dfg, b) {
            facts.push((self.func.dfg.resolve(a), constant));
        }
    }

    /// From here down the subtree, `value` is `constant`.
    fn learn(&mut self, value: Value, constant: Const, made: &mut Vec<Inst>) {
        if Const::of(&self.func.dfg, value).is_some() {
            return;
        }
        let Some(data) = constant.to_data() else { return };
        let inst = self.func.dfg.make_inst(data, &[constant.ty]);
        made.push(inst);
        let replacement = self.func.dfg.first_result(inst);
        let old = self.known.insert(value, replacement);
        self.undo.push(Undo::Known(value, old));
    }

    // Instructions.

    /// Whether the instruction stays.
    fn visit(&mut self, inst: Inst) -> bool {
        let mut data = self.func.dfg.insts[inst].clone();
        let mut decided = false;
        data.visit_operands_mut(|operand| {
            *operand = self.func.dfg.resolve(*operand);
            if let Some(&constant) = self.known.get(operand) {
                *operand = constant;
                decided = true;
            }
        });
        self.changed |= decided;
        self.func.dfg.insts[inst] = data.clone();
        match data {
            InstData::Load { ty, flags, base, offset } => self.visit_load(inst, (base, offset, ty), flags),
            InstData::Store { flags, args: [value, base], offset } => {
                let place = (base, offset, self.func.dfg.value_type(value));
                self.visit_store(value, place, flags)
            }
            data if is_repeatable(&data, self.abi) && !may_leave_object(&data, &self.func.dfg) => {
                self.visit_expression(inst, data)
            }
            data => {
                match memory_effect(&data, self.abi) {
                    MemoryEffect::WriteAny => self.write_any(),
                    MemoryEffect::Write(region) => self.write(region),
                    MemoryEffect::None | MemoryEffect::Read => {}
                }
                true
            }
        }
    }

    fn visit_expression(&mut self, inst: Inst, data: InstData) -> bool {
        let key = canonical(data);
        if let Some(&earlier) = self.expressions.get(&key) {
            let (old, new) = (self.func.dfg.results[inst].clone(), self.func.dfg.results[earlier].clone());
            for (old, new) in old.into_iter().zip(new) {
                self.func.dfg.replace_with_alias(old, new);
            }
            self.changed = true;
            return false;
        }
        if let Some(answer) = self.decided_by_inverse(inst, &key) {
            self.func.dfg.insts[inst] = answer;
            self.changed = true;
            return true;
        }
        self.undo.push(Undo::Expression(key.clone(), None));
        self.expressions.insert(key, inst);
        true
    }

    /// A comparison whose opposite is decided is decided.
    fn decided_by_inverse(&self, inst: Inst, key: &InstData) -> Option<InstData> {
        let InstData::IntCompare(cond, args) = *key else { return None };
        if self.func.dfg.value_type(self.func.dfg.results[inst][0]) != Type::I8 {
            return None;
        }
        let opposite = *self.expressions.get(&InstData::IntCompare(inverse(cond), args))?;
        let answer = Const::of(&self.func.dfg, *self.known.get(&self.func.dfg.first_result(opposite))?)?;
        Const::truth(answer.is_zero()).to_data()
    }

    fn visit_load(&mut self, inst: Inst, place: Place, flags: MemFlags) -> bool {
        let known = self.loads.get(&place).copied().filter(|available| self.is_current(available));
        if let Some(available) = known {
            let result = self.func.dfg.first_result(inst);
            self.func.dfg.replace_with_alias(result, available.value);
            self.changed = true;
            return false;
        }
        let value = self.func.dfg.first_result(inst);
        self.remember(place, value, flags);
        true
    }

    /// A store of what is there already goes away; any other tells what a load would give.
    fn visit_store(&mut self, value: Value, place: Place, flags: MemFlags) -> bool {
        let known = self.loads.get(&place).filter(|available| self.is_current(available) && !available.invariant);
        if known.is_some_and(|available| self.func.dfg.resolve(available.value) == value) {
            self.changed = true;
            return false;
        }
        let untouched = self.fields_beside(place);
        self.write(flags.region.filter(|region| *region != AliasRegion::from_u32(0)));
        for (place, available) in untouched {
            self.remember_as(place, Available { moment: self.memory.now, ..available });
        }
        self.remember(place, value, flags);
        true
    }

    // Memory.

    fn remember(&mut self, place: Place, value: Value, flags: MemFlags) {
        let region = flags.region.filter(|region| *region != AliasRegion::from_u32(0));
        self.remember_as(place, Available { value, region, invariant: flags.invariant, moment: self.memory.now });
    }

    fn remember_as(&mut self, place: Place, available: Available) {
        let fields = self.fields.entry(place.0).or_default();
        if fields.len() < MAX_FIELDS && !fields.contains(&(place.1, place.2)) {
            fields.push((place.1, place.2));
        }
        let old = self.loads.insert(place, available);
        self.undo.push(Undo::Load(place, old));
    }

    /// What is known of other fields of the object that a store to `place` writes: it does not touch them.
    fn fields_beside(&self, (base, offset, ty): Place) -> Vec<(Place, Available)> {
        let end = |offset: i32, ty: Type| i64::from(offset) + i64::from(ty.bytes());
        let beside = |other: i32, other_ty: Type| {
            end(other, other_ty) <= i64::from(offset) || end(offset, ty) <= i64::from(other)
        };
        let fields = self.fields.get(&base).into_iter().flatten().filter(|&&(other, ty)| beside(other, ty));
        let known = fields.filter_map(|&(other, ty)| Some(((base, other, ty), *self.loads.get(&(base, other, ty))?)));
        known.filter(|(_, available)| self.is_current(available)).collect()
    }

    fn is_current(&self, available: &Available) -> bool {
        let written = match available.region {
            _ if available.invariant => 0,
            None => self.memory.last_write,
            Some(region) => {
                let own = self.memory.by_region.get(&region).copied().unwrap_or(0);
                own.max(self.memory.last_unknown_write)
            }
        };
        written <= available.moment
    }

    fn write(&mut self, region: Option<AliasRegion>) {
        let Some(region) = region else { return self.write_any() };
        self.save_writes();
        self.memory.now += 1;
        self.memory.last_write = self.memory.now;
        let old = self.memory.by_region.insert(region, self.memory.now);
        self.undo.push(Undo::Region(region, old));
    }

    fn write_any(&mut self) {
        self.save_writes();
        self.memory.now += 1;
        self.memory.last_write = self.memory.now;
        self.memory.last_unknown_write = self.memory.now;
    }

    fn save_writes(&mut self) {
        let Memory { last_write, last_unknown_write, .. } = self.memory;
        self.undo.push(Undo::Writes { last_write, last_unknown_write });
    }
}

fn restore<K: std::hash::Hash + Eq, V>(map: &mut FxHashMap<K, V>, key: K, old: Option<V>) {
    match old {
        Some(old) => map.insert(key, old),
        None => map.remove(&key),
    };
}

/// One form for expressions that differ in the order of operands only.
fn canonical(mut data: InstData) -> InstData {
    match &mut data {
        InstData::Binary { op, args, .. } if is_commutative(*op) => args.sort(),
        InstData::IntCompare(IntCond::Eq | IntCond::Ne, args) => args.sort(),
        _ => {}
    }
    data
}
