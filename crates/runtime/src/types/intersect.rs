//! Intersection: a type that holds at least the common instances of two.
//!
//! The answer may be too big where exactness would need more than a type can say, never too small. Dispatch relies on
//! that: `Union{}` means that no call can match.

use super::instantiate::{Substitution, instance_of, instantiate};
use super::subtype::{above, is_subtype, subtype_with_env};
use super::tuples::{tuple_parts, tuple_type};
use super::unions::{union, union_components};
use super::variables::{has_free_variables, occurs_free, union_all, unwrap_union_all};
use crate::context::Context;
use crate::objects::*;

/// The intersection.
pub fn intersect(cx: &Context, a: Value, b: Value) -> Value {
    if a == b || is_subtype(cx, a, b) {
        return a;
    }
    if is_subtype(cx, b, a) {
        return b;
    }
    let _guard = cx.heap().no_collect();
    Meet { cx, vars: Vec::new(), depth: 0 }.top(a, b)
}

/// Whether two types surely have no common instance.
pub fn is_disjoint(cx: &Context, a: Value, b: Value) -> bool {
    super::sieve::surely_disjoint(cx, a, b) || intersect(cx, a, b).is_bottom()
}

/// The intersection with a method's signature, and the values of the signature's variables there (a `TypeVar` where one
/// is not determined).
pub fn intersect_with_env(cx: &Context, a: Value, signature: Value, env: &mut Vec<Value>) -> Value {
    if let Ok(true) = subtype_with_env(cx, a, signature, env) {
        return a;
    }
    let _guard = cx.heap().no_collect();
    let met = intersect(cx, a, signature);
    if met.is_bottom() {
        env.clear();
        return met;
    }
    match subtype_with_env(cx, met, signature, env) {
        Ok(true) => {}
        _ => {
            env.clear();
            let mut at = signature;
            while let Some(all) = at.get::<UnionAll>() {
                env.push(all.variable.erase());
                at = all.body;
            }
        }
    }
    met
}

/// A variable of either side, with what is known of it.
struct MeetVar {
    var: Gc<TypeVar>,
    lower: Value,
    upper: Value,
    /// The value it must have, once an invariant position says so.
    value: Option<Value>,
    /// It occurs in an invariant position too. Then what it meets in covariant ones bounds it only from below:
    /// `Tuple{T, Ref{T}}` meets `Tuple{Int, Any}` in `Tuple{Int, Ref{T}} where T>:Int`.
    invariant: bool,
}

struct Meet<'cx> {
    cx: &'cx Context,
    vars: Vec<MeetVar>,
    depth: u32,
}

/// Deeper than this the smaller-looking side is taken as the answer, which is allowed to be too big.
const MAX_DEPTH: u32 = 64;

