//! Decides which function is cloned for which CPU target, before partitioning.
//!
//! An image for several CPU targets does not hold every function once for each: code that no instruction of a newer
//! CPU would improve is kept once. [`annotate`] looks at the whole module, so the decision is the same however the
//! module is later split into shards, and a shard may refer to a version in another because that shard is bound to
//! emit it. The result, a [`ClonePlan`], says which versions exist, how a call from one version reaches its callee
//! ([`Route`]), and which functions need a relocation slot that the loader fills.
//!
//! It reads the IR and changes nothing; it emits nothing and knows no symbol, section or table.

#![forbid(unsafe_code)]

mod calls;
mod facts;
mod plan;
mod select;
mod target_set;

#[cfg(test)]
mod tests;

pub use facts::FunctionFacts;
pub use plan::{ClonePlan, Route, annotate};
pub use target_set::TargetSet;
