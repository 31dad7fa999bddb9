//! The contents of string and character literals: escapes, indentation of triple-quoted text, raw text.
//!
//! Offsets in errors are relative to the text given. Finding where a literal ends is the parser's.

/// Where in the text a mistake is, and what it is.
type Mistake = (usize, &'static str);

/// Appends the bytes that `text` denotes, its escapes replaced.
pub(crate) fn unescape(text: &str, out: &mut Vec<u8>) -> Result<(), Mistake> {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i = unescape_one(text, i, out)?,
            // A line ends with `\n` whatever the file has.
            b'\r' => {
                out.push(b'\n');
                i += if bytes.get(i + 1) == Some(&b'\n') { 2 } else { 1 };
            }
            b => {
                out.push(b);
                i += 1;
            }
        }
    }
    Ok(())
}

/// Replaces the escape at `at`; gives the offset after it.
fn unescape_one(text: &str, at: usize, out: &mut Vec<u8>) -> Result<usize, Mistake> {
    let bytes = text.as_bytes();
    let Some(&kind) = bytes.get(at + 1) else { return Err((at, "a backslash escapes nothing")) };
    let simple = match kind {
        b'a' => 0x07,
        b'b' => 0x08,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 0x0B,
        b'f' => 0x0C,
        b'r' => b'\r',
        b'e' => 0x1B,
        b'\\' | b'"' | b'\'' | b'$' | b'`' => kind,
        b'\n' | b'\r' => return Ok(skip_continuation(bytes, at + 1)),
        b'0'..=b'7' => {
            let (value, end) = digits(bytes, at + 1, 3, 8);
            let byte = u8::try_from(value).map_err(|_| (at, "octal escape sequence out of range"))?;
            out.push(byte);
            return Ok(end);
        }
        b'x' => {
            let (value, end) = digits(bytes, at + 2, 2, 16);
            if end == at + 2 {
                return Err((at, "`\\x` used with no following hex digits"));
            }
            out.push(value as u8);
            return Ok(end);
        }
        b'u' | b'U' => {
            let (value, end) = digits(bytes, at + 2, if kind == b'u' { 4 } else { 8 }, 16);
            if end == at + 2 {
                return Err((at, "unicode escape used with no following hex digits"));
            }
            push_code_point(value, out).map_err(|()| (at, "invalid unicode escape sequence"))?;
            return Ok(end);
        }
        _ => return Err((at, "invalid escape sequence")),
    };
    out.push(simple);
    Ok(at + 2)
}

/// After a backslash at the end of a line: past the line break and the indentation of the next line.
fn skip_continuation(bytes: &[u8], mut i: usize) -> usize {
    i += if bytes[i..].starts_with(b"\r\n") { 2 } else { 1 };
    while matches!(bytes.get(i), Some(b' ' | b'\t')) {
        i += 1;
    }
    i
}

fn digits(bytes: &[u8], start: usize, most: usize, radix: u32) -> (u32, usize) {
    let mut value = 0u32;
    let mut i = start;
    while i < start + most
        && let Some(digit) = bytes.get(i).and_then(|&b| (b as char).to_digit(radix))
    {
        value = value.wrapping_mul(radix).wrapping_add(digit);
        i += 1;
    }
    (value, i)
}

/// Encodes a code point as UTF-8 does, surrogates too, which Julia's strings may hold.
fn push_code_point(value: u32, out: &mut Vec<u8>) -> Result<(), ()> {
    match char::from_u32(value) {
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None if value < 0x11_0000 => {
            out.extend([0xE0 | (value >> 12) as u8, 0x80 | (value >> 6 & 0x3F) as u8, 0x80 | (value & 0x3F) as u8]);
        }
        None => return Err(()),
    }
    Ok(())
}

/// The one character that `bytes` encode: a code point, or, for bytes that encode none, the bytes themselves
/// from the top of the word, as Julia's `Char` holds them.
pub(crate) fn decode_char(bytes: &[u8]) -> Option<u32> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let mut chars = text.chars();
        return chars.next().filter(|_| chars.next().is_none()).map(u32::from);
    }
    if let [a @ 0xE0..=0xEF, b @ 0x80..=0xBF, c @ 0x80..=0xBF] = *bytes {
        return Some((u32::from(a) & 0xF) << 12 | (u32::from(b) & 0x3F) << 6 | u32::from(c) & 0x3F);
    }
    let lead = *bytes.first()?;
    let most = if lead >= 0xF0 {
        4
    } else if lead >= 0xE0 {
        3
    } else if lead >= 0xC0 {
        2
    } else {
        1
    };
    let continues = bytes[1..].iter().all(|&b| b & 0xC0 == 0x80);
    if bytes.len() > most || !continues {
        return None;
    }
    let mut word = [0; 4];
    word[..bytes.len()].copy_from_slice(bytes);
    Some(u32::from_be_bytes(word))
}

/// Raw text: a backslash stands for itself, except that before the delimiter (or the end) each pair stands
/// for one and an odd one escapes the delimiter.
pub(crate) fn unescape_raw(text: &str, delimiter: u8) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let run = bytes[i..].iter().take_while(|&&b| b == b'\\').count();
        if run > 0 {
            i += run;
            let before_delimiter = i == bytes.len() || bytes[i] == delimiter;
            out.extend(std::iter::repeat_n(b'\\', if before_delimiter { run / 2 } else { run }));
            continue;
        }
        if bytes[i..].starts_with(b"\r\n") {
            i += 1;
        }
        out.push(bytes[i]);
        i += 1;
    }
    out
}

/// The white space that every line of a triple-quoted text starts with.
///
/// `parts` are the pieces of text between interpolations. Lines of white space alone do not count, but the last
/// one, before the closing quotes, does; nor does the text on the line of the opening quotes.
pub(crate) fn common_indent<'t>(parts: &[Option<&'t str>]) -> &'t str {
    let mut common: Option<&str> = None;
    for (i, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        let last = i + 1 == parts.len();
        for (newline, _) in part.match_indices('\n') {
            let line = &part[newline + 1..];
            let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            let rest = &line[indent.len()..];
            let blank = rest.starts_with('\n') || rest.starts_with("\r\n");
            if blank || (rest.is_empty() && !last && !matches!(parts.get(i + 1), Some(None))) {
                continue;
            }
            common = Some(match common {
                None => indent,
                Some(common) => &common[..common.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count()],
            });
        }
    }
    common.unwrap_or("")
}

/// `part` with `indent` removed after each line break; lines that are shorter lose what they have of it.
pub(crate) fn dedent(part: &str, indent: &str) -> String {
    if indent.is_empty() {
        return part.to_string();
    }
    let mut out = String::with_capacity(part.len());
    for (i, line) in part.split('\n').enumerate() {
        if i == 0 {
            out.push_str(line);
            continue;
        }
        out.push('\n');
        let shared = line.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
        out.push_str(&line[shared..]);
    }
    out
}
