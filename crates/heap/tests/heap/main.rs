//! The heap's tests as one program: a small object world, random programs against a model, roots, segments.
//!
//! Unit tests of single files are in those files.

mod barrier;
mod model;
mod roots;
mod segments;
mod world;
