//! Methods, dispatch, worlds, edges, invalidation and adoption, with bodies stood in for by their method's line.

use std::cell::Cell;
use tintype_heap::HeapConfig;
use tintype_runtime::dispatch::{self, MethodDefinition};
use tintype_runtime::objects::*;
use tintype_runtime::values::{boxes, structs};
use tintype_runtime::worlds::{self, invalidation_log::Cause};
use tintype_runtime::{Context, Execution, Outcome, Shared, modules, types};

#[path = "support/type_parser.rs"]
mod type_parser;
use type_parser::parse;

/// A call answers with the line of the method it ran: enough to see where it went.
fn answer_with_line(cx: &Context, instance: Gc<MethodInstance>, _arguments: &[Value]) -> Outcome {
    Ok(cx.box_int64(i64::from(instance.method.unwrap().line)))
}

fn no_builtin(cx: &Context, _number: u32, _arguments: &[Value]) -> Outcome {
    Err(cx.error("no built-in functions here"))
}

fn context_in(shared: &std::rc::Rc<Shared>) -> Context {
    let cx = Context::new(shared).expect("a context");
    cx.set_execution(Execution { interpret: answer_with_line, builtin: no_builtin, intrinsic: no_builtin });
    cx
}

fn engine(stress: bool) -> std::rc::Rc<Shared> {
    Shared::new(HeapConfig { stress: u32::from(stress), ..HeapConfig::default() }).expect("address space")
}

fn main_module(cx: &Context) -> Gc<Module> {
    cx.world().main.get().unwrap()
}

fn function(cx: &Context, name: &str) -> Value {
    modules::generic_function(cx, main_module(cx), cx.symbol(name)).unwrap()
}

/// Adds `name(types...) where variables` as the method of line `line`; `signature` is a tuple type of the arguments.
fn define(cx: &Context, name: &str, signature: &str, line: u32) -> Gc<Method> {
    let _guard = cx.heap().no_collect();
    let function = function(cx, name);
    let mut variables = Vec::new();
    let mut at = parse(cx, signature);
    while let Some(all) = at.get::<UnionAll>() {
        variables.push(all.variable);
        at = all.body;
    }
    let mut argument_types = vec![function.type_of().erase()];
    argument_types.extend(at.expect::<DataType>().params().iter().map(|param| param.unwrap()));
    let is_vararg = argument_types.last().is_some_and(|last| last.is::<Vararg>());
    let definition = MethodDefinition {
        module: main_module(cx),
        name: cx.symbol(name),
        file: cx.symbol("test.jl"),
        line,
        argument_types: &argument_types,
        variables: &variables,
        is_vararg,
        flags: 0,
        no_specialize: 0,
        source: None,
        literals: None,
        param_names: None,
        body_hash: u64::from(line),
    };
    let method = dispatch::add_method(cx, &definition).unwrap();
    cx.enter_newest_world();
    method
}

/// The line of the method a call goes to; `None` for a `MethodError`.
fn goes_to(cx: &Context, name: &str, arguments: &[Value]) -> Option<i64> {
    match cx.call(function(cx, name), arguments) {
        Ok(line) => Some(boxes::unbox_int64(line)),
        Err(thrown) => {
            let exception = cx.take_exception(thrown);
            assert_eq!(exception.type_of(), cx.well_known().method_error());
            None
        }
    }
}

#[test]
fn the_most_specific_method_is_called() {
    for stress in [false, true] {
        let cx = context_in(&engine(stress));
        define(&cx, "f", "Tuple{Any}", 1);
        define(&cx, "f", "Tuple{Number}", 2);
        define(&cx, "f", "Tuple{Int64}", 3);
        define(&cx, "f", "Tuple{T,T} where T", 4);
        define(&cx, "f", "Tuple{Any,Any}", 5);
        define(&cx, "f", "Tuple{Vararg{Any}}", 6);
        define(&cx, "f", "Tuple{Type{Int64}}", 7);
        define(&cx, "f", "Tuple{Type{<:Number}}", 8);
        let w = cx.well_known();
        let (i, x, n) = (cx.box_int64(1), cx.box_float64(1.0), cx.nothing());
        for _ in 0..2 {
            assert_eq!(goes_to(&cx, "f", &[i]), Some(3));
            assert_eq!(goes_to(&cx, "f", &[x]), Some(2));
            assert_eq!(goes_to(&cx, "f", &[n]), Some(1));
            assert_eq!(goes_to(&cx, "f", &[i, i]), Some(4));
            assert_eq!(goes_to(&cx, "f", &[i, x]), Some(5));
            assert_eq!(goes_to(&cx, "f", &[]), Some(6));
            assert_eq!(goes_to(&cx, "f", &[i, i, i, x]), Some(6));
            assert_eq!(goes_to(&cx, "f", &[w.int64().erase()]), Some(7));
            assert_eq!(goes_to(&cx, "f", &[w.float64().erase()]), Some(8));
            assert_eq!(goes_to(&cx, "f", &[w.string().erase()]), Some(1));
        }
    }
}

