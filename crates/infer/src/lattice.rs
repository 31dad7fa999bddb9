//! What is known of a value: the lattice of abstract interpretation.
//!
//! From below: nothing (`Bottom`), one value (`Const`), an immutable object of which some fields are known better than
//! its type says (`Partial`), the instances of a type (`Type`). A truth value that tells something about a variable is a
//! `Conditional` beside its plain lattice element. Elements hold objects in ordinary memory: inference runs with
//! collection deferred (see `crate::session`).

use std::rc::Rc;

use tintype_runtime::Context;
use tintype_runtime::dispatch::type_of_argument;
use tintype_runtime::objects::*;
use tintype_runtime::types;
use tintype_runtime::values::egal::egal;

/// Unions of more members than this become their join.
const MAX_UNION: usize = 4;
/// Types that nest deeper than this are widened where flows meet, so that chains of joins end.
const MAX_DEPTH: usize = 8;

/// What is known of a value.
#[derive(Clone, Debug)]
pub enum Lattice {
    /// It never exists.
    Bottom,
    /// It is this value.
    Const(Value),
    /// It is an instance of this concrete immutable type with fields as known.
    Partial(Gc<DataType>, Rc<[Lattice]>),
    /// It is an instance of this type.
    Type(Value),
}

impl Lattice {
    /// An instance of `ty`, as narrow as that alone allows: singletons are constants.
    pub fn of_type(cx: &Context, ty: Value) -> Lattice {
        if ty == cx.well_known().bottom() {
            return Lattice::Bottom;
        }
        if let Some(data) = ty.get::<DataType>() {
            if let Some(instance) = data.instance.get() {
                return Lattice::Const(instance);
            }
            // `Type{T}` has the one instance `T`, if `T` is a type that is written in one way only.
            if data.is_type_type()
                && let Some(inner) = data.param(0).get::<DataType>()
                && !inner.has_free_variables()
                && inner.is_concrete()
            {
                return Lattice::Const(inner.erase());
            }
        }
        Lattice::Type(ty)
    }

    /// Anything.
    pub fn any(cx: &Context) -> Lattice {
        Lattice::Type(cx.well_known().any().erase())
    }

    /// An instance of `Bool`.
    pub fn bool(cx: &Context) -> Lattice {
        Lattice::Type(cx.well_known().bool().erase())
    }

    /// Whether the value never exists.
    pub fn is_bottom(&self) -> bool {
        matches!(self, Lattice::Bottom)
    }

    /// The value, if it is known.
    pub fn constant(&self) -> Option<Value> {
        match self {
            Lattice::Const(value) => Some(*value),
            _ => None,
        }
    }

    /// The type of all it may be.
    pub fn widen(&self, cx: &Context) -> Value {
        match self {
            Lattice::Bottom => cx.well_known().bottom(),
            Lattice::Const(value) => value.type_of().erase(),
            Lattice::Partial(ty, _) => ty.erase(),
            Lattice::Type(ty) => *ty,
        }
    }

    /// The type a call signature has for it: of a known value, the one dispatch sees.
    pub fn signature_type(&self, cx: &Context) -> Value {
        match self {
            Lattice::Const(value) => type_of_argument(cx, *value),
            other => other.widen(cx),
        }
    }

    /// Whether everything `self` may be, `other` may be.
    pub fn is_below(&self, cx: &Context, other: &Lattice) -> bool {
        match (self, other) {
            (Lattice::Bottom, _) => true,
            (_, Lattice::Bottom) => false,
            (Lattice::Const(a), Lattice::Const(b)) => same_constant(cx, *a, *b),
            (_, Lattice::Const(_)) => false,
            (Lattice::Const(value), Lattice::Type(ty)) => types::isa(cx, *value, *ty),
            (_, Lattice::Type(ty)) => {
                let own = self.widen(cx);
                own == *ty || types::is_subtype(cx, own, *ty)
            }
            (Lattice::Partial(a, fields), Lattice::Partial(b, others)) => {
                a == b && fields.iter().zip(others.iter()).all(|(field, other)| field.is_below(cx, other))
            }
            (_, Lattice::Partial(..)) => false,
        }
    }

    /// The least element above both, widened so that repeated joins end.
    pub fn join(&self, cx: &Context, other: &Lattice) -> Lattice {
        if self.is_below(cx, other) {
            return other.clone();
        }
        if other.is_below(cx, self) {
            return self.clone();
        }
        if let (Lattice::Partial(a, fields), Lattice::Partial(b, others)) = (self, other)
            && a == b
        {
            let joined: Vec<Lattice> =
                fields.iter().zip(others.iter()).map(|(field, other)| field.join(cx, other)).collect();
            return Lattice::partial(cx, *a, joined);
        }
        Lattice::of_type(cx, join_types(cx, self.widen(cx), other.widen(cx)))
    }

