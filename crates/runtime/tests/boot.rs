//! Boot makes the well-known objects, values behave as values, arrays grow, modules resolve names.

use tintype_heap::HeapConfig;
use tintype_runtime::objects::*;
use tintype_runtime::values::{arrays, boxes, egal::egal, structs};
use tintype_runtime::{Context, Shared, modules, types};

fn context(stress: bool) -> Context {
    let config = HeapConfig { stress: u32::from(stress), ..HeapConfig::default() };
    Context::new(&Shared::new(config).expect("address space")).expect("a context")
}

#[test]
fn numbers_box_and_unbox() {
    let cx = context(false);
    for number in [0, -512, 1023, 1024, -513, i64::MAX, i64::MIN] {
        assert_eq!(boxes::unbox_int64(cx.box_int64(number)), number);
    }
    assert_eq!(cx.box_int64(7), cx.box_int64(7));
    assert!(egal(&cx, cx.box_int64(70_000), cx.box_int64(70_000)));
    assert!(!egal(&cx, cx.box_float64(0.0), cx.box_float64(-0.0)));
    assert!(egal(&cx, cx.box_char('é'), cx.box_char('é')));
    assert_eq!(boxes::char_from_bits(boxes::char_bits('€')), Some('€'));
}

#[test]
fn symbols_are_unique() {
    let cx = context(false);
    assert_eq!(cx.symbol("abc"), cx.symbol("abc"));
    assert_ne!(cx.symbol("abc"), cx.symbol("abd"));
    assert_eq!(cx.symbol("größe").as_str(), "größe");
}

#[test]
fn tuples_have_one_type_per_element_types() {
    let cx = context(false);
    let (one, x) = (cx.box_int64(1), cx.box_float64(2.5));
    let tuple = structs::new_tuple(&cx, &[one, x, cx.nothing()]);
    let other = structs::new_tuple(&cx, &[x, one]);
    assert_ne!(tuple.type_of(), other.type_of());
    assert_eq!(tuple.type_of(), structs::new_tuple(&cx, &[one, x, cx.nothing()]).type_of());
    assert!(egal(&cx, structs::get_field(&cx, tuple, 1).unwrap(), x));
    assert!(tuple.type_of().is_bits());
    assert_eq!(structs::new_tuple(&cx, &[]), cx.well_known().empty_tuple());
}

#[test]
fn arrays_grow_and_shrink_at_both_ends() {
    for stress in [false, true] {
        let cx = context(stress);
        let w = cx.well_known();
        for element in [w.any().erase(), w.int64().erase(), w.uint8().erase(), w.nothing_type().erase()] {
            let ty = arrays::array_type(&cx, element, 1).unwrap();
            let array = arrays::new_array(&cx, ty, &[0]).unwrap();
            let make = |i: i64| match element {
                element if element == w.uint8().erase() => cx.box_uint8(i as u8),
                element if element == w.nothing_type().erase() => cx.nothing(),
                _ => cx.box_int64(i * 10_000),
            };
            let mut model = std::collections::VecDeque::new();
            let mut random = 12345_u64;
            for step in 0..300 {
                random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (random >> 33) as usize % (model.len() + 1);
                match random >> 60 {
                    0..=5 => {
                        arrays::grow_at(&cx, array, model.len(), 1).unwrap();
                        arrays::set(&cx, array, model.len(), make(step));
                        model.push_back(step);
                    }
                    6..=9 => {
                        arrays::grow_at(&cx, array, 0, 1).unwrap();
                        arrays::set(&cx, array, 0, make(step));
                        model.push_front(step);
                    }
                    10..=11 => {
                        arrays::grow_at(&cx, array, at, 1).unwrap();
                        arrays::set(&cx, array, at, make(step));
                        model.insert(at, step);
                    }
                    12 if !model.is_empty() => {
                        arrays::delete_at(&cx, array, 0, 1);
                        model.pop_front();
                    }
                    13 if !model.is_empty() => {
                        arrays::delete_at(&cx, array, model.len() - 1, 1);
                        model.pop_back();
                    }
                    _ if at < model.len() => {
                        arrays::delete_at(&cx, array, at, 1);
                        model.remove(at);
                    }
                    _ => {}
                }
            }
            assert_eq!(arrays::length(array), model.len());
            for (i, &step) in model.iter().enumerate() {
                assert!(egal(&cx, arrays::get(&cx, array, i).unwrap(), make(step)), "element {i}");
            }
        }
    }
}

#[test]
fn names_resolve_through_using() {
    let cx = context(false);
    let main = cx.world().main.get().unwrap();
    assert_eq!(modules::global(&cx, main, cx.symbol("Int64")), Some(cx.well_known().int64().erase()));
    let inner = modules::new_module(&cx, Some(main), cx.symbol("Inner"), false);
    modules::set_global(&cx, inner, cx.symbol("x"), cx.box_int64(5)).unwrap();
    modules::export(&cx, inner, cx.symbol("x"));
    assert!(modules::get_global(&cx, main, cx.symbol("x")).is_err());
    modules::use_module(&cx, main, inner);
    assert_eq!(boxes::unbox_int64(modules::get_global(&cx, main, cx.symbol("x")).unwrap()), 5);
    let refused = modules::set_global(&cx, main, cx.symbol("x"), cx.nothing()).unwrap_err();
    let exception = cx.take_exception(refused);
    assert_eq!(exception.type_of(), cx.well_known().error_exception());
}

#[test]
fn constants_keep_their_type() {
    let cx = context(false);
    let main = cx.world().main.get().unwrap();
    let name = cx.symbol("c");
    modules::declare_const(&cx, main, name, cx.box_int64(1)).unwrap();
    modules::declare_const(&cx, main, name, cx.box_int64(2)).unwrap();
    assert_eq!(cx.warnings.borrow().len(), 1);
    assert!(modules::declare_const(&cx, main, name, cx.nothing()).is_err());
}

#[test]
fn boot_types_have_the_declared_hierarchy() {
    let cx = context(true);
    let w = cx.well_known();
    assert!(types::is_subtype(&cx, w.int64().erase(), w.real().erase()));
    assert!(!types::is_subtype(&cx, w.real().erase(), w.int64().erase()));
    assert!(types::is_subtype(&cx, w.vector_any().erase(), w.abstract_array().erase()));
    assert!(types::is_subtype(&cx, w.data_type().erase(), w.type_all().erase()));
    assert!(types::isa(&cx, w.int64().erase(), w.data_type().erase()));
    assert!(types::isa(&cx, w.int64().erase(), w.type_all().erase()));
    assert!(w.expr().n_fields() == 2 && w.expr().field_type(1) == w.vector_any().erase());
}

#[test]
fn contexts_of_one_engine_share_types_but_not_globals() {
    let shared = Shared::new(HeapConfig::default()).unwrap();
    let (a, b) = (Context::new(&shared).unwrap(), Context::new(&shared).unwrap());
    let (main_a, main_b) = (a.world().main.get().unwrap(), b.world().main.get().unwrap());
    assert_ne!(main_a, main_b);
    modules::set_global(&a, main_a, a.symbol("x"), a.box_int64(1)).unwrap();
    assert!(!modules::is_defined(&b, main_b, b.symbol("x")));
    let number = |cx: &Context, module| modules::binding(cx, module, cx.symbol("x")).number;
    assert_eq!(number(&a, main_a), number(&b, main_b));
    let f = |cx: &Context, module| modules::generic_function(cx, module, cx.symbol("f")).unwrap();
    assert_eq!(f(&a, main_a), f(&b, main_b));
}
