//! The primitive operations, by number and by Julia's name. Numbers are frozen: images hold them; add at the end only.

/// What the result of an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultRule {
    /// The type of the first operand.
    SameAsFirst,
    /// `Bool`.
    Bool,
    /// The type that the first operand is.
    TypeArgument,
    /// A tuple of the first operand's type and `Bool`.
    CheckedPair,
}

/// What an operand is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandKind {
    /// Bits of any primitive type.
    Bits,
    /// `Float32` or `Float64` (or `Float16`, computed in single precision).
    Float,
}

/// One primitive operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntrinsicInfo {
    /// The operation.
    pub intrinsic: Intrinsic,
    /// Julia's name.
    pub name: &'static str,
    /// How many operands, a type operand included.
    pub arity: u8,
    /// The result's type.
    pub result: ResultRule,
    /// How operands (but a type) are read.
    pub operands: OperandKind,
    /// Whether it may throw `DivideError`.
    pub throws: bool,
}

macro_rules! intrinsics {
    ($($variant:ident $name:literal $arity:literal $result:ident $operands:ident $throws:literal;)*) => {
        /// A primitive operation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are Julia's")]
        #[repr(u16)]
        pub enum Intrinsic { $($variant),* }

        /// Every operation, by number.
        pub const TABLE: &[IntrinsicInfo] = &[$(IntrinsicInfo {
            intrinsic: Intrinsic::$variant,
            name: $name,
            arity: $arity,
            result: ResultRule::$result,
            operands: OperandKind::$operands,
            throws: $throws,
        }),*];
    };
}

intrinsics! {
    NegInt "neg_int" 1 SameAsFirst Bits false;
    AddInt "add_int" 2 SameAsFirst Bits false;
    SubInt "sub_int" 2 SameAsFirst Bits false;
    MulInt "mul_int" 2 SameAsFirst Bits false;
    SdivInt "sdiv_int" 2 SameAsFirst Bits true;
    UdivInt "udiv_int" 2 SameAsFirst Bits true;
    SremInt "srem_int" 2 SameAsFirst Bits true;
    UremInt "urem_int" 2 SameAsFirst Bits true;
    CheckedSdivInt "checked_sdiv_int" 2 SameAsFirst Bits true;
    CheckedUdivInt "checked_udiv_int" 2 SameAsFirst Bits true;
    CheckedSremInt "checked_srem_int" 2 SameAsFirst Bits true;
    CheckedUremInt "checked_urem_int" 2 SameAsFirst Bits true;
    CheckedSaddInt "checked_sadd_int" 2 CheckedPair Bits false;
    CheckedUaddInt "checked_uadd_int" 2 CheckedPair Bits false;
    CheckedSsubInt "checked_ssub_int" 2 CheckedPair Bits false;
    CheckedUsubInt "checked_usub_int" 2 CheckedPair Bits false;
    CheckedSmulInt "checked_smul_int" 2 CheckedPair Bits false;
    CheckedUmulInt "checked_umul_int" 2 CheckedPair Bits false;
    AndInt "and_int" 2 SameAsFirst Bits false;
    OrInt "or_int" 2 SameAsFirst Bits false;
    XorInt "xor_int" 2 SameAsFirst Bits false;
    NotInt "not_int" 1 SameAsFirst Bits false;
    ShlInt "shl_int" 2 SameAsFirst Bits false;
    LshrInt "lshr_int" 2 SameAsFirst Bits false;
    AshrInt "ashr_int" 2 SameAsFirst Bits false;
    BswapInt "bswap_int" 1 SameAsFirst Bits false;
    BitreverseInt "bitreverse_int" 1 SameAsFirst Bits false;
    CtpopInt "ctpop_int" 1 SameAsFirst Bits false;
    CtlzInt "ctlz_int" 1 SameAsFirst Bits false;
    CttzInt "cttz_int" 1 SameAsFirst Bits false;
    EqInt "eq_int" 2 Bool Bits false;
    NeInt "ne_int" 2 Bool Bits false;
    SltInt "slt_int" 2 Bool Bits false;
    UltInt "ult_int" 2 Bool Bits false;
    SleInt "sle_int" 2 Bool Bits false;
    UleInt "ule_int" 2 Bool Bits false;
    FlipsignInt "flipsign_int" 2 SameAsFirst Bits false;
    SextInt "sext_int" 2 TypeArgument Bits false;
    ZextInt "zext_int" 2 TypeArgument Bits false;
    TruncInt "trunc_int" 2 TypeArgument Bits false;
    Bitcast "bitcast" 2 TypeArgument Bits false;
    Fptoui "fptoui" 2 TypeArgument Float false;
    Fptosi "fptosi" 2 TypeArgument Float false;
    Uitofp "uitofp" 2 TypeArgument Bits false;
    Sitofp "sitofp" 2 TypeArgument Bits false;
    Fptrunc "fptrunc" 2 TypeArgument Float false;
    Fpext "fpext" 2 TypeArgument Float false;
    NegFloat "neg_float" 1 SameAsFirst Float false;
    AddFloat "add_float" 2 SameAsFirst Float false;
    SubFloat "sub_float" 2 SameAsFirst Float false;
    MulFloat "mul_float" 2 SameAsFirst Float false;
    DivFloat "div_float" 2 SameAsFirst Float false;
    RemFloat "rem_float" 2 SameAsFirst Float false;
    FmaFloat "fma_float" 3 SameAsFirst Float false;
    MuladdFloat "muladd_float" 3 SameAsFirst Float false;
    EqFloat "eq_float" 2 Bool Float false;
    NeFloat "ne_float" 2 Bool Float false;
    LtFloat "lt_float" 2 Bool Float false;
    LeFloat "le_float" 2 Bool Float false;
    FpiseqFloat "fpiseq" 2 Bool Float false;
    AbsFloat "abs_float" 1 SameAsFirst Float false;
    CopysignFloat "copysign_float" 2 SameAsFirst Float false;
    CeilLlvm "ceil_llvm" 1 SameAsFirst Float false;
    FloorLlvm "floor_llvm" 1 SameAsFirst Float false;
    TruncLlvm "trunc_llvm" 1 SameAsFirst Float false;
    RintLlvm "rint_llvm" 1 SameAsFirst Float false;
    SqrtLlvm "sqrt_llvm" 1 SameAsFirst Float false;
    HaveFma "have_fma" 1 Bool Bits false;
}

impl Intrinsic {
    /// The operation with this number.
    pub fn from_number(number: u16) -> Option<Intrinsic> {
        TABLE.get(usize::from(number)).map(|info| info.intrinsic)
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// What is known of it.
    pub fn info(self) -> &'static IntrinsicInfo {
        &TABLE[self as usize]
    }
}
