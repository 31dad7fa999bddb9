//! Answers to dispatch queries, remembered by the context: inference asks the same ones again and again.
//!
//! An answer depends on the methods of the tables that the query's signature leads to. It is kept with their stamps
//! added up, and is good while they add up to the same: stamps only grow, and a new table counts too. It is only a cache,
//! dropped whole when it is full.

use super::lookup::Match;
use crate::objects::*;
use tintype_heap::{GcMap, Heap};

/// Most answers kept.
const CAPACITY: usize = 1 << 14;

/// Method, the part of the query it is for, its static parameters, whether it covers the query.
type Row = (Gc<Method>, Value, Gc<SimpleVector>, bool);

/// The stamps added up; the limit; what was found, unless that was more than the limit; whether it is ambiguous.
type Answer = (u64, usize, Option<Vec<Row>>, bool);

/// The answers, by the address of the signature.
pub(crate) struct QueryCache(GcMap<Value, Answer>);

impl QueryCache {
    pub(crate) fn new(heap: &Heap) -> QueryCache {
        QueryCache(GcMap::new(heap))
    }

    /// What is remembered of a query: the list, or nothing if it has more than `limit` elements, and whether it is
    /// ambiguous.
    pub(crate) fn find(&self, signature: Value, stamp: u64, limit: usize) -> Option<(Option<Vec<Match>>, bool)> {
        let (at, for_limit, rows, ambiguous) = self.0.get(&signature)?;
        if (at, for_limit) != (stamp, limit) {
            return None;
        }
        let matches = |rows: Vec<Row>| {
            let row = |(method, spec_types, static_params, fully_covers)| Match {
                method,
                spec_types,
                static_params,
                fully_covers,
            };
            rows.into_iter().map(row).collect()
        };
        Some((rows.map(matches), ambiguous))
    }

    pub(crate) fn insert(&self, signature: Value, stamp: u64, limit: usize, list: Option<&[Match]>, ambiguous: bool) {
        if self.0.len() >= CAPACITY {
            self.0.clear();
        }
        let row = |found: &Match| (found.method, found.spec_types, found.static_params, found.fully_covers);
        let rows = list.map(|list| list.iter().map(row).collect());
        self.0.insert(signature, (stamp, limit, rows, ambiguous));
    }
}
