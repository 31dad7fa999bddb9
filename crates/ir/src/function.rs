//! A function: what is computed ([`DataFlowGraph`]) and in which order ([`Layout`]), kept apart.

use smallvec::SmallVec;

use crate::entity::{PrimaryMap, SecondaryMap};
use crate::instruction::InstData;
use crate::types::{Signature, Type};

crate::entity! {
    /// A basic block.
    Block, "block"
}
crate::entity! {
    /// An instruction.
    Inst, "inst"
}
crate::entity! {
    /// An SSA value.
    Value, "v"
}
crate::entity! {
    /// A piece of the stack frame with an address.
    StackSlot, "ss"
}
crate::entity! {
    /// A signature for indirect calls.
    SigRef, "sig"
}
crate::entity! {
    /// A place in the source: an entry of [`Function::scopes`].
    Scope, "scope"
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueDef {
    /// The n-th result of an instruction.
    Result(Inst, u16),
    /// The n-th parameter of a block.
    Param(Block, u16),
    /// The same value as another; [`DataFlowGraph::resolve`] follows these.
    Alias(Value),
}

/// A value's type and definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueData {
    /// Its type.
    pub ty: Type,
    /// Its definition.
    pub def: ValueDef,
}

/// A list of values: arguments, parameters, results.
pub type Values = SmallVec<[Value; 4]>;

/// Instructions, values and block parameters: what is computed.
#[derive(Clone, Debug, Default)]
pub struct DataFlowGraph {
    /// Every instruction ever made; those not in the layout are dead.
    pub insts: PrimaryMap<Inst, InstData>,
    /// The results of each instruction.
    pub results: SecondaryMap<Inst, Values>,
    /// Every value.
    pub values: PrimaryMap<Value, ValueData>,
    /// The parameters of each block.
    pub params: SecondaryMap<Block, Values>,
    /// The source position of each instruction.
    pub scopes: SecondaryMap<Inst, Option<Scope>>,
    /// Signatures of indirect calls.
    pub signatures: PrimaryMap<SigRef, Signature>,
    n_blocks: u32,
}

impl DataFlowGraph {
    /// Makes a block, not yet in the layout.
    pub fn make_block(&mut self) -> Block {
        self.n_blocks += 1;
        Block::from_u32(self.n_blocks - 1)
    }

    /// How many blocks were made.
    pub fn block_count(&self) -> usize {
        self.n_blocks as usize
    }

    /// Appends a parameter to a block.
    pub fn append_param(&mut self, block: Block, ty: Type) -> Value {
        let index = self.params[block].len() as u16;
        let value = self.values.push(ValueData { ty, def: ValueDef::Param(block, index) });
        self.params[block].push(value);
        value
    }

    /// Makes an instruction with results of the given types, not yet in the layout.
    pub fn make_inst(&mut self, data: InstData, result_types: &[Type]) -> Inst {
        let inst = self.insts.push(data);
        for (index, &ty) in result_types.iter().enumerate() {
            let value = self.values.push(ValueData { ty, def: ValueDef::Result(inst, index as u16) });
            self.results[inst].push(value);
        }
        inst
    }

    /// The value behind any aliases.
    pub fn resolve(&self, mut value: Value) -> Value {
        while let ValueDef::Alias(original) = self.values[value].def {
            value = original;
        }
        value
    }

    /// Makes `value` an alias of `original` (of the same type); uses of it mean `original` from now on.
    ///
    /// # Panics
    /// When the two are the same value or differ in type.
    pub fn replace_with_alias(&mut self, value: Value, original: Value) {
        let original = self.resolve(original);
        assert_ne!(value, original, "{value} cannot be an alias of itself");
        assert_eq!(self.values[value].ty, self.values[original].ty, "{value} -> {original} changes the type");
        self.values[value].def = ValueDef::Alias(original);
    }

    /// Replaces every operand by what it is an alias of.
    pub fn resolve_all_aliases(&mut self) {
        let values = &self.values;
        for data in self.insts.values_mut() {
            data.visit_operands_mut(|operand| {
                while let ValueDef::Alias(original) = values[*operand].def {
                    *operand = original;
                }
            });
        }
    }

    /// The type of a value.
    pub fn value_type(&self, value: Value) -> Type {
        self.values[value].ty
    }

    /// The only result of an instruction.
    ///
    /// # Panics
    /// When the instruction has another number of results.
    pub fn first_result(&self, inst: Inst) -> Value {
        assert_eq!(self.results[inst].len(), 1, "{inst} has {} results", self.results[inst].len());
        self.results[inst][0]
    }

    /// The instruction that defines a value, behind aliases, if one does.
    pub fn defining_inst(&self, value: Value) -> Option<Inst> {
        match self.values[self.resolve(value)].def {
            ValueDef::Result(inst, _) => Some(inst),
            _ => None,
        }
    }
}

/// The order of blocks, and of instructions in them. The first block is the entry; its parameters are the function's.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// Instructions of each block in order; the last is a terminator.
    pub insts: SecondaryMap<Block, Vec<Inst>>,
}

/// A piece of the stack frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackSlotData {
    /// Bytes.
    pub size: u32,
    /// Alignment in bytes, a power of two up to 16.
    pub align: u32,
}

/// A source position, with the call it was inlined through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScopeData {
    /// The function the line belongs to.
    pub function: String,
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// The position of the call that was inlined, if one was.
    pub inlined_at: Option<Scope>,
}

/// A function body.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// The symbol name.
    pub name: String,
    /// Parameters and results.
    pub signature: Signature,
    /// What is computed.
    pub dfg: DataFlowGraph,
    /// In which order.
    pub layout: Layout,
    /// Stack slots.
    pub stack_slots: PrimaryMap<StackSlot, StackSlotData>,
    /// Source positions.
    pub scopes: PrimaryMap<Scope, ScopeData>,
    /// Parameters, by index, that are objects of at least so many bytes whenever the function is called: loads of those
    /// bytes may be made anywhere.
    pub readable: Vec<(u16, u32)>,
}

impl Function {
    /// An empty function: no blocks yet.
    pub fn new(name: impl Into<String>, signature: Signature) -> Self {
        Self { name: name.into(), signature, ..Self::default() }
    }

    /// The entry block.
    ///
    /// # Panics
    /// When the function has no block.
    pub fn entry(&self) -> Block {
        self.layout.blocks[0]
    }

    /// The last instruction of a block, if it has any.
    pub fn terminator(&self, block: Block) -> Option<Inst> {
        self.layout.insts[block].last().copied()
    }
}
