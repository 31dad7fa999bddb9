//! The HIR interpreter: runs bodies as lowered or as inferred, one statement at a time.
//!
//! It runs top-level code, everything under `--compile=min`, and whatever is not compiled yet. Frames (variables and
//! statement results) lie on a scanned value stack; a decoded body is kept beside the encoded one it came from. It
//! compiles nothing and keeps nothing that an image would need.

mod activation;
mod arguments;
mod frame;
mod globals;
mod literals;
mod run;

pub(crate) use activation::{ActivationView, Owner};
pub(crate) use arguments::Arguments;
pub use literals::{Materialized, char_literal_bits, materialize};
pub(crate) use run::splat_new;

use std::cell::Cell;
use std::rc::Rc;

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use tintype_heap::{Field, GcMap, Heap, ValueStack};
use tintype_hir::Body;

/// How many values all interpreter frames of a context may hold together.
const VALUE_STACK_SLOTS: usize = 1 << 24;

/// The interpreter's part of a context.
pub struct State {
    values: ValueStack,
    /// Decoded bodies by their encoded form. Only a cache.
    bodies: GcMap<Gc<Bytes>, Decoded>,
    /// The body that runs now.
    innermost: Cell<*const activation::Activation>,
}

#[derive(Clone)]
struct Decoded(Rc<Body>);

// SAFETY: a decoded body holds literal numbers, no objects.
unsafe impl tintype_heap::Trace for Decoded {
    fn trace(&self, _visit: &mut dyn FnMut(usize)) {}
}

impl State {
    /// An empty state. Touches no memory of the value stack yet.
    pub fn new(heap: &Heap) -> std::io::Result<State> {
        Ok(State {
            values: ValueStack::new(heap, VALUE_STACK_SLOTS)?,
            bodies: GcMap::new(heap),
            innermost: Cell::new(std::ptr::null()),
        })
    }

    pub(crate) fn decoded(&self, source: Gc<Bytes>) -> Rc<Body> {
        if let Some(Decoded(body)) = self.bodies.get(&source) {
            return body;
        }
        let body = tintype_hir::decode(source.tail());
        let body = Rc::new(body.unwrap_or_else(|error| panic!("a stored body does not decode: {error}")));
        self.bodies.insert(source, Decoded(body.clone()));
        body
    }
}

/// Interprets a method instance; `arguments[0]` is the called object. The method must have a body.
///
/// # Errors
/// Whatever the body throws; `StackOverflowError` when the stack is nearly used up.
pub fn interpret(cx: &Context, method_instance: Gc<MethodInstance>, arguments: &[Value]) -> Outcome {
    let method = method_instance.method.expect("top-level code is run by `run_thunk`");
    let body = cx.body_of(method_instance)?;
    let (body, literals) = body.unwrap_or_else(|| panic!("method {} has no body", method.name.as_str()));
    let owner = Owner::Method(method_instance);
    run::run(cx, &body, literals, method_instance.static_params, method.module, owner, arguments)
}

/// Runs the declared body of an `@generated` method on the types of the arguments, static parameters as they are.
pub(crate) fn run_generator(cx: &Context, instance: Gc<MethodInstance>) -> Outcome {
    let method = instance.method.expect("top-level code has no generator");
    let source = method.source.unwrap_or_else(|| panic!("method {} has no body", method.name.as_str()));
    let body = cx.interpreter.decoded(source);
    let types = instance.spec_types.get::<DataType>().filter(|types| types.is_tuple());
    let types = types.ok_or_else(|| cx.error("a generated function needs the exact types of its arguments"))?;
    let types: smallvec::SmallVec<[Value; 8]> = types.params().iter().map(Field::unwrap).collect();
    let literals = method.literals.unwrap();
    run::run(cx, &body, literals, instance.static_params, method.module, Owner::TopLevel, &types)
}

/// Runs top-level code once, in `module`. What was being handled where an exception left it stays on the stack of
/// exceptions: whoever takes the exception may want to say what caused it, and truncates the stack.
///
/// # Errors
/// Whatever the code throws.
pub fn run_thunk(cx: &Context, module: Gc<Module>, code: &Materialized) -> Outcome {
    let no_params = cx.svec(&[]);
    run::run(cx, &code.body, code.literals, no_params, module, Owner::TopLevel, &[])
}

/// Lets a context run code: the interpreter, built-in functions and primitive operations.
pub fn install(cx: &Context) {
    cx.set_execution(crate::context::Execution {
        interpret,
        builtin: |cx, number, arguments| crate::builtins::apply(cx, number as u16, arguments),
        intrinsic: |cx, number, arguments| crate::intrinsics::apply(cx, number as u16, arguments),
    });
}
