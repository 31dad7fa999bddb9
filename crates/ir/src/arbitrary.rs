//! Random valid modules, for comparing what runs them: interpreter before and after a pass, interpreter and machine.
//!
//! A module depends on the seed and the [`Config`] alone. It passes the verifier's rules for front ends, ends after a
//! bounded number of steps, and its functions' results depend on their arguments alone: loops count down, functions
//! only call earlier ones, divisions have sound divisors, memory is written before it is read. What differs between
//! machines does not show: addresses never become results, and a NaN's sign and payload never become other bits.
//!
//! The last function is the one to run; its parameters are numbers.

mod body;
mod operations;
mod random;

use std::sync::Arc;

pub use random::Random;

use crate::abi::RuntimeAbi;
use crate::evaluate::{self, Bits, mask};
use crate::instruction::InstData;
use crate::module::{DataDecl, FunctionDecl, Linkage, Module, SlotDecl, SlotKind};
use crate::types::{Signature, Type};
use body::BodyGenerator;

/// What may appear.
#[derive(Clone, Debug)]
pub struct Config {
    /// Types of values. `i8`, `i32`, `i64`, `f64` and `ref` may appear even if missing here.
    pub types: Vec<Type>,
    /// How many functions.
    pub functions: u32,
    /// About how many statements each has at its outermost level.
    pub statements: u32,
    /// How deep control flow nests.
    pub depth: u32,
    /// Whether there are `throw` and `try_call`.
    pub exceptions: bool,
    /// Whether there are `alloc`, `barrier`, `safepoint` and `keep_alive`.
    pub objects: bool,
    /// Whether helpers are called, other than for exceptions.
    pub helpers: bool,
    /// Whether the variables of the source are stack slots, not SSA values. The seed makes the same program either way.
    pub variables_in_memory: bool,
    /// Whether floats may be contracted. The interpreter never does.
    pub contract: bool,
    /// Whether an instruction whose first operand has the type may appear: back ends leave out what they cannot do.
    pub accept: fn(&InstData, Type) -> bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            types: Type::ALL.to_vec(),
            functions: 3,
            statements: 12,
            depth: 3,
            exceptions: true,
            objects: true,
            helpers: true,
            variables_in_memory: false,
            contract: false,
            accept: |_, _| true,
        }
    }
}

/// Bytes of each of the module's two data objects.
const DATA_BYTES: u32 = 64;

/// The module of a seed.
pub fn arbitrary_module(seed: u64, config: &Config, abi: Arc<RuntimeAbi>) -> Module {
    let mut random = Random::new(seed);
    let mut module = Module::new(format!("seed{seed}"), abi);
    for index in 0..3 {
        let kind = if index == 2 { SlotKind::Context { index: 0 } } else { SlotKind::Single };
        module.slots.push(SlotDecl { name: format!("object{index}"), kind });
    }
    for writable in [false, true] {
        let content = (0..DATA_BYTES).map(|_| random.next() as u8).collect();
        let name = if writable { "variable" } else { "constant" };
        let (size, align) = (u64::from(DATA_BYTES), 16);
        module.data.push(DataDecl { name: name.to_owned(), size, align, content: Some(content), writable });
    }
    module.regions.push("stack slots".to_owned());
    module.regions.push("data".to_owned());
    module.regions.push("objects".to_owned());
    let mut costs = Vec::new();
    for index in 0..config.functions.max(1) {
        let last = index + 1 == config.functions.max(1);
        let name = format!("f{index}");
        let signature = arbitrary_signature(&mut random, config, last);
        let linkage = if last { Linkage::Table(0) } else { Linkage::Local };
        let (body, cost) = BodyGenerator::generate(&mut random, config, &module, &costs, &name, &signature);
        module.functions.push(FunctionDecl { name, signature, linkage, body: Some(body) });
        costs.push(cost);
    }
    module
}

