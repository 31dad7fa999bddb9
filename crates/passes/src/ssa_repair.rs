//! Restores SSA form for values that got several definitions: by block duplication, or by promoting memory.
//!
//! The caller declares a variable per such value, defines it at the end of blocks, and asks for its value at the start
//! of others; block parameters are added where paths with different definitions meet, after Braun et al., on a graph that
//! is complete from the start. Parameters that turn out redundant are left to `redundant_params`.

use rustc_hash::FxHashMap;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::entity::PrimaryMap;
use tintype_ir::function::{Block, Function, Inst, Value};
use tintype_ir::instruction::{ConvertOp, InstData};
use tintype_ir::types::Type;

use crate::targets::target_mut;

tintype_ir::entity! {
    /// Something with a value at every point, that several definitions give it.
    Variable, "var"
}

/// The state of one repair. Every block must be reachable, and the graph must be the function's.
pub(crate) struct SsaRepair<'a> {
    pub func: &'a mut Function,
    cfg: &'a ControlFlowGraph,
    types: PrimaryMap<Variable, Type>,
    at_start: FxHashMap<(Variable, Block), Value>,
    at_end: FxHashMap<(Variable, Block), Value>,
    /// New parameters whose arguments are missing, oldest first: arguments follow the order of parameters.
    pending: std::collections::VecDeque<(Variable, Block)>,
    zeros: FxHashMap<Type, Value>,
    entry_insts: Vec<Inst>,
}

impl<'a> SsaRepair<'a> {
    pub fn new(func: &'a mut Function, cfg: &'a ControlFlowGraph) -> Self {
        Self {
            func,
            cfg,
            types: PrimaryMap::new(),
            at_start: FxHashMap::default(),
            at_end: FxHashMap::default(),
            pending: std::collections::VecDeque::new(),
            zeros: FxHashMap::default(),
            entry_insts: Vec::new(),
        }
    }

    pub fn declare(&mut self, ty: Type) -> Variable {
        self.types.push(ty)
    }

    /// The variable has this value when control leaves the block. A later definition replaces an earlier one.
    pub fn define(&mut self, variable: Variable, block: Block, value: Value) {
        self.at_end.insert((variable, block), value);
    }

    /// The value of the variable when control enters the block; zero where no definition reaches.
    pub fn value_at_start(&mut self, variable: Variable, block: Block) -> Value {
        let mut chain = Vec::new();
        let mut current = block;
        let value = loop {
            if let Some(&value) = self.at_start.get(&(variable, current)) {
                break value;
            }
            match self.cfg.predecessors(current) {
                [] => break self.zero(self.types[variable]),
                [edge] => {
                    chain.push(current);
                    current = edge.block;
                    if let Some(&value) = self.at_end.get(&(variable, current)) {
                        break value;
                    }
                }
                _ => {
                    let param = self.func.dfg.append_param(current, self.types[variable]);
                    self.at_start.insert((variable, current), param);
                    self.pending.push_back((variable, current));
                    break param;
                }
            }
        };
        for block in chain {
            self.at_start.insert((variable, block), value);
        }
        value
    }

    fn value_at_end(&mut self, variable: Variable, block: Block) -> Value {
        match self.at_end.get(&(variable, block)) {
            Some(&value) => value,
            None => self.value_at_start(variable, block),
        }
    }

    /// Gives the added parameters their arguments.
    pub fn finish(mut self) {
        while let Some((variable, block)) = self.pending.pop_front() {
            for edge in self.cfg.predecessors(block) {
                let value = self.value_at_end(variable, edge.block);
                target_mut(self.func, edge).args.push(value);
            }
        }
        let entry = self.func.entry();
        self.func.layout.insts[entry].splice(0..0, self.entry_insts);
    }

    /// Zero of any type, made at the start of the entry block.
    pub fn zero(&mut self, ty: Type) -> Value {
        if let Some(&zero) = self.zeros.get(&ty) {
            return zero;
        }
        let data = match ty {
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::I128 => InstData::Iconst { ty, value: 0 },
            Type::F32 => InstData::F32const(0),
            Type::F64 => InstData::F64const(0),
            Type::Ref => InstData::Null,
            Type::F16 => InstData::Convert { op: ConvertOp::Bitcast, ty, arg: self.zero(Type::I16) },
            _ => InstData::Convert { op: ConvertOp::Splat, ty, arg: self.zero(ty.lane()) },
        };
        let inst = self.func.dfg.make_inst(data, &[ty]);
        self.entry_insts.push(inst);
        let zero = self.func.dfg.first_result(inst);
        self.zeros.insert(ty, zero);
        zero
    }
}
