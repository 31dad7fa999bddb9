//! Expressions made of operators between operands: assignment, comma, and all binary levels.
//!
//! Binary levels are climbed in one function. A level that has been left for a looser one is not entered again
//! (`limit`), which keeps forms such as `x... + y` errors.

use super::{Mode, Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::operators::{Op, OpKind, Prec};
use crate::token::{Keyword, Tok, Token};

/// The level that binds more tightly than `prec`.
fn above(prec: Prec) -> Prec {
    use Prec::*;
    match prec {
        Assignment => Pair,
        Pair => Conditional,
        Conditional => Arrow,
        Arrow => LazyOr,
        LazyOr => LazyAnd,
        LazyAnd => Comparison,
        Comparison => PipeLeft,
        PipeLeft => PipeRight,
        PipeRight => Colon,
        Colon => Plus,
        Plus => Times,
        Times => Rational,
        Rational => Shift,
        Shift | Power | Decl | Dot | Unary => Power,
    }
}

impl<'s> Parser<'s> {
    /// A statement: assignments, and commas that make tuples.
    pub fn parse_statement(&mut self) -> Parse {
        self.parse_assignment(true)
    }

    /// An expression where commas separate: an argument, an element.
    pub fn parse_argument(&mut self) -> Parse {
        self.parse_assignment(false)
    }

    fn parse_assignment(&mut self, commas: bool) -> Parse {
        self.deeper(|p| {
            p.skip_newlines();
            let start = p.start();
            let left = if commas { p.parse_comma()? } else { p.parse_binary(Prec::Pair)? };
            p.parse_assignment_from(left, start, commas)
        })
    }

    /// Goes on from the left side of what may be an assignment.
    pub fn parse_assignment_from(&mut self, left: Node, start: u32, commas: bool) -> Parse {
        let Tok::Op(op) = self.peek() else { return Ok(left) };
        if op.prec != Prec::Assignment || self.starts_element(op) {
            return Ok(left);
        }
        let token = self.take();
        let right = self.parse_assignment(commas)?;
        if op.prec == Prec::Assignment && !matches!(op.kind, OpKind::Assign | OpKind::OpAssign) {
            return Ok(self.call_op(token, vec![left, right], start));
        }
        let right = if op.kind == OpKind::Assign && !op.dotted && is_signature(&left) {
            self.body_block(right, start)
        } else {
            right
        };
        let head = self.text(token);
        let head = self.op_head(head);
        Ok(self.node(NodeKind::Expr(head, vec![left, right]), start))
    }

    /// The body of a definition without `end`: a block that starts with the line of the definition.
    pub fn body_block(&mut self, body: Node, start: u32) -> Node {
        let line = self.line_node(start);
        let span = body.span;
        let mut block = match body.kind {
            NodeKind::Expr(head, mut args) if &*head == "block" => {
                args.insert(0, line);
                Node { kind: NodeKind::Expr(head, args), span }
            }
            kind => {
                let body = Node { kind, span };
                self.expr("block", vec![line, body], span.start)
            }
        };
        block.span = span;
        block
    }

    /// The head an operator makes, with lookalikes folded.
    pub fn op_head(&mut self, text: &'s str) -> crate::ast::Head {
        match crate::chars::normalized(text) {
            std::borrow::Cow::Borrowed(_) => self.intern(text),
            std::borrow::Cow::Owned(text) => text.into(),
        }
    }

    /// One expression, or several that commas join into a tuple: `a, b` and `a,` before `=`.
    fn parse_comma(&mut self) -> Parse {
        let start = self.start();
        let first = self.parse_binary(Prec::Pair)?;
        if self.peek() != Tok::Comma {
            return Ok(first);
        }
        let args = self.parse_comma_rest(first)?;
        Ok(self.expr("tuple", args, start))
    }

    /// The elements after `first` and the comma that comes next.
    pub fn parse_comma_rest(&mut self, first: Node) -> Parse<Vec<Node>> {
        let mut args = vec![first];
        while self.eat(Tok::Comma) {
            if matches!(self.peek(), Tok::Op(op) if op.kind == OpKind::Assign) {
                continue;
            }
            args.push(self.parse_binary(Prec::Pair)?);
        }
        Ok(args)
    }

    /// A condition: what stands after `if` and `while`.
    pub fn parse_condition(&mut self) -> Parse {
        self.deeper(|p| p.parse_binary(Prec::Conditional))
    }

    /// Operands joined by operators that bind as tightly as `min` or tighter.
    pub fn parse_binary(&mut self, min: Prec) -> Parse {
        self.skip_newlines();
        let start = self.start();
        let left = self.parse_operand()?;
        self.parse_binary_from(left, start, min)
    }

    /// As [`Parser::parse_binary`], with the first operand parsed already.
    pub fn parse_binary_from(&mut self, mut left: Node, start: u32, min: Prec) -> Parse {
        let mut limit = Prec::Shift;
        let mut links = 0;
        loop {
            let Tok::Op(op) = self.peek() else { return Ok(left) };
            if op.prec < min || op.prec > limit || self.starts_element(op) {
                return Ok(left);
            }
            limit = op.prec;
            links += 1;
            self.check_chain(links, &left)?;
            left = match op.prec {
                Prec::Pair | Prec::Arrow | Prec::PipeLeft => self.parse_right(left, start, op)?,
                Prec::Conditional => self.parse_ternary(left, start)?,
                Prec::LazyOr | Prec::LazyAnd => self.parse_lazy(left, start, op)?,
                Prec::Comparison => self.parse_comparison(left, start)?,
                Prec::Colon if op.kind == OpKind::Ellipsis => {
                    self.take();
                    limit = Prec::PipeRight;
                    self.expr("...", vec![left], start)
                }
                Prec::Colon => match self.parse_range(left, start, op)? {
                    (left, true) => left,
                    (left, false) => return Ok(left),
                },
                _ => self.parse_left(left, start, op)?,
            };
        }
    }

    /// A call of the operator `token`.
    fn call_op(&mut self, token: Token, mut operands: Vec<Node>, start: u32) -> Node {
        operands.insert(0, self.op_symbol(token));
        self.expr("call", operands, start)
    }

    fn parse_right(&mut self, left: Node, start: u32, op: Op) -> Parse {
        let token = self.take();
        let right = self.deeper(|p| p.parse_binary(op.prec))?;
        if op.kind == OpKind::LongArrow && !op.dotted {
            return Ok(self.expr("-->", vec![left, right], start));
        }
        Ok(self.call_op(token, vec![left, right], start))
    }

    /// A left-associative operator; `+`, `++` and `*` take all the operands of a run in one call.
    fn parse_left(&mut self, left: Node, start: u32, op: Op) -> Parse {
        let token = self.take();
        let mut operands = vec![left, self.parse_binary(above(op.prec))?];
        if matches!(op.kind, OpKind::Plus | OpKind::PlusPlus | OpKind::Star) && !op.dotted {
            while self.peek() == Tok::Op(op) && !self.starts_element(op) {
                self.take();
                operands.push(self.parse_binary(above(op.prec))?);
            }
        }
        Ok(self.call_op(token, operands, start))
    }

    /// `a || b || c`, which nests to the right; built in a loop.
    fn parse_lazy(&mut self, left: Node, start: u32, op: Op) -> Parse {
        let mut operands = vec![(start, left)];
        let mut heads = Vec::new();
        while let Tok::Op(next) = self.peek() {
            if next.prec != op.prec {
                break;
            }
            let token = self.take();
            heads.push(self.text(token));
            self.check_nesting(heads.len())?;
            self.skip_newlines();
            let at = self.start();
            operands.push((at, self.parse_binary(above(op.prec))?));
        }
        let links = heads.len() as u32;
        let (_, mut right) = operands.pop().expect("a lazy chain has its last operand");
        while let (Some((at, left)), Some(head)) = (operands.pop(), heads.pop()) {
            let head = self.intern(head);
            right = self.node(NodeKind::Expr(head, vec![left, right]), at);
        }
        self.check_chain(links.next_power_of_two(), &right)?;
        Ok(right)
    }

    fn parse_comparison(&mut self, left: Node, start: u32) -> Parse {
        let mut operands = vec![left];
        let mut first = None;
        while let Tok::Op(op) = self.peek() {
            if op.prec != Prec::Comparison {
                break;
            }
            let token = self.take();
            first.get_or_insert((op, token));
            operands.push(self.op_symbol(token));
            operands.push(self.parse_binary(Prec::PipeLeft)?);
        }
        if operands.len() > 3 {
            return Ok(self.expr("comparison", operands, start));
        }
        let operator = operands.remove(1);
        match first {
            Some((Op { kind: OpKind::Subtype, dotted: false, .. }, _)) => Ok(self.expr("<:", operands, start)),
            Some((Op { kind: OpKind::Supertype, dotted: false, .. }, _)) => Ok(self.expr(">:", operands, start)),
            _ => {
                operands.insert(0, operator);
                Ok(self.expr("call", operands, start))
            }
        }
    }

    fn parse_ternary(&mut self, condition: Node, start: u32) -> Parse {
        let question = self.take();
        if !question.space {
            return self.fail("space required before `?` operator", question.start, question.end);
        }
        if !self.token().space {
            return self.fail("space required after `?` operator", question.start, question.end);
        }
        self.deeper(|p| {
            let mode = Mode { range_colon: false, ..p.mode };
            let yes = p.with(mode, |p| p.parse_argument())?;
            if !Self::is_op(p.peek_past_newlines(), OpKind::Colon) {
                return p.unexpected("expected `:` in `?` expression");
            }
            let colon = p.take();
            if !colon.space {
                return p.fail("space required before `:` in `?` expression", colon.start, colon.end);
            }
            if !p.token().space {
                return p.fail("space required after `:` in `?` expression", colon.start, colon.end);
            }
            let no = p.parse_argument()?;
            Ok(p.expr("if", vec![condition, yes, no], start))
        })
    }

    /// One step of a range; the flag says whether the expression may go on at this level.
    fn parse_range(&mut self, left: Node, start: u32, op: Op) -> Parse<(Node, bool)> {
        if op.kind != OpKind::Colon {
            let token = self.take();
            let right = self.parse_binary(Prec::Plus)?;
            return Ok((self.call_op(token, vec![left, right], start), true));
        }
        if !self.mode.range_colon {
            return Ok((left, false));
        }
        let token = self.token();
        // `[a :b]` and `@m a :b` quote.
        if self.mode.space_sensitive && token.space && !self.byte_at(token.end).is_ascii_whitespace() {
            return Ok((left, false));
        }
        let token = self.take();
        let mut operands = vec![left, self.parse_range_operand()?];
        if Self::is_op(self.peek(), OpKind::Colon) {
            let next = self.token();
            let quotes = self.mode.space_sensitive && next.space && !self.byte_at(next.end).is_ascii_whitespace();
            if !quotes {
                self.take();
                operands.push(self.parse_range_operand()?);
            }
        }
        Ok((self.call_op(token, operands, start), true))
    }

    fn parse_range_operand(&mut self) -> Parse {
        match self.peek() {
            Tok::Newline => self.unexpected("in a `:` expression"),
            token if self.is_closing(token) => self.unexpected("missing last argument in a range"),
            _ => self.parse_binary(Prec::Plus),
        }
    }

    /// An operand of a binary operator: `<:T`, or a unary expression with its `where`.
    fn parse_operand(&mut self) -> Parse {
        let Tok::Op(op) = self.peek() else { return self.parse_where() };
        if !matches!(op.kind, OpKind::Subtype | OpKind::Supertype) || op.dotted {
            return self.parse_where();
        }
        let token = self.take();
        let next = self.peek();
        if self.is_closing(next) || next == Tok::Newline || Self::is_op(next, OpKind::Assign) {
            return Ok(self.op_symbol(token));
        }
        if matches!(next, Tok::LeftBrace | Tok::LeftParen) && !self.space() {
            let operator = self.op_symbol(token);
            let named = self.parse_unary_from(operator, token)?;
            return self.parse_where_from(named, token.start);
        }
        let operand = self.deeper(|p| p.parse_where())?;
        let head = if op.kind == OpKind::Subtype { "<:" } else { ">:" };
        Ok(self.expr(head, vec![operand], token.start))
    }

    fn parse_where(&mut self) -> Parse {
        let start = self.start();
        let body = self.parse_juxtaposed()?;
        self.parse_where_from(body, start)
    }

    /// The `where` clauses after `body`.
    pub fn parse_where_from(&mut self, mut body: Node, start: u32) -> Parse {
        if !self.mode.where_enabled {
            return Ok(body);
        }
        let mode = Mode { where_enabled: false, ..self.mode };
        let mut links = 0;
        while self.peek() == Tok::Keyword(Keyword::Where) {
            self.take();
            links += 1;
            self.check_chain(links, &body)?;
            let variables = self.with(mode, |p| p.deeper(|p| p.parse_binary(Prec::Comparison)))?;
            let mut args = vec![body];
            match variables.kind {
                NodeKind::Expr(head, list) if &*head == "braces" || &*head == "bracescat" && list.is_empty() => {
                    args.extend(list)
                }
                kind => args.push(Node { kind, span: variables.span }),
            }
            body = self.expr("where", args, start);
        }
        Ok(body)
    }
}

/// Whether an assignment to `left` defines a function.
pub(crate) fn is_signature(mut left: &Node) -> bool {
    loop {
        match left.as_expr() {
            Some(("call", _)) => return true,
            Some(("where", [inner, ..])) => left = inner,
            Some(("::", [inner, _])) => left = inner,
            _ => return false,
        }
    }
}
