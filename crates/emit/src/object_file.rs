//! One relocatable object file: sections, symbols and relocations in the terms of this crate.

use cranelift_object::object::write::{Object, Relocation, SectionId, Symbol, SymbolId, SymbolSection};
use cranelift_object::object::{
    Architecture, BinaryFormat, Endianness, RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf,
};
use rustc_hash::FxHashMap;
use tintype_codegen::RelocKind;
use tintype_target::Arch;

use crate::EmitError;
use crate::code_range::section_name;

/// What a section of a shard or of the data is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SectionRole {
    /// The code of one of the image's ranges.
    Code(usize),
    ReadOnly,
    Data,
    Zeroed,
}

/// An object file under construction.
pub(crate) struct ObjectFile {
    object: Object<'static>,
    arch: Arch,
    sections: FxHashMap<SectionRole, SectionId>,
    code_sections: Vec<SectionId>,
    symbols: FxHashMap<String, SymbolId>,
}

impl ObjectFile {
    pub(crate) fn new(arch: Arch) -> Self {
        let architecture = match arch {
            Arch::X86_64 => Architecture::X86_64,
            Arch::Aarch64 => Architecture::Aarch64,
        };
        let object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
        Self { object, arch, sections: FxHashMap::default(), code_sections: Vec::new(), symbols: FxHashMap::default() }
    }

    /// The section of this role.
    pub(crate) fn section(&mut self, role: SectionRole) -> SectionId {
        if let Some(&known) = self.sections.get(&role) {
            return known;
        }
        let (name, kind) = match role {
            SectionRole::Code(range) => (section_name(range), SectionKind::Text),
            SectionRole::ReadOnly => (".rodata".to_owned(), SectionKind::ReadOnlyData),
            SectionRole::Data => (".data".to_owned(), SectionKind::Data),
            SectionRole::Zeroed => (".bss".to_owned(), SectionKind::UninitializedData),
        };
        let section = self.object.add_section(Vec::new(), name.into_bytes(), kind);
        self.sections.insert(role, section);
        if kind == SectionKind::Text {
            self.code_sections.push(section);
        }
        section
    }

    /// Adds a section that is not mapped.
    pub(crate) fn add_unmapped(&mut self, name: &str, bytes: Vec<u8>, align: u64) {
        let section = self.object.add_section(Vec::new(), name.into(), SectionKind::Other);
        self.object.section_mut(section).set_data(bytes, align);
    }

    /// Appends bytes to a section and returns their offset.
    pub(crate) fn append(&mut self, section: SectionId, bytes: &[u8], align: u64) -> u64 {
        self.object.append_section_data(section, bytes, align)
    }

    /// Gives a section its whole content.
    pub(crate) fn set(&mut self, section: SectionId, bytes: Vec<u8>, align: u64) {
        self.object.section_mut(section).set_data(bytes, align);
    }

    /// Appends zeros to a section without content and returns their offset.
    pub(crate) fn append_zeroed(&mut self, section: SectionId, size: u64, align: u64) -> u64 {
        self.object.append_section_bss(section, size, align)
    }

    /// Defines a symbol: hidden, or exported from the image.
    pub(crate) fn define(&mut self, name: &str, section: SectionId, offset: u64, size: u64, is_exported: bool) {
        let is_text = self.code_sections.contains(&section);
        let id = self.object.add_symbol(Symbol {
            name: name.into(),
            value: offset,
            size,
            kind: if is_text { SymbolKind::Text } else { SymbolKind::Data },
            scope: if is_exported { SymbolScope::Dynamic } else { SymbolScope::Linkage },
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
        self.symbols.insert(name.to_owned(), id);
    }

    /// The symbol of this name, which another object file defines unless this one did.
    fn symbol(&mut self, name: &str) -> SymbolId {
        if let Some(&known) = self.symbols.get(name) {
            return known;
        }
        let id = self.object.add_symbol(Symbol {
            name: name.into(),
            value: 0,
            size: 0,
            kind: SymbolKind::Unknown,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Undefined,
            flags: SymbolFlags::None,
        });
        self.symbols.insert(name.to_owned(), id);
        id
    }

    /// Adds a relocation of code.
    ///
    /// # Panics
    /// On a relocation that would need work at load.
    pub(crate) fn relocate_code(&mut self, section: SectionId, offset: u64, kind: RelocKind, name: &str, addend: i64) {
        let r_type = match kind {
            RelocKind::Abs8 => panic!("code of an image holds no absolute address, but `{name}` at {offset:#x}"),
            RelocKind::X86PcRel4 => elf::R_X86_64_PC32,
            RelocKind::Aarch64Call26 => elf::R_AARCH64_CALL26,
            RelocKind::Aarch64AdrPrelPgHi21 => elf::R_AARCH64_ADR_PREL_PG_HI21,
            RelocKind::Aarch64AddAbsLo12Nc => elf::R_AARCH64_ADD_ABS_LO12_NC,
        };
        let symbol = self.symbol(name);
        self.relocate(section, offset, r_type, symbol, addend);
    }

    /// Stores in the eight bytes at `offset` the distance to `name` from there.
    pub(crate) fn relative_to_symbol(&mut self, section: SectionId, offset: u64, name: &str) {
        let symbol = self.symbol(name);
        self.relocate(section, offset, self.relative_type(), symbol, 0);
    }

    /// Stores in the eight bytes at `offset` the distance to `place` in another section from there.
    pub(crate) fn relative_to_section(&mut self, section: SectionId, offset: u64, other: SectionId, place: u64) {
        let symbol = self.object.section_symbol(other);
        self.relocate(section, offset, self.relative_type(), symbol, place as i64);
    }

    fn relative_type(&self) -> u32 {
        match self.arch {
            Arch::X86_64 => elf::R_X86_64_PC64,
            Arch::Aarch64 => elf::R_AARCH64_PREL64,
        }
    }

    fn relocate(&mut self, section: SectionId, offset: u64, r_type: u32, symbol: SymbolId, addend: i64) {
        let flags = RelocationFlags::Elf { r_type };
        let relocation = Relocation { offset, symbol, addend, flags };
        self.object.add_relocation(section, relocation).expect("ELF relocations have explicit addends");
    }

    /// The file's bytes.
    pub(crate) fn finish(self) -> Result<Vec<u8>, EmitError> {
        Ok(self.object.write()?)
    }
}
