//! Offsets inside objects that compiled code reads, in bytes from the payload. Images freeze them.

use crate::objects::{
    ARRAY_DIMS, Array, Binding, CallTarget, CodeInstance, JlString, MEMORY_ELEMENTS, Memory, SimpleVector, Symbol,
};
use std::mem::offset_of;

/// `Array`: the memory that holds the elements.
pub const ARRAY_MEMORY: i32 = offset_of!(Array, memory) as i32;
/// `Array`: the address of the first element.
pub const ARRAY_DATA: i32 = offset_of!(Array, data) as i32;
/// `Array`: the first length; one `i64` per dimension follows.
pub const ARRAY_FIRST_DIM: i32 = ARRAY_DIMS as i32;
/// `Memory`: the number of elements there is room for.
pub const MEMORY_LENGTH: i32 = offset_of!(Memory, length) as i32;
/// `Memory`: the first element.
pub const MEMORY_FIRST_ELEMENT: i32 = MEMORY_ELEMENTS as i32;
/// `String`: the number of bytes.
pub const STRING_LENGTH: i32 = offset_of!(JlString, length) as i32;
/// `String`: the first byte.
pub const STRING_BYTES: i32 = size_of::<JlString>() as i32;
/// `Symbol`: the structural hash.
pub const SYMBOL_HASH: i32 = offset_of!(Symbol, hash) as i32;
/// `SimpleVector`: the number of elements.
pub const SVEC_LENGTH: i32 = offset_of!(SimpleVector, length) as i32;
/// `SimpleVector`: the first element.
pub const SVEC_ELEMENTS: i32 = size_of::<SimpleVector>() as i32;
/// `Binding`: the value; null: not defined, or in the owner.
pub const BINDING_VALUE: i32 = offset_of!(Binding, value) as i32;
/// `CodeInstance`: the address of its entry cell.
pub const CODE_INSTANCE_CELL: i32 = offset_of!(CodeInstance, cell) as i32;
/// `CallTarget`: the tag.
pub const CALL_TARGET_TAG: i32 = offset_of!(CallTarget, tag) as i32;
/// `CallTarget`: the boxed entry.
pub const CALL_TARGET_INVOKE: i32 = offset_of!(CallTarget, invoke) as i32;
/// `CallTarget`: the code instance.
pub const CALL_TARGET_CODE_INSTANCE: i32 = offset_of!(CallTarget, code_instance) as i32;
/// `CallTarget`: the first key.
pub const CALL_TARGET_KEYS: i32 = size_of::<CallTarget>() as i32;
/// Entry cell: the boxed entry.
pub const CELL_INVOKE: i32 = 0;
/// Entry cell: the flags.
pub const CELL_FLAGS: i32 = 8;
/// Entry cell: the specialised entry.
pub const CELL_SPECPTR: i32 = 16;
/// Bytes of an entry cell.
pub const CELL_BYTES: u32 = 24;
