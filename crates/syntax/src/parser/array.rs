//! Square brackets and braces: vectors, matrices, arrays of any rank, comprehensions.
//!
//! A concatenation is read as a flat list of elements with the separator after each, then grouped: each
//! separator joins along a dimension, and which dimension binds tighter depends on whether rows are written
//! with spaces (`[a b; c d]`) or columns with semicolons (`[a; b;; c; d]`).

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::token::{Keyword, Tok};

/// What brackets enclose.
pub(crate) enum Array {
    /// Elements with commas, or nothing.
    List(Vec<Node>),
    /// A generator.
    Comprehension(Node),
    /// Elements joined along dimension 1 (`vcat`), 2 by spaces (`hcat`), or any by semicolons (`ncat`).
    Concatenation(Join, Vec<Node>),
}

/// How the outermost level of a concatenation is joined.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Join {
    Rows,
    Columns,
    Dimension(u32),
}

/// What stands between two elements.
#[derive(Clone, Copy, PartialEq)]
enum Separator {
    Space,
    Semicolons(u32),
}

impl Parser<'_> {
    /// Reads from the opening bracket to `close`. In an index, `begin` and `end` are names.
    pub fn parse_array(&mut self, close: Tok, end_symbol: bool) -> Parse<Array> {
        let open = self.take();
        let mode = Mode { space_sensitive: true, inside_vec: true, end_symbol, ..Mode::STATEMENT };
        self.in_brackets(open.start, mode, |p| {
            let next = p.peek_past_newlines();
            if next == close {
                p.take();
                return Ok(Array::List(Vec::new()));
            }
            if next == Tok::Semicolon {
                return p.parse_empty_array(close, open.start);
            }
            let start = p.start();
            let first = p.parse_argument()?;
            // A line break may stand before what tells which form it is.
            let token = p.token();
            if matches!(token.kind, Tok::Keyword(Keyword::For) | Tok::Comma) || token.kind == close {
                p.skip_newlines();
            }
            match p.peek() {
                Tok::Keyword(Keyword::For) => {
                    let generator = p.parse_generator(first, start)?;
                    p.skip_newlines();
                    p.expect(close, "expected the end of the comprehension")?;
                    Ok(Array::Comprehension(generator))
                }
                Tok::Comma => p.parse_elements(first, close, open.start),
                token if token == close => {
                    p.take();
                    Ok(Array::List(vec![first]))
                }
                _ => p.parse_concatenation(first, close, open.start),
            }
        })
    }

    /// `[;]`, `[;;]`: empty arrays of a rank.
    fn parse_empty_array(&mut self, close: Tok, open: u32) -> Parse<Array> {
        let mut count = 0;
        while self.eat(Tok::Semicolon) {
            count += 1;
        }
        if self.peek_past_newlines() == Tok::Eof {
            return self.fail_incomplete("unclosed bracket", open);
        }
        self.expect(close, "expected the closing bracket")?;
        Ok(Array::Concatenation(if count == 1 { Join::Rows } else { Join::Dimension(count) }, Vec::new()))
    }

    /// Elements after `first`, separated by commas.
    fn parse_elements(&mut self, first: Node, close: Tok, open: u32) -> Parse<Array> {
        let mut args = vec![first];
        loop {
            match self.peek_past_newlines() {
                token if token == close => break,
                Tok::Comma => {
                    self.take();
                    let next = self.peek_past_newlines();
                    if next == close {
                        break;
                    }
                    if next == Tok::Semicolon {
                        continue;
                    }
                    let start = self.start();
                    let element = self.parse_argument()?;
                    let token = self.token();
                    if token.kind == Tok::Keyword(Keyword::For) {
                        self.skip_newlines();
                        args.push(self.parse_generator(element, start)?);
                    } else {
                        args.push(element);
                    }
                }
                Tok::Semicolon => {
                    let at = self.start();
                    self.take();
                    let parameters = self.parse_list(close, open)?;
                    args.insert(0, self.expr("parameters", parameters, at));
                    return Ok(Array::List(args));
                }
                Tok::Eof => return self.fail_incomplete("unclosed bracket", open),
                _ => return self.unexpected("expected `,` or the closing bracket"),
            }
        }
        self.take();
        Ok(Array::List(args))
    }

    /// Elements after `first`, separated by spaces, line breaks and semicolons.
    fn parse_concatenation(&mut self, first: Node, close: Tok, open: u32) -> Parse<Array> {
        let mut elements = vec![first];
        let mut separators = Vec::new();
        let mut trailing = 0;
        let mut columns_by_space = None;
        loop {
            let separator = self.parse_separator(close)?;
            let next = self.peek();
            if next == close {
                if let Separator::Semicolons(count) = separator {
                    trailing = count;
                }
                self.take();
                break;
            }
            match next {
                Tok::Eof => return self.fail_incomplete("unclosed bracket", open),
                Tok::Comma => return self.unexpected("in an array whose elements spaces or `;` separate"),
                Tok::Keyword(Keyword::For) => return self.unexpected("in an array with several elements"),
                _ => {}
            }
            // `;;` at the end of a line of a row goes on with the row.
            let broken = self.prev_end < self.start()
                && self.lexer.source[self.prev_end as usize..self.start() as usize].contains('\n');
            let separator = match separator {
                Separator::Semicolons(2) if broken && columns_by_space == Some(true) => Separator::Space,
                other => other,
            };
            match separator {
                Separator::Space if columns_by_space == Some(false) => {
                    return self.unexpected("cannot mix spaces and `;;` in an array");
                }
                Separator::Semicolons(2) if columns_by_space == Some(true) => {
                    return self.unexpected("cannot mix spaces and `;;` in an array");
                }
                Separator::Space => columns_by_space = Some(true),
                Separator::Semicolons(2) => columns_by_space = Some(false),
                Separator::Semicolons(_) => {}
            }
            separators.push(separator);
            elements.push(self.parse_argument()?);
        }
        let (join, args) = self.group(elements, &separators, trailing, columns_by_space == Some(true));
        Ok(Array::Concatenation(join, args))
    }

    /// What separates the elements before and after the position. A line break counts as `;`.
    fn parse_separator(&mut self, close: Tok) -> Parse<Separator> {
        let mut newline = false;
        while self.peek() == Tok::Newline {
            self.take();
            newline = true;
        }
        let mut count = 0;
        while self.peek() == Tok::Semicolon && (count == 0 || !self.space()) {
            self.take();
            count += 1;
        }
        if count > 0 {
            // Line breaks after semicolons are part of them; so is a single `;` at the start of a line.
            self.skip_newlines();
            return Ok(Separator::Semicolons(count));
        }
        if newline {
            return Ok(if self.peek() == close { Separator::Space } else { Separator::Semicolons(1) });
        }
        if !self.space() && self.peek() != close {
            return self.unexpected("expected a separator or the closing bracket");
        }
        Ok(Separator::Space)
    }

    /// Groups a flat list by separators, outermost level first.
    fn group(
        &mut self,
        elements: Vec<Node>,
        separators: &[Separator],
        trailing: u32,
        row_major: bool,
    ) -> (Join, Vec<Node>) {
        // The level of a separator: higher binds looser.
        let level = |separator: &Separator| match (*separator, row_major) {
            (Separator::Space, _) => 0,
            (Separator::Semicolons(1), _) => 1,
            (Separator::Semicolons(count), _) => count,
        };
        let trailing_level = if trailing > 0 { trailing } else { 0 };
        let top = separators.iter().map(level).max().unwrap_or(0).max(trailing_level);
        let args = self.group_at(top, elements, separators, &level);
        let join = match top {
            0 => Join::Columns,
            1 => Join::Rows,
            count => Join::Dimension(count),
        };
        (join, args)
    }

    /// The operands of the level `top`: runs of elements that only tighter separators join, each grouped.
    fn group_at(
        &mut self,
        top: u32,
        elements: Vec<Node>,
        separators: &[Separator],
        level: &dyn Fn(&Separator) -> u32,
    ) -> Vec<Node> {
        let mut operands = Vec::new();
        let mut run = Vec::new();
        let mut run_start = 0;
        for (i, element) in elements.into_iter().enumerate() {
            run.push(element);
            let ends = separators.get(i).is_none_or(|separator| level(separator) == top);
            if ends {
                let inside = &separators[run_start..i];
                let run = std::mem::take(&mut run);
                operands.push(self.group_run(run, inside, level));
                run_start = i + 1;
            }
        }
        operands
    }

    fn group_run(&mut self, mut run: Vec<Node>, separators: &[Separator], level: &dyn Fn(&Separator) -> u32) -> Node {
        if run.len() == 1
            && let Some(single) = run.pop()
        {
            return single;
        }
        let start = run[0].span.start;
        let end = run[run.len() - 1].span.end;
        let top = separators.iter().map(level).max().unwrap_or(0);
        let mut operands = self.group_at(top, run, separators, level);
        let mut node = if top == 0 {
            self.expr("row", operands, start)
        } else {
            let dimension = Node { kind: NodeKind::Integer(i64::from(top)), span: operands[0].span };
            operands.insert(0, dimension);
            self.expr("nrow", operands, start)
        };
        node.span.end = end;
        node
    }

    /// The node of an array literal.
    pub fn array(&mut self, contents: Array, start: u32) -> Node {
        match contents {
            Array::List(args) => self.expr("vect", args, start),
            Array::Comprehension(generator) => self.expr("comprehension", vec![generator], start),
            Array::Concatenation(Join::Rows, args) => self.expr("vcat", args, start),
            Array::Concatenation(Join::Columns, args) => self.expr("hcat", args, start),
            Array::Concatenation(Join::Dimension(d), args) => {
                let args = self.with_dimension(d, args, start);
                self.expr("ncat", args, start)
            }
        }
    }

    fn with_dimension(&mut self, dimension: u32, mut args: Vec<Node>, start: u32) -> Vec<Node> {
        args.insert(0, self.node(NodeKind::Integer(i64::from(dimension)), start));
        args
    }

    /// The node of an index, or of an array literal with an element type: `T[...]`.
    pub fn typed_array(&mut self, left: Node, contents: Array, start: u32) -> Node {
        let (head, mut args) = match contents {
            Array::List(args) => {
                let args = args.into_iter().map(|arg| {
                    let start = arg.span.start;
                    self.keyword_argument(arg, start)
                });
                ("ref", args.collect())
            }
            Array::Comprehension(generator) => ("typed_comprehension", vec![generator]),
            Array::Concatenation(Join::Rows, args) => ("typed_vcat", args),
            Array::Concatenation(Join::Columns, args) => ("typed_hcat", args),
            Array::Concatenation(Join::Dimension(d), args) => ("typed_ncat", self.with_dimension(d, args, start)),
        };
        args.insert(0, left);
        self.expr(head, args, start)
    }

    /// The node of `{ }` that nothing precedes.
    pub fn braces(&mut self, contents: Array, start: u32) -> Node {
        match contents {
            Array::List(args) => self.expr("braces", args, start),
            Array::Comprehension(generator) => self.expr("braces", vec![generator], start),
            Array::Concatenation(Join::Rows, args) => self.expr("bracescat", args, start),
            Array::Concatenation(Join::Columns, args) => {
                let row = self.expr("row", args, start);
                self.expr("bracescat", vec![row], start)
            }
            Array::Concatenation(Join::Dimension(d), args) => {
                let args = self.with_dimension(d, args, start);
                let row = self.expr("nrow", args, start);
                self.expr("bracescat", vec![row], start)
            }
        }
    }
}
