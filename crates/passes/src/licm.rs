//! Loop-invariant code motion: what a loop computes anew each time although nothing in it changes moves before the loop.
//!
//! Pure operations move when they cannot trap. A load moves when nothing in the loop writes what it may alias, and when it
//! is certain to be executed or its object is certain to be there: a load before the first exit of the loop is the
//! former, a load of an object from which a farther field is loaded unconditionally is the latter (so the data pointer of
//! an array follows its length out of the loop although it is only loaded after the bounds check). Loops should be rotated
//! first, so that "the loop is entered" means "its first block is executed". Nothing moves into a loop or out of a cycle
//! with several entries. Inner loops come first, so that code can leave several loops in one go.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::dominators::DominatorTree;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Block, Function, Inst, Value, ValueDef};
use tintype_ir::instruction::{BinaryOp, BlockCall, InstData};
use tintype_ir::module::AliasRegion;
use tintype_ir::types::Type;

use crate::constant::Const;
use crate::effects::{
    MemoryEffect, is_removable, is_repeatable, is_speculatable, may_leave, may_leave_object, memory_effect,
};
use crate::loops::{Loop, LoopForest};
use crate::targets::target_mut;

/// How many loads of one object are remembered.
const MAX_PLACES: usize = 8;

/// Moves invariant code out of loops. Returns whether anything changed. Every block must be reachable; blocks are added
/// before loop headers, which `simplify_cfg` removes where they stay empty.
pub fn hoist_loop_invariants(func: &mut Function, abi: &RuntimeAbi) -> bool {
    let changed = add_preheaders(func);
    let cfg = ControlFlowGraph::compute(func);
    let dominators = DominatorTree::compute(func, &cfg);
    let forest = LoopForest::compute(&cfg, &dominators);
    let mut pass = Pass::new(func, &cfg, &dominators, &forest, abi);
    for this in forest.loops.keys() {
        pass.visit_loop(this);
    }
    changed | pass.changed
}

/// Gives every loop one block outside from which alone it is entered, by a jump.
fn add_preheaders(func: &mut Function) -> bool {
    let cfg = ControlFlowGraph::compute(func);
    let dominators = DominatorTree::compute(func, &cfg);
    let forest = LoopForest::compute(&cfg, &dominators);
    let mut preheaders: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
    let mut changed = false;
    for data in forest.loops.values() {
        let header = data.header;
        let entries: Vec<_> =
            cfg.predecessors(header).iter().filter(|edge| !dominators.dominates(header, edge.block)).copied().collect();
        if let [edge] = entries[..]
            && matches!(func.dfg.insts[edge.inst], InstData::Jump(_))
        {
            continue;
        }
        if entries.is_empty() {
            continue;
        }
        // What a call passes itself cannot be passed on under another block's name without parameters of its own.
        let preheader = func.dfg.make_block();
        let mut args = tintype_ir::function::Values::new();
        for param in func.dfg.params[header].clone() {
            let ty = func.dfg.value_type(param);
            args.push(func.dfg.append_param(preheader, ty));
        }
        let jump = func.dfg.make_inst(InstData::Jump(BlockCall { block: header, args }), &[]);
        func.layout.insts[preheader].push(jump);
        for edge in entries {
            target_mut(func, &edge).block = preheader;
        }
        preheaders[header] = Some(preheader);
        changed = true;
    }
    if changed {
        for block in std::mem::take(&mut func.layout.blocks) {
            func.layout.blocks.extend(preheaders[block]);
            func.layout.blocks.push(block);
        }
    }
    changed
}

/// What a loop does to memory.
#[derive(Clone, Default)]
struct Writes {
    any: bool,
    unknown: bool,
    regions: FxHashSet<AliasRegion>,
}

impl Writes {
    fn add(&mut self, effect: MemoryEffect) {
        match effect {
            MemoryEffect::None | MemoryEffect::Read => return,
            MemoryEffect::Write(Some(region)) => {
                self.regions.insert(region);
            }
            MemoryEffect::Write(None) | MemoryEffect::WriteAny => self.unknown = true,
        }
        self.any = true;
    }

    fn join(&mut self, other: &Writes) {
        self.any |= other.any;
        self.unknown |= other.unknown;
        self.regions.extend(&other.regions);
    }

    fn may_change(&self, region: Option<AliasRegion>) -> bool {
        match region.filter(|region| *region != AliasRegion::from_u32(0)) {
            None => self.any,
            Some(region) => self.unknown || self.regions.contains(&region),
        }
    }
}

