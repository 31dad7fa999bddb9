//! How references to things outside the function are named towards the back end: a namespace per kind, the entity's number.

use cranelift_codegen::ir::UserExternalName;
use tintype_ir::module::{DataId, FuncId, SlotId};

use crate::record::RelocTarget;

/// The back end's name for a target.
pub(crate) fn name(target: RelocTarget) -> UserExternalName {
    let (namespace, index) = match target {
        RelocTarget::Function(func) => (0, func.as_u32()),
        RelocTarget::MvSlot(func) => (1, func.as_u32()),
        RelocTarget::Slot(slot) => (2, slot.as_u32()),
        RelocTarget::Data(data) => (3, data.as_u32()),
    };
    UserExternalName { namespace, index }
}

/// The inverse of [`name`].
pub(crate) fn target(name: &UserExternalName) -> RelocTarget {
    match name.namespace {
        0 => RelocTarget::Function(FuncId::from_u32(name.index)),
        1 => RelocTarget::MvSlot(FuncId::from_u32(name.index)),
        2 => RelocTarget::Slot(SlotId::from_u32(name.index)),
        3 => RelocTarget::Data(DataId::from_u32(name.index)),
        other => unreachable!("namespace {other}"),
    }
}