    /// What is known when the value is also an instance of `ty`.
    pub fn narrow(&self, cx: &Context, ty: Value) -> Lattice {
        match self {
            Lattice::Bottom => Lattice::Bottom,
            Lattice::Const(value) => {
                if types::isa(cx, *value, ty) {
                    self.clone()
                } else {
                    Lattice::Bottom
                }
            }
            Lattice::Partial(own, _) => {
                let own = own.erase();
                if types::is_subtype(cx, own, ty) { self.clone() } else { Lattice::Bottom }
            }
            Lattice::Type(own) => Lattice::of_type(cx, types::intersect(cx, *own, ty)),
        }
    }

    /// What is known when the value is not an instance of `ty`: members of a union that are, drop out.
    pub fn narrow_not(&self, cx: &Context, ty: Value) -> Lattice {
        match self {
            Lattice::Type(own) => {
                let kept: Vec<Value> = types::union_components(*own)
                    .into_iter()
                    .filter(|&member| !types::is_subtype(cx, member, ty))
                    .collect();
                if kept.is_empty() { Lattice::Bottom } else { Lattice::of_type(cx, types::union(cx, &kept)) }
            }
            Lattice::Const(value) if types::isa(cx, *value, ty) => Lattice::Bottom,
            other => other.clone(),
        }
    }

    /// An object of a concrete immutable type with fields as known; its plain type if the fields say no more.
    pub fn partial(cx: &Context, ty: Gc<DataType>, fields: Vec<Lattice>) -> Lattice {
        if fields.iter().any(Lattice::is_bottom) {
            return Lattice::Bottom;
        }
        let says_more = fields.iter().enumerate().any(|(i, field)| match field {
            Lattice::Const(value) => value.type_of().instance.get().is_none(),
            Lattice::Partial(..) => true,
            Lattice::Type(known) => *known != ty.field_type(i),
            Lattice::Bottom => false,
        });
        if !says_more {
            return Lattice::of_type(cx, ty.erase());
        }
        if fields.iter().any(|field| depth(field) >= 3) {
            return Lattice::Type(ty.erase());
        }
        Lattice::Partial(ty, fields.into())
    }

    /// What is known of field `i` (from 0) of the value.
    pub fn field(&self, cx: &Context, i: usize) -> Lattice {
        match self {
            Lattice::Partial(_, fields) => fields[i].clone(),
            Lattice::Const(value) if !value.type_of().is_mutable() => {
                let field = tintype_runtime::values::structs::get_field(cx, *value, i);
                field.map_or(Lattice::Bottom, Lattice::Const)
            }
            other => match other.widen(cx).get::<DataType>() {
                Some(ty) if i < ty.n_fields() => Lattice::of_type(cx, ty.field_type(i)),
                _ => Lattice::any(cx),
            },
        }
    }
}

fn depth(lattice: &Lattice) -> usize {
    match lattice {
        Lattice::Partial(_, fields) => 1 + fields.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Constants are compared by identity: equal immutable values are one constant.
pub fn same_constant(cx: &Context, a: Value, b: Value) -> bool {
    a == b || egal(cx, a, b)
}

/// The join of two types: their union while it is small, else the nearest common supertype.
fn join_types(cx: &Context, a: Value, b: Value) -> Value {
    let union = types::union(cx, &[a, b]);
    let members = types::union_components(union);
    if members.len() <= MAX_UNION && members.iter().all(|&member| type_depth(member) <= MAX_DEPTH) {
        return union;
    }
    let joined = members.iter().skip(1).fold(members[0], |joined, &member| types::typejoin(cx, joined, member));
    if type_depth(joined) <= MAX_DEPTH { joined } else { cx.well_known().any().erase() }
}

/// How deep a type nests, counted up to a little over [`MAX_DEPTH`].
pub fn type_depth(ty: Value) -> usize {
    fn walk(ty: Value, left: usize) -> usize {
        if left == 0 {
            return 0;
        }
        match ty.view() {
            View::Data(data) => 1 + data.parameters.values().map(|param| walk(param, left - 1)).max().unwrap_or(0),
            View::Union(union) => walk(union.a, left - 1).max(walk(union.b, left - 1)),
            View::All(all) => walk(all.body, left - 1),
            View::Vararg(vararg) => 1 + vararg.element.map_or(0, |element| walk(element, left - 1)),
            _ => 0,
        }
    }
    walk(ty, MAX_DEPTH + 2)
}
