//! The verifier: what every function must satisfy before and after every pass.
//!
//! Structure:
//! 1. A body has a block; the entry's parameters are the signature's, and nothing jumps to the entry.
//! 2. Every block and every instruction stands in the layout at most once; a block ends in a terminator and has no
//!    other; targets are in the layout.
//! 3. Results and parameters say truthfully where they are defined.
//! 4. Every use is dominated by its definition (uses in unreachable blocks excepted).
//! 5. Whatever an instruction names exists: functions, helpers, slots, data, regions, signatures, stack slots, scopes
//!    (which do not include themselves). Offsets of data and stack addresses lie within their object or at its end.
//!
//! Types:
//! 6. Operand and result types are as [`typing`](crate::typing) says.
//! 7. Calls pass what the callee takes, and have its results.
//! 8. A target gets one argument of the right type for each of its parameters; a `try_call`'s targets have first the
//!    callee's results, or the exception.
//! 9. A `try_call` does not call through the C convention: its handler would expect registers that nobody restored.
//!    (Helpers are called through stubs and may be caught.) A function of the C convention does not `throw`.
//! 10. `return` gives the signature's results.
//! 11. A signature has at most eight integer and eight float results, one if it is of the C convention.
//! 12. A stack slot's alignment is a power of two up to 16; that of data is a power of two and its content fits.
//! 13. Names are not empty and unique in a module; a body has its declaration's name and signature, an import none.
//!
//! Objects:
//! 14. A parameter that is said to be readable is a `ref`.
//! 15. An address known to lie before its object (a `ref` made an integer, minus a constant) lives across a collecting
//!     instruction only if the `ref` does, by a later use or `keep_alive`.
//!
//! What front ends must deliver beyond that is in [`verify_input`]: optimisation and lowering may give it up.
//!
//! 16. As 15 for every address computed from a `ref` with a variable offset, because nobody knows where it lies.
//! 17. A `ref` other than null is stored into an object only with a `barrier` on the object, or its allocation, in the
//!     same block and no collecting instruction between the two.
//!
//! Not checked: that an allocated object is fully initialised before the next collection (the IR does not know its
//! fields), or that accesses stay in their alias region.

mod body;
mod objects;
mod references;
mod ssa;

use std::fmt;

use rustc_hash::FxHashSet;

use crate::function::{Block, Function, Inst};
use crate::module::{Linkage, Module};
use crate::text::display_inst;
use crate::types::{CallConv, Signature, Type};

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The function as a whole, or the module.
    Function,
    /// A block.
    Block(Block),
    /// An instruction.
    Inst(Inst),
}

