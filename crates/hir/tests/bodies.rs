//! Encoding, verifying and printing of bodies.

use tintype_hir::{
    Body, DecodeError, LineInfo, Op, Operand, SlotInfo, Statement, TypeRef, TypedBody, decode, decode_typed, encode,
    encode_typed, verify,
};

fn body(ops: Vec<Op>) -> Body {
    Body {
        name: "f".into(),
        n_params: 1,
        slots: vec![
            SlotInfo { name: "#self#".into(), ..SlotInfo::default() },
            SlotInfo { name: "x".into(), assigned: true, maybe_undefined: true, no_specialize: true },
        ],
        static_params: vec!["T".into()],
        statements: ops.into_iter().map(|op| Statement { op, line: 0 }).collect(),
        lines: vec![LineInfo {
            function: "f".into(),
            file: "a.jl".into(),
            line: 300,
            inlined_at: Some(0),
            inbounds: true,
        }],
        inline: Some(true),
        propagate_inbounds: true,
        generated: true,
        is_vararg: true,
    }
}

/// One of every operation.
fn all_ops() -> Vec<Op> {
    let (r, l, s) = (Operand::Result(0), Operand::Literal(200), Operand::StaticParam(0));
    vec![
        Op::Copy(l),
        Op::GetSlot(1),
        Op::SetSlot(1, s),
        Op::SlotDefined(1),
        Op::ClearSlot(1),
        Op::GetGlobal(130),
        Op::SetGlobal(1, r),
        Op::GlobalDefined(1),
        Op::Call([r, l, s].into()),
        Op::New([r].into()),
        Op::SplatNew(r, l),
        Op::Goto(12),
        Op::GotoIfNot(r, 13),
        Op::EnterTry(16),
        Op::LeaveTry(1),
        Op::Goto(18),
        Op::CurrentException,
        Op::BoundsCheck,
        Op::PopException,
        Op::DeclareConst(1, r),
        Op::DeclareGlobal(1),
        Op::DefineFunction(1),
        Op::DefineMethod(r, 1),
        Op::Invoke(1, [r, r].into()),
        Op::Intrinsic(300, [r].into()),
        Op::Builtin(3, [].into()),
        Op::Return(r),
    ]
}

#[test]
fn every_operation_survives_encoding() {
    let original = body(all_ops());
    assert_eq!(verify(&original, 201), Ok(()));
    let bytes = encode(&original);
    assert_eq!(decode(&bytes).as_ref(), Ok(&original));
    let typed = TypedBody {
        statement_types: vec![TypeRef::Bottom, TypeRef::Type(5), TypeRef::Const(1 << 20)],
        slot_types: vec![TypeRef::Const(0)],
        return_type: TypeRef::Type(7),
        removable: true,
        body: original,
    };
    assert_eq!(decode_typed(&encode_typed(&typed)), Ok(typed));
}

#[test]
fn damaged_bytes_are_errors_not_panics() {
    let bytes = encode(&body(all_ops()));
    for length in 0..bytes.len() {
        assert_eq!(decode(&bytes[..length]), Err(DecodeError::Truncated), "at {length}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(decode(&longer), Err(DecodeError::TrailingBytes));
    for at in 0..bytes.len() {
        for value in [0, 1, 3, 0x7f, 0x80, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x80] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            // Whatever it now means, reading, checking and printing it must come to an end.
            if let Ok(body) = decode(&damaged) {
                let _ = verify(&body, 201);
                let _ = body.to_string();
            }
        }
    }
    // A count that promises more than there is must not be believed.
    assert_eq!(decode(&[0xff; 12]), Err(DecodeError::Overflow));
    assert_eq!(decode(&[0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]), Err(DecodeError::Truncated));
}

#[test]
fn random_bytes_are_never_a_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..20_000 {
        let mut bytes = [0u8; 48];
        for byte in &mut bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Mostly small numbers: those get further.
            let value = (state >> 33) as u8;
            *byte = if value < 200 { value % 26 } else { value };
        }
        if let Ok(body) = decode(&bytes) {
            let _ = verify(&body, 10);
        }
        let _ = decode_typed(&bytes);
    }
}

fn rejected(ops: Vec<Op>) -> String {
    verify(&body(ops), 4).expect_err("must be rejected").to_string()
}

#[test]
fn broken_bodies_are_rejected() {
    let nothing = Operand::Literal(0);
    assert_eq!(rejected(vec![]), "a body needs a statement");
    assert_eq!(rejected(vec![Op::Copy(nothing)]), "%0: control runs off the end");
    assert_eq!(rejected(vec![Op::Goto(4)]), "%0: target %4 is not a statement");
    assert_eq!(rejected(vec![Op::GetSlot(2), Op::Return(nothing)]), "%0: no slot 2");
    assert_eq!(rejected(vec![Op::GetGlobal(4), Op::Return(nothing)]), "%0: no literal 4");
    assert_eq!(rejected(vec![Op::Return(Operand::Literal(9))]), "%0: operand lit9 is out of range");
    assert_eq!(rejected(vec![Op::Return(Operand::StaticParam(1))]), "%0: operand sparam1 is out of range");
    assert_eq!(rejected(vec![Op::Return(Operand::Result(0))]), "%0: uses %0, which not every path makes");
    let skips = vec![Op::GotoIfNot(nothing, 2), Op::GetSlot(1), Op::Return(Operand::Result(1))];
    assert_eq!(rejected(skips), "%2: uses %1, which not every path makes");
    let inside = vec![Op::EnterTry(1), Op::Goto(1)];
    assert_eq!(rejected(inside), "%1: reached with 1 and with 0 open try regions");
    let open = vec![Op::EnterTry(2), Op::Return(nothing), Op::Return(nothing)];
    assert_eq!(rejected(open), "%1: returns inside 1 try regions");
    assert_eq!(rejected(vec![Op::LeaveTry(1), Op::Return(nothing)]), "%0: leaves 1 try regions of 0");
}

#[test]
fn results_made_before_a_try_reach_its_handler() {
    let ops = vec![
        Op::GetSlot(1),
        Op::EnterTry(5),
        Op::GetSlot(1),
        Op::LeaveTry(1),
        Op::Return(Operand::Result(2)),
        Op::CurrentException,
        Op::BoundsCheck,
        Op::PopException,
        Op::Return(Operand::Result(0)),
    ];
    assert_eq!(verify(&body(ops.clone()), 0), Ok(()));
    let mut wrong = ops;
    wrong[7] = Op::Return(Operand::Result(2));
    assert_eq!(verify(&body(wrong), 0).map_err(|e| e.statement), Err(Some(7)));
}

#[test]
fn statements_that_no_path_reaches_may_use_anything() {
    let ops = vec![Op::Return(Operand::Literal(0)), Op::Return(Operand::Result(1))];
    assert_eq!(verify(&body(ops), 1), Ok(()));
}
