//! Lines of a source text: from a byte offset to a line and a column, and back to the line's text.
//!
//! The index is built once per text, in one pass, and holds the offset at which each line starts. It knows
//! nothing of tabs or of the width of characters on a terminal; columns count characters.

/// Where the lines of one source text start.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `source`. A line ends after its `\n`.
    pub fn new(source: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(source.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i as u32 + 1));
        LineIndex { starts }
    }

    /// The 1-based line that holds the byte at `offset`. An offset past the end is on the last line.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// The 1-based line and column (in characters) of the byte at `offset` of `source`, the text indexed.
    pub fn line_column(&self, source: &str, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let end = (offset as usize).min(source.len());
        let before = &source.as_bytes()[start.min(end)..end];
        let characters = before.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        (line, characters as u32 + 1)
    }

    /// The number of lines; the text after the last `\n` counts as one, even if empty.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Always false: a text has at least one line.
    pub fn is_empty(&self) -> bool {
        false
    }
}
