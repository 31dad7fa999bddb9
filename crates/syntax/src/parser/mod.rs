//! The parser: recursive descent over tokens, precedence climbing over operators.
//!
//! This file holds the state and the access to tokens; each other file of the module holds one part of the
//! grammar. A function that parses returns the node, or [`Failed`] after it has recorded a diagnostic; the
//! statement level catches it, skips to where the next statement starts, and goes on. White space matters in
//! macro calls and in array literals, line breaks nearly everywhere: [`Mode`] says what holds now. Recursion is
//! counted, so that no text can exhaust the stack.

mod array;
mod atom;
mod call;
mod definition;
mod import;
mod keyword;
mod macros;
mod operator;
mod paren;
mod statement;
mod string;
mod unary;

use rustc_hash::FxHashMap;

use crate::ast::{Name, Node, NodeKind, Span};
use crate::chars;
use crate::diagnostic::Diagnostic;
use crate::lexer::Lexer;
use crate::lines::LineIndex;
use crate::operators::{Op, OpKind};
use crate::token::{Keyword, Tok, Token};

/// The parser gave up on the statement; a diagnostic says why.
pub(crate) struct Failed;

/// What parsing a part of the grammar gives.
pub(crate) type Parse<T = Node> = Result<T, Failed>;

/// How many grammar levels may nest. One level takes at most 6 KiB of stack (measured at `opt-level=1`), so all
/// fit into the 2 MiB of a thread.
const MAX_DEPTH: u32 = 250;

/// Diagnostics beyond this many are dropped: they are echoes of the first.
const MAX_DIAGNOSTICS: usize = 200;

/// What the surroundings make of spaces, line breaks and some words.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    /// `:` makes a range; not so between `?` and `:`.
    pub range_colon: bool,
    /// `x -y` is two expressions.
    pub space_sensitive: bool,
    /// Inside `[ ]`, where `for` ends an expression and spaces separate.
    pub inside_vec: bool,
    /// `begin` and `end` are names: inside an index.
    pub end_symbol: bool,
    /// A line break is white space: inside parentheses.
    pub newline_is_space: bool,
    /// `where` is an operator.
    pub where_enabled: bool,
    /// Directly in the body of a `struct`, where `const` declares a field.
    pub fields: bool,
}

impl Mode {
    /// Outside of everything: a statement.
    pub const STATEMENT: Mode = Mode {
        range_colon: true,
        space_sensitive: false,
        inside_vec: false,
        end_symbol: false,
        newline_is_space: false,
        where_enabled: true,
        fields: false,
    };
}

