//! What an image holds, as text for people.

use std::fmt::Write;

use tintype_image::{CheckBounds, META_SECTION_PREFIX, SlotAddressing};
use tintype_target::{TargetSpec, is_full};

use super::facts::Facts;
use crate::arguments::View;

/// The summary, then the views asked for, or the targets if none was.
pub fn render(facts: &Facts, views: &[View]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = summary(facts, &mut out);
    let views = if views.is_empty() { &[View::Targets] } else { views };
    for view in views {
        let _ = match view {
            View::Targets => targets(facts, &mut out),
            View::Functions => functions(facts, &mut out),
            View::Heap => heap(facts, &mut out),
            View::Edges => edges(facts, &mut out),
        };
    }
    let _ = verification(facts, &mut out);
    out
}

fn row(out: &mut String, name: &str, value: impl std::fmt::Display) -> std::fmt::Result {
    writeln!(out, "{name:<17} {value}")
}

fn summary(facts: &Facts, out: &mut String) -> std::fmt::Result {
    let header = &facts.header;
    row(out, "image", facts.path.display())?;
    row(out, "kind", header.kind)?;
    row(out, "name", &header.name)?;
    row(out, "build id", format_args!("{:032x}", header.build_id))?;
    row(out, "checksum", format_args!("{:016x}", header.file_checksum))?;
    row(out, "platform", &header.triple)?;
    row(out, "targets", format_args!("{}, from `{}`", header.targets.len(), header.spec))?;
    row(out, "options", options(facts))?;
    row(out, "shards", header.shard_count)?;
    row(out, "functions", header.function_count)?;
    row(out, "relocation slots", facts.tables.relocation_slots)?;
    row(out, "support", format_args!("{} functions", facts.tables.support_functions))?;
    row(out, "slots", format_args!("{}, {}", header.slot_count, addressing(header.slot_addressing)))?;
    row(out, "code", bytes(facts.code_bytes()))?;
    match &header.heap {
        Some(heap) => row(
            out,
            "heap segment",
            format_args!("{} at {:#x}, {} objects", bytes(heap.length), heap.preferred_base, heap.n_objects),
        )?,
        None => row(out, "heap segment", "none")?,
    }
    row(out, "file", bytes(header.file_length))?;
    row(out, "interfaces", format_args!("run time {:016x}, layouts {:016x}", header.abi_hash, header.layout_hash))?;
    for parent in &header.parents {
        row(
            out,
            "parent",
            format_args!(
                "{} {:032x}, {} at {:#x}",
                parent.name,
                parent.build_id,
                bytes(parent.length),
                parent.preferred_base
            ),
        )?;
    }
    Ok(())
}

fn options(facts: &Facts) -> String {
    let options = &facts.header.options;
    let bounds = check_bounds(options.check_bounds);
    format!("-O{}, --check-bounds={bounds}, debug level {}", options.optimization_level, options.debug_level)
}

/// The word of `--check-bounds`.
pub fn check_bounds(value: CheckBounds) -> &'static str {
    match value {
        CheckBounds::Auto => "auto",
        CheckBounds::Yes => "yes",
        CheckBounds::No => "no",
    }
}

/// How slots are addressed, in a word.
pub fn addressing(value: SlotAddressing) -> &'static str {
    match value {
        SlotAddressing::Single => "single",
        SlotAddressing::PerContext => "per context",
    }
}

/// What kind of clone a target is.
pub fn clone_kind(targets: &[TargetSpec], index: usize) -> String {
    match targets[index].base {
        _ if index == 0 => "first, every function".to_owned(),
        _ if is_full(targets, index) => "full clone".to_owned(),
        base => format!("partial clone on {}", base.unwrap_or(0)),
    }
}

fn targets(facts: &Facts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\ntargets, and what this machine makes of them:")?;
    for (index, target) in facts.header.targets.iter().enumerate() {
        writeln!(out, "  {index}  {target}")?;
        writeln!(out, "     {}; {}", clone_kind(&facts.header.targets, index), facts.verdicts[index])?;
        let (versions, code) = (facts.tables.versions[index], bytes(facts.tables.code_bytes[index]));
        writeln!(out, "     {versions} versions of functions, {code} of code")?;
    }
    Ok(())
}

fn functions(facts: &Facts, out: &mut String) -> std::fmt::Result {
    let tables = &facts.tables;
    writeln!(out, "\nshards, with bytes of code for each target:")?;
    for (index, shard) in tables.shards.iter().enumerate() {
        let end = shard.first.saturating_add(shard.count);
        let sizes: Vec<String> = shard.code_bytes.iter().map(u64::to_string).collect();
        writeln!(out, "  {index}  functions {}..{end}: {}", shard.first, sizes.join(", "))?;
    }
    writeln!(out, "\nfunctions, with bytes of their version for each target:")?;
    for function in &tables.functions {
        let size = |version: &Option<u32>| version.map_or_else(|| "-".to_owned(), |size| size.to_string());
        let sizes: Vec<String> = function.versions.iter().map(size).collect();
        writeln!(out, "  {:<6} {}: {}", function.id, function.name, sizes.join(", "))?;
    }
    Ok(())
}

fn heap(facts: &Facts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nheap segment:")?;
    let (Some(heap), Some(contents)) = (&facts.header.heap, &facts.heap_contents) else {
        return writeln!(out, "  none");
    };
    writeln!(out, "  preferred base       {:#x}", heap.preferred_base)?;
    writeln!(out, "  length               {}", bytes(heap.length))?;
    writeln!(out, "  objects              {}", contents.objects)?;
    writeln!(out, "  roots                {}", heap.roots.len())?;
    writeln!(out, "  references within    {}", contents.own_references)?;
    for (parent, count) in facts.header.parents.iter().zip(&contents.parent_references) {
        writeln!(out, "  references to {:<6} {count}", parent.name)?;
    }
    Ok(())
}

fn edges(facts: &Facts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nmetadata:")?;
    for section in &facts.sections {
        if let Some(name) = section.name.strip_prefix(META_SECTION_PREFIX) {
            writeln!(out, "  {name:<24} {:>12}", bytes(section.size))?;
        }
    }
    Ok(())
}

fn verification(facts: &Facts, out: &mut String) -> std::fmt::Result {
    let Some(verified) = &facts.verified else { return Ok(()) };
    write!(out, "\nverified: {} match the checksum", bytes(verified.file_bytes))?;
    if let Some(objects) = verified.objects {
        write!(out, "; {objects} objects with {} references are sound", verified.references)?;
    }
    writeln!(out)
}

/// A number of bytes, with thousands apart.
fn bytes(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + " bytes"
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_apart() {
        let texts = [0, 999, 1000, 12_345_678].map(super::bytes);
        assert_eq!(texts, ["0 bytes", "999 bytes", "1,000 bytes", "12,345,678 bytes"]);
    }
}
