//! The control flow of a body: basic blocks and, for each, the try regions it lies in.

use tintype_hir::{Body, Op};

/// A run of statements entered at its first only.
#[derive(Clone, Debug)]
pub struct BasicBlock {
    /// First statement.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Basic blocks by statement.
pub struct Flow {
    /// The blocks, in order of statements.
    pub blocks: Vec<BasicBlock>,
    /// The block that begins at a statement, for statements that begin one.
    block_at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Flow {
    /// Splits a body into blocks.
    pub fn compute(body: &Body) -> Flow {
        let n = body.statements.len();
        let mut starts = vec![false; n + 1];
        starts[0] = true;
        for (index, statement) in body.statements.iter().enumerate() {
            if let Some(target) = statement.op.target() {
                starts[target as usize] = true;
            }
            if ends_block(&statement.op) {
                starts[index + 1] = true;
            }
        }
        let mut blocks = Vec::new();
        let mut block_at = vec![NONE; n];
        let mut start = 0;
        for (end, &is_start) in starts.iter().enumerate().skip(1) {
            if end == n || is_start {
                block_at[start] = blocks.len() as u32;
                blocks.push(BasicBlock { start, end });
                start = end;
            }
        }
        Flow { blocks, block_at }
    }

    /// The block that begins at this statement.
    pub fn block_at(&self, statement: usize) -> usize {
        let block = self.block_at[statement];
        assert_ne!(block, NONE, "statement {statement} begins no block");
        block as usize
    }
}

/// Whether control may go elsewhere than to the next statement, or try regions change.
fn ends_block(op: &Op) -> bool {
    matches!(op, Op::Goto(_) | Op::GotoIfNot(..) | Op::Return(_) | Op::EnterTry(_) | Op::LeaveTry(_))
}
