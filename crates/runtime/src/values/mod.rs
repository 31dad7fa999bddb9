//! Making and reading values: boxes of primitives, symbols, strings, vectors, structs, arrays, and identity (`===`).

pub mod allocate;
pub mod arrays;
pub mod boxes;
pub mod egal;
pub mod expressions;
pub mod structs;
