//! Result rules of built-in functions and primitive operations, and their folding.

use tintype_runtime::Context;
use tintype_runtime::builtins::{self, Builtin, Purity};
use tintype_runtime::intrinsics::{self, Intrinsic, ResultRule};
use tintype_runtime::objects::*;
use tintype_runtime::types;
use tintype_runtime::values::boxes;

use crate::lattice::{Lattice, same_constant};
use crate::unit::is_shareable;

/// Most elements a spread collection may have to be taken apart at compile time.
const MAX_SPREAD: usize = 32;

/// The result of a primitive operation.
pub(crate) fn intrinsic_result(cx: &Context, number: u16, args: &[Lattice]) -> Lattice {
    let Some(intrinsic) = Intrinsic::from_number(number) else { return Lattice::Bottom };
    let info = intrinsic.info();
    if args.len() != usize::from(info.arity) || args.iter().any(Lattice::is_bottom) {
        return Lattice::Bottom;
    }
    if intrinsics::is_foldable(intrinsic)
        && let Some(values) = constants(args)
    {
        return match intrinsics::apply(cx, number, &values) {
            Ok(value) => Lattice::Const(value),
            Err(thrown) => {
                cx.take_exception(thrown);
                Lattice::Bottom
            }
        };
    }
    match info.result {
        ResultRule::TypeArgument => match args[0].constant() {
            Some(ty) => Lattice::of_type(cx, ty),
            None => instance_of_unknown(cx, &args[0]),
        },
        _ => {
            let types: Vec<Value> = args.iter().map(|arg| arg.widen(cx)).collect();
            intrinsics::result_type(cx, intrinsic, &types).map_or(Lattice::any(cx), |ty| Lattice::of_type(cx, ty))
        }
    }
}

fn constants(args: &[Lattice]) -> Option<Vec<Value>> {
    args.iter().map(Lattice::constant).collect()
}

/// An instance of a type that is known only as an instance of `Type{...}`.
pub(crate) fn instance_of_unknown(cx: &Context, ty: &Lattice) -> Lattice {
    if let Lattice::Type(known) = ty {
        let (body, is_wrapped) = match known.view() {
            View::All(all) => (all.body, true),
            _ => (*known, false),
        };
        if let Some(data) = body.get::<DataType>()
            && data.is_type_type()
        {
            let inner = data.param(0);
            if !is_wrapped && !inner.is::<TypeVar>() {
                return Lattice::of_type(cx, inner);
            }
            if let (true, Some(variable)) = (is_wrapped, inner.get::<TypeVar>()) {
                return Lattice::of_type(cx, variable.upper);
            }
        }
    }
    Lattice::any(cx)
}

/// The result of a built-in function.
pub(crate) fn builtin_result(cx: &Context, number: u16, args: &[Lattice]) -> Lattice {
    let Some(builtin) = Builtin::from_number(number) else { return Lattice::Bottom };
    let info = builtin.info();
    if args.len() < usize::from(info.min_args) || info.max_args != u8::MAX && args.len() > usize::from(info.max_args) {
        return Lattice::Bottom;
    }
    if let Some(known) = special_rule(cx, builtin, args) {
        return known;
    }
    if let Some(folded) = fold(cx, builtin, args) {
        return folded;
    }
    Lattice::of_type(cx, declared_result(cx, builtin))
}

/// The value of a foldable call on shareable constants; nothing where it throws.
fn fold(cx: &Context, builtin: Builtin, args: &[Lattice]) -> Option<Lattice> {
    if builtin.info().purity != Purity::Foldable {
        return None;
    }
    let values = constants(args)?;
    if !values.iter().all(|&value| is_shareable(cx, value) || value.is::<SimpleVector>() || value.is::<TypeVar>()) {
        return None;
    }
    match builtins::apply(cx, builtin.number(), &values) {
        Ok(value) if is_shareable(cx, value) || value.is::<SimpleVector>() || value.type_of().is_tuple() => {
            Some(Lattice::Const(value))
        }
        Ok(_) => None,
        Err(thrown) => {
            cx.take_exception(thrown);
            Some(Lattice::Bottom)
        }
    }
}

