//! How long passes take: a record per thread, cheap enough to leave on, merged by whoever collects the threads'.

use std::time::{Duration, Instant};

/// The passes, in the order the pipeline first runs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the passes")]
pub enum Pass {
    SimplifyCfg,
    SimplifyInstructions,
    DeadCode,
    ReplaceAggregates,
    CommonSubexpressions,
    ThreadJumps,
    PeelRecursion,
    RotateLoops,
    LoopInvariants,
    KeepBasesAlive,
    LowerIntrinsics,
    StackSlots,
}

impl Pass {
    /// Every pass, in declaration order.
    pub const ALL: [Pass; 12] = [
        Pass::SimplifyCfg,
        Pass::SimplifyInstructions,
        Pass::DeadCode,
        Pass::ReplaceAggregates,
        Pass::CommonSubexpressions,
        Pass::ThreadJumps,
        Pass::PeelRecursion,
        Pass::RotateLoops,
        Pass::LoopInvariants,
        Pass::KeepBasesAlive,
        Pass::LowerIntrinsics,
        Pass::StackSlots,
    ];

    /// The name in reports and dumps.
    pub const fn name(self) -> &'static str {
        match self {
            Pass::SimplifyCfg => "simplify_cfg",
            Pass::SimplifyInstructions => "simplify_instructions",
            Pass::DeadCode => "eliminate_dead_code",
            Pass::ReplaceAggregates => "replace_aggregates",
            Pass::CommonSubexpressions => "eliminate_common_subexpressions",
            Pass::ThreadJumps => "thread_jumps",
            Pass::PeelRecursion => "peel_recursion",
            Pass::RotateLoops => "rotate_loops",
            Pass::LoopInvariants => "hoist_loop_invariants",
            Pass::KeepBasesAlive => "keep_bases_alive",
            Pass::LowerIntrinsics => "lower_intrinsics",
            Pass::StackSlots => "remove_unused_stack_slots",
        }
    }
}

/// Time spent and runs made, per pass.
#[derive(Clone, Debug, Default)]
pub struct PassTimes {
    entries: [(Duration, u32); Pass::ALL.len()],
}

impl PassTimes {
    /// Time spent in a pass so far, and how often it ran.
    pub fn of(&self, pass: Pass) -> (Duration, u32) {
        self.entries[pass as usize]
    }

    /// Adds another thread's record.
    pub fn merge(&mut self, other: &PassTimes) {
        for (entry, more) in self.entries.iter_mut().zip(&other.entries) {
            entry.0 += more.0;
            entry.1 += more.1;
        }
    }

    /// Runs `work` on account of `pass`.
    pub(crate) fn measure<R>(&mut self, pass: Pass, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        let entry = &mut self.entries[pass as usize];
        entry.0 += start.elapsed();
        entry.1 += 1;
        result
    }
}
