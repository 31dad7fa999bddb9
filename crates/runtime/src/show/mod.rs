//! Printed forms that the run-time system itself makes: numbers, names, types. Everything else prints in Base.

mod aliases;
pub mod names;
pub mod numbers;
pub mod types;