/// Rules that look at the arguments.
fn special_rule(cx: &Context, builtin: Builtin, args: &[Lattice]) -> Option<Lattice> {
    match builtin {
        Builtin::Egal => egal(cx, &args[0], &args[1]),
        Builtin::TypeOf => Some(type_of(cx, &args[0])),
        Builtin::TypeofSignature => match &args[0] {
            Lattice::Const(_) => None,
            // Of a type the answer is `Type{...}`.
            other if !types::is_disjoint(cx, other.widen(cx), cx.well_known().type_all().erase()) => None,
            other => Some(type_of(cx, other)),
        },
        Builtin::Isa => isa(cx, &args[0], &args[1]),
        Builtin::TypeAssert => {
            let ty = args[1].constant()?;
            if ty.is_type() { Some(args[0].narrow(cx, ty)) } else { Some(Lattice::Bottom) }
        }
        Builtin::IfElse => match args[0].constant() {
            Some(value) if value == cx.well_known().true_value() => Some(args[1].clone()),
            Some(value) if value == cx.well_known().false_value() => Some(args[2].clone()),
            _ => Some(args[1].join(cx, &args[2])),
        },
        Builtin::Tuple => Some(tuple(cx, args)),
        Builtin::Throw | Builtin::Rethrow => Some(Lattice::Bottom),
        Builtin::GetField => Some(get_field(cx, args)),
        Builtin::SetField => Some(args[2].clone()),
        Builtin::IsDefined => is_defined(cx, &args[0], &args[1]),
        Builtin::NFields => {
            let ty = args[0].widen(cx).get::<DataType>()?;
            let is_known =
                ty.is_concrete() && !ty.is_type_type() && !ty.is_tuple() || ty.is_tuple() && ty.is_concrete();
            if is_known { Some(Lattice::Const(cx.box_int64(ty.n_fields() as i64))) } else { None }
        }
        Builtin::ArrayRef => Some(element(cx, &args[1])),
        Builtin::ArraySet => Some(args[1].clone()),
        Builtin::NewArray | Builtin::ArrayReshape | Builtin::New => match args[0].constant() {
            Some(ty) => Some(Lattice::of_type(cx, ty)),
            None => Some(instance_of_unknown(cx, &args[0])),
        },
        Builtin::ApplyType if constants(args).is_none() => {
            // What is applied is a type; which one depends on the arguments.
            Some(Lattice::Type(cx.well_known().type_all().erase()))
        }
        Builtin::SizeOf => match args[0].constant() {
            Some(_) => None,
            None => Some(Lattice::of_type(cx, cx.well_known().int64().erase())),
        },
        _ => None,
    }
}

fn egal(cx: &Context, a: &Lattice, b: &Lattice) -> Option<Lattice> {
    if let (Some(a), Some(b)) = (a.constant(), b.constant()) {
        if is_shareable(cx, a) && is_shareable(cx, b) {
            return Some(Lattice::Const(cx.box_bool(same_constant(cx, a, b))));
        }
        return Some(Lattice::bool(cx));
    }
    let disjoint = types::is_disjoint(cx, a.widen(cx), b.widen(cx));
    Some(if disjoint { Lattice::Const(cx.box_bool(false)) } else { Lattice::bool(cx) })
}

fn type_of(cx: &Context, value: &Lattice) -> Lattice {
    let ty = value.widen(cx);
    match ty.get::<DataType>() {
        Some(data) if data.is_concrete() => Lattice::Const(ty),
        _ => Lattice::Type(cx.well_known().data_type().erase()),
    }
}

fn isa(cx: &Context, value: &Lattice, ty: &Lattice) -> Option<Lattice> {
    let Some(ty) = ty.constant() else { return Some(Lattice::bool(cx)) };
    if !ty.is_type() {
        return Some(Lattice::Bottom);
    }
    if let Some(value) = value.constant() {
        return Some(Lattice::Const(cx.box_bool(types::isa(cx, value, ty))));
    }
    let own = value.widen(cx);
    if types::is_subtype(cx, own, ty) {
        return Some(Lattice::Const(cx.box_bool(true)));
    }
    if types::is_disjoint(cx, own, ty) {
        return Some(Lattice::Const(cx.box_bool(false)));
    }
    Some(Lattice::bool(cx))
}

/// The type of a tuple of such values.
pub(crate) fn tuple(cx: &Context, elements: &[Lattice]) -> Lattice {
    if elements.iter().any(Lattice::is_bottom) {
        return Lattice::Bottom;
    }
    let types: Vec<Value> = elements.iter().map(|element| element.widen(cx)).collect();
    let ty = types::tuple_type(cx, &types);
    match ty.get::<DataType>() {
        Some(data) if data.is_concrete() => {
            if let Some(values) = constants(elements)
                && values
                    .iter()
                    .all(|&value| is_shareable(cx, value) && !value.is::<JlString>() && !value.type_of().is_tuple())
            {
                return Lattice::Const(tintype_runtime::values::structs::new_tuple(cx, &values));
            }
            Lattice::partial(cx, data, elements.to_vec())
        }
        _ => Lattice::of_type(cx, ty),
    }
}

