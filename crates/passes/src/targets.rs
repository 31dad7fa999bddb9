//! One target of a terminator, without listing them all: a switch may have thousands, and each of its edges asks.

use tintype_ir::cfg::Edge;
use tintype_ir::function::Function;
use tintype_ir::instruction::{BlockCall, InstData};

/// The target an edge takes.
pub(crate) fn target<'f>(func: &'f Function, edge: &Edge) -> &'f BlockCall {
    nth_target(&func.dfg.insts[edge.inst], edge.index as usize)
}

/// The n-th of the [`targets`](InstData::targets).
///
/// # Panics
/// When there are not so many.
pub(crate) fn nth_target(data: &InstData, index: usize) -> &BlockCall {
    match (data, index) {
        (InstData::Jump(dest), 0) => dest,
        (InstData::Branch { then_dest, .. }, 0) => then_dest,
        (InstData::Branch { else_dest, .. }, 1) => else_dest,
        (InstData::Switch { default, .. }, 0) => default,
        (InstData::Switch { targets, .. }, _) => &targets[index - 1],
        (InstData::TryCall { normal, .. }, 0) => normal,
        (InstData::TryCall { catch, .. }, 1) => catch,
        _ => panic!("{data:?} has no target {index}"),
    }
}

/// The target an edge takes, to change it.
pub(crate) fn target_mut<'f>(func: &'f mut Function, edge: &Edge) -> &'f mut BlockCall {
    let (data, index) = (&mut func.dfg.insts[edge.inst], edge.index as usize);
    match (data, index) {
        (InstData::Jump(dest), 0) => dest,
        (InstData::Branch { then_dest, .. }, 0) => then_dest,
        (InstData::Branch { else_dest, .. }, 1) => else_dest,
        (InstData::Switch { default, .. }, 0) => default,
        (InstData::Switch { targets, .. }, _) => &mut targets[index - 1],
        (InstData::TryCall { normal, .. }, 0) => normal,
        (InstData::TryCall { catch, .. }, 1) => catch,
        (data, _) => panic!("{data:?} has no target {index}"),
    }
}
