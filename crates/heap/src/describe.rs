//! The one description of a Rust-declared heap object.
//!
//! `heap_object!` declares a `repr(C)` struct and derives from its field types where its pointers are. Layouts,
//! and with them tracing, serialisation, relocation and verification, as well as debug printing and the fingerprint
//! that images check, come from that. What types such objects have at run time is the embedder's matter.

use crate::gc::{Field, Gc};
use crate::layout::{LAYOUT_OFFSETS_AT, Layout, OffsetTable};
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize};

/// Plain data: any bytes without pointers into the heap.
///
/// # Safety
/// A value holds no heap pointer and needs no drop.
pub unsafe trait Bits: Copy + 'static {}

/// What a field of a heap object is to the collector.
///
/// # Safety
/// `POINTERS` lists exactly the byte offsets within the value that hold a nullable pointer to the payload of a heap
/// object, and a value needs no drop.
pub unsafe trait FieldKind {
    /// Byte offsets of the heap pointers within the field.
    const POINTERS: &'static [u32];
}

macro_rules! bits {
    ($($ty:ty)*) => { $(
        // SAFETY: a number or truth value is no pointer and needs no drop.
        unsafe impl Bits for $ty {}
        // SAFETY: it holds no heap pointer.
        unsafe impl FieldKind for $ty { const POINTERS: &'static [u32] = &[]; }
    )* };
}
bits! { () u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char }

macro_rules! atomic_bits {
    ($($ty:ty)*) => { $(
        // SAFETY: an atomic number holds no heap pointer and needs no drop.
        unsafe impl FieldKind for $ty { const POINTERS: &'static [u32] = &[]; }
    )* };
}
atomic_bits! { AtomicBool AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicI64 AtomicUsize }

// SAFETY: an array of plain data is plain data.
unsafe impl<T: Bits, const N: usize> Bits for [T; N] {}
// SAFETY: plain data holds no heap pointer.
unsafe impl<T: Bits, const N: usize> FieldKind for [T; N] {
    const POINTERS: &'static [u32] = &[];
}
// SAFETY: a cell of plain data holds no heap pointer and needs no drop.
unsafe impl<T: Bits> FieldKind for Cell<T> {
    const POINTERS: &'static [u32] = &[];
}
// SAFETY: a `Gc` is one pointer to a payload.
unsafe impl<T> FieldKind for Gc<T> {
    const POINTERS: &'static [u32] = &[0];
}
// SAFETY: `Option<Gc>` is one pointer, null for `None`, because `Gc` is a transparent `NonNull`.
unsafe impl<T> FieldKind for Option<Gc<T>> {
    const POINTERS: &'static [u32] = &[0];
}
// SAFETY: `Field` is a transparent cell of `Option<Gc>`.
unsafe impl<T> FieldKind for Field<T> {
    const POINTERS: &'static [u32] = &[0];
}
// SAFETY: the only pointer of a layout is its offset table.
unsafe impl FieldKind for Layout {
    const POINTERS: &'static [u32] = &[LAYOUT_OFFSETS_AT];
}
// SAFETY: as for `Layout`; a `Cell` is transparent.
unsafe impl FieldKind for Cell<Layout> {
    const POINTERS: &'static [u32] = &[LAYOUT_OFFSETS_AT];
}
// SAFETY: N adjacent fields of one pointer each.
unsafe impl<T, const N: usize> FieldKind for [Field<T>; N] {
    const POINTERS: &'static [u32] = &EveryWord::<N>::OFFSETS;
}

struct EveryWord<const N: usize>;

impl<const N: usize> EveryWord<N> {
    const OFFSETS: [u32; N] = {
        let mut offsets = [0; N];
        let mut i = 0;
        while i < N {
            offsets[i] = 8 * i as u32;
            i += 1;
        }
        offsets
    };
}

/// One field of a described object.
#[derive(Clone, Copy, Debug)]
pub struct FieldDescription {
    /// The field's name.
    pub name: &'static str,
    /// Its type as written.
    pub ty: &'static str,
    /// Bytes from the payload's start.
    pub offset: u32,
    /// Its size in bytes.
    pub size: u32,
    /// Byte offsets of heap pointers within the field.
    pub pointers: &'static [u32],
}

/// The tail of a described object.
#[derive(Clone, Copy, Debug)]
pub struct TailDescription {
    /// Where in the fixed part the `u64` element count is.
    pub length_offset: u32,
    /// The element type as written.
    pub ty: &'static str,
    /// Bytes of one element.
    pub element_size: u32,
    /// Byte offsets of heap pointers within one element.
    pub pointers: &'static [u32],
    /// Zero bytes after the last element.
    pub padding: u32,
}

/// The whole description of a Rust-declared object.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// The struct's name.
    pub name: &'static str,
    /// Bytes of the fixed part.
    pub size: u32,
    /// Alignment in bytes.
    pub align: u16,
    /// The fields in order.
    pub fields: &'static [FieldDescription],
    /// Byte offsets of all heap pointers of the fixed part.
    pub pointers: &'static [u32],
    /// The tail, if there is one.
    pub tail: Option<TailDescription>,
}

impl Description {
    /// The layout of such objects, given the table that holds `offset_entries`.
    pub fn layout(&self, offsets: Option<Gc<OffsetTable>>) -> Layout {
        let mut layout =
            Layout { n_pointers: self.pointers.len() as u32, offsets, ..Layout::bits(self.size, self.align) };
        if let Some(tail) = self.tail {
            layout.tail_element_size = tail.element_size;
            layout.tail_length_offset = tail.length_offset;
            layout.tail_n_pointers = tail.pointers.len() as u32;
            layout.tail_padding = tail.padding;
        }
        layout
    }

    /// The entries of the layout's offset table; empty if none is needed.
    pub fn offset_entries(&self) -> Vec<u32> {
        let tail = self.tail.map_or(&[][..], |tail| tail.pointers);
        self.pointers.iter().chain(tail).copied().collect()
    }

    /// A number that differs when the layout differs: names, types, offsets and sizes go in. The same in every
    /// process of one build; an image records it and refuses to load where it differs.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325;
        fold(&mut hash, self.name.as_bytes());
        fold(&mut hash, &self.size.to_le_bytes());
        for field in self.fields {
            fold(&mut hash, field.name.as_bytes());
            fold(&mut hash, field.ty.as_bytes());
            fold(&mut hash, &field.offset.to_le_bytes());
            fold(&mut hash, &field.size.to_le_bytes());
        }
        if let Some(tail) = self.tail {
            fold(&mut hash, tail.ty.as_bytes());
            fold(&mut hash, &tail.length_offset.to_le_bytes());
            fold(&mut hash, &tail.element_size.to_le_bytes());
            fold(&mut hash, &tail.padding.to_le_bytes());
        }
        hash
    }
}