#[test]
fn equally_good_methods_are_an_error() {
    let cx = context_in(&engine(false));
    define(&cx, "f", "Tuple{Int64,Any}", 1);
    define(&cx, "f", "Tuple{Any,Int64}", 2);
    let (i, x) = (cx.box_int64(1), cx.box_float64(1.0));
    assert_eq!(goes_to(&cx, "f", &[i, x]), Some(1));
    assert_eq!(goes_to(&cx, "f", &[x, i]), Some(2));
    assert_eq!(goes_to(&cx, "f", &[i, i]), None);
    define(&cx, "f", "Tuple{Int64,Int64}", 3);
    assert_eq!(goes_to(&cx, "f", &[i, i]), Some(3));
    assert_eq!(goes_to(&cx, "f", &[x]), None);
}

#[test]
fn new_methods_take_effect_in_new_worlds_only() {
    let cx = context_in(&engine(false));
    define(&cx, "f", "Tuple{Any}", 1);
    let i = cx.box_int64(1);
    assert_eq!(goes_to(&cx, "f", &[i]), Some(1));
    let old_world = cx.world_age();
    define(&cx, "f", "Tuple{Int64}", 2);
    assert_eq!(goes_to(&cx, "f", &[i]), Some(2));
    cx.task().world_age.set(old_world);
    assert_eq!(goes_to(&cx, "f", &[i]), Some(1));
    cx.enter_newest_world();
    define(&cx, "f", "Tuple{Int64}", 3);
    assert_eq!(goes_to(&cx, "f", &[i]), Some(3));
}

#[test]
fn a_remembered_answer_is_forgotten_when_methods_change() {
    let cx = context_in(&engine(false));
    let first = define(&cx, "f", "Tuple{Any}", 1);
    let _guard = cx.heap().no_collect();
    let query = types::tuple_type(&cx, &[function(&cx, "f").type_of().erase(), cx.well_known().int64().erase()]);
    let lines = |world| {
        let matches = dispatch::matching_methods(&cx, query, world, 4).unwrap().unwrap();
        matches.list.iter().map(|found| found.method.line).collect::<Vec<_>>()
    };
    let before = cx.world_counter();
    assert_eq!((lines(before), lines(before)), (vec![1], vec![1]));
    let second = define(&cx, "f", "Tuple{Int64}", 2);
    assert_eq!((lines(cx.world_counter()), lines(before)), (vec![2], vec![1]));
    dispatch::delete_method(&cx, second);
    assert_eq!(lines(cx.world_counter()), [1]);
    dispatch::delete_method(&cx, first);
    assert_eq!(lines(cx.world_counter()), [0_u32; 0]);
}

#[test]
fn static_parameters_are_found() {
    let cx = context_in(&engine(false));
    let method = define(&cx, "f", "Tuple{Array{T,N},Vararg{T}} where {T,N}", 1);
    let _guard = cx.heap().no_collect();
    let call = parse(&cx, "Tuple{Array{Int64,2},Int64,Int64}");
    let params: Vec<Value> = call.expect::<DataType>().params().iter().map(|param| param.unwrap()).collect();
    let mut elements = vec![function(&cx, "f").type_of().erase()];
    elements.extend(params);
    let query = types::tuple_type(&cx, &elements);
    let matches = dispatch::matching_methods(&cx, query, cx.world_age(), 3).unwrap().unwrap();
    assert!(matches.list.len() == 1 && matches.is_covered() && matches.list[0].method == method);
    let env: Vec<Value> = matches.list[0].static_params.values().collect();
    assert_eq!(env, [cx.well_known().int64().erase(), cx.box_int64(2)]);
}

