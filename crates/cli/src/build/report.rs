//! What was built, in figures: a table for people, JSON for programs, and timings.

use std::fmt::Write;

use serde_json::json;
use tintype_engine::BuildReport;

/// Seconds of each phase, in order: what came before emission, then emission's own.
fn phases(report: &BuildReport) -> Vec<(&'static str, f64)> {
    let emission = report.emit.phases.iter().map(|(name, time)| (name, time.as_secs_f64()));
    report.phases.iter().copied().chain(emission).collect()
}

/// The figures, a line each.
pub fn text(report: &BuildReport) -> String {
    let emit = &report.emit;
    let mut out = String::new();
    let mut row = |name: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{name:<16} {value}");
    };
    row("methods", report.methods.to_string());
    row("code instances", report.code_instances.to_string());
    row("functions", emit.functions.to_string());
    for (index, (target, versions)) in report.targets.iter().zip(&emit.versions).enumerate() {
        row(&format!("  target {index}"), format!("{versions} versions for {target}"));
    }
    row("shards", emit.shards.len().to_string());
    row("bytes of code", emit.code_bytes.to_string());
    row("bytes of heap", emit.heap_bytes.to_string());
    row("bytes of file", emit.file_bytes.to_string());
    row("build id", format!("{:032x}", emit.build_id));
    row("seconds", format!("{:.3}", phases(report).iter().map(|(_, seconds)| seconds).sum::<f64>()));
    out
}

/// The same as one JSON object.
pub fn json(report: &BuildReport) -> String {
    let emit = &report.emit;
    let value = json!({
        "methods": report.methods,
        "code_instances": report.code_instances,
        "functions": emit.functions,
        "clones": emit.versions,
        "targets": report.targets.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "relocation_slots": emit.mv_slots,
        "shards": emit.shards.len(),
        "code_bytes": emit.code_bytes,
        "heap_bytes": emit.heap_bytes,
        "file_bytes": emit.file_bytes,
        "changed_words": report.patches,
        "build_id": format!("{:032x}", emit.build_id),
        "threads": emit.threads,
        "phases": phases(report),
        "skipped_statements": report.skipped_statements,
    });
    format!("{value:#}\n")
}

/// Seconds of each phase, then of each shard.
pub fn timings(report: &BuildReport) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for (name, seconds) in phases(report) {
        let _ = writeln!(out, "{seconds:>8.3} s  {name}");
    }
    for (index, shard) in report.emit.shards.iter().enumerate() {
        let seconds = [shard.optimise, shard.generate, shard.write].map(|time| format!("{:.3}", time.as_secs_f64()));
        let [optimise, generate, write] = seconds;
        let (functions, weight) = (shard.functions.len(), shard.weight);
        let _ = writeln!(
            out,
            "shard {index}: {functions} functions, weight {weight}, optimise {optimise} s, generate {generate} s, write {write} s"
        );
    }
    out
}
