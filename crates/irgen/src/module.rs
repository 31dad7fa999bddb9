//! The module under construction: functions by code, slots by object, alias regions by name.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tintype_heap::GcVec;
use tintype_hir::TypedBody;
use tintype_ir::entity::EntityRef;
use tintype_ir::module::{
    AliasRegion, DataDecl, DataId, FuncId, FunctionDecl, Linkage, Module, SlotDecl, SlotId, SlotKind,
};
use tintype_ir::types::Signature;
use tintype_runtime::Context;
use tintype_runtime::objects::*;

use crate::generate::{
    CodeSource, GenerateError, GenerateMode, GenerateRequest, Generated, GeneratedFunction, Import, compilable_body,
};
use crate::representation::Representations;
use crate::signature::{CallSignature, boxed_signature, call_signature};

/// Code whose functions are declared and wait for their bodies.
pub(crate) struct Job {
    pub method_instance: Gc<MethodInstance>,
    pub code: Gc<Code>,
    pub typed: TypedBody,
    pub invoke: FuncId,
    pub specialized: Option<FuncId>,
    /// How the specialised function is called.
    pub signature: Option<Rc<CallSignature>>,
}

/// How a known callee is reached.
#[derive(Clone)]
pub(crate) enum Target {
    /// A function of the module, or an import.
    Direct(FuncId, Rc<CallSignature>),
    /// Code of another image: its entry is kept in a word of this image's data once it is known.
    Cell(DataId, Rc<CallSignature>, Gc<Code>),
    /// Through the run-time system.
    Dynamic,
}

/// See the module's text. Holds objects in ordinary memory: valid while collection is deferred.
pub(crate) struct ModuleBuilder<'a> {
    pub cx: &'a Context,
    pub module: Module,
    pub reprs: Representations,
    per_context: bool,
    mode: GenerateMode,
    source: &'a dyn CodeSource,
    slots: GcVec<Value>,
    slot_ids: FxHashMap<Value, SlotId>,
    regions: FxHashMap<String, AliasRegion>,
    targets: FxHashMap<Gc<Code>, Target>,
    names: FxHashMap<String, u32>,
    jobs: VecDeque<Job>,
    functions: Vec<GeneratedFunction>,
    codes: GcVec<Gc<Code>>,
    imports: Vec<Import>,
    imported_codes: GcVec<Gc<Code>>,
}

impl<'a> ModuleBuilder<'a> {
    pub fn new(cx: &'a Context, request: &GenerateRequest<'a>) -> Self {
        Self {
            cx,
            module: Module::new(request.name, Arc::clone(&request.abi)),
            reprs: Representations::default(),
            per_context: request.per_context_slots,
            mode: request.mode,
            source: request.source,
            slots: GcVec::new(cx.heap()),
            slot_ids: FxHashMap::default(),
            regions: FxHashMap::default(),
            targets: FxHashMap::default(),
            names: FxHashMap::default(),
            jobs: VecDeque::new(),
            functions: Vec::new(),
            codes: GcVec::new(cx.heap()),
            imports: Vec::new(),
            imported_codes: GcVec::new(cx.heap()),
        }
    }

    /// Whether the code may run in several contexts.
    pub fn is_per_context(&self) -> bool {
        self.per_context
    }

    pub fn next_job(&mut self) -> Option<Job> {
        self.jobs.pop_front()
    }

    pub fn finish(self, skipped: Vec<(usize, GenerateError)>) -> Generated {
        Generated {
            module: self.module,
            functions: self.functions,
            codes: self.codes,
            slots: self.slots,
            imports: self.imports,
            imported_codes: self.imported_codes,
            skipped,
        }
    }

    /// The slot of an object.
    pub fn slot(&mut self, object: Value) -> SlotId {
        if let Some(&known) = self.slot_ids.get(&object) {
            return known;
        }
        let kind = match object.get::<Binding>() {
            Some(binding) if self.per_context => SlotKind::Context { index: binding.number },
            _ => SlotKind::Single,
        };
        let name = slot_name(object);
        let id = self.module.slots.push(SlotDecl { name, kind });
        self.slots.push(object);
        self.slot_ids.insert(object, id);
        id
    }

    /// The alias region with this name.
    pub fn region(&mut self, name: &str) -> AliasRegion {
        if let Some(&known) = self.regions.get(name) {
            return known;
        }
        let region = self.module.regions.push(name.to_owned());
        self.regions.insert(name.to_owned(), region);
        region
    }

