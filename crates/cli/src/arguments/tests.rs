//! Command lines and what they are read as.

use tintype_engine::{CompileMode, TraceTarget};

use super::*;

fn read(line: &str) -> Result<Command, Usage> {
    parse(line.split_whitespace().map(OsString::from))
}

fn run(line: &str) -> RunArguments {
    match read(line) {
        Ok(Command::Run(run)) => *run,
        other => panic!("`{line}`: expected a program to run, found {other:?}"),
    }
}

fn refused(line: &str) -> String {
    read(line).expect_err(line).to_string()
}

#[test]
fn options_end_at_the_program() {
    let arguments = run("-O1 --verbose fib.jl -O3 --help -- x");
    assert_eq!(arguments.optimize, Some(1));
    assert!(arguments.verbose);
    assert_eq!(arguments.input, Input::File("fib.jl".into()));
    assert_eq!(arguments.program_args, ["-O3", "--help", "--", "x"]);
}

#[test]
fn two_dashes_end_options_and_the_program_follows() {
    let arguments = run("-O1 -- -odd.jl --verbose");
    assert_eq!(arguments.input, Input::File("-odd.jl".into()));
    assert_eq!(arguments.program_args, ["--verbose"]);
}

#[test]
fn expressions_add_up_and_arguments_follow() {
    let arguments = run("-e f(1) --eval=g(2) a -e b");
    assert_eq!(arguments.input, Input::Text("f(1)\ng(2)".to_owned()));
    assert_eq!(arguments.program_args, ["a", "-e", "b"]);
}

#[test]
fn optimization_level_is_attached_as_in_julia() {
    assert_eq!(run("-O0 f.jl").optimize, Some(0));
    assert_eq!(run("--optimize=2 f.jl").optimize, Some(2));
    let bare = run("-O 2.jl");
    assert_eq!((bare.optimize, bare.input), (Some(3), Input::File("2.jl".into())));
    assert_eq!(refused("-O4 f.jl"), "-O, --optimize: expected one of 0, 1, 2, 3, found `4`");
}

#[test]
fn values_may_be_attached_or_apart() {
    for line in ["-Cgeneric f.jl", "-C generic f.jl", "--cpu-target=generic f.jl", "--cpu-target generic f.jl"] {
        assert_eq!(run(line).cpu_target.as_deref(), Some("generic"), "{line}");
    }
    for line in ["-Jbase.so f.jl", "-J base.so f.jl", "--sysimage=base.so f.jl"] {
        assert_eq!(run(line).image, Some("base.so".into()), "{line}");
    }
}

#[test]
fn an_image_stands_for_its_program() {
    let arguments = run("-O1 nbody.so 100 -x");
    assert_eq!((arguments.image, arguments.input), (Some("nbody.so".into()), Input::Image));
    assert_eq!(arguments.program_args, ["100", "-x"]);
    assert_eq!(run("-J nbody.so").input, Input::Image);
    assert!(refused("-J a.so b.so").starts_with("two images"));
}

#[test]
fn nothing_to_run_is_the_prompt() {
    for line in ["", "-i", "-q", "--verbose"] {
        assert_eq!(run(line).input, Input::Image, "{line}");
    }
    let arguments = run("-i f.jl -i");
    assert!(arguments.interactive);
    assert_eq!((arguments.input, arguments.program_args), (Input::File("f.jl".into()), vec!["-i".to_owned()]));
    assert_eq!(run("-E 1+1").input, Input::Text("show(begin\n1+1\nend)\nprintln()".to_owned()));
}

#[test]
fn sizes_have_units() {
    for (text, bytes) in [("1000", 1000), ("64M", 64 << 20), ("1.5G", 3 << 29), ("2kb", 2048), ("1TiB", 1 << 40)] {
        assert_eq!(run(&format!("--heap-size-hint={text} f.jl")).heap_size_hint, Some(bytes), "{text}");
    }
    for text in ["", "M", "0", "-1", "64X", "1e3", "9999999T"] {
        assert!(refused(&format!("--heap-size-hint={text} f.jl")).contains("expected a size"), "{text}");
    }
}

#[test]
fn words_are_checked() {
    assert_eq!(run("--compile=min f.jl").compile, Some(CompileMode::Min));
    assert_eq!(run("--check-bounds=auto f.jl").check_bounds, Some(None));
    assert_eq!(run("--trace-compile=stderr f.jl").trace_compile, Some(TraceTarget::Stderr));
    assert_eq!(run("--trace-compile=t.txt f.jl").trace_compile, Some(TraceTarget::File("t.txt".into())));
    assert_eq!(refused("--compile=some f.jl"), "--compile: expected one of yes, no, min, all, found `some`");
}

#[test]
fn mistakes_and_missing_features_are_told_apart() {
    for line in ["--nonsense f.jl", "-Z f.jl", "-J", "--verbose=1 f.jl", "inspect", "build-image f.jl", "inspect a b"] {
        assert!(matches!(read(line), Err(Usage::Mistake(_))), "{line}");
    }
    for line in ["--project=. f.jl", "-t4 f.jl", "pkg add X", "--trace-dispatch=stderr f.jl"] {
        assert!(matches!(read(line), Err(Usage::Unsupported(_))), "{line}");
    }
    assert_eq!(refused("--project f.jl"), "option `--project`: not supported yet");
}

#[test]
fn building_takes_its_options_anywhere() {
    let line = "build-image --threads 2 fib.jl -o fib.so -C generic;haswell --shards=4 --workload w.jl --workload v.jl";
    let Ok(Command::BuildImage(build)) = read(line) else { panic!("{line}") };
    assert_eq!((build.input, build.output), (Some("fib.jl".into()), "fib.so".into()));
    assert_eq!((build.threads, build.shards), (Some(2), Some(4)));
    assert_eq!(build.cpu_target.as_deref(), Some("generic;haswell"));
    assert_eq!(build.workload.len(), 2);
    for (line, expected) in [
        ("build-image f.jl -o f.so --linker lld", "build-image: the linker `lld`: not supported yet"),
        ("build-image f.jl -o f.so --linker x", "--linker: expected one of wild, lld, cc, found `x`"),
        ("build-image f.jl -o f.so --threads 0", "--threads: expected a number of at least 1, found `0`"),
        ("build-image f.jl -o f.so --output-asm a", "build-image: option `--output-asm`: not supported yet"),
        ("build-image -o f.so", "build-image: give a FILE.jl, or `--base` for the base library's image"),
    ] {
        assert_eq!(refused(line), expected);
    }
}

#[test]
fn help_and_version_need_nothing_else() {
    assert!(matches!(read("--help"), Ok(Command::Help(Topic::Run))));
    assert!(matches!(read("build-image -h"), Ok(Command::Help(Topic::BuildImage))));
    assert!(matches!(read("inspect --help"), Ok(Command::Help(Topic::Inspect))));
    assert!(matches!(read("-v"), Ok(Command::Version)));
    assert!(matches!(read("-C help"), Ok(Command::CpuHelp)));
    assert!(matches!(read("--dump-expr f.jl"), Ok(Command::DumpExpr(_))));
}
