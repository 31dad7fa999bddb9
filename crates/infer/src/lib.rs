//! Abstract interpretation over the method tables, and language-level optimisation.
//!
//! [`infer`] finds what a method instance returns and relies on, optimises its body (known calls resolved, small callees
//! inlined, constants folded) and records both as code of the engine. Machine types are not known here; the result is a
//! `tintype_hir::TypedBody` that the interpreter runs as well as the plain body.

#![forbid(unsafe_code)]

mod analyse;
mod builtins;
mod calls;
mod edges;
mod flow;
mod lattice;
mod optimize;
mod provisional;
mod record;
mod return_type;
mod session;
mod transfer;
mod unit;

pub use return_type::return_type;
pub use session::infer;
