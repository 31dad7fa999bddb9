//! The code generator of one target: immutable, shared by threads; what changes lives in each thread's [`Scratch`].

use std::sync::Arc;

use cranelift_codegen::Context;
use cranelift_codegen::binemit::Reloc as ClifReloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{ExternalName, TrapCode as ClifTrapCode};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::{CompiledCode, FinalizedMachReloc, FinalizedRelocTarget, MachTrap};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::entity::SecondaryMap;
use tintype_ir::function::{Function, Scope, ScopeData, Value};
use tintype_ir::instruction::TrapCode;
use tintype_ir::module::{FuncId, Module};
use tintype_target::{Arch, TargetSpec};

use crate::epilogue;
use crate::error::CodegenError;
use crate::isa;
use crate::record::{CallSite, CompiledFunction, Frame, Reloc, RelocKind, TrapSite};
use crate::symbol;
use crate::translate;

/// The largest frame: the stack is checked after the frame is made, and the call that reports an overflow then runs below
/// it, within the reserve that is kept for helpers (128 KiB).
const MAX_FRAME_SIZE: u32 = 64 << 10;

/// How hard the back end tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OptLevel {
    /// Fastest compilation: no mid-end, single-pass register allocation.
    None,
    /// Fast code.
    #[default]
    Speed,
    /// Fast and small code.
    Size,
}

/// Settings that are not properties of the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Whether the code goes into a file. Code is position independent in any case, but a file's code may not hold the
    /// address of existing code, so [`Route::Absolute`] is refused.
    pub pic: bool,
    /// How hard to optimise.
    pub opt: OptLevel,
    /// Whether the back end verifies its input between its own steps; costs about a third more time.
    pub verify: bool,
    /// Base-two logarithm of the least function alignment. Six keeps small hot loops within cache lines.
    pub log2_align: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pic: false, opt: OptLevel::Speed, verify: cfg!(debug_assertions), log2_align: 6 }
    }
}

/// How a direct call of a function, or a use of its address, is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// A pc-relative reference to this target's version.
    Direct,
    /// A load from the function's relocation slot, for multiversioned callees of code that is not.
    MvSlot,
    /// A known address: existing code out of reach of a pc-relative reference.
    Absolute(u64),
}

/// Decides the [`Route`] of each callee.
pub trait CallPolicy {
    /// The route to take to `callee`.
    fn route(&self, callee: FuncId) -> Route;
}

/// Every call is [`Route::Direct`].
#[derive(Clone, Copy, Debug, Default)]
pub struct AllDirect;

impl CallPolicy for AllDirect {
    fn route(&self, _callee: FuncId) -> Route {
        Route::Direct
    }
}

/// Memory that one thread's compilations reuse.
pub struct Scratch {
    pub(crate) context: Context,
    control: ControlPlane,
    pub(crate) values: SecondaryMap<Value, Option<cranelift_codegen::ir::Value>>,
}

impl Scratch {
    /// Empty scratch memory.
    pub fn new() -> Self {
        Self { context: Context::new(), control: ControlPlane::default(), values: SecondaryMap::new() }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

/// Generates code for one target.
pub struct CodeGenerator {
    isa: OwnedTargetIsa,
    spec: TargetSpec,
    settings: Settings,
    abi: Arc<RuntimeAbi>,
}

impl CodeGenerator {
    /// A generator for `spec` and the run-time system described by `abi`.
    ///
    /// # Errors
    /// [`CodegenError::Target`] when there is no back end for the target.
    pub fn new(spec: &TargetSpec, settings: Settings, abi: Arc<RuntimeAbi>) -> Result<Self, CodegenError> {
        let isa = isa::build(spec, &settings)?;
        Ok(Self { isa, spec: spec.clone(), settings, abi })
    }

    /// The description of the run-time system the code is for.
    pub fn abi(&self) -> &Arc<RuntimeAbi> {
        &self.abi
    }

    /// The back end's description of the target.
    pub fn isa(&self) -> &OwnedTargetIsa {
        &self.isa
    }

    /// The settings the generator was made with.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    pub(crate) fn arch(&self) -> Arch {
        self.spec.arch
    }

    /// Whether the target has a feature, by LLVM's name; unknown names are features the target lacks.
    pub fn has_feature(&self, name: &str) -> bool {
        isa::has_feature(&self.spec, name)
    }

    /// Compiles one verified function of `module`.
    ///
    /// # Errors
    /// [`CodegenError::Unsupported`] naming the instruction when no code can be generated for it.
    ///
    /// # Panics
    /// When the function breaks an invariant of the IR verifier.
    pub fn compile(
        &self,
        scratch: &mut Scratch,
        module: &Module,
        func: &Function,
        calls: &dyn CallPolicy,
    ) -> Result<CompiledFunction, CodegenError> {
        scratch.context.clear();
        scratch.values.clear();
        translate::function(self, module, func, calls, scratch)?;
        let scopes = func.scopes.values().cloned().collect();
        self.finish(scratch, &func.name, scopes)
    }

    /// Compiles what is in the scratch memory and makes the record of it.
    pub(crate) fn finish(
        &self,
        scratch: &mut Scratch,
        name: &str,
        scopes: Vec<ScopeData>,
    ) -> Result<CompiledFunction, CodegenError> {
        let Scratch { context, control, .. } = scratch;
        if let Err(error) = context.compile(&*self.isa, control) {
            return Err(backend_error(name, &error.inner));
        }
        let code = context.take_compiled_code().expect("just compiled");
        let frame_size = code.buffer.frame_layout().map_or(0, |layout| layout.frame_to_fp_offset);
        if frame_size > MAX_FRAME_SIZE {
            return Err(CodegenError::Unsupported {
                function: name.to_owned(),
                entity: format!("a frame of {frame_size} bytes"),
                reason: format!("a stack frame has at most {MAX_FRAME_SIZE} bytes"),
            });
        }
        let record = Recorder { name, code: &code, func: &context.func };
        record.record(self.spec.arch, scopes)
    }
}

fn backend_error(name: &str, error: &cranelift_codegen::CodegenError) -> CodegenError {
    match error {
        cranelift_codegen::CodegenError::Unsupported(reason) => CodegenError::Unsupported {
            function: name.to_owned(),
            entity: "signature or instruction".to_owned(),
            reason: reason.clone(),
        },
        cranelift_codegen::CodegenError::ImplLimitExceeded => CodegenError::Unsupported {
            function: name.to_owned(),
            entity: "function".to_owned(),
            reason: "too large for the back end".to_owned(),
        },
        other => CodegenError::Backend { function: name.to_owned(), message: format!("{other:?}") },
    }
}

/// Turns the back end's result into our record.
struct Recorder<'a> {
    name: &'a str,
    code: &'a CompiledCode,
    func: &'a cranelift_codegen::ir::Function,
}

