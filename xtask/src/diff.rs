//! What differs between two texts, by lines.

/// The lines around the first difference, marked `-` where they were expected and `+` where they were found; `None` if
/// the texts are equal.
pub fn diff(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    for line in &old[same.saturating_sub(CONTEXT)..same] {
        text += &format!("  {line}\n");
    }
    push(&mut text, '-', &old[same..old.len() - same_end]);
    push(&mut text, '+', &new[same..new.len() - same_end]);
    for line in old[old.len() - same_end..].iter().take(CONTEXT) {
        text += &format!("  {line}\n");
    }
    if same == old.len() && same == new.len() {
        text += "  (the texts differ in their last line break)\n";
    }
    Some(text)
}

/// Lines shown before and after.
const CONTEXT: usize = 2;
/// Lines shown of each side.
const MOST: usize = 30;

fn push(text: &mut String, mark: char, lines: &[&str]) {
    for line in lines.iter().take(MOST) {
        text.push_str(&format!("{mark} {line}\n"));
    }
    if lines.len() > MOST {
        text.push_str(&format!("{mark} ... and {} lines more\n", lines.len() - MOST));
    }
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn differing_lines_are_marked() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), None);
        assert_eq!(diff("a\nb\nc\n", "a\nx\nc\n").unwrap(), "  a\n- b\n+ x\n  c\n");
        assert_eq!(diff("a\n", "a\na\n").unwrap(), "  a\n+ a\n");
        assert_eq!(diff("", "x").unwrap(), "+ x\n");
        assert!(diff("a", "a\n").unwrap().contains("last line break"));
    }
}
