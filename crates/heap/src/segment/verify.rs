//! Verifying a stored segment: every object is walked through its type's layout, and every address in it must lead to an
//! object.
//!
//! The bytes may be anything; nothing here panics or trusts a length. What is read of a parent (types, layouts) is
//! bounds-checked too, but a parent's own objects are its own verification's concern.

#![forbid(unsafe_code)]

use super::bitmap::BitmapRef;
use super::error::SegmentError;
use crate::gc::{FLAGS, FREE, HEADER_BYTES, IMAGE};
use crate::layout::{LAYOUT_OFFSETS_AT, Layout};
use std::mem::offset_of;
use std::rc::Rc;

/// A parent as the verified segment sees it.
#[derive(Clone, Copy, Debug)]
pub struct ParentBytes<'a> {
    /// The address that the segment refers to it by.
    pub base: u64,
    /// Its contents, with addresses as the segment refers to them.
    pub bytes: &'a [u8],
    /// Its object starts.
    pub object_starts: BitmapRef<'a>,
}

/// What a verified segment holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct SegmentStats {
    /// Number of objects.
    pub n_objects: usize,
    /// Number of words that hold an address, headers included.
    pub n_pointers: usize,
}

/// Checks the segment of these `bytes` made for address `base`: that each object start has the header of an image object
/// whose type is an object, that each object ends before the next begins, and that each pointer is null or leads to an
/// object of the segment or of one of `parents`. Returns what it counted.
pub fn verify_segment(
    bytes: &[u8],
    base: u64,
    object_starts: BitmapRef<'_>,
    parents: &[ParentBytes<'_>],
) -> Result<SegmentStats, SegmentError> {
    if !base.is_multiple_of(16) {
        return Err(SegmentError::Misaligned { value: base });
    }
    if !bytes.len().is_multiple_of(16) {
        return Err(SegmentError::Misaligned { value: bytes.len() as u64 });
    }
    let view = View { own: ParentBytes { base, bytes, object_starts }, parents };
    let mut stats = SegmentStats::default();
    let mut starts = object_starts.ones().map(|word| word as u64 * 8).peekable();
    let mut layouts = LayoutCache::default();
    while let Some(start) = starts.next() {
        if start % 16 != 8 || start >= bytes.len() as u64 {
            return Err(SegmentError::BadStart { offset: start });
        }
        let end = starts.peek().copied().unwrap_or(bytes.len() as u64);
        view.check_object(start, end, &mut layouts, &mut stats)?;
        stats.n_objects += 1;
    }
    Ok(stats)
}

/// The segment and its parents.
struct View<'a> {
    own: ParentBytes<'a>,
    parents: &'a [ParentBytes<'a>],
}

/// A checked layout with its offset table's entries.
struct CheckedLayout {
    ty: u64,
    layout: Layout,
    fixed: Vec<u32>,
    interior: Vec<(u32, u32)>,
    tail: Vec<u32>,
}

/// The layouts of the types met last, a few ways by address: neighbours tend to have the same types.
#[derive(Default)]
struct LayoutCache {
    ways: [Option<Rc<CheckedLayout>>; 32],
}

/// The most bytes of an object: anything larger would overflow address arithmetic.
const MAX_BYTES: u64 = 1 << 46;

impl<'a> View<'a> {
    /// Checks the object whose header is at offset `start` and which must end before offset `end`.
    fn check_object(
        &self,
        start: u64,
        end: u64,
        layouts: &mut LayoutCache,
        stats: &mut SegmentStats,
    ) -> Result<(), SegmentError> {
        let header = read_u64(self.own.bytes, start).ok_or(SegmentError::BadStart { offset: start })?;
        if header & IMAGE == 0 || header & FREE != 0 {
            return Err(SegmentError::BadFlags { offset: start, header });
        }
        let ty = header & !FLAGS;
        if !self.is_object(ty) {
            return Err(SegmentError::BadPointer { offset: start, value: header });
        }
        stats.n_pointers += 1;
        let payload = start + HEADER_BYTES as u64;
        let checked = layouts.get(self, ty)?;
        let (length, n_bytes) = measure(self.own.bytes, payload, end, &checked.layout)?;
        let size = u64::from(checked.layout.size);
        for &offset in &checked.fixed {
            stats.n_pointers += usize::from(self.check_pointer(payload + u64::from(offset))?);
        }
        for &(offset, base_offset) in &checked.interior {
            let (at, base_at) = (payload + u64::from(offset), payload + u64::from(base_offset));
            stats.n_pointers += usize::from(self.check_interior(at, base_at, layouts)?);
        }
        if !checked.tail.is_empty() {
            let element_size = u64::from(checked.layout.tail_element_size);
            debug_assert!(size + length * element_size <= n_bytes);
            for element in 0..length {
                for &offset in &checked.tail {
                    let at = payload + size + element * element_size + u64::from(offset);
                    stats.n_pointers += usize::from(self.check_pointer(at)?);
                }
            }
        }
        Ok(())
    }

