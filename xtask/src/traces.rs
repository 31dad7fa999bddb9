//! What of a stack trace is the same in every mode: the frames of the program's own files, by function and line.
//!
//! Frames of the base library come and go with what is inlined there, and an inlined frame prints without argument types.

/// The text with each stack trace reduced to a line per frame of a file that is neither the base library's nor named from
/// the root: function, file, line. With `keep` false, traces are left out altogether.
pub fn reduce(text: &str, keep: bool) -> String {
    let mut reduced = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_start() != "Stacktrace:" {
            reduced.push_str(line);
            reduced.push('\n');
            continue;
        }
        if keep {
            reduced.push_str(line);
            reduced.push('\n');
        }
        while let Some(frame) = lines.next_if(|line| is_frame(line) || line.starts_with("--- the last ")) {
            let place = lines.next_if(|line| line.trim_start().starts_with("@ "));
            if let (true, Some(own)) = (keep, place.and_then(|place| own_frame(frame, place))) {
                reduced.push_str(&own);
            }
        }
    }
    reduced
}

/// ` [12] f(x::Int64)`.
fn is_frame(line: &str) -> bool {
    let number = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("] "));
    number.is_some_and(|(number, _)| line.starts_with(' ') && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn own_frame(frame: &str, place: &str) -> Option<String> {
    let name = frame.split_once("] ")?.1;
    let name = if name.starts_with("(::") { "closure" } else { name.split('(').next()?.trim_end() };
    let place = place.trim_end_matches(" [inlined]").rsplit(' ').next()?;
    let is_own = place.contains(".jl:") && !place.starts_with("./") && !place.starts_with('/');
    is_own.then(|| format!("  {name} {place}\n"))
}

#[cfg(test)]
mod tests {
    use super::reduce;

    const TEXT: &str = "ERROR: LoadError: boom
Stacktrace:
  [1] error(s::String)
    @ Base ./errors.jl:24
  [2] f
    @ program.jl:1 [inlined]
  [3] (::var\"#1#2\")(x::Int64) (repeats 3 times)
    @ Main program.jl:2
--- the last 2 lines are repeated 3 more times ---
 [10] top-level scope
    @ program.jl:3
in expression starting at program.jl:3
";

    #[test]
    fn frames_of_the_program_stay() {
        let expected = "ERROR: LoadError: boom
Stacktrace:
  f program.jl:1
  closure program.jl:2
  top-level scope program.jl:3
in expression starting at program.jl:3
";
        assert_eq!(reduce(TEXT, true), expected);
    }

    #[test]
    fn traces_are_left_out() {
        let left = "ERROR: LoadError: boom\nin expression starting at program.jl:3\n";
        assert_eq!(reduce(TEXT, false), left);
        // Tables of tests print them further to the right.
        let indented = |text: &str| text.lines().map(|line| format!("  {line}\n")).collect::<String>();
        let own = TEXT.replace("--- the last 2 lines are repeated 3 more times ---\n", "");
        assert_eq!(reduce(&indented(&own), false), indented(left));
    }

    #[test]
    fn traces_that_are_indented_keep_their_indentation() {
        let text = "  Stacktrace:\n    [1] f\n      @ program.jl:1 [inlined]\n";
        assert_eq!(reduce(text, true), "  Stacktrace:\n  f program.jl:1\n");
    }
}
