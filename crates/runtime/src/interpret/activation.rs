//! Which bodies are being interpreted, and where each stands: the interpreter's part of a backtrace.
//!
//! An activation lies in the frame of the Rust function that runs the body. The activations of a context form a chain,
//! innermost first; those of compiled code lie between them on the same stack, so addresses tell their order.

use std::cell::Cell;

use super::State;
use crate::objects::*;
use tintype_hir::Body;

/// A body that is being run.
pub(super) struct Activation {
    outer: Cell<*const Activation>,
    body: *const Body,
    owner: Owner,
    /// The statement it is at.
    pub statement: Cell<u32>,
}

/// Whose body runs.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// A method's.
    Method(Gc<MethodInstance>),
    /// Nobody's: top-level code, or the generator of a generated function.
    TopLevel,
}

/// Takes the activation out of the chain again.
pub(super) struct Linked<'a> {
    state: &'a State,
    activation: &'a Activation,
}

/// What a backtrace sees of an activation.
pub(crate) struct ActivationView<'a> {
    /// Where it lies on the stack.
    pub address: usize,
    pub owner: Owner,
    pub body: &'a Body,
    pub statement: u32,
}

impl Activation {
    pub fn new(body: &Body, owner: Owner) -> Activation {
        let (outer, statement) = (Cell::new(std::ptr::null()), Cell::new(0));
        Activation { outer, body, owner, statement }
    }

    /// Makes this the innermost activation until the result is dropped; it is borrowed, so it does not move meanwhile.
    pub fn link<'a>(&'a self, state: &'a State) -> Linked<'a> {
        self.outer.set(state.innermost.replace(self));
        Linked { state, activation: self }
    }
}

impl Drop for Linked<'_> {
    fn drop(&mut self) {
        self.state.innermost.set(self.activation.outer.get());
    }
}

impl State {
    /// Every activation, innermost first.
    pub(crate) fn activations(&self) -> impl Iterator<Item = ActivationView<'_>> {
        let mut at = self.innermost.get();
        std::iter::from_fn(move || {
            // SAFETY: an activation is in the chain only while it is borrowed by its `Linked`, in a function that has not
            // returned; its body is borrowed as long. The caller cannot let interpreted code return meanwhile, since it
            // is called by it.
            let activation = unsafe { at.as_ref() }?;
            // SAFETY: as above.
            let body = unsafe { &*activation.body };
            let address = at.addr();
            at = activation.outer.get();
            Some(ActivationView { address, owner: activation.owner, body, statement: activation.statement.get() })
        })
    }
}
