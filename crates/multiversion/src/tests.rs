//! Decisions on modules written by hand, and properties of plans of random modules.

use std::fmt::Write;
use std::sync::Arc;

use proptest::prelude::*;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::module::{FuncId, Module};
use tintype_ir::text::parse_module;
use tintype_ir::verify::verify_module;
use tintype_target::{Arch, Host, Spec, TargetSpec};

use crate::{ClonePlan, Route, annotate};

/// The official spec of three, a fourth that adds half precision, and one that shares the first target's group.
const TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1);sapphirerapids,base(1);nehalem";

fn targets(text: &str) -> Vec<TargetSpec> {
    Spec::parse(text, &Host::baseline(Arch::X86_64)).unwrap()
}

fn module(text: &str) -> Module {
    let module = parse_module(&format!("module \"test\"\n{text}"), Arc::new(RuntimeAbi::bare())).unwrap();
    verify_module(&module).unwrap_or_else(|errors| panic!("{errors:?}"));
    module
}

fn function(module: &Module, name: &str) -> FuncId {
    module.functions.iter().find(|(_, decl)| decl.name == name).unwrap_or_else(|| panic!("no %{name}")).0
}

/// The targets that have a version of the only function of the text.
fn versions(targets_text: &str, text: &str) -> Vec<usize> {
    let module = module(text);
    annotate(&module, &targets(targets_text)).versions(FuncId::from_u32(0)).iter().collect()
}

const PLAIN: &str = "function %plain(i64) -> i64 {
block0(v0: i64):
    v1 = iadd v0, v0
    return v1
}\n";

const LOOP: &str = "function %loop(i8) {
block0(v0: i8):
    jump block1
block1:
    branch v0, block1, block2
block2:
    return
}\n";

#[test]
fn facts_select() {
    let unreachable_loop = "function %f() {
block0:
    return
block1:
    jump block1
}\n";
    let irreducible = "function %f(i8) {
block0(v0: i8):
    branch v0, block1, block2
block1:
    jump block2
block2:
    jump block1
}\n";
    let self_loop = "function %f() {
block0:
    jump block1
block1:
    jump block1
}\n";
    let vector_inside = "function %f(f64) -> f64 {
block0(v0: f64):
    v1 = splat.f64x2 v0
    v2 = fadd v1, v1
    v3 = extract_lane v2, 1
    return v3
}\n";
    let vector_signature = "function %f(i32x4) {
block0(v0: i32x4):
    return
}\n";
    let fma = "function %f(f64) -> f64 {
block0(v0: f64):
    v1 = fma v0, v0, v0
    return v1
}\n";
    let contract = "function %f(f64) -> f64 {
block0(v0: f64):
    v1 = fmul.contract v0, v0
    v2 = fadd.contract v1, v0
    return v2
}\n";
    let query = "function %f() -> i8 {
block0:
    v0 = cpu_has \"fma\"
    return v0
}\n";
    let constant_query = "function %f() -> i8 {
block0:
    v0 = cpu_has \"sse2\"
    return v0
}\n";
    let half = "function %f(i64) -> f32 {
block0(v0: i64):
    v1 = load.f16 v0
    v2 = fpromote.f32 v1
    return v2
}\n";
    for (text, expected) in [
        (PLAIN, &[0, 1][..]),
        (LOOP, &[0, 1, 2, 3, 4]),
        (self_loop, &[0, 1, 2, 3, 4]),
        (irreducible, &[0, 1, 2, 3, 4]),
        (unreachable_loop, &[0, 1]),
        (vector_inside, &[0, 1, 2, 3, 4]),
        (vector_signature, &[0, 1, 2, 3, 4]),
        (fma, &[0, 1, 2, 3]),
        (contract, &[0, 1, 2, 3]),
        (query, &[0, 1, 2, 3, 4]),
        (constant_query, &[0, 1]),
        (half, &[0, 1, 3]),
    ] {
        assert_eq!(versions(TARGETS, text), expected, "{text}");
    }
}

#[test]
fn only_what_is_new_relative_to_the_base_counts() {
    let fma = "function %f(f64) -> f64 {
block0(v0: f64):
    v1 = fma v0, v0, v0
    return v1
}\n";
    // The base has fma already; and a target that takes it away gains nothing by it.
    assert_eq!(versions("generic;haswell,clone_all;skylake,base(1)", fma), [0, 1]);
    assert_eq!(versions("haswell;sandybridge", fma), [0]);
    let vectors = "function %f(f64x2) {
block0(v0: f64x2):
    return
}\n";
    assert_eq!(versions("nehalem;westmere;sandybridge", vectors), [0, 2]);
    // A target that clones all does; one that cancels that selects.
    assert_eq!(versions("generic;knl", PLAIN), [0, 1]);
    assert_eq!(versions("generic;knl,-clone_all", PLAIN), [0]);
    // The same on the other architecture, where fused multiply-add is never new.
    let arm = Spec::parse("generic;apple-m1", &Host::baseline(Arch::Aarch64)).unwrap();
    assert_eq!(annotate(&module(fma), &arm).versions(FuncId::from_u32(0)).len(), 1);
}

