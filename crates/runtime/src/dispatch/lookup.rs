//! Queries: the methods a call with given argument types may go to, most specific first.

use super::tables::{methods_of, tables_for};
use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::types::sieve::surely_disjoint;
use crate::types::tuples::tuple_parts;
use crate::types::{intersect_with_env, is_disjoint, is_subtype, more_specific, subtype_with_env, unwrap_union_all};
use tintype_heap::NoCollect;

/// One method that may match.
pub struct Match {
    /// The method.
    pub method: Gc<Method>,
    /// The part of the query it is for.
    pub spec_types: Value,
    /// Values of its static parameters there; a type variable where one is not determined.
    pub static_params: Gc<SimpleVector>,
    /// Whether it matches every call of the query.
    pub fully_covers: bool,
}

/// The answer to a query. Collections are put off while it lives.
pub struct Matches {
    /// The methods, each before those it is more specific than.
    pub list: Vec<Match>,
    /// Whether some calls of the query match two methods of which none is more specific.
    pub ambiguous: bool,
    _guard: NoCollect,
}

impl Matches {
    /// Whether every call of the query finds a method.
    pub fn is_covered(&self) -> bool {
        self.list.iter().any(|found| found.fully_covers)
    }

    /// The sites of the methods, in order: what an edge records.
    pub fn sites(&self) -> Vec<u64> {
        self.list.iter().map(|found| found.method.site).collect()
    }
}

/// The methods that calls with argument types `signature` (a tuple type, the function's first) may go to in `world`.
/// `None` if there are more than `limit`.
pub fn matching_methods(cx: &Context, signature: Value, world: u64, limit: usize) -> Outcome<Option<Matches>> {
    let guard = cx.heap().no_collect();
    let tables = tables_for(cx, signature);
    let stamp = tables.iter().map(|table| table.stamp.get() + 1).sum();
    let is_now = world == cx.world_counter();
    let (list, ambiguous) = match cx.query_cache.find(signature, stamp, limit).filter(|_| is_now) {
        Some(known) => known,
        None => {
            let (list, ambiguous) = search(cx, signature, &tables, world, limit)?;
            if is_now {
                cx.query_cache.insert(signature, stamp, limit, list.as_deref(), ambiguous);
            }
            (list, ambiguous)
        }
    };
    Ok(list.map(|list| Matches { list, ambiguous, _guard: guard }))
}

/// The methods of some tables that may match, unless they are more than `limit`; whether the query is ambiguous.
fn search(
    cx: &Context,
    signature: Value,
    tables: &[Gc<MethodTable>],
    world: u64,
    limit: usize,
) -> Outcome<(Option<Vec<Match>>, bool)> {
    let mut list = Vec::new();
    let shape = Shape::of(signature);
    for method in tables.iter().flat_map(|&table| methods_of(table, world)) {
        if !shape.can_match(method) || surely_disjoint(cx, signature, method.signature) {
            continue;
        }
        cx.check_stack()?;
        if let Some(found) = match_one(cx, signature, method)? {
            list.push(found);
        }
    }
    let mut ambiguous = false;
    let list = order(cx, list, limit, &mut ambiguous);
    Ok(((list.len() <= limit).then_some(list), ambiguous))
}

/// Every method that calls of this signature may go to in `world`, in the order the language lists them: what is more
/// specific first; else methods for concrete types before others, and newer definitions before older ones.
pub fn all_matching(cx: &Context, signature: Value, world: u64) -> Outcome<Vec<Gc<Method>>> {
    let _guard = cx.heap().no_collect();
    let mut found = Vec::new();
    let shape = Shape::of(signature);
    for table in tables_for(cx, signature) {
        for method in methods_of(table, world) {
            cx.check_stack()?;
            if shape.can_match(method) && !is_disjoint(cx, signature, method.signature) {
                found.push(method);
            }
        }
    }
    found.reverse();
    found.sort_by_key(|method| openness(method.signature));
    let mut sorted: Vec<Gc<Method>> = Vec::with_capacity(found.len());
    for method in found {
        let before = |other: &Gc<Method>| {
            let (own, other) = (method.signature, other.signature);
            !is_disjoint(cx, own, other) && more_specific(cx, own, other)
        };
        let at = sorted.iter().position(before);
        sorted.insert(at.unwrap_or(sorted.len()), method);
    }
    // What a method that takes every such call is more specific than is never called.
    let best = sorted.iter().copied().find(|method| is_subtype(cx, signature, method.signature));
    if let Some(best) = best {
        sorted.retain(|other| *other == best || !more_specific(cx, best.signature, other.signature));
    }
    Ok(sorted)
}

/// 0: only concrete types, as calls have them; 1: also `Any`; 2: anything else.
fn openness(signature: Value) -> u32 {
    let Some(tuple) = signature.get::<DataType>() else { return 2 };
    let of_one = |ty: Value| match ty.get::<DataType>() {
        Some(data) if data.is_concrete() => 0,
        Some(data) if data.super_type.get() == Some(data) => 1,
        _ => 2,
    };
    tuple.params().iter().map(|param| of_one(param.unwrap())).max().unwrap_or(0)
}

