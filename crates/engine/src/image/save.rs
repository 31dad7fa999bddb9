//! From a context to the parts of an image: code for its methods, a heap segment, the changes to its parent.

use std::sync::Arc;

use tintype_emit::HeapPart;
use tintype_heap::{NoCollect, ParentRange, SegmentBuilder};
use tintype_ir::module::Module;
use tintype_irgen::{GenerateMode, GenerateRequest, Generated, Root};
use tintype_loader::LoadedImage;
use tintype_runtime::objects::*;
use tintype_runtime::{Context, persist};

use super::build::BuildError;
use super::patches::{self, Content, Patch};
use crate::native::{InferredCode, Interpreted};

/// What an image is made of, but for its file.
pub(super) struct Parts {
    pub module: Module,
    pub heap: HeapPart,
    pub patches: Vec<Patch>,
    pub n_methods: usize,
    pub n_code_instances: usize,
}

/// Infers and translates the roots and all they call, and stores the world they live in.
///
/// `image` is the number the image will have in a process, its parents counted; `base` its preferred address.
pub(super) fn save(
    cx: &Context,
    interpreted: &Interpreted,
    name: &str,
    roots: &[Gc<MethodInstance>],
    parent: Option<&LoadedImage>,
    base: u64,
) -> Result<Parts, BuildError> {
    let _deferred: NoCollect = cx.heap().no_collect();
    let image = u32::from(parent.is_some());
    let generated = translate(cx, interpreted, name, roots)?;
    enter_function_numbers(&generated, image);
    let n_methods = count_methods(&generated);
    let n_code_instances = generated.codes.len();
    persist::forget_caches(cx);
    let (heap, patches) = store_heap(cx, &generated, parent, base)?;
    Ok(Parts { module: generated.module, heap, patches, n_methods, n_code_instances })
}

fn translate(
    cx: &Context,
    interpreted: &Interpreted,
    name: &str,
    instances: &[Gc<MethodInstance>],
) -> Result<Generated, BuildError> {
    let mut roots = Vec::new();
    for &instance in instances.iter().filter(|instance| !interpreted.holds(**instance)) {
        match tintype_infer::infer(cx, instance) {
            Ok(Some(code)) if !code.has(code_flags::COMPILED) => roots.push(Root { method_instance: instance, code }),
            Ok(_) => {}
            Err(thrown) => {
                cx.take_exception(thrown);
            }
        }
    }
    let request = GenerateRequest {
        name,
        roots: &roots,
        mode: GenerateMode::Image,
        per_context_slots: true,
        abi: Arc::new(tintype_irgen::abi::runtime_abi()),
        source: &InferredCode { interpreted },
    };
    Ok(tintype_irgen::generate(cx, &request))
}

/// Writes into the code objects where their functions are.
fn enter_function_numbers(generated: &Generated, image: u32) {
    for (index, function) in generated.functions.iter().enumerate() {
        let code = generated.codes.get(index);
        code.image.set(image);
        code.invoke_function.set(function.invoke.as_u32());
        code.specialized_function.set(function.specialized.map_or(u32::MAX, |id| id.as_u32()));
        code.entry_cell.set(function.invoke.as_u32());
        code.flags.set(code.flags.get() | code_flags::COMPILED);
    }
}

fn count_methods(generated: &Generated) -> usize {
    let mut sites: Vec<u64> = generated.codes.iter().map(|code| code.site).collect();
    sites.sort_unstable();
    sites.dedup();
    sites.len()
}

fn store_heap(
    cx: &Context,
    generated: &Generated,
    parent: Option<&LoadedImage>,
    base: u64,
) -> Result<(HeapPart, Vec<Patch>), BuildError> {
    let slots = cx.slots_to_store().erase();
    let extra = cx.svec(&[slots]);
    let root = match parent {
        None => persist::system_root(cx, Some(extra)).erase(),
        Some(_) => {
            let world = cx.world();
            world.n_binding_numbers.set(u64::from(cx.shared().n_binding_numbers()));
            world.stored_counter.set(cx.world_counter());
            extra.erase()
        }
    };
    let changed = parent.map(changed_words).transpose()?.unwrap_or_default();
    let ranges: Vec<ParentRange> = parent.iter().map(|parent| parent_range(parent)).collect();
    let mut builder = SegmentBuilder::new(base, &ranges);
    builder.add_roots(&[root]);
    let slot_objects: Vec<Value> = generated.slots.iter().collect();
    // Roots are objects of the segment itself; what a slot names of the parent is there already.
    let own: Vec<Value> =
        slot_objects.iter().copied().filter(|object| !cx.heap().contains_image(object.addr())).collect();
    builder.add_roots(&own);
    let pointers: Vec<Value> = changed.iter().filter_map(|(_, word)| heap_object(cx, *word)).collect();
    builder.add_roots(&pointers);
    let segment = builder.build().map_err(|error| BuildError::Heap(error.to_string()))?;
    let address =
        |object: Value| builder.address_of(object).unwrap_or_else(|| panic!("an object of a slot was not stored"));
    let slot_addresses = slot_objects.iter().map(|&object| address(object)).collect();
    let patches =
        changed.iter().map(|&(word, value)| Patch { word, content: content(cx, value, &ranges, base, &address) });
    let patches = patches.collect();
    Ok((HeapPart::new(segment, slot_addresses), patches))
}

fn parent_range(parent: &LoadedImage) -> ParentRange {
    let heap = parent.heap().expect("a system image has a heap segment");
    ParentRange { base: heap.base, len: heap.length }
}

/// The parent's words that evaluation changed.
fn changed_words(parent: &LoadedImage) -> Result<Vec<(u32, u64)>, BuildError> {
    let heap = parent.heap().expect("a system image has a heap segment");
    if heap.is_displaced {
        return Err(BuildError::Displaced);
    }
    let reader = parent.reader();
    let section = reader.heap_section().map_err(BuildError::from_display)?.expect("a system image has a heap segment");
    let original = reader.read(section).map_err(BuildError::from_display)?;
    let relocations = reader.relocations().map_err(BuildError::from_display)?;
    // SAFETY: the loader mapped the segment there for the life of the process; this thread alone runs language code, and
    // runs none now.
    let now = unsafe { std::slice::from_raw_parts(heap.base as *const u8, heap.length as usize) };
    Ok(patches::differing_words(&original, now, relocations.object_starts()))
}

/// The object of this process's heap that a word points to.
fn heap_object(cx: &Context, word: u64) -> Option<Value> {
    cx.heap().find_object((word & !tintype_heap::FLAGS) as usize)
}

fn content(cx: &Context, word: u64, parents: &[ParentRange], base: u64, address: &dyn Fn(Value) -> u64) -> Content {
    if let Some(object) = heap_object(cx, word) {
        // Interior pointers and header flags keep their distance from the object.
        let distance = word - object.addr() as u64;
        return Content::Child(address(object) - base + distance);
    }
    let within = parents.iter().find(|parent| (parent.base..parent.base + parent.len).contains(&word));
    within.map_or(Content::Bits(word), |parent| Content::Parent(word - parent.base))
}
