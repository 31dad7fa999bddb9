//! The interpreter's memory: blocks with bounds, found by the upper half of an address.
//!
//! An address is a block number and an offset, so a pointer that leaves its block never reaches another, and one that
//! outlives it faults. Numbers are not used twice. Loads are little-endian, as every supported target is.

use std::fmt;

use crate::evaluate::Bits;

/// Offset of every block's base, so that base minus a little is still an address of the same block.
const BASE: u32 = 1 << 16;
/// Bytes of the header word before an object's payload.
const HEADER: u32 = 8;

/// An access outside of every live block, or a write to constant data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The address.
    pub address: u64,
    /// Bytes accessed.
    pub size: u32,
    /// Whether it was a write.
    pub write: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.write { "write" } else { "read" };
        write!(f, "{kind} of {} bytes at {:#x}, where no such memory is", self.size, self.address)
    }
}

impl std::error::Error for Fault {}

#[derive(Clone, Debug)]
struct MemoryBlock {
    /// The offset of the first byte.
    start: u32,
    bytes: Vec<u8>,
    writable: bool,
}

/// All memory a program under interpretation can touch.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    blocks: Vec<Option<MemoryBlock>>,
}

impl Memory {
    /// A new block of zeros; its address is aligned to 16 bytes.
    ///
    /// # Panics
    /// When more than 2^31 blocks were ever made.
    pub fn allocate(&mut self, size: u32) -> u64 {
        self.push(MemoryBlock { start: BASE, bytes: vec![0; size as usize], writable: true })
    }

    /// A new block with content, followed by zeros up to `size`.
    pub fn allocate_with(&mut self, content: &[u8], size: u32, writable: bool) -> u64 {
        let mut bytes = vec![0; size as usize];
        let length = content.len().min(bytes.len());
        bytes[..length].copy_from_slice(&content[..length]);
        self.push(MemoryBlock { start: BASE, bytes, writable })
    }

    /// A new object: a zero header word before a payload of zeros. The address is the payload's.
    pub fn allocate_object(&mut self, payload: u32) -> u64 {
        let bytes = vec![0; HEADER as usize + payload as usize];
        self.push(MemoryBlock { start: BASE - HEADER, bytes, writable: true })
    }

    fn push(&mut self, block: MemoryBlock) -> u64 {
        // Block 0 does not exist: null and small integers are no addresses.
        self.blocks.push(Some(block));
        let number = self.blocks.len() as u64;
        assert!(number < 1 << 31, "too many blocks of memory");
        number << 32 | u64::from(BASE)
    }

    /// Ends the life of the block with this address, if it lives.
    pub fn free(&mut self, address: u64) {
        if let Some(block) = self.blocks.get_mut(((address >> 32) as usize).wrapping_sub(1)) {
            *block = None;
        }
    }

    fn find(&self, address: u64, size: u32) -> Option<(usize, std::ops::Range<usize>)> {
        let number = ((address >> 32) as usize).checked_sub(1)?;
        let block = self.blocks.get(number)?.as_ref()?;
        let start = (address as u32).checked_sub(block.start)? as usize;
        let end = start + size as usize;
        (end <= block.bytes.len()).then_some((number, start..end))
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// When they are not all in one live block.
    pub fn bytes(&self, address: u64, size: u32) -> Result<&[u8], Fault> {
        let (number, range) = self.find(address, size).ok_or(Fault { address, size, write: false })?;
        let block = self.blocks[number].as_ref().expect("find returns live blocks");
        Ok(&block.bytes[range])
    }

    /// Reads up to 16 bytes as an integer.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    pub fn load(&self, address: u64, size: u32) -> Result<Bits, Fault> {
        let bytes = self.bytes(address, size)?;
        Ok(bytes.iter().rev().fold(0, |bits, &byte| bits << 8 | Bits::from(byte)))
    }

    /// Writes the low `size` bytes, up to 16, of an integer.
    ///
    /// # Errors
    /// When they are not all in one live, writable block.
    pub fn store(&mut self, address: u64, size: u32, bits: Bits) -> Result<(), Fault> {
        let fault = Fault { address, size, write: true };
        let (number, range) = self.find(address, size).ok_or(fault)?;
        let block = self.blocks[number].as_mut().filter(|block| block.writable).ok_or(fault)?;
        block.bytes[range].copy_from_slice(&bits.to_le_bytes()[..size as usize]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_lifetimes_and_constants() {
        let mut memory = Memory::default();
        let (a, b) = (memory.allocate(8), memory.allocate_object(16));
        memory.store(a + 4, 4, 0x0403_0201).expect("in bounds");
        assert_eq!(memory.load(a, 8), Ok(0x0403_0201_0000_0000));
        assert_eq!(memory.load(a + 5, 4), Err(Fault { address: a + 5, size: 4, write: false }));
        assert!(memory.load(a - 1, 1).is_err() && memory.load(0, 1).is_err() && memory.load(u64::MAX, 8).is_err());
        memory.store(b - 8, 8, 7).expect("the header is there");
        assert!(memory.load(b - 9, 1).is_err());
        memory.free(a);
        assert!(memory.load(a, 1).is_err());
        let constant = memory.allocate_with(&[1, 2], 4, false);
        assert_eq!(memory.load(constant, 4), Ok(0x0201));
        assert!(memory.store(constant, 1, 0).is_err());
    }
}