    /// Checks the nullable pointer at offset `at`; whether it is not null.
    fn check_pointer(&self, at: u64) -> Result<bool, SegmentError> {
        let value = read_u64(self.own.bytes, at).ok_or(SegmentError::BadPointer { offset: at, value: 0 })?;
        match value {
            0 => Ok(false),
            value if self.is_object(value) => Ok(true),
            value => Err(SegmentError::BadPointer { offset: at, value }),
        }
    }

    /// Checks the interior pointer at offset `at` into the object that the pointer at offset `base_at` holds.
    fn check_interior(&self, at: u64, base_at: u64, layouts: &mut LayoutCache) -> Result<bool, SegmentError> {
        let value = read_u64(self.own.bytes, at).ok_or(SegmentError::BadPointer { offset: at, value: 0 })?;
        if value == 0 {
            return Ok(false);
        }
        let error = SegmentError::BadInterior { offset: at, value };
        let base = read_u64(self.own.bytes, base_at).ok_or(error)?;
        let place = self.place(base).filter(|_| self.is_object(base)).ok_or(error)?;
        let payload = base - place.base;
        let header = read_u64(place.bytes, payload - HEADER_BYTES as u64).ok_or(error)?;
        let ty = header & !FLAGS;
        if !self.is_object(ty) {
            return Err(error);
        }
        let checked = layouts.get(self, ty)?;
        let (_, n_bytes) = measure(place.bytes, payload, place.bytes.len() as u64, &checked.layout)?;
        if value.checked_sub(base).is_some_and(|distance| distance <= n_bytes) { Ok(true) } else { Err(error) }
    }

    /// Whether an object's payload is at `address`.
    fn is_object(&self, address: u64) -> bool {
        self.place(address).is_some_and(|place| {
            address.is_multiple_of(16)
                && (address - place.base)
                    .checked_sub(8)
                    .is_some_and(|start| place.object_starts.get((start / 8) as usize))
        })
    }