struct Pass<'a> {
    func: &'a mut Function,
    cfg: &'a ControlFlowGraph,
    dominators: &'a DominatorTree,
    forest: &'a LoopForest,
    abi: &'a RuntimeAbi,
    /// The position of every block in the reverse postorder.
    order: SecondaryMap<Block, usize>,
    /// The block every result is defined in, kept up to date.
    home: SecondaryMap<Value, Option<Block>>,
    /// What uses each value, apart from blocks that end in an error.
    uses: FxHashMap<Value, SmallVec<[Inst; 2]>>,
    /// For objects: some blocks that load fields of theirs, and the ends of those fields.
    loaded: FxHashMap<Value, SmallVec<[(Block, i32); 4]>>,
    /// Writes of each finished loop, for the loops around it.
    writes: FxHashMap<Loop, Writes>,
    /// All blocks of each finished loop, in reverse postorder.
    blocks: FxHashMap<Loop, Vec<Block>>,
    children: FxHashMap<Loop, Vec<Loop>>,
    changed: bool,
}

/// What is certain once a loop is entered.
struct Certain {
    /// The last block on the way that every iteration takes.
    last: Block,
    /// Where each block may leave the loop first.
    exits: FxHashMap<Block, usize>,
}

impl<'a> Pass<'a> {
    fn new(
        func: &'a mut Function,
        cfg: &'a ControlFlowGraph,
        dominators: &'a DominatorTree,
        forest: &'a LoopForest,
        abi: &'a RuntimeAbi,
    ) -> Self {
        let mut pass = Self {
            func,
            cfg,
            dominators,
            forest,
            abi,
            order: SecondaryMap::new(),
            home: SecondaryMap::new(),
            uses: FxHashMap::default(),
            loaded: FxHashMap::default(),
            writes: FxHashMap::default(),
            blocks: FxHashMap::default(),
            children: FxHashMap::default(),
            changed: false,
        };
        for &(param, bytes) in &pass.func.readable {
            let object = pass.func.dfg.params[pass.func.entry()][usize::from(param)];
            pass.loaded.entry(object).or_default().push((pass.func.entry(), bytes as i32));
        }
        for (position, &block) in cfg.reverse_postorder().iter().enumerate() {
            pass.order[block] = position;
            let last = pass.func.terminator(block).map(|last| &pass.func.dfg.insts[last]);
            let fails = matches!(last, Some(InstData::Trap(_) | InstData::Throw(_)));
            for &inst in &pass.func.layout.insts[block] {
                for &result in &pass.func.dfg.results[inst] {
                    pass.home[result] = Some(block);
                }
                if !fails {
                    pass.func.dfg.insts[inst]
                        .visit_operands(|operand| pass.uses.entry(operand).or_default().push(inst));
                }
                if let Some((base, end)) = field_end(pass.func, inst) {
                    let places = pass.loaded.entry(base).or_default();
                    if places.len() < MAX_PLACES {
                        places.push((block, end));
                    }
                }
            }
        }
        for (this, data) in forest.loops.iter() {
            if let Some(parent) = data.parent {
                pass.children.entry(parent).or_default().push(this);
            }
        }
        pass
    }

    fn visit_loop(&mut self, this: Loop) {
        self.collect(this);
        let header = self.forest.loops[this].header;
        let entry = (self.cfg.predecessors(header).iter()).find(|edge| !self.dominators.dominates(header, edge.block));
        let Some(preheader) = entry.map(|edge| edge.block) else { return };
        let blocks = std::mem::take(self.blocks.get_mut(&this).expect("just collected"));
        let certain = self.certain(this, &blocks);
        let extents = self.extents(this, &blocks, &certain);
        let mut hoisted = Vec::new();
        for &block in &blocks {
            self.visit_block(this, block, preheader, &certain, &extents, &mut hoisted);
        }
        self.changed |= !hoisted.is_empty();
        let insts = &mut self.func.layout.insts[preheader];
        let end = insts.len() - 1;
        insts.splice(end..end, hoisted);
        self.blocks.insert(this, blocks);
    }

    /// Gathers blocks and writes from the loop's own blocks and the loops inside. What an inner loop could not let go of
    /// may still leave this one, so its blocks are looked at again.
    fn collect(&mut self, this: Loop) {
        let mut blocks = self.forest.loops[this].own_blocks.clone();
        let mut writes = Writes::default();
        for &block in &blocks {
            for &inst in &self.func.layout.insts[block] {
                writes.add(memory_effect(&self.func.dfg.insts[inst], self.abi));
            }
        }
        for child in self.children.get(&this).into_iter().flatten() {
            writes.join(&self.writes[child]);
            blocks.extend_from_slice(&self.blocks[child]);
        }
        blocks.sort_by_key(|&block| self.order[block]);
        self.writes.insert(this, writes);
        self.blocks.insert(this, blocks);
    }

