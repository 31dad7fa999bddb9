//! Instruction simplification: constant folding and algebraic rules, each of which looks at one instruction and the
//! definitions of its operands.
//!
//! The rules are functions from an instruction to what should stand in its place. They never make code worse: no rule
//! adds an instruction to the longest path, and general commutativity is left alone (only constants move to the right).
//! One walk in reverse postorder sees operands before their users, so that rules cascade without a worklist; an
//! instruction that was rewritten is tried again a bounded number of times. Blocks and edges stay as they are, but a
//! branch may be turned around.

mod compare;
mod convert;
mod float;
mod integer;

pub(crate) use compare::inverse;
pub(crate) use integer::is_commutative;

use smallvec::SmallVec;
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::function::{Function, Inst, Scope, Value, ValueDef};
use tintype_ir::instruction::{BinaryOp, ConvertOp, InstData, OverflowOp, UnaryOp};
use tintype_ir::types::Type;
use tintype_ir::typing;

use crate::constant::{Const, fold, fold_overflow};
use crate::resolve::resolve_aliases;

/// How often one instruction is rewritten in place; every rule shortens something, so this is never met in earnest.
const MAX_REWRITES: usize = 16;

/// What takes the place of an instruction.
#[derive(Debug)]
enum Rewrite {
    /// Its result is this value.
    Value(Value),
    /// Its result is this constant.
    Constant(Const),
    /// This instruction computes the same.
    Data(InstData),
}

/// Applies the rules to every reachable instruction. Returns whether anything changed.
pub fn simplify_instructions(func: &mut Function, cfg: &ControlFlowGraph) -> bool {
    let mut simplifier = Simplifier { func, output: Vec::new(), scope: None, changed: false };
    for &block in cfg.reverse_postorder() {
        for inst in std::mem::take(&mut simplifier.func.layout.insts[block]) {
            simplifier.visit(inst);
        }
        simplifier.func.layout.insts[block] = std::mem::take(&mut simplifier.output);
    }
    let changed = simplifier.changed;
    if changed {
        resolve_aliases(func);
    }
    changed
}

struct Simplifier<'a> {
    func: &'a mut Function,
    /// The instructions of the current block so far.
    output: Vec<Inst>,
    /// The source position of the current instruction, for what rules add.
    scope: Option<Scope>,
    changed: bool,
}