#[test]
fn queries_over_abstract_types_find_all_candidates_in_order() {
    let cx = context_in(&engine(false));
    define(&cx, "f", "Tuple{Any}", 1);
    define(&cx, "f", "Tuple{Integer}", 2);
    define(&cx, "f", "Tuple{String}", 3);
    define(&cx, "f", "Tuple{Number}", 4);
    let _guard = cx.heap().no_collect();
    let query = |argument: &str| {
        let argument = parse(&cx, argument);
        let tuple = types::tuple_type(&cx, &[function(&cx, "f").type_of().erase(), argument]);
        let matches = dispatch::matching_methods(&cx, tuple, cx.world_age(), 10).unwrap().unwrap();
        (matches.list.iter().map(|found| found.method.line).collect::<Vec<_>>(), matches.ambiguous)
    };
    assert_eq!(query("Int64"), (vec![2], false));
    assert_eq!(query("Real"), (vec![2, 4], false));
    assert_eq!(query("Number"), (vec![2, 4], false));
    let (all, ambiguous) = query("Any");
    assert_eq!((all.len(), all[3], ambiguous), (4, 1, false));
}

/// Code for an instance that found its callees by one query.
fn code_for(cx: &Context, instance: Gc<MethodInstance>, edges: &[Gc<Edge>]) -> Gc<Code> {
    let method = instance.method.unwrap();
    let object = Code {
        site: method.site,
        spec_hash: instance.hash,
        spec_types: instance.spec_types,
        edges: Field::new(Some(cx.svec_of(edges))),
        inferred: Field::null(),
        literals: Field::null(),
        return_type: Field::null(),
        const_result: Field::null(),
        inline_cost: Cell::new(0),
        flags: Cell::new(0),
        image: Cell::new(IMAGE_NONE),
        invoke_function: Cell::new(u32::MAX),
        specialized_function: Cell::new(u32::MAX),
        entry_cell: Cell::new(0),
        kept: Field::null(),
    };
    let code = cx.allocate(cx.well_known().code(), object);
    worlds::register_code(cx, code);
    code
}

fn instance_for(cx: &Context, name: &str, arguments: &[Value]) -> Gc<MethodInstance> {
    let mut all = vec![function(cx, name)];
    all.extend(arguments);
    dispatch::dispatch(cx, &all).unwrap()
}

fn call_types(cx: &Context, name: &str, argument: &str) -> Value {
    types::tuple_type(cx, &[function(cx, name).type_of().erase(), parse(cx, argument)])
}

#[test]
fn a_new_method_invalidates_exactly_what_it_changes() {
    let cx = context_in(&engine(false));
    let _guard = cx.heap().no_collect();
    cx.invalidations.enable(true);
    let callee = define(&cx, "callee", "Tuple{Any}", 1);
    define(&cx, "middle", "Tuple{Any}", 2);
    define(&cx, "outer", "Tuple{Any}", 3);
    let i = cx.box_int64(1);
    let (inner, middle, outer) =
        (instance_for(&cx, "callee", &[i]), instance_for(&cx, "middle", &[i]), instance_for(&cx, "outer", &[i]));
    let inner_code = code_for(&cx, inner, &[]);
    let inner_instance = worlds::link(&cx, inner_code, inner);
    let query = call_types(&cx, "callee", "Int64");
    let edge = worlds::dispatch_edge(&cx, query, &[callee.site], &[inner_code]);
    let middle_code = code_for(&cx, middle, &[edge]);
    let middle_instance = worlds::link(&cx, middle_code, middle);
    let edge = worlds::code_edge(&cx, &[middle_code]);
    let outer_instance = worlds::link(&cx, code_for(&cx, outer, &[edge]), outer);
    let valid = |code: Gc<CodeInstance>| code.valid_in(cx.world_counter());

    define(&cx, "callee", "Tuple{String}", 4);
    assert!(valid(inner_instance) && valid(middle_instance) && valid(outer_instance), "the query's answer is the same");
    define(&cx, "callee", "Tuple{Number}", 5);
    assert!(valid(inner_instance), "the old method itself is as it was");
    assert!(!valid(middle_instance) && !valid(outer_instance));
    let log = cx.invalidations.entries();
    let tree: Vec<(u32, Cause)> =
        log.iter().filter(|entry| entry.cause == Cause::MethodInsert).map(|entry| (entry.depth, entry.cause)).collect();
    assert_eq!(tree, [(0, Cause::MethodInsert), (1, Cause::MethodInsert), (2, Cause::MethodInsert)]);
}

