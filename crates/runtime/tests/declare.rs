//! Declared types: parameters, self-reference, layouts, singletons, sharing between contexts by definition site.

use tintype_heap::HeapConfig;
use tintype_runtime::objects::*;
use tintype_runtime::types::declare::{TypeDefinition, declare_type, definition_site};
use tintype_runtime::types::{self, apply_type, set_field_types, set_super};
use tintype_runtime::values::{egal::egal, structs};
use tintype_runtime::{Context, Shared};

#[path = "support/type_parser.rs"]
mod type_parser;
use type_parser::parse;

fn context() -> Context {
    Context::new(&Shared::new(HeapConfig::default()).expect("address space")).expect("a context")
}

fn declare(cx: &Context, name: &str, params: &[Gc<TypeVar>], fields: &[&str], flags: u32) -> Gc<DataType> {
    let module = cx.world().main.get().unwrap();
    let names: Vec<Value> = fields.iter().map(|field| cx.symbol(field).erase()).collect();
    let name = cx.symbol(name);
    let definition = TypeDefinition {
        module: Some(module),
        name,
        params,
        field_names: cx.svec(&names),
        flags,
        n_bits: 0,
        n_initialized: fields.len() as u32,
        site: definition_site(cx, module, name),
        kind: Kind::Plain,
    };
    declare_type(cx, &definition)
}

fn variable(cx: &Context, name: &str) -> Gc<TypeVar> {
    cx.new_type_var(cx.symbol(name), cx.well_known().bottom(), cx.well_known().any().erase())
}

