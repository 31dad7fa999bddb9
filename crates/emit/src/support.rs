//! The object file of the support functions: helper stubs and the entry trampoline.
//!
//! A system image carries them so that a process started from it needs no code generator to run. They are compiled for
//! the first target, which every machine that can run the image is served by.

use tintype_codegen::CodeGenerator;

use crate::EmitError;
use crate::object_file::{ObjectFile, SectionRole};
use crate::symbols;
use crate::tables::{self, TargetCode};

/// The support functions as an object file.
pub(crate) struct Support {
    pub(crate) object: Vec<u8>,
    /// Number of functions: the stubs and the trampoline.
    pub(crate) n_functions: u32,
    pub(crate) code_bytes: u64,
}

/// Generates the support functions and writes their object file.
pub(crate) fn emit_support(generator: &CodeGenerator, arch: tintype_target::Arch) -> Result<Support, EmitError> {
    let functions = generator.support_functions()?;
    let numbered = functions.iter().enumerate().map(|(number, (_, code))| (number as u32, code));
    let codes = [TargetCode { is_full: true, versions: numbered.collect() }];
    let mut object = ObjectFile::new(arch);
    let section = object.section(SectionRole::Text);
    let mut text = Vec::new();
    let placed = tables::place_code(&mut text, &codes);
    let code_bytes = text.len() as u64;
    object.set(section, text, 64);
    for ((_, code), offset) in functions.iter().zip(&placed[0].offsets) {
        assert!(code.relocs.is_empty(), "`{}` reaches everything through the task", code.name);
        let name = format!("tintype_{}", code.name);
        object.define(&name, section, placed[0].start + u64::from(*offset), code.bytes.len() as u64, false);
    }
    let n_functions = functions.len() as u32;
    tables::write_table(&mut object, symbols::SUPPORT, n_functions, &codes, &placed);
    Ok(Support { object: object.finish()?, n_functions, code_bytes })
}