/// A broken invariant: the mistake of whoever made the function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierError {
    /// The function's name; empty for the module's own declarations.
    pub function: String,
    /// Where in it.
    pub location: Location,
    /// The instruction in the text format, if it is about one.
    pub context: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}: ", self.function)?;
        match self.location {
            Location::Function => {}
            Location::Block(block) => write!(f, "{block}: ")?,
            Location::Inst(inst) => write!(f, "{inst} `{}`: ", self.context.as_deref().unwrap_or_default())?,
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for VerifierError {}

/// Checks one body against the invariants that hold at every stage.
///
/// # Errors
/// Everything found wrong; later checks are left out when earlier ones failed, because they rely on them.
pub fn verify_function(module: &Module, func: &Function) -> Result<(), Vec<VerifierError>> {
    verify_body(module, func, false)
}

/// Checks one body as a front end delivers it: [`verify_function`] and the rules that only hold before optimisation.
///
/// # Errors
/// As [`verify_function`].
pub fn verify_input(module: &Module, func: &Function) -> Result<(), Vec<VerifierError>> {
    verify_body(module, func, true)
}

/// Checks a module's declarations and every body, as [`verify_function`] does.
///
/// # Errors
/// Everything found wrong.
pub fn verify_module(module: &Module) -> Result<(), Vec<VerifierError>> {
    let mut errors = Vec::new();
    verify_declarations(module, &mut errors);
    for body in module.functions.values().filter_map(|decl| decl.body.as_ref()) {
        if let Err(found) = verify_function(module, body) {
            errors.extend(found);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Structure first: what follows indexes by entities and needs dominance.
fn verify_body(module: &Module, func: &Function, input: bool) -> Result<(), Vec<VerifierError>> {
    let mut errors = Errors { module, func, list: Vec::new() };
    body::check_structure(&mut errors);
    references::check(&mut errors);
    if errors.list.is_empty() {
        body::check_types(&mut errors);
        ssa::check_dominance(&mut errors);
    }
    if errors.list.is_empty() {
        objects::check_derived_addresses(&mut errors, input);
        if input {
            objects::check_barriers(&mut errors);
        }
    }
    if errors.list.is_empty() { Ok(()) } else { Err(errors.list) }
}

/// The errors found so far, and what they are about.
struct Errors<'a> {
    module: &'a Module,
    func: &'a Function,
    list: Vec<VerifierError>,
}

impl Errors<'_> {
    fn report(&mut self, location: Location, message: impl Into<String>) {
        let context = match location {
            Location::Inst(inst) => Some(display_inst(Some(self.module), self.func, inst).to_string()),
            Location::Function | Location::Block(_) => None,
        };
        self.list.push(VerifierError { function: self.func.name.clone(), location, context, message: message.into() });
    }
}

/// Invariants 11 to 13.
fn verify_declarations(module: &Module, errors: &mut Vec<VerifierError>) {
    let mut report = |name: &str, message: String| {
        let function = name.to_owned();
        errors.push(VerifierError { function, location: Location::Function, context: None, message });
    };
    let mut names = FxHashSet::default();
    for decl in module.functions.values() {
        if decl.name.is_empty() || !names.insert(&decl.name) {
            report(&decl.name, format!("{:?} is empty or the name of another function or data", decl.name));
        }
        if let Some(message) = signature_error(&decl.signature) {
            report(&decl.name, message);
        }
        match (&decl.body, decl.linkage) {
            (Some(_), Linkage::Import) => report(&decl.name, "an import has a body".to_owned()),
            (Some(body), _) if body.name != decl.name || body.signature != decl.signature => {
                report(&decl.name, "the body has another name or signature than the declaration".to_owned());
            }
            (None, Linkage::Local | Linkage::Table(_)) => report(&decl.name, "the body is missing".to_owned()),
            _ => {}
        }
    }
    for (id, data) in module.data.iter() {
        if data.name.is_empty() || !names.insert(&data.name) {
            report("", format!("{id}: {:?} is empty or the name of another function or data", data.name));
        }
        if !data.align.is_power_of_two() {
            report("", format!("{id}: alignment {} is not a power of two", data.align));
        }
        let length = data.content.as_ref().map_or(0, Vec::len) as u64;
        if length > data.size {
            report("", format!("{id}: {length} bytes of content do not fit {}", data.size));
        }
    }
    for helper in &module.abi.helpers {
        if helper.signature.results.len() > 1 {
            report("", format!("helper %{} has {} results", helper.name, helper.signature.results.len()));
        }
    }
}

/// Why a signature is not allowed (invariant 11), if it is not.
pub fn signature_error(signature: &Signature) -> Option<String> {
    let count = |is: fn(Type) -> u32| signature.results.iter().map(|&ty| is(ty)).sum::<u32>();
    let ints = count(|ty| match ty {
        Type::I128 => 2,
        _ => u32::from(ty.is_int() || ty == Type::Ref),
    });
    let floats = count(|ty| u32::from(ty.is_float() || ty.is_vector()));
    if signature.conv == CallConv::System && signature.results.len() > 1 {
        return Some(format!("{} results in the C convention: expected at most one", signature.results.len()));
    }
    (ints > 8 || floats > 8).then(|| format!("{ints} integer and {floats} float results: expected at most 8 of each"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::abi::RuntimeAbi;
    use crate::function::{Scope, StackSlot, Value, ValueDef};
    use crate::instruction::{Callee, InstData, MemFlags};
    use crate::module::{AliasRegion, DataDecl, DataId, FuncId, SlotId};
    use crate::text::parse_module;

    /// What no text can express; the rest is tested by files.
    #[test]
    fn damage_that_no_text_has() {
        // inst0: iconst, inst1: jump; inst2: load, inst3: return.
        let check = |damage: fn(&mut Function), expected: &str| {
            let text = "function %f(i64) -> i64 {\nblock0(v0: i64):\n v1 = iconst.i64 1 jump block1(v1)\n\
                        block1(v2: i64):\n v3 = load.i64 v0 return v3 }";
            let mut module = parse_module(text, Arc::new(RuntimeAbi::bare())).expect("parses");
            let func = module.functions.values_mut().next().and_then(|decl| decl.body.as_mut()).expect("has a body");
            damage(func);
            let errors = verify_module(&module).expect_err(expected);
            let listed: String = errors.iter().map(|error| format!("{error}\n")).collect();
            assert!(listed.contains(expected), "expected {expected}, found {listed}");
        };
        check(|func| func.layout.blocks.push(Block::from_u32(1)), "the block stands twice in the layout");
        check(
            |func| func.layout.insts[Block::from_u32(1)].insert(0, Inst::from_u32(0)),
            "the instruction stands twice in the layout",
        );
        check(|func| func.layout.blocks.truncate(1), "block1 is not in the layout");
        check(|func| func.layout.insts[Block::from_u32(1)].truncate(0), "the block is empty");
        check(|func| _ = func.layout.insts[Block::from_u32(1)].remove(0), "v3 is defined by nothing in the layout");
        check(
            |func| func.dfg.values[Value::from_u32(3)].def = ValueDef::Result(Inst::from_u32(0), 0),
            "v3 is not defined as its result 0",
        );
        check(
            |func| func.dfg.values[Value::from_u32(2)].def = ValueDef::Param(Block::from_u32(0), 0),
            "v2 is not defined as its parameter 0",
        );
        check(
            |func| func.dfg.values[Value::from_u32(3)].ty = Type::I32,
            "expected results of types [I64], found [I32]",
        );
        let missing: [(InstData, &str); 7] = [
            (InstData::SlotValue(SlotId::from_u32(9)), "slot9 does not exist"),
            (InstData::FuncAddr(FuncId::from_u32(9)), "fn9 does not exist"),
            (InstData::DataAddr(DataId::from_u32(9), 0), "data9 does not exist"),
            (InstData::StackAddr(StackSlot::from_u32(9), 0), "ss9 does not exist"),
            (call(Callee::Helper(crate::abi::HelperId::from_u32(99))), "helper99 does not exist"),
            (call(Callee::Indirect(crate::function::SigRef::from_u32(9), Value::from_u32(0))), "sig9 does not exist"),
            (
                InstData::Load {
                    ty: Type::I64,
                    flags: MemFlags { region: Some(AliasRegion::from_u32(9)), ..MemFlags::default() },
                    base: Value::from_u32(0),
                    offset: 0,
                },
                "region9 does not exist",
            ),
        ];
        for (data, expected) in missing {
            let module = parse_module(
                "function %f(i64) -> i64 { block0(v0: i64): v1 = bnot v0 return v1 }",
                Arc::new(RuntimeAbi::bare()),
            );
            let mut module = module.expect("parses");
            let func = module.functions[FuncId::from_u32(0)].body.as_mut().expect("has a body");
            func.dfg.insts[Inst::from_u32(0)] = data;
            let errors = verify_module(&module).expect_err(expected);
            assert!(errors[0].message == expected, "expected {expected}, found {}", errors[0]);
        }
        check(|func| func.dfg.scopes[Inst::from_u32(0)] = Some(Scope::from_u32(3)), "its scope does not exist");
        check(|func| func.name = "g".to_owned(), "the body has another name or signature");
    }

    fn call(callee: Callee) -> InstData {
        InstData::Call { callee, args: [Value::from_u32(0)].into_iter().collect() }
    }

    #[test]
    fn wrong_declarations() {
        let module = || parse_module("function %f() { block0: return }", Arc::new(RuntimeAbi::bare())).expect("parses");
        let check = |module: Module, expected: &str| {
            let errors = verify_module(&module).expect_err(expected);
            assert!(errors[0].message.contains(expected), "expected {expected}, found {}", errors[0]);
        };
        let data = |name: &str, size, align, content| DataDecl {
            name: name.to_owned(),
            size,
            align,
            content,
            writable: false,
        };
        let with_data = |decl| {
            let mut module = module();
            module.data.push(decl);
            module
        };
        verify_module(&with_data(data("d", 4, 8, Some(vec![1; 4])))).expect("is valid");
        check(with_data(data("f", 4, 8, None)), "\"f\" is empty or the name of another");
        check(with_data(data("", 4, 8, None)), "\"\" is empty or the name of another");
        check(with_data(data("d", 4, 3, None)), "alignment 3 is not a power of two");
        check(with_data(data("d", 4, 1, Some(vec![1; 5]))), "5 bytes of content do not fit 4");
        let changed = |change: fn(&mut Module)| {
            let mut module = module();
            change(&mut module);
            module
        };
        check(
            changed(|module| module.functions[FuncId::from_u32(0)].linkage = Linkage::Import),
            "an import has a body",
        );
        check(changed(|module| module.functions[FuncId::from_u32(0)].body = None), "the body is missing");
        check(
            changed(|module| _ = module.functions.push(module.functions[FuncId::from_u32(0)].clone())),
            "\"f\" is empty",
        );
        let two_results = |module: &mut Module| {
            Arc::get_mut(&mut module.abi).expect("one owner").helpers[0].signature.results.push(Type::I64);
        };
        check(changed(two_results), "helper %allocate has 2 results");
        let scopes = "function %f() { scope0 = \"f\", \"a\", 1 block0: return }";
        let mut inlined = parse_module(scopes, Arc::new(RuntimeAbi::bare())).expect("parses");
        let body = inlined.functions[FuncId::from_u32(0)].body.as_mut().expect("has a body");
        body.scopes[Scope::from_u32(0)].inlined_at = Some(Scope::from_u32(0));
        check(inlined, "scope0 is inlined at a later scope or itself");
    }
}
