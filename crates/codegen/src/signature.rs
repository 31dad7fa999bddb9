//! Types and signatures in the back end's terms.

use cranelift_codegen::ir::{self, AbiParam, types};
use cranelift_codegen::isa;
use tintype_ir::types::{CallConv, Signature, Type};

/// The back end's type of a value. Half floats travel as their bits: the back end has no arithmetic for them.
pub(crate) fn clif_type(ty: Type) -> ir::Type {
    match ty {
        Type::I8 => types::I8,
        Type::I16 | Type::F16 => types::I16,
        Type::I32 => types::I32,
        Type::I64 | Type::Ref => types::I64,
        Type::I128 => types::I128,
        Type::F32 => types::F32,
        Type::F64 => types::F64,
        Type::I8X16 => types::I8X16,
        Type::I16X8 => types::I16X8,
        Type::I32X4 => types::I32X4,
        Type::I64X2 => types::I64X2,
        Type::F32X4 => types::F32X4,
        Type::F64X2 => types::F64X2,
    }
}

/// The back end's signature, or why there is none.
pub(crate) fn clif_signature(signature: &Signature) -> Result<ir::Signature, &'static str> {
    let (conv, param): (_, fn(Type) -> AbiParam) = match signature.conv {
        CallConv::Tail => (isa::CallConv::Tail, |ty| AbiParam::new(clif_type(ty))),
        CallConv::System => (isa::CallConv::SystemV, system_param),
    };
    let all_types = || signature.params.iter().chain(&signature.results);
    if signature.conv == CallConv::System && all_types().any(|&ty| ty == Type::F16) {
        return Err("half floats in C signatures are not supported yet");
    }
    Ok(ir::Signature {
        params: signature.params.iter().map(|&ty| param(ty)).collect(),
        returns: signature.results.iter().map(|&ty| param(ty)).collect(),
        call_conv: conv,
    })
}

/// C callees may rely on narrow integers being extended; ours are unsigned as far as C is concerned.
pub(crate) fn system_param(ty: Type) -> AbiParam {
    let param = AbiParam::new(clif_type(ty));
    if matches!(ty, Type::I8 | Type::I16) { param.uext() } else { param }
}
