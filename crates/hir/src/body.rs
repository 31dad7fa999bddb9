//! A method body: slots, statements, and operands that name earlier results or literal-pool entries.
//!
//! The form follows Julia's lowered code: a linear list of statements, jumps by statement index, local variables in
//! slots that are read and written by statements of their own. Inference keeps the form, replaces calls whose target it
//! knows ([`Op::Invoke`], [`Op::Intrinsic`], [`Op::Builtin`]) and adds types beside it ([`crate::typed`]). Values are
//! never inside a body: an operand names an entry of the literal pool that travels with it. Names are shared: inlining
//! copies lines and slots by the thousand.

use std::sync::Arc;

/// Index of a statement in [`Body::statements`].
pub type StatementId = u32;
/// Index of a local variable in [`Body::slots`].
pub type SlotId = u32;
/// Index in the literal pool.
pub type LiteralId = u32;

/// What a statement works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// The result of an earlier statement.
    Result(StatementId),
    /// An entry of the literal pool.
    Literal(LiteralId),
    /// A static parameter of the method, by position.
    StaticParam(u32),
}

/// One local variable. The first [`Body::n_params`] are the parameters, the called object first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SlotInfo {
    /// The name in the source; generated names begin with `#`.
    pub name: Arc<str>,
    /// Whether some path may read it before it is assigned.
    pub maybe_undefined: bool,
    /// Whether it is assigned anywhere but (for parameters) at entry.
    pub assigned: bool,
    /// Whether `@nospecialize` was asked for (parameters).
    pub no_specialize: bool,
}

/// What a statement does. Every statement has a result, `nothing` where none is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The operand itself.
    Copy(Operand),
    /// Read a variable; throws `UndefVarError` when it is not defined.
    GetSlot(SlotId),
    /// Assign a variable; the result is the value.
    SetSlot(SlotId, Operand),
    /// Whether a variable is defined.
    SlotDefined(SlotId),
    /// Make a variable undefined (entering the scope that declares it).
    ClearSlot(SlotId),
    /// Read a global: the literal is a [`crate::Literal::Global`].
    GetGlobal(LiteralId),
    /// Assign a global.
    SetGlobal(LiteralId, Operand),
    /// Whether a global is defined.
    GlobalDefined(LiteralId),
    /// Call the first operand with the others.
    Call(Box<[Operand]>),
    /// Make an object of the type (first operand) from field values; fewer than fields leaves the rest undefined.
    New(Box<[Operand]>),
    /// Make an object of the type (first operand) with the elements of a tuple (second) as field values.
    SplatNew(Operand, Operand),
    /// Continue at a statement.
    Goto(StatementId),
    /// Continue at a statement when the operand is `false`; throws `TypeError` when it is not a `Bool`.
    GotoIfNot(Operand, StatementId),
    /// Return the value.
    Return(Operand),
    /// Until the matching [`Op::LeaveTry`], an exception continues at the statement, outside this region. There, those
    /// that were being handled when the region was entered still are, and the new one is the current one.
    EnterTry(StatementId),
    /// Leave that many try regions.
    LeaveTry(u32),
    /// The exception being handled.
    CurrentException,
    /// Whether to check bounds, a `Bool`: no where the body was inlined into code marked `@inbounds`.
    BoundsCheck,
    /// Forget the exception being handled: at the end of a `catch`, and before leaving one by a jump or return.
    PopException,

    /// Top level: declare a global of the current module constant, with this value.
    DeclareConst(LiteralId, Operand),
    /// Top level: declare a global (`global x`).
    DeclareGlobal(LiteralId),
    /// Top level: the generic function of this global name, made if there is none yet; the result is the function.
    DefineFunction(LiteralId),
    /// Add a method: signature `svec(svec(argument types, the function's first), svec(type variables))` and the body, a
    /// [`crate::Literal::Method`]. The result is the method.
    DefineMethod(Operand, LiteralId),

    /// After inference: call a known method instance or code (a literal) with the operands, the called object first.
    Invoke(LiteralId, Box<[Operand]>),
    /// After inference: a primitive operation by its number.
    Intrinsic(u16, Box<[Operand]>),
    /// After inference: a built-in function by its number.
    Builtin(u16, Box<[Operand]>),
}

/// A statement and its line in the body's file (0: none).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// What it does.
    pub op: Op,
    /// Index in [`Body::lines`].
    pub line: u32,
}

/// A source line, and through which call it was inlined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LineInfo {
    /// The function's name.
    pub function: Arc<str>,
    /// The file.
    pub file: Arc<str>,
    /// 1-based; 0 when not known.
    pub line: u32,
    /// Index of the inlined call's line, if any.
    pub inlined_at: Option<u32>,
    /// Whether it is marked `@inbounds`.
    pub inbounds: bool,
}

/// A method body or a top-level thunk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Body {
    /// The function's name, for backtraces.
    pub name: Arc<str>,
    /// How many of the slots are parameters, the called object included.
    pub n_params: u32,
    /// Whether the last parameter takes the remaining arguments as a tuple.
    pub is_vararg: bool,
    /// Local variables, parameters first.
    pub slots: Vec<SlotInfo>,
    /// Names of the static parameters, in the order of the type variables in the signature: the method's own and, for a
    /// closure, those of methods around it that it uses.
    pub static_params: Vec<Arc<str>>,
    /// The code. Control never runs off the end.
    pub statements: Vec<Statement>,
    /// Source lines; entry 0 is the definition's.
    pub lines: Vec<LineInfo>,
    /// `@inline` or `@noinline`, if said.
    pub inline: Option<bool>,
    /// Whether `@inbounds` code inside asks callers to propagate (`@propagate_inbounds`).
    pub propagate_inbounds: bool,
    /// Whether the body makes the code of the method from the types of the arguments (`@generated`).
    pub generated: bool,
}
