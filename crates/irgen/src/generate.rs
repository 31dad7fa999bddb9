//! From inferred code to one module: what is asked for, and everything it calls directly that has no code yet.
//!
//! The order of functions is that of discovery from the roots, so that one request always gives one module. Collection
//! is deferred meanwhile; results that name objects come in scanned vectors.

use std::fmt;
use std::sync::Arc;

use tintype_heap::GcVec;
use tintype_hir::{Body, Op, Operand, TypeRef, TypedBody};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::function::Function;
use tintype_ir::module::{FuncId, Module};
use tintype_runtime::Context;
use tintype_runtime::objects::*;

use crate::function;
use crate::module::{Job, ModuleBuilder};
use crate::wrapper;

/// What the module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenerateMode {
    /// Code for this process. Code that exists already is imported: [`Generated::imports`].
    Jit,
    /// Code for an image. Code of other images is found when it is first called.
    Image,
}

/// What the generator asks its caller.
pub trait CodeSource {
    /// The code for a method instance in the current world; `None`: it is called through the run-time system.
    fn code_of(&self, cx: &Context, method_instance: Gc<MethodInstance>) -> Option<Gc<Code>>;

    /// Whether the code has a specialised entry outside of this module that may be called directly.
    fn is_compiled(&self, cx: &Context, code: Gc<Code>) -> bool;
}

/// Code to generate.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// What it implements: where the values of static parameters come from.
    pub method_instance: Gc<MethodInstance>,
    /// The inferred code.
    pub code: Gc<Code>,
}

/// A request.
pub struct GenerateRequest<'a> {
    /// The module's name.
    pub name: &'a str,
    /// What must be in it. Callees are added.
    pub roots: &'a [Root],
    /// What it is for.
    pub mode: GenerateMode,
    /// Whether bindings are addressed through the context, so that several contexts can run the code.
    pub per_context_slots: bool,
    /// The run-time system, [`crate::abi::runtime_abi`].
    pub abi: Arc<RuntimeAbi>,
    /// Where callees' code comes from.
    pub source: &'a dyn CodeSource,
}

/// A module and what its parts are.
pub struct Generated {
    /// The module.
    pub module: Module,
    /// The functions of code generated here, in order.
    pub functions: Vec<GeneratedFunction>,
    /// The code of each entry of `functions`.
    pub codes: GcVec<Gc<Code>>,
    /// The object of each slot, by number.
    pub slots: GcVec<Value>,
    /// Functions that are called but defined elsewhere (only with [`GenerateMode::Jit`]).
    pub imports: Vec<Import>,
    /// The code of each entry of `imports`.
    pub imported_codes: GcVec<Gc<Code>>,
    /// Roots that cannot be compiled, by index, and why.
    pub skipped: Vec<(usize, GenerateError)>,
}

/// The functions of one code.
#[derive(Clone, Debug)]
pub struct GeneratedFunction {
    /// The common part of their names.
    pub name: String,
    /// The boxed entry.
    pub invoke: FuncId,
    /// The specialised entry; none if the argument list has no fixed length.
    pub specialized: Option<FuncId>,
}

/// A function defined elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// Its number in the module. It is the specialised entry of its code.
    pub function: FuncId,
}

/// Why code cannot be compiled. It is interpreted then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GenerateError {
    /// The body does something that is not supported in compiled code.
    Unsupported {
        /// The function.
        function: String,
        /// What it does.
        what: &'static str,
    },
    /// There is no inferred body, or its bytes are damaged.
    NoBody {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenerateError::Unsupported { function, what } => {
                write!(f, "`{function}`: {what} is not supported in compiled code yet")
            }
            GenerateError::NoBody { reason } => write!(f, "no inferred body: {reason}"),
        }
    }
}

impl std::error::Error for GenerateError {}

/// Generates a module. Code that cannot be compiled is left out and called through the run-time system.
pub fn generate(cx: &Context, request: &GenerateRequest<'_>) -> Generated {
    let _deferred = cx.heap().no_collect();
    let mut builder = ModuleBuilder::new(cx, request);
    let mut skipped = Vec::new();
    for (index, root) in request.roots.iter().enumerate() {
        if let Err(error) = builder.declare(root.method_instance, root.code) {
            skipped.push((index, error));
        }
    }
    while let Some(job) = builder.next_job() {
        define(&mut builder, &job);
    }
    builder.finish(skipped)
}

