//! What a value looks like in registers, decided by its type alone.
//!
//! - A type with one instance needs no register: the value is known.
//! - A concrete immutable type is its *leaves*: the primitive values and object references it consists of, in the order
//!   of its fields, as long as they are few.
//! - A tuple of known length whose element types are not all concrete is the representations of its elements, one after the
//!   other. It becomes an object, whose type then depends on the elements, where one is asked for.
//! - A small union of such types is a tag and the leaves of its members, merged where their types agree.
//! - Everything else is a reference to an object.
//!
//! Nothing here emits code; how values change their representation is in `convert`.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use tintype_ir::types::Type;
use tintype_runtime::Context;
use tintype_runtime::objects::*;
use tintype_runtime::types;

/// Most leaves a value may have in registers.
const MAX_LEAVES: usize = 16;
/// Most members a union in registers may have.
const MAX_MEMBERS: usize = 4;

/// How a value is represented.
#[derive(Clone)]
pub(crate) enum Repr {
    /// There is no such value: control does not get here.
    Never,
    /// The value is known; no registers.
    Const(Value),
    /// Leaves of one concrete immutable type.
    Bits(Rc<BitsRepr>),
    /// A tag, then merged leaves.
    Union(Rc<UnionRepr>),
    /// A reference to an object that is an instance of the type.
    Object(Value),
}

/// One primitive value or reference of a flattened value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    /// Bytes from the payload's start.
    pub offset: u32,
    /// Its type in registers and in memory.
    pub ty: Type,
}

/// A concrete immutable type in registers.
pub(crate) struct BitsRepr {
    /// The type.
    pub ty: Gc<DataType>,
    /// Its leaves, in order of offset.
    pub leaves: Vec<Leaf>,
    /// Which leaves each field is; empty for primitive types.
    pub fields: Vec<Range<usize>>,
    /// What the elements are, of a tuple type that is not concrete: then its leaves are at no offset.
    pub elements: Option<Vec<Repr>>,
}

/// A union in registers: an `i8` tag, the member's number, then the payload.
pub(crate) struct UnionRepr {
    /// The union type.
    pub ty: Value,
    /// Its members, those with fewer leaves first.
    pub members: Vec<Member>,
    /// Types of the payload.
    pub payload: Vec<Type>,
}

/// A member of a union in registers.
pub(crate) struct Member {
    /// Its type.
    pub ty: Gc<DataType>,
    /// [`Repr::Const`] or [`Repr::Bits`].
    pub repr: Repr,
    /// For each of its leaves the payload place.
    pub places: Vec<usize>,
}

impl Repr {
    /// The types of the registers, in order.
    pub fn ir_types(&self) -> SmallVec<[Type; 4]> {
        match self {
            Repr::Never | Repr::Const(_) => SmallVec::new(),
            Repr::Bits(bits) => bits.types(),
            Repr::Union(union) => std::iter::once(Type::I8).chain(union.payload.iter().copied()).collect(),
            Repr::Object(_) => SmallVec::from_slice(&[Type::Ref]),
        }
    }

    /// The type of all values it can hold.
    pub fn ty(&self, cx: &Context) -> Value {
        match self {
            Repr::Never => cx.well_known().bottom(),
            Repr::Const(value) => value.type_of().erase(),
            Repr::Bits(bits) => bits.ty.erase(),
            Repr::Union(union) => union.ty,
            Repr::Object(ty) => *ty,
        }
    }

    /// The leaves, if this is a flattened value.
    pub fn bits(&self) -> Option<&Rc<BitsRepr>> {
        match self {
            Repr::Bits(bits) => Some(bits),
            _ => None,
        }
    }
}

impl BitsRepr {
    /// The types of the leaves.
    pub fn types(&self) -> SmallVec<[Type; 4]> {
        self.leaves.iter().map(|leaf| leaf.ty).collect()
    }
}

impl Member {
    /// Whether it is a tuple type that is not concrete.
    pub fn is_open(&self) -> bool {
        self.repr.bits().is_some_and(|bits| bits.elements.is_some())
    }
}

impl UnionRepr {
    /// Whether both have the same members, and so the same registers.
    pub fn is_same(&self, other: &UnionRepr) -> bool {
        let members = |union: &UnionRepr| union.members.iter().map(|member| member.ty).collect::<SmallVec<[_; 4]>>();
        members(self) == members(other)
    }

    /// The number of the member that values of this type are of. A tuple type that is not concrete is the only tuple type
    /// of its union.
    pub fn member(&self, ty: Gc<DataType>) -> Option<usize> {
        let exact = self.members.iter().position(|member| member.ty == ty);
        exact.or_else(|| {
            let is_it = |member: &Member| member.is_open() && ty.is_tuple() && member.ty.n_params() == ty.n_params();
            self.members.iter().position(is_it)
        })
    }
}

/// Remembers what types look like. Holds types in ordinary memory: valid while collection is deferred.
#[derive(Default)]
pub(crate) struct Representations {
    known: RefCell<FxHashMap<Value, Repr>>,
}

impl Representations {
    /// The representation of a variable of this type.
    pub fn of_type(&self, cx: &Context, ty: Value) -> Repr {
        if let Some(known) = self.known.borrow().get(&ty) {
            return known.clone();
        }
        let repr = self.compute(cx, ty);
        self.known.borrow_mut().insert(ty, repr.clone());
        repr
    }

    fn compute(&self, cx: &Context, ty: Value) -> Repr {
        match ty.view() {
            View::Bottom => Repr::Never,
            View::Data(data) => self.of_data_type(cx, data),
            View::Union(_) => self.of_union(cx, ty).unwrap_or(Repr::Object(ty)),
            _ => Repr::Object(ty),
        }
    }

