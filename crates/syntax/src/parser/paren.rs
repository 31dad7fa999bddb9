//! Parentheses: grouping, tuples, blocks, named tuples, argument lists, generators.
//!
//! What `( )` means is known only after its contents, so [`Parens`] collects them first.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::OpKind;
use crate::token::{Keyword, Tok};

/// What stands between parentheses: elements, in the groups that `;` separates.
pub(crate) struct Parens {
    groups: Vec<Vec<Element>>,
    commas: bool,
    /// The first element is a splat.
    splat: bool,
    initial_semicolon: bool,
}

/// One element and where it was written, which tells `(a = 1)` from `a = 1`.
struct Element {
    node: Node,
    start: u32,
}

impl Parens {
    /// Whether an operator before the parentheses is called with several arguments rather than with a group.
    pub fn is_arguments(&self) -> bool {
        self.commas || self.splat || self.initial_semicolon || self.count() == 0
    }

    /// Whether the parentheses hold one expression and nothing else.
    pub fn is_group(&self) -> bool {
        self.count() == 1 && !self.commas && self.semicolons() == 0
    }

    fn count(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    fn semicolons(&self) -> usize {
        self.groups.len() - 1
    }

    fn is_tuple(&self) -> bool {
        self.commas
            || (self.splat && self.semicolons() >= 1)
            || (self.initial_semicolon && (self.semicolons() == 1 || self.count() > 0))
            || (self.count() == 0 && self.semicolons() == 0)
    }
}

impl Parser<'_> {
    /// The mode inside round brackets.
    pub fn bracket_mode(&self) -> Mode {
        Mode { newline_is_space: true, inside_vec: true, end_symbol: self.mode.end_symbol, ..Mode::STATEMENT }
    }

    /// Reads from `(` to `)`.
    pub fn parse_parens(&mut self) -> Parse<Parens> {
        let open = self.take();
        let mode = self.bracket_mode();
        self.in_brackets(open.start, mode, |p| {
            let mut parens = Parens {
                groups: vec![Vec::new()],
                commas: false,
                splat: false,
                initial_semicolon: p.peek() == Tok::Semicolon,
            };
            loop {
                match p.peek() {
                    Tok::RightParen => break,
                    Tok::Semicolon => {
                        p.take();
                        parens.groups.push(Vec::new());
                        continue;
                    }
                    Tok::Eof => return p.fail_incomplete("unclosed `(`", open.start),
                    _ => {}
                }
                let first = parens.count() == 0;
                let start = p.start();
                let node = p.parse_element(start)?;
                parens.splat |= first && node.is_expr("...");
                parens.groups.last_mut().expect("there is a first group").push(Element { node, start });
                match p.peek() {
                    Tok::Comma => {
                        p.take();
                        parens.commas = true;
                    }
                    Tok::RightParen | Tok::Semicolon => {}
                    Tok::Eof => return p.fail_incomplete("unclosed `(`", open.start),
                    _ => return p.unexpected("expected `,` or `)`"),
                }
            }
            p.take();
            Ok(parens)
        })
    }

    /// An argument, or the generator it starts.
    fn parse_element(&mut self, start: u32) -> Parse {
        let node = self.parse_argument()?;
        if self.peek() == Tok::Keyword(Keyword::For) { self.parse_generator(node, start) } else { Ok(node) }
    }

    /// Parentheses that stand for themselves: a group, a tuple or a block.
    pub fn finish_parens(&mut self, mut parens: Parens, start: u32) -> Node {
        if parens.is_tuple() {
            let mut groups = parens.groups.into_iter();
            let mut args: Vec<Node> = groups.next().into_iter().flatten().map(|element| element.node).collect();
            self.add_parameters(&mut args, groups.collect(), start);
            return self.expr("tuple", args, start);
        }
        if parens.semicolons() == 0
            && let Some(element) = parens.groups[0].pop()
        {
            return element.node;
        }
        let mut args = Vec::new();
        for element in parens.groups.into_iter().flatten() {
            if !args.is_empty() {
                args.push(self.line_node(element.start));
            }
            args.push(element.node);
        }
        self.expr("block", args, start)
    }

    /// Parentheses that are the argument list of a call.
    pub fn finish_arguments(&mut self, parens: Parens) -> Vec<Node> {
        let mut groups = parens.groups.into_iter();
        let mut args = self.keyword_arguments(groups.next().unwrap_or_default());
        let start = args.first().map_or(self.prev_end, |arg| arg.span.start);
        self.add_parameters(&mut args, groups.collect(), start);
        args
    }

    /// Puts `parameters` before the arguments; each further `;` nests one deeper.
    fn add_parameters(&mut self, args: &mut Vec<Node>, groups: Vec<Vec<Element>>, start: u32) {
        let mut inner: Option<Node> = None;
        for group in groups.into_iter().rev() {
            let mut list = self.keyword_arguments(group);
            list.splice(0..0, inner.take());
            inner = Some(self.expr("parameters", list, start));
        }
        args.splice(0..0, inner);
    }

