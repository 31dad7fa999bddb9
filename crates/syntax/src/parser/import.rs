//! `import`, `using` and `export`.

use super::{Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::OpKind;
use crate::token::{Keyword, Tok, Token};

impl Parser<'_> {
    /// `export a, +, @m`.
    pub fn parse_export(&mut self, word: Token) -> Parse {
        let mut names = Vec::new();
        loop {
            self.skip_newlines();
            names.push(self.parse_imported_name()?);
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        Ok(self.expr("export", names, word.start))
    }

    /// `import A.B: c as d`, `using A, ..B`, after the word.
    pub fn parse_import(&mut self, head: &'static str, word: Token) -> Parse {
        let start = self.start();
        let first = self.parse_import_clause()?;
        let mut args = vec![first];
        let colon = Self::is_op(self.peek(), OpKind::Colon) && args.len() == 1;
        if colon {
            self.take();
            self.skip_newlines();
            args.push(self.parse_import_clause()?);
        }
        while self.eat(Tok::Comma) {
            self.skip_newlines();
            args.push(self.parse_import_clause()?);
        }
        if !colon && Self::is_op(self.peek(), OpKind::Colon) {
            let token = self.token();
            let message = "`:` in an import can only be used when importing from a single module; split the import";
            return self.fail(message, token.start, token.end);
        }
        if colon {
            args = vec![self.expr(":", args, start)];
        }
        Ok(self.expr(head, args, word.start))
    }

    /// A path, perhaps renamed.
    fn parse_import_clause(&mut self) -> Parse {
        let start = self.start();
        let path = self.parse_import_path()?;
        if !self.at_name("as") {
            return Ok(path);
        }
        self.take();
        let name = self.parse_imported_name()?;
        Ok(self.expr("as", vec![path, name], start))
    }

    /// `..A.B.c`: dots, then names.
    fn parse_import_path(&mut self) -> Parse {
        self.skip_newlines();
        let start = self.start();
        let mut parts = Vec::new();
        // Leading dots may be lexed as `.`, `..` or `...`, and `.+` as one operator.
        loop {
            let token = self.token();
            let Tok::Op(op) = token.kind else { break };
            let text = self.text(token);
            if !text.bytes().all(|b| b == b'.') {
                if op.dotted {
                    parts.push(self.dot_symbol(token.start));
                    self.seek(token.start as usize + 1);
                }
                break;
            }
            self.take();
            for i in 0..text.len() as u32 {
                parts.push(self.dot_symbol(token.start + i));
            }
        }
        parts.push(self.parse_imported_name()?);
        loop {
            let token = self.token();
            match self.peek() {
                Tok::Op(op) if op.kind == OpKind::Dot => {
                    self.take();
                    parts.push(self.parse_imported_name()?);
                }
                // `A.==` is lexed as a dotted operator, `A...` as two.
                Tok::Op(op) if op.dotted => {
                    self.seek(token.start as usize + 1);
                    parts.push(self.parse_imported_name()?);
                }
                Tok::Op(op) if op.kind == OpKind::Ellipsis => {
                    self.seek(token.start as usize + 1);
                    parts.push(self.parse_imported_name()?);
                }
                _ => break,
            }
        }
        Ok(self.expr(".", parts, start))
    }

    fn dot_symbol(&mut self, at: u32) -> Node {
        let name = self.intern(".");
        Node { kind: NodeKind::Symbol(name), span: crate::ast::Span { start: at, end: at + 1 } }
    }

    /// A name, an operator, a macro's name, or `$x`.
    fn parse_imported_name(&mut self) -> Parse {
        let start = self.start();
        let name = self.parse_imported_atom()?;
        if name.as_symbol().is_some() || name.is_expr("$") {
            return Ok(name);
        }
        self.fail("expected a name to import or export", start, self.prev_end)
    }

    fn parse_imported_atom(&mut self) -> Parse {
        let token = self.token();
        match self.peek() {
            Tok::At => self.parse_macro_name(),
            Tok::Op(op) if op.kind == OpKind::Dollar && !op.dotted => self.parse_prefixed_atom(),
            Tok::Op(op) if op.kind == OpKind::Colon => {
                let quoted = self.parse_atom()?;
                Ok(match quoted.kind {
                    NodeKind::Quote(name) => *name,
                    _ => quoted,
                })
            }
            Tok::Op(_) => {
                self.take();
                Ok(self.op_symbol(token))
            }
            Tok::LeftParen => {
                let parens = self.parse_parens()?;
                Ok(self.finish_parens(parens, token.start))
            }
            Tok::Name => self.parse_atom(),
            Tok::Keyword(Keyword::Where) => {
                self.take();
                Ok(self.op_symbol(token))
            }
            _ => self.unexpected("expected a name"),
        }
    }
}
