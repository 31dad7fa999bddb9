//! The object file of the support functions: helper stubs and the entry trampoline.
//!
//! A system image carries them so that a process started from it needs no code generator to run. They are compiled for
//! the first target, which every machine that can run the image is served by.

use tintype_codegen::{CodeGenerator, CompiledFunction};
use tintype_target::Arch;

use crate::EmitError;
use crate::object_file::ObjectFile;
use crate::symbols;
use crate::tables::{self, Piece};

/// The support functions as an object file.
pub(crate) struct Support {
    pub(crate) object: Vec<u8>,
    /// The stubs and then the trampoline.
    pub(crate) piece: Piece,
}

/// Generates the support functions and writes their object file; their code makes the range with this index.
pub(crate) fn emit_support(generator: &CodeGenerator, arch: Arch, range: usize) -> Result<Support, EmitError> {
    let functions = generator.support_functions()?;
    let code = |(number, (_, code)): (usize, (_, CompiledFunction))| {
        assert!(code.relocs.is_empty(), "`{}` reaches everything through the task", code.name);
        (number as u32, code)
    };
    let mut piece = Piece::new(range, true, functions.into_iter().enumerate().map(code));
    let mut object = ObjectFile::new(arch);
    // Unwinders know the trampoline by its name in the position table; symbols must not clash with the module's.
    let names: Vec<String> = piece.functions.iter().map(|function| function.code.name.clone()).collect();
    let rename = |piece: &mut Piece, name: &dyn Fn(&str) -> String| {
        let functions = piece.functions.iter_mut().zip(&names);
        functions.for_each(|(function, original)| function.code.name = name(original));
    };
    rename(&mut piece, &symbols::support);
    piece.define(&mut object);
    rename(&mut piece, &str::to_owned);
    tables::write_table(&mut object, symbols::SUPPORT, piece.functions.len() as u32, std::slice::from_ref(&piece));
    Ok(Support { object: object.finish()?, piece })
}
