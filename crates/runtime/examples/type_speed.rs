//! Prints what boot, dispatch from the cache and common subtype questions cost, in nanoseconds.

use std::time::Instant;
use tintype_heap::HeapConfig;
use tintype_runtime::dispatch::{self, MethodDefinition};
use tintype_runtime::values::structs;
use tintype_runtime::{Context, Shared, ValueExt, modules, types};

fn time(name: &str, n: u32, mut work: impl FnMut()) {
    let start = Instant::now();
    (0..n).for_each(|_| work());
    println!("{name:32} {:10.1} ns", start.elapsed().as_nanos() as f64 / f64::from(n));
}

fn main() {
    time("boot of an engine", 10, || {
        let shared = Shared::new(HeapConfig::default()).expect("address space");
        Context::new(&shared).expect("a context");
    });
    let cx = Context::new(&Shared::new(HeapConfig::default()).expect("address space")).expect("a context");
    let module = cx.world().main.get().expect("Main");
    let function = modules::generic_function(&cx, module, cx.symbol("f")).unwrap_or_else(|_| panic!("a function"));
    let w = cx.well_known();
    for (line, ty) in [w.any(), w.number(), w.integer(), w.int64(), w.float64(), w.string()].into_iter().enumerate() {
        let definition = MethodDefinition {
            module,
            name: cx.symbol("f"),
            file: cx.symbol("f.jl"),
            line: line as u32,
            argument_types: &[function.type_of().erase(), ty.erase()],
            variables: &[],
            is_vararg: false,
            flags: 0,
            no_specialize: 0,
            source: None,
            literals: None,
            param_names: None,
            body_hash: line as u64,
        };
        dispatch::add_method(&cx, &definition).unwrap_or_else(|_| panic!("a method"));
    }
    cx.enter_newest_world();
    let call = [function, cx.box_int64(3)];
    time("dispatch from the cache", 1_000_000, || {
        std::hint::black_box(dispatch::dispatch(&cx, &call).is_ok());
    });
    let query = types::tuple_type(&cx, &[function.type_of().erase(), w.real().erase()]);
    time("query f(::Real)", 10_000, || {
        std::hint::black_box(dispatch::matching_methods(&cx, query, cx.world_age(), 9).is_ok());
    });
    let vector = types::apply_type(&cx, w.array().erase(), &[w.int64().erase(), cx.box_int64(1)]);
    let vector = vector.unwrap_or_else(|_| panic!("a type"));
    time("Vector{Int64} <: AbstractArray", 1_000_000, || {
        std::hint::black_box(types::is_subtype(&cx, vector, w.abstract_array().erase()));
    });
    let of_real = types::apply_type(&cx, w.abstract_array().erase(), &[w.int64().erase()]);
    let of_real = of_real.unwrap_or_else(|_| panic!("a type"));
    time("Vector{Int64} <: AbstractArray{Int64}", 100_000, || {
        std::hint::black_box(types::is_subtype(&cx, vector, of_real));
    });
    let (a, b) = (cx.box_int64(1), cx.box_float64(2.0));
    time("tuple of two", 1_000_000, || {
        std::hint::black_box(structs::new_tuple(&cx, &[a, b]));
    });
}
