//! The types of the run-time system's own structs, made from their descriptions before there is any type to allocate by.

use crate::context::{Context, World};
use crate::objects::*;
use crate::types::structure::instance_hash;
use crate::values::allocate::{hash_bytes, hash_mix, type_head};
use std::cell::Cell;
use tintype_heap::{Description, HeapObject, Layout, OffsetTable};

/// One struct: its kind, its name in the language, whether it has identity, its description, and the fields a program
/// can read (name in the language, field of the struct).
struct FirstType {
    kind: Kind,
    name: &'static str,
    is_mutable: bool,
    description: Description,
    fields: &'static [(&'static str, &'static str)],
    slot: fn(&WellKnown) -> &Field<DataType>,
}

fn first_types() -> Vec<FirstType> {
    fn entry<T: HeapObject + Kinded>(
        name: &'static str,
        is_mutable: bool,
        fields: &'static [(&'static str, &'static str)],
        slot: fn(&WellKnown) -> &Field<DataType>,
    ) -> FirstType {
        FirstType { kind: T::KIND, name, is_mutable, description: T::describe(), fields, slot }
    }
    vec![
        FirstType {
            kind: Kind::OffsetTable,
            name: "OffsetTable",
            is_mutable: true,
            description: OffsetTable::describe(),
            fields: &[],
            slot: |w| &w.offset_table,
        },
        entry::<DataType>(
            "DataType",
            true,
            &[
                ("name", "name"),
                ("super", "super_type"),
                ("parameters", "parameters"),
                ("types", "field_types"),
                ("instance", "instance"),
            ],
            |w| &w.data_type,
        ),
        entry::<TypeName>(
            "TypeName",
            true,
            &[("name", "name"), ("module", "module"), ("names", "field_names"), ("wrapper", "wrapper")],
            |w| &w.type_name,
        ),
        entry::<Symbol>("Symbol", true, &[], |w| &w.symbol),
        entry::<SimpleVector>("SimpleVector", false, &[], |w| &w.simple_vector),
        entry::<StructuralTable>("StructuralTable", true, &[], |w| &w.structural_table),
        entry::<Words>("Words", true, &[], |w| &w.words),
        entry::<Bytes>("Bytes", true, &[], |w| &w.bytes),
        entry::<FieldTable>("FieldTable", true, &[], |w| &w.field_table),
        entry::<WellKnown>("WellKnown", true, &[], |w| &w.well_known),
        entry::<EngineTables>("EngineTables", true, &[], |w| &w.engine_tables),
        entry::<crate::persist::ImageRoot>("ImageRoot", true, &[], |w| &w.image_root),
        entry::<World>("World", true, &[], |w| &w.world),
        entry::<UnionAll>("UnionAll", false, &[("var", "variable"), ("body", "body")], |w| &w.union_all),
        entry::<UnionType>("Union", false, &[("a", "a"), ("b", "b")], |w| &w.union),
        entry::<TypeVar>("TypeVar", true, &[("name", "name"), ("lb", "lower"), ("ub", "upper")], |w| &w.type_var),
        entry::<Vararg>("TypeofVararg", false, &[("T", "element"), ("N", "count")], |w| &w.vararg_type),
        entry::<JlString>("String", true, &[], |w| &w.string),
        entry::<Module>("Module", true, &[], |w| &w.module),
        entry::<Binding>("Binding", true, &[("value", "value"), ("owner", "owner")], |w| &w.binding),
        entry::<Method>(
            "Method",
            true,
            &[
                ("name", "name"),
                ("module", "module"),
                ("file", "file"),
                ("line", "line"),
                ("nargs", "n_params"),
                ("sig", "signature"),
            ],
            |w| &w.method,
        ),
        entry::<MethodTable>("MethodTable", true, &[("name", "name")], |w| &w.method_table),
        entry::<MethodInstance>(
            "MethodInstance",
            true,
            &[("def", "method"), ("specTypes", "spec_types"), ("sparam_vals", "static_params")],
            |w| &w.method_instance,
        ),
        entry::<DispatchEntry>("DispatchEntry", true, &[], |w| &w.dispatch_entry),
        entry::<CallTarget>("CallTarget", true, &[], |w| &w.call_target),
        entry::<Code>("Code", true, &[], |w| &w.code),
        entry::<CodeInstance>("CodeInstance", true, &[], |w| &w.code_instance),
        entry::<Edge>("Edge", true, &[], |w| &w.edge),
        entry::<Expr>("Expr", true, &[("head", "head"), ("args", "args")], |w| &w.expr),
        entry::<QuoteNode>("QuoteNode", false, &[("value", "value")], |w| &w.quote_node),
        entry::<LineNumberNode>("LineNumberNode", false, &[("line", "line"), ("file", "file")], |w| {
            &w.line_number_node
        }),
        entry::<GlobalRef>("GlobalRef", false, &[("mod", "module"), ("name", "name")], |w| &w.global_ref),
        entry::<CoreBox>("Box", true, &[("contents", "contents")], |w| &w.core_box),
    ]
}

