//! The header as bytes.
//!
//! Little-endian. A fixed part, whose first fields stay where they are in every version, so that files of other
//! versions are recognised as such:
//!
//! ```text
//!   0  magic, 8 bytes            48  file length u64             72  function count u32
//!   8  format version u32        56  kind u8                     76  slot count u32
//!  12  length of the header u32  57  optimization level u8       80  hash of the run-time description u64
//!  16  file checksum u64         58  check-bounds u8             88  hash of the metadata layouts u64
//!  24  header checksum u64       59  debug level u8              96  heap: base, length, objects, 3 × u64
//!  32  build id u128             60  slot addressing u8, 3 zeros 120  heap: number of roots u32, has a heap u32
//!                                64  number of parents u32      128
//!                                68  shard count u32
//! ```
//!
//! then the roots (u64 each), then name, triple, spec and target blob (u32 length, bytes), then for each parent its
//! build id (u128), base (u64), length (u64) and name. Nothing follows.
//!
//! The header checksum covers the header with both checksums zero; the file checksum covers the file with itself zero.

use tintype_target::blob::{decode_targets, encode_targets};
use xxhash_rust::xxh3::xxh3_64;

use crate::header::{
    CheckBounds, CompileOptions, FORMAT_VERSION, Header, HeapInfo, ImageKind, MAGIC, ParentInfo, SlotAddressing,
    heap_alignment,
};
use crate::{ImageError, SLOT_BYTES, triple_of};

pub(crate) const LENGTH_AT: usize = 12;
pub(crate) const FILE_CHECKSUM_AT: usize = 16;
pub(crate) const HEADER_CHECKSUM_AT: usize = 24;
pub(crate) const BUILD_ID_AT: usize = 32;
pub(crate) const FILE_LENGTH_AT: usize = 48;
const FIXED_BYTES: usize = 128;

/// Bounds on variable parts, far above what is ever written, so that damage cannot exhaust memory.
pub(crate) const MAX_HEADER_BYTES: usize = 1 << 24;
const MAX_TEXT: usize = 1 << 16;

/// One past the highest address a process may have on every supported architecture.
const USER_SPACE: u64 = 1 << 47;

impl Header {
    /// The bytes of the header section. The seal's fields are as they stand; the header checksum is computed.
    ///
    /// # Panics
    /// When a text is longer than 64 KiB or there is no target.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        bytes.extend(MAGIC);
        bytes.extend(FORMAT_VERSION.to_le_bytes());
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(self.file_checksum.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
        bytes.extend(self.build_id.to_le_bytes());
        bytes.extend(self.file_length.to_le_bytes());
        let options = self.options;
        bytes.extend([self.kind as u8, options.optimization_level, options.check_bounds as u8, options.debug_level]);
        bytes.extend([self.slot_addressing as u8, 0, 0, 0]);
        for count in [self.parents.len() as u32, self.shard_count, self.function_count, self.slot_count] {
            bytes.extend(count.to_le_bytes());
        }
        bytes.extend(self.abi_hash.to_le_bytes());
        bytes.extend(self.layout_hash.to_le_bytes());
        let (fields, roots) = match &self.heap {
            Some(heap) => ([heap.preferred_base, heap.length, heap.n_objects], &heap.roots[..]),
            None => ([0; 3], &[][..]),
        };
        fields.into_iter().for_each(|field| bytes.extend(field.to_le_bytes()));
        bytes.extend((roots.len() as u32).to_le_bytes());
        bytes.extend(u32::from(self.heap.is_some()).to_le_bytes());
        assert_eq!(bytes.len(), FIXED_BYTES, "the fixed part has its documented length");
        roots.iter().for_each(|root| bytes.extend(root.to_le_bytes()));
        for text in [&self.name, &self.triple, &self.spec] {
            encode_bytes(&mut bytes, text.as_bytes());
        }
        encode_bytes(&mut bytes, &encode_targets(&self.targets));
        for parent in &self.parents {
            bytes.extend(parent.build_id.to_le_bytes());
            bytes.extend(parent.preferred_base.to_le_bytes());
            bytes.extend(parent.length.to_le_bytes());
            encode_bytes(&mut bytes, parent.name.as_bytes());
        }
        let length = bytes.len() as u32;
        bytes[LENGTH_AT..LENGTH_AT + 4].copy_from_slice(&length.to_le_bytes());
        set_header_checksum(&mut bytes);
        bytes
    }

