//! Subtyping of tuple types: element by element, with open ends.

use super::environment::Solver;
use crate::objects::*;
use crate::types::tuples::tuple_parts;

impl Solver<'_> {
    pub(super) fn subtype_tuple(&mut self, x: Gc<DataType>, y: Gc<DataType>, param: u8) -> bool {
        let (xs, x_rest) = tuple_parts(&x);
        let (ys, y_rest) = tuple_parts(&y);
        match (x_rest, y_rest) {
            (None, None) => xs.len() == ys.len() && self.elements(xs, ys, param),
            (None, Some(rest)) => {
                xs.len() >= ys.len()
                    && self.elements(&xs[..ys.len()], ys, param)
                    && self.all_below(&xs[ys.len()..], rest, param)
                    && self.length_is(rest, xs.len() - ys.len())
            }
            (Some(rest), None) => {
                // Only a length that is a variable on the right can be made to fit.
                rest.count.is_some()
                    && ys.len() >= xs.len()
                    && self.length_is(rest, ys.len() - xs.len())
                    && self.elements(xs, &ys[..xs.len()], param)
                    && ys[xs.len()..].iter().all(|y| {
                        let element = self.element(rest);
                        self.subtype(element, y.unwrap(), param)
                    })
            }
            (Some(x_rest), Some(y_rest)) => {
                xs.len() >= ys.len()
                    && self.elements(&xs[..ys.len()], ys, param)
                    && self.all_below(&xs[ys.len()..], y_rest, param)
                    && self.rest_below(x_rest, y_rest, param)
                    && self.lengths_agree(x_rest, y_rest, xs.len() - ys.len())
            }
        }
    }

    fn element(&self, rest: Gc<Vararg>) -> Value {
        rest.element.unwrap_or_else(|| self.cx.well_known().any().erase())
    }

    fn elements(&mut self, xs: &[Field], ys: &[Field], param: u8) -> bool {
        xs.iter().zip(ys).all(|(x, y)| self.subtype(x.unwrap(), y.unwrap(), param))
    }

    fn all_below(&mut self, xs: &[Field], rest: Gc<Vararg>, param: u8) -> bool {
        let element = self.element(rest);
        xs.iter().all(|x| self.subtype(x.unwrap(), element, param))
    }

    /// Twice, because there may be several elements: a variable then counts as occurring more than once.
    fn rest_below(&mut self, x: Gc<Vararg>, y: Gc<Vararg>, param: u8) -> bool {
        let (x, y) = (self.element(x), self.element(y));
        self.subtype(x, y, param) && self.subtype(x, y, param)
    }

    /// The open end has exactly this many elements.
    fn length_is(&mut self, rest: Gc<Vararg>, length: usize) -> bool {
        let Some(count) = rest.count else { return true };
        let length = self.cx.box_int64(length as i64);
        self.inv_depth += 1;
        let answer = self.equal(length, count);
        self.inv_depth -= 1;
        answer
    }

    /// `x` has `extra` more elements before its end than `y`.
    fn lengths_agree(&mut self, x: Gc<Vararg>, y: Gc<Vararg>, extra: usize) -> bool {
        let Some(y_count) = y.count else { return true };
        if extra == 0
            && let Some(x_count) = x.count
        {
            self.inv_depth += 1;
            let answer = self.equal(x_count, y_count);
            self.inv_depth -= 1;
            return answer;
        }
        // Every length occurs on the left: the length on the right must be free to be any.
        let Some(index) = y_count.get::<TypeVar>().and_then(|var| self.lookup(var)) else { return false };
        let any = self.cx.well_known().any().erase();
        let bind = &mut self.vars[index];
        if !bind.right || !bind.lower.is_bottom() || bind.upper != any {
            return false;
        }
        bind.lower = any;
        bind.occurs_inv = 2;
        true
    }
}
