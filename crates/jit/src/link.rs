//! Links one batch: finds what it refers to, places it, and lets the back end's linker fill in the references.
//!
//! Every reference is resolved and checked for reach before the linker sees it, because the linker panics otherwise.
//! Functions and data are anonymous to the linker; only imports have names.

use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use cranelift_codegen::binemit::Reloc as ClifReloc;
use cranelift_codegen::ir::Signature;
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{DataDescription, Linkage, Module as _, ModuleReloc, ModuleRelocTarget};
use rustc_hash::FxHashMap;
use tintype_codegen::pc_table::PcTableBuilder;
use tintype_codegen::{CompiledFunction, Reloc, RelocKind, RelocTarget};
use tintype_ir::module::{DataId, FuncId, SlotId};

use crate::batch::{Batch, JitError};
use crate::pages::{PublishedPages, Sizes, WritablePages};
use crate::space::CodeSpace;

/// What a batch refers to, in the order of first use.
#[derive(Default)]
pub(crate) struct Plan {
    /// Position of each function in the batch.
    own: FxHashMap<FuncId, usize>,
    imports: Vec<(FuncId, u64)>,
    slots: Vec<(SlotId, u64)>,
    data: Vec<(DataId, DataPlan)>,
    known: FxHashMap<RelocTarget, usize>,
    sizes: Sizes,
}

struct DataPlan {
    content: Vec<u8>,
    align: u64,
    writable: bool,
}

/// A batch in memory.
pub(crate) struct Linked {
    pub(crate) pages: PublishedPages,
    pub(crate) code: Range<u64>,
    pub(crate) functions: Vec<u64>,
    pub(crate) slots: Vec<(SlotId, u64)>,
    pub(crate) data: Vec<(DataId, u64)>,
    pub(crate) pc_table: Arc<[u8]>,
}

impl Plan {
    /// Resolves every reference of the batch.
    pub(crate) fn of(batch: &Batch<'_>, space: &CodeSpace) -> Result<Self, JitError> {
        let mut plan = Self::default();
        plan.own.extend(batch.functions.iter().enumerate().map(|(index, (func, _))| (*func, index)));
        for (_, compiled) in &batch.functions {
            plan.sizes.align = plan.sizes.align.max(code_align(compiled) as usize);
            plan.sizes.code = place(plan.sizes.code, compiled.bytes.len() + veneers(compiled), code_align(compiled));
            for reloc in &compiled.relocs {
                plan.resolve(batch, space, compiled, reloc)?;
            }
        }
        plan.sizes.written = place(plan.sizes.written, 8 * plan.slots.len(), 8);
        for (_, data) in &plan.data {
            let size = if data.writable { &mut plan.sizes.written } else { &mut plan.sizes.constant };
            *size = place(*size, data.content.len().max(1), data.align);
            plan.sizes.align = plan.sizes.align.max(data.align as usize);
        }
        Ok(plan)
    }

    fn resolve(
        &mut self,
        batch: &Batch<'_>,
        space: &CodeSpace,
        compiled: &CompiledFunction,
        reloc: &Reloc,
    ) -> Result<(), JitError> {
        let unresolved = |target: String| JitError::Unresolved { function: compiled.name.clone(), target };
        if self.known.contains_key(&reloc.target) {
            return Ok(());
        }
        let index = match reloc.target {
            RelocTarget::Function(func) if self.own.contains_key(&func) => self.own[&func],
            RelocTarget::Function(func) => {
                let name = || format!("`{}`", batch.module.functions[func].name);
                let address = (batch.imports)(func).ok_or_else(|| unresolved(name()))?;
                if reloc.kind != RelocKind::Abs8 && !space.range().contains(&address) {
                    return Err(JitError::OutOfReach { function: compiled.name.clone(), address });
                }
                self.imports.push((func, address));
                self.imports.len() - 1
            }
            RelocTarget::MvSlot(func) => {
                let name = &batch.module.functions[func].name;
                return Err(unresolved(format!("the relocation slot of `{name}`; code in a process has one version")));
            }
            RelocTarget::Slot(slot) => {
                self.slots.push((slot, (batch.slot_values)(slot)));
                self.slots.len() - 1
            }
            RelocTarget::Data(data) => {
                let decl = &batch.module.data[data];
                let mut content = decl.content.clone().unwrap_or_default();
                content.resize(decl.size as usize, 0);
                self.data.push((data, DataPlan { content, align: decl.align, writable: decl.writable }));
                self.data.len() - 1
            }
        };
        self.known.insert(reloc.target, index);
        Ok(())
    }

    /// Writes the batch into pages of the space and publishes them.
    pub(crate) fn link(self, space: &CodeSpace, functions: &[&CompiledFunction]) -> Result<Linked, JitError> {
        let pages = WritablePages::take(space.arena(), self.sizes)?;
        match self.write(&pages, functions) {
            Ok((functions, slots, data, pc_table)) => {
                let start = pages.address() as u64;
                let code = start..start + self.sizes.code as u64;
                Ok(Linked { pages: pages.publish()?, code, functions, slots, data, pc_table })
            }
            Err(error) => {
                pages.release();
                Err(error)
            }
        }
    }

