//! Atoms: names, literals, quotes, and what brackets enclose.

use super::{Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::{Op, OpKind};
use crate::token::{Keyword, Tok, Token};

impl Parser<'_> {
    /// An expression that no operator, call or index belongs to.
    pub fn parse_atom(&mut self) -> Parse {
        let next = self.peek_past_newlines();
        let token = self.token();
        match next {
            Tok::Name => {
                self.take();
                self.parse_name(token)
            }
            Tok::Number(kind) => {
                self.take();
                self.number_node(token, kind, false)
            }
            Tok::Keyword(word) => self.parse_keyword_atom(word, token),
            Tok::Op(op) => self.parse_operator_atom(op, token),
            Tok::LeftParen => {
                let parens = self.parse_parens()?;
                Ok(self.finish_parens(parens, token.start))
            }
            Tok::LeftBracket => {
                let end_symbol = self.mode.end_symbol;
                let contents = self.parse_array(Tok::RightBracket, end_symbol)?;
                Ok(self.array(contents, token.start))
            }
            Tok::LeftBrace => {
                let end_symbol = self.mode.end_symbol;
                let contents = self.parse_array(Tok::RightBrace, end_symbol)?;
                Ok(self.braces(contents, token.start))
            }
            Tok::Quote => self.parse_string(),
            Tok::Backtick => self.parse_command(),
            Tok::Apostrophe => self.parse_char(),
            Tok::At => {
                let name = self.parse_macro_name()?;
                self.parse_macro_call(name, token.start)
            }
            _ => self.unexpected(""),
        }
    }

    fn parse_name(&mut self, token: Token) -> Parse {
        let name = self.text(token);
        if name == "var" && self.byte_at(token.end) == b'"' {
            return self.parse_var(token.start);
        }
        Ok(self.symbol(name, token.start))
    }

    fn parse_keyword_atom(&mut self, word: Keyword, token: Token) -> Parse {
        match word {
            Keyword::True | Keyword::False => {
                self.take();
                Ok(self.node(NodeKind::Bool(word == Keyword::True), token.start))
            }
            Keyword::Where => {
                self.take();
                Ok(self.op_symbol(token))
            }
            Keyword::Begin | Keyword::End if self.mode.end_symbol => {
                self.take();
                Ok(self.op_symbol(token))
            }
            _ if self.opens_construct(word) => self.deeper(|p| p.parse_keyword(word)),
            _ => self.unexpected(""),
        }
    }

    fn parse_operator_atom(&mut self, op: Op, token: Token) -> Parse {
        if op.kind == OpKind::Colon {
            return self.parse_quote();
        }
        if op.is_syntactic() {
            return self.unexpected("");
        }
        self.take();
        let operator = self.op_symbol(token);
        Ok(self.operator_name(operator, op, token))
    }

    /// `:name`, `:(expression)`, or `:` alone, which is a name.
    fn parse_quote(&mut self) -> Parse {
        let colon = self.take();
        let next = self.token();
        let alone = next.space || self.is_closing(next.kind) && !matches!(next.kind, Tok::Keyword(_));
        if alone {
            if next.newlines == 0 && !self.is_closing(next.kind) && !self.mode.space_sensitive {
                self.report("white space is not allowed after `:` used for quoting", colon.end, next.start);
            }
            return Ok(self.op_symbol(colon));
        }
        let quoted = match next.kind {
            Tok::Keyword(Keyword::True | Keyword::False) => self.parse_atom()?,
            Tok::Op(op) if op.kind == OpKind::Dollar && self.dollar_has_operand(next) => self.parse_prefixed_atom()?,
            // A dotted operator is one name here: `:.+`.
            Tok::Keyword(_) | Tok::Op(_) => {
                self.take();
                self.op_symbol(next)
            }
            Tok::LeftParen => match self.parse_parenthesized_operator() {
                Some(operator) => operator,
                None => self.parse_atom()?,
            },
            _ => self.deeper(|p| p.parse_atom())?,
        };
        Ok(self.quote(quoted, colon.start))
    }

    fn dollar_has_operand(&self, dollar: Token) -> bool {
        let next = self.byte_at(dollar.end);
        next == b'(' || next == b'$' || next == b'_' || next.is_ascii_alphabetic() || next >= 0x80
    }

    /// `(=)` or any other operator alone in parentheses, at the `(`.
    fn parse_parenthesized_operator(&mut self) -> Option<Node> {
        let open = self.token();
        let mut ahead = self.lexer.clone();
        ahead.pos = open.end as usize;
        let operator = ahead.next();
        let Tok::Op(op) = operator.kind else { return None };
        let close = ahead.next();
        if close.kind != Tok::RightParen {
            return None;
        }
        self.seek(close.end as usize);
        let name = self.op_symbol(operator);
        Some(if op.is_syntactic() { name } else { self.operator_name(name, op, operator) })
    }

    /// The quotation of a node: a `QuoteNode` for atoms, a `quote` expression for the rest.
    pub fn quote(&mut self, node: Node, start: u32) -> Node {
        match node.kind {
            NodeKind::Expr(..) | NodeKind::Quote(_) | NodeKind::Bool(_) | NodeKind::Integer128(_) => {
                self.expr("quote", vec![node], start)
            }
            _ => self.node(NodeKind::Quote(Box::new(node)), start),
        }
    }

    /// A character literal.
    fn parse_char(&mut self) -> Parse {
        let token = self.take();
        let start = token.start as usize;
        let body = start + 1;
        let bytes = self.lexer.source.as_bytes();
        let mut end = body;
        // The closing quote: not escaped, and not the first character, so that `'''` is a quote.
        loop {
            match bytes.get(end) {
                None => return self.fail_incomplete("unterminated character literal", token.start),
                Some(b'\'') if end > body => break,
                Some(b'\\') => end += 1 + self.lexer.source[end + 1..].chars().next().map_or(0, char::len_utf8),
                Some(b'\n') => return self.fail("unterminated character literal", token.start, end as u32),
                Some(_) => end += self.lexer.source[end..].chars().next().map_or(1, char::len_utf8),
            }
        }
        let text = &self.lexer.source[body..end];
        self.seek(end + 1);
        let mut value = Vec::new();
        if let Err((at, message)) = crate::text::unescape(text, &mut value) {
            return self.fail(message, (body + at) as u32, (end + 1) as u32);
        }
        match crate::text::decode_char(&value) {
            Some(c) => Ok(self.node(NodeKind::Char(c), token.start)),
            None => self.fail("a character literal holds exactly one character", token.start, (end + 1) as u32),
        }
    }
}
