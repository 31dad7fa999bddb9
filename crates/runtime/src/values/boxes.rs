//! Boxes of primitive values, and reading them.
//!
//! `Bool`, `UInt8`, `Int8`, `Char` below 256 and `Int64` from -512 to 1023 have one box each, so that common values cost no
//! allocation and compare by address. All boxes of one value behave alike; nothing else may rely on the address.

use super::allocate::type_head;
use crate::context::Context;
use crate::objects::*;

/// Primitive Rust values that any bits are a valid value of.
///
/// # Safety
/// Every bit pattern is valid, and there is no padding.
pub unsafe trait Primitive: Copy + 'static {}

macro_rules! primitive { ($($ty:ty)*) => { $(
    // SAFETY: numbers have no invalid bit pattern and no padding.
    unsafe impl Primitive for $ty {}
)* } }
primitive! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64 usize isize }

/// The least `Int64` with a canonical box.
pub const SMALL_INT_FIRST: i64 = -512;
/// The greatest `Int64` with a canonical box.
pub const SMALL_INT_LAST: i64 = 1023;

/// Reads the bits of `value`, whose type must have that many bytes and no pointers.
#[inline(always)]
#[track_caller]
pub fn unbox<T: Primitive>(value: Value) -> T {
    let layout = &value.type_of().layout;
    assert!(layout.size as usize >= size_of::<T>() && layout.n_pointers == 0, "the value has no such bits");
    // SAFETY: the payload has at least as many bytes, as just checked, and any bits are a valid `T`.
    unsafe { value.as_ptr().cast::<T>().read_unaligned() }
}

/// The value of an `Int64` box.
#[inline(always)]
#[track_caller]
pub fn unbox_int64(value: Value) -> i64 {
    unbox(value)
}

/// Whether `value` is `true`; `None` if it is no `Bool`.
#[inline(always)]
pub fn unbox_bool(cx: &Context, value: Value) -> Option<bool> {
    let well_known = cx.well_known();
    if value == well_known.true_value() {
        Some(true)
    } else if value == well_known.false_value() {
        Some(false)
    } else {
        None
    }
}

/// `value` as an `i64`, if it is an `Int64`.
#[inline]
pub fn as_int64(cx: &Context, value: Value) -> Option<i64> {
    (value.type_of() == cx.well_known().int64()).then(|| unbox_int64(value))
}

/// The language's representation of a character: its UTF-8 bytes from the most significant byte down.
pub fn char_bits(character: char) -> u32 {
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes);
    u32::from_be_bytes(bytes)
}

/// The character with this representation, if it is well-formed.
pub fn char_from_bits(bits: u32) -> Option<char> {
    let bytes = bits.to_be_bytes();
    let length = match bytes[0] {
        0..0x80 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..=0xff => 4,
        _ => return None,
    };
    if bytes[length..].iter().any(|&byte| byte != 0) {
        return None;
    }
    std::str::from_utf8(&bytes[..length]).ok()?.chars().next()
}

impl Context {
    /// A box of the type `ty` with these bits. Panics if the sizes differ. Not canonical: see the methods per type.
    #[inline]
    pub fn box_bits<T: Primitive>(&self, ty: Gc<DataType>, bits: T) -> Value {
        assert!(ty.layout.size as usize == size_of::<T>() && ty.is_bits(), "the type's values are of another size");
        let value = self.mutator().alloc(type_head(ty));
        // SAFETY: the new object's payload has exactly these bytes.
        unsafe { value.as_ptr().cast::<T>().write_unaligned(bits) };
        value
    }

    /// An `Int64`.
    #[inline]
    pub fn box_int64(&self, number: i64) -> Value {
        if (SMALL_INT_FIRST..=SMALL_INT_LAST).contains(&number)
            && let Some(small) = self.well_known().small_int64.get()
        {
            return small.at((number - SMALL_INT_FIRST) as usize);
        }
        self.box_bits(self.well_known().int64(), number)
    }

    /// A `Bool`.
    #[inline(always)]
    pub fn box_bool(&self, truth: bool) -> Value {
        if truth { self.well_known().true_value() } else { self.well_known().false_value() }
    }

