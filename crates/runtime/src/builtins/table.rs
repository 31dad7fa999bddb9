//! The built-in functions, by number and by name in `Core`. Numbers are frozen: images hold them; add at the end only.

use super::{arrays, control, declare, evaluate, fields, methods, numbers, output, reflection, strings, traces, types};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::Value;

/// What inference may assume of a call with the right number of arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purity {
    /// Its result depends on its arguments alone and it has no effect but throwing: it can be folded.
    Foldable,
    /// It has no effect but throwing; its result depends on memory.
    Reads,
    /// Anything may happen.
    Effects,
}

/// One built-in function.
pub struct BuiltinInfo {
    /// Which.
    pub builtin: Builtin,
    /// Its name in `Core`.
    pub name: &'static str,
    /// Fewest arguments.
    pub min_args: u8,
    /// Most arguments; 255: any number.
    pub max_args: u8,
    /// What inference may assume.
    pub purity: Purity,
    /// The function; arguments do not include the function itself.
    pub function: fn(&Context, &[Value]) -> Outcome,
}

macro_rules! builtins {
    ($($variant:ident $name:literal $min:literal $max:literal $purity:ident $function:path;)*) => {
        /// A built-in function.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are those in Core")]
        #[repr(u16)]
        pub enum Builtin { $($variant),* }

        /// Every built-in function, by number.
        pub const TABLE: &[BuiltinInfo] = &[$(BuiltinInfo {
            builtin: Builtin::$variant,
            name: $name,
            min_args: $min,
            max_args: $max,
            purity: Purity::$purity,
            function: $function,
        }),*];
    };
}

