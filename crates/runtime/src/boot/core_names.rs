//! The names `Core` binds to the well-known objects.

use crate::context::Context;
use crate::modules;
use crate::objects::*;
use crate::types::variables::union_all;

/// Names of types that `Core` exports.
const EXPORTED: &str = "Any DataType Union UnionAll TypeVar Symbol String Module Method Expr QuoteNode LineNumberNode GlobalRef \
    Type Tuple NamedTuple Nothing Function Number Real Integer Signed Unsigned AbstractFloat AbstractChar AbstractString \
    Bool Char Int8 Int16 Int32 Int64 Int128 UInt8 UInt16 UInt32 UInt64 UInt128 Float16 Float32 Float64 \
    UndefInitializer Exception ErrorException ArgumentError AssertionError BoundsError DivideError DomainError OverflowError \
    InexactError OutOfMemoryError StackOverflowError UndefRefError UndefVarError UndefKeywordError InterruptException \
    TypeError MethodError LoadError InitError Array AbstractArray DenseArray Ptr Ref";

/// Names of types that are reached as `Core.Name`.
const NOT_EXPORTED: &str = "TypeofBottom TypeofVararg TypeName SimpleVector Binding MethodTable MethodInstance \
    CodeInstance Code Box Builtin IntrinsicFunction Memory";

/// Binds types and values as constants, and gives the types of `Core` their module.
pub(super) fn bind_all(cx: &Context, core: Gc<Module>) {
    let w = cx.well_known();
    for (names, export) in [(EXPORTED, true), (NOT_EXPORTED, false)] {
        for name in names.split_whitespace() {
            let site = super::first_types::core_site(name);
            let found = crate::types::declare::find_type_name(cx, site);
            let found = found.unwrap_or_else(|| panic!("Core.{name} was not declared by boot"));
            define(cx, core, name, found.wrapper.unwrap(), export);
        }
    }
    w.tables().type_names.for_each(|_, entry| {
        let name = entry.expect::<TypeName>();
        if name.module.get().is_none() {
            cx.write(name, &name.module, Some(core));
        }
    });
    for (name, value, export) in [
        ("nothing", w.nothing(), true),
        ("true", w.true_value(), true),
        ("false", w.false_value(), true),
        ("undef", w.undef(), true),
        ("Vararg", w.vararg().erase(), true),
        ("Int", w.int64().erase(), true),
        ("UInt", w.uint64().erase(), true),
        ("kwcall", w.kwcall_type().instance.unwrap(), false),
        ("Core", core.erase(), true),
    ] {
        define(cx, core, name, value, export);
    }
    define_ntuple(cx, core);
    let intrinsics = modules::new_module(cx, Some(core), cx.symbol("Intrinsics"), true);
    define(cx, core, "Intrinsics", intrinsics.erase(), false);
}

fn define(cx: &Context, core: Gc<Module>, name: &str, value: Value, export: bool) {
    let name = cx.symbol(name);
    modules::define_constant(cx, core, name, value);
    if export {
        modules::export(cx, core, name);
    }
}

/// `NTuple{N, T} = Tuple{Vararg{T, N}}`.
fn define_ntuple(cx: &Context, core: Gc<Module>) {
    let w = cx.well_known();
    let count = cx.new_type_var(cx.symbol("N"), w.bottom(), w.any().erase());
    let element = cx.new_type_var(cx.symbol("T"), w.bottom(), w.any().erase());
    let vararg = cx.new_vararg(Some(element.erase()), Some(count.erase()));
    let tuple = crate::types::tuple_type(cx, &[vararg.erase()]);
    let ntuple = union_all(cx, count, union_all(cx, element, tuple));
    define(cx, core, "NTuple", ntuple, true);
}
