//! Prefix operators, juxtaposition, powers and declarations: what binds tighter than any binary operator.

use super::{Parse, Parser};
use crate::ast::{Node, NodeKind};
use crate::number::{self, NumberKind};
use crate::operators::{Op, OpKind, Prec};
use crate::token::{Keyword, Tok, Token};

impl Parser<'_> {
    /// A unary expression and what is written against it: `2x`, `x'y`, `2(a)(b)`.
    pub fn parse_juxtaposed(&mut self) -> Parse {
        let start = self.start();
        let constructs = matches!(self.peek(), Tok::Keyword(word) if self.opens_construct(word));
        let first = self.parse_unary()?;
        if constructs || !self.is_juxtaposed(&first)? {
            return Ok(first);
        }
        let mut args = vec![first];
        loop {
            // Only the radicals join as prefix operators: `2√x`.
            let factor = match self.peek() {
                Tok::Op(_) => self.parse_unary()?,
                _ => self.parse_factor()?,
            };
            let more = self.is_juxtaposed(&factor)?;
            args.push(factor);
            if !more {
                break;
            }
        }
        let star = self.intern("*");
        let star = Node { kind: NodeKind::Symbol(star), span: args[0].span };
        args.insert(0, star);
        Ok(self.expr("call", args, start))
    }

    /// Whether the next token multiplies `left` by being written against it.
    fn is_juxtaposed(&mut self, left: &Node) -> Parse<bool> {
        let token = self.token();
        if token.space || token.start != self.prev_end {
            return Ok(false);
        }
        let numeric = is_number(left);
        let prefixed = matches!(left.as_expr(), Some(("$" | "&" | "::", _)));
        let joins = match token.kind {
            Tok::Name | Tok::LeftParen | Tok::LeftBracket | Tok::LeftBrace => true,
            Tok::Op(Op { kind: OpKind::Not, dotted: false, .. }) => matches!(self.text(token), "√" | "∛" | "∜"),
            Tok::Keyword(Keyword::True | Keyword::False) => true,
            Tok::Keyword(Keyword::Begin | Keyword::End) => self.mode.end_symbol,
            Tok::Number(_) | Tok::At => numeric,
            Tok::Quote | Tok::Backtick => {
                return self.fail("cannot juxtapose a string literal", token.start, token.end);
            }
            _ => false,
        };
        if joins && matches!(left.kind, NodeKind::String(_)) {
            return self.fail("cannot juxtapose a string literal", token.start, token.end);
        }
        if joins && numeric && self.byte_at(token.start - 1) == b'.' {
            let message = "numeric constant cannot be implicitly multiplied because it ends with `.`";
            return self.fail(message, left.span.start, token.start);
        }
        Ok(joins && !prefixed)
    }

    /// A prefix operator and its operand, or a factor.
    pub fn parse_unary(&mut self) -> Parse {
        let next = self.peek_past_newlines();
        if self.is_closing(next) {
            return self.unexpected("");
        }
        match next {
            Tok::Op(op) if is_initial(op) => {
                let token = self.take();
                let signed = matches!(op.kind, OpKind::Plus | OpKind::Minus) && !op.dotted;
                if signed
                    && let Tok::Number(kind) = self.token().kind
                    && self.token().start == token.end
                {
                    return self.parse_signed_number(token, op, kind);
                }
                let operator = self.op_symbol(token);
                self.parse_unary_from(operator, token)
            }
            _ => self.parse_factor(),
        }
    }

    /// `-2`, which is one literal unless something binds tighter: `-2^x`, `-2[1]`.
    fn parse_signed_number(&mut self, sign: Token, op: Op, kind: NumberKind) -> Parse {
        let token = self.take();
        let tighter = match self.token().kind {
            Tok::Op(op) => op.prec == Prec::Power,
            Tok::LeftBracket | Tok::LeftBrace => !self.space(),
            _ => false,
        };
        if tighter || kind == NumberKind::Based && op.kind == OpKind::Minus {
            let literal = self.number_node(token, kind, false)?;
            let operand = self.parse_factor_from(literal, token.start)?;
            let operator = self.op_symbol(sign);
            return Ok(self.expr("call", vec![operator, operand], sign.start));
        }
        let mut literal = self.number_node(token, kind, op.kind == OpKind::Minus)?;
        literal.span.start = sign.start;
        self.parse_factor_from(literal, sign.start)
    }

    /// The node of a numeric literal.
    pub fn number_node(&mut self, token: Token, kind: NumberKind, negative: bool) -> Parse {
        match number::value(self.text(token), kind, negative) {
            Ok(number::Value::Atom(kind)) => Ok(self.node(kind, token.start)),
            Ok(number::Value::Large(name, digits)) => {
                let name = self.core(name, token.start);
                let nothing = self.node(NodeKind::Nothing, token.start);
                let digits = self.node(NodeKind::String(digits.as_bytes().into()), token.start);
                Ok(self.expr("macrocall", vec![name, nothing, digits], token.start))
            }
            Err(message) => {
                let text = self.text(token);
                self.fail(format!("{message} `{text}`"), token.start, token.end)
            }
        }
    }

    /// Goes on after the operator `token`: alone it is a name, before `(` perhaps a function, else a prefix.
    pub fn parse_unary_from(&mut self, operator: Node, token: Token) -> Parse {
        let Tok::Op(op) = token.kind else { unreachable!("an operator token") };
        let next = self.peek();
        if self.is_closing(next) || next == Tok::Newline || Self::is_op(next, OpKind::Assign) {
            return Ok(self.operator_name(operator, op, token));
        }
        let adjacent = !self.space();
        let named = match next {
            Tok::LeftBrace => adjacent || !op.is_prefix(),
            Tok::LeftParen => !op.is_prefix(),
            _ => false,
        };
        if named {
            return self.parse_factor_from(operator, token.start);
        }
        if !op.is_prefix() {
            let name = self.text(token);
            return self.fail(format!("`{name}` is not a unary operator"), token.start, token.end);
        }
        let operands = if next == Tok::LeftParen && adjacent {
            let inner = self.start();
            let parens = self.parse_parens()?;
            if parens.is_arguments() {
                let args = self.finish_arguments(parens);
                let call = self.prefix_call(operator, op, args, token.start);
                return self.parse_factor_from(call, token.start);
            }
            let group = self.finish_parens(parens, inner);
            vec![self.parse_factor_from(group, inner)?]
        } else {
            vec![self.deeper(|p| p.parse_unary())?]
        };
        Ok(self.prefix_call(operator, op, operands, token.start))
    }

    fn prefix_call(&mut self, operator: Node, op: Op, mut operands: Vec<Node>, start: u32) -> Node {
        match op.kind {
            OpKind::Subtype if !op.dotted => self.expr("<:", operands, start),
            OpKind::Supertype if !op.dotted => self.expr(">:", operands, start),
            _ => {
                operands.insert(0, operator);
                self.expr("call", operands, start)
            }
        }
    }

    /// An operator used as a name; a dotted one is the broadcast of the plain one.
    pub fn operator_name(&mut self, operator: Node, op: Op, token: Token) -> Node {
        if !op.dotted {
            return operator;
        }
        let name = &self.text(token)[1..];
        let name = self.symbol(name, token.start);
        self.expr(".", vec![name], token.start)
    }

    /// A declaration, perhaps raised to a power.
    pub fn parse_factor(&mut self) -> Parse {
        let start = self.start();
        let base = self.parse_call()?;
        self.parse_power(base, start)
    }

    /// Goes on after `base`: calls, declarations, powers.
    pub fn parse_factor_from(&mut self, base: Node, start: u32) -> Parse {
        let base = self.parse_call_chain(base, start)?;
        self.parse_power(base, start)
    }

    fn parse_power(&mut self, base: Node, start: u32) -> Parse {
        let base = self.parse_declaration(base, start)?;
        match self.peek() {
            Tok::Op(op) if op.prec == Prec::Power => {
                let token = self.take();
                let operator = self.op_symbol(token);
                self.skip_newlines();
                let exponent = self.deeper(|p| p.parse_juxtaposed())?;
                Ok(self.expr("call", vec![operator, base, exponent], start))
            }
            _ => Ok(base),
        }
    }

    /// `x::T` and `x -> body`.
    fn parse_declaration(&mut self, mut left: Node, start: u32) -> Parse {
        let mut links = 0;
        loop {
            let next = self.peek();
            if Self::is_op(next, OpKind::DoubleColon) {
                self.take();
                links += 1;
                self.check_chain(links, &left)?;
                let ty = self.parse_type()?;
                left = self.expr("::", vec![left, ty], start);
            } else if Self::is_op(next, OpKind::Lambda) {
                self.take();
                let body = self.parse_argument()?;
                let body = self.body_block(body, start);
                return Ok(self.expr("->", vec![left, body], start));
            } else {
                return Ok(left);
            }
        }
    }

    /// What stands after `::`, or after a prefix `&`.
    fn parse_type(&mut self) -> Parse {
        self.skip_newlines();
        let start = self.start();
        let ty = self.deeper(|p| p.parse_call())?;
        self.parse_where_from(ty, start)
    }

    /// `$x`, `&x`, `::T`, or an atom.
    pub fn parse_prefixed_atom(&mut self) -> Parse {
        let Tok::Op(op) = self.peek() else { return self.parse_atom() };
        if op.dotted || !matches!(op.kind, OpKind::Dollar | OpKind::Ampersand | OpKind::DoubleColon) {
            return self.parse_atom();
        }
        let token = self.take();
        let next = self.peek();
        if self.is_closing(next) || next == Tok::Newline {
            return Ok(self.op_symbol(token));
        }
        let (head, operand) = match op.kind {
            OpKind::Dollar => ("$", self.deeper(|p| p.parse_prefixed_atom())?),
            OpKind::Ampersand => ("&", self.parse_type()?),
            _ => ("::", self.parse_type()?),
        };
        Ok(self.expr(head, vec![operand], token.start))
    }
}

/// Whether an operator at the start of an operand is taken by the unary level.
fn is_initial(op: Op) -> bool {
    use OpKind::*;
    !op.is_syntactic()
        && !matches!(op.kind, Colon | Word)
        && (op.dotted || !matches!(op.kind, Dollar | Ampersand | DoubleColon))
}

/// Whether the node is a numeric literal, so that `(` after it multiplies.
pub(crate) fn is_number(node: &Node) -> bool {
    use NodeKind::*;
    match &node.kind {
        Integer(_) | Integer128(_) | Unsigned(..) | Float64(_) | Float32(_) => true,
        Expr(head, args) => &**head == "macrocall" && args.len() == 3 && args[1].kind == Nothing,
        _ => false,
    }
}
