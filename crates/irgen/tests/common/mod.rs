//! What the tests share: programs evaluated by the interpreter, and their functions compiled and called in this process.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use tintype_codegen::{AllDirect, CodeGenerator, OptLevel, Scratch, Settings};
use tintype_engine::{CompileMode, Engine, Options, Program};
use tintype_heap::GcVec;
use tintype_hir::{TypeRef, TypedBody};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::FuncId;
use tintype_irgen::{CodeSource, GenerateMode, GenerateRequest, Generated, Root, generate};
use tintype_jit::unwind::{CodeMap, TableBytes};
use tintype_jit::{Batch, CodeSpace, CodeSpaceConfig, LoadedBatch, SupportCode};
use tintype_passes::{PassContext, PipelineOptions, optimize_module};
use tintype_runtime::helpers::{FIND_HANDLER, HELPERS};
use tintype_runtime::objects::*;
use tintype_runtime::values::structs;
use tintype_runtime::{Context, Outcome, Task, dispatch};
use tintype_target::Host;

/// Where bodies to compile come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// As inference and its optimiser leave them.
    Inferred,
    /// As lowered, with nothing known of any value.
    Untyped,
}

/// A program under test.
pub struct Session {
    pub program: Program,
    abi: Arc<RuntimeAbi>,
    generator: CodeGenerator,
    space: CodeSpace,
    support: SupportCode,
    helpers: Vec<usize>,
    kept: RefCell<Vec<(Generated, LoadedBatch)>>,
    values: GcVec<Value>,
}

thread_local! {
    static CODE: RefCell<Option<Arc<CodeMap>>> = const { RefCell::new(None) };
    static LAYOUT: Cell<Option<&'static RuntimeAbi>> = const { Cell::new(None) };
}

extern "C" fn find_handler(task: *mut u8) -> u64 {
    let code = CODE.with_borrow(|code| code.clone().expect("code runs on this thread"));
    let abi = LAYOUT.get().expect("code runs on this thread");
    // SAFETY: the raising stub passes its task, which has just left compiled code on this thread.
    unsafe { tintype_jit::unwind::raise(task, &abi.task, &code) }
}

impl Session {
    /// A context with the base library. Under stress every allocation collects.
    pub fn new(gc_stress: bool) -> Session {
        let engine =
            Engine::start(Options { compile: CompileMode::Min, gc_stress: u32::from(gc_stress), ..Options::default() })
                .unwrap_or_else(|error| panic!("{error:?}"));
        let program = engine.new_context().unwrap_or_else(|error| panic!("{error:?}"));
        let abi = Arc::new(tintype_irgen::abi::runtime_abi());
        let settings = Settings { opt: OptLevel::Speed, verify: true, ..Settings::default() };
        let generator = CodeGenerator::new(&Host::detect().native_target(), settings, abi.clone()).unwrap();
        let space = CodeSpace::new(CodeSpaceConfig::default()).unwrap();
        let support = space.define_support(&generator).unwrap();
        let code = Arc::new(CodeMap::new());
        CODE.set(Some(code.clone()));
        LAYOUT.set(Some(Box::leak(Box::new((*abi).clone()))));
        let mut helpers: Vec<usize> = HELPERS.iter().map(|helper| (helper.address)()).collect();
        helpers[FIND_HANDLER] = find_handler as *const () as usize;
        let values = GcVec::new(program.context().heap());
        let kept = RefCell::default();
        let session = Session { program, abi, generator, space, support, helpers, kept, values };
        let task = session.cx().task();
        task.stubs.set(session.support.stubs.as_ptr().cast());
        task.helpers.set(session.helpers.as_ptr().cast());
        session.register(&session.support.batch);
        session
    }

    pub fn cx(&self) -> &Context {
        self.program.context()
    }

    fn register(&self, batch: &LoadedBatch) {
        let table = TableBytes::Shared(batch.pc_table().clone());
        CODE.with_borrow(|code| code.as_ref().unwrap().register(batch.code_range(), table)).unwrap();
    }