    /// A `UInt8`.
    #[inline]
    pub fn box_uint8(&self, number: u8) -> Value {
        self.well_known().all_uint8().at(number as usize)
    }

    /// An `Int8`.
    #[inline]
    pub fn box_int8(&self, number: i8) -> Value {
        self.well_known().all_int8().at((i32::from(number) + 128) as usize)
    }

    /// A `Char` of the language's representation, see [`char_bits`].
    #[inline]
    pub fn box_char_bits(&self, bits: u32) -> Value {
        let point = if bits & 0x00ff_ffff == 0 && bits >> 24 < 0x80 {
            (bits >> 24) as usize
        } else {
            char_from_bits(bits).map_or(usize::MAX, |character| character as usize)
        };
        match self.well_known().small_chars.get() {
            Some(small) if point < 256 => small.at(point),
            _ => self.box_bits(self.well_known().char(), bits),
        }
    }

    /// A `Char`.
    pub fn box_char(&self, character: char) -> Value {
        self.box_char_bits(char_bits(character))
    }

    /// An `Int16`.
    pub fn box_int16(&self, number: i16) -> Value {
        self.box_bits(self.well_known().int16(), number)
    }

    /// An `Int32`.
    pub fn box_int32(&self, number: i32) -> Value {
        self.box_bits(self.well_known().int32(), number)
    }

    /// An `Int128`.
    pub fn box_int128(&self, number: i128) -> Value {
        self.box_bits(self.well_known().int128(), number)
    }

    /// A `UInt16`.
    pub fn box_uint16(&self, number: u16) -> Value {
        self.box_bits(self.well_known().uint16(), number)
    }

    /// A `UInt32`.
    pub fn box_uint32(&self, number: u32) -> Value {
        self.box_bits(self.well_known().uint32(), number)
    }

    /// A `UInt64`.
    pub fn box_uint64(&self, number: u64) -> Value {
        self.box_bits(self.well_known().uint64(), number)
    }

    /// A `UInt128`.
    pub fn box_uint128(&self, number: u128) -> Value {
        self.box_bits(self.well_known().uint128(), number)
    }

    /// A `Float64`.
    #[inline]
    pub fn box_float64(&self, number: f64) -> Value {
        self.box_bits(self.well_known().float64(), number)
    }

    /// A `Float32`.
    pub fn box_float32(&self, number: f32) -> Value {
        self.box_bits(self.well_known().float32(), number)
    }

    /// A `Float16`, by its bits.
    pub fn box_float16(&self, bits: u16) -> Value {
        self.box_bits(self.well_known().float16(), bits)
    }

    /// The value of the isbits type `ty` whose bytes are at `bytes`: a singleton, a canonical box, or a new object.
    ///
    /// # Safety
    /// `ty.layout.size` bytes can be read at `bytes` and are a value of the type. The bytes may lie in an object: they
    /// are read again after the allocation, so the caller keeps that object alive.
    pub unsafe fn box_from(&self, ty: Gc<DataType>, bytes: *const u8) -> Value {
        if let Some(instance) = ty.instance.get() {
            return instance;
        }
        let well_known = self.well_known();
        // SAFETY: the caller says that a value of the type is there; the sizes read follow from the type.
        unsafe {
            if ty == well_known.int64() {
                return self.box_int64(bytes.cast::<i64>().read_unaligned());
            }
            if ty == well_known.bool() {
                return self.box_bool(bytes.read() & 1 != 0);
            }
            if ty == well_known.uint8() {
                return self.box_uint8(bytes.read());
            }
            if ty == well_known.int8() {
                return self.box_int8(bytes.read() as i8);
            }
            if ty == well_known.char() {
                return self.box_char_bits(bytes.cast::<u32>().read_unaligned());
            }
            let value = self.mutator().alloc(type_head(ty));
            std::ptr::copy_nonoverlapping(bytes, value.as_ptr().cast::<u8>(), ty.layout.size as usize);
            value
        }
    }
}
