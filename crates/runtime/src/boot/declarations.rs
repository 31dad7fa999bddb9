//! The rest of `Core`'s types, declared as a program would declare them, and the well-known values.

use super::first_types::core_site;
use crate::context::Context;
use crate::objects::*;
use crate::types::declare::{TypeDefinition, declare_type};
use crate::types::instantiate::instance_of;
use crate::types::layout::{complete, complete_waiting};
use crate::values::allocate::type_head;
use tintype_heap::Layout;

type Slot<T> = fn(&WellKnown) -> &Field<T>;

fn set<T>(cx: &Context, slot: Slot<T>, value: Gc<T>) {
    let well_known = cx.shared().well_known().expect("made first");
    cx.write(well_known, slot(&well_known), Some(value));
}

struct Declaration<'a> {
    name: &'a str,
    above: Gc<DataType>,
    flags: u32,
    n_bits: u32,
    params: &'a [Gc<TypeVar>],
    fields: &'a [(&'a str, Value)],
    n_initialized: usize,
    kind: Kind,
}

impl<'a> Declaration<'a> {
    fn new(name: &'a str, above: Gc<DataType>, flags: u32) -> Declaration<'a> {
        Declaration {
            name,
            above,
            flags,
            n_bits: 0,
            params: &[],
            fields: &[],
            n_initialized: usize::MAX,
            kind: Kind::Plain,
        }
    }

    fn make(&self, cx: &Context) -> Gc<DataType> {
        let names: Vec<Value> = self.fields.iter().map(|(name, _)| cx.symbol(name).erase()).collect();
        let types: Vec<Value> = self.fields.iter().map(|&(_, ty)| ty).collect();
        let definition = TypeDefinition {
            module: None,
            name: cx.symbol(self.name),
            params: self.params,
            field_names: cx.svec(&names),
            flags: self.flags,
            n_bits: self.n_bits,
            n_initialized: self.n_initialized.min(types.len()) as u32,
            site: core_site(self.name),
            kind: self.kind,
        };
        let ty = declare_type(cx, &definition);
        cx.write(ty, &ty.super_type, Some(self.above));
        if self.flags & (name_flags::ABSTRACT | name_flags::PRIMITIVE) == 0 {
            cx.write(ty, &ty.field_types, Some(cx.svec(&types)));
        }
        complete(cx, ty);
        complete_waiting(cx, ty.name);
        ty
    }
}

/// Declares everything that is not a struct of the run-time system's own.
pub(super) fn declare_all(cx: &Context) {
    make_bottom(cx);
    declare_numbers(cx);
    declare_type_type(cx);
    declare_tuples(cx);
    declare_functions(cx);
    declare_containers(cx);
    declare_exceptions(cx);
    type_struct_fields(cx);
}

fn make_bottom(cx: &Context) {
    let well_known = cx.well_known();
    let mut declaration = Declaration::new("TypeofBottom", well_known.any(), 0);
    declaration.kind = Kind::Bottom;
    let ty = declaration.make(cx);
    crate::types::layout::set_layout(ty, Layout::bits(0, 1));
    ty.set_flags(flags::HAS_LAYOUT);
    let bottom = cx.mutator().alloc(type_head(ty));
    cx.write(ty, &ty.instance, Some(bottom));
    crate::types::layout::set_places(cx, ty, &[]);
    set(cx, |w| &w.bottom_type, ty);
    set(cx, |w| &w.bottom, bottom);
    set(cx, |w| &w.vararg, cx.new_vararg(None, None));
}

fn declare_numbers(cx: &Context) {
    let any = cx.well_known().any();
    let make_abstract = |name: &str, above: Gc<DataType>, slot: Slot<DataType>| {
        let ty = Declaration::new(name, above, name_flags::ABSTRACT).make(cx);
        set(cx, slot, ty);
        ty
    };
    let number = make_abstract("Number", any, |w| &w.number);
    let real = make_abstract("Real", number, |w| &w.real);
    let float = make_abstract("AbstractFloat", real, |w| &w.abstract_float);
    let integer = make_abstract("Integer", real, |w| &w.integer);
    let signed = make_abstract("Signed", integer, |w| &w.signed);
    let unsigned = make_abstract("Unsigned", integer, |w| &w.unsigned);
    let char = make_abstract("AbstractChar", any, |w| &w.abstract_char);
    let string = make_abstract("AbstractString", any, |w| &w.abstract_string);
    let primitives: [(&str, Gc<DataType>, u32, Slot<DataType>); 15] = [
        ("Bool", integer, 8, |w| &w.bool),
        ("Char", char, 32, |w| &w.char),
        ("Int8", signed, 8, |w| &w.int8),
        ("Int16", signed, 16, |w| &w.int16),
        ("Int32", signed, 32, |w| &w.int32),
        ("Int64", signed, 64, |w| &w.int64),
        ("Int128", signed, 128, |w| &w.int128),
        ("UInt8", unsigned, 8, |w| &w.uint8),
        ("UInt16", unsigned, 16, |w| &w.uint16),
        ("UInt32", unsigned, 32, |w| &w.uint32),
        ("UInt64", unsigned, 64, |w| &w.uint64),
        ("UInt128", unsigned, 128, |w| &w.uint128),
        ("Float16", float, 16, |w| &w.float16),
        ("Float32", float, 32, |w| &w.float32),
        ("Float64", float, 64, |w| &w.float64),
    ];
    for (name, above, n_bits, slot) in primitives {
        let mut declaration = Declaration::new(name, above, name_flags::PRIMITIVE);
        declaration.n_bits = n_bits;
        set(cx, slot, declaration.make(cx));
    }
    let well_known = cx.well_known();
    cx.write(well_known.string(), &well_known.string().super_type, Some(string));
}

fn variable(cx: &Context, name: &str, upper: Value) -> Gc<TypeVar> {
    cx.new_type_var(cx.symbol(name), cx.well_known().bottom(), upper)
}

/// `Type{T}`, above the types of types.
fn declare_type_type(cx: &Context) {
    let well_known = cx.well_known();
    let any = well_known.any();
    let params = [variable(cx, "T", any.erase())];
    // The name must be known before its first instance is made, so that it gets its flag.
    let mut declaration = Declaration::new("Type", any, name_flags::ABSTRACT);
    declaration.params = &params;
    let ty = declaration.make(cx);
    ty.set_flags(flags::TYPE_TYPE);
    set(cx, |w| &w.type_type_name, ty.name);
    set(cx, |w| &w.type_all, ty.name.wrapper.unwrap().expect());
    for kind in [well_known.data_type(), well_known.union_all(), well_known.union(), well_known.bottom_type()] {
        cx.write(kind, &kind.super_type, Some(ty));
    }
}

fn declare_tuples(cx: &Context) {
    let well_known = cx.well_known();
    let any = well_known.any();
    let definition = TypeDefinition {
        module: None,
        name: cx.symbol("Tuple"),
        params: &[],
        field_names: cx.svec(&[]),
        flags: 0,
        n_bits: 0,
        n_initialized: 0,
        site: core_site("Tuple"),
        kind: Kind::Plain,
    };
    let name = crate::types::declare::new_type_name(cx, &definition);
    cx.write(name, &name.field_names, None);
    set(cx, |w| &w.tuple_name, name);
    let many = cx.new_vararg(Some(any.erase()), None).erase();
    let any_tuple = instance_of(cx, name, &[many]);
    cx.write(name, &name.wrapper, Some(any_tuple.erase()));
    cx.write(any_tuple, &any_tuple.super_type, Some(any));
    complete_waiting(cx, name);
    set(cx, |w| &w.any_tuple, any_tuple);
    let empty = instance_of(cx, name, &[]);
    set(cx, |w| &w.empty_tuple_type, empty);
    set(cx, |w| &w.empty_tuple, empty.instance.unwrap());

    let params = [variable(cx, "names", any.erase()), variable(cx, "T", any_tuple.erase())];
    let definition =
        TypeDefinition { name: cx.symbol("NamedTuple"), params: &params, site: core_site("NamedTuple"), ..definition };
    let named = declare_type(cx, &definition);
    set(cx, |w| &w.named_tuple_name, named.name);
    named.set_flags(flags::NAMED_TUPLE);
    cx.write(named.name, &named.name.field_names, None);
    cx.write(named, &named.super_type, Some(any));
    complete_waiting(cx, named.name);
    set(cx, |w| &w.named_tuple, named.name.wrapper.unwrap().expect());
}

fn declare_functions(cx: &Context) {
    let any = cx.well_known().any();
    let function = Declaration::new("Function", any, name_flags::ABSTRACT).make(cx);
    set(cx, |w| &w.function, function);
    let builtin = Declaration::new("Builtin", function, name_flags::ABSTRACT).make(cx);
    set(cx, |w| &w.builtin, builtin);
    let mut intrinsic = Declaration::new("IntrinsicFunction", builtin, name_flags::PRIMITIVE);
    intrinsic.n_bits = 32;
    set(cx, |w| &w.intrinsic_function, intrinsic.make(cx));
    let nothing = Declaration::new("Nothing", any, 0).make(cx);
    set(cx, |w| &w.nothing_type, nothing);
    set(cx, |w| &w.nothing, nothing.instance.unwrap());
    let undef = Declaration::new("UndefInitializer", any, 0).make(cx);
    set(cx, |w| &w.undef_initializer, undef);
    set(cx, |w| &w.undef, undef.instance.unwrap());
}

fn declare_containers(cx: &Context) {
    let any = cx.well_known().any();
    let parametric = |name: &str, params: &[Gc<TypeVar>], above: Gc<DataType>, flags: u32, n_bits: u32, kind: Kind| {
        let mut declaration = Declaration::new(name, above, flags);
        declaration.params = params;
        declaration.n_bits = n_bits;
        declaration.kind = kind;
        declaration.make(cx)
    };
    let element = |name: &str| variable(cx, name, any.erase());
    let wrapper = |ty: Gc<DataType>| ty.name.wrapper.unwrap().expect::<UnionAll>();

    let reference = parametric("Ref", &[element("T")], any, name_flags::ABSTRACT, 0, Kind::Plain);
    set(cx, |w| &w.ref_name, reference.name);
    set(cx, |w| &w.reference, wrapper(reference));
    let params = [element("T")];
    let above = instance_of(cx, reference.name, &[params[0].erase()]);
    let pointer = parametric("Ptr", &params, above, name_flags::PRIMITIVE, 64, Kind::Plain);
    set(cx, |w| &w.ptr_name, pointer.name);
    set(cx, |w| &w.ptr, wrapper(pointer));

    let params = [element("T"), element("N")];
    let array = parametric("AbstractArray", &params, any, name_flags::ABSTRACT, 0, Kind::Plain);
    set(cx, |w| &w.abstract_array, wrapper(array));
    let params = [element("T"), element("N")];
    let above = instance_of(cx, array.name, &[params[0].erase(), params[1].erase()]);
    let dense = parametric("DenseArray", &params, above, name_flags::ABSTRACT, 0, Kind::Plain);
    set(cx, |w| &w.dense_array, wrapper(dense));

    let memory = parametric("Memory", &[element("T")], any, name_flags::MUTABLE, 0, Kind::Memory);
    set(cx, |w| &w.memory_name, memory.name);
    set(cx, |w| &w.memory, wrapper(memory));
    let params = [element("T"), element("N")];
    let above = instance_of(cx, dense.name, &[params[0].erase(), params[1].erase()]);
    let array = parametric("Array", &params, above, name_flags::MUTABLE, 0, Kind::Array);
    set(cx, |w| &w.array_name, array.name);
    set(cx, |w| &w.array, wrapper(array));

    let one = cx.box_int64(1);
    let vector_any = instance_of(cx, array.name, &[any.erase(), one]);
    set(cx, |w| &w.vector_any, vector_any);
    let vector_uint8 = instance_of(cx, array.name, &[cx.well_known().uint8().erase(), one]);
    set(cx, |w| &w.vector_uint8, vector_uint8);
    set(cx, |w| &w.memory_any, vector_any.element_memory.unwrap());
}

/// Name, fields, how many a constructor must set, where the type goes.
type ExceptionRow<'a> = (&'a str, &'a [(&'a str, Value)], usize, Slot<DataType>);