impl Simplifier<'_> {
    fn visit(&mut self, inst: Inst) {
        self.scope = self.func.dfg.scopes[inst];
        let mut data = self.func.dfg.insts[inst].clone();
        let mut resolved = false;
        data.visit_operands_mut(|operand| {
            let value = self.func.dfg.resolve(*operand);
            resolved |= value != *operand;
            *operand = value;
        });
        if let InstData::Overflow(op, args) = data {
            return self.visit_overflow(inst, op, args);
        }
        let mut rewritten = resolved;
        for _ in 0..MAX_REWRITES {
            match self.rewrite(&data) {
                Some(Rewrite::Data(new)) => {
                    data = new;
                    rewritten = true;
                    self.changed = true;
                }
                Some(Rewrite::Value(value)) => return self.replace(inst, value),
                Some(Rewrite::Constant(constant)) => match constant.to_data() {
                    Some(new) if new == data => break,
                    Some(new) => {
                        data = new;
                        rewritten = true;
                        self.changed = true;
                    }
                    None => break,
                },
                None => break,
            }
        }
        if rewritten {
            self.func.dfg.insts[inst] = data;
        }
        self.output.push(inst);
    }

    /// Drops an instruction whose only result is `value`.
    fn replace(&mut self, inst: Inst, value: Value) {
        let result = self.func.dfg.first_result(inst);
        self.func.dfg.replace_with_alias(result, value);
        self.changed = true;
    }

    fn rewrite(&mut self, data: &InstData) -> Option<Rewrite> {
        if Const::of_data(data).is_some() {
            return None;
        }
        if let Some(constant) = fold(data, |value| self.constant(value)).filter(|folded| folded.to_data().is_some()) {
            return Some(Rewrite::Constant(constant));
        }
        match *data {
            InstData::Unary(op, arg) => self.unary(op, arg),
            InstData::Binary { op, args: [a, b], contract } => match self.ty(a) {
                ty if ty.is_int() => self.integer_binary(op, a, b),
                Type::F32 | Type::F64 => self.float_binary(op, a, b, contract),
                _ => None,
            },
            InstData::Convert { op, ty, arg } => self.convert(op, ty, arg),
            InstData::IntCompare(cond, [a, b]) if !self.ty(a).is_vector() => self.int_compare(cond, a, b),
            InstData::Select([cond, a, b]) => self.select(cond, a, b),
            InstData::Load { ty, flags, base, offset } => {
                let (base, offset) = self.shorter_address(base, offset)?;
                Some(Rewrite::Data(InstData::Load { ty, flags, base, offset }))
            }
            InstData::Store { flags, args: [value, base], offset } => {
                let (base, offset) = self.shorter_address(base, offset)?;
                Some(Rewrite::Data(InstData::Store { flags, args: [value, base], offset }))
            }
            InstData::Branch { .. } => self.branch(data),
            InstData::ExtractLane(vector, lane) => self.extract_lane(vector, lane),
            _ => None,
        }
    }

    /// An operation with a flag becomes one without when either result is known.
    fn visit_overflow(&mut self, inst: Inst, op: OverflowOp, [a, b]: [Value; 2]) {
        let ty = self.ty(a);
        let known = |value: Value, flag: bool| Some((value, flag));
        let outcome = match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => {
                let (value, flag) = fold_overflow(op, x, y);
                value.to_data().map(|data| (self.make(data), flag))
            }
            (_, Some(y)) if y.is_zero() => match op {
                OverflowOp::Smul | OverflowOp::Umul => known(b, false),
                OverflowOp::Sadd | OverflowOp::Uadd | OverflowOp::Ssub | OverflowOp::Usub => known(a, false),
            },
            (Some(x), _) if x.is_zero() && matches!(op, OverflowOp::Sadd | OverflowOp::Uadd) => known(b, false),
            (Some(x), _) if x.is_zero() && matches!(op, OverflowOp::Smul | OverflowOp::Umul) => known(a, false),
            (_, Some(y)) if y == Const::int(ty, 1) && matches!(op, OverflowOp::Smul | OverflowOp::Umul) => {
                known(a, false)
            }
            (Some(x), _) if x == Const::int(ty, 1) && matches!(op, OverflowOp::Smul | OverflowOp::Umul) => {
                known(b, false)
            }
            _ if a == b && matches!(op, OverflowOp::Ssub | OverflowOp::Usub) => {
                let zero = self.make_constant(Const::int(ty, 0));
                known(zero, false)
            }
            _ => None,
        };
        let Some((value, flag)) = outcome else {
            self.func.dfg.insts[inst] = InstData::Overflow(op, [a, b]);
            self.output.push(inst);
            return;
        };
        let flag = self.make_constant(Const::truth(flag));
        let results = self.func.dfg.results[inst].clone();
        self.func.dfg.replace_with_alias(results[0], value);
        self.func.dfg.replace_with_alias(results[1], flag);
        self.changed = true;
    }

    /// `base + offset` with a base nearer to the object: constants go into the offset, and casts of references away.
    fn shorter_address(&mut self, base: Value, offset: i32) -> Option<(Value, i32)> {
        match *self.definition(base)? {
            InstData::Binary { op: BinaryOp::Iadd, args: [a, b], .. } => {
                let Some(step) = self.constant(b) else { return self.address_without_index_step(a, b, offset) };
                let offset = i32::try_from(step.signed() + i128::from(offset)).ok()?;
                Some((a, offset))
            }
            InstData::Convert { op: ConvertOp::Bitcast, arg, .. } if self.ty(arg) == Type::Ref => Some((arg, offset)),
            _ => None,
        }
    }

    /// `a + ((x + c) << k)` as `a + (x << k)`, with `c << k` in the offset: how elements of arrays that count from one are
    /// addressed. Without the shift, `a + (x + c)`, too. What the address was computed from is usually dead then.
    fn address_without_index_step(&mut self, a: Value, b: Value, offset: i32) -> Option<(Value, i32)> {
        both_orders(a, b).into_iter().find_map(|(a, index)| {
            let (sum, shift) = match self.as_binary(index) {
                Some((BinaryOp::Ishl, sum, amount)) => (sum, Some(self.constant(amount)?)),
                Some((BinaryOp::Iadd, ..)) => (index, None),
                _ => return None,
            };
            let (BinaryOp::Iadd, x, step) = self.as_binary(sum)? else { return None };
            let amount = shift.map_or(0, Const::unsigned);
            let step = self.constant(step)?.signed().checked_mul(1 << amount.min(32))?;
            let offset = i32::try_from(step + i128::from(offset)).ok().filter(|_| amount <= 32)?;
            let scaled = match shift {
                Some(shift) => {
                    let shift = self.make_constant(shift);
                    self.make(binary(BinaryOp::Ishl, x, shift))
                }
                None => x,
            };
            Some((self.make(binary(BinaryOp::Iadd, a, scaled)), offset))
        })
    }

    fn extract_lane(&self, vector: Value, lane: u8) -> Option<Rewrite> {
        match *self.definition(vector)? {
            InstData::InsertLane([_, scalar], at) if at == lane => Some(Rewrite::Value(scalar)),
            InstData::InsertLane([inner, _], _) => Some(Rewrite::Data(InstData::ExtractLane(inner, lane))),
            InstData::Convert { op: ConvertOp::Splat, arg, .. } => Some(Rewrite::Value(arg)),
            _ => None,
        }
    }

    // What rules look at.

    fn ty(&self, value: Value) -> Type {
        self.func.dfg.value_type(value)
    }

    fn constant(&self, value: Value) -> Option<Const> {
        Const::of(&self.func.dfg, value)
    }

    /// The instruction whose only result is `value`.
    fn definition(&self, value: Value) -> Option<&InstData> {
        match self.func.dfg.values[self.func.dfg.resolve(value)].def {
            ValueDef::Result(inst, 0) => Some(&self.func.dfg.insts[inst]),
            _ => None,
        }
    }

    /// Operation and resolved operands of a two-operand instruction.
    fn as_binary(&self, value: Value) -> Option<(BinaryOp, Value, Value)> {
        match *self.definition(value)? {
            InstData::Binary { op, args: [a, b], .. } => Some((op, self.func.dfg.resolve(a), self.func.dfg.resolve(b))),
            _ => None,
        }
    }

    /// Operation and resolved operand of a one-operand instruction.
    fn as_unary(&self, value: Value) -> Option<(UnaryOp, Value)> {
        match *self.definition(value)? {
            InstData::Unary(op, arg) => Some((op, self.func.dfg.resolve(arg))),
            _ => None,
        }
    }

    /// Operation and resolved operand of a conversion.
    fn as_convert(&self, value: Value) -> Option<(ConvertOp, Value)> {
        match *self.definition(value)? {
            InstData::Convert { op, arg, .. } => Some((op, self.func.dfg.resolve(arg))),
            _ => None,
        }
    }

    /// Whether an `i8` is certainly 0 or 1.
    fn is_truth(&self, value: Value) -> bool {
        is_truth(self.func, value, 4)
    }

    // What rules make. Constants they add are placed before the current instruction.

    fn make(&mut self, data: InstData) -> Value {
        let types = typing::result_types(&data, &self.func.dfg)
            .unwrap_or_else(|error| panic!("a simplification rule made {data:?}: {error}"));
        let inst = self.func.dfg.make_inst(data, &types);
        self.func.dfg.scopes[inst] = self.scope;
        self.output.push(inst);
        self.func.dfg.first_result(inst)
    }

    fn make_constant(&mut self, constant: Const) -> Value {
        let data = constant.to_data().expect("rules make constants that instructions can hold");
        self.make(data)
    }

    fn make_int(&mut self, ty: Type, value: i128) -> Value {
        self.make_constant(Const::int(ty, value))
    }
}

