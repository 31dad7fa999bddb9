//! What the tests of compiled code share: targets, compilation from text, and calls.
#![allow(dead_code, reason = "each test file uses its own part")]

use tintype_codegen::{OptLevel, Settings};
use tintype_ir::abi::Helper;
use tintype_ir::module::{FuncId, Module};
use tintype_jit::LoadedBatch;
use tintype_jit::bare::{BareRuntime, BareTask, HelperAddress, add_call_wrapper};
use tintype_target::{Arch, Host, TargetSpec};

/// The baseline of the architecture.
pub fn generic() -> TargetSpec {
    Host::baseline(Arch::X86_64).native_target()
}

/// This machine.
pub fn native() -> TargetSpec {
    Host::detect().native_target()
}

/// Settings of the given level with the verifier on.
pub fn settings(opt: OptLevel) -> Settings {
    Settings { opt, verify: true, ..Settings::default() }
}

/// A module compiled into this process, with a wrapper for every function.
pub struct Program {
    pub runtime: BareRuntime,
    pub module: Module,
    pub batch: LoadedBatch,
    wrappers: Vec<(FuncId, FuncId)>,
    pub task: Box<BareTask>,
}

impl Program {
    /// Compiles IR text.
    pub fn new(text: &str, spec: &TargetSpec, opt: OptLevel) -> Self {
        Self::with_helpers(text, spec, opt, Vec::new())
    }

    /// Compiles IR text that calls helpers of its own.
    pub fn with_helpers(text: &str, spec: &TargetSpec, opt: OptLevel, helpers: Vec<(Helper, HelperAddress)>) -> Self {
        let runtime = BareRuntime::new(spec, settings(opt), helpers).unwrap();
        let module =
            tintype_ir::text::parse_module(text, runtime.abi().clone()).unwrap_or_else(|error| panic!("{error}"));
        Self::from_module(runtime, module, &|slot| 0x1000 + 16 * u64::from(slot.as_u32()))
    }

    /// Compiles a module.
    pub fn from_module(
        runtime: BareRuntime,
        mut module: Module,
        slot_values: &dyn Fn(tintype_ir::module::SlotId) -> u64,
    ) -> Self {
        if let Err(errors) = tintype_ir::verify::verify_module(&module) {
            panic!("{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>());
        }
        let functions: Vec<_> = module.functions.keys().collect();
        let wrappers = functions.into_iter().map(|func| (func, add_call_wrapper(&mut module, func))).collect();
        let batch = runtime.define(&module, slot_values).unwrap_or_else(|error| panic!("{error}"));
        let task = runtime.task().unwrap();
        Self { runtime, module, batch, wrappers, task }
    }

    /// The address of a function's wrapper.
    pub fn wrapper(&self, name: &str) -> u64 {
        let (func, _) = self.module.functions.iter().find(|(_, decl)| decl.name == name).unwrap();
        let (_, wrapper) = self.wrappers.iter().find(|entry| entry.0 == func).unwrap();
        self.batch.address_of(*wrapper).unwrap()
    }

    /// Calls a function; the error is the exception it throws.
    pub fn call(&mut self, name: &str, args: &[u128]) -> Result<Vec<u128>, u64> {
        let n_results = self.module.functions.values().find(|decl| decl.name == name).unwrap().signature.results.len();
        let code = self.wrapper(name);
        let mut values = vec![0; args.len().max(n_results)];
        values[..args.len()].copy_from_slice(args);
        // SAFETY: the task is this program's own, the code one of its wrappers, and the tests pass the right arguments.
        unsafe { self.runtime.call(&mut *self.task, code, &mut values) }?;
        values.truncate(n_results);
        Ok(values)
    }

    /// Calls a function with one `i64` result that does not throw.
    pub fn call_i64(&mut self, name: &str, args: &[i64]) -> i64 {
        let args: Vec<u128> = args.iter().map(|&arg| arg as u64 as u128).collect();
        self.call(name, &args).unwrap()[0] as i64
    }
}
