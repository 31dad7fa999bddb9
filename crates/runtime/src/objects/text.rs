//! Symbols, strings, and raw bytes.

use tintype_heap::{Gc, heap_object};

heap_object! {
    /// An interned name: equal names are one object per engine.
    pub struct Symbol {
        /// Structural hash of the bytes, the same in every process.
        pub hash: u64,
        /// Number of bytes.
        pub length: u64,
    }
    tail length: [u8], padding 1
}

heap_object! {
    /// A `String`: bytes, usually UTF-8, and a NUL that is not counted.
    pub struct JlString {
        /// Number of bytes.
        pub length: u64,
    }
    tail length: [u8], padding 1
}

heap_object! {
    /// Bytes of the run-time system's own: encoded bodies, bit sets.
    pub struct Bytes {
        /// Number of bytes.
        pub length: u64,
    }
    tail length: [u8]
}

/// Symbols as Rust text.
pub trait SymbolText {
    /// The name. Names come from source text, which is UTF-8, or are checked when made from strings; bytes that are
    /// not UTF-8 read as `"?"`.
    fn as_str(&self) -> &str;
}

impl SymbolText for Gc<Symbol> {
    fn as_str(&self) -> &str {
        std::str::from_utf8(self.tail()).unwrap_or("?")
    }
}

/// Strings as Rust data.
pub trait StringBytes {
    /// The bytes, without the final NUL.
    fn bytes(&self) -> &[u8];
    /// The text, with bytes that are not UTF-8 replaced.
    fn to_text(&self) -> std::borrow::Cow<'_, str>;
}

impl StringBytes for Gc<JlString> {
    fn bytes(&self) -> &[u8] {
        self.tail()
    }

    fn to_text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.tail())
    }
}
