//! The calling convention of specialised functions: a function of a code's argument types and return type, so that
//! callers in other modules and images agree with it.
//!
//! Every argument is spread over parameters by its representation, the called object first; known values take none.
//! Results come in registers as far as they go, boxed otherwise. A code whose argument list has no fixed length has no
//! specialised entry.

use tintype_ir::types::{Signature, Type};
use tintype_runtime::Context;
use tintype_runtime::objects::*;

use crate::representation::{Repr, Representations};

/// Most integer or reference results, and most float results, that come in registers.
const MAX_RESULTS: usize = 8;

/// How a specialised function is called.
pub(crate) struct CallSignature {
    /// The arguments, the called object first.
    pub params: Vec<Repr>,
    /// The result.
    pub result: Repr,
    /// The same in registers.
    pub ir: Signature,
}

/// The signature of the boxed entry: called object, arguments, their number, code instance.
pub(crate) fn boxed_signature() -> Signature {
    Signature::new([Type::Ref, Type::I64, Type::I64, Type::Ref], [Type::Ref])
}

/// The types of a code's arguments, the called object first; `None` if their number is not fixed.
pub(crate) fn argument_types(code: Gc<Code>) -> Option<Vec<Value>> {
    let ty = code.spec_types.get::<DataType>().filter(|ty| ty.is_tuple())?;
    let types: Vec<Value> = ty.params().iter().map(Field::unwrap).collect();
    types.iter().all(|ty| !ty.is::<Vararg>()).then_some(types)
}

/// The specialised signature of a code, if it has one.
pub(crate) fn call_signature(cx: &Context, reprs: &Representations, code: Gc<Code>) -> Option<CallSignature> {
    let params: Vec<Repr> = argument_types(code)?.into_iter().map(|ty| reprs.of_type(cx, ty)).collect();
    let return_type = code.return_type.get().unwrap_or(cx.well_known().any().erase());
    let constant = code.const_result.get().filter(|_| code.has(code_flags::CONSTANT));
    let result = match constant {
        Some(value) => Repr::Const(value),
        None => in_registers(reprs.of_type(cx, return_type), return_type),
    };
    let param_types: Vec<Type> = params.iter().flat_map(Repr::ir_types).collect();
    let ir = Signature::new(param_types, result.ir_types().to_vec());
    Some(CallSignature { params, result, ir })
}

fn in_registers(result: Repr, ty: Value) -> Repr {
    let types = result.ir_types();
    let floats = types.iter().filter(|ty| ty.is_float()).count();
    let words: usize = types.iter().filter(|ty| !ty.is_float()).map(|ty| ty.bytes().div_ceil(8) as usize).sum();
    if floats <= MAX_RESULTS && words <= MAX_RESULTS { result } else { Repr::Object(ty) }
}
