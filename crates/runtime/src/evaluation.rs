//! Reading and evaluating syntax at run time: what this crate asks of whoever has a parser and lowering.
//!
//! The run-time system knows no syntax. `eval`, `include`, `Meta.parse`, `macroexpand` and the bodies of `@generated`
//! functions need it while a program runs: they reach it through this trait, which the engine implements and installs in
//! each context ([`Context::set_evaluation`]). Without one, those functions throw.

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;

/// How much of a text `Meta.parse` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseRule {
    /// One statement.
    Statement,
    /// One atom: what `Meta.parseatom` reads.
    Atom,
    /// The whole text, as a `toplevel` expression.
    All,
}

/// What reading a text gave.
pub struct ParsedText {
    /// The expression; `nothing` where there is none.
    pub value: Value,
    /// The 0-based offset of the byte after what was read.
    pub next: usize,
    /// What is wrong with the text.
    pub error: Option<String>,
    /// More text might put it right.
    pub incomplete: bool,
}

/// A parser, macro expansion and lowering. World ages: each of these runs in the newest world and comes back to the one
/// it was called in.
pub trait Evaluation {
    /// The value of an expression (syntax as a value) in `module`.
    fn eval(&self, cx: &Context, module: Gc<Module>, expression: Value) -> Outcome;

    /// Evaluates a file. A path that is not absolute is taken from the file being included. `map` is called with each
    /// expression, and what it gives is evaluated.
    fn include(&self, cx: &Context, module: Gc<Module>, path: &str, map: Option<Value>) -> Outcome;

    /// Evaluates a text as if it were the file of this name.
    fn include_text(&self, cx: &Context, module: Gc<Module>, text: &str, file: &str, map: Option<Value>) -> Outcome;

    /// Reads text from the byte `start` on.
    fn parse(&self, cx: &Context, text: &str, start: usize, rule: ParseRule, file: &str) -> Outcome<ParsedText>;

    /// The expression with its macro calls expanded; with `once`, only the outermost call, and only once.
    fn expand(&self, cx: &Context, module: Gc<Module>, expression: Value, once: bool) -> Outcome;

    /// The body and literal pool that the generator of an `@generated` method gives for an instance of it.
    fn generate(&self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<(Gc<Bytes>, Gc<SimpleVector>)>;
}
