//! Definitions: functions, macros, types, modules.

use super::operator::is_signature;
use super::{Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::{OpKind, Prec};
use crate::token::{Keyword, Tok, Token};

impl Parser<'_> {
    /// `function f(x) ... end`, `function (x) ... end`, `function f end`.
    pub fn parse_function(&mut self, word: Token) -> Parse {
        self.skip_newlines();
        let signature = if self.peek() == Tok::LeftParen {
            self.parse_anonymous_signature()?
        } else {
            let start = self.start();
            let name = self.parse_prefixed_atom()?;
            self.parse_call_chain(name, start)?
        };
        let start = signature.span.start;
        let mut signature = signature;
        if Self::is_op(self.peek(), OpKind::DoubleColon) {
            self.take();
            let ty = self.parse_call()?;
            signature = self.expr("::", vec![signature, ty], start);
        }
        let signature = self.parse_where_from(signature, start)?;
        if is_bare_name(&signature) {
            if self.peek_past_newlines() != Tok::Keyword(Keyword::End) {
                return self.unexpected("expected `(` or `end` in a function definition");
            }
            self.take();
            return Ok(self.expr("function", vec![signature], word.start));
        }
        if !defines(&signature) {
            let message = "expected `(` in a function definition";
            return self.fail(message, signature.span.start, signature.span.end);
        }
        let mut body = self.parse_block(word.start)?;
        self.expect_end("function", word.start)?;
        self.prepend_line(&mut body, word.start);
        Ok(self.expr("function", vec![signature, body], word.start))
    }

    /// The parentheses after `function`: parameters of an anonymous function, or a callee, as in `(::T)(x)`.
    fn parse_anonymous_signature(&mut self) -> Parse {
        let start = self.start();
        let parens = self.parse_parens()?;
        if matches!(self.peek(), Tok::LeftParen) && !self.space() {
            let callee = self.finish_parens(parens, start);
            return self.parse_call_chain(callee, start);
        }
        Ok(self.finish_function_parens(parens, start))
    }

    /// `(x)` is a tuple of parameters, unless it holds a whole signature: `function (f(x) where T)`. As
    /// `Meta.parse` has it, a lone splat stands without its tuple, and `(x; y = 1)` is a block.
    fn finish_function_parens(&mut self, parens: super::paren::Parens, start: u32) -> Node {
        let signature = self.finish_parens(parens, start);
        match signature.as_expr() {
            Some(("tuple" | "block" | "...", _)) => signature,
            _ if is_signature(&signature) && !signature.is_expr("::") => signature,
            _ => self.expr("tuple", vec![signature], start),
        }
    }

    /// `macro m(x) ... end`.
    pub fn parse_macro(&mut self, word: Token) -> Parse {
        self.skip_newlines();
        let start = self.start();
        let name = match self.token().kind {
            Tok::Keyword(_) => {
                let token = self.take();
                self.op_symbol(token)
            }
            _ => self.parse_prefixed_atom()?,
        };
        let signature = self.parse_call_chain(name, start)?;
        let signature = self.parse_where_from(signature, start)?;
        if is_bare_name(&signature) && self.peek_past_newlines() == Tok::Keyword(Keyword::End) {
            self.take();
            return Ok(self.expr("macro", vec![signature], word.start));
        }
        if !defines(&signature) {
            let message = "expected `(` in a macro definition";
            return self.fail(message, signature.span.start, signature.span.end);
        }
        let mut body = self.parse_block(word.start)?;
        self.expect_end("macro", word.start)?;
        self.prepend_line(&mut body, word.start);
        Ok(self.expr("macro", vec![signature, body], word.start))
    }

    /// `abstract type`, `primitive type` and `mutable struct`, whose first words are names elsewhere.
    pub fn parse_contextual_definition(&mut self) -> Parse<Option<Node>> {
        let token = self.token();
        let text = self.text(token);
        if !matches!(text, "abstract" | "primitive" | "mutable") {
            return Ok(None);
        }
        let mut ahead = self.lexer.clone();
        ahead.pos = token.end as usize;
        let next = ahead.next();
        let follows = match next.kind {
            Tok::Name => text != "mutable" && self.text(next) == "type",
            Tok::Keyword(Keyword::Struct) => text == "mutable",
            _ => false,
        };
        if !follows || next.newlines > 0 {
            return Ok(None);
        }
        self.deeper(|p| {
            p.take();
            p.take();
            p.with(super::Mode::STATEMENT, |p| match text {
                "mutable" => p.parse_struct(token, true),
                "abstract" => {
                    let name = p.parse_binary(Prec::Comparison)?;
                    p.skip_semicolon();
                    p.expect_end("abstract type", token.start)?;
                    Ok(p.expr("abstract", vec![name], token.start))
                }
                _ => {
                    let mode = super::Mode { space_sensitive: true, ..p.mode };
                    let name = p.with(mode, |p| p.parse_binary(Prec::Comparison))?;
                    let bits = p.with(mode, |p| p.parse_condition())?;
                    p.skip_semicolon();
                    p.expect_end("primitive type", token.start)?;
                    Ok(p.expr("primitive", vec![name, bits], token.start))
                }
            })
        })
        .map(Some)
    }

    fn skip_semicolon(&mut self) {
        self.skip_newlines();
        self.eat(Tok::Semicolon);
    }

    /// `struct T <: S ... end`, after `struct`; `word` is where the definition starts.
    pub fn parse_struct(&mut self, word: Token, mutable: bool) -> Parse {
        let name = self.parse_binary(Prec::Comparison)?;
        let body = self.parse_fields(word.start)?;
        self.expect_end("struct", word.start)?;
        let mutable = self.node(NodeKind::Bool(mutable), word.start);
        Ok(self.expr("struct", vec![mutable, name, body], word.start))
    }

    /// `module M ... end`, `baremodule M ... end`.
    pub fn parse_module(&mut self, word: Token) -> Parse {
        let standard = self.text(word) == "module";
        let name = self.parse_prefixed_atom()?;
        let mut body = self.parse_documented_block(word.start)?;
        let text = self.text(word);
        self.expect_end(text, word.start)?;
        self.prepend_line(&mut body, word.start);
        let standard = self.node(NodeKind::Bool(standard), word.start);
        Ok(self.expr("module", vec![standard, name, body], word.start))
    }
}

/// A name to which methods may be added later: `function f end`.
fn is_bare_name(node: &Node) -> bool {
    match node.as_expr() {
        None => node.as_symbol().is_some(),
        Some((".", [_, field])) => matches!(field.kind, NodeKind::Quote(_)),
        Some(("$", _)) => true,
        _ => false,
    }
}

/// Whether the signature has parameters.
fn defines(mut node: &Node) -> bool {
    loop {
        match node.as_expr() {
            Some(("call" | "tuple" | "block" | "...", _)) => return true,
            Some(("where", [inner, ..])) => node = inner,
            Some(("::", [inner, _])) => node = inner,
            _ => return false,
        }
    }
}
