//! A body under inference, and the facts found about it.

use rustc_hash::FxHashMap;
use tintype_hir::{Body, Operand};
use tintype_runtime::Context;
use tintype_runtime::objects::*;

use crate::lattice::Lattice;

/// A body with its literal pool and what is known of its parameters.
#[derive(Clone)]
pub struct Unit {
    /// The code.
    pub body: Body,
    /// Its literals; grows as optimisation adds some.
    pub literals: Vec<Value>,
    /// Values of the static parameters; a type variable where one is not determined.
    pub static_params: Vec<Value>,
    /// What is known of each parameter slot.
    pub params: Vec<Lattice>,
    /// The module of the code's globals.
    pub module: Option<Gc<Module>>,
    numbers: FxHashMap<Value, u32>,
}

impl Unit {
    /// A unit of these parts.
    pub fn new(body: Body, literals: Vec<Value>, static_params: Vec<Value>, params: Vec<Lattice>) -> Unit {
        let numbers = literals.iter().enumerate().map(|(index, &value)| (value, index as u32)).collect();
        Unit { body, literals, static_params, params, module: None, numbers }
    }

    /// The number of a literal, added if it is not there yet.
    pub fn literal(&mut self, value: Value) -> u32 {
        if let Some(&number) = self.numbers.get(&value) {
            return number;
        }
        let number = self.literals.len() as u32;
        self.literals.push(value);
        self.numbers.insert(value, number);
        number
    }

    /// The operand that is this value.
    pub fn constant(&mut self, value: Value) -> Operand {
        Operand::Literal(self.literal(value))
    }
}

/// What analysis found.
pub struct Facts {
    /// For each statement, its result; `Bottom` where control never gets past it.
    pub results: Vec<Lattice>,
    /// Which statements can be reached.
    pub reached: Vec<bool>,
    /// For each slot, the join of everything it holds.
    pub slots: Vec<Lattice>,
    /// For each slot read, whether it may be undefined there.
    pub maybe_undefined: Vec<bool>,
    /// What is returned.
    pub returned: Lattice,
}

impl Facts {
    /// What is known of an operand.
    pub fn operand(&self, unit: &Unit, operand: Operand) -> Lattice {
        operand_lattice(&self.results, unit, operand)
    }
}

/// What is known of an operand, given results so far.
pub fn operand_lattice(results: &[Lattice], unit: &Unit, operand: Operand) -> Lattice {
    match operand {
        Operand::Result(statement) => results[statement as usize].clone(),
        Operand::Literal(literal) => Lattice::Const(unit.literals[literal as usize]),
        Operand::StaticParam(index) => match unit.static_params.get(index as usize) {
            Some(&value) if !value.is::<TypeVar>() => Lattice::Const(value),
            Some(&variable) => Lattice::Type(bound_of(variable)),
            None => Lattice::Bottom,
        },
    }
}

/// What can be said of a static parameter that is not determined: nothing but that it is something.
fn bound_of(variable: Value) -> Value {
    variable.type_of().super_type.get().map_or(variable.type_of().erase(), |above| top(above).erase())
}

/// `Any`, by following supertypes.
fn top(mut ty: Gc<DataType>) -> Gc<DataType> {
    while let Some(above) = ty.super_type.get()
        && above != ty
    {
        ty = above;
    }
    ty
}

/// Whether a literal is a value that code may hold as a constant in any context: bits, strings, symbols, types, functions,
/// and tuples of such.
pub fn is_shareable(cx: &Context, value: Value) -> bool {
    let ty = value.type_of();
    if ty.is_tuple() && !ty.is_bits() {
        let field = |i| tintype_runtime::values::structs::get_field(cx, value, i);
        return (0..ty.n_fields())
            .all(|i| field(i).is_some_and(|field| !field.type_of().is_tuple() && is_shareable(cx, field)));
    }
    ty.is_bits()
        || ty.instance.get().is_some()
        || value.is_type()
        || value.is::<Symbol>()
        || value.is::<JlString>()
        || value == cx.nothing()
}
