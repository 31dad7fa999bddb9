//! Statements: the top level, blocks, docstrings, and going on after an error.

use super::{Failed, Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::token::{Keyword, Tok};

impl Parser<'_> {
    /// Everything up to the end of the text, as `Meta.parseall` gives it.
    pub fn parse_top_level(&mut self) -> Node {
        let mut args = Vec::new();
        loop {
            while matches!(self.peek(), Tok::Newline | Tok::Semicolon) {
                self.take();
            }
            if self.peek() == Tok::Eof {
                break;
            }
            let start = self.start();
            let line = self.line_node(start);
            match self.parse_top_statement() {
                Ok(statement) => args.extend([line, statement]),
                Err(Failed) => {
                    args.extend(self.recover(line.span.start).map(|error| [line, error]).into_iter().flatten())
                }
            }
        }
        self.expr("toplevel", args, 0)
    }

    /// One line of the top level; statements that `;` separates make a `toplevel` of their own.
    pub fn parse_top_statement(&mut self) -> Parse {
        let start = self.start();
        let first = self.parse_documented()?;
        if self.peek() != Tok::Semicolon {
            self.end_of_statement()?;
            return Ok(first);
        }
        let mut args = vec![first];
        while self.eat(Tok::Semicolon) {
            if !matches!(self.peek(), Tok::Semicolon | Tok::Newline | Tok::Eof) {
                args.push(self.parse_documented()?);
            }
        }
        self.end_of_statement()?;
        Ok(self.expr("toplevel", args, start))
    }

    fn end_of_statement(&mut self) -> Parse<()> {
        match self.peek() {
            Tok::Eof | Tok::Newline => Ok(()),
            Tok::Bad(_) => self.unexpected(""),
            _ => {
                let token = self.token();
                let text = self.text(token);
                self.fail(format!("extra token `{text}` after end of expression"), token.start, token.end)
            }
        }
    }

    /// A statement, or a string followed by the definition that it documents.
    pub fn parse_documented(&mut self) -> Parse {
        let start = self.start();
        let text = self.parse_statement()?;
        if !matches!(&text.kind, NodeKind::String(_)) && !text.is_expr("string") {
            return Ok(text);
        }
        let token = self.token();
        if token.newlines > 1 || self.is_closing(token.kind) {
            return Ok(text);
        }
        self.skip_newlines();
        let documented = self.parse_statement()?;
        let macro_name = self.core("@doc", start);
        let line = self.line_node(start);
        Ok(self.expr("macrocall", vec![macro_name, line, text, documented], start))
    }

    /// Statements up to a word that closes the block; the word stays. `start` is where an empty block stands.
    pub fn parse_block(&mut self, start: u32) -> Parse {
        self.parse_block_of(start, Mode::STATEMENT, Self::parse_statement)
    }

    /// As [`Parser::parse_block`], for the bodies whose definitions may have docstrings.
    pub fn parse_documented_block(&mut self, start: u32) -> Parse {
        self.parse_block_of(start, Mode::STATEMENT, Self::parse_documented)
    }

    /// The body of a `struct`. Docstrings of fields stay strings there, for `@doc` to find.
    pub fn parse_fields(&mut self, start: u32) -> Parse {
        self.parse_block_of(start, Mode { fields: true, ..Mode::STATEMENT }, Self::parse_statement)
    }

    fn parse_block_of(&mut self, start: u32, mode: Mode, parse: fn(&mut Self) -> Parse) -> Parse {
        self.with(mode, |p| {
            let mut args = Vec::new();
            loop {
                while matches!(p.peek(), Tok::Newline | Tok::Semicolon) {
                    p.take();
                }
                match p.peek() {
                    Tok::Eof => break,
                    Tok::Keyword(word) if word.closes_block() => break,
                    _ => {}
                }
                let at = p.start();
                let line = p.line_node(at);
                let statement = parse(p);
                match statement.and_then(|s| p.end_in_block().map(|()| s)) {
                    Ok(statement) => args.extend([line, statement]),
                    // The block may have no end: leave that to its opener.
                    Err(Failed) if p.peek() == Tok::Eof => return Err(Failed),
                    Err(Failed) => {
                        if let Some(error) = p.recover(at) {
                            args.extend([line, error]);
                        }
                    }
                }
            }
            if args.is_empty() {
                args.push(p.line_node(start));
            }
            let first = args[0].span.start;
            Ok(p.expr("block", args, first))
        })
    }

    fn end_in_block(&mut self) -> Parse<()> {
        match self.peek() {
            Tok::Eof | Tok::Newline | Tok::Semicolon => Ok(()),
            Tok::Keyword(word) if word.closes_block() => Ok(()),
            _ => self.unexpected("expected the end of the statement"),
        }
    }

    /// After an error: skips to the next line, or to a word that starts its line and closes a block.
    ///
    /// Gives the node that stands for what was skipped, unless nothing is left. `start` is where the statement
    /// started: at least one token after it is consumed, so that the caller's loop makes progress.
    fn recover(&mut self, start: u32) -> Option<Node> {
        self.mode = Mode { fields: self.mode.fields, ..Mode::STATEMENT };
        let mut moved = self.start() > start;
        loop {
            match self.peek() {
                Tok::Eof => break,
                Tok::Newline if moved => break,
                Tok::Keyword(word) if moved && word.closes_block() && self.first_on_line() => break,
                Tok::Quote | Tok::Backtick => self.skip_string(),
                _ => {
                    self.take();
                }
            }
            moved = true;
        }
        Some(self.expr("error", Vec::new(), start))
    }

    /// Whether only white space stands before the next token on its line.
    fn first_on_line(&mut self) -> bool {
        let start = self.start() as usize;
        // Backwards from the token, which stops at once where something stands there: lines may be long.
        let mut before = self.lexer.source[..start].chars().rev().skip_while(|&c| c != '\n' && c.is_whitespace());
        before.next().is_none_or(|c| c == '\n')
    }

    /// Takes the `end` of the construct that `word` opened at `start`.
    pub fn expect_end(&mut self, word: &str, start: u32) -> Parse<()> {
        match self.peek_past_newlines() {
            Tok::Keyword(Keyword::End) => {
                self.take();
                Ok(())
            }
            Tok::Eof => self.fail_incomplete(format!("`{word}` at line {} requires `end`", self.line(start)), start),
            _ => {
                let line = self.line(start);
                self.unexpected(&format!("expected `end` of `{word}` at line {line}"))
            }
        }
    }
}
