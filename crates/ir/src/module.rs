//! A module: functions that refer to each other, object slots, data, and the run-time description they share.

use std::sync::Arc;

use crate::abi::RuntimeAbi;
use crate::entity::PrimaryMap;
use crate::function::Function;
use crate::types::Signature;

crate::entity! {
    /// A function of the module.
    FuncId, "fn"
}
crate::entity! {
    /// A word that holds an object's address.
    SlotId, "slot"
}
crate::entity! {
    /// A piece of data with an address.
    DataId, "data"
}
crate::entity! {
    /// A set of memory that no access of another region touches; `region0` may be anything.
    AliasRegion, "region"
}

/// Who can see a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Linkage {
    /// Defined here; other shards of the same image may call it.
    Local,
    /// Defined here and entered in the image's function table under this id.
    Table(u32),
    /// Defined elsewhere, found by name when linked.
    Import,
}

/// A function of a module.
#[derive(Clone, Debug)]
pub struct FunctionDecl {
    /// Symbol name, unique in the module.
    pub name: String,
    /// Parameters and results.
    pub signature: Signature,
    /// Who can see it.
    pub linkage: Linkage,
    /// The body, unless imported.
    pub body: Option<Function>,
}

/// How the address of a slot's object is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// One object for the whole engine: a word in the image's (or the JIT batch's) data.
    Single,
    /// One object per context: an entry of the context's table.
    Context {
        /// Index in the table.
        index: u32,
    },
}

/// A slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotDecl {
    /// Name for dumps, stable over builds.
    pub name: String,
    /// How it is addressed.
    pub kind: SlotKind,
}

/// A piece of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDecl {
    /// Symbol name, unique in the module.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Alignment, a power of two.
    pub align: u64,
    /// Initial content; `None` means zero. Shorter content is followed by zeros.
    pub content: Option<Vec<u8>>,
    /// Whether the program writes to it.
    pub writable: bool,
}

/// Functions, slots and data compiled together.
#[derive(Clone, Debug)]
pub struct Module {
    /// The name, a prefix of shard names.
    pub name: String,
    /// Functions.
    pub functions: PrimaryMap<FuncId, FunctionDecl>,
    /// Object slots.
    pub slots: PrimaryMap<SlotId, SlotDecl>,
    /// Data.
    pub data: PrimaryMap<DataId, DataDecl>,
    /// Names of alias regions; `region0` is "any".
    pub regions: PrimaryMap<AliasRegion, String>,
    /// The run-time system.
    pub abi: Arc<RuntimeAbi>,
}

impl Module {
    /// An empty module.
    pub fn new(name: impl Into<String>, abi: Arc<RuntimeAbi>) -> Self {
        let mut regions = PrimaryMap::new();
        regions.push("any".to_owned());
        Self {
            name: name.into(),
            functions: PrimaryMap::new(),
            slots: PrimaryMap::new(),
            data: PrimaryMap::new(),
            regions,
            abi,
        }
    }

    /// The function with this name, by a search through all of them.
    pub fn function_named(&self, name: &str) -> Option<FuncId> {
        self.functions.iter().find(|(_, decl)| decl.name == name).map(|(id, _)| id)
    }
}