impl Meet<'_> {
    fn top(&mut self, a: Value, b: Value) -> Value {
        self.meet(a, b, false)
    }

    /// The intersection of `a` and `b`, in which variables of `self.vars` may occur. In invariant position the types must
    /// be made equal.
    fn meet(&mut self, a: Value, b: Value, invariant: bool) -> Value {
        let bottom = self.cx.well_known().bottom();
        let any = self.cx.well_known().any().erase();
        if a == b || b == any && !invariant {
            return a;
        }
        if a == any && !invariant {
            return b;
        }
        if self.depth > MAX_DEPTH || self.cx.stack_is_low() {
            return a;
        }
        self.depth += 1;
        let is_var = |ty: Value| ty.is::<TypeVar>();
        let met = match (a.view(), b.view()) {
            _ if invariant && !is_var(a) && !is_var(b) => self.equal_parameters(a, b),
            // A variable first: what a `where` on the other side binds must not get into its bounds.
            (View::Var(var), _) => self.meet_var(var, b, invariant),
            (_, View::Var(var)) => self.meet_var(var, a, invariant),
            (View::All(all), _) => self.meet_all(all, b, invariant, false),
            (_, View::All(all)) => self.meet_all(all, a, invariant, true),
            (View::Union(_), _) if !invariant => self.meet_union(a, b, false),
            (_, View::Union(_)) if !invariant => self.meet_union(b, a, true),
            (View::Bottom, _) | (_, View::Bottom) if !invariant => bottom,
            (View::Data(x), View::Data(y)) if !invariant => self.meet_data(x, y),
            _ => self.equal_parameters(a, b),
        };
        self.depth -= 1;
        met
    }

    fn meet_union(&mut self, whole: Value, other: Value, swapped: bool) -> Value {
        let parts: Vec<Value> = union_components(whole)
            .into_iter()
            .map(|part| {
                let saved = self.save();
                let met = if swapped { self.meet(other, part, false) } else { self.meet(part, other, false) };
                // What one alternative says of a variable does not hold for the others.
                self.restore(saved);
                met
            })
            .collect();
        union(self.cx, &parts)
    }

    fn save(&self) -> Vec<(Value, Value, Option<Value>)> {
        self.vars.iter().map(|var| (var.lower, var.upper, var.value)).collect()
    }

    fn restore(&mut self, saved: Vec<(Value, Value, Option<Value>)>) {
        for (var, (lower, upper, value)) in self.vars.iter_mut().zip(saved) {
            (var.lower, var.upper, var.value) = (lower, upper, value);
        }
    }

    /// Meets the body of a `where`, then puts the variable back: as its value, or bound again.
    fn meet_all(&mut self, all: Gc<UnionAll>, other: Value, invariant: bool, swapped: bool) -> Value {
        let variable = self.cx.new_type_var(all.variable.name, all.variable.lower, all.variable.upper);
        let mut renaming = Substitution::new();
        renaming.push(all.variable, variable.erase());
        let Some(body) = self.substitute(all.body, &renaming) else { return other };
        self.vars.push(MeetVar {
            var: variable,
            lower: variable.lower,
            upper: variable.upper,
            value: None,
            invariant: super::subtype::occurs_invariantly(body, variable, false),
        });
        let met = if swapped { self.meet(other, body, invariant) } else { self.meet(body, other, invariant) };
        let known = self.vars.pop().expect("pushed above");
        self.leave_scope(&known);
        if met.is_bottom() || !occurs_free(met, variable) {
            return met;
        }
        let mut substitution = Substitution::new();
        if known.value.is_none() && known.upper.is_bottom() {
            // Two variables of no common type are both the empty type: `Vector{Union{}}` is a type with instances.
            substitution.push(variable, known.upper);
            return self.substitute(met, &substitution).unwrap_or(met);
        }
        if let Some(value) = known.value {
            if value != variable.erase() && !occurs_free(value, variable) {
                substitution.push(variable, value);
                return self.substitute(met, &substitution).unwrap_or(met);
            }
            return union_all(self.cx, variable, met);
        }
        if known.lower == variable.lower && known.upper == variable.upper {
            return union_all(self.cx, variable, met);
        }
        if occurs_free(known.upper, variable) || occurs_free(known.lower, variable) {
            return union_all(self.cx, variable, met);
        }
        let is_leaf = |ty: Value| ty.get::<DataType>().is_some_and(|data| data.is_concrete() && !data.is_type_type());
        if !known.invariant && known.lower.is_bottom() && is_leaf(known.upper) {
            // `Tuple{T, T} where T<:Int64` is `Tuple{Int64, Int64}`.
            substitution.push(variable, known.upper);
            return self.substitute(met, &substitution).unwrap_or(met);
        }
        let narrowed = self.cx.new_type_var(variable.name, known.lower, known.upper);
        substitution.push(variable, narrowed.erase());
        let met = self.substitute(met, &substitution).unwrap_or(met);
        union_all(self.cx, narrowed, met)
    }

    /// Variables bound further out must not mention one that goes out of scope: its value stands for it, or the bound is
    /// widened to all its values.
    fn leave_scope(&mut self, gone: &MeetVar) {
        let bottom = self.cx.well_known().bottom();
        for i in 0..self.vars.len() {
            let hide = |meet: &Self, ty: Value| {
                let inner = meet.cx.new_type_var(gone.var.name, gone.lower, gone.upper);
                let mut substitution = Substitution::new();
                let by_value = gone.value.filter(|&value| !occurs_free(value, gone.var));
                substitution.push(gone.var, by_value.unwrap_or(inner.erase()));
                let ty = meet.substitute(ty, &substitution).unwrap_or(ty);
                union_all(meet.cx, inner, ty)
            };
            if occurs_free(self.vars[i].upper, gone.var) {
                self.vars[i].upper = hide(self, self.vars[i].upper);
            }
            if occurs_free(self.vars[i].lower, gone.var) {
                self.vars[i].lower = bottom;
            }
            if let Some(value) = self.vars[i].value.filter(|&value| occurs_free(value, gone.var)) {
                match gone.value.filter(|&known| !occurs_free(known, gone.var)) {
                    Some(_) => self.vars[i].value = Some(hide(self, value)),
                    None => {
                        self.vars[i].value = None;
                        self.vars[i].upper = hide(self, value);
                    }
                }
            }
        }
    }

    fn substitute(&self, ty: Value, with: &Substitution) -> Option<Value> {
        match instantiate(self.cx, ty, with) {
            Ok(ty) => Some(ty),
            Err(thrown) => {
                self.cx.take_exception(thrown);
                None
            }
        }
    }

    fn meet_var(&mut self, var: Gc<TypeVar>, other: Value, invariant: bool) -> Value {
        let bottom = self.cx.well_known().bottom();
        let Some(index) = self.vars.iter().rposition(|known| known.var == var) else {
            // A variable bound outside the question stands for itself.
            if invariant {
                return var.erase();
            }
            let met = self.meet(var.upper, other, false);
            return if met.is_bottom() { met } else { var.erase() };
        };
        if let Some(other_var) = other.get::<TypeVar>()
            && self.vars.iter().any(|known| known.var == other_var)
        {
            return self.meet_two_vars(index, other_var, invariant);
        }
        if let Some(value) = self.vars[index].value {
            return self.meet(value, other, invariant);
        }
        let (lower, upper) = (self.vars[index].lower, self.vars[index].upper);
        if invariant {
            if other.is_type() && !has_free_variables(other) {
                let fits = |low: Value, high: Value| {
                    has_free_variables(low) || has_free_variables(high) || is_subtype(self.cx, low, high)
                };
                if !fits(other, upper) || !fits(lower, other) {
                    return bottom;
                }
            } else if !other.is_type() && !other.is::<TypeVar>() && upper != self.cx.well_known().any().erase() {
                return bottom;
            }
            if occurs_free(other, var) {
                return other;
            }
            self.vars[index].value = Some(other);
            return other;
        }
        let met = self.meet(upper, other, false);
        if met.is_bottom() && !lower.is_bottom() {
            return bottom;
        }
        if met.is_bottom() {
            return bottom;
        }
        if self.vars[index].invariant {
            let concrete = met.get::<DataType>().is_some_and(|data| data.is_concrete());
            if concrete {
                let lower = self.vars[index].lower;
                self.vars[index].lower = union(self.cx, &[lower, met]);
            }
            return met;
        }
        if !occurs_free(met, var) {
            // Inside a covariant position the variable may still be smaller: it stays a variable with a smaller bound.
            self.vars[index].upper = met;
        }
        var.erase()
    }

    fn meet_two_vars(&mut self, index: usize, other: Gc<TypeVar>, invariant: bool) -> Value {
        let this = self.vars[index].var;
        if this == other {
            return this.erase();
        }
        let other_index = self.vars.iter().rposition(|known| known.var == other).expect("checked by the caller");
        let (outer, inner) = if index < other_index { (index, other_index) } else { (other_index, index) };
        if let Some(value) = self.vars[inner].value {
            let var = self.vars[outer].var;
            return self.meet(var.erase(), value, invariant);
        }
        if let Some(value) = self.vars[outer].value {
            let var = self.vars[inner].var;
            return self.meet(var.erase(), value, invariant);
        }
        let (a, b) = (self.vars[outer].upper, self.vars[inner].upper);
        let open = has_free_variables(a) || has_free_variables(b);
        let upper = if open { a } else { intersect(self.cx, a, b) };
        if upper.is_bottom() && !invariant {
            return upper;
        }
        self.vars[outer].upper = upper;
        let lower = self.vars[inner].lower;
        if self.vars[outer].lower.is_bottom() && !has_free_variables(lower) {
            self.vars[outer].lower = lower;
        }
        let value = self.vars[outer].var.erase();
        self.vars[inner].value = Some(value);
        value
    }

    fn meet_data(&mut self, x: Gc<DataType>, y: Gc<DataType>) -> Value {
        let bottom = self.cx.well_known().bottom();
        if x.is_tuple() && y.is_tuple() {
            return self.meet_tuples(x, y);
        }
        if x.is_type_type() != y.is_type_type() {
            return self.meet_type_with_kind(x, y);
        }
        // The lower of the two in the hierarchy, its supertype made to agree with the other.
        let (low, high) = if above(self.cx, x, y.name).is_some() {
            (x, y)
        } else if above(self.cx, y, x.name).is_some() {
            (y, x)
        } else {
            return bottom;
        };
        if low.name == high.name {
            return self.meet_instances(low, high);
        }
        let seen_from_low = above(self.cx, low, high.name).expect("checked above");
        if !seen_from_low.has_free_variables() && !high.has_free_variables() {
            return if is_subtype(self.cx, seen_from_low.erase(), high.erase()) { low.erase() } else { bottom };
        }
        let met = self.meet_instances(seen_from_low, high);
        if met.is_bottom() { bottom } else { low.erase() }
    }

    /// `Type{T}` and a kind (`DataType`, ...), or something above both.
    fn meet_type_with_kind(&mut self, x: Gc<DataType>, y: Gc<DataType>) -> Value {
        let (ty, kind) = if x.is_type_type() { (x, y) } else { (y, x) };
        let bottom = self.cx.well_known().bottom();
        let of = ty.param(0);
        if of.is::<TypeVar>() {
            // Which kind the type has is open.
            let is_kind = super::subtype::above(self.cx, kind, ty.name).is_some();
            return if is_kind { ty.erase() } else { bottom };
        }
        if is_subtype(self.cx, of.type_of().erase(), kind.erase()) { ty.erase() } else { bottom }
    }

    fn meet_instances(&mut self, x: Gc<DataType>, y: Gc<DataType>) -> Value {
        let bottom = self.cx.well_known().bottom();
        if x.n_params() != y.n_params() {
            return bottom;
        }
        let mut params = Vec::with_capacity(x.n_params());
        for (p, q) in x.params().iter().zip(y.params()) {
            let (p, q) = (p.unwrap(), q.unwrap());
            let met = self.meet(p, q, true);
            if met.is_bottom() && !(p.is_bottom() && q.is_bottom()) {
                return bottom;
            }
            params.push(met);
        }
        instance_of(self.cx, x.name, &params).erase()
    }

    /// Two things in invariant position that are no variables.
    fn equal_parameters(&mut self, a: Value, b: Value) -> Value {
        let bottom = self.cx.well_known().bottom();
        if !a.is_type() || !b.is_type() {
            return if !a.is_type() && !b.is_type() && super::structure::types_egal(self.cx, a, b) {
                a
            } else {
                bottom
            };
        }
        let (open_a, open_b) = (has_free_variables(a), has_free_variables(b));
        if !open_a && !open_b {
            return if super::type_equal(self.cx, a, b) { a } else { bottom };
        }
        if let (Some(x), Some(y)) = (a.get::<DataType>(), b.get::<DataType>()) {
            if x.name != y.name {
                return bottom;
            }
            return if x.is_tuple() { self.meet_tuples(x, y) } else { self.meet_instances(x, y) };
        }
        let name = |ty: Value| unwrap_union_all(ty).get::<DataType>().map(|data| data.name);
        match (name(a), name(b)) {
            (Some(x), Some(y)) if x != y => bottom,
            _ if open_a => b,
            _ => a,
        }
    }

    fn meet_tuples(&mut self, x: Gc<DataType>, y: Gc<DataType>) -> Value {
        let bottom = self.cx.well_known().bottom();
        let (xs, x_rest) = tuple_parts(&x);
        let (ys, y_rest) = tuple_parts(&y);
        let fixed = xs.len().max(ys.len());
        if xs.len() < fixed && x_rest.is_none() || ys.len() < fixed && y_rest.is_none() {
            return bottom;
        }
        let any = self.cx.well_known().any().erase();
        let element = |rest: Option<Gc<Vararg>>| rest.and_then(|rest| rest.element).unwrap_or(any);
        let mut elements = Vec::with_capacity(fixed + 1);
        for i in 0..fixed {
            let p = xs.get(i).map_or_else(|| element(x_rest), Field::unwrap);
            let q = ys.get(i).map_or_else(|| element(y_rest), Field::unwrap);
            let met = self.meet(p, q, false);
            if met.is_bottom() {
                return bottom;
            }
            elements.push(met);
        }
        if !self.fix_length(x_rest, x_rest.is_some() && y_rest.is_none(), fixed, xs.len())
            || !self.fix_length(y_rest, y_rest.is_some() && x_rest.is_none(), fixed, ys.len())
        {
            return bottom;
        }
        if let (Some(x_rest), Some(y_rest)) = (x_rest, y_rest) {
            // The rest may be empty: what its elements say of a variable need not hold.
            let saved = self.save();
            let met = self.meet(element(Some(x_rest)), element(Some(y_rest)), false);
            self.restore(saved);
            let count = if xs.len() == ys.len() { x_rest.count.or(y_rest.count) } else { None };
            if !met.is_bottom() {
                elements.push(self.cx.new_vararg(Some(met), count).erase());
            } else if count.is_some() {
                self.fix_length(Some(x_rest), true, fixed, xs.len());
                self.fix_length(Some(y_rest), true, fixed, ys.len());
            }
        }
        tuple_type(self.cx, &elements)
    }

    /// An open end that must have a certain length says so to its length variable.
    fn fix_length(&mut self, rest: Option<Gc<Vararg>>, must: bool, fixed: usize, own: usize) -> bool {
        let Some(count) = rest.filter(|_| must).and_then(|rest| rest.count) else { return true };
        let length = self.cx.box_int64((fixed - own) as i64);
        !self.meet(count, length, true).is_bottom()
    }
}