fn match_one(cx: &Context, signature: Value, method: Gc<Method>) -> Outcome<Option<Match>> {
    let mut env = Vec::new();
    if subtype_with_env(cx, signature, method.signature, &mut env)? {
        let static_params = cx.svec(&env);
        return Ok(Some(Match { method, spec_types: signature, static_params, fully_covers: true }));
    }
    if signature.get::<DataType>().is_some_and(|tuple| tuple.has(flags::DISPATCH_TUPLE)) {
        return Ok(None);
    }
    let spec_types = intersect_with_env(cx, signature, method.signature, &mut env);
    if spec_types.is_bottom() {
        return Ok(None);
    }
    let static_params = cx.svec(&env);
    Ok(Some(Match { method, spec_types, static_params, fully_covers: false }))
}

/// How many arguments a query has: a cheap first sieve.
struct Shape {
    least: usize,
    most: usize,
}

impl Shape {
    fn of(signature: Value) -> Shape {
        match unwrap_union_all(signature).get::<DataType>() {
            Some(tuple) => {
                let (parts, rest) = tuple_parts(&tuple);
                Shape { least: parts.len(), most: if rest.is_some() { usize::MAX } else { parts.len() } }
            }
            None => Shape { least: 0, most: usize::MAX },
        }
    }

    fn can_match(&self, method: Gc<Method>) -> bool {
        let n = method.n_params as usize;
        if method.is_vararg() { self.most >= n - 1 } else { self.least <= n && n <= self.most }
    }
}

/// Sorts by specificity and drops what can never be chosen: methods less specific than one that matches every call.
fn order(cx: &Context, mut list: Vec<Match>, limit: usize, ambiguous: &mut bool) -> Vec<Match> {
    if list.len() <= 1 {
        return list;
    }
    let more = |a: &Match, b: &Match| more_specific(cx, a.method.signature, b.method.signature);
    let best = (0..list.len()).find(|&i| {
        list[i].fully_covers && (0..list.len()).all(|j| i == j || !list[j].fully_covers || more(&list[i], &list[j]))
    });
    if let Some(best) = best {
        let kept: Vec<bool> = (0..list.len()).map(|j| j == best || !more(&list[best], &list[j])).collect();
        let mut kept = kept.into_iter();
        list.retain(|_| kept.next().expect("one answer per method"));
    } else if list.iter().filter(|found| found.fully_covers).count() > 1 {
        *ambiguous = true;
    }
    // More than are wanted: their order is of no interest, and finding it compares all with all.
    if list.len() > limit {
        return list;
    }
    // Each method goes before the first one it is more specific than; definition order decides among the rest.
    let mut sorted: Vec<Match> = Vec::with_capacity(list.len());
    for found in list {
        let at = sorted.iter().position(|other| more(&found, other)).unwrap_or(sorted.len());
        sorted.insert(at, found);
    }
    *ambiguous |= has_ambiguity(cx, &sorted);
    sorted
}

/// Whether two methods overlap within the query without one being more specific, and no more specific third takes the
/// overlap.
fn has_ambiguity(cx: &Context, sorted: &[Match]) -> bool {
    for (i, a) in sorted.iter().enumerate() {
        for b in &sorted[i + 1..] {
            let (x, y) = (a.method.signature, b.method.signature);
            if more_specific(cx, x, y) || more_specific(cx, y, x) || is_disjoint(cx, a.spec_types, b.spec_types) {
                continue;
            }
            let overlap = crate::types::intersect(cx, a.spec_types, b.spec_types);
            let resolved = sorted.iter().any(|c| {
                let z = c.method.signature;
                z != x && z != y && is_subtype(cx, overlap, z) && more_specific(cx, z, x) && more_specific(cx, z, y)
            });
            if !resolved {
                return true;
            }
        }
    }
    false
}

/// The method a call with concrete argument types goes to, and its static parameters. `None`: no method, or several
/// that match equally well (`ambiguous` is then set).
pub fn find_method(
    cx: &Context,
    types: Value,
    world: u64,
    ambiguous: &mut bool,
) -> Outcome<Option<(Gc<Method>, Gc<SimpleVector>)>> {
    let _guard = cx.heap().no_collect();
    *ambiguous = false;
    let shape = Shape::of(types);
    let mut found: Vec<(Gc<Method>, Gc<SimpleVector>)> = Vec::new();
    let mut env = Vec::new();
    for table in tables_for(cx, types) {
        for method in methods_of(table, world) {
            if !shape.can_match(method) || surely_disjoint(cx, types, method.signature) {
                continue;
            }
            if subtype_with_env(cx, types, method.signature, &mut env)? {
                found.push((method, cx.svec(&env)));
            }
        }
    }
    let Some(&first) = found.first() else { return Ok(None) };
    if found.len() == 1 {
        return Ok(Some(first));
    }
    let mut best = first;
    for &candidate in &found[1..] {
        if more_specific(cx, candidate.0.signature, best.0.signature) {
            best = candidate;
        }
    }
    let clear = found.iter().all(|other| other.0 == best.0 || more_specific(cx, best.0.signature, other.0.signature));
    if clear {
        return Ok(Some(best));
    }
    *ambiguous = true;
    Ok(None)
}
