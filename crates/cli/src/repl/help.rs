//! `?name`: what is asked of the program's documentation.

/// The expression that shows the help a line asks for.
pub fn question(line: &str) -> String {
    let name = line.trim().trim_start_matches('?').trim();
    if name.is_empty() {
        return "println(\"Type ? and a name to read its documentation, as in `?println`.\")".to_owned();
    }
    format!("@doc {name}")
}

#[cfg(test)]
mod tests {
    use super::question;

    #[test]
    fn a_name_is_looked_up_and_nothing_explains() {
        assert_eq!(question("?println"), "@doc println");
        assert_eq!(question("  ? sum "), "@doc sum");
        assert!(question("?").starts_with("println("));
    }
}