impl Recorder<'_> {
    fn record(&self, arch: Arch, scopes: Vec<ScopeData>) -> Result<CompiledFunction, CodegenError> {
        let buffer = &self.code.buffer;
        let frame = Frame { size: buffer.frame_layout().map_or(0, |layout| layout.frame_to_fp_offset) };
        let mut bytes = buffer.data().to_vec();
        if arch == Arch::X86_64 {
            epilogue::drop_redundant_moves(&mut bytes, &self.code.bb_starts, frame.size);
        }
        Ok(CompiledFunction {
            name: self.name.to_owned(),
            bytes,
            align: buffer.alignment,
            relocs: buffer.relocs().iter().map(|reloc| self.reloc(reloc)).collect::<Result<_, _>>()?,
            call_sites: self.call_sites(frame),
            traps: buffer.traps().iter().filter_map(trap_site).collect(),
            frame,
            scopes,
            lines: self.lines(),
        })
    }

    fn reloc(&self, reloc: &FinalizedMachReloc) -> Result<Reloc, CodegenError> {
        let unexpected = |what: String| CodegenError::Backend { function: self.name.to_owned(), message: what };
        let kind = match reloc.kind {
            ClifReloc::Abs8 => RelocKind::Abs8,
            ClifReloc::X86PCRel4 | ClifReloc::X86CallPCRel4 => RelocKind::X86PcRel4,
            ClifReloc::Arm64Call => RelocKind::Aarch64Call26,
            ClifReloc::Aarch64AdrPrelPgHi21 => RelocKind::Aarch64AdrPrelPgHi21,
            ClifReloc::Aarch64AddAbsLo12Nc => RelocKind::Aarch64AddAbsLo12Nc,
            other => return Err(unexpected(format!("relocation kind {other:?}"))),
        };
        let target = match &reloc.target {
            FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
                symbol::target(&self.func.params.user_named_funcs()[*name])
            }
            FinalizedRelocTarget::ExternalName(ExternalName::LibCall(call)) => {
                return Err(CodegenError::Unsupported {
                    function: self.name.to_owned(),
                    entity: call.to_string(),
                    reason: "needs a library function of the back end on this target".to_owned(),
                });
            }
            other => return Err(unexpected(format!("relocation target {other:?}"))),
        };
        Ok(Reloc { offset: reloc.offset, kind, target, addend: reloc.addend })
    }

    fn call_sites(&self, frame: Frame) -> Vec<CallSite> {
        use cranelift_codegen::FinalizedMachExceptionHandler as Handler;
        let site = |site: cranelift_codegen::FinalizedMachCallSite<'_>| CallSite {
            return_offset: site.ret_addr,
            frame_offset: site.frame_offset.unwrap_or(frame.size),
            handler: site.exception_handlers.iter().find_map(|handler| match handler {
                Handler::Tag(_, offset) | Handler::Default(offset) => Some(*offset),
                Handler::Context(_) => None,
            }),
        };
        self.code.buffer.call_sites().map(site).collect()
    }

    /// Where the source position changes. The back end lists ranges; between them there is no position.
    fn lines(&self) -> Vec<(u32, Option<Scope>)> {
        let mut lines: Vec<(u32, Option<Scope>)> = Vec::new();
        let mut add = |offset: u32, scope: Option<Scope>| {
            if lines.last().is_some_and(|last| last.0 == offset) {
                lines.pop();
            }
            if lines.last().map_or(scope.is_some(), |last| last.1 != scope) {
                lines.push((offset, scope));
            }
        };
        for range in self.code.buffer.get_srclocs_sorted() {
            add(range.start, translate::scope_of(range.loc));
            add(range.end, None);
        }
        lines
    }
}

fn trap_site(trap: &MachTrap) -> Option<TrapSite> {
    let code = match trap.code {
        ClifTrapCode::INTEGER_DIVISION_BY_ZERO => TrapCode::DivisionByZero,
        ClifTrapCode::INTEGER_OVERFLOW => TrapCode::DivisionOverflow,
        code if code == translate::UNREACHABLE => TrapCode::Unreachable,
        _ => return None,
    };
    Some(TrapSite { offset: trap.offset, code })
}
