//! The optimisation pipeline, IR to IR. Start with [`optimize`]; every pass is a function of its own as well.
//!
//! Passes know the embedder's run-time system by its `RuntimeAbi` alone. They generate no code, allocate no symbols, and
//! change one function at a time, so that functions can be optimised in parallel.

#![forbid(unsafe_code)]

mod constant;
mod dce;
mod duplicate;
mod early_cse;
mod effects;
mod keep_alive;
mod licm;
mod loops;
mod lower_intrinsics;
mod peel_recursion;
pub mod pipeline;
mod redundant_params;
mod resolve;
mod rotate_loops;
mod simplify;
mod simplify_cfg;
mod sroa;
mod ssa_repair;
mod stack_slots;
mod targets;
mod thread_jumps;
pub mod timing;

pub use dce::eliminate_dead_code;
pub use early_cse::eliminate_common_subexpressions;
pub use keep_alive::keep_bases_alive;
pub use licm::hoist_loop_invariants;
pub use lower_intrinsics::{TASK_REGION, lower_intrinsics, verify_lowered};
pub use peel_recursion::peel_recursion;
pub use pipeline::{PassContext, PipelineOptions, lower_for_target, optimize, optimize_module, optimize_neutral};
pub use redundant_params::remove_redundant_params;
pub use rotate_loops::rotate_loops;
pub use simplify::simplify_instructions;
pub use simplify_cfg::{remove_unreachable_blocks, simplify_cfg};
pub use sroa::replace_aggregates;
pub use stack_slots::remove_unused_stack_slots;
pub use thread_jumps::thread_jumps;