    /// Evaluates a text in `Main`, interpreted.
    pub fn evaluate(&self, text: &str) {
        if let Err(failure) = self.program.run_text(text, &[]) {
            panic!("{text}\n{failure:?}");
        }
        self.cx().enter_newest_world();
    }

    /// A global of `Main`.
    pub fn global(&self, name: &str) -> Value {
        let cx = self.cx();
        let main = cx.world().main.unwrap();
        tintype_runtime::modules::global(cx, main, cx.symbol(name)).unwrap_or_else(|| panic!("no global {name}"))
    }

    /// The elements of a tuple that a global of `Main` holds.
    pub fn tuple_elements(&self, name: &str) -> Vec<Value> {
        let tuple = self.global(name);
        let n = tuple.type_of().n_fields();
        (0..n).filter_map(|index| structs::get_field(self.cx(), tuple, index)).map(|value| self.keep(value)).collect()
    }

    /// Keeps a value alive as long as the session.
    fn keep(&self, value: Value) -> Value {
        self.values.push(value);
        value
    }

    /// Calls a function with these arguments, compiled for their types.
    pub fn call_compiled(&self, typing: Typing, level: u8, arguments: &[Value]) -> Outcome {
        let entry = self.compile(typing, level, arguments)?;
        self.enter(entry, arguments)
    }

    /// The boxed entry of a function compiled for these arguments.
    pub fn compile(&self, typing: Typing, level: u8, arguments: &[Value]) -> Outcome<u64> {
        let cx = self.cx();
        let instance = dispatch::dispatch(cx, arguments)?;
        let source = Source { typing, known: RefCell::default() };
        let code = source.code_of(cx, instance).expect("a function with a body");
        let roots = [Root { method_instance: instance, code }];
        let request = GenerateRequest {
            name: "test",
            roots: &roots,
            mode: GenerateMode::Jit,
            per_context_slots: false,
            abi: self.abi.clone(),
            source: &source,
        };
        let mut generated = generate(cx, &request);
        assert!(generated.skipped.is_empty(), "{:?}", generated.skipped);
        Ok(self.load(&mut generated, level))
    }

    /// Compiles and publishes a module; the address of the boxed entry of its first code.
    fn load(&self, generated: &mut Generated, level: u8) -> u64 {
        let module = &mut generated.module;
        if std::env::var_os("TINTYPE_TEST_DUMP").is_some() {
            for code in generated.codes.iter() {
                let bytes = code.inferred.unwrap();
                let typed = tintype_hir::decode_typed(bytes.tail()).expect("a stored body");
                eprintln!("{}", typed.body);
            }
            eprintln!("{}", tintype_ir::text::print_module(module));
        }
        for decl in module.functions.values() {
            let Some(body) = &decl.body else { continue };
            if let Err(errors) = tintype_ir::verify::verify_input(module, body) {
                let errors: String = errors.iter().map(|error| format!("{error}\n")).collect();
                panic!("{errors}{}", tintype_ir::text::print_module(module));
            }
        }
        let has = |name: &str| self.generator.has_feature(name);
        let options = PipelineOptions { level, verify: true, observer: None };
        optimize_module(module, &mut PassContext::default(), &options, &has);
        let mut scratch = Scratch::new();
        let mut functions = Vec::new();
        for (id, decl) in module.functions.iter() {
            if let Some(body) = &decl.body {
                let compiled = self.generator.compile(&mut scratch, module, body, &AllDirect);
                functions.push((id, compiled.unwrap_or_else(|error| panic!("{error}"))));
            }
        }
        let slots = &generated.slots;
        let slot_values = |slot: tintype_ir::module::SlotId| slots.get(slot.as_u32() as usize).addr() as u64;
        let batch = Batch { module, functions, imports: &|_: FuncId| None, slot_values: &slot_values };
        let batch = self.space.define_batch(batch).unwrap_or_else(|error| panic!("{error}"));
        self.register(&batch);
        let entry = batch.address_of(generated.functions[0].invoke).expect("the entry was defined");
        let empty = Generated {
            module: tintype_ir::module::Module::new("done", self.abi.clone()),
            functions: Vec::new(),
            codes: GcVec::new(self.cx().heap()),
            slots: GcVec::new(self.cx().heap()),
            imports: Vec::new(),
            imported_codes: GcVec::new(self.cx().heap()),
            skipped: Vec::new(),
        };
        self.kept.borrow_mut().push((std::mem::replace(generated, empty), batch));
        entry
    }

