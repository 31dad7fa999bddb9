//! Dividing a module into shards.
//!
//! A shard is a run of functions with consecutive numbers. Front ends define functions in the order in which they meet
//! them, so neighbours call each other and are needed together; and a loader finds a function's shard by bisection,
//! with no table of numbers. The runs are cut so that their weights are nearly equal: no shard is heavier than the
//! average by more than its heaviest function.
//!
//! The number of shards is a function of the module alone, never of the machine: shards wait in a queue for threads,
//! so several for each thread even out what the weights guess wrong.

use std::ops::Range;

use tintype_ir::entity::EntityRef;
use tintype_ir::module::Module;
use tintype_multiversion::ClonePlan;

/// Weight of a shard that is worth its own object file: a few tenths of a second of work.
const SHARD_WEIGHT: u64 = 15_000;
/// Fewer functions than this are not worth a shard.
const FUNCTIONS_PER_SHARD: u64 = 25;
/// More shards than this serve no machine.
const MAX_SHARDS: u64 = 256;

/// A shard: which functions, and what they weigh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) functions: Range<u32>,
    pub(crate) weight: u64,
}

/// Divides the module into `shards` parts, or as many as suit it. There is at least one part, and no part is empty
/// unless the module is.
pub(crate) fn partition(module: &Module, plan: &ClonePlan, shards: Option<u32>) -> Vec<Part> {
    let weights = weights(module, plan);
    let total: u64 = weights.iter().sum();
    let n_functions = weights.len() as u64;
    let suitable = (total / SHARD_WEIGHT).min(n_functions / FUNCTIONS_PER_SHARD).min(MAX_SHARDS);
    let count = shards.map_or(suitable, u64::from).clamp(1, n_functions.max(1));
    cut(&weights, total, count)
}

/// The weight of each function: (1 + instructions + blocks) for each version; nothing for one without a body.
fn weights(module: &Module, plan: &ClonePlan) -> Vec<u64> {
    let weight = |(id, decl): (_, &tintype_ir::module::FunctionDecl)| {
        decl.body.as_ref().map_or(0, |body| {
            let blocks = &body.layout.blocks;
            let insts: usize = blocks.iter().map(|block| body.layout.insts[*block].len()).sum();
            (1 + insts + blocks.len()) as u64 * plan.versions(id).len() as u64
        })
    };
    module.functions.iter().map(weight).collect()
}

/// Cuts where the running weight passes the next multiple of the average, leaving at least one function for each of
/// the parts to come.
fn cut(weights: &[u64], total: u64, count: u64) -> Vec<Part> {
    let mut parts = Vec::with_capacity(count as usize);
    let (mut start, mut before, mut running) = (0, 0, 0);
    for (index, weight) in weights.iter().enumerate() {
        running += weight;
        let made = parts.len() as u64 + 1;
        let functions_left = (weights.len() - index - 1) as u64;
        let is_full = running * count >= total * made || functions_left == count - made;
        if made < count && is_full {
            parts.push(Part { functions: start as u32..index as u32 + 1, weight: running - before });
            (start, before) = (index + 1, running);
        }
    }
    parts.push(Part { functions: start as u32..weights.len() as u32, weight: running - before });
    parts
}

/// The functions of a part that have a body, with their numbers.
pub(crate) fn bodies<'m>(
    module: &'m Module,
    part: &Part,
) -> impl Iterator<Item = (tintype_ir::module::FuncId, &'m tintype_ir::function::Function)> {
    part.functions.clone().filter_map(|number| {
        let id = tintype_ir::module::FuncId::new(number as usize);
        Some((id, module.functions[id].body.as_ref()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_consecutive_and_even() {
        let weights: Vec<u64> = (0..1000).map(|i| 1 + (i * 7919) % 97).collect();
        let total: u64 = weights.iter().sum();
        for count in [1, 2, 3, 7, 64, 999, 1000] {
            let parts = cut(&weights, total, count);
            assert_eq!(parts.len() as u64, count);
            let mut next = 0;
            for part in &parts {
                assert_eq!(part.functions.start, next);
                assert!(!part.functions.is_empty());
                next = part.functions.end;
                assert!(part.weight <= total / count + 97 * 2, "{part:?}");
                assert_eq!(part.weight, weights[part.functions.start as usize..next as usize].iter().sum::<u64>());
            }
            assert_eq!(next, 1000);
        }
    }

    #[test]
    fn one_giant_leaves_functions_for_the_others() {
        let parts = cut(&[1, 1000, 1, 1], 1003, 4);
        assert_eq!(parts.iter().map(|part| part.functions.len()).collect::<Vec<_>>(), [1, 1, 1, 1]);
        assert_eq!(cut(&[], 0, 1), [Part { functions: 0..0, weight: 0 }]);
        assert_eq!(cut(&[0, 0, 0], 0, 2).len(), 2);
    }
}
