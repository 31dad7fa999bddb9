//! The objects of the run-time system, as they lie on the heap: read in place by Rust and by compiled code, stored
//! in images as they are. One file per family. No object holds a Rust pointer, and none is ordered or hashed by address.

mod code;
mod expressions;
mod kinds;
mod methods;
mod modules;
mod sequences;
mod tables;
mod text;
mod types;
mod well_known;

pub use code::{Code, CodeInstance, Edge, IMAGE_JIT, IMAGE_NONE, Words, code_flags, edge_kinds};
pub use expressions::{CoreBox, Expr, GlobalRef, LineNumberNode, QuoteNode};
pub use kinds::{Kind, Kinded, ValueExt, View, tail_of};
pub use methods::{CallTarget, DispatchEntry, Method, MethodInstance, MethodTable, WORLD_MAX, method_flags};
pub use modules::{Binding, Module, binding_flags};
pub use sequences::{ARRAY_DIMS, Array, MEMORY_ELEMENTS, Memory, SimpleVector, SimpleVectorExt};
pub use tables::{StructuralTable, table_clear, table_insert};
pub use text::{Bytes, JlString, StringBytes, Symbol, SymbolText};
pub use tintype_heap::{Field, Gc, Object, Value};
pub use types::{DataType, FieldPlace, FieldTable, TypeName, TypeVar, UnionAll, UnionType, Vararg, flags, name_flags};
pub use well_known::{EngineTables, WellKnown};
