//! Completing an instantiated type: supertype, field types, and where the fields lie.
//!
//! Fields follow C's layout rules. A field whose type is a concrete immutable without pointers lies inline; everything
//! else is a pointer. `Array` and `Memory` have layouts of their own.

use super::instantiate::{field_types, primary_type, supertype};
use crate::context::Context;
use crate::objects::*;
use crate::values::allocate::type_head;
use tintype_heap::Layout;

/// Greatest alignment a field asks for, in bytes.
const MAX_ALIGN: u32 = 8;

/// Fills in what follows from the type's declaration. If that is not complete yet, the type is remembered and completed
/// with it.
pub(crate) fn complete(cx: &Context, ty: Gc<DataType>) {
    supertype(cx, ty);
    if ty.has(flags::HAS_LAYOUT) || !ty.is_concrete() {
        if let Some(primary) = primary_type(ty.name)
            && primary.super_type.get().is_none()
        {
            cx.shared().incomplete_types.push(ty);
        }
        return;
    }
    if ty.has(flags::PRIMITIVE) {
        set_primitive_layout(cx, ty);
        return;
    }
    let well_known = cx.well_known();
    if well_known.array_name.get() == Some(ty.name) {
        set_array_layout(cx, ty);
        return;
    }
    if well_known.memory_name.get() == Some(ty.name) {
        set_memory_layout(cx, ty);
        return;
    }
    if ty.kind != Kind::Plain as u32 {
        return;
    }
    match field_types(cx, ty) {
        Some(types) => {
            cx.write(ty, &ty.field_types, Some(types));
            if ty.is_tuple() || ty.is_named_tuple() {
                ty.n_initialized.set(types.len() as u32);
            }
            set_struct_layout(cx, ty, types);
        }
        None => cx.shared().incomplete_types.push(ty),
    }
}

/// Completes the types that waited for this declaration.
pub(crate) fn complete_waiting(cx: &Context, name: Gc<TypeName>) {
    let waiting: Vec<Gc<DataType>> = {
        let all: Vec<Gc<DataType>> = cx.shared().incomplete_types.iter().collect();
        cx.shared().incomplete_types.truncate(0);
        all
    };
    let _guard = cx.heap().no_collect();
    for ty in waiting {
        if ty.name == name {
            if let Some(primary) = primary_type(name) {
                ty.n_initialized.set(primary.n_initialized.get());
            }
            complete(cx, ty);
        } else {
            cx.shared().incomplete_types.push(ty);
        }
    }
}

fn set_primitive_layout(cx: &Context, ty: Gc<DataType>) {
    let bytes = ty.n_bits.get().div_ceil(8);
    set_layout(ty, Layout::bits(bytes, bytes.next_power_of_two().min(MAX_ALIGN) as u16));
    let well_known = cx.well_known();
    let mut bits = flags::HAS_LAYOUT | flags::ISBITS | flags::PLAIN_BITS;
    if is_below(ty, well_known.signed.get()) {
        bits |= flags::SIGNED;
    }
    if is_below(ty, well_known.abstract_float.get()) {
        bits |= flags::FLOAT;
    }
    cx.write(ty, &ty.field_types, Some(cx.svec(&[])));
    ty.set_flags(bits);
}

fn is_below(ty: Gc<DataType>, above: Option<Gc<DataType>>) -> bool {
    let mut at = Some(ty);
    while let Some(ty) = at {
        if Some(ty) == above {
            return true;
        }
        at = ty.super_type.get().filter(|&next| next != ty);
    }
    false
}

