//! The run-time system as the back end sees it: the task's offsets, the size classes, and every helper by its number.
//!
//! A pure conversion of what `runtime` and `heap` declare; nothing is decided here but how a helper's effects read in the
//! optimiser's terms.

use std::mem::offset_of;

use tintype_heap::{CELL_BYTES, FLAGS, HEADER_BYTES, UNLOGGED};
use tintype_ir::abi::{CallTable, Effects, Helper, HelperId, ObjectLayout, RuntimeAbi, TaskLayout, WellKnownHelpers};
use tintype_ir::types::{Signature, Type};
use tintype_runtime::Task;
use tintype_runtime::helpers::{self, HELPERS, HelperEffects, HelperSpec, HelperType};
use tintype_runtime::layout_consts;

/// The description of this run-time system. It is the same in every process.
pub fn runtime_abi() -> RuntimeAbi {
    let id = |number: usize| HelperId::from_u32(number as u32);
    RuntimeAbi {
        task: task_layout(),
        object: ObjectLayout {
            header_offset: -(HEADER_BYTES as i32),
            unlogged_bit: UNLOGGED,
            flag_mask: FLAGS,
            class_payloads: CELL_BYTES.iter().map(|bytes| bytes - HEADER_BYTES as u32).collect(),
        },
        helpers: HELPERS.iter().enumerate().map(|(number, spec)| helper(number, spec)).collect(),
        well_known: WellKnownHelpers {
            allocate: id(helpers::ALLOCATE),
            log_object: id(helpers::LOG_OBJECT),
            throw: id(helpers::THROW),
            stack_overflow: id(helpers::STACK_OVERFLOW),
            poll: id(helpers::POLL),
            find_handler: id(helpers::FIND_HANDLER),
            rounding: [id(helpers::FLOOR), id(helpers::CEIL), id(helpers::TRUNC), id(helpers::NEAREST)],
            fma: id(helpers::FMA),
            frem: id(helpers::FREM),
        },
        calls: Some(call_table()),
    }
}

fn call_table() -> CallTable {
    CallTable {
        helper: HelperId::from_u32(helpers::APPLY_GENERIC as u32),
        many: HelperId::from_u32(helpers::APPLY_MANY as u32),
        task_table: offset_of!(Task, calls) as u32,
        table_length: layout_consts::SVEC_LENGTH,
        table_first: layout_consts::SVEC_ELEMENTS,
        entry_tag: layout_consts::CALL_TARGET_TAG,
        entry_invoke: layout_consts::CALL_TARGET_INVOKE,
        entry_code_instance: layout_consts::CALL_TARGET_CODE_INSTANCE,
        entry_keys: layout_consts::CALL_TARGET_KEYS,
    }
}

fn task_layout() -> TaskLayout {
    let at = |offset: usize| offset as u32;
    TaskLayout {
        stubs: at(offset_of!(Task, stubs)),
        helpers: at(offset_of!(Task, helpers)),
        stack_limit: at(offset_of!(Task, stack_limit)),
        pending_exception: at(offset_of!(Task, pending_exception)),
        context: at(offset_of!(Task, context)),
        context_slots: at(offset_of!(Task, context_slots)),
        world_age: at(offset_of!(Task, world_age)),
        exit_fp: at(offset_of!(Task, exit_fp)),
        exit_pc: at(offset_of!(Task, exit_pc)),
        entry_record: at(offset_of!(Task, entry_record)),
        resume_pc: at(offset_of!(Task, resume_pc)),
        resume_sp: at(offset_of!(Task, resume_sp)),
        resume_fp: at(offset_of!(Task, resume_fp)),
        poll: at(offset_of!(Task, poll)),
        // The mutator begins with the free-list heads.
        alloc_buffers: at(offset_of!(Task, mutator)),
    }
}

fn helper(number: usize, spec: &HelperSpec) -> Helper {
    let ty = |ty: &HelperType| match ty {
        HelperType::I8 => Type::I8,
        HelperType::I64 => Type::I64,
        HelperType::F64 => Type::F64,
        HelperType::Ref => Type::Ref,
    };
    let params: Vec<Type> = spec.params.iter().map(ty).collect();
    let results: Vec<Type> = spec.result.iter().map(ty).collect();
    Helper { name: spec.name.to_owned(), signature: Signature::system(params, results), effects: effects(number, spec) }
}

fn effects(number: usize, spec: &HelperSpec) -> Effects {
    match spec.effects {
        HelperEffects::Pure => Effects::PURE,
        HelperEffects::Quiet => Effects { reads: true, writes: true, ..Effects::PURE },
        // Out of memory is thrown by the one helper that allocates on behalf of compiled code.
        HelperEffects::Allocates => Effects {
            collects: true,
            throws: number == helpers::ALLOCATE,
            // One without a result is called for what it changes in the task.
            reads: spec.result.is_none(),
            writes: spec.result.is_none(),
            ..Effects::PURE
        },
        HelperEffects::Reads => Effects { reads: true, collects: true, ..Effects::PURE },
        HelperEffects::Throws => Effects { diverges: true, ..Effects::ANY },
        HelperEffects::Any => Effects::ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_classes_agree_with_the_heap() {
        let abi = runtime_abi();
        for bytes in (0..40_000_u32).step_by(7) {
            let class = tintype_heap::size_class(bytes as usize).map(|class| class.index as usize);
            assert_eq!(abi.size_class(bytes), class, "{bytes} bytes");
        }
    }

    #[test]
    fn calls_are_remembered_as_the_stub_looks_them_up() {
        use tintype_runtime::dispatch::targets;
        assert_eq!(targets::MAX_ARGS, CallTable::MAX_ARGS);
        assert_eq!((targets::TAG_SHIFT, targets::TURN), (CallTable::TAG_SHIFT, CallTable::TURN));
        assert_eq!((targets::MULTIPLIER, targets::SHIFT), (CallTable::MULTIPLIER, CallTable::SHIFT));
    }

    #[test]
    fn helpers_that_change_the_task_are_kept() {
        let abi = runtime_abi();
        for name in ["enter_handler", "pop_exception", "log_object"] {
            let id = abi.helper_named(name).expect("a helper of that name");
            assert!(abi.helper(id).effects.writes, "{name}");
        }
    }
}
