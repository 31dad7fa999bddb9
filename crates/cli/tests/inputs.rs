//! Files of every kind given to the command: each ends in success or in a clear message with status 1, never in a panic or
//! a signal. Nothing here needs an image.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tintype(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tintype")).args(arguments).output().expect("the command starts")
}

/// A folder with one file in it.
fn file(bytes: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.jl");
    std::fs::write(&path, bytes).unwrap();
    let path = path.display().to_string();
    (folder, path)
}

#[track_caller]
fn check(bytes: &[u8], status: i32, stdout_part: &str, stderr_part: &str) {
    let (_folder, path) = file(bytes);
    check_path(Path::new(&path), status, stdout_part, stderr_part);
}

#[track_caller]
fn check_path(path: &Path, status: i32, stdout_part: &str, stderr_part: &str) {
    let output = tintype(&["--compile=min", &path.display().to_string()]);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let holds = output.status.code() == Some(status) && stdout.contains(stdout_part) && stderr.contains(stderr_part);
    let shown: String = stderr.chars().take(2000).collect();
    assert!(holds && !stderr.contains("panicked"), "{:?}\nstdout: {stdout}\nstderr: {shown}", output.status);
}

#[test]
fn encodings() {
    check(b"", 0, "", "");
    check(b"\xef\xbb\xbfprintln(1)\n", 0, "1\n", "");
    check(b"x = 1\r\nprintln(x)\r\n", 0, "1\n", "");
    check(b"x = \"\xff\xfe\"\n", 1, "", "UTF-8");
    check(b"println(1)\0\n", 1, "", "program.jl:1:11");
}

#[test]
fn what_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    check_path(folder.path(), 1, "", "directory");
    check_path(&PathBuf::from("/nonexistent.jl"), 1, "", "No such file");
    check_path(Path::new("/dev/null"), 0, "", "");
}

#[test]
fn syntax_errors_show_the_line() {
    check(b"x = 1\ny = (x +\n", 1, "", "program.jl:2");
    check(b"end\n", 1, "", "unexpected `end`");
}

#[test]
fn deep_and_long_texts() {
    let deep = |opener: &str| check(opener.repeat(300_000).as_bytes(), 1, "", "nested too deeply");
    for opener in ["(", "[", "begin ", "- ", "f(", "a ? b : ", "\"$(", "f() do ", "if a "] {
        deep(opener);
    }
    // Parsed in a loop, and nested by lowering.
    check(format!("a = 1\na{}", " < a".repeat(300_000)).as_bytes(), 1, "", "nested too deeply");
    check(format!("for {}i in 1 end", "i in 1, ".repeat(300_000)).as_bytes(), 1, "", "nested too deeply");
    check(format!("a = 1\nb = a{}\nprintln(b)", " + a".repeat(20_000)).as_bytes(), 0, "20001\n", "");
}

#[test]
fn a_file_of_50_megabytes() {
    let line = "# a comment that is long enough to be a line of a program of some size, say eighty\n";
    let valid = line.repeat(50_000_000 / line.len()) + "println(\"done\")\n";
    check(valid.as_bytes(), 0, "done\n", "");
    check((valid + "x = (\n").as_bytes(), 1, "", "program.jl:");
}