/// Whether an `i8` is certainly 0 or 1, looking through `depth` operations.
pub(crate) fn is_truth(func: &Function, value: Value, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let dfg = &func.dfg;
    let value = dfg.resolve(value);
    if dfg.value_type(value) != Type::I8 {
        return false;
    }
    let ValueDef::Result(inst, index) = dfg.values[value].def else { return false };
    match dfg.insts[inst] {
        InstData::IntCompare(..) | InstData::FloatCompare(..) | InstData::CpuHas(_) => true,
        InstData::Overflow(..) => index == 1,
        InstData::Iconst { value, .. } => value == 0 || value == 1,
        InstData::Binary { op: BinaryOp::Band, args: [a, b], .. } => {
            is_truth(func, a, depth) || is_truth(func, b, depth)
        }
        InstData::Binary { op: BinaryOp::Bor | BinaryOp::Bxor, args: [a, b], .. } => {
            is_truth(func, a, depth) && is_truth(func, b, depth)
        }
        InstData::Select([_, a, b]) => is_truth(func, a, depth) && is_truth(func, b, depth),
        _ => false,
    }
}

/// Shorthand for the operands of a binary instruction without contraction.
fn binary(op: BinaryOp, a: Value, b: Value) -> InstData {
    InstData::Binary { op, contract: false, args: [a, b] }
}

/// The edges of a branch turned around.
fn swapped_branch(data: &InstData, cond: Value) -> InstData {
    let InstData::Branch { then_dest, else_dest, .. } = data else { unreachable!("only branches are turned around") };
    InstData::Branch { cond, then_dest: else_dest.clone(), else_dest: then_dest.clone() }
}

/// Operands in one list, for rules that try both orders of a commutative operation.
fn both_orders(a: Value, b: Value) -> SmallVec<[(Value, Value); 2]> {
    SmallVec::from_buf([(a, b), (b, a)])
}
