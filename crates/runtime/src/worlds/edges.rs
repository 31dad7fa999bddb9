//! Edges: making them, and checking whether what they state holds in a world of this context.
//!
//! An edge names methods and globals by their sites, never by objects of one context, so that it can be checked in any.

use crate::context::Context;
use crate::dispatch;
use crate::errors::Outcome;
use crate::modules;
use crate::objects::*;
use crate::values::allocate::hash_mix;
use crate::values::egal::egal;

/// An edge: a query for `signature` found exactly these methods, in this order; `codes` are those of the callees whose
/// return type or body was used.
pub fn dispatch_edge(cx: &Context, signature: Value, sites: &[u64], codes: &[Gc<Code>]) -> Gc<Edge> {
    query_edge(cx, edge_kinds::DISPATCH, signature, sites, codes)
}

/// An edge: a call of exactly these types (or an `invoke`) goes to the method of this site.
pub fn invoke_edge(cx: &Context, signature: Value, site: u64, codes: &[Gc<Code>]) -> Gc<Edge> {
    query_edge(cx, edge_kinds::INVOKE, signature, &[site], codes)
}

fn query_edge(cx: &Context, kind: u32, signature: Value, sites: &[u64], codes: &[Gc<Code>]) -> Gc<Edge> {
    let sites = cx.words(sites);
    let codes = if codes.is_empty() { None } else { Some(cx.svec_of(codes)) };
    let object = Edge {
        kind,
        number: 0,
        site: 0,
        signature: Some(signature),
        sites: Some(sites),
        codes,
        name: None,
        value: None,
    };
    cx.allocate(cx.well_known().edge(), object)
}

/// An edge: the global is a constant with this value, or (`None`) whatever it is now, read at run time through its
/// binding.
pub fn binding_edge(cx: &Context, binding: Gc<Binding>, value: Option<Value>) -> Gc<Edge> {
    let object = Edge {
        kind: edge_kinds::BINDING,
        number: binding.number,
        site: binding.module.site,
        signature: None,
        sites: None,
        codes: None,
        name: Some(binding.name),
        value,
    };
    cx.allocate(cx.well_known().edge(), object)
}

/// An edge: the global is a constant whose value has exactly the type `ty`; the value itself is read at run time. What code
/// may rely on for constants that are objects with identity, without being tied to one context.
pub fn binding_type_edge(cx: &Context, binding: Gc<Binding>, ty: Gc<DataType>) -> Gc<Edge> {
    let object = Edge {
        kind: edge_kinds::BINDING_TYPE,
        number: binding.number,
        site: binding.module.site,
        signature: None,
        sites: None,
        codes: None,
        name: Some(binding.name),
        value: Some(ty.erase()),
    };
    cx.allocate(cx.well_known().edge(), object)
}

/// Whether an edge is about a global.
pub(crate) fn is_about_binding(edge: Gc<Edge>) -> bool {
    edge.kind == edge_kinds::BINDING || edge.kind == edge_kinds::BINDING_TYPE
}

/// An edge on nothing but other code.
pub fn code_edge(cx: &Context, codes: &[Gc<Code>]) -> Gc<Edge> {
    let codes = cx.svec_of(codes);
    let object = Edge {
        kind: edge_kinds::CODE,
        number: 0,
        site: 0,
        signature: None,
        sites: None,
        codes: Some(codes),
        name: None,
        value: None,
    };
    cx.allocate(cx.well_known().edge(), object)
}

/// The edges of code.
pub fn edges_of(code: Gc<Code>) -> Vec<Gc<Edge>> {
    code.edges.get().map_or_else(Vec::new, |edges| edges.values().map(|edge| edge.expect()).collect())
}

/// The codes an edge relies on.
pub fn codes_of(edge: Gc<Edge>) -> Vec<Gc<Code>> {
    edge.codes.map_or_else(Vec::new, |codes| codes.values().map(|code| code.expect()).collect())
}

/// Whether what the edge says of methods and globals holds in the newest world. What it says of other code is not
/// looked at.
pub fn holds(cx: &Context, edge: Gc<Edge>) -> Outcome<bool> {
    match edge.kind {
        edge_kinds::DISPATCH => query_holds(cx, edge),
        edge_kinds::INVOKE => invoke_holds(cx, edge),
        edge_kinds::BINDING | edge_kinds::BINDING_TYPE => Ok(binding_holds(cx, edge)),
        _ => Ok(true),
    }
}

fn expected_sites(edge: Gc<Edge>) -> Vec<u64> {
    edge.sites.map_or_else(Vec::new, |sites| sites.tail().iter().map(std::cell::Cell::get).collect())
}

fn query_holds(cx: &Context, edge: Gc<Edge>) -> Outcome<bool> {
    let Some(signature) = edge.signature else { return Ok(false) };
    let expected = expected_sites(edge);
    let found = dispatch::matching_methods(cx, signature, cx.world_counter(), expected.len())?;
    Ok(found.is_some_and(|found| found.sites() == expected))
}

fn invoke_holds(cx: &Context, edge: Gc<Edge>) -> Outcome<bool> {
    let Some(signature) = edge.signature else { return Ok(false) };
    let mut ambiguous = false;
    let found = dispatch::find_method(cx, signature, cx.world_counter(), &mut ambiguous)?;
    Ok(found.is_some_and(|(method, _)| expected_sites(edge) == [method.site]))
}

/// The binding an edge is about, in this context.
pub(crate) fn binding_of(cx: &Context, edge: Gc<Edge>) -> Option<Gc<Binding>> {
    if let Some(binding) = cx.slot(edge.number)
        && Some(binding.name) == edge.name
        && binding.module.site == edge.site
    {
        return Some(binding);
    }
    Some(modules::binding(cx, modules::module_at(cx, edge.site)?, edge.name?))
}

fn binding_holds(cx: &Context, edge: Gc<Edge>) -> bool {
    let Some(own) = binding_of(cx, edge) else { return false };
    let binding = modules::resolve_binding(cx, own);
    if edge.kind == edge_kinds::BINDING_TYPE {
        let ty = binding.constant().map(|value| value.type_of().erase());
        return ty == edge.value && binding == own;
    }
    match (edge.value, binding.constant()) {
        (Some(expected), Some(value)) => egal(cx, expected, value) || same_module(expected, value),
        (Some(_), None) => false,
        // Code that reads the slot works whatever the value is, as long as the slot is the one that holds it.
        (None, _) => binding == own,
    }
}

/// Modules of two contexts at one path stand for each other.
fn same_module(a: Value, b: Value) -> bool {
    matches!((a.get::<Module>(), b.get::<Module>()), (Some(a), Some(b)) if a.site == b.site)
}

/// The key of code in the engine's registry.
pub(crate) fn code_key(site: u64, spec_hash: u64) -> u64 {
    hash_mix(site, spec_hash)
}