/// The state of parsing one text.
pub(crate) struct Parser<'s> {
    pub lexer: Lexer<'s>,
    lines: LineIndex,
    /// The token after the position, if it was looked at.
    token: Option<Token>,
    /// Offset after the last token taken.
    pub prev_end: u32,
    pub mode: Mode,
    depth: u32,
    names: FxHashMap<&'s str, Name>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'s> Parser<'s> {
    pub fn new(source: &'s str, offset: usize) -> Parser<'s> {
        Parser {
            lexer: Lexer { source, pos: offset },
            lines: LineIndex::new(source),
            token: None,
            prev_end: offset as u32,
            mode: Mode::STATEMENT,
            depth: 0,
            names: FxHashMap::default(),
            diagnostics: Vec::new(),
        }
    }

    // Tokens.

    /// The next token as it stands, line breaks apart.
    pub fn token(&mut self) -> Token {
        if let Some(token) = self.token {
            return token;
        }
        let token = self.lexer.next();
        self.token = Some(token);
        token
    }

    /// What comes next; a line break is a token unless it counts as white space here.
    pub fn peek(&mut self) -> Tok {
        let token = self.token();
        if token.newlines > 0 && !self.mode.newline_is_space { Tok::Newline } else { token.kind }
    }

    /// What comes next, after any line breaks.
    pub fn peek_past_newlines(&mut self) -> Tok {
        self.skip_newlines();
        self.peek()
    }

    /// Takes the next token, which may be a line break.
    pub fn take(&mut self) -> Token {
        let mut token = self.token();
        if token.newlines > 0 && !self.mode.newline_is_space {
            let newline = Token { kind: Tok::Newline, end: token.start, ..token };
            token.newlines = 0;
            self.token = Some(token);
            return newline;
        }
        self.token = None;
        self.prev_end = token.end;
        token
    }

    /// Drops line breaks before the next token.
    pub fn skip_newlines(&mut self) {
        let mut token = self.token();
        token.newlines = 0;
        self.token = Some(token);
    }

    /// Whether white space stands before the next token.
    pub fn space(&mut self) -> bool {
        self.token().space
    }

    /// Takes the next token if it is `kind`.
    pub fn eat(&mut self, kind: Tok) -> bool {
        let found = self.peek() == kind;
        if found {
            self.take();
        }
        found
    }

    /// Continues reading at `pos`, forgetting a token that was looked at.
    pub fn seek(&mut self, pos: usize) {
        self.lexer.pos = pos;
        self.token = None;
        self.prev_end = pos as u32;
    }

    /// Where the next token starts.
    pub fn start(&mut self) -> u32 {
        self.token().start
    }

    pub fn text(&self, token: Token) -> &'s str {
        &self.lexer.source[token.start as usize..token.end as usize]
    }

    /// The byte at `offset`; 0 past the end.
    pub fn byte_at(&self, offset: u32) -> u8 {
        self.lexer.source.as_bytes().get(offset as usize).copied().unwrap_or(0)
    }

    /// The 1-based line of `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.lines.line(offset)
    }

    // Questions about the next token.

    /// Whether `token` cannot begin an expression because it closes one.
    pub fn is_closing(&self, token: Tok) -> bool {
        match token {
            Tok::Eof | Tok::Comma | Tok::Semicolon => true,
            Tok::RightParen | Tok::RightBracket | Tok::RightBrace => true,
            Tok::Keyword(Keyword::End) => !self.mode.end_symbol,
            Tok::Keyword(word) => word.closes_block(),
            _ => false,
        }
    }

    /// Whether `token` is the operator `kind`, without a dot.
    pub fn is_op(token: Tok, kind: OpKind) -> bool {
        matches!(token, Tok::Op(op) if op.kind == kind && !op.dotted)
    }

    /// Whether the next token is the name `name`, which is a word of the grammar only in places.
    pub fn at_name(&mut self, name: &str) -> bool {
        if self.peek() != Tok::Name {
            return false;
        }
        let token = self.token();
        self.text(token) == name
    }

    /// Whether `op`, next in line and preceded by a space, starts a new element: `[a -b]`.
    pub fn starts_element(&mut self, op: Op) -> bool {
        let token = self.token();
        self.mode.space_sensitive && token.space && op.is_both() && !self.byte_at(token.end).is_ascii_whitespace()
    }

    // Modes and depth.

    /// Runs `parse` in another mode.
    pub fn with<T>(&mut self, mode: Mode, parse: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.mode, mode);
        let result = parse(self);
        self.mode = outer;
        result
    }

    /// Runs `parse` one level deeper, or fails if that is too deep.
    pub fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth >= MAX_DEPTH {
            return self.fail_depth();
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Fails if a chain of so many links, built in a loop around `left`, makes the tree too deep to walk.
    ///
    /// Only long chains are measured, at each doubling, so that the cost stays in proportion to the text.
    pub fn check_chain(&mut self, links: u32, left: &Node) -> Parse<()> {
        if links < 8 || !links.is_power_of_two() || !is_taller(left, MAX_HEIGHT) {
            return Ok(());
        }
        self.fail_depth()
    }

    /// Fails if `links` expressions cannot be nested in one another.
    pub fn check_nesting(&mut self, links: usize) -> Parse<()> {
        if links < MAX_HEIGHT as usize { Ok(()) } else { self.fail_depth() }
    }

    fn fail_depth<T>(&mut self) -> Parse<T> {
        let start = self.start();
        self.fail("expression nested too deeply", start, start + 1)
    }

    // Errors.

    /// Records an error and fails.
    pub fn fail<T>(&mut self, message: impl Into<String>, start: u32, end: u32) -> Parse<T> {
        self.report(message, start, end);
        Err(Failed)
    }

    /// Records an error.
    pub fn report(&mut self, message: impl Into<String>, start: u32, end: u32) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(Diagnostic::error(message, Span { start, end: end.max(start) }));
        }
    }

    /// Records that the text ended too early, and fails.
    pub fn fail_incomplete<T>(&mut self, message: impl Into<String>, start: u32) -> Parse<T> {
        let end = self.lexer.source.len() as u32;
        self.report(message, start.min(end), end);
        if let Some(last) = self.diagnostics.last_mut() {
            last.incomplete = true;
        }
        Err(Failed)
    }

    /// Runs `parse` on what stands after the bracket at `open`; a mistake on a later line mentions the bracket.
    pub fn in_brackets<T>(&mut self, open: u32, mode: Mode, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        let before = self.diagnostics.len();
        let result = self.with(mode, parse);
        let line = self.line(open);
        if result.is_err()
            && let [first, ..] = &mut self.diagnostics[before..]
            && first.notes.is_empty()
            && self.lines.line(first.span.start) != line
        {
            let bracket = self.lexer.source[open as usize..].chars().next().unwrap_or('(');
            first.notes.push(format!("the `{bracket}` on line {line} is not closed before this"));
        }
        result
    }

    /// Fails at the next token: `context` says what was expected, if anything.
    pub fn unexpected<T>(&mut self, context: &str) -> Parse<T> {
        let token = self.token();
        let context = if context.is_empty() { String::new() } else { format!(", {context}") };
        match self.peek() {
            Tok::Eof => self.fail_incomplete(format!("premature end of input{context}"), token.start),
            Tok::Newline => self.fail(format!("unexpected line break{context}"), self.prev_end, self.prev_end + 1),
            Tok::Bad(message) => self.bad_token(token, message),
            _ => {
                let text = self.text(token);
                self.fail(format!("unexpected `{text}`{context}"), token.start, token.end)
            }
        }
    }

    fn bad_token<T>(&mut self, token: Token, message: &'static str) -> Parse<T> {
        if message.starts_with("unterminated") {
            return self.fail_incomplete(message, token.start);
        }
        if message.ends_with('`') {
            return self.fail(message, token.start, token.end);
        }
        let text = self.text(token);
        let shown = match text.chars().next() {
            Some(c) if !chars::is_printable(c) => c.escape_default().to_string(),
            _ => text.to_string(),
        };
        self.fail(format!("{message} `{shown}`"), token.start, token.end)
    }

    /// Takes `kind` or fails, saying what was expected.
    pub fn expect(&mut self, kind: Tok, context: &str) -> Parse<Token> {
        if self.peek() == kind { Ok(self.take()) } else { self.unexpected(context) }
    }

    // Nodes.

    /// The shared copy of `name`.
    pub fn intern(&mut self, name: &'s str) -> Name {
        self.names.entry(name).or_insert_with(|| name.into()).clone()
    }

    /// The span from `start` to the last token taken.
    pub fn span(&self, start: u32) -> Span {
        Span { start, end: self.prev_end.max(start) }
    }

    pub fn node(&self, kind: NodeKind, start: u32) -> Node {
        Node { kind, span: self.span(start) }
    }

    /// A compound node that starts at `start` and ends at the last token taken.
    pub fn expr(&mut self, head: &'static str, args: Vec<Node>, start: u32) -> Node {
        let head = self.intern(head);
        self.node(NodeKind::Expr(head, args), start)
    }

    /// A symbol spelt as the source has it.
    pub fn symbol(&mut self, name: &'s str, start: u32) -> Node {
        let name = match chars::normalized(name) {
            std::borrow::Cow::Borrowed(_) => self.intern(name),
            std::borrow::Cow::Owned(name) => name.into(),
        };
        self.node(NodeKind::Symbol(name), start)
    }

    /// The symbol that an operator token is.
    pub fn op_symbol(&mut self, token: Token) -> Node {
        let name = self.text(token);
        let mut node = self.symbol(name, token.start);
        node.span = Span { start: token.start, end: token.end };
        node
    }

    /// A `LineNumberNode` for the line of `offset`.
    pub fn line_node(&self, offset: u32) -> Node {
        Node { kind: NodeKind::Line(self.line(offset)), span: Span { start: offset, end: offset } }
    }

    /// `Core.name`, as the parser refers to what it needs whatever the program defines.
    pub fn core(&mut self, name: &'static str, start: u32) -> Node {
        let module = self.intern("Core");
        let module = self.node(NodeKind::Symbol(module), start);
        let name = self.intern(name);
        let name = self.node(NodeKind::Symbol(name), start);
        let quoted = self.node(NodeKind::Quote(Box::new(name)), start);
        self.expr(".", vec![module, quoted], start)
    }
}

/// How high a tree may grow in loops (operators of one level, calls of calls, `elseif`), where the parser does
/// not recurse but whoever walks the tree may.
const MAX_HEIGHT: u32 = 2000;

/// Whether the tree is higher than `limit`. Does not recurse.
fn is_taller(node: &Node, limit: u32) -> bool {
    let mut pending = vec![(node, 1)];
    while let Some((node, height)) = pending.pop() {
        if height > limit {
            return true;
        }
        match &node.kind {
            NodeKind::Expr(_, args) => pending.extend(args.iter().map(|arg| (arg, height + 1))),
            NodeKind::Quote(inner) => pending.push((inner, height + 1)),
            _ => {}
        }
    }
    false
}
