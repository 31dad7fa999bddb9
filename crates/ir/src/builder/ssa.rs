//! From variables to block parameters. See [`FunctionBuilder`](super::FunctionBuilder).
//!
//! A use looks for the definition backwards. Where several edges meet, it places a parameter first (which stops the
//! search in loops) and then asks each predecessor; when all of them agree, the parameter goes away again and becomes
//! an alias. The search keeps its own stack, so that a deep function does not overflow ours. All work of one search is
//! about one variable, so the parameters of a block and the arguments of its edges are appended in the same order.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::cfg::Edge;
use crate::entity::{PrimaryMap, SecondaryMap};
use crate::function::{Block, Function, Inst, Value, ValueDef};
use crate::instruction::{ConvertOp, InstData};
use crate::types::Type;
use crate::typing;

crate::entity! {
    /// A mutable local of a front end.
    Variable, "var"
}

/// What is known of a block while the function is built.
#[derive(Clone, Debug, Default)]
struct BlockState {
    sealed: bool,
    edges: SmallVec<[Edge; 2]>,
    /// Parameters placed while the block was not sealed, in order, waiting for all edges to be known.
    pending: Vec<(Variable, Value)>,
}

/// A step of the search.
enum Step {
    /// Find the definition at the end of the block.
    Lookup(Block),
    /// All predecessors have answered: give the block's parameter its arguments.
    Complete(Block, Value),
}

/// Variables, their definitions by block, and the edges so far.
#[derive(Default)]
pub(super) struct SsaBuilder {
    variables: PrimaryMap<Variable, Type>,
    definitions: FxHashMap<(Variable, Block), Value>,
    blocks: SecondaryMap<Block, BlockState>,
    steps: Vec<Step>,
    answers: Vec<Value>,
}

impl SsaBuilder {
    pub(super) fn declare(&mut self, ty: Type) -> Variable {
        self.variables.push(ty)
    }

    pub(super) fn variable_type(&self, variable: Variable) -> Type {
        self.variables[variable]
    }

    pub(super) fn edges(&self, block: Block) -> &[Edge] {
        &self.blocks[block].edges
    }

    /// Records the edges of a new terminator.
    pub(super) fn add_edges(&mut self, func: &Function, block: Block, inst: Inst) {
        for (index, target) in func.dfg.insts[inst].targets().into_iter().enumerate() {
            let state = &mut self.blocks[target.block];
            assert!(!state.sealed, "{} is sealed: no jump to it can be added", target.block);
            state.edges.push(Edge { block, inst, index: index as u32 });
        }
    }

    pub(super) fn define(&mut self, variable: Variable, block: Block, value: Value) {
        self.definitions.insert((variable, block), value);
    }

    pub(super) fn use_variable(&mut self, func: &mut Function, variable: Variable, block: Block) -> Value {
        self.steps.push(Step::Lookup(block));
        self.search(func, variable)
    }

    pub(super) fn seal(&mut self, func: &mut Function, block: Block) {
        if std::mem::replace(&mut self.blocks[block].sealed, true) {
            return;
        }
        for (variable, param) in std::mem::take(&mut self.blocks[block].pending) {
            self.ask_predecessors(block, param);
            self.search(func, variable);
        }
    }

    fn ask_predecessors(&mut self, block: Block, param: Value) {
        self.steps.push(Step::Complete(block, param));
        self.steps.extend(self.blocks[block].edges.iter().rev().map(|edge| Step::Lookup(edge.block)));
    }

    /// Runs the steps; what the first one asked for is the answer.
    fn search(&mut self, func: &mut Function, variable: Variable) -> Value {
        while let Some(step) = self.steps.pop() {
            let answer = match step {
                Step::Lookup(block) => match self.lookup(func, variable, block) {
                    Some(answer) => answer,
                    None => continue,
                },
                Step::Complete(block, param) => self.complete(func, variable, block, param),
            };
            self.answers.push(answer);
        }
        let answer = self.answers.pop().expect("the search answers");
        debug_assert!(self.answers.is_empty(), "one answer per question");
        func.dfg.resolve(answer)
    }

