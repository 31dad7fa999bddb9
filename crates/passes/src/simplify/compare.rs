//! Rules on integer comparisons, selects and branches: truth values are not tested twice.

use tintype_ir::function::Value;
use tintype_ir::instruction::{BinaryOp, BlockCall, ConvertOp, FloatCond, InstData, IntCond};
use tintype_ir::types::Type;

use super::{Rewrite, Simplifier, binary, swapped_branch};
use crate::constant::{Const, fold_convert, fold_int_compare};

impl Simplifier<'_> {
    /// Scalar comparisons.
    pub(super) fn int_compare(&mut self, cond: IntCond, a: Value, b: Value) -> Option<Rewrite> {
        if a == b {
            let holds = matches!(cond, IntCond::Eq | IntCond::Sle | IntCond::Sge | IntCond::Ule | IntCond::Uge);
            return Some(Rewrite::Constant(Const::truth(holds)));
        }
        if self.constant(a).is_some() && self.constant(b).is_none() {
            return Some(Rewrite::Data(InstData::IntCompare(mirrored(cond), [b, a])));
        }
        let c = self.constant(b)?;
        self.against_bounds(cond, a, b, c)
            .or_else(|| self.truth_against_constant(cond, a, c))
            .or_else(|| self.select_against_constant(cond, a, c))
            .or_else(|| self.extension_against_constant(cond, a, c))
            .or_else(|| self.equality_against_constant(cond, a, c))
    }

    /// Nothing unsigned is below zero.
    fn against_bounds(&mut self, cond: IntCond, a: Value, b: Value, c: Const) -> Option<Rewrite> {
        match cond {
            IntCond::Ult if c.is_zero() => Some(Rewrite::Constant(Const::truth(false))),
            IntCond::Uge if c.is_zero() => Some(Rewrite::Constant(Const::truth(true))),
            IntCond::Ugt if c.is_zero() => Some(Rewrite::Data(InstData::IntCompare(IntCond::Ne, [a, b]))),
            IntCond::Ule if c.is_zero() => Some(Rewrite::Data(InstData::IntCompare(IntCond::Eq, [a, b]))),
            IntCond::Ugt if c.is_all_ones() => Some(Rewrite::Constant(Const::truth(false))),
            IntCond::Ule if c.is_all_ones() => Some(Rewrite::Constant(Const::truth(true))),
            _ => None,
        }
    }

    /// A truth value compared with a constant is itself, its negation, or known.
    fn truth_against_constant(&mut self, cond: IntCond, a: Value, c: Const) -> Option<Rewrite> {
        if !self.is_truth(a) {
            return None;
        }
        let holds = |truth| fold_int_compare(cond, Const::truth(truth), c);
        match (holds(true), holds(false)) {
            (true, false) => Some(Rewrite::Value(a)),
            (false, true) => self.negated(a),
            (known, _) => Some(Rewrite::Constant(Const::truth(known))),
        }
    }

    /// A choice between constants compared with a constant is the condition of the choice, its negation, or known.
    fn select_against_constant(&mut self, cond: IntCond, a: Value, c: Const) -> Option<Rewrite> {
        let InstData::Select([choice, x, y]) = *self.definition(a)? else { return None };
        let (x, y) = (self.constant(x)?, self.constant(y)?);
        match (fold_int_compare(cond, x, c), fold_int_compare(cond, y, c)) {
            (true, false) => Some(self.test(IntCond::Ne, choice)),
            (false, true) => Some(self.test(IntCond::Eq, choice)),
            (known, _) => Some(Rewrite::Constant(Const::truth(known))),
        }
    }

    /// `choice != 0` or `choice == 0` for an `i8`.
    fn test(&mut self, cond: IntCond, choice: Value) -> Rewrite {
        let zero = self.make_int(Type::I8, 0);
        Rewrite::Data(InstData::IntCompare(cond, [choice, zero]))
    }

    /// An extended number compared with a constant the narrow type can hold: compare the narrow one.
    fn extension_against_constant(&mut self, cond: IntCond, a: Value, c: Const) -> Option<Rewrite> {
        let (op, narrow) = self.as_convert(a)?;
        let ty = self.ty(narrow);
        let equality = matches!(cond, IntCond::Eq | IntCond::Ne);
        let unsigned = matches!(cond, IntCond::Ult | IntCond::Ule | IntCond::Ugt | IntCond::Uge);
        let keeps_order = match op {
            ConvertOp::Uextend => equality || unsigned,
            ConvertOp::Sextend => equality || !unsigned,
            _ => false,
        };
        if !keeps_order {
            return None;
        }
        let narrow_constant = fold_convert(ConvertOp::Ireduce, ty, c)?;
        if fold_convert(op, c.ty, narrow_constant) == Some(c) {
            let constant = self.make_constant(narrow_constant);
            return Some(Rewrite::Data(InstData::IntCompare(cond, [narrow, constant])));
        }
        // The constant is out of the narrow type's range, so an equality is decided.
        equality.then(|| Rewrite::Constant(Const::truth(cond == IntCond::Ne)))
    }

    /// Equality of a sum, difference or object with a constant.
    fn equality_against_constant(&mut self, cond: IntCond, a: Value, c: Const) -> Option<Rewrite> {
        if !matches!(cond, IntCond::Eq | IntCond::Ne) {
            return None;
        }
        if c.ty == Type::Ref {
            // An object is not null.
            let is_object = matches!(self.definition(a)?, InstData::Alloc { .. } | InstData::SlotValue(_));
            return is_object.then(|| Rewrite::Constant(Const::truth(cond == IntCond::Ne)));
        }
        let (op, x, y) = self.as_binary(a)?;
        match op {
            // x + c1 == c is x == c - c1
            BinaryOp::Iadd => {
                let step = self.constant(y)?;
                let moved = Const::int(c.ty, c.signed().wrapping_sub(step.signed()));
                moved.to_data()?;
                let moved = self.make_constant(moved);
                Some(Rewrite::Data(InstData::IntCompare(cond, [x, moved])))
            }
            // x - y == 0 and x ^ y == 0 are x == y
            BinaryOp::Isub | BinaryOp::Bxor if c.is_zero() => Some(Rewrite::Data(InstData::IntCompare(cond, [x, y]))),
            _ => None,
        }
    }

    /// The negation of a comparison, as a comparison. Ordered float comparisons have none: both are false for NaN.
    pub(super) fn negated(&mut self, truth: Value) -> Option<Rewrite> {
        match *self.definition(truth)? {
            InstData::IntCompare(cond, args) if self.ty(truth) == Type::I8 => {
                Some(Rewrite::Data(InstData::IntCompare(inverse(cond), args)))
            }
            InstData::FloatCompare(cond, args) if self.ty(truth) == Type::I8 => {
                Some(Rewrite::Data(InstData::FloatCompare(float_inverse(cond)?, args)))
            }
            InstData::Binary { op: BinaryOp::Bxor, args: [x, one], .. }
                if self.constant(one) == Some(Const::truth(true)) && self.is_truth(x) =>
            {
                Some(Rewrite::Value(x))
            }
            _ => None,
        }
    }

    /// Choices.
    pub(super) fn select(&mut self, cond: Value, a: Value, b: Value) -> Option<Rewrite> {
        if a == b {
            return Some(Rewrite::Value(a));
        }
        if let Some(cond) = self.constant(cond) {
            return Some(Rewrite::Value(if cond.is_zero() { b } else { a }));
        }
        if let Some((plain, turned)) = self.plain_condition(cond) {
            let (a, b) = if turned { (b, a) } else { (a, b) };
            return Some(Rewrite::Data(InstData::Select([plain, a, b])));
        }
        // A nested choice by the same condition is decided.
        if let Some(InstData::Select([inner, x, _])) = self.definition(a)
            && self.func.dfg.resolve(*inner) == cond
        {
            return Some(Rewrite::Data(InstData::Select([cond, *x, b])));
        }
        if let Some(InstData::Select([inner, _, y])) = self.definition(b)
            && self.func.dfg.resolve(*inner) == cond
        {
            return Some(Rewrite::Data(InstData::Select([cond, a, *y])));
        }
        if !self.is_truth(cond) || self.ty(a) != Type::I8 {
            return None;
        }
        let [one, zero] = [Const::truth(true), Const::truth(false)].map(Some);
        match (self.constant(a), self.constant(b)) {
            // select c 1 0 = c, select c 0 1 = !c
            (a, b) if a == one && b == zero => Some(Rewrite::Value(cond)),
            (a, b) if a == zero && b == one => self.negated(cond),
            // select c x 0 = c & x, select c 1 x = c | x
            (_, b) if b == zero && self.is_truth(a) => Some(Rewrite::Data(binary(BinaryOp::Band, cond, a))),
            (x, _) if x == one && self.is_truth(b) => Some(Rewrite::Data(binary(BinaryOp::Bor, cond, b))),
            _ => None,
        }
    }

    /// Branches on a test of an `i8` branch on the `i8`; what they pass of it is a constant, which jump threading sees.
    pub(super) fn branch(&mut self, data: &InstData) -> Option<Rewrite> {
        let InstData::Branch { cond, then_dest, else_dest } = data else { return None };
        let passes = |dest: &BlockCall| dest.args.contains(cond);
        if self.constant(*cond).is_none() && (passes(else_dest) || (passes(then_dest) && self.is_truth(*cond))) {
            let (mut then_dest, mut else_dest) = (then_dest.clone(), else_dest.clone());
            if self.is_truth(*cond) {
                self.replace_argument(&mut then_dest, *cond, 1);
            }
            self.replace_argument(&mut else_dest, *cond, 0);
            return Some(Rewrite::Data(InstData::Branch { cond: *cond, then_dest, else_dest }));
        }
        let (plain, turned) = self.plain_condition(*cond)?;
        if turned {
            return Some(Rewrite::Data(swapped_branch(data, plain)));
        }
        let (then_dest, else_dest) = (then_dest.clone(), else_dest.clone());
        Some(Rewrite::Data(InstData::Branch { cond: plain, then_dest, else_dest }))
    }

    /// Passes a constant where the target is passed `value`, an `i8`.
    fn replace_argument(&mut self, dest: &mut BlockCall, value: Value, constant: i128) {
        if dest.args.contains(&value) {
            let constant = self.make_int(Type::I8, constant);
            dest.args.iter_mut().filter(|arg| **arg == value).for_each(|arg| *arg = constant);
        }
    }

    /// For a condition that only tests another `i8`: that one, and whether it is tested for zero.
    fn plain_condition(&self, cond: Value) -> Option<(Value, bool)> {
        match *self.definition(cond)? {
            InstData::IntCompare(test @ (IntCond::Eq | IntCond::Ne), [x, y])
                if self.ty(x) == Type::I8 && self.constant(y)?.is_zero() =>
            {
                Some((x, test == IntCond::Eq))
            }
            InstData::Binary { op: BinaryOp::Bxor, args: [x, y], .. }
                if self.constant(y)? == Const::truth(true) && self.is_truth(x) =>
            {
                Some((x, true))
            }
            _ => None,
        }
    }
}