builtins! {
    Egal "===" 2 2 Foldable types::egal;
    TypeOf "typeof" 1 1 Foldable types::type_of;
    Isa "isa" 2 2 Foldable types::isa;
    Subtype "<:" 2 2 Foldable types::subtype;
    TypeofSignature "Typeof" 1 1 Foldable types::typeof_signature;
    ApplyType "apply_type" 1 255 Foldable types::apply_type;
    NewTypeVar "_typevar" 1 3 Effects types::new_type_var;
    NewUnionAll "_unionall" 2 2 Foldable types::new_union_all;
    MakeUnion "_union" 0 255 Foldable types::make_union;
    TypeJoin "_typejoin" 2 2 Foldable types::type_join;
    TypeAssert "typeassert" 2 2 Foldable types::type_assert;
    IsConcrete "_is_concrete" 1 1 Foldable types::is_concrete;
    IfElse "ifelse" 3 3 Foldable control::if_else;
    Svec "svec" 0 255 Foldable control::svec;
    Tuple "tuple" 0 255 Foldable control::tuple;
    Throw "throw" 1 1 Effects control::throw;
    Rethrow "_rethrow" 0 1 Effects control::rethrow;
    ApplyIterate "_apply_iterate" 2 255 Effects control::apply_iterate;
    Apply "_apply" 1 255 Effects control::apply;
    Invoke "invoke" 2 255 Effects control::invoke;
    Applicable "applicable" 1 255 Effects reflection::applicable;
    GetField "getfield" 2 4 Reads fields::get_field;
    SetField "setfield!" 3 4 Effects fields::set_field;
    NFields "nfields" 1 1 Foldable fields::n_fields;
    FieldType "fieldtype" 2 3 Foldable fields::field_type;
    FieldCount "_fieldcount" 1 1 Foldable fields::field_count;
    FieldName "_fieldname" 2 2 Foldable fields::field_name;
    FieldIsDefined "_field_is_defined" 2 2 Reads fields::field_is_defined;
    IsDefined "isdefined" 2 3 Reads fields::is_defined;
    SizeOf "sizeof" 1 1 Foldable fields::size_of;
    NewArray "_new_array" 1 255 Effects arrays::new_array;
    ArrayRef "arrayref" 3 255 Reads arrays::array_ref;
    ArraySet "arrayset" 4 255 Effects arrays::array_set;
    ArraySize "arraysize" 2 2 Reads arrays::array_size;
    ArrayLength "arraylen" 1 1 Reads arrays::array_length;
    ArrayIsAssigned "_array_isassigned" 2 2 Reads arrays::array_is_assigned;
    ArrayGrowEnd "_array_grow_end!" 2 2 Effects arrays::grow_end;
    ArrayGrowAt "_array_grow_at!" 3 3 Effects arrays::grow_at;
    ArrayDelEnd "_array_del_end!" 2 2 Effects arrays::delete_end;
    ArrayDelAt "_array_del_at!" 3 3 Effects arrays::delete_at;
    ArrayReserve "_array_reserve!" 2 2 Effects arrays::reserve;
    ArrayCopy "_array_copy!" 5 5 Effects arrays::copy;
    ArrayReshape "_array_reshape" 2 255 Effects arrays::reshape;
    AppendBytes "_append_bytes!" 2 2 Effects arrays::append_bytes;
    BytesToString "_bytes_to_string" 1 1 Reads strings::from_bytes;
    StringLength "_string_length" 1 1 Foldable strings::length;
    StringByte "_string_byte" 2 2 Foldable strings::byte;
    StringConcat "_string_concat" 0 255 Foldable strings::concat;
    StringCompare "_string_compare" 2 2 Foldable strings::compare;
    StringHash "_string_hash" 2 2 Foldable strings::hash;
    Substring "_substring" 3 3 Foldable strings::substring;
    SymbolString "_symbol_string" 1 1 Foldable strings::symbol_string;
    MakeSymbol "_symbol" 1 1 Foldable strings::make_symbol;
    IsIdentifier "_is_identifier" 1 1 Foldable strings::is_identifier;
    CharToString "_char_to_string" 1 1 Foldable strings::char_to_string;
    CharIsLetter "_char_is_letter" 1 1 Foldable strings::char_is_letter;
    CharIsUpper "_char_is_upper" 1 1 Foldable strings::char_is_upper;
    CharIsLower "_char_is_lower" 1 1 Foldable strings::char_is_lower;
    CharToUpper "_char_to_upper" 1 1 Foldable strings::char_to_upper;
    CharToLower "_char_to_lower" 1 1 Foldable strings::char_to_lower;
    IntegerToString "_integer_to_string" 1 1 Foldable numbers::integer_to_string;
    FloatToString "_float_to_string" 1 1 Foldable numbers::float_to_string;
    Float32ToString "_float32_to_string" 1 1 Foldable numbers::float32_to_string;
    ParseFloat "_parse_float" 1 1 Foldable numbers::parse_float;
    Frem "_frem" 2 2 Foldable numbers::frem;
    Pow "_pow" 2 2 Foldable numbers::pow;
    Hypot "_hypot" 2 2 Foldable numbers::hypot;
    Atan2 "_atan2" 2 2 Foldable numbers::atan2;
    Sin "_sin" 1 1 Foldable numbers::sin;
    Cos "_cos" 1 1 Foldable numbers::cos;
    Tan "_tan" 1 1 Foldable numbers::tan;
    Asin "_asin" 1 1 Foldable numbers::asin;
    Acos "_acos" 1 1 Foldable numbers::acos;
    Atan "_atan" 1 1 Foldable numbers::atan;
    Sinh "_sinh" 1 1 Foldable numbers::sinh;
    Cosh "_cosh" 1 1 Foldable numbers::cosh;
    Tanh "_tanh" 1 1 Foldable numbers::tanh;
    Exp "_exp" 1 1 Foldable numbers::exp;
    Exp2 "_exp2" 1 1 Foldable numbers::exp2;
    Log "_log" 1 1 Foldable numbers::log;
    Log2 "_log2" 1 1 Foldable numbers::log2;
    Log10 "_log10" 1 1 Foldable numbers::log10;
    Cbrt "_cbrt" 1 1 Foldable numbers::cbrt;
    Write "_write" 2 2 Effects output::write;
    Flush "_flush" 1 1 Effects output::flush;
    ReadInput "_read_input" 0 0 Effects output::read_input;
    Exit "_exit" 1 1 Effects output::exit;
    TimeNs "_time_ns" 0 0 Effects output::time_ns;
    Time "_time" 0 0 Effects output::time;
    ObjectId "objectid" 1 1 Effects reflection::object_id;
    TypeString "_type_string" 1 2 Reads reflection::type_string;
    TypeNameSymbol "_typename_symbol" 1 1 Foldable reflection::type_name_symbol;
    FunctionName "_function_name" 1 1 Foldable reflection::function_name;
    ModuleName "_module_name" 1 1 Foldable reflection::module_name;
    Precompile "_precompile" 2 2 Effects reflection::precompile;
    Collect "_gc" 0 0 Effects reflection::collect_garbage;
    GlobalIsDefined "_isdefinedglobal" 2 2 Reads reflection::global_is_defined;
    GetGlobal "getglobal" 2 2 Reads reflection::get_global;
    SetGlobal "setglobal!" 3 3 Effects reflection::set_global;
    MakeExpr "_expr" 1 255 Effects declare::make_expr;
    StructType "_structtype" 7 7 Effects declare::struct_type;
    AbstractType "_abstracttype" 3 3 Effects declare::abstract_type;
    PrimitiveType "_primitivetype" 4 4 Effects declare::primitive_type;
    SetSuper "_setsuper!" 2 2 Effects declare::set_super;
    TypeBody "_typebody!" 2 2 Effects declare::type_body;
    EquivTypedef "_equiv_typedef" 2 2 Effects declare::equivalent_definition;
    New "_new" 1 255 Effects fields::new;
    SetBindingType "set_binding_type!" 2 3 Effects reflection::set_binding_type;
    Methods "_methods" 2 2 Reads methods::methods;
    Which "_which" 2 2 Reads methods::which;
    MethodNames "_method_names" 1 1 Reads methods::parameter_names;
    MethodIsVararg "_method_isva" 1 1 Reads methods::is_vararg;
    MethodWorlds "_method_worlds" 1 1 Reads methods::worlds;
    KeywordNames "_keyword_names" 1 1 Reads methods::keyword_names;
    DeleteMethod "_delete_method" 1 1 Effects methods::delete;
    WorldCounter "_world_counter" 0 0 Effects methods::world_counter;
    WorldAge "_world_age" 0 0 Effects methods::world_age;
    CallInWorld "_call_in_world" 2 255 Effects methods::call_in_world;
    TypeIntersect "_typeintersect" 2 2 Foldable types::type_intersect;
    MoreSpecific "_morespecific" 2 2 Foldable types::more_specific;
    TypeFlags "_type_flags" 1 1 Foldable types::type_flags;
    FieldOffset "_fieldoffset" 2 2 Foldable fields::field_offset;
    FieldIsConst "_field_is_const" 2 2 Foldable fields::field_is_const;
    ModuleNames "_names" 3 3 Reads reflection::module_names;
    BindingInfo "_binding_info" 2 2 Reads reflection::binding_info;
    ParentModule "_parentmodule" 1 1 Reads reflection::parent_module;
    SvecLength "_svec_length" 1 1 Foldable reflection::svec_length;
    SvecRef "_svec_ref" 2 2 Reads reflection::svec_ref;
    ReturnType "_return_type" 2 2 Reads reflection::return_type;
    Eval "eval" 2 2 Effects evaluate::eval;
    Include "_include" 2 3 Effects evaluate::include;
    IncludeString "_include_string" 3 4 Effects evaluate::include_string;
    Parse "_parse" 4 4 Effects evaluate::parse;
    MacroExpand "_macroexpand" 3 3 Effects evaluate::macro_expand;
    Backtrace "_backtrace" 0 0 Effects traces::backtrace;
    CurrentExceptions "_current_exceptions" 0 0 Effects traces::current_exceptions;
    BacktraceFrames "_backtrace_frames" 1 1 Effects traces::frames;
    FormatFloat "_format_float" 3 3 Foldable numbers::format_float;
    Asinh "_asinh" 1 1 Foldable numbers::asinh;
    Acosh "_acosh" 1 1 Foldable numbers::acosh;
    Atanh "_atanh" 1 1 Foldable numbers::atanh;
    Exp10 "_exp10" 1 1 Foldable numbers::exp10;
    Expm1 "_expm1" 1 1 Foldable numbers::expm1;
    Log1p "_log1p" 1 1 Foldable numbers::log1p;
    Float16ToString "_float16_to_string" 1 1 Foldable numbers::float16_to_string;
    ParseFloat32 "_parse_float32" 1 1 Foldable numbers::parse_float32;
    CharCategory "_char_category" 1 1 Foldable strings::char_category;
    CharToTitle "_char_to_title" 1 1 Foldable strings::char_to_title;
    CollectorStatistics "_gc_statistics" 0 0 Effects reflection::collector_statistics;
    NewModule "_new_module" 2 2 Effects declare::new_module;
    PromoteTypeJoin "_promote_typejoin" 3 3 Foldable types::promote_type_join;
    TupleEltype "_tuple_eltype" 2 2 Foldable types::tuple_eltype;
}

impl Builtin {
    /// The function with this number.
    pub fn from_number(number: u16) -> Option<Builtin> {
        TABLE.get(usize::from(number)).map(|info| info.builtin)
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// What is known of it.
    pub fn info(self) -> &'static BuiltinInfo {
        &TABLE[self as usize]
    }
}
