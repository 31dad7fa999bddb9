//! The pipeline: which passes run in which order. Read [`optimize`] from top to bottom.
//!
//! | stage | what it does | where |
//! |---|---|---|
//! | early simplification | control flow, instructions, dead code | [`optimize_neutral`] |
//! | early optimisation | scalar replacement, common subexpressions, jump threading, tests of recursive functions at their calls | [`optimize_neutral`], from level 1 |
//! | loop | rotation, invariant code motion | [`optimize_neutral`], from level 2 |
//! | scalar | does not exist yet; it comes after the loop stage | |
//! | vector | does not exist yet; it comes after the scalar stage | |
//! | intrinsic lowering | allocation, barriers, safepoints, throws, CPU tests | [`lower_for_target`] |
//! | clean-up | what lowering left over | [`lower_for_target`] |
//!
//! The stages up to lowering give the same result for every target, so that a function compiled for several is optimised
//! once. Level 0 only lowers.

use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::dominators::DominatorTree;
use tintype_ir::function::Function;
use tintype_ir::module::Module;
use tintype_ir::verify::verify_function;

use crate::dce::eliminate_dead_code;
use crate::early_cse::eliminate_common_subexpressions;
use crate::keep_alive::keep_bases_alive;
use crate::licm::hoist_loop_invariants;
use crate::lower_intrinsics::{lower_intrinsics, verify_lowered};
use crate::peel_recursion::peel_recursion;
use crate::rotate_loops::rotate_loops;
use crate::simplify::simplify_instructions;
use crate::simplify_cfg::{remove_unreachable_blocks, simplify_cfg};
use crate::sroa::replace_aggregates;
use crate::stack_slots::remove_unused_stack_slots;
use crate::thread_jumps::thread_jumps;
use crate::timing::{Pass, PassTimes};

/// The stages, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the module's table describes them")]
pub enum Stage {
    EarlySimplification,
    EarlyOptimisation,
    Loop,
    IntrinsicLowering,
    CleanUp,
}

/// Which end of a stage a marker stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Marker {
    Before,
    After,
}

/// Looks at the function between stages: for dumps and tests.
pub type Observer<'a> = dyn Fn(Stage, Marker, &Function) + Sync + 'a;

/// How to optimise. Immutable and shared between threads.
#[derive(Clone, Copy)]
pub struct PipelineOptions<'a> {
    /// 0: only lower; 1: straight-line optimisation; 2: loops too; 3: as 2 for now.
    pub level: u8,
    /// Whether the verifier runs after every pass.
    pub verify: bool,
    /// Called before and after every stage that runs.
    pub observer: Option<&'a Observer<'a>>,
}

impl Default for PipelineOptions<'_> {
    /// Level 2, verified in debug builds.
    fn default() -> Self {
        Self { level: 2, verify: cfg!(debug_assertions), observer: None }
    }
}

/// What a thread that optimises many functions keeps between them.
#[derive(Debug, Default)]
pub struct PassContext {
    /// Where the time went.
    pub times: PassTimes,
}

/// Runs the whole pipeline on a function for one CPU, whose features `cpu_has` tells. `module` is the function's; its
/// body there is not looked at, so that callers can take it out while it is worked on.
///
/// # Panics
/// When a pass, or what called it, breaks the IR's rules and `options.verify` is set.
pub fn optimize(
    func: &mut Function,
    module: &Module,
    context: &mut PassContext,
    options: &PipelineOptions,
    cpu_has: &dyn Fn(&str) -> bool,
) {
    optimize_neutral(func, module, context, options);
    lower_for_target(func, module, context, options, cpu_has);
}

/// Runs the whole pipeline on every body of a module, one after the other.
///
/// # Panics
/// As [`optimize`].
pub fn optimize_module(
    module: &mut Module,
    context: &mut PassContext,
    options: &PipelineOptions,
    cpu_has: &dyn Fn(&str) -> bool,
) {
    for id in module.functions.keys() {
        if let Some(mut body) = module.functions[id].body.take() {
            optimize(&mut body, module, context, options, cpu_has);
            module.functions[id].body = Some(body);
        }
    }
}

/// Runs the stages whose result does not depend on the target.
///
/// # Panics
/// As [`optimize`].
pub fn optimize_neutral(func: &mut Function, module: &Module, context: &mut PassContext, options: &PipelineOptions) {
    let mut run = Run { func, module, context, options };
    run.check("the front end");
    if options.level == 0 {
        return;
    }
    run.stage(Stage::EarlySimplification, |run| {
        run.simplify_cfg();
        run.simplify_instructions();
        run.simplify_cfg();
        run.eliminate_dead_code();
    });
    run.stage(Stage::EarlyOptimisation, |run| {
        run.reuse_values();
        // Threading brings definitions and uses together that a merge kept apart.
        if options.level >= 2 && run.thread_jumps() {
            run.reuse_values();
        }
        if options.level >= 2 && run.peel_recursion() {
            run.reuse_values();
        }
        run.eliminate_dead_code();
    });
    if options.level >= 2 {
        run.stage(Stage::Loop, |run| {
            let rotated = run.rotate_loops();
            if rotated {
                run.simplify_cfg();
                run.eliminate_common_subexpressions();
            }
            if run.hoist_loop_invariants() | rotated {
                run.simplify_cfg();
                run.simplify_instructions();
                run.eliminate_common_subexpressions();
                run.simplify_cfg();
                run.eliminate_dead_code();
            }
        });
    }
}