fn define(builder: &mut ModuleBuilder<'_>, job: &Job) {
    if let Some(id) = job.specialized {
        let body = define_function(builder, id, |builder, func| function::specialized(builder, func, job));
        builder.module.functions[id].body = Some(body);
    }
    let body = define_function(builder, job.invoke, |builder, func| match job.specialized {
        Some(_) if is_small(job) => function::boxed_small(builder, func, job),
        Some(_) => wrapper::boxed_entry(builder, func, job),
        None => function::boxed(builder, func, job),
    });
    builder.module.functions[job.invoke].body = Some(body);
}

/// Most statements of a body that the boxed entry has a copy of, which is then no longer than the call would be.
const MAX_COPIED_STATEMENTS: usize = 12;

/// Whether the boxed entry does the work itself instead of calling the specialised one.
fn is_small(job: &Job) -> bool {
    let statements = &job.typed.body.statements;
    let is_plain = |op: &Op| !matches!(op, Op::Call(_) | Op::Invoke(..) | Op::EnterTry(_)) && op.target().is_none();
    statements.len() <= MAX_COPIED_STATEMENTS && statements.iter().all(|statement| is_plain(&statement.op))
}

fn define_function(
    builder: &mut ModuleBuilder<'_>,
    id: FuncId,
    fill: impl FnOnce(&mut ModuleBuilder<'_>, &mut Function),
) -> Function {
    let decl = &builder.module.functions[id];
    let mut func = Function::new(decl.name.clone(), decl.signature.clone());
    fill(builder, &mut func);
    func
}

/// The inferred body of a code, if compiled code can do all it says.
pub(crate) fn compilable_body(cx: &Context, code: Gc<Code>) -> Result<TypedBody, GenerateError> {
    let no_body = |reason: String| GenerateError::NoBody { reason };
    let bytes = code.inferred.get().ok_or_else(|| no_body("it was not kept".to_owned()))?;
    let typed = tintype_hir::decode_typed(bytes.tail()).map_err(|error| no_body(error.to_string()))?;
    // A result that some path does not make would become a value without a definition; such a body is interpreted.
    let literals: Vec<Value> = code.literals.get().map_or_else(Vec::new, |literals| literals.values().collect());
    tintype_hir::verify(&live_part(cx, &typed, &literals), literals.len())
        .map_err(|error| no_body(error.to_string()))?;
    let unsupported = typed.body.statements.iter().find_map(|statement| unsupported(&statement.op));
    match unsupported {
        Some(what) => Err(GenerateError::Unsupported { function: typed.body.name.to_string(), what }),
        None => Ok(typed),
    }
}

/// The body with the paths taken out that its types say are never taken.
fn live_part(cx: &Context, typed: &TypedBody, literals: &[Value]) -> Body {
    let mut body = typed.body.clone();
    for (at, statement) in body.statements.iter_mut().enumerate() {
        let known = |operand: &Operand| match *operand {
            Operand::Literal(literal) => literals.get(literal as usize).copied(),
            Operand::Result(result) => match typed.statement_types.get(result as usize) {
                Some(TypeRef::Const(literal)) => literals.get(*literal as usize).copied(),
                _ => None,
            },
            Operand::StaticParam(_) => None,
        };
        match &statement.op {
            Op::GotoIfNot(condition, to) => match known(condition) {
                Some(value) if value == cx.well_known().true_value() => statement.op = Op::LeaveTry(0),
                Some(value) if value == cx.well_known().false_value() => statement.op = Op::Goto(*to),
                _ => {}
            },
            Op::Goto(_) | Op::Return(_) | Op::EnterTry(_) | Op::LeaveTry(_) => {}
            // Control ends here.
            _ if typed.statement_types.get(at) == Some(&TypeRef::Bottom) => statement.op = Op::Goto(at as u32),
            _ => {}
        }
    }
    body
}

fn unsupported(op: &Op) -> Option<&'static str> {
    match op {
        Op::DeclareConst(..) => Some("a constant declaration"),
        Op::DeclareGlobal(_) => Some("a global declaration"),
        Op::DefineFunction(_) | Op::DefineMethod(..) => Some("a method definition"),
        _ => None,
    }
}