/// The type of an element of a tuple, by position from 0, where the tuple type names it.
pub(crate) fn element_type(tuple: Gc<DataType>, index: usize) -> Option<Value> {
    let param = tuple.is_tuple().then(|| tuple.params().get(index)?.get()).flatten()?;
    param.is_type().then_some(param)
}

fn get_field(cx: &Context, args: &[Lattice]) -> Lattice {
    let object = &args[0];
    if let Some(value) = object.constant()
        && value.is::<Module>()
    {
        return Lattice::any(cx);
    }
    let ty = object.widen(cx);
    let members = types::union_components(ty);
    if members.len() > 1 {
        let joined = members.iter().map(|&member| get_field(cx, &[Lattice::of_type(cx, member), args[1].clone()]));
        return joined.fold(Lattice::Bottom, |joined, known| joined.join(cx, &known));
    }
    let Some(data) = ty.get::<DataType>().filter(|data| !data.is_abstract() || data.is_tuple()) else {
        return Lattice::any(cx);
    };
    let Some(index) = args[1].constant() else { return any_field(cx, object, data) };
    if let Some(name) = index.get::<Symbol>() {
        return match tintype_runtime::values::structs::field_index(data, name) {
            Some(i) => object.field(cx, i),
            None => Lattice::Bottom,
        };
    }
    match boxes::as_int64(cx, index) {
        Some(i) if !data.is_concrete() && i >= 1 && element_type(data, i as usize - 1).is_some() => {
            Lattice::of_type(cx, element_type(data, i as usize - 1).expect("just seen"))
        }
        Some(i) if data.is_concrete() && i >= 1 && i as usize <= data.n_fields() => object.field(cx, i as usize - 1),
        Some(_) if data.is_concrete() => Lattice::Bottom,
        _ => any_field(cx, object, data),
    }
}

/// Whether a field of an immutable object is defined, as far as its type tells.
fn is_defined(cx: &Context, object: &Lattice, field: &Lattice) -> Option<Lattice> {
    let data = object.widen(cx).get::<DataType>().filter(|data| data.is_concrete() && !data.is_mutable())?;
    let name = field.constant()?.get::<Symbol>()?;
    match tintype_runtime::values::structs::field_index(data, name) {
        None => Some(Lattice::Const(cx.box_bool(false))),
        Some(i) if i < data.n_initialized.get() as usize || data.is_named_tuple() => {
            Some(Lattice::Const(cx.box_bool(true)))
        }
        Some(_) => None,
    }
}

/// Some field, it is not known which.
fn any_field(cx: &Context, object: &Lattice, data: Gc<DataType>) -> Lattice {
    if data.is_concrete() && !data.is_type_type() {
        return (0..data.n_fields())
            .fold(Lattice::Bottom, |joined, i| joined.join(cx, &Lattice::of_type(cx, object.field(cx, i).widen(cx))));
    }
    if data.is_tuple() && !data.has_free_variables() {
        let (fixed, rest) = types::tuples::tuple_parts(&data);
        let fixed = fixed.iter().map(|field| field.unwrap());
        let elements: Vec<Value> = fixed.chain(rest.and_then(|vararg| vararg.element)).collect();
        if !elements.is_empty() {
            return Lattice::of_type(cx, types::union(cx, &elements));
        }
    }
    Lattice::any(cx)
}

/// An element of an array.
fn element(cx: &Context, array: &Lattice) -> Lattice {
    let ty = array.widen(cx);
    match ty.get::<DataType>() {
        Some(data) if data.name == cx.well_known().array_name() && !data.param(0).is::<TypeVar>() => {
            Lattice::of_type(cx, data.param(0))
        }
        _ => Lattice::any(cx),
    }
}