    /// The segment that `address` lies in.
    fn place(&self, address: u64) -> Option<ParentBytes<'a>> {
        let inside = |place: &&ParentBytes<'a>| address.wrapping_sub(place.base) < place.bytes.len() as u64;
        std::iter::once(&self.own).chain(self.parents).find(inside).copied()
    }

    fn read_u32(&self, address: u64) -> Option<u32> {
        let place = self.place(address)?;
        let at = usize::try_from(address - place.base).ok()?;
        Some(u32::from_le_bytes(place.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    fn read_u16(&self, address: u64) -> Option<u16> {
        let place = self.place(address)?;
        let at = usize::try_from(address - place.base).ok()?;
        Some(u16::from_le_bytes(place.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    fn read_u64_at(&self, address: u64) -> Option<u64> {
        let place = self.place(address)?;
        read_u64(place.bytes, address - place.base)
    }
}

impl LayoutCache {
    fn get(&mut self, view: &View<'_>, ty: u64) -> Result<Rc<CheckedLayout>, SegmentError> {
        let way = &mut self.ways[(ty >> 4) as usize % 32];
        if way.as_ref().is_none_or(|checked| checked.ty != ty) {
            *way = Some(Rc::new(CheckedLayout::read(view, ty)?));
        }
        Ok(way.clone().expect("the way was just filled"))
    }
}

impl CheckedLayout {
    /// Reads and checks the layout at the start of the type object at `ty`.
    fn read(view: &View<'_>, ty: u64) -> Result<CheckedLayout, SegmentError> {
        let bad = |what| SegmentError::BadLayout { ty, what };
        let truncated = bad("it reaches beyond the segment's end");
        let field = |offset: usize| view.read_u32(ty + offset as u64).ok_or(truncated);
        let layout = Layout {
            size: field(offset_of!(Layout, size))?,
            align: view.read_u16(ty + offset_of!(Layout, align) as u64).ok_or(truncated)?,
            flags: view.read_u16(ty + offset_of!(Layout, flags) as u64).ok_or(truncated)?,
            n_pointers: field(offset_of!(Layout, n_pointers))?,
            n_interior: field(offset_of!(Layout, n_interior))?,
            tail_element_size: field(offset_of!(Layout, tail_element_size))?,
            tail_length_offset: field(offset_of!(Layout, tail_length_offset))?,
            tail_n_pointers: field(offset_of!(Layout, tail_n_pointers))?,
            tail_padding: field(offset_of!(Layout, tail_padding))?,
            offsets: None,
        };
        if !layout.align.is_power_of_two() || layout.align > 16 {
            return Err(bad("its alignment is not a power of two of at most 16"));
        }
        let length_word = u64::from(layout.tail_length_offset) + 8;
        if layout.tail_element_size != 0
            && (length_word > u64::from(layout.size) || !layout.tail_length_offset.is_multiple_of(8))
        {
            return Err(bad("its length word is outside of the fixed part"));
        }
        if layout.tail_element_size == 0 && layout.tail_n_pointers != 0 {
            return Err(bad("it has tail pointers but no tail"));
        }
        let entries = read_offsets(view, ty, &layout)?;
        let (fixed, rest) = entries.split_at(layout.n_pointers as usize);
        let (interior, tail) = rest.split_at(2 * layout.n_interior as usize);
        let inside = |offset: u32, size: u32| offset.is_multiple_of(8) && u64::from(offset) + 8 <= u64::from(size);
        if !fixed.iter().chain(interior).all(|&offset| inside(offset, layout.size))
            || !tail.iter().all(|&offset| inside(offset, layout.tail_element_size))
            || (!tail.is_empty() && (!layout.size.is_multiple_of(8) || !layout.tail_element_size.is_multiple_of(8)))
        {
            return Err(bad("a pointer offset is out of bounds or not a multiple of 8"));
        }
        let interior = interior.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        Ok(CheckedLayout { ty, layout, fixed: fixed.to_vec(), interior, tail: tail.to_vec() })
    }
}

/// The entries of the offset table of the type at `ty`.
fn read_offsets(view: &View<'_>, ty: u64, layout: &Layout) -> Result<Vec<u32>, SegmentError> {
    let bad = |what| SegmentError::BadLayout { ty, what };
    let n = u64::from(layout.n_pointers) + 2 * u64::from(layout.n_interior) + u64::from(layout.tail_n_pointers);
    if n == 0 {
        return Ok(Vec::new());
    }
    let table =
        view.read_u64_at(ty + u64::from(LAYOUT_OFFSETS_AT)).ok_or(bad("it reaches beyond the segment's end"))?;
    let place = view.place(table).filter(|_| view.is_object(table)).ok_or(bad("its offset table is no object"))?;
    let length = view.read_u64_at(table).ok_or(bad("its offset table is cut off"))?;
    if length < n || length > MAX_BYTES {
        return Err(bad("its offset table has too few entries"));
    }
    let at = (table - place.base) as usize + 8;
    let bytes = place.bytes.get(at..).and_then(|rest| rest.get(..n as usize * 4));
    let bytes = bytes.ok_or(bad("its offset table is cut off"))?;
    Ok(bytes.chunks_exact(4).map(|word| u32::from_le_bytes(word.try_into().expect("four bytes"))).collect())
}

fn read_u64(bytes: &[u8], at: u64) -> Option<u64> {
    let at = usize::try_from(at).ok()?;
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Tail elements and bytes of the object with its payload at offset `payload`, which must end by offset `end`.
fn measure(bytes: &[u8], payload: u64, end: u64, layout: &Layout) -> Result<(u64, u64), SegmentError> {
    let too_large = |bytes| SegmentError::BadSize { offset: payload, bytes };
    let room = end.checked_sub(payload).ok_or(too_large(0))?;
    if u64::from(layout.size) > room {
        return Err(too_large(u64::from(layout.size)));
    }
    let mut length = 0;
    if layout.tail_element_size != 0 {
        let at = payload + u64::from(layout.tail_length_offset);
        length = read_u64(bytes, at).ok_or(too_large(u64::from(layout.size)))?;
    }
    let n_bytes = layout.payload_bytes(length).filter(|&n_bytes| n_bytes <= room);
    n_bytes.map(|n_bytes| (length, n_bytes)).ok_or(too_large(layout.payload_bytes(length).unwrap_or(u64::MAX)))
}