/// The site of a type of `Core`.
pub(super) fn core_site(name: &str) -> u64 {
    hash_mix(hash_bytes(b"Core type"), hash_bytes(name.as_bytes()))
}

/// Makes the types, the `WellKnown` object with its tables, `Any` and `Union{}`.
pub(super) fn make(cx: &Context) {
    let first = first_types();
    let types = allocate_types(cx, &first);
    make_well_known_object(cx, &first, &types);
    let any = make_any(cx);
    for (first, &ty) in first.iter().zip(&types) {
        complete(cx, first, ty, any);
    }
    for (first, &ty) in first.iter().zip(&types) {
        set_fields(cx, first, ty, any);
    }
}

/// Type objects with nothing but layout and kind, which is enough to allocate by.
fn allocate_types(cx: &Context, first: &[FirstType]) -> Vec<Gc<DataType>> {
    let types: Vec<Gc<DataType>> = first
        .iter()
        .map(|_| {
            let object = cx.mutator().alloc_untyped(size_of::<DataType>());
            // SAFETY: the payload is as big as a `DataType`. It is zero, so its `Gc` fields must not be read until
            // `complete` has written them; only layout, kind and type are touched until then.
            unsafe { object.cast::<DataType>() }
        })
        .collect();
    let data_type = types[1];
    assert!(first[1].kind == Kind::DataType && first[0].kind == Kind::OffsetTable);
    for (first, &ty) in first.iter().zip(&types) {
        let entries = first.description.offset_entries();
        let offsets = if entries.is_empty() {
            None
        } else {
            // The offset tables' own type is the first, so its layout is there.
            Some(cx.mutator().alloc_offset_table(type_head(types[0]), &entries))
        };
        let layout: Layout = first.description.layout(offsets);
        // SAFETY: there are no instances yet, and the object is as big as a `DataType`; fields are written through the
        // raw pointer, since the object is not a valid `DataType` yet.
        unsafe {
            type_head(ty).set_layout(layout);
            (&raw mut (*ty.as_ptr()).kind).write(first.kind as u32);
        }
    }
    for &ty in &types {
        // SAFETY: the objects have the layout of `DataType`, which their type now describes.
        unsafe { ty.set_type(type_head(data_type)) };
    }
    types
}

fn make_well_known_object(cx: &Context, first: &[FirstType], types: &[Gc<DataType>]) {
    let index = |kind: Kind| first.iter().position(|first| first.kind == kind).expect("the kind is listed");
    let well_known = cx.allocate(types[index(Kind::WellKnown)], WellKnown::unset());
    cx.set_well_known(well_known);
    for (first, &ty) in first.iter().zip(types) {
        cx.write(well_known, (first.slot)(&well_known), Some(ty));
    }
    let tables = EngineTables {
        symbols: cx.new_table(),
        types: cx.new_table(),
        type_names: cx.new_table(),
        codes: cx.new_table(),
        binding_numbers: cx.new_table(),
    };
    let tables = cx.allocate(well_known.engine_tables(), tables);
    cx.write(well_known, &well_known.tables, Some(tables));
    let empty = cx.svec(&[]);
    cx.write(well_known, &well_known.empty_svec, Some(empty));
}