    /// What is executed whenever the loop is entered: the blocks that dominate every exit, each up to its own. They are
    /// those on the dominator tree's way from the header to the exits' nearest common dominator.
    fn certain(&self, this: Loop, blocks: &[Block]) -> Certain {
        let mut exits: FxHashMap<Block, usize> = FxHashMap::default();
        let mut last: Option<Block> = None;
        for &block in blocks {
            let insts = &self.func.layout.insts[block];
            let leaving = insts.iter().position(|&inst| may_leave(&self.func.dfg.insts[inst], self.abi));
            let exits_loop = || self.cfg.successors(block).iter().any(|&to| !self.forest.contains(this, to));
            if let Some(position) = leaving.or_else(|| exits_loop().then(|| insts.len() - 1)) {
                exits.insert(block, position);
                last = Some(last.map_or(block, |last| self.common_dominator(last, block)));
            }
        }
        // A loop without exits: its header at least is executed.
        Certain { last: last.unwrap_or(blocks[0]), exits }
    }

    fn common_dominator(&self, mut a: Block, b: Block) -> Block {
        while !self.dominators.dominates(a, b) {
            a = self.dominators.idom(a).expect("the entry dominates every block");
        }
        a
    }

    /// For objects known outside the loop: how far the loads that are certain to be executed reach.
    fn extents(&self, this: Loop, blocks: &[Block], certain: &Certain) -> FxHashMap<Value, i32> {
        let mut extents: FxHashMap<Value, i32> = FxHashMap::default();
        for &block in blocks.iter().filter(|&&block| self.dominators.dominates(block, certain.last)) {
            let until = certain.exits.get(&block).copied().unwrap_or(usize::MAX);
            for &inst in self.func.layout.insts[block].iter().take(until) {
                if let Some((base, end)) = field_end(self.func, inst)
                    && self.is_invariant(this, base)
                {
                    let extent = extents.entry(base).or_default();
                    *extent = end.max(*extent);
                }
            }
        }
        extents
    }

    fn visit_block(
        &mut self,
        this: Loop,
        block: Block,
        preheader: Block,
        certain: &Certain,
        extents: &FxHashMap<Value, i32>,
        hoisted: &mut Vec<Inst>,
    ) {
        let until = match certain.exits.get(&block) {
            _ if !self.dominators.dominates(block, certain.last) => 0,
            Some(&position) => position,
            None => usize::MAX,
        };
        let insts = std::mem::take(&mut self.func.layout.insts[block]);
        let mut kept = Vec::with_capacity(insts.len());
        for (position, inst) in insts.into_iter().enumerate() {
            self.gather_invariants(this, inst, block, preheader, &mut kept, hoisted);
            if self.is_movable(this, inst, preheader, position < until, extents) {
                for &result in &self.func.dfg.results[inst] {
                    self.home[result] = Some(preheader);
                }
                hoisted.push(inst);
            } else {
                kept.push(inst);
            }
        }
        self.func.layout.insts[block] = kept;
    }

    /// Brings the invariant parts of an address together, and out of the loop: `a + (b + i)` becomes `(a + b) + i`, and
    /// `a + ((b + i) << k)` becomes `(a + (b << k)) + (i << k)`, for `a` and `b` that do not change. So the rows of a
    /// matrix have their addresses computed once. All uses of the inner sums must be of this kind, or the sums would be
    /// added to what is computed instead of taken away; but uses on the way to an error do not count. A constant `a` is
    /// an offset and costs nothing, so it moves only if the sum has another use to be rid of: the index that is checked
    /// and the address it is the index of then both start from the loop's own variable.
    fn gather_invariants(
        &mut self,
        this: Loop,
        inst: Inst,
        block: Block,
        preheader: Block,
        kept: &mut Vec<Inst>,
        hoisted: &mut Vec<Inst>,
    ) {
        let InstData::Binary { op: BinaryOp::Iadd, args: [x, y], .. } = self.func.dfg.insts[inst] else { return };
        if self.func.dfg.value_type(x) != Type::I64 {
            return;
        }
        let Some((a, rest)) = self.split(this, x, y).filter(|&(_, rest)| self.is_absorbed(this, rest)) else { return };
        if Const::of(&self.func.dfg, a).is_some() && self.uses.get(&rest).is_none_or(|uses| uses.len() < 2) {
            return;
        }
        let (sum, amount) = match self.as_binary(rest) {
            Some((BinaryOp::Ishl, sum, amount)) if self.is_invariant(this, amount) => (sum, Some(amount)),
            Some((BinaryOp::Iadd, ..)) => (rest, None),
            _ => return,
        };
        let Some((BinaryOp::Iadd, x, y)) = self.as_binary(sum).filter(|_| self.is_absorbed(this, sum)) else { return };
        let Some((b, i)) = self.split(this, x, y).filter(|&(b, _)| Const::of(&self.func.dfg, b).is_none()) else {
            return;
        };
        let (b, i) = match amount {
            Some(amount) => {
                let scaled = |value| InstData::Binary { op: BinaryOp::Ishl, contract: false, args: [value, amount] };
                (self.make(scaled(b), preheader, hoisted), self.make(scaled(i), block, kept))
            }
            None => (b, i),
        };
        let sum = |x, y| InstData::Binary { op: BinaryOp::Iadd, contract: false, args: [x, y] };
        let start = self.make(sum(a, b), preheader, hoisted);
        self.func.dfg.insts[inst] = sum(start, i);
        self.changed = true;
    }

