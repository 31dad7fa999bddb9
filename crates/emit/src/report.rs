//! What was emitted and how long it took.

use std::ops::Range;
use std::time::{Duration, Instant};

use tintype_passes::timing::PassTimes;

/// What an emission made.
#[derive(Clone, Debug, Default)]
pub struct EmitReport {
    /// Functions with a body.
    pub functions: usize,
    /// By target, the versions of functions that were made for it.
    pub versions: Vec<usize>,
    /// Functions with a relocation slot.
    pub mv_slots: usize,
    /// One entry for each shard.
    pub shards: Vec<ShardReport>,
    /// Bytes of machine code, all versions and support functions together.
    pub code_bytes: u64,
    /// Bytes of the heap segment.
    pub heap_bytes: u64,
    /// Bytes of the image file.
    pub file_bytes: u64,
    /// Identifies the image's content.
    pub build_id: u128,
    /// Number of threads that worked on shards.
    pub threads: usize,
    /// Wall time by phase, in order.
    pub phases: PhaseTimes,
    /// Time spent in passes, summed over threads.
    pub passes: PassTimes,
}

/// One shard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShardReport {
    /// The numbers of its functions.
    pub functions: Range<u32>,
    /// Its weight, by which the module was divided.
    pub weight: u64,
    /// Bytes of machine code.
    pub code_bytes: u64,
    /// Time in passes.
    pub optimise: Duration,
    /// Time in code generation.
    pub generate: Duration,
    /// Time to write the object file.
    pub write: Duration,
}

/// Wall time by phase, in the order in which they ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhaseTimes(Vec<(&'static str, Duration)>);

impl PhaseTimes {
    /// Name and time of each phase.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().copied()
    }

    /// The time of all phases.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.0.iter().map(|(_, time)| *time).sum()
    }

    pub(crate) fn measure<R>(&mut self, phase: &'static str, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        self.0.push((phase, start.elapsed()));
        result
    }
}