    /// Calls a boxed entry.
    pub fn enter(&self, code: u64, arguments: &[Value]) -> Outcome {
        type Enter = unsafe extern "C" fn(*const Task, u64, Value, *const Value, usize, Value) -> Option<Value>;
        let cx = self.cx();
        // SAFETY: the address is that of the entry trampoline, which has this C signature; the code is a boxed entry of
        // a batch that is kept, and the arguments are live.
        let result = unsafe {
            let enter: Enter = std::mem::transmute(self.support.entry_trampoline as usize);
            enter(cx.task(), code, arguments[0], arguments[1..].as_ptr(), arguments.len() - 1, cx.nothing())
        };
        result.ok_or_else(|| {
            let exception = cx.task().pending_exception.take().expect("null means an exception");
            cx.throw(exception)
        })
    }
}

/// Codes of method instances, made when asked for.
struct Source {
    typing: Typing,
    known: RefCell<Vec<(Gc<MethodInstance>, Gc<Code>)>>,
}

impl CodeSource for Source {
    fn code_of(&self, cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<Code>> {
        let known = self.known.borrow().iter().find(|(known, _)| *known == instance).map(|(_, code)| *code);
        if known.is_some() {
            return known;
        }
        let code = match self.typing {
            Typing::Inferred => tintype_infer::infer(cx, instance).ok().flatten()?,
            Typing::Untyped => untyped_code(cx, instance)?,
        };
        self.known.borrow_mut().push((instance, code));
        Some(code)
    }

    fn is_compiled(&self, _: &Context, _: Gc<Code>) -> bool {
        false
    }
}

/// The body as lowered, with `Any` for every type.
fn untyped_code(cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<Code>> {
    let method = instance.method?;
    let body = tintype_hir::decode(method.source?.tail()).expect("a stored body");
    let mut literals: Vec<Value> = method.literals.unwrap().values().collect();
    let any = TypeRef::Type(literals.len() as u32);
    literals.push(cx.well_known().any().erase());
    let typed = TypedBody {
        statement_types: vec![any; body.statements.len()],
        slot_types: vec![any; body.slots.len()],
        return_type: any,
        removable: false,
        body,
    };
    let code = Code {
        site: method.site,
        spec_hash: instance.hash,
        spec_types: instance.spec_types,
        edges: Field::null(),
        inferred: Field::new(Some(cx.new_bytes(&tintype_hir::encode_typed(&typed)))),
        literals: Field::new(Some(cx.svec(&literals))),
        return_type: Field::new(Some(cx.well_known().any().erase())),
        const_result: Field::null(),
        inline_cost: Cell::new(0),
        flags: Cell::new(0),
        image: Cell::new(IMAGE_NONE),
        invoke_function: Cell::new(u32::MAX),
        specialized_function: Cell::new(u32::MAX),
        entry_cell: Cell::new(u32::MAX),
        kept: Field::null(),
    };
    Some(cx.allocate(cx.well_known().code(), code))
}

/// What a call led to, as text.
pub fn describe(session: &Session, outcome: Outcome) -> String {
    let cx = session.cx();
    let (kind, value) = match outcome {
        Ok(value) => ("", value),
        Err(thrown) => ("throws ", cx.take_exception(thrown)),
    };
    let repr = tintype_runtime::modules::global(cx, cx.world().base.unwrap(), cx.symbol("repr"));
    let text = match repr {
        Some(repr) => cx.call(repr, &[value]).ok(),
        None => None,
    };
    match text.and_then(|text| text.get::<JlString>()) {
        Some(text) => format!("{kind}{}", text.to_text()),
        None => format!("{kind}a {}", value.type_of().name.name.as_str()),
    }
}