    fn of_data_type(&self, cx: &Context, ty: Gc<DataType>) -> Repr {
        if ty.has_free_variables() {
            return Repr::Object(ty.erase());
        }
        if let Some(instance) = ty.instance.get() {
            return Repr::Const(instance);
        }
        // The one instance of `Type{T}`, for types that are written in one way only.
        if ty.is_type_type()
            && let Some(inner) = ty.param(0).get::<DataType>()
            && inner.is_concrete()
        {
            return Repr::Const(inner.erase());
        }
        match flatten(cx, ty).or_else(|| self.open_tuple(cx, ty)) {
            Some(bits) => Repr::Bits(Rc::new(bits)),
            None => Repr::Object(ty.erase()),
        }
    }

    /// A tuple type of fixed length that is not concrete.
    fn open_tuple(&self, cx: &Context, ty: Gc<DataType>) -> Option<BitsRepr> {
        if !ty.is_tuple() || ty.is_concrete() || ty.n_params() == 0 || ty.n_params() > MAX_LEAVES {
            return None;
        }
        let (mut leaves, mut fields, mut elements) = (Vec::new(), Vec::new(), Vec::new());
        for param in ty.params() {
            let param = param.get().filter(|param| param.is_type())?;
            let repr = self.of_type(cx, param);
            if matches!(repr, Repr::Never) {
                return None;
            }
            let start = leaves.len();
            leaves.extend(repr.ir_types().iter().map(|&ty| Leaf { offset: 0, ty }));
            fields.push(start..leaves.len());
            elements.push(repr);
        }
        (leaves.len() <= MAX_LEAVES).then_some(BitsRepr { ty, leaves, fields, elements: Some(elements) })
    }

    fn of_union(&self, cx: &Context, ty: Value) -> Option<Repr> {
        let components = types::union_components(ty);
        if components.len() > MAX_MEMBERS {
            return None;
        }
        let mut payload: Vec<Type> = Vec::new();
        let mut members = Vec::new();
        for component in components {
            let data = component.get::<DataType>()?;
            let repr = self.of_type(cx, component);
            if !matches!(repr, Repr::Const(_) | Repr::Bits(_)) {
                return None;
            }
            let member = Member { ty: data, repr, places: Vec::new() };
            if !data.is_concrete() && !member.is_open() {
                return None;
            }
            members.push(member);
        }
        // A value is of one member only.
        let n_tuples = members.iter().filter(|member| member.ty.is_tuple()).count();
        if n_tuples > 1 && members.iter().any(Member::is_open) {
            return None;
        }
        // Unions of the same members look the same however they were written.
        members.sort_by_key(|member| (member.repr.ir_types().len(), member.ty.hash.get()));
        for member in &mut members {
            member.places = merge(&mut payload, &member.repr.ir_types());
        }
        (payload.len() < MAX_LEAVES).then(|| Repr::Union(Rc::new(UnionRepr { ty, members, payload })))
    }
}

/// Gives each leaf a place of its type, new ones where there is none left.
fn merge(payload: &mut Vec<Type>, leaves: &[Type]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(leaves.len());
    for &leaf in leaves {
        let free = (0..payload.len()).find(|place| payload[*place] == leaf && !places.contains(place));
        places.push(free.unwrap_or_else(|| {
            payload.push(leaf);
            payload.len() - 1
        }));
    }
    places
}

/// The leaves of a concrete immutable type of the language; `None` if it has no such form.
fn flatten(cx: &Context, ty: Gc<DataType>) -> Option<BitsRepr> {
    let fits = ty.is_concrete()
        && !ty.is_mutable()
        && ty.has(flags::HAS_LAYOUT)
        && ty.kind == Kind::Plain as u32
        && ty.layout.tail_element_size == 0;
    if !fits {
        return None;
    }
    if ty.has(flags::PRIMITIVE) {
        let leaf = Leaf { offset: 0, ty: primitive(cx, ty)? };
        return Some(BitsRepr { ty, leaves: vec![leaf], fields: Vec::new(), elements: None });
    }
    let (mut leaves, mut fields) = (Vec::new(), Vec::new());
    for index in 0..ty.n_fields() {
        let (place, start) = (ty.field_place(index), leaves.len());
        if place.is_pointer {
            leaves.push(Leaf { offset: place.offset, ty: Type::Ref });
        } else {
            let inline = ty.field_type(index).get::<DataType>()?;
            if inline.layout.size != 0 {
                let inner = flatten(cx, inline)?;
                leaves.extend(inner.leaves.iter().map(|leaf| Leaf { offset: place.offset + leaf.offset, ..*leaf }));
            }
        }
        fields.push(start..leaves.len());
        if leaves.len() > MAX_LEAVES {
            return None;
        }
    }
    Some(BitsRepr { ty, leaves, fields, elements: None })
}

/// The register type of a primitive type. Half precision travels as bits: no arithmetic is done on it in registers.
fn primitive(cx: &Context, ty: Gc<DataType>) -> Option<Type> {
    let well_known = cx.well_known();
    if ty == well_known.float64() {
        return Some(Type::F64);
    }
    if ty == well_known.float32() {
        return Some(Type::F32);
    }
    match ty.layout.size {
        1 => Some(Type::I8),
        2 => Some(Type::I16),
        4 => Some(Type::I32),
        8 => Some(Type::I64),
        16 => Some(Type::I128),
        _ => None,
    }
}
