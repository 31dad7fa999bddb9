//! Arrays: an `Array` object over a `Memory` that holds the elements.
//!
//! Elements of isbits types lie inline, all others as pointers (null: undefined). The array's `data` points to the first
//! element, which need not be the memory's first: removing from the front moves it. Indices count from 0.

use super::allocate::type_head;
use super::structs;
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types;

/// Most elements an array may have.
const MAX_LENGTH: i64 = 1 << 48;

/// A new array of the concrete type `Array{T, N}` with these lengths: elements zero or undefined. Throws
/// `ArgumentError` for lengths that are negative or too great, `OutOfMemoryError` when they do not fit.
pub fn new_array(cx: &Context, ty: Gc<DataType>, dims: &[i64]) -> Outcome<Gc<Array>> {
    let mut length = 1_i64;
    for &dim in dims {
        let product = length.checked_mul(dim).filter(|&n| dim >= 0 && n <= MAX_LENGTH);
        length = product.ok_or_else(|| cx.argument_error("invalid Array dimensions"))?;
    }
    let memory = new_memory(cx, ty.element_memory.unwrap(), length as usize)?;
    let array = cx.mutator().alloc(type_head(ty)).expect::<Array>();
    cx.write(array, &array.memory, Some(memory));
    array.data.set(memory.addr() + MEMORY_ELEMENTS);
    for (i, &dim) in dims.iter().enumerate() {
        set_dim(array, i, dim);
    }
    fill_defaults(cx, array, 0..length as usize);
    Ok(array)
}

/// A new `Vector{Any}` of these values.
pub fn new_vector_any(cx: &Context, values: &[Value]) -> Gc<Array> {
    let array = new_array(cx, cx.well_known().vector_any(), &[values.len() as i64]);
    let array = array.unwrap_or_else(|_| panic!("no memory for {} values", values.len()));
    for (i, &value) in values.iter().enumerate() {
        set(cx, array, i, value);
    }
    array
}

/// A new memory of the concrete type `Memory{T}`.
pub fn new_memory(cx: &Context, ty: Gc<DataType>, length: usize) -> Outcome<Gc<Memory>> {
    let head = type_head(ty);
    let made = if head.layout.tail_element_size == 0 {
        cx.mutator().try_alloc(head)
    } else {
        cx.mutator().try_alloc_tail(head, length as u64)
    };
    let memory = made.map_err(|_| cx.throw_out_of_memory())?.expect::<Memory>();
    // SAFETY: the length is the first word of every memory, which nobody else has seen yet.
    unsafe { memory.as_ptr().cast::<u64>().write(length as u64) };
    Ok(memory)
}

/// Number of dimensions.
#[inline]
pub fn n_dims(array: Gc<Array>) -> usize {
    (array.type_of().layout.size as usize - ARRAY_DIMS) / 8
}

/// Length in dimension `i`.
#[inline]
pub fn dim(array: Gc<Array>, i: usize) -> i64 {
    assert!(i < n_dims(array), "the array has no dimension {i}");
    // SAFETY: the layout has one i64 per dimension at `ARRAY_DIMS`.
    unsafe { dims_ptr(array).add(i).read() }
}

/// All lengths.
pub fn dims(array: Gc<Array>) -> smallvec::SmallVec<[i64; 4]> {
    (0..n_dims(array)).map(|i| dim(array, i)).collect()
}

/// Number of elements.
#[inline]
pub fn length(array: Gc<Array>) -> usize {
    (0..n_dims(array)).map(|i| dim(array, i)).product::<i64>() as usize
}

/// The declared element type.
pub fn element_type(array: Gc<Array>) -> Value {
    array.type_of().param(0)
}

fn dims_ptr(array: Gc<Array>) -> *mut i64 {
    // SAFETY: the lengths follow the fixed words.
    unsafe { array.as_ptr().cast::<u8>().add(ARRAY_DIMS).cast() }
}

fn set_dim(array: Gc<Array>, i: usize, value: i64) {
    assert!(i < n_dims(array), "the array has no dimension {i}");
    // SAFETY: as in `dim`.
    unsafe { dims_ptr(array).add(i).write(value) }
}

/// Whether elements lie as pointers, and how many bytes one takes.
#[inline]
fn element_layout(array: Gc<Array>) -> (bool, usize) {
    let layout = &array.type_of().element_memory.unwrap().layout;
    (layout.tail_n_pointers != 0, layout.tail_element_size as usize)
}

/// Element `i`, or `None` if it is undefined. Panics beyond the end: callers check and throw `BoundsError`.
#[inline]
pub fn get(cx: &Context, array: Gc<Array>, i: usize) -> Option<Value> {
    assert!(i < length(array), "index {i} is beyond the array");
    let (is_pointer, size) = element_layout(array);
    let at = array.data.get() + i * size;
    // SAFETY: elements 0..length lie at `data`, each of `size` bytes, pointers or values of the element type; the index
    // was checked, and the array keeps the memory.
    unsafe {
        if is_pointer {
            std::ptr::with_exposed_provenance::<Option<Value>>(at).read()
        } else {
            let ty = element_type(array).expect::<DataType>();
            Some(cx.box_from(ty, std::ptr::with_exposed_provenance(at)))
        }
    }
}

