//! Parsing modules: declarations first, then bodies, so that functions may name each other in any order.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ParseError;
use super::body;
use super::lexer::{Spanned, Token, tokenize};
use crate::abi::RuntimeAbi;
use crate::entity::{EntityRef, PrimaryMap, SecondaryMap};
use crate::function::{Block, Inst};
use crate::module::{DataDecl, FuncId, FunctionDecl, Linkage, Module, SlotDecl, SlotKind};
use crate::types::{CallConv, Signature, Type};

/// Where the parts of one function are in the text, in 1-based lines; 0 where there is none.
#[derive(Clone, Debug, Default)]
pub struct FunctionLines {
    /// Its header.
    pub header: u32,
    /// Its blocks' headers.
    pub blocks: SecondaryMap<Block, u32>,
    /// Its instructions.
    pub insts: SecondaryMap<Inst, u32>,
}

/// Where every function of a module is in the text.
pub type Lines = PrimaryMap<FuncId, FunctionLines>;

/// Reads a module. It may break the verifier's rules.
///
/// # Errors
/// The first mistake, with its position.
pub fn parse_module(text: &str, abi: Arc<RuntimeAbi>) -> Result<Module, ParseError> {
    Ok(parse_module_with_lines(text, abi)?.0)
}

/// As [`parse_module`], with the positions of what was read.
///
/// # Errors
/// The first mistake, with its position.
pub fn parse_module_with_lines(text: &str, abi: Arc<RuntimeAbi>) -> Result<(Module, Lines), ParseError> {
    let tokens = tokenize(text)?;
    let mut cursor = Cursor { tokens: &tokens, position: 0 };
    let mut parser =
        ModuleParser { module: Module::new("module", abi), names: FxHashMap::default(), bodies: Vec::new() };
    while *cursor.peek() != Token::End {
        parser.declaration(&mut cursor)?;
    }
    let mut lines = Lines::new();
    for id in parser.module.functions.keys() {
        let (header, body) = parser.bodies[id.index()];
        let mut function_lines = FunctionLines { header, ..FunctionLines::default() };
        if let Some(position) = body {
            let cursor = Cursor { tokens: &tokens, position };
            let func = body::parse(cursor, &parser.module, &parser.names, id, &mut function_lines)?;
            parser.module.functions[id].body = Some(func);
        }
        lines.push(function_lines);
    }
    Ok((parser.module, lines))
}

/// Function names and their numbers.
pub(super) type Names = FxHashMap<String, FuncId>;

struct ModuleParser {
    module: Module,
    names: Names,
    /// For each function, the line of its header and where the tokens of its body begin.
    bodies: Vec<(u32, Option<usize>)>,
}

impl ModuleParser {
    fn declaration(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        match cursor.peek_word() {
            Some("module") => {
                cursor.advance();
                self.module.name = cursor.string()?;
                Ok(())
            }
            Some("slot") => self.slot(cursor),
            Some("data") => self.data(cursor),
            Some("region") => {
                cursor.advance();
                cursor.entity_declaration("region", self.module.regions.len())?;
                let name = cursor.string()?;
                self.module.regions.push(name);
                Ok(())
            }
            Some("function") => self.function(cursor),
            _ => Err(cursor.error("expected `module`, `slot`, `data`, `region` or `function`")),
        }
    }

    fn slot(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        cursor.advance();
        cursor.entity_declaration("slot", self.module.slots.len())?;
        let name = cursor.string()?;
        let kind = match cursor.word()? {
            "single" => SlotKind::Single,
            "context" => SlotKind::Context { index: cursor.integer()? },
            _ => return Err(cursor.error_before("expected `single` or `context`")),
        };
        self.module.slots.push(SlotDecl { name, kind });
        Ok(())
    }

    fn data(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        cursor.advance();
        cursor.entity_declaration("data", self.module.data.len())?;
        let mut decl = DataDecl { name: cursor.string()?, size: 0, align: 1, content: None, writable: false };
        cursor.keyword("size")?;
        cursor.punct('=')?;
        decl.size = cursor.integer()?;
        cursor.keyword("align")?;
        cursor.punct('=')?;
        decl.align = cursor.integer()?;
        decl.writable = cursor.eat_word("writable");
        if cursor.eat_word("bytes") {
            let digits = cursor.string()?;
            let bytes = bytes_from_hex(&digits).ok_or_else(|| cursor.error_before("expected pairs of hex digits"))?;
            decl.content = Some(bytes);
        }
        self.module.data.push(decl);
        Ok(())
    }

    /// The header; the body is skipped over for now.
    fn function(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        let line = cursor.line();
        cursor.advance();
        let name = cursor.name()?;
        if self.names.insert(name.clone(), self.module.functions.next_key()).is_some() {
            return Err(cursor.error_before(&format!("function {name:?} is declared twice")));
        }
        let signature = cursor.signature()?;
        let mut linkage = Linkage::Local;
        if cursor.eat_word("table") {
            linkage = Linkage::Table(cursor.integer()?);
        } else if cursor.eat_word("import") {
            linkage = Linkage::Import;
        }
        self.module.functions.push(FunctionDecl { name, signature, linkage, body: None });
        let mut body = None;
        if linkage != Linkage::Import {
            cursor.punct('{')?;
            body = Some(cursor.position);
            while *cursor.peek() != Token::Punct('}') {
                if *cursor.peek() == Token::End {
                    return Err(cursor.error("expected `}`"));
                }
                cursor.advance();
            }
            cursor.advance();
        }
        self.bodies.push((line, body));
        Ok(())
    }
}