fn declare_exceptions(cx: &Context) {
    let well_known = cx.well_known();
    let any = well_known.any().erase();
    let exception = Declaration::new("Exception", well_known.any(), name_flags::ABSTRACT).make(cx);
    set(cx, |w| &w.exception, exception);
    let text = well_known.abstract_string().erase();
    let symbol = well_known.symbol().erase();
    let uint = well_known.uint64().erase();
    let list: [ExceptionRow; 18] = [
        ("ErrorException", &[("msg", text)], 1, |w| &w.error_exception),
        ("ArgumentError", &[("msg", any)], 1, |w| &w.argument_error),
        ("AssertionError", &[("msg", text)], 1, |w| &w.assertion_error),
        ("BoundsError", &[("a", any), ("i", any)], 0, |w| &w.bounds_error),
        ("DivideError", &[], 0, |w| &w.divide_error),
        ("DomainError", &[("val", any), ("msg", any)], 1, |w| &w.domain_error),
        ("OverflowError", &[("msg", text)], 1, |w| &w.overflow_error),
        ("InexactError", &[("func", symbol), ("T", any), ("val", any)], 3, |w| &w.inexact_error),
        ("OutOfMemoryError", &[], 0, |w| &w.out_of_memory_error),
        ("StackOverflowError", &[], 0, |w| &w.stack_overflow_error),
        ("UndefRefError", &[], 0, |w| &w.undef_ref_error),
        ("UndefVarError", &[("var", symbol)], 1, |w| &w.undef_var_error),
        ("UndefKeywordError", &[("var", symbol)], 1, |w| &w.undef_keyword_error),
        ("InterruptException", &[], 0, |w| &w.interrupt_exception),
        ("TypeError", &[("func", symbol), ("context", any), ("expected", any), ("got", any)], 4, |w| &w.type_error),
        ("MethodError", &[("f", any), ("args", any), ("world", uint)], 2, |w| &w.method_error),
        ("LoadError", &[("file", text), ("line", any), ("error", any)], 3, |w| &w.load_error),
        ("InitError", &[("mod", symbol), ("error", any)], 2, |w| &w.init_error),
    ];
    for (name, fields, n_initialized, slot) in list {
        let mut declaration = Declaration::new(name, exception, 0);
        declaration.fields = fields;
        declaration.n_initialized = n_initialized;
        set(cx, slot, declaration.make(cx));
    }
    let well_known = cx.well_known();
    set(cx, |w| &w.divide_exception, well_known.divide_error().instance.unwrap());
    set(cx, |w| &w.stack_overflow_exception, well_known.stack_overflow_error().instance.unwrap());
    set(cx, |w| &w.out_of_memory_exception, well_known.out_of_memory_error().instance.unwrap());
    set(cx, |w| &w.undef_ref_exception, well_known.undef_ref_error().instance.unwrap());
    set(cx, |w| &w.interrupt_instance, well_known.interrupt_exception().instance.unwrap());
}