/// The condition with its operands exchanged.
fn mirrored(cond: IntCond) -> IntCond {
    match cond {
        IntCond::Eq => IntCond::Eq,
        IntCond::Ne => IntCond::Ne,
        IntCond::Slt => IntCond::Sgt,
        IntCond::Sle => IntCond::Sge,
        IntCond::Sgt => IntCond::Slt,
        IntCond::Sge => IntCond::Sle,
        IntCond::Ult => IntCond::Ugt,
        IntCond::Ule => IntCond::Uge,
        IntCond::Ugt => IntCond::Ult,
        IntCond::Uge => IntCond::Ule,
    }
}

/// The condition that holds when this one does not.
pub(crate) fn inverse(cond: IntCond) -> IntCond {
    match cond {
        IntCond::Eq => IntCond::Ne,
        IntCond::Ne => IntCond::Eq,
        IntCond::Slt => IntCond::Sge,
        IntCond::Sle => IntCond::Sgt,
        IntCond::Sgt => IntCond::Sle,
        IntCond::Sge => IntCond::Slt,
        IntCond::Ult => IntCond::Uge,
        IntCond::Ule => IntCond::Ugt,
        IntCond::Ugt => IntCond::Ule,
        IntCond::Uge => IntCond::Ult,
    }
}

fn float_inverse(cond: FloatCond) -> Option<FloatCond> {
    match cond {
        FloatCond::Eq => Some(FloatCond::Ne),
        FloatCond::Ne => Some(FloatCond::Eq),
        FloatCond::Ordered => Some(FloatCond::Unordered),
        FloatCond::Unordered => Some(FloatCond::Ordered),
        FloatCond::Lt | FloatCond::Le | FloatCond::Gt | FloatCond::Ge => None,
    }
}
