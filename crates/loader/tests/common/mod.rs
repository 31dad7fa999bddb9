//! What the tests of images share: building one from IR text, loading it, and calling its functions.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod objects;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tintype_codegen::Settings;
use tintype_emit::{EmitOptions, EmitReport, EmitRequest, emit_image};
use tintype_image::{ImageKind, VerifyMode};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::{FuncId, Module};
use tintype_ir::text::parse_module;
use tintype_jit::bare::{BareRuntime, BareTask, add_call_wrapper};
use tintype_jit::unwind::TableBytes;
use tintype_loader::{LoadError, LoadedImage, OpenOptions, open};
use tintype_target::{Arch, Host, Spec};

/// Three targets in two groups.
pub const THREE_TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1)";

/// A program whose functions are cloned, or not, in every way: a leaf with a loop, one with a fused multiply-add, callers
/// of both, one of which has a loop itself, an address taken, an exception, and data.
pub const PROGRAM: &str = r#"
slot slot0 "object" single
data data0 "table" size=16 align=16 bytes "2a000000000000000700000000000000"
data data1 "counter" size=8 align=8 writable

function %sum(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 0
    jump block1(v1, v1)
block1(v2: i64, v3: i64):
    v4 = icmp slt v2, v0
    branch v4, block2, block3
block2:
    v5 = iadd v3, v2
    v6 = iconst.i64 1
    v7 = iadd v2, v6
    jump block1(v7, v5)
block3:
    return v3
}
function %cpu(i64) -> i64 {
block0(v0: i64):
    v1 = cpu_has "avx2"
    v2 = iconst.i64 2
    v3 = cpu_has "avx"
    v4 = iconst.i64 1
    v5 = iconst.i64 0
    v6 = select v3, v4, v5
    v7 = select v1, v2, v6
    return v7
}
function %plain(i64) -> i64 {
block0(v0: i64):
    v1 = call %sum(v0)
    v2 = iadd v1, v0
    return v2
}
function %loops_and_calls(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 0
    jump block1(v1, v1)
block1(v2: i64, v3: i64):
    v4 = icmp slt v2, v0
    branch v4, block2, block3
block2:
    v5 = call %sum(v2)
    v6 = call %plain(v2)
    v7 = iadd v5, v6
    v8 = iadd v3, v7
    v9 = iconst.i64 1
    v10 = iadd v2, v9
    jump block1(v10, v8)
block3:
    return v3
}
function %throws(i64) -> i64 {
block0(v0: i64):
    v1 = bitcast.ref v0
    throw v1
}
function %catches(i64) -> i64 {
block0(v0: i64):
    try_call %throws(v0) block1 catch block2
block1(v1: i64):
    return v1
block2(v2: ref):
    v3 = bitcast.i64 v2
    v4 = iconst.i64 1
    v5 = iadd v3, v4
    return v5
}
function %counts(i64) -> i64 {
block0(v0: i64):
    v1 = data_addr data1
    v2 = load.i64 v1
    v3 = iadd v2, v0
    store v3, v1
    v4 = data_addr data0
    v5 = load.i64 v4
    v6 = iadd v3, v5
    return v6
}
function %object() -> ref {
block0:
    v0 = slot_value slot0
    return v0
}
"#;

/// A host like this machine, with features hidden.
pub fn host(hidden: &str) -> Host {
    Host::detect_with_hidden(hidden).unwrap()
}

/// A module of the text, with a wrapper for every function.
pub fn module(text: &str) -> Module {
    let abi = Arc::new(RuntimeAbi::bare());
    let mut module = parse_module(text, abi).unwrap_or_else(|error| panic!("{error}"));
    for function in module.functions.keys().collect::<Vec<_>>() {
        add_call_wrapper(&mut module, function);
    }
    module
}

/// A request with one heapless module.
pub fn request(text: &str, spec: &str, output: &Path) -> EmitRequest {
    EmitRequest {
        module: module(text),
        targets: Spec::parse(spec, &Host::baseline(Arch::X86_64)).unwrap(),
        spec: spec.to_owned(),
        kind: ImageKind::Program,
        name: "program".to_owned(),
        heap: None,
        parents: Vec::new(),
        meta: vec![("notes".to_owned(), b"some notes".to_vec())],
        layout_hash: 0,
        options: EmitOptions { threads: 2, ..EmitOptions::new(output) },
    }
}

/// An image file in a directory that lasts as long.
pub struct ImageFile {
    pub directory: tempfile::TempDir,
    pub path: PathBuf,
    pub report: EmitReport,
    pub module: Module,
}

/// Builds an image of the text, after `change` had a look at the request.
pub fn build(text: &str, spec: &str, change: impl FnOnce(&mut EmitRequest)) -> ImageFile {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("program.so");
    let mut request = request(text, spec, &path);
    change(&mut request);
    let module = request.module.clone();
    let report = emit_image(request).unwrap_or_else(|error| panic!("{error}"));
    ImageFile { directory, path, report, module }
}

/// Loads an image, reading all of it.
pub fn load(path: &Path, host: &Host) -> Result<LoadedImage, LoadError> {
    let options = OpenOptions { verify: VerifyMode::Always, ..OpenOptions::new(host, RuntimeAbi::bare().hash()) };
    open(path, &options)
}

/// A process that runs an image's code.
pub struct Process {
    pub runtime: BareRuntime,
    pub task: Box<BareTask>,
}

impl Process {
    /// A run-time system in which the image's code is known.
    pub fn new(image: &LoadedImage) -> Self {
        let target = Host::baseline(Arch::X86_64).native_target();
        let runtime = BareRuntime::new(&target, Settings::default(), Vec::new()).unwrap();
        for range in image.code_ranges() {
            runtime.code().register(range.addresses, TableBytes::Mapped(range.pc_table)).unwrap();
        }
        let task = runtime.task().unwrap();
        Self { runtime, task }
    }

    /// Calls the function of this name through its wrapper.
    pub fn call(&mut self, image: &LoadedImage, module: &Module, name: &str, args: &[i64]) -> Result<i64, u64> {
        let wrapper = module.function_named(&format!("call.{name}")).unwrap();
        let code = image.function_address(number(wrapper)).unwrap() as u64;
        let mut values: Vec<u128> = args.iter().map(|&arg| arg as u64 as u128).chain([0]).collect();
        // SAFETY: the task is this process's own, the code a wrapper of the image, and the arguments the function's.
        unsafe { self.runtime.call(&mut *self.task, code, &mut values) }?;
        Ok(values[0] as i64)
    }
}

/// The number of a function.
pub fn number(function: FuncId) -> u32 {
    function.as_u32()
}

/// The number of the function of this name.
pub fn function(module: &Module, name: &str) -> u32 {
    number(module.function_named(name).unwrap())
}
