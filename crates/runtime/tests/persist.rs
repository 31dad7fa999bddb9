//! A world stored in a segment runs in another engine, at its address, under collector stress, and can be forked.

use std::rc::Rc;
use tintype_heap::{HeapConfig, ImageRange, Segment, SegmentBuilder, verify_segment};
use tintype_runtime::dispatch::{self, MethodDefinition};
use tintype_runtime::objects::*;
use tintype_runtime::persist::{self, ImageRoot};
use tintype_runtime::values::{boxes, structs};
use tintype_runtime::{Context, Execution, Outcome, Shared, modules, types, worlds};

fn answer_with_line(cx: &Context, instance: Gc<MethodInstance>, _arguments: &[Value]) -> Outcome {
    Ok(cx.box_int64(i64::from(instance.method.unwrap().line)))
}

fn no_builtin(cx: &Context, _number: u32, _arguments: &[Value]) -> Outcome {
    Err(cx.error("no built-in functions here"))
}

fn prepare(cx: &Context) {
    cx.set_execution(Execution { interpret: answer_with_line, builtin: no_builtin, intrinsic: no_builtin });
    cx.enter_newest_world();
}

fn add(cx: &Context, module: Gc<Module>, name: &str, argument: Value, line: u32) {
    let function = modules::generic_function(cx, module, cx.symbol(name)).unwrap();
    let definition = MethodDefinition {
        module,
        name: cx.symbol(name),
        file: cx.symbol("lib.jl"),
        line,
        argument_types: &[function.type_of().erase(), argument],
        variables: &[],
        is_vararg: false,
        flags: 0,
        no_specialize: 0,
        source: None,
        literals: None,
        param_names: None,
        body_hash: u64::from(line),
    };
    dispatch::add_method(cx, &definition).unwrap();
    cx.enter_newest_world();
}

fn library(cx: &Context) -> Gc<Module> {
    let site = modules::module_at(cx, cx.world().base.get().unwrap().site);
    site.unwrap()
}

/// A world with a library `Base` of one function, stored for the address `base`.
fn store(base: u64) -> Segment {
    let shared = Shared::new(HeapConfig::default()).unwrap();
    let cx = Context::new(&shared).unwrap();
    prepare(&cx);
    let module = modules::new_module(&cx, None, cx.symbol("Base"), false);
    cx.write(cx.world(), &cx.world().base, Some(module));
    let w = cx.well_known();
    add(&cx, module, "size_of", w.any().erase(), 1);
    add(&cx, module, "size_of", w.integer().erase(), 2);
    let function = modules::global(&cx, module, cx.symbol("size_of")).unwrap();
    cx.call(function, &[cx.box_int64(1)]).unwrap();
    modules::set_global(&cx, module, cx.symbol("counter"), cx.box_int64(41)).unwrap();
    modules::export(&cx, module, cx.symbol("size_of"));
    modules::use_module(&cx, cx.world().main.get().unwrap(), module);
    let _guard = cx.heap().no_collect();
    persist::forget_caches(&cx);
    let root = persist::system_root(&cx, None);
    let mut builder = SegmentBuilder::new(base, &[]);
    builder.add_roots(&[root.erase()]);
    builder.build().expect("everything can be stored")
}

/// A segment at an address of the system's choice, as the loader would map it.
struct Mapped {
    segment: Segment,
}

fn map() -> Mapped {
    let probe = store(0x10_0000);
    let len = probe.bytes.len().next_multiple_of(4096);
    let address = fresh_memory(len);
    let segment = store(address as u64);
    assert_eq!(segment.bytes.len(), probe.bytes.len());
    verify_segment(&segment.bytes, segment.base, segment.object_starts.as_ref(), &[]).expect("a sound segment");
    // SAFETY: the mapping has room for the bytes and is writable; it is never unmapped.
    unsafe { std::ptr::copy_nonoverlapping(segment.bytes.as_ptr(), address as *mut u8, segment.bytes.len()) };
    Mapped { segment }
}

