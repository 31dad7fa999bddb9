//! No text makes the parser panic, loop or exhaust the stack: deep nesting, cut-off and random texts.

use proptest::prelude::*;
use tintype_syntax::{Diagnostic, LineIndex, Node, NodeKind, parse_all, parse_one, render, show_sexpr};

/// Runs `test` on a stack of the size that a Rust test thread has, whatever the machine's default is.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(test);
    thread.expect("a thread starts").join().expect("no panic");
}

fn errors(source: &str) -> Vec<Diagnostic> {
    parse_all(source).diagnostics
}

#[test]
fn deep_nesting_is_an_error() {
    on_small_stack(|| {
        let openers = [
            "(",
            "[",
            "{",
            "f(",
            "a[",
            "T{",
            "-",
            "!",
            "$",
            "&",
            "::",
            "<:",
            "√",
            "a=",
            "a=>",
            "x->",
            "a ? ",
            "a ? b : ",
            "a^",
            "a-->",
            "a <| ",
            "@m ",
            "@m(",
            "\"$(",
            ":(",
            "if a\n",
            "begin\n",
            "while a\n",
            "for a in b\n",
            "let\n",
            "quote\n",
            "try\n",
            "function f()\n",
            "module A\n",
            "struct A\n",
            "f() do\n",
            "f() do ",
            "return ",
            "global ",
            "a where ",
            "x::",
            "(a;",
            "(a,",
            "[a;",
            "[a ",
            "macro m()\n",
            "if a else ",
            "a.(",
            "local x = ",
            "const x = ",
            ":(:",
            "for outer ",
            "a ∈ (",
            "T[x for x in ",
            "\"\"\"$(\"$(",
            "x -> y = ",
            "abstract type ",
            "1(",
            "2",
            "'",
            "export (",
        ];
        for opener in openers {
            let found = errors(&opener.repeat(20_000));
            let benign = matches!(opener, "2" | "'");
            assert!(benign || !found.is_empty(), "{opener:?} nested deeply should be an error");
            let nested: String = opener.repeat(3000) + "x" + &")".repeat(3000);
            errors(&nested);
        }
    });
}

#[test]
fn two_tokens_in_turn_never_exhaust_the_stack_or_take_long() {
    on_small_stack(|| {
        for first in TOKENS {
            for second in TOKENS {
                errors(&format!("{first} {second} ").repeat(600));
                errors(&format!("{first}{second}").repeat(600));
            }
        }
    });
}

#[test]
fn errors_on_a_long_line_take_time_in_proportion() {
    // A second where the time is in proportion; minutes where each error looks at the whole line.
    errors(&("a ? b : c if a b ".to_owned() + &"elseif a b ".repeat(300_000) + "end"));
}

#[test]
fn long_chains_are_parsed_or_refused_without_recursion() {
    on_small_stack(|| {
        for link in [
            ".b", "-b", "/b", "[1]", "(1)", "'", "::b", " where b", " << b", "{b}", "...", ":b", "; b", "\nb", "+b",
            "*b", ",b",
        ] {
            errors(&format!("a{}", link.repeat(50_000)));
        }
        for link in [" || a", " && a", " == a", " |> a", " → a", " for x in y", "\nelseif a\n"] {
            errors(&format!("if a{}\nend", link.repeat(50_000)));
            errors(&format!("(a{})", link.repeat(50_000)));
        }
        // Chains inside chains add up.
        let mut source = "a".to_string();
        for _ in 0..190 {
            source = format!("({source}{})", ".b".repeat(1000));
        }
        assert!(!errors(&source).is_empty());
        // Flat operators may be as long as they like.
        assert_eq!(errors(&format!("a{}", " + b".repeat(100_000))), []);
        assert_eq!(errors(&format!("a{}", " || b".repeat(1000))), []);
        assert_eq!(errors(&format!("x = [{}]", "a.b.c, ".repeat(50_000))), []);
    });
}

#[test]
fn reasonable_nesting_is_parsed() {
    on_small_stack(|| {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("f(", ")"), ("begin\n", "\nend"), ("if a\n", "\nend"), ("- ", "")]
        {
            let source = open.repeat(100) + "x" + &close.repeat(100);
            assert_eq!(errors(&source), [], "{open:?}");
        }
    });
}

const SAMPLE: &str = r#"
module Sample
"A point."
struct Point{T<:Real} <: Shape
    x::T; y::T
    Point(x, y=0; z...) = new{typeof(x)}(x, y)
end
f(x::Vector{T}, y...) where {T} = [a^2 + $b for a in x, b in y if a != b]
function g!(a; key = "v: $(a[end]) $a\n", c = 'x')
    try
        for (i, j) in enumerate(a), k = 1:2:10
            i > 3 && break
            a[i, :] .+= @view(b[j]) ? x -> x' : r"re\d"i
        end
    catch e
        rethrow()
    finally
        return nothing
    end