    /// The definition at the end of a block, or `None` when predecessors had to be asked.
    fn lookup(&mut self, func: &mut Function, variable: Variable, from: Block) -> Option<Value> {
        let mut passed: SmallVec<[Block; 8]> = SmallVec::new();
        let mut block = from;
        let (answer, ask) = loop {
            if let Some(&value) = self.definitions.get(&(variable, block)) {
                break (func.dfg.resolve(value), false);
            }
            passed.push(block);
            let state = &mut self.blocks[block];
            match state.edges.as_slice() {
                _ if !state.sealed => {
                    let param = func.dfg.append_param(block, self.variables[variable]);
                    state.pending.push((variable, param));
                    break (param, false);
                }
                [] => break (zero_at_start(func, block, self.variables[variable]), false),
                // Blocks that only reach each other: the chain has come round, nothing ever runs here.
                [edge] if passed.len() > func.dfg.block_count() => {
                    break (zero_at_start(func, edge.block, self.variables[variable]), false);
                }
                [edge] => block = edge.block,
                _ => break (func.dfg.append_param(block, self.variables[variable]), true),
            }
        };
        for passed in passed {
            self.definitions.insert((variable, passed), answer);
        }
        if ask {
            self.ask_predecessors(block, answer);
            return None;
        }
        Some(answer)
    }

    /// Gives a parameter the predecessors' answers as arguments, or removes it when they are all the same.
    fn complete(&mut self, func: &mut Function, variable: Variable, block: Block, param: Value) -> Value {
        let n_edges = self.blocks[block].edges.len();
        let answers = self.answers.split_off(self.answers.len() - n_edges);
        let mut distinct = answers.iter().map(|&answer| func.dfg.resolve(answer)).filter(|&answer| answer != param);
        let first = distinct.next();
        let unique = first.filter(|&first| distinct.all(|answer| answer == first));
        if first.is_some() && unique.is_none() {
            for (edge, answer) in self.blocks[block].edges.iter().zip(answers) {
                func.dfg.insts[edge.inst].targets_mut()[edge.index as usize].args.push(answer);
            }
            return param;
        }
        let original = unique.unwrap_or_else(|| zero_at_start(func, block, self.variables[variable]));
        remove_param(func, block, param);
        func.dfg.replace_with_alias(param, original);
        original
    }
}

/// Takes a parameter no edge has an argument for yet out of its block.
fn remove_param(func: &mut Function, block: Block, param: Value) {
    func.dfg.params[block].retain(|other| *other != param);
    for index in 0..func.dfg.params[block].len() {
        let other = func.dfg.params[block][index];
        func.dfg.values[other].def = ValueDef::Param(block, index as u16);
    }
}

/// What an unassigned variable holds: zero, made at the start of the block.
fn zero_at_start(func: &mut Function, block: Block, ty: Type) -> Value {
    let (constant, convert) = match ty {
        Type::Ref => (InstData::Null, None),
        Type::F16 => (InstData::Iconst { ty: Type::I16, value: 0 }, Some(ConvertOp::Bitcast)),
        _ => (zero_scalar(ty.lane()), ty.is_vector().then_some(ConvertOp::Splat)),
    };
    let value = insert_at(func, block, 0, constant);
    match convert {
        Some(op) => insert_at(func, block, 1, InstData::Convert { op, ty, arg: value }),
        None => value,
    }
}

fn insert_at(func: &mut Function, block: Block, position: usize, data: InstData) -> Value {
    let types = typing::result_types(&data, &func.dfg).expect("zeros are well typed");
    let inst = func.dfg.make_inst(data, &types);
    func.layout.insts[block].insert(position, inst);
    func.dfg.first_result(inst)
}

fn zero_scalar(ty: Type) -> InstData {
    match ty {
        Type::F32 => InstData::F32const(0),
        Type::F64 => InstData::F64const(0),
        _ => InstData::Iconst { ty, value: 0 },
    }
}
