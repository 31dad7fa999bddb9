//! CPU targets: the spec grammar, feature and CPU tables, host detection, matching.
//!
//! An image may hold machine code for several CPUs. This crate says what a CPU is ([`FeatureSet`], [`Cpu`]), reads
//! the text a user names targets with ([`Spec`]), writes and reads the list an image carries ([`blob`]), finds out
//! what the running machine can do ([`Host`]), and decides which target of an image serves it ([`select`]).
//!
//! It knows no IR and no code generator, reads no environment variable, and prints nothing.

#![deny(unsafe_code)]

pub mod blob;

mod arch;
mod cpu;
mod feature;
mod feature_table;
mod help;
mod host;
mod parse;
mod select;
mod spec;

pub use arch::Arch;
pub use cpu::{Cpu, cpus, find_cpu};
pub use feature::{FeatureSet, NON_REPLAYABLE};
pub use feature_table::{Feature, FeatureInfo, constant_answer, features};
pub use help::help_text;
pub use host::Host;
pub use parse::{MAX_TARGETS, Spec, SpecError};
pub use select::{NoMatch, Reason, Rejection, Selection, Verdict, explain, select};
pub use spec::{TargetFlags, TargetSpec, base_of, display_targets, group_of, is_full, newly_enabled};