    /// The header that the bytes of a header section hold.
    ///
    /// # Errors
    /// The first thing wrong, in this order: magic, version, length, checksum, fields. An unsealed header is no error
    /// here; [`Reader`](crate::Reader) refuses it.
    pub fn decode(bytes: &[u8]) -> Result<Self, ImageError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ImageError::Magic { found: bytes[..bytes.len().min(MAGIC.len())].to_vec() });
        }
        let mut input = Input { bytes, offset: MAGIC.len() };
        let version = input.u32()?;
        if version != FORMAT_VERSION {
            return Err(ImageError::Version { found: version });
        }
        let length = input.u32()? as usize;
        if length != bytes.len() {
            return Err(invalid("length", format!("expected {} bytes, found {length}", bytes.len())));
        }
        let file_checksum = input.u64()?;
        let expected = input.u64()?;
        let found = header_checksum(bytes);
        if expected != found {
            return Err(ImageError::HeaderChecksum { expected, found });
        }
        let header = decode_fields(&mut input, file_checksum)?;
        check(&header)?;
        Ok(header)
    }
}

fn decode_fields(input: &mut Input<'_>, file_checksum: u64) -> Result<Header, ImageError> {
    let build_id = input.u128()?;
    let file_length = input.u64()?;
    let [kind, optimization_level, check_bounds, debug_level] = input.array()?;
    let [slot_addressing, zeros @ ..] = input.array::<4>()?;
    if zeros != [0; 3] {
        return Err(invalid("padding", "expected zeros"));
    }
    let n_parents = input.u32()?;
    let (shard_count, function_count, slot_count) = (input.u32()?, input.u32()?, input.u32()?);
    let (abi_hash, layout_hash) = (input.u64()?, input.u64()?);
    let (preferred_base, length, n_objects) = (input.u64()?, input.u64()?, input.u64()?);
    let n_roots = input.u32()? as usize;
    let has_heap = input.u32()?;
    let roots = input.take(n_roots.saturating_mul(8))?;
    let roots = roots.chunks_exact(8).map(|root| u64::from_le_bytes(root.try_into().expect("chunks of 8"))).collect();
    let heap = match has_heap {
        0 => None,
        1 => Some(HeapInfo { preferred_base, length, n_objects, roots }),
        found => return Err(invalid("heap mark", format!("expected 0 or 1, found {found}"))),
    };
    let (name, triple, spec) = (input.text("name")?, input.text("triple")?, input.text("target spec")?);
    let targets = input.block("target list")?;
    let targets = decode_targets(targets)?;
    let mut parents = Vec::new();
    for _ in 0..n_parents {
        let (build_id, preferred_base, length) = (input.u128()?, input.u64()?, input.u64()?);
        parents.push(ParentInfo { name: input.text("parent's name")?, build_id, preferred_base, length });
    }
    if input.offset != input.bytes.len() {
        return Err(invalid("length", format!("{} bytes follow the last field", input.bytes.len() - input.offset)));
    }
    Ok(Header {
        kind: ImageKind::from_number(kind).ok_or_else(|| invalid("kind", format!("found {kind}")))?,
        name,
        triple,
        targets,
        spec,
        options: CompileOptions { optimization_level, check_bounds: decode_check_bounds(check_bounds)?, debug_level },
        slot_addressing: decode_slot_addressing(slot_addressing)?,
        shard_count,
        function_count,
        slot_count,
        heap,
        parents,
        abi_hash,
        layout_hash,
        build_id,
        file_checksum,
        file_length,
    })
}

