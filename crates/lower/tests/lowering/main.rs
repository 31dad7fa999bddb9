//! Tests of lowering: programs evaluated, mistakes reported, macros expanded, shapes of bodies.

mod diagnostics;
mod hygiene;
mod programs;
mod shapes;
mod support;
