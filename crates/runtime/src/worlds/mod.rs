//! Worlds: what holds since when, what compiled code relied on, and what happens when it no longer holds.

pub mod adopt;
pub mod edges;
pub mod fork;
pub mod invalidate;
pub mod invalidation_log;

pub use adopt::{adopt, adopt_any, find_code, link, register_code};
pub use edges::{binding_edge, binding_type_edge, code_edge, dispatch_edge, invoke_edge};
pub use invalidate::{add_backedges, binding_changed, method_added};

/// The world age of a fresh context.
pub const WORLD_FIRST: u64 = 1;
