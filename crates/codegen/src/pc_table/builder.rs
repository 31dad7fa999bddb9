//! Writes the table of one range of code.

use rustc_hash::FxHashMap;
use tintype_ir::function::{Scope, ScopeData};
use tintype_ir::instruction::TrapCode;

use super::{MAGIC, NONE};
use crate::record::CompiledFunction;

/// Collects the functions of a range of code.
#[derive(Default)]
pub struct PcTableBuilder {
    functions: Vec<[u32; 4]>,
    sites: Vec<[u32; 4]>,
    lines: Vec<[u32; 2]>,
    scopes: Vec<[u32; 6]>,
    traps: Vec<[u32; 2]>,
    strings: Vec<u8>,
    known_strings: FxHashMap<String, [u32; 2]>,
}

impl PcTableBuilder {
    /// A table of no functions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a function placed at `code_offset` from the start of the range.
    ///
    /// # Panics
    /// When the function does not lie behind the last one added.
    pub fn add(&mut self, code_offset: u32, func: &CompiledFunction) {
        let end = code_offset + func.bytes.len() as u32;
        let previous_end = self.functions.last().map_or(0, |last| last[1]);
        assert!(code_offset >= previous_end, "`{}` at {code_offset} overlaps the function before it", func.name);
        let [name, length] = self.string(&func.name);
        let index = self.functions.len() as u32;
        self.functions.push([code_offset, end, name, length]);
        for site in &func.call_sites {
            let handler = site.handler.map_or(NONE, |handler| code_offset + handler);
            self.sites.push([code_offset + site.return_offset, site.frame_offset, handler, index]);
        }
        let first_scope = self.scopes.len() as u32;
        let scope_index = |scope: Option<Scope>| scope.map_or(NONE, |scope| first_scope + scope.as_u32());
        for scope in &func.scopes {
            let entry = self.scope(scope, scope_index(scope.inlined_at));
            self.scopes.push(entry);
        }
        for &(offset, scope) in &func.lines {
            self.lines.push([code_offset + offset, scope_index(scope)]);
        }
        // What follows this function has no source position until it says so.
        if func.lines.last().is_some_and(|last| last.1.is_some()) {
            self.lines.push([end, NONE]);
        }
        self.traps.extend(func.traps.iter().map(|trap| [code_offset + trap.offset, trap_number(trap.code)]));
    }

    fn scope(&mut self, scope: &ScopeData, inlined_at: u32) -> [u32; 6] {
        let [function, function_length] = self.string(&scope.function);
        let [file, file_length] = self.string(&scope.file);
        [function, function_length, file, file_length, scope.line, inlined_at]
    }

    fn string(&mut self, text: &str) -> [u32; 2] {
        if let Some(&known) = self.known_strings.get(text) {
            return known;
        }
        let place = [self.strings.len() as u32, text.len() as u32];
        self.strings.extend_from_slice(text.as_bytes());
        self.known_strings.insert(text.to_owned(), place);
        place
    }

    /// The table's bytes, a multiple of four.
    pub fn finish(self) -> Vec<u8> {
        let mut strings = self.strings;
        strings.resize(strings.len().next_multiple_of(4), 0);
        let counts = [
            self.functions.len(),
            self.sites.len(),
            self.lines.len(),
            self.scopes.len(),
            self.traps.len(),
            strings.len(),
        ];
        let header = std::iter::once(MAGIC).chain(counts.map(|count| count as u32));
        let mut bytes: Vec<u8> = header
            .chain(self.functions.into_iter().flatten())
            .chain(self.sites.into_iter().flatten())
            .chain(self.lines.into_iter().flatten())
            .chain(self.scopes.into_iter().flatten())
            .chain(self.traps.into_iter().flatten())
            .flat_map(u32::to_le_bytes)
            .collect();
        bytes.append(&mut strings);
        bytes
    }
}

/// The number of a trap code in the table.
pub(super) fn trap_number(code: TrapCode) -> u32 {
    match code {
        TrapCode::Unreachable => 0,
        TrapCode::DivisionByZero => 1,
        TrapCode::DivisionOverflow => 2,
    }
}
