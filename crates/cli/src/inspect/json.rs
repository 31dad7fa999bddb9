//! What an image holds, as JSON for programs. Hashes and addresses are texts: they do not fit a JSON number.

use serde_json::{Value, json};
use tintype_target::{Verdict, is_full};

use super::facts::Facts;
use super::tables::{Function, Shard};
use super::text::{addressing, check_bounds};

/// One object, with a line break at its end.
pub fn render(facts: &Facts) -> String {
    let header = &facts.header;
    let mut value = json!({
        "image": facts.path.display().to_string(),
        "kind": header.kind.to_string(),
        "name": header.name,
        "build_id": format!("{:032x}", header.build_id),
        "checksum": format!("{:016x}", header.file_checksum),
        "platform": header.triple,
        "spec": header.spec,
        "targets": targets(facts),
        "options": {
            "optimization_level": header.options.optimization_level,
            "check_bounds": check_bounds(header.options.check_bounds),
            "debug_level": header.options.debug_level,
        },
        "shards": header.shard_count,
        "functions": header.function_count,
        "relocation_slots": facts.tables.relocation_slots,
        "support_functions": facts.tables.support_functions,
        "shard_list": shards(facts),
        "function_list": functions(facts),
        "slots": header.slot_count,
        "slot_addressing": addressing(header.slot_addressing),
        "code_bytes": facts.code_bytes(),
        "file_bytes": header.file_length,
        "heap": heap(facts),
        "parents": parents(facts),
        "abi_hash": format!("{:016x}", header.abi_hash),
        "layout_hash": format!("{:016x}", header.layout_hash),
        "sections": sections(facts),
    });
    if let Some(verified) = &facts.verified {
        value["verified"] = json!({
            "file_bytes": verified.file_bytes,
            "objects": verified.objects,
            "references": verified.references,
        });
    }
    // A value of texts and numbers has a textual form.
    format!("{value:#}\n")
}

fn targets(facts: &Facts) -> Vec<Value> {
    let targets = &facts.header.targets;
    let one = |(index, verdict): (usize, &Verdict)| {
        json!({
            "target": targets[index].to_string(),
            "name": targets[index].name,
            "features": targets[index].features.iter().map(|feature| feature.to_string()).collect::<Vec<_>>(),
            "full": is_full(targets, index),
            "base": targets[index].base,
            "chosen": matches!(verdict, Verdict::Chosen(_)),
            "verdict": verdict.to_string(),
            "versions": facts.tables.versions[index],
            "code_bytes": facts.tables.code_bytes[index],
        })
    };
    facts.verdicts.iter().enumerate().map(one).collect()
}

fn shards(facts: &Facts) -> Vec<Value> {
    let one = |shard: &Shard| json!({ "first": shard.first, "count": shard.count, "code_bytes": shard.code_bytes });
    facts.tables.shards.iter().map(one).collect()
}

fn functions(facts: &Facts) -> Vec<Value> {
    let one =
        |function: &Function| json!({ "id": function.id, "name": function.name, "version_bytes": function.versions });
    facts.tables.functions.iter().map(one).collect()
}

fn heap(facts: &Facts) -> Value {
    let Some(heap) = &facts.header.heap else { return Value::Null };
    json!({
        "preferred_base": format!("{:#x}", heap.preferred_base),
        "bytes": heap.length,
        "objects": heap.n_objects,
        "roots": heap.roots.len(),
        "own_references": facts.heap_contents.as_ref().map(|contents| contents.own_references),
        "parent_references": facts.heap_contents.as_ref().map(|contents| &contents.parent_references),
    })
}

fn parents(facts: &Facts) -> Vec<Value> {
    let one = |parent: &tintype_image::ParentInfo| {
        json!({
            "name": parent.name,
            "build_id": format!("{:032x}", parent.build_id),
            "preferred_base": format!("{:#x}", parent.preferred_base),
            "bytes": parent.length,
        })
    };
    facts.header.parents.iter().map(one).collect()
}

fn sections(facts: &Facts) -> Vec<Value> {
    let one = |section: &super::facts::SectionFacts| {
        json!({
            "name": section.name,
            "offset": section.offset,
            "bytes": section.size,
            "mapped": section.is_mapped,
        })
    };
    facts.sections.iter().map(one).collect()
}
