//! The smallest run-time description: for embedders without a language, for examples and for tests.
//!
//! Offsets are those of a task record that starts with the stub and helper tables; the well-known helpers come first,
//! with fixed numbers. Nothing here implements them.

use crate::abi::{Effects, Helper, HelperId, ObjectLayout, RuntimeAbi, TaskLayout, WellKnownHelpers};
use crate::types::{Signature, Type};

impl RuntimeAbi {
    /// The description without a language: the well-known helpers only, numbered in the order of
    /// [`WellKnownHelpers`]'s fields. Callers append helpers of their own to `helpers`.
    pub fn bare() -> Self {
        let id = HelperId::from_u32;
        let raising = |diverges| Effects { diverges, ..Effects::ANY };
        let quiet = Effects { writes: true, reads: true, ..Effects::PURE };
        let round = |name| helper(name, &[Type::F64], &[Type::F64], Effects::PURE);
        Self {
            task: TaskLayout {
                stubs: 0,
                helpers: 8,
                stack_limit: 16,
                pending_exception: 24,
                context: 32,
                world_age: 40,
                exit_fp: 48,
                exit_pc: 56,
                entry_record: 64,
                resume_pc: 72,
                resume_sp: 80,
                resume_fp: 88,
                poll: 96,
                context_slots: 104,
                alloc_buffers: 128,
            },
            object: ObjectLayout {
                header_offset: -8,
                unlogged_bit: 1,
                flag_mask: 15,
                class_payloads: vec![8, 24, 40, 56, 88, 120, 248],
            },
            helpers: vec![
                helper("allocate", &[Type::Ref, Type::I64], &[Type::Ref], raising(false)),
                helper("log_object", &[Type::Ref], &[], quiet),
                helper("throw", &[Type::Ref], &[], raising(true)),
                helper("stack_overflow", &[], &[], raising(false)),
                helper("poll", &[], &[], raising(false)),
                helper("find_handler", &[], &[Type::Ref], quiet),
                round("floor"),
                round("ceil"),
                round("trunc"),
                round("nearest"),
                helper("fma", &[Type::F64, Type::F64, Type::F64], &[Type::F64], Effects::PURE),
                helper("frem", &[Type::F64, Type::F64], &[Type::F64], Effects::PURE),
            ],
            well_known: WellKnownHelpers {
                allocate: id(0),
                log_object: id(1),
                throw: id(2),
                stack_overflow: id(3),
                poll: id(4),
                find_handler: id(5),
                rounding: [id(6), id(7), id(8), id(9)],
                fma: id(10),
                frem: id(11),
            },
            calls: None,
        }
    }
}

fn helper(name: &str, params: &[Type], results: &[Type], effects: Effects) -> Helper {
    Helper { name: name.to_owned(), signature: Signature::system(params, results), effects }
}