/// Memory that stays where it is for the rest of the process.
fn fresh_memory(len: usize) -> usize {
    let layout = std::alloc::Layout::from_size_align(len, 4096).unwrap();
    // SAFETY: the size is not zero; the memory is leaked on purpose.
    unsafe { std::alloc::alloc_zeroed(layout).expose_provenance() }
}

fn open(mapped: &Mapped, stress: bool) -> (Rc<Shared>, Gc<ImageRoot>) {
    let shared = Shared::new(HeapConfig { stress: u32::from(stress), ..HeapConfig::default() }).unwrap();
    let segment = &mapped.segment;
    shared.heap.register_image(ImageRange { base: segment.base as usize, len: segment.bytes.len() });
    // SAFETY: the root's object lies at this address in the mapping.
    let root = unsafe { Value::from_addr(segment.roots[0] as usize) };
    let root = persist::root_of(root).expect("an image root");
    shared.attach_image(root).unwrap();
    (shared, root)
}

#[test]
fn a_stored_world_goes_on() {
    for stress in [false, true] {
        let mapped = map();
        let (shared, root) = open(&mapped, stress);
        let cx = Context::from_image(&shared, root).unwrap();
        prepare(&cx);
        let main = cx.world().main.get().unwrap();
        let function = modules::global(&cx, main, cx.symbol("size_of")).expect("exported by the library");
        let call = |argument: Value| boxes::unbox_int64(cx.call(function, &[argument]).unwrap());
        assert_eq!(call(cx.box_int64(5)), 2);
        assert_eq!(call(cx.box_float64(5.0)), 1);
        add(&cx, main, "mine", cx.well_known().any().erase(), 7);
        let base = library(&cx);
        modules::set_global(&cx, base, cx.symbol("counter"), structs::new_tuple(&cx, &[cx.box_float64(1.5)])).unwrap();
        cx.mutator().collect();
        let value = modules::global(&cx, base, cx.symbol("counter")).unwrap();
        assert_eq!(boxes::unbox::<f64>(structs::get_field(&cx, value, 0).unwrap()), 1.5);
        let ty = types::apply_type(&cx, cx.well_known().array().erase(), &[value.type_of().erase(), cx.box_int64(3)]);
        assert!(types::is_subtype(&cx, ty.unwrap(), cx.well_known().abstract_array().erase()));
        assert_eq!(cx.symbol("size_of"), cx.symbol("size_of"));
    }
}

#[test]
fn a_forked_context_has_the_library_but_not_the_program() {
    let mapped = map();
    let (shared, root) = open(&mapped, false);
    let first = Context::from_image(&shared, root).unwrap();
    prepare(&first);
    let main = first.world().main.get().unwrap();
    let base = first.world().base.get().unwrap();
    modules::set_global(&first, main, first.symbol("x"), first.nothing()).unwrap();
    let function = modules::global(&first, main, first.symbol("size_of")).unwrap();
    let int = first.well_known().int64().erase();
    modules::import_name(&first, main, base, first.symbol("size_of"), first.symbol("size_of"), true).unwrap();
    add(&first, main, "size_of", int, 9);
    let call = |cx: &Context| boxes::unbox_int64(cx.call(function, &[cx.box_int64(5)]).unwrap());
    assert_eq!(call(&first), 9);

    let second = worlds::fork::fork(&shared, first.world()).unwrap();
    prepare(&second);
    assert_eq!(call(&second), 2, "the first program's method is not there");
    let other = second.world().main.get().unwrap();
    assert!(!modules::is_defined(&second, other, second.symbol("x")));
    assert_eq!(modules::global(&second, other, second.symbol("size_of")), Some(function));
    assert_eq!(call(&first), 9);
}

#[test]
fn segments_are_the_same_each_time() {
    assert!(store(0x20_0000) == store(0x20_0000));
}