#[test]
fn a_redefined_constant_invalidates_its_readers() {
    let cx = context_in(&engine(false));
    let _guard = cx.heap().no_collect();
    let main = main_module(&cx);
    let name = cx.symbol("limit");
    modules::declare_const(&cx, main, name, cx.box_int64(10)).unwrap();
    define(&cx, "f", "Tuple{Any}", 1);
    let instance = instance_for(&cx, "f", &[cx.nothing()]);
    let binding = modules::resolve(&cx, main, name);
    let edge = worlds::binding_edge(&cx, binding, binding.value.get());
    let code = worlds::link(&cx, code_for(&cx, instance, &[edge]), instance);
    modules::declare_const(&cx, main, name, cx.box_int64(10)).unwrap();
    assert!(code.valid_in(cx.world_counter()));
    modules::declare_const(&cx, main, name, cx.box_int64(11)).unwrap();
    assert!(!code.valid_in(cx.world_counter()));
}

/// Two methods that call each other, and a constant one of them reads.
fn define_pair(cx: &Context, limit: i64) -> (Gc<Method>, Gc<Method>) {
    modules::declare_const(cx, main_module(cx), cx.symbol("limit"), cx.box_int64(limit)).unwrap();
    (define(cx, "even", "Tuple{Int64}", 1), define(cx, "odd", "Tuple{Int64}", 2))
}

#[test]
fn a_second_context_adopts_code_whose_facts_hold_there() {
    let shared = engine(false);
    let first = context_in(&shared);
    let _guard = first.heap().no_collect();
    let (even, odd) = define_pair(&first, 10);
    let i = first.box_int64(1);
    let (even_instance, odd_instance) = (instance_for(&first, "even", &[i]), instance_for(&first, "odd", &[i]));
    let even_code = code_for(&first, even_instance, &[]);
    let to_even = worlds::dispatch_edge(&first, call_types(&first, "even", "Int64"), &[even.site], &[even_code]);
    let binding = modules::resolve(&first, main_module(&first), first.symbol("limit"));
    let reads = worlds::binding_edge(&first, binding, binding.value.get());
    let odd_code = code_for(&first, odd_instance, &[to_even, reads]);
    let to_odd = worlds::dispatch_edge(&first, call_types(&first, "odd", "Int64"), &[odd.site], &[odd_code]);
    first.write(even_code, &even_code.edges, Some(first.svec_of(&[to_odd])));

    let second = context_in(&shared);
    let (even_there, _) = define_pair(&second, 10);
    assert!(even_there != even && even_there.site == even.site);
    let instance = instance_for(&second, "even", &[i]);
    let adopted = worlds::adopt_any(&second, instance).expect("the same source, the same facts");
    assert_eq!(adopted.code, even_code);
    let partner = instance_for(&second, "odd", &[i]);
    assert!(partner.cache.get().is_some_and(|linked| linked.code == odd_code), "a circle is adopted whole");

    let third = context_in(&shared);
    define_pair(&third, 11);
    assert!(worlds::adopt_any(&third, instance_for(&third, "even", &[i])).is_none(), "another constant");
    let fourth = context_in(&shared);
    define_pair(&fourth, 10);
    define(&fourth, "odd", "Tuple{Integer}", 9);
    assert!(
        worlds::adopt_any(&fourth, instance_for(&fourth, "even", &[i])).is_some(),
        "a less specific method changes nothing"
    );
    define(&fourth, "odd", "Tuple{Int64}", 8);
    let instance = instance_for(&fourth, "even", &[i]);
    assert!(dispatch::valid_code(instance, fourth.world_counter()).is_none(), "its partner is another method now");
}

#[test]
fn invoke_goes_to_the_method_of_the_named_types() {
    let cx = context_in(&engine(false));
    define(&cx, "f", "Tuple{Any}", 1);
    define(&cx, "f", "Tuple{Int64}", 2);
    let (f, i) = (function(&cx, "f"), cx.box_int64(5));
    let called = dispatch::invoke(&cx, parse(&cx, "Tuple{Any}"), &[f, i]).unwrap();
    assert_eq!(boxes::unbox_int64(called), 1);
    let refused = dispatch::invoke(&cx, parse(&cx, "Tuple{String}"), &[f, i]).unwrap_err();
    assert_eq!(cx.take_exception(refused).type_of(), cx.well_known().type_error());
    let tuple = structs::new_tuple(&cx, &[i]);
    assert!(dispatch::applicable(&cx, &[f, tuple]).unwrap());
}

