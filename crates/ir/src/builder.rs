//! Builds a function block by block, with SSA construction on the fly.
//!
//! A front end declares a [`Variable`] for each of its mutable locals, defines and uses them in whatever order it
//! translates, and *seals* a block when no further jump to it will be made; the builder turns them into
//! block parameters after Braun et al., "Simple and Efficient Construction of Static Single Assignment Form".
//! Instructions are appended at the end of the current block, one method each.
//!
//! The builder checks operand types as it goes, because the mistake is best seen where it is made: a wrong operand
//! panics with the instruction. It does not optimise, and leaves some redundant block parameters to the passes.

mod insts;
mod ssa;

pub use insts::block_call;
pub use ssa::Variable;

use crate::entity::SecondaryMap;
use crate::function::{Block, Function, Inst, Scope, Value};
use crate::instruction::InstData;
use crate::types::Type;
use crate::typing;
use ssa::SsaBuilder;

/// Builds one function. Finish with [`finalize`](Self::finalize).
pub struct FunctionBuilder<'f> {
    /// The function being built. Adding stack slots, signatures and scopes directly is fine.
    pub func: &'f mut Function,
    ssa: SsaBuilder,
    placed: SecondaryMap<Block, bool>,
    current: Option<Block>,
    scope: Option<Scope>,
}

impl<'f> FunctionBuilder<'f> {
    /// A builder for an empty function.
    ///
    /// # Panics
    /// When the function already has blocks.
    pub fn new(func: &'f mut Function) -> Self {
        assert!(func.layout.blocks.is_empty(), "%{} already has a body", func.name);
        Self { func, ssa: SsaBuilder::default(), placed: SecondaryMap::new(), current: None, scope: None }
    }

    /// Makes a block; it is placed when first switched to.
    pub fn create_block(&mut self) -> Block {
        self.func.dfg.make_block()
    }

    /// Makes the entry block with the signature's parameters, switches to it and seals it.
    pub fn create_entry_block(&mut self) -> Block {
        let block = self.create_block();
        for index in 0..self.func.signature.params.len() {
            let ty = self.func.signature.params[index];
            self.func.dfg.append_param(block, ty);
        }
        self.switch_to_block(block);
        self.seal_block(block);
        block
    }

    /// Appends a parameter to a block that no jump names yet.
    pub fn append_block_param(&mut self, block: Block, ty: Type) -> Value {
        debug_assert!(self.ssa.edges(block).is_empty(), "{block} is already jumped to");
        self.func.dfg.append_param(block, ty)
    }

    /// The parameters of a block so far.
    pub fn block_params(&self, block: Block) -> &[Value] {
        &self.func.dfg.params[block]
    }

    /// Instructions go to the end of this block from now on.
    ///
    /// # Panics
    /// When the block already ends in a terminator, or the one left does not.
    pub fn switch_to_block(&mut self, block: Block) {
        if let Some(left) = self.current {
            assert!(left == block || self.is_filled(left), "{left} has no terminator");
        }
        assert!(!self.is_filled(block), "{block} already has a terminator");
        self.current = Some(block);
        if !std::mem::replace(&mut self.placed[block], true) {
            self.func.layout.blocks.push(block);
        }
    }

    /// The block instructions go to.
    ///
    /// # Panics
    /// Before the first [`switch_to_block`](Self::switch_to_block).
    pub fn current_block(&self) -> Block {
        self.current.expect("a current block")
    }

    /// Whether a block ends in a terminator.
    pub fn is_filled(&self, block: Block) -> bool {
        self.func.terminator(block).is_some_and(|inst| self.func.dfg.insts[inst].is_terminator())
    }

    /// Whether the current block ends in a terminator, so that what follows needs another block.
    pub fn is_terminated(&self) -> bool {
        self.current.is_none_or(|block| self.is_filled(block))
    }

    /// Whether any jump to the block was made so far.
    pub fn has_edges(&self, block: Block) -> bool {
        !self.ssa.edges(block).is_empty()
    }

    /// Promises that no further jump to the block will be made.
    pub fn seal_block(&mut self, block: Block) {
        self.ssa.seal(self.func, block);
    }

    /// Seals every block that is not yet.
    pub fn seal_all_blocks(&mut self) {
        for index in 0..self.func.dfg.block_count() {
            self.seal_block(Block::from_u32(index as u32));
        }
    }

    /// Declares a mutable local of the front end.
    pub fn declare_var(&mut self, ty: Type) -> Variable {
        self.ssa.declare(ty)
    }

    /// Assigns a variable in the current block.
    pub fn def_var(&mut self, variable: Variable, value: Value) {
        let (expected, found) = (self.ssa.variable_type(variable), self.func.dfg.value_type(value));
        assert_eq!(expected, found, "{value} assigned to {variable}");
        self.ssa.define(variable, self.current_block(), value);
    }

    /// The value of a variable here. On paths without an assignment it is zero (null).
    pub fn use_var(&mut self, variable: Variable) -> Value {
        self.ssa.use_variable(self.func, variable, self.current_block())
    }

    /// The source position of the instructions made from now on.
    pub fn set_scope(&mut self, scope: Option<Scope>) {
        self.scope = scope;
    }

    /// The source position of the instructions made now.
    pub fn scope(&self) -> Option<Scope> {
        self.scope
    }

    /// The type of a value.
    pub fn value_type(&self, value: Value) -> Type {
        self.func.dfg.value_type(value)
    }