    /// Declares the functions of a code that is to be generated here, once.
    pub fn declare(&mut self, method_instance: Gc<MethodInstance>, code: Gc<Code>) -> Result<Target, GenerateError> {
        if let Some(known) = self.targets.get(&code) {
            return Ok(known.clone());
        }
        let typed = match compilable_body(self.cx, code) {
            Ok(typed) => typed,
            Err(error) => {
                self.targets.insert(code, Target::Dynamic);
                return Err(error);
            }
        };
        let name = self.unique_name(&typed.body.name, code);
        let signature = call_signature(self.cx, &self.reprs, code).map(Rc::new);
        let specialized = signature.as_ref().map(|signature| self.declare_function(name.clone(), signature.ir.clone()));
        let invoke = self.declare_function(format!("{name}.invoke"), boxed_signature());
        let target = match (specialized, &signature) {
            (Some(function), Some(signature)) => Target::Direct(function, signature.clone()),
            _ => Target::Dynamic,
        };
        self.targets.insert(code, target.clone());
        self.functions.push(GeneratedFunction { name, invoke, specialized });
        self.codes.push(code);
        self.jobs.push_back(Job { method_instance, code, typed, invoke, specialized, signature });
        Ok(target)
    }

    /// How a method instance is called.
    pub fn target(&mut self, method_instance: Gc<MethodInstance>) -> Target {
        match self.source.code_of(self.cx, method_instance) {
            Some(code) => self.target_of_code(method_instance, code),
            None => Target::Dynamic,
        }
    }

    fn target_of_code(&mut self, method_instance: Gc<MethodInstance>, code: Gc<Code>) -> Target {
        if let Some(known) = self.targets.get(&code) {
            return known.clone();
        }
        if !self.source.is_compiled(self.cx, code) {
            return self.declare(method_instance, code).unwrap_or(Target::Dynamic);
        }
        let target = match call_signature(self.cx, &self.reprs, code) {
            Some(signature) => self.elsewhere(method_instance, code, Rc::new(signature)),
            None => Target::Dynamic,
        };
        self.targets.insert(code, target.clone());
        target
    }

    fn elsewhere(
        &mut self,
        method_instance: Gc<MethodInstance>,
        code: Gc<Code>,
        signature: Rc<CallSignature>,
    ) -> Target {
        let name = match method_instance.method {
            Some(method) => self.unique_name(method.name.as_str(), code),
            None => self.unique_name("thunk", code),
        };
        match self.mode {
            GenerateMode::Jit => {
                let linkage = Linkage::Import;
                let decl = FunctionDecl { name, signature: signature.ir.clone(), linkage, body: None };
                let function = self.module.functions.push(decl);
                self.imports.push(Import { function });
                self.imported_codes.push(code);
                Target::Direct(function, signature)
            }
            GenerateMode::Image => {
                let name = format!("{name}.entry");
                let data = DataDecl { name, size: 8, align: 8, content: None, writable: true };
                Target::Cell(self.module.data.push(data), signature, code)
            }
        }
    }

    fn declare_function(&mut self, name: String, signature: Signature) -> FuncId {
        let linkage = match self.mode {
            GenerateMode::Jit => Linkage::Local,
            GenerateMode::Image => Linkage::Table(self.module.functions.next_key().index() as u32),
        };
        self.module.functions.push(FunctionDecl { name, signature, linkage, body: None })
    }

    /// `<function>_<hash of site and signature>`: the same in every build. Codes that agree in both are counted.
    fn unique_name(&mut self, base: &str, code: Gc<Code>) -> String {
        let plain: String = base.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
        let hash = (code.site.rotate_left(23) ^ code.spec_hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let name = format!("{plain}_{hash:016x}");
        let count = self.names.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { name } else { format!("{name}_{count}") }
    }
}

/// What a slot holds, for dumps: the same in every build, not necessarily unique.
fn slot_name(object: Value) -> String {
    let named = |kind: &str, name: Gc<Symbol>| format!("{kind} {}", name.as_str());
    if let Some(ty) = object.get::<DataType>() {
        return named("type", ty.name.name);
    }
    if let Some(binding) = object.get::<Binding>() {
        return named("binding", binding.name);
    }
    if let Some(symbol) = object.get::<Symbol>() {
        return named("symbol", symbol);
    }
    named("value", object.type_of().name.name)
}
