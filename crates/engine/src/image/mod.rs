//! Images of an engine: building them from a running program, and starting from them.
//!
//! A system image holds the whole world of a context that evaluated the base library. A program image is its child: what
//! evaluating the program added, and the words it changed in its parent (`patches`). File format, linking and mapping
//! are the business of `emit`, `image` and `loader`.

mod build;
mod patches;
mod roots;
mod save;
mod start;

pub use build::{BuildError, BuildOptions, BuildReport, build_image};
pub(crate) use start::{Loaded, open_chain};

use tintype_heap::HeapObject;
use tintype_runtime::objects::*;

/// The blob with what a program image says about its program.
const PROGRAM_META: &str = "program";
/// The blob with the words a child changes in its parent.
const PATCHES_META: &str = "patches";

/// A hash of the layouts of all metadata objects and of the numbering that images rely on: both must be the same in the
/// program that loads an image as in the one that wrote it.
pub(crate) fn layout_hash() -> u64 {
    let descriptions = [
        DataType::describe(),
        TypeName::describe(),
        UnionAll::describe(),
        UnionType::describe(),
        TypeVar::describe(),
        Vararg::describe(),
        Symbol::describe(),
        JlString::describe(),
        SimpleVector::describe(),
        Module::describe(),
        Binding::describe(),
        Method::describe(),
        MethodTable::describe(),
        MethodInstance::describe(),
        DispatchEntry::describe(),
        Code::describe(),
        CodeInstance::describe(),
        Edge::describe(),
        Array::describe(),
        Memory::describe(),
        StructuralTable::describe(),
        WellKnown::describe(),
        tintype_runtime::World::describe(),
    ];
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for description in descriptions {
        hash.update(&description.fingerprint().to_le_bytes());
    }
    for info in tintype_runtime::builtins::TABLE {
        hash.update(info.name.as_bytes());
    }
    for info in tintype_runtime::intrinsics::TABLE {
        hash.update(info.name.as_bytes());
    }
    hash.digest()
}

/// The hash of the run-time description compiled code relies on.
pub(crate) fn abi_hash() -> u64 {
    tintype_irgen::abi::runtime_abi().hash()
}
