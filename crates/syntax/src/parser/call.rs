//! What follows an atom: calls, indexing, fields, type parameters, adjoints, string macros, `do` blocks.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::OpKind;
use crate::parser::unary::is_number;
use crate::token::{Keyword, Tok};

impl Parser<'_> {
    /// An atom with all that follows it, or a construct that a reserved word opens.
    pub fn parse_call(&mut self) -> Parse {
        let start = self.start();
        match self.peek() {
            Tok::Keyword(word) if self.opens_construct(word) => return self.parse_keyword(word),
            Tok::Name => {
                if let Some(definition) = self.parse_contextual_definition()? {
                    return Ok(definition);
                }
            }
            _ => {}
        }
        let atom = self.parse_prefixed_atom()?;
        self.parse_call_chain(atom, start)
    }

    /// The calls, indices and so on after `left`.
    pub fn parse_call_chain(&mut self, mut left: Node, start: u32) -> Parse {
        let mut links = 0;
        loop {
            let token = self.token();
            let next = self.peek();
            // A bracket, a quote or an adjoint joins only without a space where spaces separate, and elsewhere
            // only if it stands on the same line.
            let spaced = self.mode.space_sensitive && token.space;
            let bracket =
                matches!(next, Tok::LeftParen | Tok::LeftBracket | Tok::LeftBrace) || Self::is_op(next, OpKind::Dot);
            if token.space && bracket && !spaced && !(next == Tok::LeftParen && is_number(&left)) {
                let text = self.text(token);
                self.report(format!("space before `{text}` not allowed"), self.prev_end, token.end);
            }
            let found = match next {
                Tok::LeftParen if !spaced && !is_number(&left) => {
                    left = self.parse_call_arguments(left, start)?;
                    true
                }
                Tok::LeftBracket if !spaced => {
                    left = self.parse_index(left, start)?;
                    true
                }
                Tok::LeftBrace if !spaced => {
                    let open = self.take();
                    let mut args = self.parse_list(Tok::RightBrace, open.start)?;
                    args.insert(0, left);
                    left = self.expr("curly", args, start);
                    true
                }
                Tok::Op(op) if op.kind == OpKind::Dot && !spaced => {
                    left = self.parse_field(left, start)?;
                    true
                }
                Tok::Apostrophe if !token.space => {
                    left = self.parse_adjoint(left, start);
                    true
                }
                Tok::Quote | Tok::Backtick if !token.space && names_string_macro(&left) => {
                    left = self.parse_string_macro(left, start)?;
                    true
                }
                Tok::Keyword(Keyword::Do) if is_call(&left) => {
                    left = self.deeper(|p| p.parse_do(left, start))?;
                    true
                }
                _ => false,
            };
            if !found {
                return Ok(left);
            }
            links += 1;
            self.check_chain(links, &left)?;
        }
    }

    fn parse_call_arguments(&mut self, callee: Node, start: u32) -> Parse {
        let parens = self.parse_parens()?;
        let mut args = self.finish_arguments(parens);
        args.insert(0, callee);
        Ok(self.expr("call", args, start))
    }

    fn parse_index(&mut self, array: Node, start: u32) -> Parse {
        let contents = self.parse_array(Tok::RightBracket, true)?;
        Ok(self.typed_array(array, contents, start))
    }

    /// `a'`, or `a'ᵀ` with a suffix, which is a call.
    fn parse_adjoint(&mut self, left: Node, start: u32) -> Node {
        let token = self.take();
        let mut end = token.end as usize;
        while let Some(c) = self.lexer.source[end..].chars().next().filter(|&c| crate::chars::is_operator_suffix(c)) {
            end += c.len_utf8();
        }
        if end == token.end as usize {
            return self.expr("'", vec![left], start);
        }
        self.seek(end);
        let name = &self.lexer.source[token.start as usize..end];
        let name = self.symbol(name, token.start);
        self.expr("call", vec![name, left], start)
    }

    /// `a.b`, `f.(x)`, `A.@m x`, `a.:b`, `a.$b`.
    fn parse_field(&mut self, left: Node, start: u32) -> Parse {
        self.take();
        let at = self.start();
        match self.peek() {
            Tok::LeftParen => {
                let parens = self.parse_parens()?;
                let args = self.finish_arguments(parens);
                let args = self.expr("tuple", args, at);
                Ok(self.expr(".", vec![left, args], start))
            }
            Tok::At => {
                let name = self.parse_macro_name_after(left, start)?;
                self.parse_macro_call(name, start)
            }
            Tok::Op(op) if op.kind == OpKind::Colon => {
                let quoted = self.parse_atom()?;
                let quoted = match quoted.kind {
                    NodeKind::Quote(_) => quoted,
                    _ => self.quote(quoted, at),
                };
                Ok(self.expr(".", vec![left, quoted], start))
            }
            Tok::Op(op) if op.kind == OpKind::Dollar && !op.dotted => {
                let name = self.parse_prefixed_atom()?;
                let quoted = self.node(NodeKind::Quote(Box::new(name)), at);
                Ok(self.expr(".", vec![left, quoted], start))
            }
            _ => {
                let name = self.parse_field_name()?;
                let quoted = match name.kind {
                    NodeKind::Expr(..) => self.expr("quote", vec![name], at),
                    _ => self.node(NodeKind::Quote(Box::new(name)), at),
                };
                Ok(self.expr(".", vec![left, quoted], start))
            }
        }
    }

    /// The name after a dot; a reserved word is a name there.
    pub fn parse_field_name(&mut self) -> Parse {
        let token = self.token();
        match token.kind {
            Tok::Keyword(_) | Tok::Op(_) => {
                self.take();
                Ok(self.op_symbol(token))
            }
            // The brackets mean nothing yet; who evaluates the tree says so.
            Tok::Name | Tok::Quote | Tok::LeftBracket | Tok::LeftBrace => self.parse_atom(),
            Tok::Apostrophe => self.fail("the `.'` operator is discontinued", token.start - 1, token.end),
            _ => self.unexpected("expected a field name after `.`"),
        }
    }

    /// `f(x) do y ... end`.
    pub fn parse_do(&mut self, call: Node, start: u32) -> Parse {
        let word = self.take();
        self.with(Mode::STATEMENT, |p| {
            let mut parameters = Vec::new();
            let at = p.start();
            if !matches!(p.peek(), Tok::Newline | Tok::Semicolon | Tok::Keyword(Keyword::End)) {
                loop {
                    parameters.push(p.parse_binary(crate::operators::Prec::Colon)?);
                    if !p.eat(Tok::Comma) {
                        break;
                    }
                }
            }
            let parameters = p.expr("tuple", parameters, at);
            let body = p.parse_block(word.start)?;
            p.expect_end("do", word.start)?;
            let function = p.expr("->", vec![parameters, body], word.start);
            Ok(p.expr("do", vec![call, function], start))
        })
    }

    /// Puts the line of `offset` at the head of a block, as bodies of definitions have it.
    pub fn prepend_line(&mut self, block: &mut Node, offset: u32) {
        let line = self.line_node(offset);
        if let NodeKind::Expr(_, args) = &mut block.kind {
            let only_a_line = args.len() == 1 && matches!(args[0].kind, NodeKind::Line(_));
            if only_a_line {
                args[0] = line;
            } else {
                args.insert(0, line);
            }
        }
    }
}

fn is_call(node: &Node) -> bool {
    match node.as_expr() {
        Some(("call", _)) => true,
        Some((".", [_, args])) => args.is_expr("tuple"),
        _ => false,
    }
}

/// Whether a string written against the node is a string macro: `r"x"`, `A.r"x"`.
fn names_string_macro(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Symbol(name) => name.chars().next().is_some_and(crate::chars::starts_name),
        NodeKind::Expr(head, args) if &**head == "." && args.len() == 2 => {
            matches!(&args[1].kind, NodeKind::Quote(name) if name.as_symbol().is_some())
        }
        _ => false,
    }
}
