//! Built-in functions and primitive operations on bad input: they throw, they never panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::{context, evaluate, show, show_evaluated};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, builtins, intrinsics};

/// Values that are hard on whoever expects something else.
const ODD_VALUES: &str = "
mutable struct Pair2; a; b::Int; Pair2(a) = new(a); Pair2(a, b) = new(a, b); end
mutable struct Fixed; const a::Int; b; end
struct Holder; x; n::Int; end
struct Many{A,B}; a::A; b::B; end
abstract type Odd{T}; end
Core.svec(
    0, 1, 2, -1, 3, 1000, -9223372036854775807 - 1, 9223372036854775807, 281474976710656, 1.5, 0x01, 0x00000061, 'é', true, false,
    nothing, :a, :length, Symbol2(\"\"), \"\", \"text\", \"größe\", (), (1,), (1, (2, \"x\")), (a = 1, b = :c), Core.svec(), Core.svec(1, :a),
    Core.svec(Core.svec(), Core.svec()), Core.svec(Int, Any),
    Int, Any, Union{}, Union{Int, Nothing}, Tuple, Tuple{}, Tuple{Int, Vararg{Any}}, Vararg, Vararg{Int}, Array, Vector2, Vector2{Int}, Matrix2{Any},
    Array{Int, 0}, NamedTuple, Type, Type{Int}, DataType, Integer, Many, Many{Int}, Many{Int, Any}, Odd, Odd{1}, Holder, Bool, String, Symbol, Module,
    Core.TypeVar2(:T), Core.apply_type(Vector2, Core.TypeVar2(:S)),
    Core._new_array(Vector2{Int}, 3), Core._new_array(Vector2{Any}, 3), Core._new_array(Matrix2{Int}, 2, 3), Core._new_array(Array{Int, 3}, 2, 2, 0),
    Core._new_array(Vector2{UInt8}, 2), Core._new_array(Vector2{Nothing}, 5), Core._new_array(Array{Int, 0}),
    Pair2(1), Pair2(1, 2), Fixed(1, 2), Holder(Pair2(1), 2), Holder(:a, 2), Many(1, \"x\"),
    :(f(x)), QuoteNode2(1), :(x -> 1), Main, Core, Core.Intrinsics, isdefined, getproperty, x -> x, Core.Intrinsics.add_int, ErrorException(\"e\"))
";

/// Names `ODD_VALUES` needs.
const NAMES: &str = "
const Vector2 = Array{T, 1} where {T}
const Matrix2 = Array{T, 2} where {T}
Symbol2(text) = Core._symbol(text)
QuoteNode2(x) = Core._new(QuoteNode, x)
";

/// The odd values.
fn odd_values(cx: &Context) -> Gc<SimpleVector> {
    evaluate(cx, NAMES).expect("the names are defined");
    let text = ODD_VALUES.replace("Core.TypeVar2", "Core._typevar");
    match evaluate(cx, &text) {
        Ok(values) => values.expect::<SimpleVector>(),
        Err(thrown) => panic!("{}", crate::support::show_exception(cx, cx.take_exception(thrown))),
    }
}

/// Calls that end the process, or that wait.
const LEFT_OUT: &[&str] = &["_exit", "_write"];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Calls `function` with lists of odd values; what panicked.
fn panics_of(
    cx: &Context,
    values: Gc<SimpleVector>,
    name: &str,
    n_args: std::ops::RangeInclusive<usize>,
    rounds: usize,
    function: impl Fn(&[Value]) -> tintype_runtime::Outcome,
) -> Option<String> {
    let mut random = Random(name.len() as u64);
    for _ in 0..rounds {
        let n = n_args.start() + random.below(n_args.end() - n_args.start() + 1);
        let arguments =
            (0..n).map(|_| values.at(random.below(values.len()))).collect::<smallvec::SmallVec<[Value; 8]>>();
        let result = catch_unwind(AssertUnwindSafe(|| match function(&arguments) {
            Ok(_) => {}
            Err(thrown) => drop(cx.take_exception(thrown)),
        }));
        if result.is_err() {
            let shown: Vec<String> = arguments.iter().map(|&argument| show(cx, argument)).collect();
            return Some(format!("{name}({})", shown.join(", ")));
        }
    }
    None
}

#[test]
fn built_in_functions_never_panic() {
    let mut wrong = Vec::new();
    for info in builtins::TABLE.iter().filter(|info| !LEFT_OUT.contains(&info.name)) {
        // A fresh context: some calls change what others see.
        let cx = context(false);
        let values = odd_values(&cx);
        let least = usize::from(info.min_args);
        let most = usize::from(info.max_args).min(least + 3);
        let number = info.builtin.number();
        wrong.extend(panics_of(&cx, values, info.name, least..=most, 3000, |arguments| {
            builtins::apply(&cx, number, arguments)
        }));
    }
    assert!(wrong.is_empty(), "{} panicked:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn primitive_operations_never_panic() {
    let cx = context(false);
    evaluate(&cx, NAMES).expect("the names are defined");
    let text = "Core.svec(0, 1, -1, -9223372036854775807 - 1, 1.5, -0.0, 0x00, 0xff, 0x0001, 0x00000001, 0x0000000000000001, \
        Core.Intrinsics.zext_int(UInt128, 0x01), 'a', true, false, 1.5f0, Int8, Int16, Int32, Int64, Int128, UInt8, UInt64, Float64, \
        Float32, Float16, Bool, Char, Core.Intrinsics.bitcast(Float16, 0x7c01), Core.Intrinsics.trunc_int(Int8, -128), \
        Core.Intrinsics.div_float(0.0, 0.0), :a, nothing, (1,), Integer, \"x\")";
    let values = evaluate(&cx, text).expect("the values are made").expect::<SimpleVector>();
    let mut wrong = Vec::new();
    for info in intrinsics::TABLE {
        let arity = usize::from(info.arity);
        wrong.extend(panics_of(&cx, values, info.name, arity.saturating_sub(1)..=arity + 1, 6000, |arguments| {
            intrinsics::apply(&cx, info.intrinsic.number(), arguments)
        }));
    }
    assert!(wrong.is_empty(), "{} panicked:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn wrong_arguments_throw_what_julia_throws() {
    let cx = context(false);
    evaluate(&cx, NAMES).expect("the names are defined");
    evaluate(&cx, "mutable struct M; const x::Int; y::Int; end; struct I; x; end").expect("the types are declared");
    let cases = [
        ("getfield((1, 2), 1.0)", "TypeError(:getfield, \"\", Union{Int64, Symbol}, <Float64>)"),
        ("getfield((1, 2), 3)", "BoundsError((1, 2), 3)"),
        ("getfield((1, 2), 0)", "BoundsError((1, 2), 0)"),
        ("getfield((1, 2), :a)", "ErrorException(\"type Tuple has no field a\")"),
        ("getfield(Main, 1)", "TypeError(:getfield, \"\", Symbol, 1)"),
        ("getfield((a = 1,), :b)", "ErrorException(\"type NamedTuple has no field b\")"),
        ("setfield!(M(1, 2), :x, 3)", "ErrorException(\"setfield!: const field .x of type M cannot be changed\")"),
        ("setfield!(M(1, 2), :z, 3)", "ErrorException(\"type M has no field z\")"),
        ("setfield!(M(1, 2), :y, :no)", "TypeError(:setfield!, \"\", Int64, :no)"),
        ("setfield!(I(1), :x, 3)", "ErrorException(\"setfield!: immutable struct of type I cannot be changed\")"),
        ("setfield!(Main, :x, 3)", "ErrorException(\"cannot assign variables in other modules\")"),
        ("isdefined(M(1, 2), 1.0)", "TypeError(:isdefined, \"\", Union{Int64, Symbol}, <Float64>)"),
        ("fieldtype(5, 1)", "TypeError(:fieldtype, \"\", DataType, 5)"),
        ("fieldtype(M, :q)", "ErrorException(\"type M has no field q\")"),
        (
            "sizeof(Union{})",
            "ErrorException(\"The empty type does not have a definite size since it does not have instances.\")",
        ),
        (
            "sizeof(Array)",
            "ErrorException(\"Argument is an incomplete Array type and does not have a definite size.\")",
        ),
        ("sizeof(Array{Int, 1})", "ErrorException(\"Type Array does not have a definite size.\")"),
        ("sizeof(String)", "ErrorException(\"Type String does not have a definite size.\")"),
        ("sizeof(Integer)", "ErrorException(\"Abstract type Integer does not have a definite size.\")"),
        (
            "Core.arraysize(Core._new_array(Vector2{Int}, 1), 0)",
            "ErrorException(\"arraysize: dimension out of range\")",
        ),
        (
            "Core._new_array(Vector2{Int}, 1, 2)",
            "ArgumentError(\"_new_array: an array of 1 dimensions needs as many lengths\")",
        ),
        (
            "Core._array_grow_end!(Core._new_array(Matrix2{Int}, 1, 1), 1)",
            "ArgumentError(\"_array_grow_end!: only arrays of one dimension change their length\")",
        ),
        ("Core._array_grow_end!(Core._new_array(Vector2{Int}, 1), 9223372036854775807)", "OutOfMemoryError()"),
        ("Core._array_reserve!(Core._new_array(Vector2{Int}, 1), 9223372036854775807)", "OutOfMemoryError()"),
        ("Core._string_byte(\"abc\", -9223372036854775807 - 1)", "BoundsError(\"abc\", -9223372036854775808)"),
        ("Core.Intrinsics.add_int(1, 0x01)", "ErrorException(\"add_int: types of a and b must match\")"),
        (
            "Core.Intrinsics.bitcast(Int32, 1)",
            "ErrorException(\"bitcast: argument size does not match size of target type\")",
        ),
        ("Core.Intrinsics.zext_int(Int8, 1)", "ErrorException(\"zext_int: output bitsize must be > input bitsize\")"),
        ("Core.Intrinsics.sdiv_int(1, 0)", "DivideError()"),
        ("isa(1, 2)", "TypeError(:isa, \"\", Type, 2)"),
        ("typeassert(1, String)", "TypeError(:typeassert, \"\", String, 1)"),
        ("Core._typevar(:T, 1)", "TypeError(:TypeVar, \"upper bound\", Type, 1)"),
        ("Core._unionall(Core._typevar(:T), 1)", "TypeError(:UnionAll, \"\", Type, 1)"),
        ("getglobal(Main, 1)", "TypeError(:getglobal, \"\", Symbol, 1)"),
        ("Core._rethrow()", "ErrorException(\"rethrow() not allowed outside a catch block\")"),
        ("ifelse(1, 2, 3)", "TypeError(:ifelse, \"\", Bool, 1)"),
        ("throw()", "ArgumentError(\"throw: too few arguments (expected 1)\")"),
        ("I(1, 2)", "MethodError(I, (1, 2), <UInt64>)"),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let got = show_evaluated(&cx, text);
        if got != format!("ERROR: {expected}") {
            wrong.push(format!("{text}\n  expected ERROR: {expected}\n  got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn answers_on_the_edge() {
    let cx = context(false);
    evaluate(&cx, NAMES).expect("the names are defined");
    evaluate(&cx, "mutable struct M; x::Int; y; end; struct I; x; y; end").expect("the types are declared");
    let cases = [
        (
            "(isdefined(M(1, 2), 0), isdefined(M(1, 2), 2), isdefined(M(1, 2), -9223372036854775807 - 1), isdefined(1, 1))",
            "(false, true, false, false)",
        ),
        (
            "(sizeof(Int), sizeof(:abc), sizeof(\"größe\"), sizeof(Core.svec(1, 2, 3)), sizeof(Core._new_array(Vector2{Int}, 2)))",
            "(8, 3, 7, 32, 16)",
        ),
        (
            "(fieldtype(Tuple{Int, Vararg{Symbol}}, 1), fieldtype(Tuple{Int, Vararg{Symbol}}, 9), fieldtype(M, :x))",
            "(Int64, Symbol, Int64)",
        ),
        (
            "(Core.arraysize(Core._new_array(Vector2{Int}, 4), 1), Core.arraysize(Core._new_array(Vector2{Int}, 4), 9))",
            "(4, 1)",
        ),
        ("Core._substring(\"abc\", 5, 2)", "\"\""),
        (
            "(c -> (objectid(I(c, 1)) === objectid(I(c, 1)), objectid(I(c, 1)) === objectid(I(c, 2)), objectid(c) === objectid(M(1, 2))))(M(1, 2))",
            "(true, false, false)",
        ),
        ("objectid(Core.svec(1, :a)) === objectid(Core.svec(1, :a))", "true"),
        ("Core.Intrinsics.shl_int(1, 0x02)", "4"),
    ];
    for (text, expected) in cases {
        assert_eq!(show_evaluated(&cx, text), expected, "{text}");
    }
}
