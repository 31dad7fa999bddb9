//! The environment variables of the image builder. Each is looked up by our name, then by Julia's; a value that makes no
//! sense is a warning, and the default holds.

/// Looks a variable up by its name without prefix, as in `IMAGE_THREADS`: the name it was found by, and its value.
pub fn lookup(name: &str) -> Option<(String, String)> {
    ["TINTYPE_", "JULIA_"].iter().find_map(|prefix| {
        let name = format!("{prefix}{name}");
        let value = std::env::var(&name).ok().filter(|value| !value.is_empty())?;
        Some((name, value))
    })
}

/// A value, and what to warn of.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The text of a warning.
    pub warning: Option<String>,
}

/// Threads that emit code: `IMAGE_THREADS`, else half of the machine's.
pub fn threads(found: Option<(String, String)>, machine: usize) -> Setting<usize> {
    let default = (machine / 2).max(1);
    parse(found, default, |text| text.parse().ok().filter(|threads| *threads > 0))
}

/// Whether to print timings: `IMAGE_TIMINGS`.
pub fn timings(found: Option<(String, String)>) -> Setting<bool> {
    parse(found, false, |text| match text.to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    })
}

fn parse<T>(found: Option<(String, String)>, default: T, read: impl Fn(&str) -> Option<T>) -> Setting<T> {
    let Some((name, text)) = found else { return Setting { value: default, warning: None } };
    match read(&text) {
        Some(value) => Setting { value, warning: None },
        None => Setting { value: default, warning: Some(format!("invalid value '{text}' for {name}")) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, value: &str) -> Option<(String, String)> {
        Some((name.to_owned(), value.to_owned()))
    }

    #[test]
    fn threads_are_a_positive_number_or_half_of_the_machine() {
        assert_eq!(threads(found("TINTYPE_IMAGE_THREADS", "3"), 8).value, 3);
        for machine in [1, 2, 3] {
            assert_eq!(threads(None, machine), Setting { value: 1, warning: None });
        }
        for bad in ["0", "2x", "-1", " 2"] {
            let setting = threads(found("JULIA_IMAGE_THREADS", bad), 8);
            assert_eq!(setting.value, 4);
            assert_eq!(setting.warning, Some(format!("invalid value '{bad}' for JULIA_IMAGE_THREADS")));
        }
    }

    #[test]
    fn timings_are_a_word_in_any_case() {
        for (text, value) in [("1", true), ("TRUE", true), ("0", false), ("False", false)] {
            assert_eq!(timings(found("TINTYPE_IMAGE_TIMINGS", text)), Setting { value, warning: None });
        }
        assert!(timings(found("TINTYPE_IMAGE_TIMINGS", "yes")).warning.is_some());
    }
}