    /// Appends any instruction that is not a call to the current block.
    ///
    /// # Panics
    /// When the operand types break the instruction's rules, or the block already ended.
    pub fn insert(&mut self, data: InstData) -> Inst {
        let types = typing::result_types(&data, &self.func.dfg)
            .unwrap_or_else(|error| panic!("%{}: {error} in {data:?}", self.func.name));
        self.insert_with_results(data, &types)
    }

    /// Appends an instruction whose result types the caller knows: a call.
    fn insert_with_results(&mut self, data: InstData, results: &[Type]) -> Inst {
        let block = self.current_block();
        assert!(!self.is_filled(block), "{block} already has a terminator");
        let inst = self.func.dfg.make_inst(data, results);
        self.func.dfg.scopes[inst] = self.scope;
        self.func.layout.insts[block].push(inst);
        self.ssa.add_edges(self.func, block, inst);
        inst
    }

    /// Ends building: seals what is left and replaces aliases by what they stand for.
    ///
    /// # Panics
    /// When a placed block has no terminator, or a jump names a block that was never placed.
    pub fn finalize(mut self) {
        self.seal_all_blocks();
        for index in 0..self.func.layout.blocks.len() {
            let block = self.func.layout.blocks[index];
            let inst = self.func.terminator(block).filter(|_| self.is_filled(block));
            let inst = inst.unwrap_or_else(|| panic!("%{}: {block} has no terminator", self.func.name));
            for target in self.func.dfg.insts[inst].targets() {
                assert!(self.placed[target.block], "%{}: {} was never filled", self.func.name, target.block);
            }
        }
        self.func.dfg.resolve_all_aliases();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruction::IntCond;
    use crate::types::Signature;

    /// `while i < n { sum += i; i += 1 }`: the loop's variables become parameters of the header, `n` does not.
    #[test]
    fn loop_variables_become_parameters() {
        let mut func = Function::new("sum", Signature::new([Type::I64], [Type::I64]));
        let mut builder = FunctionBuilder::new(&mut func);
        let entry = builder.create_entry_block();
        let [header, body, exit] = std::array::from_fn(|_| builder.create_block());
        let [i, n, sum] = std::array::from_fn(|_| builder.declare_var(Type::I64));
        let zero = builder.iconst(Type::I64, 0);
        builder.def_var(i, zero);
        builder.def_var(n, builder.block_params(entry)[0]);
        builder.def_var(sum, zero);
        builder.jump(header, &[]);
        builder.switch_to_block(header);
        let (i_here, n_here) = (builder.use_var(i), builder.use_var(n));
        let more = builder.icmp(IntCond::Slt, i_here, n_here);
        builder.branch(more, body, &[], exit, &[]);
        builder.switch_to_block(body);
        builder.seal_block(body);
        let (i_here, sum_here) = (builder.use_var(i), builder.use_var(sum));
        let next_sum = builder.iadd(sum_here, i_here);
        builder.def_var(sum, next_sum);
        let next = builder.iadd_imm(i_here, 1);
        builder.def_var(i, next);
        builder.jump(header, &[]);
        builder.seal_block(header);
        builder.switch_to_block(exit);
        builder.seal_block(exit);
        let result = builder.use_var(sum);
        builder.ret(&[result]);
        builder.finalize();

        assert_eq!(func.dfg.params[header].len(), 2, "i and sum, not n");
        assert!(func.dfg.params[body].is_empty() && func.dfg.params[exit].is_empty());
        let jump = func.terminator(entry).expect("a jump");
        assert_eq!(func.dfg.insts[jump].targets()[0].args.as_slice(), [zero, zero]);
        let jump = func.terminator(body).expect("a jump");
        assert_eq!(func.dfg.insts[jump].targets()[0].args.as_slice(), [next, next_sum]);
        let compare = func.layout.insts[header][0];
        assert_eq!(
            func.dfg.insts[compare],
            InstData::IntCompare(IntCond::Slt, [func.dfg.params[header][0], func.dfg.params[entry][0]])
        );
    }

    /// Ten thousand nested diamonds: the search must not use the machine stack.
    #[test]
    fn deep_functions_do_not_overflow() {
        let mut func = Function::new("deep", Signature::new([Type::I8, Type::I64], [Type::I64, Type::F64X2]));
        let mut builder = FunctionBuilder::new(&mut func);
        let entry = builder.create_entry_block();
        let (cond, value) = (builder.block_params(entry)[0], builder.block_params(entry)[1]);
        let (variable, unset) = (builder.declare_var(Type::I64), builder.declare_var(Type::F64X2));
        builder.def_var(variable, value);
        for _ in 0..10_000 {
            let [left, right, join] = std::array::from_fn(|_| builder.create_block());
            builder.branch(cond, left, &[], right, &[]);
            for side in [left, right] {
                builder.switch_to_block(side);
                builder.seal_block(side);
                builder.jump(join, &[]);
            }
            builder.switch_to_block(join);
            builder.seal_block(join);
        }
        let results = [builder.use_var(variable), builder.use_var(unset)];
        assert_eq!(results[0], value, "no block assigns it, so no parameter remains");
        builder.ret(&results);
        builder.finalize();
        let n_params: usize = func.layout.blocks.iter().map(|&block| func.dfg.params[block].len()).sum();
        assert_eq!(n_params, 2, "the entry's own");
    }
}