fn new_name(cx: &Context, name: &str, flags: u32, field_names: Gc<SimpleVector>) -> Gc<TypeName> {
    let object = TypeName {
        name: cx.symbol(name),
        module: Field::null(),
        field_names: Field::new(Some(field_names)),
        wrapper: Field::null(),
        site: core_site(name),
        flags: Cell::new(flags),
        n_bits: 0,
        constant_fields: Field::null(),
    };
    let type_name = cx.allocate(cx.well_known().type_name(), object);
    table_insert(cx, cx.well_known().tables().type_names, type_name.site, type_name.erase());
    type_name
}

fn blank(name: Gc<TypeName>, kind: u32, layout: Layout, parameters: Gc<SimpleVector>, flags: u32) -> DataType {
    DataType {
        layout,
        kind,
        flags: Cell::new(flags),
        hash: Cell::new(0),
        name,
        super_type: Field::null(),
        parameters,
        field_types: Field::null(),
        field_places: Field::null(),
        instance: Field::null(),
        type_of_type: Field::null(),
        element_memory: Field::null(),
        n_initialized: Cell::new(0),
        n_bits: Cell::new(0),
        builtin: Cell::new(0),
        reserved: 0,
    }
}

fn make_any(cx: &Context) -> Gc<DataType> {
    let well_known = cx.shared().well_known().expect("just made");
    let empty = well_known.empty_svec();
    let name = new_name(cx, "Any", name_flags::ABSTRACT, empty);
    let object = blank(name, Kind::Plain as u32, Layout::bits(0, 1), empty, flags::ABSTRACT);
    let any = cx.allocate(well_known.data_type(), object);
    cx.write(any, &any.super_type, Some(any));
    register(cx, any);
    cx.write(well_known, &well_known.any, Some(any));
    any
}

fn register(cx: &Context, ty: Gc<DataType>) {
    let hash = instance_hash(cx, ty.name, std::iter::empty()).expect("no parameters");
    ty.hash.set(hash);
    cx.write(ty.name, &ty.name.wrapper, Some(ty.erase()));
    table_insert(cx, cx.well_known().tables().types, hash, ty.erase());
}

fn complete(cx: &Context, first: &FirstType, ty: Gc<DataType>, any: Gc<DataType>) {
    let names: Vec<Value> = first.fields.iter().map(|(name, _)| cx.symbol(name).erase()).collect();
    let declared = if first.is_mutable { name_flags::MUTABLE } else { 0 };
    let name = new_name(cx, first.name, declared, cx.svec(&names));
    let mutable = if first.is_mutable { flags::MUTABLE } else { 0 };
    let bits = flags::CONCRETE | flags::HAS_LAYOUT | mutable;
    let layout = type_head(ty).layout;
    let object = blank(name, first.kind as u32, layout, cx.well_known().empty_svec(), bits);
    // SAFETY: the object is as big as a `DataType`; this makes it a valid one.
    unsafe { object.write_fields(ty.as_ptr()) };
    cx.write(ty, &ty.super_type, Some(any));
    register(cx, ty);
}

/// The fields that programs can read, at the places the description gives.
fn set_fields(cx: &Context, first: &FirstType, ty: Gc<DataType>, any: Gc<DataType>) {
    let types = cx.new_empty_svec(first.fields.len());
    let mut places = Vec::new();
    for (i, (_, rust_name)) in first.fields.iter().enumerate() {
        let field =
            first.description.fields.iter().find(|field| field.name == *rust_name).expect("a field of the struct");
        let is_pointer = !field.pointers.is_empty();
        places.push(FieldPlace { offset: field.offset, size: field.size, is_pointer });
        // Number fields get their types in `declarations`, when there are numbers.
        cx.svec_set(types, i, Some(any.erase()));
    }
    cx.write(ty, &ty.field_types, Some(types));
    crate::types::layout::set_places(cx, ty, &places);
    // The first fields that are never null: compiled code loads those without a check.
    let n_initialized = match first.name {
        "Box" | "Binding" | "TypeofVararg" | "MethodInstance" => 0,
        // `super` of a type with free variables is null until someone asks (`structs::is_lazy_field`).
        "DataType" | "TypeName" => 1,
        _ => first.fields.len(),
    };
    ty.n_initialized.set(n_initialized as u32);
}
