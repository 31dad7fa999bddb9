//! Identity of values (`===`) and the structural hash of values that stand as type parameters.

use super::allocate::{hash_bytes, hash_mix};
use crate::context::Context;
use crate::objects::*;
use crate::types::structure;
use smallvec::SmallVec;

/// Pairs that are still to be compared: contents are compared one after the other, however deeply they nest.
type Pending = SmallVec<[(Value, Value); 8]>;

/// Whether no program can tell the two values apart: mutable objects by identity, immutable ones by their contents,
/// types structurally.
pub fn egal(cx: &Context, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    if a.type_of() != b.type_of() {
        return false;
    }
    let mut pending = Pending::new();
    if !egal_outside(cx, a, b, &mut pending) {
        return false;
    }
    pending.is_empty() || rest_egal(cx, pending)
}

/// Whether all pairs are egal.
fn rest_egal(cx: &Context, mut pending: Pending) -> bool {
    // Fields that are objects only here lie in memory that is not scanned.
    let _guard = cx.heap().no_collect();
    while let Some((a, b)) = pending.pop() {
        if a != b && (a.type_of() != b.type_of() || !egal_outside(cx, a, b, &mut pending)) {
            return false;
        }
    }
    true
}

/// Compares two objects of one type up to the objects they refer to, which are added to `pending`.
fn egal_outside(cx: &Context, a: Value, b: Value, pending: &mut Pending) -> bool {
    let ty = a.type_of();
    match ty.kind {
        kind if kind == Kind::Plain as u32 => {
            if ty.is_mutable() || !ty.has(flags::HAS_LAYOUT) {
                return false;
            }
            plain_egal(cx, ty, a, b, pending)
        }
        kind if kind == Kind::JlString as u32 => a.expect::<JlString>().tail() == b.expect::<JlString>().tail(),
        kind if kind == Kind::SimpleVector as u32 => {
            let (a, b) = (a.expect::<SimpleVector>(), b.expect::<SimpleVector>());
            let same_length = a.len() == b.len();
            if same_length {
                pending.extend(a.values().zip(b.values()));
            }
            same_length
        }
        kind if kind == Kind::DataType as u32
            || kind == Kind::UnionAll as u32
            || kind == Kind::UnionType as u32
            || kind == Kind::Vararg as u32 =>
        {
            structure::types_egal(cx, a, b)
        }
        kind if kind == Kind::QuoteNode as u32 => {
            pending.push((a.expect::<QuoteNode>().value, b.expect::<QuoteNode>().value));
            true
        }
        kind if kind == Kind::LineNumberNode as u32 => {
            let (a, b) = (a.expect::<LineNumberNode>(), b.expect::<LineNumberNode>());
            pending.push((a.file, b.file));
            a.line == b.line
        }
        kind if kind == Kind::GlobalRef as u32 => {
            let (a, b) = (a.expect::<GlobalRef>(), b.expect::<GlobalRef>());
            a.module == b.module && a.name == b.name
        }
        _ => false,
    }
}

/// Two immutable objects of one type of the language.
fn plain_egal(cx: &Context, ty: Gc<DataType>, a: Value, b: Value, pending: &mut Pending) -> bool {
    if ty.has(flags::PRIMITIVE) || ty.has(flags::PLAIN_BITS) {
        return payload(ty, &a) == payload(ty, &b);
    }
    (0..ty.n_fields()).all(|i| {
        let place = ty.field_place(i);
        let (offset, size) = (place.offset as usize, place.size as usize);
        if place.is_pointer {
            // SAFETY: the place comes from the objects' type.
            let (a, b) = unsafe { (a.pointer_at(offset), b.pointer_at(offset)) };
            if let (Some(a), Some(b)) = (a, b) {
                pending.push((a, b));
            }
            return a.is_some() == b.is_some();
        }
        let field_type = ty.field_type(i).expect::<DataType>();
        if field_type.has(flags::PRIMITIVE) || field_type.has(flags::PLAIN_BITS) {
            return payload(ty, &a)[offset..offset + size] == payload(ty, &b)[offset..offset + size];
        }
        let (a, b) = (super::structs::get_field(cx, a, i), super::structs::get_field(cx, b, i));
        // The field is an object of its own only here: it is compared before anything else is allocated.
        a.zip(b).is_some_and(|(a, b)| egal_outside(cx, a, b, pending))
    })
}

/// The bytes of a pointer-free or partly pointer-free object's fixed part.
fn payload(ty: Gc<DataType>, object: &Value) -> &[u8] {
    // SAFETY: a live object of the type has that many bytes; new objects are zeroed, so all are initialised. Immutable
    // objects do not change.
    unsafe { std::slice::from_raw_parts(object.as_ptr().cast::<u8>(), ty.layout.size as usize) }
}

/// What lies deeper than this in an object has no part in its hash: recursion ends here.
const MAX_HASH_DEPTH: u32 = 256;

/// A structural hash of a value that may be a type parameter: the same in every process. `None` for mutable objects,
/// which have identity only.
pub fn structural_hash(cx: &Context, value: Value) -> Option<u64> {
    hash_to_depth(cx, value, MAX_HASH_DEPTH)
}

fn hash_to_depth(cx: &Context, value: Value, depth: u32) -> Option<u64> {
    let ty = value.type_of();
    match ty.kind {
        kind if kind == Kind::Symbol as u32 => Some(value.expect::<Symbol>().hash),
        kind if kind == Kind::JlString as u32 => Some(hash_bytes(value.expect::<JlString>().tail())),
        kind if kind == Kind::Module as u32 => Some(value.expect::<Module>().site),
        kind if kind == Kind::Plain as u32 && !ty.is_mutable() && ty.has(flags::HAS_LAYOUT) => {
            let start = hash_mix(0x5649, ty.hash.get());
            if ty.has(flags::PRIMITIVE) || ty.has(flags::PLAIN_BITS) {
                return Some(hash_mix(start, hash_bytes(payload(ty, &value))));
            }
            if depth == 0 {
                return Some(start);
            }
            (0..ty.n_fields()).try_fold(start, |hash, i| {
                let field = super::structs::get_field(cx, value, i);
                Some(hash_mix(hash, field.map_or(Some(0), |field| hash_to_depth(cx, field, depth - 1))?))
            })
        }
        _ if value.is_type() || value.is::<Vararg>() => structure::type_hash(cx, value),
        _ => None,
    }
}
