//! Constructs that a reserved word opens: blocks, branches, loops, `try`, `let`, jumps, declarations.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::{OpKind, Prec};
use crate::token::{Keyword, Tok, Token};

impl Parser<'_> {
    /// Whether the word opens a construct here.
    pub fn opens_construct(&self, word: Keyword) -> bool {
        use Keyword::*;
        match word {
            Begin => !self.mode.end_symbol,
            Baremodule | Break | Const | Continue | Export | For | Function | Global | If | Import | Let | Local
            | Macro | Module | Quote | Return | Struct | Try | Using | While => true,
            Catch | Do | Else | Elseif | End | False | Finally | True | Where => false,
        }
    }

    /// The construct that `word`, next in line, opens.
    pub fn parse_keyword(&mut self, word: Keyword) -> Parse {
        self.deeper(|p| {
            let token = p.take();
            let fields = word == Keyword::Const && p.mode.fields;
            p.with(Mode { fields, ..Mode::STATEMENT }, |p| match word {
                Keyword::Begin => p.parse_begin(token),
                Keyword::Quote => {
                    let block = p.parse_begin(token)?;
                    Ok(p.expr("quote", vec![block], token.start))
                }
                Keyword::While => p.parse_while(token),
                Keyword::For => p.parse_for(token),
                Keyword::If => p.parse_if(token),
                Keyword::Let => p.parse_let(token),
                Keyword::Try => p.parse_try(token),
                Keyword::Return => p.parse_return(token),
                Keyword::Break => p.parse_jump("break", token),
                Keyword::Continue => p.parse_jump("continue", token),
                Keyword::Global => p.parse_scoped("global", token),
                Keyword::Local => p.parse_scoped("local", token),
                Keyword::Const => p.parse_const(token),
                Keyword::Function => p.parse_function(token),
                Keyword::Macro => p.parse_macro(token),
                Keyword::Struct => p.parse_struct(token, false),
                Keyword::Module | Keyword::Baremodule => p.parse_module(token),
                Keyword::Export => p.parse_export(token),
                Keyword::Import => p.parse_import("import", token),
                Keyword::Using => p.parse_import("using", token),
                _ => p.unexpected(""),
            })
        })
    }

    fn parse_begin(&mut self, word: Token) -> Parse {
        let mut block = self.parse_documented_block(word.start)?;
        let text = self.text(word);
        self.expect_end(text, word.start)?;
        block.span = self.span(word.start);
        Ok(block)
    }

    fn parse_while(&mut self, word: Token) -> Parse {
        self.need_condition(word)?;
        let condition = self.parse_condition()?;
        let body = self.parse_block(self.prev_end)?;
        self.expect_end("while", word.start)?;
        Ok(self.expr("while", vec![condition, body], word.start))
    }

    fn need_condition(&mut self, word: Token) -> Parse<()> {
        if matches!(self.peek(), Tok::Newline | Tok::Semicolon) {
            let text = self.text(word);
            return self.fail(format!("missing condition in `{text}`"), word.start, word.end);
        }
        Ok(())
    }

    fn parse_for(&mut self, word: Token) -> Parse {
        let at = self.start();
        let mut iterations = self.parse_iterations()?;
        let iterations = match iterations.len() {
            1 => iterations.remove(0),
            _ => self.expr("block", iterations, at),
        };
        let body = self.parse_block(self.prev_end)?;
        self.expect_end("for", word.start)?;
        Ok(self.expr("for", vec![iterations, body], word.start))
    }

    /// `if` with all its branches. The branches are read in a loop, then nested.
    fn parse_if(&mut self, word: Token) -> Parse {
        let mut branches: Vec<(Token, Vec<Node>)> = Vec::new();
        let mut current = word;
        let otherwise = loop {
            self.check_nesting(branches.len())?;
            self.need_condition(current)?;
            let at = self.start();
            let mut condition = self.parse_condition()?;
            if current.start != word.start {
                let line = self.line_node(at);
                condition = self.expr("block", vec![line, condition], at);
            }
            let body = self.parse_block(self.prev_end)?;
            branches.push((current, vec![condition, body]));
            match self.peek_past_newlines() {
                Tok::Keyword(Keyword::Elseif) => current = self.take(),
                Tok::Keyword(Keyword::Else) => {
                    let word = self.take();
                    if self.peek() == Tok::Keyword(Keyword::If) && self.text_is_else_if() {
                        self.report("use `elseif` instead of `else if`", word.start, word.end);
                    }
                    break Some(self.parse_block(self.prev_end)?);
                }
                _ => break None,
            }
        };
        self.expect_end("if", word.start)?;
        let mut last = otherwise;
        while let Some((token, mut args)) = branches.pop() {
            args.extend(last.take());
            let head = if branches.is_empty() { "if" } else { "elseif" };
            last = Some(self.expr(head, args, token.start));
        }
        Ok(last.expect("an `if` has a branch"))
    }

    /// Always: `else if` on one line is a mistake for `elseif`.
    fn text_is_else_if(&mut self) -> bool {
        self.token().newlines == 0
    }

    fn parse_let(&mut self, word: Token) -> Parse {
        let at = self.start();
        let mut bindings = Vec::new();
        if !matches!(self.peek(), Tok::Newline | Tok::Semicolon | Tok::Keyword(Keyword::End)) {
            loop {
                bindings.push(self.parse_argument()?);
                if !self.eat(Tok::Comma) {
                    break;
                }
            }
            if !matches!(self.peek(), Tok::Newline | Tok::Semicolon | Tok::Eof | Tok::Keyword(Keyword::End)) {
                return self.unexpected("`let` variables should end in `;` or a line break");
            }
        }
        let one = bindings.len() == 1
            && (bindings[0].is_expr("=") || bindings[0].as_symbol().is_some() || bindings[0].is_expr("::"));
        let bindings = if one { bindings.remove(0) } else { self.expr("block", bindings, at) };
        let body = self.parse_block(self.prev_end)?;
        self.expect_end("let", word.start)?;
        Ok(self.expr("let", vec![bindings, body], word.start))
    }

    /// `try` with `catch`, `else` and `finally` in the order written.
    fn parse_try(&mut self, word: Token) -> Parse {
        let no = |p: &Self| p.node(NodeKind::Bool(false), p.prev_end);
        let body = self.parse_block(self.prev_end)?;
        let (mut variable, mut catch, mut finally, mut otherwise) = (None, None, None, None);
        loop {
            match self.peek_past_newlines() {
                Tok::Keyword(Keyword::Catch) if catch.is_none() => {
                    let token = self.take();
                    variable = self.parse_catch_variable(token)?;
                    catch = Some(self.parse_block(self.prev_end)?);
                }
                Tok::Keyword(Keyword::Else) if otherwise.is_none() => {
                    let token = self.take();
                    if catch.is_none() {
                        self.report("`else` in a `try` needs a `catch` before it", token.start, token.end);
                    }
                    otherwise = Some(self.parse_block(self.prev_end)?);
                }
                Tok::Keyword(Keyword::Finally) if finally.is_none() => {
                    self.take();
                    finally = Some(self.parse_block(self.prev_end)?);
                }
                _ => break,
            }
        }
        let at = self.start();
        self.expect_end("try", word.start)?;
        if catch.is_none() && finally.is_none() {
            self.report("`try` without `catch` or `finally`", word.start, at);
        }
        let mut args = vec![body, variable.unwrap_or_else(|| no(self)), catch.unwrap_or_else(|| no(self))];
        if finally.is_some() || otherwise.is_some() {
            args.push(finally.unwrap_or_else(|| no(self)));
        }
        args.extend(otherwise);
        Ok(self.expr("try", args, word.start))
    }

    /// The variable after `catch`, on its line; anything else there starts the block.
    fn parse_catch_variable(&mut self, catch: Token) -> Parse<Option<Node>> {
        match self.peek() {
            Tok::Newline | Tok::Semicolon | Tok::Eof => return Ok(None),
            Tok::Keyword(word) if word.closes_block() => return Ok(None),
            _ => {}
        }
        let variable = self.parse_argument()?;
        if variable.as_symbol().is_some() || variable.is_expr("$") {
            return Ok(Some(variable));
        }
        self.fail("a `catch` variable is a name; put the body on the next line", catch.start, variable.span.end)
    }

    fn parse_return(&mut self, word: Token) -> Parse {
        let next = self.peek();
        // `c ? return : x`, but `return :x`.
        let colon = Self::is_op(next, OpKind::Colon) && {
            let end = self.token().end;
            self.byte_at(end).is_ascii_whitespace()
        };
        let value = if next == Tok::Newline || self.is_closing(next) || colon {
            self.node(NodeKind::Nothing, word.start)
        } else {
            self.parse_statement()?
        };
        Ok(self.expr("return", vec![value], word.start))
    }

    fn parse_jump(&mut self, head: &'static str, word: Token) -> Parse {
        let next = self.peek();
        let ends = next == Tok::Newline
            || self.is_closing(next)
            || matches!(next, Tok::Op(op) if op.kind == OpKind::Colon || op.prec <= Prec::LazyAnd);
        if !ends {
            return self.unexpected(&format!("after `{head}`"));
        }
        Ok(self.expr(head, Vec::new(), word.start))
    }

    /// `global x, y` and `local x = 1`, also with `const` inside.
    fn parse_scoped(&mut self, head: &'static str, word: Token) -> Parse {
        let constant = self.eat(Tok::Keyword(Keyword::Const));
        let mut args = self.parse_declared()?;
        // `local (x, y)` is `local x, y`.
        if let [Node { kind: NodeKind::Expr(tuple, names), .. }] = &mut args[..]
            && &**tuple == "tuple"
            && !names.iter().any(|name| name.is_expr("parameters"))
        {
            args = std::mem::take(names);
        }
        let declaration = self.expr(head, args, word.start);
        Ok(if constant { self.expr("const", vec![declaration], word.start) } else { declaration })
    }

    fn parse_const(&mut self, word: Token) -> Parse {
        let scope = match self.peek() {
            Tok::Keyword(Keyword::Global) => Some("global"),
            Tok::Keyword(Keyword::Local) => Some("local"),
            _ => None,
        };
        let at = self.start();
        if scope.is_some() {
            self.take();
        }
        let mut args = self.parse_declared()?;
        let assigned = args.len() == 1 && args[0].is_expr("=");
        if !assigned && !self.mode.fields {
            return self.fail("expected an assignment after `const`", word.start, word.end);
        }
        if let Some(scope) = scope {
            args = vec![self.expr(scope, args, at)];
        }
        Ok(self.expr("const", args, word.start))
    }

    /// Names, or one assignment, after a declaring word.
    fn parse_declared(&mut self) -> Parse<Vec<Node>> {
        self.skip_newlines();
        let start = self.start();
        let first = self.parse_binary(Prec::Pair)?;
        let mut args = vec![first];
        if self.peek() == Tok::Comma {
            args = self.parse_comma_rest(args.remove(0))?;
        }
        if !matches!(self.peek(), Tok::Op(op) if op.prec == Prec::Assignment) {
            return Ok(args);
        }
        let left = match args.len() {
            1 if self.byte_at(self.prev_end.saturating_sub(1)) != b',' => args.remove(0),
            _ => self.expr("tuple", args, start),
        };
        Ok(vec![self.parse_assignment_from(left, start, true)?])
    }
}