    #[allow(clippy::type_complexity, reason = "taken apart at the one call")]
    fn write(
        &self,
        pages: &WritablePages,
        functions: &[&CompiledFunction],
    ) -> Result<(Vec<u64>, Vec<(SlotId, u64)>, Vec<(DataId, u64)>, Arc<[u8]>), JitError> {
        let mut linker = Linker::new(self, pages, functions.len())?;
        for (index, compiled) in functions.iter().enumerate() {
            let relocs: Vec<_> = compiled.relocs.iter().map(|reloc| linker.reloc(self, reloc)).collect();
            let align = code_align(compiled);
            linker.module.define_function_bytes(linker.functions[index], align, &compiled.bytes, &relocs)?;
        }
        linker.module.finalize_definitions()?;
        let address_of = |&func: &_| linker.module.get_finalized_function(func) as u64;
        let addresses: Vec<u64> = linker.functions.iter().map(address_of).collect();
        let mut table = PcTableBuilder::new();
        for (&address, compiled) in addresses.iter().zip(functions) {
            table.add((address - pages.address() as u64) as u32, compiled);
        }
        let data_address = |id| linker.module.get_finalized_data(id).0 as u64;
        let slot_base = linker.slots.map_or(0, data_address);
        let slots = self.slots.iter().enumerate().map(|(index, slot)| (slot.0, slot_base + 8 * index as u64)).collect();
        let data = self.data.iter().zip(&linker.data).map(|(plan, &id)| (plan.0, data_address(id))).collect();
        Ok((addresses, slots, data, table.finish().into()))
    }
}

/// The back end's linker with everything declared.
struct Linker {
    module: JITModule,
    functions: Vec<cranelift_module::FuncId>,
    imports: Vec<cranelift_module::FuncId>,
    slots: Option<cranelift_module::DataId>,
    data: Vec<cranelift_module::DataId>,
}

impl Linker {
    fn new(plan: &Plan, pages: &WritablePages, n_functions: usize) -> Result<Self, JitError> {
        let mut builder = JITBuilder::with_isa(host_isa(), cranelift_module::default_libcall_names());
        builder.memory_provider(pages.provider());
        builder.symbols(plan.imports.iter().map(|&(func, address)| (func.to_string(), address as *const u8)));
        let mut module = JITModule::new(builder);
        let signature = Signature::new(CallConv::Tail);
        let mut functions = Vec::with_capacity(n_functions);
        for _ in 0..n_functions {
            functions.push(module.declare_anonymous_function(&signature)?);
        }
        let mut imports = Vec::with_capacity(plan.imports.len());
        for (func, _) in &plan.imports {
            imports.push(module.declare_function(&func.to_string(), Linkage::Import, &signature)?);
        }
        let slots = (!plan.slots.is_empty())
            .then(|| {
                let words = plan.slots.iter().flat_map(|slot| slot.1.to_le_bytes()).collect();
                define_data(&mut module, words, 8, true)
            })
            .transpose()?;
        let data = plan
            .data
            .iter()
            .map(|(_, data)| define_data(&mut module, data.content.clone(), data.align, data.writable))
            .collect::<Result<_, _>>()?;
        Ok(Self { module, functions, imports, slots, data })
    }

    fn reloc(&self, plan: &Plan, reloc: &Reloc) -> ModuleReloc {
        let index = plan.known[&reloc.target];
        let (name, addend) = match reloc.target {
            RelocTarget::Function(func) if plan.own.contains_key(&func) => (self.functions[index].into(), 0),
            RelocTarget::Function(_) | RelocTarget::MvSlot(_) => (self.imports[index].into(), 0),
            RelocTarget::Slot(_) => {
                let slots: ModuleRelocTarget = self.slots.expect("a slot is referred to").into();
                (slots, 8 * index as i64)
            }
            RelocTarget::Data(_) => (self.data[index].into(), 0),
        };
        let kind = match reloc.kind {
            RelocKind::Abs8 => ClifReloc::Abs8,
            RelocKind::X86PcRel4 => ClifReloc::X86PCRel4,
            RelocKind::Aarch64Call26 => ClifReloc::Arm64Call,
            RelocKind::Aarch64AdrPrelPgHi21 => ClifReloc::Aarch64AdrPrelPgHi21,
            RelocKind::Aarch64AddAbsLo12Nc => ClifReloc::Aarch64AddAbsLo12Nc,
        };
        ModuleReloc { offset: reloc.offset, kind, name, addend: reloc.addend + addend }
    }
}

fn define_data(
    module: &mut JITModule,
    content: Vec<u8>,
    align: u64,
    writable: bool,
) -> Result<cranelift_module::DataId, JitError> {
    let id = module.declare_anonymous_data(writable, false)?;
    let mut description = DataDescription::new();
    description.define(content.into_boxed_slice());
    description.set_align(align);
    module.define_data(id, &description)?;
    Ok(id)
}

/// The linker asks the back end's target description for minimal alignments and pointer size only: one description of
/// the host without any feature serves all batches.
fn host_isa() -> OwnedTargetIsa {
    static HOST: OnceLock<OwnedTargetIsa> = OnceLock::new();
    let make = || {
        let mut flags = settings::builder();
        flags.set("is_pic", "false").expect("the back end has the setting");
        let triple = target_lexicon::Triple::from_str(&format!("{}-unknown-linux-gnu", std::env::consts::ARCH));
        let triple = triple.expect("the host's architecture has a triple");
        let builder = cranelift_codegen::isa::lookup(triple).expect("the back end knows the host");
        builder.finish(settings::Flags::new(flags)).expect("default settings are valid")
    };
    HOST.get_or_init(make).clone()
}

/// The end of something of `size` bytes placed at the first aligned offset from `start`.
fn place(start: usize, size: usize, align: u64) -> usize {
    start.next_multiple_of(align as usize) + size
}

/// The linker may raise small alignments.
fn code_align(compiled: &CompiledFunction) -> u64 {
    u64::from(compiled.align).max(16)
}

/// Bytes the linker keeps behind a function for jumps to targets out of a call's reach.
fn veneers(compiled: &CompiledFunction) -> usize {
    24 * compiled.relocs.iter().filter(|reloc| reloc.kind == RelocKind::Aarch64Call26).count()
}