/// FNV-1a over `bytes` and a separator.
fn fold(hash: &mut u64, bytes: &[u8]) {
    for &byte in bytes.iter().chain(&[0xff]) {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
}

/// A heap object declared in Rust; `heap_object!` implements it.
///
/// # Safety
/// The constants describe the `repr(C)` struct exactly, and `write_fields` writes every field and nothing else.
pub unsafe trait HeapObject: Sized {
    /// Bytes of the fixed part.
    const SIZE: u32;
    /// The fields in order.
    const FIELDS: &'static [FieldDescription];
    /// Byte offsets of all heap pointers of the fixed part.
    const POINTERS: &'static [u32];
    /// The tail, if there is one.
    const TAIL: Option<TailDescription>;
    /// The struct's name.
    const NAME: &'static str;

    /// Moves the fields to `destination` one by one, leaving padding bytes as they are (zero in a new object), so
    /// that images come out the same in every run.
    ///
    /// # Safety
    /// `destination` is valid for writing a `Self`.
    unsafe fn write_fields(self, destination: *mut Self);

    /// The whole description.
    fn describe() -> Description {
        Description {
            name: Self::NAME,
            size: Self::SIZE,
            align: align_of::<Self>() as u16,
            fields: Self::FIELDS,
            pointers: Self::POINTERS,
            tail: Self::TAIL,
        }
    }
}

/// A heap object with a tail of elements behind its fixed part.
///
/// # Safety
/// `TAIL` is present and describes elements of type `Element`; `length` returns the word at its `length_offset`.
pub unsafe trait TailObject: HeapObject {
    /// One element.
    type Element: FieldKind;

    /// Number of elements.
    fn tail_length(&self) -> usize;
}

impl<T: TailObject> Gc<T> {
    /// The tail's elements.
    #[inline]
    pub fn tail(&self) -> &[T::Element] {
        // SAFETY: a live tail object was allocated with `tail_length` elements behind its fixed part, zeroed, which is
        // a valid value of every `FieldKind` element (null, zero).
        unsafe { std::slice::from_raw_parts(self.tail_ptr(), self.tail_length()) }
    }

    /// Where the first tail element is (or would be).
    #[inline]
    pub fn tail_ptr(&self) -> *mut T::Element {
        // SAFETY: the tail begins `SIZE` bytes into the payload, which is inside the object or one past its end.
        unsafe { self.as_ptr().cast::<u8>().add(T::SIZE as usize).cast() }
    }
}

/// Prints an object by its description: name, address, and each field's bytes as a number. See `Gc::show`.
pub struct Show<T: HeapObject>(Gc<T>);

impl<T: HeapObject> Gc<T> {
    /// The object's fields for a debug message.
    pub fn show(self) -> Show<T> {
        Show(self)
    }
}

impl<T: HeapObject> fmt::Debug for Show<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:#x} {{", T::NAME, self.0.addr())?;
        for (index, field) in T::FIELDS.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let n = field.size.min(8) as usize;
            let mut word = [0; 8];
            // SAFETY: the description names bytes inside the object; eight at most are read, by copying.
            unsafe {
                let at = self.0.as_ptr().cast::<u8>().add(field.offset as usize);
                at.copy_to_nonoverlapping(word.as_mut_ptr(), n);
            }
            write!(f, "{comma} {}: {:#x}", field.name, u64::from_le_bytes(word))?;
        }
        write!(f, " }}")
    }
}