fn decode_check_bounds(number: u8) -> Result<CheckBounds, ImageError> {
    [CheckBounds::Auto, CheckBounds::Yes, CheckBounds::No]
        .into_iter()
        .find(|value| *value as u8 == number)
        .ok_or_else(|| invalid("check-bounds", format!("found {number}")))
}

fn decode_slot_addressing(number: u8) -> Result<SlotAddressing, ImageError> {
    [SlotAddressing::Single, SlotAddressing::PerContext]
        .into_iter()
        .find(|value| *value as u8 == number)
        .ok_or_else(|| invalid("slot addressing", format!("found {number}")))
}

/// What holds between fields.
fn check(header: &Header) -> Result<(), ImageError> {
    if header.triple.split('-').next() != triple_of(header.arch()).split('-').next() {
        let problem = format!("`{}` does not fit targets of {}", header.triple, header.arch());
        return Err(invalid("triple", problem));
    }
    if let Some(heap) = &header.heap {
        check_segment("heap", heap.preferred_base, heap.length, heap_alignment(header.arch()))?;
        if let Some(root) = heap.roots.iter().find(|root| **root >= heap.length || **root % 16 != 0) {
            return Err(invalid("heap root", format!("{root:#x} is no object's offset in {:#x} bytes", heap.length)));
        }
    }
    for parent in header.parents.iter().filter(|parent| parent.length != 0) {
        check_segment("parent's heap", parent.preferred_base, parent.length, heap_alignment(header.arch()))?;
    }
    Ok(())
}

fn check_segment(field: &'static str, base: u64, length: u64, alignment: u64) -> Result<(), ImageError> {
    if base == 0 || !base.is_multiple_of(alignment) || length > SLOT_BYTES || base > USER_SPACE - SLOT_BYTES {
        return Err(invalid(field, format!("no segment lies at {base:#x} with {length:#x} bytes")));
    }
    Ok(())
}

/// The checksum of header bytes, as if both checksums in them were zero.
fn header_checksum(bytes: &[u8]) -> u64 {
    let mut zeroed = bytes.to_vec();
    zeroed[FILE_CHECKSUM_AT..HEADER_CHECKSUM_AT + 8].fill(0);
    xxh3_64(&zeroed)
}

/// Stores the checksum of header bytes in them.
pub(crate) fn set_header_checksum(bytes: &mut [u8]) {
    let checksum = header_checksum(bytes);
    bytes[HEADER_CHECKSUM_AT..HEADER_CHECKSUM_AT + 8].copy_from_slice(&checksum.to_le_bytes());
}

fn encode_bytes(bytes: &mut Vec<u8>, block: &[u8]) {
    assert!(block.len() <= MAX_TEXT, "a text of {} bytes in an image header", block.len());
    bytes.extend((block.len() as u32).to_le_bytes());
    bytes.extend(block);
}

fn invalid(field: &'static str, problem: impl Into<String>) -> ImageError {
    ImageError::field("header", field, problem)
}

struct Input<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ImageError> {
        let rest = &self.bytes[self.offset..];
        let taken = rest.get(..length).ok_or_else(|| {
            invalid("length", format!("expected {length} more bytes at offset {}, found {}", self.offset, rest.len()))
        })?;
        self.offset += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ImageError> {
        Ok(self.take(N)?.try_into().expect("`take` gives the length asked for"))
    }

    fn u32(&mut self) -> Result<u32, ImageError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, ImageError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn u128(&mut self) -> Result<u128, ImageError> {
        Ok(u128::from_le_bytes(self.array()?))
    }

    fn block(&mut self, field: &'static str) -> Result<&'a [u8], ImageError> {
        let length = self.u32()? as usize;
        if length > MAX_TEXT {
            return Err(invalid(field, format!("expected at most {MAX_TEXT} bytes, found {length}")));
        }
        self.take(length)
    }

    fn text(&mut self, field: &'static str) -> Result<String, ImageError> {
        let bytes = self.block(field)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| invalid(field, "expected UTF-8"))
    }
}
