//! Identity of values (`===`) and the structural hash of values that stand as type parameters.

use super::allocate::{hash_bytes, hash_mix};
use crate::context::Context;
use crate::objects::*;
use crate::types::structure;

/// Whether no program can tell the two values apart: mutable objects by identity, immutable ones by their contents,
/// types structurally.
pub fn egal(cx: &Context, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    let ty = a.type_of();
    if ty != b.type_of() {
        return false;
    }
    match ty.kind {
        kind if kind == Kind::Plain as u32 => {
            if ty.is_mutable() || !ty.has(flags::HAS_LAYOUT) {
                return false;
            }
            plain_egal(cx, ty, a, b)
        }
        kind if kind == Kind::JlString as u32 => a.expect::<JlString>().tail() == b.expect::<JlString>().tail(),
        kind if kind == Kind::SimpleVector as u32 => {
            let (a, b) = (a.expect::<SimpleVector>(), b.expect::<SimpleVector>());
            a.len() == b.len() && a.values().zip(b.values()).all(|(a, b)| egal(cx, a, b))
        }
        kind if kind == Kind::DataType as u32
            || kind == Kind::UnionAll as u32
            || kind == Kind::UnionType as u32
            || kind == Kind::Vararg as u32 =>
        {
            structure::types_egal(cx, a, b)
        }
        kind if kind == Kind::QuoteNode as u32 => {
            egal(cx, a.expect::<QuoteNode>().value, b.expect::<QuoteNode>().value)
        }
        kind if kind == Kind::LineNumberNode as u32 => {
            let (a, b) = (a.expect::<LineNumberNode>(), b.expect::<LineNumberNode>());
            a.line == b.line && egal(cx, a.file, b.file)
        }
        kind if kind == Kind::GlobalRef as u32 => {
            let (a, b) = (a.expect::<GlobalRef>(), b.expect::<GlobalRef>());
            a.module == b.module && a.name == b.name
        }
        _ => false,
    }
}

/// Two immutable objects of one type of the language.
fn plain_egal(cx: &Context, ty: Gc<DataType>, a: Value, b: Value) -> bool {
    if ty.has(flags::PRIMITIVE) || ty.has(flags::PLAIN_BITS) {
        return payload(ty, &a) == payload(ty, &b);
    }
    (0..ty.n_fields()).all(|i| {
        let place = ty.field_place(i);
        let (offset, size) = (place.offset as usize, place.size as usize);
        if place.is_pointer {
            // SAFETY: the place comes from the objects' type.
            let (a, b) = unsafe { (a.pointer_at(offset), b.pointer_at(offset)) };
            return match (a, b) {
                (Some(a), Some(b)) => egal(cx, a, b),
                (a, b) => a == b,
            };
        }
        let field_type = ty.field_type(i).expect::<DataType>();
        if field_type.has(flags::PRIMITIVE) || field_type.has(flags::PLAIN_BITS) {
            return payload(ty, &a)[offset..offset + size] == payload(ty, &b)[offset..offset + size];
        }
        let (a, b) = (super::structs::get_field(cx, a, i), super::structs::get_field(cx, b, i));
        a.zip(b).is_some_and(|(a, b)| egal(cx, a, b))
    })
}

/// The bytes of a pointer-free or partly pointer-free object's fixed part.
fn payload(ty: Gc<DataType>, object: &Value) -> &[u8] {
    // SAFETY: a live object of the type has that many bytes; new objects are zeroed, so all are initialised. Immutable
    // objects do not change.
    unsafe { std::slice::from_raw_parts(object.as_ptr().cast::<u8>(), ty.layout.size as usize) }
}

/// A structural hash of a value that may be a type parameter: the same in every process. `None` for mutable objects,
/// which have identity only.
pub fn structural_hash(cx: &Context, value: Value) -> Option<u64> {
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
            (0..ty.n_fields()).try_fold(start, |hash, i| {
                let field = super::structs::get_field(cx, value, i);
                Some(hash_mix(hash, field.map_or(Some(0), |field| structural_hash(cx, field))?))
            })
        }
        _ if value.is_type() || value.is::<Vararg>() => structure::type_hash(cx, value),
        _ => None,
    }
}
