//! Structs, tuples and the fields of any object.
//!
//! Fields are numbered from 0 here. Immutable fields without pointers lie inline, all others as pointers; what is
//! where comes from the type's field places, so that one code serves structs, tuples and the run-time system's own
//! objects (`Expr`, `TypeVar`, ...).

use super::allocate::type_head;
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;

/// A new instance of the concrete type `ty`. `fields` must be instances of the field types (the caller has checked or
/// converted them) and at least `n_initialized` many; the rest stays undefined.
pub fn new_struct(cx: &Context, ty: Gc<DataType>, fields: &[Value]) -> Value {
    if let Some(instance) = ty.instance.get() {
        return instance;
    }
    let object = cx.mutator().alloc(type_head(ty));
    for (i, &value) in fields.iter().enumerate() {
        store(cx, object, ty.field_place(i), value);
    }
    for i in fields.len()..ty.n_fields() {
        if let Some(value) = default_member(cx, ty.field_type(i)) {
            store(cx, object, ty.field_place(i), value);
        }
    }
    object
}

/// What a field or element of a union of bits is before it is assigned: the first member's zero, for `Union{Nothing,
/// Int64}` `nothing`. Of other types there is none: bits are zero, the rest is undefined.
pub fn default_member(cx: &Context, ty: Value) -> Option<Value> {
    let View::Union(_) = ty.view() else { return None };
    let members = types::union_components(ty);
    let is_bits =
        |member: &Value| member.get::<DataType>().is_some_and(|member| member.is_concrete() && member.is_bits());
    if !members.iter().all(is_bits) {
        return None;
    }
    let first = members[0].expect::<DataType>();
    let zeros = vec![0_u8; first.layout.size as usize];
    // SAFETY: there are as many bytes as the type has, and zeros are a value of every type of bits.
    Some(unsafe { cx.box_from(first, zeros.as_ptr()) })
}

/// A new instance as `new(...)` and `Expr(:new)` make it: throws `TypeError` where a value is no instance of its
/// field's type, and errors for types without instances and wrong numbers of fields.
pub fn new_checked(cx: &Context, ty: Value, fields: &[Value]) -> Outcome {
    let Some(ty) = ty.get::<DataType>() else {
        return Err(cx.throw_type_error("new", "", cx.well_known().data_type().erase(), ty));
    };
    if !ty.is_concrete() || ty.has(flags::PRIMITIVE) || !ty.has(flags::HAS_LAYOUT) {
        let text = format!("invalid type for new: {} has no fields to set", ty.name.name.as_str());
        return Err(cx.error(&text));
    }
    if fields.len() > ty.n_fields() {
        return Err(cx.error("new: too many arguments (expected fewer)"));
    }
    if fields.len() < ty.n_initialized.get() as usize {
        return Err(cx.error("new: too few arguments (expected more)"));
    }
    for (i, &value) in fields.iter().enumerate() {
        if !types::isa(cx, value, ty.field_type(i)) {
            return Err(cx.throw_type_error("new", "", ty.field_type(i), value));
        }
    }
    Ok(new_struct(cx, ty, fields))
}

/// A new exception; undefined fields are null, those not given too.
pub fn new_exception(cx: &Context, ty: Gc<DataType>, fields: &[Option<Value>]) -> Value {
    if let Some(instance) = ty.instance.get() {
        return instance;
    }
    let object = cx.mutator().alloc(type_head(ty));
    for (i, &value) in fields.iter().enumerate() {
        if let Some(value) = value {
            store(cx, object, ty.field_place(i), value);
        }
    }
    object
}

/// The tuple of these values.
pub fn new_tuple(cx: &Context, values: &[Value]) -> Value {
    if values.is_empty() {
        return cx.well_known().empty_tuple();
    }
    let element_types: smallvec::SmallVec<[Value; 8]> = values.iter().map(|value| value.type_of().erase()).collect();
    let ty = types::tuple_type_of_concrete(cx, &element_types);
    new_struct(cx, ty, values)
}