/// Assigns element `i`. The caller has checked that the value is an instance of the element type. Panics beyond the end.
#[inline]
pub fn set(cx: &Context, array: Gc<Array>, i: usize, value: Value) {
    assert!(i < length(array), "index {i} is beyond the array");
    let (is_pointer, size) = element_layout(array);
    let memory = array.memory.unwrap();
    let at = array.data.get() + i * size;
    // SAFETY: as in `get`; the value is of the element type, so it has `size` bytes.
    unsafe {
        if is_pointer {
            cx.mutator().write_at(memory.erase(), at - memory.addr(), Some(value));
        } else {
            assert_eq!(value.type_of().layout.size as usize, size, "the value is of the element type");
            let to = std::ptr::with_exposed_provenance_mut::<u8>(at);
            std::ptr::copy_nonoverlapping(value.as_ptr().cast::<u8>(), to, size);
        }
    }
}

/// Makes element `i` undefined, where elements are pointers.
pub fn unset(cx: &Context, array: Gc<Array>, i: usize) {
    assert!(i < length(array), "index {i} is beyond the array");
    let (is_pointer, size) = element_layout(array);
    if is_pointer {
        let memory = array.memory.unwrap();
        let at = array.data.get() + i * size - memory.addr();
        // SAFETY: as in `set`.
        unsafe { cx.mutator().write_at(memory.erase(), at, None) };
    }
}

/// Makes room for `n` elements before index `at` of a vector, undefined or zero.
pub fn grow_at(cx: &Context, array: Gc<Array>, at: usize, n: usize) -> Outcome<()> {
    let len = length(array);
    assert!(n_dims(array) == 1 && at <= len, "elements can be added at 0..={len} of a vector, not at {at}");
    let (_, size) = element_layout(array);
    let memory = array.memory.unwrap();
    let front = (array.data.get() - memory.addr() - MEMORY_ELEMENTS).checked_div(size).unwrap_or(0);
    let capacity = memory.length as usize;
    if at == 0 && len > 0 && front >= n {
        array.data.set(array.data.get() - n * size);
    } else if front + len + n <= capacity {
        move_elements(cx, array, at, at + n, len - at);
    } else {
        replace_memory(cx, array, at, n, len, if at == 0 && len > 0 { n.max(len / 2) } else { 0 })?;
    }
    set_dim(array, 0, (len + n) as i64);
    clear(cx, array, at, n);
    fill_defaults(cx, array, at..at + n);
    Ok(())
}

/// Gives new elements the value they have where the element type is a union of bits.
fn fill_defaults(cx: &Context, array: Gc<Array>, elements: std::ops::Range<usize>) {
    if let Some(value) = structs::default_member(cx, element_type(array)) {
        elements.for_each(|i| set(cx, array, i, value));
    }
}

/// Removes `n` elements from index `at` of a vector on.
pub fn delete_at(cx: &Context, array: Gc<Array>, at: usize, n: usize) {
    let len = length(array);
    assert!(n_dims(array) == 1 && at + n <= len, "elements {at}..{} of {len} can be removed", at + n);
    let (_, size) = element_layout(array);
    if at == 0 && n < len {
        clear(cx, array, 0, n);
        array.data.set(array.data.get() + n * size);
    } else {
        move_elements(cx, array, at + n, at, len - at - n);
        clear(cx, array, len - n, n);
    }
    set_dim(array, 0, (len - n) as i64);
}

/// Sees to it that a vector can grow to `capacity` elements at its end without another allocation.
pub fn reserve(cx: &Context, array: Gc<Array>, capacity: usize) -> Outcome<()> {
    let len = length(array);
    if array.memory.unwrap().length as usize >= capacity || capacity < len {
        return Ok(());
    }
    replace_memory(cx, array, len, capacity - len, len, 0)
}

/// Gives an array the elements of another under other lengths; both then share the memory.
pub fn reshape(cx: &Context, ty: Gc<DataType>, array: Gc<Array>, dims: &[i64]) -> Outcome<Gc<Array>> {
    let n = dims.iter().try_fold(1_i64, |n, &dim| n.checked_mul(dim).filter(|_| dim >= 0));
    if n != Some(length(array) as i64) || ty.element_memory.get() != array.type_of().element_memory.get() {
        let text = format!("new dimensions {dims:?} must be consistent with array size {}", length(array));
        return Err(cx.throw_with_message(cx.well_known().argument_error(), &text));
    }
    let new = cx.mutator().alloc(type_head(ty)).expect::<Array>();
    cx.write(new, &new.memory, array.memory.get());
    new.data.set(array.data.get());
    for (i, &dim) in dims.iter().enumerate() {
        set_dim(new, i, dim);
    }
    Ok(new)
}

