//! Random loads and stores of one small buffer, with and without regions, overlapping, on branches and in loops: what the
//! optimisers of the pipeline and of the back end know of memory must agree with what the interpreter does.
//!
//! Random modules seldom touch the same bytes twice; these functions do little else.

mod common;

use std::fmt::Write as _;

use common::{Program, native};
use tintype_codegen::OptLevel;
use tintype_ir::arbitrary::Random;
use tintype_ir::interpret::{BareHost, Interpreter, Outcome};
use tintype_ir::module::{FuncId, Module};
use tintype_jit::bare::BareRuntime;
use tintype_passes::{PassContext, PipelineOptions, optimize};

/// Bytes of the buffer, all in region 1.
const BUFFER: u32 = 24;

/// Writes a function `(i64, i64) -> i64` that mixes what it loads into a checksum.
struct Writer {
    text: String,
    random: Random,
    values: u32,
    blocks: u32,
    /// The checksum so far.
    sum: u32,
}

impl Writer {
    fn function(seed: u64, index: u32) -> String {
        let text =
            format!("function %f{index}(i64, i64) -> i64 {{\n    ss0 = {BUFFER}, align 8\nblock0(v0: i64, v1: i64):\n");
        let mut writer = Writer { text, random: Random::new(seed), values: 2, blocks: 1, sum: 0 };
        for offset in (0..BUFFER).step_by(8) {
            let address = writer.value(&format!("stack_addr ss0+{offset}"));
            writer.line(&format!("store region1 v1, v{address}"));
        }
        for _ in 0..6 {
            writer.statements();
            match writer.random.below(4) {
                0 | 1 => writer.diamond(),
                2 => writer.counted_loop(),
                _ => writer.call(),
            }
        }
        writer.statements();
        let sum = writer.sum;
        writer.line(&format!("return v{sum}"));
        writer.text + "}\n"
    }

    fn line(&mut self, text: &str) {
        writeln!(self.text, "    {text}").expect("a string takes all text");
    }

    fn value(&mut self, text: &str) -> u32 {
        let value = self.values;
        self.values += 1;
        self.line(&format!("v{value} = {text}"));
        value
    }

    fn begin_block(&mut self, block: u32, params: &[u32]) {
        let params: Vec<_> = params.iter().map(|param| format!("v{param}: i64")).collect();
        let params = if params.is_empty() { String::new() } else { format!("({})", params.join(", ")) };
        writeln!(self.text, "block{block}{params}:").expect("a string takes all text");
    }

    fn new_blocks<const N: usize>(&mut self) -> [u32; N] {
        let first = self.blocks;
        self.blocks += N as u32;
        std::array::from_fn(|index| first + index as u32)
    }

    fn statements(&mut self) {
        for _ in 0..1 + self.random.below(5) {
            self.access();
        }
    }

    /// A load or store of some width anywhere in the buffer, by one of a few address expressions.
    fn access(&mut self) {
        let ty = self.random.pick(&["i8", "i16", "i32", "i64"]);
        let bytes = match ty {
            "i8" => 1,
            "i16" => 2,
            "i32" => 4,
            _ => 8,
        };
        let place = self.random.pick(&[0, 0, 8, 8, 4, 1]) + if self.random.one_in(3) { 8 } else { 0 };
        let offset = place.min(BUFFER - bytes);
        let base = self.random.pick(&[0, 0, offset]);
        let address = self.value(&format!("stack_addr ss0+{base}"));
        let place = format!("v{address}+{}", offset - base);
        let region = if self.random.one_in(3) { "" } else { "region1 " };
        if self.random.one_in(2) {
            let sum = self.sum;
            let narrow = if bytes == 8 { sum } else { self.value(&format!("ireduce.{ty} v{sum}")) };
            return self.line(&format!("store {region}v{narrow}, {place}"));
        }
        let loaded = self.value(&format!("load.{ty} {region}{place}"));
        let wide = if bytes == 8 { loaded } else { self.value(&format!("uextend.i64 v{loaded}")) };
        let factor = self.value("iconst.i64 1099511628211");
        let mixed = self.value(&format!("bxor v{}, v{wide}", self.sum));
        self.sum = self.value(&format!("imul v{mixed}, v{factor}"));
    }