end
let x = 0x1f, y = 1.5e3
    M = [1 2; 3 4]; q = :(x + 1); s = `ls -l`
    map(x) do v; v |> string; end
    if a elseif b else c end #= comment #= nested =# =#
end
import A.B: c, @d as @e
const t = """
    indented $x
      more
    """
end
"#;

/// Every diagnostic can be shown, and every span lies in the text.
fn check(source: &str) {
    let parsed = parse_all(source);
    for diagnostic in &parsed.diagnostics {
        assert!(render(diagnostic, "x.jl", source).contains("x.jl:"));
    }
    let lines = LineIndex::new(source);
    check_spans(&parsed.node, source, &lines);
    show_sexpr(&parsed.node, &mut String::new()).expect("writing to a string cannot fail");
    let mut offset = 0;
    while offset < source.len() {
        let (_, next, _) = parse_one(source, offset);
        assert!(next > offset && next <= source.len());
        offset = next;
    }
}

fn check_spans(node: &Node, source: &str, lines: &LineIndex) {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    assert!(start <= end && end <= source.len(), "{node:?}");
    assert!(source.is_char_boundary(start) && source.is_char_boundary(end), "{node:?}");
    if let NodeKind::Line(line) = node.kind {
        assert!(line as usize <= lines.len());
    }
    if let NodeKind::Expr(_, args) = &node.kind {
        args.iter().for_each(|arg| check_spans(arg, source, lines));
    }
}

#[test]
fn the_sample_is_sound() {
    assert_eq!(errors(SAMPLE), []);
    check(SAMPLE);
}

#[test]
fn truncated_texts() {
    for (end, _) in SAMPLE.char_indices() {
        check(&SAMPLE[..end]);
        check(&SAMPLE[end..]);
    }
}

#[test]
fn texts_with_a_piece_missing_or_changed() {
    for (at, c) in SAMPLE.char_indices() {
        let (before, after) = (&SAMPLE[..at], &SAMPLE[at + c.len_utf8()..]);
        check(&format!("{before}{after}"));
        for other in ["(", ")", "]", "\"", "'", "`", "\\", "$", "end", " ", "\n", "@", ":", ";", "é", "⊕", "."] {
            if at % 7 == other.len() % 7 {
                check(&format!("{before}{other}{after}"));
            }
        }
    }
}

/// How many random texts each test tries: 400, or what `PROPTEST_CASES` says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_characters(text in ".{0,200}") {
        check(&text);
    }

    #[test]
    fn pieces_of_programs(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..120usize), 1..12)) {
        let sources = programs();
        let mut text = String::new();
        for (source, start, length) in &cuts {
            let characters: Vec<char> = source.get(sources).chars().collect();
            let start = start.index(characters.len());
            text.extend(&characters[start..characters.len().min(start + length)]);
        }
        check(&text);
    }

    #[test]
    fn random_tokens(pieces in prop::collection::vec(prop::sample::select(TOKENS), 0..80)) {
        check(&pieces.concat());
        check(&pieces.join(" "));
    }
}

/// The test programs of the language.
fn programs() -> &'static [String] {
    static PROGRAMS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lang");
        let files =
            std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
        let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|found| found == "jl")).collect();
        files.sort();
        let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("readable"));
        texts.filter(|text| !text.is_empty()).collect()
    })
}

const TOKENS: &[&str] = &[
    "a",
    "f(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ";;",
    "\n",
    "\"",
    "\"\"\"",
    "'",
    "`",
    "$",
    "$(",
    "@",
    "@m",
    "@m(",
    ":",
    "::",
    ".",
    "..",
    "...",
    ".+",
    ".(",
    "=",
    "+=",
    "=>",
    "->",
    "-->",
    "?",
    " ? ",
    " : ",
    "||",
    "&&",
    "<",
    "<:",
    ">:",
    "in",
    "isa",
    "|>",
    "<|",
    "+",
    "-",
    "*",
    "/",
    "//",
    "<<",
    "^",
    "!",
    "√",
    "~",
    "∈",
    "÷",
    "⊕",
    "₁",
    "1",
    "1.",
    "0x",
    "1e5",
    "1f0",
    "'a'",
    "if",
    "else",
    "elseif",
    "end",
    "begin",
    "for",
    "while",
    "function",
    "macro",
    "struct",
    "mutable",
    "abstract",
    "type",
    "primitive",
    "module",
    "let",
    "do",
    "try",
    "catch",
    "finally",
    "quote",
    "return",
    "break",
    "global",
    "local",
    "const",
    "import",
    "using",
    "export",
    "where",
    "outer",
    "as",
    "var\"",
    "r\"",
    "#",
    "#=",
    "=#",
    "\\",
    "true",
    "\u{300}",
    "\u{200b}",
    "é",
    "\r\n",
    "\0",
];