fn bytes_from_hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| Some((digit(pair[0])? << 4 | digit(*pair.get(1)?)?) as u8)).collect()
}

/// A position in the tokens, with a method for each small thing to expect there.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    tokens: &'t [Spanned],
    position: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn peek(&self) -> &'t Token {
        &self.tokens[self.position].token
    }

    pub(super) fn line(&self) -> u32 {
        self.tokens[self.position].line
    }

    /// The next token, passed; the end is never passed.
    pub(super) fn advance(&mut self) -> &'t Token {
        let token = self.peek();
        self.position = (self.position + 1).min(self.tokens.len() - 1);
        token
    }

    /// An error at the next token.
    pub(super) fn error(&self, message: &str) -> ParseError {
        let at = &self.tokens[self.position];
        ParseError { line: at.line, column: at.column, message: message.to_owned() }
    }

    /// An error at the token just passed.
    pub(super) fn error_before(&self, message: &str) -> ParseError {
        let at = &self.tokens[self.position.saturating_sub(1)];
        ParseError { line: at.line, column: at.column, message: message.to_owned() }
    }

    pub(super) fn peek_word(&self) -> Option<&'t str> {
        match self.peek() {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn word(&mut self) -> Result<&'t str, ParseError> {
        let word = self.peek_word().ok_or_else(|| self.error("expected a word"))?;
        self.advance();
        Ok(word)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.peek_word() == Some(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn keyword(&mut self, word: &str) -> Result<(), ParseError> {
        if self.eat_word(word) { Ok(()) } else { Err(self.error(&format!("expected `{word}`"))) }
    }

    pub(super) fn eat(&mut self, punct: char) -> bool {
        let found = *self.peek() == Token::Punct(punct);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn punct(&mut self, punct: char) -> Result<(), ParseError> {
        if self.eat(punct) { Ok(()) } else { Err(self.error(&format!("expected `{punct}`"))) }
    }

    pub(super) fn string(&mut self) -> Result<String, ParseError> {
        match self.peek() {
            Token::String(content) => {
                self.advance();
                Ok(content.clone())
            }
            _ => Err(self.error("expected a string")),
        }
    }

    pub(super) fn name(&mut self) -> Result<String, ParseError> {
        match self.peek() {
            Token::Name(name) => {
                self.advance();
                Ok(name.clone())
            }
            _ => Err(self.error("expected a name with `%`")),
        }
    }

    /// The text of a number, or of `inf`.
    pub(super) fn number(&mut self) -> Result<&'t str, ParseError> {
        match self.peek() {
            Token::Number(text) | Token::Word(text) if !text.starts_with("nan") => {
                self.advance();
                Ok(text)
            }
            _ => Err(self.error("expected a number")),
        }
    }

    /// An integer in decimal or, with `0x`, hexadecimal digits, in the range of the type asked for.
    pub(super) fn integer<T: TryFrom<i128>>(&mut self) -> Result<T, ParseError> {
        let text = self.number()?;
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let magnitude = match digits.strip_prefix("0x") {
            Some(digits) => i128::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        let value = magnitude.ok().and_then(|magnitude| magnitude.checked_mul(sign));
        let value = value.and_then(|value| T::try_from(value).ok());
        value.ok_or_else(|| self.error_before(&format!("`{text}` is not an integer in range here")))
    }

    /// A number after `prefix` in one word: `v12`, `block3`.
    pub(super) fn entity(&mut self, prefix: &str) -> Result<u32, ParseError> {
        let number = self.peek_word().and_then(|word| entity_number(word, prefix));
        let number = number.ok_or_else(|| self.error(&format!("expected {prefix} and a number")))?;
        self.advance();
        Ok(number)
    }

    /// As [`entity`](Self::entity), which must be the next one to declare.
    pub(super) fn entity_declaration(&mut self, prefix: &str, next: usize) -> Result<(), ParseError> {
        let number = self.entity(prefix)?;
        if number as usize == next {
            return Ok(());
        }
        Err(self.error_before(&format!("{prefix}{number} is out of order: expected {prefix}{next}")))
    }

    pub(super) fn value_type(&mut self) -> Result<Type, ParseError> {
        let ty = self.peek_word().and_then(|word| Type::ALL.into_iter().find(|ty| ty.name() == word));
        let ty = ty.ok_or_else(|| self.error("expected a type"))?;
        self.advance();
        Ok(ty)
    }

    /// `(i64, ref) -> i64 system`
    pub(super) fn signature(&mut self) -> Result<Signature, ParseError> {
        let mut signature = Signature::default();
        self.punct('(')?;
        while !self.eat(')') {
            if !signature.params.is_empty() {
                self.punct(',')?;
            }
            signature.params.push(self.value_type()?);
        }
        if *self.peek() == Token::Arrow {
            self.advance();
            signature.results.push(self.value_type()?);
            while self.eat(',') {
                signature.results.push(self.value_type()?);
            }
        }
        if self.eat_word("system") {
            signature.conv = CallConv::System;
        }
        Ok(signature)
    }
}

/// The number in `word` after `prefix`; numbers are written without leading zeros.
pub(super) fn entity_number(word: &str, prefix: &str) -> Option<u32> {
    let digits = word.strip_prefix(prefix)?;
    let canonical = digits == "0" || !digits.starts_with('0');
    digits.parse().ok().filter(|_| canonical && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