    fn diamond(&mut self) {
        let [then, other, join] = self.new_blocks();
        let bit = self.value(&format!("ireduce.i8 v{}", self.sum));
        let one = self.value("iconst.i8 4");
        let bit = self.value(&format!("band v{bit}, v{one}"));
        self.line(&format!("branch v{bit}, block{then}, block{other}"));
        let before = self.sum;
        for block in [then, other] {
            self.begin_block(block, &[]);
            self.sum = before;
            self.statements();
            let sum = self.sum;
            self.line(&format!("jump block{join}(v{sum})"));
        }
        self.sum = self.values;
        self.values += 1;
        self.begin_block(join, &[self.sum]);
    }

    fn counted_loop(&mut self) {
        let [body, exit] = self.new_blocks();
        let count = self.value("iconst.i64 3");
        self.line(&format!("jump block{body}(v{count}, v{})", self.sum));
        let (counter, sum) = (self.values, self.values + 1);
        self.values += 2;
        self.begin_block(body, &[counter, sum]);
        self.sum = sum;
        self.statements();
        let one = self.value("iconst.i64 1");
        let zero = self.value("iconst.i64 0");
        let next = self.value(&format!("isub v{counter}, v{one}"));
        let more = self.value(&format!("icmp ne v{next}, v{zero}"));
        self.line(&format!("branch v{more}, block{body}(v{next}, v{}), block{exit}", self.sum));
        self.begin_block(exit, &[]);
    }

    /// A call that writes to the buffer.
    fn call(&mut self) {
        let address = self.value("stack_addr ss0");
        let sum = self.sum;
        self.line(&format!("call %writes(v{address}, v{sum})"));
    }
}

const WRITES: &str = "function %writes(i64, i64) {\nblock0(v0: i64, v1: i64):\n    store v1, v0+3\n    return\n}\n";

fn text(first_seed: u64, count: u32) -> String {
    let functions = (0..count).map(|index| Writer::function(first_seed + u64::from(index), index));
    format!("region region1 \"buffer\"\n{WRITES}{}", functions.collect::<String>())
}

fn check(opt: OptLevel, level: Option<u8>, first_seed: u64) {
    const COUNT: u32 = 300;
    let runtime = BareRuntime::new(&native(), common::settings(opt), Vec::new()).unwrap();
    let text = text(first_seed, COUNT);
    let made: Module =
        tintype_ir::text::parse_module(&text, runtime.abi().clone()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut module = made.clone();
    for func in module.functions.keys().filter(|_| level.is_some()) {
        let mut body = module.functions[func].body.take().expect("nothing is imported");
        let options = PipelineOptions { level: level.unwrap_or(0), verify: true, ..PipelineOptions::default() };
        optimize(&mut body, &module, &mut PassContext::default(), &options, &|_| false);
        module.functions[func].body = Some(body);
    }
    let mut program = Program::from_module(runtime, module, &|_| 0);
    for index in 0..COUNT {
        let func = FuncId::from_u32(index + 1);
        for args in [[1, 2], [0x1234_5678_9abc_def0, u128::from(u64::MAX)], [7, 0]] {
            let expected = Interpreter::new(&made, BareHost::default()).call(func, &args).unwrap();
            let found = Outcome::Returned(program.call(&format!("f{index}"), &args).unwrap());
            let body = || tintype_ir::text::print_function(&made, made.functions[func].body.as_ref().unwrap());
            let seed = first_seed + u64::from(index);
            assert_eq!(found, expected, "seed {seed}, {opt:?}, pipeline {level:?}, {args:?}\n{}", body());
        }
    }
}

#[test]
fn the_back_end_alone() {
    check(OptLevel::Speed, None, 0);
    check(OptLevel::None, None, 10_000);
}

#[test]
fn the_pipeline_alone() {
    check(OptLevel::None, Some(2), 20_000);
}

#[test]
fn both() {
    check(OptLevel::Speed, Some(1), 30_000);
    check(OptLevel::Speed, Some(2), 40_000);
}