/// Computes places and layout for `types`, and makes the only instance of a type that has just one.
pub(crate) fn set_struct_layout(cx: &Context, ty: Gc<DataType>, types: Gc<SimpleVector>) {
    let is_mutable = ty.is_mutable();
    let mut places = Vec::with_capacity(types.len());
    let mut pointers: Vec<u32> = Vec::new();
    let (mut end, mut align) = (0_u32, 1_u32);
    let mut plain = true;
    for field in types.values() {
        let inline = field.get::<DataType>().filter(|field| field.is_bits() && field.has(flags::HAS_LAYOUT));
        let (size, field_align) = inline.map_or((8, 8), |field| (field.layout.size, u32::from(field.layout.align)));
        let offset = end.next_multiple_of(field_align.max(1));
        plain &= offset == end && inline.is_some_and(|field| field.has(flags::PLAIN_BITS));
        if inline.is_none() {
            pointers.push(offset);
        }
        places.push(FieldPlace { offset, size, is_pointer: inline.is_none() });
        end = offset + size;
        align = align.max(field_align);
    }
    let size = end.next_multiple_of(align);
    plain &= size == end;
    let mut layout = Layout::bits(size, align as u16);
    layout.n_pointers = pointers.len() as u32;
    if !pointers.is_empty() {
        layout.offsets = Some(cx.mutator().alloc_offset_table(type_head(cx.well_known().offset_table()), &pointers));
    }
    set_layout_with_barrier(cx, ty, layout);
    set_places(cx, ty, &places);
    let mut bits = flags::HAS_LAYOUT;
    if !is_mutable && pointers.is_empty() {
        bits |= flags::ISBITS;
        if plain {
            bits |= flags::PLAIN_BITS;
        }
    }
    ty.set_flags(bits);
    if !is_mutable && size == 0 && ty.is_concrete() {
        let instance = cx.mutator().alloc(type_head(ty));
        cx.write(ty, &ty.instance, Some(instance));
    }
}

/// Records where the fields are.
pub(crate) fn set_places(cx: &Context, ty: Gc<DataType>, places: &[FieldPlace]) {
    let table = cx.allocate_tail(cx.well_known().field_table(), FieldTable { length: 0 }, places.len());
    for (i, place) in places.iter().enumerate() {
        // SAFETY: the table has as many words, and nobody else has seen it yet.
        unsafe { table.tail_ptr().add(i).write(place.encode()) };
    }
    cx.write(ty, &ty.field_places, Some(table));
}

/// `Array{T, N}`: memory, data pointer (interior), N lengths.
fn set_array_layout(cx: &Context, ty: Gc<DataType>) {
    let n_dims = crate::values::boxes::as_int64(cx, ty.param(1)).filter(|n| (0..=64).contains(n));
    let (Some(n_dims), true) = (n_dims, ty.param(0).is_type()) else {
        // `Array{Int, :x}` is a type without instances.
        ty.flags.set(ty.flags.get() & !flags::CONCRETE);
        return;
    };
    let memory = super::instantiate::instance_of(cx, cx.well_known().memory_name(), &[ty.param(0)]);
    cx.write(ty, &ty.element_memory, Some(memory));
    let mut layout = Layout::bits(ARRAY_DIMS as u32 + 8 * n_dims as u32, 8);
    layout.n_pointers = 1;
    layout.n_interior = 1;
    let data = std::mem::offset_of!(Array, data) as u32;
    let memory_at = std::mem::offset_of!(Array, memory) as u32;
    let entries = [memory_at, data, memory_at];
    layout.offsets = Some(cx.mutator().alloc_offset_table(type_head(cx.well_known().offset_table()), &entries));
    set_layout_with_barrier(cx, ty, layout);
    ty.set_flags(flags::HAS_LAYOUT);
}

/// `Memory{T}`: length, padding, elements inline or as pointers.
fn set_memory_layout(cx: &Context, ty: Gc<DataType>) {
    let element = ty.param(0);
    let inline = element.get::<DataType>().filter(|element| element.is_bits() && element.has(flags::HAS_LAYOUT));
    let mut layout = Layout::bits(MEMORY_ELEMENTS as u32, 8);
    match inline {
        Some(element) => layout.tail_element_size = element.layout.size,
        None => {
            layout.tail_element_size = 8;
            layout.tail_n_pointers = 1;
            layout.offsets = Some(cx.mutator().alloc_offset_table(type_head(cx.well_known().offset_table()), &[0]));
        }
    }
    set_layout_with_barrier(cx, ty, layout);
    ty.set_flags(flags::HAS_LAYOUT);
}

fn set_layout_with_barrier(cx: &Context, ty: Gc<DataType>, layout: Layout) {
    cx.mutator().barrier(ty);
    set_layout(ty, layout);
}

/// Gives a type its layout.
pub(crate) fn set_layout(ty: Gc<DataType>, layout: Layout) {
    // SAFETY: layouts are set when a type is completed, before its first instance: allocation needs `HAS_LAYOUT`, which
    // is set afterwards. No reference to a layout is kept across this.
    unsafe { type_head(ty).set_layout(layout) };
}
