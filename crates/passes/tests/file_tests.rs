//! Runs the file tests under `tests/ir/passes`.
//!
//! The header says what is done to every function: `test passes NAME...` (in this order; `pipeline` or `pipeline=LEVEL` is
//! the whole pipeline for a CPU that has `avx2`). After each pass the function is verified. `; check: TEXT` and `; not: TEXT`
//! are about the result of the function before them; with `test precise-output` the comment behind every function is its
//! whole result (`UPDATE_EXPECT=1` rewrites it). `; run:` is interpreted before and after.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tintype_ir::abi::{Effects, Helper, RuntimeAbi};
use tintype_ir::cfg::ControlFlowGraph;
use tintype_ir::dominators::DominatorTree;
use tintype_ir::filetest::{TestFile, check_forms};
use tintype_ir::function::Function;
use tintype_ir::interpret::{BareHost, Interpreter};
use tintype_ir::module::{FuncId, Module};
use tintype_ir::text::{parse_module, print_function};
use tintype_ir::types::{Signature, Type};
use tintype_ir::verify::verify_function;
use tintype_passes as passes;

/// The bare description, with helpers for what it has none of: one that only reads, one that is pure.
fn test_abi() -> Arc<RuntimeAbi> {
    let mut abi = RuntimeAbi::bare();
    let mut add = |name: &str, params: &[Type], results: &[Type], effects| {
        let signature = Signature::system(params, results);
        abi.helpers.push(Helper { name: name.to_owned(), signature, effects });
    };
    add("observe", &[Type::I64], &[Type::I64], Effects { reads: true, ..Effects::PURE });
    add("pure", &[Type::I64], &[Type::I64], Effects::PURE);
    add("escape", &[Type::I64], &[], Effects::ANY);
    Arc::new(abi)
}

fn run_pass(name: &str, func: &mut Function, module: &Module) {
    let abi = &*module.abi;
    let cfg = ControlFlowGraph::compute(func);
    match name {
        "simplify_cfg" => {
            passes::simplify_cfg(func, abi);
        }
        "simplify_instructions" => {
            passes::simplify_instructions(func, &cfg);
        }
        "dce" => {
            passes::eliminate_dead_code(func, &cfg, abi);
        }
        "sroa" => {
            passes::replace_aggregates(func, &cfg, abi);
        }
        "cse" => {
            let dominators = DominatorTree::compute(func, &cfg);
            passes::eliminate_common_subexpressions(func, &cfg, &dominators, abi);
        }
        "redundant_params" => {
            passes::remove_redundant_params(func, &cfg);
        }
        "thread_jumps" => {
            passes::thread_jumps(func, abi);
        }
        "peel_recursion" => {
            passes::peel_recursion(func, module);
        }
        "rotate_loops" => {
            passes::rotate_loops(func);
        }
        "licm" => {
            passes::hoist_loop_invariants(func, abi);
        }
        "keep_bases_alive" => passes::keep_bases_alive(func, &cfg, abi),
        "lower_intrinsics" => {
            passes::lower_intrinsics(func, module, &|feature| feature == "avx2");
        }
        "stack_slots" => {
            passes::remove_unused_stack_slots(func);
        }
        _ if name.starts_with("pipeline") => {
            let level = name.strip_prefix("pipeline=").map_or(2, |level| level.parse().expect("a level"));
            let options = passes::PipelineOptions { level, verify: true, observer: None };
            let mut context = passes::PassContext::default();
            passes::optimize(func, module, &mut context, &options, &|feature| feature == "avx2");
        }
        _ => panic!("no pass is called {name}"),
    }
}

/// Puts the functions through the passes of the header.
fn transform(module: &mut Module, names: &[String]) {
    let ids: Vec<FuncId> = module.functions.keys().collect();
    for id in ids {
        let Some(mut func) = module.functions[id].body.take() else { continue };
        for name in names {
            run_pass(name, &mut func, module);
            if let Err(errors) = verify_function(module, &func) {
                panic!("after {name}: {}\n{}", errors[0], print_function(module, &func));
            }
        }
        module.functions[id].body = Some(func);
    }
}

fn check_runs(file: &TestFile, module: &Module, when: &str) {
    for run in file.runs(module).unwrap_or_else(|error| panic!("{error}")) {
        let mut interpreter = Interpreter::new(module, BareHost::default());
        interpreter.steps_left = 1_000_000;
        let args: Vec<_> = run.args.iter().map(|arg| arg.bits).collect();
        let outcome = interpreter.call(run.function, &args).unwrap_or_else(|error| panic!("{when}: {error}"));
        run.check(module, &outcome).unwrap_or_else(|error| panic!("{when}: {error}"));
    }
}

/// The facts about single functions. A directive is about the function it follows.
fn check_facts(file: &TestFile, outputs: &[(String, String)]) {
    for directive in file.directives.iter().filter(|directive| ["check", "not"].contains(&directive.name.as_str())) {
        let before = file.text.lines().take(directive.line as usize);
        let name =
            before.filter_map(|line| line.strip_prefix("function %")).last().expect("a function before the fact");
        let name = name.split('(').next().expect("split gives a first part");
        let (_, output) = outputs.iter().find(|(other, _)| other == name).expect("every function has an output");
        // Not the first line: a function's name is no fact.
        let (_, body) = output.split_once('\n').expect("a function has several lines");
        let found = body.contains(&directive.text);
        assert_eq!(found, directive.name == "check", "line {}: {}\n{output}", directive.line, directive.text);
    }
}

fn run_file(path: &Path) {
    let content = std::fs::read_to_string(path).expect("a readable file");
    let file = TestFile::parse(&content);
    let mut module = parse_module(&file.text, test_abi()).unwrap_or_else(|error| panic!("{error}"));
    for decl in module.functions.values() {
        if let Some(Err(errors)) = decl.body.as_ref().map(|body| verify_function(&module, body)) {
            panic!("the test itself is wrong: {}", errors[0]);
        }
    }
    check_runs(&file, &module, "before");
    transform(&mut module, file.test("passes").expect("a line `test passes ...`"));
    let outputs: Vec<(String, String)> = (module.functions.values())
        .filter_map(|decl| Some((decl.name.clone(), print_function(&module, decl.body.as_ref()?))))
        .collect();
    check_runs(&file, &module, "after");
    check_facts(&file, &outputs);
    if file.test("precise-output").is_some()
        && let Err(mismatch) = check_forms(&content, &outputs)
    {
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, mismatch.updated).expect("a writable file");
        } else {
            panic!("{}\nset UPDATE_EXPECT=1 to accept", mismatch.diff);
        }
    }
}

#[test]
fn files() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ir/passes");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&directory).expect("the tests").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut failures = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "tir")) {
        let result = std::panic::catch_unwind(|| run_file(path));
        if result.is_err() {
            failures.push(path.file_name().expect("a file").to_owned());
        }
    }
    assert!(failures.is_empty(), "failed: {failures:?}");
}
