//! Linking object files in this process.
//!
//! The linker reads and writes files of a directory that exists as long as it runs. It could be given a file system in
//! memory, but then the compiler would make a second copy of the linker in this crate: a minute at each build. What it
//! writes is no image yet, as the header is appended later, so what a killed build leaves there cannot be loaded.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tintype_target::Arch;

use crate::EmitError;

/// Links the object files, in their order, to a shared object.
pub(crate) fn link(arch: Arch, threads: usize, objects: &[(String, Vec<u8>)]) -> Result<Vec<u8>, EmitError> {
    let directory = tempfile::Builder::new().prefix("tintype-link-").tempdir().map_err(no_files)?;
    let mut inputs = Vec::with_capacity(objects.len());
    for (index, (_, bytes)) in objects.iter().enumerate() {
        let path = directory.path().join(format!("{index}.o"));
        fs::write(&path, bytes).map_err(no_files)?;
        inputs.push(text_of(&path)?);
    }
    let output = directory.path().join("image");
    let arguments = arguments(arch, threads, text_of(&output)?, inputs);
    // A defect of the linker is reported as one of this link; nothing it left behind is used again.
    match catch_unwind(AssertUnwindSafe(|| run(&arguments))) {
        Ok(result) => result.map_err(|error| EmitError::Link(format!("{error:?}")))?,
        Err(panic) => return Err(EmitError::Link(format!("the linker panicked: {}", panic_message(&*panic)))),
    }
    fs::read(&output).map_err(no_files)
}

fn no_files(error: io::Error) -> EmitError {
    EmitError::Link(format!("temporary files: {error}"))
}

fn text_of(path: &Path) -> Result<String, EmitError> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| EmitError::Link(format!("the folder of temporary files is no text: `{}`", path.display())))
}

fn arguments(arch: Arch, threads: usize, output: String, inputs: Vec<String>) -> Vec<String> {
    let emulation = match arch {
        Arch::X86_64 => "elf_x86_64",
        Arch::Aarch64 => "aarch64linux",
    };
    // Every symbol but the root record's is hidden, so nothing needs a version script; nothing is imported.
    let fixed =
        ["ld", "-m", emulation, "-shared", "--hash-style=gnu", "-z", "now", "-z", "noexecstack", "-z", "norelro"];
    let fixed = fixed.into_iter().chain(["-z", "defs", "--build-id=none", "--no-gc-sections"]).map(str::to_owned);
    fixed.chain([format!("--threads={threads}"), "-o".to_owned(), output]).chain(inputs).collect()
}

fn run(arguments: &[String]) -> libwild::error::Result {
    let get_arguments = || arguments.iter();
    let mut args = libwild::Args::new(get_arguments)?;
    args.set_version("for images");
    args.on_warning(Box::new(|_| {}));
    args.parse(get_arguments)?;
    libwild::run(args)
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