#[test]
fn methods_on_abstract_callees_and_constructors_are_found() {
    let cx = context_in(&engine(false));
    let _guard = cx.heap().no_collect();
    let w = cx.well_known();
    let add = |first: Value, line: u32| {
        let definition = MethodDefinition {
            module: main_module(&cx),
            name: cx.symbol("call"),
            file: cx.symbol("test.jl"),
            line,
            argument_types: &[first, w.any().erase()],
            variables: &[],
            is_vararg: false,
            flags: 0,
            no_specialize: 0,
            source: None,
            literals: None,
            param_names: None,
            body_hash: u64::from(line),
        };
        let added = dispatch::add_method(&cx, &definition);
        cx.enter_newest_world();
        added
    };
    add(w.number().erase(), 1).unwrap();
    add(types::type_of_type(&cx, w.int64().erase()).erase(), 2).unwrap();
    add(parse(&cx, "Type{<:Real}"), 3).unwrap();
    let call = |callee: Value| cx.call(callee, &[cx.nothing()]).map(boxes::unbox_int64);
    assert_eq!(call(cx.box_int64(4)), Ok(1));
    assert_eq!(call(w.int64().erase()), Ok(2));
    assert_eq!(call(w.float64().erase()), Ok(3));
    assert!(call(w.string().erase()).is_err());
    assert!(add(w.function().erase(), 4).is_err() && add(w.any().erase(), 5).is_err());
}

#[test]
fn spliced_values_tell_methods_apart() {
    let cx = context_in(&engine(false));
    let _guard = cx.heap().no_collect();
    let site = |value: Value| {
        let function = function(&cx, "f");
        let definition = MethodDefinition {
            module: main_module(&cx),
            name: cx.symbol("f"),
            file: cx.symbol("test.jl"),
            line: 1,
            argument_types: &[function.type_of().erase()],
            variables: &[],
            is_vararg: false,
            flags: 0,
            no_specialize: 0,
            source: None,
            literals: Some(cx.svec(&[value])),
            param_names: None,
            body_hash: 1,
        };
        dispatch::add_method(&cx, &definition).unwrap().site
    };
    assert_eq!(site(cx.box_int64(1)), site(cx.box_int64(1)));
    assert_ne!(site(cx.box_int64(1)), site(cx.box_int64(2)));
    assert_eq!(site(cx.new_string(b"a").erase()), site(cx.new_string(b"a").erase()));
    let array = tintype_runtime::values::arrays::new_vector_any(&cx, &[]).erase();
    assert_ne!(site(array), site(array));
}

#[test]
fn a_constant_with_identity_is_relied_on_by_type() {
    let shared = engine(false);
    let first = context_in(&shared);
    let _guard = first.heap().no_collect();
    let define_in = |cx: &Context, value: Value| {
        modules::declare_const(cx, main_module(cx), cx.symbol("table"), value).unwrap();
        define(cx, "f", "Tuple{Int64}", 1);
        instance_for(cx, "f", &[cx.box_int64(1)])
    };
    let array = |cx: &Context| tintype_runtime::values::arrays::new_vector_any(cx, &[]).erase();
    let instance = define_in(&first, array(&first));
    let binding = modules::resolve(&first, main_module(&first), first.symbol("table"));
    let ty = first.well_known().vector_any();
    let code = code_for(&first, instance, &[worlds::binding_type_edge(&first, binding, ty)]);
    let linked = worlds::link(&first, code, instance);
    modules::declare_const(&first, main_module(&first), first.symbol("table"), array(&first)).unwrap();
    assert!(linked.valid_in(first.world_counter()), "another array of the same type");

    let second = context_in(&shared);
    let instance = define_in(&second, array(&second));
    assert!(worlds::adopt_any(&second, instance).is_some(), "its own array");
    let third = context_in(&shared);
    let instance = define_in(&third, third.box_int64(1));
    assert!(worlds::adopt_any(&third, instance).is_none(), "a constant of another type");
}
