//! Mutants of programs: lines and words of one taken out, doubled, swapped, or replaced by those of another.
//!
//! Most mutants still parse, and many still run for a while, into errors that nobody would write a test for.

use crate::random::Random;

/// A variant of one of the sources, which are not empty. One to four changes are made.
pub fn mutant(sources: &[String], random: &mut Random) -> String {
    let source = random.pick(sources);
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for _ in 0..1 + random.below(4) {
        change(&mut lines, sources, random);
    }
    lines.join("\n") + "\n"
}

fn change(lines: &mut Vec<String>, sources: &[String], random: &mut Random) {
    if lines.is_empty() {
        return;
    }
    let at = random.below(lines.len());
    match random.below(8) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = random.below(lines.len());
            lines.swap(at, other);
        }
        3 => {
            let foreign: Vec<&str> = random.pick(sources).lines().collect();
            if !foreign.is_empty() {
                lines.insert(at, (*random.pick(&foreign)).to_owned());
            }
        }
        _ => {
            let donor = if random.one_in(4) { random.pick(sources).clone() } else { lines.join("\n") };
            let words: Vec<&str> = words(&donor).into_iter().filter(|word| !word.trim().is_empty()).collect();
            if !words.is_empty() {
                let word = *random.pick(&words);
                lines[at] = replace_word(&lines[at], word, random);
            }
        }
    }
}

fn replace_word(line: &str, word: &str, random: &mut Random) -> String {
    let mut parts = words(line);
    let places: Vec<usize> = (0..parts.len()).filter(|&place| !parts[place].trim().is_empty()).collect();
    if places.is_empty() {
        return word.to_owned();
    }
    parts[*random.pick(&places)] = word;
    parts.concat()
}

/// A text in pieces: names and numbers, runs of spaces, single other characters.
fn words(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 0,
        c if c.is_whitespace() => 1,
        _ => 2,
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if last.is_some_and(|last| last != now || now == 2) {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(now);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_whole_text() {
        let text = "x_1 = f(2) .+ α\n";
        let words = words(text);
        assert_eq!(words.concat(), text);
        assert!(words.contains(&"x_1") && words.contains(&"α"), "{words:?}");
    }

    #[test]
    fn a_seed_gives_one_mutant() {
        let sources = ["a = 1\nprintln(a)\n".to_owned(), "for i in 1:3\n    print(i)\nend\n".to_owned()];
        let made = |seed| mutant(&sources, &mut Random::new(seed));
        assert_eq!(made(7), made(7));
        assert!((0..20).any(|seed| !sources.contains(&made(seed))));
    }
}
