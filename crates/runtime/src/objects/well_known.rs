//! `WellKnown`: the one object from which every type and value that Rust code names hangs, and the engine-wide tables.
//! Its fields are set once, by boot, and never null afterwards; each is read through the method of its name.

use super::*;
use tintype_heap::heap_object;

heap_object! {
    /// What is looked up by structure: of an engine what it added itself, of an image what it froze.
    pub struct EngineTables {
        /// Symbols.
        pub symbols: Gc<StructuralTable>,
        /// Instantiated types without free variables.
        pub types: Gc<StructuralTable>,
        /// Type names, by site.
        pub type_names: Gc<StructuralTable>,
        /// Code, by site and specialised signature.
        pub codes: Gc<StructuralTable>,
        /// Numbers of global bindings by (module path, name): pairs of key and number.
        pub binding_numbers: Gc<StructuralTable>,
    }
}

macro_rules! well_known {
    ($( $(#[$doc:meta])* $field:ident : $ty:ty, )*) => {
        heap_object! {
            /// See the module's text.
            pub struct WellKnown {
                $( $(#[$doc])* pub(crate) $field: Field<$ty>, )*
            }
        }

        impl WellKnown {
            /// All fields null: what boot starts from.
            pub(crate) fn unset() -> WellKnown {
                WellKnown { $( $field: Field::null(), )* }
            }

            /// Names of fields that boot forgot.
            pub(crate) fn missing(&self) -> Vec<&'static str> {
                let mut missing = Vec::new();
                $( if self.$field.get().is_none() { missing.push(stringify!($field)); } )*
                missing
            }

            $(
                $(#[$doc])*
                #[inline(always)]
                #[track_caller]
                pub fn $field(&self) -> Gc<$ty> {
                    self.$field.unwrap()
                }
            )*
        }
    };
}

well_known! {
    /// `Any`.
    any: DataType,
    /// `DataType`.
    data_type: DataType,
    /// `Union`.
    union: DataType,
    /// `UnionAll`.
    union_all: DataType,
    /// `TypeVar`.
    type_var: DataType,
    /// `Core.TypeofVararg`.
    vararg_type: DataType,
    /// `Core.TypeofBottom`.
    bottom_type: DataType,
    /// `Core.TypeName`.
    type_name: DataType,
    /// `Core.SimpleVector`.
    simple_vector: DataType,
    /// `Symbol`.
    symbol: DataType,
    /// `String`.
    string: DataType,
    /// `Module`.
    module: DataType,
    /// `Core.Binding`.
    binding: DataType,
    /// `Method`.
    method: DataType,
    /// `Core.MethodTable`.
    method_table: DataType,
    /// `Core.MethodInstance`.
    method_instance: DataType,
    /// `Core.CodeInstance`.
    code_instance: DataType,
    /// Type of [`Code`].
    code: DataType,
    /// Type of [`Edge`].
    edge: DataType,
    /// Type of [`DispatchEntry`].
    dispatch_entry: DataType,
    /// Type of [`CallTarget`].
    call_target: DataType,
    /// Type of [`StructuralTable`].
    structural_table: DataType,
    /// Type of [`Words`].
    words: DataType,
    /// Type of [`Bytes`].
    bytes: DataType,
    /// Type of [`FieldTable`].
    field_table: DataType,
    /// Type of layout offset tables.
    offset_table: DataType,
    /// Type of [`WellKnown`].
    well_known: DataType,
    /// Type of [`crate::context::World`].
    world: DataType,
    /// `Expr`.
    expr: DataType,
    /// `QuoteNode`.
    quote_node: DataType,
    /// `LineNumberNode`.
    line_number_node: DataType,
    /// `GlobalRef`.
    global_ref: DataType,
    /// `Core.Box`.
    core_box: DataType,

    /// `Nothing`.
    nothing_type: DataType,
    /// `Function`.
    function: DataType,
    /// `Core.Builtin`.
    builtin: DataType,
    /// `Core.IntrinsicFunction`.
    intrinsic_function: DataType,
    /// `Number`.
    number: DataType,
    /// `Real`.
    real: DataType,
    /// `Integer`.
    integer: DataType,
    /// `Signed`.
    signed: DataType,
    /// `Unsigned`.
    unsigned: DataType,
    /// `AbstractFloat`.
    abstract_float: DataType,
    /// `AbstractChar`.
    abstract_char: DataType,
    /// `AbstractString`.
    abstract_string: DataType,
    /// `Bool`.
    bool: DataType,
    /// `Char`.
    char: DataType,
    /// `Int8`.
    int8: DataType,
    /// `Int16`.
    int16: DataType,
    /// `Int32`.
    int32: DataType,
    /// `Int64`.
    int64: DataType,
    /// `Int128`.
    int128: DataType,
    /// `UInt8`.
    uint8: DataType,
    /// `UInt16`.
    uint16: DataType,
    /// `UInt32`.
    uint32: DataType,
    /// `UInt64`.
    uint64: DataType,
    /// `UInt128`.
    uint128: DataType,
    /// `Float16`.
    float16: DataType,
    /// `Float32`.
    float32: DataType,
    /// `Float64`.
    float64: DataType,
    /// `UndefInitializer`.
    undef_initializer: DataType,

    /// `Exception`.
    exception: DataType,
    /// `ErrorException`.
    error_exception: DataType,
    /// `ArgumentError`.
    argument_error: DataType,
    /// `AssertionError`.
    assertion_error: DataType,
    /// `BoundsError`.
    bounds_error: DataType,
    /// `DivideError`.
    divide_error: DataType,
    /// `DomainError`.
    domain_error: DataType,
    /// `OverflowError`.
    overflow_error: DataType,
    /// `InexactError`.
    inexact_error: DataType,
    /// `OutOfMemoryError`.
    out_of_memory_error: DataType,
    /// `StackOverflowError`.
    stack_overflow_error: DataType,
    /// `UndefRefError`.
    undef_ref_error: DataType,
    /// `UndefVarError`.
    undef_var_error: DataType,
    /// `UndefKeywordError`.
    undef_keyword_error: DataType,
    /// `InterruptException`.
    interrupt_exception: DataType,
    /// `TypeError`.
    type_error: DataType,
    /// `MethodError`.
    method_error: DataType,
    /// `LoadError`.
    load_error: DataType,
    /// `InitError`.
    init_error: DataType,

    /// The name of tuple types.
    tuple_name: TypeName,
    /// The name of `Type`.
    type_type_name: TypeName,
    /// The name of `NamedTuple`.
    named_tuple_name: TypeName,
    /// The name of `Array`.
    array_name: TypeName,
    /// The name of `Core.Memory`.
    memory_name: TypeName,
    /// The name of `Ptr`.
    ptr_name: TypeName,
    /// The name of `Ref`.
    ref_name: TypeName,

    /// `Tuple`, which is `Tuple{Vararg{Any}}`.
    any_tuple: DataType,
    /// `Tuple{}`.
    empty_tuple_type: DataType,
    /// `Type`.
    type_all: UnionAll,
    /// `Array`.
    array: UnionAll,
    /// `AbstractArray`.
    abstract_array: UnionAll,
    /// `DenseArray`.
    dense_array: UnionAll,
    /// `Core.Memory`.
    memory: UnionAll,
    /// `NamedTuple`.
    named_tuple: UnionAll,
    /// `Ptr`.
    ptr: UnionAll,
    /// `Ref`.
    reference: UnionAll,
    /// `Vector{Any}`.
    vector_any: DataType,
    /// `Vector{UInt8}`.
    vector_uint8: DataType,
    /// `Core.Memory{Any}`.
    memory_any: DataType,
    /// `typeof(Core.kwcall)`.
    kwcall_type: DataType,

    /// `nothing`.
    nothing: Object,
    /// `true`.
    true_value: Object,
    /// `false`.
    false_value: Object,
    /// `Union{}`.
    bottom: Object,
    /// `Vararg`.
    vararg: Vararg,
    /// `()`.
    empty_tuple: Object,
    /// `Core.svec()`.
    empty_svec: SimpleVector,
    /// `undef`.
    undef: Object,
    /// The one `DivideError()`.
    divide_exception: Object,
    /// The one `StackOverflowError()`.
    stack_overflow_exception: Object,
    /// The one `OutOfMemoryError()`.
    out_of_memory_exception: Object,
    /// The one `UndefRefError()`.
    undef_ref_exception: Object,
    /// The one `InterruptException()`.
    interrupt_instance: Object,
    /// Boxes of `Int64` from -512 to 1023.
    small_int64: SimpleVector,
    /// Boxes of all `UInt8`.
    all_uint8: SimpleVector,
    /// Boxes of all `Int8`, from -128.
    all_int8: SimpleVector,
    /// Boxes of `Char` below 256.
    small_chars: SimpleVector,

    /// The engine's own tables.
    tables: EngineTables,
    /// Type of [`EngineTables`].
    engine_tables: DataType,
    /// Type of `ImageRoot`.
    image_root: DataType,
}
