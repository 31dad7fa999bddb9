//! The prompt, fed from a pipe, and interruptions.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tintype"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts")
}

fn typed(arguments: &[&str], text: &str) -> Output {
    let mut child = start(arguments);
    child.stdin.take().expect("stdin is a pipe").write_all(text.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[track_caller]
fn check(arguments: &[&str], text: &str, status: i32, stdout: &str, stderr_part: &str) {
    let output = typed(arguments, text);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(out, stdout, "{text}\nstderr: {err}");
    assert!(err.contains(stderr_part), "{text}\nstderr: {err}");
    assert_eq!(output.status.code(), Some(status), "{text}\nstderr: {err}");
}

#[test]
fn values_are_shown_and_remembered() {
    check(&["-i"], "1 + 1\nans * 3\nx = 5;\nnothing\nx\n", 0, "2\n6\n5\n", "");
    check(&[], "\"text\"\n", 0, "\"text\"\n", "");
}

#[test]
fn an_input_goes_on_until_it_is_complete() {
    check(&["-i"], "function f(x)\n    x + 1\nend;\nf(\n2)\n", 0, "3\n", "");
    check(&["-i"], "s = 0;\nfor k in 1:3\n    s += k\nend\ns\n", 0, "6\n", "");
}

#[test]
fn errors_do_not_end_the_session() {
    check(&["-i"], "error(\"boom\")\n2\n", 0, "2\n", "ERROR: boom\nStacktrace:\n [1] error(s::String)\n");
    check(&["-i"], "f(x) = x + undefined_name;\nf(1)\n3\n", 0, "3\n", "] f(x::Int64)\n   @ Main REPL[1]:1\n");
    check(&["-i"], "x = )\n4\n", 0, "4\n", "REPL[1]:1:5");
    check(&["-i"], "(1, 2\n", 0, "", "REPL[1]");
    check(&["-i"], "; ls\n5\n", 0, "5\n", "shell mode is not supported yet");
}

#[test]
fn the_prompt_comes_after_a_program_and_ends_with_exit() {
    check(&["-i", "-e", "y = 4; println(isinteractive())"], "y\nisinteractive()\n", 0, "false\n4\ntrue\n", "");
    check(&["-i"], "atexit(() -> println(\"bye\"))\nexit(3)\n1\n", 3, "bye\n", "");
    check(&["-E", "1 + 2"], "", 0, "3\n", "");
}

#[test]
fn programs_read_standard_input() {
    let program = "println(readline(), eof(stdin), readlines(), eof(stdin), repr(readline()))";
    check(&["-e", program], "a\nb\nc", 0, "afalse[\"b\", \"c\"]true\"\"\n", "");
}

#[test]
fn arguments_and_hooks_are_those_of_the_program() {
    check(
        &["-e", "println(ARGS); atexit(() -> println(1)); atexit(() -> println(2))", "a", "b"],
        "",
        0,
        "[\"a\", \"b\"]\n2\n1\n",
        "",
    );
    check(&["-e", "atexit(() -> println(\"end\")); error(\"x\")"], "", 1, "end\n", "ERROR: x\nStacktrace:");
}

/// Starts a program, waits for its first line, interrupts it, and gives its status and what it wrote.
fn interrupted(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut child = start(arguments);
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("it writes");
    assert_eq!(line, "ready\n");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill exists");
    assert!(killed.success());
    let (mut rest, mut stderr) = (String::new(), String::new());
    stdout.read_to_string(&mut rest).expect("it ends");
    child.stderr.take().expect("stderr is a pipe").read_to_string(&mut stderr).expect("it ends");
    (child.wait().expect("it ends").code(), rest, stderr)
}

const ENDLESS: &str = "function spin()
    n = 0
    println(\"ready\")
    flush(stdout)
    while true
        n += 1
    end
end
";

#[test]
fn an_interruption_ends_what_runs_in_every_mode() {
    for mode in ["--compile=min", "-O0", "-O2"] {
        let (status, _, stderr) = interrupted(&[mode, "-e", &format!("{ENDLESS}spin()")]);
        assert_eq!(status, Some(130), "{mode}: {stderr}");
        assert!(stderr.contains("InterruptException:\nStacktrace:\n"), "{mode}: {stderr}");
        let caught = format!("{ENDLESS}try; spin(); catch e; println(e isa InterruptException); end");
        assert_eq!(interrupted(&[mode, "-e", &caught]), (Some(0), "true\n".to_owned(), String::new()), "{mode}");
    }
}