/// A struct of these field types, and its size as the reference implementation gives it.
#[test]
fn structs_have_the_sizes_of_c() {
    let cx = context();
    let _guard = cx.heap().no_collect();
    for (i, (fields, size, is_bits)) in [
        (&["Int64", "Int8"][..], 16, true),
        (&["Int8", "Int64", "Int8"], 24, true),
        (&["Int8", "Int16", "Int32"], 8, true),
        (&["String", "Int8"], 16, false),
        (&["Tuple{Int8,Int32}", "Int8"], 12, true),
        (&["Tuple{Int8,String}", "Int8"], 16, false),
        (&["Nothing", "Int8"], 1, true),
        (&["Any"], 8, false),
        (&["Bool", "Bool", "Float16"], 4, true),
        (&["Union{Int64,String}"], 8, false),
        (&["Char", "Float32", "Float64"], 16, true),
        (&[], 0, true),
    ]
    .into_iter()
    .enumerate()
    {
        let names: Vec<String> = (0..fields.len()).map(|i| format!("f{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ty = declare(&cx, &format!("S{i}"), &[], &names, 0);
        set_super(&cx, ty, cx.well_known().any().erase()).unwrap();
        let types: Vec<Value> = fields.iter().map(|field| parse(&cx, field)).collect();
        set_field_types(&cx, ty, cx.svec(&types)).unwrap();
        assert_eq!((ty.layout.size, ty.is_bits()), (size, is_bits), "{fields:?}");
        assert_eq!(ty.instance.get().is_some(), size == 0 && is_bits);
    }
}

#[test]
fn a_struct_may_mention_itself() {
    let cx = context();
    let w = cx.well_known();
    let t = variable(&cx, "T");
    let node = declare(&cx, "Node", &[t], &["value", "next"], name_flags::MUTABLE);
    let next = types::union(&cx, &[w.nothing_type().erase(), node.erase()]);
    set_super(&cx, node, w.any().erase()).unwrap();
    set_field_types(&cx, node, cx.svec(&[t.erase(), next])).unwrap();
    let wrapper = node.name.wrapper.get().unwrap();
    let of_int = apply_type(&cx, wrapper, &[w.int64().erase()]).unwrap().expect::<DataType>();
    assert_eq!(of_int, apply_type(&cx, wrapper, &[w.int64().erase()]).unwrap().expect::<DataType>());
    let expected = types::union(&cx, &[w.nothing_type().erase(), of_int.erase()]);
    assert!(egal(&cx, of_int.field_type(1), expected));
    assert!(!of_int.field_place(0).is_pointer && of_int.field_place(1).is_pointer);
    let last = structs::new_struct(&cx, of_int, &[cx.box_int64(1), cx.nothing()]);
    let first = structs::new_checked(&cx, of_int.erase(), &[cx.box_int64(2), last]).unwrap();
    cx.mutator().collect();
    assert_eq!(structs::get_field(&cx, first, 1), Some(last));
    let refused = structs::new_checked(&cx, of_int.erase(), &[cx.nothing(), last]).unwrap_err();
    assert_eq!(cx.take_exception(refused).type_of(), w.type_error());
    assert!(!egal(&cx, last, structs::new_struct(&cx, of_int, &[cx.box_int64(1), cx.nothing()])));
}

#[test]
fn instances_made_before_the_declaration_ends_are_completed() {
    let cx = context();
    let w = cx.well_known();
    let t = variable(&cx, "T");
    let tree = declare(&cx, "Tree", &[t], &["children", "label"], 0);
    let of_int = apply_type(&cx, tree.name.wrapper.get().unwrap(), &[w.int64().erase()]).unwrap();
    let children = apply_type(&cx, w.array().erase(), &[of_int, cx.box_int64(1)]).unwrap();
    set_super(&cx, tree, w.any().erase()).unwrap();
    set_field_types(&cx, tree, cx.svec(&[children, t.erase()])).unwrap();
    let of_int = of_int.expect::<DataType>();
    assert!(of_int.has(flags::HAS_LAYOUT) && of_int.n_fields() == 2);
    assert_eq!(of_int.layout.size, 16);
    assert_eq!(of_int.super_type.get(), Some(w.any()));
}

#[test]
fn parameters_must_lie_between_their_bounds() {
    let cx = context();
    let w = cx.well_known();
    let t = cx.new_type_var(cx.symbol("T"), w.bottom(), w.real().erase());
    let point = declare(&cx, "Point", &[t], &["x", "y"], 0);
    set_super(&cx, point, w.any().erase()).unwrap();
    set_field_types(&cx, point, cx.svec(&[t.erase(), t.erase()])).unwrap();
    let wrapper = point.name.wrapper.get().unwrap();
    for (param, expected) in [(w.string().erase(), w.type_error()), (cx.new_string(b"x").erase(), w.type_error())] {
        let refused = apply_type(&cx, wrapper, &[param]).unwrap_err();
        assert_eq!(cx.take_exception(refused).type_of(), expected);
    }
    let refused = apply_type(&cx, wrapper, &[w.int64().erase(), w.int64().erase()]).unwrap_err();
    assert_eq!(cx.take_exception(refused).type_of(), w.error_exception());
    let of_float = apply_type(&cx, wrapper, &[w.float64().erase()]).unwrap().expect::<DataType>();
    assert!(of_float.is_bits() && of_float.layout.size == 16);
    let (a, b) = (cx.box_float64(1.5), cx.box_float64(2.5));
    let make = || structs::new_struct(&cx, of_float, &[a, b]);
    assert!(make() != make() && egal(&cx, make(), make()));
    assert!(types::is_subtype(&cx, of_float.erase(), wrapper));
    assert!(!types::is_subtype(&cx, wrapper, of_float.erase()));
}

#[test]
fn two_contexts_get_one_type_from_one_definition() {
    let shared = Shared::new(HeapConfig::default()).unwrap();
    let (a, b) = (Context::new(&shared).unwrap(), Context::new(&shared).unwrap());
    let make = |cx: &Context, source: u64, field: Value| {
        cx.source_site.set(source);
        let ty = declare(cx, "P", &[], &["x"], 0);
        set_super(cx, ty, cx.well_known().any().erase()).unwrap();
        set_field_types(cx, ty, cx.svec(&[field])).map(|()| ty)
    };
    let int = a.well_known().int64().erase();
    let first = make(&a, 1, int).unwrap();
    assert_eq!(first, make(&b, 1, int).unwrap());
    assert_ne!(first, make(&b, 2, int).unwrap());
    let refused = make(&b, 1, b.well_known().string().erase()).unwrap_err();
    assert_eq!(b.take_exception(refused).type_of(), b.well_known().error_exception());
}

#[test]
fn named_tuples_have_their_names_fields() {
    let cx = context();
    let w = cx.well_known();
    let names = structs::new_tuple(&cx, &[cx.symbol("a").erase(), cx.symbol("b").erase()]);
    let types = types::tuple_type(&cx, &[w.int64().erase(), w.string().erase()]);
    let ty = apply_type(&cx, w.named_tuple().erase(), &[names, types]).unwrap().expect::<DataType>();
    assert!(ty.is_concrete() && ty.n_fields() == 2);
    let value = structs::new_struct(&cx, ty, &[cx.box_int64(4), cx.new_string(b"s").erase()]);
    assert_eq!(structs::field_index(ty, cx.symbol("b")), Some(1));
    assert_eq!(structs::get_field(&cx, value, 0), Some(cx.box_int64(4)));
    let again = structs::new_tuple(&cx, &[cx.symbol("a").erase(), cx.symbol("b").erase()]);
    assert_eq!(ty, apply_type(&cx, w.named_tuple().erase(), &[again, types]).unwrap().expect::<DataType>());
}
