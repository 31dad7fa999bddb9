//! Macro calls: `@name args`, `@name(args)`, and string macros.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::OpKind;
use crate::token::{Keyword, Tok};

impl Parser<'_> {
    /// The name after `@`, with any modules before it: `@m`, `@A.B.m`, `@.`, `@+`.
    pub fn parse_macro_name(&mut self) -> Parse {
        let at = self.take();
        self.check_macro_name(at.end)?;
        let mut path = vec![self.parse_macro_name_part()?];
        while Self::is_op(self.token().kind, OpKind::Dot) && self.token().start == self.prev_end {
            let dot = self.token();
            let after = self.byte_at(dot.end);
            if !(after.is_ascii_alphabetic()
                || matches!(after, b'_' | b'@' | b'+' | b'*' | b'/' | b'-' | b'<' | b'>' | b'=' | b'!')
                || after >= 0x80)
            {
                break;
            }
            self.take();
            path.push(self.parse_macro_name_part()?);
        }
        let last = path.pop().expect("a macro name has a part");
        let last = self.macro_symbol(last, at.start);
        let Some(module) = self.join_path(path, at.start) else { return Ok(last) };
        let quoted = self.node(NodeKind::Quote(Box::new(last)), at.start);
        Ok(self.expr(".", vec![module, quoted], at.start))
    }

    /// `A.@m`, at the `@`, after `A.`.
    pub fn parse_macro_name_after(&mut self, module: Node, start: u32) -> Parse {
        let at = self.take();
        self.check_macro_name(at.end)?;
        let name = self.parse_macro_name_part()?;
        let name = self.macro_symbol(name, at.start);
        let quoted = self.node(NodeKind::Quote(Box::new(name)), at.start);
        Ok(self.expr(".", vec![module, quoted], start))
    }

    fn check_macro_name(&mut self, at_end: u32) -> Parse<()> {
        if self.token().start == at_end {
            return Ok(());
        }
        self.unexpected("expected a macro name directly after `@`")
    }

    fn parse_macro_name_part(&mut self) -> Parse {
        let token = self.token();
        match token.kind {
            Tok::Op(op) if op.kind == OpKind::Dollar => self.parse_prefixed_atom(),
            Tok::Name => self.parse_atom(),
            Tok::Keyword(_) | Tok::Op(_) => {
                self.take();
                Ok(self.op_symbol(token))
            }
            Tok::LeftParen => {
                let parens = self.parse_parens()?;
                Ok(self.finish_parens(parens, token.start))
            }
            _ => self.unexpected("expected a macro name"),
        }
    }

    /// The symbol `@name`; `@.` is `@__dot__`.
    fn macro_symbol(&mut self, name: Node, start: u32) -> Node {
        match &name.kind {
            NodeKind::Symbol(text) => {
                let text = if &**text == "." { "@__dot__".to_string() } else { format!("@{text}") };
                Node { kind: NodeKind::Symbol(text.into()), span: self.span(start) }
            }
            _ => name,
        }
    }

    fn join_path(&mut self, path: Vec<Node>, start: u32) -> Option<Node> {
        let mut parts = path.into_iter();
        let mut module = parts.next()?;
        for part in parts {
            let quoted = self.node(NodeKind::Quote(Box::new(part)), start);
            module = self.expr(".", vec![module, quoted], start);
        }
        Some(module)
    }

    /// The arguments of the macro `name`, and the call.
    pub fn parse_macro_call(&mut self, name: Node, start: u32) -> Parse {
        let line = self.line_node(start);
        let adjacent = self.token().start == self.prev_end;
        let mut args = vec![name, line];
        match self.peek() {
            Tok::LeftParen if adjacent => {
                let open = self.take();
                args.extend(self.parse_list(Tok::RightParen, open.start)?);
                let call = self.expr("macrocall", args, start);
                if self.peek() == Tok::Keyword(Keyword::Do) {
                    return self.parse_do(call, start);
                }
                return Ok(call);
            }
            Tok::LeftBracket | Tok::LeftBrace if adjacent => {
                let argument = self.with(Mode { space_sensitive: true, ..self.mode }, |p| p.parse_atom())?;
                args.push(argument);
                return Ok(self.expr("macrocall", args, start));
            }
            _ => {}
        }
        let documents = args[0].as_symbol() == Some("@doc");
        self.parse_spaced_arguments(&mut args)?;
        // `@doc "text"` documents what stands on the next line.
        if documents && args.len() == 3 {
            let token = self.token();
            if token.newlines == 1 && !self.is_closing(token.kind) && !self.mode.inside_vec {
                self.skip_newlines();
                args.push(self.parse_statement()?);
            }
        }
        Ok(self.expr("macrocall", args, start))
    }

    /// Arguments that spaces separate, up to the end of the line or of what encloses the call.
    fn parse_spaced_arguments(&mut self, args: &mut Vec<Node>) -> Parse<()> {
        let mode = Mode { space_sensitive: true, newline_is_space: false, ..self.mode };
        self.with(mode, |p| {
            loop {
                match p.peek() {
                    Tok::Newline => return Ok(()),
                    Tok::Keyword(Keyword::For) if p.mode.inside_vec => return Ok(()),
                    Tok::Keyword(Keyword::Do) => return Ok(()),
                    token if p.is_closing(token) => return Ok(()),
                    // What follows a ternary's branch: `c ? @m : x`.
                    Tok::Op(op) if op.kind == OpKind::Colon && !p.mode.range_colon && p.at_spaced_colon() => {
                        return Ok(());
                    }
                    _ => {}
                }
                args.push(p.parse_statement()?);
            }
        })
    }

    fn at_spaced_colon(&mut self) -> bool {
        let token = self.token();
        self.byte_at(token.end).is_ascii_whitespace()
    }

    /// `r"..."flags`, after the name.
    pub fn parse_string_macro(&mut self, name: Node, start: u32) -> Parse {
        let suffix = if self.peek() == Tok::Backtick { "_cmd" } else { "_str" };
        let line = self.line_node(start);
        let text = self.parse_raw_string()?;
        let span = name.span;
        let name = self.string_macro_name(name, suffix);
        let mut args = vec![Node { kind: name, span }, line, text];
        let flags = self.token();
        if flags.start == self.prev_end {
            match flags.kind {
                Tok::Name | Tok::Keyword(_) => {
                    self.take();
                    let text = self.text(flags).as_bytes().into();
                    args.push(self.node(NodeKind::String(text), flags.start));
                }
                Tok::Number(kind) => {
                    self.take();
                    args.push(self.number_node(flags, kind, false)?);
                }
                _ => {}
            }
        }
        Ok(self.expr("macrocall", args, start))
    }

    fn string_macro_name(&mut self, name: Node, suffix: &str) -> NodeKind {
        match name.kind {
            NodeKind::Symbol(text) => NodeKind::Symbol(format!("@{text}{suffix}").into()),
            NodeKind::Expr(head, mut args) => {
                if let Some(last) = args.pop() {
                    let span = last.span;
                    let kind = match last.kind {
                        NodeKind::Quote(inner) => {
                            let span = inner.span;
                            let kind = self.string_macro_name(*inner, suffix);
                            NodeKind::Quote(Box::new(Node { kind, span }))
                        }
                        other => other,
                    };
                    args.push(Node { kind, span });
                }
                NodeKind::Expr(head, args)
            }
            other => other,
        }
    }
}