/// Total number of pointers in `fields`. For `heap_object!`.
#[doc(hidden)]
pub const fn count_pointers(fields: &[FieldDescription]) -> usize {
    let mut n = 0;
    let mut i = 0;
    while i < fields.len() {
        n += fields[i].pointers.len();
        i += 1;
    }
    n
}

/// Offsets of all pointers in `fields`. For `heap_object!`.
#[doc(hidden)]
pub const fn list_pointers<const N: usize>(fields: &[FieldDescription]) -> [u32; N] {
    let mut list = [0; N];
    let mut n = 0;
    let mut i = 0;
    while i < fields.len() {
        let mut j = 0;
        while j < fields[i].pointers.len() {
            list[n] = fields[i].offset + fields[i].pointers[j];
            n += 1;
            j += 1;
        }
        i += 1;
    }
    list
}

/// Declares a `repr(C)` heap object and its description.
///
/// Fields are `Gc<T>`, `Option<Gc<T>>` (fixed after construction), `Field<T>` (written through `Mutator::write`),
/// numbers, `Cell` of plain data, or atomics. An object with a tail names its `u64` length field and element type after the struct:
///
/// ```
/// tintype_heap::heap_object! {
///     /// A list of values.
///     pub struct SimpleVector {
///         /// Number of elements.
///         pub length: u64,
///     }
///     tail length: [tintype_heap::Field]
/// }
/// ```
///
/// `tail length: [u8], padding 1` adds zero bytes after the tail.
#[macro_export]
macro_rules! heap_object {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $( $(#[$fmeta:meta])* $fvis:vis $field:ident : $fty:ty ),* $(,)? }
        $( tail $length:ident : [$element:ty] $(, padding $padding:literal)? )?
    ) => {
        $(#[$meta])*
        #[repr(C)]
        $vis struct $name { $( $(#[$fmeta])* $fvis $field : $fty ),* }

        // SAFETY: offsets and sizes are the compiler's, pointers come from each field's `FieldKind`.
        unsafe impl $crate::HeapObject for $name {
            const SIZE: u32 = ::std::mem::size_of::<$name>() as u32;
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [$crate::FieldDescription] = &[ $( $crate::FieldDescription {
                name: stringify!($field),
                ty: stringify!($fty),
                offset: ::std::mem::offset_of!($name, $field) as u32,
                size: ::std::mem::size_of::<$fty>() as u32,
                pointers: <$fty as $crate::FieldKind>::POINTERS,
            } ),* ];
            const POINTERS: &'static [u32] = {
                const FIELDS: &[$crate::FieldDescription] = <$name as $crate::HeapObject>::FIELDS;
                const LIST: [u32; $crate::count_pointers(FIELDS)] = $crate::list_pointers(FIELDS);
                &LIST
            };
            const TAIL: ::std::option::Option<$crate::TailDescription> =
                $crate::heap_object!(@tail $name $( $length, $element $(, $padding)? )?);

            unsafe fn write_fields(self, destination: *mut Self) {
                assert!(::std::mem::align_of::<$name>() <= 16);
                let $name { $( $field ),* } = self;
                // SAFETY: the caller gives room for a whole struct.
                unsafe { $( ::std::ptr::write(&raw mut (*destination).$field, $field); )* }
            }
        }

        $(
            // SAFETY: `TAIL` above is made from the same length field and element type.
            unsafe impl $crate::TailObject for $name {
                type Element = $element;
                #[inline]
                fn tail_length(&self) -> usize {
                    let length: u64 = self.$length;
                    length as usize
                }
            }
        )?
    };
    (@tail $name:ident) => { ::std::option::Option::None };
    (@tail $name:ident $length:ident, $element:ty) => { $crate::heap_object!(@tail $name $length, $element, 0) };
    (@tail $name:ident $length:ident, $element:ty, $padding:literal) => {
        ::std::option::Option::Some($crate::TailDescription {
            length_offset: ::std::mem::offset_of!($name, $length) as u32,
            ty: stringify!($element),
            element_size: ::std::mem::size_of::<$element>() as u32,
            pointers: <$element as $crate::FieldKind>::POINTERS,
            padding: $padding,
        })
    };
}

heap_object! {
    /// An object of a bare length and bytes, which `OffsetTable` is described by.
    struct OffsetTableObject {
        length: u64,
    }
    tail length: [u32]
}

impl OffsetTable {
    /// The description of offset tables, for the type object that stands for them.
    pub fn describe() -> Description {
        Description { name: "OffsetTable", ..OffsetTableObject::describe() }
    }
}
