//! `tintype inspect` on images made here from IR: what it shows, and that damage is told from sound files. Images with a
//! heap segment are inspected by `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use tintype_emit::{EmitOptions, EmitRequest, emit_image};
use tintype_image::ImageKind;
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::text::parse_module;
use tintype_target::{Arch, Host, Spec};

const TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1)";

/// A loop, which is cloned for every target, and a caller, which is not for the partial one.
const PROGRAM: &str = r#"
function %sum(i64) -> i64 {
block0(v0: i64):
    v1 = iconst.i64 0
    jump block1(v1, v1)
block1(v2: i64, v3: i64):
    v4 = icmp slt v2, v0
    branch v4, block2, block3
block2:
    v5 = iadd v3, v2
    v6 = iconst.i64 1
    v7 = iadd v2, v6
    jump block1(v7, v5)
block3:
    return v3
}
function %plain(i64) -> i64 {
block0(v0: i64):
    v1 = iadd v0, v0
    return v1
}
"#;

fn build(folder: &Path) -> PathBuf {
    let output = folder.join("program.so");
    let request = EmitRequest {
        module: parse_module(PROGRAM, Arc::new(RuntimeAbi::bare())).unwrap_or_else(|error| panic!("{error}")),
        targets: Spec::parse(TARGETS, &Host::baseline(Arch::X86_64)).unwrap(),
        spec: TARGETS.to_owned(),
        kind: ImageKind::Program,
        name: "program".to_owned(),
        heap: None,
        parents: Vec::new(),
        meta: vec![("notes".to_owned(), b"some notes".to_vec())],
        layout_hash: 0,
        options: EmitOptions { threads: 1, ..EmitOptions::new(&output) },
    };
    emit_image(request).unwrap_or_else(|error| panic!("{error}"));
    output
}

fn inspect(image: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintype"));
    command.arg("inspect").args(options).arg(image).env("TINTYPE_CPU_FEATURES", "-avx2");
    command.output().expect("the command starts")
}

fn shown(image: &Path, options: &[&str]) -> String {
    let output = inspect(image, options);
    assert!(output.status.success(), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_summary_and_every_view() {
    let folder = tempfile::tempdir().unwrap();
    let image = build(folder.path());
    let text = shown(&image, &[]);
    for part in ["program image", TARGETS, "functions         2\n", "haswell", "partial clone on 1", "rejected"] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    let functions = shown(&image, &["--functions"]);
    assert!(functions.contains("sum: ") && functions.contains("0  functions 0..2"), "{functions}");
    assert!(shown(&image, &["--heap"]).contains("none"));
    assert!(shown(&image, &["--verify"]).contains("match the checksum"));
}

#[test]
fn json_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let facts: serde_json::Value = serde_json::from_str(&shown(&build(folder.path()), &["--json"])).unwrap();
    assert_eq!(facts["functions"], 2);
    assert_eq!(facts["kind"], "program image");
    assert!(facts["code_bytes"].as_u64().is_some_and(|bytes| bytes > 0), "{}", facts["code_bytes"]);
    let versions: Vec<u64> =
        facts["targets"].as_array().unwrap().iter().map(|target| target["versions"].as_u64().unwrap()).collect();
    assert_eq!(versions[..2], [2, 2]);
    assert!(versions[2] < 2, "{versions:?}");
    let sum = &facts["function_list"][0];
    assert_eq!(sum["name"], "sum");
    assert!(sum["version_bytes"][0].as_u64().is_some_and(|bytes| bytes > 0), "{sum}");
    // With AVX2 hidden, the last target is out wherever this runs.
    assert_eq!(facts["targets"][2]["chosen"], false);
}

#[test]
fn a_flipped_byte_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let image = build(folder.path());
    let bytes = std::fs::read(&image).unwrap();
    for place in (0..bytes.len()).step_by(bytes.len() / 60) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x10;
        std::fs::write(&image, damaged).unwrap();
        let output = inspect(&image, &["--verify"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "byte {place}: {stderr}");
        assert!(stderr.starts_with("ERROR: ") && !stderr.contains("panicked"), "byte {place}: {stderr}");
        // Without a pass over the whole, damage may go unseen, but never crashes.
        let code = inspect(&image, &["--functions", "--heap"]).status.code();
        assert!(matches!(code, Some(0 | 1)), "byte {place}: {code:?}");
    }
}