/// Fields of the run-time system's own structs that are not `Any`.
fn type_struct_fields(cx: &Context) {
    let w = cx.well_known();
    let table: [(Gc<DataType>, usize, Value); 8] = [
        (w.line_number_node(), 0, w.int64().erase()),
        (w.method(), 3, w.int32().erase()),
        (w.method(), 4, w.int32().erase()),
        (w.expr(), 0, w.symbol().erase()),
        (w.expr(), 1, w.vector_any().erase()),
        (w.global_ref(), 0, w.module().erase()),
        (w.global_ref(), 1, w.symbol().erase()),
        (w.type_var(), 0, w.symbol().erase()),
    ];
    for (ty, field, field_type) in table {
        cx.svec_set(ty.field_types.unwrap(), field, Some(field_type));
    }
    let method = cx.symbol("kwcall");
    // `Core.kwcall` has methods like any function; its type is named because dispatch on keyword calls looks for it.
    let core_module_site = crate::modules::root_site(cx.symbol("Core"));
    let kwcall = crate::types::declare::function_object_at(cx, core_module_site, None, method);
    set(cx, |w| &w.kwcall_type, kwcall.type_of());
}

/// Canonical boxes.
pub(super) fn make_values(cx: &Context) {
    let w = cx.well_known();
    set(cx, |w| &w.false_value, cx.box_bits(w.bool(), 0_u8));
    set(cx, |w| &w.true_value, cx.box_bits(w.bool(), 1_u8));
    let boxes = |values: &mut dyn Iterator<Item = Value>| cx.svec(&values.collect::<Vec<_>>());
    let small = boxes(
        &mut (crate::values::boxes::SMALL_INT_FIRST..=crate::values::boxes::SMALL_INT_LAST)
            .map(|i| cx.box_bits(w.int64(), i)),
    );
    set(cx, |w| &w.small_int64, small);
    set(cx, |w| &w.all_uint8, boxes(&mut (0..=255_u8).map(|i| cx.box_bits(w.uint8(), i))));
    set(cx, |w| &w.all_int8, boxes(&mut (-128..=127_i8).map(|i| cx.box_bits(w.int8(), i))));
    let chars = boxes(&mut (0..256_u32).map(|i| {
        let character = char::from_u32(i).expect("below 256");
        cx.box_bits(w.char(), crate::values::boxes::char_bits(character))
    }));
    set(cx, |w| &w.small_chars, chars);
}