fn arbitrary_signature(random: &mut Random, config: &Config, last: bool) -> Signature {
    let allowed: Vec<Type> = config
        .types
        .iter()
        .copied()
        .filter(|&ty| !last || (ty != Type::Ref && ty != Type::F16 && ty != Type::I128 && !ty.is_vector()))
        .chain([Type::I64, Type::F64])
        .collect();
    let types = |random: &mut Random, limit| (0..1 + random.below(limit)).map(|_| random.pick(&allowed)).collect();
    let (params, mut results): (Vec<Type>, Vec<Type>) = (types(random, 4), types(random, 2));
    // The first result is the checksum of everything else.
    results.insert(0, Type::I64);
    Signature::new(params, results)
}

/// Arguments for a function: edge cases mostly.
pub fn arbitrary_args(random: &mut Random, signature: &Signature) -> Vec<Bits> {
    signature.params.iter().map(|&ty| arbitrary_bits(random, ty)).collect()
}

/// The bits of a value of the type, an edge case mostly; a reference is null.
pub fn arbitrary_bits(random: &mut Random, ty: Type) -> Bits {
    if ty.is_vector() {
        let lanes: Vec<Bits> = evaluate::lanes(ty, 0).map(|_| arbitrary_bits(random, ty.lane())).collect();
        return evaluate::from_lanes(ty, lanes);
    }
    let width = ty.bits();
    match ty {
        Type::Ref => 0,
        Type::F32 => Bits::from((random.float() as f32).to_bits()),
        Type::F64 => Bits::from(random.float().to_bits()),
        Type::F16 => Bits::from(random.next() as u16),
        _ => match random.below(6) {
            0 => Bits::from(random.below(3) as u64),
            1 => mask(width) - Bits::from(random.below(3) as u64),
            2 => (1 << (width - 1)) - Bits::from(random.below(2) as u64),
            3 => 1 << random.below(width),
            4 => Bits::from(random.next()) & mask(width),
            _ => Bits::from(random.below(100)) & mask(width),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::EntityRef;
    use crate::interpret::{BareHost, Interpreter, Outcome};
    use crate::module::FuncId;
    use crate::text::{parse_module, print_module};
    use crate::verify::{verify_input, verify_module};

    const SEEDS: u64 = 400;

    /// Steps no generated function should need.
    const STEP_LIMIT: u64 = 3_000_000;

    fn for_each_module(mut check: impl FnMut(u64, &Module)) {
        let abi = Arc::new(RuntimeAbi::bare());
        for seed in 0..SEEDS {
            check(seed, &arbitrary_module(seed, &Config::default(), Arc::clone(&abi)));
        }
    }

    #[test]
    fn modules_are_valid() {
        for_each_module(|seed, module| {
            let inputs = module.functions.values().filter_map(|decl| verify_input(module, decl.body.as_ref()?).err());
            let errors: Vec<_> = verify_module(module).err().into_iter().chain(inputs).flatten().collect();
            let errors: String = errors.iter().map(|error| format!("{error}\n")).collect();
            assert!(errors.is_empty(), "seed {seed}: {errors}\n{}", print_module(module));
        });
    }

    #[test]
    fn modules_survive_the_text_format() {
        for_each_module(|seed, module| {
            let text = print_module(module);
            let parsed = parse_module(&text, Arc::clone(&module.abi));
            let parsed = parsed.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
            let canonical = print_module(&parsed);
            let again = parse_module(&canonical, Arc::clone(&module.abi)).expect("canonical text parses");
            assert_eq!(print_module(&again), canonical, "seed {seed}");
            verify_module(&parsed).unwrap_or_else(|errors| panic!("seed {seed}: {}", errors[0]));
            // Renumbering changes nothing that a run could show.
            assert_eq!(outcomes(seed, module), outcomes(seed, &parsed), "seed {seed}");
        });
    }

    /// What comes of a few runs of the last function, in one memory.
    fn outcomes(seed: u64, module: &Module) -> Vec<String> {
        let mut random = Random::new(seed);
        let id = FuncId::new(module.functions.len() - 1);
        let mut interpreter = Interpreter::new(module, BareHost::default());
        interpreter.steps_left = STEP_LIMIT;
        let run = |_| {
            let args = arbitrary_args(&mut random, &module.functions[id].signature);
            // Nothing may stop a run but its own end.
            let outcome = interpreter.call(id, &args);
            match outcome.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", print_module(module))) {
                Outcome::Threw(_) => "threw".to_owned(),
                outcome => format!("{outcome:?}"),
            }
        };
        (0..4).map(run).collect()
    }

    /// The builder's SSA construction against variables that need none.
    #[test]
    fn variables_mean_the_same_in_memory() {
        let config = Config { variables_in_memory: true, ..Config::default() };
        for_each_module(|seed, module| {
            let in_memory = arbitrary_module(seed, &config, Arc::clone(&module.abi));
            verify_module(&in_memory).unwrap_or_else(|errors| panic!("seed {seed}: {}", errors[0]));
            assert_eq!(outcomes(seed, module), outcomes(seed, &in_memory), "seed {seed}");
        });
    }

    #[test]
    fn the_seed_decides() {
        let make = |seed| print_module(&arbitrary_module(seed, &Config::default(), Arc::new(RuntimeAbi::bare())));
        assert_eq!(make(7), make(7));
        assert_ne!(make(7), make(8));
    }

    /// Texts with words removed, doubled, exchanged or replaced: the parser and the verifier complain or accept, and what
    /// they accept can be run.
    #[test]
    fn damaged_texts_never_panic() {
        let abi = Arc::new(RuntimeAbi::bare());
        let config = Config { functions: 2, statements: 4, depth: 2, ..Config::default() };
        let mut accepted = 0;
        for seed in 0..SEEDS {
            let text = print_module(&arbitrary_module(seed, &config, Arc::clone(&abi)));
            let mut random = Random::new(seed ^ 0xdead);
            for _ in 0..6 {
                let Ok(module) = parse_module(&damaged(&mut random, &text), Arc::clone(&abi)) else { continue };
                if verify_module(&module).is_err() {
                    continue;
                }
                accepted += 1;
                let id = FuncId::new(module.functions.len() - 1);
                let args = arbitrary_args(&mut random, &module.functions[id].signature);
                let mut interpreter = Interpreter::new(&module, BareHost::default());
                interpreter.steps_left = 10_000;
                // Any end is fine.
                let _ = interpreter.call(id, &args);
            }
        }
        assert!(accepted > 100, "only {accepted} damaged texts were still modules");
    }

    fn damaged(random: &mut Random, text: &str) -> String {
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n', '(', ')', ',']).collect();
        for _ in 0..1 + random.below(2) {
            let [a, b] = [0; 2].map(|_| random.below(words.len() as u32) as usize);
            match random.below(4) {
                0 => drop(words.remove(a)),
                1 => words.insert(b, words[a]),
                2 => words.swap(a, b),
                _ => words[a] = words[b],
            }
        }
        words.concat()
    }

    /// Over a few hundred seeds every instruction appears, so that a comparison leaves nothing out.
    #[test]
    fn every_instruction_appears() {
        let mut text = String::new();
        for_each_module(|_, module| text.push_str(&print_module(module)));
        let opcodes = [
            "iconst",
            "f32const",
            "f64const",
            "null",
            "slot_value",
            "func_addr",
            "data_addr",
            "stack_addr",
            "task",
            "cpu_has",
            "fma",
            "icmp",
            "fcmp",
            "select",
            "extract_lane",
            "insert_lane",
            "load",
            "store",
            "alloc",
            "barrier",
            "safepoint",
            "keep_alive",
            "call",
            "call_helper",
            "call_indirect",
            "jump",
            "branch",
            "switch",
            "return",
            "try_call",
            "try_call_helper",
            "try_call_indirect",
            "throw",
            "trap",
        ];
        let unary = crate::instruction::UnaryOp::ALL.iter().map(|op| op.name());
        let binary = crate::instruction::BinaryOp::ALL.iter().map(|op| op.name());
        let overflow = crate::instruction::OverflowOp::ALL.iter().map(|op| op.name());
        let convert = crate::instruction::ConvertOp::ALL.iter().map(|op| op.name());
        for opcode in opcodes.into_iter().chain(unary).chain(binary).chain(overflow).chain(convert) {
            let appears = [" ", ".", "\n"].iter().any(|end| text.contains(&format!(" {opcode}{end}")));
            assert!(appears, "{opcode} never appears");
        }
    }
}
