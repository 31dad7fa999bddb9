//! What opening an image costs: time, page faults and system calls' share, the file being in the page cache.
//!
//! `cargo run -p tintype-loader --example open_cost [FUNCTIONS]` builds a system image for three targets with that many
//! functions, then opens it again and again, each time as a process would that starts from it: a file that was verified
//! before, at its preferred address. It prints medians.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use tintype_emit::{EmitOptions, EmitRequest, emit_image};
use tintype_image::{ImageKind, VerifiedRecords};
use tintype_ir::abi::RuntimeAbi;
use tintype_ir::text::parse_module;
use tintype_loader::{OpenOptions, open};
use tintype_target::{Host, Spec};

const TARGETS: &str = "generic;sandybridge,clone_all;haswell,base(1)";
const OPENINGS: usize = 101;

fn main() {
    let n_functions = std::env::args().nth(1).map_or(1000, |arg| arg.parse().expect("a number"));
    let abi = Arc::new(RuntimeAbi::bare());
    let directory = tempfile::tempdir().expect("a place for temporary files");
    let output = directory.path().join("system.so");
    let report = emit_image(EmitRequest {
        module: parse_module(&program(n_functions), abi.clone()).expect("the program is valid"),
        targets: Spec::parse(TARGETS, &Host::detect()).expect("the spec is valid"),
        spec: TARGETS.to_owned(),
        kind: ImageKind::System,
        name: "system".to_owned(),
        heap: None,
        parents: Vec::new(),
        meta: (0..50).map(|n| (format!("blob{n}"), vec![n; 100])).collect(),
        layout_hash: 0,
        options: EmitOptions { threads: 2, verify: false, ..EmitOptions::new(&output) },
    })
    .expect("the module is emitted");
    println!("{} functions, {} shards, {} KiB", report.functions, report.shards.len(), report.file_bytes >> 10);

    let host = Host::detect();
    let records = VerifiedRecords::new(directory.path().join("records"));
    let options = OpenOptions { records: Some(&records), ..OpenOptions::new(&host, abi.hash()) };
    let mut measured: Vec<[u128; 3]> = (0..OPENINGS)
        .map(|_| {
            let (start, faults) = (Instant::now(), page_faults());
            let image = open(&output, &options).expect("the image loads");
            let opened = start.elapsed().as_nanos();
            // What a start does next: the entry points, and the tables to unwind through them.
            assert!(image.function_address(0).is_some() && image.code_ranges().count() == 2);
            let used = start.elapsed().as_nanos();
            let measured = [opened, used, u128::from(page_faults() - faults)];
            // SAFETY: nothing refers to the image.
            unsafe { image.unload() };
            measured
        })
        .collect();
    let mut median = |column: usize| {
        measured.sort_by_key(|row| row[column]);
        measured[OPENINGS / 2][column]
    };
    let (opened, used, faults) = (median(0), median(1), median(2));
    println!(
        "opened in {:.1} us, first function after {:.1} us, {faults} page faults",
        opened as f64 / 1e3,
        used as f64 / 1e3
    );
}

/// Page faults of this process so far.
fn page_faults() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the process has a description");
    let after_name = stat.rsplit(')').next().expect("the name is in parentheses");
    after_name.split_whitespace().nth(7).and_then(|field| field.parse().ok()).expect("a count")
}

/// Functions with a loop, each calling the one before.
fn program(n_functions: usize) -> String {
    let mut text = String::new();
    for n in 0..n_functions {
        let before = n.saturating_sub(1);
        write!(
            text,
            "function %f{n}(i64) -> i64 {{\nblock0(v0: i64):\n    v1 = iconst.i64 {n}\n    v2 = iconst.i64 1\n\
             jump block1(v1)\nblock1(v3: i64):\n    v4 = icmp slt v3, v0\n    branch v4, block2, block3\n\
             block2:\n    v5 = iadd v3, v2\n    v6 = call %f{before}(v5)\n    v7 = iadd v6, v2\n    jump block1(v7)\n\
             block3:\n    return v3\n}}\n"
        )
        .expect("a string grows");
    }
    text
}