/// Copies `n` elements of `from` to `to`, which has the same element type; the ranges may overlap. Panics beyond an end.
pub fn copy(cx: &Context, to: Gc<Array>, to_index: usize, from: Gc<Array>, from_index: usize, n: usize) {
    assert!(to.type_of().element_memory.get() == from.type_of().element_memory.get(), "both have one element type");
    assert!(to_index + n <= length(to) && from_index + n <= length(from), "the copy stays in both arrays");
    let (_, size) = element_layout(to);
    cx.mutator().barrier(to.memory.unwrap());
    // SAFETY: both ranges lie within the arrays, as just checked; the barrier has run for the written memory.
    unsafe {
        let source = std::ptr::with_exposed_provenance::<u8>(from.data.get() + from_index * size);
        let target = std::ptr::with_exposed_provenance_mut::<u8>(to.data.get() + to_index * size);
        std::ptr::copy(source, target, n * size);
    }
}

/// The bytes of a `Vector{UInt8}` (or any array of pointer-free elements).
pub fn bytes(array: &Gc<Array>) -> Option<&[u8]> {
    let (is_pointer, size) = element_layout(*array);
    if is_pointer {
        return None;
    }
    // SAFETY: the elements lie there; the caller does not write the array while it holds the slice (single mutator).
    Some(unsafe {
        std::slice::from_raw_parts(std::ptr::with_exposed_provenance(array.data.get()), length(*array) * size)
    })
}

/// Adds bytes at the end of a `Vector{UInt8}`.
pub fn append_bytes(cx: &Context, array: Gc<Array>, bytes: &[u8]) -> Outcome<()> {
    assert!(array.type_of() == cx.well_known().vector_uint8(), "bytes are added to a vector of bytes");
    let len = length(array);
    grow_at(cx, array, len, bytes.len())?;
    // SAFETY: the array has just been made long enough; its elements are single bytes without pointers.
    unsafe {
        let to = std::ptr::with_exposed_provenance_mut::<u8>(array.data.get() + len);
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
    }
    Ok(())
}

/// New memory with `n` free places at index `at` and `front` spare places before the first element.
fn replace_memory(cx: &Context, array: Gc<Array>, at: usize, n: usize, len: usize, front: usize) -> Outcome<()> {
    let (_, size) = element_layout(array);
    // Growth by half again for long vectors, doubling for short ones.
    let extra = if len < 1 << 16 { len } else { len / 2 };
    let wanted = front + (len + n).max(if n == 0 { 0 } else { len + extra }).max(4);
    let new = new_memory(cx, array.type_of().element_memory.unwrap(), wanted)?;
    let start = new.addr() + MEMORY_ELEMENTS + front * size;
    cx.mutator().barrier(new);
    // SAFETY: the old elements lie at `data`; the new memory has room for `front + len + n` of the same size.
    unsafe {
        let from = std::ptr::with_exposed_provenance::<u8>(array.data.get());
        let to = std::ptr::with_exposed_provenance_mut::<u8>(start);
        std::ptr::copy_nonoverlapping(from, to, at * size);
        std::ptr::copy_nonoverlapping(from.add(at * size), to.add((at + n) * size), (len - at) * size);
    }
    cx.write(array, &array.memory, Some(new));
    array.data.set(start);
    Ok(())
}

/// Moves `n` elements within an array's memory.
fn move_elements(cx: &Context, array: Gc<Array>, from: usize, to: usize, n: usize) {
    let (_, size) = element_layout(array);
    cx.mutator().barrier(array.memory.unwrap());
    // SAFETY: callers stay within the memory's capacity; the barrier has run.
    unsafe {
        let data = std::ptr::with_exposed_provenance_mut::<u8>(array.data.get());
        std::ptr::copy(data.add(from * size), data.add(to * size), n * size);
    }
}

/// Zeroes `n` elements from index `at` on: undefined pointers, zero bits.
fn clear(cx: &Context, array: Gc<Array>, at: usize, n: usize) {
    let (_, size) = element_layout(array);
    cx.mutator().barrier(array.memory.unwrap());
    // SAFETY: callers stay within the memory's capacity; zero is a valid value of pointers and of bits.
    unsafe { std::ptr::with_exposed_provenance_mut::<u8>(array.data.get() + at * size).write_bytes(0, n * size) };
}

/// The type `Array{T, N}`.
pub fn array_type(cx: &Context, element: Value, n_dims: usize) -> Outcome<Gc<DataType>> {
    let dims = cx.box_int64(n_dims as i64);
    let ty = types::apply_type(cx, cx.well_known().array().erase(), &[element, dims])?;
    Ok(ty.expect())
}