#[test]
fn one_target_needs_nothing() {
    let text = format!("{PLAIN}{LOOP}{}", caller("top", &["loop", "plain"]));
    let module = module(&text);
    let plan = annotate(&module, &targets("haswell"));
    assert!(plan.slots().is_empty());
    for id in module.functions.keys() {
        assert_eq!(plan.versions(id).iter().collect::<Vec<_>>(), [0]);
        assert_eq!(plan.route(function(&module, "top"), 0, id), Route::Direct(0));
    }
}

/// A function without facts that calls the named ones: `%loop`, or functions with the signature of `%plain`.
fn caller(name: &str, callees: &[&str]) -> String {
    let mut text = format!("function %{name}(i64) -> i64 {{\nblock0(v0: i64):\n    v1 = iconst.i8 1\n");
    for (index, callee) in callees.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = match *callee {
            "loop" => writeln!(text, "    call %loop(v1)"),
            _ => writeln!(text, "    v{} = call %{callee}(v0)", index + 2),
        };
    }
    text.push_str("    return v0\n}\n");
    text
}

#[test]
fn what_lies_between_versions_is_cloned() {
    // Callers with a loop, a straight function between, and a far one two steps away.
    let looping_caller = "function %outer(i64) -> i64 {
block0(v0: i64):
    jump block1
block1:
    v1 = call %between(v0)
    v2 = call %far(v0)
    jump block1
}\n";
    let text = [
        LOOP,
        PLAIN,
        &caller("between", &["loop"]),
        &caller("near_loop", &["far_inner"]),
        &caller("far_inner", &["plain"]),
        &caller("far", &["near_loop"]),
        &caller("not_called", &["loop"]),
        looping_caller,
    ]
    .concat();
    let module = module(&text);
    let plan = annotate(&module, &targets("generic;haswell"));
    let cloned = |name| plan.versions(function(&module, name)).contains(1);
    let names = ["loop", "outer", "between", "far", "near_loop", "far_inner", "plain", "not_called"];
    assert_eq!(names.map(cloned), [true, true, true, false, false, false, false, false]);
}

#[test]
fn propagation_reaches_a_fixpoint() {
    // outer (chosen) -> a -> b -> inner (chosen): neither a nor b is between at first. `c`, called by outer, calls
    // inner and b: it is chosen; then b, called by c and calling inner, is; then a, called by outer and calling b, is.
    let outer = "function %outer(i64) -> i64 {
block0(v0: i64):
    jump block1
block1:
    v1 = call %a(v0)
    v2 = call %c(v0)
    jump block1
}\n";
    let text = [LOOP, &caller("b", &["loop"]), &caller("a", &["b"]), &caller("c", &["loop", "b"]), outer].concat();
    let module = module(&text);
    let plan = annotate(&module, &targets("generic;haswell"));
    assert!(
        ["outer", "a", "b", "c"].map(|name| plan.versions(function(&module, name)).contains(1)).into_iter().all(|x| x)
    );
    assert!(plan.slots().is_empty(), "every call is from version to version");
}

#[test]
fn calls_from_what_is_not_cloned_go_through_slots() {
    let text = [LOOP, PLAIN, &caller("user", &["loop", "plain"])].concat();
    let module = module(&text);
    let plan = annotate(&module, &targets(TARGETS));
    let [looping, plain, user] = ["loop", "plain", "user"].map(|name| function(&module, name));
    // Both groups have a partial target that clones the loop and not its user.
    assert_eq!([0, 1].map(|version| plan.route(user, version, looping)), [Route::MvSlot; 2]);
    assert_eq!([0, 1].map(|version| plan.route(user, version, plain)), [Route::Direct(0), Route::Direct(1)]);
    assert_eq!(plan.slots(), [looping]);
    assert_eq!((plan.slot_index(looping), plan.slot_index(plain)), (Some(0), None));
    assert_eq!([0, 1, 2, 3, 4].map(|target| plan.group_of(target)), [0, 1, 1, 1, 0]);
    assert_eq!([0, 1, 2, 3, 4].map(|selected| plan.version_under(selected, user)), [0, 1, 1, 1, 0]);
    assert_eq!([0, 1, 2, 3, 4].map(|selected| plan.version_under(selected, looping)), [0, 1, 2, 3, 4]);
    assert_eq!(plan.functions_of(2).collect::<Vec<_>>(), [looping]);
    assert_eq!(plan.functions_of(1).count(), 3);

    // Where no partial target stands between, full targets call directly.
    let plan = annotate(&module, &targets("generic;sandybridge,clone_all;haswell,clone_all"));
    assert_eq!([0, 1, 2].map(|version| plan.route(user, version, looping)), [0, 1, 2].map(Route::Direct));
    assert!(plan.slots().is_empty());
    // A partial target in one group only.
    let plan = annotate(&module, &targets("generic;sandybridge,clone_all;haswell,base(1)"));
    assert_eq!([0, 1].map(|version| plan.route(user, version, looping)), [Route::Direct(0), Route::MvSlot]);
}

