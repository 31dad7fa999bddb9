//! The built command: statuses, texts, and what starting it costs. What needs an image is tested by `cargo xtask test`,
//! which has one.

use std::path::Path;
use std::process::{Command, Output};

fn tintype(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tintype")).args(arguments).output().expect("the command starts")
}

#[track_caller]
fn check(arguments: &[&str], status: i32, stdout_part: &str, stderr_part: &str) {
    let output = tintype(arguments);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let holds = output.status.code() == Some(status) && stdout.contains(stdout_part) && stderr.contains(stderr_part);
    assert!(holds, "tintype {arguments:?}: {:?}\nstdout: {stdout}\nstderr: {stderr}", output.status);
}

#[test]
fn texts_are_printed_with_status_0() {
    check(&["--version"], 0, concat!("tintype version ", env!("CARGO_PKG_VERSION"), "\n"), "");
    check(&["--help"], 0, "tintype [OPTIONS] FILE.jl [ARGS]", "");
    check(&["build-image", "--help"], 0, "--precompile-statements FILE", "");
    check(&["inspect", "--help"], 0, "--verify", "");
    check(&["-C", "help"], 0, "CPUs of ", "");
}

#[test]
fn mistakes_in_the_command_line_have_status_2() {
    check(&["--nonsense"], 2, "", "tintype: unknown option `--nonsense`\nTry `tintype --help`.\n");
    check(&["pkg", "add", "X"], 2, "", "tintype: `tintype pkg`: not supported yet\n");
}

#[test]
fn expressions_are_printed_and_syntax_errors_have_status_1() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let good = write("good.jl", "x = 1 + 2\n\n@f begin x end\n");
    let expected = "(:(=), :x, (:call, :+, 1, 2))\n(:macrocall, Symbol(\"@f\"), (:block, :x))\n";
    check(&["--dump-expr", &good], 0, expected, "");
    check(&["--dump-expr", &write("bad.jl", "x = (1\n")], 1, "", "bad.jl:");
    check(&["--dump-expr", "/nonexistent.jl"], 1, "", "/nonexistent.jl: No such file");
}

#[test]
fn files_that_are_no_image_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, reason) in [
        ("empty.so", &b""[..], "the file is empty"),
        ("text.so", &b"hello, this is text\n"[..], "expected an ELF file"),
        ("magic.so", &b"\x7fELF\x02\x01\x01"[..], "truncated"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        check(&["inspect", &path.display().to_string()], 1, "", reason);
    }
    // The command itself is an ELF file, and no image.
    check(&["inspect", env!("CARGO_BIN_EXE_tintype")], 1, "", "not an image");
    check(&["inspect", "/"], 1, "", "not a regular file");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tintype"))
        .arg("--help")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

/// What the dynamic loader does before `main` is on the way of every start.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[test]
fn the_executable_has_few_dynamic_relocations() {
    let bytes = std::fs::read(Path::new(env!("CARGO_BIN_EXE_tintype"))).unwrap();
    let count = dynamic_relocations(&bytes);
    assert!(count < 300, "expected fewer than 300 dynamic relocations, found {count}; see crates/cli/build.rs");
}

/// Entries of all allocated `SHT_RELA` sections of an ELF file.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
fn dynamic_relocations(bytes: &[u8]) -> u64 {
    let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    let half = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap());
    let (table, entry_bytes, count) = (word(0x28) as usize, half(0x3a) as usize, half(0x3c) as usize);
    let sections = (0..count).map(|index| table + index * entry_bytes);
    let is_allocated_rela =
        |section: &usize| bytes[section + 4..section + 8] == [4, 0, 0, 0] && word(section + 8) & 2 != 0;
    sections.filter(is_allocated_rela).map(|section| word(section + 0x20) / 24).sum()
}

#[test]
fn programs_run_with_their_arguments_and_status() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.jl").display().to_string();
    std::fs::write(&path, "function (@main)(args)\n    println(args)\n    return length(args)\nend\n").unwrap();
    check(&[&path], 0, "String[]\n", "");
    check(&["--compile=min", &path, "-O2", "--"], 2, "[\"-O2\", \"--\"]\n", "");
    check(&["-e", "println(6 * 7)"], 0, "42\n", "");
    check(&["-e", "x = 20", "-e", "println(x + 1)"], 0, "21\n", "");
    check(&["-e", "exit(3)"], 3, "", "");
}

#[test]
fn bounds_are_checked_as_the_option_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.jl").display().to_string();
    let text = "\
        @inline function at(v, i)\n    @boundscheck i <= length(v) || error(\"checked\")\n    return i\nend\n\
        plain(v, i) = at(v, i)\n\
        marked(v, i) = @inbounds at(v, i)\n\
        Base.@propagate_inbounds passed_on(v, i) = at(v, i)\n\
        twice(v, i) = @inbounds passed_on(v, i)\n\
        for f in (plain, marked, twice)\n    println(try f([1], 2) catch; 0 end)\nend\n";
    std::fs::write(&path, text).unwrap();
    check(&[&path], 0, "0\n2\n2\n", "");
    check(&["--check-bounds=yes", &path], 0, "0\n0\n0\n", "");
    check(&["--check-bounds=no", &path], 0, "2\n2\n2\n", "");
}

#[test]
fn what_stops_a_program_is_told_with_status_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.jl").display().to_string();
    std::fs::write(&path, "println(1)\nerror(\"boom\")\n").unwrap();
    check(&[&path], 1, "1\n", "ERROR: LoadError: boom");
    std::fs::write(&path, "x = (1\n").unwrap();
    check(&[&path], 1, "", "program.jl:1:5");
    check(&["/nonexistent.jl"], 1, "", "No such file or directory");
}

#[test]
fn figures_of_the_collector_are_printed_when_asked_for() {
    check(&["--gc-stats", "-e", "println(1)"], 0, "1\n", "bytes allocated");
}