/// The type of any result.
fn declared_result(cx: &Context, builtin: Builtin) -> Value {
    let w = cx.well_known();
    match builtin {
        Builtin::Egal | Builtin::Isa | Builtin::Subtype | Builtin::IsConcrete | Builtin::Applicable => w.bool().erase(),
        Builtin::FieldIsDefined | Builtin::IsDefined | Builtin::ArrayIsAssigned | Builtin::IsIdentifier => {
            w.bool().erase()
        }
        Builtin::CharIsLetter | Builtin::CharIsUpper | Builtin::CharIsLower | Builtin::Precompile => w.bool().erase(),
        Builtin::GlobalIsDefined | Builtin::EquivTypedef => w.bool().erase(),
        Builtin::NFields | Builtin::FieldCount | Builtin::SizeOf | Builtin::ArraySize | Builtin::ArrayLength => {
            w.int64().erase()
        }
        Builtin::StringLength | Builtin::StringCompare => w.int64().erase(),
        Builtin::StringByte => w.uint8().erase(),
        Builtin::StringHash | Builtin::TimeNs | Builtin::ObjectId => w.uint64().erase(),
        Builtin::CharToUpper | Builtin::CharToLower | Builtin::CharToTitle => w.uint32().erase(),
        Builtin::BytesToString | Builtin::StringConcat | Builtin::Substring | Builtin::SymbolString => {
            w.string().erase()
        }
        Builtin::CharToString | Builtin::IntegerToString | Builtin::FloatToString => w.string().erase(),
        Builtin::Float32ToString
        | Builtin::Float16ToString
        | Builtin::TypeString
        | Builtin::FunctionName
        | Builtin::ModuleName => w.string().erase(),
        Builtin::MakeSymbol | Builtin::TypeNameSymbol => w.symbol().erase(),
        Builtin::CharCategory => w.int64().erase(),
        Builtin::ParseFloat32 => types::union(cx, &[w.nothing_type().erase(), w.float32().erase()]),
        Builtin::ParseFloat => types::union(cx, &[w.nothing_type().erase(), w.float64().erase()]),
        Builtin::Frem | Builtin::Pow | Builtin::Hypot | Builtin::Atan2 | Builtin::Sin | Builtin::Cos | Builtin::Tan => {
            w.float64().erase()
        }
        Builtin::Asin | Builtin::Acos | Builtin::Atan | Builtin::Sinh | Builtin::Cosh | Builtin::Tanh => {
            w.float64().erase()
        }
        Builtin::Exp
        | Builtin::Exp2
        | Builtin::Log
        | Builtin::Log2
        | Builtin::Log10
        | Builtin::Cbrt
        | Builtin::Asinh
        | Builtin::Acosh
        | Builtin::Atanh
        | Builtin::Exp10
        | Builtin::Expm1
        | Builtin::Log1p
        | Builtin::Time => w.float64().erase(),
        Builtin::ArrayGrowEnd | Builtin::ArrayGrowAt | Builtin::ArrayDelEnd | Builtin::ArrayDelAt => {
            w.nothing_type().erase()
        }
        Builtin::ArrayReserve | Builtin::AppendBytes | Builtin::Write | Builtin::Flush | Builtin::Collect => {
            w.nothing_type().erase()
        }
        Builtin::SetSuper | Builtin::TypeBody | Builtin::SetBindingType => w.nothing_type().erase(),
        Builtin::Svec => w.simple_vector().erase(),
        Builtin::NewTypeVar => w.type_var().erase(),
        Builtin::MakeExpr => w.expr().erase(),
        Builtin::ApplyType
        | Builtin::MakeUnion
        | Builtin::TypeJoin
        | Builtin::PromoteTypeJoin
        | Builtin::TupleEltype
        | Builtin::NewUnionAll
        | Builtin::ReturnType => w.type_all().erase(),
        Builtin::Exit => w.bottom(),
        _ => w.any().erase(),
    }
}

/// `_apply_iterate(iterate, f, collections...)` and `_apply(f, collections...)` on tuples of known length: the function
/// and its arguments.
pub(crate) fn spread_arguments(cx: &Context, number: u16, args: &[Lattice]) -> Option<Vec<Lattice>> {
    let first = if number == Builtin::ApplyIterate.number() {
        1
    } else if number == Builtin::Apply.number() {
        0
    } else {
        return None;
    };
    let mut spread = vec![args[first].clone()];
    for collection in &args[first + 1..] {
        for i in 0..spread_length(cx, collection)? {
            spread.push(spread_element(cx, collection, i));
        }
    }
    (spread.len() <= MAX_SPREAD).then_some(spread)
}

/// How many elements a spread collection has, if it is a tuple of known length or a constant simple vector.
pub(crate) fn spread_length(cx: &Context, collection: &Lattice) -> Option<usize> {
    if let Some(value) = collection.constant()
        && let Some(vector) = value.get::<SimpleVector>()
    {
        return Some(vector.len());
    }
    let ty = collection.widen(cx).get::<DataType>()?;
    if !ty.is_tuple() {
        return None;
    }
    let (fixed, rest) = types::tuples::tuple_parts(&ty);
    if rest.is_some() || ty.has_free_variables() { None } else { Some(fixed.len()) }
}

fn spread_element(cx: &Context, collection: &Lattice, i: usize) -> Lattice {
    if let Some(value) = collection.constant()
        && let Some(vector) = value.get::<SimpleVector>()
    {
        return Lattice::Const(vector.at(i));
    }
    match collection {
        Lattice::Type(ty) => match ty.get::<DataType>() {
            Some(data) => Lattice::of_type(cx, data.param(i)),
            None => Lattice::any(cx),
        },
        other => other.field(cx, i),
    }
}