#[test]
fn a_version_calls_versions_directly() {
    let outer = "function %outer(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i8 1
    jump block1
block1:
    call %loop(v1)
    v2 = call %plain(v0)
    v3 = func_addr %loop
    jump block1
}\n";
    let module = module(&[LOOP, PLAIN, outer].concat());
    let plan = annotate(&module, &targets(TARGETS));
    let [outer, looping, plain] = ["outer", "loop", "plain"].map(|name| function(&module, name));
    assert_eq!([0, 1, 2, 3, 4].map(|version| plan.route(outer, version, looping)), [0, 1, 2, 3, 4].map(Route::Direct));
    assert_eq!([2, 4].map(|version| plan.route(outer, version, plain)), [Route::Direct(1), Route::Direct(0)]);
    assert!(plan.slots().is_empty());
}

#[test]
fn addresses_taken_need_slots_and_imports_do_not() {
    let text = [
        LOOP,
        "function %taker() -> i64 {
block0:
    v0 = func_addr %loop
    return v0
}\n",
        "function %elsewhere(i64) -> i64 import\n",
        &caller("user", &["elsewhere"]),
    ]
    .concat();
    let module = module(&text);
    let plan = annotate(&module, &targets("generic;haswell"));
    let [looping, taker, elsewhere, user] = ["loop", "taker", "elsewhere", "user"].map(|name| function(&module, name));
    assert_eq!(plan.route(taker, 0, looping), Route::MvSlot);
    assert_eq!(plan.slots(), [looping]);
    assert!(plan.versions(elsewhere).is_empty());
    assert_eq!(plan.route(user, 0, elsewhere), Route::Direct(0));
}

/// A module of `n` functions; function `i` has a loop, a fused multiply-add or nothing, and calls those of `edges`.
fn random_module(kinds: &[u8], edges: &[(usize, usize)], order: impl Fn(usize) -> usize) -> Module {
    let n = kinds.len();
    let mut text = String::new();
    for position in 0..n {
        let index = order(position);
        let _ = writeln!(text, "function %f{index}(f64) {{\nblock0(v0: f64):");
        for (number, (_, callee)) in edges.iter().filter(|(caller, _)| caller % n == index).enumerate() {
            if number % 3 == 2 {
                let _ = writeln!(text, "    v{} = func_addr %f{}", 100 + number, callee % n);
            } else {
                let _ = writeln!(text, "    call %f{}(v0)", callee % n);
            }
        }
        text.push_str(match kinds[index] % 4 {
            0 => "    jump block1\nblock1:\n    jump block1\n}\n",
            1 => "    v1 = fma v0, v0, v0\n    return\n}\n",
            _ => "    return\n}\n",
        });
    }
    module(&text)
}

/// Executes calls by the book: under each selected target, whatever version runs, a call must arrive at the version of
/// the callee that the target resolves to, by its route.
fn check_routes(module: &Module, plan: &ClonePlan) {
    let references = crate::calls::references(module);
    for selected in 0..plan.n_targets() {
        for caller in module.functions.keys() {
            let version = plan.version_under(selected, caller);
            assert!(plan.versions(caller).contains(version));
            for &callee in references[caller].callees.iter().chain(&references[caller].address_taken) {
                match plan.route(caller, version, callee) {
                    Route::Direct(reached) => {
                        assert!(plan.versions(callee).contains(reached), "the version called exists");
                        assert_eq!(
                            reached,
                            plan.version_under(selected, callee),
                            "{caller} -> {callee} under {selected}"
                        );
                    }
                    Route::MvSlot => assert!(plan.needs_slot(callee)),
                }
            }
        }
    }
}

/// The definition of propagation, checked directly: nothing between two versions of a target is left out.
fn check_fixpoint(module: &Module, plan: &ClonePlan) {
    let references = crate::calls::references(module);
    for target in (0..plan.n_targets()).filter(|target| !plan.is_full(*target)) {
        let cloned = |id: &FuncId| plan.versions(*id).contains(target);
        for id in module.functions.keys().filter(|id| !cloned(id)) {
            let is_between = references[id].callers.iter().any(cloned) && references[id].callees.iter().any(cloned);
            assert!(!is_between, "{id} lies between versions for target {target}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn plans_are_consistent_and_independent_of_order(
        kinds in proptest::collection::vec(any::<u8>(), 1..16),
        edges in proptest::collection::vec((0usize..16, 0usize..16), 0..40),
        rotation in 0usize..16,
    ) {
        let n = kinds.len();
        let targets = targets(TARGETS);
        let first = random_module(&kinds, &edges, |position| position);
        let plan = annotate(&first, &targets);
        check_routes(&first, &plan);
        check_fixpoint(&first, &plan);
        // Defined in another order, as another partition would see them, every function is cloned for the same.
        let second = random_module(&kinds, &edges, |position| (position + rotation) % n);
        let other = annotate(&second, &targets);
        for index in 0..n {
            let name = format!("f{index}");
            let (a, b) = (function(&first, &name), function(&second, &name));
            prop_assert_eq!(plan.versions(a), other.versions(b));
            prop_assert_eq!(plan.needs_slot(a), other.needs_slot(b));
            prop_assert_eq!(plan.facts(a), other.facts(b));
        }
    }
}