/// The value of field `i`; `None` if it is undefined. Panics if there is no such field.
#[inline]
pub fn get_field(cx: &Context, object: Value, i: usize) -> Option<Value> {
    let ty = object.type_of();
    let place = ty.field_place(i);
    // SAFETY: the place comes from the type of this live object; inline fields are of the isbits type the field
    // declares, whose size the place has.
    unsafe {
        if place.is_pointer {
            return object.pointer_at(place.offset as usize).or_else(|| lazy_field(cx, object, i));
        }
        let field_type = ty.field_type(i).expect::<DataType>();
        Some(cx.box_from(field_type, object.as_ptr().cast::<u8>().add(place.offset as usize)))
    }
}

/// Assigns field `i`. The caller has checked that the object is mutable and that the value is an instance of the
/// field's type. Panics if there is no such field.
#[inline]
pub fn set_field(cx: &Context, object: Value, i: usize, value: Value) {
    store(cx, object, object.type_of().field_place(i), value);
}

/// Whether field `i` is defined.
pub fn is_field_defined(object: Value, i: usize) -> bool {
    let place = object.type_of().field_place(i);
    // SAFETY: the place comes from the type of this live object.
    !place.is_pointer
        || unsafe { object.pointer_at(place.offset as usize) }.is_some()
        || is_lazy_field(object.type_of(), i)
}

/// Whether field `i` of a `ty` may be null and still have a value, which is worked out when it is read: the supertype and
/// the field types of a type. Compiled code leaves such fields to the run-time system.
pub fn is_lazy_field(ty: Gc<DataType>, i: usize) -> bool {
    let offset = ty.field_place(i).offset as usize;
    ty.kind == DataType::KIND as u32
        && (offset == std::mem::offset_of!(DataType, super_type)
            || offset == std::mem::offset_of!(DataType, field_types))
}

/// The value of field `i`, which is null, if it is a lazy one.
#[cold]
fn lazy_field(cx: &Context, object: Value, i: usize) -> Option<Value> {
    let ty = object.get::<DataType>().filter(|_| is_lazy_field(object.type_of(), i))?;
    if object.type_of().field_place(i).offset as usize == std::mem::offset_of!(DataType, super_type) {
        return Some(types::supertype(cx, ty).erase());
    }
    let unknown = if ty.is_tuple() { ty.parameters } else { cx.well_known().empty_svec() };
    Some(types::field_types(cx, ty).unwrap_or(unknown).erase())
}

/// The position of the field with this name.
pub fn field_index(ty: Gc<DataType>, name: Gc<Symbol>) -> Option<usize> {
    if ty.is_named_tuple() {
        let names = ty.param(0);
        let n = names.type_of().n_fields();
        // SAFETY: the names are a tuple of symbols, whose fields are all pointers.
        return (0..n).find(|&i| unsafe { names.pointer_at(8 * i) } == Some(name.erase()));
    }
    let names = ty.field_names()?;
    let found = names.tail().iter().position(|slot| slot.get() == Some(name.erase()));
    found.filter(|&i| i < ty.n_fields())
}

/// Whether field `i` of a mutable type may be assigned.
pub fn is_field_constant(ty: Gc<DataType>, i: usize) -> bool {
    if !ty.is_mutable() {
        return true;
    }
    let Some(bits) = ty.name.constant_fields.get() else { return false };
    bits.tail().get(i / 8).is_some_and(|byte| byte >> (i % 8) & 1 != 0)
}

#[inline]
fn store(cx: &Context, object: Value, place: FieldPlace, value: Value) {
    // SAFETY: places come from the type of the live object; an inline field's value is an instance of its isbits type,
    // which has the place's size. Callers have checked the value's type.
    unsafe {
        if place.is_pointer {
            cx.mutator().write_at(object, place.offset as usize, Some(value));
        } else {
            let size = place.size as usize;
            assert_eq!(value.type_of().layout.size as usize, size, "the value is of the field's type");
            let to = object.as_ptr().cast::<u8>().add(place.offset as usize);
            std::ptr::copy_nonoverlapping(value.as_ptr().cast::<u8>(), to, size);
        }
    }
}