    fn keyword_arguments(&mut self, elements: Vec<Element>) -> Vec<Node> {
        elements.into_iter().map(|element| self.keyword_argument(element.node, element.start)).collect()
    }

    /// `a = 1` as an argument is a keyword argument; `(a = 1)` is not.
    pub fn keyword_argument(&mut self, mut node: Node, start: u32) -> Node {
        if node.span.start == start
            && let NodeKind::Expr(head, args) = &mut node.kind
            && &**head == "="
        {
            debug_assert_eq!(args.len(), 2);
            *head = self.intern("kw");
        }
        node
    }

    /// A list in other brackets, `T{...}`, from after the opening one to `close`.
    pub fn parse_list(&mut self, close: Tok, open: u32) -> Parse<Vec<Node>> {
        let mode = self.bracket_mode();
        self.in_brackets(open, mode, |p| {
            let mut groups = vec![Vec::new()];
            loop {
                match p.peek() {
                    token if token == close => break,
                    Tok::Semicolon => {
                        p.take();
                        groups.push(Vec::new());
                        continue;
                    }
                    Tok::Eof => return p.fail_incomplete("unclosed bracket", open),
                    _ => {}
                }
                let start = p.start();
                let node = p.parse_element(start)?;
                groups.last_mut().expect("there is a first group").push(Element { node, start });
                match p.peek() {
                    Tok::Comma => {
                        p.take();
                    }
                    Tok::Semicolon => {}
                    token if token == close => {}
                    Tok::Eof => return p.fail_incomplete("unclosed bracket", open),
                    _ => return p.unexpected("expected `,` or the closing bracket"),
                }
            }
            p.take();
            let mut groups = groups.into_iter();
            let mut args: Vec<Node> = groups.next().into_iter().flatten().map(|element| element.node).collect();
            p.add_parameters(&mut args, groups.collect(), open);
            Ok(args)
        })
    }

    /// `x for a in b for c in d if e`, after `x`.
    pub fn parse_generator(&mut self, body: Node, start: u32) -> Parse {
        let mode = Mode { newline_is_space: true, space_sensitive: false, range_colon: true, ..self.mode };
        let mut loops = Vec::new();
        self.with(mode, |p| {
            while p.eat(Tok::Keyword(Keyword::For)) {
                let at = p.start();
                let mut iterations = p.parse_iterations()?;
                if p.eat(Tok::Keyword(Keyword::If)) {
                    let condition = p.parse_condition()?;
                    iterations.insert(0, condition);
                    iterations = vec![p.expr("filter", iterations, at)];
                }
                loops.push(iterations);
                p.check_nesting(loops.len())?;
            }
            Ok(())
        })?;
        let mut node = body;
        let mut inner = true;
        for mut iterations in loops.into_iter().rev() {
            iterations.insert(0, node);
            node = self.expr("generator", iterations, start);
            if !inner {
                node = self.expr("flatten", vec![node], start);
            }
            inner = false;
        }
        Ok(node)
    }

    /// `i = 1:n, j in xs`, as `=` nodes.
    pub fn parse_iterations(&mut self) -> Parse<Vec<Node>> {
        self.deeper(|p| {
            let mut iterations = vec![p.parse_iteration()?];
            while p.eat(Tok::Comma) {
                iterations.push(p.parse_iteration()?);
            }
            Ok(iterations)
        })
    }

    fn parse_iteration(&mut self) -> Parse {
        use crate::operators::Prec;
        self.skip_newlines();
        let start = self.start();
        let outer = self.at_outer();
        if outer {
            self.take();
        }
        let mut variable = self.parse_binary(Prec::PipeLeft)?;
        if outer {
            variable = self.expr("outer", vec![variable], start);
        }
        let introduces = match self.peek() {
            Tok::Op(op) if !op.dotted => match op.kind {
                OpKind::Assign | OpKind::Element => true,
                OpKind::Word => {
                    let token = self.token();
                    self.text(token) == "in"
                }
                _ => false,
            },
            _ => false,
        };
        if !introduces {
            return self.unexpected("expected `=`, `in` or `∈` in an iteration");
        }
        self.take();
        let range = self.parse_binary(Prec::PipeLeft)?;
        Ok(self.expr("=", vec![variable, range], start))
    }

    /// Whether `outer` comes next as a word: a variable follows it.
    fn at_outer(&mut self) -> bool {
        if !self.at_name("outer") {
            return false;
        }
        let mut ahead = self.lexer.clone();
        let next = ahead.next();
        next.newlines == 0
            && matches!(
                next.kind,
                Tok::Name | Tok::LeftParen | Tok::Op(crate::operators::Op { kind: OpKind::Dollar, .. })
            )
    }
}