    /// Whether every use of a value is one that [`Self::gather_invariants`] makes do without it.
    fn is_absorbed(&self, this: Loop, value: Value) -> bool {
        // What was made here has the one use it was made for.
        self.uses.get(&value).into_iter().flatten().all(|&user| match self.func.dfg.insts[user] {
            InstData::Binary { op: BinaryOp::Iadd, args: [x, y], .. } => {
                // Not among the operands: it was rewritten.
                (x != value || self.is_invariant(this, y)) && (y != value || self.is_invariant(this, x))
            }
            InstData::Binary { op: BinaryOp::Ishl, args: [x, y], .. } if x == value => {
                let result = self.func.dfg.first_result(user);
                let into_sum =
                    |&sum: &Inst| matches!(self.func.dfg.insts[sum], InstData::Binary { op: BinaryOp::Iadd, .. });
                let ends_in_sums = self.uses.get(&result).is_some_and(|uses| uses.iter().all(into_sum));
                self.is_invariant(this, y) && ends_in_sums && self.is_absorbed(this, result)
            }
            _ => false,
        })
    }

    /// Of two values, the one that is invariant and the one that is not.
    fn split(&self, this: Loop, x: Value, y: Value) -> Option<(Value, Value)> {
        match (self.is_invariant(this, x), self.is_invariant(this, y)) {
            (true, false) => Some((x, y)),
            (false, true) => Some((y, x)),
            _ => None,
        }
    }

    fn as_binary(&self, value: Value) -> Option<(BinaryOp, Value, Value)> {
        match self.func.dfg.insts[self.func.dfg.defining_inst(value)?] {
            InstData::Binary { op, args: [x, y], .. } => Some((op, x, y)),
            _ => None,
        }
    }

    /// Makes an `i64` at the end of a list of instructions for a block.
    fn make(&mut self, data: InstData, block: Block, list: &mut Vec<Inst>) -> Value {
        let inst = self.func.dfg.make_inst(data, &[Type::I64]);
        list.push(inst);
        let value = self.func.dfg.first_result(inst);
        self.home[value] = Some(block);
        value
    }

    fn is_movable(
        &self,
        this: Loop,
        inst: Inst,
        preheader: Block,
        is_certain: bool,
        extents: &FxHashMap<Value, i32>,
    ) -> bool {
        let data = &self.func.dfg.insts[inst];
        let movable = match data {
            InstData::Load { flags, base, .. } => {
                let unchanged = flags.invariant || !self.writes[&this].may_change(flags.region);
                unchanged && (is_certain || self.is_there(inst, *base, preheader, extents))
            }
            InstData::Call { .. } => {
                is_certain && is_removable(data, &self.func.dfg, self.abi) && is_repeatable(data, self.abi)
            }
            data => is_speculatable(data, &self.func.dfg) && !may_leave_object(data, &self.func.dfg),
        };
        let mut invariant = movable;
        if movable {
            data.visit_operands(|operand| invariant = invariant && self.is_invariant(this, operand));
        }
        invariant
    }

    /// Whether the object a load reads is there before the loop, as far as the load reaches.
    fn is_there(&self, inst: Inst, base: Value, preheader: Block, extents: &FxHashMap<Value, i32>) -> bool {
        let Some((base_object, end)) = field_end(self.func, inst) else { return false };
        debug_assert_eq!(base, base_object);
        let loaded_before =
            |&(block, extent): &(Block, i32)| extent >= end && self.dominators.dominates(block, preheader);
        extents.get(&base).is_some_and(|&extent| extent >= end)
            || self.loaded.get(&base).is_some_and(|places| places.iter().any(loaded_before))
    }

    fn is_invariant(&self, this: Loop, value: Value) -> bool {
        let block = match self.func.dfg.values[value].def {
            ValueDef::Param(block, _) => Some(block),
            _ => self.home[value],
        };
        block.is_some_and(|block| !self.forest.contains(this, block))
    }
}

/// For a load of a field of an object, at or after its start: the object and where the field ends.
fn field_end(func: &Function, inst: Inst) -> Option<(Value, i32)> {
    match func.dfg.insts[inst] {
        InstData::Load { ty, base, offset, .. } if offset >= 0 && func.dfg.value_type(base) == Type::Ref => {
            Some((base, offset.checked_add(ty.bytes() as i32)?))
        }
        _ => None,
    }
}