/// Runs the stages that end the pipeline, for one CPU.
///
/// # Panics
/// As [`optimize`].
pub fn lower_for_target(
    func: &mut Function,
    module: &Module,
    context: &mut PassContext,
    options: &PipelineOptions,
    cpu_has: &dyn Fn(&str) -> bool,
) {
    let mut run = Run { func, module, context, options };
    run.stage(Stage::IntrinsicLowering, |run| {
        run.keep_bases_alive();
        run.lower_intrinsics(cpu_has);
    });
    run.stage(Stage::CleanUp, |run| {
        if options.level >= 1 {
            run.simplify_instructions();
            run.simplify_cfg();
            run.eliminate_dead_code();
        }
        run.remove_unused_stack_slots();
    });
    if options.verify {
        verify_lowered(run.func).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// One function on its way through the pipeline.
struct Run<'a> {
    func: &'a mut Function,
    module: &'a Module,
    context: &'a mut PassContext,
    options: &'a PipelineOptions<'a>,
}

/// Every pass with the analyses it asks for. Those that say whether they changed anything are those somebody asks.
impl Run<'_> {
    /// What is computed or stored already is not computed or loaded again.
    fn reuse_values(&mut self) {
        self.replace_aggregates();
        self.simplify_instructions();
        if self.eliminate_common_subexpressions() {
            self.simplify_instructions();
        }
        self.simplify_cfg();
    }

    fn simplify_cfg(&mut self) {
        self.pass(Pass::SimplifyCfg, |func, module| {
            simplify_cfg(func, &module.abi);
        });
    }

    fn simplify_instructions(&mut self) {
        self.pass(Pass::SimplifyInstructions, |func, _| {
            let cfg = ControlFlowGraph::compute(func);
            simplify_instructions(func, &cfg);
        });
    }

    fn eliminate_dead_code(&mut self) {
        self.pass(Pass::DeadCode, |func, module| {
            let cfg = ControlFlowGraph::compute(func);
            eliminate_dead_code(func, &cfg, &module.abi);
        });
    }

    fn replace_aggregates(&mut self) {
        self.pass(Pass::ReplaceAggregates, |func, module| {
            let cfg = ControlFlowGraph::compute(func);
            replace_aggregates(func, &cfg, &module.abi);
        });
    }

    fn eliminate_common_subexpressions(&mut self) -> bool {
        self.pass(Pass::CommonSubexpressions, |func, module| {
            let cfg = ControlFlowGraph::compute(func);
            let dominators = DominatorTree::compute(func, &cfg);
            eliminate_common_subexpressions(func, &cfg, &dominators, &module.abi)
        })
    }

    fn thread_jumps(&mut self) -> bool {
        self.pass(Pass::ThreadJumps, |func, module| thread_jumps(func, &module.abi))
    }

    fn peel_recursion(&mut self) -> bool {
        self.pass(Pass::PeelRecursion, peel_recursion)
    }

    fn rotate_loops(&mut self) -> bool {
        self.pass(Pass::RotateLoops, |func, _| rotate_loops(func))
    }

    fn hoist_loop_invariants(&mut self) -> bool {
        self.pass(Pass::LoopInvariants, |func, module| hoist_loop_invariants(func, &module.abi))
    }

    fn keep_bases_alive(&mut self) {
        self.pass(Pass::KeepBasesAlive, |func, module| {
            remove_unreachable_blocks(func);
            let cfg = ControlFlowGraph::compute(func);
            keep_bases_alive(func, &cfg, &module.abi);
        });
    }

    fn lower_intrinsics(&mut self, cpu_has: &dyn Fn(&str) -> bool) {
        self.pass(Pass::LowerIntrinsics, |func, module| {
            lower_intrinsics(func, module, cpu_has);
        });
    }

    fn remove_unused_stack_slots(&mut self) {
        self.pass(Pass::StackSlots, |func, _| {
            remove_unused_stack_slots(func);
        });
    }

    fn stage(&mut self, stage: Stage, passes: impl FnOnce(&mut Self)) {
        self.observe(stage, Marker::Before);
        passes(self);
        self.observe(stage, Marker::After);
    }

    fn observe(&self, stage: Stage, marker: Marker) {
        if let Some(observer) = self.options.observer {
            observer(stage, marker, self.func);
        }
    }

    fn pass<R>(&mut self, pass: Pass, work: impl FnOnce(&mut Function, &Module) -> R) -> R {
        let (func, module) = (&mut *self.func, self.module);
        let result = self.context.times.measure(pass, || work(func, module));
        self.check(pass.name());
        result
    }

    fn check(&self, culprit: &str) {
        if !self.options.verify {
            return;
        }
        if let Err(errors) = verify_function(self.module, self.func) {
            let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("%{} is wrong after {culprit}: {}", self.func.name, list.join("; "));
        }
    }
}
