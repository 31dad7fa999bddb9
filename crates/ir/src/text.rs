//! The text format: what dumps print, tests are written in, and an embedder may feed.
//!
//! ```text
//! module "example"
//! slot slot0 "String" single                  ; or: context 3
//! data data0 "table" size=16 align=8 writable bytes "0102ff"
//! region region1 "array data"
//!
//! function %sum(i64, ref) -> i64 table 0 {    ; conventions and linkage: [system] [table N | import]
//!     ss0 = 16, align 8
//!     sig0 = (i64) -> i64
//!     scope0 = "sum", "sum.jl", 3             ; or, inlined: scope1 = "inner", "a.jl", 9, scope0
//! block0(v0: i64, v1: ref):
//!     v2 = iconst.i64 -1
//!     v3 = load.i64 invariant region1 v1+8 @scope0
//!     v4, v5 = sadd_overflow v2, v3
//!     branch v5, block1(v4), block2
//! block1(v6: i64):
//!     try_call %sum(v6, v1) block3(v0) catch block4
//! ...
//! }
//! ```
//!
//! Comments run from `;` to the end of the line; line breaks mean nothing else. The parser numbers values and blocks
//! anew, in the order of their definitions, so a text in that order is read and printed unchanged. It accepts
//! functions that break the verifier's rules, operand types included, because the verifier's tests are written in it.

mod body;
mod lexer;
mod parser;
mod print;

pub use parser::{FunctionLines, Lines, parse_module, parse_module_with_lines};
pub use print::{display_inst, print_function, print_module};

use std::fmt;

/// Why a text is not a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in bytes.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::abi::RuntimeAbi;

    fn parse(text: &str) -> Result<crate::module::Module, ParseError> {
        parse_module(text, Arc::new(RuntimeAbi::bare()))
    }

    /// Every kind of declaration and instruction, in the printer's own form.
    const EVERYTHING: &str = include_str!("../tests/everything.tir");

    #[test]
    fn canonical_text_is_printed_unchanged() {
        let module = parse(EVERYTHING).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(print_module(&module), EVERYTHING);
        let errors = crate::verify::verify_module(&module).err().unwrap_or_default();
        assert!(errors.is_empty(), "{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>());
    }

    #[test]
    fn uses_before_definitions_in_the_text_are_typed() {
        let text = "function %f() -> f64 {\nblock0:\n jump block2\nblock1:\n return v1\nblock2:\n v0 = f64const 1.5 v1 = fadd v0, v0 jump block1 }";
        let module = parse(text).expect("parses");
        crate::verify::verify_module(&module).expect("is valid");
        let printed = print_module(&module);
        assert_eq!(print_module(&parse(&printed).expect("parses")), printed);
    }

    #[test]
    fn mistakes_have_positions() {
        let cases = [
            ("function %f() {\nblock0:\n    return v1\n}", "3:5: v1 is not defined"),
            ("function %f() {\nblock0:\n    jump block9\n}", "3:5: block9 is not defined"),
            ("function %f() {\nblock0:\n    v0 = bogus\n}", "3:10: there is no instruction `bogus`"),
            ("function %f() {\nblock0:\n    call %g()\n}", "3:10: function \"g\" is not declared"),
            ("function %f() {\nblock0:\n    v0 = task v0 = task\n}", "3:15: v0 is defined twice"),
            ("function %f() {\nblock0:\n    task\n}", "3:5: the instruction has 1 results, not 0"),
            ("function %f() {\nblock0:\n", "2:1: expected `}`"),
            ("function %f() {}\nfunction %f() {}", "2:10: function \"f\" is declared twice"),
            ("slot slot1 \"a\" single", "1:6: slot1 is out of order: expected slot0"),
            ("data data0 \"a\" size=1 align=1 bytes \"0\"", "1:37: expected pairs of hex digits"),
            ("region region1 \"a", "1:16: string without end"),
            ("function %f(i65)", "1:13: expected a type"),
            (
                "function %f() {\nblock0:\n    v0 = iconst.i64 9223372036854775808\n}",
                "3:21: `9223372036854775808` is not an integer in range here",
            ),
            ("function %f() {\nblock0: return @scope0 }", "2:17: scope0 is not declared"),
            ("€", "1:1: unexpected character '€'"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|_| ()).expect_err(text).to_string(), expected, "{text}");
        }
    }
}
