//! What Rust struct an object is: checked casts from `Value`.
//!
//! Every type object records the [`Kind`] of its instances, so that a cast needs no table and no context. This is the
//! one place where a value becomes a `Gc` of a Rust type.

use super::*;
use tintype_heap::TailObject;

/// The Rust struct that instances of a type are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
#[allow(missing_docs, reason = "each is named after its struct")]
pub enum Kind {
    /// A value of the language without a struct of its own: numbers, tuples, structs.
    Plain = 0,
    DataType,
    UnionAll,
    UnionType,
    TypeVar,
    Vararg,
    /// `Union{}`, the empty type.
    Bottom,
    Symbol,
    JlString,
    SimpleVector,
    Module,
    Binding,
    Method,
    MethodTable,
    MethodInstance,
    DispatchEntry,
    Code,
    CodeInstance,
    Edge,
    Array,
    Memory,
    Expr,
    QuoteNode,
    LineNumberNode,
    GlobalRef,
    CoreBox,
    TypeName,
    FieldTable,
    StructuralTable,
    Words,
    Bytes,
    WellKnown,
    OffsetTable,
    World,
    EngineTables,
    ImageRoot,
    CallTarget,
}

/// A Rust struct that objects of one [`Kind`] are.
///
/// # Safety
/// Every object whose type has this kind begins with a valid `Self`.
pub unsafe trait Kinded: Sized {
    /// The kind.
    const KIND: Kind;
}

macro_rules! kinded {
    ($($name:ident)*) => { $(
        // SAFETY: boot and type instantiation give this kind only to types whose layout is this struct's description,
        // or (Array, Memory) begins with it.
        unsafe impl Kinded for $name { const KIND: Kind = Kind::$name; }
    )* };
}
kinded! {
    DataType UnionAll UnionType TypeVar Vararg Symbol JlString SimpleVector Module Binding Method MethodTable
    MethodInstance DispatchEntry Code CodeInstance Edge Array Memory Expr QuoteNode LineNumberNode GlobalRef CoreBox
    TypeName FieldTable StructuralTable Words Bytes WellKnown EngineTables
    CallTarget
}

/// A type, or something that stands as a type parameter, by its kind.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// `Union{}`.
    Bottom,
    /// A named type.
    Data(Gc<DataType>),
    /// A union.
    Union(Gc<UnionType>),
    /// A type with a bound variable.
    All(Gc<UnionAll>),
    /// A variable.
    Var(Gc<TypeVar>),
    /// A vararg.
    Vararg(Gc<Vararg>),
    /// Not a type.
    Other(Value),
}

/// Looking at values.
pub trait ValueExt: Copy {
    /// The value itself.
    fn value(self) -> Value;

    /// The value's type.
    #[inline(always)]
    fn type_of(self) -> Gc<DataType> {
        // SAFETY: every type object of this run-time system is a `DataType`; boot makes the first ones, and all others
        // are allocated as such.
        unsafe { self.value().type_head().cast() }
    }

    /// What Rust struct the value is.
    #[inline(always)]
    fn kind(self) -> u32 {
        self.type_of().kind
    }

    /// Whether the value is a `T`.
    #[inline(always)]
    fn is<T: Kinded>(self) -> bool {
        self.kind() == T::KIND as u32
    }

    /// The value as a `T`, if it is one.
    #[inline(always)]
    fn get<T: Kinded>(self) -> Option<Gc<T>> {
        // SAFETY: the kind was compared; `Kinded` promises the struct.
        if self.is::<T>() { Some(unsafe { self.value().cast() }) } else { None }
    }

    /// The value as a `T`, which it must be: anything else is a bug of ours.
    #[inline(always)]
    #[track_caller]
    fn expect<T: Kinded>(self) -> Gc<T> {
        match self.get() {
            Some(object) => object,
            None => panic!("expected a {:?}, found kind {} at {:#x}", T::KIND, self.kind(), self.value().addr()),
        }
    }

    /// The value as a type, by kind.
    #[inline(always)]
    fn view(self) -> View {
        let value = self.value();
        let kind = self.kind();
        // SAFETY: in each branch the kind was compared; `Kinded` promises the struct.
        unsafe {
            if kind == Kind::DataType as u32 {
                View::Data(value.cast())
            } else if kind == Kind::UnionType as u32 {
                View::Union(value.cast())
            } else if kind == Kind::UnionAll as u32 {
                View::All(value.cast())
            } else if kind == Kind::TypeVar as u32 {
                View::Var(value.cast())
            } else if kind == Kind::Bottom as u32 {
                View::Bottom
            } else if kind == Kind::Vararg as u32 {
                View::Vararg(value.cast())
            } else {
                View::Other(value)
            }
        }
    }

    /// Whether the value is a type: `DataType`, `Union`, `UnionAll` or `Union{}`.
    #[inline]
    fn is_type(self) -> bool {
        matches!(self.view(), View::Data(_) | View::Union(_) | View::All(_) | View::Bottom)
    }

    /// Whether the value is the empty type.
    #[inline(always)]
    fn is_bottom(self) -> bool {
        self.kind() == Kind::Bottom as u32
    }
}

impl<T> ValueExt for Gc<T> {
    #[inline(always)]
    fn value(self) -> Value {
        self.erase()
    }
}

/// The tail of the object that `owner`, a field of another object, holds; it lives as long as the borrow.
#[inline(always)]
pub fn tail_of<T: TailObject>(owner: &Gc<T>) -> &[T::Element] {
    owner.tail()
}
