//! Calls of a function by itself get a copy of the function's first test, when one side of it returns at once.
//!
//! About half of the calls of a recursive function are its leaves. With the test at the call they need no frame, no stack
//! check and no jump. The copy consists of pure instructions, so that what the call does and when stays the same. One
//! level only: the test is still made at entry, for other callers.

use rustc_hash::FxHashMap;
use tintype_ir::function::{Block, Function, Inst, Value, Values};
use tintype_ir::instruction::{BlockCall, Callee, InstData};
use tintype_ir::module::{FuncId, Module};

use crate::effects::is_speculatable;
use crate::resolve::resolve_aliases;

/// The longest test and the longest early exit that are copied, in instructions apart from the terminators.
const MAX_INSTS: usize = 6;
/// Most calls that get a copy.
const MAX_CALLS: usize = 8;

/// Copies the first test to the calls. Returns whether anything changed.
pub fn peel_recursion(func: &mut Function, module: &Module) -> bool {
    let Some(guard) = Guard::find(func) else { return false };
    let mut calls = Vec::new();
    for (position, &block) in func.layout.blocks.iter().enumerate() {
        for &inst in &func.layout.insts[block] {
            if calls_itself(func, module, inst) {
                calls.push((position, inst));
            }
        }
    }
    if calls.is_empty() || calls.len() > MAX_CALLS {
        return false;
    }
    // From the last on, so that blocks split for one call do not move those of the others.
    for &(position, call) in calls.iter().rev() {
        guard.copy_to(func, position, call);
    }
    resolve_aliases(func);
    true
}

fn calls_itself(func: &Function, module: &Module, inst: Inst) -> bool {
    let is_self = |callee: FuncId| module.functions[callee].name == func.name;
    matches!(func.dfg.insts[inst], InstData::Call { callee: Callee::Direct(callee), .. } if is_self(callee))
}

/// The first test of a function: pure instructions, then a branch of which one side returns.
struct Guard {
    params: Vec<Value>,
    test: Vec<Inst>,
    cond: Value,
    /// Whether the function returns when the condition holds.
    returns_if: bool,
    /// The parameters of the returning block and what the branch passes for them.
    passed: Vec<(Value, Value)>,
    exit: Vec<Inst>,
    results: Values,
}

impl Guard {
    fn find(func: &Function) -> Option<Guard> {
        let entry = func.entry();
        let (terminator, test) = func.layout.insts[entry].split_last()?;
        let InstData::Branch { cond, then_dest, else_dest } = &func.dfg.insts[*terminator] else { return None };
        let is_copyable = |insts: &[Inst]| {
            insts.len() <= MAX_INSTS && insts.iter().all(|&inst| is_speculatable(&func.dfg.insts[inst], &func.dfg))
        };
        if !is_copyable(test) {
            return None;
        }
        [(true, then_dest), (false, else_dest)].into_iter().find_map(|(returns_if, dest)| {
            let (last, exit) = func.layout.insts[dest.block].split_last()?;
            let InstData::Return(results) = &func.dfg.insts[*last] else { return None };
            is_copyable(exit).then(|| Guard {
                params: func.dfg.params[entry].to_vec(),
                test: test.to_vec(),
                cond: *cond,
                returns_if,
                passed: func.dfg.params[dest.block].iter().copied().zip(dest.args.iter().copied()).collect(),
                exit: exit.to_vec(),
                results: results.clone(),
            })
        })
    }

    /// Splits the block at `position` of the layout around the call and puts the test between.
    fn copy_to(&self, func: &mut Function, position: usize, call: Inst) {
        let block = func.layout.blocks[position];
        let InstData::Call { args, .. } = func.dfg.insts[call].clone() else { unreachable!("{call} is a call") };
        let scope = func.dfg.scopes[call];
        let [exit, slow, rest] = std::array::from_fn(|_| func.dfg.make_block());
        func.layout.blocks.splice(position + 1..position + 1, [exit, slow, rest]);

        let at = func.layout.insts[block].iter().position(|&inst| inst == call).expect("the call is in its block");
        let after = func.layout.insts[block].split_off(at + 1);
        func.layout.insts[block].pop();
        func.layout.insts[rest] = after;
        let old_results = func.dfg.results[call].clone();
        let types: Vec<_> = old_results.iter().map(|&result| func.dfg.value_type(result)).collect();

        let mut renamed: FxHashMap<Value, Value> = self.params.iter().copied().zip(args.iter().copied()).collect();
        copy_insts(func, block, &self.test, &mut renamed);
        let cond = rename(func, &renamed, self.cond);
        let dest = |block| BlockCall { block, args: Values::new() };
        let (then_dest, else_dest) = if self.returns_if { (exit, slow) } else { (slow, exit) };
        let branch = InstData::Branch { cond, then_dest: dest(then_dest), else_dest: dest(else_dest) };

        for &(param, arg) in &self.passed {
            let arg = rename(func, &renamed, arg);
            renamed.insert(param, arg);
        }
        copy_insts(func, exit, &self.exit, &mut renamed);
        let early: Values = self.results.iter().map(|&result| rename(func, &renamed, result)).collect();
        let leave = InstData::Jump(BlockCall { block: rest, args: early });

        // The call is made anew: its results become parameters where the ways meet.
        let again = func.dfg.make_inst(func.dfg.insts[call].clone(), &types);
        func.layout.insts[slow].push(again);
        let called: Values = func.dfg.results[again].iter().copied().collect();
        for (old, ty) in old_results.into_iter().zip(types) {
            let param = func.dfg.append_param(rest, ty);
            func.dfg.replace_with_alias(old, param);
        }
        let go_on = InstData::Jump(BlockCall { block: rest, args: called });
        func.dfg.scopes[again] = scope;
        for (block, terminator) in [(block, branch), (exit, leave), (slow, go_on)] {
            let inst = func.dfg.make_inst(terminator, &[]);
            func.dfg.scopes[inst] = scope;
            func.layout.insts[block].push(inst);
        }
    }
}

fn rename(func: &Function, renamed: &FxHashMap<Value, Value>, value: Value) -> Value {
    let value = func.dfg.resolve(value);
    renamed.get(&value).copied().unwrap_or(value)
}

fn copy_insts(func: &mut Function, block: Block, insts: &[Inst], renamed: &mut FxHashMap<Value, Value>) {
    for &inst in insts {
        let mut data = func.dfg.insts[inst].clone();
        data.visit_operands_mut(|operand| *operand = renamed.get(operand).copied().unwrap_or(*operand));
        let results = func.dfg.results[inst].clone();
        let types: Vec<_> = results.iter().map(|&result| func.dfg.value_type(result)).collect();
        let copy = func.dfg.make_inst(data, &types);
        func.dfg.scopes[copy] = func.dfg.scopes[inst];
        func.layout.insts[block].push(copy);
        for (index, result) in results.into_iter().enumerate() {
            renamed.insert(result, func.dfg.results[copy][index]);
        }
    }
}
