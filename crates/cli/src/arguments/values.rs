//! The values that options take.

use std::path::PathBuf;

use tintype_engine::TraceTarget;

use super::Usage;

/// Finds `text` among the words an option takes.
pub fn one_of<T: Copy>(option: &str, text: &str, words: &[(&str, T)]) -> Result<T, Usage> {
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Usage::mistake(format_args!("{option}: expected one of {}, found `{text}`", names.join(", ")))
    })
}

/// A number of an option, not below `least`.
pub fn number(option: &str, text: &str, least: u32) -> Result<u32, Usage> {
    text.parse()
        .ok()
        .filter(|value| *value >= least)
        .ok_or_else(|| Usage::mistake(format_args!("{option}: expected a number of at least {least}, found `{text}`")))
}

/// A size in bytes: a number with an optional unit, `K`, `M`, `G` or `T` and a `B` if liked, in powers of 1024.
pub fn size(option: &str, text: &str) -> Result<u64, Usage> {
    let wrong = || Usage::mistake(format_args!("{option}: expected a size such as 500M or 2G, found `{text}`"));
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let amount: f64 = text[..digits].parse().map_err(|_| wrong())?;
    let shift = match text[digits..].to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(wrong()),
    };
    let bytes = amount * (1_u64 << shift) as f64;
    if bytes >= 1.0 && bytes < (1_u64 << 60) as f64 { Ok(bytes as u64) } else { Err(wrong()) }
}

/// The level of `-O`.
pub fn optimization_level(text: &str) -> Result<u8, Usage> {
    one_of("-O, --optimize", text, &[("0", 0), ("1", 1), ("2", 2), ("3", 3)])
}

/// Forced on, forced off, or as each function says.
pub fn check_bounds(text: &str) -> Result<Option<bool>, Usage> {
    one_of("--check-bounds", text, &[("auto", None), ("yes", Some(true)), ("no", Some(false))])
}

/// Where compiled methods are named.
pub fn trace(text: &str) -> TraceTarget {
    if text == "stderr" { TraceTarget::Stderr } else { TraceTarget::File(PathBuf::from(text)) }
}
