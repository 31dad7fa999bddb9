//! Linking object files in memory, in this process.
//!
//! The linker is given a file system that exists only here, so nothing is written before the image is whole.

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use libwild::{Args, FileSystem, FileType, InputFileData, OutputFileData, OutputOptions};
use tintype_target::Arch;

use crate::EmitError;

/// The name of the output in the linker's file system.
const OUTPUT: &str = "image";

/// Links the object files, in their order, to a shared object. Runs in the thread pool that is installed.
pub(crate) fn link(arch: Arch, objects: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, EmitError> {
    let names: Vec<String> = objects.iter().map(|(name, _)| name.clone()).collect();
    let arguments = arguments(arch, &names);
    let files = MemoryFiles::new(objects);
    // A defect of the linker is reported as one of this link; nothing it left behind is used again.
    match catch_unwind(AssertUnwindSafe(|| run(&arguments, &files))) {
        Ok(result) => result.map_err(|error| EmitError::Link(format!("{error:?}")))?,
        Err(panic) => return Err(EmitError::Link(format!("the linker panicked: {}", panic_message(&*panic)))),
    }
    files.take_output().ok_or_else(|| EmitError::Link("the linker wrote nothing".to_owned()))
}

fn arguments(arch: Arch, names: &[String]) -> Vec<String> {
    let emulation = match arch {
        Arch::X86_64 => "elf_x86_64",
        Arch::Aarch64 => "aarch64linux",
    };
    // Every symbol but the root record's is hidden, so nothing needs a version script; nothing is imported.
    let fixed = ["ld", "-m", emulation, "-shared", "--hash-style=gnu", "-z", "now", "-z", "noexecstack"];
    let fixed =
        fixed.into_iter().chain(["--build-id=none", "--no-gc-sections", "-z", "norelro", "-z", "defs", "-o", OUTPUT]);
    fixed.map(str::to_owned).chain(names.iter().cloned()).collect()
}

fn run(arguments: &[String], files: &MemoryFiles) -> libwild::error::Result {
    let get_arguments = || arguments.iter();
    let mut args = Args::new(get_arguments)?;
    args.set_version("for images");
    args.on_warning(Box::new(|_| {}));
    args.parse(get_arguments)?;
    let linker = libwild::Linker::with_file_system(files.clone());
    linker.run(&args)?;
    Ok(())
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

/// The linker's view of files: the objects, and the output once it is written.
#[derive(Clone)]
struct MemoryFiles {
    inputs: Arc<BTreeMap<PathBuf, Arc<[u8]>>>,
    output: Arc<Mutex<Option<Vec<u8>>>>,
}

impl MemoryFiles {
    fn new(objects: Vec<(String, Vec<u8>)>) -> Self {
        let inputs = objects.into_iter().map(|(name, bytes)| (PathBuf::from(name), bytes.into())).collect();
        Self { inputs: Arc::new(inputs), output: Arc::default() }
    }

    fn take_output(&self) -> Option<Vec<u8>> {
        self.output.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()
    }
}

fn not_there() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

#[derive(Debug)]
struct Input(Arc<[u8]>);

impl InputFileData for Input {
    fn bytes(&self) -> &[u8] {
        &self.0
    }
}

struct Output {
    bytes: Vec<u8>,
    place: Arc<Mutex<Option<Vec<u8>>>>,
}

impl OutputFileData for Output {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn finish(self) -> libwild::error::Result {
        *self.place.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(self.bytes);
        Ok(())
    }
}

impl FileSystem for MemoryFiles {
    type Input = Input;
    type Output = Output;

    fn open_input(
        &self,
        path: &Path,
        _prepopulate_maps: bool,
    ) -> libwild::error::Result<(Input, Option<Arc<std::fs::File>>)> {
        let bytes = self.inputs.get(path).ok_or_else(not_there)?;
        Ok((Input(bytes.clone()), None))
    }

    fn file_type(&self, path: &Path) -> libwild::error::Result<FileType> {
        Ok(self.inputs.get(path).map(|_| FileType::File).ok_or_else(not_there)?)
    }

    fn canonicalize(&self, path: &Path) -> libwild::error::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn remove_file(&self, _path: &Path) -> libwild::error::Result<()> {
        Ok(())
    }

    fn rename_file(&self, _path: &Path, _new_path: &Path) -> libwild::error::Result<()> {
        Err(not_there().into())
    }

    fn create_output(&self, _path: Arc<Path>, options: OutputOptions) -> libwild::error::Result<Output> {
        let size = usize::try_from(options.size).map_err(io::Error::other)?;
        Ok(Output { bytes: vec![0; size], place: self.output.clone() })
    }

    fn write_auxiliary(&self, _path: &Path, _bytes: &[u8]) -> libwild::error::Result {
        Ok(())
    }
}
