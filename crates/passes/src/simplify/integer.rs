//! Rules on integer arithmetic. One rule per line where it fits; the comment above each operation's list is its name.
//!
//! Signed division by constants is left to the code generator, which knows the machine.

use tintype_ir::function::Value;
use tintype_ir::instruction::{BinaryOp, InstData, UnaryOp};

use super::{Rewrite, Simplifier, binary, both_orders};
use crate::constant::{Const, fold_binary};

impl Simplifier<'_> {
    /// Operations that undo themselves or that the next one makes pointless.
    pub(super) fn unary(&mut self, op: UnaryOp, arg: Value) -> Option<Rewrite> {
        let (inner_op, inner) = self.as_unary(arg)?;
        match (op, inner_op) {
            (UnaryOp::Ineg, UnaryOp::Ineg)
            | (UnaryOp::Bnot, UnaryOp::Bnot)
            | (UnaryOp::Bswap, UnaryOp::Bswap)
            | (UnaryOp::Bitrev, UnaryOp::Bitrev)
            | (UnaryOp::Fneg, UnaryOp::Fneg) => Some(Rewrite::Value(inner)),
            (UnaryOp::Fabs, UnaryOp::Fabs) => Some(Rewrite::Value(arg)),
            (UnaryOp::Fabs, UnaryOp::Fneg) => Some(Rewrite::Data(InstData::Unary(UnaryOp::Fabs, inner))),
            _ => None,
        }
    }

    /// Scalar integer operations.
    pub(super) fn integer_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Option<Rewrite> {
        if is_commutative(op) && self.constant(a).is_some() && self.constant(b).is_none() {
            return Some(Rewrite::Data(binary(op, b, a)));
        }
        if let Some(c) = self.constant(b)
            && let Some(rewrite) = self.with_constant(op, a, b, c)
        {
            return Some(rewrite);
        }
        if a == b
            && let Some(rewrite) = self.with_itself(op, a)
        {
            return Some(rewrite);
        }
        match op {
            BinaryOp::Iadd => self.add(a, b),
            BinaryOp::Isub => self.subtract(a, b),
            // 0 << x = 0, and so for the other shifts.
            BinaryOp::Ishl | BinaryOp::Ushr | BinaryOp::Sshr if self.constant(a)?.is_zero() => Some(Rewrite::Value(a)),
            _ => None,
        }
    }

    /// `a op c`.
    fn with_constant(&mut self, op: BinaryOp, a: Value, b: Value, c: Const) -> Option<Rewrite> {
        let ty = c.ty;
        let value = c.signed();
        let one = Const::int(ty, 1);
        // A power of two as an unsigned number; in `i8` and the like it may be the sign bit.
        let log2 = c.unsigned().is_power_of_two().then(|| i128::from(c.unsigned().trailing_zeros()));
        match op {
            // a + 0, a - 0, a | 0, a ^ 0, a << 0, ...
            BinaryOp::Iadd
            | BinaryOp::Isub
            | BinaryOp::Bor
            | BinaryOp::Bxor
            | BinaryOp::Ishl
            | BinaryOp::Ushr
            | BinaryOp::Sshr
                if c.is_zero() =>
            {
                Some(Rewrite::Value(a))
            }
            // a * 0, a & 0
            BinaryOp::Imul | BinaryOp::Band if c.is_zero() => Some(Rewrite::Value(b)),
            // a * 1, a / 1
            BinaryOp::Imul | BinaryOp::Sdiv | BinaryOp::Udiv if c == one => Some(Rewrite::Value(a)),
            // a % 1, a % -1
            BinaryOp::Urem if c == one => Some(Rewrite::Constant(Const::int(ty, 0))),
            BinaryOp::Srem if c == one || c.is_all_ones() => Some(Rewrite::Constant(Const::int(ty, 0))),
            // a & -1
            BinaryOp::Band if c.is_all_ones() => Some(Rewrite::Value(a)),
            // a & 1 of a truth value
            BinaryOp::Band if c == one && self.is_truth(a) => Some(Rewrite::Value(a)),
            // a | -1
            BinaryOp::Bor if c.is_all_ones() => Some(Rewrite::Value(b)),
            // a ^ -1 = ~a
            BinaryOp::Bxor if c.is_all_ones() => Some(Rewrite::Data(InstData::Unary(UnaryOp::Bnot, a))),
            // !comparison
            BinaryOp::Bxor if c == one => self.negated(a),
            // a - c = a + -c, so that only sums need rules
            BinaryOp::Isub => {
                let negative = Const::int(ty, value.wrapping_neg());
                negative.to_data()?;
                let negative = self.make_constant(negative);
                Some(Rewrite::Data(binary(BinaryOp::Iadd, a, negative)))
            }
            // a * -1 = -a
            BinaryOp::Imul if c.is_all_ones() => Some(Rewrite::Data(InstData::Unary(UnaryOp::Ineg, a))),
            // a * 2^k = a << k, and so for unsigned division
            BinaryOp::Imul | BinaryOp::Udiv => {
                let Some(log2) = log2 else { return self.join_constants(op, a, c) };
                let amount = self.make_int(ty, log2);
                let op = if op == BinaryOp::Imul { BinaryOp::Ishl } else { BinaryOp::Ushr };
                Some(Rewrite::Data(binary(op, a, amount)))
            }
            // a % 2^k = a & (2^k - 1)
            BinaryOp::Urem => {
                log2?;
                let low_bits = Const::int(ty, value.wrapping_sub(1));
                low_bits.to_data()?;
                let low_bits = self.make_constant(low_bits);
                Some(Rewrite::Data(binary(BinaryOp::Band, a, low_bits)))
            }
            BinaryOp::Ishl | BinaryOp::Ushr | BinaryOp::Sshr => self.shift_by_constant(op, a, c),
            BinaryOp::Iadd | BinaryOp::Band | BinaryOp::Bor | BinaryOp::Bxor => self.join_constants(op, a, c),
            _ => None,
        }
    }

    /// `(x op c1) op c2 = x op (c1 op c2)` for associative operations.
    fn join_constants(&mut self, op: BinaryOp, a: Value, c: Const) -> Option<Rewrite> {
        if op == BinaryOp::Udiv {
            return None;
        }
        let (inner_op, x, inner) = self.as_binary(a)?;
        if inner_op != op {
            return None;
        }
        let joined = fold_binary(op, self.constant(inner)?, c)?;
        joined.to_data()?;
        let joined = self.make_constant(joined);
        Some(Rewrite::Data(binary(op, x, joined)))
    }

    /// Amounts below the width; two shifts the same way are one.
    fn shift_by_constant(&mut self, op: BinaryOp, a: Value, c: Const) -> Option<Rewrite> {
        let width = u128::from(c.ty.bits());
        let amount = c.unsigned() % width;
        if amount != c.unsigned() {
            let amount = self.make_int(c.ty, amount as i128);
            return Some(Rewrite::Data(binary(op, a, amount)));
        }
        if self.constant(a).is_some_and(Const::is_zero) {
            return Some(Rewrite::Value(a));
        }
        let (inner_op, x, inner) = self.as_binary(a)?;
        if inner_op != op {
            return None;
        }
        let total = self.constant(inner)?.unsigned() % width + amount;
        let total = match op {
            BinaryOp::Sshr => total.min(width - 1),
            _ if total >= width => return Some(Rewrite::Constant(Const::int(c.ty, 0))),
            _ => total,
        };
        let total = self.make_int(c.ty, total as i128);
        Some(Rewrite::Data(binary(op, x, total)))
    }

    /// `a op a`.
    fn with_itself(&mut self, op: BinaryOp, a: Value) -> Option<Rewrite> {
        match op {
            BinaryOp::Isub | BinaryOp::Bxor => Some(Rewrite::Constant(Const::int(self.ty(a), 0))),
            BinaryOp::Band | BinaryOp::Bor => Some(Rewrite::Value(a)),
            BinaryOp::Smin | BinaryOp::Smax | BinaryOp::Umin | BinaryOp::Umax => Some(Rewrite::Value(a)),
            _ => None,
        }
    }

    fn add(&mut self, a: Value, b: Value) -> Option<Rewrite> {
        for (a, b) in both_orders(a, b) {
            // a + -x = a - x
            if let Some((UnaryOp::Ineg, x)) = self.as_unary(b) {
                return Some(Rewrite::Data(binary(BinaryOp::Isub, a, x)));
            }
            // (x - b) + b = x
            if let Some((BinaryOp::Isub, x, y)) = self.as_binary(a)
                && y == b
            {
                return Some(Rewrite::Value(x));
            }
        }
        self.address_of_part(a, b)
    }

    /// The address of a part of a stack slot plus a constant is such an address, while it stays in the slot.
    fn address_of_part(&mut self, a: Value, b: Value) -> Option<Rewrite> {
        let step = self.constant(b)?.signed();
        let InstData::StackAddr(slot, offset) = *self.definition(a)? else { return None };
        let moved = i32::try_from(step + i128::from(offset)).ok()?;
        let inside = moved >= 0 && moved.cast_unsigned() <= self.func.stack_slots[slot].size;
        inside.then(|| Rewrite::Data(InstData::StackAddr(slot, moved)))
    }

    fn subtract(&mut self, a: Value, b: Value) -> Option<Rewrite> {
        // 0 - b = -b
        if self.constant(a).is_some_and(Const::is_zero) {
            return Some(Rewrite::Data(InstData::Unary(UnaryOp::Ineg, b)));
        }
        // a - -x = a + x
        if let Some((UnaryOp::Ineg, x)) = self.as_unary(b) {
            return Some(Rewrite::Data(binary(BinaryOp::Iadd, a, x)));
        }
        match self.as_binary(a) {
            // (x + y) - y = x, (x + y) - x = y
            Some((BinaryOp::Iadd, x, y)) if y == b => Some(Rewrite::Value(x)),
            Some((BinaryOp::Iadd, x, y)) if x == b => Some(Rewrite::Value(y)),
            // (b - y) - b = -y
            Some((BinaryOp::Isub, x, y)) if x == b => Some(Rewrite::Data(InstData::Unary(UnaryOp::Ineg, y))),
            _ => None,
        }
    }
}

/// Whether the operands of an integer operation may change places.
pub(crate) fn is_commutative(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Iadd
            | BinaryOp::Imul
            | BinaryOp::Smulhi
            | BinaryOp::Umulhi
            | BinaryOp::Band
            | BinaryOp::Bor
            | BinaryOp::Bxor
            | BinaryOp::Smin
            | BinaryOp::Smax
            | BinaryOp::Umin
            | BinaryOp::Umax
    )
}
