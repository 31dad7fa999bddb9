//! Dispatch: from a call's arguments to the method instance it runs.
//!
//! Methods are kept by the name of their first argument's type (`tables`); a query finds the visible methods whose
//! signature matches, most specific first (`lookup`), and the answer is kept for the next time (`queries`); answers for concrete arguments are remembered, in the table and in
//! a small direct-mapped cache of the context (`cache`); compiled code finds compiled code in a
//! table of its own (`targets`); a method with concrete argument types is a method instance
//! (`instances`), which `call` runs.

mod cache;
mod call;
mod instances;
mod lookup;
mod queries;
mod site;
mod tables;
pub mod targets;

pub use cache::CallCache;
pub(crate) use call::apply_from_code;
pub use call::{applicable, dispatch, invoke, run_instance};
pub use instances::{find_instance, method_instance, new_instance, precompile_instance, specialized_types, valid_code};
pub use lookup::{Match, Matches, all_matching, find_method, matching_methods};
pub(crate) use queries::QueryCache;
pub(crate) use tables::insert as insert_method;
pub use tables::{
    MethodDefinition, add_method, cache_table as cache_table_for, delete_method, is_open_table, method_at_site,
    methods_of, table_of, tables_for, type_of_argument,
};
