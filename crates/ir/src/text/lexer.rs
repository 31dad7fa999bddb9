//! Tokens of the text format, with their positions.

use super::ParseError;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A word: keyword, opcode, type or numbered entity.
    Word(String),
    /// A function or helper name, after `%`.
    Name(String),
    /// A string between double quotes.
    String(String),
    /// A number as written, with its sign.
    Number(String),
    /// `( ) { } [ ] , : = + . @`
    Punct(char),
    /// `->`
    Arrow,
    /// The end of the text.
    End,
}

/// A token and where it starts.
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) token: Token,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The tokens of a text, the last being [`Token::End`].
pub(super) fn tokenize(text: &str) -> Result<Vec<Spanned>, ParseError> {
    let mut tokens = Vec::new();
    let mut last_line = 1;
    for (index, line) in text.lines().enumerate() {
        last_line = index as u32 + 1;
        let mut lexer = Lexer { rest: line, line, number: last_line };
        while let Some(spanned) = lexer.next()? {
            tokens.push(spanned);
        }
    }
    tokens.push(Spanned { token: Token::End, line: last_line, column: 1 });
    Ok(tokens)
}

/// Reads one line: no token spans two.
struct Lexer<'t> {
    rest: &'t str,
    line: &'t str,
    number: u32,
}

impl<'t> Lexer<'t> {
    fn next(&mut self) -> Result<Option<Spanned>, ParseError> {
        self.rest = self.rest.trim_start();
        let column = (self.line.len() - self.rest.len()) as u32 + 1;
        let Some(first) = self.rest.chars().next().filter(|&first| first != ';') else { return Ok(None) };
        let token = match first {
            '(' | ')' | '{' | '}' | '[' | ']' | ',' | ':' | '=' | '+' | '.' | '@' => {
                self.rest = &self.rest[1..];
                Token::Punct(first)
            }
            '-' if self.rest.starts_with("->") => {
                self.rest = &self.rest[2..];
                Token::Arrow
            }
            '"' => Token::String(self.string(column)?),
            '%' => {
                self.rest = &self.rest[1..];
                match self.rest.starts_with('"') {
                    true => Token::Name(self.string(column)?),
                    false => Token::Name(self.take(is_name_char).to_owned()),
                }
            }
            '0'..='9' | '-' => Token::Number(self.number().to_owned()),
            _ if first.is_ascii_alphabetic() || first == '_' => {
                Token::Word(self.take(|char| char.is_ascii_alphanumeric() || char == '_').to_owned())
            }
            _ => return Err(self.error(column, format!("unexpected character {first:?}"))),
        };
        if token == Token::Name(String::new()) {
            return Err(self.error(column, "expected a name after `%`".to_owned()));
        }
        Ok(Some(Spanned { token, line: self.number, column }))
    }

    fn take(&mut self, accept: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|char| !accept(char)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Digits, hexadecimal digits, a fraction, an exponent, `inf` or `nan:0x..` after a sign.
    fn number(&mut self) -> &'t str {
        let bytes = self.rest.as_bytes();
        let mut end = usize::from(bytes[0] == b'-');
        while let Some(&byte) = bytes.get(end) {
            let exponent_sign =
                matches!(byte, b'-' | b'+') && matches!(bytes[end - 1], b'e') && !self.rest[..end].contains('x');
            if !(byte.is_ascii_alphanumeric() || byte == b'.' || exponent_sign) {
                break;
            }
            end += 1;
        }
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn string(&mut self, column: u32) -> Result<String, ParseError> {
        let mut content = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((index, char)) = chars.next() {
            match char {
                '"' => {
                    self.rest = &self.rest[index + 1..];
                    return Ok(content);
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => content.push('\n'),
                    Some((_, 't')) => content.push('\t'),
                    Some((_, 'r')) => content.push('\r'),
                    Some((_, escaped @ ('"' | '\\'))) => content.push(escaped),
                    _ => return Err(self.error(column, "unknown escape in string".to_owned())),
                },
                _ => content.push(char),
            }
        }
        Err(self.error(column, "string without end".to_owned()))
    }

    fn error(&self, column: u32, message: String) -> ParseError {
        ParseError { line: self.number, column, message }
    }
}

/// Characters of names that need no quotes.
pub(super) fn is_name_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '$')
}
